"""A circular as files: Word from the office's template, the same words as HTML and Markdown, and a workbook."""

from collections.abc import Callable, Mapping

from docx.document import Document as WordDocument

from engine.model.circular import Circular
from engine.model.diagnostic import Diagnostic
from engine.report.circularwords import CIRCULAR_LISTS, circular_values
from engine.report.noticewords import period_words
from engine.report.officialdoc import document_bytes
from engine.report.read import Template
from engine.report.words import Words
from engine.report.wordtemplate import fill_template, open_template
from engine.report.wordtext import blocks_html, blocks_markdown, document_blocks

#: What a circular can be written as, by the end of the file's name.
FORMS = (".docx", ".html", ".md", ".xlsx")


def circular_files(
    circular: Circular, template: Template, forms: tuple[str, ...], words: Words, found: list[Diagnostic]
) -> Mapping[str, bytes]:
    """The circular in each of these forms, by the form.

    Errors: template-unreadable, placeholder-unknown, template-block.
    """
    values = circular_values(circular, words)
    title = circular_title(circular, words)
    files: dict[str, bytes] = {}
    if any(form != ".xlsx" for form in forms):
        word = _fill(circular, template, words, found)
        blocks = document_blocks(word)
        day = circular.day or circular.period.end
        written: Mapping[str, Callable[[], bytes]] = {
            ".docx": lambda: document_bytes(word, title, circular.office, day),
            ".html": lambda: blocks_html(blocks, title).encode(),
            ".md": lambda: blocks_markdown(blocks).encode(),
        }
        files |= {form: written[form]() for form in forms if form in written}
    if ".xlsx" in forms:
        from engine.report.circularbook import circular_workbook

        files[".xlsx"] = circular_workbook(circular, values, title, words)
    return files


def circular_title(circular: Circular, words: Words) -> str:
    """The name of the document, for the properties of its files."""
    return f"{circular.number} {period_words(circular.period, words)}{words.in_script('目標任務完成情況通報')}".strip()


def _fill(circular: Circular, template: Template, words: Words, found: list[Diagnostic]) -> WordDocument:
    word = open_template(template.content, template.file, found)
    if word is None:
        word = open_template(template.shipped, template.file, found)
        assert word is not None, "the template that ships is sound"
    values = circular_values(circular, words)
    fill_template(word, values, CIRCULAR_LISTS, template.file, found, simplified=words.language == "zh-Hans")
    return word
