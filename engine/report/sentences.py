"""A verdict in the office's words, as published circulars put it."""

from fractions import Fraction

from engine.catalogues import Sayings
from engine.model.figure import Figure, Form
from engine.model.rule import Waiver
from engine.model.target import Kind
from engine.model.verdict import Outcome, Reason, Verdict
from engine.quantities import format_decimal
from engine.report.words import Words

_POINTS = "percentage point"

#: Words before a growth rate; below zero the office writes 下降 instead, in either script.
_RISES = ("增長", "增长", "上漲", "上涨")

#: What the parts of a coverage are called in a sentence.
_COUNTED: Sayings[str] = {"part-done": "done", "part-eligible": "eligible"}


def standing(verdict: Verdict, words: Words, pace_word: str) -> str:
    """Where the body stands, in one sentence: value, completion, and how far from what was due.

    Units: points rounded to one decimal (a rate's gap with the decimals that were written), half away from zero.
    Source: the wording of published circulars (連雲港 2019: 增長6.1%，低於目標0.9個百分點).
    """
    said = sentence(verdict, words, pace_word)
    notes = [words.note(note) for note in verdict.notes if note != "waived"]
    if verdict.progress == "behind":
        notes.insert(0, _remains(verdict, words))
    if verdict.short_members:
        notes.insert(0, words.said("short: ") + "、".join(verdict.short_members))
    if verdict.missing_members:
        notes.insert(0, words.said("missing: ") + "、".join(verdict.missing_members))
    rule = verdict.obligation.rule
    if rule.soft and verdict.outcome is Outcome.PASS and verdict.gap is not None and verdict.gap < 0:
        # 左右: met all the same, and the reader should see why.
        said_so = format_decimal(rule.tolerance)
        if verdict.gap_unit == _POINTS:
            said_so = words.said("{amount} points", amount=said_so)
        else:
            said_so += f" {verdict.gap_unit}"
        notes.append(words.said("within the tolerance of {amount}", amount=said_so))
    if verdict.submitted and not {"revised", "inspected"}.isdisjoint(verdict.notes):
        # Another number than the submitted one is judged: both are shown.
        notes.append(words.said("submitted: ") + verdict.submitted)
    if verdict.under_original is not None:
        notes.append(_under_original(verdict.under_original, words))
    if verdict.obligation.waiver is not None and verdict.waived:
        notes.insert(0, _waived(verdict.obligation.waiver, words))
    notes = [note for note in notes if note]
    if not notes:
        return said
    return f"{said}（{'；'.join(notes)}）" if words.chinese else f"{said} ({'; '.join(notes)})"


def sentence(verdict: Verdict, words: Words, pace_word: str) -> str:
    """The bare sentence, without notes; of a list it is the worst member's, who is named."""
    said = _standing(verdict, words, pace_word)
    if verdict.worst_member is None or verdict.outcome is Outcome.UNDECIDED:
        return said
    return verdict.worst_member + words.said(": ") + said


def _standing(verdict: Verdict, words: Words, pace_word: str) -> str:
    if verdict.outcome is Outcome.UNDECIDED:
        return _undecided(verdict, words)
    if verdict.gap is None:
        breached = any(note.startswith("breached-in") for note in verdict.notes)
        return words.said("the line was crossed") if breached else (verdict.submitted or "-")
    kind = verdict.obligation.rule.judging_kind
    value, gap = _value(verdict, words), _gap(verdict, words, pace_word)
    if kind is Kind.TOTAL or _on_the_way(verdict):
        return _joined(words, value, _completion(verdict, words), gap)
    if kind is Kind.COVERAGE and verdict.figure is not None:
        return _joined(words, _counted(verdict.figure, verdict, words), gap)
    return _joined(words, value, gap)


def _joined(words: Words, *parts: str) -> str:
    return ("，" if words.chinese else ", ").join(part for part in parts if part)


def _undecided(verdict: Verdict, words: Words) -> str:
    reason = words[(verdict.reason or Reason.MISSING).value]
    if verdict.missing_members and verdict.submitted:
        reason = words.said("some members did not come in")
    if not verdict.submitted:
        return reason
    submitted = written_figure(verdict, words)
    return f"{reason}（{submitted}）" if words.chinese else f"{reason} ({submitted})"


def written_figure(verdict: Verdict, words: Words) -> str:
    """What was submitted, as it was written; the names of parts in the reader's language. Empty where nothing was."""
    submitted = verdict.submitted or ""
    if words.chinese:
        for key, part in _COUNTED.items():
            submitted = submitted.replace(f"{part} ", words.said(part, key))
    return submitted


