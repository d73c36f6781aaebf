"""Which cell to ask about first: the fewest cells that, if they are wrong, explain every contradiction.

A set of cells explains a contradiction only if other numbers in their places keep everything at once: relations,
sums over counties and the year's course. Every conflict among cells that cannot all be right needs one wrong cell,
so the sets looked for are the lightest that meet all conflicts; a set that leaves a conflict shows the next one.

Source: Fellegi and Holt, A Systematic Approach to Automatic Edit and Imputation, JASA 71 (1976); the search by
conflicts is that of implicit hitting sets.
"""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

from engine.exact.linear import Claims, Decide, System, components, reason
from engine.model.book import Book
from engine.model.codes import CONTRADICTIONS
from engine.model.diagnostic import Diagnostic
from engine.model.figure import Figure, FigureKey
from engine.model.source import Source
from engine.model.verdict import Obligation
from engine.submissions.cells import Cell, Sheet, fill_sheet
from engine.submissions.courses import Courses

#: How many conflicts of one component are met, and how many answers that tie are told apart.
_CONFLICTS, _TIES = 60, 24


def name_suspects(
    book: Book,
    obligations: Sequence[Obligation],
    figures: Mapping[FigureKey, Figure],
    current: Collection[int],
    found: list[Diagnostic],
    solver: Decide | None,
) -> None:
    """Name the cells to ask about first, where that says more than the contradictions of the `current` periods.

    `solver` decides what bounds alone leave open; without one such a component is passed over.
    Errors: none; the notes ask-about-first, and ask-about-likeliest where of several answers one is singled out.
    """
    at = {place for finding in found if finding.code in CONTRADICTIONS for place in (finding.source, *finding.related)}
    years = {figure.period.year for figure in figures.values() if figure.source in at}
    for year in sorted(years):
        sheet = fill_sheet(book, obligations, figures, year, current)
        suspected = {place for place, cell in enumerate(sheet.cells) if cell.figure.source in at}
        for part in components(sheet.system):
            if part.claims & suspected:
                search = _Search(sheet, part, solver)
                answers = search.answers()
                involved = part.claims & suspected
                doubted = {sheet.cells[claim].figure.key for claim in involved}
                likeliest = _likeliest(search, answers, Courses(obligations, figures, doubted))
                note = _note(sheet, likeliest or answers, involved, likeliest is not None) if answers else None
                if note is not None:
                    found.append(note)


def weight(book: Book, cell: Cell) -> Fraction:
    """How far a cell is trusted: as its organization, else as its tier, else 1."""
    trust = book.policy.trust
    organization = book.organizations[cell.figure.organization]
    if trust is None:
        return Fraction(1)
    return trust.organizations.get(organization.name, trust.tiers.get(organization.tier, Fraction(1)))


