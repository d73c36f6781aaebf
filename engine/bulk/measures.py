"""How names and numbers in the files are to be understood: who is meant, and what a digit is worth on which grid."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from engine.bulk.inventory import Inventory
from engine.bulk.store import Cell
from engine.model.book import Book
from engine.model.noun import dataclass
from engine.model.period import Period
from engine.model.quantity import Unit
from engine.model.tables import GRID_DECIMALS, MAX_FIGURE
from engine.model.target import Kind
from engine.names import NameIndex
from engine.submissions.convert import Converter
from engine.submissions.history import adding_indicators
from engine.submissions.rounding import is_counted
from engine.units import find_unit

#: Kinds whose figures are one number each: everything else is put together by the reader of single files.
_PLAIN_KINDS = (Kind.TOTAL, Kind.RATE, Kind.ALWAYS, Kind.RELATIVE)


@dataclass(frozen=True, slots=True)
class Understood:
    """What the names in the files mean.

    `bodies` maps names as written to places in the book, `indicators` likewise by the book's order of `order`;
    `measures` are rows of `engine.bulk.tables.MEASURES`; `grids` the step of each indicator's grid in base units.
    `months` says for which months a body is held to what it owes: a folder of a period holds everybody, single files
    those that they name. `untimely` are periods as written, by their folder, that are none, or another than it.
    """

    bodies: dict[str, int]
    indicators: dict[str, int]
    order: tuple[str, ...]
    measures: list[tuple[Cell, ...]]
    grids: dict[str, Fraction]
    periods: list[tuple[str, int, int]]
    untimely: list[tuple[str, int]]
    months: dict[int, frozenset[int]]

    @property
    def other_years(self) -> bool:
        """Whether there are figures of other years than the plan's."""
        return any(month == 0 for _, _, month in self.periods)


def understand(book: Book, inventory: Inventory, apart: Mapping[str, object]) -> Understood:
    """Find every name that was written, and a grid for every indicator on which all its figures have a place."""
    converter = Converter(book, [])
    places = {name: place for place, name in enumerate(book.organizations)}
    bodies = {name: places[body] for name in inventory.by_organization if (body := converter.body(name)) is not None}
    by_name = {indicator.name: indicator.id for indicator in book.indicators.values()}
    known = NameIndex({**by_name, **{name: name for name in book.indicators}})
    order = tuple(book.indicators)
    numbers = {name: place for place, name in enumerate(order)}
    indicators = {name: numbers[found] for name, _ in inventory.by_measure if (found := known.find(name)) is not None}
    units = {unit: find_unit(unit, book.definitions) for _, unit in inventory.by_measure}
    plain = _plain_indicators(book, apart)
    used: dict[str, list[Unit]] = {name: [book.indicators[name].unit] for name in order}
    for name, written in inventory.by_measure:
        unit = units[written]
        if name in indicators and unit and unit.dimension == used[order[indicators[name]]][0].dimension:
            used[order[indicators[name]]].append(unit)
    for rule in book.rules:
        if rule.partner:
            # What is compared with each other stands on one grid.
            used[rule.indicator] = used[rule.partner] = [*used[rule.indicator], *used[rule.partner]]
    fine = Fraction(1, 10**GRID_DECIMALS)
    grids = {name: fine if inventory.wordy else _grid(listed, inventory.decimals) for name, listed in used.items()}
    adds = adding_indicators(book)
    negative = _may_be_negative(book)
    measures = []
    for name, written in sorted(inventory.by_measure):
        unit = units[written]
        if name not in indicators or unit is None:
            continue
        identifier = order[indicators[name]]
        if identifier in plain and unit.dimension == book.indicators[identifier].unit.dimension:
            row = _measure(unit, grids[identifier], inventory.decimals, is_counted(book.indicators[identifier].unit))
            if row is not None:
                own = (identifier in adds, identifier in negative)
                measures.append((name, written, indicators[name], len(order), *row, *own))
    periods = _periods(book, inventory)
    months = _months(book, inventory, bodies, periods)
    return Understood(bodies, indicators, order, measures, grids, periods, _untimely(inventory), months)


