"""Documents as an office prints them: turned into PDF by LibreOffice, and the pages measured."""

import re
import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from engine.report.officialdoc import OfficialDocument
from tests.conftest import ROOT, RunCli
from tests.officedesk import WRITER, Page, Pdf, Word, to_pdf
from tests.unit.report.official_of import DAY, numbers

pytestmark = pytest.mark.skipif(WRITER is None, reason="LibreOffice Writer or poppler is not here")

#: What a printed line may stand beside its place: fonts that stand in have other bearings.
SLACK = 1.5


@pytest.fixture(scope="module")
def notice(tmp_path_factory: pytest.TempPathFactory) -> Pdf:
    """A notice of the book in the repository's root with many items, and its annex."""
    from click.testing import CliRunner

    from cli import cli

    folder = tmp_path_factory.mktemp("printed")
    ran = CliRunner().invoke(
        cli, ["notices", "2025Q2", "-o", str(folder / "out"), "--book", str(ROOT)], catch_exceptions=False
    )
    assert ran.exit_code == 0
    return to_pdf(folder / "out" / "市住新局.docx", folder / "pdf")


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Pdf:
    """A document with headings of all levels, a table over several pages, and two annexes."""
    document = OfficialDocument()
    document.letterhead("示例市人民政府")
    document.number("示政督〔2025〕1號")
    document.title("通報")
    document.recipients("各縣：")
    document.heading(1, "總體情況")
    document.heading(2, "進展")
    document.paragraph("字" * 300)
    rows = [(f"單位{number}", "完成情況" * 12, f"得分{number}") for number in range(1, 61)]
    document.table(("單位名", "情況欄", "得分欄"), rows, (2, 5, 2))
    document.annex_note(["全表", "計分辦法"])
    document.signature("示例市人民政府", "2025年7月5日")
    for number, name in enumerate(("全表", "計分辦法"), 1):
        document.annex(name, number)
        document.paragraph("從略。")
    folder = tmp_path_factory.mktemp("long")
    (folder / "long.docx").write_bytes(document.to_bytes("通報", "示例市人民政府", DAY))
    return to_pdf(folder / "long.docx", folder / "pdf")


def body_words(page: Page) -> list[Word]:
    """What stands on a page above its number."""
    return [word for word in page.words if word.bottom <= page.height - numbers("derived right / bottom margin")[1] + 2]


def foot(page: Page) -> list[Word]:
    return [word for word in page.words if word not in body_words(page)]


def find(page: Page, text: str) -> Word:
    """The piece of a page's text that begins so."""
    return next(word for word in page.words if word.text.startswith(text))


@pytest.mark.parametrize("which", ["notice", "long"])
def test_pages_have_the_paper_and_the_margins(which: str, request: pytest.FixtureRequest) -> None:
    pdf: Pdf = request.getfixturevalue(which)
    top, left = numbers("top margin 天头")[0], numbers("left margin 订口")[0]
    right, bottom = numbers("derived right / bottom margin")[:2]
    for page in pdf.pages:
        assert [page.width, page.height] == pytest.approx(numbers("paper")[1:], abs=0.5)
        words = body_words(page)
        assert min(word.left for word in words) >= left - SLACK
        assert max(word.right for word in words) <= page.width - right + SLACK
        assert min(word.top for word in words) >= top - SLACK
        assert max(word.bottom for word in words) <= page.height - bottom + SLACK
    # The margins are those, and not larger ones.
    assert min(word.left for page in pdf.pages for word in body_words(page)) == pytest.approx(left, abs=SLACK)


@pytest.mark.parametrize("which", ["notice", "long"])
def test_no_page_is_blank_and_each_has_its_number_outside(which: str, request: pytest.FixtureRequest) -> None:
    pdf: Pdf = request.getfixturevalue(which)
    assert len(pdf.pages) > 2
    left, right = numbers("left margin 订口")[0], numbers("derived right / bottom margin")[0]
    size = 14 * 25.4 / 72
    for number, page in enumerate(pdf.pages, 1):
        assert body_words(page), f"page {number} is blank"
        words = foot(page)
        assert "".join(word.text for word in words) == f"—{number}—"
        # 7.5: 7 mm below the type area, one character from its edge: right on odd pages, left on even ones.
        below = page.height - numbers("derived right / bottom margin")[1] + numbers("page number")[1]
        middle = (words[0].top + words[0].bottom) / 2
        assert middle == pytest.approx(below + size / 2, abs=SLACK)
        if number % 2:
            assert words[-1].right == pytest.approx(page.width - right - size, abs=SLACK)
        else:
            assert words[0].left == pytest.approx(left + size, abs=SLACK)


