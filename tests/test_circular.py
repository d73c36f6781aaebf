"""The finished circular, read again: every number is recounted from the verdicts, and its pages are measured."""

import contextlib
import csv
import html
import io
import json
import re
import shutil
import zipfile
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from python_calamine import CalamineWorkbook

from engine.names import to_simplified
from tests.conftest import ROOT, RunCli
from tests.officedesk import WRITER, Pdf, to_pdf
from tests.test_followup import DAYS, STATES
from tests.test_hostile import OBEYED, harmless
from tests.test_published import LIANYUNGANG_2019
from tests.unit.report.official_of import numbers, standard

Json = dict[str, Any]
Table = list[list[str]]

FORMS = ("docx", "html", "md", "xlsx")
WORDS = {"pass": "達標", "at-risk": "預警", "fail": "未達標", "undecided": "未判定"}
HEADINGS = (
    "一、總體情況", "二、主要指標完成情況", "三、量化目標完成情況", "四、未達序時進度的事項", "五、排名情況",
    "六、表揚與點名", "七、報送情況", "八、核查發現", "九、督辦辦理情況", "十、工作要求",
)  # fmt: skip
ANNEXES = ("各項判定明細", "各單位分項情況", "現行口徑", "計算說明", "未達序時進度事項的推導")


class Paper:
    """A finished Word document: its paragraphs, its tables by the first cells of their heads, and its bytes."""

    def __init__(self, path: Path) -> None:
        self.bytes = path.read_bytes()
        self.word = Document(io.BytesIO(self.bytes))
        self.lines = [each.text for each in self.word.paragraphs]
        self.tables: list[Table] = [
            [[cell.text for cell in row.cells] for row in each.rows] for each in self.word.tables
        ]

    def line(self, beginning: str) -> str:
        return next(line for line in self.lines if line.startswith(beginning))

    def table(self, *heads: str) -> Table:
        """The rows of the table with these heads, the head left out; 無 alone stands for none."""
        rows = next(table[1:] for table in self.tables if table[0] == list(heads))
        return [] if rows and rows[0][0] == "無" and not any(rows[0][1:]) else rows


def make(run_cli: RunCli, folder: Path, *args: str | Path, cwd: Path | None = None) -> None:
    outputs = [part for form in FORMS for part in ("-o", folder / f"c.{form}")]
    ran = run_cli("circular", *args, *outputs, cwd=cwd)
    assert (ran.exit_code, "Traceback" in ran.stderr) == (0, False), ran.stderr


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The circular of this book's first half-year in every form, in Traditional characters."""
    from click.testing import CliRunner

    from cli import cli

    made = tmp_path_factory.mktemp("circular")
    outputs = [part for form in FORMS for part in ("-o", str(made / f"c.{form}"))]
    told = ["--number", "咸督〔2025〕3號", "--date", "2025-07-20", "--lang", "zh-Hant"]
    with contextlib.chdir(ROOT):
        ran = CliRunner().invoke(cli, ["circular", "submissions/2025Q2", *told, *outputs])
    assert ran.exit_code == 0, ran.output
    return made


@pytest.fixture(scope="module")
def paper(folder: Path) -> Paper:
    return Paper(folder / "c.docx")


@pytest.fixture
def checked(run_cli: RunCli) -> Json:
    return dict(json.loads(run_cli("check", "submissions/2025Q2", "--format", "json", "--lang", "zh-Hant").stdout))


@pytest.fixture(scope="module")
def names() -> dict[str, str]:
    """The names of the book's indicators."""
    from engine.pipeline import open_book

    book = open_book(ROOT, [])
    assert book is not None
    return {indicator.id: indicator.name for indicator in book.indicators.values()}


@pytest.fixture
def ranked(run_cli: RunCli) -> Json:
    return dict(json.loads(run_cli("rank", "submissions/2025Q2", "--format", "json", "--lang", "zh-Hant").stdout))


def counted(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"(\d+)[項條個]", text)]


