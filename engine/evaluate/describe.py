"""A rule in words: the plan's words, who is judged, and what is due in each period."""

from collections.abc import Iterator, Sequence

from engine.evaluate.explain import promise_steps, written_amount
from engine.evaluate.judged import value_of
from engine.model.book import Book
from engine.model.case import Case
from engine.model.derivation import Derivation, Step, Value, Word, step
from engine.model.entry import Cell
from engine.model.limit import LimitedObligation
from engine.model.rule import Rule, share_due
from engine.model.target import Kind


def describe_rule(book: Book, rule: Rule, quarters: Sequence[Sequence[LimitedObligation]]) -> Derivation:
    """What a rule asks of whom; `quarters` are its obligations in each period, `book` was opened with its cases."""
    steps = list(promise_steps(book, rule))
    if rule.threshold is not None:
        ends = [rule.threshold, *([rule.upper] if rule.upper else [])]
        number = " - ".join(written_amount(end) for end in ends)
        bound = rule.upper if rule.bound == "upper" and rule.upper else rule.threshold
        steps.append(step("rule", f"bound-{rule.direction.value}", number=written_amount(bound)))
        if len(ends) > 1:
            steps.append(step("rule", "range", number=number))
    if rule.soft:
        steps.append(step("rule", "soft", tolerance=rule.tolerance))
    if rule.members:
        steps.append(step("rule", "members", members=rule.members))
    steps.extend(step("rule", "stage", name=stage.name, day=stage.due.isoformat()) for stage in rule.stages)
    steps.extend(_bodies(quarters))
    for owed in quarters:
        steps.extend(_period(owed))
    steps.extend(_cases(case for case in book.cases if case.obligation.rule.id == rule.id))
    return Derivation("rule", (("rule", rule.id),), tuple(steps))


def _bodies(quarters: Sequence[Sequence[LimitedObligation]]) -> Iterator[Step]:
    """Everybody whom it judges, with the number that binds at the year's end."""
    for item in quarters[-1] if quarters else ():
        owed = item.obligation
        number = written_amount(owed.threshold) if owed.threshold else "-"
        yield step("bodies", "body", organization=owed.organization, role=Word(owed.role.value), number=number)


def _period(owed: Sequence[LimitedObligation]) -> Iterator[Step]:
    """What is due in one period, once for each number that binds, and where the bands lie."""
    seen: set[tuple[str, str]] = set()
    for item in owed:
        obligation = item.obligation
        label, rule = obligation.period.label, obligation.rule
        if not item.limits:
            said = step("periods", "period-none", period=label, status=Word(obligation.status))
        elif rule.judging_kind is Kind.RELATIVE:
            said = step("periods", "period-partner", period=label)
        elif rule.judging_kind is Kind.LEVEL:
            said = step("periods", "period-baseline", period=label, share=share_due(rule, obligation.period))
        else:
            stages = rule.judging_kind is Kind.MILESTONE
            unit = (obligation.threshold or rule.threshold or obligation.indicator).unit
            due = item.limits[0].due_c / (1 if stages else unit.factor)
            named = "stage" if stages else unit.symbol
            said = step("periods", "period", period=label, due=due, unit=named)
        key = (said.key, str(said.params))
        if key in seen:
            continue
        seen.add(key)
        yield said
        if item.limits and len(seen) == 1:
            yield _bands(item)


def _bands(item: LimitedObligation) -> Step:
    limit = item.limits[0]
    passing, risk = value_of(limit.passing, limit), value_of(limit.risk, limit)
    label = item.obligation.period.label
    sign = ">" if limit.passing.strict else "≥"
    if limit.risk == limit.passing:
        return step("periods", "bands-none", period=label, passing=passing, unit=limit.gap_unit, sign=sign)
    return step("periods", "bands", period=label, passing=passing, risky=risk, unit=limit.gap_unit, sign=sign)


def _cases(cases: Iterator[Case]) -> Iterator[Step]:
    """The worked cases: what a body reports in the last of its periods, and what comes out."""
    for case in cases:
        entries = case.entries
        last = entries[-1] if entries else None
        cells = [last.value, last.stage, *last.parts.values()] if last else []
        said: dict[str, Value] = {
            "period": case.obligation.period.label,
            "submitted": " / ".join(_written(cell) for cell in cells if cell) or "-",
            "outcome": Word(case.expected.outcome.value),
        }
        if last and last.baseline:
            said["baseline"] = _written(last.baseline)
        yield step("cases", "case-baseline" if "baseline" in said else "case", case.source, **said)


def _written(cell: Cell) -> str:
    return cell.text + (f" {cell.unit}" if cell.unit else "")
