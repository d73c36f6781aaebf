"""`biaochi validate` as its user meets it: on the books of the repository, on the plan's text, on broken books."""

import json
import shutil
import time
from pathlib import Path

import pytest

from tests.conftest import RunCli
from tests.test_schemas import books

#: One fault each: file, what stands there, what is put in its place, the code that names it, line and column.
BROKEN = [
    ("rules/016-above-scale-enterprises.yaml", "threshold: 222 家", "threshold: 223 家", "value-differs"),
    ("rules/016-above-scale-enterprises.yaml", "threshold: 222 家", "threshold: 0.0222 萬家", "unit-differs"),
    ("rules/016-above-scale-enterprises.yaml", "comparator: more_than", "comparator: at_least", "comparator-differs"),
    ("rules/016-above-scale-enterprises.yaml", "  net: true\n  judged", "  judged", "net-differs"),
    ("rules/h08-consumer-prices.yaml", "  soft: true\n  tolerance: 0.5 個百分點\n", "", "softness-differs"),
    ("rules/h08-consumer-prices.yaml", "tolerance: 0.5", "tolerance: -0.5", "tolerance-negative"),
    ("rules/h07-registered-unemployment.yaml", "kind: rate", "kind: always", "kind-differs"),
    ("rules/112-newborn-screening.yaml", "threshold: 100 %", "threshold: 99 %", "threshold-unfounded"),
    ("rules/111-childcare-places.yaml", "  bands: ", "  #bands: ", "bands-missing"),
    ("rules/h01-gdp-growth.yaml", "same: [", "same: [市統計局, ", "same-not-responsible"),
    ("allocations/077-renovated-communities.yaml", "通城縣: 24 個", "通城縣: 23 個", "quotas-short"),
    ("allocations/077-renovated-communities.yaml", "通城縣: 24 個", "市統計局: 24 個", "quota-not-responsible"),
    ("targets.yaml", "quote: 全市凈增規上企業222家以上", "quote: 全市凈增規上企業221家以上", "value-not-in-quote"),
]


@pytest.mark.parametrize("book", books(), ids=lambda path: path.name)
def test_every_book_of_the_repository_is_sound(run_cli: RunCli, book: Path) -> None:
    ran = run_cli("validate", "--book", book, "--format", "json")
    assert (ran.exit_code, ran.stderr) == (0, "")
    found = {finding["code"] for finding in json.loads(ran.stdout)["findings"]}
    # The semantics book tries kinds on words that a plan would not use for them.
    assert found <= ({"reading-guess-differs", "reading-not-understood"} if book.name == "semantics" else set())


def test_the_plan_is_accounted_for_in_time(run_cli: RunCli, plan_path: Path) -> None:
    began = time.perf_counter()
    ran = run_cli("validate", "--plan", plan_path, "--format", "json")
    assert time.perf_counter() - began < 2
    document = json.loads(ran.stdout)
    assert ran.exit_code == 0
    assert document["findings"] == []
    assert document["coverage"] == {
        "numbers_in_plan": 79,
        "claimed": 61,
        "declared_not_targets": 18,
        "unclaimed": 0,
        "clauses": 165,
        "clauses_accounted": 165,
    }


@pytest.fixture
def book(tmp_path: Path, repo: Path) -> Path:
    """A copy of the root book without its submissions."""
    folder = tmp_path / "book"
    folder.mkdir()
    for name in ("targets.yaml", "organizations.yaml", "policy.yaml", "relations.yaml"):
        shutil.copy(repo / name, folder)
    for name in ("rules", "allocations"):
        shutil.copytree(repo / name, folder / name)
    return folder


def spoil(book: Path, file: str, old: str, new: str) -> tuple[int, int]:
    """Put one text in the place of another; the line and column where they stand."""
    path = book / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{file} does not hold {old}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    at = text.index(old)
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


