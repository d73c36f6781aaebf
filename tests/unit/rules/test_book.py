import pytest

from engine.model.target import Kind
from tests.unit.small import INDICATORS, ORGANIZATIONS, TARGETS, bind, book_of, codes, rule_file

TOTAL = "indicator: firms, kind: total, threshold: 222 家"
QUOTA = TOTAL + ", judged: {lead: city, responsible: {quota: q}}"
ALLOCATION = "rule: rule\ndocument: 分解表\nquotas: {咸安區: 42 家}\n"


def findings(rule: str = TOTAL, **files: str) -> list[str]:
    """The codes that binding a small book with this rule and these files gives."""
    texts = {f"{name}.yaml": text for name, text in files.items()}
    return codes(bind({"rules/016-small.yaml": rule_file(rule), **texts})[1])


def test_a_sound_book_is_bound_without_findings() -> None:
    book = book_of(TOTAL)
    assert ([rule.id for rule in book.rules], next(iter(book.indicators)), book.plan.year) == (["rule"], "firms", 2025)


def test_words_cover_names_aliases_and_groups() -> None:
    assert book_of(TOTAL).words["各縣市區"] == ("咸安區", "嘉魚縣")


@pytest.mark.parametrize("name", ["targets.yaml", "organizations.yaml"])
def test_without_plan_or_organizations_there_is_no_book(name: str) -> None:
    from pathlib import Path

    from engine.rules.book import bind_book
    from engine.rules.read import BookFiles

    texts = {"targets.yaml": TARGETS, "organizations.yaml": ORGANIZATIONS}
    del texts[name]
    book, found = bind_book(BookFiles(Path("book"), texts, ""))
    assert (book, [(finding.code, finding.source.file) for finding in found]) == (None, [("file-missing", name)])


@pytest.mark.parametrize("name", ["targets.yaml", "organizations.yaml"])
def test_an_empty_plan_or_organizations_file_gives_no_book(name: str) -> None:
    book, found = bind({name: "# nothing\n"})
    assert (book, [(finding.code, finding.source.file) for finding in found]) == (None, [("submission-empty", name)])


def test_a_targets_file_that_is_not_yaml_gives_no_book() -> None:
    book, found = bind({"targets.yaml": "plan: [\n"})
    assert (book, codes(found)) == (None, ["yaml-syntax"])


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (TOTAL.replace("firms", "frims"), ["indicator-unknown"]),
        (TOTAL.replace("家", "個"), ["unit-mismatch"]),
        ("indicator: growth, kind: rate, comparator: at_most, threshold: 102 上年同期=100", ["index-as-threshold"]),
        (TOTAL + ", judged: {lead: city, responsible: {same: [各縣]}}", ["body-unknown"]),
        (QUOTA, ["quota-unknown"]),
        ("indicator: growth, kind: relative, partner: wages", ["indicator-unknown"]),
        ("indicator: growth, kind: relative, partner: growth", ["partner-itself"]),
        ("indicator: growth, kind: relative, partner: firms", ["unit-mismatch"]),
        ("indicator: firms, kind: total, threshold: 5 家, pace: {2024Q2: 50 %, 2025Q4: 100 %}", ["pace-broken"]),
        ("indicator: firms, kind: milestone, stages: [{stage: 甲, due: 2026-01-01}]", ["stages-broken"]),
        ("indicator: firms, kind: total, threshold: 5 家, pace: {2025Q2: 50 %, 2026Q2: 100 %}", ["pace-broken"]),
    ],
)
def test_a_rule_with_a_broken_reference_is_reported_and_left_out(rule: str, expected: list[str]) -> None:
    book, found = bind({"rules/016-small.yaml": rule_file(rule)})
    assert book is not None
    assert (codes(found), book.rules) == (expected, ())


def test_an_unknown_indicator_comes_with_the_nearest() -> None:
    _, found = bind({"rules/016-small.yaml": rule_file(TOTAL.replace("firms", "frims"))})
    assert found[0].params == {"found": "frims", "nearest": "firms"}


def test_a_rule_s_target_must_exist() -> None:
    text = rule_file(TOTAL).replace("target: promise", "target: promises")
    book, found = bind({"rules/016-small.yaml": text})
    assert book is not None
    assert ([finding.params for finding in found], book.rules) == ([{"target": "promises", "nearest": "promise"}], ())


