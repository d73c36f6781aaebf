"""The pages: generated tables are current, every example prints what it shows, and nothing is left out."""

import difflib
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml

from cli import cli
from commands.shared.speech import Group
from docs.generate import DOCS, ROOT, examples, main, matches, pages, renewed, renewed_text, titled_files
from engine.bulk.tiling import MOST_ROWS
from engine.model.codes import CODES
from engine.model.rule import NoticePolicy
from engine.model.scoring import MethodName
from engine.model.target import Comparator, Kind
from engine.model.verdict import Outcome, Reason
from engine.report.words import Words
from engine.rules.cache import _MOST
from engine.submissions.convert import MOST_FINDINGS
from tests.test_schemas import PATTERNS, errors, load_texts

PROGRESS = ("completed", "ahead", "on-pace", "behind")
NOTES = (
    "breached-in", "can-fall-back", "depends-on-rounding", "nothing-eligible", "parts-summed", "inspected", "finding",
    "waived", "partner-missing", "partner-unusable",
)  # fmt: skip

_FENCE = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]\n]+\]\(([^)\s]+)\)")


def place(name: str) -> Path:
    """Where a page lies; the README is one of them."""
    return ROOT / name if name.startswith("README") else DOCS / name


def read(name: str) -> str:
    return place(name).read_text(encoding="utf-8")


def prose(text: str) -> str:
    return _FENCE.sub("", text)


