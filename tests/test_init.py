"""`biaochi init` as its user meets it."""

from pathlib import Path

from tests.conftest import RunCli


def test_a_first_book_can_be_worked_with_at_once(run_cli: RunCli, tmp_path: Path) -> None:
    ran = run_cli("init", "book", "--year", "2026", cwd=tmp_path)
    assert (ran.exit_code, ran.stderr) == (0, "")
    home = tmp_path / "book"
    for command in ("validate", "test"):
        assert run_cli(command, cwd=home).exit_code == 0, command
    assert "9 of 9 positions" in run_cli("test", cwd=home).stdout
    assert run_cli("check", "submissions/2026Q1", cwd=home).exit_code == 0


def test_what_is_there_is_left_as_it_is(run_cli: RunCli, tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "note.txt").write_text("mine", encoding="utf-8")
    ran = run_cli("init", "book", "--year", "2026", cwd=tmp_path)
    assert ran.exit_code == 2
    assert "nothing is overwritten" in ran.stderr
    assert [path.name for path in tmp_path.rglob("*")] == ["book", "note.txt"]


def test_a_year_has_to_be_named(run_cli: RunCli, tmp_path: Path) -> None:
    ran = run_cli("init", "book", "--lang", "zh-Hans", cwd=tmp_path)
    assert ran.exit_code == 2
    assert "--year" in ran.stderr
    assert list(tmp_path.iterdir()) == []
