"""The words of a submission form in three languages. What the book says (names, quotes, units) stays as it is."""

from fractions import Fraction

from engine.catalogues import Sayings
from engine.model.form import COLUMNS, Blank, BlankForm, Item
from engine.model.limit import LimitedObligation
from engine.model.rule import Parts
from engine.model.target import Comparator, Kind
from engine.quantities import format_decimal
from engine.report.words import Words

#: What may be typed as a number; `#` is the cell. Array constants are not allowed where a cell is validated.
NUMBER_RULE = (
    '=AND(ISNUMBER(#*1),ISERROR(SEARCH("e",#)),ISERROR(FIND("%",#)),ISERROR(FIND("/",#)),ISERROR(FIND(":",#)),'
    'ISERROR(FIND(",",#)),ISERROR(FIND(" ",#)),LEN(#)<22)'
)

_WORDS: Sayings[str] = {
    "sheet": "Form",
    "guide": "How to fill in",
    "what-to-do": (
        "Fill in the yellow cells only; what is left empty counts as not reported. See the sheet “How to fill in”."
    ),
    "aid": (
        "Verdict, progress and gap on this sheet are an aid for filling in; the verdict that counts is that "
        "of the command check."
    ),
    "page": "page &P of &N",
    "all-members": "all members together",
    "value-title": "Number",
    "value-message": (
        "Digits and a point only, at most 14 before and 5 behind it; keep the decimals as published (7.0 is "
        "not 7). The unit of measure is chosen beside."
    ),
    "wrong": "Not accepted",
    "wrong-number": (
        "Only digits and a decimal point can stand here; the unit of measure is chosen in the cell beside."
    ),
    "wrong-unit": "Choose a unit of measure from the list; others do not measure the same.",
    "wrong-stage": "Choose the last finished stage from the list.",
    "points": "points",
    "stages": "stages",
    "?": "left to check",
    "done": "done",
    "eligible": "eligible",
    "stage": "last finished stage",
    "current": "this period",
    "previous": "a year before",
}

_SIGNS = {
    Comparator.AT_LEAST: "≥",
    Comparator.MORE_THAN: ">",
    Comparator.AT_MOST: "≤",
    Comparator.LESS_THAN: "<",
}


class FormWords:
    """The words of one language as a form uses them."""

    def __init__(self, words: Words) -> None:
        """Take the words of the outputs, which say verdicts and reasons."""
        self.words = words

    def __getitem__(self, key: str) -> str:
        """The word or sentence of this key."""
        return self.words.said(_WORDS[key], key)

    @property
    def sheet(self) -> str:
        """The name of the sheet that is filled in."""
        return self["sheet"]

    @property
    def guide(self) -> str:
        """The name of the page that explains it."""
        return self["guide"]

    def heading(self, key: str) -> str:
        """The heading of a column."""
        english, chinese = COLUMNS[key]
        return self.words.in_script(chinese) if self.words.chinese else english

    def verdict(self, code: str) -> str:
        """A verdict, a reason or a progress class; `?` is left to the check."""
        return self["?"] if code == "?" else self.words[code]

    def title(self, form: BlankForm) -> str:
        """What stands over the form."""
        return self.words.said("{title}: figures for {period}", title=form.title, period=form.stamp.period)

    def whose(self, form: BlankForm) -> str:
        """Whose form it is, and for when."""
        stamp = form.stamp
        return self.words.said(
            "Organization: {organization}    Period: {period}    Figures asked for: {count}",
            organization=stamp.organization,
            period=stamp.period,
            count=len(form.items),
        )

    def as_above(self, row: int) -> str:
        """Where a figure is asked for that two rules need."""
        return self.words.said("the same figure as in row {row}", row=row)

    def part(self, part: str, parts: Parts | None) -> str:
        """What a part is called on the form; the words of the book stay as they are."""
        if part in _WORDS:
            return self[part]
        if parts and part in parts.names and parts.form == "ratio":
            over = part == parts.names[0]
            return self.words.said("part" if over else "whole", "of a ratio") + f" {part}"
        return part

    def last(self, last: str) -> str:
        """An earlier figure, its parts in the reader's words."""
        for part in ("done", "eligible", "current", "previous"):
            last = last.replace(f"{part} ", f"{self[part]} ")
        return last

    def due(self, item: Item, baseline: Fraction | None) -> str:
        """What is due at the end of the period, as far as it is known before any figure came in.

        Units: `baseline` in the indicator's unit of measure.
        """
        limited = item.limited
        obligation = limited.obligation
        rule = obligation.rule
        if rule.judging_kind is Kind.MILESTONE:
            return obligation.due_stage or ""
        if rule.judging_kind is Kind.RELATIVE and obligation.partner:
            return f"≥ {obligation.partner.name}"
        bound = obligation.threshold
        if bound is None:
            return ""
        due = limited.due
        if due is None and baseline is not None:
            due = _due_from(limited, (baseline - obligation.indicator.unit.offset) * obligation.indicator.unit.factor)
        if due is None:
            number = bound.base / bound.unit.factor
            return self.words.said("full target ") + f"{format_decimal(number)} {bound.unit.symbol}"
        whole = format_decimal(due / bound.unit.factor, 4)
        shown = whole.rstrip("0").rstrip(".") if "." in whole else whole
        sign = _SIGNS[rule.direction]
        if rule.soft or not (obligation.period.is_year_end or rule.judging_kind is Kind.ALWAYS):
            # During the year equal counts as on pace, whatever the word.
            sign = {">": "≥", "<": "≤"}.get(sign, sign)
        about = self.words.said(" (about)") if rule.soft else ""
        return f"{sign} {shown} {bound.unit.symbol}{about}"


def baseline_text(blank: Blank) -> str:
    """The known baseline of a blank as decimal text in its own unit of measure; empty where none is known."""
    return "" if blank.baseline is None else format_decimal(blank.baseline)


def _due_from(limited: LimitedObligation, baseline: Fraction) -> Fraction:
    """What is due of a level that starts from this baseline; the whole target where that is met already.

    Units: base units.
    """
    first, met = limited.limits[0], limited.limits[1]
    if first.meets and first.meets.holds(baseline, Fraction(0)):
        return met.due_c
    return first.due_p * baseline + first.due_c
