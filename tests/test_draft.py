"""`biaochi draft` as its user meets it: a plan's text becomes a book that holds but for what is asked."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import RunCli
from tests.test_schemas import errors

PLAN = """2025年示例市重点工作责任分解方案
一、主要目标
(一)地区生产总值增长7%。(牵头单位:市发改委;责任单位:各县区人民政府)
二、重点工作
1.新增规上企业30家以上,总数突破200家。(牵头单位:市经信局;责任单位:市统计局,各县区人民政府)
2.深入推进作风建设。(责任单位:市政府各部门)
"""


def docx(path: Path, text: str) -> None:
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.splitlines())
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{w}"><w:body>{body}</w:body></w:document>')


def write_plan(path: Path, text: str) -> Path:
    if path.suffix == ".docx":
        docx(path, text)
    elif path.suffix == ".html":
        lines = "".join(f"<p>{line}</p>" for line in text.splitlines())
        menu = "<div>2025年11月3日 星期一</div><div>首页</div>"
        path.write_text(f"<html><body>{menu}{lines}<div>访问量 123</div></body></html>", encoding="utf-8")
    else:
        path.write_text(text, encoding="utf-8")
    return path


def found_in(document: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    return [(one["clause"], one["comparator"], one["value"], one["unit"]) for one in document["targets"]]


@pytest.mark.parametrize("suffix", [".txt", ".docx", ".html"])
def test_a_plan_becomes_a_book_that_holds_but_for_what_is_open(run_cli: RunCli, tmp_path: Path, suffix: str) -> None:
    plan = write_plan(tmp_path / f"plan{suffix}", PLAN)
    book = tmp_path / "book"
    ran = run_cli("draft", plan, "-o", book, "--format", "json")
    document = json.loads(ran.stdout)
    assert (ran.exit_code, errors("draft", document)) == (1, [])
    assert found_in(document)[:3] == [
        ("一(一)", "at_least", "7", "%"), ("1", "at_least", "30", "家"), ("1", "more_than", "200", "家"),
    ]  # fmt: skip
    checked = run_cli("validate", "--book", book, "--plan", plan, "--format", "json")
    validated = json.loads(checked.stdout)
    assert checked.exit_code == 1
    asked = sorted(f"open-{item['question']}" for item in document["open"])
    assert sorted(finding["code"] for finding in validated["findings"]) == asked
    coverage = validated["coverage"]
    assert (coverage["unclaimed"], coverage["clauses"]) == (0, coverage["clauses_accounted"])


def test_a_page_with_more_than_the_plan_is_recognized_by_the_plans_own_lines(run_cli: RunCli, tmp_path: Path) -> None:
    book = tmp_path / "book"
    run_cli("draft", write_plan(tmp_path / "plan.txt", PLAN), "-o", book)
    page = write_plan(tmp_path / "plan.html", PLAN)
    document = json.loads(run_cli("validate", "--book", book, "--plan", page, "--format", "json").stdout)
    assert all(finding["code"].startswith("open-") for finding in document["findings"])
    page.write_text(page.read_text(encoding="utf-8").replace("30家", "31家"), encoding="utf-8")
    changed = json.loads(run_cli("validate", "--book", book, "--plan", page, "--format", "json").stdout)
    assert {"plan-differs", "quote-not-in-clause", "number-unclaimed"} <= {each["code"] for each in changed["findings"]}


def test_a_book_in_which_everything_is_answered_is_sound(run_cli: RunCli, tmp_path: Path) -> None:
    plan = write_plan(tmp_path / "plan.txt", PLAN.replace(";责任单位:各县区人民政府", "").replace(",各县区人民政府", "")
                      .replace("市政府各部门", "市统计局").replace(",总数突破200家", ""))  # fmt: skip
    book = tmp_path / "book"
    assert run_cli("draft", plan, "-o", book).exit_code == 0
    ran = run_cli("validate", "--book", book, "--plan", plan)
    assert (ran.exit_code, ran.stdout.splitlines()[-1]) == (0, "Findings: none")


def test_nothing_is_written_unless_asked_and_nothing_is_overwritten(run_cli: RunCli, tmp_path: Path) -> None:
    plan = write_plan(tmp_path / "plan.txt", PLAN)
    assert run_cli("draft", plan).exit_code == 1
    assert list(tmp_path.iterdir()) == [plan]
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "mine.txt").write_text("mine", encoding="utf-8")
    ran = run_cli("draft", plan, "-o", tmp_path / "book")
    assert (ran.exit_code, "nothing is overwritten" in ran.stderr) == (2, True)
    assert [path.name for path in (tmp_path / "book").iterdir()] == ["mine.txt"]


def test_a_text_without_year_takes_the_one_that_is_given(run_cli: RunCli, tmp_path: Path) -> None:
    plan = write_plan(tmp_path / "plan.txt", "1.新增规上企业30家。(责任单位:市经信局)\n")
    assert json.loads(run_cli("draft", plan, "--format", "json").stdout)["plan"]["year"] is None
    told = json.loads(run_cli("draft", plan, "--year", "2026", "--format", "json").stdout)
    assert (told["plan"]["year"], [item["question"] for item in told["open"]]) == (2026, ["title"])


def test_a_file_that_cannot_be_read_is_named(run_cli: RunCli, tmp_path: Path) -> None:
    (tmp_path / "plan.docx").write_bytes(b"PK")
    ran = run_cli("draft", tmp_path / "plan.docx")
    assert (ran.exit_code, ran.stdout) == (3, "")
    assert "plan.docx: error [plan-file-damaged]" in ran.stderr


def test_the_draft_of_the_real_plan_holds_at_once(run_cli: RunCli, plan_path: Path, tmp_path: Path) -> None:
    book = tmp_path / "book"
    ran = run_cli("draft", plan_path, "-o", book, "--format", "json")
    document = json.loads(ran.stdout)
    assert (ran.exit_code, errors("draft", document)) == (1, [])
    assert (len(document["clauses"]), sum(one["value"] is not None for one in document["targets"])) == (165, 61)
    validated = json.loads(run_cli("validate", "--book", book, "--plan", plan_path, "--format", "json").stdout)
    asked = sorted(f"open-{item['question']}" for item in document["open"])
    assert sorted(finding["code"] for finding in validated["findings"]) == asked
    assert validated["coverage"]["numbers_in_plan"] == 79
    assert validated["coverage"]["unclaimed"] == 0
    listed = json.loads(run_cli("targets", "--book", book, "--format", "json").stdout)
    assert all(target["rules"] for target in listed["targets"]), "every promise of this year has a rule"
