"""Forms as a department uses them: filled in, recalculated by LibreOffice, judged, and read back."""

import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.figure import Figure
from engine.model.form import Blank, BlankForm, Item, Stamp
from engine.model.limit import Edge, Limit
from engine.model.period import Period
from engine.model.quantity import Unit
from engine.model.result import CheckResult
from engine.model.source import Source
from engine.model.target import Kind
from engine.model.verdict import Verdict
from engine.pipeline import check, make_forms, open_book
from engine.quantities import format_decimal
from engine.report.forms import form_files
from engine.report.words import Words
from engine.rules import forms as rule_forms
from engine.submissions.convert import NOT_STARTED, Converter
from engine.submissions.csvform import read_csv_submission
from tests.conftest import RunCli
from tests.formdesk import SOFFICE, Filled, Key, Row, fill_in, read_back, recalculate, restamp, rows_of, stamp_line

#: How often every form is filled in: for a year's end, where strict words bind, and for a period before it.
VARIANTS = {"2025Q3": 2, "2025": 1}

WORDS = Words("zh-Hant")
GRID = 10**5

needs_office = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not here")


@pytest.fixture(scope="module")
def book(repo: Path) -> Book:
    found: list[Diagnostic] = []
    opened = open_book(repo, found)
    assert opened is not None
    assert found == []
    return opened


def forms_of(book: Book, label: str) -> list[BlankForm]:
    period = Period.parse(label)
    assert period is not None
    return make_forms(book, period, [])


# --- figures on and beside every edge ---------------------------------------------------------------------------


def beside(line: Fraction) -> list[Fraction]:
    """The written numbers next to a line: at most five decimals, the last one below, at or above it."""
    step = line.numerator * GRID // line.denominator
    return [Fraction(step + shift, GRID) for shift in (-1, 0, 1)]


def edges_of(limit: Limit) -> list[Edge]:
    edges = (limit.passing, limit.risk, limit.even, limit.ahead, limit.full)
    return list(dict.fromkeys(edge for edge in edges if edge))


def written(number: Fraction, unit: Unit | None) -> str:
    assert unit is not None
    return format_decimal(number)


def in_unit(base: Fraction, unit: Unit) -> Fraction:
    return base / unit.factor + unit.offset


def limit_named(item: Item, name: str) -> Limit:
    return next(limit for limit in item.limited.limits if limit.form == name)


def choose(item: Item, answers: Mapping[Key, Filled], chance: random.Random) -> dict[Key, Filled]:
    """Answers for one item: every member on or beside an edge of its own."""
    chosen: dict[Key, Filled] = {}
    members = list(dict.fromkeys(blank.member for blank in item.blanks))
    for member in members:
        own = {blank.part: blank for blank in item.blanks if blank.member == member}
        chosen |= choose_member(item, own, {**answers, **chosen}, chance)
    return chosen


def choose_member(
    item: Item, own: Mapping[str, Blank], answers: Mapping[Key, Filled], chance: random.Random
) -> dict[Key, Filled]:
    kind = item.limited.obligation.rule.judging_kind
    if kind is Kind.MILESTONE:
        return {own["stage"].key: Filled(chance.choice(own["stage"].stages))}
    if kind is Kind.COVERAGE:
        return pair(own["done"], own["eligible"], limit_named(item, "counted"), chance)
    plain = own[""]
    parts = [blank for part, blank in own.items() if part]
    if parts and chance.random() < 0.5:
        return pair(parts[0], parts[1], limit_named(item, "parts"), chance)
    unit = chance.choice(plain.units)
    baseline = None
    second = Fraction(0)
    limit = item.limited.limits[0]
    if kind is Kind.LEVEL:
        baseline = Fraction(chance.randrange(10**6, 2 * 10**8), GRID)
        limit = chance.choice(item.limited.limits)
        second = (baseline - unit.offset) * unit.factor
        if limit.form == "no-baseline" and plain.baseline is None:
            baseline = None
    if kind is Kind.RELATIVE:
        partner = item.limited.obligation.partner
        assert partner is not None
        given = answers.get((partner.id, "", ""))
        assert given is not None, "the partner is asked for first"
        second = Fraction(given.value) * next(u.factor for u in plain.units if u.symbol == (given.unit or "%"))
    edge = chance.choice(edges_of(limit))
    line = (edge.c - edge.p * second) / Fraction(edge.q)
    number = chance.choice(beside(in_unit(line, unit)))
    text = written(number, unit)
    return {plain.key: Filled(text, unit.symbol, None if baseline is None else written(baseline, unit))}


