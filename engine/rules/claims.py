"""The promises of a book at the year's end as claims about its figures: what each rule, relation and sum wants.

A figure is a variable: the city's, or a body's own. Who answers for the city's figure does not matter; a body that
answers for it has no other figure of the indicator. Everything is in base units, and all relations hold among the
figures of one body, and among the city's.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from engine.model.book import Book
from engine.model.quantity import Quantity, Unit
from engine.model.relation import Relation
from engine.model.rule import Indicator, Rule
from engine.model.source import Source
from engine.model.target import Change, Kind, Target
from engine.model.verdict import Obligation, Role
from engine.quantities import format_decimal
from engine.rules.intervals import Interval
from engine.rules.linear import Claims, Linear, Product, System, Variable
from engine.rules.minimal import linear_of

#: Names of shares of a whole, in both scripts: none of them can exceed 100 %.
_SHARE_NAME = re.compile(
    r"(?:覆[蓋盖]|普及|合格|[達达][標标]|失[業业]|就[業业]|入[學学]|入[園园]|[參参]保|收集|[處处]理|[辦办][結结]|優良|优良|[開开]工|成功|及格"
    r"|[滿满]意|知[曉晓]|接[種种]|[綠绿]化|城[鎮镇]化)(?:率|度)|比重|[佔占]比|比例"
)

#: Words that make a growth of any name; without its sign, which only the reading knows, it has no bounds.
_GROWTH_NAME = re.compile(r"增[速長长幅]|[漲涨升降]幅|[漲涨]|[產产][銷销]")

#: Base units of the whole: shares count in per mille.
WHOLE = Fraction(1000)

#: Kinds whose figure at the year's end is a number that an interval can hold.
NUMBERED = (Kind.TOTAL, Kind.LEVEL, Kind.RATE, Kind.ALWAYS, Kind.COVERAGE)


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that is to hold: a rule for one figure, a relation among figures, or a sum over the counties.

    `bodies` are those who answer for the figure, in the book's order; `obligation` is that of a rule.
    """

    id: str
    said: str
    bodies: tuple[str, ...]
    source: Source
    obligation: Obligation | None = None


@dataclass(slots=True)
class Promises:
    """All claims of a book; `own` is what each claim of a rule says by itself, by the claim's number.

    `sums` are the claims that counties add up to the city; `possible` are the ranges of the indicators.
    """

    book: Book
    claims: list[Claim] = field(default_factory=list)
    own: dict[int, Linear] = field(default_factory=dict)
    linear: list[Linear] = field(default_factory=list)
    products: list[Product] = field(default_factory=list)
    ranges: dict[Variable, Interval] = field(default_factory=dict)
    leads: frozenset[tuple[str, str]] = frozenset()
    possible: dict[str, Interval] = field(default_factory=dict)
    sums: set[int] = field(default_factory=set)

    def variable(self, body: str, indicator: str, member: str = "", aspect: str = "") -> Variable:
        """The variable of a figure, whose range is then known."""
        name = Variable("" if (body, indicator) in self.leads else body, indicator, member, aspect)
        if name not in self.ranges:
            self.ranges[name] = Interval(Fraction(0), WHOLE) if aspect == "share" else self.possible[indicator]
        return name

    @property
    def system(self) -> System:
        """What all claims say."""
        return System(dict(self.ranges), tuple(self.linear), tuple(self.products))


def collect_promises(book: Book, obligations: Sequence[Obligation], impossible: Iterable[str]) -> Promises:
    """The claims of the obligations at the year's end, of the relations among their figures, and of sums.

    `impossible` are rules that no figure can keep, which is said of them elsewhere.
    """
    left_out = frozenset(impossible)
    due = [each for each in obligations if each.owed and each.rule.id not in left_out]
    leads = frozenset((each.organization, each.indicator.id) for each in obligations if each.role is Role.LEAD)
    promises = Promises(book, leads=leads, possible=indicator_ranges(book))
    seen: dict[object, int] = {}
    for obligation in due:
        _claim_rule(promises, obligation, seen)
    _claim_relations(promises)
    _claim_sums(promises, obligations)
    return promises


# --- rules -----------------------------------------------------------------------------------------------------


