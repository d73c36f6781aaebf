"""Submissions held to the book's relations: what contradicts itself, whatever was promised.

Every figure stands for all numbers that round to it. A relation is broken where no choice among them keeps it.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from engine.exact.intervals import Interval
from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.figure import Figure, FigureKey
from engine.model.relation import Relation, RelationForm
from engine.model.verdict import Obligation
from engine.quantities import format_decimal
from engine.submissions.groups import Group, group_figures
from engine.submissions.rounding import add, baseline_range, divide, figure_range, negative

_ZERO = Interval(Fraction(0), Fraction(0))
_AT_MOST_ZERO = Interval(high=Fraction(0))

#: Decimals of a computed rate beyond those that were written.
_MORE_DECIMALS = 2


def hold_relations(
    book: Book,
    obligations: Sequence[Obligation],
    figures: Mapping[FigureKey, Figure],
    current: Sequence[int],
    found: list[Diagnostic],
) -> None:
    """Hold the figures of every body, and those of the city, to every relation, in the `current` periods.

    What did not come in is taken for anything it could be. The same figures are never reported twice for one
    relation, though they may be a body's and the city's at once.
    Errors: part-exceeds-whole, parts-exceed-whole, parts-sum-differs, rate-differs, stock-differs, stock-moves.
    """
    wanted = frozenset(name for relation in book.relations for name in relation.indicators)
    groups = group_figures(obligations, figures, wanted)
    seen: set[tuple[str, tuple[FigureKey, ...]]] = set()
    for (whose, period), group in groups.items():
        if period not in current:
            continue
        before = [
            groups[whose, earlier]
            for earlier in range(period - 1, period // 100 * 100, -1)
            if (whose, earlier) in groups
        ]
        for relation in book.relations:
            for code, involved, params in find_broken(book, relation, group, before):
                key = (f"{relation.id} {code}", tuple(sorted(figure.key for figure in involved)))
                if key not in seen:
                    seen.add(key)
                    found.append(_finding(relation, code, involved, params))


#: A code, the figures that it is about, the one to be looked at first, and what its message says of them.
_Broken = tuple[str, list[Figure], dict[str, str]]


def _finding(relation: Relation, code: str, involved: Sequence[Figure], params: dict[str, str]) -> Diagnostic:
    names = dict.fromkeys(figure.organization for figure in involved)
    words = {"organization": "、".join(names), "relation": relation.id, **params}
    related = (*(figure.source for figure in involved[1:]), relation.place(relation.form))
    return Diagnostic(code, involved[0].source, words, related)


def find_broken(book: Book, relation: Relation, group: Group, before: Sequence[Group] = ()) -> Iterator[_Broken]:
    """How the figures of one group break a relation; `before` are those of earlier periods, the latest first."""
    if relation.form is RelationForm.AT_MOST:
        present = [group[name] for name in relation.indicators if name in group]
        for part, whole in pairwise(present):
            yield from _exceeding(book, part, whole)
    elif relation.form is RelationForm.SUM:
        yield from _summed(book, relation, group)
    elif relation.form is RelationForm.RATIO:
        yield from _divided(book, relation, group)
    else:
        yield from _stocked(book, relation, group, before)


def _said(book: Book, role: str, figure: Figure) -> dict[str, str]:
    return {role: book.indicators[figure.indicator].name, f"{role}_figure": figure.submitted}


def _range(book: Book, figure: Figure) -> Interval:
    """What a figure stands for; anything where that is no number of its own."""
    return figure_range(book, figure) or Interval()


def _exceeding(book: Book, part: Figure, whole: Figure) -> Iterator[_Broken]:
    """A part that is more than its whole whatever both round from."""
    if not add([_range(book, part), negative(_range(book, whole))]).meets(_AT_MOST_ZERO):
        yield "part-exceeds-whole", [part, whole], _said(book, "part", part) | _said(book, "whole", whole)


def _summed(book: Book, relation: Relation, group: Group) -> Iterator[_Broken]:
    """Parts that do not come to their whole; where one did not come in, they must at least not exceed it."""
    name, *names = relation.indicators
    parts = [group[part] for part in names if part in group]
    if name not in group or not parts:
        return
    missing = [part for part in names if part not in group]
    if any(_may_be_negative(book, part) for part in missing):
        return
    open_ended = relation.partial or bool(missing)
    whole, ranges = group[name], [_range(book, part) for part in parts]
    if add([*ranges, negative(_range(book, whole))]).meets(_AT_MOST_ZERO if open_ended else _ZERO):
        return
    unit = book.indicators[name].unit
    total = sum((part.x for part in parts if part.x is not None), Fraction(0))
    params = _said(book, "whole", whole) | {
        "parts": "、".join(f"{book.indicators[part.indicator].name} {part.submitted}" for part in parts),
        "sum": f"{format_decimal(total / unit.factor)} {unit.symbol}",
    }
    yield "parts-exceed-whole" if open_ended else "parts-sum-differs", [whole, *parts], params


def _may_be_negative(book: Book, name: str) -> bool:
    indicator = book.indicators[name]
    net = indicator.net or any(rule.net for rule in book.rules if rule.indicator == name)
    return net or indicator.unit.dimension == "share"


def _divided(book: Book, relation: Relation, group: Group) -> Iterator[_Broken]:
    above, below = (group.get(name) for name in relation.indicators[:2])
    if above is None or below is None:
        return
    if not relation.may_exceed:
        yield from _exceeding(book, above, below)
    quotient = relation.quotient
    rate = group.get(quotient.rate) if quotient else None
    computed = divide(_range(book, above), _range(book, below))
    if rate is None or computed is None or computed.meets(_range(book, rate)) or above.x is None or not below.x:
        return
    unit = book.indicators[rate.indicator].unit
    exact = 1000 * above.x / below.x / unit.factor
    params = _said(book, "rate", rate) | _said(book, "numerator", above) | _said(book, "denominator", below)
    params["computed"] = f"{format_decimal(exact, rate.decimals + _MORE_DECIMALS)} {unit.symbol}"
    yield "rate-differs", [rate, above, below], params


def _stocked(book: Book, relation: Relation, group: Group, before: Sequence[Group]) -> Iterator[_Broken]:
    """A level that is not its baseline and the net change; without a baseline, the two must at least move alike."""
    name, change_name = relation.indicators
    if name not in group or change_name not in group:
        return
    level, change = group[name], group[change_name]
    moved = [_range(book, level), negative(_range(book, change))]
    said = _said(book, "level", level) | _said(book, "change", change)
    unit = book.indicators[name].unit
    last = baseline_range(book, level)
    if last is not None and level.y is not None and change.x is not None:
        if not add([*moved, negative(last)]).meets(_ZERO):
            params = {key: f"{format_decimal(number / unit.factor)} {unit.symbol}" for key, number in (
                ("last", level.y), ("expected", level.y + change.x))}  # fmt: skip
            yield "stock-differs", [level, change], said | params
        return
    earlier = next((each for each in before if name in each and change_name in each), None)
    if earlier is not None:
        then = [negative(_range(book, earlier[name])), _range(book, earlier[change_name])]
        if not add([*moved, *then]).meets(_ZERO):
            params = _said(book, "level_then", earlier[name]) | _said(book, "change_then", earlier[change_name])
            involved = [level, change, earlier[name], earlier[change_name]]
            yield "stock-moves", involved, said | params | {"period": earlier[name].period.label}
