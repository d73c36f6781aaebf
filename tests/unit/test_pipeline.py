"""Each use case from files to its result, on a small book in a folder of its own."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.result import CheckResult
from engine.pipeline import Selection, check, cited_files, list_period, locate_book, open_book
from tests.unit.small import ORGANIZATIONS, TARGETS, codes, period_of, rule_file

RULE = "indicator: firms, kind: total, threshold: 222 家, judged: {lead: city, responsible: {same: [各縣市區]}}"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a small book, which is also the working folder."""
    files = {"targets.yaml": TARGETS, "organizations.yaml": ORGANIZATIONS, "rules/016-small.yaml": rule_file(RULE)}
    for name, text in files.items():
        put(tmp_path / name, text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def submit(period: str, body: str, figure: str, name: str = "") -> Path:
    """Put one body's figure into a period's folder."""
    text = f"organization: {body}\nfigures: {{firms: {figure}}}\n"
    return put(Path("submissions") / period / f"{name or body}.yaml", text)


def book_in(folder: Path) -> Book:
    found: list[Diagnostic] = []
    book = open_book(folder, found)
    assert found == []
    assert book is not None
    return book


def outcomes(result: CheckResult) -> dict[str, str]:
    return {
        verdict.obligation.organization: verdict.reason.value if verdict.reason else verdict.outcome.value
        for verdict in result.verdicts
    }


def checked(home: Path, *paths: str, period: str | None = None, selection: Selection | None = None) -> CheckResult:
    return check(
        book_in(home),
        [],
        [Path(path) for path in paths],
        period=period_of(period) if period else None,
        selection=selection,
    )


def test_a_period_folder_is_held_to_everything_that_is_due(home: Path) -> None:
    submit("2025Q2", "市經信局", "131 家")
    result = checked(home, "submissions/2025Q2")
    assert outcomes(result) == {"市經信局": "pass", "咸安區": "missing", "嘉魚縣": "missing"}
    assert (result.period, result.complete, result.findings) == (period_of("2025Q2"), True, ())


def test_a_single_file_is_held_to_what_its_bodies_owe(home: Path) -> None:
    submit("2025Q2", "市經信局", "131 家")
    submit("2025Q2", "咸安區", "111 家")
    assert outcomes(checked(home, "submissions/2025Q2/咸安區.yaml")) == {"咸安區": "pass"}


def test_several_periods_are_judged_together(home: Path) -> None:
    submit("2025Q1", "市經信局", "60 家")
    submit("2025Q2", "市經信局", "131 家")
    result = checked(home, "submissions")
    assert (result.period, len(result.verdicts)) == (None, 6)


def test_verdicts_stand_in_the_order_of_period_and_body(home: Path) -> None:
    submit("2025Q1", "市經信局", "60 家")
    submit("2025Q2", "市經信局", "131 家")
    shown = [
        (each.obligation.period.label, each.obligation.organization) for each in checked(home, "submissions").verdicts
    ]
    bodies = ("市經信局", "咸安區", "嘉魚縣")
    assert shown == [(period, body) for period in ("2025Q1", "2025Q2") for body in bodies]


def test_earlier_periods_beside_a_folder_are_looked_at(home: Path) -> None:
    submit("2025Q1", "市經信局", "140 家")
    submit("2025Q2", "市經信局", "131 家")
    assert codes(checked(home, "submissions/2025Q2").findings) == ["year-to-date-falls"]


def test_what_is_wrong_in_earlier_periods_is_a_note(home: Path) -> None:
    submit("2025Q1", "市經信局", "140 個")
    submit("2025Q2", "市經信局", "131 家")
    result = checked(home, "submissions/2025Q2")
    assert (codes(result.findings), result.complete, outcomes(result)["市經信局"]) == (
        ["earlier-incomplete"],
        True,
        "pass",
    )


def test_an_inspection_replaces_the_submitted_figure(home: Path) -> None:
    submit("2025Q2", "市經信局", "131 家")
    put(
        Path("submissions/2025Q2/inspections.yaml"),
        "inspections: [{organization: 市經信局, indicator: firms, value: 80 家, document: 通報, date: 2025-07-10}]\n",
    )
    result = checked(home, "submissions/2025Q2")
    assert (outcomes(result)["市經信局"], codes(result.findings)) == ("fail", ["overstated"])
    assert (result.verdicts[0].submitted, result.verdicts[0].actual) == ("131 家", Fraction(80))


def test_an_unusable_file_leaves_the_answer_incomplete_and_the_rest_judged(home: Path) -> None:
    submit("2025Q2", "市經信局", "131 家")
    put(Path("submissions/2025Q2/broken.yaml"), "organization: [\n")
    result = checked(home, "submissions/2025Q2")
    assert (outcomes(result)["市經信局"], codes(result.findings), result.complete) == ("pass", ["yaml-syntax"], False)


def test_two_files_that_contradict_each_other_leave_none_usable(home: Path) -> None:
    submit("2025Q2", "市經信局", "131 家", "a")
    submit("2025Q2", "市經信局", "132 家", "b")
    result = checked(home, "submissions/2025Q2")
    assert (outcomes(result)["市經信局"], codes(result.findings)) == ("unusable", ["figures-conflict"])


def test_the_period_may_be_named_where_nothing_else_does(home: Path) -> None:
    put(Path("a.yaml"), "organization: 市經信局\nfigures: {firms: 131 家}\n")
    assert codes(checked(home, "a.yaml").findings) == ["period-missing"]
    assert outcomes(checked(home, "a.yaml", period="2025Q2")) == {"市經信局": "pass"}


def test_findings_of_the_book_belong_to_the_answer(home: Path) -> None:
    submit("2025Q2", "市經信局", "131 家")
    put(home / "rules" / "017-more.yaml", "clause: '17'\nrules: []\n")
    found: list[Diagnostic] = []
    book = open_book(home, found)
    assert book is not None
    assert codes(check(book, found, [Path("submissions/2025Q2")]).findings) == ["clause-unknown"]


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(organizations=("咸安區",)), ["咸安區"]),
        (Selection(outcomes=("pass",)), ["市經信局"]),
        (Selection(outcomes=("pass", "undecided")), ["市經信局", "咸安區", "嘉魚縣"]),
        (Selection(clauses=("17",)), []),
        (Selection(rules=("rule",), organizations=("嘉魚縣",)), ["嘉魚縣"]),
        (Selection(), ["市經信局", "咸安區", "嘉魚縣"]),
    ],
)
def test_only_the_wanted_verdicts_are_shown(home: Path, selection: Selection, expected: list[str]) -> None:
    submit("2025Q2", "市經信局", "131 家")
    assert list(outcomes(checked(home, "submissions/2025Q2", selection=selection))) == expected


