"""A Word template with placeholders → a document: the office changes wording in Word, not here.

- `{{單位}}` stands for a text, in either script, and keeps the looks of its first character.
- A row of a table with a placeholder of a list, `{{事項.條款}}`, is repeated for every entry of the list; so is a
  paragraph outside of tables. An empty list leaves a row, or a paragraph, that says 無.
- What stands between the paragraphs `{{#分組}}` and `{{/分組}}` is repeated whole for every entry of the list, which
  may hold lists of its own. Of an empty list nothing stays.
- A paragraph that is nothing but the placeholder of a table becomes that table.
"""

import copy
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from typing import Any, TypeAlias

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from engine.model.diagnostic import Diagnostic
from engine.model.noun import dataclass
from engine.model.source import Source
from engine.names import fold_script, to_simplified
from engine.report.officialdoc import fit_line, make_table
from engine.report.plaintext import visible

_PLACEHOLDER = re.compile(r"\{\{\s*([^{}#/]+?)\s*\}\}")
_ALONE = re.compile(r"\s*\{\{\s*([^{}#/]+?)\s*\}\}\s*")
_BEGIN, _END = (re.compile(rf"\s*\{{\{{\s*{mark}\s*([^{{}}]+?)\s*\}}\}}\s*") for mark in "#/")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as a whole, for where its columns are not known beforehand. Units: `widths` are shares."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


#: What a placeholder stands for: a text, a table, or the entries of a list, each with values of its own.
Value: TypeAlias = "str | Grid | Sequence[Entry]"
Entry: TypeAlias = "Mapping[str, Value]"


def open_template(content: bytes, file: str, found: list[Diagnostic]) -> WordDocument | None:
    """The template as a document; None where it is none.

    Errors: template-unreadable.
    """
    try:
        return Document(io.BytesIO(content))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, SyntaxError):
        found.append(Diagnostic("template-unreadable", Source(file), {"problem": "not a Word document (.docx)"}))
        return None


def fill_template(
    word: WordDocument,
    values: Entry,
    heads: Mapping[str, Sequence[str]],
    file: str,
    found: list[Diagnostic],
    simplified: bool = False,
) -> None:
    """Put values into a document, in its body, headers and footers.

    `heads` names what the entries of each list hold, which an empty list does not say. The name of a list is unique,
    also where it stands in the entries of another. `simplified` turns the template's own words into Simplified
    Chinese.

    Errors: placeholder-unknown, template-block, once for each name.
    """
    filler = _Filler(word, values, heads, file, found, "无" if simplified else "無")
    for root in _roots(word):
        if simplified:
            for piece in root.iter(qn("w:t")):
                piece.text = to_simplified(piece.text or "")
        filler.expand(list(root), filler.scope)
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


@dataclass(frozen=True, slots=True)
class _Scope:
    """What placeholders stand for at a place, by folded name, and the lists one entry of which is meant there."""

    values: Mapping[str, Value]
    bound: frozenset[str] = frozenset()

    def inside(self, name: str, entry: Entry) -> "_Scope":
        """The scope for one entry of a list: its texts are named after the list, its lists by themselves."""
        own = {
            fold_script(key if _is_list(value) else f"{name}.{key}"): value for key, value in entry.items()
        }  # fmt: skip
        return replace(self, values={**self.values, **own}, bound=self.bound | {name})

    def entries(self, name: str) -> Sequence[Entry]:
        """The entries of a list; none where the place knows of none."""
        value = self.values.get(fold_script(name), ())
        return () if isinstance(value, str | Grid) else value


def _is_list(value: Value) -> bool:
    return not isinstance(value, str | Grid)


