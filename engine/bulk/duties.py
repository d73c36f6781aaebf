"""A book → what every body owes in every period, as tables: classes of bodies instead of one obligation for each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date

from engine.model.book import Book
from engine.model.limit import Limit, LimitedObligation
from engine.model.noun import dataclass
from engine.model.period import Period
from engine.model.rule import Rule
from engine.model.target import Kind
from engine.rules.obligations import limit_obligations, list_obligations


@dataclass(frozen=True, slots=True)
class Duty:
    """What every body of a class owes under one rule in one period; `number` counts them, a class's stand together.

    `original`: under the number before an amendment, shown beside. `line`: the number of the first duty of the same
    line, where a line that is crossed once stays crossed; else None. `limit` counts the distinct limits, from 0;
    None where nothing is owed.
    """

    number: int
    limited: LimitedObligation
    limits: tuple[Limit, ...]
    limit: int | None
    line: int | None
    original: bool = False


@dataclass(slots=True)
class Duties:
    """All duties of a book in some periods.

    Shape: `classes[n]` is the class of the organization at place n of the book; `spans[c]` are the duties of class c.
    `apart` holds the rules whose verdicts are made from several figures: they are judged body by body.
    """

    classes: list[int]
    spans: list[range]
    duties: list[Duty]
    limits: list[tuple[Limit, ...]]
    apart: dict[str, Rule] = field(default_factory=dict)


def list_duties(book: Book, periods: Sequence[Period], as_of: date | None = None) -> Duties:
    """What everybody owes in these periods, in the order period, clause, target within a class.

    Bodies that no rule, quota, amendment or waiver names by itself owe the same as the others of their groups: one of
    them stands for all.
    """
    classes, representatives = _classify(book)
    few = _only(book, representatives)
    apart = rules_apart(book)
    limited: dict[str, list[LimitedObligation]] = {name: [] for name in representatives}
    for period in periods:
        owed = [each for each in list_obligations(few, period, as_of) if each.rule.id not in apart]
        for item in limit_obligations(few, owed, (), as_of):
            limited[item.obligation.organization].append(item)
    result = Duties(classes, [], [], [], apart)
    known: dict[str, int] = {}
    for name in representatives:
        start = len(result.duties)
        _add_duties(result, limited[name], known)
        result.spans.append(range(start, len(result.duties)))
    return result


def rules_apart(book: Book) -> dict[str, Rule]:
    """The rules whose verdicts are made from several figures."""
    return {rule.id: rule for rule in book.rules if _stands_apart(book, rule)}


def _add_duties(result: Duties, limited: Iterable[LimitedObligation], known: dict[str, int]) -> None:
    lines: dict[str, int] = {}
    for item in limited:
        for limits, original in ((item.limits, False), *([(item.original, True)] if item.original else [])):
            number = len(result.duties)
            place = None
            if limits:
                place = known.setdefault(limits[0].limit_id, len(known))
                if place == len(result.limits):
                    result.limits.append(limits)
            line = None
            if item.obligation.rule.judging_kind is Kind.ALWAYS and limits:
                # A line crossed under the number that bound then is crossed, whatever the number is now called.
                line = lines.setdefault(item.obligation.rule.id, number)
            result.duties.append(Duty(number, item, limits, place, line, original))


def _classify(book: Book) -> tuple[list[int], list[str]]:
    """The class of every body, in the book's order, and of each class the first body."""
    named = set(_named_words(book))
    shared = [word for word, names in book.words.items() if len(names) != 1 or word in book.groups]
    groups: dict[str, list[str]] = {name: [] for name in book.organizations}
    for word in shared:
        for name in book.words[word]:
            groups[name].append(word)
    alone = {names[0] for word, names in book.words.items() if len(names) == 1 and word in named}
    numbers: dict[tuple[str, ...], int] = {}
    classes, representatives = [], []
    for name, body in book.organizations.items():
        signature = ("", name) if name in alone or name in named else (body.tier, *groups[name])
        if signature not in numbers:
            numbers[signature] = len(numbers)
            representatives.append(name)
        classes.append(numbers[signature])
    return classes, representatives


def _named_words(book: Book) -> Iterator[str]:
    """Every word for a body that something in the book says of it."""
    for clause in book.clauses:
        yield from (*clause.lead, *clause.responsible)
    for rule in book.rules:
        yield from rule.judged.same
    for allocation in book.allocations.values():
        yield from allocation.quotas
    for amendment in book.amendments:
        yield from amendment.reach
    for waiver in book.waivers:
        yield from waiver.reach


def _only(book: Book, names: Sequence[str]) -> Book:
    """The book as if there were these bodies alone."""
    kept = set(names)
    words: Mapping[str, tuple[str, ...]] = book.words
    return replace(
        book,
        organizations={name: body for name, body in book.organizations.items() if name in kept},
        words={word: tuple(name for name in bodies if name in kept) for word, bodies in words.items()},
    )


def _stands_apart(book: Book, rule: Rule) -> bool:
    """Whether a verdict of this rule is made from several figures: of bodies that answer jointly, or of members."""
    clause = book.clause(rule.clause)
    joint = rule.judged.lead and len(book.expand(clause.lead or clause.responsible)) > 1
    return joint or bool(rule.members)
