from pathlib import Path

import pytest

from engine.model.diagnostic import Diagnostic
from engine.rules.read import find_book, is_book_file, read_book_files
from tests.unit.small import codes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "rules").mkdir()
    (tmp_path / "targets.yaml").write_text("plan: {}\n", encoding="utf-8")
    (tmp_path / "rules" / "002-b.yaml").write_text("clause: '2'\n", encoding="utf-8")
    (tmp_path / "rules" / "001-a.yaml").write_text("clause: '1'\n", encoding="utf-8")
    return tmp_path


def test_files_of_a_book_are_sorted_by_path(folder: Path) -> None:
    found: list[Diagnostic] = []
    files = read_book_files(folder, found)
    assert (list(files.texts), found) == (["rules/001-a.yaml", "rules/002-b.yaml", "targets.yaml"], [])


def test_files_that_do_not_belong_to_a_book_are_left_alone(folder: Path) -> None:
    (folder / "README.md").write_text("# book\n", encoding="utf-8")
    (folder / "notes.yaml").write_text("a: 1\n", encoding="utf-8")
    assert "notes.yaml" not in read_book_files(folder, []).texts


def test_the_digest_follows_the_content(folder: Path) -> None:
    before = read_book_files(folder, []).digest
    assert before == read_book_files(folder, []).digest
    (folder / "targets.yaml").write_text("plan: {year: 2025}\n", encoding="utf-8")
    assert before != read_book_files(folder, []).digest


def test_the_digest_follows_the_names(folder: Path) -> None:
    before = read_book_files(folder, []).digest
    (folder / "rules" / "001-a.yaml").rename(folder / "rules" / "001-c.yaml")
    assert before != read_book_files(folder, []).digest


def test_a_byte_order_mark_is_taken_off(folder: Path) -> None:
    (folder / "targets.yaml").write_bytes(b"\xef\xbb\xbfplan: {}\n")
    assert read_book_files(folder, []).texts["targets.yaml"] == "plan: {}\n"


def test_a_file_that_is_not_utf8_is_reported_by_line_and_left_out(folder: Path) -> None:
    (folder / "targets.yaml").write_bytes(b"plan:\n  title: " + "方案".encode("gbk"))
    found: list[Diagnostic] = []
    files = read_book_files(folder, found)
    assert (codes(found), str(found[0].source), "targets.yaml" in files.texts) == (
        ["not-utf8"],
        "targets.yaml:2:1",
        False,
    )


def test_a_folder_in_place_of_a_file_is_reported(folder: Path) -> None:
    (folder / "policy.yaml").mkdir()
    found: list[Diagnostic] = []
    read_book_files(folder, found)
    assert codes(found) == ["file-unreadable"]


def test_the_nearest_book_upwards_is_found(folder: Path) -> None:
    inside = folder / "submissions" / "2025Q2"
    inside.mkdir(parents=True)
    assert find_book(inside) == folder


def test_where_no_book_is_there_is_none(tmp_path: Path) -> None:
    assert find_book(tmp_path / "somewhere") is None


@pytest.mark.parametrize(
    ("name", "belongs"),
    [
        ("targets.yaml", True),
        ("rules/016-x.yaml", True),
        ("units.txt", True),
        ("submissions/2025Q2/rules/a.yaml", False),
        ("elsewhere/targets.yaml", False),
        ("rules/a.csv", False),
        ("plan.txt", False),
    ],
)
def test_files_of_a_book_are_known_by_their_names(name: str, belongs: bool) -> None:
    assert is_book_file(name) is belongs
