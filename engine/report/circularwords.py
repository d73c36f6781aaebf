"""What a circular says: what the placeholders of its template stand for."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from engine import __version__
from engine.model.account import count_fates
from engine.model.arrival import Standing as ArrivalStanding
from engine.model.circular import Circular, TargetStanding
from engine.model.codes import CODES
from engine.model.notice import State, count_states
from engine.model.period import Period
from engine.model.ranking import RankedGroup
from engine.model.rule import Rule
from engine.model.verdict import Outcome, Verdict
from engine.names import to_simplified
from engine.report.circularderivations import derivation_entries
from engine.report.documents import count_outcomes, count_waived, finding_row, verdict_row
from engine.report.noticewords import item_words, period_words, remark, state_word
from engine.report.officialwords import chinese_number, written_date
from engine.report.policytext import policy_lines
from engine.report.ranking import group_remarks, place_cells, target_cell, target_table
from engine.report.sentences import standing
from engine.report.words import Words
from engine.report.wordtemplate import Entry, Grid, Value

#: The texts that the template can ask for.
CIRCULAR_TEXTS = (
    "發文機關", "文號", "收文單位", "方案", "期別", "截止日", "日期", "單位數", "排名說明", "表揚說明",
    "目標數", "回復期限", "下期", "下期報送期限", "判定數", "達標數", "預警數", "未達標數", "未判定數",
    "目標達標數", "目標預警數", "目標未達標數", "目標未判定數", "豁免數", "未達項數", "遲報說明", "遲報數",
    "缺報項數", "缺報單位數", "發現數", "錯誤數", "警告數", "提示數", "督辦數", "逾期數", "退回數", "待回復數",
    "已回復數", "辦結數", "建議辦結數",
)  # fmt: skip

#: What the lists of the template hold.
CIRCULAR_LISTS: Mapping[str, Sequence[str]] = {
    "紅頭": ("發文機關", "文號"),
    "主要指標": ("序號", "指標", "條款", "單位", "情況", "判定", "各地"),
    "量化目標": ("條款", "原文", "單位", "情況", "判定"),
    "未達標": ("序號", "條款", "指標", "單位", "牽頭", "判定", "目標", "應達", "報送", "差距", "尚需", "情況"),
    "分組": ("序號", "名稱", "辦法", "表揚", "點名", "分項"),
    "名次": ("名次", "升降", "單位", "得分", "區間", "難分"),
    "說明": ("內容",),
    "遲報": ("單位", "文件", "收到", "期限", "遲交"),
    "缺報": ("單位", "項數", "事項"),
    "發現": ("級別", "內容", "位置"),
    "未辦結": ("單位", "文號", "條款", "指標", "期限", "狀態", "說明"),
    "年終": ("條款數", "兌現", "未兌現", "未定", "定性"),
    "年終條款": ("條款", "結果", "目標"),
    "明細": ("條款", "指標", "單位", "目標", "應達", "報送", "差距", "判定", "情況"),
    "口徑": ("項目", "內容", "依據"),
    "計算": ("項目", "內容"),
    "推導": ("序號", "條款", "指標", "單位", "判定"),
    "步驟": ("環節", "推算"),
}

_COUNTED = (
    (Outcome.PASS, "達標數"), (Outcome.AT_RISK, "預警數"), (Outcome.FAIL, "未達標數"), (Outcome.UNDECIDED, "未判定數"),
)  # fmt: skip
_STATES = {
    State.OVERDUE: "逾期數", State.REFUSED: "退回數", State.OPEN: "待回復數",
    State.ANSWERED: "已回復數", State.CLOSED: "辦結數",
}  # fmt: skip


#: What stays as it was written, in whichever script: names of files, numbers of documents, what a body submitted, and
#: the sentences of a derivation, in which the words are in the script already.
_VERBATIM = frozenset({"位置", "文件", "文號", "報送", "推算"})


def circular_values(circular: Circular, words: Words) -> Entry:
    """What every placeholder of the circular's template stands for, in the script of `words`.

    Everything is put together in Traditional characters and as the book writes it. Only from there to Simplified
    ones is the way sure: the other way, OpenCC makes 鹹寧 of 咸寧.
    """
    spoken = words if words.language == "zh-Hans" else Words("zh-Hant")
    values = {**_values(circular, Words("zh-Hant")), "推導": derivation_entries(circular, spoken)}
    return _simplify(values) if words.language == "zh-Hans" else values


def _simplify(entry: Entry) -> Entry:
    return {name: value if name in _VERBATIM else _simplify_value(value) for name, value in entry.items()}


def _simplify_value(value: Value) -> Value:
    if isinstance(value, str):
        return to_simplified(value)
    if isinstance(value, Grid):
        rows = tuple(tuple(map(to_simplified, row)) for row in value.rows)
        return replace(value, heads=tuple(map(to_simplified, value.heads)), rows=rows)
    return [_simplify(entry) for entry in value]


def _values(circular: Circular, words: Words) -> Entry:
    groups = circular.ranks.groups if circular.ranks else ()
    previous = circular.ranks.previous if circular.ranks else None
    return {
        **_head(circular, words),
        **_counts(circular),
        "主要指標": [
            _headline(number, each, groups, circular, words) for number, each in enumerate(_headlines(circular), 1)
        ],
        "量化目標": [_target(each, circular, words) for each in circular.targets],
        "未達標": [
            _lagging(number, verdict, circular, words) for number, verdict in enumerate(circular.lagging, 1)
        ],
        "分組": [_group(number, group, previous, words) for number, group in enumerate(groups, 1)],
        "遲報": _late(circular, words),
        "缺報": _missing(circular, words),
        "發現": [row for row in finding_entries(circular, words) if row["級別"] != words["note"]],
        "未辦結": [
            {
                "單位": each.notice.organization,
                "文號": each.name,
                "條款": each.item.clause,
                "指標": each.item.indicator,
                "期限": written_date(each.reply_by),
                "狀態": state_word(each.state, words),
                "說明": remark(each, words),
            }
            for each in circular.follow_up
            if each.state is not State.CLOSED
        ],
        "年終": _year_end(circular),
        "年終條款": _clauses(circular, words),
        "明細": [_detail(verdict, circular, words) for verdict in circular.result.verdicts],
        "口徑": [
            {"項目": what, "內容": how, "依據": document or "本冊規定"}
            for what, how, document in policy_lines(circular.policy, _rules(circular), words)
        ],
        "計算": [{"項目": what, "內容": how} for what, how in _computed(circular, words)],
    }  # fmt: skip


# --- head and totals -------------------------------------------------------------------------------------------


def _head(circular: Circular, words: Words) -> Entry:
    office = circular.office
    head = {"發文機關": office, "文號": circular.number}
    bodies = {verdict.obligation.organization for verdict in circular.result.verdicts}
    next_period = circular.next_period
    return {
        "紅頭": [head] if circular.number else [],
        "發文機關": office,
        "文號": circular.number,
        "收文單位": circular.policy.circular.recipients,
        "方案": circular.result.title,
        "期別": period_words(circular.period, words),
        "截止日": written_date(circular.period.end),
        "日期": written_date(circular.day),
        "單位數": str(len(bodies)),
        "排名說明": (
            "同類單位之間排名。位次區間是逐一變動權重、目標和數據進位時可能出現的位次；區間重疊的單位難分先後。"
            if circular.ranks
            else "政策文件未定計分辦法，本期不作排名。"
        ),
        "表揚說明": "按各組既定條件：" if circular.ranks else "本期不作表揚、點名。",
        "目標數": str(len(circular.targets)),
        "回復期限": written_date(circular.reply_by),
        "下期": period_words(next_period, words) if next_period else "下一年度",
        "下期報送期限": written_date(circular.next_due),
    }


def _counts(circular: Circular) -> dict[str, str]:
    """The classes of every total; they add up to it."""
    verdicts = circular.result.verdicts
    outcomes = count_outcomes(verdicts)
    promises = count_outcomes(target.main for target in circular.targets)
    states = count_states(circular.follow_up)
    severities = [CODES[finding.code].severity.value for finding in circular.result.findings]
    late = [each for each in circular.result.arrivals if each.standing is ArrivalStanding.LATE]
    return {
        "判定數": str(len(verdicts)),
        **{name: str(outcomes[outcome.value]) for outcome, name in _COUNTED},
        **{f"目標{name}": str(promises[outcome.value]) for outcome, name in _COUNTED},
        "豁免數": str(count_waived(verdicts)),
        "未達項數": str(len(circular.lagging)),
        "遲報說明": f"遲報{len(late)}件" if circular.result.arrivals else "收文日期未作登記，遲報情況無從判定",
        "遲報數": str(len(late)),
        "缺報項數": str(len(circular.missing)),
        "缺報單位數": str(len({verdict.obligation.organization for verdict in circular.missing})),
        "發現數": str(len(severities)),
        "錯誤數": str(severities.count("error")),
        "警告數": str(severities.count("warning")),
        "提示數": str(severities.count("note")),
        "督辦數": str(len(circular.follow_up)),
        **{name: str(states[state]) for state, name in _STATES.items()},
        "建議辦結數": str(sum(each.proposed for each in circular.follow_up)),
    }


# --- targets ---------------------------------------------------------------------------------------------------


def _headlines(circular: Circular) -> list[TargetStanding]:
    """The targets that the policy puts first; where it names none, those that weigh more than the rest."""
    named = circular.policy.circular.headline
    if not named and circular.policy.scoring is not None:
        overrides = [each for scheme in circular.policy.scoring.schemes for each in scheme.overrides]
        named = tuple(rule for override in overrides if override.weight > 1 for rule in override.rules)
    return [target for target in circular.targets if target.main.obligation.rule.id in named]


def _headline(
    number: int, target: TargetStanding, groups: Sequence[RankedGroup], circular: Circular, words: Words
) -> Entry:
    obligation = target.main.obligation
    placed = [
        (score.place, place.organization, score)
        for group in groups
        for place in group.standings
        for score in place.targets
        if score.verdict.obligation.rule.id == obligation.rule.id and score.place is not None
    ]
    ranked = [
        body + target_cell(score, words).replace(" ", "") for _, body, score in sorted(placed, key=lambda each: each[0])
    ]
    return {
        "序號": str(number),
        "指標": obligation.indicator.name,
        "條款": obligation.rule.clause,
        "單位": obligation.organization,
        "情況": standing(target.main, words, circular.policy.pace_word),
        "判定": words[target.main.outcome.value],
        "各地": ("各單位依次為：" + "、".join(ranked) + "。") if ranked else "",
    }


def _target(target: TargetStanding, circular: Circular, words: Words) -> Entry:
    """A target restated, then judged: on the lead's figure, and the others counted."""
    main, others = target.main, target.verdicts[1:]
    said = standing(main, words, circular.policy.pace_word)
    if others:
        counts = count_outcomes(others)
        parts = "、".join(f"{words[name]}{count}" for name, count in counts.items() if count)
        said += f"；另{len(others)}個單位：" + parts
    return {
        "條款": target.clause.number,
        "原文": target.quote,
        "單位": main.obligation.organization,
        "情況": said,
        "判定": words[main.outcome.value],
    }


