"""Findings for the terminal: place, message, the line that is meant, every other place, and a way out."""

from collections.abc import Callable, Sequence

from engine.model.codes import CODES
from engine.model.diagnostic import Diagnostic
from engine.model.source import Source
from engine.report.excerpt import column_in, excerpt, one_line
from engine.report.words import Words

#: Puts ANSI colour around a text; the identity where no colour is wanted.
Paint = Callable[[str, str], str]

#: The line of a place that a finding names; None where there is nothing to show.
LineOf = Callable[[Source], str | None]

SEVERITY_COLOURS = {"error": "red", "warning": "yellow", "note": "blue"}

_OTHERS = 5


def no_line(source: Source) -> str | None:
    """No line at all: for a reader who sees places only."""
    return None


def findings_text(findings: Sequence[Diagnostic], words: Words, paint: Paint, line_of: LineOf = no_line) -> str:
    """Findings one after another, each as an editor can jump to it, with both lines where two places disagree."""
    lines: list[str] = []
    for finding in findings:
        severity = CODES[finding.code].severity.value
        colour = SEVERITY_COLOURS[severity]
        head = f"{one_line(str(finding.source))}: {paint(words[severity], colour)} [{finding.code}]"
        lines.append(f"{head} {one_line(words.message(finding))}")
        others = finding.related[:_OTHERS]
        gutter = max(len(str(source.line)) for source in (finding.source, *others))
        lines += marked_line(finding.source, line_of, paint, colour, gutter)
        for source in others:
            lines.append(f"    → {one_line(str(source))}")
            lines += marked_line(source, line_of, paint, colour, gutter)
        if len(finding.related) > _OTHERS:
            lines.append(f"    → … {len(finding.related) - _OTHERS}")
        hint = words.hint(finding)
        if hint:
            lines.append(f"    {words['hint']}: {one_line(hint)}")
    return "\n".join(lines) + "\n"


def marked_line(source: Source, line_of: LineOf, paint: Paint, colour: str, gutter: int = 0) -> list[str]:
    """The line of a place behind its number, and the mark below; nothing where there is no line to show."""
    line = line_of(source)
    if line is None:
        return []
    gutter = max(gutter, len(str(source.line)))
    text, mark = excerpt(line, column_in(source, line))
    shown = [f"    {source.line:>{gutter}} | {text}".rstrip()]
    if mark is not None:
        shown.append(f"    {'':>{gutter}} | {mark[:-1]}{paint('^', colour)}")
    return shown