def sections(text: str, level: int = 2) -> dict[str, str]:
    """The text below each heading of a level, up to the next one."""
    parts = re.split(rf"^{'#' * level} (.+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def console_commands(text: str) -> list[str]:
    return [
        example.command
        for match in _FENCE.finditer(text)
        if match["info"].strip() == "console"
        for example in examples(match["body"])
    ]


# --- what is generated, and what examples print ----------------------------------------------------------------


@pytest.mark.parametrize("page", [page.name for page in pages()])
def test_page_is_current_and_its_examples_print_what_they_show(page: str) -> None:
    if page == "tutorial.md" and shutil.which("ssh-keygen") is None:
        pytest.skip("OpenSSH is not here, with which the tutorial signs")
    shown, wanted = read(page), renewed(place(page))
    difference = "".join(difflib.unified_diff(shown.splitlines(True), wanted.splitlines(True), page, "now"))
    assert not difference, f"python docs/generate.py --write renews the page\n{difference}"


def test_an_output_that_differs_is_noticed_and_mended(tmp_path: Path) -> None:
    sound = read("commands.md")
    spoilt = tmp_path / "commands.md"
    spoilt.write_text(sound.replace("Verdicts: ", "Verdicts: 9", 1), encoding="utf-8")
    assert spoilt.read_text(encoding="utf-8") != sound
    assert renewed(spoilt) == sound


def test_dots_stand_for_lines_that_are_left_out() -> None:
    assert matches(("a", "...", "c"), ["a", "x", "y", "c"])
    assert matches(("...",), [])
    assert not matches(("a", "..."), ["b"])
    assert not matches(("a", "b"), ["a", "c"])


def test_the_script_refuses_other_arguments(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--renew"]) == 2
    assert "usage" in capsys.readouterr().err


def test_every_console_block_holds_a_command() -> None:
    for page in pages():
        for match in _FENCE.finditer(page.read_text(encoding="utf-8")):
            if match["info"].strip() == "console":
                assert match["body"].startswith("$ "), f"{page.name}: {match['body']}"


def test_a_page_in_order_starts_empty_and_writes_its_files_where_they_stand() -> None:
    block = "```{}\n{}```\n".format
    two = [block("yaml title=" + name, text) for name, text in (("a.yaml", "a: 1\n"), ("a.yaml", "a: 2\n"))]
    ask = block("console", "$ check a.yaml\n")
    text = "".join(["<!-- in order -->\n", ask, two[0], block("console", "$ cd deeper\n"), two[1], ask])
    shown = renewed_text(text)
    # Nothing is there at first, and the file of the second block lies in the folder that was changed to.
    assert shown.count("there is no such file or folder: a.yaml") == 1
    assert shown.count("there is no book (targets.yaml)") == 1


@pytest.mark.parametrize(
    "page", [page.name for page in pages() if page.name.startswith(("howto-", "README", "tutorial"))]
)
def test_no_task_is_shown_with_a_wrong_call(page: str) -> None:
    assert console_commands(read(page))
    assert "\nUsage: " not in read(page)


def test_every_yaml_block_is_yaml() -> None:
    for page in pages():
        for match in _FENCE.finditer(page.read_text(encoding="utf-8")):
            if match["info"].startswith("yaml"):
                yaml.load(match["body"], Loader=yaml.BaseLoader)


@pytest.mark.parametrize(
    "page",
    ["kinds.md", "dated-targets.md", "followup.md", "ranking.md", "relations.md", "suspicions.md", "tutorial.md"],
)
def test_the_files_of_a_page_s_book_follow_their_schemas(page: str) -> None:
    files = {name: text for name, text in titled_files(read(page)).items() if name.endswith(".yaml")}
    for name, text in files.items():
        # The last pattern that fits is the one that means it: replies.yaml lies among submissions.
        schema = [schema for pattern, schema in PATTERNS.items() if Path(name).match(pattern)][-1]
        assert errors(schema, load_texts(text)) == [], name


# --- nothing is left out ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_a_section_with_a_rule_figures_and_a_result(kind: Kind) -> None:
    section = sections(read("kinds.md"))[kind.value]
    titles = list(titled_files(section))
    rule = next(load_texts(text) for name, text in titled_files(section).items() if name.startswith("rules/"))
    assert rule["rules"][0]["kind"] == kind
    assert any(title.startswith("submissions/") for title in titles)
    assert console_commands(section)
    assert f"[`{kind.value}`](#{kind.value})" in read("kinds.md")


@pytest.mark.parametrize("word", [*Outcome, *Reason, *PROGRESS, *Comparator, *NOTES])
def test_every_word_of_a_verdict_has_a_row(word: str) -> None:
    rows = [line for line in read("verdicts.md").splitlines() if line.startswith(f"| `{word}")]
    assert rows, f"no table of docs/verdicts.md explains {word}"


def test_every_note_is_known_to_the_sentences() -> None:
    words = Words("en")
    for note in NOTES:
        assert words.note(f"{note}:x")


@pytest.mark.parametrize("name", MethodName)
def test_every_method_has_a_row(name: str) -> None:
    assert f"\n| `{name}` | " in read("ranking.md")


def test_every_published_scheme_has_a_row_and_a_test_that_exists() -> None:
    rows = re.findall(r"^\| S([0-9]{2}) .* \| ([^|]+) \|$", read("ranking.md"), re.MULTILINE)
    assert [int(number) for number, _ in rows] == list(range(1, 31))
    for number, tests in rows:
        named = re.findall(r"`([a-z_/]+\.py)`", tests)
        assert named, f"S{number}"
        assert all((ROOT / "tests" / name).is_file() for name in named), f"S{number}: {tests}"


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_in_the_catalogue(code: str) -> None:
    assert f"| `{code}` |" in read("codes.md")


@pytest.mark.parametrize("code", [code for code in CODES if code.startswith(("waiver-", "amendment-"))])
def test_every_finding_about_dated_targets_has_a_row(code: str) -> None:
    assert any(f"`{code}`" in line for line in read("dated-targets.md").splitlines() if line.startswith("| `"))


def test_codes_named_on_pages_exist() -> None:
    for page in ("kinds.md", "verdicts.md", "dated-targets.md"):
        for code in re.findall(r"finding `([a-z-]+)`|the finding\n`([a-z-]+)`", read(page)):
            name = code[0] or code[1]
            assert name in CODES or name in NOTES, f"{page}: {name}"


def every_command() -> Iterator[tuple[str, click.Command]]:
    """All commands by name, hidden ones too, those of a group under the group's."""
    for name, command in cli.members().items():
        yield name, command
        if isinstance(command, Group):
            for each, inner in command.members().items():
                assert not isinstance(inner, click.Group), "a group in a group would be left out here"
                yield f"{name} {each}", inner


@pytest.mark.parametrize(("name", "command"), list(every_command()))
def test_every_command_and_option_is_described_and_shown(name: str, command: click.Command) -> None:
    page = read("commands.md")
    section = sections(page)[name] if " " not in name else sections(page, 3)[name]
    assert command.help
    shown = console_commands(page)
    assert [line for line in shown if line.split()[0] == name or line.startswith(f"biaochi {name}")]
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, f"{name} {option.opts}"
            long = option.opts[-1]
            for each in (*option.opts, *option.secondary_opts):
                assert f"`{each}`" in section, f"{name} {each} is not in its section"
            assert [line for line in shown if long in line.split()], f"no example shows {long}"


def test_every_exit_code_is_explained() -> None:
    from engine.model import result

    section = sections(read("commands.md"))["Exit codes"]
    for code in (result.OK, result.OBJECTIONS, result.USAGE, result.INCOMPLETE, result.DEFECT):
        assert f"| {code} |" in section


# --- links and terms -------------------------------------------------------------------------------------------


def anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", prose(text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def linking_pages() -> list[Path]:
    return [
        *pages(),
        *(ROOT / name for name in ("CONTRIBUTING.md", "CHANGELOG.md")),
        *ROOT.glob("examples/*/*.md"),
    ]


@pytest.mark.parametrize("page", linking_pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for link in _LINK.findall(prose(page.read_text(encoding="utf-8"))):
        if "://" in link:
            continue
        name, _, anchor = link.partition("#")
        target = page.parent / name if name else page
        assert target.exists(), f"{page.name}: {link}"
        if anchor:
            assert anchor in anchors(target.read_text(encoding="utf-8")), f"{page.name}: {link}"


@pytest.mark.parametrize("term", [*Kind, *Comparator, *Outcome, *Reason, *PROGRESS, *NOTES, "lead", "responsible"])
def test_every_term_of_the_code_is_in_the_glossary(term: str) -> None:
    rows = [line.split(" | ") for line in read("glossary.md").splitlines() if line.startswith("| ")]
    assert any(re.search(rf"(?<![\w-]){re.escape(term)}(?![\w-])", row[1]) for row in rows if len(row) > 1)


@pytest.mark.parametrize(("page", "words"), [("README.md", "{} clauses"), ("README.zh.md", "共 {} 条")])
def test_the_readme_counts_the_clauses_of_the_book(page: str, words: str) -> None:
    clauses = yaml.load((ROOT / "targets.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["clauses"]
    assert words.format(len(clauses)) in read(page)


def test_every_page_is_linked_from_another() -> None:
    linked = {
        Path(link.partition("#")[0]).name for page in linking_pages() for link in _LINK.findall(page.read_text("utf-8"))
    }
    for page in pages():
        assert page.name in linked, f"no page leads to docs/{page.name}"


def test_notes_of_the_schema_are_those_of_the_pages() -> None:
    from tests.test_schemas import validator

    pattern = validator("check").schema["$defs"]["verdict"]["properties"]["notes"]["items"]["pattern"]  # type: ignore[index]
    assert sorted(re.findall(r"[a-z]+(?:-[a-z]+)*", pattern)) == sorted(NOTES)


# --- numbers ----------------------------------------------------------------------------------------------------

#: Limits that pages name, with what the program itself goes by.
LIMITS: list[tuple[str, str, int]] = [
    ("bulk.md", "after {} findings of a file no more is said", MOST_FINDINGS),
    ("bulk.md", "parts of at most {} rows", MOST_ROWS),
    ("commands.md", "At most {} books are", _MOST),
    ("followup.md", "(`reply_days`, {} by default)", NoticePolicy().reply_days),
]


@pytest.mark.parametrize(("page", "words", "limit"), LIMITS)
def test_a_limit_that_a_page_names_is_the_program_s(page: str, words: str, limit: int) -> None:
    said = {f"{limit}", f"{limit:,}".replace(",", " "), "a million" if limit == 10**6 else ""} - {""}
    text = " ".join(read(page).split())
    assert any(words.format(each) in text for each in said), f"{page}: {words} should say {limit}"


#: A number that somebody measured: seconds, bytes, or so many a second.
_MEASURED = re.compile(r"\d[\d ,.]*\s(?:s|ms|MB|GB|minutes)\b|figures/s")
_MAKES = re.compile(r"`(?:python )?(benchmarks/\w+\.py)|`make ([\w-]+)")


def unvouched(text: str) -> list[str]:
    """The sections of hand-written words with a measured number that no command is named for."""
    text = prose(re.sub(r"<!-- generated: .*?<!-- end of generated -->", "", text, flags=re.DOTALL))
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    found = []
    for title, body in sections(text).items():
        named = [(script, target) for script, target in _MAKES.findall(body)]
        made = any((ROOT / script).is_file() if script else target in targets for script, target in named)
        if _MEASURED.search(body) and not made:
            found.append(title)
    return found


@pytest.mark.parametrize("page", [page.name for page in pages()])
def test_a_measured_number_stands_beside_the_command_that_measures_it(page: str) -> None:
    assert unvouched(read(page)) == []


def test_a_number_without_its_command_is_noticed() -> None:
    assert unvouched("## Fast\n\nIt takes 3 s.\n") == ["Fast"]
    assert unvouched("## Fast\n\nIt takes 3 s (`make no-such-target`).\n") == ["Fast"]
    assert unvouched("## Fast\n\nIt takes 3 s (`make bench`).\n") == []
    assert unvouched("## Exact\n\nA rate of 7.0 % stands for 6.95 %.\n") == []


def test_what_larger_clusters_take_is_computed_from_what_was_measured() -> None:
    """The second table of spark.md follows from the first one by the arithmetic that benchmarks/spark.py names."""
    lines = [line.replace(",", "").strip("|").split("|") for line in read("spark.md").splitlines()]
    rows = [[cell.strip() for cell in line] for line in lines]
    runs = [row for row in rows if len(row) == 6 and row[0].isdigit()]
    computed = [row for row in rows if len(row) == 6 and row[1].isdigit()]
    assert {row[0] for row in computed} == {row[1] for row in runs} - {"duckdb"}
    for engine, fixed, rate, figures, cores, minutes in computed:
        few, many = sorted((row for row in runs if row[1] == engine), key=lambda row: int(row[0]))
        short, long = (int(row[0]) / int(row[5]) for row in (few, many))
        # Two cores took part in the run.
        of_a_core = (int(many[0]) - int(few[0])) / (long - short) / 2
        assert of_a_core == pytest.approx(int(rate), rel=0.001)
        start = long - int(many[0]) / of_a_core / 2
        assert round(start) == int(fixed)
        alone = int(figures) * float(many[3]) / int(many[0]) + float(many[4])
        seconds = alone + start + int(figures) / of_a_core / int(cores)
        assert seconds / 60 == pytest.approx(int(minutes), abs=0.6)
