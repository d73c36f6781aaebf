from pathlib import Path

import pytest

from engine.model.account import Fate
from engine.model.diagnostic import Diagnostic
from engine.model.form import Stamp
from engine.submissions.account import settle_account
from engine.submissions.convert import Converter
from engine.submissions.gather import read_earlier, read_figures
from engine.submissions.read import SubmittedFile
from tests.unit.small import book_of, codes, period_of
from tests.workbooks import table

BOOK = book_of("indicator: firms, kind: total, threshold: 222 家")
CSV = "organization,indicator,value,unit\n市經信局,firms,131,家\n"


def put(folder: Path, name: str, content: str | bytes) -> SubmittedFile:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return SubmittedFile(name, path, period_of("2025Q2"))


def read(files: list[SubmittedFile]) -> tuple[list[str], list[str], Converter]:
    found: list[Diagnostic] = []
    converter = Converter(BOOK, found)
    figures = read_figures(BOOK, converter, files, None, found)
    return [figure.submitted for figure in figures], codes(found), converter


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", CSV),
        ("a.yaml", "organization: 市經信局\nfigures: {firms: 131 家}\n"),
        ("a.xlsx", table(("市經信局", "firms", "131", "家"))),
    ],
)
def test_the_ending_decides_the_reader(tmp_path: Path, name: str, content: str | bytes) -> None:
    figures, found, _ = read([put(tmp_path, name, content)])
    assert (figures, found) == (["131 家"], [])


@pytest.mark.parametrize("name", ["a.csv", "a.yaml", "a.xlsx"])
def test_what_cannot_be_opened_is_named(tmp_path: Path, name: str) -> None:
    figures, found, _ = read([SubmittedFile(name, tmp_path / name, period_of("2025Q2"))])
    assert (figures, found) == ([], ["file-unreadable"])


def test_every_cell_of_a_form_of_another_period_is_accounted_for(tmp_path: Path) -> None:
    stamp = Stamp("2025Q1", "sha256:0", "市經信局")
    figures, found, converter = read([put(tmp_path, "a.csv", f"# {stamp.text}\n{CSV}市經信局,沒有這個指標,1,家\n")])
    assert (figures, found) == ([], ["form-wrong-period"])
    account = settle_account(["a.csv"], converter.read, {}, [], 2025, [])
    assert [(cell.fate, cell.because) for cell in account.cells] == [(Fate.REFUSED, "form-wrong-period")] * 2


def test_a_changed_book_is_no_matter_of_earlier_periods(tmp_path: Path) -> None:
    stamp = Stamp("2025Q2", "sha256:1", "市經信局")
    file = put(tmp_path, "a.csv", f"# {stamp.text}\n{CSV}")
    assert read([file])[1] == ["form-of-another-book"]
    found: list[Diagnostic] = []
    assert len(read_earlier(BOOK, [file], found)) == 1
    assert found == []


@pytest.mark.parametrize("name", ["市發改委", "咸寧市發展和改革委員會"])
def test_rows_of_a_form_under_another_body_s_name_are_refused_and_named_once(tmp_path: Path, name: str) -> None:
    stamp = Stamp("2025Q2", BOOK.digest, "市經濟和信息化局")
    rows = f"{CSV}{name},firms,131,家\n{name},growth,7,%\n"
    figures, found, converter = read([put(tmp_path, "a.csv", f"# {stamp.text}\n{rows}")])
    assert (figures, found) == (["131 家"], ["form-of-another-body"])
    account = settle_account(["a.csv"], converter.read, {}, [], 2025, [])
    assert [cell.because for cell in account.cells][1:] == ["form-of-another-body"] * 2
