import os
from pathlib import Path

import pytest

from engine.model.diagnostic import Diagnostic
from engine.submissions.read import MAX_BYTES, SubmittedFile, find_files, read_beside, read_content
from tests.unit.small import codes, period_of


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with `submissions/` of two quarters."""
    for name in ("2025Q1/a.yaml", "2025Q2/b.csv", "2025Q2/a.yaml", "2025Q2/inspections.yaml", "2025Q2/.hidden.yaml"):
        path = tmp_path / "submissions" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("organization: 甲\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(files: tuple[SubmittedFile, ...]) -> list[str]:
    return [file.name for file in files]


def test_a_period_folder_gives_its_submissions_sorted(home: Path) -> None:
    found: list[Diagnostic] = []
    delivery = find_files([Path("submissions/2025Q2")], found)
    assert (names(delivery.files), found) == (["submissions/2025Q2/a.yaml", "submissions/2025Q2/b.csv"], [])
    assert (delivery.periods, delivery.files[0].folder_period) == ((period_of("2025Q2"),), period_of("2025Q2"))


def test_earlier_periods_beside_it_are_known(home: Path) -> None:
    delivery = find_files([Path("submissions/2025Q2")], [])
    assert names(delivery.earlier) == ["submissions/2025Q1/a.yaml"]


def test_later_periods_beside_it_are_not_looked_at(home: Path) -> None:
    assert find_files([Path("submissions/2025Q1")], []).earlier == ()


def test_a_folder_of_period_folders_gives_all_of_them(home: Path) -> None:
    delivery = find_files([Path("submissions")], [])
    assert [period.label for period in delivery.periods] == ["2025Q1", "2025Q2"]
    assert (len(delivery.files), delivery.earlier) == (3, ())


def test_a_single_file_makes_no_folder_due(home: Path) -> None:
    delivery = find_files([Path("submissions/2025Q2/a.yaml")], [])
    assert (names(delivery.files), delivery.periods, delivery.single) == (["submissions/2025Q2/a.yaml"], (), True)
    assert (delivery.files[0].folder_period, names(delivery.earlier)) == (
        period_of("2025Q2"),
        ["submissions/2025Q1/a.yaml"],
    )


def test_a_file_named_twice_is_read_once(home: Path) -> None:
    path = Path("submissions/2025Q2/a.yaml")
    assert len(find_files([path, path, Path("submissions/2025Q2")], []).files) == 2


@pytest.mark.parametrize("inside", ["2025Q2/", "2025Q2/extra/"])
def test_folders_within_a_period_folder_belong_to_it(home: Path, inside: str) -> None:
    path = home / "submissions" / inside / "c.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("organization: 甲\n", encoding="utf-8")
    assert len(find_files([Path("submissions/2025Q2")], []).files) == 3


def test_an_absent_path_is_reported(home: Path) -> None:
    found: list[Diagnostic] = []
    assert (find_files([Path("submisions")], found).files, codes(found)) == ((), ["path-missing"])


def test_an_empty_folder_is_reported(home: Path) -> None:
    (home / "submissions" / "2025Q3").mkdir()
    found: list[Diagnostic] = []
    find_files([Path("submissions/2025Q3")], found)
    assert codes(found) == ["folder-empty"]


def test_a_file_of_an_unknown_format_is_reported_and_left_out(home: Path) -> None:
    (home / "submissions" / "2025Q2" / "c.docx").write_bytes(b"PK")
    found: list[Diagnostic] = []
    delivery = find_files([Path("submissions/2025Q2")], found)
    assert (len(delivery.files), [(each.code, each.params["found"]) for each in found]) == (
        2,
        [("format-unknown", ".docx")],
    )


def test_a_dangling_link_is_reported(home: Path) -> None:
    (home / "submissions" / "2025Q2" / "c.yaml").symlink_to("nowhere.yaml")
    found: list[Diagnostic] = []
    find_files([Path("submissions/2025Q2")], found)
    assert codes(found) == ["file-unreadable"]


@pytest.mark.parametrize("target", ["../2025Q1/a.yaml", "/etc/hostname", "../2025Q1", "."])
def test_no_link_is_followed_out_of_its_folder_or_to_a_folder(home: Path, target: str) -> None:
    (home / "submissions" / "2025Q2" / "c.yaml").symlink_to(target)
    found: list[Diagnostic] = []
    delivery = find_files([Path("submissions/2025Q2")], found)
    assert (len(delivery.files), codes(found)) == (2, ["link-not-followed"])


def test_a_period_folder_that_is_a_link_is_reported(home: Path) -> None:
    (home / "submissions" / "2025Q3").symlink_to("2025Q2")
    found: list[Diagnostic] = []
    delivery = find_files([Path("submissions")], found)
    assert ([period.label for period in delivery.periods], codes(found)) == (
        ["2025Q1", "2025Q2"],
        ["link-not-followed"],
    )


def test_a_link_within_the_folder_is_read(home: Path) -> None:
    (home / "submissions" / "2025Q2" / "c.yaml").symlink_to("a.yaml")
    found: list[Diagnostic] = []
    assert (len(find_files([Path("submissions/2025Q2")], found).files), found) == (3, [])


def test_folders_may_be_nested_deeper_than_calls(home: Path) -> None:
    deepest = home / "submissions" / "2025Q2"
    made = []
    for _ in range(1_100):
        deepest = deepest / "d"
        deepest.mkdir()
        made.append(deepest)
    try:
        (deepest / "z.yaml").touch()
        assert len(find_files([Path("submissions/2025Q2")], []).files) == 3
    finally:
        # What removes temporary folders goes down in calls, and would stop half-way.
        (deepest / "z.yaml").unlink()
        for folder in reversed(made):
            folder.rmdir()


def test_a_folder_that_may_not_be_listed_is_reported(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scan = os.scandir

    def refuse(folder: Path) -> object:
        if folder.name == "locked":
            raise PermissionError(13, "Permission denied")
        return scan(folder)

    (home / "submissions" / "2025Q2" / "locked").mkdir()
    monkeypatch.setattr("engine.submissions.read.os.scandir", refuse)
    found: list[Diagnostic] = []
    delivery = find_files([Path("submissions/2025Q2")], found)
    assert (len(delivery.files), codes(found)) == (2, ["file-unreadable"])
    assert found[0].source.file == "submissions/2025Q2/locked"


def test_bytes_of_a_name_that_are_no_utf8_are_shown_replaced(home: Path) -> None:
    os.close(os.open(b"submissions/2025Q2/\xff.yaml", os.O_CREAT))
    assert "submissions/2025Q2/\ufffd.yaml" in names(find_files([Path("submissions/2025Q2")], []).files)


def test_inspections_that_are_no_file_are_reported(home: Path) -> None:
    path = home / "submissions" / "2025Q2" / "inspections.yaml"
    path.unlink()
    os.mkfifo(path)
    found: list[Diagnostic] = []
    assert read_beside("inspections.yaml", (), [Path("submissions/2025Q2")], found) == []
    assert codes(found) == ["not-a-regular-file"]


def test_a_file_larger_than_any_submission_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "a.yaml").open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    found: list[Diagnostic] = []
    assert read_content(SubmittedFile("a.yaml", tmp_path / "a.yaml", None), found) is None
    assert codes(found) == ["file-too-large"]


def test_what_is_no_regular_file_is_reported(home: Path) -> None:
    os.mkfifo(home / "submissions" / "2025Q2" / "c.yaml")
    found: list[Diagnostic] = []
    find_files([Path("submissions/2025Q2")], found)
    assert codes(found) == ["not-a-regular-file"]


def content_of(path: Path, content: bytes) -> tuple[str | None, list[Diagnostic]]:
    path.write_bytes(content)
    found: list[Diagnostic] = []
    return read_content(SubmittedFile("a.yaml", path, None), found), found


def test_a_byte_order_mark_is_taken_off(tmp_path: Path) -> None:
    assert content_of(tmp_path / "a.yaml", b"\xef\xbb\xbfa: 1\n") == ("a: 1\n", [])


def test_what_is_not_utf8_is_reported_at_its_place(tmp_path: Path) -> None:
    text, (finding,) = content_of(tmp_path / "a.yaml", b"a: 1\nb: " + "甲".encode("gbk"))
    assert (text, finding.code, str(finding.source)) == (None, "not-utf8", "a.yaml:2:4")


def test_a_file_that_vanished_is_reported(tmp_path: Path) -> None:
    found: list[Diagnostic] = []
    assert read_content(SubmittedFile("a.yaml", tmp_path / "a.yaml", None), found) is None
    assert codes(found) == ["file-unreadable"]


def test_the_ending_decides_the_reader_whatever_its_case() -> None:
    assert SubmittedFile("A.CSV", Path("A.CSV"), None).suffix == ".csv"


@pytest.mark.parametrize("path", ["submissions/2025Q2", "submissions/2025Q2/a.yaml"])
def test_inspections_stand_beside_the_submissions(home: Path, path: str) -> None:
    delivery = find_files([Path(path)], [])
    ((file, text),) = read_beside("inspections.yaml", delivery.files, delivery.folders, [])
    assert (file.name, file.folder_period, text) == (
        "submissions/2025Q2/inspections.yaml",
        period_of("2025Q2"),
        "organization: 甲\n",
    )


def test_without_inspections_there_are_none(home: Path) -> None:
    delivery = find_files([Path("submissions/2025Q1")], [])
    assert read_beside("inspections.yaml", delivery.files, delivery.folders, []) == []


def test_inspections_of_an_earlier_period_are_found_and_named_from_here(home: Path) -> None:
    """Whether figures lie beside them or not; their names stand in receipts, and are the same on every machine."""
    alone = home / "submissions" / "2024Q4"
    alone.mkdir()
    for folder in (alone, home / "submissions" / "2025Q1"):
        (folder / "inspections.yaml").write_text("inspections: []\n", encoding="utf-8")
    delivery = find_files([Path("submissions/2025Q2")], [])
    named = [file.name for file, _ in read_beside("inspections.yaml", delivery.earlier, delivery.before, [])]
    assert named == ["submissions/2024Q4/inspections.yaml", "submissions/2025Q1/inspections.yaml"]
    by_files = [file.name for file, _ in read_beside("inspections.yaml", delivery.earlier, (), [])]
    assert by_files == named[1:]
