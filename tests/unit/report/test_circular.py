import pytest

from engine.model.diagnostic import Diagnostic
from engine.report.circular import FORMS, circular_files, circular_title
from engine.report.circulartemplate import make_circular_template
from engine.report.read import Template
from engine.report.words import Words
from tests.unit.model.test_circular import made

TEMPLATE = Template(make_circular_template(), "templates/circular.docx", make_circular_template())


@pytest.mark.parametrize("form", FORMS)
def test_only_what_is_asked_for_is_made(form: str) -> None:
    found: list[Diagnostic] = []
    files = circular_files(made("2025Q2"), TEMPLATE, (form,), Words("zh-Hant"), found)
    assert (list(files), found) == ([form], [])
    assert files[form].startswith(b"PK") is (form in (".docx", ".xlsx"))


def test_what_is_no_template_is_told_and_the_shipped_one_serves() -> None:
    found: list[Diagnostic] = []
    broken = Template(b"no document", "templates/circular.docx", TEMPLATE.shipped)
    files = circular_files(made("2025Q2"), broken, (".md",), Words("zh-Hant"), found)
    assert [each.code for each in found] == ["template-unreadable"]
    assert files == circular_files(made("2025Q2"), TEMPLATE, (".md",), Words("zh-Hant"), [])


def test_title_is_in_the_script_of_the_document() -> None:
    assert circular_title(made("2025Q2"), Words("zh-Hant")) == "2025年上半年目標任務完成情況通報"
    assert circular_title(made("2025Q2"), Words("zh-Hans")) == "2025年上半年目标任务完成情况通报"