def _claim_rule(promises: Promises, obligation: Obligation, seen: dict[object, int]) -> None:
    """One claim for each member; bodies that answer jointly for one figure share theirs."""
    rule, threshold = obligation.rule, obligation.threshold
    body = obligation.organization
    for member in rule.members or ("",):
        if rule.judging_kind is Kind.RELATIVE and rule.partner:
            terms = {promises.variable(body, rule.indicator, member): 1, promises.variable(body, rule.partner): -1}
            slack = relative_slack(rule, obligation.indicator)
            constant, strict = slack, False
            said = f"{_name(rule.indicator, member)} ≥ {rule.partner}{_minus(slack, rule, obligation.indicator)}"
        elif threshold is not None and rule.judging_kind in NUMBERED:
            aspect = "share" if rule.judging_kind is Kind.COVERAGE else ""
            wanted = wanted_of(rule, threshold)
            sign = rule.direction.sign
            end = wanted.low if sign > 0 else wanted.high
            assert end is not None, "what is wanted has an end on its side"
            terms = {promises.variable(body, rule.indicator, member, aspect): sign}
            constant, strict = -sign * end, wanted.low_open or wanted.high_open
            said = _said(_name(rule.indicator, member), wanted, threshold.unit)
        else:
            continue
        key = (rule.id, tuple(terms), constant)
        if key in seen:
            place = seen[key]
            claim = promises.claims[place]
            promises.claims[place] = Claim(claim.id, said, (*claim.bodies, body), claim.source, claim.obligation)
            continue
        place = seen[key] = len(promises.claims)
        linear = linear_of(terms, constant, strict, frozenset({place}))
        promises.claims.append(Claim(rule.id, said, (body,), number_place(promises.book, obligation), obligation))
        promises.own[place] = linear
        promises.linear.append(linear)


def _name(indicator: str, member: str) -> str:
    return f"{indicator}[{member}]" if member else indicator


def _said(name: str, wanted: Interval, unit: Unit) -> str:
    end = wanted.low if wanted.low is not None else wanted.high
    assert end is not None, "what is wanted has an end"
    floor, ceiling = ">" if wanted.low_open else "≥", "<" if wanted.high_open else "≤"
    sign = ceiling if wanted.low is None else floor
    return f"{name} {sign} {format_decimal(end / unit.factor + unit.offset)} {unit.symbol}"


def _minus(slack: Fraction, rule: Rule, indicator: Indicator) -> str:
    unit = (rule.threshold or indicator).unit
    return f" - {format_decimal(slack / unit.factor)} {unit.symbol}" if slack else ""


def number_place(book: Book, obligation: Obligation) -> Source:
    """Where the number stands that binds a body: in its rule, a table of quotas or an amendment."""
    rule, threshold = obligation.rule, obligation.threshold
    if threshold is None:
        return rule.source
    if threshold is rule.upper or threshold is rule.threshold:
        return rule.place("upper" if threshold is rule.upper else "threshold")
    for amendment in book.amendments:
        if amendment.threshold is threshold:
            return amendment.source
    if rule.judged.quota:
        return book.allocations[rule.judged.quota].place(obligation.organization)
    return rule.place("threshold")


# --- what a figure can be, and what keeps a promise --------------------------------------------------------------


def indicator_ranges(book: Book) -> dict[str, Interval]:
    """The numbers that the figures of every indicator can be.

    Units: base units of the indicator's dimension.
    """
    uses: dict[str, list[tuple[Rule, Target]]] = {}
    targets = book.targets
    for rule in book.rules:
        uses.setdefault(rule.indicator, []).append((rule, targets[rule.target]))
    return {name: _range(indicator, uses.get(name, ())) for name, indicator in book.indicators.items()}


def _range(indicator: Indicator, uses: Sequence[tuple[Rule, Target]]) -> Interval:
    """By the unit of measure, the parts, the name and the promises about it.

    A growth is never below -100 %, and the size of a reduction never above 100 %, of what cannot be negative.
    """
    parts = indicator.parts
    changes = {target.change for _, target in uses if target.change}
    net = indicator.net or any(rule.net for rule, _ in uses)
    share = indicator.unit.dimension == "share"
    if changes or (parts and parts.form == "growth"):
        if not share or net or len(changes) > 1:
            return Interval()
        return Interval(high=WHOLE) if Change.DECREASE in changes else Interval(-WHOLE)
    if _GROWTH_NAME.search(indicator.name):
        return Interval()
    if share:
        whole = parts is not None and parts.form == "ratio" and not parts.may_exceed
        if whole or (parts is None and _SHARE_NAME.search(indicator.name)):
            return Interval(Fraction(0), WHOLE)
        return Interval()
    return Interval() if net else Interval(Fraction(0))


def wanted_of(rule: Rule, threshold: Quantity) -> Interval:
    """The numbers that keep a promise at the year's end, with the tolerance of a soft one.

    Units: base units of the threshold's dimension.
    """
    slack = _slack(rule, threshold)
    strict = rule.direction.strict and not rule.soft
    if rule.direction.sign > 0:
        return Interval(low=threshold.base - slack, low_open=strict)
    return Interval(high=threshold.base + slack, high_open=strict)