def test_the_same_input_gives_the_same_answer(home: Path) -> None:
    submit("2025Q2", "市經信局", "131 家")
    submit("2025Q2", "咸安區", "7 個")
    assert checked(home, "submissions/2025Q2") == checked(home, "submissions/2025Q2")


def test_a_figure_of_another_year_is_refused(home: Path) -> None:
    submit("2026Q2", "市經信局", "131 家")
    result = checked(home, "submissions/2026Q2")
    assert (codes(result.findings), result.verdicts, result.complete) == (["period-outside-plan"], (), False)


def test_last_year_s_figures_serve_as_baselines(home: Path) -> None:
    put(home / "rules" / "016-small.yaml", rule_file("indicator: firms, kind: level, threshold: 1200 家"))
    submit("2024Q4", "市經信局", "1000 家")
    submit("2025Q2", "市經信局", "1100 家")
    result = checked(home, "submissions/2025Q2")
    assert (outcomes(result), result.verdicts[0].due, result.findings) == ({"市經信局": "pass"}, Fraction(1100), ())


def test_obligations_are_listed_with_what_is_due(home: Path) -> None:
    listed = list_period(book_in(home), period_of("2025Q2"))
    assert [(item.obligation.organization, str(item.limits[0].due_c)) for item in listed] == [
        ("市經信局", "111"),
        ("咸安區", "111"),
        ("嘉魚縣", "111"),
    ]


def test_amendments_after_a_day_may_be_left_out(home: Path) -> None:
    put(
        home / "amendments.yaml", "amendments: [{target: promise, threshold: 300 家, document: 甲, date: 2025-05-01}]\n"
    )
    book = book_in(home)
    due = [list_period(book, period_of("2025Q2"), day)[0].limits[0].due_c for day in (date(2025, 4, 30), None)]
    assert due == [111, 150]


