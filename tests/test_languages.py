"""No English is left over in what a Chinese reader is told: every command, and every finding of every broken file."""

import re
import zipfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from engine.model.diagnostic import Diagnostic
from engine.names import to_simplified
from engine.pipeline import check, open_book
from engine.report.words import Words
from tests.brokencases import FILES
from tests.codecases import findings_of_book, load_cases, put_book
from tests.conftest import ROOT, RunCli

CHINESE = ("zh-Hant", "zh-Hans")

#: Words of English side by side; one alone may be a key, a file or a unit of measure.
ENGLISH = re.compile(r"(?<![-\w/.:<])[A-Za-z][a-z']+(?: [a-z][a-z']*)+(?![-\w/.=>])")

#: Commands as they are typed, with what they take.
TYPED = re.compile(r"biaochi(?: [a-z]+)+")

#: What is printed by each command that answers in sentences.
COMMANDS = (
    ("check", "submissions/2025Q2", "--fail-on", "never"),
    ("check", "submissions", "--by", "clause", "--format", "markdown", "--fail-on", "never"),
    ("check", "submissions/2025Q2", "--format", "github", "--fail-on", "never"),
    ("check", "submissions/2025Q2", "--format", "junit", "--fail-on", "never"),
    ("rank", "submissions"),
    ("rank", "submissions", "--format", "markdown"),
    ("targets",),
    ("obligations", "2025Q2"),
    ("test",),
    ("validate",),
    ("explain", "code", "not-utf8"),
    ("explain", "rule", "high-tech-enterprises"),
    ("diff", "submissions/2025Q1", "submissions/2025Q1"),
)


@cache
def data() -> str:
    """The book and what was submitted, as one text: they are quoted as they are written."""
    folders = ("rules", "submissions", "allocations")
    files = [*ROOT.glob("*.yaml"), *(path for each in folders for path in sorted((ROOT / each).rglob("*.yaml")))]
    return " ".join(" ".join(path.read_text(encoding="utf-8").split()) for path in files)


def left_over(text: str, quoted: Iterable[str] = ()) -> list[str]:
    """The English of a Chinese text that stands neither in the book nor in what is quoted."""
    known = [data(), *quoted]
    runs = ENGLISH.findall(TYPED.sub("", text))
    return [run for run in runs if not any(run in each for each in known)]


@pytest.mark.parametrize("language", CHINESE)
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_command_says_nothing_in_english(command: tuple[str, ...], language: str, run_cli: RunCli) -> None:
    ran = run_cli(*command, "--lang", language, cwd=ROOT)
    assert ran.exit_code in (0, 1, 3)
    assert left_over(ran.stdout + ran.stderr) == []


@pytest.mark.parametrize("language", CHINESE)
def test_a_form_says_nothing_in_english(language: str, run_cli: RunCli, tmp_path: Path) -> None:
    assert run_cli("form", "2025Q2", "-o", tmp_path / "out", "--lang", language, cwd=ROOT).exit_code == 0
    texts = []
    for path in sorted((tmp_path / "out").glob("*.xlsx"))[:5]:
        with zipfile.ZipFile(path) as book:
            texts.append(book.read("xl/sharedStrings.xml").decode())
    assert texts
    assert left_over(re.sub(r"<[^>]*>", "|", "".join(texts))) == []


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> list[Diagnostic]:
    """Everything that is found in every broken submission and in every broken book of the tests."""
    home = tmp_path_factory.mktemp("broken")
    known: list[Diagnostic] = []
    book = open_book(ROOT, known)
    assert book is not None
    found: list[Diagnostic] = []
    for number, case in enumerate(FILES):
        folder = home / str(number) / "2025Q2"
        folder.mkdir(parents=True)
        found += check(book, known, case.put(folder)).findings
    for code, files in load_cases().items():
        put_book(files, home / code)
        found += findings_of_book(home / code)
    return found


@pytest.mark.parametrize("language", CHINESE)
def test_no_finding_is_said_in_english(findings: list[Diagnostic], language: str) -> None:
    words = Words(language)
    assert len({finding.code for finding in findings}) > 150
    said = {}
    for finding in findings:
        # Names and other words of the files are quoted as they are written; the phrases of ours are not.
        quoted = [value for key, value in finding.params.items() if key not in ("expected", "problem")]
        quoted += [to_simplified(each) for each in quoted]
        rest = [*left_over(words.message(finding), quoted), *left_over(words.hint(finding), quoted)]
        if rest:
            said[finding.code] = rest
    assert said == {}


def test_english_is_seen() -> None:
    assert left_over("進度安排無法使用：it never falls") == ["it never falls"]
    assert left_over("請運行 biaochi schema list，列出 at_least 和 out.xlsx") == []