def _lagging(number: int, verdict: Verdict, circular: Circular, words: Words) -> Entry:
    obligation, said = verdict.obligation, item_words(verdict, words, circular.policy.pace_word)
    clauses = {target.clause.number: target.clause for target in circular.targets}
    return {
        "序號": str(number),
        "條款": obligation.rule.clause,
        "指標": obligation.indicator.name,
        "單位": obligation.organization,
        "牽頭": "、".join(clauses[obligation.rule.clause].lead) or "—",
        "判定": words[verdict.outcome.value],
        "目標": said.target or "—",
        "應達": said.due or "—",
        "報送": said.submitted or "—",
        "差距": said.gap or "—",
        "尚需": said.remaining or "—",
        "情況": said.standing,
    }


def _detail(verdict: Verdict, circular: Circular, words: Words) -> Entry:
    obligation, said = verdict.obligation, item_words(verdict, words, circular.policy.pace_word)
    return {
        "條款": obligation.rule.clause,
        "指標": obligation.indicator.name,
        "單位": obligation.organization,
        "目標": said.target or "—",
        "應達": said.due or "—",
        "報送": said.submitted or "—",
        "差距": said.gap or "—",
        "判定": words[verdict.outcome.value],
        "情況": said.standing,
    }


def _rules(circular: Circular) -> list[tuple[Rule, str]]:
    """The rules that anybody was judged by, in the plan's order, each with the name of its indicator."""
    listed = {}
    for target in circular.targets:
        for verdict in target.verdicts:
            listed[verdict.obligation.rule.id] = (verdict.obligation.rule, verdict.obligation.indicator.name)
    return list(listed.values())


