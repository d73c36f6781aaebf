"""The words of the outputs in three languages. Data (names, quotes, units of measure) are never translated."""

import re

from engine.model.codes import CODES, WITHOUT_NEAREST
from engine.model.diagnostic import Diagnostic
from engine.names import to_simplified, to_traditional

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
    "verdicts": ("Verdicts: {total} = {parts}", "共 {total} 項判定 = {parts}"),
    "cells": (
        "Cells read: {read} = {judged} judged + {not_needed} not needed + {refused} refused",
        "讀取 {read} 格 = 已判定 {judged} + 無須判定 {not_needed} + 未採用 {refused}",
    ),
    "findings": ("Findings: {total} = {parts}", "共 {total} 項問題 = {parts}"),
    "no-findings": ("Findings: none", "無問題"),
    "incomplete": (
        "Some input could not be read or used: this answer is incomplete.",
        "部分報送無法讀取或使用，以上結果不完整。",
    ),
    "case-failed": ("failed", "不符"),
    "case-difference": ("expected {expected}, found {found}", "應為 {expected}，實為 {found}"),
    "cases": ("{total} cases = {passed} passed + {failed} failed", "共 {total} 個算例 = {passed} 符合 + {failed} 不符"),
    "untried": ("no case for", "缺算例"),
    "edge-coverage": (
        "{percent} % of the edges and situations are tried ({tried} of {total} positions)",
        "界限和情形覆蓋率 {percent} %（{total} 處中的 {tried} 處）",
    ),
    "accounted": (
        "Clauses: {accounted} of {clauses} accounted for",
        "條款：{clauses} 條中 {accounted} 條有交代",
    ),
    "numbers": (
        "Numbers in the plan: {total} = {claimed} promised + {declared} declared no targets + {unclaimed} unclaimed",
        "方案中的數：{total} = 目標 {claimed} + 寫明非目標 {declared} + 無交代 {unclaimed}",
    ),
    "numbers-of-book": (
        "Numbers in the book: {claimed} promised, {declared} declared no targets; "
        "--plan FILE shows that none is missing",
        "本冊中的數：目標 {claimed}，寫明非目標 {declared}；是否有遺漏，請用 --plan FILE 核對方案原文",
    ),
    "no-promises": ("Numbers that promise nothing, and why", "不是目標的數及理由"),
    "open-items": ("Left to a person (marked with `open` in the files)", "須由人決定（文件中以 open 標明）"),
    "untitled": ("(the text names no title)", "（文本中沒有標題）"),
    "drafted": (
        "Clauses: {clauses}; promises: {promises}, of these {numbered} with a number; numbers that promise "
        "nothing: {others}; open items: {open}",
        "條款 {clauses} 條；目標 {promises} 項，其中帶數 {numbered} 項；不是目標的數 {others} 個；待定 {open} 項",
    ),
    "drafted-into": (
        "Written: {folder} ({files} files). Next: biaochi validate --book {folder} --plan {plan}",
        "已寫入 {folder}（{files} 個文件）。下一步：biaochi validate --book {folder} --plan {plan}",
    ),
    "draft-targets": (
        "Drafted from the plan's text: quotes and bodies are the plan's own, readings are the grammar's.\n"
        "Look every reading over. Where `open` stands, a person has to decide; then the word is taken out.",
        "由方案文本起草：引文和單位照錄原文，讀法由語法得出，請逐條核對。\n有 open 之處須由人決定，決定後刪去該詞。",
    ),
    "draft-organizations": (
        "Every body that the plan names. Tiers are guessed from the names; add full names and aliases, and merge\n"
        "two names of one body. Words that stand for several bodies need their members.",
        "方案中出現的全部單位。層級按名稱推定；請補全稱和別名，合併同一單位的不同寫法。\n代表多個單位的詞須列明成員。",
    ),
    "draft-policy": (
        "What the plan does not say and this book decides: the bands of all rules that state none.",
        "方案沒有規定、由本冊決定的事項：未自定檔位的規則適用這些檔位。",
    ),
    "draft-units": (
        "Units of measure that the plan uses and no table knows, each a kind of its own.",
        "方案使用而通用表中沒有的計量單位，各自成類。",
    ),
    "waived": ("waived", "已豁免"),
    "of-which-waived": ("of which waived: {total} = {parts}", "其中已豁免：{total} = {parts}"),
    "was": ("was {number}", "原 {number}"),
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
    "note-waived": ("waived: it stays what it is and is counted apart", "已豁免，判定不變，單獨計數"),
    "note-finding": ("see finding {detail}", "見問題 {detail}"),
    "note-partner-missing": ("{detail} did not come in", "缺 {detail}"),
    "note-partner-unusable": ("{detail} cannot be used", "{detail} 無法使用"),
}


#: Why a number promises nothing: the grammar's reasons in Chinese.
REASONS: dict[str, str] = {}

#: What the readers expect, by the beginning of the English words; the longest first.
_EXPECTED = (
    ("a mapping of ", "鍵值對，鍵為 "),
    ("a mapping for ", "鍵值對："),
    ("a mapping", "鍵值對"),
    ("a text for ", "單個值："),
    ("a list of texts for ", "列表："),
    ("a list of bands", "檔位列表"),
    ("a list for ", "列表："),
    ("a figure for ", "單個數："),
    ("a number with its unit of measure", "數字加計量單位"),
)


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

    def in_script(self, text: str) -> str:
        """Words of the book that become part of a sentence, in the script of the sentence."""
        if self.language == "zh-Hans":
            return to_simplified(text)
        return to_traditional(text) if self.language == "zh-Hant" else text

    def message(self, finding: Diagnostic) -> str:
        """What the finding says, in one sentence."""
        template = CODES[finding.code].message
        said = _fill(self._in(template), self._params(finding))
        if "indicator" in finding.params and "{indicator}" not in template[0]:
            # Whatever is wrong with a figure, the reader must know which figure is meant.
            said = f"{finding.params['indicator']}{self.said(': ', '：')}{said}"
        return said

    def hint(self, finding: Diagnostic) -> str:
        """One way out of it; empty where the finding has none to name."""
        hint = CODES[finding.code].hint
        if "{nearest}" in hint[0] and not finding.params.get("nearest"):
            hint = WITHOUT_NEAREST.get(finding.code, ("look the name up in the book", "請在本冊中查找名稱"))
        return _fill(self._in(hint), {"unit": "家", **self._params(finding)})

    def _params(self, finding: Diagnostic) -> dict[str, str]:
        """The params, their few English words in the reader's language."""
        params = dict(finding.params)
        expected = params.get("expected")
        if expected and self.chinese:
            for english, chinese in _EXPECTED:
                if expected.startswith(english):
                    params["expected"] = self._in(("", chinese)) + expected.removeprefix(english)
                    break
        return params

    def reason(self, why: str) -> str:
        """Why a number promises nothing, as the grammar gives it."""
        return self.said(why, REASONS.get(why, why))

    def note(self, note: str) -> str:
        """A note of a verdict in words."""
        code, _, detail = note.partition(":")
        return self[f"note-{code}"].format(detail=detail)


def _fill(template: str, params: dict[str, str]) -> str:
    """Put the params into a template; a template's own braces (examples of YAML) stay."""
    return re.sub(r"\{(\w+)\}", lambda match: params.get(match[1], match[0]), template)
