"""What would have changed a verdict: the nearest figures on the other side of its lines."""

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor

from engine.evaluate.judged import Judged
from engine.model.derivation import Step, step
from engine.model.figure import Figure, Form
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
    passing: Fraction | None = None
    for key, edge in edges:
        found = _bound(judged, edge)
        if found is None:
            continue
        first = dict(found.params).get("first")
        if not isinstance(first, Fraction):
            yield Step("change", f"{key}-stage", found.params)
            continue
        # Where nothing that can be written lies between the two lines, nothing written is at risk.
        if first != passing:
            form = judged.figure.form if judged.figure else Form.VALUE
            yield Step("change", f"{key}-parts" if form in (Form.PARTS, Form.COUNTED) else key, found.params)
        passing = first


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
        return step("change", "bound", stage=stage) if stage else None
    unit, decimals = _writing(judged)
    number = bound / unit.factor + unit.offset
    first = _first(number, decimals, upward, edge.strict)
    figure = judged.figure
    if figure is not None and figure.form in (Form.PARTS, Form.COUNTED) and not _can_be(figure, first * unit.factor):
        return None
    return step("change", "bound", sign=sign, bound=number, unit=unit.symbol, first=first)


def _can_be(figure: Figure, first: Fraction) -> bool:
    """Whether another first part could be used: none of nothing, none below zero, no more done than eligible."""
    if figure.y is None or figure.y <= 0 or first < 0:
        return False
    return figure.form is Form.PARTS or first <= figure.y


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
