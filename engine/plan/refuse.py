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
        behind = reasons[index + 1] if following else None
        told = next((why for test in _TESTS if (why := test(one, text, year))), None)
        reasons[index] = _look_ahead(one, following, told, behind)
    for index in range(1, len(candidates)):
        reasons[index] = _look_back(candidates, reasons, index, text)
    return tuple(reasons)


def _look_ahead(one: Candidate, following: Candidate | None, told: str | None, behind: str | None) -> str | None:
    """What a number is because of the one that follows it; `told` and `behind` are the reasons found for both."""
    near = following if following is not None and following.seg_start == one.seg_start else None
    bounds = bounds_class(one, near, behind if near else None)
    told = told or is_scope(one, following, behind)
    if told is None and near and behind == SIZE and is_size_too(one, near):
        told = SIZE
    if told is None and near and behind == LIST and one.end == near.number.start:
        told = LIST  # 10大类52项民生实事.
    # 50亿元以上项目: that it bounds a class says more than that it is the size of a project.
    return bounds if bounds and told in (None, SIZE) and one.after else told or bounds


def _look_back(candidates: Sequence[Candidate], reasons: list[str | None], index: int, text: str) -> str | None:
    """What a number is because of those before it."""
    one, before = candidates[index], candidates[index - 1]
    why, reason = reasons[index - 1], reasons[index]
    near = sentence_start(text, one.number.start) <= before.number.start
    if reason == TIME and why is None and near and is_time_too(one, before):
        return None
    if reason is not None:
        return reason
    if why in (LIST, GIVEN):
        return goes_on(one, before, why)
    if why is None:
        return bounds_counted(one, before)
    sizes_behind = SIZE in reasons[index + 1 : index + 3] and not before.number.unit.endswith("元")
    return SIZE if why == SIZE and near and sizes_behind and is_size_between(one) else None