def lead(document: Json) -> dict[str, list[Json]]:
    """The verdicts of every target, the lead's first."""
    by_target: dict[str, list[Json]] = {}
    for row in document["verdicts"]:
        by_target.setdefault(row["target"], []).append(row)
    return {target: sorted(rows, key=lambda row: row["role"] != "lead") for target, rows in by_target.items()}


# --- every number is recounted -----------------------------------------------------------------------------------


def test_totals_are_those_of_the_verdicts_and_add_up(paper: Paper, checked: Json) -> None:
    rows = checked["verdicts"]
    by_verdict = Counter(row["verdict"] for row in rows)
    bodies, *parts = counted(paper.line("本期對"))
    classes = [by_verdict[each] for each in ("pass", "at-risk", "fail", "undecided")]
    assert (bodies, parts) == (len({row["organization"] for row in rows}), [len(rows), *classes, 0])
    assert sum(classes) == len(rows)
    of_targets = Counter(rows[0]["verdict"] for rows in lead(checked).values())
    assert counted(paper.line("按方案目標計")) == [
        sum(of_targets.values()), *(of_targets[each] for each in ("pass", "at-risk", "fail", "undecided")),
    ]  # fmt: skip


def test_headlines_have_value_gap_and_places(paper: Paper, checked: Json, ranked: Json, names: dict[str, str]) -> None:
    group = ranked["groups"][0]
    headline = ("gdp-growth", "industrial-value-added-growth", "fixed-asset-investment-growth", "budget-revenue-growth",
                "retail-sales-growth", "trade-growth")  # fmt: skip
    for number, rule in enumerate(headline, 1):
        row = next(row for row in checked["verdicts"] if row["rule"] == rule and row["role"] == "lead")
        line = paper.line(f"{number}.")
        said, _, others = line.partition("。各單位依次為：")
        assert said == f"{number}.{names[row['indicator']]}（{row['organization']}）：{row['sentence']}"
        scores = [
            (each["place"], body["organization"])
            for body in group["places"]
            for each in body["targets"]
            if each["rule"] == rule and each["place"] is not None
        ]
        told = re.findall(r"([^、。]+?)-?\d[\d.]*%\((\d+)\)", others)
        assert sorted((int(place), body) for body, place in told) == sorted(scores)
        assert [int(place) for _, place in told] == sorted(place for place, _ in scores)


def test_every_target_is_restated_then_judged(paper: Paper, checked: Json, run_cli: RunCli) -> None:
    plan = json.loads(run_cli("targets", "--format", "json").stdout)
    quotes = {target["id"]: (target["clause"], target["quote"]) for target in plan["targets"]}
    by_target = lead(checked)
    expected = []
    for target, (clause, quote) in quotes.items():
        if target not in by_target:
            continue
        main, *others = by_target[target]
        said = main["sentence"]
        if others:
            counts = Counter(row["verdict"] for row in others)
            said += f"；另{len(others)}個單位：" + "、".join(
                f"{WORDS[each]}{counts[each]}" for each in WORDS if counts[each]
            )
        expected.append([clause, quote, main["organization"], said, WORDS[main["verdict"]]])
    assert paper.table("條款", "方案原文", "單位", "完成情況", "判定") == expected


def test_list_of_what_is_not_on_pace_is_whole(
    paper: Paper, checked: Json, run_cli: RunCli, names: dict[str, str]
) -> None:
    behind = [row for each in ("fail", "at-risk") for row in checked["verdicts"] if row["verdict"] == each]
    rows = paper.table("號", "條款", "指標", "單位", "牽頭", "應達", "報送", "差距", "判定")
    assert [row[0] for row in rows] == [str(number) for number in range(1, len(behind) + 1)]
    plan = json.loads(run_cli("targets", "--format", "json").stdout)
    leads = {clause["clause"]: "、".join(clause["lead"]) for clause in plan["clauses"]}
    for row, verdict in zip(rows, behind, strict=True):
        assert row[1:5] == [
            verdict["clause"],
            names[verdict["indicator"]],
            verdict["organization"],
            leads[verdict["clause"]],
        ]
        assert row[7].split()[0] == verdict["gap"]
        assert row[8] == WORDS[verdict["verdict"]]
        if verdict["due"] is not None and verdict["kind"] != "milestone":
            assert row[5].split()[0] == verdict["due"]
    failed = [row for row in behind if row["verdict"] == "fail"]
    beginning = f"未達標{len(failed)}項、預警{len(behind) - len(failed)}項，共{len(behind)}項"
    assert paper.line("未達標").startswith(beginning)


