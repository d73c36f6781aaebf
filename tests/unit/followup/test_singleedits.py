from engine.followup.bookedits import compare_books, plain
from engine.followup.singleedits import take_back, units_of
from engine.model.book import Book
from engine.model.difference import Cause, Edit
from tests.unit.small import INDICATORS, book_of

RULE = "indicator: firms, kind: total, threshold: 222 家"
OTHER = "indicator: firms, kind: total, threshold: 240 家, pace: {2025Q2: 40 %, 2025Q4: 100 %}"
FILE = "rules/016-small.yaml"
AMENDMENT = "- {{target: promise, threshold: {} 家, document: {}, date: 2025-0{}-01, reach: [{}]}}\n"


def amended(*entries: tuple[int, str, int, str]) -> Book:
    return book_of(RULE, amendments="amendments:\n" + "".join(AMENDMENT.format(*each) for each in entries))


def test_each_field_of_a_rule_is_taken_back_alone() -> None:
    old, new = book_of(RULE), book_of(OTHER)
    edits = compare_books(old, new, (FILE,))
    assert [edit.name for edit in edits] == ["rule: threshold", "rule: pace"]
    assert units_of(edits, (0, 1), old, new) == [(0,), (1,)]
    assert compare_books(old, take_back(new, old, edits[:1]), (FILE,)) == edits[1:]
    assert compare_books(old, take_back(new, old, edits[1:]), (FILE,)) == edits[:1]


def test_what_cannot_be_exchanged_alone_goes_with_all_of_its_cause() -> None:
    old, new = book_of(RULE), book_of(OTHER, INDICATORS.replace("規上企業", "工業企業"))
    edits = compare_books(old, new, (FILE,))
    assert len(edits) == 3
    assert units_of(edits, range(3), old, new) == [(0, 1, 2)]
    assert plain(take_back(new, old, edits[2:]).indicators["firms"]) == plain(new.indicators["firms"])


def test_policy_goes_back_field_by_field() -> None:
    bands = "bands: {percent: [{at_least: 0, verdict: pass}, {at_least: -2, verdict: at-risk}, {verdict: fail}]}\n"
    old, new = book_of(RULE), book_of(RULE, policy=f"ahead_margin: 7\n{bands}")
    edits = compare_books(old, new, ("policy.yaml",))
    assert sorted(edit.name for edit in edits) == ["ahead_margin", "bands.percent"]
    assert units_of(edits, (0, 1), old, new) == [(0,), (1,)]
    for edit, other in (edits, edits[::-1]):
        assert compare_books(old, take_back(new, old, [edit]), ("policy.yaml",)) == [other]


def test_amendment_that_came_changed_or_went_is_taken_back_and_binds_in_its_order() -> None:
    old = amended((230, "甲", 3, "市經信局"), (240, "乙", 2, "咸安區"))
    new = amended((235, "甲", 3, "市經信局"), (250, "丙", 4, "嘉魚縣"))
    edits = compare_books(old, new, ("amendments.yaml",))
    assert sorted(str(edit.said[0]) for edit in edits) == ["230 家 (2025-03-01 甲)", "240 家 (2025-02-01 乙)", "None"]
    assert units_of(edits, range(3), old, new) == [(0,), (1,), (2,)]
    back = take_back(new, old, edits)
    assert [plain(each) for each in back.amendments] == [plain(each) for each in old.amendments]


def test_figures_are_tried_apart_and_their_files_are_not() -> None:
    book = book_of(RULE)
    edits = [Edit(Cause.ARRIVAL, "figure", "a"), Edit(Cause.ARRIVAL, "figure", "b"), Edit(Cause.ARRIVAL, "file", "c")]
    assert units_of(edits, range(3), book, book) == [(0,), (1,)]
