"""Verdicts that are made from several figures: of bodies that answer jointly, and of lists with members."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import duckdb

from engine.bulk.inventory import ROW_BITS, written_text
from engine.bulk.slow import convert_rows
from engine.bulk.store import Cell, fill
from engine.bulk.tile import Plan
from engine.evaluate.judge import judge, keep_exact
from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.figure import Figure
from engine.model.period import Period
from engine.model.tables import NUMBER, Columns
from engine.model.verdict import Verdict
from engine.rules.obligations import limit_obligations, list_obligations
from engine.submissions.convert import Converter, index_figures
from engine.submissions.history import inherit_baselines

#: Bodies whose verdicts are made at once.
_AT_ONCE = 500

#: Verdicts as they are written, but for the names of files.
VERDICT_ROWS: Columns = (
    ("organization", "VARCHAR"),
    ("role", "VARCHAR"),
    ("rule", "VARCHAR"),
    ("period", "VARCHAR"),
    ("verdict", "VARCHAR"),
    ("reason", "VARCHAR"),
    ("progress", "VARCHAR"),
    ("gap_numerator", NUMBER),
    ("gap_denominator", NUMBER),
    ("notes", "VARCHAR"),
    ("under_original", "BOOLEAN"),
    ("source", "BIGINT"),
)


def judge_apart(
    connection: duckdb.DuckDBPyConnection, plan: Plan, periods: Sequence[Period], as_of: date | None
) -> Iterator[tuple[list[tuple[Cell, ...]], list[Diagnostic]]]:
    """The verdicts of the rules that stand apart, some bodies at a time, and what is wrong with their figures.

    What is wrong with single rows was said where their series were read.
    """
    rules = tuple(plan.apart.values())
    if not rules:
        return
    book = replace(plan.book, rules=rules)
    for bodies in _chunks(book):
        few = _of_bodies(book, bodies)
        found: list[Diagnostic] = []
        figures = inherit_baselines(few, index_figures(_figures(connection, plan, bodies), [], few.indicators), (), [])
        owed = [obligation for period in periods for obligation in list_obligations(few, period, as_of)]
        places = {name: place for place, name in enumerate(plan.book.organizations)}
        held = plan.understood.months
        owed = [each for each in owed if each.period.month in held.get(places[each.organization], ())]
        limited, _ = keep_exact(limit_obligations(few, owed, sorted({each.period for each in figures.values()}), as_of))
        verdicts, said = judge(limited, figures)
        found.extend(said)
        yield [row for verdict in verdicts for row in _rows(verdict, plan)], found


def _chunks(book: Book) -> Iterator[set[str]]:
    """Bodies that answer jointly together, first; then the others, some at a time."""
    joint: set[str] = set()
    for rule in book.rules:
        clause = book.clause(rule.clause)
        leads = book.expand(clause.lead or clause.responsible)
        if rule.judged.lead:
            joint.update(leads)
    if joint:
        yield joint
    others = [name for name in book.organizations if name not in joint]
    for start in range(0, len(others), _AT_ONCE):
        yield set(others[start : start + _AT_ONCE])


def _of_bodies(book: Book, bodies: set[str]) -> Book:
    return replace(
        book,
        organizations={name: body for name, body in book.organizations.items() if name in bodies},
        words={word: tuple(name for name in names if name in bodies) for word, names in book.words.items()},
    )


def _figures(connection: duckdb.DuckDBPyConnection, plan: Plan, bodies: set[str]) -> list[Figure]:
    numbers = {name: place for place, name in enumerate(plan.understood.order)}
    wanted = {numbers[rule.indicator] for rule in plan.apart.values()}
    wanted |= {numbers[rule.partner] for rule in plan.apart.values() if rule.partner}
    names = tuple(plan.book.organizations)
    indicators = [(name,) for name, place in plan.understood.indicators.items() if place in wanted]
    organizations = [(name,) for name, place in plan.understood.bodies.items() if names[place] in bodies]
    fill(connection, "apart_indicators", (("name", "VARCHAR"),), indicators)
    fill(connection, "apart_bodies", (("name", "VARCHAR"),), organizations)
    converter = Converter(plan.book, [])
    figures: list[Figure] = []
    for batch in plan.inventory.batches:
        rows = connection.execute(
            f"""SELECT s.* FROM ({written_text(batch)}) AS s
            INNER JOIN apart_indicators AS i ON i.name = s.indicator
            INNER JOIN apart_bodies AS o ON o.name = s.organization ORDER BY s.source"""
        ).fetchall()
        figures.extend(convert_rows(converter, plan.inventory, tuple(batch.columns), rows, batch.folder))
    return figures


def _rows(verdict: Verdict, plan: Plan) -> Iterator[tuple[Cell, ...]]:
    files = {file.name: place for place, file in enumerate(plan.inventory.files)}
    owed = verdict.obligation
    for each, original in ((verdict, False), (verdict.under_original, True)):
        if each is None:
            continue
        source = None
        if each.figure is not None:
            source = (files[each.figure.source.file] << ROW_BITS) + each.figure.source.line - 1
        notes = [note for note in each.notes if not note.startswith(("finding:", "partner-", "parts-"))]
        if verdict.waived and not original:
            notes = sorted([*notes, "waived"])
        yield (
            owed.organization, owed.role.value, owed.rule.id, owed.period.label, each.outcome.value,
            each.reason.value if each.reason else None, each.progress,
            None if each.gap is None else each.gap.numerator, None if each.gap is None else each.gap.denominator,
            ";".join(notes) or None, original, source,
        )  # fmt: skip
