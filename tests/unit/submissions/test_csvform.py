import pytest

from engine.model.diagnostic import Diagnostic
from engine.model.entry import Entry
from engine.submissions.csvform import read_csv_submission
from engine.submissions.tableform import COLUMNS
from tests.unit.small import codes

HEADER = "organization,indicator,value,unit\n"


def entries_of(text: str) -> tuple[list[Entry], list[str]]:
    found: list[Diagnostic] = []
    return read_csv_submission(text, "a.csv", found), codes(found)


def values(text: str) -> list[tuple[str, str | None]]:
    """Value and unit of measure of every entry."""
    return [(entry.value.text, entry.value.unit) for entry in entries_of(text)[0] if entry.value]


def test_a_row_is_an_entry_with_its_unit_of_measure() -> None:
    (entry,), found = entries_of(HEADER + "市經信局,firms,131,家\n")
    assert entry.value is not None
    assert (entry.organization.text, entry.indicator.text, entry.value.text, entry.value.unit, found) == (
        "市經信局",
        "firms",
        "131",
        "家",
        [],
    )


def test_a_cell_is_named_by_line_place_and_column() -> None:
    (entry,), _ = entries_of(HEADER + "\n市經信局,firms,131,家\n")
    assert entry.value is not None
    assert (str(entry.value.source), entry.value.source.cell) == ("a.csv:3:3", "value")


@pytest.mark.parametrize(
    "text",
    [
        "value,indicator,organization\n131 家,firms,市經信局\n",
        "Organization,INDICATOR,Ｖalue\n市經信局,firms,131 家\n",
        "organization , indicator,value\n 市經信局 , firms, 131 家 \n",
        "organization,indicator,value\r\n市經信局,firms,131 家\r\n",
        "# a remark\norganization,indicator,value\n# 甲\n市經信局,firms,131 家\n",
        'organization,indicator,value\n"市經信局","firms","131 家"\n',
    ],
)
def test_forms_of_writing_make_no_difference(text: str) -> None:
    (entry,), found = entries_of(text)
    assert entry.value is not None
    assert (entry.organization.text, entry.indicator.text, entry.value.text, found) == (
        "市經信局",
        "firms",
        "131 家",
        [],
    )


def test_thousands_stand_in_quotation_marks() -> None:
    assert values(HEADER + '市經信局,firms,"1,131",家\n') == [("1,131", "家")]


def test_blank_rows_are_no_entries() -> None:
    assert values(HEADER + ",,,\n市經信局,firms,1,家\n  , ,,\n") == [("1", "家")]


def test_rows_of_parts_are_put_together() -> None:
    text = (
        "organization,indicator,part,value\n市科技局,success,matched,1010 項\n"
        "市經信局,firms,,5 家\n市科技局,success,demanded,1250 項\n"
    )
    entries, found = entries_of(text)
    assert ([{name: cell.text for name, cell in entry.parts.items()} for entry in entries], found) == (
        [{"matched": "1010 項", "demanded": "1250 項"}, {}],
        [],
    )


def test_parts_of_different_members_stay_apart() -> None:
    text = (
        "organization,indicator,member,part,value\n甲,visits,食品,done,1 家\n甲,visits,電子,done,2 家\n"
        "甲,visits,食品,eligible,3 家\n甲,visits,電子,eligible,4 家\n"
    )
    entries, _ = entries_of(text)
    assert [sorted(cell.text for cell in entry.parts.values()) for entry in entries] == [
        ["1 家", "3 家"],
        ["2 家", "4 家"],
    ]


def test_the_part_stage_is_a_milestone_s_stage() -> None:
    (entry,), _ = entries_of("organization,indicator,part,value\n甲,school,stage,主體封頂\n")
    assert (entry.stage and entry.stage.text, entry.value) == ("主體封頂", None)


def test_a_part_that_stands_twice_leaves_the_figure_unusable() -> None:
    text = "organization,indicator,part,value\n甲,rate,matched,1 項\n甲,rate,matched,2 項\n"
    (entry,), found = entries_of(text)
    assert (entry.fault, found) == ("part-repeated", ["part-repeated"])


