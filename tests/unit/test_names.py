from collections.abc import Iterable

import pytest

from engine.names import MAX_HINTS, NameIndex, fold_script, fold_width, nearest_names, to_simplified, to_traditional

INDEX = NameIndex({"市發改委": "drc", "咸寧市發展和改革委員會": "drc", "市經信局": "eit", "gdp-growth": "gdp"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("市發改委", "drc"),
        ("市发改委", "drc"),
        ("咸宁市发展和改革委员会", "drc"),
        (" 市經信局　", "eit"),
        ("ｇｄｐ－ｇｒｏｗｔｈ", "gdp"),
        ("gdp-growth", "gdp"),
    ],
)
def test_a_name_is_found_whole_in_either_script_and_width(text: str, expected: str) -> None:
    assert INDEX.find(text) == expected


@pytest.mark.parametrize("text", ["", "發改委", "市發改委員會", "市經信", "GDP-growth", "市 經信局"])
def test_a_name_is_never_found_by_likeness(text: str) -> None:
    assert INDEX.find(text) is None


def test_a_simplified_book_is_found_by_traditional_names() -> None:
    assert NameIndex({"市发改委": "drc"}).find("市發改委") == "drc"


def test_the_nearest_names_come_best_first() -> None:
    assert INDEX.nearest("市经信委")[0] == "市經信局"


def test_what_is_like_nothing_has_no_nearest() -> None:
    assert INDEX.nearest("xyz") == ()


def test_no_more_hints_than_asked_for() -> None:
    assert len(nearest_names("市局", ["市甲局", "市乙局", "市丙局", "市丁局"], 2)) == 2


def test_width_is_folded_and_outer_blanks_taken_off() -> None:
    assert fold_width("　２０２５Ｑ２ ") == "2025Q2"


def test_both_scripts_fold_to_one_form() -> None:
    assert fold_script("規上工業增加值") == fold_script("规上工业增加值")


@pytest.mark.parametrize(("traditional", "simplified"), [("達標", "达标"), ("報送數", "报送数"), ("咸寧", "咸宁")])
def test_scripts_convert_both_ways(traditional: str, simplified: str) -> None:
    assert (to_simplified(traditional), to_traditional(simplified)) == (simplified, traditional)


def test_names_of_other_languages_stay() -> None:
    assert to_simplified("GDP 7.0 %") == "GDP 7.0 %"


def test_what_is_converted_is_not_remembered_without_end() -> None:
    assert to_simplified.cache_info().maxsize is not None
    assert to_traditional.cache_info().maxsize is not None


def test_hints_are_searched_once_for_a_name_and_not_for_thousands(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[str] = []

    def search(text: str, names: Iterable[str], count: int) -> tuple[str, ...]:
        searched.append(text)
        return ("市發改委",)

    monkeypatch.setattr("engine.names.nearest_names", search)
    index = NameIndex({"市發改委": "d"})
    assert [index.nearest("市發改局") for _ in range(50)] == [("市發改委",)] * 50
    assert searched == ["市發改局"]
    hints = [index.nearest(f"局{number}") for number in range(2 * MAX_HINTS)]
    assert len(searched) == MAX_HINTS
    assert (hints[0], hints[-1]) == (("市發改委",), ())
    assert index.nearest("市發改局") == ("市發改委",)


def test_bytes_that_are_no_text_are_no_name() -> None:
    lost = b"\xe5\xb8".decode("ascii", "surrogateescape")
    index = NameIndex({"市發改委": "ndrc"})
    assert to_simplified(lost) == lost
    assert (index.find(lost), index.nearest(lost)) == (None, ())