def _value(verdict: Verdict, words: Words) -> str:
    if verdict.obligation.rule.judging_kind is Kind.MILESTONE:
        done = verdict.submitted or ""
        if verdict.actual == 0:
            return words.said("no stage finished")
        return words.said("finished: {done}", done=done)
    if verdict.actual is None:
        return verdict.submitted or ""
    number = written_number(verdict)
    if not words.chinese:
        return f"{number} {verdict.unit}"
    phrase, unit = verdict.obligation.indicator.phrase, words.in_script(verdict.unit or "")
    if phrase in _RISES and verdict.actual < 0:
        return f"下降{number.removeprefix('-')}{unit}"
    return f"{words.in_script(phrase)}{number}{unit}"


def written_number(verdict: Verdict) -> str:
    """The actual number with the decimals that were written, or two where it is a quotient of parts."""
    figure = verdict.figure
    if verdict.actual is None:
        return ""
    decimals = _written_decimals(verdict, figure) if figure is not None else None
    if decimals is not None:
        return format_decimal(verdict.actual, decimals)
    exact = format_decimal(verdict.actual)
    return exact if "/" not in exact and len(exact) < 12 else _stripped(format_decimal(verdict.actual, 2))


def _written_decimals(verdict: Verdict, figure: Figure) -> int | None:
    """How many decimals the last written digit has in the target's unit of measure; None where it has none."""
    if figure.form is not Form.VALUE or not figure.x_half or not figure.decimals:
        return None
    bound = verdict.obligation.threshold or verdict.obligation.rule.threshold or verdict.obligation.indicator
    last_digit = 2 * figure.x_half / bound.unit.factor
    decimals = next((count for count in range(7) if last_digit * 10**count >= 1), None)
    return decimals if decimals is not None and last_digit * 10**decimals == 1 else None


