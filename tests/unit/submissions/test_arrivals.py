from datetime import date
from pathlib import Path

import pytest

from engine.model.arrival import Manifest, Receipt
from engine.model.diagnostic import Diagnostic
from engine.model.source import Source
from engine.submissions.arrivals import last_day, state_arrivals
from engine.submissions.read import SubmittedFile
from tests.unit.small import book_of, codes, figures_of, judge_book, period_of

HOME = Path("2025Q2")
RULE = "indicator: growth, kind: rate, threshold: 7 %, judged: {lead: city, responsible: {same: [各縣市區]}}"
QUARTER = period_of("2025Q2")


def manifest(days: dict[str, str], due: date | None = date(2025, 7, 10)) -> dict[Path, Manifest]:
    place = Source("2025Q2/manifest.yaml", 1, 1)
    receipts = {f"{name}.yaml": Receipt(f"{name}.yaml", date.fromisoformat(day), place) for name, day in days.items()}
    return {HOME: Manifest(QUARTER, place, due, receipts)}


@pytest.mark.parametrize(
    ("day", "standing", "late"),
    [("2025-07-09", "on-time", 0), ("2025-07-10", "on-time", 0), ("2025-07-11", "late", 1), (None, "unlisted", None)],
)
def test_a_file_is_late_after_the_last_day(day: str | None, standing: str, late: int | None) -> None:
    book = book_of(RULE)
    figures = figures_of(book, "2025Q2", "growth: 7 %")
    found: list[Diagnostic] = []
    files = [SubmittedFile("2025Q2/0.yaml", HOME / "0.yaml", QUARTER, HOME)]
    given = manifest({"0": day} if day else {})
    arrivals = state_arrivals(book, given, files, figures.values(), judge_book(book, "2025Q2", figures), found)
    assert [(each.organization, each.file, each.standing, each.days_late) for each in arrivals] == [
        ("市經信局", "2025Q2/0.yaml", standing, late),
        ("咸安區", None, "missing", None),
        ("嘉魚縣", None, "missing", None),
    ]
    assert codes(found) == ["nothing-submitted"] * 2 + ["submitted-late"] * (standing == "late")


def test_a_file_of_several_bodies_is_late_once() -> None:
    book = book_of(RULE)
    figures = figures_of(book, "2025Q2", "organization: 咸安區\nfigures: {growth: 7 %}")
    other = figures_of(book, "2025Q2", "organization: 嘉魚縣\nfigures: {growth: 7 %}")
    found: list[Diagnostic] = []
    files = [SubmittedFile("2025Q2/0.yaml", HOME / "0.yaml", QUARTER, HOME)]
    came = [*figures.values(), *other.values()]
    state_arrivals(book, manifest({"0": "2025-07-12"}), files, came, [], found)
    (finding,) = found
    assert (finding.params["organizations"], finding.params["days"]) == ("咸安區、嘉魚縣", "2")


@pytest.mark.parametrize(
    ("due", "policy", "expected"),
    [
        (date(2025, 7, 5), "deadlines: {days: 10}", date(2025, 7, 5)),
        (None, "deadlines: {days: 10}", date(2025, 7, 10)),
        (None, "ahead_margin: 5", None),
    ],
)
def test_a_manifest_s_own_last_day_comes_first(due: date | None, policy: str, expected: date | None) -> None:
    book = book_of(RULE, policy=policy)
    assert last_day(book, manifest({}, due)[HOME]) == expected
