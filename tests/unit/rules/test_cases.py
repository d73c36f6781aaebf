"""Reading worked cases, and running them: what they see, and what they do not."""

from pathlib import Path

import pytest

from engine.model.diagnostic import Diagnostic
from engine.model.result import CasesResult
from engine.pipeline import Selection, run_cases
from engine.rules.book import bind_book
from engine.rules.cases import leave_out_cases
from engine.rules.read import BookFiles
from tests.unit.small import INDICATORS, ORGANIZATIONS, TARGETS, codes, rule_file

TOTAL = "indicator: firms, kind: total, threshold: 222 家"
SERIES = "rule: rule, figures: {2025Q2: 110 家}"
EXPECT = "expect: {verdict: at-risk}"


def open_cases(
    *cases: str, rule: str = TOTAL, indicators: str = INDICATORS, **files: str
) -> tuple[CasesResult, list[Diagnostic]]:
    """Run cases of the small book's one rule; what was wrong with the book comes with the result."""
    listed = "".join(f"- {case}\n" for case in cases)
    texts = {"rules/016-small.yaml": rule_file(rule, indicators) + f"cases:\n{listed}", "targets.yaml": TARGETS}
    texts |= {"organizations.yaml": ORGANIZATIONS, **{f"{name}.yaml": text for name, text in files.items()}}
    book, found = bind_book(BookFiles(Path("book"), texts, "sha256:0"), with_cases=True)
    assert book is not None
    return run_cases(book, found), found


def run(*cases: str, rule: str = TOTAL, indicators: str = INDICATORS, **files: str) -> CasesResult:
    """Run cases that are known to be sound."""
    result, found = open_cases(*cases, rule=rule, indicators=indicators, **files)
    assert found == []
    return result


def outcomes(result: CasesResult) -> list[str]:
    """What came out, with its reason."""
    reasons = [trial.verdict.reason for trial in result.trials]
    return [
        trial.verdict.outcome.value + (f": {reason.value}" if reason else "")
        for trial, reason in zip(result.trials, reasons, strict=True)
    ]


# --- running ---------------------------------------------------------------------------------------------------


def test_the_last_period_is_judged() -> None:
    (trial,) = run(f"{{rule: rule, figures: {{2025Q2: 110 家, 2025Q1: 10 家}}, {EXPECT}}}").trials
    assert (trial.case.obligation.period.label, trial.printed_gap, trial.passed) == ("2025Q2", "-0.45", True)


def test_cases_do_not_see_each_other() -> None:
    cases = [f"{{rule: rule, figures: {{2025Q2: {figure}}}, {EXPECT}}}" for figure in ("110 家", "111 家", "_", "1 家")]
    assert outcomes(run(*cases)) == ["at-risk", "pass", "undecided: missing", "fail"]


def test_a_line_that_was_crossed_earlier_in_the_series_stays_crossed() -> None:
    rule = "indicator: land, kind: always, threshold: 100 畝"
    result = run(
        "{rule: rule, figures: {2025Q1: 99 畝, 2025Q2: 100 畝}, expect: {verdict: fail, notes: [breached-in:2025Q1]}}",
        "{rule: rule, figures: {2025Q1: _, 2025Q2: 100 畝}, expect: {verdict: pass, notes: []}}",
        rule=rule,
    )
    assert [trial.passed for trial in result.trials] == [True, True]


def test_a_level_inherits_the_baseline_of_its_series() -> None:
    rule = "indicator: firms, kind: level, threshold: 1200 家"
    series = "{2025Q1: {value: 1010 家, baseline: 1000 家}, 2025Q2: 1100 家}"
    (trial,) = run(f"{{rule: rule, figures: {series}, expect: {{verdict: pass, gap: 0}}}}", rule=rule).trials
    assert trial.passed


def test_the_partner_of_a_relative_rule_has_its_own_series() -> None:
    rule = "indicator: income, kind: relative, partner: growth"
    result = run(
        "{rule: rule, figures: {2025Q2: 7.0 %}, partner: {2025Q2: 7.1 %}, expect: {verdict: at-risk, gap: -0.1}}",
        "{rule: rule, figures: {2025Q2: 7.0 %}, partner: {2025Q2: _}, expect: {verdict: undecided, reason: missing}}",
        "{rule: rule, figures: {2025Q2: 7.0 %}, expect: {verdict: undecided, reason: missing}}",
        rule=rule,
    )
    assert [trial.passed for trial in result.trials] == [True, True, True]