def _months(
    book: Book, inventory: Inventory, bodies: Mapping[str, int], periods: Sequence[tuple[str, int, int]]
) -> dict[int, frozenset[int]]:
    month = {(folder, written): number for written, folder, number in periods if number}
    whole = frozenset(number for (folder, _), number in month.items() if folder)
    named: dict[int, set[int]] = {}
    for written, place in bodies.items():
        named.setdefault(place, set()).update(
            month[each] for each in inventory.periods_of[written] if each in month and not each[0]
        )
    # Most bodies report for the same months: one set stands for all of those.
    known: dict[frozenset[int], frozenset[int]] = {}
    held = {place: whole | own for place, own in named.items()}
    if whole:
        held = {place: held.get(place, whole) for place in range(len(book.organizations))}
    return {place: known.setdefault(own, own) for place, own in held.items()}


def _plain_indicators(book: Book, apart: Mapping[str, object]) -> set[str]:
    kinds: dict[str, set[Kind]] = {name: set() for name in book.indicators}
    for rule in book.rules:
        kinds[rule.indicator].add(rule.judging_kind)
    lists = {rule.indicator for rule in book.rules if rule.members or rule.id in apart}
    # Relations are stated of figures as they were written: those are read one by one.
    related = {name for relation in book.relations for name in relation.indicators}
    return {
        name for name, own in kinds.items() if own <= set(_PLAIN_KINDS) and name not in lists and name not in related
    }


def _may_be_negative(book: Book) -> set[str]:
    totals = {rule.indicator for rule in book.rules if rule.judging_kind is Kind.TOTAL}
    net = {rule.indicator for rule in book.rules if rule.net} | {
        name for name, one in book.indicators.items() if one.net
    }
    return (set(book.indicators) - totals) | net


def _grid(units: Sequence[Unit], decimals: int) -> Fraction:
    """Half of the last digit of the smallest unit of measure: on it lie all figures and the ends of their rounding."""
    step = Fraction(0)
    for unit in units:
        step = _gcd(step, Fraction(unit.factor, 2 * 10**decimals))
    return step


def _gcd(first: Fraction, second: Fraction) -> Fraction:
    while second:
        first, second = second, first % second
    return first


def _measure(unit: Unit, grid: Fraction, decimals: int, counted: bool) -> tuple[Cell, ...] | None:
    """What a digit is worth; None where the reader of single files would refuse so many decimals."""
    factor = Fraction(unit.factor, 10**decimals) / grid
    if (Fraction(unit.factor, 2 * 10**decimals) * 10**GRID_DECIMALS).denominator != 1:
        return None
    exact = int(Fraction(1, 2) / grid) if counted else -1
    # Digits are 64 bits wide: what is not near their end needs no bound.
    most = min(int(MAX_FIGURE / Fraction(unit.factor, 10**decimals)), 2**62)
    return (int(factor), int(unit.offset * unit.factor / grid), int(factor / 2), exact, most, None, 0)


def _untimely(inventory: Inventory) -> list[tuple[str, int]]:
    """Of which the reader of single files says that they name no period, or another than their folder."""
    rows = []
    for folder, written in sorted(inventory.by_period):
        period = Period.parse(written.strip())
        if (folder and period and period.key != folder) or (not period and (written.strip() or not folder)):
            rows.append((written, folder))
    return rows


def _periods(book: Book, inventory: Inventory) -> list[tuple[str, int, int]]:
    """Every period as written, by the folder that it stands in, and its month of the plan's year; 0 of another year."""
    rows = []
    for folder, written in sorted(inventory.by_period):
        period = Period.parse(written) if written else None
        key = period.key if period else folder if not written else 0
        if key and folder in (0, key):
            rows.append((written, folder, key % 100 if key // 100 == book.plan.year else 0))
    return rows
