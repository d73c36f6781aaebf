"""A rule, its threshold and a period → exact limits.

Every gap is a quotient of linear forms N(x, y) ÷ D(y) with D > 0, so `gap ≥ e` is N − e·D ≥ 0: one half-plane
with integer coefficients, whatever the kind. Pace, bands, tolerance and units are gone before any figure is
touched; x and y are what a figure brings (value and baseline, numerator and denominator, done and eligible).

Source: docs/kinds.md, and the tables of kinds and verdicts it explains.
"""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from math import gcd, lcm

from engine.model.limit import Edge, Gap, Limit
from engine.model.noun import dataclass
from engine.model.period import Period
from engine.model.rule import Indicator, Ladder, Policy, Rule, share_due
from engine.model.target import Kind
from engine.model.verdict import Outcome, Reason

#: One point is a hundredth of the whole.
POINTS = "percentage point"

#: Base units of one percent, and of the whole: the share dimension counts in per mille.
_PERCENT = 10
_WHOLE = 1000

#: The forms a level's limit can have, by what is known of its baseline.
WITH_BASELINE, BASELINE_MET, NO_BASELINE = "baseline", "baseline-met", "no-baseline"

#: A relative target's figure stands beside its partner's.
WITH_PARTNER = "partner"


@dataclass(frozen=True, slots=True)
class _Form:
    """N = nq·x + np·y + nc and D = dp·y + dc in whole numbers, and in which unit N ÷ D comes out."""

    nq: int
    np: int
    nc: int
    dp: int
    dc: int
    unit: str

    def edge(self, at: Fraction, strict: bool = False) -> Edge:
        """The half-plane `gap ≥ at`, which is N − at·D ≥ 0."""
        above, below = at.as_integer_ratio()
        q, p, c = below * self.nq, below * self.np - above * self.dp, above * self.dc - below * self.nc
        divisor = gcd(q, p, c) or 1
        return Edge(q // divisor, p // divisor, c // divisor, strict)

    def gap(self) -> Gap:
        return Gap(self.nq, self.np, self.nc, self.dp, self.dc)


def _integers(numbers: tuple[Fraction | int, ...]) -> list[int]:
    """The smallest integers in the same proportion: scaling by a positive number changes no comparison."""
    ratios = [number.as_integer_ratio() for number in numbers]
    scale = lcm(*(below for _, below in ratios))
    whole = [above for above, _ in ratios] if scale == 1 else [above * (scale // below) for above, below in ratios]
    divisor = gcd(*whole) or 1
    return [number // divisor for number in whole]


def compile_limits(
    rule: Rule,
    indicator: Indicator,
    threshold: Fraction | None,
    period: Period,
    policy: Policy,
    limit_id: str,
) -> tuple[Limit, ...]:
    """The limits of every form in which a figure of this rule can come.

    Units: `threshold` in base units of its dimension; None for milestones and relative targets.
    Shape: one limit per form; together they decide every figure of the rule in the period.
    """
    compiler = _Compiler(rule, indicator, threshold, period, policy, limit_id)
    return tuple(compiler.limits())


class _Compiler:
    def __init__(
        self,
        rule: Rule,
        indicator: Indicator,
        threshold: Fraction | None,
        period: Period,
        policy: Policy,
        limit_id: str,
    ) -> None:
        self.rule = rule
        self.indicator = indicator
        self.target = threshold if threshold is not None else Fraction(0)
        self.period = period
        self.policy = policy
        self.limit_id = limit_id
        self.sign = rule.direction.sign
        self.share = share_due(rule, period)
        self.final = period.is_year_end
        # One of the target's unit of measure in base units, so that gaps come out in it.
        self.step = _whole(rule.threshold.unit.factor if rule.threshold else indicator.unit.factor)
        self.own_unit = POINTS if self._in_percent else (rule.threshold or indicator).unit.symbol

    @property
    def _in_percent(self) -> bool:
        """Whether gaps are percentage points; a share in ‰ or 成 keeps its own unit."""
        return self.indicator.unit.dimension == "share" and self.step == _PERCENT

    def limits(self) -> Iterator[Limit]:
        kind = self.rule.judging_kind
        if kind is Kind.TOTAL:
            yield self._total()
        elif kind is Kind.LEVEL:
            yield from self._level()
        elif kind is Kind.RATE:
            yield from self._rate()
        elif kind is Kind.ALWAYS:
            yield self._always()
        elif kind is Kind.MILESTONE:
            yield self._milestone()
        elif kind is Kind.COVERAGE:
            yield self._coverage()
        elif kind is Kind.RELATIVE:
            yield self._relative()

    # --- the kinds -----------------------------------------------------------------------------------------

    def _total(self) -> Limit:
        sign, target = self.sign, self.target
        due = self.share * target
        form = _form(100 * sign, 0, -100 * sign * due, 0, target, POINTS)
        whole = _form(100 * sign, 0, -100 * sign * target, 0, target, POINTS)
        ladder = self._ladder(self.policy.paced)
        if sign < 0 and not self.final:
            # Above the full target a ceiling is broken whatever the pace says.
            line = 100 * (self.share - 1)
            ladder = Ladder(max(ladder.passing, line), max(ladder.risky, line - self.rule.tolerance))
        # What a ceiling leaves room for can still be used up, so it is completed at the year's end only.
        kept = self._kept(whole) if sign > 0 or self.final else None
        return self._limit("value", form, ladder, margin=self.policy.ahead_margin, full=kept, due_c=due)

    def _level(self) -> Iterator[Limit]:
        sign, target, share = self.sign, self.target, self.share
        paced = _form(100 * sign, 100 * sign * (share - 1), -100 * sign * share * target, -sign, sign * target, POINTS)
        whole = _form(100 * sign, 0, -100 * sign * target, -sign, sign * target, POINTS)
        met_q, met_p, met_c = _integers((Fraction(sign), Fraction(0), sign * target))
        meets = Edge(met_q, met_p, met_c)
        yield self._limit(
            WITH_BASELINE,
            paced,
            self._ladder(self.policy.paced),
            margin=self.policy.ahead_margin,
            full=self._kept(whole),
            meets=meets,
            due_p=1 - share,
            due_c=share * target,
        )
        # Without a way to go there are no points. Bands, which are counted in points of pace, say nothing about a
        # gap in enterprises or hectares; a tolerance in points is taken of the target itself.
        own = _form(Fraction(sign), 0, -sign * target, 0, self.step, self.own_unit)
        none = Ladder(Fraction(0), Fraction(0))
        tolerance = self.rule.tolerance * abs(target) / (100 * self.step)
        kept = self._kept(own, tolerance)
        met = self._limit(
            BASELINE_MET, own, none, tolerance=tolerance, paced=True, full=kept, meets=meets, due_c=target
        )
        yield met
        if self.final:
            yield replace(met, form=NO_BASELINE)
        else:
            unknown = replace(met, below=Outcome.UNDECIDED, below_reason=Reason.NO_BASELINE)
            yield replace(unknown, form=NO_BASELINE, passing=kept, risk=kept)

    def _rate(self) -> Iterator[Limit]:
        sign, target = self.sign, self.target
        value = _form(Fraction(sign), 0, -sign * target, 0, self.step, self.own_unit)
        ladder = self._ladder(self.policy.percent if self._in_percent else None)
        yield self._limit("value", value, ladder, rounding=True, due_c=target)
        parts = self.indicator.parts
        if parts and parts.form != "sum" and self.indicator.unit.dimension == "share":
            wanted = target / _WHOLE + (1 if parts.form == "growth" else 0)
            scale = sign * _WHOLE / self.step
            quotient = _form(scale, -scale * wanted, 0, 1, 0, self.own_unit)
            yield self._limit("parts", quotient, ladder, due_c=target)

    def _always(self) -> Limit:
        sign = self.sign
        form = _form(Fraction(sign), 0, -sign * self.target, 0, self.step, self.own_unit)
        ladder = self._ladder(None)
        # A warning band lies above the line; whatever is below the line has crossed it.
        ladder = Ladder(max(ladder.passing, Fraction(0)), max(ladder.risky, Fraction(0)))
        return self._limit("value", form, ladder, always=True, due_c=self.target)

    def _milestone(self) -> Limit:
        planned = len([stage for stage in self.rule.stages if stage.due <= self.period.end])
        if self.final:
            planned = len(self.rule.stages)
        form = _form(1, 0, -planned, 0, 1, "stage")
        last = _form(1, 0, -len(self.rule.stages), 0, 1, "stage").edge(Fraction(0))
        ladder = self._ladder(Ladder(Fraction(0), Fraction(-1)))
        return self._limit("stage", form, ladder, margin=Fraction(0), full=last, due_c=Fraction(planned))

    def _coverage(self) -> Limit:
        sign, wanted = self.sign, self.target / _WHOLE
        fixed = self.rule.eligible == "fixed-list"
        due = wanted * self.share if fixed else wanted
        form = _form(100 * sign, -100 * sign * due, 0, 1, 0, POINTS)
        whole = _form(100 * sign, -100 * sign * wanted, 0, 1, 0, POINTS)
        ladder = self._ladder(self.policy.paced)
        return self._limit(
            "counted",
            form,
            ladder,
            margin=self.policy.ahead_margin if fixed else None,
            full=self._kept(whole) if fixed else None,
            due_c=due * _WHOLE,
        )

    def _relative(self) -> Limit:
        form = _form(1, -1, 0, 0, self.step, self.own_unit)
        ladder = self._ladder(self.policy.percent if self._in_percent else None)
        return self._limit(WITH_PARTNER, form, ladder, rounding=True, due_p=Fraction(1))

    # --- what they share -----------------------------------------------------------------------------------

    @property
    def _strict(self) -> bool:
        # 左右 beside a strict word leaves no line to be strict about: the tolerance takes its place.
        return self.rule.direction.strict and not self.rule.soft

    def _kept(self, whole: _Form, tolerance: Fraction | None = None) -> Edge:
        """The edge beyond which the full promise stands; 左右 moves it by its tolerance."""
        return whole.edge(-(self.rule.tolerance if tolerance is None else tolerance), self._strict)

    def _ladder(self, default: Ladder | None) -> Ladder:
        """The band in force: the rule's own, else the book's for its kind, else none.

        Units: the gap's. At the year's end the promise is kept or not, whatever the band.
        """
        if self.final:
            return Ladder(Fraction(0), Fraction(0))
        return self.rule.ladder or default or Ladder(Fraction(0), Fraction(0))

    def _limit(
        self,
        name: str,
        form: _Form,
        ladder: Ladder,
        *,
        paced: bool = False,
        always: bool = False,
        rounding: bool = False,
        margin: Fraction | None = None,
        tolerance: Fraction | None = None,
        full: Edge | None = None,
        meets: Edge | None = None,
        due_p: Fraction | int = 0,
        due_c: Fraction | int = 0,
    ) -> Limit:
        """One form's limit; `paced` alone has progress without a margin (a level that has no way to go)."""
        if tolerance is None:
            tolerance = self.rule.tolerance
        line_counts = self._strict and (self.final or always)
        line = ladder.passing - tolerance if tolerance else ladder.passing
        passing = form.edge(line, line_counts and ladder.passing == 0)
        risk = passing
        # The line of `always` moves by its tolerance; a band is measured from 0, and beyond the tolerance only.
        risky = ladder.risky - tolerance if always else ladder.risky
        if risky < line:
            risk = form.edge(risky, line_counts and ladder.risky == 0)
        return Limit(
            limit_id=self.limit_id,
            form=name,
            passing=passing,
            risk=risk,
            even=form.edge(Fraction(0)) if paced or margin is not None else None,
            ahead=form.edge(margin, strict=True) if margin is not None else None,
            full=full,
            below=Outcome.FAIL,
            below_reason=None,
            gap=form.gap(),
            gap_unit=form.unit,
            rounding=rounding,
            meets=meets,
            due_p=_fraction(due_p),
            due_c=_fraction(due_c),
        )


def _form(
    nq: Fraction | int,
    np: Fraction | int,
    nc: Fraction | int,
    dp: Fraction | int,
    dc: Fraction | int,
    unit: str,
) -> _Form:
    """A form from numbers of any kind: scaling N and D alike changes no quotient, so all become whole."""
    whole = _integers((nq, np, nc, dp, dc))
    return _Form(whole[0], whole[1], whole[2], whole[3], whole[4], unit)


@lru_cache(maxsize=256)
def _whole(number: int) -> Fraction:
    return Fraction(number)


def _fraction(number: Fraction | int) -> Fraction:
    return _whole(number) if isinstance(number, int) else number
