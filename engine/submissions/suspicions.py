"""Figures worth a question: nothing is wrong with them that could be proved, and no verdict changes by them.

From where on a figure is suspicious stands in the book's policy; what the policy leaves out is not looked for.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction

from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.figure import Figure, FigureKey, Form
from engine.model.noun import dataclass
from engine.model.rule import Rule, share_due
from engine.model.source import Source
from engine.model.suspicion import Beyond, Leap, OnTarget, Scale, Suspicions
from engine.model.target import Kind
from engine.model.verdict import Obligation, Verdict
from engine.quantities import format_decimal
from engine.submissions.heaps import find_heaps
from engine.submissions.likeness import find_identical_figures

#: Kinds whose figure is one number that can be compared with what is due and with the one before.
_COMPARED = (Kind.TOTAL, Kind.LEVEL, Kind.RATE, Kind.ALWAYS)

#: How far apart the two ways of writing are: 7 % and 0.07, 億元 and 萬元.
_PERCENT, _AMOUNT = 100, 10_000

#: A digit too many or too few.
_DIGIT = 10

#: Base units of the whole: shares count in per mille.
_WHOLE = 1000


def raise_suspicions(
    book: Book,
    verdicts: Sequence[Verdict],
    figures: Mapping[FigureKey, Figure],
    current: Collection[int],
    found: list[Diagnostic],
) -> None:
    """What the policy wants to be asked about, in the `current` periods; figures established on site are beyond doubt.

    Errors: none; notes scale-unlike-before, scale-unlike-due, parts-unlike-due, digit-slipped, far-beyond-target,
    leaps-ahead, exactly-on-target, identical-figures, heaped-over-line.
    """
    suspicions = book.policy.suspicions
    if suspicions is None:
        return
    judged = _judged(verdicts)
    for each in judged:
        noted = next(_noted(each, figures, suspicions), None)
        if noted is not None:
            found.append(noted)
    if suspicions.amount_scale is not None:
        found.extend(_unlike_parts(verdicts, suspicions.amount_scale))
    if suspicions.identical_figures is not None:
        obligations = [verdict.obligation for verdict in verdicts]
        found.extend(find_identical_figures(book, obligations, figures, current, suspicions.identical_figures))
    if suspicions.heaped is not None:
        found.extend(find_heaps(verdicts, suspicions.heaped))


@dataclass(frozen=True, slots=True)
class _Judged:
    """A figure of one number, and what it was held to."""

    verdict: Verdict
    figure: Figure
    value: Fraction

    @property
    def obligation(self) -> Obligation:
        return self.verdict.obligation

    @property
    def rule(self) -> Rule:
        return self.verdict.obligation.rule

    def note(self, code: str, params: Mapping[str, str], related: Sequence[Source] = ()) -> Diagnostic:
        member = f"（{self.figure.member}）" if self.figure.member else ""
        words = {
            "organization": self.figure.organization,
            "indicator": self.obligation.indicator.name + member,
            "now": self.figure.submitted,
        }
        return Diagnostic(code, self.figure.source, {**words, **params}, tuple(related))


def _judged(verdicts: Sequence[Verdict]) -> list[_Judged]:
    """Every figure once, under the first rule that judges it."""
    judged: dict[FigureKey, _Judged] = {}
    for whole in verdicts:
        for verdict in whole.members or (whole,):
            figure = verdict.figure
            if figure is None or figure.form is not Form.VALUE or figure.fault or figure.x is None:
                continue
            if verdict.obligation.rule.judging_kind in _COMPARED and "inspected" not in figure.notes:
                judged.setdefault(figure.key, _Judged(verdict, figure, figure.x))
    return list(judged.values())


def _noted(each: _Judged, figures: Mapping[FigureKey, Figure], suspicions: Suspicions) -> Iterator[Diagnostic]:
    """What is to be asked about one figure, the question that explains most first."""
    before = _before(figures, each.figure)
    share = each.obligation.indicator.unit.dimension == "share"
    scale = suspicions.percent_scale if share else suspicions.amount_scale
    if scale is not None:
        yield from _scaled(each, before, _PERCENT if share else _AMOUNT, scale)
    if suspicions.digit_slip is not None:
        yield from _slipped(each, before, suspicions.digit_slip)
    if suspicions.beyond_target is not None:
        yield from _beyond(each, suspicions.beyond_target)
    if suspicions.leap is not None:
        yield from _leaping(each, before, suspicions.leap)
    if suspicions.on_target is not None:
        yield from _on_target(each, before, suspicions.on_target)


def _before(figures: Mapping[FigureKey, Figure], figure: Figure) -> list[Figure]:
    """The usable figures of the year's earlier periods, the latest first."""
    year = figure.period.year * 100
    keys = ((figure.organization, figure.indicator, year + month, figure.member) for month in range(12, 0, -1))
    known = (figures[key] for key in keys if key in figures and key[2] < figure.period.key)
    return [each for each in known if each.fault is None and each.form is Form.VALUE and each.x is not None]


def _scaled(each: _Judged, before: Sequence[Figure], factor: int, scale: Scale) -> Iterator[Diagnostic]:
    """A figure that is a power of ten away from the one before, or else from what is due."""
    expected = _expected(each, before)
    if expected is not None and _far_apart(each.value, expected, factor, scale.within):
        then = before[0]
        words = {"before": then.submitted, "period": then.period.label, "factor": str(factor)}
        yield each.note("scale-unlike-before", words, [then.source])
    due, actual = each.verdict.due, each.verdict.actual
    if due is not None and actual is not None and _far_apart(actual, due, factor, scale.within):
        yield each.note("scale-unlike-due", {"due": _said_due(each.verdict), "factor": str(factor)})


