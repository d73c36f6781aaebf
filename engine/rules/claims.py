"""The promises of a book at the year's end as claims about its figures: what each rule, relation and sum wants.

A figure is a variable: the city's, or a body's own. Who answers for the city's figure does not matter; a body that
answers for it has no other figure of the indicator. Everything is in base units, and all relations hold among the
figures of one body, and among the city's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import field, replace
from fractions import Fraction

from engine.exact.intervals import Interval
from engine.exact.linear import Claims, Linear, Product, System, Variable
from engine.model.book import Book
from engine.model.noun import dataclass
from engine.model.quantity import Quantity
from engine.model.relation import Relation
from engine.model.source import Source
from engine.model.target import Kind
from engine.model.verdict import Obligation, Role
from engine.quantities import format_decimal
from engine.rules.minimal import linear_of
from engine.rules.ranges import NUMBERED, WHOLE, indicator_ranges, relative_slack, wanted_of


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
    rule, body = obligation.rule, obligation.organization
    for member in rule.members or ("",):
        if rule.judging_kind is Kind.RELATIVE:
            terms, constant, strict, said = _compared(promises, obligation, member)
        elif obligation.threshold is not None and rule.judging_kind in NUMBERED:
            terms, constant, strict, said = _bounded(promises, obligation, obligation.threshold, member)
        else:
            continue
        key = (rule.id, tuple(terms), constant)
        if key in seen:
            place = seen[key]
            claim = promises.claims[place]
            promises.claims[place] = replace(claim, bodies=(*claim.bodies, body))
            continue
        place = seen[key] = len(promises.claims)
        linear = linear_of(terms, constant, strict, frozenset({place}))
        promises.claims.append(Claim(rule.id, said, (body,), number_place(promises.book, obligation), obligation))
        promises.own[place] = linear
        promises.linear.append(linear)


#: The coefficients of variables, a constant, whether their sum is above 0 or at it too, and how that is written.
_Said = tuple[dict[Variable, int], Fraction, bool, str]


def _compared(promises: Promises, obligation: Obligation, member: str) -> _Said:
    """A relative rule: both figures are the city's, or both the body's own."""
    rule, indicator = obligation.rule, obligation.indicator
    assert rule.partner is not None, "a relative rule names its partner"
    whose = _whose(obligation)
    slack = relative_slack(rule, indicator)
    unit = (rule.threshold or indicator).unit
    minus = f" - {format_decimal(slack / unit.factor)} {unit.symbol}" if slack else ""
    terms = {promises.variable(whose, rule.indicator, member): 1, promises.variable(whose, rule.partner): -1}
    return terms, slack, False, f"{_name(rule.indicator, member)} ≥ {rule.partner}{minus}"


def _bounded(promises: Promises, obligation: Obligation, threshold: Quantity, member: str) -> _Said:
    rule = obligation.rule
    wanted, sign = wanted_of(rule, threshold), rule.direction.sign
    end = wanted.low if sign > 0 else wanted.high
    assert end is not None, "what is wanted has an end on its side"
    aspect = "share" if rule.judging_kind is Kind.COVERAGE else ""
    terms = {promises.variable(_whose(obligation), rule.indicator, member, aspect): sign}
    strict = wanted.low_open or wanted.high_open
    symbol = (">" if strict else "≥") if sign > 0 else "<" if strict else "≤"
    unit = threshold.unit
    number = f"{format_decimal(end / unit.factor + unit.offset)} {unit.symbol}"
    return terms, -sign * end, strict, f"{_name(rule.indicator, member)} {symbol} {number}"


def _whose(obligation: Obligation) -> str:
    return "" if obligation.role is Role.LEAD else obligation.organization


def _name(indicator: str, member: str) -> str:
    return f"{indicator}[{member}]" if member else indicator


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
        promises.variable("", indicator.id)
        claim = frozenset({len(promises.claims)})
        promises.sums.add(len(promises.claims))
        formula = f"{indicator.id} = {' + '.join(f'{indicator.id}[{name.body}]' for name in names)}"
        promises.claims.append(Claim(indicator.id, formula, leads, indicator.source))
        for sign in (1, -1):
            terms = {city: sign, **dict.fromkeys(names, -sign)}
            promises.linear.append(linear_of(terms, rule.reconcile_tolerance, False, claim))
