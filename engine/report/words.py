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
    "rank-place": ("place", "位次"),
    "change-column": ("change", "升降"),
    "place-same": ("=", "持平"),
    "score": ("score", "得分"),
    "place-range": ("range of places", "位次區間"),
    "not-separable": ("not separable from", "難分先後"),
    "and-more": ("{names} and {count} more", "{names}等{count}個"),
    "value-place": ("value (place)", "完成值(位次)"),
    "illustrative": ("(illustrative)", "（示意）"),
    "unranked-vetoed": ("no place: vetoed", "一票否決，不排位次"),
    "unranked-nothing-scored": ("no place: nothing to score", "無計分指標，不排位次"),
    "annual-only": ("counts at the year's end", "年終計分"),
    "method-verdict": ("points per verdict", "按判定計分"),
    "method-completion": ("completion in proportion, capped", "按完成比例計分，設上限"),
    "method-all-or-nothing": ("all or nothing", "完成得滿分，未完成不得分"),
    "method-rank": ("points per place", "爭先進位計分"),
    "method-linear": ("a base, and points for each percentage point", "基礎分加減分"),
    "method-efficacy": ("efficacy coefficients", "功效系數法計分"),
    "method-met-then-rank": ("points for meeting the target, then per place", "達標得基本分，超出部分爭先進位"),
    "scored-by": (
        "Score: {method}; the mean of all targets set for a body, by weight ({document})",
        "計分：{method}，按權重對該單位所設各項目標取平均（{document}）",
    ),
    "scored-otherwise": ("{targets}: {method} ({document})", "{targets}：{method}（{document}）"),
    "weight": ("weight", "權重"),
    "change-since": ("Change: since {period}.", "升降：與 {period} 相比。"),
    "quarters-weigh": ("The year is made up of {parts} ({document})", "全年計分權重：{parts}（{document}）"),
    "place-footnote": (
        "In brackets: the place on this target. -: no target is set.",
        "括號內數字為位次；“-”表示未設置該項目標。",
    ),
    "cases-tried": (
        "Range of places: {cases} cases, in each of which one weight is × 0.75 or × 1.25, one target is left out, or "
        "one figure stands at an end of its rounding.",
        "位次區間：逐一試算 {cases} 種情形，每種只把一項權重乘以0.75或1.25、剔除一項目標，"
        "或把一個數取到進位區間的一端。",
    ),
    "weight-low": ("the weight of {name} is × 0.75", "{name}的權重乘以0.75"),
    "weight-high": ("the weight of {name} is × 1.25", "{name}的權重乘以1.25"),
    "left-out": ("{name} is left out", "剔除{name}"),
    "rounding-low": ("{name} stands at the lower end of its rounding", "{name}取進位區間下端"),
    "rounding-high": ("{name} stands at the upper end of its rounding", "{name}取進位區間上端"),
    "more-cases": ("; and {count} more", "；另有{count}種"),
    "flips-if": ("{ahead} before {behind} flips if: {cases}", "{ahead}居{behind}之前，下列情形不成立：{cases}"),
    "adjusted-bonus": (
        "{body}: {points} added for {reason} ({document})",
        "{body}：{reason}加{points}分（{document}）",
    ),
    "adjusted-deduction": (
        "{body}: {points} taken for {reason} ({document})",
        "{body}：{reason}扣{points}分（{document}）",
    ),
    "adjusted-veto": ("{body}: vetoed for {reason} ({document})", "{body}：{reason}，一票否決（{document}）"),
    "commended": ("Commended: {bodies}", "通報表揚：{bodies}"),
    "named": ("Named: {bodies}", "通報批評：{bodies}"),
    "later-year": ("due in a later year", "以後年度目標"),
    "not-judged": ("nothing was judged", "未作判定"),
    "clause-kept": ("kept", "兌現"),
    "clause-not-kept": ("not kept", "未兌現"),
    "clause-undecided": ("undecided", "未判定"),
    "clause-qualitative": ("qualitative", "定性"),
    "clauses-kept": ("Clauses: {total} = {parts}", "條款 {total} 條 = {parts}"),
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
    "verified": ("{file}: the same, made again from its inputs", "{file}：依原材料重做，結果相同"),
    "verified-as-of": (" as they were known on {day}", "（以 {day} 已知情況為準）"),
    "chain-whole": ("the chain is whole: {count} results in their order", "鏈條完整：{count} 份結果依次相接"),
    "forms-into": (
        "{files} forms asking for {items} figures are in {folder}",
        "已在 {folder} 寫入 {files} 份報送表，共 {items} 項",
    ),
    "report-into": (
        "{file} shows {verdicts} verdicts on {bodies} organizations; periods: {periods}",
        "已寫入 {file}：{bodies} 個單位 {verdicts} 項判定，{periods} 期",
    ),
    "bulk-forecast": (
        "{rows} rows, {verdicts} verdicts in {tiles} parts; about {needed} MB in {folder}, where {free} MB are free",
        "共 {rows} 行、{verdicts} 項判定，分 {tiles} 部分；{folder} 約需 {needed} MB，可用 {free} MB",
    ),
    "bulk-first": (
        "The first {shown} are shown above; all are in findings/:",
        "以上列出前 {shown} 個；全部見 findings/：",
    ),
    "bulk-into": (
        "Verdicts, findings and summaries: {folder} ({kept} of {tiles} parts were there)",
        "判定、問題和匯總見 {folder}（{tiles} 部分中 {kept} 部分已有）",
    ),
    "bulk-into-by": ("Verdicts, findings and summaries: {folder}", "判定、問題和匯總見 {folder}"),
    "judging": ("Judging, {rate} rows/s", "判定，每秒 {rate} 行"),
    "rows": (
        "Rows read: {read} = {judged} judged + {not_needed} not needed + {refused} refused",
        "讀取 {read} 行 = 已判定 {judged} + 無須判定 {not_needed} + 未採用 {refused}",
    ),
    "circular-into": (
        "{file}: the circular of {period}, {verdicts} verdicts, {lagging} of them not on pace",
        "已寫入 {file}：{period} 通報，判定 {verdicts} 項，其中未達序時進度 {lagging} 項",
    ),
    "notices-into": (
        "{files} files for {period} are in {folder}: {notices} notices with {items} items",
        "已在 {folder} 寫入 {period} 的 {files} 個文件：督辦單 {notices} 份，共 {items} 項",
    ),
    "notices-drafts": (
        "They are drafts; --date numbers them and puts them on record.",
        "均為草稿；用 --date 編號並存檔。",
    ),
    "notices-recorded": ("On record: {folder}", "已存檔：{folder}"),
    "notices-standing": ("Items as of {day}: {total} = {parts}", "截至 {day} 的督辦事項：{total} = {parts}"),
    "notices-proposed": ("Met since, closing proposed: {count}", "現已達到、建議辦結：{count}"),
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
    "case-failed-short": ("a worked case does not come out as expected", "算例結果與預期不符"),
    "case-failed-full": (
        "What is judged of the case's figures differs from what the case expects (exit code 1).",
        "按算例的數判定，結果與算例的預期不同（退出碼 1）。",
    ),
    "case-failed-hint": (
        "correct the rule, or the case if the rule says what the plan says",
        "請更正規則；若規則與方案一致，請更正算例",
    ),
    "edge-untried-short": ("no worked case tries a position of the rule", "規則的某些情形沒有算例"),
    "edge-untried-full": (
        "Whether the rule is right at, just under and just over its edges and in its other situations is shown only by "
        "a case with a figure there. It is an error where the coverage is below the threshold that was asked for.",
        "界限上、略低、略高處以及其他情形下判定是否正確，只有相應的算例才能證明。覆蓋率低於所要求的下限時為錯誤。",
    ),
    "edge-untried-hint": ("add a case with a figure there", "請在該處補一個算例"),
    "verdict-fail-short": ("the figure misses what was due", "未達到本期應達數"),
    "verdict-fail-full": (
        "The reported figure lies behind what was due for the period by more than the bands of the rule forgive.",
        "報送數落後於本期應達數，且超出規則的檔位容許範圍。",
    ),
    "verdict-fail-hint": (
        "report what will be done about it, or mend the figure where it was misreported",
        "請說明整改措施；如係誤報，請更正",
    ),
    "verdict-at-risk-short": ("the figure is a little behind what was due", "略低於本期應達數"),
    "verdict-at-risk-full": (
        "The reported figure lies behind what was due for the period, within the band that the rule calls at risk.",
        "報送數落後於本期應達數，在規則的預警檔內。",
    ),
    "verdict-at-risk-hint": ("catch up until the next period", "請在下期趕上進度"),
    "verdict-undecided-short": ("no honest verdict is possible", "無法作出判定"),
    "verdict-undecided-full": (
        "Something that the judgement needs is missing, not due yet, or cannot be used: neither a pass nor a fail.",
        "判定所需的數缺報、未到考核期或無法使用，既非達標也非未達標。",
    ),
    "verdict-undecided-hint": ("report what is missing, where something is due", "如本期應報，請補報"),
    "weight-error": (
        "An error: two facts contradict each other (exit code 1).",
        "錯誤：兩處事實相互矛盾（退出碼 1）。",
    ),
    "weight-error-incomplete": (
        "An error: some input cannot be used, so the answer is incomplete (exit code 3).",
        "錯誤：部分輸入無法使用，結果不完整（退出碼 3）。",
    ),
    "weight-warning": (
        "A warning: worth a look, and without influence on the exit code.",
        "警告：請留意，不影響退出碼。",
    ),
    "weight-note": ("A note: for information.", "提示：僅供參考。"),
    "here-too": ("the other place that this is about", "與此相關的另一處"),
    "ran-here": ("the folder in which the command ran", "運行命令時所在的文件夾"),
    "place": ("place", "位置"),
    "severity": ("severity", "程度"),
    "finding": ("finding", "問題"),
    "code": ("code", "代碼"),
    "findings-head": ("Findings", "問題"),
    "count": ("number", "數量"),
    "reading": ("Reading", "讀取"),
    "account-head": ("Cells", "數據去向"),
    "file": ("file", "文件"),
    "cells-read": ("read", "讀取"),
    "fate-judged": ("judged", "已判定"),
    "fate-not-needed": ("not needed", "無須判定"),
    "fate-refused": ("refused", "未採用"),
    "inspections": (
        "On-site checks: {inspected} of {judged} judged figures, {overstated} overstated",
        "實地核查：判定所用 {judged} 個數中核查 {inspected} 個，虛報 {overstated} 個",
    ),
    "arrivals": ("Submissions of {period}{due}: {parts}", "{period} 報送情況{due}：{parts}"),
    "arrivals-due": (", due {day}", "（截止 {day}）"),
    "on-time": ("on time", "按時"),
    "late": ("late", "遲報"),
    "unlisted": ("without a date", "未記到件日期"),
    "not-sent": ("not sent", "未報"),
    "total": ("total", "合計"),
    "waits": ("of these {parts}", "其中 {parts}"),
    "note-depends-on-rounding": (
        "depends on rounding: the unrounded figure is needed",
        "結論取決於四捨五入，請補報未捨入的數",
    ),
    "note-can-fall-back": ("can fall back", "可能回落"),
    "note-nothing-eligible": ("nobody was eligible", "無應辦對象"),
    "note-parts-summed": ("parts added up; some may be counted twice", "分項相加，可能有重複計算"),
    "note-breached-in": ("breached in {detail}", "{detail} 已突破底線"),
    "note-revised": ("revised since", "已更正"),
    "note-inspected": ("established on site", "以實地核查為準"),
    "note-waived": ("waived: it stays what it is and is counted apart", "已豁免，判定不變，單獨計數"),
    "note-finding": ("see finding {detail}", "見問題 {detail}"),
    "note-partner-missing": ("{detail} did not come in", "缺 {detail}"),
    "note-partner-unusable": ("{detail} cannot be used", "{detail} 無法使用"),
}


