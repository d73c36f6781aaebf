import json

from engine.model.result import CasesResult
from engine.report.cases import case_name, cases_document, cases_table, position_name
from engine.report.jsontext import to_json
from engine.report.words import Words
from tests.unit.rules.test_cases import run

GOOD = "{rule: rule, figures: {2025Q2: 111 家}, expect: {verdict: pass, gap: 0}}"
BAD = "{rule: rule, figures: {2025Q2: 110 家}, expect: {verdict: pass, gap: 0}}"
UNUSABLE = "{rule: rule, figures: {2025Q2: 110 個}, expect: {verdict: pass}}"


def plain(text: str, style: str) -> str:
    return text


def table(result: CasesResult, language: str = "en") -> list[str]:
    return cases_table(result, Words(language), plain).splitlines()


def test_a_failed_case_is_shown_with_its_place_and_what_differs() -> None:
    lines = table(run(GOOD, BAD))
    assert lines[0].endswith(":3: failed rule 2025Q2 市經信局: 110 家")
    assert lines[1:3] == ["    verdict: expected pass, found at-risk", "    gap: expected 0, found -0.45"]
    assert lines[-2:] == [
        "2 cases = 1 passed + 1 failed",
        "25 % of the edges and situations are tried (2 of 8 positions)",
    ]


def test_what_no_case_tries_is_listed_rule_by_rule() -> None:
    (line,) = [line for line in table(run(GOOD, BAD)) if line.startswith("no case for rule: ")]
    assert line.removeprefix("no case for rule: ").split("; ") == [
        "year pass over", "year at-risk under", "year at-risk over",
        "year-end pass under", "year-end pass at", "year-end pass over",
    ]  # fmt: skip


def test_findings_stand_before_the_counts() -> None:
    lines = table(run(UNUSABLE))
    assert any("[unit-mismatch]" in line for line in lines)
    assert lines[-1].startswith("Some input could not be read")


def test_the_office_reads_its_own_words() -> None:
    lines = table(run(BAD), "zh-Hant")
    assert lines[1] == "    verdict: 應為 pass，實為 at-risk"
    assert lines[-2] == "共 1 個算例 = 0 符合 + 1 不符"


def test_the_document_says_what_was_expected_and_what_came_out() -> None:
    document = cases_document(run(GOOD, BAD), Words("en"), 100)
    good, bad = document["cases"]
    edge = {"phase": "year", "edge": "pass", "position": "at", "situation": None, "of": None}
    assert (good["passed"], good["covers"]) == (True, [edge])
    assert good["expected"] == {"verdict": "pass", "reason": None, "progress": None, "gap": "0", "notes": None}
    assert bad["found"] == {"verdict": "at-risk", "reason": None, "progress": "behind", "gap": "-0.45", "notes": []}
    assert [difference["field"] for difference in bad["differences"]] == ["verdict", "gap"]
    assert document["summary"] == {"total": 2, "passed": 1, "failed": 1}
    assert (document["coverage"]["percent"], document["coverage"]["threshold"]) == (25, 100)
    assert json.loads(to_json(document))["schema"] == "biaochi.test/1"


def test_a_situation_is_shown_by_its_name() -> None:
    rule = "indicator: firms, kind: level, threshold: 1200 家"
    result = run("{rule: rule, figures: {2025Q2: 900 家}, expect: {verdict: undecided}}", rule=rule)
    (case,) = cases_document(result, Words("en"), None)["cases"]
    empty = dict.fromkeys(("phase", "edge", "position"))
    assert case["covers"] == [{**empty, "situation": "no-baseline", "of": None}]
    assert "; baseline-met; can-fall-back" in table(result)[0]


def test_the_books_own_threshold_is_shown_where_none_was_asked_for() -> None:
    policy = {"policy": "cases: {threshold: 12}"}
    result = run(GOOD, **policy)
    asked = [cases_document(result, Words("en"), threshold)["coverage"]["threshold"] for threshold in (None, 50)]
    assert asked == [12, 50]


def test_names_are_one_line() -> None:
    result = run(GOOD)
    assert case_name(result.trials[0]) == "rule 2025Q2 市經信局: 111 家"
    assert position_name(result.trials[0].covers[0]) == "year pass at"