def test_a_rule_stands_under_the_clause_of_its_target() -> None:
    targets = TARGETS + "- {clause: '17', lead: [市發改委]}\n"
    text = rule_file(TOTAL).replace("clause: '16'", "clause: '17'")
    _, found = bind({"targets.yaml": targets, "rules/017-small.yaml": text})
    assert [finding.params for finding in found] == [{"rule": "rule", "clause": "17", "wanted": "16"}]
    assert codes(found) == ["clause-differs"]


def test_a_rule_file_of_an_unknown_clause_is_reported() -> None:
    text = rule_file(TOTAL).replace("clause: '16'", "clause: '99'")
    book, found = bind({"rules/099-small.yaml": text})
    assert book is not None
    assert ("clause-unknown" in codes(found), book.rules) == (True, ())


def test_a_misnamed_rule_file_is_a_warning_and_its_rules_stand() -> None:
    book, found = bind({"rules/017-small.yaml": rule_file(TOTAL)})
    assert book is not None
    assert (codes(found), len(book.rules)) == (["file-misnamed"], 1)


def test_a_repeated_rule_names_the_first_place() -> None:
    again = "clause: '16'\nrules:\n- {id: rule, target: promise, judged: {lead: city}, " + TOTAL + "}\n"
    _, found = bind({"rules/016-small.yaml": rule_file(TOTAL), "rules/016-zebra.yaml": again})
    assert [(finding.code, finding.related[0].file) for finding in found] == [("rule-repeated", "rules/016-small.yaml")]


@pytest.mark.parametrize(
    "again", ["- {id: firms, name: 別的企業, unit: 家}\n", "- {id: other, name: 規上企業, unit: 家}\n"]
)
def test_indicator_ids_and_names_are_unique(again: str) -> None:
    _, found = bind({"rules/016-small.yaml": rule_file(TOTAL, INDICATORS + again)})
    assert codes(found) == ["indicator-repeated"]


def test_a_body_of_the_plan_that_nobody_listed_is_reported_with_the_nearest() -> None:
    _, found = bind({"targets.yaml": TARGETS.replace("市經信局", "市經信委")})
    assert (codes(found), found[0].params["name"]) == (["body-unknown"], "市經信委")
    assert "市經信局" in found[0].params["nearest"]


def test_quotas_are_bound_to_bodies_by_alias_too() -> None:
    alias = ORGANIZATIONS.replace("{name: 咸安區,", "{name: 咸安區, aliases: [咸安區人民政府],")
    files = {
        "organizations.yaml": alias,
        "rules/016-small.yaml": rule_file(QUOTA),
        "allocations/q.yaml": ALLOCATION.replace("咸安區", "咸安區人民政府"),
    }
    book, found = bind(files)
    assert book is not None
    assert (found, list(book.allocations["q"].quotas)) == ([], ["咸安區"])


@pytest.mark.parametrize(
    ("allocation", "expected"),
    [
        (ALLOCATION.replace("rule: rule", "rule: other"), ["quota-differs"]),
        (ALLOCATION.replace("家", "個"), ["unit-mismatch"]),
        (ALLOCATION.replace("咸安區", "咸寧區"), ["body-unknown"]),
    ],
)
def test_a_quota_table_that_does_not_fit_is_reported(allocation: str, expected: list[str]) -> None:
    _, found = bind({"rules/016-small.yaml": rule_file(QUOTA), "allocations/q.yaml": allocation})
    assert codes(found) == expected


@pytest.mark.parametrize("quota", ["0 家", "-5 家"])
def test_a_quota_of_nothing_is_refused(quota: str) -> None:
    files = {"rules/016-small.yaml": rule_file(QUOTA), "allocations/q.yaml": ALLOCATION.replace("42 家", quota)}
    book, found = bind(files)
    assert book is not None
    assert (codes(found), book.allocations["q"].quotas) == (["quota-not-positive"], {})


def test_the_quota_of_a_group_is_not_its_first_member_s() -> None:
    files = {"rules/016-small.yaml": rule_file(QUOTA), "allocations/q.yaml": ALLOCATION.replace("咸安區", "各縣市區")}
    book, found = bind(files)
    assert book is not None
    assert (codes(found), book.allocations["q"].quotas) == (["body-unknown"], {})


