"""Numbers that promise nothing because of the words and numbers around them, each with the reason."""

from collections.abc import Callable, Sequence

from engine.plan.bounds import bounds_class, bounds_counted
from engine.plan.context import Candidate
from engine.plan.grades import is_grade, is_time
from engine.plan.lists import LIST, goes_on, is_bare, is_list
from engine.plan.past import is_base, is_changed, is_past
from engine.plan.rates import is_rate
from engine.plan.sizes import SIZE, is_size, is_size_too

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
        # 50亿元以上项目: that it bounds a class says more than that it is the size of a project.
        if told is None and following and reasons[index + 1] == SIZE and is_size_too(one, following):
            told = SIZE
        reasons[index] = bounds if bounds and told in (None, SIZE) and one.after else told or bounds
    for index in range(1, len(candidates)):
        if reasons[index] is None and reasons[index - 1] == LIST:
            reasons[index] = goes_on(candidates[index], candidates[index - 1])
        if reasons[index] is None and reasons[index - 1] is None:
            reasons[index] = bounds_counted(candidates[index], candidates[index - 1])
    return tuple(reasons)
