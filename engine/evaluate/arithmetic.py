"""The arithmetic of one verdict, as it would be done by hand: what is due, the gap, and the lines it is held to.

Nothing is judged here: the lines are read off the limits that the engine compared with, and the gap that is worked
out from the numbers as written has to be the engine's.
"""

from collections.abc import Generator, Iterator, Mapping
from fractions import Fraction
from math import ceil, floor

from engine.model.derivation import Comparison, Equation, Step, step
from engine.model.figure import Figure, FigureKey, Form
from engine.model.limit import Edge, Limit, LimitedObligation
from engine.model.noun import dataclass
from engine.model.quantity import Quantity, Unit
from engine.model.rule import Rule, share_due
from engine.model.target import Kind
from engine.model.verdict import Outcome, Reason, Verdict
from engine.quantities import read_quantity

_ZERO = Fraction(0)
_Terms = tuple[Fraction | str, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """One verdict on one figure with the limit that decided it.

    Units: `y` in base units; `step` base units of the unit of measure in which the gap is worked out.
    """

    item: LimitedObligation
    verdict: Verdict
    figure: Figure | None
    limit: Limit
    y: Fraction | None
    partner: Figure | None
    definitions: str
    member: str

    @property
    def rule(self) -> Rule:
        """The rule that judges."""
        return self.item.obligation.rule

    @property
    def unit(self) -> Unit:
        """The unit of measure in which the gap is worked out."""
        return (self.rule.threshold or self.item.obligation.indicator).unit

    @property
    def step(self) -> Fraction:
        """Base units of `unit`."""
        return Fraction(1 if self.rule.judging_kind is Kind.MILESTONE else self.unit.factor)

    @property
    def target(self) -> Fraction:
        """The number in force, in `unit`."""
        threshold = self.item.obligation.threshold
        return threshold.base / self.step if threshold else _ZERO

    @property
    def share(self) -> Fraction:
        """How much of the target is due."""
        return share_due(self.rule, self.item.obligation.period)

    @property
    def written(self) -> Quantity | None:
        """The number as it was submitted, where the figure is one number that was judged as it was written."""
        figure = self.figure
        if figure is None or figure.form is not Form.VALUE or figure.x is None:
            return None
        quantity = read_quantity(figure.submitted, None, self.definitions)
        return quantity if isinstance(quantity, Quantity) and quantity.base == figure.x else None


def choose_limit(
    item: LimitedObligation, verdict: Verdict, figures: Mapping[FigureKey, Figure], definitions: str, member: str
) -> Judged | None:
    """The limit that decides a verdict: the one for the form of its figure; None where there is none."""
    figure, rule = verdict.figure, item.obligation.rule
    partner = find_figure(item, figures, rule.partner, item.obligation.period.key, "") if rule.partner else None
    form = figure.form.value if figure else item.limits[0].form
    y = figure.y if figure else None
    if rule.partner:
        form, y = "partner", partner.x if partner else None
    elif rule.judging_kind is Kind.LEVEL and (figure is None or form == Form.VALUE):
        meets = item.limits[0].meets
        form = "no-baseline"
        if y is not None and meets is not None:
            form = "baseline-met" if meets.holds(y, _ZERO) else "baseline"
    limit = next((limit for limit in item.limits if limit.form == form), None)
    return Judged(item, verdict, figure, limit, y, partner, definitions, member) if limit else None


def find_figure(
    item: LimitedObligation, figures: Mapping[FigureKey, Figure], indicator: str, period: int, member: str
) -> Figure | None:
    """The figure that serves for an obligation: that of the first reporter who sent one."""
    for name in (item.obligation.organization, *item.obligation.reporters):
        if (name, indicator, period, member) in figures:
            return figures[name, indicator, period, member]
    return None


def value_of(line: Edge, limit: Limit) -> Fraction:
    """The gap at which an edge lies, read off the engine's own half-plane."""
    gap = limit.gap
    scale = Fraction(line.q, gap.nq)
    if gap.dp:
        return (gap.np - line.p / scale) / gap.dp
    return (line.c / scale + gap.nc) / gap.dc


def equal(section: str, key: str, terms: _Terms, value: Fraction, unit: str = "", **params: str | Fraction) -> Step:
    """A sentence with an equation."""
    return Step(section, key, tuple(params.items()), Equation(terms, value, unit))


def list_due(judged: Judged) -> Iterator[Step]:
    """What is due, and why that much."""
    rule, period, kind = judged.rule, judged.item.obligation.period, judged.rule.judging_kind
    unit, target, share = judged.unit.symbol, judged.target, judged.share
    if kind is Kind.MILESTONE:
        due = judged.limit.due_c
        done = tuple(f"{stage.name} ({stage.due})" for stage in rule.stages[: int(due)])
        yield step("due", "due-stages", stages=done, count=due, period=period.label)
        return
    if kind is Kind.RELATIVE:
        name = judged.item.obligation.partner.name if judged.item.obligation.partner else ""
        yield step("due", "due-relative", partner=name)
        return
    paced = kind is Kind.TOTAL or judged.limit.form == "baseline" or (kind is Kind.COVERAGE and rule.paced)
    if not paced:
        key = {"baseline-met": "due-met", "no-baseline": "due-unknown"}.get(judged.limit.form, "due-whole")
        if kind is Kind.ALWAYS:
            key = "due-always"
        if period.is_year_end and key == "due-unknown":
            key = "due-end"
        yield step("due", key, target=target, unit=unit)
        return
    if rule.pace and not period.is_year_end:
        yield step("due", "pace-own", share=share, day=period.end.isoformat())
    else:
        yield equal("due", "pace-time", (Fraction(period.month), "÷", Fraction(12)), share, period=period.label)
    if kind is Kind.LEVEL:
        assert judged.y is not None
        base = judged.y / judged.step
        terms: _Terms = (base, "+", "(", target, "-", base, ")", "×", share)
        yield equal("due", "due-level", terms, base + (target - base) * share, unit)
    else:
        yield equal("due", "due-paced", (target, "×", share), target * share, unit)


def list_gap(judged: Judged) -> Iterator[Step]:
    """How far the figure is from what is due: the gap, worked out from the numbers as they were taken."""
    figure, verdict = judged.figure, judged.verdict
    assert figure is not None
    assert figure.x is not None
    kind, sign, target = judged.rule.judging_kind, judged.rule.direction.sign, judged.target
    unit = verdict.gap_unit or ""
    if kind is Kind.MILESTONE:
        yield _gap(judged, (figure.x, "-", judged.limit.due_c), unit)
        return
    if figure.form in (Form.PARTS, Form.COUNTED):
        actual = yield from _quotient(judged, figure)
    else:
        actual = figure.x / judged.step
    if kind is Kind.RELATIVE:
        assert judged.y is not None
        yield _gap(judged, (actual, "-", judged.y / judged.step), unit)
    elif kind is Kind.TOTAL:
        done = 100 * actual / target
        yield equal("comparison", "completion", (actual, "÷", target, "×", Fraction(100)), done, "%")
        yield from _paced_gap(judged, done, 100 * judged.share, sign)
    elif judged.limit.form == "baseline":
        assert judged.y is not None
        base = judged.y / judged.step
        way: _Terms = ("(", actual, "-", base, ")", "÷", "(", target, "-", base, ")", "×", Fraction(100))
        done = 100 * (actual - base) / (target - base)
        yield equal("comparison", "way", way, done, "%")
        yield from _paced_gap(judged, done, 100 * judged.share, 1)
    else:
        due = judged.limit.due_c / judged.step if kind is not Kind.COVERAGE else judged.limit.due_c / 10
        yield _gap(judged, (actual, "-", due) if sign > 0 else (due, "-", actual), unit)


def _paced_gap(judged: Judged, done: Fraction, due: Fraction, sign: int) -> Iterator[Step]:
    if due:
        share = (judged.share, "×", Fraction(100))
        yield equal("comparison", "share-points", share, due, "%")
    yield _gap(judged, (done, "-", due) if sign > 0 else (due, "-", done), judged.verdict.gap_unit or "")


def _gap(judged: Judged, terms: tuple[Fraction, str, Fraction], unit: str) -> Step:
    gap = terms[0] - terms[2]
    # What is printed has to be what was judged; anything else would be a defect of this page of arithmetic.
    assert gap == judged.verdict.gap, f"{judged.rule.id}: {gap} is worked out, {judged.verdict.gap} was judged"
    return equal("comparison", "gap", terms, gap, unit)


def _quotient(judged: Judged, figure: Figure) -> Generator[Step, None, Fraction]:
    """A rate from its parts, in per cent or in the target's unit; done of eligible, always in per cent."""
    assert figure.x is not None
    assert figure.y is not None
    indicator = judged.item.obligation.indicator
    counted = figure.form is Form.COUNTED
    parts = None if counted else indicator.parts
    factor = parts.unit.factor if parts else indicator.unit.factor
    x, y = figure.x / factor, figure.y / factor
    whole = Fraction(100) if counted else 1000 / judged.step
    unit = "%" if counted else judged.unit.symbol
    if parts and parts.form == "growth":
        value = (x / y - 1) * whole
        terms: _Terms = ("(", x, "÷", y, "-", Fraction(1), ")", "×", whole)
        yield equal("comparison", "growth", terms, value, unit)
    else:
        value = x / y * whole
        yield equal("comparison", "ratio", (x, "÷", y, "×", whole), value, unit)
    return value


def list_lines(judged: Judged) -> Iterator[Step]:
    """The lines of the bands, and on which side of each the gap lies."""
    gap, limit = judged.verdict.gap, judged.limit
    assert gap is not None
    line = value_of(limit.passing, limit)
    yield from _band(judged, line)
    passing = Comparison(gap, ">" if limit.passing.strict else "≥", line)
    unit = judged.verdict.gap_unit or ""
    yield Step("comparison", "line-pass", (("unit", unit),), comparison=passing)
    if not passing.holds and limit.risk != limit.passing:
        risk = Comparison(gap, ">" if limit.risk.strict else "≥", value_of(limit.risk, limit))
        yield Step("comparison", "line-risk", (("unit", unit),), comparison=risk)


def _band(judged: Judged, line: Fraction) -> Iterator[Step]:
    rule, limit = judged.rule, judged.limit
    final = judged.item.obligation.period.is_year_end
    if limit.form == "no-baseline" and not final:
        yield step("comparison", "band-no-baseline")
    elif final:
        yield step("comparison", "band-end")
    elif limit.form == "baseline-met":
        yield step("comparison", "band-met")
    elif rule.ladder:
        yield step("comparison", "band-rule", rule.place("bands"))
    elif limit.risk == limit.passing:
        yield step("comparison", "band-none")
    else:
        yield step("comparison", "band-stage" if rule.judging_kind is Kind.MILESTONE else "band-policy")
    if rule.judging_kind is Kind.TOTAL and rule.direction.sign < 0 and not final:
        terms: _Terms = (Fraction(100), "×", judged.share, "-", Fraction(100))
        yield equal("comparison", "band-ceiling", terms, 100 * (judged.share - 1))
    tolerance = rule.tolerance
    if not tolerance:
        return
    if limit.form in ("baseline-met", "no-baseline"):
        taken = tolerance * abs(judged.target) / 100
        of_target: _Terms = (tolerance, "×", abs(judged.target), "÷", Fraction(100))
        yield equal("comparison", "tolerance-of-target", of_target, taken, judged.unit.symbol)
        tolerance = taken
    yield equal("comparison", "tolerance", (line + tolerance, "-", tolerance), line)


def list_rounding(judged: Judged) -> Iterator[Step]:
    """Between which numbers the figure as written may lie, where the verdict depends on it."""
    figure = judged.figure
    if figure is None or "depends-on-rounding" not in judged.verdict.notes:
        return
    for who, key in ((figure, "rounding"), (judged.partner, "rounding-partner")):
        if who is None or who.x is None or not who.x_half:
            continue
        value, half = who.x / judged.step, who.x_half / judged.step
        yield equal("comparison", f"{key}-low", (value, "-", half), value - half, judged.unit.symbol)
        yield equal("comparison", f"{key}-high", (value, "+", half), value + half, judged.unit.symbol)


def list_ways(judged: Judged) -> Iterator[Step]:
    """The smallest figure (for ceilings the largest) that would pass, and the one that would be at risk."""
    if any(note.startswith("breached-in") for note in judged.verdict.notes):
        yield step("change", "way-none")
        return
    if "nothing-eligible" in judged.verdict.notes:
        return
    edges = [("way-pass", judged.limit.passing)]
    if judged.limit.risk != judged.limit.passing:
        edges.append(("way-risk", judged.limit.risk))
    for key, edge in edges:
        found = _bound(judged, edge)
        if found is not None:
            yield found if found.key != "bound" else Step("change", key, found.params)


def _bound(judged: Judged, edge: Edge) -> Step | None:
    """Where an edge lies for this figure, in the unit of measure in which it was submitted."""
    if edge.p and judged.y is None:
        return None
    rule = judged.rule
    bound = (edge.c - edge.p * (judged.y or _ZERO)) / Fraction(edge.q)
    upward = edge.q > 0
    sign = (">" if upward else "<") if edge.strict else ("≥" if upward else "≤")
    if rule.judging_kind is Kind.MILESTONE:
        count = max(0, ceil(bound))
        stage = rule.stages[count - 1].name if 0 < count <= len(rule.stages) else ""
        return step("change", "bound", sign="≥", bound=Fraction(count), unit=stage, first=Fraction(count))
    unit, decimals = _writing(judged)
    number = bound / unit.factor + unit.offset
    first = _first(number, decimals, upward, edge.strict)
    return step("change", "bound", sign=sign, bound=number, unit=unit.symbol, first=first)


def _writing(judged: Judged) -> tuple[Unit, int]:
    """The unit of measure and the decimals in which the figure was written; without one those of the target."""
    figure, indicator, written = judged.figure, judged.item.obligation.indicator, judged.written
    if written is not None:
        return written.unit, written.decimals
    unit = judged.unit
    if figure is None:
        threshold = judged.item.obligation.threshold
        return unit, threshold.decimals if threshold else 0
    if figure.form is Form.COUNTED:
        unit = indicator.unit
    elif figure.form is Form.PARTS and indicator.parts:
        unit = indicator.parts.unit
    last_digit = 2 * figure.halves[0] / unit.factor
    decimals = next((count for count in range(7) if last_digit * 10**count >= 1), 0) if last_digit else 0
    return unit, decimals


def _first(bound: Fraction, decimals: int, upward: bool, strict: bool) -> Fraction:
    """The first number with so many decimals on the good side of a bound."""
    # Seen from the good side a ceiling is a floor.
    turned = bound if upward else -bound
    scaled = turned * 10**decimals
    whole = (floor(scaled) + 1 if strict else ceil(scaled)) * (1 if upward else -1)
    return Fraction(whole, 10**decimals)


def list_breach(judged: Judged, figures: Mapping[FigureKey, Figure]) -> Iterator[Step]:
    """The earlier period of the year in which a line was crossed that has to hold always."""
    indicator = judged.item.obligation.indicator.id
    for period, limits in sorted(judged.item.history):
        figure = find_figure(judged.item, figures, indicator, period, judged.member)
        if figure is None or figure.fault or figure.x is None:
            continue
        limit = next((limit for limit in limits if limit.form == figure.form), None)
        if limit is None:
            continue
        value, line = figure.x / judged.step, limit.due_c / judged.step
        terms = (value, "-", line) if judged.rule.direction.sign > 0 else (line, "-", value)
        gap = (value - line) * judged.rule.direction.sign
        held = Comparison(gap, ">" if limit.risk.strict else "≥", value_of(limit.risk, limit))
        if not held.holds:
            said = (("period", figure.period.label), ("submitted", figure.submitted))
            yield Step("comparison", "breach", said, Equation(terms, gap, limit.gap_unit), source=figure.source)
            yield Step("comparison", "breach-line", comparison=held)
            return


def list_conversion(judged: Judged, base_unit: str) -> Iterator[Step]:
    """From the unit of measure as written to base units, and from these to the target's."""
    written, unit = judged.written, judged.unit
    if written is None or judged.rule.judging_kind is Kind.MILESTONE:
        return
    if (written.unit.factor, written.unit.offset) == (unit.factor, unit.offset):
        return
    value, factor = Fraction(written.value), Fraction(written.unit.factor)
    terms: _Terms = (value, "×", factor)
    if written.unit.offset:
        terms = ("(", value, "-", Fraction(written.unit.offset), ")", "×", factor)
    yield equal("figure", "to-base", terms, written.base, base_unit, written=written.unit.symbol)
    if unit.factor != 1:
        by = Fraction(unit.factor)
        yield equal("figure", "from-base", (written.base, "÷", by), written.base / by, unit.symbol)


def is_decided(verdict: Verdict) -> bool:
    """Whether there is a gap that can be worked out."""
    return verdict.gap is not None and (
        verdict.outcome is not Outcome.UNDECIDED or verdict.reason is Reason.NO_BASELINE
    )