def test_waivers_mark_verdicts_and_change_none(home: Path) -> None:
    submit("2025Q2", "市經信局", "88 家")
    put(
        home / "waivers.yaml",
        "waivers: [{document: 批復, date: 2025-07-05, approver: 省政府, start: 2025-04-01, end: 2025-06-30, "
        "reach: [市經信局], rules: [rule], reason: 汛期}]\n",
    )
    book = book_in(home)
    for day, notes in ((None, ("waived",)), (date(2025, 7, 4), ())):
        result = check(book, [], [home / "submissions" / "2025Q2"], as_of=day)
        assert (result.verdicts[0].outcome.value, result.verdicts[0].notes) == ("fail", notes)


def test_without_a_plan_there_is_no_book(tmp_path: Path) -> None:
    found: list[Diagnostic] = []
    assert (open_book(tmp_path, found), codes(found)) == (None, ["file-missing", "file-missing"])


def test_broken_units_are_reported_when_the_book_is_opened(home: Path) -> None:
    put(home / "units.txt", "擔 = 50 * 公斤\n擔擔 = = 2\n")
    found: list[Diagnostic] = []
    open_book(home, found)
    assert [(finding.code, str(finding.source)) for finding in found] == [("units-broken", "units.txt:2:1")]


def test_broken_units_never_end_a_check(home: Path) -> None:
    put(home / "units.txt", "擔擔 = = 2\n")
    put(Path("a.yaml"), "organization: 市經信局\nperiod: 2025Q2\nfigures: {firms: 131 坨坨}\n")
    found: list[Diagnostic] = []
    book = open_book(home, found)
    assert book is not None
    result = check(book, found, [Path("a.yaml")])
    assert (sorted(codes(result.findings)), outcomes(result), result.complete) == (
        ["unit-unknown", "units-broken"],
        {"市經信局": "unusable"},
        False,
    )


def test_a_file_beside_period_folders_is_not_passed_over(home: Path) -> None:
    submit("2025Q2", "市經信局", "131 家")
    put(Path("submissions/late.yaml"), "organization: 市經信局\nfigures: {firms: 131 家}\n")
    result = checked(home, "submissions")
    assert [(finding.code, finding.source.file) for finding in result.findings] == [
        ("period-missing", "submissions/late.yaml")
    ]
    assert not result.complete


def test_the_book_is_found_from_a_folder_inside_it(home: Path) -> None:
    inside = submit("2025Q2", "市經信局", "131 家").resolve().parent
    assert locate_book(inside) == home


def test_where_there_is_no_book_none_is_found(tmp_path: Path) -> None:
    assert locate_book(tmp_path) is None


def test_cited_files_lie_where_they_were_found() -> None:
    here = Path("/work/here")
    files = cited_files(Path("/work/here/book"), [Path("rules/a.yaml")], here)
    assert files.path("rules/b.yaml") == "book/rules/b.yaml"
    assert files.path("followup/2025Q2/甲.yaml") == "book/followup/2025Q2/甲.yaml"
    assert files.path("submissions/2025Q2/a.yaml") == "submissions/2025Q2/a.yaml"
    # A submission may be called like a file of the book.
    assert files.path("rules/a.yaml") == "rules/a.yaml"
    assert files.path("/elsewhere/a.yaml") == "/elsewhere/a.yaml"
    assert cited_files(Path("/work"), [], here).path("targets.yaml") == "/work/targets.yaml"


def test_findings_of_others_are_not_for_the_body_that_is_asked_for(home: Path) -> None:
    submit("2025Q2", "市經信局", "131 家")
    submit("2025Q2", "咸安區", "12 萬元")
    found: list[Diagnostic] = []
    book = open_book(home, found)
    assert book is not None
    folder = [Path("submissions/2025Q2")]
    every = check(book, found, folder)
    assert (codes(every.findings), every.complete) == (["unit-mismatch"], False)
    for body, expected in (("市經信局", []), ("咸安區", ["unit-mismatch"])):
        own = check(book, found, folder, selection=Selection(organizations=(body,)))
        assert (codes(own.findings), own.complete) == (expected, not expected)
        assert own.account == every.account