def pair(first: Blank, second: Blank, limit: Limit, chance: random.Random) -> dict[Key, Filled]:
    """Two numbers whose quotient lies next to an edge."""
    units = chance.choice(first.units), chance.choice(second.units)
    # Small where 元 stand under 億元: the other number still has to be one that can be written.
    most = 10**9 if units[0] == units[1] else 10**4
    y = Fraction(chance.randrange(1, most), chance.choice((1, 10, 1000, GRID)))
    edge = chance.choice(edges_of(limit))
    line = (edge.c - edge.p * y * units[1].factor) / Fraction(edge.q)
    x = max(Fraction(0), chance.choice(beside(in_unit(line, units[0]))))
    return {
        first.key: Filled(written(x, units[0]), units[0].symbol),
        second.key: Filled(written(y, units[1]), units[1].symbol),
    }


def fill_form(form: BlankForm, chance: random.Random, joint: dict[Key, Filled]) -> dict[Key, Filled]:
    """Answers for a whole form; what bodies answer for jointly is `joint`, and the same in all of their forms."""
    answers: dict[Key, Filled] = {}
    for item in form.items:
        keys = {blank.key for blank in item.blanks}
        if keys & set(joint):
            answers |= {key: filled for key, filled in joint.items() if key in keys}
        elif item.blanks[0].key not in answers:
            chosen = choose(item, answers, chance)
            answers |= chosen
            joint |= chosen if len(item.limited.obligation.reporters) > 1 else {}
    return answers


# --- what the check says of them --------------------------------------------------------------------------------


def submission(form: BlankForm, answers: Mapping[Key, Filled]) -> str:
    """The answers as a CSV that says the same as the filled form."""
    lines = ["organization,indicator,value,unit,part,member,baseline"]
    units = {blank.key: blank.unit.symbol for item in form.items for blank in item.blanks if blank.unit}
    for key, filled in answers.items():
        unit = filled.unit or units.get(key, "")
        baseline = f"{filled.baseline} {unit}" if filled.baseline else ""
        lines.append(",".join((form.stamp.organization, key[0], filled.value, unit, key[2], key[1], baseline)))
    return "\n".join(lines) + "\n"


def checked(book: Book, folder: Path, label: str, texts: Sequence[str]) -> CheckResult:
    """The check of a period's folder beside the sample's earlier ones."""
    for earlier in ("2025Q1", "2025Q2"):
        copytree(Path(book.folder) / "submissions" / earlier, folder / earlier)
    (folder / label).mkdir()
    for number, text in enumerate(texts):
        (folder / label / f"{number}.csv").write_text(text, encoding="utf-8")
    return check(book, [], [folder / label])


def said_by_check(verdict: Verdict) -> str:
    return WORDS[(verdict.reason or verdict.outcome).value]


def shown(rows: Sequence[Row], form: BlankForm) -> Iterator[tuple[Item, str, str, str]]:
    """Item, member, verdict and progress as the sheet shows them; of a whole list the member is `*`."""
    listed = iter(rows)
    for item in form.items:
        last = None
        for blank in item.blanks:
            row = next(listed)
            assert (row.cells["成員"], row.cells["組成"]) == (blank.member, blank.part)
            if blank.member != last:
                yield item, blank.member, row.cells["判定"], row.cells["進度"]
            last = blank.member
        if item.limited.obligation.rule.members:
            row = next(listed)
            yield item, "*", row.cells["判定"], row.cells["進度"]


