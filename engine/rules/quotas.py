"""Quotas and the promise that they divide: who has one, and whether together they keep it, whatever is amended."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.quantity import Quantity
from engine.model.rule import Allocation, Rule
from engine.model.target import Kind
from engine.quantities import format_decimal
from engine.rules.obligations import leads_of, threshold_in_force

#: Kinds whose quotas add up to the city's number; lines do where the indicator is additive (耕地保有量).
_ADD_UP = (Kind.TOTAL, Kind.LEVEL)


def check_quotas(book: Book) -> list[Diagnostic]:
    """What is wrong with the tables of quotas of a bound book.

    Errors: allocation-unused, quota-not-responsible, quota-never-judged, quotas-short.
    """
    return [finding for allocation in book.allocations.values() for finding in _allocation(book, allocation)]


def _allocation(book: Book, allocation: Allocation) -> Iterator[Diagnostic]:
    rules = [rule for rule in book.rules if rule.judged.quota == allocation.name]
    if not rules:
        yield Diagnostic("allocation-unused", allocation.source, {"name": allocation.name, "rule": allocation.rule})
    for rule in rules:
        yield from _bodies(book, rule, allocation)
        yield from _sum(book, rule, allocation)


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
    leads = leads_of(book, book.clause(rule.clause))
    for day in sorted({date.min, *(each.date for each in changes)}):
        city = threshold_in_force(book, rule, leads[0] if leads else "", None, day)
        if city is None:
            continue
        quotas = list(_in_force(book, rule, allocation, city, day))
        if any(quota.unit.dimension != city.unit.dimension for quota in quotas):
            continue
        together = sum((quota.base for quota in quotas), Fraction(0))
        if rule.direction.sign * (together - city.base) < 0:
            params = {
                "sum": f"{format_decimal(together / city.unit.factor)} {city.unit.symbol}",
                "promised": city.text,
                "rule": rule.id,
            }
            then = tuple(each.source for each in changes if each.date <= day)
            yield Diagnostic("quotas-short", allocation.source, params, (rule.place("threshold"), *then))
            return


def _in_force(book: Book, rule: Rule, allocation: Allocation, city: Quantity, day: date) -> Iterator[Quantity]:
    """The quotas on a day, and the numbers that an amendment gives to bodies which have none."""
    reached = [name for each in book.amendments if each.target == rule.target for name in book.expand(each.reach)]
    leads = leads_of(book, book.clause(rule.clause))
    for name in dict.fromkeys([*allocation.quotas, *(name for name in reached if name not in leads)]):
        number = threshold_in_force(book, rule, name, allocation.quotas.get(name), day)
        if number is not None and (name in allocation.quotas or number is not city):
            yield number
