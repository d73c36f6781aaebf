"""The public interface: its names are those of the page, its examples run, and it says what the commands say."""

import dataclasses
import doctest
import importlib.util
import inspect
import json
import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

import biaochi
from biaochi import BiaochiError, Book, CheckResult, Table
from docs.apinames import members_of
from tests.apiconsumer import everything_else, lagging
from tests.conftest import RunCli
from tests.test_startup import start

PAGE = Path(__file__).resolve().parent.parent / "docs" / "api.md"


@pytest.fixture(scope="module")
def book(repo: Path) -> Book:
    return Book.open(repo, with_cases=True)


@pytest.fixture(scope="module")
def checked(book: Book, repo: Path) -> CheckResult:
    return book.check(repo / "submissions" / "2025Q2")


# --- the page and the names --------------------------------------------------------------------------------------


def test_public_names_are_the_documented_ones() -> None:
    documented = re.findall(r"^### (\w+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert documented == biaochi.__all__ == sorted(biaochi.__all__)
    public = {name for name in vars(biaochi) if not name.startswith("_") and not inspect.ismodule(vars(biaochi)[name])}
    assert public == set(biaochi.__all__)


@pytest.mark.parametrize("name", biaochi.__all__)
def test_every_name_and_member_has_a_docstring_and_a_row(name: str) -> None:
    owner = getattr(biaochi, name)
    page = PAGE.read_text(encoding="utf-8")
    section = page.split(f"\n### {name}\n")[1].split("\n### ")[0]
    assert inspect.getdoc(owner)
    fields = {each.name for each in dataclasses.fields(owner)} if dataclasses.is_dataclass(owner) else set()
    for member, written, said in members_of(owner):
        assert said or member in fields, f"{name}.{member} has no docstring"
        assert f"`{written}`".replace("|", "\\|") in section or f"`{written}`" in section


def test_every_code_of_an_error_has_a_row() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (PAGE.parent.parent / "biaochi").glob("*.py"))
    raised = set(re.findall(r'BiaochiError\(\s*"([a-z-]+)"', sources))
    raised |= {f"unknown-{what}" for what in re.findall(r'_known\([^\n]*"(\w+)"\)', sources)} | {"unknown-organization"}
    rows = "".join(re.findall(r"^\| (`[^|]*`) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    assert raised == set(re.findall(r"`([a-z]+-[a-z-]+)`", rows))


def test_examples_of_the_page_give_what_they_show(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repo)
    blocks = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    test = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, PAGE.name, str(PAGE), 0)
    assert len(test.examples) > 25
    said: list[str] = []
    failed, _ = doctest.DocTestRunner().run(test, out=said.append)
    assert failed == 0, "".join(said)


def test_objects_cannot_be_changed() -> None:
    for name in biaochi.__all__:
        owner = getattr(biaochi, name)
        if dataclasses.is_dataclass(owner):
            assert vars(owner)["__dataclass_params__"].frozen, name


def test_program_of_somebody_else_runs(repo: Path) -> None:
    gaps = lagging(repo, "2025Q2")
    assert gaps
    # A line that was crossed earlier in the year is a failure whatever the gap is now.
    assert min(gaps.values()) < 0
    code, text, rule, *counts = everything_else(repo, "2025Q2")
    assert code == "unknown-organization"
    assert "判定" in text
    assert "判定規則" in rule
    assert min(int(count) for count in counts[:3]) > 0


# --- the same as the commands ------------------------------------------------------------------------------------


def test_documents_and_tables_are_those_of_the_commands(
    book: Book, checked: CheckResult, run_cli: RunCli, repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repo)
    seen = book.check("submissions/2025Q2")
    for arguments, result in (
        (("check", "submissions/2025Q2"), seen),
        (("rank", "submissions/2025Q2"), book.rank("submissions/2025Q2")),
        (("obligations", "2025Q2"), book.obligations("2025Q2")),
    ):
        document = json.loads(run_cli(*arguments, "--format", "json", cwd=repo).stdout)
        # A receipt names the options of a command, which nobody gave here.
        document.pop("receipt", None)
        assert json.loads(json.dumps(result.document())) == document
        assert result.table().to_csv() == run_cli(*arguments, "--format", "csv", cwd=repo).stdout
    assert book.targets().to_csv() == run_cli("targets", "--format", "csv", cwd=repo).stdout
    assert json.loads(run_cli("test", "--format", "json", cwd=repo).stdout) == book.test().document()
    assert json.loads(run_cli("validate", "--format", "json", cwd=repo).stdout) == book.validate().document()
    explained = ("explain", "verdict", "gdp-growth", "--org", "赤壁市", "--period", "2025Q2")
    own = book.explain_verdict("gdp-growth", "赤壁市", "2025Q2", "submissions/2025Q2")
    assert own.text() == run_cli(*explained, cwd=repo).stdout
    assert book.explain_rule("gdp-growth").text() == run_cli("explain", "rule", "gdp-growth", cwd=repo).stdout


def test_verdicts_are_exact_and_agree_with_the_document(checked: CheckResult) -> None:
    rows = checked.document()["verdicts"]
    assert len(rows) == len(checked.verdicts)
    for verdict, row in zip(checked.verdicts, rows, strict=True):
        assert (verdict.organization, verdict.rule, verdict.verdict) == (
            row["organization"],
            row["rule"],
            row["verdict"],
        )
        for exact, printed in ((verdict.actual, row["actual"]), (verdict.remaining, row["remaining"])):
            assert exact == (None if printed is None else Fraction(printed))
        assert verdict.file == (row["source"] or {}).get("file")


def test_choice_of_verdicts_is_that_of_the_options(book: Book, repo: Path) -> None:
    folder = repo / "submissions" / "2025Q2"
    result = book.check(folder, organizations=["咸宁市发展和改革委员会"], outcomes=["fail", "at-risk"])
    assert {each.organization for each in result.verdicts} == {"市發改委"}
    assert {each.verdict for each in result.verdicts} <= {"fail", "at-risk"}
    one = book.check(folder, rules=["gdp-growth"], clauses=["一(一)"])
    assert {each.rule for each in one.verdicts} == {"gdp-growth"}


def test_progress_is_told(book: Book, repo: Path) -> None:
    told: list[tuple[int, int]] = []
    book.check(repo / "submissions" / "2025Q2", on_file=lambda done, total: told.append((done, total)))
    assert told
    assert told == sorted(told)
    assert {total for _, total in told} == {told[-1][1]}


# --- tables --------------------------------------------------------------------------------------------------------


def test_table_goes_into_duckdb_with_every_row_and_cell(checked: CheckResult) -> None:
    table = checked.table()
    relation = table.to_duckdb()
    assert tuple(relation.columns) == table.columns
    assert relation.fetchall() == [tuple(row[column] for column in table.columns) for row in table]


def test_table_of_numbers_has_their_type_in_duckdb(book: Book, repo: Path) -> None:
    relation = book.rank(repo / "submissions" / "2025Q2").table().to_duckdb()
    types = dict(zip(relation.columns, map(str, relation.types), strict=True))
    assert (types["place"], types["score"]) == ("BIGINT", "VARCHAR")


def test_two_tables_lie_side_by_side_in_one_connection(checked: CheckResult, book: Book) -> None:
    import duckdb

    with duckdb.connect() as connection:
        verdicts, owed = checked.table().to_duckdb(connection), book.obligations("2025Q2").table().to_duckdb(connection)
        assert (len(verdicts), len(owed)) == (len(checked.verdicts), len(book.obligations("2025Q2").listed))


def test_empty_table_has_no_rows_anywhere() -> None:
    empty = Table((), ())
    assert (len(empty), empty.to_dicts(), list(empty)) == (0, [], [])


@pytest.mark.parametrize(("package", "method"), [("pyarrow", "to_arrow"), ("pandas", "to_pandas")])
def test_package_that_is_not_installed_is_named(checked: CheckResult, package: str, method: str) -> None:
    if importlib.util.find_spec(package):
        made = getattr(checked.table(), method)()
        assert (made.shape[0], list(getattr(made, "column_names", made.columns))) == (
            len(checked.verdicts), list(checked.table().columns),
        )  # fmt: skip
        return
    with pytest.raises(BiaochiError, match=f"pip install {package}") as raised:
        getattr(checked.table(), method)()
    assert raised.value.code == "package-missing"


# --- what cannot be answered ---------------------------------------------------------------------------------------


def test_what_cannot_be_answered_has_a_code(book: Book, repo: Path, tmp_path: Path) -> None:
    plain = Book.open(repo)
    sound = repo / "submissions" / "2025Q2"
    unscored = Book.open(repo / "tests" / "books" / "dated")
    asked: dict[str, Callable[[], object]] = {
        "book-missing": lambda: Book.open(tmp_path),
        "unknown-language": lambda: Book.open(repo, lang="fr"),
        "cases-not-read": plain.test,
        "path-missing": lambda: book.check(tmp_path / "none"),
        "period-unreadable": lambda: book.obligations("next spring"),
        "other-year": lambda: book.obligations("2024Q1"),
        "unknown-organization": lambda: book.find_organization("某局"),
        "unknown-clause": lambda: book.check(sound, clauses=["999"]),
        "unknown-rule": lambda: book.explain_rule("gdp-grwth"),
        "unknown-outcome": lambda: book.check(sound, outcomes=["failed"]),
        "nothing-judged": lambda: book.rank(tmp_path),
        "no-verdict": lambda: book.explain_verdict("net-new-enterprises", "市財政局", "2025Q2", sound),
        "no-scoring": lambda: unscored.rank(sound),
    }
    for code, question in asked.items():
        with pytest.raises(BiaochiError) as raised:
            question()
        assert raised.value.code == code
        assert raised.value.findings == ()


def test_book_without_a_plan_says_why(tmp_path: Path) -> None:
    (tmp_path / "targets.yaml").write_text("plan: [\n", encoding="utf-8")
    with pytest.raises(BiaochiError) as raised:
        Book.open(tmp_path, lang="zh-Hant")
    assert raised.value.code == "book-unreadable"
    assert ("yaml-syntax", "targets.yaml") in [(each.code, each.file) for each in raised.value.findings]


def test_what_is_wrong_with_files_is_a_finding_and_no_exception(book: Book, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("organization: [\n", encoding="utf-8")
    result = book.check(tmp_path, period="2025Q2")
    assert (result.complete, result.exit_code()) == (False, 3)
    assert "yaml-syntax" in [each.code for each in result.findings]


# --- start-up ------------------------------------------------------------------------------------------------------


def test_check_loads_of_the_public_interface_only_what_it_needs(repo: Path) -> None:
    loaded = start(repo, "check", "submissions/2025Q2/").modules
    own = {"biaochi", "biaochi.book", "biaochi.errors", "biaochi.results", "biaochi.rows", "biaochi.tables"}
    assert {module for module in loaded if module.split(".")[0] == "biaochi"} == own


def test_import_loads_no_engine_beyond_nouns_and_words(repo: Path) -> None:
    loaded = start(repo, "--help").modules
    assert [each for each in loaded if each.startswith(("engine.pipeline", "engine.evaluate", "engine.rules"))] == []
