"""A Word template with placeholders → a document: the office changes wording in Word, not here.

`{{單位}}` stands for a text, in either script, and keeps the looks of its first character. A row of a table with a
placeholder of a list, `{{事項.條款}}`, is repeated for every entry of the list.
"""

import copy
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from engine.model.diagnostic import Diagnostic
from engine.model.source import Source
from engine.names import fold_script, to_simplified
from engine.report.officialdoc import fit_line
from engine.report.plaintext import visible

_PLACEHOLDER = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}")

#: The texts of an entry of a list, by name.
Entry = Mapping[str, str]


def open_template(content: bytes, file: str, found: list[Diagnostic]) -> WordDocument | None:
    """The template as a document; None where it is none.

    Errors: template-unreadable.
    """
    try:
        return Document(io.BytesIO(content))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as error:
        found.append(Diagnostic("template-unreadable", Source(file), {"problem": type(error).__name__}))
        return None


def fill_template(
    word: WordDocument,
    texts: Mapping[str, str],
    lists: Mapping[str, Sequence[Entry]],
    heads: Mapping[str, Sequence[str]],
    file: str,
    found: list[Diagnostic],
    simplified: bool = False,
) -> None:
    """Put texts and lists into a document, in its body, headers and footers.

    `heads` names what the entries of each list hold, which an empty list does not say. An empty list leaves one row
    that says 無. `simplified` turns the template's own words into Simplified Chinese.

    Errors: placeholder-unknown, once for each name.
    """
    filler = _Filler(texts, heads, file, found)
    for root in _roots(word):
        if simplified:
            for piece in root.iter(qn("w:t")):
                piece.text = to_simplified(piece.text or "")
        for row in list(root.iter(qn("w:tr"))):
            name = filler.list_of(row)
            if name is not None:
                filler.repeat(row, name, lists.get(name, ()))
        for paragraph in root.iter(qn("w:p")):
            filler.fill(paragraph, {})
    for line in word.paragraphs:
        fit_line(line)


def _roots(word: WordDocument) -> Iterator[Any]:
    yield word.element.body
    for section in word.sections:
        for part in (
            section.header, section.even_page_header, section.first_page_header,
            section.footer, section.even_page_footer, section.first_page_footer,
        ):  # fmt: skip
            # What is linked has no part of its own, and asking for its element would make one.
            if not part.is_linked_to_previous:
                yield part._element


class _Filler:
    def __init__(
        self,
        texts: Mapping[str, str],
        heads: Mapping[str, Sequence[str]],
        file: str,
        found: list[Diagnostic],
    ) -> None:
        self._texts = {fold_script(name): text for name, text in texts.items()}
        self._heads = {name: [f"{name}.{each}" for each in listed] for name, listed in heads.items()}
        self._lists = {fold_script(each): name for name, listed in self._heads.items() for each in listed}
        self._known = "、".join([*texts, *(each for listed in self._heads.values() for each in listed)])
        self._file = file
        self._found = found
        self._named: set[str] = set()
        # Kept by identity, so that what was filled in is never taken for a placeholder itself.
        self._done: dict[int, Any] = {}

    def list_of(self, row: Any) -> str | None:
        """The list whose entries a row of a table shows."""
        for match in _PLACEHOLDER.finditer(_text_of(row)):
            if name := self._lists.get(fold_script(match[1])):
                return name
        return None

    def repeat(self, row: Any, name: str, entries: Sequence[Entry]) -> None:
        """Put one copy of a row for every entry in its place."""
        empty = dict.fromkeys(self._heads[name], "")
        values = [{f"{name}.{key}": text for key, text in entry.items()} for entry in entries]
        for value in values or [empty]:
            made = copy.deepcopy(row)
            if not entries:
                _say_none(made)
            for paragraph in made.iter(qn("w:p")):
                self.fill(paragraph, value)
            row.addprevious(made)
        row.getparent().remove(row)

    def fill(self, paragraph: Any, entry: Entry) -> None:
        """Replace every placeholder of a paragraph, in however many pieces Word keeps it; once."""
        if id(paragraph) in self._done:
            return
        if entry:
            self._done[id(paragraph)] = paragraph
        pieces = [piece for piece in paragraph.iter(qn("w:t")) if _paragraph_of(piece) is paragraph]
        whole = "".join(piece.text or "" for piece in pieces)
        values = self._texts | {fold_script(name): text for name, text in entry.items()}
        for match in reversed(list(_PLACEHOLDER.finditer(whole))):
            value = values.get(fold_script(match[1]))
            if value is None:
                self._report(match[1])
            else:
                _replace(pieces, match.start(), match.end(), visible(value))

    def _report(self, name: str) -> None:
        if name not in self._named:
            self._named.add(name)
            params = {"name": f"{{{{{name}}}}}", "known": self._known}
            self._found.append(Diagnostic("placeholder-unknown", Source(self._file), params))


def _text_of(element: Any) -> str:
    return "".join(piece.text or "" for piece in element.iter(qn("w:t")))


def _paragraph_of(piece: Any) -> Any:
    above = piece.getparent()
    while above is not None and above.tag != qn("w:p"):
        above = above.getparent()
    return above


def _say_none(row: Any) -> None:
    """無 in the first cell that would have shown something."""
    for piece in row.iter(qn("w:t")):
        if _PLACEHOLDER.search(piece.text or ""):
            piece.text = _PLACEHOLDER.sub("無", piece.text or "", count=1)
            return


def _replace(pieces: Sequence[Any], start: int, end: int, text: str) -> None:
    """Put `text` in the place of the characters from `start` to `end` of all pieces together."""
    place, written = 0, False
    for piece in pieces:
        own = piece.text or ""
        low, high = max(start - place, 0), min(end - place, len(own))
        place += len(own)
        if low >= high:
            continue
        piece.text = own[:low] + ("" if written else text) + own[high:]
        # Word drops blanks at the ends of a piece unless it is told to keep them.
        piece.set(qn("xml:space"), "preserve")
        written = True