def test_letterhead_stands_where_the_standard_wants_it(long: Pdf) -> None:
    head = find(long.pages[0], "示例市人民政府")
    middle = (head.top + head.bottom) / 2
    upper_edge = middle - 42 * 25.4 / 72 / 2
    assert upper_edge == pytest.approx(numbers("top margin 天头")[0] + numbers("letterhead")[0], abs=3)
    assert (head.left + head.right) / 2 == pytest.approx((28 + 210 - 26) / 2, abs=SLACK)


def test_a_full_line_has_28_characters_and_lines_stand_fixed(long: Pdf) -> None:
    lines = [word for page in long.pages for word in page.words if set(word.text) == {"字"}]
    assert [len(word.text) for word in lines] == [26, *[28] * 9, 22]
    steps = [b.top - a.top for a, b in pairwise(lines) if b.top > a.top]
    assert steps == pytest.approx([28.95 * 25.4 / 72] * len(steps), abs=0.2)


def test_fonts_are_embedded_and_stand_in_as_declared(long: Pdf) -> None:
    fonts = long.fonts
    assert fonts
    assert all(fonts.values())
    kinds = {name.split("-")[0] for name in fonts}
    # Where an office's own fonts are not installed, the free ones of the declaration take their place.
    if shutil.which("fc-list") and kinds != {"NotoSerifCJKjp", "NotoSansCJKjp"}:
        assert kinds & {"FangSong", "SimHei", "KaiTi", "NotoSerifCJKsc", "NotoSansCJKsc"}


def test_table_repeats_its_head_and_cuts_no_row(long: Pdf) -> None:
    pages = [page for page in long.pages if "得分" in page.text.replace("得分欄", "")]
    assert len(pages) > 2
    seen: list[str] = []
    for page in pages:
        texts = [word.text for word in page.words]
        assert [texts.count(head) for head in ("單位名", "情況欄", "得分欄")] == [1, 1, 1]
        rows = re.findall(r"單位(\d+)", page.text)
        # Every row has all its words on the page on which it begins.
        assert page.text.count("完成情況") == 12 * len(rows)
        seen += rows
    assert seen == [str(number) for number in range(1, 61)]


def test_headings_come_in_order_and_annexes_begin_pages(long: Pdf) -> None:
    whole = "".join(page.text for page in long.pages)
    wanted = [
        "通報",
        "各縣：",
        "一、總體情況",
        "（一）進展",
        "附件：1.全表",
        "2025年7月5日",
        "附件1全表",
        "附件2計分辦法",
    ]
    places = [whole.index(text) for text in wanted]
    assert places == sorted(places)
    assert [page.text.startswith(f"附件{number}") for number, page in zip((1, 2), long.pages[-2:], strict=True)] == [
        True,
        True,
    ]


def test_notice_says_what_its_text_says(notice: Pdf) -> None:
    text = "".join(page.text for page in notice.pages)
    for said in ("市住新局：", "一、督辦事項", "二、此前尚未辦結的事項", "三、辦理要求", "附件督辦事項回復表"):
        assert said in text, said


def test_hostile_names_are_printed_as_text(run_cli: RunCli, tmp_path: Path) -> None:
    document = OfficialDocument()
    document.paragraph("<script>alert(1)</script>")
    document.paragraph("=cmd()\u202eabc")
    (tmp_path / "hostile.docx").write_bytes(document.to_bytes("a", "b", DAY))
    (page,) = to_pdf(tmp_path / "hostile.docx", tmp_path / "pdf").pages
    assert "<script>alert(1)</script>" in page.text
    assert "=cmd()<U+202E>abc" in page.text
