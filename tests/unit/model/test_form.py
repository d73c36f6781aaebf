import pytest

from engine.model.form import Blank, Stamp


def test_a_stamp_comes_back_from_its_line() -> None:
    stamp = Stamp("2025Q3", "sha256:0", "市經信局 一科")
    assert Stamp.parse(stamp.text) == stamp
    assert Stamp.parse(f"# {stamp.text}\n") == stamp


@pytest.mark.parametrize(
    "line", ["", "# a remark", "biaochi.form/2 period=2025Q3 book=x organization=y", "period=2025Q3"]
)
def test_other_lines_are_no_stamp(line: str) -> None:
    assert Stamp.parse(line) is None


def test_a_blank_is_known_by_indicator_member_and_part() -> None:
    assert Blank("firms", "規上企業", "甲", "done", None).key == ("firms", "甲", "done")
