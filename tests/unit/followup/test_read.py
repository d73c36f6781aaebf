from pathlib import Path

from engine.followup.read import is_record_file, read_followup_files
from engine.model.diagnostic import Diagnostic


def test_files_are_found_below_the_book(tmp_path: Path) -> None:
    for name in ("followup/2025Q1/甲.yaml", "followup/decisions.yaml", "followup/other.yaml", "submissions/a.yaml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    found: list[Diagnostic] = []
    files = read_followup_files(tmp_path, {"replies.yaml": "x"}, found)
    assert files.notices == {"followup/2025Q1/甲.yaml": "followup/2025Q1/甲.yaml"}
    assert list(files.decisions) == ["followup/decisions.yaml"]
    assert files.replies == {"replies.yaml": "x"}
    assert found == []


def test_what_is_not_utf8_is_named_and_left_out(tmp_path: Path) -> None:
    path = tmp_path / "followup" / "2025Q1" / "a.yaml"
    path.parent.mkdir(parents=True)
    path.write_bytes("notice: a\norganization: 甲".encode("gb18030"))
    found: list[Diagnostic] = []
    assert read_followup_files(tmp_path, {}, found).notices == {}
    assert [(finding.code, finding.source.line) for finding in found] == [("not-utf8", 2)]


def test_a_book_without_a_record_has_none(tmp_path: Path) -> None:
    found: list[Diagnostic] = []
    files = read_followup_files(tmp_path, {}, found)
    assert (files.notices, files.decisions, files.replies, found) == ({}, {}, {}, [])


def test_record_files_are_known_by_their_place() -> None:
    assert is_record_file("followup/2025Q1/甲.yaml")
    assert is_record_file("followup/decisions.yaml")
    assert not is_record_file("followup/other.yaml")
    assert not is_record_file("submissions/2025Q1/甲.yaml")


def test_what_is_no_regular_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "followup" / "2025Q1" / "a.yaml").mkdir(parents=True)
    (tmp_path / "followup" / "decisions.yaml").mkdir()
    found: list[Diagnostic] = []
    files = read_followup_files(tmp_path, {}, found)
    assert (files.notices, files.decisions) == ({}, {})
    assert [(finding.code, finding.source.file) for finding in found] == [
        ("not-a-regular-file", "followup/2025Q1/a.yaml"),
        ("not-a-regular-file", "followup/decisions.yaml"),
    ]