def _stripped(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number


def _completion(verdict: Verdict, words: Words) -> str:
    """How much of the year's target is done; of a level, of the way from its baseline."""
    obligation = verdict.obligation
    if obligation.threshold is None or verdict.actual is None:
        return ""
    whole = obligation.threshold.base / obligation.threshold.unit.factor
    done = verdict.actual
    of_way = obligation.rule.judging_kind is Kind.LEVEL
    if of_way:
        if verdict.baseline is None:
            return ""
        done, whole = done - verdict.baseline, whole - verdict.baseline
    share = format_decimal(100 * done / whole, 1)
    if of_way:
        rises = obligation.rule.direction.sign > 0
        return words.said("{share} % of the way from the baseline", "upwards" if rises else "downwards", share=share)
    if obligation.rule.direction.sign < 0:
        return words.said("{share} % of the year's ceiling", share=share)
    return words.said("{share} % of the year's target", share=share)


def _counted(figure: Figure, verdict: Verdict, words: Words) -> str:
    factor = verdict.obligation.indicator.unit.factor
    if figure.x is None or figure.y is None:
        return verdict.submitted or ""
    done, eligible = format_decimal(figure.x / factor), format_decimal(figure.y / factor)
    unit = words.in_script(verdict.obligation.indicator.unit.symbol)
    if verdict.actual is None:
        return words.said("nobody eligible")
    share = _stripped(format_decimal(verdict.actual, 1))
    return words.said(
        "{done} of {eligible} {unit}, {share} %",
        done=done,
        eligible=eligible,
        unit=unit,
        share=share,
    )


def _gap(verdict: Verdict, words: Words, pace_word: str) -> str:
    gap = verdict.gap
    assert gap is not None, "only decided verdicts have a gap to put into words"
    rule = verdict.obligation.rule
    kind = rule.judging_kind
    if kind is Kind.MILESTONE:
        count = format_decimal(abs(gap))
        if gap == 0:
            return words.said("as planned")
        if abs(gap) == 1:
            return words.said("{count} stage ahead of plan" if gap > 0 else "{count} stage behind plan", count=count)
        return words.said("{count} stages ahead of plan" if gap > 0 else "{count} stages behind plan", count=count)
    reference = _reference(verdict, words, pace_word)
    if gap == 0 and kind is Kind.ALWAYS:
        holds = verdict.outcome is Outcome.PASS
        return words.said("the line holds" if holds else "the line is touched")
    if gap == 0 and verdict.outcome is Outcome.FAIL:
        # Equality does not keep 超 or 突破, and a reader must see why it failed.
        return words.said("equal to {reference}, which has to be passed", reference=reference)
    if gap == 0:
        return words.said("equal to {reference}", reference=reference)
    # A ceiling is missed from above: a negative gap of 失業率 reads 高於目標. A level's gap in points is progress
    # on the way from its baseline, so there short is below whichever way the level goes.
    above = (gap > 0) == (rule.direction.sign > 0 or _on_the_way(verdict))
    amount = _gap_amount(verdict, gap)
    if verdict.gap_unit == _POINTS:
        amount = words.said("{amount} points", amount=amount)
    elif words.chinese:
        amount += words.in_script(verdict.gap_unit or "")
    else:
        amount += f" {verdict.gap_unit}"
    return words.said(
        "{amount} above {reference}" if above else "{amount} below {reference}", amount=amount, reference=reference
    )


def _reference(verdict: Verdict, words: Words, pace_word: str) -> str:
    """What the gap is measured from."""
    obligation = verdict.obligation
    if obligation.rule.judging_kind is Kind.ALWAYS:
        return words.said("the line")
    if obligation.rule.judging_kind is Kind.RELATIVE:
        return obligation.partner.name if obligation.partner else ""
    level = obligation.rule.judging_kind is Kind.LEVEL
    paced = _on_the_way(verdict) if level else obligation.rule.paced and verdict.gap_unit == _POINTS
    if paced and not obligation.period.is_year_end:
        return words.in_script(pace_word) if words.chinese else "pace"
    return words["target"]


def _on_the_way(verdict: Verdict) -> bool:
    """Whether the gap of a level is one of progress on its way: its baseline is known, and not at the target yet.

    The unit of the gap cannot tell: that of a level in per cent is the percentage point in any case.
    """
    obligation, baseline = verdict.obligation, verdict.baseline
    if obligation.rule.judging_kind is not Kind.LEVEL or obligation.threshold is None or baseline is None:
        return False
    target = obligation.threshold.base / obligation.threshold.unit.factor
    return (target - baseline) * obligation.rule.direction.sign > 0


def _gap_amount(verdict: Verdict, gap: Fraction) -> str:
    figure = verdict.figure
    rate = verdict.obligation.rule.judging_kind in (Kind.RATE, Kind.RELATIVE, Kind.ALWAYS)
    if rate and figure is not None and figure.form is Form.VALUE:
        exact = format_decimal(abs(gap))
        if "/" not in exact:
            decimals = max(figure.decimals, len(exact.partition(".")[2]))
            return format_decimal(abs(gap), min(decimals, 6))
    if rate:
        return _stripped(format_decimal(abs(gap), 2))
    if verdict.gap_unit != _POINTS:
        exact = format_decimal(abs(gap))
        return exact if "/" not in exact else format_decimal(abs(gap), 2)
    return format_decimal(abs(gap), 1)


def _remains(verdict: Verdict, words: Words) -> str:
    """What is still to be done, and what each remaining period must bring; empty where nothing adds up."""
    left = verdict.obligation.period.remaining
    milestone = verdict.obligation.rule.judging_kind is Kind.MILESTONE
    if not verdict.remaining or not left or milestone:
        return ""
    whole, each = (_stripped(format_decimal(number, 2)) for number in (verdict.remaining, verdict.remaining / left))
    unit = words.in_script(verdict.unit or "")
    if left == 1:
        return words.said("{whole} {unit} to go", whole=whole, unit=unit)
    return words.said(
        "{whole} {unit} to go, {each} in each of {left} periods", whole=whole, unit=unit, each=each, left=left
    )


def _under_original(original: Verdict, words: Words) -> str:
    """The new number and the original one side by side, each as it was written."""
    blank = "" if words.chinese else " "
    now, before = (
        f"{quantity.value:f}{blank}{words.in_script(quantity.unit.symbol)}" if quantity else "-"
        for quantity in (original.obligation.threshold, original.obligation.original)
    )
    numbers = words.said("target {now}, was {before}", now=now, before=before)
    if original.outcome is Outcome.UNDECIDED:
        return numbers
    outcome = words[original.outcome.value]
    return numbers + words.said("; under the original: {outcome}", outcome=outcome)


def _waived(waiver: Waiver, words: Words) -> str:
    """Who waived it until when, and by which document; the verdict before it stays what it is."""
    until, document, approver = waiver.end.isoformat(), waiver.document, waiver.approver
    return words.said(
        "waived until {until} by {approver}: {document}",
        until=until,
        approver=approver,
        document=document,
    )
