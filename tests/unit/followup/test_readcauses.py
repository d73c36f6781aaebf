from dataclasses import replace
from typing import Any

import pytest

from engine.followup.changes import changed_rows
from engine.followup.readcauses import compare_receipts, read_causes, read_edits
from engine.model.difference import Cause, MadeOf, RowChange, Told
from engine.model.source import Source
from tests.unit.followup.differing import row_of, told_of_rows

BASE = MadeOf({"rules/016-a.yaml": "1", "policy.yaml": "1"}, {"2025Q2/a.yaml": "1"}, {"biaochi": "1"}, {})


def made(**changes: Any) -> MadeOf:
    given = {
        "book": {**(BASE.book or {}), **changes.get("book", {})},
        "submissions": {**(BASE.submissions or {}), **changes.get("submissions", {})},
        "program": changes.get("program", BASE.program),
        "options": changes.get("options", BASE.options),
    }
    return MadeOf(**given)


def named(old: Told, new: Told) -> RowChange:
    (change,) = read_causes(changed_rows(old, new), old, new, compare_receipts(old, new))
    return change


CORRECTED = {"actual": "90", "submitted": "90 家", "verdict": "fail"}
MISSING = {
    "verdict": "undecided", "reason": "missing", "actual": None, "submitted": None, "source": None,
}  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "made_of", "cause"),
    [
        (MISSING, {}, {"submissions": {"2025Q2/a.yaml": "2"}}, Cause.NEW_FIGURE),
        ({}, MISSING, {"submissions": {"2025Q2/a.yaml": "2"}}, Cause.WITHDRAWN_FIGURE),
        ({}, CORRECTED, {"submissions": {"2025Q2/a.yaml": "2"}}, Cause.CORRECTED_FIGURE),
        ({}, CORRECTED, {"submissions": {"2025Q1/a.yaml": "2"}}, Cause.REVISED_PAST),
        ({}, CORRECTED, {"submissions": {"2025Q2/inspections.yaml": "2"}}, Cause.INSPECTION),
        ({}, CORRECTED, {"submissions": {"2025Q2/manifest.yaml": "2"}}, Cause.ARRIVAL),
        ({}, CORRECTED, {"options": {"as_of": "2025-07-01"}}, Cause.OPTIONS),
        ({}, {"verdict": "fail"}, {"book": {"policy.yaml": "2"}}, Cause.POLICY),
        ({}, {"verdict": "fail"}, {"book": {"rules/016-a.yaml": "2"}}, Cause.RULE),
        ({}, {"verdict": "fail", "target_value": "300"}, {"book": {"amendments.yaml": "2"}}, Cause.AMENDMENT),
        ({}, {"verdict": "fail", "waiver": "批復"}, {"book": {"waivers.yaml": "2"}}, Cause.WAIVER),
        ({}, {"verdict": "fail"}, {"program": {"biaochi": "2"}}, Cause.PROGRAM),
    ],
)
def test_one_input_that_differs_is_the_cause(
    old: dict[str, Any], new: dict[str, Any], made_of: dict[str, Any], cause: Cause
) -> None:
    digest = "sha256:1" if "book" in made_of else "sha256:0"
    before = told_of_rows(row_of(**old), made_of=BASE)
    after = told_of_rows(row_of(**new), made_of=made(**made_of), digest=digest)
    change = named(before, after)
    assert (change.because, change.suspected) == (((cause,),), ())
    assert cause in [edit.cause for edit in read_edits([change], before, after, compare_receipts(before, after))]


def test_what_numbers_cannot_tell_apart_is_suspected_and_not_claimed() -> None:
    both = made(submissions={"2025Q2/a.yaml": "2"}, book={"policy.yaml": "2"})
    change = named(told_of_rows(row_of(), made_of=BASE), told_of_rows(row_of(**CORRECTED), made_of=both, digest="1"))
    assert change.because == ()
    assert change.suspected == (Cause.CORRECTED_FIGURE, Cause.POLICY)


