from dataclasses import replace

from engine.followup.changes import changed_rows, compare_failures, compare_findings, link_edits
from engine.model.difference import Cause, Change, Edit, RowChange, SidedFinding
from engine.model.source import Source
from tests.unit.followup.differing import row_of, told_of_rows


def test_rows_flip_shift_come_and_go() -> None:
    same, gone = row_of(rule="same"), row_of(rule="gone")
    old = told_of_rows(same, row_of(rule="flip"), row_of(rule="shift"), gone)
    fresh = row_of(rule="fresh")
    new = told_of_rows(same, row_of(rule="flip", verdict="fail"), row_of(rule="shift", actual="120"), fresh)
    assert [(each.row.rule, each.change) for each in changed_rows(old, new)] == [
        ("flip", Change.FLIP),
        ("shift", Change.SHIFT),
        ("fresh", Change.ADDED),
        ("gone", Change.REMOVED),
    ]


def test_a_note_or_another_way_to_write_is_no_change() -> None:
    old, new = row_of(), row_of(submitted="一百一十一家", notes=("depends-on-rounding",), source=Source("b.csv", 9, 1))
    assert changed_rows(told_of_rows(old), told_of_rows(new)) == ()


def test_failures_still_new_and_gone_without_the_waived() -> None:
    fail = {"verdict": "fail"}
    old = told_of_rows(row_of(rule="a", **fail), row_of(rule="b", **fail), row_of(rule="c"), row_of(rule="d", **fail))
    new = told_of_rows(
        row_of(rule="a", **fail), row_of(rule="b"), row_of(rule="c", **fail), row_of(rule="d", **fail, waiver="批復")
    )
    rules = [[row.rule for row in rows] for rows in compare_failures(old, new)]
    assert rules == [["a"], ["c"], ["b", "d"]]


def test_finding_that_moved_is_still_there_and_said_twice_counts_twice() -> None:
    finding = SidedFinding("sum-differs", "error", "甲", Source("a.yaml", 3, 1))
    moved = replace(finding, source=Source("a.yaml", 7, 1))
    assert compare_findings((finding,), (moved,)) == ((), (), 1)
    assert compare_findings((finding,), (moved, moved)) == ((moved,), (), 1)
    assert compare_findings((finding,), ()) == ((), (finding,), 0)


def test_edits_are_linked_by_cause_rule_body_and_period() -> None:
    change = RowChange(Change.FLIP, row_of(), row_of(verdict="fail"), ((Cause.CORRECTED_FIGURE,),))
    mine = Edit(Cause.CORRECTED_FIGURE, "figure", "a", rules=("firms",), organizations=("經信局",), period="2025Q1")
    edits = [
        mine,
        replace(mine, cause=Cause.RULE),
        replace(mine, rules=("growth",)),
        replace(mine, organizations=("發改委",)),
        replace(mine, period="2025Q3"),
        Edit(Cause.CORRECTED_FIGURE, "file", "b"),
    ]
    (linked,) = link_edits([change], edits, {})
    assert linked.edits == (0, 5)
    (joint,) = link_edits([change], edits, {change.row.key: ("經信局", "發改委")})
    assert joint.edits == (0, 3, 5)
