import pytest

from engine.plan.fold import fold_text, fold_unit, squeeze


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("不少於３０家", "不少于30家"),
        ("增長７．５％", "增长7.5%"),
        ("（牽頭單位：市發改委）", "(牵头单位:市发改委)"),
        ("凈增規上企業", "净增规上企业"),
        ("3～5家", "3~5家"),
    ],
)
def test_text_is_folded_for_matching(text: str, folded: str) -> None:
    assert fold_text(text) == folded


@pytest.mark.parametrize("text", ["①②", "10²", "㎡", "Ⅱ級", "½", "餘額——20 萬", "\u200b7%", "🙂增長7%", ""])
def test_length_never_changes_and_no_digit_is_made(text: str) -> None:
    folded = fold_text(text)
    assert len(folded) == len(text)
    assert sum(sign in "0123456789" for sign in folded) == sum(sign in "0123456789" for sign in text)


def test_squeezed_text_points_into_the_original() -> None:
    squeezed = squeeze("增长 7 . 5 %，其中")
    assert squeezed.text == "增长7.5%，其中"
    start, end = squeezed.span(2, 6)
    assert "增长 7 . 5 %，其中"[start:end] == "7 . 5 %"


def test_unit_keeps_its_script() -> None:
    assert fold_unit("萬 人") == "萬人"
    assert fold_unit("％") == "%"


@pytest.mark.parametrize(
    ("text", "paired"),
    [('新增"小巨人"2家、"瞪羚"3家', "新增“小巨人”2家、“瞪羚”3家"), ("「雙千」", "“雙千”"), ('5"', '5"')],
)
def test_quotation_marks_of_every_kind_are_paired(text: str, paired: str) -> None:
    assert squeeze(text).text == paired
