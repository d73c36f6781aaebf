import doctest

from docx.oxml.ns import qn

from engine.report import officialfonts
from engine.report.officialfonts import FACES, fontconfig_aliases
from tests.unit.report.official_of import (
    body,
    part,
    standard,
    text_of,
    value,
)


def test_examples_hold() -> None:
    assert doctest.testmod(officialfonts).failed == 0


def test_every_run_names_one_face_for_all_characters() -> None:
    declared = {face.name for face in FACES}
    runs = [run for run in body().iter(qn("w:r")) if text_of(run)]
    assert len(runs) > 100
    for run in runs:
        fonts = run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        names = {fonts.get(qn(f"w:{name}")) for name in ("ascii", "hAnsi", "eastAsia", "cs")}
        assert len(names) == 1, text_of(run)
        assert names <= declared


def test_what_may_stand_in_for_a_face_is_in_the_file() -> None:
    fonts = {each.get(qn("w:name")): value(each, "w:altName") for each in part("word/fontTable.xml")}
    for face in FACES:
        assert fonts[face.name] == ",".join(face.instead)
    for name in ("仿宋_GB2312", "小标宋"):
        assert name in standard()["fonts note"]


def test_fontconfig_names_every_face() -> None:
    text = fontconfig_aliases()
    assert [face for face in FACES if f"<family>{face.name}</family><accept>" not in text] == []
