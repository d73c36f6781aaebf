"""The words of a comparison: (English, Traditional Chinese) by key; Simplified is made when it is shown."""

#: What each cause is called.
CAUSES: dict[str, tuple[str, str]] = {
    "new-figure": ("new figure", "新報數"),
    "withdrawn-figure": ("withdrawn figure", "撤回數"),
    "corrected-figure": ("corrected figure", "更正數"),
    "revised-past": ("revised past", "往期數修訂"),
    "inspection": ("inspection", "實地核查"),
    "arrival": ("arrival", "收件登記"),
    "amendment": ("amended target", "目標調整"),
    "waiver": ("waiver", "豁免"),
    "rule": ("rule", "規則"),
    "quota": ("quota", "任務分解"),
    "policy": ("policy", "判定口徑"),
    "plan": ("plan", "方案登記"),
    "organizations": ("organizations", "單位名錄"),
    "relations": ("relations", "勾稽關係"),
    "adjustments": ("adjustments", "加減分"),
    "units": ("units of measure", "計量單位"),
    "period": ("period", "期別"),
    "options": ("options", "選項"),
    "program": ("program", "程序版本"),
    "writing": ("written otherwise", "僅寫法不同"),
}

#: What is said, by key.
SENTENCES: dict[str, tuple[str, str]] = {
    "old": ("Old: {name}", "舊：{name}"),
    "new": ("New: {name}", "新：{name}"),
    "same": ("Nothing changed.", "沒有變化。"),
    "edits": ("What differs", "不同之處"),
    "flips": ("Verdicts that changed", "變化的判定"),
    "shifts": ("Same verdict, other numbers", "判定不變、數有變化"),
    "offset": (
        "Same verdict, although a cause alone would have changed it",
        "判定不變，但單憑一項原因即會改變",
    ),
    "new-findings": ("New findings", "新增問題"),
    "gone-findings": ("Findings that are gone", "消除的問題"),
    "failures": (
        "Failures: {still} still there, {new} new, {removed} gone",
        "未達標：仍在 {still} 項，新增 {new} 項，消除 {removed} 項",
    ),
    "verdicts": (
        "Verdicts: {flips} changed, {shifts} with other numbers, {added} added, {removed} gone",
        "判定：變化 {flips} 項，僅數有變化 {shifts} 項，增加 {added} 項，減少 {removed} 項",
    ),
    "findings": (
        "Findings: {kept} still there, {new} new, {gone} gone",
        "問題：仍在 {kept} 項，新增 {new} 項，消除 {gone} 項",
    ),
    "replayed": (
        "Causes were proved by judging again with one input exchanged at a time.",
        "原因經逐項替換輸入重新判定證實。",
    ),
    "read": (
        "Causes are read from the two results; compare the folders to have them proved.",
        "原因僅據兩份結果推斷；如需證實，請比較原文件夾。",
    ),
    "incomplete": (
        "Some input could not be used: the answer is incomplete.",
        "部分輸入無法使用，結果不完整。",
    ),
    "together": ("{causes} together", "{causes}共同造成"),
    "either": ("{causes}, each alone", "{causes}，單憑其一即可"),
    "suspected": ("{causes}: at least one of them", "{causes}：至少其一"),
    "unexplained": ("no cause was found", "未找到原因"),
    "would-be": ("{cause} alone: {verdict}", "單憑{cause}：{verdict}"),
    "waived": ("waived", "已豁免"),
    "none": ("none", "無"),
}

#: The heads of columns.
HEADS: dict[str, tuple[str, str]] = {
    "cause": ("cause", "原因"),
    "what": ("what", "事項"),
    "before": ("before", "之前"),
    "after": ("after", "之後"),
    "place": ("place", "位置"),
    "because": ("because of", "因"),
    "row": ("organization, indicator", "單位、指標"),
    "change": ("verdict", "判定"),
    "numbers": ("actual, due", "實際、應達"),
}
