"""Every word that the program says stands in both Chinese catalogues, and these are as they should be."""

import re
from pathlib import Path

import pytest

from engine.catalogues import catalogue
from engine.names import to_simplified, to_traditional

#: Characters that our Traditional texts write as they stand though a converter would change them.
KEPT = {"凈", "于", "制", "着", "核", "占", "群", "了"}

CHINESE = ("zh-Hant", "zh-Hans")


def texts(language: str) -> list[str]:
    """All that is said in a language."""
    # The program asks for single words only; the standard library keeps all of them in this one table.
    table: dict[object, str] = vars(catalogue(language))["_catalog"]
    return [said for english, said in table.items() if english]


@pytest.mark.parametrize(("language", "expected"), [("en", "pass"), ("zh-Hant", "達標"), ("zh-Hans", "达标")])
def test_a_word_is_said_in_each_language(language: str, expected: str) -> None:
    assert catalogue(language).pgettext("pass", "pass") == expected


def test_an_unknown_word_is_said_in_english() -> None:
    assert catalogue("zh-Hans").gettext("nobody wrote this") == "nobody wrote this"


def test_traditional_words_hold_no_simplified_characters() -> None:
    left_over = {
        written
        for text in texts("zh-Hant")
        for written, wanted in zip(text, to_traditional(text), strict=True)
        if written != wanted
    }
    assert left_over - KEPT == set()


def test_simplified_words_hold_no_traditional_characters() -> None:
    assert [text for text in texts("zh-Hans") if to_simplified(text) != text] == []


@pytest.mark.parametrize("language", CHINESE)
def test_no_word_is_missing(language: str) -> None:
    assert len(texts(language)) > 1_000
    assert "" not in texts(language)


def test_the_catalogues_are_in_step_with_the_source() -> None:
    pytest.importorskip("babel")
    from docs.catalogues import complaints

    assert complaints() == []


def test_what_the_source_says_is_found() -> None:
    pytest.importorskip("babel")
    from docs.catalogues import Word, words_of_source

    source = """
TABLE: Sayings[str] = {"a": "one"}
OTHERS: Sayings[State] = {State.OPEN: ("tw" "o")}
LIST: Phrases = ("three",)
CODES: dict[str, Code] = {"c": _error("four", "five")}
words.said("six" if one else "seven", "b")
words.said(TABLE[key], key)
"""
    found = sorted(words_of_source(source, "x.py"))
    keys = [("", "three"), ("", "two"), ("a", "one"), ("b", "seven"), ("b", "six"), ("c", "five"), ("c", "four")]
    assert found == [Word(*each) for each in keys]


@pytest.mark.parametrize("call", ['words.said(f"{count} left")', 'words.said("left", "剩餘")'])
def test_what_no_catalogue_can_hold_is_refused(call: str) -> None:
    pytest.importorskip("babel")
    from docs.catalogues import Unsaid, words_of_source

    with pytest.raises(Unsaid, match=re.escape("x.py:1: ")):
        list(words_of_source(call, "x.py"))


def test_what_only_a_person_can_mend_is_named(tmp_path: Path) -> None:
    pytest.importorskip("babel")
    from docs.catalogues import read, untranslated

    file = tmp_path / "x.po"
    file.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "a"\nmsgstr ""\n\n#, fuzzy\nmsgid "b"\nmsgstr "乙"\n\nmsgid "c {x}"\nmsgstr "丙 {y}"\n\n'
        'msgid "d {x}"\nmsgstr "丁 {x}"\n\n#~ msgid "e"\n#~ msgstr "戊"\n',
        encoding="utf-8",
    )
    assert untranslated(read(file)) == [
        "no words for 'a'",
        "in doubt: 'b'",
        "'丙 {y}' has other braces than 'c {x}'",
        "nothing says 'e' any more",
    ]


def test_a_simplified_wording_of_its_own_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("babel")
    from docs import catalogues

    chosen = tmp_path / "overrides.po"
    chosen.write_text('msgctxt "pass"\nmsgid "pass"\nmsgstr "合格"\n', encoding="utf-8")
    monkeypatch.setattr(catalogues, "OVERRIDES", chosen)
    files = catalogues.renewed()
    assert 'msgid "pass"\nmsgstr "合格"' in files[catalogues.place("zh_Hans")].decode()
    assert 'msgid "pass"\nmsgstr "達標"' in files[catalogues.place("zh_Hant")].decode()
    assert "合格".encode() in files[catalogues.place("zh_Hans", "mo")]
    assert 'msgstr "合格"' in files[chosen].decode()


def test_what_the_option_parser_says_is_listed() -> None:
    pytest.importorskip("babel")
    from docs.catalogues import CLICK, read, words_in, words_of_click

    assert words_of_click() - words_in(read(CLICK)) == set()