@pytest.mark.parametrize(("file", "old", "new", "code"), BROKEN)
def test_broken_book_is_named_with_its_place(
    run_cli: RunCli, book: Path, file: str, old: str, new: str, code: str
) -> None:
    line, _ = spoil(book, file, old, new)
    ran = run_cli("validate", "--book", book, "--format", "json", "--lang", "en")
    found = [finding for finding in json.loads(ran.stdout)["findings"] if finding["code"] == code]
    assert found, ran.stdout
    source = found[0]["source"]
    assert source["file"] == file
    if not file.startswith("allocations/"):
        assert abs(source["line"] - line) <= 9
    assert source["column"] >= 1
    assert ran.exit_code == (0 if found[0]["severity"] == "warning" else 1)
    for text in (found[0]["message"], found[0]["hint"]):
        assert "{" not in text.replace("{quota: ", "")


def test_all_faults_are_named_at_once(run_cli: RunCli, book: Path) -> None:
    chosen = {file: (old, new, code) for file, old, new, code in BROKEN}
    for file, (old, new, _) in chosen.items():
        spoil(book, file, old, new)
    ran = run_cli("validate", "--book", book, "--format", "json")
    found = {finding["code"] for finding in json.loads(ran.stdout)["findings"]}
    assert found >= {code for _, _, code in chosen.values()}


def test_rule_removed_with_its_file_is_missed(run_cli: RunCli, book: Path) -> None:
    (book / "rules" / "066-marathon.yaml").unlink()
    ran = run_cli("validate", "--book", book, "--lang", "en")
    assert ran.exit_code == 1
    assert "[target-not-judged] no rule judges target marathon" in ran.stdout
    assert "Clauses: 164 of 165 accounted for" in ran.stdout


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("absent.txt", None, "path-missing"),
        ("plan.pdf", b"", "format-unknown"),
        ("plan.docx", b"no archive", "plan-file-damaged"),
        ("letter.txt", "一封信".encode(), "plan-without-clauses"),
    ],
)
def test_a_plan_that_cannot_be_used_leaves_the_answer_incomplete(
    run_cli: RunCli, tmp_path: Path, name: str, content: bytes | None, code: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    ran = run_cli("validate", "--plan", tmp_path / name, "--format", "json")
    document = json.loads(ran.stdout)
    assert ran.exit_code == 3
    assert code in {finding["code"] for finding in document["findings"]}
    assert document["complete"] is False
    assert document["coverage"]["unclaimed"] is None


def test_another_text_of_the_plan_is_told_apart(run_cli: RunCli, tmp_path: Path, plan_text: str) -> None:
    changed = tmp_path / "plan.txt"
    changed.write_text(plan_text.replace("改造老舊小區155個", "改造老舊小區156個"), encoding="utf-8")
    ran = run_cli("validate", "--plan", changed, "--lang", "en", "--format", "json")
    found = {finding["code"] for finding in json.loads(ran.stdout)["findings"]}
    assert (ran.exit_code, found) == (1, {"plan-differs", "quote-not-in-clause", "number-unclaimed"})


def test_the_same_book_gives_the_same_bytes(run_cli: RunCli, book: Path) -> None:
    for file, old, new, _ in BROKEN[:1]:
        spoil(book, file, old, new)
    outputs = {run_cli("validate", "--book", book, "--format", form).stdout for form in ("json", "json")}
    assert len(outputs) == 1


def test_nothing_of_the_plans_prose_is_shown_in_any_form(run_cli: RunCli, tmp_path: Path) -> None:
    plan = tmp_path / "plan.txt"
    text = "2025年示例方案\n一、任務\n1.深入貫徹某某精神,新增企業30家,關停5家。(牽頭單位:市經信局)\n"
    plan.write_text(text, encoding="utf-8")
    run_cli("draft", plan, "-o", tmp_path / "book")
    plan.write_text(text.replace("30家", "31家"), encoding="utf-8")
    for form in ("table", "json", "sarif", "junit", "github"):
        ran = run_cli("validate", "--book", tmp_path / "book", "--plan", plan, "--format", form)
        assert ran.exit_code == 1
        assert "number-unclaimed" in ran.stdout
        assert "某某精神" not in ran.stdout + ran.stderr
