from engine.report.formguide import guide_lines
from engine.report.formwords import FormWords
from engine.report.words import Words
from tests.unit.report.forms_of import TOTAL, forms_of


def lines(rule: str, language: str = "zh-Hant") -> str:
    return "\n".join(line for _, line in guide_lines(forms_of(rule)[0], FormWords(Words(language))))


def test_only_the_kinds_that_the_form_asks_for_are_explained() -> None:
    page = lines(TOTAL)
    assert "總量指標" in page
    assert "存量指標" not in page


def test_the_page_says_that_the_verdict_of_check_counts() -> None:
    assert "以 check 檢查結果為準" in lines(TOTAL)
    assert "that of the command check" in lines(TOTAL, "en")


def test_what_waits_is_named_with_its_reason() -> None:
    rules = "indicator: firms, kind: total, threshold: 222 家, judged: {lead: city}}\n- {id: late, target: promise, "
    page = lines(rules + "judged: {lead: city}, indicator: land, kind: always, threshold: 9 畝, due_in: [2025]")
    assert "耕地面積：未到考核期" in page
