"""Reading ↔ rule: the plan's words, their reading and the rule say the same, like double-entry books.

What a person could have changed in one of the three and forgotten in the others is a finding at the rule, with
the place of the reading beside it.
"""

import re
from collections.abc import Collection, Iterator

from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.quantity import Fault, Quantity
from engine.model.rule import Indicator, Rule
from engine.model.source import Source
from engine.model.target import Comparator, Kind, Target, clause_slug
from engine.quantities import read_quantity
from engine.rules.quotas import check_quotas
from engine.shapes import fault_diagnostic
from engine.verbatim import find_numeral, find_value, fold_words

_KEBAB = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_RULE_FILE = re.compile(r"rules/(?:h\d\d|\d{3})-(?P<slug>.*)\.yaml")

#: 控制在 makes the upper number of a range the one that is due, in both scripts.
_CEILING = "控制在"

#: What a promise without a number is held to, by kind: everybody, or nothing at all.
_WHOLE = {Kind.COVERAGE: (Comparator.AT_LEAST, 100, "%"), Kind.ALWAYS: (Comparator.AT_MOST, 0, "")}


def check_agreement(book: Book, earlier: Collection[Diagnostic]) -> list[Diagnostic]:
    """Everything in which readings, rules and quotas of a bound book disagree.

    `earlier` are the findings of binding: a promise whose rule could not be read is not called unjudged as well.
    Errors: the codes of the sections "Readings and rules" and "Quotas".
    """
    unread = {finding.source.file for finding in earlier if not finding.code.startswith("open-")}
    targets = book.targets
    return [
        *_names(book),
        *_readings(book),
        *_unjudged(book, unread),
        *(finding for rule in book.rules for finding in _rule(book, rule, targets[rule.target])),
        *_indicators(book, unread),
        *check_quotas(book),
        *_untried(book, unread),
    ]


# --- names -----------------------------------------------------------------------------------------------------


def _names(book: Book) -> Iterator[Diagnostic]:
    named: list[tuple[str, Source]] = [(target.id, target.place("id")) for target in book.targets.values()]
    named += [(indicator.id, indicator.source) for indicator in book.indicators.values()]
    named += [(rule.id, rule.place("id")) for rule in book.rules]
    named += [(relation.id, relation.place("id")) for relation in book.relations]
    for file in sorted({rule.source.file for rule in book.rules}):
        match = _RULE_FILE.fullmatch(file)
        if match:
            named.append((match["slug"], Source(file)))
    for name, source in named:
        if not _KEBAB.fullmatch(name):
            yield Diagnostic("name-not-kebab", source, {"name": name})


# --- the plan's words and their reading ------------------------------------------------------------------------


def _readings(book: Book) -> Iterator[Diagnostic]:
    for target in book.targets.values():
        if target.value is None:
            continue
        if target.comparator is None:
            yield Diagnostic("reading-incomplete", target.source, {"target": target.id, "keys": "comparator"})
        if (target.comparator is Comparator.BETWEEN) is not (target.upper is not None):
            yield Diagnostic("reading-incomplete", target.source, {"target": target.id, "keys": "between, upper"})
        yield from _quoted(book, target)


def _quoted(book: Book, target: Target) -> Iterator[Diagnostic]:
    """Every number of the reading stands in the quote, followed by its unit of measure."""
    quote = fold_words(target.quote).text
    for key, number, upper in (("value", target.value, target.upper), ("upper", target.upper, None)):
        if number is None or find_value(quote, number, target.unit, upper):
            continue
        quantity = _read(book, number, target.unit)
        if isinstance(quantity, Quantity) and find_numeral(quote, quantity, book.definitions):
            continue
        params = {"found": f"{number} {target.unit or ''}".strip(), "quote": target.quote}
        yield Diagnostic("value-not-in-quote", target.place(key), params, (target.place("quote"),))


def _read(book: Book, number: str, unit: str | None) -> Quantity | Fault:
    return read_quantity(number, unit, book.definitions)


def _unjudged(book: Book, unread: Collection[str]) -> Iterator[Diagnostic]:
    judged = {rule.target for rule in book.rules}
    for target in book.targets.values():
        # A goal of a later year is judged by that year's book; what is open is asked by its own diagnostic.
        if target.id in judged or target.left_open or (target.year or book.plan.year) > book.plan.year:
            continue
        slug = clause_slug(target.clause) if _is_numbered(target.clause) else ""
        if not any(file.startswith(f"rules/{slug}-") for file in unread):
            params = {"target": target.id, "file": f"rules/{slug}-….yaml"}
            yield Diagnostic("target-not-judged", target.source, params)