def test_places_are_those_of_the_ranking(paper: Paper, ranked: Json) -> None:
    heads = ["名次", "升降", "單位", "得分", "位次區間", "難分先後"]
    tables = [table[1:] for table in paper.tables if table[0] == heads]
    assert len(tables) == len(ranked["groups"])
    for rows, group in zip(tables, ranked["groups"], strict=True):
        for row, place in zip(rows, group["places"], strict=True):
            best, worst = place["range"] or (None, None)
            change = place["change"]
            arrow = "" if change is None else "持平" if change == 0 else f"{'↑' if change > 0 else '↓'}{abs(change)}"
            assert row[:5] == [
                str(place["place"] or "-"), arrow, place["organization"], place["score"] or "-",
                "" if best is None else str(best) if best == worst else f"{best}–{worst}",
            ]  # fmt: skip
        for word, key in (("表揚", "commended"), ("點名", "named")):
            line = next(line for line in paper.lines if line.startswith(group["group"]) and "予以表揚" in line)
            said = re.search(f"予以{word}的單位，(.*?)[；。]", line)
            assert said is not None
            assert said[1] == ("、".join(group[key]) or "無")


def test_what_did_not_come_in_and_what_was_found(paper: Paper, checked: Json) -> None:
    gone = [row for row in checked["verdicts"] if row["reason"] in
            ("missing", "unusable", "different-measure", "no-baseline")]  # fmt: skip
    by_body = Counter(row["organization"] for row in gone)
    assert counted(paper.line("有")) == [len(by_body), len(gone)]
    assert {row[0]: int(row[1]) for row in paper.table("單位", "項數", "事項")} == by_body
    severities = Counter(finding["severity"] for finding in checked["findings"])
    assert counted(paper.line("數據核查")) == [
        len(checked["findings"]), severities["error"], severities["warning"], severities["note"],
    ]  # fmt: skip
    assert len(paper.table("級別", "內容", "位置")) == severities["error"] + severities["warning"]


def test_annexes_hold_every_verdict_and_where_it_comes_from(paper: Paper, checked: Json, names: dict[str, str]) -> None:
    details = paper.table("條款", "指標", "單位", "應達", "報送", "判定", "完成情況")
    assert [[row[0], row[1], row[2], row[5], row[6]] for row in details] == [
        [row["clause"], names[row["indicator"]], row["organization"], WORDS[row["verdict"]], row["sentence"]]
        for row in checked["verdicts"]
    ]
    computed = dict(paper.table("項目", "內容"))
    assert computed["規則摘要（SHA-256）"] == checked["book"]["digest"]
    total = checked["account"]["total"]
    assert [int(number) for number in re.findall(r"\d+", computed["報送數據"])][1:] == [
        total["read"], total["judged"], total["not-needed"], total["refused"],
    ]  # fmt: skip
    policy = [row[0] for row in paper.table("項目", "內容", "依據")]
    for decided in (
        "捨入",
        "並列",
        "僅年終考核的指標",
        "四個季度的權重",
        "縣市區和高新區：計分辦法",
        "市直部門：表揚與點名",
    ):
        assert decided in policy


