from pathlib import Path

import pytest

from engine.bulk.read import digest_file, list_names, read_record
from engine.submissions.read import SubmittedFile


@pytest.mark.parametrize("text", ["", "{", "[1]", "\xff"])
def test_a_record_that_is_not_whole_is_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "record.json"
    path.write_bytes(text.encode("latin-1"))
    assert read_record(path) is None
    assert read_record(tmp_path / "nothing.json") is None


def test_names_are_sorted(tmp_path: Path) -> None:
    for name in "ba":
        (tmp_path / name).touch()
    assert (list_names(tmp_path), list_names(tmp_path / "nothing")) == (["a", "b"], [])


def test_a_digest_is_of_the_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    digest = digest_file(SubmittedFile("a", tmp_path / "a", None))
    assert digest == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