def _untried(book: Book, unread: Collection[str]) -> Iterator[Diagnostic]:
    """Rules without any worked case, where the book asks for cases; a freshly drafted one does not."""
    if book.policy.cases_threshold is None:
        return
    tried = {case.obligation.rule.id for case in book.cases}
    for rule in book.rules:
        if rule.id not in tried and rule.source.file not in unread:
            yield Diagnostic("rule-without-case", rule.place("id"), {"rule": rule.id})


def _is_numbered(clause: str) -> bool:
    return re.fullmatch(r"\d+|.\([一二三四五六七八九十]\)", clause) is not None


# --- one rule and its target -----------------------------------------------------------------------------------


def _rule(book: Book, rule: Rule, target: Target) -> Iterator[Diagnostic]:
    yield from _kinds(rule, target)
    if rule.soft is not target.soft:
        yield _differs("softness-differs", rule, target, "soft", str(rule.soft).lower(), str(target.soft).lower())
    if target.value is None:
        yield from _without_number(rule, target)
    else:
        yield from _comparator(rule, target)
        differing = [*_numbers(book, rule, target)]
        yield from differing or _units(rule, book.indicators[rule.indicator])
    yield from _tolerance(rule)
    yield from _judged(book, rule)
    if (target.year or book.plan.year) > book.plan.year:
        params = {"rule": rule.id, "year": str(target.year), "plan": str(book.plan.year)}
        yield Diagnostic("later-year-judged", rule.place("target"), params, (target.place("year"),))
    if rule.due_in and not any(key // 100 == book.plan.year for key in rule.due_in):
        yield Diagnostic("never-due", rule.place("due_in"), {"rule": rule.id, "year": str(book.plan.year)})


def _differs(code: str, rule: Rule, target: Target, key: str, found: str, wanted: str) -> Diagnostic:
    reading = {"threshold": "value"}.get(key, key)
    params = {"rule": rule.id, "key": key, "found": found, "wanted": wanted}
    return Diagnostic(code, rule.place(key), params, (target.place(reading),))


def _kinds(rule: Rule, target: Target) -> Iterator[Diagnostic]:
    for key, found, wanted in (("kind", rule.kind, target.kind), ("inner_kind", rule.inner_kind, target.inner_kind)):
        if found is not wanted:
            shown = (found.value if found else "-", wanted.value if wanted else "-")
            yield _differs("kind-differs", rule, target, key, *shown)


def _comparator(rule: Rule, target: Target) -> Iterator[Diagnostic]:
    wanted = target.comparator
    if wanted is not None and rule.comparator is not wanted:
        yield _differs("comparator-differs", rule, target, "comparator", rule.comparator.value, wanted.value)
    elif rule.comparator is Comparator.BETWEEN:
        bound = "upper" if _CEILING in target.quote else "lower"
        if rule.bound != bound:
            yield _differs("bound-differs", rule, target, "bound", rule.bound, bound)


def _numbers(book: Book, rule: Rule, target: Target) -> Iterator[Diagnostic]:
    pairs = (("threshold", rule.threshold, target.value), ("upper", rule.upper, target.upper))
    for key, threshold, number in pairs:
        if number is None:
            if threshold is not None:
                yield _differs("value-differs", rule, target, key, threshold.text, "-")
            continue
        # An index is printed without a unit of measure; then the rule's is the only one.
        unit = target.unit or (threshold.unit.symbol if threshold else None)
        promised = _read(book, number, unit)
        if isinstance(promised, Fault):
            yield fault_diagnostic(promised, target.place("unit" if promised.code == "unit-unknown" else "value"))
        elif threshold is None:
            yield _differs("value-differs", rule, target, key, "-", _shown(promised))
        elif (promised.unit.dimension, promised.unit.factor, promised.unit.offset) != (
            threshold.unit.dimension,
            threshold.unit.factor,
            threshold.unit.offset,
        ):
            yield _differs("unit-differs", rule, target, key, threshold.text, _shown(promised))
        elif promised.value != threshold.value:
            yield _differs("value-differs", rule, target, key, threshold.text, _shown(promised))


def _shown(quantity: Quantity) -> str:
    return f"{quantity.text} {quantity.unit.symbol}"


def _without_number(rule: Rule, target: Target) -> Iterator[Diagnostic]:
    """A promise without a number is of everybody (coverage), of nothing (always), or has no threshold."""
    held = _WHOLE.get(rule.judging_kind) if rule.kind is not Kind.EXTERNAL else None
    direction, whole, symbol = held or (target.comparator or Comparator.AT_LEAST, None, "")
    wanted = f"{direction.value} {whole} {symbol}".strip() if held else direction.value
    if rule.comparator is not direction:
        yield _differs("comparator-differs", rule, target, "comparator", rule.comparator.value, wanted)
    for key, threshold in (("threshold", rule.threshold), ("upper", rule.upper)):
        fits = threshold is None if whole is None or key == "upper" else _is(threshold, whole, symbol)
        if not fits:
            found = threshold.text if threshold else "-"
            params = {"rule": rule.id, "found": found, "wanted": wanted if whole is not None else "-"}
            yield Diagnostic("threshold-unfounded", rule.place(key), params, (target.place("quote"),))


def _is(threshold: Quantity | None, whole: int, symbol: str) -> bool:
    return threshold is not None and threshold.value == whole and (not symbol or threshold.unit.symbol == symbol)


def _tolerance(rule: Rule) -> Iterator[Diagnostic]:
    for key, size in (("tolerance", rule.tolerance), ("reconcile_tolerance", rule.reconcile_tolerance)):
        if size < 0:
            yield Diagnostic("tolerance-negative", rule.place(key), {"rule": rule.id})


# --- who is judged ---------------------------------------------------------------------------------------------


def _judged(book: Book, rule: Rule) -> Iterator[Diagnostic]:
    clause = book.clause(rule.clause)
    place = rule.place("judged")
    named = set(book.expand(clause.responsible))
    for word in rule.judged.same:
        bodies = book.words.get(word, ())
        if word not in clause.responsible and not (bodies and named.issuperset(bodies)):
            params = {"rule": rule.id, "name": word, "clause": rule.clause}
            yield Diagnostic("same-not-responsible", place, params, (clause.place("responsible"),))
    judged = rule.judged
    if not (judged.lead or judged.same or judged.quota):
        yield Diagnostic("nobody-judged", place, {"rule": rule.id})


def _indicators(book: Book, unread: Collection[str]) -> Iterator[Diagnostic]:
    used = {name for rule in book.rules for name in (rule.indicator, rule.partner)}
    used.update(name for relation in book.relations for name in relation.indicators)
    for indicator in book.indicators.values():
        if indicator.id not in used and indicator.source.file not in unread:
            yield Diagnostic("indicator-unused", indicator.source, {"indicator": indicator.id})
        if indicator.additive and indicator.unit.dimension == "share":
            yield Diagnostic("additive-share", indicator.source, {"indicator": indicator.id})
    for rule in book.rules:
        indicator = book.indicators[rule.indicator]
        if rule.judging_kind is Kind.TOTAL and rule.net is not indicator.net:
            yield Diagnostic("net-differs", rule.place("net"), {"rule": rule.id}, (indicator.source,))
        if rule.judging_kind is Kind.RATE and rule.threshold and not rule.ladder and not _in_percent(rule.threshold):
            yield Diagnostic("bands-missing", rule.source, {"rule": rule.id, "unit": rule.threshold.unit.symbol})
        if rule.judging_kind is Kind.ALWAYS and rule.ladder and rule.ladder.risky < 0:
            yield Diagnostic("band-below-line", rule.place("bands"), {"rule": rule.id})


def _units(rule: Rule, indicator: Indicator) -> Iterator[Diagnostic]:
    """Figures are asked for in the unit of measure that the promise is printed in; those of a coverage are counts."""
    threshold = rule.threshold
    if threshold is None or rule.judging_kind in (Kind.COVERAGE, Kind.MILESTONE):
        return
    if (threshold.unit.dimension, threshold.unit.factor) != (indicator.unit.dimension, indicator.unit.factor):
        params = {"indicator": indicator.id, "found": indicator.unit.symbol, "wanted": threshold.unit.symbol}
        yield Diagnostic("indicator-unit-differs", indicator.source, params, (rule.place("threshold"),))


def _in_percent(threshold: Quantity) -> bool:
    return threshold.unit.symbol in ("%", "上年為100", "上年同期為100") or (
        threshold.unit.dimension,
        threshold.unit.factor,
    ) == ("share", 10)