def test_the_number_of_an_external_rule_counts_as_set() -> None:
    rule = "indicator: growth, kind: external, inner_kind: rate"
    result = run(
        "{rule: rule, number: 5 %, figures: {2025Q1: 5.1 %}, expect: {verdict: pass, gap: 0.1}}",
        "{rule: rule, number: 6 %, figures: {2025Q1: 5.1 %}, expect: {verdict: at-risk, gap: -0.9}}",
        "{rule: rule, figures: {2025Q1: 5.1 %}, expect: {verdict: undecided, reason: awaiting-target}}",
        rule=rule,
    )
    assert [trial.passed for trial in result.trials] == [True, True, True]


def test_others_stands_for_the_members_that_are_not_named() -> None:
    rule = "indicator: firms, kind: each, inner_kind: total, threshold: 30 家, members: [甲, 乙, 丙]"
    result = run(
        "{rule: rule, figures: {2025Q2: {members: {乙: 14 家, others: 15 家}}}, expect: {verdict: at-risk}}",
        "{rule: rule, figures: {2025Q2: {members: {乙: _, others: 15 家}}}, expect: {verdict: undecided}}",
        rule=rule,
    )
    assert [trial.passed for trial in result.trials] == [True, True]
    assert result.trials[0].verdict.short_members == ("乙",)
    assert result.trials[1].verdict.missing_members == ("乙",)


def test_without_a_name_the_lead_is_judged() -> None:
    rule = f"{TOTAL}, judged: {{lead: city, responsible: {{same: [咸安區]}}}}"
    result = run(
        f"{{{SERIES}, {EXPECT}}}",
        f"{{{SERIES}, organization: 咸安区, {EXPECT}}}",
        rule=rule,
    )
    assert [trial.case.obligation.organization for trial in result.trials] == ["市經信局", "咸安區"]


def test_a_figure_that_cannot_be_used_may_be_what_a_case_is_about() -> None:
    case = "{rule: rule, figures: {2025Q2: 110 個}, expect: {verdict: undecided, reason: unusable}}"
    result = run(case)
    assert (result.findings, result.exit_code(None)) == ((), 0)


def test_a_figure_that_cannot_be_used_otherwise_is_a_finding() -> None:
    result = run("{rule: rule, figures: {2025Q2: 110 個}, expect: {verdict: pass}}")
    assert (codes(result.findings), result.exit_code(None)) == (["unit-mismatch"], 3)


def test_a_selection_of_rules_leaves_the_others_out() -> None:
    texts = {"rules/016-small.yaml": rule_file(TOTAL) + f"cases: [{{{SERIES}, {EXPECT}}}]\n"}
    texts |= {"targets.yaml": TARGETS, "organizations.yaml": ORGANIZATIONS}
    book, _ = bind_book(BookFiles(Path("book"), texts, ""), with_cases=True)
    assert book is not None
    result = run_cases(book, [], Selection(rules=("another",)))
    assert (result.trials, result.positions, result.percent) == ((), (), 100)


