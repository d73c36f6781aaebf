"""Submitted cells as claims about variables, held together by what is known to be true of them whoever is right."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import field
from fractions import Fraction

from engine.exact.intervals import Interval
from engine.exact.linear import NONE, Claims, Linear, Product, System, Variable
from engine.model.book import Book
from engine.model.figure import Figure, FigureKey, Form
from engine.model.noun import dataclass
from engine.model.relation import Quotient, Relation, RelationForm
from engine.model.verdict import Obligation
from engine.submissions.groups import Group, Whose, group_figures
from engine.submissions.history import adding_indicators, falls
from engine.submissions.reconcile import reported_sums
from engine.submissions.relations import find_broken
from engine.submissions.rounding import WHOLE, baseline_range, figure_range

#: What makes a variable of a figure's baseline: where it stood when the year began.
_LAST = "last"


@dataclass(frozen=True, slots=True)
class Cell:
    """What somebody wrote into one place: a figure, or the baseline beside it."""

    figure: Figure
    baseline: bool = False


@dataclass(slots=True)
class Sheet:
    """All cells, by the number of their claim, with what relations, sums and the year's course say of their variables.

    What nobody wrote is a variable without a claim, and what is held to be true whoever is right has no claim either.
    """

    book: Book
    cells: list[Cell] = field(default_factory=list)
    #: The variable of every cell.
    names: list[Variable] = field(default_factory=list)
    _ranges: dict[Variable, Interval] = field(default_factory=dict)
    _linear: list[Linear] = field(default_factory=list)
    _products: list[Product] = field(default_factory=list)
    _claims: dict[object, Claims] = field(default_factory=dict)

    @property
    def system(self) -> System:
        """What all of it says."""
        return System(dict(self._ranges), tuple(self._linear), tuple(self._products))

    def variable(self, body: str, indicator: str, when: str, baseline: bool = False, member: str = "") -> Variable:
        """A variable with the range of its indicator: what is no net number and no rate is not negative."""
        name = Variable(body, indicator, member, f"{when} {_LAST}" if baseline else when)
        if name not in self._ranges:
            own = self.book.indicators[indicator]
            net = own.net or any(rule.net for rule in self.book.rules if rule.indicator == indicator)
            self._ranges[name] = Interval() if net or own.unit.dimension == "share" else Interval(Fraction(0))
        return name

    def figure(self, figure: Figure) -> Variable:
        """The variable of a figure; its cell claims that it is what was written."""
        name = self.variable(figure.organization, figure.indicator, str(figure.period.key), member=figure.member)
        written = figure_range(self.book, figure)
        if figure.form in (Form.COUNTED, Form.STAGE):
            written = Interval(figure.x, figure.x)
        if written is not None and figure.key not in self._claims:
            self._claim(figure.key, Cell(figure), name, written)
        return name

    def last(self, figure: Figure) -> Variable:
        """The variable of where a level stood when the year began; all periods of the year share it."""
        name = self.variable(figure.organization, figure.indicator, str(figure.period.year), baseline=True)
        stated = baseline_range(self.book, figure)
        # An inherited baseline is no cell of its own: it is written once, where it was stated.
        if stated is not None and (name, stated) not in self._claims:
            self._claim((name, stated), Cell(figure, True), name, stated)
        return name

    def _claim(self, key: object, cell: Cell, name: Variable, written: Interval) -> None:
        claim = self._claims[key] = frozenset({len(self.cells)})
        self.cells.append(cell)
        self.names.append(name)
        for end, sign, is_open in ((written.low, 1, written.low_open), (written.high, -1, written.high_open)):
            if end is not None:
                self._linear.append(Linear(((name, Fraction(sign)),), -sign * end, is_open, claim))

    def hold(self, terms: Mapping[Variable, int], slack: Fraction = Fraction(0), equal: bool = False) -> None:
        """A sum of variables is at or above -`slack`; with `equal` within `slack` of 0."""
        for sign in (1, -1) if equal else (1,):
            signed = tuple((name, Fraction(sign * factor)) for name, factor in terms.items())
            self._linear.append(Linear(signed, slack, False, NONE))

    def divide(self, rate: Figure, above: Variable, below: Variable) -> None:
        """A written rate is the quotient of two variables: what it stands for times the one gives the other."""
        name, written = self.figure(rate), figure_range(self.book, rate) or Interval()
        claim = self._claims.get(rate.key, NONE)
        for end, sign, is_open in ((written.low, 1, written.low_open), (written.high, -1, written.high_open)):
            if end is not None:
                terms = ((above, Fraction(sign * WHOLE)), *(((below, -sign * end),) if end else ()))
                self._linear.append(Linear(terms, Fraction(0), is_open, claim))
        self._linear.append(Linear(((below, Fraction(1)),), Fraction(0), True, NONE))
        self._products.append(Product(name, above, below, WHOLE, NONE))


def fill_sheet(
    book: Book,
    obligations: Sequence[Obligation],
    figures: Mapping[FigureKey, Figure],
    year: int,
    current: Collection[int],
) -> Sheet:
    """Every figure of a year that a relation, a sum over counties or the year's course ties to another one.

    What contradicted itself before the `current` periods was a matter of its own check, and ties nothing here but
    levels to the baseline that all periods share.
    """
    sheet = Sheet(book)
    known = {key: figure for key, figure in figures.items() if figure.period.year == year}
    wanted = frozenset(name for relation in book.relations for name in relation.indicators)
    for whose, group in group_figures(obligations, known, wanted).items():
        for relation in book.relations:
            # All periods of a year share a baseline, so an earlier one that is broken tells who is wrong now.
            shared = relation.form is RelationForm.STOCK
            if shared or whose[1] in current or next(find_broken(book, relation, group), None) is None:
                _relate(sheet, relation, whose, group)
    for each in reported_sums(obligations, known):
        terms = {sheet.figure(each.city): 1} | dict.fromkeys((sheet.figure(figure) for figure in each.counted), -1)
        sheet.hold(terms, each.rule.reconcile_tolerance, equal=each.complete)
    adding = adding_indicators(book)
    before: dict[tuple[str, str, str], Figure] = {}
    for figure in sorted(known.values(), key=lambda each: each.period.key):
        if figure.indicator not in adding or figure.fault or figure.x is None:
            continue
        course = (figure.organization, figure.indicator, figure.member)
        known_fall = course in before and figure.period.key not in current and falls(book, figure, before[course])
        # A revision of a list or of stages is declared in words, and takes no figure's place.
        declared = bool(figure.revises) and figure.form in (Form.COUNTED, Form.STAGE)
        if course in before and not declared and not known_fall:
            sheet.hold({sheet.figure(figure): 1, sheet.figure(before[course]): -1})
        before[course] = figure
    return sheet


def _relate(sheet: Sheet, relation: Relation, whose: Whose, group: Group) -> None:
    """One relation among the figures of one group, if two or more of them came in."""
    if sum(name in group for name in relation.indicators) < 2:
        return
    body, period = whose

    def named(name: str, last: bool) -> Variable:
        if name not in group:
            return sheet.variable(body, name, str(period // 100 if last else period), last)
        return sheet.last(group[name]) if last else sheet.figure(group[name])

    for comparison in relation.comparisons:
        terms = {named(term.indicator, term.last): term.sign for term in comparison.terms}
        sheet.hold(terms, equal=comparison.equal)
    quotient = relation.quotient
    if quotient is not None and _all_given(quotient, group):
        names = (quotient.numerator, quotient.denominator)
        sheet.divide(group[quotient.rate], *(sheet.figure(group[name]) for name in names))


def _all_given(quotient: Quotient, group: Group) -> bool:
    """Whether rate and parts came in, and there is something to divide by."""
    if not {quotient.rate, quotient.numerator, quotient.denominator} <= group.keys():
        return False
    return bool(group[quotient.denominator].x)