class _Filler:
    def __init__(
        self,
        word: WordDocument,
        values: Entry,
        heads: Mapping[str, Sequence[str]],
        file: str,
        found: list[Diagnostic],
        none: str,
    ) -> None:
        self.scope = _Scope({fold_script(name): value for name, value in values.items()})
        self._word = word
        self._heads = {name: [f"{name}.{each}" for each in listed] for name, listed in heads.items()}
        self._list_names = {fold_script(name): name for name in heads}
        self._lists = {fold_script(each): name for name, listed in self._heads.items() for each in listed}
        texts = [name for name, value in values.items() if not _is_list(value)]
        self._known = "、".join([*texts, *(each for listed in self._heads.values() for each in listed)])
        self._file = file
        self._found = found
        self._none = none
        self._named: set[str] = set()

    def expand(self, elements: list[Any], scope: _Scope) -> None:
        """Fill a row of elements that stand one after the other, each exactly once."""
        while elements:
            element = elements.pop(0)
            if element.tag == qn("w:tbl"):
                self._expand_table(element, scope)
            elif element.tag == qn("w:sdt"):
                self.expand(list(element.find(qn("w:sdtContent")) or ()), scope)
            elif element.tag != qn("w:p"):
                self._fill_within(element, scope)
            elif begun := _BEGIN.fullmatch(_text_of(element)):
                self._expand_block(element, begun[1], elements, scope)
            elif (grid := self._grid_of(element, scope)) is not None:
                element.addprevious(make_table(self._word, grid.heads, grid.rows, grid.widths)._tbl)
                element.getparent().remove(element)
            else:
                self._repeat(element, scope)

    def _expand_block(self, begin: Any, written: str, behind: list[Any], scope: _Scope) -> None:
        """Repeat what stands between the two marks of a block; takes it off `behind`."""
        name = self._list_names.get(fold_script(written))
        ends = (_END.fullmatch(_text_of(each)) for each in behind)
        stop = next((n for n, end in enumerate(ends) if end and fold_script(end[1]) == fold_script(written)), None)
        if name is None:
            self._report_unknown(written)
            return
        if stop is None:
            self._found.append(Diagnostic("template-block", Source(self._file), {"name": f"{{{{#{written}}}}}"}))
            return
        block, end = behind[:stop], behind[stop]
        del behind[: stop + 1]
        for entry in scope.entries(name):
            made = [copy.deepcopy(each) for each in block]
            for each in made:
                begin.addprevious(each)
            self.expand(made, scope.inside(name, entry))
        for each in (begin, *block, end):
            each.getparent().remove(each)

    def _expand_table(self, table: Any, scope: _Scope) -> None:
        for row in list(table.iterchildren(qn("w:tr"))):
            self._repeat(row, scope)

    def _repeat(self, element: Any, scope: _Scope) -> None:
        """Put one copy of a row or paragraph for every entry of its list in its place; fill it where it has none."""
        name = self._list_of(element, scope)
        if name is None:
            self._fill_within(element, scope)
            return
        entries = scope.entries(name)
        for entry in entries or [dict.fromkeys((each.partition(".")[2] for each in self._heads[name]), "")]:
            made = copy.deepcopy(element)
            if not entries:
                self._say_none(made, {fold_script(each) for each in self._heads[name]})
            element.addprevious(made)
            self._fill_within(made, scope.inside(name, entry))
        element.getparent().remove(element)

    def _say_none(self, element: Any, names: Set[str]) -> None:
        """Say 無 in a row in the place of its first placeholder, in a paragraph in the place of everything."""
        pieces = list(element.iter(qn("w:t")))
        if element.tag == qn("w:p"):
            for piece in pieces:
                piece.text = ""
            pieces[0].text = f"{self._none}。"
            return
        for piece in pieces:
            for match in _PLACEHOLDER.finditer(piece.text or ""):
                if fold_script(match[1]) in names:
                    piece.text = piece.text[: match.start()] + self._none + piece.text[match.end() :]
                    return

    def _list_of(self, element: Any, scope: _Scope) -> str | None:
        for match in _PLACEHOLDER.finditer(_text_of(element)):
            name = self._lists.get(fold_script(match[1]))
            if name is not None and name not in scope.bound:
                return name
        return None

    def _grid_of(self, paragraph: Any, scope: _Scope) -> Grid | None:
        alone = _ALONE.fullmatch(_text_of(paragraph))
        value = scope.values.get(fold_script(alone[1])) if alone else None
        return value if isinstance(value, Grid) else None

    def _fill_within(self, element: Any, scope: _Scope) -> None:
        for paragraph in element.iter(qn("w:p")):
            self._fill(paragraph, scope)

    def _fill(self, paragraph: Any, scope: _Scope) -> None:
        """Replace every placeholder of a paragraph, in however many pieces Word keeps it."""
        pieces = [piece for piece in paragraph.iter(qn("w:t")) if _paragraph_of(piece) is paragraph]
        whole = "".join(piece.text or "" for piece in pieces)
        for match in reversed(list(_PLACEHOLDER.finditer(whole))):
            value = scope.values.get(fold_script(match[1]))
            if isinstance(value, str):
                _replace(pieces, match.start(), match.end(), visible(value))
            else:
                self._report_unknown(match[1])

    def _report_unknown(self, name: str) -> None:
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
