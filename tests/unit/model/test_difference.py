from dataclasses import replace

import pytest

from engine.model.difference import Cause, Change, Difference, RowChange, SidedFinding, cause_of_file
from engine.model.source import Source
from tests.unit.followup.differing import row_of, told_of_rows


@pytest.mark.parametrize(
    ("file", "cause"),
    [
        ("rules/016-firms.yaml", Cause.RULE),
        ("allocations/016.yaml", Cause.QUOTA),
        ("policy.yaml", Cause.POLICY),
        ("amendments.yaml", Cause.AMENDMENT),
        ("units.txt", Cause.UNITS),
    ],
)
def test_every_file_of_a_book_is_a_cause_of_its_own(file: str, cause: Cause) -> None:
    assert cause_of_file(file) is cause


def difference(**changes: object) -> Difference:
    told = told_of_rows()
    empty = Difference(told, told, (), (), (), (), (), (), (), (), 0, True)
    return replace(empty, **changes)  # type: ignore[arg-type]


def test_exit_code_counts_what_is_new_and_an_incomplete_side_wins() -> None:
    failed = row_of(verdict="fail")
    error = SidedFinding("sum-differs", "error", "…", Source("a.yaml"))
    warning = replace(error, severity="warning")
    assert difference().exit_code == 0
    assert difference(still_failing=(failed,), removed_failures=(failed,)).exit_code == 0
    assert difference(new_failures=(failed,)).exit_code == 1
    assert difference(new_findings=(warning,)).exit_code == 0
    assert difference(new_findings=(error,)).exit_code == 1
    incomplete = replace(told_of_rows(), complete=False)
    assert difference(new_failures=(failed,), old=incomplete).exit_code == 3


def test_waived_failure_does_not_count_and_is_another_state() -> None:
    failed = row_of(verdict="fail")
    waived = replace(failed, waiver="批復")
    assert (failed.failed, waived.failed) == (True, False)
    assert failed.state != waived.state


def test_change_names_its_causes_in_their_order() -> None:
    change = RowChange(
        Change.FLIP, row_of(), row_of(), ((Cause.RULE, Cause.NEW_FIGURE), (Cause.POLICY,)), (Cause.PROGRAM,)
    )
    assert change.causes == (Cause.NEW_FIGURE, Cause.RULE, Cause.POLICY, Cause.PROGRAM)
