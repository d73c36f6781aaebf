"""Figures of every kind by the hundred thousand, as they would be written, with what the oracle says of each.

Rules and figures are those of `tests/test_oracle.py`, heaped on every edge. Here many bodies report on each rule, in
the four quarters of a year, and everything goes the way of a file: Parquet, the reader, the tiles.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from random import Random

import duckdb

from engine.model.book import Book
from engine.model.organization import Group, Organization
from engine.model.period import Period
from engine.model.rule import Amendment, Indicator, Judged, Parts, Policy
from engine.model.target import Clause, Plan
from tests import test_oracle as made
from tests.bulkdesk import COLUMNS, Judgement, Judgements, Row, write_parquet
from tests.oracle import Earlier, Reported
from tests.oracle import judge as judge_by_hand
from tests.test_oracle import Came, Case, Maker, Written, unit_of

MONTHS = (3, 6, 9, 12)
GROUP = "各鎮"
MOST_DECIMALS = 4
WITHOUT_STAGE = "未開工"


@dataclass(slots=True)
class Plot:
    """A book, the rows that came in for it, and the judgement that every body's obligation deserves."""

    book: Book
    rows: list[Row] = field(default_factory=list)
    wanted: dict[tuple[str, str, str, bool], Judgement] = field(default_factory=dict)
    figures: int = 0


