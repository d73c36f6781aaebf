"""Inputs made of other inputs: texts by their words and lines, workbooks and documents by the parts inside them."""

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from random import Random

#: One step from a text to another; a raw one may stand in for bytes.
Raw = Callable[[bytes, int], bytes]

#: What readers treat in a way of its own: figures, places, keys and signs of every format that is read.
FIGURES = (
    "0", "1", "-1", "7.0", "0.07", "39000", "1e3", "1E400", ".5", "5.", "0x1F", "0o17", "1_000", "1,234.5",
    "１２．５", "七", "百分之七", "一百二十", "3.9萬", "約30", "10-20", "10%", "±3", "NaN", "inf", "-0", "00012",
    "9" * 40, "9" * 5000, "1" + "0" * 400, "0." + "0" * 300 + "1", "²", "½", "٣", "०", "𝟙", "㎡", "null", "~",
    "true", "=1+1", "+5", "@x", "2025Q1", "2025Q2", "2025-06", "2025", "2024Q4", "9999Q4", "0000Q1", "2025-02-30",
    "２０２５Ｑ２",
)  # fmt: skip
UNITS = ("%", "‰", "個百分點", "畝", "萬元", "億元", "家", "個", "公頃", "km2", "人次", "平方公里", "斤", "1", "萬")
SIGNS = (
    "\n", "\r", "\r\n", "\t", " ", "\u3000", "\ufeff", "\u202e", "\u2028", "\x85", "\x00", "\x0b", "\x1b", "\u200b",
    '"', "'", ",", ";", "，", "。", "；", "、", ":", ": ", "- ", "? ", "#", "&a ", "*a", "!!int ", "!<]>", "[", "]",
    "{", "}", "|\n", ">\n", "---\n", "...\n", "%YAML 9.9\n", "<<: ", "\U0001f600", "𠮷", "e\u0301", "\ufffd",
    "\\ud800",
)  # fmt: skip
YAML_WORDS = (
    "organization: ", "period: ", "figures: ", "value: ", "unit: ", "baseline: ", "parts: ", "done: ", "eligible: ",
    "members: ", "stage: ", "measure: ", "note: ", "evidence: ", "revises: ", "from: ", "to: ", "reason: ",
    "form: ", "市農業農村局", "咸安區", "high-standard-farmland", "net-new-enterprises", "gdp-growth",
    "# biaochi.form/1 ",
)  # fmt: skip
CSV_WORDS = (
    "organization", "indicator", "value", "unit", "period", "part", "member", "baseline", "measure", "note",
    "evidence", "單位", "指標", "數值", "計量單位", "stage", "done", "eligible", "numerator", "市經信局", "嘉魚縣",
    '""', ",,",
)  # fmt: skip
PLAN_WORDS = (
    "1.", "156.", "（一）", "一、", "目標", "新增", "淨增", "增長", "下降", "達到", "以上", "以內", "左右",
    "不低於", "不超過", "力爭", "確保", "完成", "分別", "其中", "比上年", "提高", "個百分點", "億元", "萬畝", "家",
    "翻一番", "三分之二", "兩倍", "多", "餘", "全覆蓋", "（牽頭單位：市發改委；責任單位：各縣市區）",
    "（市農業農村局、咸安區）", "2025年", "到2030年", "“", "”", "《", "》", "全市地區生產總值增長7%",
    "高標準農田39萬畝", "第一至", "每", "萬分之", "零點五",
)  # fmt: skip
HTML_WORDS = (
    "<p>", "</p>", "<table>", "</table>", "<tr>", "<td rowspan=9 colspan=99999>", "<th>", "<script>", "</script>",
    "<br/>", "<style>", "<body>", "</body>", "<!--", "-->", "<![CDATA[", "<![if x]>", "<!DOCTYPE ", "<!", "<?",
    "&#xD800;", "&#9", "&amp", "&nbsp;", "<a href='", "</", "<", ">", "colspan=" + "9" * 5000, "<head>",
)  # fmt: skip
XML_WORDS = (
    "<c>", "</c>", "<v>", "</v>", "<f>", "</f>", "<row>", "<row r=\"0\">", "<row r=\"99999999999\">", "<is><t>",
    "</t></is>", ' t="s"', ' t="b"', ' t="d"', ' t="e"', ' t="str"', ' t="inlineStr"', ' s="0"', ' s="-1"',
    ' s="999"', ' r="A1"', ' r="0"', ' r="XFD1048576"', ' r="ZZZZZZZZ1"', ' r="A' + "9" * 30 + '"', ' r="B2"',
    ' hidden="1"', "<mergeCell ref=\"A1:C9\"/>", '<mergeCell ref="A1"/>', '<mergeCell ref="C3:A1"/>',
    '<mergeCell ref="A1:XFD1048576"/>', '<mergeCell ref=":"/>', '<col min="1" max="3" hidden="1"/>', "<!DOCTYPE a>",
    "<?x y?>", "<![CDATA[", "]]>", "&#10;", "&#0;", "&a;", "&lt;", 'numFmtId="14"', 'formatCode="0.0%"',
    'formatCode="yyyy"', 'formatCode="0.0,,"', 'formatCode="[$-404]#,##0;[Red]-0"', '<w:p>', '</w:p>', '<w:t>',
    '</w:t>', '<w:tbl>', '<w:tr>', '<w:tc>', '<w:gridSpan w:val="3"/>', '<w:vMerge/>', 'xml:space="preserve"',
    'TargetMode="External"', 'Target="../../x"', 'date1904="1"', "1e300", "45000", "-1", "0.1",
)  # fmt: skip

