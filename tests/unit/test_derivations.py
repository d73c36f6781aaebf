"""The derivations of a check: one for every verdict, and each names the document of an inspection."""

from pathlib import Path

import pytest

from engine.derivations import derive_checked
from engine.model.derivation import Step
from engine.model.diagnostic import Diagnostic
from engine.pipeline import check_whole, open_book
from tests.conftest import ROOT
from tests.unit.small import ORGANIZATIONS, TARGETS, rule_file

INDICATORS = """\
- {id: firms, name: 規上企業, unit: 家}
- {id: growth, name: 總值增速, unit: '%'}
- {id: income, name: 收入增速, unit: '%', parts: {growth: [now, before], unit: 億元}}
- {id: price, name: 價格漲幅, unit: '%'}
- {id: screened, name: 篩查人數, unit: 人}
- {id: school, name: 學校, unit: 個}
"""

SITE = "- {{organization: 市經信局, {found}, document: 督查通報第3號, date: {day}}}\n"


def steps_of(tmp_path: Path, rule: str, submitted: str, inspections: dict[str, str]) -> tuple[Step, ...]:
    """What is told of the small book's only verdict for 2025Q2; `inspections` are those of each period's folder."""
    files = {
        "targets.yaml": TARGETS,
        "organizations.yaml": ORGANIZATIONS,
        "rules/016-small.yaml": rule_file(rule, INDICATORS),
    }
    for period in ("2025Q1", "2025Q2"):
        files[f"submissions/{period}/a.yaml"] = f"organization: 市經信局\nfigures: {{{submitted}}}\n"
    for period, found in inspections.items():
        day = {"2025Q1": "2025-04-10", "2025Q2": "2025-07-10"}[period]
        files[f"submissions/{period}/inspections.yaml"] = "inspections:\n" + SITE.format(found=found, day=day)
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    noticed: list[Diagnostic] = []
    book = open_book(tmp_path, noticed)
    assert book is not None
    assert noticed == [], noticed
    paths = [tmp_path / "submissions" / "2025Q2"]
    checked = check_whole(book, [], paths, None, None)
    (derivation,) = derive_checked(book, checked, paths)
    return derivation.steps


@pytest.mark.parametrize(
    ("rule", "submitted", "inspections", "section"),
    [
        ("indicator: firms, kind: total, threshold: 222 家", "firms: 131 家",
         {"2025Q2": "indicator: firms, value: 80 家"}, "figure"),
        ("indicator: firms, kind: total, threshold: 222 家", "firms: 131 家",
         {"2025Q2": "indicator: 規上企業, value: 80, unit: 家"}, "figure"),
        ("indicator: income, kind: rate, threshold: 7 %", "income: {parts: {now: 110 億元, before: 100 億元}}",
         {"2025Q2": "indicator: income, parts: {now: 105 億元, before: 100 億元}"}, "figure"),
        ("indicator: screened, kind: coverage, threshold: 100 %, eligible: to-date",
         "screened: {done: 9 人, eligible: 9 人}",
         {"2025Q2": "indicator: screened, done: 8 人, eligible: 9 人"}, "figure"),
        ("indicator: school, kind: milestone, stages: [{stage: 開工, due: 2025-03-31}, {stage: 封頂, due: 2025-06-30}]",
         "school: {stage: 封頂}", {"2025Q2": "indicator: school, stage: 開工"}, "figure"),
        ("indicator: firms, kind: each, inner_kind: total, members: [食品, 電子], threshold: 10 家",
         "firms: {members: {食品: 9 家, 電子: 8 家}}",
         {"2025Q2": "indicator: firms, member: 電子, value: 3 家"}, "figure"),
        ("indicator: growth, kind: relative, partner: price", "growth: 7.0 %, price: 6.0 %",
         {"2025Q2": "indicator: price, value: 8.0 %"}, "figure"),
        ("indicator: growth, kind: always, comparator: at_most, threshold: 3 %", "growth: 2.0 %",
         {"2025Q1": "indicator: growth, value: 4.0 %"}, "comparison"),
    ],
)  # fmt: skip
def test_document_of_an_inspection_is_named_whatever_it_established(
    tmp_path: Path, rule: str, submitted: str, inspections: dict[str, str], section: str
) -> None:
    told = steps_of(tmp_path, rule, submitted, inspections)
    (period,) = inspections
    day = {"2025Q1": "2025-04-10", "2025Q2": "2025-07-10"}[period]
    named = [(each.section, dict(each.params)) for each in told if each.key == "inspection-document"]
    assert named == [(section, {"document": "督查通報第3號", "day": day})]


def test_every_verdict_of_a_result_has_its_derivation_in_the_same_order() -> None:
    found: list[Diagnostic] = []
    book = open_book(ROOT, found)
    assert book is not None
    checked = check_whole(book, found, [ROOT / "submissions"], None, None)
    told = list(derive_checked(book, checked, [ROOT / "submissions"]))
    assert len({each.obligation.period for each in checked.result.verdicts}) > 1
    assert [dict(each.subject) for each in told] == [
        {"rule": owed.rule.id, "organization": owed.organization, "period": owed.period.label}
        for owed in (verdict.obligation for verdict in checked.result.verdicts)
    ]