# --- reading ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "code", "words"),
    [
        ("[1]", "wrong-shape", "mapping"),
        (f"{{{SERIES}, {EXPECT}, expects: 1}}", "unknown-key", "expects"),
        (f"{{{SERIES}}}", "key-missing", "expect"),
        (f"{{figures: {{2025Q2: 1 家}}, {EXPECT}}}", "key-missing", "rule"),
        (f"{{rule: rule, {EXPECT}}}", "key-missing", "figures"),
        (f"{{rule: rules, figures: {{2025Q2: 1 家}}, {EXPECT}}}", "rule-unknown", "rules"),
        (f"{{rule: rule, figures: 1 家, {EXPECT}}}", "wrong-shape", "periods"),
        (f"{{rule: rule, figures: {{}}, {EXPECT}}}", "wrong-shape", "periods"),
        (f"{{rule: rule, figures: {{2025Q5: 1 家}}, {EXPECT}}}", "period-unreadable", "2025Q5"),
        (f"{{rule: rule, figures: {{2026Q1: 1 家}}, {EXPECT}}}", "period-outside-plan", "2026Q1"),
        (f"{{rule: rule, figures: {{2024Q4: 1 家}}, {EXPECT}}}", "period-outside-plan", "2024Q4"),
        (f"{{{SERIES}, organization: 咸安縣, {EXPECT}}}", "body-unknown", "咸安縣"),
        (f"{{{SERIES}, organization: 咸安區, {EXPECT}}}", "case-not-judged", "咸安區"),
        (f"{{{SERIES}, number: 5 家, {EXPECT}}}", "key-unfit", "number"),
        (f"{{{SERIES}, partner: {{2025Q2: 5 %}}, {EXPECT}}}", "key-unfit", "partner"),
        (f"{{{SERIES}, expect: {{verdict: passed}}}}", "unknown-word", "passed"),
        (f"{{{SERIES}, expect: {{verdict: pass, gap: 3 %}}}}", "not-a-number", "3 %"),
        (f"{{{SERIES}, expect: {{verdict: pass, progress: early}}}}", "unknown-word", "early"),
        (f"{{{SERIES}, expect: {{gap: 0}}}}", "key-missing", "verdict"),
    ],
)
def test_a_case_that_cannot_be_run_is_named_with_its_place(case: str, code: str, words: str) -> None:
    result, found = open_cases(case, f"{{{SERIES}, {EXPECT}}}")
    assert codes(found) == [code]
    assert words in " ".join(found[0].params.values())
    assert found[0].source.file == "rules/016-small.yaml"
    assert found[0].source.line == rule_file(TOTAL).count("\n") + 2
    assert (len(result.trials), result.exit_code(None)) == (1, 3)


def test_cases_are_a_list() -> None:
    texts = {"rules/016-small.yaml": rule_file(TOTAL) + "cases: {rule: rule}\n"}
    texts |= {"targets.yaml": TARGETS, "organizations.yaml": ORGANIZATIONS}
    _, found = bind_book(BookFiles(Path("book"), texts, ""), with_cases=True)
    assert codes(found) == ["wrong-shape"]


def test_a_rule_that_was_refused_is_not_reported_again_for_its_cases() -> None:
    _, found = open_cases(f"{{{SERIES}, {EXPECT}}}", rule="indicator: firms, kind: total, threshold: 222")
    assert codes(found) == ["unit-missing"]


# --- leaving them out ------------------------------------------------------------------------------------------


def test_judging_reads_no_case() -> None:
    texts = {"rules/016-small.yaml": rule_file(TOTAL) + "cases:\n- {rule: nonsense}\n"}
    texts |= {"targets.yaml": TARGETS, "organizations.yaml": ORGANIZATIONS}
    book, found = bind_book(BookFiles(Path("book"), texts, ""))
    assert book is not None
    assert (book.cases, found) == ((), [])


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("clause: a\ncases:\n- b\n- c\n", "clause: a\n\n\n\n"),
        ("cases:\n- b\n\n# why\n  c: d\nrules: e\n", "\n\n\n\n\nrules: e\n"),
        ("cases: [a,\n  b]", "\n"),
        ("rules:\n- cases: a\n", "rules:\n- cases: a\n"),
        ("casestudy: a\n", "casestudy: a\n"),
    ],
)
def test_every_other_line_keeps_its_place(text: str, kept: str) -> None:
    assert leave_out_cases(text) == kept


def test_a_text_that_cannot_be_cut_is_read_whole() -> None:
    tricky = rule_file(TOTAL).replace("clause: '16'", "clause: '16'\nnotes: 'a\n\ncases: b'")
    texts = {"rules/016-small.yaml": tricky, "targets.yaml": TARGETS, "organizations.yaml": ORGANIZATIONS}
    book, found = bind_book(BookFiles(Path("book"), texts, ""))
    assert book is not None
    assert (codes(found), len(book.rules)) == (["unknown-key"], 1)