def _slack(rule: Rule, threshold: Quantity) -> Fraction:
    """The tolerance in base units: points are of the number itself where the gap is counted in points of it."""
    kind = rule.judging_kind
    if kind in (Kind.TOTAL, Kind.LEVEL):
        return rule.tolerance * abs(threshold.base) / 100
    if kind is Kind.COVERAGE:
        return rule.tolerance * WHOLE / 100
    return rule.tolerance * (rule.threshold or threshold).unit.factor


def relative_slack(rule: Rule, indicator: Indicator) -> Fraction:
    """The tolerance of a relative rule in base units."""
    return rule.tolerance * (rule.threshold or indicator).unit.factor


# --- relations and sums ------------------------------------------------------------------------------------------


def _claim_relations(promises: Promises) -> None:
    """Every relation, among the figures of every body of which something is wanted, and among the city's."""
    bodies: dict[str, dict[str, None]] = {}
    judged: dict[Variable, list[Linear]] = {}
    for linear in promises.own.values():
        for name, _ in linear.terms:
            if not name.member and not name.aspect:
                bodies.setdefault(name.indicator, {}).setdefault(name.body)
                judged.setdefault(name, []).append(linear)
    for relation in promises.book.relations:
        for body in dict.fromkeys(body for name in relation.indicators for body in bodies.get(name, ())):
            _claim_relation(promises, relation, body, judged)


def _claim_relation(promises: Promises, relation: Relation, body: str, judged: dict[Variable, list[Linear]]) -> None:
    claim = frozenset({len(promises.claims)})
    bodies = (body,) if body else ()
    promises.claims.append(Claim(relation.id, relation.formula, bodies, relation.place(relation.form)))
    for comparison in relation.comparisons:
        terms = {
            promises.variable(body, term.indicator, aspect="last" if term.last else ""): term.sign
            for term in comparison.terms
        }
        promises.linear.append(linear_of(terms, Fraction(0), False, claim))
        if comparison.equal:
            opposite = {name: -sign for name, sign in terms.items()}
            promises.linear.append(linear_of(opposite, Fraction(0), False, claim))
    if relation.quotient:
        quotient = relation.quotient
        rate, above, below = (
            promises.variable(body, name) for name in (quotient.rate, quotient.numerator, quotient.denominator)
        )
        if judged.get(rate):
            _claim_quotient(promises, Product(rate, above, below, int(WHOLE), claim), judged[rate], claim)


def _claim_quotient(promises: Promises, product: Product, rules: Sequence[Linear], claim: Claims) -> None:
    """A rate that is judged is a quotient, so its denominator is above 0; each rule about it is one about the two."""
    promises.products.append(product)
    promises.linear.append(linear_of({product.denominator: 1}, Fraction(0), True, claim))
    for rule in rules:
        if len(rule.terms) > 1:
            continue  # Against another rate: only the product itself says it.
        ((_, sign),) = rule.terms
        # sign·rate + constant ≥ 0, times the denominator.
        terms = {product.numerator: sign * product.scale, product.denominator: rule.constant}
        promises.linear.append(linear_of(terms, Fraction(0), rule.strict, claim | rule.because))


def _claim_sums(promises: Promises, obligations: Sequence[Obligation]) -> None:
    """The city's figure of an additive indicator is the sum of those of the bodies that have a quota of it."""
    groups: dict[str, list[Obligation]] = {}
    for obligation in obligations:
        if obligation.indicator.additive and obligation.indicator.unit.dimension != "share":
            groups.setdefault(obligation.rule.id, []).append(obligation)
    for group in groups.values():
        rule, indicator = group[0].rule, group[0].indicator
        if rule.members or rule.judging_kind in (Kind.COVERAGE, Kind.MILESTONE):
            continue
        city = Variable("", indicator.id)
        names = dict.fromkeys(
            promises.variable(each.organization, indicator.id) for each in group if each.role is Role.RESPONSIBLE
        )
        leads = tuple(each.organization for each in group if each.role is Role.LEAD)
        owing = any(each.owed for each in group if each.role is Role.RESPONSIBLE)
        if not (leads and owing) or city in names:
            continue
        promises.variable(leads[0], indicator.id)
        claim = frozenset({len(promises.claims)})
        promises.sums.add(len(promises.claims))
        formula = f"{indicator.id} = {' + '.join(f'{indicator.id}[{name.body}]' for name in names)}"
        promises.claims.append(Claim(indicator.id, formula, leads, indicator.source))
        for sign in (1, -1):
            terms = {city: sign, **dict.fromkeys(names, -sign)}
            promises.linear.append(linear_of(terms, rule.reconcile_tolerance, False, claim))