def test_two_quotas_of_one_body_are_reported() -> None:
    alias = ORGANIZATIONS.replace("{name: 咸安區,", "{name: 咸安區, aliases: [咸安區人民政府],")
    quotas = ALLOCATION.replace("42 家", "42 家, 咸安區人民政府: 8 家")
    files = {
        "organizations.yaml": alias,
        "rules/016-small.yaml": rule_file(QUOTA),
        "allocations/q.yaml": quotas,
    }
    assert codes(bind(files)[1]) == ["repeated-key"]


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("target: promises, threshold: 250 家", ["target-unknown"]),
        ("target: promise, threshold: 250 家, reach: [咸寧區]", ["body-unknown"]),
        ("target: promise, threshold: 250 人", ["unit-mismatch"]),
    ],
)
def test_an_amendment_that_does_not_fit_is_reported(entry: str, expected: list[str]) -> None:
    text = f"amendments: [{{{entry}, document: 乙, date: 2025-08-01}}]\n"
    assert findings(amendments=text) == expected


def test_parts_must_fit_the_kind() -> None:
    indicators = "- {id: firms, name: 規上企業, unit: 家, parts: {ratio: [a, b], unit: 家}}\n"
    _, found = bind({"rules/016-small.yaml": rule_file(TOTAL, indicators)})
    assert codes(found) == ["parts-unfit"]


def test_a_relative_rule_compares_plain_figures_only() -> None:
    indicators = (
        "- {id: growth, name: 增速, unit: '%'}\n"
        "- {id: income, name: 收入, unit: '%', parts: {growth: [now, before], unit: 元}}\n"
    )
    rule = "indicator: growth, kind: relative, partner: income"
    _, found = bind({"rules/016-small.yaml": rule_file(rule, indicators)})
    assert [(finding.code, finding.params["indicator"]) for finding in found] == [("partner-parts", "income")]


def test_the_threshold_of_a_coverage_is_a_share_of_its_counts() -> None:
    assert findings("indicator: firms, kind: coverage, threshold: 100 %, eligible: to-date") == []


def test_rules_stand_in_the_plan_s_order() -> None:
    targets = TARGETS.replace(
        "- clause: '16'", "- {clause: '30', targets: [{id: late, quote: 甲, kind: rate}]}\n- clause: '16'"
    )
    rule = "{id: a, target: late, indicator: growth, kind: rate, threshold: 1 %, judged: {lead: city}}"
    late = f"clause: '30'\nrules: [{rule}]\n"
    book, _ = bind({"targets.yaml": targets, "rules/016-a.yaml": rule_file(TOTAL), "rules/030-a.yaml": late})
    assert book is not None
    assert [(rule.clause, rule.kind) for rule in book.rules] == [("30", Kind.RATE), ("16", Kind.TOTAL)]


def test_policy_and_units_of_the_book_take_part() -> None:
    policy = "ahead_margin: 2\n"
    indicators = "- {id: firms, name: 產量, unit: 擔}\n"
    book, found = bind(
        {
            "policy.yaml": policy,
            "units.txt": "擔 = 50 * 公斤\n",
            "rules/016-small.yaml": rule_file("indicator: firms, kind: total, threshold: 5 擔", indicators),
        }
    )
    assert book is not None
    assert (found, str(book.policy.ahead_margin), book.indicators["firms"].unit.dimension) == ([], "2", "mass")


def test_an_index_form_is_no_quota() -> None:
    allocation = ALLOCATION.replace("42 家", "102 上年同期=100")
    book, found = bind({"rules/016-small.yaml": rule_file(QUOTA), "allocations/q.yaml": allocation})
    assert book is not None
    assert (codes(found), book.allocations["q"].quotas) == (["index-as-threshold"], {})


@pytest.mark.parametrize("number", ["0 家", "-5 家"])
def test_a_total_cannot_be_amended_to_nothing(number: str) -> None:
    amendment = f"amendments: [{{target: promise, threshold: {number}, document: d, date: 2025-03-01}}]\n"
    files = {"rules/016-small.yaml": rule_file("indicator: firms, kind: total, threshold: 222 家")}
    book, found = bind({**files, "amendments.yaml": amendment})
    assert book is not None
    assert (codes(found), book.amendments) == (["threshold-not-positive"], ())


def test_stages_have_no_number_to_amend() -> None:
    rule = "indicator: firms, kind: milestone, stages: [{stage: 開工, due: 2025-03-31}]"
    amendment = "amendments: [{target: promise, threshold: 5 家, document: d, date: 2025-03-01}]\n"
    book, found = bind({"rules/016-small.yaml": rule_file(rule), "amendments.yaml": amendment})
    assert book is not None
    assert (codes(found), book.amendments) == (["amendment-unfit"], ())


def test_a_book_without_waivers_has_none() -> None:
    book, _ = bind({"rules/016-small.yaml": rule_file("indicator: firms, kind: total, threshold: 5 家")})
    assert book is not None
    assert book.waivers == ()