_TOKEN = re.compile(r"\d[\d.,]*|[A-Za-z][\w-]*|[\u3400-\u9fff]+|\s+|.", re.DOTALL)


def mutate_text(content: bytes, rng: Random, words: Sequence[str], others: Sequence[bytes]) -> bytes:
    """One to four steps away from `content`; bytes that are no UTF-8 stay what they are."""
    text = content.decode("utf-8", "surrogateescape")
    for _ in range(rng.randint(1, 4)):
        text = rng.choice(_STEPS)(text, rng, words, others)
    changed = text.encode("utf-8", "surrogateescape")
    draw = rng.random()
    if draw < 0.02:
        return b"\xef\xbb\xbf" + changed
    if draw < 0.05:
        encoding = rng.choice(("gb18030", "utf-16", "big5"))
        return changed.decode("utf-8", "ignore").encode(encoding, "replace")
    return changed


def _word(rng: Random, words: Sequence[str]) -> str:
    return rng.choice(rng.choice((FIGURES, UNITS, SIGNS, words, words)))


def _replace(text: str, rng: Random, words: Sequence[str], _: Sequence[bytes]) -> str:
    tokens = _TOKEN.findall(text) or [""]
    tokens[rng.randrange(len(tokens))] = _word(rng, words)
    return "".join(tokens)


def _insert(text: str, rng: Random, words: Sequence[str], _: Sequence[bytes]) -> str:
    at = rng.randint(0, len(text))
    return text[:at] + _word(rng, words) + text[at:]


def _delete(text: str, rng: Random, _: Sequence[str], __: Sequence[bytes]) -> str:
    at = rng.randint(0, len(text))
    return text[:at] + text[at + rng.choice((1, 1, 2, 5, 20, 200)) :]


def _repeat(text: str, rng: Random, _: Sequence[str], __: Sequence[bytes]) -> str:
    at = rng.randint(0, len(text))
    end = at + rng.choice((1, 2, 4, 8, 40))
    return text[:end] + text[at:end] * rng.choice((1, 1, 2, 10, 60)) + text[end:]


def _lines(text: str, rng: Random, _: Sequence[str], __: Sequence[bytes]) -> str:
    lines = text.splitlines(keepends=True) or [""]
    first, second = rng.randrange(len(lines)), rng.randrange(len(lines))
    if rng.random() < 0.5:
        lines[first], lines[second] = lines[second], lines[first]
    else:
        lines.insert(first, lines[second])
    return "".join(lines)


def _splice(text: str, rng: Random, _: Sequence[str], others: Sequence[bytes]) -> str:
    other = rng.choice(others).decode("utf-8", "surrogateescape")
    at, begin = rng.randint(0, len(text)), rng.randint(0, len(other))
    return text[:at] + other[begin : begin + rng.choice((10, 50, 300))] + text[at:]


def _bytes(text: str, rng: Random, _: Sequence[str], __: Sequence[bytes]) -> str:
    content = bytearray(text.encode("utf-8", "surrogateescape") or b"\0")
    content[rng.randrange(len(content))] = rng.randrange(256)
    return content.decode("utf-8", "surrogateescape")


def _trim(text: str, rng: Random, _: Sequence[str], __: Sequence[bytes]) -> str:
    return (
        text[: rng.randint(0, len(text))]
        if rng.random() < 0.3
        else text.replace("\n", rng.choice(("\r\n", "\r", "\n\n")))
    )


_STEPS = (_replace, _replace, _replace, _insert, _insert, _delete, _repeat, _lines, _splice, _bytes, _trim)


def mutate_archive(content: bytes, rng: Random, others: Sequence[bytes], raw: Raw, size: int) -> bytes:
    """Change what is inside one part of a ZIP, or its parts, or now and then the bytes of the whole."""
    parts = unpack(content)
    if parts is None or rng.random() < 0.1:
        return raw(content, size)
    name = rng.choice([name for name in parts if name.endswith((".xml", ".rels"))] or list(parts) or [""])
    draw = rng.random()
    if draw < 0.06 and parts:
        del parts[name]
    elif draw < 0.1:
        donor = unpack(rng.choice(others)) or {}
        parts.update(dict(rng.sample(sorted(donor.items()), k=min(1, len(donor)))))
    elif draw < 0.12:
        parts[rng.choice(("xl/vbaProject.bin", "xl/externalLinks/a.xml", "../x", "xl/sharedStrings.xml"))] = b"<a/>"
    elif draw < 0.4:
        parts[name] = raw(parts.get(name, b""), size)
    else:
        donors = [part for other in others[:3] for part in (unpack(other) or {}).values()] or [b""]
        parts[name] = mutate_text(parts.get(name, b""), rng, XML_WORDS, donors)
    return pack(
        parts, rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)) if rng.random() < 0.97 else zipfile.ZIP_LZMA
    )


def unpack(content: bytes) -> dict[str, bytes] | None:
    """The parts of a ZIP; None where it is none, or one that is no longer sound."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(info.file_size for info in archive.infolist()) > 2_000_000:
                return None
            if not all(info.filename for info in archive.infolist()):
                # The error that zipfile raises of a part without a name fails itself.
                return None
            return {info.filename: archive.read(info) for info in archive.infolist()}
    except (
        zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error,
        ValueError, EOFError, OSError, NotImplementedError, RuntimeError, MemoryError,
    ):  # fmt: skip
        return None


def pack(parts: dict[str, bytes], method: int) -> bytes:
    """A ZIP of these parts, the same bytes every time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return buffer.getvalue()
