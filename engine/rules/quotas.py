"""Quotas and the promise that they divide: who has one, and whether together they keep it, whatever is amended."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.quantity import Quantity
from engine.model.rule import Allocation, Rule
from engine.model.target import Kind
from engine.model.verdict import Role
from engine.quantities import format_decimal
from engine.rules.obligations import Held, amendments_of, held_bodies, leads_of

#: Kinds whose quotas add up to the city's number; lines do where the indicator is additive (耕地保有量).
_ADD_UP = (Kind.TOTAL, Kind.LEVEL)


def check_quotas(book: Book) -> list[Diagnostic]:
    """What is wrong with the tables of quotas of a bound book.

    Errors: allocation-unused, quota-not-responsible, quota-never-judged, quotas-short, additive-missing.
    """
    return [finding for allocation in book.allocations.values() for finding in _allocation(book, allocation)]


def _allocation(book: Book, allocation: Allocation) -> Iterator[Diagnostic]:
    rules = [rule for rule in book.rules if rule.judged.quota == allocation.name]
    if not rules:
        yield Diagnostic("allocation-unused", allocation.source, {"name": allocation.name, "rule": allocation.rule})
    for rule in rules:
        yield from _bodies(book, rule, allocation)
        yield from _sum(book, rule, allocation)
        indicator = book.indicators[rule.indicator]
        if rule.judging_kind in _ADD_UP and rule.kind is not Kind.EACH and not indicator.additive:
            # What adds up to the promise as quotas has to add up as figures, too.
            yield Diagnostic("additive-missing", indicator.source, {"indicator": indicator.id, "rule": rule.id})


def _bodies(book: Book, rule: Rule, allocation: Allocation) -> Iterator[Diagnostic]:
    """A quota is for a responsible body, and for one that does not answer for the city's figure itself."""
    clause = book.clause(rule.clause)
    responsible = book.expand(clause.responsible)
    leads = leads_of(book, clause) if rule.judged.lead else ()
    for body in allocation.quotas:
        if body not in responsible:
            params = {"name": body, "clause": rule.clause}
            place = allocation.place(body)
            yield Diagnostic("quota-not-responsible", place, params, (clause.place("responsible"),))
        elif body in leads:
            params = {"name": body, "rule": rule.id}
            related = (rule.place("judged"), clause.place("lead"))
            yield Diagnostic("quota-never-judged", allocation.place(body), params, related)


def _sum(book: Book, rule: Rule, allocation: Allocation) -> Iterator[Diagnostic]:
    """The quotas together are at least the city's promise, under a ceiling at most, and stay so as they change."""
    line = rule.judging_kind is Kind.ALWAYS and book.indicators[rule.indicator].additive
    if not (rule.judging_kind in _ADD_UP or line) or rule.kind is Kind.EACH:
        return
    changes = [each for each in book.amendments if each.target == rule.target and each.date.year <= book.plan.year]
    city = Held(next(iter(leads_of(book, book.clause(rule.clause))), ""), Role.LEAD, ())
    allotted = [held for held in held_bodies(book, rule) if held.allotted]
    listed = {held.organization for held in allotted}
    # A quota of a body that answers for the city is never judged, yet it is part of the table's sum.
    allotted += [
        Held(name, Role.LEAD, (), True, quota) for name, quota in allocation.quotas.items() if name not in listed
    ]
    for day in sorted({date.min, *(each.date for each in changes)}):
        promised = _number(book, rule, city, day)
        quotas = [quota for held in allotted if (quota := _number(book, rule, held, day)) is not None]
        if promised is None or any(quota.unit.dimension != promised.unit.dimension for quota in quotas):
            continue
        together = sum((quota.base for quota in quotas), Fraction(0))
        if rule.direction.sign * (together - promised.base) < 0:
            params = {
                "sum": f"{format_decimal(together / promised.unit.factor)} {promised.unit.symbol}",
                "promised": promised.text,
                "rule": rule.id,
            }
            then = tuple(each.source for each in changes if each.date <= day)
            yield Diagnostic("quotas-short", allocation.source, params, (rule.place("threshold"), *then))
            return


def _number(book: Book, rule: Rule, held: Held, day: date) -> Quantity | None:
    """The number that binds a body on a day."""
    known = [each for each in amendments_of(book, rule, held.organization, held.allotted) if each.date <= day]
    return known[-1].threshold if known else held.number(rule)