# --- ranking ---------------------------------------------------------------------------------------------------


def _group(number: int, group: RankedGroup, previous: Period | None, words: Words) -> Entry:
    mark = words["illustrative"] if group.illustrative else ""
    none = "無"
    heads, rows = target_table(group, words)
    wide = len(group.standings) > 1 and len(heads) == 4
    return {
        "序號": f"（{chinese_number(number)}）",
        "名稱": group.name + mark,
        "辦法": words["scored-by"].format(method=words[f"method-{group.method}"], document=group.document),
        "表揚": "、".join(group.commended) or none,
        "點名": "、".join(group.named) or none,
        "名次": [dict(zip(CIRCULAR_LISTS["名次"], place_cells(each, words), strict=True)) for each in group.standings],
        "說明": [{"內容": line} for line in group_remarks(group, words, previous)[1:]],
        "分項": Grid(
            tuple(heads),
            tuple(tuple(row) for row in rows),
            (8, 22, 7, 63) if wide else (8, 16, 6, *(70 // (len(heads) - 3) for _ in heads[3:])),
        ),
    }


def finding_entries(circular: Circular, words: Words) -> list[dict[str, str]]:
    """All findings, notes included, as entries of the list 發現."""
    entries = []
    for finding in circular.result.findings:
        row = finding_row(finding, words)
        place = row["source"]
        where = [place["file"], place["line"], place["cell"]]
        entries.append({
            "級別": words[row["severity"]],
            "內容": row["message"],
            "位置": ":".join(str(part) for part in where if part),
        })  # fmt: skip
    return entries


# --- what came in ----------------------------------------------------------------------------------------------


def _late(circular: Circular, words: Words) -> list[Entry]:
    return [
        {
            "單位": each.organization,
            "文件": each.file or "—",
            "收到": written_date(each.day) if each.day else "—",
            "期限": written_date(each.due) if each.due else "—",
            "遲交": f"{each.days_late}日",
        }
        for each in circular.result.arrivals
        if each.standing is ArrivalStanding.LATE
    ]


def _missing(circular: Circular, words: Words) -> list[Entry]:
    by_body: dict[str, list[Verdict]] = {}
    for verdict in circular.missing:
        by_body.setdefault(verdict.obligation.organization, []).append(verdict)
    return [
        {
            "單位": body,
            "項數": str(len(verdicts)),
            "事項": "、".join(
                f"{verdict.obligation.indicator.name}（{words[(verdict.reason or Outcome.UNDECIDED).value]}）"
                for verdict in verdicts
            ),
        }
        for body, verdicts in by_body.items()
    ]


# --- the year's end and the annexes ----------------------------------------------------------------------------

_KEPT = (("kept", "兌現"), ("not-kept", "未兌現"), ("undecided", "未定"), ("qualitative", "定性"))


def _year_end(circular: Circular) -> list[Entry]:
    clauses = circular.ranks.clauses if circular.ranks else ()
    if not clauses:
        return []
    kinds = [clause.kept.value for clause in clauses]
    return [{"條款數": str(len(clauses)), **{name: str(kinds.count(kind)) for kind, name in _KEPT}}]


def _clauses(circular: Circular, words: Words) -> list[Entry]:
    quotes = {verdict.obligation.rule.target: each.quote for each in circular.targets for verdict in each.verdicts}
    return [
        {
            "條款": clause.clause,
            "結果": words[f"clause-{clause.kept.value}"],
            "目標": "；".join(
                quotes.get(promise.target, promise.target) + (f"（{words[promise.why]}）" if promise.why else "")
                for promise in clause.promises
                if promise.kept.value != "kept"
            )
            or "—",
        }
        for clause in (circular.ranks.clauses if circular.ranks else ())
        if clause.kept.value in ("not-kept", "undecided")
    ]


def _computed(circular: Circular, words: Words) -> list[tuple[str, str]]:
    fates = count_fates(circular.result.account.cells)
    judged, not_needed, refused = fates.values()
    rows = [verdict_row(verdict, Words("en"), circular.policy.pace_word) for verdict in circular.result.verdicts]
    digest = hashlib.sha256(json.dumps(rows, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    lines = [
        ("依據", circular.result.title),
        ("判定方法", "逐項將報送數與規則所定應達數作精確比較；每項判定的推導見附件5、附表（推導）和程序的報告頁"),
        (
            "報送數據",
            f"文件{len(circular.result.account.files)}個；讀取{judged + not_needed + refused}格＝已判定{judged}"
            + f"＋無須判定{not_needed}＋未採用{refused}",
        ),
        ("已知情況截至", written_date(circular.as_of) if circular.as_of else "全部已收到的文件"),
        ("程序版本", f"biaochi {__version__}"),
        ("規則摘要（SHA-256）", circular.result.digest),
        ("判定結果摘要（SHA-256）", digest),
    ]
    if circular.plan_digest:
        lines.insert(1, ("方案文本摘要", circular.plan_digest))
    return lines
