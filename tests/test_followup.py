"""Follow-up over four quarters: every notice ends answered, overdue, refused or closed, and none is forgotten."""

import html
import json
import shutil
from pathlib import Path

import pytest
from docx import Document

from engine.followup.read import read_followup_files
from engine.followup.record import read_notice
from engine.model.diagnostic import Diagnostic
from engine.model.notice import FollowUp, ItemWords, Notice, State
from engine.model.verdict import Verdict
from engine.pipeline import open_book
from engine.publication import follow_up
from tests.conftest import ROOT, RunCli
from tests.unit.small import period_of

BOOK = ROOT / "tests" / "books" / "followup"

#: The days on which the office wrote its notices.
DAYS = {"2025Q1": "2025-04-20", "2025Q2": "2025-07-20", "2025Q3": "2025-10-20", "2025Q4": "2026-01-20"}

#: Where every item stands on the day of each quarter's notices and after the year, in the order of the numbers; an
#: independent reading of the files of the book by hand.
STATES = {
    "2025Q1": "open open open",
    "2025Q2": "closed answered overdue open open",
    "2025Q3": "closed answered answered answered overdue open",
    "2025Q4": "closed closed closed closed overdue refused open open",
    "after": "closed closed closed closed overdue refused answered overdue",
}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The book before any notice was written: with submissions, replies and decisions."""
    folder = Path(shutil.copytree(BOOK, tmp_path / "book"))
    for period in DAYS:
        shutil.rmtree(folder / "followup" / period)
    return folder


def run_year(run_cli: RunCli, book: Path, out: Path) -> None:
    for period, day in DAYS.items():
        ran = run_cli("notices", period, "--date", day, "-o", out / period, cwd=book)
        assert (ran.exit_code, ran.stderr) == (0, ""), period


def texts(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def nothing_said(verdict: Verdict) -> ItemWords:
    raise AssertionError("what is on record is not said anew")


def followed(book: Path, period: str, day: str | None) -> FollowUp:
    from datetime import date

    found: list[Diagnostic] = []
    opened = open_book(book, found)
    assert opened is not None
    asked = date.fromisoformat(day) if day else None
    result = follow_up(opened, found, book / "submissions", period_of(period), nothing_said, as_of=asked)
    assert found == []
    return result


def recorded(book: Path) -> list[Notice]:
    found: list[Diagnostic] = []
    files = read_followup_files(book, {}, found)
    notices = [read_notice(text, name, found) for name, text in files.notices.items()]
    assert found == []
    return [notice for notice in notices if notice is not None]


def test_record_of_the_year_is_what_the_command_writes(run_cli: RunCli, book: Path, tmp_path: Path) -> None:
    run_year(run_cli, book, tmp_path / "out")
    assert texts(book / "followup") == texts(BOOK / "followup")


@pytest.mark.parametrize("period", [*DAYS, "after"])
def test_every_item_stands_where_the_files_say(period: str) -> None:
    day = DAYS.get(period, "2026-02-20")
    standings = followed(BOOK, period if period in DAYS else "2025Q4", day).standings
    ordered = sorted(standings, key=lambda each: (each.notice.day or "", each.notice.number))
    assert " ".join(each.state.value for each in ordered) == STATES[period]


@pytest.mark.parametrize("period", DAYS)
def test_none_is_forgotten(period: str) -> None:
    """Every item on record up to a period is in its standing, once, and in that of each later one."""
    wanted = sorted(
        (notice.number, item.item)
        for notice in recorded(BOOK)
        if notice.period <= period_of(period)
        for item in notice.items
    )
    for later in [each for each in DAYS if each >= period]:
        standings = followed(BOOK, later, DAYS[later]).standings
        listed = [(each.notice.number, each.item.item) for each in standings if each.notice.period <= period_of(period)]
        assert sorted(listed) == wanted, later


def test_every_notice_ends_answered_overdue_refused_or_closed() -> None:
    states = {each.state for each in followed(BOOK, "2025Q4", "2026-12-31").standings}
    assert states == {State.ANSWERED, State.OVERDUE, State.CLOSED}
    assert State.OPEN not in {each.state for each in followed(BOOK, "2025Q4", "2026-02-20").standings}


def test_standing_document_counts_what_it_lists(run_cli: RunCli, tmp_path: Path) -> None:
    run_cli("notices", "2025Q4", "--as-of", "2026-02-20", "-o", tmp_path / "out", cwd=BOOK)
    text = (tmp_path / "out" / "standing.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if "示督〔" in line]
    assert len(rows) == 8
    assert "共發出督辦事項8項：逾期未回復2項、退回重辦1項、待回復0項、已回復待審核1項、已辦結4項" in text
    assert "建議辦結1項" in text
    assert sum("現已達到，建議辦結" in row for row in rows) == 1


def test_later_run_gives_the_same_notices_and_leaves_the_record(run_cli: RunCli, book: Path, tmp_path: Path) -> None:
    run_year(run_cli, book, tmp_path / "first")
    before = texts(book / "followup")
    for period in DAYS:
        assert run_cli("notices", period, "-o", tmp_path / "again" / period, cwd=book).exit_code == 0
        first, again = (texts(tmp_path / name / period) for name in ("first", "again"))
        for name in first:
            if not name.startswith("standing."):
                assert again[name] == first[name], f"{period} {name}"
    assert texts(book / "followup") == before


def test_same_book_gives_the_same_bytes(run_cli: RunCli, book: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(book, tmp_path / "elsewhere"))
    run_year(run_cli, book, tmp_path / "one")
    run_year(run_cli, other, tmp_path / "two")
    assert texts(tmp_path / "one") == texts(tmp_path / "two")


def test_drafts_leave_the_book_alone(run_cli: RunCli, book: Path, tmp_path: Path) -> None:
    before = texts(book)
    ran = run_cli("notices", "2025Q1", "-o", tmp_path / "out", cwd=book)
    assert "drafts" in ran.stdout
    assert texts(book) == before
    assert "示督〔2025〕　號" in (tmp_path / "out" / "東縣.md").read_text(encoding="utf-8")


def test_notices_of_another_day_are_wrong_usage(run_cli: RunCli, tmp_path: Path) -> None:
    ran = run_cli("notices", "2025Q1", "--date", "2025-04-21", "-o", tmp_path / "out", cwd=BOOK)
    assert ran.exit_code == 2
    assert "on record already" in ran.stderr
    assert not (tmp_path / "out").exists()


def test_folder_that_is_not_empty_is_wrong_usage_and_nothing_is_put_on_record(
    run_cli: RunCli, book: Path, tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").touch()
    ran = run_cli("notices", "2025Q1", "--date", "2025-04-20", "-o", tmp_path / "out", cwd=book)
    assert ran.exit_code == 2
    assert not (book / "followup" / "2025Q1").exists()


def test_period_without_submissions_is_incomplete(run_cli: RunCli, book: Path, tmp_path: Path) -> None:
    ran = run_cli("notices", "2025-11", "-o", tmp_path / "out", cwd=book)
    assert ran.exit_code == 3
    assert "path-missing" in ran.stderr


def test_replies_behind_a_link_that_leads_away_are_not_read(run_cli: RunCli, book: Path, tmp_path: Path) -> None:
    path = book / "submissions" / "2025Q2" / "replies.yaml"
    path.rename(tmp_path / "elsewhere.yaml")
    path.symlink_to(tmp_path / "elsewhere.yaml")
    ran = run_cli("notices", "2025Q1", "-o", tmp_path / "out", cwd=book)
    assert ran.exit_code == 3
    assert "replies.yaml: error [link-not-followed]" in ran.stderr


def test_finding_is_told_with_its_line(run_cli: RunCli, book: Path, tmp_path: Path) -> None:
    path = book / "followup" / "decisions.yaml"
    path.write_text("decisions:\n- {notice: 沒有, item: 1, date: 2025-04-01, decision: close}\n", encoding="utf-8")
    ran = run_cli("notices", "2025Q1", "-o", tmp_path / "out", "--book", book, cwd=tmp_path)
    assert ran.exit_code == 3
    assert "decisions.yaml:2:3: error [decision-notice-unknown]" in ran.stderr
    assert "2 | - {notice: 沒有" in ran.stderr


HOSTILE = "<script>alert(1)</script>=cmd()|*x*\u202e{{單位}}"


def test_hostile_reply_is_text_in_every_document(run_cli: RunCli, book: Path, tmp_path: Path) -> None:
    run_cli("notices", "2025Q1", "--date", "2025-04-20", "-o", tmp_path / "sent", cwd=book)
    (book / "followup" / "decisions.yaml").unlink()
    for path in book.glob("submissions/*/replies.yaml"):
        path.unlink()
    (book / "submissions" / "2025Q2" / "replies.yaml").write_text(
        "replies:\n- {notice: 示督〔2025〕2號, item: 1, organization: 東縣, date: 2025-04-30, "
        f"answer: {json.dumps(HOSTILE)}}}\n",
        encoding="utf-8",
    )
    ran = run_cli("notices", "2025Q2", "--as-of", "2025-07-20", "-o", tmp_path / "out", cwd=book)
    assert ran.exit_code == 0
    shown = HOSTILE.replace("\u202e", "<U+202E>")
    word = Document(str(tmp_path / "out" / "standing.docx"))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert f"2025年4月30日：{shown}" in cells
    page = (tmp_path / "out" / "standing.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert html.escape(shown) in page
    text = (tmp_path / "out" / "standing.md").read_text(encoding="utf-8")
    assert "\\<script\\>alert(1)" in text
    assert "\u202e" not in page + text


def test_office_changes_the_wording_in_word(run_cli: RunCli, book: Path, tmp_path: Path) -> None:
    template = Document()
    template.add_paragraph("致{{单位}}：請於{{回復期限}}前答復。{{單為}}")
    (book / "templates").mkdir()
    template.save(str(book / "templates" / "notice.docx"))
    ran = run_cli("notices", "2025Q1", "--date", "2025-04-20", "-o", tmp_path / "out", cwd=book)
    assert ran.exit_code == 3
    assert "templates/notice.docx: error [placeholder-unknown] nothing is called {{單為}}" in ran.stderr
    assert ran.stderr.count("placeholder-unknown") == 1
    word = Document(str(tmp_path / "out" / "東縣.docx"))
    assert [each.text for each in word.paragraphs] == ["致東縣：請於2025年5月5日前答復。{{單為}}"]


def test_root_book_has_the_template_that_ships() -> None:
    shipped = ROOT / "engine" / "report" / "templates" / "notice.docx"
    assert (ROOT / "templates" / "notice.docx").read_bytes() == shipped.read_bytes()
