import pytest

from engine.model.diagnostic import Diagnostic
from engine.model.form import Stamp
from engine.report.forms import form_csv, form_files, form_yaml, safe_name
from engine.report.words import Words
from engine.submissions.csvform import read_csv_submission
from engine.submissions.yamlform import read_yaml_submission
from tests.unit.report.forms_of import TOTAL, forms_of

WORDS = Words("zh-Hant")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("市經信局", "市經信局"),
        ("../etc/passwd", "etc_passwd"),
        ("a/b\\c:d", "a_b_c_d"),
        ("..", "_"),
        ("名\u202e稱\n", "名_稱"),
        (".hidden", "hidden"),
    ],
)
def test_names_of_files_hold_no_path(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_two_bodies_never_share_a_file() -> None:
    (form,) = forms_of(TOTAL)
    assert list(form_files([form, form], WORDS, "csv")) == ["2025Q3-市經信局.csv", "2025Q3-市經信局-2.csv"]


def test_a_csv_form_reports_the_lines_whose_mark_is_taken_off() -> None:
    text = form_csv(forms_of(TOTAL)[0], WORDS)
    assert Stamp.parse(text.splitlines()[0]) == forms_of(TOTAL)[0].stamp
    filled = text.replace("#市經信局,規上企業,,", "市經信局,規上企業,131,")
    found: list[Diagnostic] = []
    (entry,) = read_csv_submission(filled, "form.csv", found)
    assert found == []
    assert entry.value is not None
    assert (entry.organization.text, entry.value.text, entry.value.unit) == ("市經信局", "131", "家")
    assert entry.period is not None
    assert entry.period.text == "2025Q3"


def test_a_yaml_form_reports_the_lines_whose_mark_is_taken_off() -> None:
    text = form_yaml(forms_of(TOTAL)[0], WORDS)
    filled = text.replace("# firms: {value: ___ 家", "firms: {value: 131 家")
    found: list[Diagnostic] = []
    (entry,) = read_yaml_submission(filled, "form.yaml", found)
    assert found == []
    assert entry.value is not None
    assert entry.value.text == "131 家"


def test_a_level_s_yaml_form_asks_for_the_baseline() -> None:
    text = form_yaml(forms_of("indicator: firms, kind: level, threshold: 1200 家")[0], WORDS)
    assert "# firms: {value: ___ 家, baseline: ___ 家}" in text


def test_members_and_parts_of_a_coverage_are_named() -> None:
    rule = "indicator: firms, kind: each, inner_kind: coverage, eligible: to-date, members: [甲, 乙], threshold: 100 %"
    text = form_yaml(forms_of(rule)[0], WORDS)
    assert "firms: {members: {甲: {done: ___ 家, eligible: ___ 家}, 乙: {done: ___ 家, eligible: ___ 家}}}" in text