class _Search:
    """The lightest sets of cells that explain one component."""

    def __init__(self, sheet: Sheet, system: System, solver: Decide | None) -> None:
        self.sheet = sheet
        self.system = system
        self._solver = solver
        self._all = system.claims
        self.weights = {claim: weight(sheet.book, sheet.cells[claim]) for claim in self._all}
        self._conflicts: list[Claims] = []
        self._explains: dict[Claims, bool] = {}

    def answers(self) -> list[Claims]:
        """All sets of the least weight that explain everything; none where there is nothing to explain or to say."""
        while len(self._conflicts) < _CONFLICTS:
            sets = self._lightest()
            if len(sets) > _TIES:
                return []
            new = 0
            for chosen in sets:
                if chosen not in self._explains:
                    conflict = self._conflict(chosen)
                    if conflict is None:
                        return []
                    self._explains[chosen] = conflict == frozenset()
                    if conflict:
                        self._conflicts.append(conflict)
                        new += 1
            if not new:
                return [chosen for chosen in sets if chosen and self._explains[chosen]]
        return []

    def trusted_more(self, answers: Sequence[Claims]) -> list[Claims]:
        """Single cells that explain everything as well as single `answers`, but weigh more."""
        if any(len(answer) > 1 for answer in answers):
            return []
        met = frozenset.intersection(self._all, *self._conflicts) - frozenset().union(*answers)
        alone = [frozenset({claim}) for claim in sorted(met)]
        return [each for each in alone if self._conflict(each) == frozenset()]

    def _conflict(self, left_out: Claims) -> Claims | None:
        """An irreducible conflict among the other cells; empty where all can be right, None where nobody can say."""
        answer = self._decide(self._all - left_out)
        if not isinstance(answer, frozenset):
            return None if answer is None else frozenset()
        for claim in sorted(answer):
            smaller = self._decide(answer - {claim}) if claim in answer else None
            if isinstance(smaller, frozenset):
                answer = smaller
        # Without any cell everything holds: relations that contradict one another are the book's fault.
        return answer or None

    def _decide(self, claims: Collection[int]) -> object:
        system = self.system.only(claims)
        answer = reason(system)
        return self._solver(system) if answer is None and self._solver is not None else answer

    def _lightest(self) -> list[Claims]:
        """The sets of the least weight that meet every conflict so far, in a fixed order."""
        best: list[Claims] = []
        least: Fraction | None = None
        waiting = [(frozenset[int](), frozenset[int](), Fraction(0))]
        while waiting:
            chosen, refused, total = waiting.pop()
            if least is not None and total > least:
                continue
            conflict = next((each for each in self._conflicts if not each & chosen), None)
            if conflict is None:
                best = [chosen] if least is None or total < least else [*best, chosen]
                least = total
                continue
            # Which cells were tried before is kept, so that no set is made twice in another order.
            for claim in sorted(conflict - refused):
                waiting.append((chosen | {claim}, refused, total + self.weights[claim]))
                refused |= {claim}
        return sorted(best, key=sorted)


def _likeliest(search: _Search, answers: Sequence[Claims], courses: Courses) -> list[Claims] | None:
    """The answers, the one first for which its course speaks by far the most; None where none stands out.

    A cell that is trusted more comes into it too, but its weight counts against it.
    """
    trust = search.sheet.book.policy.trust
    if trust is None or trust.course is None or not answers:
        return None
    heavier = search.trusted_more(answers)
    gains = {}
    for each in (*answers, *heavier):
        # Of several cells that are wrong at once, none can be mended while the others stay.
        gain = courses.gain(search.sheet, search.system, min(each)) if len(each) == 1 else Fraction(1)
        gains[each] = gain / sum(search.weights[claim] for claim in each)
    ranked = sorted(gains, key=lambda each: (-gains[each], sorted(each)))
    if len(ranked) < 2 or list(answers) == ranked[:1]:
        return None
    return ranked if gains[ranked[0]] >= trust.course * gains[ranked[1]] else None


def _note(sheet: Sheet, answers: Sequence[Claims], involved: Claims, likeliest: bool) -> Diagnostic | None:
    """What to ask; None where every cell that is involved might as well be the one."""
    named = frozenset().union(*answers)
    if named >= involved and not likeliest:
        return None
    first = sheet.cells[min(answers[0])].figure.source
    places = {sheet.cells[claim].figure.source for claim in named | involved} - {first}
    sets = ["、".join(_said(sheet, sheet.cells[claim]) for claim in sorted(answer)) for answer in answers]
    params = {"cells": " / ".join(sets), "count": str(len(involved)), "ties": str(len(answers))}
    related = tuple(sorted(places, key=_place))
    if likeliest:
        params |= {"cells": sets[0], "others": " / ".join(sets[1:])}
        return Diagnostic("ask-about-likeliest", first, params, related)
    return Diagnostic("ask-about-first", first, params, related)


def _place(source: Source) -> tuple[str, int, int]:
    return (source.file, source.line, source.column)


def _said(sheet: Sheet, cell: Cell) -> str:
    """A cell as a reader finds it: whose, of what and when, and what stands there."""
    figure = cell.figure
    member = f"（{figure.member}）" if figure.member else ""
    name = sheet.book.indicators[figure.indicator].name + member + ("[baseline]" if cell.baseline else "")
    return f"{figure.organization} {figure.period.label} {name} {figure.submitted}"