def test_table_of_targets_and_bodies_is_that_of_the_ranking(paper: Paper, ranked: Json) -> None:
    group = ranked["groups"][0]
    bodies = [place["organization"] for place in group["places"]]
    table = next(table for table in paper.tables if table[0] == ["條款", "指標", "權重", *bodies])
    by_body = {place["organization"]: {each["rule"]: each for each in place["targets"]} for place in group["places"]}
    rules = list(dict.fromkeys(rule for scores in by_body.values() for rule in scores))
    assert len(table) - 1 == len(rules)
    cells = [cell for row in table[1:] for cell in row[3:]]
    assert cells.count("-") == sum(
        rule not in scores or scores[rule]["why"] == "not-applicable" for scores in by_body.values() for rule in rules
    )
    places = Counter(int(found[1]) for cell in cells if (found := re.search(r"\((\d+)\)$", cell)))
    assert places == Counter(each["place"] for scores in by_body.values() for each in scores.values() if each["place"])


# --- the same in every form ------------------------------------------------------------------------------------


class _Cells(HTMLParser):
    """The texts of a page in their order, and its tags."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: Counter[str] = Counter()
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self._open = tag in ("td", "th", "p", "h1", "h2", "h3")
        if self._open:
            self.texts.append("")

    def handle_data(self, data: str) -> None:
        if self._open and self.texts:
            self.texts[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._open = False


def words_of(paper: Paper) -> list[str]:
    """All texts of the Word document's body in their order, without empty lines."""
    texts: list[str] = []
    for element in paper.word.element.body.iterchildren():
        if element.tag == qn("w:p"):
            text = "".join(piece.text or "" for piece in element.iter(qn("w:t"))).strip()
            texts += [text] if text else []
        elif element.tag == qn("w:tbl"):
            texts += ["".join(piece.text or "" for piece in cell.iter(qn("w:t"))) for cell in element.iter(qn("w:tc"))]
    return texts


def read_html(path: Path) -> _Cells:
    reader = _Cells()
    reader.feed(path.read_text(encoding="utf-8").partition("<body>")[2])
    return reader


def read_markdown(path: Path) -> list[str]:
    texts: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if set(line) <= set("|- "):
            continue
        cells = re.split(r" ?(?<!\\)\| ?", line)[1:-1] if line.startswith("| ") else [re.sub("^#+ ", "", line)]
        texts += [html.unescape(re.sub(r"\\(.)", r"\1", cell)).strip() for cell in cells]
    return texts


def test_word_html_and_markdown_say_the_same(folder: Path, paper: Paper) -> None:
    said = words_of(paper)
    assert read_html(folder / "c.html").texts == said
    assert read_markdown(folder / "c.md") == said


def formulas(path: Path) -> list[str]:
    """The formulas and links of a workbook, as its XML has them."""
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/")]
    return [found for part in parts for found in re.findall("<f[ >].*?</f>|<hyperlink[ >].*?>", part)]


def test_workbook_has_numbers_as_numbers_and_all_verdicts(folder: Path, checked: Json) -> None:
    heads, *cells = CalamineWorkbook.from_path(folder / "c.xlsx").get_sheet_by_name("判定").to_python()
    rows = [dict(zip(heads, row, strict=True)) for row in cells]
    assert len(rows) == len(checked["verdicts"])
    for row, verdict in zip(rows, checked["verdicts"], strict=True):
        assert (row["條款"], row["單位"], row["判定"]) == (
            verdict["clause"], verdict["organization"], WORDS[verdict["verdict"]],
        )  # fmt: skip
        for column, key in (("應達", "due"), ("實際", "actual"), ("差距", "gap")):
            if verdict[key] is None:
                assert row[column] == ""
            elif "/" not in verdict[key]:
                number = row[column]
                assert isinstance(number, int | float), (column, verdict[key])
                assert number == float(verdict[key])
    assert formulas(folder / "c.xlsx") == []


def test_simplified_circular_says_the_same(run_cli: RunCli, tmp_path: Path, paper: Paper) -> None:
    make(
        run_cli,
        tmp_path,
        "submissions/2025Q2",
        "--number",
        "咸督〔2025〕3號",
        "--date",
        "2025-07-20",
        "--lang",
        "zh-Hans",
    )
    same = Paper(tmp_path / "c.docx")
    simplified = [to_simplified(text) for text in words_of(paper)]
    assert [to_simplified(text) for text in words_of(same)] == simplified
    traditional = {text for text in words_of(same) if text != to_simplified(text)}
    # The number of the document and what bodies wrote stay as they were written.
    written = {text for row in same.tables for cells in row for text in cells}
    assert traditional <= written | {"咸督〔2025〕3號"}
    assert "关于2025年上半年目标任务完成情况的通报" in same.lines


