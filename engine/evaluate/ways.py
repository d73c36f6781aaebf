"""What would have changed a verdict: the nearest figures on the other side of its lines."""

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor

from engine.evaluate.judged import Judged
from engine.model.derivation import Step, step
from engine.model.figure import Form
from engine.model.limit import Edge
from engine.model.quantity import Unit
from engine.model.target import Kind

_ZERO = Fraction(0)


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
