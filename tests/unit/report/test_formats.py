"""That every form says the same as the result; what each looks like is tested with its module."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from engine.model.coverage import Coverage
from engine.model.diagnostic import Diagnostic
from engine.model.result import ValidateResult
from engine.model.source import Source
from engine.report import formats
from engine.report.read import CitedFiles
from engine.report.words import Words
from tests.unit.report.test_cases import BAD, GOOD
from tests.unit.report.test_table import RULE, SUBMISSIONS, result_of
from tests.unit.rules.test_cases import run
from tests.unit.small import book_of

VIEW = formats.View(Words("en"), lambda text, style: text, CitedFiles(Path), threshold=50)
FOUND = [Diagnostic("path-missing", Source("gone.yaml"))]
CHECKED = result_of(book_of(RULE), *SUBMISSIONS, found=FOUND)
TRIED = run(GOOD, BAD)
VALIDATED = ValidateResult("示例", "sha256:0", tuple(FOUND), Coverage(None, 1, 0, None, 1, 1))

OUTPUTS = {
    **{("check", form): render(CHECKED, VIEW) for form, render in formats.CHECK.items()},
    **{("test", form): render(TRIED, VIEW) for form, render in formats.CASES.items()},
    **{("validate", form): render(VALIDATED, VIEW) for form, render in formats.VALIDATE.items()},
}


def test_the_forms_are_those_that_were_promised() -> None:
    assert list(formats.CHECK) == ["table", "json", "csv", "markdown", "sarif", "junit", "github"]
    assert set(formats.VALIDATE) == set(formats.CASES) == {"table", "json", "sarif", "junit", "github"}
    assert list(formats.DRAFT) == ["table", "json"]
    assert list(formats.TARGETS) == list(formats.OBLIGATIONS) == ["table", "json", "csv"]


@pytest.mark.parametrize(("command", "form"), OUTPUTS)
def test_every_form_tells_what_is_wrong(command: str, form: str) -> None:
    told = OUTPUTS[command, form]
    assert told.endswith("\n")
    assert ("110 家" if command == "test" else "path-missing") in told or form in formats.WITHOUT_FINDINGS


@pytest.mark.parametrize("command", ["check", "test", "validate"])
def test_forms_for_programs_can_be_read_by_them(command: str) -> None:
    assert json.loads(OUTPUTS[command, "json"])["schema"] == f"biaochi.{command}/1"
    run = json.loads(OUTPUTS[command, "sarif"])["runs"][0]
    assert run["automationDetails"]["id"] == f"biaochi-{command}/"
    assert ElementTree.fromstring(OUTPUTS[command, "junit"]).get("name") == f"biaochi {command}"
    assert len(OUTPUTS[command, "github"].splitlines()) == len(run["results"])


def test_obligations_and_targets_have_a_table_and_rows() -> None:
    book = book_of(RULE)
    assert "promise" in formats.TARGETS["table"](book, VIEW)
    assert formats.TARGETS["csv"](book, VIEW).startswith("id,clause,quote")
    nothing = formats.Obligations("2025Q2", ())
    assert json.loads(formats.OBLIGATIONS["json"](nothing, VIEW))["obligations"] == []
    assert formats.OBLIGATIONS["csv"](nothing, VIEW) == "\n"