def test_rows_without_receipts_are_read_from_their_numbers() -> None:
    def cause(**new: Any) -> tuple[tuple[Cause, ...], ...]:
        return named(told_of_rows(row_of()), told_of_rows(row_of(**new), digest="1")).because

    assert cause(**CORRECTED) == ((Cause.CORRECTED_FIGURE,),)
    assert cause(target_value="240", verdict="fail") == ((Cause.RULE,),)
    assert cause(target_value="240", amendment="通知 2025-05-01", verdict="fail") == ((Cause.AMENDMENT,),)
    assert cause(**MISSING) == ((Cause.WITHDRAWN_FIGURE,),)


def test_the_same_book_is_never_the_cause() -> None:
    relative = row_of(kind="relative", comparator=None, target_value=None, due="6.8")
    old, new = told_of_rows(relative), told_of_rows(replace(relative, due="7.1", verdict="fail"))
    assert named(old, new).because == ((Cause.CORRECTED_FIGURE,),)
    other = named(old, replace(new, digest="1"))
    assert (other.because, other.suspected) == ((), (Cause.CORRECTED_FIGURE, Cause.RULE))
    amended = told_of_rows(row_of(target_value="240", amendment="通知 2025-05-01"))
    assert named(told_of_rows(row_of()), amended).because == ((Cause.OPTIONS,),)


def test_number_of_a_responsible_body_may_be_its_quota() -> None:
    old = told_of_rows(row_of(role="responsible"))
    new = told_of_rows(row_of(role="responsible", target_value="20"), digest="1")
    assert named(old, new).suspected == (Cause.RULE, Cause.QUOTA)


def test_waiver_that_comes_is_the_cause_where_it_excuses() -> None:
    failed = row_of(verdict="fail")
    assert named(told_of_rows(failed), told_of_rows(replace(failed, waiver="批復"), digest="1")).because == (
        (Cause.WAIVER,),
    )


def test_without_receipts_a_figure_from_another_file_may_be_the_manifest_s_doing() -> None:
    other = row_of(**CORRECTED, source=Source("second/2025Q2/b.yaml", 3, 5))
    change = named(told_of_rows(row_of()), told_of_rows(other))
    assert change.suspected == (Cause.CORRECTED_FIGURE, Cause.ARRIVAL, Cause.OPTIONS)


def test_waiver_of_what_passes_now_is_a_consequence() -> None:
    waived = row_of(verdict="fail", waiver="批復", actual="90")
    assert named(told_of_rows(waived), told_of_rows(row_of(), digest="1")).because == ((Cause.CORRECTED_FIGURE,),)


def test_verdict_that_nothing_explains_leaves_every_unseen_cause_open() -> None:
    change = named(told_of_rows(row_of()), told_of_rows(row_of(verdict="fail"), digest="1"))
    assert change.because == ()
    assert {Cause.RULE, Cause.POLICY, Cause.PROGRAM, Cause.OPTIONS} <= set(change.suspected)


def test_a_period_of_one_side_is_its_own_cause() -> None:
    later = row_of(period="2025Q3")
    assert named(told_of_rows(row_of()), told_of_rows(row_of(), later)).because == ((Cause.PERIOD,),)
    assert named(told_of_rows(row_of(), later), told_of_rows(row_of())).because == ((Cause.PERIOD,),)


def test_row_that_only_filters_can_hide_is_the_options_doing() -> None:
    filtered = made(options={"organizations": '["發改委"]'})
    old = told_of_rows(row_of(), row_of(rule="b"), made_of=BASE)
    assert named(old, told_of_rows(row_of(), made_of=filtered)).because == ((Cause.OPTIONS,),)


def test_options_that_change_no_verdict_are_none() -> None:
    shown = made(options={"lang": "en", "paths": '["a/2025Q2"]', "as_of": "null", "fail_on": '["never"]'})
    old, new = told_of_rows(made_of=BASE), told_of_rows(made_of=shown)
    assert compare_receipts(old, new).options == frozenset()
