"""Numbers that promise nothing because of the words and numbers around them, each with the reason."""

from collections.abc import Callable, Sequence

from engine.plan.bounds import bounds_class, bounds_counted
from engine.plan.context import Candidate, sentence_start
from engine.plan.grades import TIME, is_grade, is_time, is_time_too
from engine.plan.lists import GIVEN, LIST, goes_on, is_bare, is_list, is_scope
from engine.plan.past import is_base, is_changed, is_past
from engine.plan.rates import is_rate
from engine.plan.sizes import SIZE, is_size, is_size_between, is_size_too

#: Asked in this order; the first reason stands.
_TESTS: tuple[Callable[[Candidate, str, int | None], str | None], ...] = (
    is_past, is_base, is_changed, is_grade, is_bare, is_time, is_size, is_list, is_rate,
)  # fmt: skip


def reasons_against(candidates: Sequence[Candidate], text: str, year: int | None) -> tuple[str | None, ...]:
    """For every number the reason why it promises nothing, or None where it binds."""
    reasons: list[str | None] = [None] * len(candidates)
    # From right to left: whether a number bounds a class shows in the number that follows it.
    for index in reversed(range(len(candidates))):
        one = candidates[index]
        following = candidates[index + 1] if index + 1 < len(candidates) else None
        if following is not None and following.seg_start != one.seg_start:
            following = None
        told = next((why for test in _TESTS if (why := test(one, text, year))), None)
        bounds = bounds_class(one, following, reasons[index + 1] if following else None)
        told = told or is_scope(
            one,
            candidates[index + 1] if index + 1 < len(candidates) else None,
            reasons[index + 1] if index + 1 < len(candidates) else None,
        )
        # 50亿元以上项目: that it bounds a class says more than that it is the size of a project.
        if told is None and following and reasons[index + 1] == SIZE and is_size_too(one, following):
            told = SIZE
        reasons[index] = bounds if bounds and told in (None, SIZE) and one.after else told or bounds
    _look_back(candidates, reasons, text)
    return tuple(reasons)


def _look_back(candidates: Sequence[Candidate], reasons: list[str | None], text: str) -> None:
    """What a number is because of those before it."""
    for index in range(1, len(candidates)):
        one, before, why = candidates[index], candidates[index - 1], reasons[index - 1]
        near = sentence_start(text, one.number.start) <= before.number.start
        if reasons[index] is None and why in (LIST, GIVEN):
            reasons[index] = goes_on(one, before, why)
        if reasons[index] is None and why is None:
            reasons[index] = bounds_counted(one, before)
        if reasons[index] == TIME and why is None and near and is_time_too(one, before):
            reasons[index] = None
        sizes_behind = any(reason == SIZE for reason in reasons[index + 1 : index + 3])
        if (
            reasons[index] is None
            and why == SIZE
            and near
            and sizes_behind
            and not before.number.unit.endswith("元")
            and is_size_between(one, text)
        ):
            reasons[index] = SIZE
