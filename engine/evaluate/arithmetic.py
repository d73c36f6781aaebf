"""The arithmetic of one verdict, as it would be done by hand: what is due, the gap, and the lines it is held to.

Nothing is judged here: the lines are read off the limits that the engine compared with, and the gap that is worked
out from the numbers as written has to be the engine's.
"""

from collections.abc import Callable, Generator, Iterator, Mapping
from fractions import Fraction

from engine.evaluate.judged import Judged, find_figure, value_of
from engine.model.derivation import Comparison, Equation, Step, Terms, equal, step
from engine.model.figure import Figure, FigureKey, Form
from engine.model.target import Kind


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
        yield step("due", "due-relative-strict" if rule.direction.strict else "due-relative", partner=name)
        return
    yield from _promised(judged)
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
        terms: Terms = (base, "+", "(", target, "-", base, ")", "×", share)
        yield equal("due", "due-level", terms, base + (target - base) * share, unit)
    else:
        yield equal("due", "due-paced", (target, "×", share), target * share, unit)


def _promised(judged: Judged) -> Iterator[Step]:
    """The promised number in the unit of measure that is compared: a quota or a document may have another."""
    threshold, unit = judged.item.obligation.threshold, judged.unit
    if threshold is not None and threshold.unit.factor != unit.factor:
        terms: Terms = (Fraction(threshold.value), "×", Fraction(threshold.unit.factor), "÷", Fraction(unit.factor))
        yield equal("due", "promise-converted", terms, judged.target, unit.symbol)


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
        way: Terms = ("(", actual, "-", base, ")", "÷", "(", target, "-", base, ")", "×", Fraction(100))
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
        terms: Terms = ("(", x, "÷", y, "-", Fraction(1), ")", "×", whole)
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
        terms: Terms = (Fraction(100), "×", judged.share, "-", Fraction(100))
        yield equal("comparison", "band-ceiling", terms, 100 * (judged.share - 1))
    tolerance = rule.tolerance
    if not tolerance:
        return
    if limit.form in ("baseline-met", "no-baseline"):
        taken = tolerance * abs(judged.target) / 100
        of_target: Terms = (tolerance, "×", abs(judged.target), "÷", Fraction(100))
        yield equal("comparison", "tolerance-of-target", of_target, taken, judged.unit.symbol)
        tolerance = taken
    yield equal("comparison", "tolerance", (line + tolerance, "-", tolerance), line)


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


def list_conversion(judged: Judged, base_unit: Callable[[str], str]) -> Iterator[Step]:
    """From the unit of measure as written to base units, and from these to the target's.

    `base_unit` says what that of a dimension is called.
    """
    written, unit = judged.written, judged.unit
    if written is None or judged.rule.judging_kind is Kind.MILESTONE:
        return
    if (written.unit.factor, written.unit.offset) == (unit.factor, unit.offset):
        return
    value, factor = Fraction(written.value), Fraction(written.unit.factor)
    terms: Terms = (value, "×", factor)
    if written.unit.offset:
        terms = ("(", value, "-", Fraction(written.unit.offset), ")", "×", factor)
    yield equal("figure", "to-base", terms, written.base, base_unit(unit.dimension), written=written.unit.symbol)
    if unit.factor != 1:
        by = Fraction(unit.factor)
        yield equal("figure", "from-base", (written.base, "÷", by), written.base / by, unit.symbol)