@needs_office
def test_the_sheet_says_what_check_says_on_and_beside_every_edge(book: Book, tmp_path: Path) -> None:
    chance = random.Random(20250101)
    given: dict[str, bytes] = {}
    answered: dict[str, tuple[BlankForm, dict[Key, Filled]]] = {}
    results: dict[str, CheckResult] = {}
    for label, variants in VARIANTS.items():
        forms = forms_of(book, label)
        files = list(form_files(forms, WORDS, "xlsx").values())
        for variant in range(variants):
            texts = []
            joint: dict[Key, Filled] = {}
            for form, blank in zip(forms, files, strict=True):
                name = f"{label} {variant} {form.stamp.organization}"
                answers = fill_form(form, chance, joint)
                assert isinstance(blank, bytes)
                given[name] = fill_in(blank, answers)
                answered[name] = (form, answers)
                texts.append(submission(form, answers))
            results[f"{label} {variant}"] = checked(book, tmp_path / f"{label}-{variant}", label, texts)
    made = recalculate(tmp_path / "office", given)
    assert set(made) == set(given)
    figures = withheld = 0
    wrong: list[str] = []
    for name, content in made.items():
        form, answers = answered[name]
        result = results[name.rpartition(" ")[0]]
        verdicts = {
            v.obligation.rule.id: v for v in result.verdicts if v.obligation.organization == form.stamp.organization
        }
        assert figures_of(book, form, read_back(content)) == figures_of(book, form, read_back(given[name]))
        for item, member, verdict, progress in shown(rows_of(content), form):
            expected = verdicts[item.limited.obligation.rule.id]
            if member not in ("", "*"):
                expected = expected.members[item.limited.obligation.rule.members.index(member)]
            figures += 1
            if verdict == "以 check 為準":
                withheld += 1
                continue
            wanted = (said_by_check(expected), WORDS[expected.progress] if expected.progress else "")
            if (verdict, progress) != wanted:
                own = {key: filled for key, filled in answers.items() if key[0] == item.limited.obligation.indicator.id}
                wrong.append(f"{name} {item.limited.obligation.rule.id} {member}: {verdict, progress} {wanted} {own}")
    print("\n".join(wrong))
    print(f"{figures} figures in {len(made)} workbooks, {withheld} left to check, {len(wrong)} judged otherwise")
    assert wrong == []
    assert figures - withheld >= 500
    assert withheld * 20 <= figures


#: What somebody may paste over a cell; none of it is read by the sheet as a number.
ODD = (
    "1e5",
    "7%",
    "007",
    ".5",
    "5.",
    "-",
    "1.2.3",
    "1.234567",
    "123456789012345",
    "七",
    "1,234",
    "- 1",
    "２.5",
    "0x1F",
    "12:30",
)


@needs_office
def test_what_is_no_plain_number_is_left_to_check(book: Book, tmp_path: Path) -> None:
    form = next(form for form in forms_of(book, "2025Q3") if form.stamp.organization == "市經信局")
    (blank,) = form_files([form], WORDS, "xlsx").values()
    assert isinstance(blank, bytes)
    keys = [each.key for item in form.items for each in item.blanks if not each.part and not each.member]
    given = {text: fill_in(blank, dict.fromkeys(keys, Filled(text))) for text in ODD}
    for text, content in recalculate(tmp_path, given).items():
        shown = {row.cells["判定"] for row in rows_of(content) if row.key in keys}
        assert shown == {"以 check 為準"}, text


def figures_of(book: Book, form: BlankForm, entries: Sequence[object]) -> list[Figure]:
    found: list[Diagnostic] = []
    figures = Converter(book, found).convert(entries, Period.parse(form.stamp.period), None)  # type: ignore[arg-type]
    assert [each for each in found if each.code not in ("parts-impossible", "negative-figure")] == []
    return figures


# --- without an office program ----------------------------------------------------------------------------------


def test_a_form_offers_the_word_for_not_started_that_is_read() -> None:
    assert rule_forms.NOT_STARTED in NOT_STARTED


def submitted_figures(book: Book, text: str, label: str) -> list[Figure]:
    found: list[Diagnostic] = []
    return Converter(book, found).convert(read_csv_submission(text, "form.xlsx", found), Period.parse(label), None)


def said(figures: Sequence[Figure]) -> list[Figure]:
    """Figures apart from where they stand, in an order of their own."""
    nowhere = Source("form.xlsx")
    return sorted((replace(figure, source=nowhere) for figure in figures), key=lambda figure: figure.key)


@pytest.mark.parametrize("label", ["2025Q1", "2025Q2", "2025Q3", "2025Q4"])
def test_every_form_of_every_quarter_reads_back_exactly(book: Book, label: str) -> None:
    chance = random.Random(label)
    forms = forms_of(book, label)
    kinds = set()
    for form, blank in zip(forms, form_files(forms, WORDS, "xlsx").values(), strict=True):
        answers = fill_form(form, chance, {})
        assert isinstance(blank, bytes)
        back = figures_of(book, form, read_back(fill_in(blank, answers)))
        assert said(back) == said(submitted_figures(book, submission(form, answers), label))
        assert Stamp.parse(stamp_line(blank)) == form.stamp
        kinds |= {item.limited.obligation.rule.judging_kind for item in form.items}
    assert kinds == set(Kind) - {Kind.EACH, Kind.EXTERNAL}


