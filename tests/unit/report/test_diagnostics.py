from engine.model.diagnostic import Diagnostic
from engine.model.source import Source
from engine.report.diagnostics import findings_text, marked_line, no_line
from engine.report.words import Words

ENGLISH = Words("en")
TWICE = Diagnostic("repeated-key", Source("a.yaml", 12, 3), {"key": "firms"}, (Source("a.yaml", 2, 3),))
LINES = {2: "  firms: 131 家", 12: "  firms: 132 家"}


def plain(text: str, style: str) -> str:
    return text


def line_of(source: Source) -> str | None:
    return LINES.get(source.line)


def test_both_places_are_shown_with_their_lines_and_then_the_way_out() -> None:
    assert findings_text([TWICE], ENGLISH, plain, line_of) == (
        "a.yaml:12:3: error [repeated-key] firms is written twice\n"
        "    12 |   firms: 132 家\n"
        "       |   ^\n"
        "    → a.yaml:2:3\n"
        "     2 |   firms: 131 家\n"
        "       |   ^\n"
        "    way out: keep one of the two\n"
    )


def test_without_lines_the_places_stand_alone() -> None:
    assert findings_text([TWICE], ENGLISH, plain) == (
        "a.yaml:12:3: error [repeated-key] firms is written twice\n    → a.yaml:2:3\n    way out: keep one of the two\n"
    )


def test_all_findings_are_shown_at_once() -> None:
    text = findings_text([TWICE, Diagnostic("path-missing", Source("b"))], ENGLISH, plain, line_of)
    assert text.splitlines()[-2:] == [
        "b: error [path-missing] there is no such file or folder",
        "    way out: check the path",
    ]


def test_many_other_places_are_cut_short() -> None:
    related = tuple(Source("a.yaml", line, 1) for line in range(1, 9))
    text = findings_text([Diagnostic("repeated-key", Source("b", 1, 1), {"key": "x"}, related)], ENGLISH, plain)
    assert (text.count("→ a.yaml"), "→ … 3" in text) == (5, True)


def test_the_mark_has_the_colour_of_the_severity() -> None:
    shown = marked_line(Source("a.yaml", 2, 3), line_of, lambda text, style: f"<{style}>{text}", "red")
    assert shown == ["    2 |   firms: 131 家", "      |   <red>^"]


def test_names_and_lines_from_outside_are_harmless() -> None:
    finding = Diagnostic("unknown-key", Source("\x1b[31m.yaml", 1, 1), {"key": "\x1b[2J", "known": "\x07"})
    text = findings_text([finding], ENGLISH, plain, lambda source: "\x1b]0;gone\x07key: 1")
    assert [character for character in text if character != "\n" and not character.isprintable()] == []


def test_no_line_shows_nothing() -> None:
    assert marked_line(Source("a.yaml", 2, 3), no_line, plain, "red") == []
