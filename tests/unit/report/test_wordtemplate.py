import io
from collections.abc import Callable

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from engine.model.diagnostic import Diagnostic
from engine.report.wordtemplate import Entry, Grid, fill_template, open_template

LISTS = {"事項": ("序號", "指標")}
ENTRIES = [{"序號": "1", "指標": "灌渠"}, {"序號": "2", "指標": "{{單位}}"}]


def filled(
    make: Callable[[WordDocument], object], entries: list[dict[str, str]] | None = None, simplified: bool = False
) -> tuple[WordDocument, list[Diagnostic]]:
    word = Document()
    make(word)
    found: list[Diagnostic] = []
    values: Entry = {
        "單位": "水利局",
        "方案": "<b>{{項數}}</b>\u202e",
        "事項": ENTRIES if entries is None else entries,
    }
    fill_template(word, values, LISTS, "templates/notice.docx", found, simplified)
    return word, found


def table(word: WordDocument) -> None:
    made = word.add_table(rows=2, cols=2)
    for cell, text in zip(made._cells, ("號", "名", "{{事項.序號}}", "《{{事項.指標}}》{{單位}}"), strict=True):
        cell.paragraphs[0].add_run(text)


def rows(word: WordDocument) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in word.tables[0].rows]


def test_placeholder_is_replaced_in_either_script_and_with_blanks() -> None:
    word, found = filled(lambda word: word.add_paragraph("致{{ 单位 }}、{{單位}}："))
    assert (word.paragraphs[0].text, found) == ("致水利局、水利局：", [])


def test_placeholder_in_pieces_keeps_the_looks_of_its_beginning() -> None:
    def make(word: WordDocument) -> None:
        paragraph = word.add_paragraph("致{")
        paragraph.add_run("{單").bold = True
        paragraph.add_run("位}")
        paragraph.add_run("}閱")

    word, found = filled(make)
    assert [(run.text, run.bold) for run in word.paragraphs[0].runs] == [
        ("致水利局", None),
        ("", True),
        ("", None),
        ("閱", None),
    ]
    assert found == []


def test_what_is_filled_in_is_text_and_is_not_filled_again() -> None:
    word, found = filled(lambda word: word.add_paragraph("{{方案}}"))
    assert (word.paragraphs[0].text, found) == ("<b>{{項數}}</b><U+202E>", [])


def test_unknown_placeholder_stays_and_is_named_once() -> None:
    word, found = filled(lambda word: word.add_paragraph("{{單為}} {{單為}} {{單位}}"))
    assert word.paragraphs[0].text == "{{單為}} {{單為}} 水利局"
    assert [(each.code, each.params["name"], each.source.file) for each in found] == [
        ("placeholder-unknown", "{{單為}}", "templates/notice.docx")
    ]
    assert found[0].params["known"] == "單位、方案、事項.序號、事項.指標"


def test_row_is_repeated_for_every_entry() -> None:
    word, found = filled(table)
    assert rows(word) == [["號", "名"], ["1", "《灌渠》水利局"], ["2", "《{{單位}}》水利局"]]
    assert found == []


def test_empty_list_leaves_one_row_that_says_so() -> None:
    word, found = filled(table, [])
    assert rows(word) == [["號", "名"], ["無", "《》水利局"]]
    assert found == []


def test_headers_and_footers_are_filled() -> None:
    def make(word: WordDocument) -> None:
        word.sections[0].header.paragraphs[0].add_run("{{單位}}")
        word.sections[0].footer.paragraphs[0].add_run("{{單位}}")

    word, _ = filled(make)
    assert word.sections[0].header.paragraphs[0].text == "水利局"
    assert word.sections[0].footer.paragraphs[0].text == "水利局"