def test_forms_are_written_into_a_new_folder(run_cli: RunCli, tmp_path: Path) -> None:
    ran = run_cli("form", "2025Q3", "-o", tmp_path / "new", "--org", "市经信局", "--org", "咸安區", "--lang", "zh-Hans")
    assert ran.exit_code == 0
    assert "2 份报送表" in ran.stdout
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["2025Q3-咸安區.xlsx", "2025Q3-市經信局.xlsx"]
    again = run_cli("form", "2025Q3", "-o", tmp_path / "new")
    assert again.exit_code == 2
    assert "nothing is overwritten" in again.stderr


def test_the_same_forms_have_the_same_bytes(run_cli: RunCli, tmp_path: Path) -> None:
    for name in ("a", "b"):
        assert run_cli("form", "2025Q3", "-o", tmp_path / name, "--org", "市經信局", "--quiet").exit_code == 0
    assert (tmp_path / "a/2025Q3-市經信局.xlsx").read_bytes() == (tmp_path / "b/2025Q3-市經信局.xlsx").read_bytes()


@pytest.mark.parametrize("arguments", [("2024Q3",), ("2025Q3", "--org", "沒有這個單位"), ("2025Q9",)])
def test_forms_of_nothing_are_wrong_usage(run_cli: RunCli, tmp_path: Path, arguments: Sequence[str]) -> None:
    assert run_cli("form", *arguments, "-o", tmp_path / "new").exit_code == 2
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("ending", ["yaml", "csv"])
def test_a_form_in_text_is_known_again(run_cli: RunCli, tmp_path: Path, ending: str) -> None:
    assert run_cli("form", "2025Q3", "-o", tmp_path / "forms", "--org", "市人社局", "--format", ending).exit_code == 0
    name = f"2025Q3-市人社局.{ending}"
    text = (tmp_path / "forms" / name).read_text(encoding="utf-8")
    filled = re.sub(r"^( *)# ?(?=市人社局|[a-z-]+: \{)", r"\1", text, flags=re.MULTILINE).replace("___", "1")
    filled = re.sub(r",,(?=[^,\n]*,2025Q3)", ",1,", filled)
    for folder, digest, expected in (
        ("2025Q3", "", []),
        ("2025Q2", "", ["form-wrong-period"]),
        ("2025Q3", "sha256:0", ["form-of-another-book"]),
    ):
        place = tmp_path / (digest or "same").partition(":")[0] / folder
        place.mkdir(parents=True)
        (place / name).write_text(re.sub(r"book=\S+", f"book={digest}", filled) if digest else filled, encoding="utf-8")
        ran = run_cli("check", place / name, "--format", "json", "--fail-on", "never")
        # A 1 in every cell looks odd, and a suspicion is only a note.
        found = [each for each in json.loads(ran.stdout)["findings"] if each["severity"] != "note"]
        assert [each["code"] for each in found] == expected
        assert ran.exit_code == (3 if "form-wrong-period" in expected else 0)


FILLED = {("net-new-enterprises", "", ""): Filled("131", "家", evidence="附件一", note="初步數")}


@pytest.fixture(scope="module")
def filled(book: Book) -> bytes:
    """A workbook of one body with one figure in it."""
    form = next(each for each in forms_of(book, "2025Q3") if each.stamp.organization == "市經信局")
    (blank,) = form_files([form], WORDS, "xlsx").values()
    assert isinstance(blank, bytes)
    return fill_in(blank, FILLED)


def judge(run_cli: RunCli, place: Path, content: bytes) -> tuple[int, dict[str, Any]]:
    place.parent.mkdir(parents=True)
    place.write_bytes(content)
    ran = run_cli("check", place, "--format", "json", "--fail-on", "never")
    return ran.exit_code, json.loads(ran.stdout)


def test_a_filled_form_is_checked_before_it_is_sent(run_cli: RunCli, tmp_path: Path, filled: bytes) -> None:
    """Outside any folder of a period the form says itself for when it is; what was left blank is missing."""
    code, result = judge(run_cli, tmp_path / "desk" / "form.xlsx", filled)
    assert (code, result["period"], result["findings"]) == (0, "2025Q3", [])
    judged = [each for each in result["verdicts"] if each["indicator"] == "net-new-enterprises"]
    assert [(each["submitted"], each["verdict"]) for each in judged] == [("131 家", "fail")]
    assert re.fullmatch(r"填報!F\d+", judged[0]["source"]["cell"])
    others = {each["reason"] for each in result["verdicts"] if each not in judged}
    assert others == {"missing"}
    assert result["account"]["total"] == {"read": 1, "judged": 1, "not-needed": 0, "refused": 0}


