"""Worked cases → JUnit XML, the form that build servers read.

Source: the schema junit-10.xsd of Jenkins' xUnit plugin. Nothing in it depends on the clock or the machine.
"""

import re
from collections import Counter
from collections.abc import Sequence
from xml.etree import ElementTree

from engine.model.case import Trial
from engine.model.codes import CODES
from engine.model.diagnostic import Severity
from engine.model.result import CasesResult
from engine.report.cases import case_name, position_name
from engine.report.words import Words

#: What XML 1.0 cannot hold, however it is escaped.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def cases_junit(result: CasesResult, words: Words, threshold: int | None) -> str:
    """The text of a JUnit report: a suite per rule file, one for the edge coverage, one for findings.

    Shape: a failed case is a `failure` with what differs; an error finding is an `error` of the suite `findings`.
    """
    root = ElementTree.Element("testsuites", name="biaochi test")
    files: dict[str, list[Trial]] = {}
    for trial in result.trials:
        files.setdefault(trial.case.source.file, []).append(trial)
    for file, trials in files.items():
        _add_suite(root, file, _cases(trials, words))
    _add_suite(root, "edge coverage", [_coverage(result, words, threshold)])
    errors = [finding for finding in result.findings if CODES[finding.code].severity is Severity.ERROR]
    if errors:
        found = []
        for finding in errors:
            case = _element("testcase", classname=finding.code, name=str(finding.source))
            _add_fault(case, "error", finding.code, words.message(finding), words.hint(finding))
            found.append(case)
        _add_suite(root, "findings", found)
    for count in ("tests", "failures", "errors"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in root)))
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _cases(trials: Sequence[Trial], words: Words) -> list[ElementTree.Element]:
    """Names stay the same while lines move, so cases of one name are told apart by their number."""
    named: Counter[str] = Counter()
    cases = []
    for trial in trials:
        name = case_name(trial)
        named[name] += 1
        label = name if named[name] == 1 else f"{name} #{named[name]}"
        case = _element("testcase", classname=trial.case.obligation.rule.id, name=label)
        if trial.differences:
            said = words["case-difference"]
            differing = [
                f"{each.field}: {said.format(expected=each.expected, found=each.found)}" for each in trial.differences
            ]
            _add_fault(case, "failure", trial.differences[0].field, "; ".join(differing), str(trial.case.source))
        cases.append(case)
    return cases


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


def _add_suite(root: ElementTree.Element, name: str, cases: Sequence[ElementTree.Element]) -> None:
    suite = _element("testsuite", name=name, tests=str(len(cases)))
    for count, tag in (("failures", "failure"), ("errors", "error")):
        suite.set(count, str(sum(case.find(tag) is not None for case in cases)))
    suite.extend(cases)
    root.append(suite)


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("�", text)
