from engine.model.source import Source
from engine.report.pagetexts import place, script_pairs, thrice
from engine.report.words import LANGUAGES, Words

SPOKEN = [Words(language) for language in LANGUAGES]


def test_text_in_all_languages() -> None:
    assert thrice(SPOKEN, lambda words: words["pass"]) == ["pass", "达标", "達標"]


def test_text_that_is_the_same_stands_once() -> None:
    assert thrice(SPOKEN, lambda words: "7 %") == "7 %"


def test_place_keeps_what_it_has() -> None:
    assert place(Source("a.csv", 3, 7, "value")) == ["a.csv", 3, 7, "value"]
    assert place(Source("a.yaml", 3, 7)) == ["a.yaml", 3, 7]
    assert place(Source("a.yaml")) == ["a.yaml"]


def test_either_script_is_folded_to_the_simplified_one() -> None:
    for text in ("通山縣", "通山县"):
        before, after = script_pairs([text])
        assert dict(zip(before, after, strict=True)).get("縣") == "县"
