"""Every diagnostic code: its weight, whether it leaves the answer incomplete, its message and the way out.

Messages are templates in English; the catalogues in engine/locale/ hold the Chinese ones, each under its code.
Names in braces are the `params` of the diagnostic.
"""

from engine.catalogues import Sayings
from engine.model.diagnostic import Severity
from engine.model.noun import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """What a code means. `incomplete`: some input could not be read or used, so the exit code is 3."""

    severity: Severity
    incomplete: bool
    message: str
    hint: str


def _unusable(message: str, hint: str) -> Code:
    return Code(Severity.ERROR, True, message, hint)


def _error(message: str, hint: str) -> Code:
    return Code(Severity.ERROR, False, message, hint)


def _warning(message: str, hint: str) -> Code:
    return Code(Severity.WARNING, False, message, hint)


def _note(message: str, hint: str) -> Code:
    return Code(Severity.NOTE, False, message, hint)


_NEAREST = "nearest: {nearest}"

CODES: dict[str, Code] = {
    # Signatures
    "signature-missing": _unusable(
        "{count} rows of {organization} are not signed, and it has a key in signers.yaml",
        "have {organization} sign the file: biaochi sign {file} --key KEY",
    ),
    "signature-broken": _unusable(
        "the signature does not fit its file and {period}: either was changed, or it was made for another period",
        "have the file signed again as it is, for the period of its folder",
    ),
    "signer-unknown": _unusable(
        "the key that signed is none of signers.yaml: {fingerprint}",
        "sign with a key that is listed, or have the office list this one",
    ),
    "signer-too-late": _unusable(
        "the key of {signer} that signed is not one for {period}",
        "sign with the key that is in use, or correct its days in signers.yaml",
    ),
    "signed-by-another": _unusable(
        "{count} rows of {organization} stand in a file that {signer} signed",
        "have {organization} submit and sign its own figures",
    ),
    "signatures-unchecked": _unusable(
        "the signature cannot be checked: {problem}",
        "install OpenSSH 8.2 or newer, with ssh-keygen on the path",
    ),
    "signature-alone": _warning(
        "the signature lies beside no file {file}",
        "put the file beside it, or take it out",
    ),
    "office-signature-missing": _unusable(
        "the file is not signed by the office, which has a key in signers.yaml, and counts for nothing",
        "have the office sign it: biaochi sign {file} --key KEY",
    ),
    "result-signature-broken": _error(
        "the signature does not fit the result: one of them was changed",
        "ask for the result as it was signed",
    ),
    "result-signer-unknown": _error(
        "the key that signed the result is not one of the office's in signers.yaml: {fingerprint}",
        "ask the office whether the key is its own; only a key that it listed says so",
    ),
    "result-unsigned": _note(
        "the result is not signed, though the office has a key",
        "have the office sign it: biaochi sign {file} --key KEY",
    ),
    "key-unreadable": _error(
        "this is no public key of OpenSSH",
        "copy the line of the .pub file: its kind, a blank, and the key",
    ),
    "key-repeated": _error(
        "the key of {name} is that of {other} as well, and nobody can say who signed",
        "give each a key of its own",
    ),
    "key-dates-crossed": _error(
        "the key ends on {end}, before it begins on {start}",
        "correct one of the days",
    ),
    # Receipts
    "receipt-missing": _unusable(
        "there is no receipt in it that can be read, and none beside it ({file})",
        "give the JSON of `check`, or name the receipt with --receipt",
    ),
    "receipt-foreign": _unusable(
        "the receipt names a call that this version does not know",
        "verify it with the version that made it",
    ),
    "receipt-broken": _error(
        "the receipt was changed: its digest is not that of its content",
        "ask for the result as it was made",
    ),
    "input-changed": _error(
        "the file is not the one of which {result} was made",
        "put the file back as it was; what is new goes into a new entry with its day",
    ),
    "input-added": _error(
        "the file was not there when {result} was made",
        "enter in the manifest when it came in, or take it out",
    ),
    "input-removed": _error(
        "{result} was made of this file, and it is not there",
        "put it back; files that were replaced are kept",
    ),
    "result-differs": _error(
        "{place}: {found} stands there, and {wanted} comes out",
        "ask for the result as it was made, or make it anew",
    ),
    "made-by-another-version": _note(
        "made with {name} {then}; here it is {now}",
        "nothing to do where nothing else differs",
    ),
    "chain-broken": _error(
        "the result does not follow {before}: its receipt says that {previous} comes before it",
        "name all results of the chain in their order, from the first one",
    ),
    # Files and folders
    "no-check-result": _unusable(
        "the file is no result of a check ({found})",
        "write one with: biaochi check PATH --format json -o result.json",
    ),
    "path-missing": _unusable("there is no such file or folder", "check the path"),
    "folder-empty": _unusable(
        "the folder holds no submission",
        "put .yaml, .csv or .xlsx files into it",
    ),
    "file-unreadable": _unusable(
        "the file cannot be read: {problem}",
        "check that it exists and may be read",
    ),
    "file-changed": _unusable(
        "the file was written while it was read",
        "let the writing end, then check again",
    ),
    "link-not-followed": _unusable(
        "a link that leads out of the folder, or to a folder, is not followed",
        "put the file itself in its place",
    ),
    "too-many-rows": _unusable(
        "the file unpacks to more than {limit} rows or characters",
        "split it",
    ),
    "file-too-large": _unusable("the file is larger than {limit} bytes", "split it"),
    "file-missing": _unusable(
        "the book has no such file",
        "every book has targets.yaml, organizations.yaml and rules/",
    ),
    "not-a-regular-file": _unusable("this is not a regular file", "put a file in its place"),
    "format-unknown": _unusable(
        "files that end in {found} are not read",
        "save it as one of {known}",
    ),
    "not-utf8": _unusable(
        "the file is not UTF-8 here",
        "save it as UTF-8 (in a spreadsheet: CSV UTF-8)",
    ),
    "encoding-doubtful": _unusable(
        "from here the text is neither UTF-8 nor, as a whole, GB18030",
        "save it as UTF-8 (in a spreadsheet: CSV UTF-8)",
    ),
    "read-as-gb18030": _note(
        "the file is not UTF-8 and was read as GB18030",
        "nothing to do; CSV UTF-8 is read the same",
    ),
    # Workbooks and Parquet
    "workbook-broken": _unusable(
        "the workbook cannot be read: {problem}",
        "open it in the spreadsheet program and save it again as .xlsx",
    ),
    "workbook-protected": _unusable(
        "the workbook needs a password, or is of the old format .xls",
        "save it as .xlsx without a password",
    ),
    "workbook-too-large": _unusable(
        "the workbook unpacks to more than is read ({problem})",
        "send the figures alone; split what is larger",
    ),
    "formula-without-value": _unusable(
        "the formula {found} has no result in the file",
        "open the workbook, let it calculate, save it; or write the number",
    ),
    "number-format-doubtful": _unusable(
        "the cell holds {found}, and its format shows another number",
        "write the number as it is meant, in a plain format",
    ),
    "figure-spans-rows": _unusable(
        "one merged cell holds the figure of several rows",
        "take the cells apart and fill in each",
    ),
    "number-as-shown": _note(
        "the cell calculates {stored} and shows {shown}, which counts",
        "round in the formula if another number is meant",
    ),
    "hidden-cells": _note(
        "sheet {sheet}: {count} hidden rows were read",
        "show them, so that everybody sees what counts",
    ),
    "sheet-not-read": _note(
        "sheet {sheet} has no table of figures",
        "nothing to do if it only explains",
    ),
    "remark-without-figure": _note(
        "a remark or evidence stands in a row without a figure",
        "fill in the figure, or leave the row blank until there is one",
    ),
    "cells-without-column": _note(
        "{count} cells stand under no column name and were not read",
        "give the column a name if it holds figures",
    ),
    "links-not-followed": _note(
        "the workbook links to other files; none was opened",
        "the results that stand in the file count",
    ),
    "formula-calls-out": _note(
        "{count} formulas of this sheet fetch from elsewhere or start programs, first {found}; none was run",
        "the results that stand in the file count; write plain numbers",
    ),
    "macros-not-run": _note(
        "the workbook holds macros; none was run",
        "save it as .xlsx without macros",
    ),
    "parquet-broken": _unusable(
        "the file cannot be read as Parquet: {problem}",
        "write it again",
    ),
    "parquet-float": _unusable(
        "{count} figures of this column are binary fractions, the first in this row",
        "write the column as text or decimals",
    ),
    "parquet-column": _unusable(
        "the column {column} is of type {type}, which is not read",
        "write the column as text, whole numbers or decimals",
    ),
    # YAML and CSV
    "yaml-syntax": _unusable(
        "this is not YAML: {problem}",
        "mend the line; blanks at its beginning count",
    ),
    "yaml-too-large": _unusable(
        "the text has more than {limit} characters",
        "split the file",
    ),
    "yaml-too-deep": _unusable("more than {limit} levels are nested", "write it flat"),
    "yaml-alias": _unusable(
        "references such as *{alias} are not read",
        "write the value out where it is used",
    ),
    "repeated-key": _unusable("{key} is written twice", "keep one of the two"),
    "submission-empty": _unusable(
        "the file holds nothing",
        "fill it in or take it out of the folder",
    ),
    "csv-broken": _unusable(
        "this is not CSV: {problem}",
        "check the quotation marks of the row",
    ),
    "column-missing": _unusable(
        "the header lacks {columns}",
        "write the names of the columns over the table; in a CSV file commas separate them",
    ),
    "column-unknown": _unusable("there is no column {found}", "the columns are {known}"),
    "column-repeated": _unusable("the column {found} stands twice", "keep one of the two"),
    "row-too-long": _unusable(
        "the row has more cells than the header's {count}",
        "write numbers without thousands separators, and texts with commas in quotation marks",
    ),
    "part-repeated": _unusable("the part {part} is given twice", "keep one of the two"),
    # Shapes
    "wrong-shape": _unusable(
        "expected here: {expected}",
        "`biaochi schema list` names the description of each kind of file",
    ),
    "key-missing": _unusable("{key} is missing", "add it"),
    "unknown-key": _unusable(
        "there is no key {key}",
        "write {nearest}? Known here: {known}",
    ),
    "unknown-word": _unusable("{word} is no value of {key}", "one of {known}"),
    "not-a-date": _unusable("{word} is no date", "write 2025-06-30"),
    "not-a-number": _unusable("{word} is no number", "write a plain decimal"),
    # Numbers and units of measure
    "number-missing": _unusable(
        "there is no number in “{found}”",
        "write a number with its unit of measure, as 131 {unit}; leave out what is not known yet",
    ),
    "number-unreadable": _unusable(
        "“{found}” cannot be read as a number without guessing",
        "write plain digits and the unit of measure, as 1234.5 {unit}",
    ),
    "too-many-digits": _unusable(
        "“{found}” has more digits than can be judged exactly",
        "check the unit of measure; at most 15 digits before the point and 5 behind it",
    ),
    "unit-missing": _unusable(
        "“{found}” has no unit of measure",
        "write the unit of measure behind the number, as 131 {unit}",
    ),
    "unit-unknown": _unusable("the unit of measure in “{found}” is not known", _NEAREST),
    "unit-contradicts": _unusable(
        "“{found}” carries another unit of measure than its column",
        "write the unit of measure once",
    ),
    "unit-mismatch": _unusable(
        "{found} cannot be held against {wanted}",
        "report in {wanted} or a multiple of it",
    ),
    "units-broken": _unusable(
        "the definition of a unit of measure cannot be used: {problem}",
        "see pint's syntax, as: 擔 = 50 * 公斤",
    ),
    # Submissions
    "too-many-findings": _unusable(
        "more than {limit} figures of this file cannot be used; from here on none is read",
        "mend the first ones, then check again",
    ),
    "unknown-organization": _unusable("the book knows no organization {name}", _NEAREST),
    "unknown-indicator": _unusable("the book knows no indicator {name}", _NEAREST),
    "period-unreadable": _unusable(
        "{found} is no period",
        "write 2025Q2, 2025H1, 2025-11 or 2025",
    ),
    "period-missing": _unusable(
        "neither the file nor its folder names a period",
        "write period: 2025Q2, or use --period",
    ),
    "period-outside-plan": _unusable(
        "{period} is not in {year}, the year of the plan",
        "correct the period, or check it against the book of that year",
    ),
    "period-differs": _unusable(
        "the file says {found}, its folder {folder}",
        "correct the period or move the file",
    ),
    "form-wrong-period": _unusable(
        "this is the form of {organization} for {found}, and {wanted} is judged",
        "fill in the form of the period (biaochi form {wanted}), or move the file to its own period's folder",
    ),
    "form-of-another-body": _unusable(
        "{count} rows of the form of {organization} stand under the name {found}",
        "fill in the form of {found} for its figures; in this one restore the name of {organization}",
    ),
    "form-of-another-book": _warning(
        "the form of {organization} was made from another book ({found}, now {wanted})",
        "check that it still asks for what is due (biaochi obligations), or fill in a new form",
    ),
    "figures-conflict": _unusable(
        "{organization} gives two figures for {indicator}: {first} and {second}",
        "keep the right one",
    ),
    "figure-repeated": _warning(
        "{organization} gives {indicator} twice, both times {first}",
        "keep one of the two",
    ),
    "joint-figures-differ": _unusable(
        "bodies that answer jointly give different figures for {indicator}: {figures}",
        "agree on one figure",
    ),
    "negative-figure": _unusable(
        "{found} is below zero, and this is a count or an amount",
        "report the year to date",
    ),
    "parts-unknown": _unusable(
        "the parts given are {given}, wanted are {wanted}",
        "use these names",
    ),
    "parts-impossible": _unusable(
        "{found}: a part exceeds its whole, or there is no whole",
        "check both numbers",
    ),
    "needs-value": _unusable(
        "this figure is a number with its unit of measure",
        "write it as 131 {unit}",
    ),
    "needs-counted": _unusable(
        "this figure is done and eligible, both counted",
        "write done: 95 {unit} and eligible: 100 {unit}",
    ),
    "needs-stage": _unusable(
        "this figure is the last finished stage",
        "write stage: and one of {stages}",
    ),
    "forms-mixed": _unusable(
        "the figure comes in two forms at once",
        "keep the one that this indicator is reported in",
    ),
    "revision-unreadable": _unusable(
        "the revision does not say period, from, to and reason",
        "write period: 2025Q1, from: 190 {unit}, to: 188 {unit}, reason: and why",
    ),
    "name-missing": _unusable("the cell is empty, and a name belongs here", "write the name"),
    "group-as-organization": _unusable(
        "{name} is a group, and each body reports for itself",
        "write one body's name",
    ),
    "members-missing": _unusable(
        "this indicator is reported member by member: {members}",
        "write members: and one figure for each",
    ),
    "member-unknown": _unusable("{name} is no member", "the members are {members}"),
    "stage-unknown": _unusable(
        "{name} is no stage of this milestone",
        "the stages are {stages}",
    ),
    "different-measure": _warning(
        "the submission says it measures {found}; wanted is {wanted}",
        "report {wanted}",
    ),
    "member-missing": _warning(
        "{organization}: {indicator} lacks {members}",
        "report the missing members",
    ),
    "not-judged": Code(
        Severity.NOTE,
        False,
        "{organization} owes no figure for {indicator}; it is kept for reconciliation",
        "nothing to do",
    ),
    "figures-not-asked": _note(
        "{count} figures of {indicator} for {period} are owed by nobody who sent them",
        "nothing to do",
    ),
    "period-not-judged": Code(
        Severity.NOTE,
        False,
        "a figure for {period} is not part of this check",
        "check that period",
    ),
    "earlier-incomplete": Code(
        Severity.NOTE,
        False,
        "{count} findings in earlier periods limit what is known of them",
        "check that period by itself",
    ),
    # Facts between figures
    "year-to-date-falls": _error(
        "{organization}: {indicator} falls from {before} in {period} to {now}",
        "declare the revision with its reason (revises:)",
    ),
    "revision-differs": _error(
        "{organization} revises {indicator} of {period} from {from}, but on record is {record}",
        "name the number that was reported for that period behind from:, as it stands in its submission",
    ),
    "revised": _note(
        "{organization}: {indicator} of {period} was revised from {from} to {to}: {reason}",
        "nothing to do; --as-of a day before the revision gives the verdicts of that day",
    ),
    "receipt-repeated": _error(
        "the manifest lists {file} twice",
        "keep the entry that is right",
    ),
    "replacement-impossible": _error(
        "{file} cannot replace {replaced}",
        (
            "name a file that the manifest lists and that came in before it or on the same day; two files cannot "
            "replace each other"
        ),
    ),
    "receipt-without-file": _unusable(
        "the manifest lists {file}, which is not in the folder",
        "put the file into the folder, or correct its name in the manifest",
    ),
    "file-without-receipt": _warning(
        "the manifest does not say when {file} came in",
        "add the day on which it came in to manifest.yaml",
    ),
    "received-before-end": _warning(
        "{file} came in on {day}, before the period was over on {end}",
        "ask for the figures of the whole period",
    ),
    "submitted-late": _warning(
        "{file} of {organizations} came in on {day}, {days} days after the last day, {due}",
        "nothing is judged by it; the circular names it",
    ),
    "nothing-submitted": _warning(
        "nothing of {organization} came in for {period} that could be read; {count} figures are missing",
        "ask for its submission",
    ),
    "received-later": _note(
        "the file came in on {day}, after {as_of}, and is left out",
        "nothing to do: this is what was known on that day",
    ),
    "file-replaced": _note(
        "the file was replaced by {file} on {day}: {reason}",
        "nothing to do; it is kept, and --as-of an earlier day judges it",
    ),
    "baseline-changed": _error(
        "{organization}: {indicator} states another baseline than in {period}",
        "state the same baseline, or declare the revision",
    ),
    "list-changed": _error(
        "{organization}: {indicator} counts {now}, and {before} in {period}: the list is fixed for the year",
        "keep to the list, or declare the revision (revises:)",
    ),
    "sum-differs": _error(
        "{indicator}: the city reports {city} {unit}, its {count} counties together {sum} {unit}",
        "both sides check their figures",
    ),
    "overstated": _error(
        "{organization}: {indicator} was submitted as {submitted}, on site it was {established}",
        "correct the submission",
    ),
    # Figures that contradict the book's relations
    "part-exceeds-whole": _error(
        "{organization}: {part} is {part_figure}, more than {whole}, which is {whole_figure} ({relation})",
        "a part is no more than its whole: correct the one that is wrong",
    ),
    "parts-exceed-whole": _error(
        "{organization}: {whole} is {whole_figure}, and parts of it together {sum}: {parts} ({relation})",
        "correct the whole or the part that is wrong",
    ),
    "parts-sum-differs": _error(
        "{organization}: {whole} is {whole_figure}, its parts together {sum}: {parts} ({relation})",
        "the parts add up to the whole: correct the one that is wrong",
    ),
    "rate-differs": _error(
        (
            "{organization}: {rate} is {rate_figure}; {numerator} {numerator_figure} of {denominator} "
            "{denominator_figure} come to {computed} ({relation})"
        ),
        "no rounding explains it: correct the one that is wrong",
    ),
    "stock-differs": _error(
        (
            "{organization}: {level} is {level_figure}; it was {last} when the year began, and {change} of "
            "{change_figure} makes {expected} ({relation})"
        ),
        "correct the level, its baseline or the change",
    ),
    "stock-moves": _error(
        (
            "{organization}: {level} went from {level_then_figure} in {period} to {level_figure}, but {change} "
            "from {change_then_figure} to {change_figure} ({relation})"
        ),
        "both move by the same number: correct the one that is wrong",
    ),
    # Suspicions: thresholds in policy.yaml, and no verdict changes
    "scale-unlike-before": _note(
        "{organization}: {indicator} is {now}, a factor of about {factor} away from {before} in {period}",
        "ask whether one of them is in another unit of measure",
    ),
    "scale-unlike-due": _note(
        "{organization}: {indicator} is {now}, a factor of about {factor} away from the {due} that are due",
        "ask whether it is in another unit of measure",
    ),
    "parts-unlike-due": _note(
        (
            "{organization}: {indicator} is reported as {now}; one of the two is a factor of about {factor} away "
            "from what {due} would take"
        ),
        "ask whether one of them is in another unit of measure",
    ),
    "digit-slipped": _note(
        (
            "{organization}: {indicator} is {now}, about ten times more or less than {before} in {period} and "
            "than the {due} that are due"
        ),
        "ask whether a digit or the point slipped",
    ),
    "far-beyond-target": _note(
        "{organization}: {indicator} is {now} in {period} already, {percent} % of the year's {target}",
        "ask whether it counts gains without losses, or several years; if so, say it (measure:)",
    ),
    "leaps-ahead": _note(
        "{organization}: {indicator} leaps from {before} in {period} to {now}, {percent} % of the year's {target}",
        "ask whether it counts gains without losses, or several years; if so, say it (measure:)",
    ),
    "exactly-on-target": _note(
        "{organization}: {indicator} is {now}, exactly what was due, as in all {count} periods since {since}",
        "ask for the records behind it",
    ),
    "identical-figures": _note(
        "{organization} and {other} report the same for {count} of {common} indicators: {indicators}",
        "ask whether a column was copied",
    ),
    "heaped-over-line": _note(
        (
            "in {period} {count} figures of {bodies} bodies under {rules} rules are less than {within} points "
            "above their lines, and {under} that near below"
        ),
        "look at some of them on site",
    ),
    "ask-about-first": _note(
        "of {count} figures that contradict each other, these explain it all if they are wrong: {cells}",
        "ask about them first; a stroke separates answers that explain it as well",
    ),
    "ask-about-likeliest": _note(
        (
            "of {count} figures that contradict each other, {ties} answers explain it all; what was due and what "
            "came in before speak for this one being wrong: {cells}; less for: {others}"
        ),
        "ask about it first, and then about the others",
    ),
    # The book
    "clause-repeated": _unusable("clause {clause} stands twice", "each clause stands once"),
    "clause-unknown": _unusable(
        "the plan has no clause {clause}",
        "use the plan's own number",
    ),
    "clause-differs": _unusable(
        "rule {rule} stands under clause {clause}, its target under {wanted}",
        "move the rule",
    ),
    "target-repeated": _unusable(
        "target {target} stands twice",
        "ids are unique in the book",
    ),
    "target-unknown": _unusable("there is no target {target}", _NEAREST),
    "year-unreadable": _unusable("{found} is no year", "write four digits"),
    "name-repeated": _unusable(
        "the name {name} stands for two bodies",
        "names and aliases are unique",
    ),
    "unknown-member": _unusable(
        "the group's member {name} is no organization of the book",
        "list it under organizations",
    ),
    "body-unknown": _unusable("no organization or group is called {name}", _NEAREST),
    "indicator-unknown": _unusable("there is no indicator {found}", _NEAREST),
    "indicator-repeated": _unusable(
        "the indicator {indicator} or its name stands twice",
        "ids and names are unique in the book",
    ),
    "partner-parts": _unusable(
        "{indicator} may come in parts, and a relative rule compares plain figures",
        "take parts: out of the indicator",
    ),
    "partner-itself": _unusable(
        "rule {rule} holds {indicator} against itself",
        "name another indicator as partner",
    ),
    "parts-unfit": _unusable(
        "figures of kind {kind} do not come as a {form} of parts",
        "rates come as ratio or growth, totals as sum",
    ),
    "rule-repeated": _unusable("rule {rule} stands twice", "ids are unique in the book"),
    "rule-incomplete": _unusable("a rule of kind {kind} also needs {keys}", "add it"),
    "rule-not-exact": _unusable(
        "the limits of rule {rule} have too many digits to be judged exactly",
        "use fewer digits in threshold, pace or bands",
    ),
    "key-unfit": _unusable(
        "{key} says nothing in a rule of kind {kind}",
        "take it out, or choose the kind that it belongs to",
    ),
    "index-as-threshold": _unusable(
        "{found} is an index, and a promise is a rise or a fall",
        "write the change in %",
    ),
    "member-repeated": _unusable("rule {rule} names a member twice", "name each member once"),
    "parts-differ": _unusable(
        "{found}: the rate differs from its own parts",
        "correct the rate or its parts",
    ),
    "tolerance-missing": _unusable(
        "rule {rule} is soft and declares no tolerance",
        "add tolerance:",
    ),
    "threshold-not-positive": _unusable(
        "rule {rule} adds up to a threshold at or below 0",
        "such a promise is always, not total",
    ),
    "range-broken": _unusable(
        "rule {rule} needs threshold below upper in one unit of measure",
        "check both bounds",
    ),
    "pace-broken": _unusable(
        "this pace cannot be used: {problem}",
        "write {2025Q1: 10 %, … 2025Q4: 100 %}",
    ),
    "stages-broken": _unusable(
        "stages stand in the order of their dates, each once, within the plan's year",
        "sort the stages",
    ),
    "ladder-broken": _unusable(
        "this ladder cannot be used: {problem}",
        "pass at the top, then at-risk, then fail without at_least",
    ),
    "quota-unknown": _unusable(
        "there is no allocation {quota}",
        "it stands in allocations/{quota}.yaml",
    ),
    "quota-differs": _unusable(
        "the allocation speaks of rule {found}, not of {rule}",
        "name the rule in the allocation",
    ),
    # Relations
    "relation-with-itself": _unusable(
        "relation {relation} names {indicator} twice",
        "a relation is between different figures",
    ),
    "relation-repeated": _unusable(
        "relation {relation} says again what {other} says",
        "keep one of the two",
    ),
    "relation-unfit": _unusable(
        "figures of kind {kind} are no single number, so {indicator} can have no part in relation {relation}",
        "name indicators of totals, levels, rates or lines",
    ),
    # Worked cases
    "rule-unknown": _unusable("this file has no rule {rule}", _NEAREST),
    "headline-unknown": _unusable(
        "circulars are to begin with a rule {rule}, and the book has none",
        _NEAREST,
    ),
    "scored-rule-unknown": _unusable("scoring names the rule {rule}, which the book does not have", _NEAREST),
    "scored-twice": _unusable(
        "{name} stands twice in the scoring",
        "a body is ranked in one group, and a rule is weighed once in each",
    ),
    "adjustment-idle": _warning(
        "{names}, {period}: what is entered here counts in no ranking",
        "the body must be in a group of policy.yaml, and the period in the plan's year",
    ),
    "ranked-in-part": _warning(
        "only the bodies of these files are ranked, {count} of {total}: these are not the places of the groups",
        "give the folder of the period",
    ),
    "quarter-absent": _warning(
        "nothing came in for {period}: the year is made up without it",
        "put its folder beside the others",
    ),
    "case-not-judged": _unusable(
        "rule {rule} judges {organization} on nothing in {period}",
        "the bodies that it judges are {known}",
    ),
    "expectation-incomplete": _error(
        "what came out and is not expected could change unseen: {found}",
        "add it to expect:, or take the threshold of cases out of policy.yaml",
    ),
    "rule-without-case": _error(
        "rule {rule} has no worked case",
        "write cases at, just under and just over its edges under cases: in this file",
    ),
    "file-misnamed": _warning(
        "the file of clause {clause} is called {wanted}",
        "rename it",
    ),
    # Readings and rules
    "name-not-kebab": _error(
        "{name} is not in kebab-case",
        "write small letters, digits and single hyphens, as net-new-enterprises",
    ),
    "reading-incomplete": _error(
        "the reading of {target} has a number and lacks {keys}",
        "say in which direction the number binds",
    ),
    "value-not-in-quote": _error(
        "{found} does not stand in the quote “{quote}”",
        "write number and unit of measure as the plan prints them",
    ),
    "target-not-judged": _error(
        "no rule judges target {target}",
        "write one in {file}",
    ),
    "kind-differs": _error(
        "rule {rule} has {key} {found}, its target {wanted}",
        "correct the one that misreads the plan",
    ),
    "comparator-differs": _error(
        "rule {rule} compares with {found}, its target says {wanted}",
        "correct the one that misreads the plan",
    ),
    "bound-differs": _error(
        "rule {rule} holds the {found} number of the range due, the plan's words the {wanted} one",
        "with 控制在 the upper number is due, otherwise the lower one",
    ),
    "softness-differs": _error(
        "rule {rule} has {key}: {found}, its target {wanted}",
        "左右, 約, 近 make a promise soft, and nothing else does",
    ),
    "value-differs": _error(
        "rule {rule} has {key} {found}, its target {wanted}",
        "correct the one that misreads the plan",
    ),
    "unit-differs": _error(
        "rule {rule} has {key} {found}, its target {wanted}: another unit of measure",
        "use the unit of measure that the plan prints",
    ),
    "threshold-unfounded": _error(
        "rule {rule} is held to {found}; words without a number give {wanted}",
        "a number needs words of the plan, or an amendment with its document",
    ),
    "tolerance-negative": _error("rule {rule} has a tolerance below 0", "write it as a size"),
    "same-not-responsible": _error(
        "rule {rule} judges {name}, whom clause {clause} does not make responsible",
        "name bodies of the clause",
    ),
    "nobody-judged": _error(
        "rule {rule} judges nobody",
        "write lead: city, or bodies under responsible",
    ),
    "never-due": _error(
        "rule {rule} is due in no period of {year}",
        "name periods of the plan's year",
    ),
    "indicator-unused": _error(
        "no rule uses indicator {indicator}",
        "judge it, or take it out",
    ),
    "additive-missing": _error(
        "rule {rule} gives out quotas, and the figures of {indicator} are not said to add up",
        "write additive: true at the indicator, so that the quotas' figures are held against the city's",
    ),
    "additive-share": _error(
        "shares and rates do not add up: {indicator}",
        "take additive away from the indicator",
    ),
    "indicator-unit-differs": _error(
        "{indicator} is asked for in {found}, its promise is printed in {wanted}",
        "write the indicator's unit as the rule's threshold has it",
    ),
    "later-year-judged": _error(
        "rule {rule} judges a goal of {year} in the book of {plan}",
        "take the rule out, or the year off the reading",
    ),
    "net-differs": _error(
        "rule {rule} and its indicator differ about net",
        "a net total (凈增) may fall: say so in both",
    ),
    "bands-missing": _warning(
        "rule {rule} is a rate in {unit} and has no bands of its own, so nothing is ever at risk",
        "write bands: in {unit}",
    ),
    "band-below-line": _error(
        "rule {rule} has a band below its line, and a line that is crossed always fails",
        "a warning band of always lies above the line: at_least: 0 and more",
    ),
    # Quotas
    "allocation-unused": _warning(
        "no rule uses the allocation {name}",
        "name it in rule {rule} as responsible: {quota: {name}}",
    ),
    "quota-not-responsible": _error(
        "{name} has a quota and is not responsible under clause {clause}",
        "give quotas to the bodies of the clause",
    ),
    "quota-not-positive": _unusable(
        "the quota of {name} is {found}",
        "leave out bodies that get nothing",
    ),
    "quota-never-judged": _error(
        "{name} answers for the city's figure of rule {rule}, so its quota is never judged",
        "take it out, or let somebody else answer for the city (lead: none judges the quotas alone)",
    ),
    "quotas-short": _error(
        "the quotas add up to {sum}, the city's promise is {promised}",
        "the quotas together must keep the promise",
    ),
    # Amendments
    "amendment-unfit": _unusable(
        "target {target} is judged by stages or against another indicator: it has no number to amend",
        "change its rule, and say in its note why",
    ),
    "amendment-repeated": _error(
        "target {target} is amended twice on {date} for the same bodies ({names})",
        "keep the one that holds",
    ),
    "amendment-restores": _error(
        "on {date} target {target} goes back to {found}, which bound {names} before",
        "correct number or date; if the document means it, write restores: true",
    ),
    "amendment-restores-nothing": _error(
        "restores: true, and {found} is no number that bound before for target {target}",
        "correct the number, or take restores: out",
    ),
    "amendment-sweeps": _error(
        "the amendment of {target} for everybody on {date} takes away the own number of {names}",
        "name the bodies under reach: those that keep their number are left out",
    ),
    "amendment-before-plan": _error(
        "the number of {date} is older than the plan of {plan}, and would replace what the plan prints for {names}",
        "check the date; the plan itself is the later word",
    ),
    "amendment-changes-nothing": _warning(
        "the amendment of {target} on {date} changes nothing: {found} binds already",
        "check the number, or take it out",
    ),
    "amendment-after-year": _warning(
        "the amendment of {target} is dated {date}, after {year}: it never binds",
        "check the date, or write it into the book of that year",
    ),
    "amendment-reaches-nobody": _warning(
        "no rule of target {target} judges {name}",
        "check the reach",
    ),
    # Waivers
    "waiver-dates-crossed": _unusable(
        "the waiver ends on {end}, before it starts on {start}",
        "check both dates",
    ),
    "waiver-rule-unknown": _unusable("the book has no rule {rule}", _NEAREST),
    "waiver-self-approved": _error(
        "{approver} exempts itself ({name})",
        "name who stands above; until then the waiver excuses nobody",
    ),
    "waiver-approver-no-office": _warning(
        "{name} is no organization of the book and does not read like an office",
        "name the office that approved, not a person",
    ),
    "waiver-after-the-fact": _warning(
        "the document is dated {date}, after the waiver ended on {end}",
        "check the dates",
    ),
    "waiver-reaches-nobody": _error(
        "{name} has no part in the waiver: none of the bodies is judged by what it exempts from",
        "check bodies and rules",
    ),
    "waiver-outside-year": _error(
        "the waiver from {start} to {end} lies outside {year}",
        "check the dates, or take it out",
    ),
    "waiver-covers-no-period": _warning(
        "nothing that the waiver exempts from is due at the end of a month from {start} to {end}",
        "a waiver counts where it is in force on the last day of a period",
    ),
    "waiver-overlaps": _error(
        "{count} exemptions are granted twice at the same time: {names}",
        "keep one, or let one end before the other starts",
    ),
    "waiver-expired": _warning(
        "the waiver “{document}” ended on {end}; in {period} this counts again: {names}",
        "nothing to do, unless a document prolongs it; then write it as a waiver of its own",
    ),
    "waiver-useless": _note(
        "the waiver “{document}” is not needed in {period}, this passes: {names}",
        "see whether it can end",
    ),
    # Proofs about rules
    "edges-cross": _error(
        "in {period} a figure could pass rule {rule} and fail it at once",
        "check bands, tolerance and pace",
    ),
    "threshold-impossible": _error(
        "rule {rule} wants {found}; its figures lie in {range}",
        "check number, comparator and unit of measure",
    ),
    "rule-never-fails": _warning(
        "no figure can fail rule {rule}: {found} holds for all of {range}",
        "check number and comparator",
    ),
    "rules-conflict": _error(
        "for {organization} these {count} cannot all hold at the year's end: {claims}",
        "without any one of them the others can hold: correct the one that is wrong",
    ),
    "rule-implied": _note(
        "whoever keeps {others} at the year's end keeps {rule} ({wanted}) as well ({organization})",
        "see whether all are meant",
    ),
    "not-proven": _note(
        "whether these {count} can all hold at the year's end is not proven by {method}: {other}",
        "install the solver, which decides it exactly: pip install '{extra}'",
    ),
    "reading-differs": _error(
        "{target}: {key} is {found}, but the plan's words read {wanted}",
        "correct it; or, if a person reads the words otherwise, say why in reading",
    ),
    "reading-guess-differs": _warning(
        "{target}: {key} is {found}, and the plan's words rather say {wanted}",
        "look at the words again; say in reading why it is so",
    ),
    "reading-explained": _note(
        "{target}: {key} is {found}; the grammar would read {wanted}, and reading says why not",
        "see whether the reason still holds",
    ),
    "reading-not-understood": _warning(
        "{target}: the grammar finds no promise of this number in the quote",
        "quote enough of the words, or explain them in reading",
    ),
    # What a drafted book leaves to a person
    "open-title": _error(
        "the plan's title is open: its text names none",
        "write the title, and take title out of open",
    ),
    "open-year": _error(
        "the plan's year is open: its text names none",
        "write the year, check the dates of stages, and take year out of open",
    ),
    "open-kind": _error(
        "{name}: it is open whether the number is what stands, what is added, or a rate",
        "choose level, total or rate, here and in the rule, and take kind out of open",
    ),
    "open-unit": _error(
        "{name}: the unit of measure is open",
        "an index may stay without one; else write the unit here and in the rule; then take unit out of open",
    ),
    "open-tolerance": _error(
        "{name}: it is open how far 左右 or 約 reaches",
        "write the tolerance, and take tolerance out of open",
    ),
    "open-bands": _error(
        "{name}: it is open how far short is still at risk",
        "write the bands, and take bands out of open",
    ),
    "open-stages": _error(
        "{name}: the stages and their dates are open",
        "write the stages as they are planned, and take stages out of open",
    ),
    "open-eligible": _error(
        "{name}: it is open who is eligible, and whether that is a fixed list",
        "write eligible and the unit of measure, and take eligible out of open",
    ),
    "open-event": _error(
        "{name}: it is open which event crosses the line",
        "name the indicator after it, and take event out of open",
    ),
    "open-members": _error(
        "{name}: the members are open",
        "write the members (of a group without any: why), and take members out of open",
    ),
    "open-partner": _error(
        "{name}: it is open which indicator it is held against",
        "write the partner, and take partner out of open",
    ),
    "open-number": _error(
        "{name}: it is open what the higher authority counts, and in which unit of measure",
        "write inner_kind and the indicator, and take number out of open",
    ),
    # The plan's own text
    "plan-file-damaged": _unusable(
        "the plan cannot be read from this file: {problem}",
        "save it again as .docx, or as plain text",
    ),
    "plan-differs": _error(
        "this is not the text that the book was made from: its digest begins {found}, the book's {wanted}",
        "take the text as it was published, or renew the book",
    ),
    "plan-digest-missing": _warning(
        "the book does not say which text it was made from",
        "write digest: {digest} under plan",
    ),
    "plan-without-clauses": _unusable(
        "none of the book's clauses can be found among the {count} of this text",
        "give the plan's own text, with its numbers",
    ),
    "clause-not-in-plan": _error(
        "the plan's text has no clause {clause}",
        "use the plan's own number",
    ),
    "clause-not-in-book": _error(
        "targets.yaml lacks clause {clause}",
        "list every clause, with targets or without",
    ),
    "clauses-unordered": _error(
        "clause {clause} stands behind {other}, in the plan before it",
        "keep the plan's order",
    ),
    "bodies-differ": _error(
        "clause {clause}: the plan also names {missing}, and does not name {extra}",
        "write the bodies as the plan names them, in its order",
    ),
    "quote-not-in-clause": _error(
        "“{quote}” does not stand in clause {clause}; it does up to “{prefix}”",
        "copy the plan's words and do not convert them",
    ),
    "number-unclaimed": _error(
        "clause {clause}: nobody claims {number} in “{around}”",
        "write a target, or not_targets with the reason",
    ),
    "number-claimed-twice": _error(
        "clause {clause}: the number in “{quote}” is claimed by “{other}” already",
        "each printed number has one meaning",
    ),
    # Following up
    "notice-repeated": _unusable(
        "{notice} is the number of another notice already",
        "give each notice a number of its own",
    ),
    "notice-item-repeated": _unusable(
        "item {item} stands in the notice twice",
        "number the items from 1",
    ),
    "notice-dates-crossed": _unusable(
        "the notice is of {day}, and asks for a reply by {reply_by}",
        "let the day for the reply follow the notice",
    ),
    "reply-notice-unknown": _unusable(
        "a reply to {notice}, and no notice of that number is on record",
        _NEAREST,
    ),
    "reply-item-unknown": _unusable(
        "a reply to item {item} of {notice}, which has no such item",
        "name the item that is answered",
    ),
    "reply-of-another": _unusable(
        "{organization} replies to {name}, which was sent to {addressee}",
        "only the body that was asked can answer",
    ),
    "reply-empty": _unusable(
        "the reply to item {item} of {notice} says nothing: {answer}",
        "say what was done, what will be done, and by when; until then the item is unanswered",
    ),
    "reply-too-early": _unusable(
        "{name} was answered on {day}, before the notice of {issued}",
        "correct the day of the reply",
    ),
    "reply-repeated": _unusable(
        "{name} was answered already, and nothing more was asked",
        "put everything into one reply; after a refusal another one is read",
    ),
    "decision-notice-unknown": _unusable(
        "a decision about {notice}, and no notice of that number is on record",
        _NEAREST,
    ),
    "decision-item-unknown": _unusable(
        "a decision about item {item} of {notice}, which has no such item",
        "name the item that is decided",
    ),
    "decision-unanswered": _unusable(
        "a decision about {name}, which has no reply to decide about",
        "wait for the reply, or enter it",
    ),
    "decision-repeated": _unusable(
        "{name} is closed already",
        "take one of the two decisions out",
    ),
    "template-unreadable": _unusable(
        "this is no Word document: {problem}",
        "save it as .docx; the template that comes with the program is used instead",
    ),
    "template-block": _unusable(
        "what begins with {name} never ends; it is not repeated",
        "add a paragraph of its own with the same name and / in the place of #",
    ),
    "placeholder-unknown": _unusable(
        "nothing is called {name}; it stays as it is",
        "known here: {known}",
    ),
    # Engines of bulk checks
    "engine-blind": _unusable(
        "the engine does not see the files as this machine does: {problem}",
        "put input and output where all machines see them under the same path",
    ),
    "engine-failed": _unusable(
        "the engine stopped: {problem}",
        "look into its own log; nothing was written",
    ),
    "engine-not-ansi": _unusable(
        "the engine is not ANSI: a number that does not fit would become nothing instead of an error",
        "set {setting} to true where the engine is started",
    ),
    "engine-unreachable": _unusable(
        "the engine cannot be reached: {problem}",
        "check that it runs there, and that Java is here for a Spark of this machine's own",
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
WITHOUT_NEAREST: Sayings[str] = {
    "unknown-organization": "organizations.yaml lists the names",
    "unknown-indicator": "`biaochi obligations PERIOD` lists the indicators",
    "unit-unknown": "report in {unit}",
    "unknown-key": "known here: {known}",
    "": "look the name up in the book",
}