def test_all_columns_are_read() -> None:
    text = ",".join(COLUMNS) + "\n甲,firms,1,家,2025Q1,,食品,2 家,凈增,初步數,a.pdf\n"
    (entry,), found = entries_of(text)
    assert found == []
    assert entry.period is not None
    assert entry.member is not None
    assert entry.baseline is not None
    assert entry.measure is not None
    assert (entry.period.text, entry.member.text, entry.baseline.text, entry.measure.text) == (
        "2025Q1",
        "食品",
        "2 家",
        "凈增",
    )
    assert (entry.note, entry.evidence) == ("初步數", ("a.pdf",))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["submission-empty"]),
        ("# 甲\n\n", ["submission-empty"]),
        ("organization,indicator\n甲,firms\n", ["column-missing"]),
        ("organization,indicator,value,value\n甲,firms,1,2\n", ["column-repeated"]),
        ("市經信局,firms,131 家\n", ["column-missing"]),
    ],
)
def test_without_a_sound_header_nothing_is_read(text: str, expected: list[str]) -> None:
    assert entries_of(text) == ([], expected)


def test_a_header_without_rows_is_empty() -> None:
    assert entries_of(HEADER) == ([], ["submission-empty"])


def test_a_soft_line_end_inside_a_cell_ends_no_row() -> None:
    entries, found = entries_of("organization,indicator,value,note\n甲,firms,1 家,a\u2028b\n")
    assert ([entry.note for entry in entries], found) == (["a\u2028b"], [])


@pytest.mark.parametrize(
    ("column", "second", "fault"),
    [("measure", "凈增", None), ("measure", "累計", "part-repeated"), ("measure", "", None)],
)
def test_rows_of_one_figure_may_not_contradict_each_other(column: str, second: str, fault: str | None) -> None:
    text = f"organization,indicator,part,value,{column}\n甲,rate,a,1 項,凈增\n甲,rate,b,2 項,{second}\n"
    (entry,), _ = entries_of(text)
    assert entry.fault == fault


def test_a_misspelt_column_is_reported_with_the_known_ones() -> None:
    found: list[Diagnostic] = []
    read_csv_submission("organization,indicator,value,untis\n甲,firms,1,家\n", "a.csv", found)
    assert [(finding.code, finding.params["found"], str(finding.source)) for finding in found] == [
        ("column-unknown", "untis", "a.csv:1:4")
    ]


def test_a_row_longer_than_the_header_leaves_its_figure_unusable() -> None:
    (entry,), found = entries_of("organization,indicator,unit,value\n甲,firms,家,1,131\n")
    assert (entry.fault, found) == ("row-too-long", ["row-too-long"])


def test_a_quotation_mark_that_never_closes_is_reported_where_its_row_begins() -> None:
    found: list[Diagnostic] = []
    entries = read_csv_submission(HEADER + '甲,firms,1,家\n乙,firms,"2,家\n', "a.csv", found)
    assert ([entry.organization.text for entry in entries], [(each.code, str(each.source)) for each in found]) == (
        ["甲"],
        [("csv-broken", "a.csv:3:1")],
    )


def test_a_cell_over_two_lines_moves_no_later_line_number() -> None:
    text = 'organization,indicator,value,note\n甲,firms,1 家,"a\nb"\n乙,firms,2 家,c\n'
    entries, _ = entries_of(text)
    assert [entry.source.line for entry in entries] == [2, 4]


def test_a_remark_sign_inside_a_quoted_cell_is_no_remark() -> None:
    (entry,), found = entries_of('organization,indicator,value,note\n甲,firms,1 家,"a\n#b"\n')
    assert (entry.note, found) == ("a\n#b", [])


def test_two_plain_rows_are_two_figures() -> None:
    assert values(HEADER + "甲,firms,1,家\n甲,firms,2,家\n") == [("1", "家"), ("2", "家")]
