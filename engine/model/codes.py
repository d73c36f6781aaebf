"""Every diagnostic code: its weight, whether it leaves the answer incomplete, its message and the way out.

Messages are templates in English and Traditional Chinese; Simplified is made from the latter when it is shown.
Names in braces are the `params` of the diagnostic.
"""

from engine.model.diagnostic import Severity
from engine.model.noun import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """What a code means. `incomplete`: some input could not be read or used, so the exit code is 3."""

    severity: Severity
    incomplete: bool
    message: tuple[str, str]
    hint: tuple[str, str]


def _unusable(message: tuple[str, str], hint: tuple[str, str]) -> Code:
    return Code(Severity.ERROR, True, message, hint)


def _error(message: tuple[str, str], hint: tuple[str, str]) -> Code:
    return Code(Severity.ERROR, False, message, hint)


def _warning(message: tuple[str, str], hint: tuple[str, str]) -> Code:
    return Code(Severity.WARNING, False, message, hint)


def _note(message: tuple[str, str], hint: tuple[str, str]) -> Code:
    return Code(Severity.NOTE, False, message, hint)


_NEAREST = ("nearest: {nearest}", "相近的有：{nearest}")

CODES: dict[str, Code] = {
    # Receipts
    "receipt-missing": _unusable(
        (
            "there is no receipt in it that can be read, and none beside it ({file})",
            "其中沒有可讀取的收據，旁邊也沒有（{file}）",
        ),
        (
            "give the JSON of `check`, or name the receipt with --receipt",
            "請給出 check 的 JSON，或用 --receipt 指明收據",
        ),
    ),
    "receipt-foreign": _unusable(
        ("the receipt names a call that this version does not know", "收據所記的命令本版本無法重做"),
        ("verify it with the version that made it", "請用出具該結果的版本核驗"),
    ),
    "receipt-broken": _error(
        ("the receipt was changed: its digest is not that of its content", "收據被改動：其摘要與內容不符"),
        ("ask for the result as it was made", "請索取原結果"),
    ),
    "input-changed": _error(
        ("the file is not the one of which {result} was made", "該文件與出具 {result} 時不同"),
        (
            "put the file back as it was; what is new goes into a new entry with its day",
            "請恢復原文件；新情況另立條目並寫明日期",
        ),
    ),
    "input-added": _error(
        ("the file was not there when {result} was made", "出具 {result} 時沒有該文件"),
        ("enter in the manifest when it came in, or take it out", "請在 manifest 中登記到件日期，或移走"),
    ),
    "input-removed": _error(
        ("{result} was made of this file, and it is not there", "{result} 依據該文件，而該文件已不在"),
        ("put it back; files that were replaced are kept", "請恢復；被替換的文件也要保留"),
    ),
    "result-differs": _error(
        ("{place}: {found} stands there, and {wanted} comes out", "{place}：文件中為 {found}，重做為 {wanted}"),
        ("ask for the result as it was made, or make it anew", "請索取原結果，或重新出具"),
    ),
    "made-by-another-version": _note(
        ("made with {name} {then}; here it is {now}", "出具時 {name} 為 {then}，此處為 {now}"),
        ("nothing to do where nothing else differs", "若無其他差異，無須處理"),
    ),
    "chain-broken": _error(
        (
            "the result does not follow {before}: its receipt says that {previous} comes before it",
            "該結果不接在 {before} 之後：其收據所記的上一份為 {previous}",
        ),
        ("name all results of the chain in their order, from the first one", "請從第一份起按順序列出全部結果"),
    ),
    # Files and folders
    "no-check-result": _unusable(
        ("the file is no result of a check ({found})", "此文件不是 check 的結果（{found}）"),
        (
            "write one with: biaochi check PATH --format json -o result.json",
            "請用 biaochi check PATH --format json -o result.json 生成",
        ),
    ),
    "path-missing": _unusable(
        ("there is no such file or folder", "沒有這個文件或文件夾"), ("check the path", "請核對路徑")
    ),
    "folder-empty": _unusable(
        ("the folder holds no submission", "文件夾中沒有報送文件"),
        ("put .yaml, .csv or .xlsx files into it", "請放入 .yaml、.csv 或 .xlsx 文件"),
    ),
    "file-unreadable": _unusable(
        ("the file cannot be read: {problem}", "文件無法讀取"),
        ("check that it exists and may be read", "請核對文件是否存在、是否有讀取權限"),
    ),
    "file-changed": _unusable(
        ("the file was written while it was read", "讀取期間文件有改動"),
        ("let the writing end, then check again", "請待文件寫完後重新檢查"),
    ),
    "link-not-followed": _unusable(
        (
            "a link that leads out of the folder, or to a folder, is not followed",
            "此鏈接指向文件夾之外或指向另一文件夾，不予讀取",
        ),
        ("put the file itself in its place", "請放入文件本身"),
    ),
    "too-many-rows": _unusable(
        ("the file unpacks to more than {limit} rows or characters", "文件超過 {limit} 行或 {limit} 字符"),
        ("split it", "請拆分文件"),
    ),
    "file-too-large": _unusable(
        ("the file is larger than {limit} bytes", "文件超過 {limit} 字節"), ("split it", "請拆分文件")
    ),
    "file-missing": _unusable(
        ("the book has no such file", "本冊缺少這個文件"),
        (
            "every book has targets.yaml, organizations.yaml and rules/",
            "每冊須有 targets.yaml、organizations.yaml 和 rules/",
        ),
    ),
    "not-a-regular-file": _unusable(
        ("this is not a regular file", "這不是普通文件"), ("put a file in its place", "請換成普通文件")
    ),
    "format-unknown": _unusable(
        ("files that end in {found} are not read", "不讀取 {found} 文件"),
        ("save it as one of {known}", "請另存為 {known} 之一"),
    ),
    "not-utf8": _unusable(
        ("the file is not UTF-8 here", "此處不是 UTF-8 編碼"),
        ("save it as UTF-8 (in a spreadsheet: CSV UTF-8)", "請另存為 UTF-8 編碼（電子表格選“CSV UTF-8”）"),
    ),
    "encoding-doubtful": _unusable(
        (
            "from here the text is neither UTF-8 nor, as a whole, GB18030",
            "由此處起既不是 UTF-8 編碼，全文也不是 GB18030 編碼",
        ),
        ("save it as UTF-8 (in a spreadsheet: CSV UTF-8)", "請另存為 UTF-8 編碼（電子表格選“CSV UTF-8”）"),
    ),
    "read-as-gb18030": _note(
        ("the file is not UTF-8 and was read as GB18030", "文件不是 UTF-8 編碼，按 GB18030 讀取"),
        ("nothing to do; CSV UTF-8 is read the same", "無須處理；存為“CSV UTF-8”亦可"),
    ),
    # Workbooks and Parquet
    "workbook-broken": _unusable(
        ("the workbook cannot be read: {problem}", "工作簿已損壞或不是 .xlsx 格式，無法讀取"),
        ("open it in the spreadsheet program and save it again as .xlsx", "請用電子表格軟件打開並重新另存為 .xlsx"),
    ),
    "workbook-protected": _unusable(
        ("the workbook needs a password, or is of the old format .xls", "工作簿設有密碼，或是舊的 xls 格式"),
        ("save it as .xlsx without a password", "請取消密碼並另存為 .xlsx"),
    ),
    "workbook-too-large": _unusable(
        ("the workbook unpacks to more than is read ({problem})", "工作簿展開後過大（{problem}）"),
        ("send the figures alone; split what is larger", "請只報送數據，過大的請拆分"),
    ),
    "formula-without-value": _unusable(
        ("the formula {found} has no result in the file", "公式 {found} 在文件中沒有計算結果"),
        ("open the workbook, let it calculate, save it; or write the number", "請打開工作簿重新計算後保存，或直接填數"),
    ),
    "number-format-doubtful": _unusable(
        (
            "the cell holds {found}, and its format shows another number",
            "單元格存的是 {found}，而其格式顯示為另一個數",
        ),
        ("write the number as it is meant, in a plain format", "請用普通格式填寫實際的數"),
    ),
    "figure-spans-rows": _unusable(
        ("one merged cell holds the figure of several rows", "數值單元格跨行合併，無法確定屬於哪一行"),
        ("take the cells apart and fill in each", "請取消合併，逐格填寫"),
    ),
    "number-as-shown": _note(
        (
            "the cell calculates {stored} and shows {shown}, which counts",
            "單元格算得 {stored}，顯示 {shown}，以顯示為準",
        ),
        ("round in the formula if another number is meant", "若非此數，請在公式中取整"),
    ),
    "hidden-cells": _note(
        ("sheet {sheet}: {count} hidden rows were read", "工作表“{sheet}”：讀取了 {count} 行隱藏內容"),
        ("show them, so that everybody sees what counts", "請取消隱藏，使各方看到同樣的內容"),
    ),
    "sheet-not-read": _note(
        ("sheet {sheet} has no table of figures", "工作表“{sheet}”沒有數據表"),
        ("nothing to do if it only explains", "若僅為說明，無須處理"),
    ),
    "remark-without-figure": _note(
        ("a remark or evidence stands in a row without a figure", "該行有說明或佐證，但未填數值"),
        ("fill in the figure, or leave the row blank until there is one", "請補填數值；暫無數據時，該行留空"),
    ),
    "cells-without-column": _note(
        ("{count} cells stand under no column name and were not read", "{count} 個單元格上方沒有列名，未讀取"),
        ("give the column a name if it holds figures", "若為數據，請寫列名"),
    ),
    "links-not-followed": _note(
        ("the workbook links to other files; none was opened", "工作簿鏈接其他文件，均未打開"),
        ("the results that stand in the file count", "以文件中已有的結果為準"),
    ),
    "formula-calls-out": _note(
        (
            "{count} formulas of this sheet fetch from elsewhere or start programs, first {found}; none was run",
            "本表有 {count} 個公式調用外部數據或程序，第一個為 {found}，均未運行",
        ),
        ("the results that stand in the file count; write plain numbers", "以文件中已有的結果為準；請直接填數"),
    ),
    "macros-not-run": _note(
        ("the workbook holds macros; none was run", "工作簿含有宏，均未運行"),
        ("save it as .xlsx without macros", "請另存為不含宏的 .xlsx"),
    ),
    "parquet-broken": _unusable(
        ("the file cannot be read as Parquet: {problem}", "文件已損壞或不是 Parquet 格式"),
        ("write it again", "請重新生成"),
    ),
    "parquet-float": _unusable(
        (
            "{count} figures of this column are binary fractions, the first in this row",
            "此列有 {count} 個二進制浮點數，本行為第一個",
        ),
        ("write the column as text or decimals", "請改為文本或十進制小數"),
    ),
    "parquet-column": _unusable(
        ("the column {column} is of type {type}, which is not read", "{column} 列的類型 {type} 不予讀取"),
        ("write the column as text, whole numbers or decimals", "請改為文本、整數或十進制小數"),
    ),
    # YAML and CSV
    "yaml-syntax": _unusable(
        ("this is not YAML: {problem}", "此處不是正確的 YAML"),
        ("mend the line; blanks at its beginning count", "請核對此處的縮進、冒號後的空格、引號和括號"),
    ),
    "yaml-too-large": _unusable(
        ("the text has more than {limit} characters", "文本超過 {limit} 個字符"),
        ("split the file", "請拆分文件"),
    ),
    "yaml-too-deep": _unusable(
        ("more than {limit} levels are nested", "嵌套超過 {limit} 層"), ("write it flat", "請減少嵌套層數")
    ),
    "yaml-alias": _unusable(
        ("references such as *{alias} are not read", "不讀取 *{alias} 這類引用"),
        ("write the value out where it is used", "請在使用處直接寫出數值"),
    ),
    "repeated-key": _unusable(("{key} is written twice", "{key} 重複出現"), ("keep one of the two", "請只保留一處")),
    "submission-empty": _unusable(
        ("the file holds nothing", "文件沒有內容"),
        ("fill it in or take it out of the folder", "請填寫，或從文件夾中移除"),
    ),
    "csv-broken": _unusable(
        ("this is not CSV: {problem}", "此處不是正確的 CSV"),
        ("check the quotation marks of the row", "請核對此行的引號"),
    ),
    "column-missing": _unusable(
        ("the header lacks {columns}", "表頭缺少 {columns}"),
        (
            "write the names of the columns over the table; in a CSV file commas separate them",
            "請在數據上方一行寫明列名；CSV 文件以半角逗號分隔",
        ),
    ),
    "column-unknown": _unusable(
        ("there is no column {found}", "沒有 {found} 這一列"), ("the columns are {known}", "列名為 {known}")
    ),
    "column-repeated": _unusable(
        ("the column {found} stands twice", "{found} 這一列重複"), ("keep one of the two", "請只保留一列")
    ),
    "row-too-long": _unusable(
        ("the row has more cells than the header's {count}", "此行單元格多於表頭的 {count} 列"),
        (
            "write numbers without thousands separators, and texts with commas in quotation marks",
            "數字不加千分位逗號，含逗號的文字請加引號",
        ),
    ),
    "part-repeated": _unusable(
        ("the part {part} is given twice", "分項 {part} 重複"), ("keep one of the two", "請只保留一處")
    ),
    # Shapes
    "wrong-shape": _unusable(
        ("expected here: {expected}", "此處應為：{expected}"),
        (
            "`biaochi schema list` names the description of each kind of file",
            "biaochi schema list 列出各類文件的格式說明",
        ),
    ),
    "key-missing": _unusable(("{key} is missing", "缺少 {key}"), ("add it", "請補上")),
    "unknown-key": _unusable(
        ("there is no key {key}", "沒有 {key} 這一項"),
        ("write {nearest}? Known here: {known}", "是否應為 {nearest}？此處可用：{known}"),
    ),
    "unknown-word": _unusable(
        ("{word} is no value of {key}", "{key} 不能寫作 {word}"), ("one of {known}", "可寫 {known}")
    ),
    "not-a-date": _unusable(("{word} is no date", "{word} 不是日期"), ("write 2025-06-30", "請寫成 2025-06-30")),
    "not-a-number": _unusable(("{word} is no number", "{word} 不是數字"), ("write a plain decimal", "請寫成普通小數")),
    # Numbers and units of measure
    "number-missing": _unusable(
        ("there is no number in “{found}”", "“{found}”中沒有數字"),
        (
            "write a number with its unit of measure, as 131 {unit}; leave out what is not known yet",
            "請寫數字和計量單位，如 131 {unit}；暫無數據的不填",
        ),
    ),
    "number-unreadable": _unusable(
        ("“{found}” cannot be read as a number without guessing", "“{found}”無法確定是什麼數"),
        (
            "write plain digits and the unit of measure, as 1234.5 {unit}",
            "請用阿拉伯數字和計量單位書寫，如 1234.5 {unit}",
        ),
    ),
    "too-many-digits": _unusable(
        ("“{found}” has more digits than can be judged exactly", "“{found}”位數過多，無法精確判定"),
        (
            "check the unit of measure; at most 15 digits before the point and 5 behind it",
            "請核對計量單位；整數不超過 15 位，小數不超過 5 位",
        ),
    ),
    "unit-missing": _unusable(
        ("“{found}” has no unit of measure", "“{found}”沒有計量單位"),
        ("write the unit of measure behind the number, as 131 {unit}", "請在數字後寫明計量單位，如 131 {unit}"),
    ),
    "unit-unknown": _unusable(
        ("the unit of measure in “{found}” is not known", "“{found}”的計量單位無法識別"), _NEAREST
    ),
    "unit-contradicts": _unusable(
        ("“{found}” carries another unit of measure than its column", "“{found}”與單位列不一致"),
        ("write the unit of measure once", "計量單位只寫一處"),
    ),
    "unit-mismatch": _unusable(
        ("{found} cannot be held against {wanted}", "{found} 與 {wanted} 不是同類計量單位"),
        ("report in {wanted} or a multiple of it", "請按 {wanted} 或其倍數單位報送"),
    ),
    "units-broken": _unusable(
        ("the definition of a unit of measure cannot be used: {problem}", "計量單位定義無法使用：{problem}"),
        ("see pint's syntax, as: 擔 = 50 * 公斤", "請按 pint 語法書寫，如 擔 = 50 * 公斤"),
    ),
    # Submissions
    "too-many-findings": _unusable(
        (
            "more than {limit} figures of this file cannot be used; from here on none is read",
            "本文件超過 {limit} 個數無法使用，由此處起不再讀取",
        ),
        ("mend the first ones, then check again", "請先更正前面的問題，再重新檢查"),
    ),
    "unknown-organization": _unusable(("the book knows no organization {name}", "本冊沒有單位“{name}”"), _NEAREST),
    "unknown-indicator": _unusable(("the book knows no indicator {name}", "本冊沒有指標“{name}”"), _NEAREST),
    "period-unreadable": _unusable(
        ("{found} is no period", "{found} 不是期別"),
        ("write 2025Q2, 2025H1, 2025-11 or 2025", "請寫成 2025Q2、2025H1、2025-11 或 2025"),
    ),
    "period-missing": _unusable(
        ("neither the file nor its folder names a period", "文件和文件夾都沒有寫明期別"),
        ("write period: 2025Q2, or use --period", "請寫 period: 2025Q2，或用 --period"),
    ),
    "period-outside-plan": _unusable(
        ("{period} is not in {year}, the year of the plan", "{period} 不在方案年度 {year} 之內"),
        ("correct the period, or check it against the book of that year", "請更正期別，或用該年度的冊子檢查"),
    ),
    "period-differs": _unusable(
        ("the file says {found}, its folder {folder}", "文件寫 {found}，文件夾是 {folder}"),
        ("correct the period or move the file", "請更正期別或移動文件"),
    ),
    "form-wrong-period": _unusable(
        (
            "this is the form of {organization} for {found}, and {wanted} is judged",
            "這是 {organization} {found} 的報送表，而本次檢查的是 {wanted}",
        ),
        (
            "fill in the form of the period (biaochi form {wanted}), or move the file to its own period's folder",
            "請填寫 {wanted} 的報送表，或將文件移到所屬期別的文件夾",
        ),
    ),
    "form-of-another-body": _unusable(
        (
            "{count} rows of the form of {organization} stand under the name {found}",
            "{organization} 的報送表中有 {count} 行寫的是 {found}",
        ),
        (
            "fill in the form of {found} for its figures; in this one restore the name of {organization}",
            "{found} 的數請填入該單位自己的報送表；如為誤改，請將單位改回 {organization}",
        ),
    ),
    "form-of-another-book": _warning(
        (
            "the form of {organization} was made from another book ({found}, now {wanted})",
            "{organization} 的報送表按另一版規則冊（{found}）製作，現行為 {wanted}",
        ),
        (
            "check that it still asks for what is due (biaochi obligations), or fill in a new form",
            "請核對表中項目是否仍為現行應報項目，或用新表重填",
        ),
    ),
    "figures-conflict": _unusable(
        (
            "{organization} gives two figures for {indicator}: {first} and {second}",
            "{organization} 的 {indicator} 有兩個數：{first} 和 {second}",
        ),
        ("keep the right one", "請只保留正確的一個"),
    ),
    "figure-repeated": _warning(
        (
            "{organization} gives {indicator} twice, both times {first}",
            "{organization} 的 {indicator} 報送兩次，均為 {first}",
        ),
        ("keep one of the two", "請只保留一處"),
    ),
    "joint-figures-differ": _unusable(
        (
            "bodies that answer jointly give different figures for {indicator}: {figures}",
            "共同負責的單位對 {indicator} 報送不一致：{figures}",
        ),
        ("agree on one figure", "請協商統一口徑後報送一個數"),
    ),
    "negative-figure": _unusable(
        ("{found} is below zero, and this is a count or an amount", "{found} 為負數，而此指標是累計數"),
        ("report the year to date", "請報送年初以來累計數"),
    ),
    "parts-unknown": _unusable(
        ("the parts given are {given}, wanted are {wanted}", "報送的分項是 {given}，應為 {wanted}"),
        ("use these names", "請使用規定的分項名稱"),
    ),
    "parts-impossible": _unusable(
        ("{found}: a part exceeds its whole, or there is no whole", "{found}：部分大於整體，或整體為零"),
        ("check both numbers", "請核對兩個數"),
    ),
    "needs-value": _unusable(
        ("this figure is a number with its unit of measure", "此數應為數字加計量單位"),
        ("write it as 131 {unit}", "請寫成如 131 {unit}"),
    ),
    "needs-counted": _unusable(
        ("this figure is done and eligible, both counted", "此數應分別報送已辦數和應辦數"),
        ("write done: 95 {unit} and eligible: 100 {unit}", "請分別寫 done: 95 {unit} 和 eligible: 100 {unit}"),
    ),
    "needs-stage": _unusable(
        ("this figure is the last finished stage", "此處應填最近完成的節點"),
        ("write stage: and one of {stages}", "請寫 stage: 及以下節點之一：{stages}"),
    ),
    "forms-mixed": _unusable(
        ("the figure comes in two forms at once", "同一個數有兩種填法"),
        ("keep the one that this indicator is reported in", "請只保留此指標規定的填法"),
    ),
    "revision-unreadable": _unusable(
        ("the revision does not say period, from, to and reason", "修訂未寫明期別、原數、新數和原因"),
        (
            "write period: 2025Q1, from: 190 {unit}, to: 188 {unit}, reason: and why",
            "請寫明 period: 2025Q1、from: 190 {unit}、to: 188 {unit} 和 reason: 原因",
        ),
    ),
    "name-missing": _unusable(
        ("the cell is empty, and a name belongs here", "此處空白，應填名稱"), ("write the name", "請填寫名稱")
    ),
    "group-as-organization": _unusable(
        ("{name} is a group, and each body reports for itself", "“{name}”是一組單位的統稱，應由各單位分別報送"),
        ("write one body's name", "請填寫單個單位的名稱"),
    ),
    "members-missing": _unusable(
        ("this indicator is reported member by member: {members}", "此指標應分項報送：{members}"),
        ("write members: and one figure for each", "請在 members: 下逐項填報"),
    ),
    "member-unknown": _unusable(
        ("{name} is no member", "沒有“{name}”這一項"), ("the members are {members}", "應為 {members}")
    ),
    "stage-unknown": _unusable(
        ("{name} is no stage of this milestone", "“{name}”不是計劃中的節點"),
        ("the stages are {stages}", "節點為 {stages}"),
    ),
    "different-measure": _warning(
        (
            "the submission says it measures {found}; wanted is {wanted}",
            "報送口徑為“{found}”，應為“{wanted}”",
        ),
        ("report {wanted}", "請按“{wanted}”口徑報送"),
    ),
    "member-missing": _warning(
        ("{organization}: {indicator} lacks {members}", "{organization} 的 {indicator} 缺 {members}"),
        ("report the missing members", "請補報缺項"),
    ),
    "not-judged": Code(
        Severity.NOTE,
        False,
        (
            "{organization} owes no figure for {indicator}; it is kept for reconciliation",
            "{organization} 無須報送 {indicator}，僅作核對之用",
        ),
        ("nothing to do", "無須處理"),
    ),
    "figures-not-asked": _note(
        (
            "{count} figures of {indicator} for {period} are owed by nobody who sent them",
            "{indicator} {period} 有 {count} 個數據無須報送",
        ),
        ("nothing to do", "無須處理"),
    ),
    "period-not-judged": Code(
        Severity.NOTE,
        False,
        ("a figure for {period} is not part of this check", "{period} 的數不在本次檢查範圍"),
        ("check that period", "請另行檢查該期"),
    ),
    "earlier-incomplete": Code(
        Severity.NOTE,
        False,
        (
            "{count} findings in earlier periods limit what is known of them",
            "往期文件中有 {count} 處問題，往期信息不全",
        ),
        ("check that period by itself", "請單獨檢查該期"),
    ),
    # Facts between figures
    "year-to-date-falls": _error(
        (
            "{organization}: {indicator} falls from {before} in {period} to {now}",
            "{organization} 的 {indicator} 由 {period} 的 {before} 降為 {now}",
        ),
        ("declare the revision with its reason (revises:)", "累計數不應下降，如有核減請寫明 revises: 及原因"),
    ),
    "revision-differs": _error(
        (
            "{organization} revises {indicator} of {period} from {from}, but on record is {record}",
            "{organization} 更正 {period} 的 {indicator}，稱原報 {from}，而原記錄為 {record}",
        ),
        (
            "name the number that was reported for that period behind from:, as it stands in its submission",
            "請在 from: 處填寫當期原報數，與當期報送文件一致",
        ),
    ),
    "revised": _note(
        (
            "{organization}: {indicator} of {period} was revised from {from} to {to}: {reason}",
            "{organization} 的 {indicator} {period} 數由 {from} 更正為 {to}：{reason}",
        ),
        (
            "nothing to do; --as-of a day before the revision gives the verdicts of that day",
            "無須處理；用 --as-of 指定更正前的日期，可查看當日的判定",
        ),
    ),
    "receipt-repeated": _error(
        ("the manifest lists {file} twice", "到件清單重複列出 {file}"),
        ("keep the entry that is right", "請只保留正確的一條"),
    ),
    "replacement-impossible": _error(
        ("{file} cannot replace {replaced}", "{file} 不能替換 {replaced}"),
        (
            "name a file that the manifest lists and that came in before it or on the same day; two files cannot "
            "replace each other",
            "被替換的文件須列在清單中，且到件不晚於替換文件；兩個文件不能互相替換",
        ),
    ),
    "receipt-without-file": _unusable(
        ("the manifest lists {file}, which is not in the folder", "到件清單列有 {file}，文件夾中沒有該文件"),
        (
            "put the file into the folder, or correct its name in the manifest",
            "請將該文件放入文件夾，或更正清單中的文件名",
        ),
    ),
    "file-without-receipt": _warning(
        ("the manifest does not say when {file} came in", "到件清單未列 {file} 的到件日期"),
        ("add the day on which it came in to manifest.yaml", "請在 manifest.yaml 中補記到件日期"),
    ),
    "received-before-end": _warning(
        (
            "{file} came in on {day}, before the period was over on {end}",
            "{file} 於 {day} 到件，而本期 {end} 才結束",
        ),
        ("ask for the figures of the whole period", "請核實所報是否為全期數"),
    ),
    "submitted-late": _warning(
        (
            "{file} of {organizations} came in on {day}, {days} days after the last day, {due}",
            "{organizations} 的 {file} 於 {day} 到件，超過截止日 {due} {days} 天",
        ),
        ("nothing is judged by it; the circular names it", "不影響判定，通報中列出"),
    ),
    "nothing-submitted": _warning(
        (
            "nothing of {organization} came in for {period} that could be read; {count} figures are missing",
            "{organization} {period} 未報送可讀取的數據，缺 {count} 項",
        ),
        ("ask for its submission", "請催報"),
    ),
    "received-later": _note(
        ("the file came in on {day}, after {as_of}, and is left out", "該文件於 {day} 到件，晚於 {as_of}，不計入"),
        ("nothing to do: this is what was known on that day", "無須處理：此為當日已知的情況"),
    ),
    "file-replaced": _note(
        ("the file was replaced by {file} on {day}: {reason}", "該文件已於 {day} 由 {file} 替換：{reason}"),
        (
            "nothing to do; it is kept, and --as-of an earlier day judges it",
            "無須處理；原文件保留，用 --as-of 指定更早的日期可按原文件判定",
        ),
    ),
    "baseline-changed": _error(
        (
            "{organization}: {indicator} states another baseline than in {period}",
            "{organization} 的 {indicator} 基期數與 {period} 不一致",
        ),
        ("state the same baseline, or declare the revision", "請統一基期數，或寫明修訂及原因"),
    ),
    "list-changed": _error(
        (
            "{organization}: {indicator} counts {now}, and {before} in {period}: the list is fixed for the year",
            "{organization} 的 {indicator} 為 {now}，而 {period} 為 {before}：應完成對象名單全年不變",
        ),
        ("keep to the list, or declare the revision (revises:)", "請按同一名單報送，如有調整請寫明 revises: 及原因"),
    ),
    "sum-differs": _error(
        (
            "{indicator}: the city reports {city} {unit}, its {count} counties together {sum} {unit}",
            "{indicator}：市級報送 {city}{unit}，{count} 個縣市區合計 {sum}{unit}",
        ),
        ("both sides check their figures", "請市縣雙方核對"),
    ),
    "overstated": _error(
        (
            "{organization}: {indicator} was submitted as {submitted}, on site it was {established}",
            "{organization} 的 {indicator} 報送 {submitted}，實地核查為 {established}",
        ),
        ("correct the submission", "請更正報送數"),
    ),
    # Figures that contradict the book's relations
    "part-exceeds-whole": _error(
        (
            "{organization}: {part} is {part_figure}, more than {whole}, which is {whole_figure} ({relation})",
            "{organization} 的 {part} 為 {part_figure}，大於 {whole} 的 {whole_figure}（{relation}）",
        ),
        ("a part is no more than its whole: correct the one that is wrong", "部分不應大於總體，請更正有誤的一項"),
    ),
    "parts-exceed-whole": _error(
        (
            "{organization}: {whole} is {whole_figure}, and parts of it together {sum}: {parts} ({relation})",
            "{organization} 的 {whole} 為 {whole_figure}，其中各項合計已達 {sum}：{parts}（{relation}）",
        ),
        ("correct the whole or the part that is wrong", "請更正有誤的總數或分項"),
    ),
    "parts-sum-differs": _error(
        (
            "{organization}: {whole} is {whole_figure}, its parts together {sum}: {parts} ({relation})",
            "{organization} 的 {whole} 為 {whole_figure}，各分項合計為 {sum}：{parts}（{relation}）",
        ),
        ("the parts add up to the whole: correct the one that is wrong", "分項之和應等於總數，請更正有誤的一項"),
    ),
    "rate-differs": _error(
        (
            "{organization}: {rate} is {rate_figure}; {numerator} {numerator_figure} of {denominator} "
            "{denominator_figure} come to {computed} ({relation})",
            "{organization} 的 {rate} 為 {rate_figure}，而 {numerator} {numerator_figure} 與 {denominator} "
            "{denominator_figure} 之比為 {computed}（{relation}）",
        ),
        ("no rounding explains it: correct the one that is wrong", "四捨五入不能解釋這一差異，請更正有誤的一項"),
    ),
    "stock-differs": _error(
        (
            "{organization}: {level} is {level_figure}; it was {last} when the year began, and {change} of "
            "{change_figure} makes {expected} ({relation})",
            "{organization} 的 {level} 為 {level_figure}，而年初數 {last} 加 {change} {change_figure} 應為 {expected}"
            "（{relation}）",
        ),
        ("correct the level, its baseline or the change", "請更正期末數、年初數或凈增數"),
    ),
    "stock-moves": _error(
        (
            "{organization}: {level} went from {level_then_figure} in {period} to {level_figure}, but {change} from "
            "{change_then_figure} to {change_figure} ({relation})",
            "{organization} 的 {level} 由 {period} 的 {level_then_figure} 變為 {level_figure}，而 {change} 由 "
            "{change_then_figure} 變為 {change_figure}（{relation}）",
        ),
        ("both move by the same number: correct the one that is wrong", "兩者變動應當一致，請更正有誤的一項"),
    ),
    # Suspicions: thresholds in policy.yaml, and no verdict changes
    "scale-unlike-before": _note(
        (
            "{organization}: {indicator} is {now}, a factor of about {factor} away from {before} in {period}",
            "{organization} 的 {indicator} 為 {now}，與 {period} 的 {before} 相差約 {factor} 倍",
        ),
        ("ask whether one of them is in another unit of measure", "請核對兩期計量單位是否一致"),
    ),
    "scale-unlike-due": _note(
        (
            "{organization}: {indicator} is {now}, a factor of about {factor} away from the {due} that are due",
            "{organization} 的 {indicator} 為 {now}，與應達到的 {due} 相差約 {factor} 倍",
        ),
        ("ask whether it is in another unit of measure", "請核對計量單位"),
    ),
    "parts-unlike-due": _note(
        (
            "{organization}: {indicator} is reported as {now}; one of the two is a factor of about {factor} away from "
            "what {due} would take",
            "{organization} 的 {indicator} 報送為 {now}，按應達到的 {due} 推算，其中一項相差約 {factor} 倍",
        ),
        ("ask whether one of them is in another unit of measure", "請核對兩項計量單位是否一致"),
    ),
    "digit-slipped": _note(
        (
            "{organization}: {indicator} is {now}, about ten times more or less than {before} in {period} and than the "
            "{due} that are due",
            "{organization} 的 {indicator} 為 {now}，與 {period} 的 {before} 及應達到的 {due} 均相差約 10 倍",
        ),
        ("ask whether a digit or the point slipped", "請核對是否多寫、少寫一位或小數點錯位"),
    ),
    "far-beyond-target": _note(
        (
            "{organization}: {indicator} is {now} in {period} already, {percent} % of the year's {target}",
            "{organization} 的 {indicator} 在 {period} 已達 {now}，為全年目標 {target} 的 {percent}%",
        ),
        (
            "ask whether it counts gains without losses, or several years; if so, say it (measure:)",
            "請核對是否為新增而非凈增、或含往年累計；如是，請在 measure: 中註明",
        ),
    ),
    "leaps-ahead": _note(
        (
            "{organization}: {indicator} leaps from {before} in {period} to {now}, {percent} % of the year's {target}",
            "{organization} 的 {indicator} 由 {period} 的 {before} 躍升為 {now}，為全年目標 {target} 的 {percent}%",
        ),
        (
            "ask whether it counts gains without losses, or several years; if so, say it (measure:)",
            "請核對是否為新增而非凈增、或含往年累計；如是，請在 measure: 中註明",
        ),
    ),
    "exactly-on-target": _note(
        (
            "{organization}: {indicator} is {now}, exactly what was due, as in all {count} periods since {since}",
            "{organization} 的 {indicator} 為 {now}，自 {since} 起連續 {count} 期恰好等於應完成數",
        ),
        ("ask for the records behind it", "請調閱原始記錄"),
    ),
    "identical-figures": _note(
        (
            "{organization} and {other} report the same for {count} of {common} indicators: {indicators}",
            "{organization} 與 {other} 共同報送的 {common} 項指標中有 {count} 項數值相同：{indicators}",
        ),
        ("ask whether a column was copied", "請核對是否誤抄"),
    ),
    "heaped-over-line": _note(
        (
            "in {period} {count} figures of {bodies} bodies under {rules} rules are less than {within} points above "
            "their lines, and {under} that near below",
            "{period} 有 {count} 個數（{bodies} 個單位、{rules} 條規則）剛過線不足 {within} 個百分點，"
            "而差一點未過線的只有 {under} 個",
        ),
        ("look at some of them on site", "請抽查核實"),
    ),
    "ask-about-first": _note(
        (
            "of {count} figures that contradict each other, these explain it all if they are wrong: {cells}",
            "{count} 個數相互矛盾，若以下各數有誤即可全部解釋：{cells}",
        ),
        (
            "ask about them first; a stroke separates answers that explain it as well",
            "請先核實；斜線隔開的幾種解釋同樣成立",
        ),
    ),
    "ask-about-likeliest": _note(
        (
            "of {count} figures that contradict each other, {ties} answers explain it all; what was due and what came "
            "in before speak for this one being wrong: {cells}; less for: {others}",
            "{count} 個數相互矛盾，有 {ties} 種解釋成立；從應完成數和往期數看，最可能有誤的是：{cells}；其次：{others}",
        ),
        ("ask about it first, and then about the others", "請先核實該數，再核實其餘各數"),
    ),
    # The book
    "clause-repeated": _unusable(
        ("clause {clause} stands twice", "條款 {clause} 重複"), ("each clause stands once", "每條只列一次")
    ),
    "clause-unknown": _unusable(
        ("the plan has no clause {clause}", "方案沒有第 {clause} 條"),
        ("use the plan's own number", "請用方案原編號"),
    ),
    "clause-differs": _unusable(
        (
            "rule {rule} stands under clause {clause}, its target under {wanted}",
            "規則 {rule} 列在第 {clause} 條，其目標在第 {wanted} 條",
        ),
        ("move the rule", "請移動規則"),
    ),
    "target-repeated": _unusable(
        ("target {target} stands twice", "目標 {target} 重複"),
        ("ids are unique in the book", "編號在全冊中唯一"),
    ),
    "target-unknown": _unusable(("there is no target {target}", "沒有目標 {target}"), _NEAREST),
    "year-unreadable": _unusable(("{found} is no year", "{found} 不是年份"), ("write four digits", "請寫四位數字")),
    "name-repeated": _unusable(
        ("the name {name} stands for two bodies", "名稱“{name}”對應兩個單位"),
        ("names and aliases are unique", "名稱和別名須唯一"),
    ),
    "unknown-member": _unusable(
        ("the group's member {name} is no organization of the book", "組成員“{name}”不在單位名錄中"),
        ("list it under organizations", "請先列入單位名錄"),
    ),
    "body-unknown": _unusable(("no organization or group is called {name}", "沒有名為“{name}”的單位或組"), _NEAREST),
    "indicator-unknown": _unusable(("there is no indicator {found}", "沒有指標 {found}"), _NEAREST),
    "indicator-repeated": _unusable(
        ("the indicator {indicator} or its name stands twice", "指標 {indicator} 或其名稱重複"),
        ("ids and names are unique in the book", "編號和名稱在全冊中唯一"),
    ),
    "partner-parts": _unusable(
        (
            "{indicator} may come in parts, and a relative rule compares plain figures",
            "{indicator} 可分項報送，而相對目標只比較單一數值",
        ),
        ("take parts: out of the indicator", "請刪去該指標的 parts:"),
    ),
    "partner-itself": _unusable(
        ("rule {rule} holds {indicator} against itself", "規則 {rule} 以 {indicator} 自比"),
        ("name another indicator as partner", "partner 請寫另一個指標"),
    ),
    "parts-unfit": _unusable(
        ("figures of kind {kind} do not come as a {form} of parts", "{kind} 類指標不能按 {form} 分項報送"),
        ("rates come as ratio or growth, totals as sum", "比率類用 ratio 或 growth，累計類用 sum"),
    ),
    "rule-repeated": _unusable(
        ("rule {rule} stands twice", "規則 {rule} 重複"), ("ids are unique in the book", "編號在全冊中唯一")
    ),
    "rule-incomplete": _unusable(
        ("a rule of kind {kind} also needs {keys}", "{kind} 類規則還須寫明 {keys}"), ("add it", "請補上")
    ),
    "rule-not-exact": _unusable(
        (
            "the limits of rule {rule} have too many digits to be judged exactly",
            "規則 {rule} 的界限位數過多，無法精確判定",
        ),
        ("use fewer digits in threshold, pace or bands", "請減少目標值、進度或檔位的位數"),
    ),
    "key-unfit": _unusable(
        ("{key} says nothing in a rule of kind {kind}", "{kind} 類規則不使用 {key}"),
        ("take it out, or choose the kind that it belongs to", "請刪去，或改用相應類型"),
    ),
    "index-as-threshold": _unusable(
        ("{found} is an index, and a promise is a rise or a fall", "{found} 是指數，目標應寫漲跌幅"),
        ("write the change in %", "請寫成以 % 計的漲跌幅"),
    ),
    "member-repeated": _unusable(
        ("rule {rule} names a member twice", "規則 {rule} 的成員重複"), ("name each member once", "每個成員只列一次")
    ),
    "parts-differ": _unusable(
        ("{found}: the rate differs from its own parts", "{found}：比率與其分項不符"),
        ("correct the rate or its parts", "請更正比率或分項"),
    ),
    "tolerance-missing": _unusable(
        ("rule {rule} is soft and declares no tolerance", "規則 {rule} 帶“左右”而未寫明容差"),
        ("add tolerance:", "請寫明 tolerance:"),
    ),
    "threshold-not-positive": _unusable(
        ("rule {rule} adds up to a threshold at or below 0", "規則 {rule} 的累計目標不大於 0"),
        ("such a promise is always, not total", "此類承諾應為 always"),
    ),
    "range-broken": _unusable(
        (
            "rule {rule} needs threshold below upper in one unit of measure",
            "規則 {rule} 的下限須小於上限且單位一致",
        ),
        ("check both bounds", "請核對上下限"),
    ),
    "pace-broken": _unusable(
        ("this pace cannot be used: {problem}", "進度安排無法使用：{problem}"),
        ("write {2025Q1: 10 %, … 2025Q4: 100 %}", "請寫成 {2025Q1: 10 %, … 2025Q4: 100 %}"),
    ),
    "stages-broken": _unusable(
        (
            "stages stand in the order of their dates, each once, within the plan's year",
            "節點須按日期先後排列、不重複、不超出本年度",
        ),
        ("sort the stages", "請調整節點順序"),
    ),
    "ladder-broken": _unusable(
        ("this ladder cannot be used: {problem}", "檔位無法使用：{problem}"),
        (
            "pass at the top, then at-risk, then fail without at_least",
            "依次為 pass、at-risk、fail，最後一檔不寫 at_least",
        ),
    ),
    "quota-unknown": _unusable(
        ("there is no allocation {quota}", "沒有分解表 {quota}"),
        ("it stands in allocations/{quota}.yaml", "應在 allocations/{quota}.yaml"),
    ),
    "quota-differs": _unusable(
        ("the allocation speaks of rule {found}, not of {rule}", "分解表對應規則 {found}，不是 {rule}"),
        ("name the rule in the allocation", "請在分解表中寫明規則"),
    ),
    # Relations
    "relation-with-itself": _unusable(
        ("relation {relation} names {indicator} twice", "關係 {relation} 兩次列出 {indicator}"),
        ("a relation is between different figures", "關係只存在於不同指標之間"),
    ),
    "relation-repeated": _unusable(
        ("relation {relation} says again what {other} says", "關係 {relation} 與 {other} 重複"),
        ("keep one of the two", "請只保留一條"),
    ),
    "relation-unfit": _unusable(
        (
            "figures of kind {kind} are no single number, so {indicator} can have no part in relation {relation}",
            "{kind} 類指標不是單一數值，{indicator} 不能列入關係 {relation}",
        ),
        ("name indicators of totals, levels, rates or lines", "請列累計量、期末水平、比率或底線類指標"),
    ),
    # Worked cases
    "rule-unknown": _unusable(("this file has no rule {rule}", "此文件沒有規則 {rule}"), _NEAREST),
    "headline-unknown": _unusable(
        (
            "circulars are to begin with a rule {rule}, and the book has none",
            "通報的主要指標列有 {rule}，本冊沒有這條規則",
        ),
        _NEAREST,
    ),
    "scored-rule-unknown": _unusable(
        ("scoring names the rule {rule}, which the book does not have", "評分辦法所列規則 {rule} 不存在"), _NEAREST
    ),
    "scored-twice": _unusable(
        ("{name} stands twice in the scoring", "評分辦法中 {name} 重複"),
        (
            "a body is ranked in one group, and a rule is weighed once in each",
            "一個單位只在一組內排名，一條規則在一組內只定一次權重",
        ),
    ),
    "adjustment-idle": _warning(
        ("{names}, {period}: what is entered here counts in no ranking", "{names} {period}：此項不計入任何排名"),
        (
            "the body must be in a group of policy.yaml, and the period in the plan's year",
            "單位須列入 policy.yaml 的某一組，期間須在方案年度內",
        ),
    ),
    "ranked-in-part": _warning(
        (
            "only the bodies of these files are ranked, {count} of {total}: these are not the places of the groups",
            "只對這些文件中的單位排名（{total} 個中的 {count} 個），並非全組位次",
        ),
        ("give the folder of the period", "請給出該期的文件夾"),
    ),
    "quarter-absent": _warning(
        ("nothing came in for {period}: the year is made up without it", "沒有 {period} 的報送，全年按其餘季度計算"),
        ("put its folder beside the others", "請把該季度文件夾與其他季度放在一起"),
    ),
    "case-not-judged": _unusable(
        ("rule {rule} judges {organization} on nothing in {period}", "{period} 規則 {rule} 不判定 {organization}"),
        ("the bodies that it judges are {known}", "該規則判定 {known}"),
    ),
    "expectation-incomplete": _error(
        ("what came out and is not expected could change unseen: {found}", "結果中有未寫入預期的內容：{found}"),
        (
            "add it to expect:, or take the threshold of cases out of policy.yaml",
            "請補入 expect:，或取消 policy.yaml 中的算例門檻",
        ),
    ),
    "rule-without-case": _error(
        ("rule {rule} has no worked case", "規則 {rule} 沒有算例"),
        (
            "write cases at, just under and just over its edges under cases: in this file",
            "請在本文件的 cases: 下寫出臨界處及其上下的算例",
        ),
    ),
    "file-misnamed": _warning(
        ("the file of clause {clause} is called {wanted}", "第 {clause} 條的文件應名為 {wanted}"),
        ("rename it", "請改名"),
    ),
    # Readings and rules
    "name-not-kebab": _error(
        ("{name} is not in kebab-case", "{name} 不是小寫加連字符的寫法"),
        (
            "write small letters, digits and single hyphens, as net-new-enterprises",
            "請寫成 net-new-enterprises 這種形式",
        ),
    ),
    "reading-incomplete": _error(
        ("the reading of {target} has a number and lacks {keys}", "目標 {target} 有數值而缺 {keys}"),
        ("say in which direction the number binds", "請寫明數值的方向"),
    ),
    "value-not-in-quote": _error(
        ("{found} does not stand in the quote “{quote}”", "引文“{quote}”中沒有 {found}"),
        ("write number and unit of measure as the plan prints them", "數值和單位請照方案原文書寫"),
    ),
    "target-not-judged": _error(
        ("no rule judges target {target}", "目標 {target} 沒有規則"),
        ("write one in {file}", "請在 {file} 中寫一條規則"),
    ),
    "kind-differs": _error(
        ("rule {rule} has {key} {found}, its target {wanted}", "規則 {rule} 的 {key} 是 {found}，目標是 {wanted}"),
        ("correct the one that misreads the plan", "請對照方案更正其中一處"),
    ),
    "comparator-differs": _error(
        ("rule {rule} compares with {found}, its target says {wanted}", "規則 {rule} 按 {found} 比較，目標是 {wanted}"),
        ("correct the one that misreads the plan", "請對照方案更正其中一處"),
    ),
    "bound-differs": _error(
        (
            "rule {rule} holds the {found} number of the range due, the plan's words the {wanted} one",
            "規則 {rule} 以區間的 {found} 端為準，按方案應為 {wanted} 端",
        ),
        (
            "with 控制在 the upper number is due, otherwise the lower one",
            "有“控制在”時以 upper 為準，其餘以 lower 為準",
        ),
    ),
    "softness-differs": _error(
        ("rule {rule} has {key}: {found}, its target {wanted}", "規則 {rule} 的 {key} 是 {found}，目標是 {wanted}"),
        ("左右, 約, 近 make a promise soft, and nothing else does", "只有左右、約、近等字使目標帶彈性"),
    ),
    "value-differs": _error(
        ("rule {rule} has {key} {found}, its target {wanted}", "規則 {rule} 的 {key} 是 {found}，目標是 {wanted}"),
        ("correct the one that misreads the plan", "請對照方案更正其中一處"),
    ),
    "unit-differs": _error(
        (
            "rule {rule} has {key} {found}, its target {wanted}: another unit of measure",
            "規則 {rule} 的 {key} 是 {found}，目標是 {wanted}，計量單位不同",
        ),
        ("use the unit of measure that the plan prints", "請用方案原文的計量單位"),
    ),
    "threshold-unfounded": _error(
        (
            "rule {rule} is held to {found}; words without a number give {wanted}",
            "規則 {rule} 的目標值是 {found}，而原文沒有數值，應為 {wanted}",
        ),
        ("a number needs words of the plan, or an amendment with its document", "數值須有方案原文，或有文號的調整"),
    ),
    "tolerance-negative": _error(
        ("rule {rule} has a tolerance below 0", "規則 {rule} 的容差小於 0"), ("write it as a size", "請寫成正數")
    ),
    "same-not-responsible": _error(
        (
            "rule {rule} judges {name}, whom clause {clause} does not make responsible",
            "規則 {rule} 判定 {name}，而第 {clause} 條的責任單位中沒有它",
        ),
        ("name bodies of the clause", "請只列該條的責任單位"),
    ),
    "nobody-judged": _error(
        ("rule {rule} judges nobody", "規則 {rule} 不判定任何單位"),
        ("write lead: city, or bodies under responsible", "請寫 lead: city，或在 responsible 下列出單位"),
    ),
    "never-due": _error(
        ("rule {rule} is due in no period of {year}", "規則 {rule} 在 {year} 年內沒有考核期"),
        ("name periods of the plan's year", "請寫方案年度內的期別"),
    ),
    "indicator-unused": _error(
        ("no rule uses indicator {indicator}", "沒有規則使用指標 {indicator}"),
        ("judge it, or take it out", "請補寫規則，或刪去此指標"),
    ),
    "additive-missing": _error(
        (
            "rule {rule} gives out quotas, and the figures of {indicator} are not said to add up",
            "規則 {rule} 有分解數，而指標 {indicator} 未註明可加總",
        ),
        (
            "write additive: true at the indicator, so that the quotas' figures are held against the city's",
            "請在指標處寫 additive: true，以便各單位數與全市數核對",
        ),
    ),
    "additive-share": _error(
        ("shares and rates do not add up: {indicator}", "比率、增速不可加總：{indicator}"),
        ("take additive away from the indicator", "請刪去該指標的 additive"),
    ),
    "indicator-unit-differs": _error(
        (
            "{indicator} is asked for in {found}, its promise is printed in {wanted}",
            "指標 {indicator} 以 {found} 填報，而目標以 {wanted} 表述",
        ),
        ("write the indicator's unit as the rule's threshold has it", "請將指標單位寫成與規則一致"),
    ),
    "later-year-judged": _error(
        ("rule {rule} judges a goal of {year} in the book of {plan}", "規則 {rule} 在 {plan} 年度判定 {year} 年的目標"),
        ("take the rule out, or the year off the reading", "請刪去該規則，或改正目標的年份"),
    ),
    "net-differs": _error(
        ("rule {rule} and its indicator differ about net", "規則 {rule} 與其指標的 net 不一致"),
        ("a net total (凈增) may fall: say so in both", "凈增數可能回落，兩處須一致"),
    ),
    "bands-missing": _warning(
        (
            "rule {rule} is a rate in {unit} and has no bands of its own, so nothing is ever at risk",
            "規則 {rule} 是以 {unit} 計的比率而沒有自己的檔位，不會出現預警",
        ),
        ("write bands: in {unit}", "請以 {unit} 寫明 bands:"),
    ),
    "band-below-line": _error(
        (
            "rule {rule} has a band below its line, and a line that is crossed always fails",
            "規則 {rule} 的檔位低於底線，而底線一經突破即為不達標",
        ),
        (
            "a warning band of always lies above the line: at_least: 0 and more",
            "底線類的預警檔位應在底線之上（at_least 不小於 0）",
        ),
    ),
    # Quotas
    "allocation-unused": _warning(
        ("no rule uses the allocation {name}", "沒有規則使用分解表 {name}"),
        ("name it in rule {rule} as responsible: {quota: {name}}", "請在規則 {rule} 中寫 responsible: {quota: {name}}"),
    ),
    "quota-not-responsible": _error(
        (
            "{name} has a quota and is not responsible under clause {clause}",
            "{name} 有分解數，而不是第 {clause} 條的責任單位",
        ),
        ("give quotas to the bodies of the clause", "只能分解到該條的責任單位"),
    ),
    "quota-not-positive": _unusable(
        ("the quota of {name} is {found}", "{name} 的分解數是 {found}"),
        ("leave out bodies that get nothing", "沒有任務的單位請不要列出"),
    ),
    "quota-never-judged": _error(
        (
            "{name} answers for the city's figure of rule {rule}, so its quota is never judged",
            "{name} 報送規則 {rule} 的全市數，其分解數不會被判定",
        ),
        (
            "take it out, or let somebody else answer for the city (lead: none judges the quotas alone)",
            "請刪去，或不由其報送全市數（lead: none 僅判定分解數）",
        ),
    ),
    "quotas-short": _error(
        ("the quotas add up to {sum}, the city's promise is {promised}", "分解數合計 {sum}，全市目標是 {promised}"),
        ("the quotas together must keep the promise", "各單位分解數合計須能完成全市目標"),
    ),
    # Amendments
    "amendment-unfit": _unusable(
        (
            "target {target} is judged by stages or against another indicator: it has no number to amend",
            "目標 {target} 按節點或對照另一指標判定，沒有可調整的數值",
        ),
        ("change its rule, and say in its note why", "請修改規則，並在備註中說明原因"),
    ),
    "amendment-repeated": _error(
        (
            "target {target} is amended twice on {date} for the same bodies ({names})",
            "目標 {target} 在 {date} 對同樣的單位（{names}）調整兩次",
        ),
        ("keep the one that holds", "請只保留有效的一次"),
    ),
    "amendment-restores": _error(
        (
            "on {date} target {target} goes back to {found}, which bound {names} before",
            "{date} 起目標 {target} 回到 {names} 曾用的 {found}",
        ),
        (
            "correct number or date; if the document means it, write restores: true",
            "請核對數值和日期；確係恢復原值的，請寫 restores: true",
        ),
    ),
    "amendment-restores-nothing": _error(
        (
            "restores: true, and {found} is no number that bound before for target {target}",
            "寫有 restores: true，而 {found} 不是目標 {target} 的原有數值",
        ),
        ("correct the number, or take restores: out", "請核對數值，或刪去 restores:"),
    ),
    "amendment-sweeps": _error(
        (
            "the amendment of {target} for everybody on {date} takes away the own number of {names}",
            "{date} 對全體的調整取代了 {names} 在目標 {target} 上單獨核定的數值",
        ),
        (
            "name the bodies under reach: those that keep their number are left out",
            "請在 reach 中列明單位，保留單獨核定數值的單位不列",
        ),
    ),
    "amendment-before-plan": _error(
        (
            "the number of {date} is older than the plan of {plan}, and would replace what the plan prints for {names}",
            "{date} 的數值早於 {plan} 的方案，卻會取代方案對 {names} 的數值",
        ),
        ("check the date; the plan itself is the later word", "請核對日期；方案在後，應以方案為準"),
    ),
    "amendment-changes-nothing": _warning(
        (
            "the amendment of {target} on {date} changes nothing: {found} binds already",
            "{date} 對目標 {target} 的調整沒有變化：原已是 {found}",
        ),
        ("check the number, or take it out", "請核對數值，或刪去"),
    ),
    "amendment-after-year": _warning(
        (
            "the amendment of {target} is dated {date}, after {year}: it never binds",
            "目標 {target} 的調整日期 {date} 在 {year} 年之後，不會生效",
        ),
        ("check the date, or write it into the book of that year", "請核對日期，或寫入該年度的冊子"),
    ),
    "amendment-reaches-nobody": _warning(
        ("no rule of target {target} judges {name}", "目標 {target} 的規則都不判定 {name}"),
        ("check the reach", "請核對適用範圍"),
    ),
    # Waivers
    "waiver-dates-crossed": _unusable(
        ("the waiver ends on {end}, before it starts on {start}", "豁免於 {end} 截止，早於 {start} 起始"),
        ("check both dates", "請核對起止日期"),
    ),
    "waiver-rule-unknown": _unusable(("the book has no rule {rule}", "本冊沒有規則 {rule}"), _NEAREST),
    "waiver-self-approved": _error(
        ("{approver} exempts itself ({name})", "{approver} 自行批准對自己的豁免（{name}）"),
        ("name who stands above; until then the waiver excuses nobody", "請寫明上級批准單位；更正前此項豁免不生效"),
    ),
    "waiver-approver-no-office": _warning(
        (
            "{name} is no organization of the book and does not read like an office",
            "“{name}”不在單位名錄中，也不像單位名稱",
        ),
        ("name the office that approved, not a person", "請填寫批准單位，不要填寫個人"),
    ),
    "waiver-after-the-fact": _warning(
        (
            "the document is dated {date}, after the waiver ended on {end}",
            "文件日期 {date} 在豁免截止日 {end} 之後",
        ),
        ("check the dates", "請核對日期"),
    ),
    "waiver-reaches-nobody": _error(
        (
            "{name} has no part in the waiver: none of the bodies is judged by what it exempts from",
            "豁免與“{name}”無關：所列單位不受所列規則判定",
        ),
        ("check bodies and rules", "請核對適用單位和規則"),
    ),
    "waiver-outside-year": _error(
        ("the waiver from {start} to {end} lies outside {year}", "豁免期 {start} 至 {end} 不在 {year} 年內"),
        ("check the dates, or take it out", "請核對日期，或刪去"),
    ),
    "waiver-covers-no-period": _warning(
        (
            "nothing that the waiver exempts from is due at the end of a month from {start} to {end}",
            "{start} 至 {end} 各月末均無所涉事項到期，豁免不起作用",
        ),
        (
            "a waiver counts where it is in force on the last day of a period",
            "期末最後一日在豁免期內，豁免方起作用",
        ),
    ),
    "waiver-overlaps": _error(
        (
            "{count} exemptions are granted twice at the same time: {names}",
            "有 {count} 項在同一時間重複豁免：{names}",
        ),
        ("keep one, or let one end before the other starts", "請只保留一項，或使兩項起止日期不重疊"),
    ),
    "waiver-expired": _warning(
        (
            "the waiver “{document}” ended on {end}; in {period} this counts again: {names}",
            "豁免（{document}）已於 {end} 截止，{period} 恢復計入：{names}",
        ),
        (
            "nothing to do, unless a document prolongs it; then write it as a waiver of its own",
            "無須處理；如有文件同意延長，請另列一項",
        ),
    ),
    "waiver-useless": _note(
        (
            "the waiver “{document}” is not needed in {period}, this passes: {names}",
            "豁免（{document}）在 {period} 未起作用，以下均達標：{names}",
        ),
        ("see whether it can end", "請確認是否可以終止"),
    ),
    # Proofs about rules
    "edges-cross": _error(
        ("in {period} a figure could pass rule {rule} and fail it at once", "{period} 規則 {rule} 的檔位相互交叉"),
        ("check bands, tolerance and pace", "請核對檔位、容差和進度"),
    ),
    "threshold-impossible": _error(
        (
            "rule {rule} wants {found}; its figures lie in {range}",
            "規則 {rule} 的目標值是 {found}，而指標只能在 {range} 之內",
        ),
        ("check number, comparator and unit of measure", "請核對數值、方向和計量單位"),
    ),
    "rule-never-fails": _warning(
        (
            "no figure can fail rule {rule}: {found} holds for all of {range}",
            "規則 {rule} 不可能不達標：{range} 內都滿足 {found}",
        ),
        ("check number and comparator", "請核對數值和方向"),
    ),
    "rules-conflict": _error(
        (
            "for {organization} these {count} cannot all hold at the year's end: {claims}",
            "{organization} 年末無法同時滿足以下 {count} 項：{claims}",
        ),
        (
            "without any one of them the others can hold: correct the one that is wrong",
            "去掉其中任何一項，其餘即可同時成立；請更正有誤的一項",
        ),
    ),
    "rule-implied": _note(
        (
            "whoever keeps {others} at the year's end keeps {rule} ({wanted}) as well ({organization})",
            "{organization} 年末滿足 {others}，即滿足 {rule}（{wanted}）",
        ),
        ("see whether all are meant", "請確認是否都需要"),
    ),
    "not-proven": _note(
        (
            "whether these {count} can all hold at the year's end is not proven by {method}: {other}",
            "以 {method} 未能證明以下 {count} 項年末能否同時成立：{other}",
        ),
        (
            "install the solver, which decides it exactly: pip install '{extra}'",
            "請安裝求解器作精確判定：pip install '{extra}'",
        ),
    ),
    "reading-differs": _error(
        (
            "{target}: {key} is {found}, but the plan's words read {wanted}",
            "{target}：{key} 為 {found}，而原文應讀作 {wanted}",
        ),
        (
            "correct it; or, if a person reads the words otherwise, say why in reading",
            "請更正；如確有理由作另一種解讀，請在 reading 中寫明",
        ),
    ),
    "reading-guess-differs": _warning(
        (
            "{target}: {key} is {found}, and the plan's words rather say {wanted}",
            "{target}：{key} 為 {found}，而原文更像 {wanted}",
        ),
        ("look at the words again; say in reading why it is so", "請再看原文，並在 reading 中寫明理由"),
    ),
    "reading-explained": _note(
        (
            "{target}: {key} is {found}; the grammar would read {wanted}, and reading says why not",
            "{target}：{key} 為 {found}；按語法應讀作 {wanted}，理由見 reading",
        ),
        ("see whether the reason still holds", "請確認理由仍然成立"),
    ),
    "reading-not-understood": _warning(
        (
            "{target}: the grammar finds no promise of this number in the quote",
            "{target}：語法在引文中讀不出這個數的目標",
        ),
        ("quote enough of the words, or explain them in reading", "請引足原文，或在 reading 中說明"),
    ),
    # What a drafted book leaves to a person
    "open-title": _error(
        ("the plan's title is open: its text names none", "方案標題待定：文本中沒有"),
        ("write the title, and take title out of open", "寫明標題後，從 open 中刪去 title"),
    ),
    "open-year": _error(
        ("the plan's year is open: its text names none", "方案年度待定：文本中沒有"),
        (
            "write the year, check the dates of stages, and take year out of open",
            "寫明年度、核對節點日期後，從 open 中刪去 year",
        ),
    ),
    "open-kind": _error(
        (
            "{name}: it is open whether the number is what stands, what is added, or a rate",
            "{name}：該數是存量、增量還是比率，待定",
        ),
        (
            "choose level, total or rate, here and in the rule, and take kind out of open",
            "在此處和規則中選定 level、total 或 rate 後，從 open 中刪去 kind",
        ),
    ),
    "open-unit": _error(
        ("{name}: the unit of measure is open", "{name}：計量單位待定"),
        (
            "an index may stay without one; else write the unit here and in the rule; then take unit out of open",
            "指數可以沒有單位，否則在此處和規則中寫明單位；然後從 open 中刪去 unit",
        ),
    ),
    "open-tolerance": _error(
        ("{name}: it is open how far 左右 or 約 reaches", "{name}：“左右”“約”的幅度待定"),
        ("write the tolerance, and take tolerance out of open", "寫明 tolerance 後，從 open 中刪去 tolerance"),
    ),
    "open-bands": _error(
        ("{name}: it is open how far short is still at risk", "{name}：預警檔位待定"),
        ("write the bands, and take bands out of open", "寫明 bands 後，從 open 中刪去 bands"),
    ),
    "open-stages": _error(
        ("{name}: the stages and their dates are open", "{name}：節點及日期待定"),
        (
            "write the stages as they are planned, and take stages out of open",
            "照工作計劃寫明 stages 後，從 open 中刪去 stages",
        ),
    ),
    "open-eligible": _error(
        (
            "{name}: it is open who is eligible, and whether that is a fixed list",
            "{name}：應辦對象是誰、是否為固定名單，待定",
        ),
        (
            "write eligible and the unit of measure, and take eligible out of open",
            "寫明 eligible 和計量單位後，從 open 中刪去 eligible",
        ),
    ),
    "open-event": _error(
        ("{name}: it is open which event crosses the line", "{name}：何種情形算突破底線，待定"),
        ("name the indicator after it, and take event out of open", "據此寫明指標名稱後，從 open 中刪去 event"),
    ),
    "open-members": _error(
        ("{name}: the members are open", "{name}：成員名單待定"),
        (
            "write the members (of a group without any: why), and take members out of open",
            "寫明 members（確無成員的，寫明 why）後，從 open 中刪去 members",
        ),
    ),
    "open-partner": _error(
        ("{name}: it is open which indicator it is held against", "{name}：與哪項指標相比，待定"),
        ("write the partner, and take partner out of open", "寫明 partner 後，從 open 中刪去 partner"),
    ),
    "open-number": _error(
        (
            "{name}: it is open what the higher authority counts, and in which unit of measure",
            "{name}：上級所定指標及計量單位待定",
        ),
        (
            "write inner_kind and the indicator, and take number out of open",
            "寫明 inner_kind 和指標後，從 open 中刪去 number",
        ),
    ),
    # The plan's own text
    "plan-file-damaged": _unusable(
        ("the plan cannot be read from this file: {problem}", "無法從此文件讀出方案：{problem}"),
        ("save it again as .docx, or as plain text", "請另存為 .docx 或純文本"),
    ),
    "plan-differs": _error(
        (
            "this is not the text that the book was made from: its digest begins {found}, the book's {wanted}",
            "這不是本冊所依據的文本：摘要為 {found}…，本冊為 {wanted}…",
        ),
        ("take the text as it was published, or renew the book", "請用正式發布的文本，或更新本冊"),
    ),
    "plan-digest-missing": _warning(
        ("the book does not say which text it was made from", "本冊沒有寫明所依據的文本"),
        ("write digest: {digest} under plan", "請在 plan 下寫 digest: {digest}"),
    ),
    "plan-without-clauses": _unusable(
        (
            "none of the book's clauses can be found among the {count} of this text",
            "此文本的 {count} 條中找不到本冊的任何條款",
        ),
        ("give the plan's own text, with its numbers", "請提供方案原文，保留條款編號"),
    ),
    "clause-not-in-plan": _error(
        ("the plan's text has no clause {clause}", "方案文本中沒有第 {clause} 條"),
        ("use the plan's own number", "請用方案原編號"),
    ),
    "clause-not-in-book": _error(
        ("targets.yaml lacks clause {clause}", "targets.yaml 缺第 {clause} 條"),
        ("list every clause, with targets or without", "每條都要列出，有無目標均須列"),
    ),
    "clauses-unordered": _error(
        (
            "clause {clause} stands behind {other}, in the plan before it",
            "第 {clause} 條列在第 {other} 條之後，方案中在其前",
        ),
        ("keep the plan's order", "請按方案順序排列"),
    ),
    "bodies-differ": _error(
        (
            "clause {clause}: the plan also names {missing}, and does not name {extra}",
            "第 {clause} 條：方案還有 {missing}，而沒有 {extra}",
        ),
        ("write the bodies as the plan names them, in its order", "單位請照方案原文和順序書寫"),
    ),
    "quote-not-in-clause": _error(
        (
            "“{quote}” does not stand in clause {clause}; it does up to “{prefix}”",
            "第 {clause} 條中沒有“{quote}”，只到“{prefix}”為止相同",
        ),
        ("copy the plan's words and do not convert them", "請照抄方案原文，不要轉換字體"),
    ),
    "number-unclaimed": _error(
        ("clause {clause}: nobody claims {number} in “{around}”", "第 {clause} 條：“{around}”中的 {number} 沒有交代"),
        ("write a target, or not_targets with the reason", "請寫成目標，或在 not_targets 中寫明理由"),
    ),
    "number-claimed-twice": _error(
        (
            "clause {clause}: the number in “{quote}” is claimed by “{other}” already",
            "第 {clause} 條：“{quote}”中的數已由“{other}”認領",
        ),
        ("each printed number has one meaning", "每個數只能有一種含義"),
    ),
    # Following up
    "notice-repeated": _unusable(
        ("{notice} is the number of another notice already", "督辦單文號 {notice} 重複"),
        ("give each notice a number of its own", "每份督辦單須有自己的文號"),
    ),
    "notice-item-repeated": _unusable(
        ("item {item} stands in the notice twice", "督辦單中第 {item} 項重複"),
        ("number the items from 1", "各項請從 1 起編號"),
    ),
    "notice-dates-crossed": _unusable(
        ("the notice is of {day}, and asks for a reply by {reply_by}", "督辦單日期為 {day}，回復期限卻是 {reply_by}"),
        ("let the day for the reply follow the notice", "回復期限須在督辦單日期之後"),
    ),
    "reply-notice-unknown": _unusable(
        ("a reply to {notice}, and no notice of that number is on record", "所回復的督辦單 {notice} 不在案"),
        _NEAREST,
    ),
    "reply-item-unknown": _unusable(
        ("a reply to item {item} of {notice}, which has no such item", "{notice} 沒有第 {item} 項，無從回復"),
        ("name the item that is answered", "請寫明所回復的項"),
    ),
    "reply-of-another": _unusable(
        (
            "{organization} replies to {name}, which was sent to {addressee}",
            "{name} 發給 {addressee}，回復的卻是 {organization}",
        ),
        ("only the body that was asked can answer", "須由受督辦單位回復"),
    ),
    "reply-empty": _unusable(
        (
            "the reply to item {item} of {notice} says nothing: {answer}",
            "對 {notice} 第 {item} 項的回復沒有內容：{answer}",
        ),
        (
            "say what was done, what will be done, and by when; until then the item is unanswered",
            "請寫明已做、將做的工作和時限；在此之前該項視為未回復",
        ),
    ),
    "reply-too-early": _unusable(
        (
            "{name} was answered on {day}, before the notice of {issued}",
            "{name} 於 {day} 回復，早於 {issued} 發出的督辦單",
        ),
        ("correct the day of the reply", "請更正回復日期"),
    ),
    "reply-repeated": _unusable(
        ("{name} was answered already, and nothing more was asked", "{name} 已有回復，且未被要求再次回復"),
        (
            "put everything into one reply; after a refusal another one is read",
            "請合為一次回復；被退回後方可再次回復",
        ),
    ),
    "decision-notice-unknown": _unusable(
        ("a decision about {notice}, and no notice of that number is on record", "所決定的督辦單 {notice} 不在案"),
        _NEAREST,
    ),
    "decision-item-unknown": _unusable(
        ("a decision about item {item} of {notice}, which has no such item", "{notice} 沒有第 {item} 項，無從決定"),
        ("name the item that is decided", "請寫明所決定的項"),
    ),
    "decision-unanswered": _unusable(
        ("a decision about {name}, which has no reply to decide about", "{name} 尚無回復，無從決定"),
        ("wait for the reply, or enter it", "請待回復，或補錄回復"),
    ),
    "decision-repeated": _unusable(
        ("{name} is closed already", "{name} 已經辦結"),
        ("take one of the two decisions out", "請刪去其中一個決定"),
    ),
    "template-unreadable": _unusable(
        ("this is no Word document: {problem}", "這不是 Word 文檔：{problem}"),
        (
            "save it as .docx; the template that comes with the program is used instead",
            "請另存為 .docx；此次改用程序自帶的模板",
        ),
    ),
    "template-block": _unusable(
        ("what begins with {name} never ends; it is not repeated", "{name} 有頭無尾，未作重複"),
        (
            "add a paragraph of its own with the same name and / in the place of #",
            "請另起一段，寫同一名稱，以 / 代替 #",
        ),
    ),
    "placeholder-unknown": _unusable(
        ("nothing is called {name}; it stays as it is", "沒有名為 {name} 的內容，原樣保留"),
        ("known here: {known}", "此處可用：{known}"),
    ),
    # Engines of bulk checks
    "engine-blind": _unusable(
        ("the engine does not see the files as this machine does: {problem}", "引擎看到的文件與本機不同"),
        (
            "put input and output where all machines see them under the same path",
            "請把輸入和輸出放在各機路徑相同的共享存儲上",
        ),
    ),
    "engine-failed": _unusable(
        ("the engine stopped: {problem}", "引擎中途停止"),
        ("look into its own log; nothing was written", "請查看引擎的日誌；沒有寫出任何結果"),
    ),
    "engine-not-ansi": _unusable(
        (
            "the engine is not ANSI: a number that does not fit would become nothing instead of an error",
            "引擎未啟用 ANSI 模式，放不下的數會變成空值而不報錯",
        ),
        ("set {setting} to true where the engine is started", "請在啟動引擎處把 {setting} 設為 true"),
    ),
    "engine-unreachable": _unusable(
        ("the engine cannot be reached: {problem}", "無法連接引擎"),
        (
            "check that it runs there, and that Java is here for a Spark of this machine's own",
            "請核對引擎是否在該處運行；本機自帶的 Spark 需要 Java",
        ),
    ),
}

#: Findings that say that figures contradict each other.
CONTRADICTIONS = frozenset(
    {
        "part-exceeds-whole", "parts-exceed-whole", "parts-sum-differs", "rate-differs", "stock-differs",
        "stock-moves", "sum-differs", "year-to-date-falls", "baseline-changed",
    }
)  # fmt: skip

#: The way out where no name is near.
WITHOUT_NEAREST: dict[str, tuple[str, str]] = {
    "unknown-organization": ("organizations.yaml lists the names", "單位名稱見 organizations.yaml"),
    "unknown-indicator": ("`biaochi obligations PERIOD` lists the indicators", "指標見 biaochi obligations 期別"),
    "unit-unknown": ("report in {unit}", "請按 {unit} 報送"),
    "unknown-key": ("known here: {known}", "此處可用：{known}"),
}
