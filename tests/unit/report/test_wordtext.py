from html.parser import HTMLParser

from engine.report.officialdoc import OfficialDocument
from engine.report.wordtext import Block, blocks_html, blocks_markdown, document_blocks


def blocks() -> list[Block]:
    document = OfficialDocument()
    document.letterhead("市政府")
    document.title("通報")
    document.recipients("各縣：")
    document.heading(1, "情況")
    document.heading(2, "<進展>")
    document.paragraph("*甲*|乙")
    document.table(("單位", "數"), [("東縣", "=1+1"), ("西|縣", "<b>")], (1, 1))
    document.signature("市政府", "2025年7月5日")
    return document_blocks(document.word)


def test_pieces_come_in_their_order_with_their_places() -> None:
    assert [(each.text, each.level, each.place) for each in blocks()] == [
        ("市政府", 0, "center"),
        ("通報", 1, ""),
        ("各縣：", 0, "flush"),
        ("一、情況", 2, ""),
        ("（一）<進展>", 3, ""),
        ("*甲*|乙", 0, ""),
        ("", 0, ""),
        ("市政府", 0, "right"),
        ("2025年7月5日", 0, "right"),
    ]
    assert blocks()[6].rows == [["單位", "數"], ["東縣", "=1+1"], ["西|縣", "<b>"]]


def test_markdown_says_the_same() -> None:
    assert blocks_markdown(blocks()) == (
        "市政府\n\n# 通報\n\n各縣：\n\n## 一、情況\n\n### （一）\\<進展\\>\n\n\\*甲\\*\\|乙\n\n"
        "| 單位 | 數 |\n| --- | --- |\n| 東縣 | =1+1 |\n| 西\\|縣 | \\<b\\> |\n\n市政府\n\n2025年7月5日\n"
    )


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        if data.strip() and self.tags[-1] != "style":
            self.said.append(data)


def test_html_says_the_same_and_nothing_that_was_filled_in_becomes_a_tag() -> None:
    reader = Reader()
    reader.feed(blocks_html(blocks(), "<script>"))
    assert reader.said == [
        "<script>", "市政府", "通報", "各縣：", "一、情況", "（一）<進展>", "*甲*|乙", "單位", "數", "東縣", "=1+1",
        "西|縣",
        "<b>", "市政府", "2025年7月5日",
    ]  # fmt: skip
    assert "script" not in reader.tags
    assert reader.tags.count("th") == 2
    assert "http" not in blocks_html(blocks(), "a")
