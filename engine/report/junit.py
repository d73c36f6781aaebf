"""Results → JUnit XML, the form that build servers read.

Source: the schemas junit-4.xsd and junit-10.xsd of Jenkins' xUnit plugin, which other servers follow; what is written
here is valid under both. Nothing in it depends on the clock or the machine.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from xml.etree import ElementTree

from engine.model.account import Account, count_fates
from engine.model.case import Trial
from engine.model.codes import CODES
from engine.model.diagnostic import Diagnostic, Severity
from engine.model.result import CasesResult, CheckResult, ValidateResult
from engine.model.verdict import Outcome, Verdict
from engine.report.cases import case_name, position_name
from engine.report.remarks import differences_text
from engine.report.sentences import standing
from engine.report.table import account_line
from engine.report.validation import coverage_lines
from engine.report.words import Words

#: What XML 1.0 cannot hold, however it is escaped, and what a terminal would obey: controls and turns of direction.
_FORBIDDEN = re.compile(
    "[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


def cases_junit(result: CasesResult, words: Words, threshold: int | None) -> str:
    """The text of a JUnit report: a suite per rule file, one for the edge coverage, then those of the findings.

    Shape: a failed case is a `failure` with what differs.
    """
    files: dict[str, list[Trial]] = {}
    for trial in result.trials:
        files.setdefault(trial.case.source.file, []).append(trial)
    suites = [_suite(file, _cases(trials, words)) for file, trials in files.items()]
    suites.append(_suite("edge coverage", [_coverage(result, words, threshold)]))
    return _written("biaochi test", [*suites, *_findings(result.findings, words)])


def validate_junit(result: ValidateResult, words: Words) -> str:
    """The text of a JUnit report: a suite for the lines that add up, and one per file with findings.

    Shape: what disagrees is a `failure`, what could not be used an `error`; warnings and notes pass and say so.
    """
    counted = []
    for name, line in zip(("clauses", "numbers"), coverage_lines(result.coverage, words), strict=True):
        counted.append(_element("testcase", classname="coverage", name=name))
        _add_text(counted[-1], "system-out", line)
    return _written("biaochi validate", [_suite("coverage", counted), *_findings(result.findings, words)])


def check_junit(result: CheckResult, words: Words) -> str:
    """The text of a JUnit report: a suite per organization with a case per verdict, and one per file with findings.

    Shape: `fail` is a `failure`, `undecided` is `skipped` with its reason, `at-risk` passes and says so; what is
    waived is `skipped`, and says what it is. A suite of its own has the account: a case per file that says what
    became of its cells, and one for all of them.
    """
    bodies: dict[str, list[Verdict]] = {name: [] for name in result.bodies}
    for verdict in result.verdicts:
        bodies.setdefault(verdict.obligation.organization, []).append(verdict)
    suites = [
        _suite(name, [_verdict(verdict, words, result.pace_word) for verdict in verdicts])
        for name, verdicts in bodies.items()
        if verdicts
    ]
    suites += _findings(result.findings, words)
    if result.account.files:
        suites.append(_account(result.account, words))
    return _written("biaochi check", suites)


def _account(account: Account, words: Words) -> ElementTree.Element:
    cases = []
    for name, counts in (*sorted(account.by_file().items()), (words["total"], count_fates(account.cells))):
        cases.append(_element("testcase", classname="account", name=name))
        _add_text(cases[-1], "system-out", account_line(counts, words))
    return _suite("account", cases)


def _written(name: str, suites: Sequence[ElementTree.Element]) -> str:
    root = _element("testsuites", name=name)
    for count in ("tests", "failures", "errors"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in suites)))
    root.extend(suites)
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _findings(findings: Iterable[Diagnostic], words: Words) -> list[ElementTree.Element]:
    """A suite per file, a case per finding. Names hold no line, so that a case is known again when lines move."""
    files: dict[str, list[ElementTree.Element]] = {}
    named: Counter[str] = Counter()
    for finding in findings:
        message, hint = words.message(finding), words.hint(finding)
        label = _numbered(f"[{finding.code}] {message}", finding.source.file, named)
        case = _element("testcase", classname=finding.source.file, name=label)
        places = "\n".join(str(source) for source in (finding.source, *finding.related))
        code = CODES[finding.code]
        text = f"{places}\n{words['hint']}: {hint}" if hint else places
        if code.severity is Severity.ERROR:
            _add_fault(case, "error" if code.incomplete else "failure", finding.code, message, text)
        else:
            _add_text(case, "system-out", f"{words[code.severity.value]}: {message}\n{text}")
        files.setdefault(finding.source.file, []).append(case)
    return [_suite(file, cases) for file, cases in files.items()]


def _verdict(verdict: Verdict, words: Words, pace_word: str) -> ElementTree.Element:
    obligation = verdict.obligation
    name = f"{obligation.rule.clause} {obligation.period.label} {obligation.indicator.name}"
    case = _element("testcase", classname=obligation.rule.id, name=name)
    said = standing(verdict, words, pace_word)
    if verdict.waived:
        _add_text(case, "skipped", f"{words[verdict.outcome.value]}: {said}")
    elif verdict.outcome is Outcome.FAIL:
        place = verdict.figure.source if verdict.figure else obligation.rule.source
        _add_fault(case, "failure", "fail", said, str(place))
    elif verdict.outcome is Outcome.UNDECIDED:
        # Text and no attribute: the older of the two schemas knows none here, and servers show either.
        _add_text(case, "skipped", said)
    elif verdict.outcome is Outcome.AT_RISK:
        _add_text(case, "system-out", f"{words['at-risk']}: {said}")
    return case


def _cases(trials: Sequence[Trial], words: Words) -> list[ElementTree.Element]:
    """Names stay the same while lines move, so cases of one name are told apart by their number."""
    named: Counter[str] = Counter()
    cases = []
    for trial in trials:
        label = _numbered(case_name(trial), trial.case.source.file, named)
        case = _element("testcase", classname=trial.case.obligation.rule.id, name=label)
        if trial.differences:
            said = differences_text(trial, words)
            _add_fault(case, "failure", trial.differences[0].field, said, str(trial.case.source))
        cases.append(case)
    return cases


def _numbered(name: str, place: str, named: Counter[str]) -> str:
    """The name, with a number where it was given in this place before."""
    key = f"{place}\0{name}"
    named[key] += 1
    return name if named[key] == 1 else f"{name} #{named[key]}"


def _coverage(result: CasesResult, words: Words, threshold: int | None) -> ElementTree.Element:
    tried = len(result.positions) - len(result.uncovered)
    counts = {"percent": result.percent, "tried": tried, "total": len(result.positions)}
    threshold = result.threshold if threshold is None else threshold
    case = _element("testcase", classname="edge-coverage", name=words["edge-coverage"].format(**counts))
    if threshold is not None and result.percent < threshold:
        listed = "\n".join(f"{position.rule}: {position_name(position)}" for position in result.uncovered)
        _add_fault(case, "failure", "edge-coverage", f"{result.percent} % < {threshold} %", listed)
    return case


def _element(tag: str, **attributes: str) -> ElementTree.Element:
    return ElementTree.Element(tag, {name: _clean(value) for name, value in attributes.items()})


def _add_fault(case: ElementTree.Element, tag: str, kind: str, message: str, text: str) -> None:
    fault = _element(tag, type=kind, message=message)
    fault.text = _clean(text)
    case.append(fault)


def _add_text(case: ElementTree.Element, tag: str, text: str) -> None:
    ElementTree.SubElement(case, tag).text = _clean(text)


def _suite(name: str, cases: Sequence[ElementTree.Element]) -> ElementTree.Element:
    suite = _element("testsuite", name=name, tests=str(len(cases)))
    for count, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(count, str(sum(case.find(tag) is not None for case in cases)))
    suite.extend(cases)
    return suite


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("�", text)
