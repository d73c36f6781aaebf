"""The words of the outputs in three languages. Data (names, quotes, units of measure) are never translated."""

import re

from engine.model.codes import CODES
from engine.model.diagnostic import Diagnostic
from engine.names import to_simplified

LANGUAGES = ("en", "zh-Hans", "zh-Hant")

#: English and Traditional Chinese; Simplified is made from the latter.
_WORDS: dict[str, tuple[str, str]] = {
    "pass": ("pass", "達標"),
    "at-risk": ("at risk", "預警"),
    "fail": ("fail", "未達標"),
    "undecided": ("undecided", "未判定"),
    "completed": ("completed", "已完成"),
    "ahead": ("ahead", "超進度"),
    "on-pace": ("on pace", "達進度"),
    "behind": ("behind", "欠進度"),
    "missing": ("nothing came in", "未報送"),
    "not-due": ("not due yet", "未到考核期"),
    "awaiting-target": ("no number has been set yet", "上級尚未下達目標值"),
    "no-baseline": ("the baseline is unknown", "缺基期數，無法判定進度"),
    "unusable": ("the figure cannot be used", "報送數無法使用"),
    "different-measure": ("it measures something else", "報送口徑不同"),
    "not-applicable": ("-", "-"),
    "lead": ("lead", "牽頭"),
    "responsible": ("responsible", "責任"),
    "quantitative": ("quantitative", "定量"),
    "milestone": ("milestone", "節點"),
    "external": ("external", "上級定數"),
    "qualitative": ("qualitative", "定性"),
    "due": ("due", "應報"),
    "clause": ("clause", "條款"),
    "indicator": ("indicator", "指標"),
    "organization": ("organization", "單位"),
    "due-column": ("due", "本期應達"),
    "actual-column": ("actual", "實際"),
    "verdict": ("verdict", "判定"),
    "standing": ("standing", "完成情況"),
    "period": ("period", "期別"),
    "target": ("target", "目標"),
    "rule": ("rule", "規則"),
    "role": ("role", "角色"),
    "kind": ("kind", "類型"),
    "unit": ("unit of measure", "計量單位"),
    "status": ("status", "狀態"),
    "class": ("class", "類別"),
    "quote": ("the plan's words", "方案原文"),
    "bodies": ("lead", "牽頭單位"),
    "value": ("number", "數值"),
    "remarks": ("How it is read, and why", "讀法及理由"),
    "error": ("error", "錯誤"),
    "warning": ("warning", "警告"),
    "note": ("note", "提示"),
    "hint": ("way out", "處理辦法"),
    "verdicts": ("{total} verdicts = {parts}", "共 {total} 項判定 = {parts}"),
    "findings": ("{total} findings = {parts}", "共 {total} 項問題 = {parts}"),
    "no-findings": ("no findings", "無問題"),
    "incomplete": (
        "Some input could not be read or used: this answer is incomplete.",
        "部分報送無法讀取或使用，以上結果不完整。",
    ),
    "waits": ("of these {parts}", "其中 {parts}"),
    "note-depends-on-rounding": (
        "depends on rounding: the unrounded figure is needed",
        "結論取決於四捨五入，請補報未捨入的數",
    ),
    "note-can-fall-back": ("can fall back", "可能回落"),
    "note-nothing-eligible": ("nobody was eligible", "無應辦對象"),
    "note-parts-summed": ("parts added up; some may be counted twice", "分項相加，可能有重複計算"),
    "note-breached-in": ("breached in {detail}", "{detail} 已突破底線"),
    "note-inspected": ("established on site", "以實地核查為準"),
    "note-finding": ("see finding {detail}", "見問題 {detail}"),
    "note-partner-missing": ("{detail} did not come in", "缺 {detail}"),
    "note-partner-unusable": ("{detail} cannot be used", "{detail} 無法使用"),
}


class Words:
    """The words of one language."""

    def __init__(self, language: str) -> None:
        """Take one of LANGUAGES."""
        self.language = language
        self.chinese = language != "en"

    def __getitem__(self, key: str) -> str:
        """The word or template of this key."""
        return self._in(_WORDS[key])

    def _in(self, pair: tuple[str, str]) -> str:
        if not self.chinese:
            return pair[0]
        return to_simplified(pair[1]) if self.language == "zh-Hans" else pair[1]

    def said(self, english: str, chinese: str) -> str:
        """One of two wordings, made where a sentence is put together."""
        return self._in((english, chinese))

    def message(self, finding: Diagnostic) -> str:
        """What the finding says, in one sentence."""
        return _fill(self._in(CODES[finding.code].message), finding.params)

    def hint(self, finding: Diagnostic) -> str:
        """One way out of it; empty where the finding has none to name."""
        hint = _fill(self._in(CODES[finding.code].hint), finding.params)
        return "" if hint.endswith((": ", "：")) else hint

    def note(self, note: str) -> str:
        """A note of a verdict in words."""
        code, _, detail = note.partition(":")
        return self[f"note-{code}"].format(detail=detail)


def _fill(template: str, params: dict[str, str]) -> str:
    """Put the params into a template; a template's own braces (examples of YAML) stay."""
    return re.sub(r"\{(\w+)\}", lambda match: params.get(match[1], match[0]), template)