#: Why a number promises nothing: the grammar's reasons in Chinese.
REASONS: dict[str, str] = {
    "a class or a grade": "等級",
    "a date": "日期",
    "a document's number": "文號",
    "a length of time": "時長",
    "a length of time: says when or how fast, not how much": "時長：說明何時、多快，不是多少",
    "a name made of numbers": "數字組成的名稱",
    "a number without a unit of measure: part of a name": "沒有計量單位的數：名稱的一部分",
    "a price or a rate for each, not a promise": "單價或標準，不是目標",
    "a proportion in a name or a time": "名稱或時間中的比例",
    "a rank": "位次",
    "a result of the past": "過去的結果",
    "a time of day": "時刻",
    "a year: the edition of what follows, or part of a name": "年份：後文事物的屆次，或名稱的一部分",
    "an age": "年齡",
    "an ordinal": "序數",
    "around the clock: says when, not how much": "全天候：說明何時，不是多少",
    "counts what is fixed elsewhere": "另有規定之事的個數",
    "counts what is named before it": "前文所列事物的個數",
    "part of a document's title": "文件標題的一部分",
    "part of a name": "名稱的一部分",
    "part of a name in quotation marks": "引號中名稱的一部分",
    "part of a name: how near things are": "名稱的一部分：遠近",
    "says how the target was changed": "說明目標如何調整",
    "says where or on whom, not how much": "說明在何處、對何人，不是多少",
    "the class bound of what is counted": "計數對象的規模界限",
    "the class of a power line or a station": "線路或變電站的電壓等級",
    "the length of a list": "列舉的項數",
    "the name of a road": "道路名稱",
    "the number of a document or a thing": "文件或事物的編號",
    "the number of a hotline": "熱線號碼",
    "the number of a version": "版本號",
    "the rate of a grant or a levy, not a promise": "補助或收費標準，不是目標",
    "the size of a project, not a promise": "單個項目的規模，不是目標",
    "what the change is measured from": "變化的比較基準",
    "what the promise builds on": "目標的基礎",
    "where the change starts: only the number it leads to binds": "變化的起點：只有到達的數有約束力",
}

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


#: Characters of a name in a message; whoever wrote a longer one knows it by its beginning.
_LONGEST = 2_000


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

    def general(self, code: str) -> tuple[str, str]:
        """Message and hint of a code whoever it is found with: an ellipsis stands for each particular."""
        message, hint = (self._in(pair) for pair in (CODES[code].message, CODES[code].hint))
        return re.sub(r"\{\w+\}", "…", message), re.sub(r"\{\w+\}", "…", hint)

    def _params(self, finding: Diagnostic) -> dict[str, str]:
        """The params, their few English words in the reader's language."""
        params = {key: text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…" for key, text in finding.params.items()}
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
