from dataclasses import replace
from pathlib import Path

import pytest

from engine.model.diagnostic import Severity
from engine.model.source import Source
from engine.report.github import to_github
from engine.report.read import CitedFiles
from engine.report.words import Words
from tests.unit.report.test_sarif import FILES, REMARK


def test_a_remark_is_one_command(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("\n\n  firms: 131 家\n", encoding="utf-8")
    files = CitedFiles(lambda name: tmp_path / name)
    said = to_github([REMARK], Words("en"), files).replace(tmp_path.as_posix(), "here")
    assert said == (
        "::error file=here/a.yaml,line=3,col=9,title=repeated-key"
        "::firms is written twice%0A→ here/b.yaml:2%0Away out: keep one of the two\n"
    )


@pytest.mark.parametrize(
    ("severity", "level"), [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.NOTE, "notice")]
)
def test_severities_have_the_names_of_github(severity: Severity, level: str) -> None:
    assert to_github([replace(REMARK, severity=severity)], Words("en"), FILES).startswith(f"::{level} file=")


def test_what_would_end_a_value_or_the_command_is_escaped() -> None:
    remark = replace(REMARK, source=Source("a,b:c%.yaml"), related=(), hint="", message="50 %,\r\n::error::x: \x1b[31m")
    assert to_github([remark], Words("en"), FILES) == (
        "::error file=a%2Cb%3Ac%25.yaml,title=repeated-key::50 %25,��::error::x: �[31m\n"
    )


def test_nothing_to_say_is_nothing() -> None:
    assert to_github([], Words("en"), FILES) == ""
