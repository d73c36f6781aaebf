import subprocess
import sys
from pathlib import Path

import pytest

from engine.model.noun import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """Two numbers."""

    first: int
    second: int = 0


def test_equal_nouns_are_one_key() -> None:
    assert {Pair(1), Pair(1, 0)} == {Pair(1)}
    assert hash(Pair(1, 2)) == hash(Pair(1, 2))
    assert Pair(1, 2) < Pair(2, 0)


def test_a_noun_has_no_other_fields() -> None:
    with pytest.raises(AttributeError):
        object.__setattr__(Pair(1), "third", 3)


def test_what_can_change_has_no_hash() -> None:
    @dataclass(slots=True)
    class Open:
        """A number."""

        number: int

    opened = Open(1)
    opened.number = 2
    assert opened == Open(2)
    with pytest.raises(TypeError):
        hash(opened)


def test_the_type_checker_proves_that_nouns_never_change(tmp_path: Path, repo: Path) -> None:
    text = "from engine.model.source import Source\n\nplace = Source('a', 1, 1)\nplace.line = 2\n"
    (tmp_path / "changed.py").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--no-error-summary", str(tmp_path / "changed.py")]
    ran = subprocess.run(command, cwd=repo, capture_output=True, text=True, check=False)
    assert 'Property "line" defined in "Source" is read-only' in ran.stdout


def test_every_noun_is_made_here(repo: Path) -> None:
    direct = [
        str(path.relative_to(repo))
        for path in (repo / "engine").rglob("*.py")
        if path.name not in ("noun.py", "period.py") and "@dataclass" in (text := path.read_text(encoding="utf-8"))
        if "from engine.model.noun import dataclass" not in text
    ]
    assert not direct
