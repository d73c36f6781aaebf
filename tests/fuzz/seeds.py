"""Where the fuzzing begins: sound files, broken ones, and everything that it has found before."""

import zipfile
from functools import cache
from pathlib import Path

import yaml

from tests.fuzz.mutation import pack
from tests.workbooks import HEADER, Raw, rows_xml, table, workbook

ROOT = Path(__file__).resolve().parents[2]
CORPUS = Path(__file__).resolve().parent / "corpus"

#: Files that are larger cost more than they try.
LARGEST = 20_000


def _files(folder: Path, *endings: str) -> list[bytes]:
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix in endings]
    return [path.read_bytes() for path in paths if path.stat().st_size <= LARGEST]


def yaml_seeds() -> list[bytes]:
    """Broken submissions and sound ones."""
    return [*_files(ROOT / "tests" / "broken", ".yaml"), *_files(ROOT / "submissions", ".yaml")]


def csv_seeds() -> list[bytes]:
    """Broken tables and sound ones, some in other encodings."""
    sound = [*_files(ROOT / "tests" / "broken", ".csv"), *_files(ROOT / "submissions", ".csv")]
    chinese = "單位,指標,數值,計量單位,期別,分項\n市農業農村局,高標準農田建設面積,39000,畝,2025Q2,\n".encode()
    return [*sound, chinese, chinese.decode().encode("gb18030"), b"\xef\xbb\xbf" + chinese]


def xlsx_seeds() -> list[bytes]:
    """Workbooks with every kind of cell, merged cells, hidden rows, shared strings, and a blank form."""
    row = ("市農業農村局", "high-standard-farmland")
    raw = [
        Raw("|<v>39000</v>"), Raw('s="1"|<v>0.104</v>'), Raw('s="2"|<v>45000</v>'), Raw("|<f>A1+1</f>"),
        Raw('s="3"|<v>7</v>'),
        Raw('t="s"|<v>0</v>'), Raw('t="b"|<v>1</v>'), Raw('t="e"|<v>#DIV/0!</v>'), Raw('t="str"|<f>B2</f><v>39</v>'),
    ]  # fmt: skip
    cells = rows_xml([HEADER, *((*row, value, "畝") for value in raw)], hidden=(3,))
    made = workbook(
        {"填報": cells, "說明": rows_xml([("說明",), ("如何填報",)]), "空": ""},
        formats=("0.0%", "yyyy-mm-dd", "0.0,,", '"約"0.00'), merged=("A2:A4", "D2:D3"), hidden_sheets=("說明",),
        strings=("<t>39000</t>", "<r><t>3</t></r><rPh><t>x</t></rPh>"),
    )  # fmt: skip
    plain = table((*row, "39000", "畝"), ("市經信局", "net-new-enterprises", "131", "家"))
    lower = rows_xml([("標題",), ("",), HEADER, (*row, "39000", "畝")], first=4)
    late = workbook({"a": lower}, merged=("A4:D4",), epoch_1904=True)
    return [plain, made, late, _blank_form()]


@cache
def _blank_form() -> bytes:
    from engine.model.period import Period
    from engine.pipeline import make_forms
    from engine.report.formbook import form_workbook
    from engine.report.words import Words
    from tests.fuzz.properties import the_book

    period = Period.parse("2025Q3")
    assert period is not None
    return form_workbook(make_forms(the_book(), period, [], bodies=("市水利和湖泊局",))[0], Words("zh-Hant"))


def plan_seeds() -> list[bytes]:
    """The quotes of the book, set as clauses of a plan."""
    document = yaml.safe_load((ROOT / "targets.yaml").read_text(encoding="utf-8"))
    targets = [target for clause in document["clauses"] for target in clause.get("targets", ())]
    quotes = [target["quote"] for target in targets if "quote" in target]
    bodies = "（牽頭單位：市發改委；責任單位：市經信局、各縣市區）"
    texts = []
    for at in range(0, len(quotes), 2):
        clauses = "".join(f"{number}.{quote}。{bodies}\n" for number, quote in enumerate(quotes[at : at + 2], 1))
        texts.append(f"某市2025年工作要點\n一、主要目標\n{clauses}".encode())
    return texts


def html_seeds() -> list[bytes]:
    """Web pages: paragraphs, tables with cells over rows and columns, scripts, what was never closed."""
    rows = "<tr><td rowspan=2>1</td><td>新增30家</td></tr><tr><td colspan=2>增長7%</td></tr>"
    return [
        "<html><head><title>t</title><style>p{}</style></head><body><h1>要點</h1><p>1.增長7%</p></body></html>".encode(),
        f"<table><tr><th>序號</th><th>任務</th></tr>{rows}</table><script>x</script><p>完<br>2.新增&nbsp;30家".encode(),
        f"<!DOCTYPE html><!-- x --><div><ul><li>一、目標</li></ul><table>{rows}<table>{rows}</table>".encode("gb18030"),
    ]


def docx_seeds() -> list[bytes]:
    """Word documents: paragraphs, a table with merged cells, deleted words."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    deleted = "<w:del><w:r><w:t>x</w:t></w:r></w:del>"
    text = f"<w:p><w:r><w:t>1.增長7%</w:t><w:tab/><w:t>以上</w:t><w:br/></w:r>{deleted}</w:p>"
    inside = "<w:p><w:r><w:t>新增30家</w:t></w:r></w:p>"
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="2"/><w:vMerge{0}/></w:tcPr>' + inside + "</w:tc>"
    rows = "".join(f"<w:tr>{cell.format(merge)}{cell.format('')}</w:tr>" for merge in (' w:val="restart"', ""))
    bodies = [text, f"{text}<w:tbl>{rows}</w:tbl>", f"<w:sdt><w:sdtContent>{text}</w:sdtContent></w:sdt>"]
    return [
        pack(
            {"word/document.xml": f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'.encode()},
            zipfile.ZIP_DEFLATED,
        )
        for body in bodies
    ]


def book_seeds() -> list[bytes]:
    """Every file of a small book behind the byte that names it."""
    from tests.fuzz.properties import small_book

    return [bytes([place]) + text.encode() for place, (_, text) in enumerate(sorted(small_book().texts.items()))]


def check_seeds() -> list[bytes]:
    """Submissions of three forms behind the byte that names it."""
    forms = (yaml_seeds()[::8], csv_seeds()[::4], xlsx_seeds()[:3])
    return [bytes([place]) + seed for place, seeds in enumerate(forms) for seed in seeds]


def kept(target: str) -> list[Path]:
    """The inputs that once found something in this target, or reached what no other did."""
    return sorted(path for path in (CORPUS / target).glob("*") if path.is_file())