def _expected(each: _Judged, before: Sequence[Figure]) -> Fraction | None:
    """What the latest figure before leads to expect: a total grows as what is due of it does."""
    if not before or before[0].x is None:
        return None
    if each.rule.judging_kind is not Kind.TOTAL:
        return before[0].x
    shares = (share_due(each.rule, each.figure.period), share_due(each.rule, before[0].period))
    if not all(shares):
        shares = (each.figure.period.share, before[0].period.share)
    return before[0].x * shares[0] / shares[1]


def _said_due(verdict: Verdict) -> str:
    return f"{format_decimal(verdict.due or Fraction(0))} {verdict.unit or ''}".strip()


def _slipped(each: _Judged, before: Sequence[Figure], scale: Scale) -> Iterator[Diagnostic]:
    """A figure that is ten times, or a tenth of, what its course led to expect, and what is due as well."""
    expected, due, actual = _expected(each, before), each.verdict.due, each.verdict.actual
    if expected is None or due is None or actual is None:
        return
    same_way = (each.value > expected) == (actual > due)
    if same_way and all(_far_apart(*two, _DIGIT, scale.within) for two in ((each.value, expected), (actual, due))):
        then = before[0]
        words = {"before": then.submitted, "period": then.period.label, "due": _said_due(each.verdict)}
        yield each.note("digit-slipped", words, [then.source])


def _unlike_parts(verdicts: Sequence[Verdict], scale: Scale) -> Iterator[Diagnostic]:
    """Rates whose two parts are in different units of measure: their quotient is a power of ten from what is due."""
    asked: set[FigureKey] = set()
    for verdict in verdicts:
        figure, due, parts = verdict.figure, verdict.due, verdict.obligation.indicator.parts
        if figure is None or figure.form is not Form.PARTS or figure.fault or parts is None or due is None:
            continue
        if figure.x is None or not figure.y or figure.key in asked or "inspected" in figure.notes:
            continue
        unit = verdict.obligation.indicator.unit
        wanted = due * unit.factor / _WHOLE + (1 if parts.form == "growth" else 0)
        if _far_apart(figure.x / figure.y, wanted, _AMOUNT, scale.within):
            asked.add(figure.key)
            words = {
                "organization": figure.organization,
                "indicator": verdict.obligation.indicator.name,
                "now": figure.submitted,
                "due": _said_due(verdict),
                "factor": str(_AMOUNT),
            }
            yield Diagnostic("parts-unlike-due", figure.source, words)


def _far_apart(now: Fraction, expected: Fraction, factor: int, within: Fraction) -> bool:
    """Whether one is `factor` times the other, give or take a factor of `within`."""
    if now * expected <= 0:
        return False
    quotient = max(now / expected, expected / now)
    return factor / within <= quotient <= factor * within


def _beyond(each: _Judged, beyond: Beyond) -> Iterator[Diagnostic]:
    """A floor of the whole year that already stands far below the figure."""
    target = each.obligation.threshold
    if each.rule.judging_kind is not Kind.TOTAL or each.rule.direction.sign < 0 or target is None:
        return
    if each.figure.period.share <= beyond.share and each.value >= beyond.times * target.base > 0:
        percent = format_decimal(100 * each.value / target.base, 1)
        words = {"target": f"{format_decimal(Fraction(target.value))} {target.unit.symbol}", "percent": percent}
        yield each.note("far-beyond-target", words | {"period": each.figure.period.label})


def _leaping(each: _Judged, before: Sequence[Figure], leap: Leap) -> Iterator[Diagnostic]:
    """A floor of the whole year that a total leaves far behind, and its own course with it."""
    target, expected = each.obligation.threshold, _expected(each, before)
    if each.rule.judging_kind is not Kind.TOTAL or each.rule.direction.sign < 0 or target is None:
        return
    if expected and each.value >= leap.times * expected > 0 and each.value >= leap.target * target.base > 0:
        then = before[0]
        words = {
            "before": then.submitted,
            "period": then.period.label,
            "target": f"{format_decimal(Fraction(target.value))} {target.unit.symbol}",
            "percent": format_decimal(100 * each.value / target.base, 1),
        }
        yield each.note("leaps-ahead", words, [then.source])


def _on_target(each: _Judged, before: Sequence[Figure], wanted: OnTarget) -> Iterator[Diagnostic]:
    """A figure that was exactly what was due again and again."""
    target = each.obligation.threshold
    if target is None or (wanted.step is not None and 2 * each.figure.halves[0] > wanted.step * abs(target.base)):
        return
    exact = [figure.x == _due(each.obligation, figure) for figure in (each.figure, *before)]
    count = exact.index(False) if False in exact else len(exact)
    if count >= wanted.periods:
        earlier = before[: count - 1]
        words = {"count": str(count), "since": earlier[-1].period.label}
        yield each.note("exactly-on-target", words, [figure.source for figure in earlier])


def _due(obligation: Obligation, figure: Figure) -> Fraction | None:
    """What was due of a figure's period; None where being exactly there says nothing.

    Units: base units. Zero, the whole of a share, and a level that is due where it stood to begin with are nothing
    to wonder about.
    """
    target, kind = obligation.threshold, obligation.rule.judging_kind
    if target is None or not target.base or kind is Kind.ALWAYS:
        return None
    share = share_due(obligation.rule, figure.period)
    if kind is Kind.TOTAL:
        return target.base * share or None
    if kind is Kind.LEVEL:
        return None if figure.y in (None, target.base) else figure.y + (target.base - figure.y) * share
    whole = target.unit.dimension == "share" and target.base == _WHOLE
    return None if whole else target.base
