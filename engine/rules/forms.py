"""What is owed for a period → one blank form per body: what to fill in, and what is known already."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from fractions import Fraction

from engine.model.book import Book
from engine.model.figure import Figure, FigureKey
from engine.model.form import Blank, BlankForm, Item, Stamp
from engine.model.limit import LimitedObligation
from engine.model.period import Period
from engine.model.quantity import Unit
from engine.model.target import Kind
from engine.model.verdict import Obligation
from engine.units import check_definitions, find_unit

#: What a department writes while no stage of a milestone is finished.
NOT_STARTED = "未開始"

#: Units of measure that forms offer where a dimension has several in common use; elsewhere the indicator's own.
_COMMON = {
    "area": ("平方米", "萬平方米", "畝", "萬畝", "公頃", "平方公里"),
    "length": ("米", "公里"),
    "mass": ("公斤", "噸", "萬噸"),
    "money": ("元", "萬元", "億元"),
    "USD": ("美元", "萬美元", "億美元"),
    "energy": ("千瓦時", "萬千瓦時", "億千瓦時"),
    "power": ("千瓦", "萬千瓦"),
    "share": ("%", "‰"),
}
_MULTIPLIERS = ("萬", "億")

#: Finds the baseline that the check would take: organization, indicator, period, member → base units.
KnownBaseline = Callable[[str, str, Period, str], Fraction | None]


def blank_forms(
    book: Book,
    period: Period,
    limited: Sequence[LimitedObligation],
    figures: Mapping[FigureKey, Figure],
    baseline: KnownBaseline,
    bodies: Collection[str] = (),
) -> list[BlankForm]:
    """One form for each body that owes something in the period, in the book's order; `bodies` names those wanted.

    `figures` are those of earlier periods.
    """
    forms = []
    for name in book.organizations:
        own = [each for each in limited if each.obligation.organization == name]
        items = tuple(_item(book, each, figures, baseline) for each in own if each.obligation.owed)
        if items and (not bodies or name in bodies):
            waiting = tuple(each for each in own if not each.obligation.owed)
            forms.append(BlankForm(Stamp(period.label, book.digest, name), book.plan.title, items, waiting))
    return forms


def accepted_units(unit: Unit, definitions: str) -> tuple[Unit, ...]:
    """The units of measure that a form offers beside `unit`: the same dimension, exact, each size once."""
    plain = unit.symbol.lstrip("".join(_MULTIPLIERS))
    offered = [unit.symbol, *_COMMON.get(unit.dimension, (plain,))]
    if definitions:
        offered += check_definitions(definitions)
    by_size: dict[tuple[int, int], Unit] = {(unit.factor, unit.offset): unit}
    for symbol in offered:
        other = find_unit(symbol, definitions)
        if other and other.dimension == unit.dimension:
            by_size.setdefault((other.factor, other.offset), other)
    own, *others = by_size.values()
    return (own, *sorted(others, key=lambda each: each.factor))


def _item(book: Book, limited: LimitedObligation, figures: Mapping[FigureKey, Figure], baseline: KnownBaseline) -> Item:
    obligation = limited.obligation
    rule = obligation.rule
    members = rule.members or ("",)
    blanks = tuple(
        blank
        for member in members
        for blank in _blanks(book, limited, member, _last(obligation, member, figures), baseline)
    )
    indicator = obligation.indicator
    counts = any(other.indicator == indicator.id and other.judging_kind is Kind.TOTAL for other in book.rules)
    net = indicator.net or any(other.indicator == indicator.id and other.net for other in book.rules)
    breaches = ((member, _breach(limited, member, figures)) for member in members)
    return Item(
        limited=limited,
        quote=book.targets[rule.target].quote,
        blanks=blanks,
        signed=net or not counts,
        breached_in=tuple((member, label) for member, label in breaches if label),
    )


def _blanks(book: Book, limited: LimitedObligation, member: str, last: str, baseline: KnownBaseline) -> Iterator[Blank]:
    obligation = limited.obligation
    rule, indicator = obligation.rule, obligation.indicator
    kind = rule.judging_kind

    def blank(part: str, unit: Unit, last: str = "", level: bool = False, known: Fraction | None = None) -> Blank:
        units = accepted_units(unit, book.definitions)
        return Blank(
            indicator.id, indicator.name, member, part, unit, units, asks_baseline=level, baseline=known, last=last
        )

    if kind is Kind.MILESTONE:
        stages = (NOT_STARTED, *(stage.name for stage in rule.stages))
        yield Blank(indicator.id, indicator.name, member, "stage", None, stages=stages, last=last)
    elif kind is Kind.COVERAGE:
        yield blank("done", indicator.unit, last)
        yield blank("eligible", indicator.unit)
    else:
        level = kind is Kind.LEVEL
        base = baseline(obligation.organization, indicator.id, obligation.period, member) if level else None
        known = base / indicator.unit.factor + indicator.unit.offset if base is not None else None
        yield blank("", indicator.unit, last, level, known)
        if indicator.parts and any(limit.form == "parts" for limit in limited.limits):
            for name in indicator.parts.names:
                yield blank(name, indicator.parts.unit)


def _last(obligation: Obligation, member: str, figures: Mapping[FigureKey, Figure]) -> str:
    """The figure of the latest earlier period, with that period; empty where there is none."""
    earlier = [
        figure
        for name in obligation.reporters
        for figure in figures.values()
        if (figure.organization, figure.indicator, figure.member) == (name, obligation.indicator.id, member)
        and figure.period < obligation.period
        and figure.submitted
    ]
    if not earlier:
        return ""
    latest = max(earlier, key=lambda figure: figure.period)
    return f"{latest.period.label}：{latest.submitted}"


def _breach(limited: LimitedObligation, member: str, figures: Mapping[FigureKey, Figure]) -> str:
    """The earliest earlier period of the year in which the line was crossed; empty where it was not."""
    obligation = limited.obligation
    for key, limits in sorted(limited.history, key=lambda each: each[0]):
        for name in obligation.reporters:
            figure = figures.get((name, obligation.indicator.id, key, member))
            if figure is None or figure.fault or figure.x is None:
                continue
            limit = next((each for each in limits if each.form == figure.form.value), None)
            if limit and not limit.risk.holds(figure.x, Fraction(0)):
                return Period.ending(key // 100, key % 100).label
    return ""
