import os
from pathlib import Path

import pytest

from engine.model.source import Source
from engine.report.read import CitedFiles, read_template, schema_folder


def files(folder: Path) -> CitedFiles:
    return CitedFiles(lambda name: folder / name)


@pytest.mark.parametrize(
    ("name", "text", "line", "expected"),
    [
        ("a.yaml", "one\ntwo\n", 2, "two"),
        ("a.yaml", "one\r\ntwo\r\n", 2, "two"),
        # YAML's own ends of lines; a CSV file knows them as text.
        ("a.yaml", "one\u2028two\x85three", 3, "three"),
        ("a.csv", "one\u2028two\nthree", 2, "three"),
        ("units.txt", "one\rone\ntwo", 2, "two"),
        ("a.yaml", "\ufeffone", 1, "one"),
        ("a.yaml", "one", 2, None),
        ("a.yaml", "one", 0, None),
        # The lines of what a page or a Word file was read from are not those of its text.
        ("a.html", "one", 1, None),
    ],
)
def test_lines_are_counted_as_the_reader_of_the_file_counts(
    tmp_path: Path, name: str, text: str, line: int, expected: str | None
) -> None:
    (tmp_path / name).write_bytes(text.encode())
    assert files(tmp_path).line(Source(name, line, 1)) == expected


def test_a_file_that_cannot_be_shown_has_no_lines(tmp_path: Path) -> None:
    (tmp_path / "gbk.yaml").write_bytes("單位".encode("gbk"))
    (tmp_path / "folder.yaml").mkdir()
    shown = files(tmp_path)
    assert [shown.line(Source(name, 1, 1)) for name in ("gbk.yaml", "folder.yaml", "gone.yaml")] == [None, None, None]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    assert files(tmp_path).line(Source("pipe.yaml", 1, 1)) is None


def test_paths_are_those_that_were_located() -> None:
    assert CitedFiles(lambda name: Path("book") / name).path("rules/a.yaml") == "book/rules/a.yaml"


def test_the_text_of_a_plan_is_never_shown(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("prose\n", encoding="utf-8")
    assert files(tmp_path).line(Source("plan.txt", 1, 1)) is None


@pytest.mark.parametrize(
    ("line", "folder"),
    [
        ("# yaml-language-server: $schema=../../engine/schemas/targets-file.json", "../../engine/schemas/"),
        ("# yaml-language-server: $schema=targets-file.json", ""),
        ("plan: {title: a}", "schemas/"),
    ],
)
def test_schemas_lie_where_the_targets_say(tmp_path: Path, line: str, folder: str) -> None:
    (tmp_path / "targets.yaml").write_text(f"{line}\n", encoding="utf-8")
    assert schema_folder(tmp_path) == folder


def test_own_template_goes_before_the_one_that_ships(tmp_path: Path) -> None:
    shipped = read_template(tmp_path, "notice.docx")
    assert shipped.content == shipped.shipped
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "notice.docx").write_bytes(b"mine")
    own = read_template(tmp_path, "notice.docx")
    assert (own.content, own.file, own.shipped) == (b"mine", "templates/notice.docx", shipped.shipped)