class _Plain(Maker):
    """Makes cases with no more decimals than the reader of numbers takes."""

    def _near(self, aim: Fraction, family: str, *, rounding: bool = False, negative: bool = True) -> Written:
        near = super()._near(aim, family, rounding=rounding, negative=negative)
        extra = max(near.decimals - MOST_DECIMALS, 0)
        return replace(near, digits=near.digits // 10**extra, decimals=near.decimals - extra)


def plots(chance: Random, rules: int, towns: int) -> Iterator[Plot]:
    """One book for every policy of the oracle's cases, each with so many rules and towns."""
    maker = _Plain(chance)
    cases = [maker.case(f"r{number}") for number in range(rules * len(made.POLICIES))]
    by_policy: dict[Policy, list[Case]] = {}
    for case in cases:
        by_policy.setdefault(made.policy_of(case), []).append(case)
    for policy, own in by_policy.items():
        plot = Plot(_book(own, policy, [f"鎮{number:03}" for number in range(towns)]))
        for case in own:
            for town in plot.book.words[GROUP]:
                _report(maker, plot, case, town)
        yield plot


def _book(cases: list[Case], policy: Policy, towns: list[str]) -> Book:
    amendments = tuple(
        Amendment(
            target=case.name,
            threshold=case.amended.quantity,
            document="鄂政發〔2025〕1號",
            date=date(made.YEAR, case.amended_month, 1),
            reach=(() if len(case.name) % 2 else (GROUP,)) if case.reached else ("別處",),
            source=made.NOWHERE,
        )
        for case in cases
        if case.amended
    )
    names = [name for case in cases for name in _indicators(case)]
    by_name = {name: case for case in cases for name in _indicators(case)}
    return Book(
        folder="",
        plan=Plan("", "", "", made.YEAR, None),
        clauses=(Clause("1", (), (GROUP,), (), (), None, made.NOWHERE),),
        organizations={name: Organization(name, "town", None, (), made.NOWHERE) for name in towns},
        groups={GROUP: Group(GROUP, (), tuple(towns), None, made.NOWHERE)},
        indicators={name: _indicator(by_name[name], name) for name in names},
        rules=tuple(replace(made.rule_of(case), judged=Judged(False, (GROUP,), None)) for case in cases),
        policy=policy,
        allocations={},
        amendments=amendments,
        words={**{name: (name,) for name in towns}, GROUP: tuple(towns), "別處": ()},
        digest="",
        definitions="",
    )


def _indicators(case: Case) -> list[str]:
    return [case.name, *([f"{case.name}-partner"] if case.promise.kind == "relative" else [])]


def _indicator(case: Case, name: str) -> Indicator:
    parts = Parts(case.parts, ("a", "b"), unit_of("億元"), may_exceed=True) if case.parts else None
    return replace(made.indicator_of(case, name), parts=parts)


def _report(maker: Maker, plot: Plot, case: Case, town: str) -> None:
    """What one town reports on one rule in the year, and what is to be said of it."""
    series: dict[str, list[tuple[int, Came]]] = {}
    start = _start(maker, case)
    for month in MONTHS:
        now = replace(case, promise=replace(case.promise, month=month))
        figures, partner = _quarter(maker, now, start)
        for member, came in figures.items():
            came = _possible(case, came)
            figures[member] = came
            plot.figures += 1
            plot.rows.extend(_written(maker.chance, case, town, month, member, came))
        if partner is not None:
            plot.figures += 1
            plot.rows.extend(_written(maker.chance, case, town, month, "", partner, f"{case.name}-partner"))
        for original in (False, True):
            plot.wanted[town, case.name, Period.ending(made.YEAR, month).label, original] = _judge(
                now, figures, partner, series, original
            )
        for member, came in figures.items():
            series.setdefault(member, []).append((month, came))


def _start(maker: Maker, case: Case) -> Written | None:
    """Where a level started: stated with every figure of the year, or with none."""
    number = case.number(12)
    if case.promise.judging != "level" or number is None or maker.chance.random() < 0.2:
        return None
    return maker._baseline(number, case.family, case.promise.good, case.unit)


def _quarter(maker: Maker, case: Case, start: Written | None) -> tuple[dict[str, Came], Came | None]:
    """The figures of one period, some of them missing or faulty."""
    chance, month = maker.chance, case.promise.month
    if case.promise.kind == "relative":
        partner, own = maker._pair(case)
        return ({"": own} if chance.random() < 0.95 else {}), (partner if chance.random() < 0.95 else None)
    figures = {}
    for member in case.promise.members or ("",):
        if chance.random() < 0.03:
            continue
        came = _came(maker, case, month, start)
        if chance.random() < 0.01:
            came = replace(came, fault=chance.choice(made.FAULTS))
        figures[member] = came
    return figures, None


def _came(maker: Maker, case: Case, month: int, start: Written | None) -> Came:
    came = maker._came(case, month)
    if case.promise.judging in ("total", "always"):
        return replace(came, second=None)
    number = case.number(month)
    if case.promise.judging != "level" or number is None:
        return replace(came, second=None) if came.shape == "value" else came
    if start is None:
        return Came(
            maker._near(number + case.promise.good * maker._edge(case.promise) * case.promise.size, case.family)
        )
    edge, share = maker._edge(case.promise), case.promise.share
    due = maker.chance.choice((share + edge / 100, 1 + edge / 100, Fraction(1)))
    return Came(maker._near(start.base + (number - start.base) * due, case.family), start)


def _possible(case: Case, came: Came) -> Came:
    """Parts below zero are refused where they are read, whatever they come to."""
    if came.shape in ("ratio", "growth") and isinstance(came.first, Written) and came.first.base < 0 and not came.fault:
        return replace(came, fault="negative-figure")
    return came


def _judge(
    case: Case,
    figures: dict[str, Came],
    partner: Came | None,
    series: dict[str, list[tuple[int, Came]]],
    original: bool,
) -> Judgement:
    printed = case.printed.base if case.printed else None
    number = printed if original else case.number(case.promise.month)
    history = {
        member: [Earlier(month, came.reported(), case.number(month)) for month, came in each]
        for member, each in series.items()
    }
    reported: dict[str, Reported] = {member: came.reported() for member, came in figures.items()}
    said = judge_by_hand(
        replace(case.promise, number=number), reported, partner.reported() if partner else None, history
    )
    gap = said.gap
    if gap is not None and said.unit == "own":
        gap = gap * case.promise.size / unit_of(case.unit).factor
    return said.outcome, said.reason, said.progress, gap, tuple(sorted(said.notes))


def _written(
    chance: Random, case: Case, town: str, month: int, member: str, came: Came, name: str | None = None
) -> Iterator[Row]:
    """The rows of a figure as somebody would write them, with its fault."""
    period = Period.ending(made.YEAR, month).label
    measure = "另一口徑" if came.fault == "different-measure" else None
    strange = "米" if case.family != "length" else "家"
    unit_of_all = strange if came.fault == "unit-mismatch" else None

    def row(value: str, unit: str | None, part: str | None = None, baseline: str | None = None) -> Row:
        return town, name or case.name, period, value, unit_of_all or unit, part, member or None, baseline, measure

    if came.shape == "stage":
        assert isinstance(came.first, int)
        stage = made.STAGES[came.first - 1] if came.first else WITHOUT_STAGE
        yield row("不知" if came.fault == "unit-mismatch" else stage, None, "stage")
        if came.fault == "figures-conflict":
            yield row(made.STAGES[0] if came.first != 1 else WITHOUT_STAGE, None, "stage")
        return
    assert isinstance(came.first, Written)
    if came.shape != "value":
        assert came.second is not None
        names = ("done", "eligible") if came.shape == "counted" else ("a", "b")
        for part, number in zip(names, (came.first, came.second), strict=True):
            yield row(_number(number), number.unit, part)
        if came.fault == "figures-conflict":
            yield row(_number(came.first), came.first.unit, names[0])
        return
    baseline = f"{_number(came.second)} {came.second.unit}" if came.second else None
    yield row(_number(came.first), came.first.unit, None, baseline)
    if came.fault == "figures-conflict":
        other = replace(came.first, digits=came.first.digits + 1)
        yield row(_number(other), other.unit, None, baseline)


def _number(written: Written) -> str:
    return f"{written.quantity.value:f}"


def write_plot(plot: Plot, folder: Path) -> None:
    """The rows in two files: what belongs to one figure stands in one of them."""
    labels = [Period.ending(made.YEAR, month).label for month in MONTHS]
    for number in range(2):
        rows = [row for row in plot.rows if labels.index(str(row[2])) % 2 == number]
        _write(folder / f"figures-{number}.parquet", rows)


def _write(path: Path, rows: list[Row]) -> None:
    write_parquet(path, [], COLUMNS)
    with duckdb.connect() as connection:
        columns = [list(column) for column in zip(*rows, strict=True)]
        values = ", ".join(f"unnest(CAST(${n + 1} AS VARCHAR[])) AS {name}" for n, name in enumerate(COLUMNS))
        connection.execute(f"CREATE TABLE t AS SELECT {values}", columns)
        connection.execute(f"COPY t TO '{path}' (FORMAT parquet)")


def differences(plot: Plot, seen: Judgements) -> list[str]:
    """Obligations of which the oracle says something else, in words."""
    said = []
    for key, judged in seen.items():
        decided = tuple(sorted(note for note in judged[4] if note.startswith(made.DECIDED_NOTES)))
        now = (*judged[:4], decided)
        if now != plot.wanted[key]:
            said.append(f"{key}: engine {now}, oracle {plot.wanted[key]}")
    owed = {key for key in plot.wanted if not key[3]}
    return said + [f"{key}: not judged" for key in sorted(owed - set(seen))]
