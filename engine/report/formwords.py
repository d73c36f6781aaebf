"""The words of a submission form in three languages. What the book says (names, quotes, units) stays as it is."""

from fractions import Fraction

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

_WORDS: dict[str, tuple[str, str]] = {
    "sheet": ("Form", "填報"),
    "guide": ("How to fill in", "填表說明"),
    "what-to-do": (
        "Fill in the yellow cells only; what is left empty counts as not reported. See the sheet “How to fill in”.",
        "只填黃色單元格，留空即視為未報送。各類指標的填法見“填表說明”。",
    ),
    "aid": (
        "Verdict, progress and gap on this sheet are an aid for filling in; the verdict that counts is that of the "
        "command check.",
        "本表的判定、進度、差距由公式即時算出，僅供填報時參考；正式判定以 check 檢查結果為準。",
    ),
    "page": ("page &P of &N", "第 &P 頁，共 &N 頁"),
    "all-members": ("all members together", "各成員合計判定"),
    "value-title": ("Number", "填數值"),
    "value-message": (
        "Digits and a point only, at most 14 before and 5 behind it; keep the decimals as published (7.0 is not 7). "
        "The unit of measure is chosen beside.",
        "只填半形數字和小數點，小數點前至多14位、後至多5位；按發布的位數填寫（7.0與7不同）。計量單位在右欄選擇。",
    ),
    "wrong": ("Not accepted", "不能這樣填"),
    "wrong-number": (
        "Only digits and a decimal point can stand here; the unit of measure is chosen in the cell beside.",
        "此處只能填半形數字和小數點；計量單位請在右欄選擇。",
    ),
    "wrong-unit": (
        "Choose a unit of measure from the list; others do not measure the same.",
        "請從下拉列表選擇計量單位；表外單位與本指標量綱不同或不能精確換算。",
    ),
    "wrong-stage": (
        "Choose the last finished stage from the list.",
        "請從下拉列表選擇最後一個已完成的節點。",
    ),
    "points": ("points", "個百分點"),
    "stages": ("stages", "個節點"),
    "?": ("left to check", "以 check 為準"),
    "done": ("done", "已完成數"),
    "eligible": ("eligible", "應完成數"),
    "stage": ("last finished stage", "已完成節點"),
    "current": ("this period", "本期數"),
    "previous": ("a year before", "上年同期數"),
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
        return self.words.said(*_WORDS[key])

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
        return self.words.said(*COLUMNS[key])

    def verdict(self, code: str) -> str:
        """A verdict, a reason or a progress class; `?` is left to the check."""
        return self["?"] if code == "?" else self.words[code]

    def title(self, form: BlankForm) -> str:
        """What stands over the form."""
        return self.words.said(f"{form.title}: figures for", f"{form.title}報送表 ") + f" {form.stamp.period}"

    def whose(self, form: BlankForm) -> str:
        """Whose form it is, and for when."""
        stamp = form.stamp
        return self.words.said(
            f"Organization: {stamp.organization}    Period: {stamp.period}    Figures asked for: {len(form.items)}",
            f"填報單位：{stamp.organization}　　期別：{stamp.period}　　應報 {len(form.items)} 項",
        )

    def as_above(self, row: int) -> str:
        """Where a figure is asked for that two rules need."""
        return self.words.said(f"the same figure as in row {row}", f"與第 {row} 行同一數，只填一次")

    def part(self, part: str, parts: Parts | None) -> str:
        """What a part is called on the form; the words of the book stay as they are."""
        if part in _WORDS:
            return self[part]
        if parts and part in parts.names and parts.form == "ratio":
            over = part == parts.names[0]
            return self.words.said("part" if over else "whole", "分子" if over else "分母") + f" {part}"
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
            return self.words.said("full target ", "全年 ") + f"{format_decimal(number)} {bound.unit.symbol}"
        whole = format_decimal(due / bound.unit.factor, 4)
        shown = whole.rstrip("0").rstrip(".") if "." in whole else whole
        sign = _SIGNS[rule.direction]
        if rule.soft or not (obligation.period.is_year_end or rule.judging_kind is Kind.ALWAYS):
            # During the year equal counts as on pace, whatever the word.
            sign = {">": "≥", "<": "≤"}.get(sign, sign)
        about = self.words.said(" (about)", "左右") if rule.soft else ""
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