def test_same_input_gives_the_same_bytes(run_cli: RunCli, folder: Path, tmp_path: Path) -> None:
    make(
        run_cli,
        tmp_path,
        "submissions/2025Q2",
        "--number",
        "咸督〔2025〕3號",
        "--date",
        "2025-07-20",
        "--lang",
        "zh-Hant",
    )
    for form in FORMS:
        assert (tmp_path / f"c.{form}").read_bytes() == (folder / f"c.{form}").read_bytes(), form


# --- published words -------------------------------------------------------------------------------------------


def test_sentences_of_lianyungang_2019_come_out_word_for_word(run_cli: RunCli, tmp_path: Path) -> None:
    book = ROOT / "tests/books/lianyungang-2019"
    make(run_cli, tmp_path, book / "submissions/2019Q3", "--book", book, "--lang", "zh-Hans")
    lines = Paper(tmp_path / "c.docx").lines
    headlines = [line.partition("：")[2] for line in lines if re.match(r"\d\..*：", line)]
    assert len(headlines) == len(LIANYUNGANG_2019)
    for said, (_, _, sentence) in zip(headlines, LIANYUNGANG_2019.values(), strict=True):
        assert re.split("[。（]", said)[0] == sentence


# --- pages -----------------------------------------------------------------------------------------------------

needs_writer = pytest.mark.skipif(
    WRITER is None, reason="LibreOffice Writer (Debian's package libreoffice-writer) or poppler-utils is not here"
)


@pytest.fixture(scope="module")
def printed(folder: Path) -> Pdf:
    return to_pdf(folder / "c.docx", folder / "pdf")


@needs_writer
def test_pages_have_the_size_and_margins_of_the_standard(printed: Pdf) -> None:
    left, right, top, bottom = 28, 210 - 26, 37, 297 - 35
    assert len(printed.pages) > 10
    for page in printed.pages:
        assert (round(page.width), round(page.height)) == (210, 297)
        body = [word for word in page.words if word.top < bottom]
        assert body, "no page is blank"
        # A full-width mark may hang out by a part of its width; letters may not.
        assert min(word.left for word in body) >= left - 1
        assert max(word.right for word in body) <= right + 3.5
        assert min(word.top for word in body) >= top - 1
        assert max(word.bottom for word in body) <= bottom + 1
    feet = ["".join(word.text for word in page.words if word.top >= bottom) for page in printed.pages]
    assert feet == [f"—{number}—" for number in range(1, len(printed.pages) + 1)]


@needs_writer
def test_headings_tables_and_annexes_stand_in_order(printed: Pdf, paper: Paper) -> None:
    whole = "".join(page.text for page in printed.pages)
    places = [whole.index(heading) for heading in HEADINGS]
    assert places == sorted(places)
    begins = [next(n for n, page in enumerate(printed.pages) if page.text.startswith(f"附件{number}"))
              for number in range(1, len(ANNEXES) + 1)]  # fmt: skip
    assert begins == sorted(set(begins))
    for title, page in zip(ANNEXES, begins, strict=True):
        assert title in printed.pages[page].text
    # No row is lost or cut: every cell of every table is on some page, in one piece or over two lines.
    for table in paper.tables:
        for row in table[1:]:
            for cell in row:
                assert re.sub(r"\s", "", cell) in whole


