import os
from pathlib import Path

import pytest

from engine.report.write import make_folder, require_free, write_folder, write_text


def test_text_is_written_as_utf8(tmp_path: Path) -> None:
    write_text(tmp_path / "out.json", "達標\n")
    assert (tmp_path / "out.json").read_bytes() == "達標\n".encode()


def test_a_file_that_is_there_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    path.write_text("old and longer\n", encoding="utf-8")
    write_text(path, "new\n")
    assert path.read_text(encoding="utf-8") == "new\n"


@pytest.mark.parametrize("step", ["fsync", "fdopen"])
def test_when_writing_fails_the_old_file_stays_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "out.json"
    path.write_text("old\n", encoding="utf-8")

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(OSError, match="No space left"):
        write_text(path, "new\n")
    assert (path.read_text(encoding="utf-8"), os.listdir(tmp_path)) == ("old\n", ["out.json"])


def test_when_the_last_step_fails_the_old_file_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "out.json"
    path.write_text("old\n", encoding="utf-8")

    def fail(self: Path, target: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(KeyboardInterrupt):
        write_text(path, "new\n")
    assert (path.read_text(encoding="utf-8"), os.listdir(tmp_path)) == ("old\n", ["out.json"])


def test_an_absent_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_text(tmp_path / "nowhere" / "out.json", "new\n")


def test_an_output_may_be_read_as_any_file_of_its_user(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        write_text(tmp_path / "out.json", "new\n")
    finally:
        os.umask(before)
    assert (tmp_path / "out.json").stat().st_mode & 0o777 == 0o644


def test_line_ends_are_written_as_given(tmp_path: Path) -> None:
    write_text(tmp_path / "out.csv", "a\r\nb\n")
    assert (tmp_path / "out.csv").read_bytes() == b"a\r\nb\n"


def test_a_folder_is_written_whole(tmp_path: Path) -> None:
    write_folder(tmp_path / "new" / "book", {"a.yaml": "a\n", "rules/b.yaml": "乙\n"})
    assert (tmp_path / "new" / "book" / "rules" / "b.yaml").read_text(encoding="utf-8") == "乙\n"
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["book"]


def test_an_empty_folder_may_be_filled_and_no_other(tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    write_folder(tmp_path / "book", {"a.yaml": "a\n"})
    with pytest.raises(FileExistsError):
        write_folder(tmp_path / "book", {"a.yaml": "b\n"})
    assert (tmp_path / "book" / "a.yaml").read_text(encoding="utf-8") == "a\n"


def test_when_writing_a_folder_fails_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(*_: object) -> None:
        raise OSError("no space")

    monkeypatch.setattr(os, "fsync", deny)
    with pytest.raises(OSError, match="no space"):
        write_folder(tmp_path / "book", {"a.yaml": "a\n"})
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_made_with_those_above_it_and_kept_where_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    make_folder(folder)
    (folder / "kept").touch()
    make_folder(folder)
    assert os.listdir(folder) == ["kept"]


def test_a_file_in_the_place_of_the_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    with pytest.raises(OSError, match="File exists"):
        make_folder(tmp_path / "a")


def test_only_nothing_or_an_empty_folder_is_free(tmp_path: Path) -> None:
    require_free(tmp_path / "new")
    (tmp_path / "empty").mkdir()
    require_free(tmp_path / "empty")
    (tmp_path / "file").touch()
    for taken in (tmp_path, tmp_path / "file"):
        with pytest.raises(FileExistsError):
            require_free(taken)


def test_a_file_that_is_there_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    path.write_text("old\n", encoding="utf-8")
    path.chmod(0o600)
    write_text(path, "new\n")
    assert (path.read_text(encoding="utf-8"), path.stat().st_mode & 0o777) == ("new\n", 0o600)


def test_a_link_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    link = tmp_path / "out.json"
    link.symlink_to("there/real.json")
    write_text(link, "new\n")
    assert link.is_symlink()
    assert (tmp_path / "there" / "real.json").read_text(encoding="utf-8") == "new\n"
    assert [path.name for path in (tmp_path / "there").iterdir()] == ["real.json"]


def test_a_pipe_is_written_to_and_stays(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_text(pipe, "new\n")
        assert os.read(reader, 10) == b"new\n"
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def test_what_a_killed_run_left_is_taken_away_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / ".out.json.abc.part").write_text("half", encoding="utf-8")
    (tmp_path / ".other.json.abc.part").write_text("half", encoding="utf-8")
    (tmp_path / ".book.abc.part").mkdir()
    (tmp_path / ".book.abc.part" / "a.yaml").write_text("half", encoding="utf-8")
    write_text(tmp_path / "out.json", "new\n")
    write_folder(tmp_path / "book", {"a.yaml": "a\n"})
    assert sorted(os.listdir(tmp_path)) == [".other.json.abc.part", "book", "out.json"]


def test_what_a_living_run_is_writing_stays(tmp_path: Path) -> None:
    import fcntl

    with (tmp_path / ".out.json.abc.part").open("w", encoding="utf-8") as living:
        fcntl.flock(living, fcntl.LOCK_EX)
        write_text(tmp_path / "out.json", "new\n")
        assert sorted(os.listdir(tmp_path)) == [".out.json.abc.part", "out.json"]
