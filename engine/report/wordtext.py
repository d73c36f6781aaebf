"""A Word document said once more as Markdown and as HTML: the same words in the same order."""

from collections.abc import Iterator, Sequence
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from engine.model.noun import dataclass
from engine.report.plaintext import in_html, in_markdown

#: A page of its own: nothing is fetched, and it prints as the Word document does.
_PAGE = """\
<!DOCTYPE html>
<html lang="zh">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
@page {{ size: A4; margin: 37mm 26mm 35mm 28mm }}
body {{ max-width: 156mm; margin: 2em auto; padding: 0 1em; color: #111; background: #fff;
  font: 16pt/1.8 FangSong, STFangsong, "Noto Serif CJK SC", serif }}
h1 {{ font: 22pt/1.4 STZhongsong, "Noto Serif CJK SC", serif; text-align: center }}
h2 {{ font: 16pt/1.8 SimHei, "Noto Sans CJK SC", sans-serif }}
h3 {{ font: 16pt/1.8 KaiTi, STKaiti, "Noto Serif CJK SC", serif }}
p {{ margin: 0; text-indent: 2em }}
p.flush {{ text-indent: 0 }}
p.center {{ text-align: center; text-indent: 0 }}
p.right {{ text-align: right; padding-right: 2em }}
table {{ width: 100%; border-collapse: collapse; font-size: 10.5pt; line-height: 1.4 }}
th, td {{ border: 1px solid #333; padding: 2pt 4pt; text-align: left; vertical-align: top; overflow-wrap: anywhere }}
thead {{ display: table-header-group }}
tr {{ break-inside: avoid }}
</style>
</head>
<body>
{body}
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a document: a title (level 1), a heading (2 to 5), a paragraph (0), or a table with its rows."""

    text: str
    level: int = 0
    place: str = ""
    rows: Sequence[Sequence[str]] = ()


def document_blocks(word: WordDocument) -> list[Block]:
    """The pieces of a document's body in their order; empty lines are none."""
    blocks = []
    for element in word.element.body.iterchildren():
        if element.tag == qn("w:tbl"):
            table = Table(element, word._body)
            blocks.append(Block("", rows=[[_cell_text(cell._tc) for cell in row.cells] for row in table.rows]))
        elif element.tag == qn("w:p"):
            paragraph = Paragraph(element, word._body)
            if paragraph.text.strip():
                blocks.append(_block(paragraph))
    return blocks


def _cell_text(cell: Any) -> str:
    return " ".join("".join(piece.text or "" for piece in each.iter(qn("w:t"))) for each in cell.iter(qn("w:p")))


def _block(paragraph: Paragraph) -> Block:
    text, style = paragraph.text.strip(), paragraph.style.name if paragraph.style else ""
    if style and style.startswith("Heading ") and style[8:].isdigit():
        return Block(text, int(style[8:]) + 1)
    centred = paragraph.alignment == WD_ALIGN_PARAGRAPH.CENTER
    size = paragraph.runs[0].font.size if paragraph.runs else None
    # 7.3.1: the title alone is of size 2; a letterhead is larger.
    if centred and size is not None and size.pt == 22:
        return Block(text, 1)
    right = paragraph.alignment == WD_ALIGN_PARAGRAPH.RIGHT
    indent = paragraph._p.pPr.find(qn("w:ind")) if paragraph._p.pPr is not None else None
    flush = indent is None or indent.get(qn("w:firstLine")) in (None, "0")
    return Block(text, 0, "center" if centred else "right" if right else "flush" if flush else "")


def blocks_markdown(blocks: Sequence[Block]) -> str:
    """The pieces as Markdown; whatever was filled in stays text."""
    return "\n\n".join(_markdown(block) for block in blocks) + "\n"


def _markdown(block: Block) -> str:
    if not block.rows:
        return "#" * block.level + " " * bool(block.level) + in_markdown(block.text)
    lines = [f"| {' | '.join(map(in_markdown, row))} |" for row in block.rows]
    lines.insert(1, f"|{' --- |' * len(block.rows[0])}")
    return "\n".join(lines)


def blocks_html(blocks: Sequence[Block], title: str) -> str:
    """The pieces as one page that needs no other file; whatever was filled in stays text."""
    body = "\n".join(line for block in blocks for line in _html(block))
    return _PAGE.format(title=in_html(title), body=body)


def _html(block: Block) -> Iterator[str]:
    if block.rows:
        head, *rows = block.rows
        yield "<table>"
        cells = "".join(f'<th scope="col">{in_html(cell)}</th>' for cell in head)
        yield f"<thead><tr>{cells}</tr></thead>"
        yield "<tbody>"
        for row in rows:
            yield f"<tr>{''.join(f'<td>{in_html(cell)}</td>' for cell in row)}</tr>"
        yield "</tbody></table>"
    elif block.level:
        tag = f"h{block.level}"
        yield f"<{tag}>{in_html(block.text)}</{tag}>"
    else:
        place = f' class="{block.place}"' if block.place else ""
        yield f"<p{place}>{in_html(block.text)}</p>"