@needs_writer
def test_a_table_that_goes_on_repeats_its_head(printed: Pdf) -> None:
    head = "條款指標單位應達報送判定完成情況"
    begin = next(n for n, page in enumerate(printed.pages) if page.text.startswith("附件1"))
    end = next(n for n, page in enumerate(printed.pages) if page.text.startswith("附件2"))
    assert end - begin > 3
    for page in printed.pages[begin + 1 : end]:
        highest = sorted(page.words, key=lambda word: (round(word.top), word.left))
        assert "".join(word.text for word in highest).startswith(head)


@needs_writer
def test_signature_does_not_stand_alone_and_fonts_are_embedded(printed: Pdf) -> None:
    signed = next(page for page in printed.pages if "附件：1.各項判定明細" in page.text)
    assert "日前報送" in signed.text
    assert "咸寧市人民政府辦公室2025年7月20日" in signed.text
    assert printed.fonts
    assert all(printed.fonts.values())


def test_xml_has_the_numbers_of_the_standard(paper: Paper) -> None:
    section = paper.word.sections[0]
    measures = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    width, height, *margins = [round(each.mm) if each is not None else None for each in measures]
    assert [width, height] == numbers("paper")[1:3]
    assert margins == [numbers("top margin 天头")[0], numbers("left margin 订口")[0]]
    assert standard()["body font"].startswith("3号仿宋体")
    for line in paper.word.paragraphs:
        style = line.style.name if line.style is not None else ""
        sizes = {run.font.size.pt for run in line.runs if run.text and run.font.size is not None}
        if style.startswith("Heading"):
            assert sizes == {16.0}
            assert {run.font.bold for run in line.runs} <= {None, False}
    titles = [
        line
        for line in paper.word.paragraphs
        if line.runs and line.runs[0].font.size and line.runs[0].font.size.pt == 22
    ]
    assert [line.text for line in titles] == ["關於2025年上半年目標任務完成情況的通報", *ANNEXES]
    for table in paper.word.tables:
        assert table._tbl.tr_lst[0].find(f".//{qn('w:tblHeader')}") is not None
        assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in table._tbl.tr_lst)


# --- other books and other days --------------------------------------------------------------------------------

FOLLOWUP = ROOT / "tests/books/followup"


@pytest.mark.parametrize("period", DAYS)
def test_next_circular_counts_where_notices_stand(run_cli: RunCli, tmp_path: Path, period: str) -> None:
    told = ("--book", FOLLOWUP, "--date", DAYS[period], "--lang", "zh-Hant", "--period", period)
    make(run_cli, tmp_path, FOLLOWUP / "submissions", *told)
    paper = Paper(tmp_path / "c.docx")
    by_hand = Counter(STATES[period].split())
    total, *parts = counted(paper.line("累計發出"))
    assert parts[:5] == [by_hand[state] for state in ("overdue", "refused", "open", "answered", "closed")]
    assert sum(parts[:5]) == total
    rows = paper.table("單位", "文號", "條款", "指標", "回復期限", "狀態", "說明")
    assert len(rows) == total - parts[4]


def test_year_end_tells_of_every_clause(run_cli: RunCli, tmp_path: Path) -> None:
    book = Path(shutil.copytree(FOLLOWUP, tmp_path / "book"))
    policy = book / "policy.yaml"
    scored = policy.read_text(encoding="utf-8") + (
        "scoring:\n  groups:\n  - name: 各局\n    members: [水利局, 教育局]\n    document: 示例\n"
        "    illustrative: true\n    undecided: {missing: 0}\n"
        "    method: {name: verdict, points: {pass: 100, at-risk: 60, fail: 0}, document: 示例}\n"
    )
    policy.write_text(scored, encoding="utf-8")
    make(run_cli, tmp_path, book / "submissions", "--book", book, "--period", "2025", "--lang", "zh-Hant")
    ran = run_cli("rank", book / "submissions", "--book", book, "--period", "2025", "--format", "json")
    clauses = json.loads(ran.stdout)["clauses"]
    paper = Paper(tmp_path / "c.docx")
    kept = Counter(clause["kept"] for clause in clauses)
    assert counted(paper.line("全年方案共")) == [
        len(clauses), kept["kept"], kept["not-kept"], kept["undecided"], kept["qualitative"],
    ]  # fmt: skip
    assert [row[0] for row in paper.table("條款", "結果", "目標")] == [
        clause["clause"] for clause in clauses if clause["kept"] in ("not-kept", "undecided")
    ]