def test_templates_own_words_become_simplified_and_names_do_not() -> None:
    word, _ = filled(lambda word: word.add_paragraph("督辦{{單位}}"), simplified=True)
    assert word.paragraphs[0].text == "督办水利局"
    simple, _ = filled(table, [{"序號": "1", "指標": "東縣"}], simplified=True)
    assert rows(simple)[1] == ["1", "《東縣》水利局"]
    assert rows(simple)[0] == ["号", "名"]


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04broken"])
def test_what_is_no_document_is_named(content: bytes) -> None:
    found: list[Diagnostic] = []
    assert open_template(content, "templates/notice.docx", found) is None
    assert [(each.code, each.source.file) for each in found] == [("template-unreadable", "templates/notice.docx")]


def test_sound_template_is_opened() -> None:
    buffer = io.BytesIO()
    Document().save(buffer)
    found: list[Diagnostic] = []
    word = open_template(buffer.getvalue(), "a.docx", found)
    assert word is not None
    assert word.element.body.tag == qn("w:body")
    assert found == []


# --- blocks, repeated paragraphs, whole tables -----------------------------------------------------------------

NESTED = {"分組": ("名稱",), "名次": ("位", "單位")}
GROUPS: Entry = {
    "分組": [
        {
            "名稱": "縣",
            "名次": [{"位": "1", "單位": "甲縣"}, {"位": "2", "單位": "{{分組.名稱}}"}],
            "表": Grid(("a", "b"), (("x", "=y"),), (1, 2)),
        },
        {"名稱": "局", "名次": [], "表": Grid(("a",), (), (1,))},
    ],
}


def nested(values: Entry, *lines: str) -> tuple[WordDocument, list[Diagnostic]]:
    word, found = Document(), list[Diagnostic]()
    for line in lines:
        if line == "|":
            made = word.add_table(rows=1, cols=1)
            made.rows[0].cells[0].paragraphs[0].add_run("{{分組.名稱}}{{名次.位}}{{名次.單位}}")
        else:
            word.add_paragraph(line)
    fill_template(word, values, NESTED, "templates/t.docx", found)
    return word, found


def lines_of(word: WordDocument) -> list[str]:
    return [
        "".join(piece.text or "" for piece in each.iter(qn("w:t")))
        for each in word.element.body
        if each.tag != qn("w:sectPr")
    ]


def test_block_is_repeated_with_the_lists_inside_it() -> None:
    word, found = nested(
        GROUPS, "前", "{{#分组}}", "組：{{分組.名稱}}", "|", "第{{名次.位}}名{{名次.單位}}", "{{ /分組 }}", "後"
    )
    assert lines_of(word) == [
        "前", "組：縣", "縣1甲縣縣2{{分組.名稱}}", "第1名甲縣", "第2名{{分組.名稱}}", "組：局", "局無", "無。", "後",
    ]  # fmt: skip
    assert found == []


def test_block_of_an_empty_list_leaves_nothing() -> None:
    word, found = nested({"分組": []}, "前", "{{#分組}}", "組：{{分組.名稱}}", "{{/分組}}", "後")
    assert (lines_of(word), found) == (["前", "後"], [])


def test_paragraph_of_a_table_becomes_the_table() -> None:
    word, found = nested(GROUPS, "{{#分組}}", "{{分組.表}}", "{{/分組}}")
    assert [[[cell.text for cell in row.cells] for row in each.rows] for each in word.tables] == [
        [["a", "b"], ["x", "=y"]],
        [["a"]],
    ]
    assert found == []


@pytest.mark.parametrize(
    ("lines", "code", "name"),
    [
        (("{{#分組}}", "內"), "template-block", "{{#分組}}"),
        (("{{#沒有}}", "內", "{{/沒有}}"), "placeholder-unknown", "{{沒有}}"),
        (("內", "名單：{{分組.表}}"), "placeholder-unknown", "{{分組.表}}"),
    ],
)
def test_what_cannot_be_filled_stays_and_is_named(lines: tuple[str, ...], code: str, name: str) -> None:
    word, found = nested(GROUPS, *lines)
    assert [(each.code, each.params["name"]) for each in found] == [(code, name)]
    assert "內" in "".join(lines_of(word))
