"""Two bodies that report the same figures: a column that was copied."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations

from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.figure import Figure, FigureKey
from engine.model.suspicion import Identical
from engine.model.verdict import Obligation, Role

#: A figure that more bodies than these share is a common one (a small count, a rounded rate) and says nothing.
_MOST_SHARING = 3

#: How many of the indicators are named; all have their places.
_NAMED = 5

#: What a figure says: of what, of which member, and how much.
_Said = tuple[str, str, object]


def find_identical_figures(
    book: Book,
    obligations: Sequence[Obligation],
    figures: Mapping[FigureKey, Figure],
    current: Collection[int],
    wanted: Identical,
) -> Iterator[Diagnostic]:
    """Pairs of bodies of which so many figures are the same, in each of the `current` periods.

    Zeros say nothing, nor does what both answer for jointly.
    Errors: none; the note identical-figures.
    """
    joint = _answered_jointly(obligations)
    for period in sorted(current):
        by_body: dict[str, dict[_Said, Figure]] = {}
        sharing: dict[_Said, list[str]] = {}
        for figure in figures.values():
            if figure.period.key == period and figure.fault is None and figure.x:
                said: _Said = (figure.indicator, figure.member, (figure.form, figure.x, figure.y))
                by_body.setdefault(figure.organization, {})[said] = figure
                sharing.setdefault(said, []).append(figure.organization)
        pairs: dict[tuple[str, str], list[_Said]] = {}
        for said, bodies in sharing.items():
            if 1 < len(bodies) <= _MOST_SHARING:
                for one, two in combinations(sorted(bodies), 2):
                    if not {one, two} <= joint.get(said[0], frozenset()):
                        pairs.setdefault((one, two), []).append(said)
        for (one, two), same in sorted(pairs.items()):
            common = len({said[:2] for said in by_body[one]} & {said[:2] for said in by_body[two]})
            if len(same) >= wanted.indicators and len(same) >= wanted.share * common:
                yield _note(book, by_body[one], by_body[two], same, common)


def _answered_jointly(obligations: Sequence[Obligation]) -> dict[str, frozenset[str]]:
    """The bodies that answer for one figure together, by indicator."""
    leads: dict[str, set[str]] = {}
    for each in obligations:
        if each.role is Role.LEAD and len(each.reporters) > 1:
            leads.setdefault(each.indicator.id, set()).update(each.reporters)
    return {indicator: frozenset(names) for indicator, names in leads.items()}


def _note(
    book: Book, one: Mapping[_Said, Figure], two: Mapping[_Said, Figure], same: Sequence[_Said], common: int
) -> Diagnostic:
    ordered = sorted(same, key=lambda said: one[said].source)
    first, second = one[ordered[0]], two[ordered[0]]
    names = dict.fromkeys(book.indicators[said[0]].name for said in ordered)
    more = "……" if len(names) > _NAMED else ""
    params = {
        "organization": first.organization,
        "other": second.organization,
        "count": str(len(same)),
        "common": str(common),
        "indicators": "、".join(list(names)[:_NAMED]) + more,
    }
    related = (*(two[said].source for said in ordered), *(one[said].source for said in ordered[1:]))
    return Diagnostic("identical-figures", first.source, params, related)