def test_book_without_scoring_is_not_ranked(run_cli: RunCli, tmp_path: Path) -> None:
    make(run_cli, tmp_path, FOLLOWUP / "submissions/2025Q1", "--book", FOLLOWUP, "--lang", "zh-Hant")
    lines = Paper(tmp_path / "c.docx").lines
    assert "政策文件未定計分辦法，本期不作排名。" in lines
    assert [line for line in lines if line.startswith(("二、", "無。", "三、"))] == [
        "二、主要指標完成情況",
        "無。",
        "三、量化目標完成情況",
    ]
    # Without a number there is no red head, and without a day room for one.
    assert lines[0] == "" or lines[0].startswith("關於")
    assert "　年　月　日" in lines


def test_office_changes_the_wording_in_word(run_cli: RunCli, tmp_path: Path) -> None:
    book = Path(shutil.copytree(FOLLOWUP, tmp_path / "book"))
    template = Document(str(ROOT / "templates/circular.docx"))
    title = next(each for each in template.paragraphs if each.text.startswith("關於"))
    title.runs[0].text = "{{期別}}通报（{{单位数}}家）{{沒有}}"
    (book / "templates").mkdir(exist_ok=True)
    template.save(str(book / "templates/circular.docx"))
    ran = run_cli(
        "circular", book / "submissions/2025Q1", "--book", book, "-o", tmp_path / "c.docx", "--lang", "zh-Hant"
    )
    assert ran.exit_code == 3
    assert "[placeholder-unknown]" in ran.stdout + ran.stderr
    assert "2025年一季度通报（4家）{{沒有}}" in Paper(tmp_path / "c.docx").lines


def test_root_book_has_the_template_that_ships() -> None:
    shipped = ROOT / "engine/report/templates/circular.docx"
    assert (ROOT / "templates/circular.docx").read_bytes() == shipped.read_bytes()


@pytest.mark.parametrize(
    ("args", "word"),
    [
        (("submissions/2025Q2", "-o", "circular.pdf"), ".docx"),
        (("submissions/absent", "-o", "circular.docx"), "no such file"),
        (("submissions/2025Q2", "-o", "absent/circular.docx"), "absent"),
        (("submissions/2025Q2", "--period", "2025Q4", "-o", "circular.docx"), "2025Q4"),
    ],
)
def test_wrong_usage_writes_nothing(run_cli: RunCli, tmp_path: Path, args: tuple[str, ...], word: str) -> None:
    shutil.copytree(ROOT / "submissions", tmp_path / "submissions")
    before = sorted(tmp_path.iterdir())
    ran = run_cli("circular", *args, "--book", ROOT, cwd=tmp_path)
    assert (ran.exit_code, word in ran.stderr) == (2, True), ran.stderr
    assert sorted(tmp_path.iterdir()) == before


def test_unusable_input_is_code_3_and_the_circular_is_there(run_cli: RunCli, tmp_path: Path) -> None:
    spoilt = tmp_path / "spoilt.yaml"
    spoilt.write_text("organization: 市財政局\nperiod: 2025Q2\nfigures: {budget-revenue-growth: 7}\n", encoding="utf-8")
    ran = run_cli("circular", spoilt, "-o", tmp_path / "c.md", "--lang", "zh-Hant")
    assert ran.exit_code == 3
    assert "錯誤1項" in (tmp_path / "c.md").read_text(encoding="utf-8")


# --- hostile text ----------------------------------------------------------------------------------------------

NASTY = (
    "<script>alert(1)</script>",
    "=cmd|'/C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "甲\u202e乙",
    "{{方案}}",
    "|*_`#",
)


