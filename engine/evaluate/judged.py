"""A verdict beside what decided it: the figure, the limit for its form, and the target's unit of measure."""

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache

from engine.model.figure import Figure, FigureKey, Form
from engine.model.limit import Edge, Limit, LimitedObligation
from engine.model.noun import dataclass
from engine.model.quantity import Fault, Quantity, Unit
from engine.model.rule import Rule, share_due
from engine.model.target import Kind
from engine.model.verdict import Outcome, Reason, Verdict
from engine.quantities import read_quantity

_ZERO = Fraction(0)


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
        threshold = self.rule.threshold
        if threshold is None and self.rule.judging_kind is Kind.COVERAGE:
            # What is dealt with is counted in persons or firms; what is promised of it is a share.
            threshold = self.item.obligation.threshold
        return (threshold or self.item.obligation.indicator).unit

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
        quantity = _read_again(figure.submitted, self.definitions)
        return quantity if isinstance(quantity, Quantity) and quantity.base == figure.x else None


# The steps of a derivation ask for the same number several times.
@lru_cache(maxsize=1024)
def _read_again(submitted: str, definitions: str) -> Quantity | Fault:
    return read_quantity(submitted, None, definitions)


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


def is_decided(verdict: Verdict) -> bool:
    """Whether there is a gap that can be worked out."""
    return verdict.gap is not None and (
        verdict.outcome is not Outcome.UNDECIDED or verdict.reason is Reason.NO_BASELINE
    )