def test_a_form_in_the_folder_of_another_period_is_refused_whole(
    run_cli: RunCli, tmp_path: Path, filled: bytes
) -> None:
    code, result = judge(run_cli, tmp_path / "2025Q2" / "form.xlsx", filled)
    assert [(each["code"], each["source"]["cell"]) for each in result["findings"]] == [
        ("form-wrong-period", "_form!A1")
    ]
    assert code == 3
    assert result["account"]["total"] == {"read": 1, "judged": 0, "not-needed": 0, "refused": 1}


def test_a_form_of_another_book_is_judged_with_a_warning(run_cli: RunCli, tmp_path: Path, filled: bytes) -> None:
    code, result = judge(run_cli, tmp_path / "2025Q3" / "form.xlsx", restamp(filled, "sha256:0"))
    assert [each["code"] for each in result["findings"]] == ["form-of-another-book"]
    assert code == 0


def test_a_remark_without_a_figure_is_not_lost(run_cli: RunCli, tmp_path: Path, book: Book) -> None:
    form = next(each for each in forms_of(book, "2025Q3") if each.stamp.organization == "市經信局")
    (blank,) = form_files([form], WORDS, "xlsx").values()
    assert isinstance(blank, bytes)
    content = fill_in(blank, {("net-new-enterprises", "", ""): Filled("", note="尚未統計")})
    _, result = judge(run_cli, tmp_path / "2025Q3" / "form.xlsx", content)
    assert [each["code"] for each in result["findings"]] == ["remark-without-figure"]


def test_a_form_can_revise_an_earlier_period(run_cli: RunCli, tmp_path: Path, book: Book, repo: Path) -> None:
    form = next(each for each in forms_of(book, "2025Q3") if each.stamp.organization == "市經信局")
    (blank,) = form_files([form], WORDS, "xlsx").values()
    assert isinstance(blank, bytes)
    copytree(repo / "submissions" / "2025Q2", tmp_path / "2025Q2")
    before = run_cli("check", tmp_path / "2025Q2", "--format", "json", "--rule", "net-new-enterprises")
    (judged,) = [each for each in json.loads(before.stdout)["verdicts"] if each["role"] == "lead"]
    revises = ("2025Q2", judged["submitted"], "100 家", "核減重複")
    answers = {("net-new-enterprises", "", ""): Filled("140", "家", revises=revises)}
    _, result = judge(run_cli, tmp_path / "2025Q3" / "form.xlsx", fill_in(blank, answers))
    # What is wrong with the sample's second quarter is named there.
    assert [each["code"] for each in result["findings"]] == ["earlier-incomplete"]
    after = run_cli("check", tmp_path / "2025Q2", "--format", "json", "--rule", "net-new-enterprises")
    (revised,) = [each for each in json.loads(after.stdout)["verdicts"] if each["role"] == "lead"]
    assert (revised["actual"], revised["submitted"], revised["notes"]) == ("100", judged["submitted"], ["revised"])
    (finding,) = [each for each in json.loads(after.stdout)["findings"] if each["code"] == "revised"]
    assert "核減重複" in finding["message"]


def test_a_blank_form_is_held_to_what_it_asks_for(run_cli: RunCli, tmp_path: Path, book: Book) -> None:
    form = next(each for each in forms_of(book, "2025Q3") if each.stamp.organization == "市經信局")
    (blank,) = form_files([form], WORDS, "xlsx").values()
    assert isinstance(blank, bytes)
    code, result = judge(run_cli, tmp_path / "desk" / "form.xlsx", blank)
    assert {each["reason"] for each in result["verdicts"]} == {"missing"}
    assert {each["organization"] for each in result["verdicts"]} == {"市經信局"}
    assert (code, [each["code"] for each in result["findings"]]) == (3, ["submission-empty"])


def test_a_message_names_the_cell_that_people_see(run_cli: RunCli, tmp_path: Path, book: Book) -> None:
    form = next(each for each in forms_of(book, "2025Q3") if each.stamp.organization == "市經信局")
    (blank,) = form_files([form], WORDS, "xlsx").values()
    assert isinstance(blank, bytes)
    content = fill_in(blank, {("net-new-enterprises", "", ""): Filled("約131", "家")})
    (tmp_path / "form.xlsx").write_bytes(content)
    ran = run_cli("check", tmp_path / "form.xlsx", "--lang", "zh-Hans")
    assert re.search(r"form\.xlsx:填報!F\d+: 错误 \[number-unreadable\]", ran.stdout)
