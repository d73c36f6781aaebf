"""The city's figure against the sum of those that have a part of it, from sums that every tile makes of its own."""

from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

import duckdb

from engine.bulk.inventory import Inventory, place_of_row
from engine.bulk.measures import Understood
from engine.bulk.owed import Owed
from engine.exact.intervals import Interval
from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.noun import dataclass
from engine.model.period import Period
from engine.model.rule import Rule
from engine.model.verdict import Role
from engine.quantities import format_decimal
from engine.submissions.rounding import add, negative


@dataclass(frozen=True, slots=True)
class Summed:
    """Usable figures of one class of bodies of one indicator in one month, added up.

    Units: `steps` and `slack` (what rounding may hide) in steps of the indicator's grid. An end is open where that of
    one figure is. `source` is the place of the last of them.
    """

    indicator: int
    month: int
    bodies: int
    count: int
    steps: int
    slack: int
    low_open: bool
    high_open: bool
    source: int

    def told(self) -> list[Any]:
        """As JSON; numbers may be too long for other readers of it, so they are texts."""
        return [self.indicator, self.month, self.bodies, self.count, str(self.steps), str(self.slack),
                self.low_open, self.high_open, self.source]  # fmt: skip

    @classmethod
    def read(cls, told: list[Any]) -> "Summed":
        """What `told` said."""
        indicator, month, bodies, count, steps, slack, low_open, high_open, source = told
        return cls(indicator, month, bodies, count, int(steps), int(slack), low_open, high_open, source)


def summed_indicators(book: Book, owed: Owed, understood: Understood) -> set[int]:
    """The additive indicators that both a lead and others answer for."""
    roles: dict[str, set[str]] = {}
    for rule, _, role, _, _ in owed.additive:
        roles.setdefault(rule, set()).add(role)
    both = {rule.indicator for rule in book.rules if roles.get(rule.id) == {Role.LEAD, Role.RESPONSIBLE}}
    return {place for place, name in enumerate(understood.order) if name in both}


def sum_tile(connection: duckdb.DuckDBPyConnection, indicators: set[int]) -> list[Summed]:
    """The sums of a tile; its tables stand in `connection`."""
    if not indicators:
        return []
    rows = connection.execute(
        f"""SELECT (f.figure >> 4) % n.indicators AS indicator, f.figure & 15 AS month, o.class, count(*),
          CAST(sum(f.x) AS VARCHAR), CAST(sum(f.slack) AS VARCHAR), bool_or(f.slack > 0 AND f.x <= 0),
          bool_or(f.slack > 0 AND f.x >= 0), max(f.source)
        FROM figures AS f CROSS JOIN numbers AS n
        INNER JOIN scope AS o ON o.organization = (f.figure >> 4) // n.indicators
        WHERE f.fault IS NULL AND f.form = 'value' AND f.x IS NOT NULL
          AND (f.figure >> 4) % n.indicators IN ({", ".join(map(str, sorted(indicators)))})
        GROUP BY ALL ORDER BY ALL"""
    ).fetchall()
    return [Summed.read(list(row)) for row in rows]


def reconcile_sums(
    book: Book, inventory: Inventory, understood: Understood, owed: Owed, sums: Iterable[Summed]
) -> Iterator[Diagnostic]:
    """Compare as `engine.submissions.reconcile` does, with the sums of all tiles.

    Errors: sum-differs, against the city's figure.
    """
    by_place: dict[tuple[int, int, int], list[Summed]] = {}
    for each in sums:
        by_place.setdefault((each.indicator, each.month, each.bodies), []).append(each)
    numbers = {name: place for place, name in enumerate(understood.order)}
    sizes = Counter(owed.classes)
    classes: dict[tuple[str, int], dict[Role, dict[int, bool]]] = {}
    for name, month, role, number, due in owed.additive:
        classes.setdefault((name, month), {}).setdefault(Role(role), {})[number] = due
    names = tuple(book.organizations)
    rules = {rule.id: rule for rule in book.rules}
    for (name, month), roles in classes.items():
        rule, indicator = rules[name], numbers[rules[name].indicator]
        step = understood.grids[rule.indicator]
        city = [each for number in roles.get(Role.LEAD, {}) for each in by_place.get((indicator, month, number), [])]
        parts = roles.get(Role.RESPONSIBLE, {})
        counted = [each for number in parts for each in by_place.get((indicator, month, number), [])]
        owing = {number for number, due in parts.items() if due}
        wanted = sum(sizes[number] for number in owing)
        came = sum(each.count for each in counted if each.bodies in owing)
        net = rule.net or book.indicators[rule.indicator].net
        if not city or not counted or not wanted or (net and came < wanted):
            continue
        tolerance = rule.reconcile_tolerance
        ranges = [_range(each, step, bool(tolerance)) for each in (city[0], *counted)]
        short = add([ranges[0], *map(negative, ranges[1:])])
        if short.meets(Interval(-tolerance, tolerance if came == wanted else None)):
            continue
        lead = names[next(place for place, number in enumerate(owed.classes) if number == city[0].bodies)]
        yield _differs(book, rule, lead, city[0], counted, step, Period.ending(book.plan.year, month), inventory)


def _range(summed: Summed, step: Fraction, exact: bool) -> Interval:
    middle, slack = summed.steps * step, summed.slack * step
    if exact:
        return Interval(middle, middle)
    return Interval(middle - slack, middle + slack, summed.low_open, summed.high_open)


def _differs(
    book: Book,
    rule: Rule,
    lead: str,
    city: Summed,
    counted: list[Summed],
    step: Fraction,
    period: Period,
    inventory: Inventory,
) -> Diagnostic:
    unit = book.indicators[rule.indicator].unit
    params = {
        "organization": lead,
        "indicator": book.indicators[rule.indicator].name,
        "city": format_decimal(city.steps * step / unit.factor),
        "sum": format_decimal(sum((each.steps for each in counted), 0) * step / unit.factor),
        "unit": unit.symbol,
        "count": str(sum(each.count for each in counted)),
        "period": period.label,
    }
    return Diagnostic("sum-differs", place_of_row(inventory, city.source), params)
