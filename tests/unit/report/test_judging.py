import re

from engine.report.judging import CODES, Judging, Place
from tests.unit.report.forms_of import TOTAL, forms_of

MEMBERS = "indicator: firms, kind: each, inner_kind: total, members: [甲, 乙], threshold: 30 家"


def judging_of(rule: str, period: str = "2025Q3") -> tuple[Judging, list[int]]:
    form = forms_of(rule, period)[0]
    places = {
        blank.key: Place(blank, f"F{n}", f"G{n}", f"H{n}", "A1:A9", "B1:B9", "C1:C9", 1)
        for item in form.items
        for n, blank in enumerate(item.blanks, start=1)
    }
    judging = Judging(places)
    return judging, judging.item(form.items[0])


def test_codes_stand_from_worst_to_best() -> None:
    assert CODES[0] == "fail"
    assert CODES[-2:] == ("at-risk", "pass")


def test_a_total_is_read_scored_and_judged_in_one_row_each() -> None:
    judging, rows = judging_of(TOTAL)
    assert rows == [1]
    assert [len(sheet) for sheet in (judging.sheets.read, judging.sheets.scores, judging.sheets.results)] == [1, 1, 1]
    assert '"at-risk"' in judging.sheets.scores[0][7]


def test_at_the_year_s_end_both_edges_are_the_same() -> None:
    judging, _ = judging_of(TOTAL, "2025")
    assert judging.sheets.scores[0][1] == judging.sheets.scores[0][2]


def test_a_level_has_a_row_for_every_standing_of_its_baseline() -> None:
    judging, rows = judging_of("indicator: firms, kind: level, comparator: more_than, threshold: 1200 家")
    assert rows == [1]
    assert len(judging.sheets.read) == 2
    assert len(judging.sheets.scores) == 3


def test_a_partner_that_the_body_does_not_report_leaves_no_verdict() -> None:
    judging, _ = judging_of("indicator: income, kind: relative, partner: growth, tolerance: 0 個百分點")
    assert judging.sheets.scores == []
    assert re.search(r'"missing","\?"\)$', judging.sheets.results[0][0])
