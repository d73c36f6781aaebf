import ast
import re
from pathlib import Path

import pytest

from engine.model.codes import CODES
from engine.model.diagnostic import Diagnostic
from engine.model.source import Source
from engine.model.verdict import Outcome, Reason, Role
from engine.plan.phrases import read_promises
from engine.report.words import LANGUAGES, REASONS, Words

PLACE = Source("a.yaml", 1, 1)


@pytest.mark.parametrize(("language", "expected"), [("en", "fail"), ("zh-Hant", "未達標"), ("zh-Hans", "未达标")])
def test_a_word_in_three_languages(language: str, expected: str) -> None:
    assert Words(language)["fail"] == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_verdict_reason_and_role_has_a_word(language: str) -> None:
    words = Words(language)
    assert all(words[each.value] for kind in (Outcome, Reason, Role) for each in kind)


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "finished: 項目開工"), ("zh-Hant", "已完成“項目開工”"), ("zh-Hans", "已完成“项目开工”")],
)
def test_a_wording_is_filled_with_its_particulars(language: str, expected: str) -> None:
    assert Words(language).said("finished: {done}", done="項目開工") == expected


def test_a_key_tells_apart_what_english_says_alike() -> None:
    said = Words("zh-Hant").said
    assert (said("place", "place"), said("place", "rank-place")) == ("位置", "位次")


def test_braces_stay_where_nothing_fills_them() -> None:
    assert Words("zh-Hans").said("finished: {done}") == "已完成“{done}”"


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "there is no key vlaue"), ("zh-Hant", "沒有 vlaue 這一項"), ("zh-Hans", "没有 vlaue 这一项")],
)
def test_a_message_is_filled_with_its_words(language: str, expected: str) -> None:
    finding = Diagnostic("unknown-key", PLACE, {"key": "vlaue", "known": "value"})
    assert Words(language).message(finding) == expected


def test_data_in_a_message_keep_their_script() -> None:
    finding = Diagnostic("unknown-organization", PLACE, {"name": "市經信委", "nearest": "市經信局"})
    assert Words("zh-Hans").message(finding) == "本册没有单位“市經信委”"
    assert Words("zh-Hans").hint(finding) == "相近的有：市經信局"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(code for code in CODES if "{nearest}" in CODES[code].hint))
def test_a_hint_that_has_no_name_to_offer_is_still_a_way_out(code: str, language: str) -> None:
    hint = Words(language).hint(Diagnostic(code, PLACE, {"nearest": ""}))
    assert (bool(hint), hint.endswith((":", "：", ": "))) == (True, False)


def test_where_no_name_is_near_the_hint_says_where_the_names_stand() -> None:
    finding = Diagnostic("unknown-organization", PLACE, {"name": "甲", "nearest": ""})
    assert Words("en").hint(finding) == "organizations.yaml lists the names"


def test_braces_of_an_example_stay() -> None:
    finding = Diagnostic("pace-broken", PLACE, {"problem": "x"})
    assert Words("en").hint(finding) == "write {2025Q1: 10 %, … 2025Q4: 100 %}"


def test_braces_in_data_are_no_template() -> None:
    finding = Diagnostic("unknown-key", PLACE, {"key": "{known}", "known": "value"})
    assert Words("en").message(finding) == "there is no key {known}"


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("depends-on-rounding", "depends on rounding: the unrounded figure is needed"),
        ("breached-in:2025Q1", "breached in 2025Q1"),
        ("finding:unit-mismatch", "see finding unit-mismatch"),
        ("partner-missing:growth", "growth did not come in"),
    ],
)
def test_a_note_is_said_in_words(note: str, expected: str) -> None:
    assert Words("en").note(note) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_and_hint_can_be_said(language: str) -> None:
    words = Words(language)
    filled = {word: "x" for code in CODES.values() for word in re.findall(r"\{(\w+)\}", code.message)}
    said = [words.message(Diagnostic(code, PLACE, filled)) for code in CODES]
    assert [text for text in said if re.search(r"\{\w+\}", text)] == []


def test_a_code_in_general_names_no_particular() -> None:
    assert Words("en").general("unit-mismatch")[0] == "… cannot be held against …"
    assert Words("zh-Hans").general("file-too-large") == ("文件超过 … 字节", "请拆分文件")


def test_every_reason_of_the_grammar_is_said_in_chinese(repo: Path) -> None:
    written = {
        node.value
        for path in (repo / "engine" / "plan").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    phrases = [
        line.split("\t")[0]
        for path in (repo / "tests" / "phrases").glob("*.tsv")
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    given = {other.why for phrase in phrases for other in read_promises(phrase, 2025)[1]}
    assert sorted(given - set(REASONS)) == []
    assert sorted(set(REASONS) - written) == []
    assert Words("zh-Hans").reason("a rank") == "位次"
    assert Words("en").reason("a rank") == "a rank"
