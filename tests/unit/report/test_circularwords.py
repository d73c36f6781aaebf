from collections.abc import Iterator

from engine.names import to_simplified
from engine.report.circularwords import CIRCULAR_LISTS, CIRCULAR_TEXTS, circular_values, finding_entries
from engine.report.words import Words
from engine.report.wordtemplate import Entry, Grid
from tests.unit.model.test_circular import made


def texts_of(entry: Entry) -> Iterator[tuple[str, str]]:
    for name, value in entry.items():
        if isinstance(value, str):
            yield name, value
        elif isinstance(value, Grid):
            yield from ((name, cell) for row in (value.heads, *value.rows) for cell in row)
        else:
            for each in value:
                yield from texts_of(each)


def lists_of(entry: Entry) -> Iterator[tuple[str, Entry]]:
    for name, value in entry.items():
        if not isinstance(value, str | Grid):
            for each in value:
                yield name, each
                yield from lists_of(each)


def test_entries_hold_what_the_template_may_ask_for() -> None:
    seen = set()
    for name, entry in lists_of(circular_values(made("2025Q2"), Words("zh-Hant"))):
        own = [key for key, value in entry.items() if isinstance(value, str | Grid)]
        assert own == list(CIRCULAR_LISTS[name]), name
        seen.add(name)
    assert {"主要指標", "量化目標", "未達標", "分組", "名次", "說明", "缺報", "發現", "明細", "口徑", "計算"} <= seen


def test_texts_are_what_the_template_may_ask_for() -> None:
    values = circular_values(made("2025Q2"), Words("zh-Hant"))
    assert [name for name, value in values.items() if isinstance(value, str)] == list(CIRCULAR_TEXTS)


def test_simplified_values_are_the_traditional_ones_turned() -> None:
    traditional = list(texts_of(circular_values(made("2025Q2"), Words("zh-Hant"))))
    simplified = list(texts_of(circular_values(made("2025Q2"), Words("zh-Hans"))))
    assert [(name, to_simplified(text)) for name, text in traditional] == [
        (name, to_simplified(text)) for name, text in simplified
    ]
    kept = {name for name, text in simplified if text != to_simplified(text)}
    assert kept <= {"位置", "文件", "文號", "報送", "推算"}


def test_names_keep_their_characters() -> None:
    told = " ".join(text for _, text in texts_of(circular_values(made("2025Q2"), Words("zh-Hant"))))
    assert "咸寧" in told
    assert "鹹" not in told


def test_findings_are_told_with_their_weight_and_place() -> None:
    entries = finding_entries(made("2025Q2"), Words("zh-Hant"))
    assert [(each["級別"], each["位置"].endswith("urban-management.yaml:6")) for each in entries] == [("警告", True)]