def hostile_book(folder: Path) -> Path:
    """A book whose names, quotes and reasons are all traps; its figures are illustrative."""
    script, formula, plus, minus, at, _, _, marks = NASTY
    target = {
        "id": "canals",
        "quote": f"修80公里{script}",
        "kind": "rate",
        "comparator": "at_least",
        "value": 80,
        "unit": "%",
    }
    clause = {"clause": "1", "lead": [formula], "responsible": list(NASTY), "targets": [target]}
    rule = {
        "id": "canals", "target": "canals", "indicator": "canals", "kind": "rate", "comparator": "at_least",
        "threshold": "80 %",
        "judged": {"lead": "city", "responsible": {"same": [name for name in NASTY if name != formula]}},
    }  # fmt: skip
    group = {
        "name": minus, "members": list(NASTY), "document": marks, "illustrative": True, "undecided": {"missing": 0},
        "method": {"name": "completion", "cap": 120, "document": formula},
    }  # fmt: skip
    files: dict[str, Json] = {
        "targets.yaml": {
            "plan": {"title": script, "issuer": formula, "year": 2025, "date": "2025-01-20"}, "clauses": [clause],
        },
        "organizations.yaml": {"organizations": [{"name": name, "tier": "county"} for name in NASTY]},
        "policy.yaml": {
            "notices": {"office": plus}, "circular": {"recipients": at, "headline": ["canals"]},
            "scoring": {"groups": [group]},
        },
        "rules/001.yaml": {
            "clause": "1", "indicators": [{"id": "canals", "name": script, "unit": "%"}], "rules": [rule],
        },
    }  # fmt: skip
    for number, name in enumerate(NASTY):
        figure = {"value": f"{70 + number} %", "note": name}
        files[f"submissions/2025Q2/{number}.yaml"] = {"organization": name, "figures": {"canals": figure}}
    for name, content in files.items():
        path = folder / "hostile" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content), encoding="utf-8")
    return folder / "hostile"


@pytest.fixture
def hostile(run_cli: RunCli, tmp_path: Path) -> Path:
    book = hostile_book(tmp_path)
    outputs = [part for form in FORMS for part in ("-o", tmp_path / f"c.{form}")]
    ran = run_cli(
        "circular", book / "submissions/2025Q2", "--book", book, "--number", NASTY[1], *outputs, "--lang", "zh-Hant"
    )
    assert ran.exit_code in (0, 3), ran.stderr
    return tmp_path


def test_hostile_text_is_text_in_every_form(hostile: Path) -> None:
    shown = [text.replace("\u202e", "<U+202E>") for text in NASTY]
    words = words_of(Paper(hostile / "c.docx"))
    page = read_html(hostile / "c.html")
    for text in shown:
        assert any(text in each for each in words), text
        assert any(text in each for each in page.texts), text
    assert set(page.tags) <= {"p", "h1", "h2", "h3", "table", "thead", "tbody", "tr", "th", "td"}
    for form in ("html", "md"):
        assert not OBEYED.search((hostile / f"c.{form}").read_text(encoding="utf-8").replace("\n", " "))
    assert not re.search(r"(?<!\\)<", (hostile / "c.md").read_text(encoding="utf-8"))
    assert formulas(hostile / "c.xlsx") == []
    book = CalamineWorkbook.from_path(hostile / "c.xlsx")
    cells = {cell for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row}
    assert set(shown) <= cells


@pytest.mark.parametrize("form", ["table", "csv", "markdown"])
def test_hostile_text_steers_nothing_in_a_ranking(run_cli: RunCli, tmp_path: Path, form: str) -> None:
    book = hostile_book(tmp_path)
    ran = run_cli("rank", book / "submissions/2025Q2", "--book", book, "--format", form, "--lang", "en")
    assert ran.exit_code == 0
    if form == "csv":
        cells = [cell for row in csv.reader(io.StringIO(ran.stdout)) for cell in row]
        assert [cell for cell in cells if not harmless(cell)] == []
        return
    assert not OBEYED.search(ran.stdout.replace("\n", ""))
    if form == "markdown":
        assert re.findall(r"(?<!\\)<\w", ran.stdout) == []
