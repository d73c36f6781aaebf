"""What changed between two checks: for the terminal, as Markdown, and as a JSON document."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from engine.model.difference import Cause, Change, Difference, Edit, Row, RowChange, SidedFinding, Told
from engine.model.source import Source
from engine.report.diagnostics import Paint
from engine.report.differencewords import CAUSES, HEADS, SENTENCES
from engine.report.documents import source_row
from engine.report.excerpt import one_line
from engine.report.words import Words

Json = dict[str, Any]

_COLOURS = {"pass": "green", "at-risk": "yellow", "fail": "red", "undecided": "blue"}

#: Characters of a value; whoever wrote a longer one knows it by its beginning.
_WIDEST = 60

_Table = Callable[[str, Sequence[str], Sequence[Sequence[str]]], str]


def difference_table(difference: Difference, words: Words, paint: Paint) -> str:
    """What differs, which verdicts that changed and why, and lines that add up."""
    from tabulate import tabulate

    def table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
        lines = tabulate(rows, heads, "simple", disable_numparse=True)
        return "\n".join([paint(title, "bold"), *(line.rstrip() for line in lines.splitlines())])

    head = "\n".join(_sides(difference, words))
    blocks = [head, *_blocks(difference, words, paint, table), "\n".join(closing_lines(difference, words))]
    return "\n\n".join(blocks) + "\n"


def difference_markdown(difference: Difference, words: Words) -> str:
    """The same for a comment or a summary page."""
    from engine.report.markdown import markdown_table, plain_markdown

    def table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
        return f"### {plain_markdown(title)}\n\n{markdown_table(heads, rows)}"

    head = "  \n".join(map(plain_markdown, _sides(difference, words)))
    closing = "  \n".join(map(plain_markdown, closing_lines(difference, words)))
    return "\n\n".join([head, *_blocks(difference, words, lambda text, style: text, table), closing]) + "\n"


def _sides(difference: Difference, words: Words) -> list[str]:
    return [
        words.said(SENTENCES[key], key).format(name=one_line(side.name))
        for key, side in (("old", difference.old), ("new", difference.new))
    ]


def _blocks(difference: Difference, words: Words, paint: Paint, table: _Table) -> list[str]:
    """The tables of what differs; none where nothing does."""

    def heads(*names: str) -> list[str]:
        return [words.said(HEADS[name], name) for name in names]

    blocks = []
    if difference.edits:
        rows = [_edit_cells(each, words) for each in difference.edits]
        blocks.append(
            table(words.said(SENTENCES["edits"], "edits"), heads("cause", "what", "before", "after", "place"), rows)
        )
    shifts = [each for each in difference.changes if each.change is Change.SHIFT]
    flips = [each for each in difference.changes if each.change is not Change.SHIFT]
    for key, changes in (("flips", flips), ("shifts", shifts), ("offset", difference.offset)):
        if changes:
            rows = [_change_cells(each, difference.edits, words, paint) for each in changes]
            blocks.append(table(words.said(SENTENCES[key], key), heads("row", "change", "numbers", "because"), rows))
    for key, findings in (("new-findings", difference.new_findings), ("gone-findings", difference.gone_findings)):
        if findings:
            rows = [_finding_cells(each, words) for each in findings]
            columns = [words[name] for name in ("severity", "code", "place", "finding")]
            blocks.append(table(words.said(SENTENCES[key], key), columns, rows))
    return blocks


def _finding_cells(finding: SidedFinding, words: Words) -> list[str]:
    return [words[finding.severity], *map(one_line, (finding.code, str(finding.source), finding.message))]


def _edit_cells(edit: Edit, words: Words) -> list[str]:
    places = dict.fromkeys(str(place) for place in edit.places if place)
    shown = [one_line(text or "-") for text in edit.said]
    shown = [text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…" for text in shown]
    return [cause_word(edit.cause, words), one_line(edit.name), *shown, one_line(" → ".join(places))]


def _change_cells(change: RowChange, edits: Sequence[Edit], words: Words, paint: Paint) -> list[str]:
    row = change.row
    verdicts = " → ".join(_verdict(each, words, paint) for each in (change.old, change.new))
    if change.old and change.new and change.old.state == change.new.state:
        verdicts = _verdict(change.new, words, paint)
    numbers = dict.fromkeys(_numbers(each) for each in (change.old, change.new) if each)
    return [
        one_line(f"{row.organization} {row.clause} {row.indicator} {row.period}"),
        verdicts,
        one_line(" → ".join(numbers)),
        reason_text(change, words, edits),
    ]


def _verdict(row: Row | None, words: Words, paint: Paint) -> str:
    if row is None:
        return words.said(SENTENCES["none"], "none")
    said = paint(words[row.verdict], _COLOURS.get(row.verdict, "bold"))
    if row.reason:
        said += f" ({words[row.reason]})"
    return f"{said} · {words.said(SENTENCES['waived'], 'waived')}" if row.waiver else said


def _numbers(row: Row) -> str:
    unit = f" {row.unit}" if row.unit else ""
    return f"{row.actual or '-'} / {row.due or '-'}{unit}"


def cause_word(cause: Cause, words: Words) -> str:
    """What a cause is called."""
    return words.said(CAUSES[cause.value], cause.value)


def reason_text(change: RowChange, words: Words, edits: Sequence[Edit] = ()) -> str:
    """Because of what a row changed: one cause, several together, each of several alone, or what is suspected.

    Where only some of several edits decide it, they are named.
    """

    def named(causes: Iterable[Cause]) -> str:
        return words.said(", ").join(cause_word(cause, words) for cause in causes)

    def filled(key: str, **params: str) -> str:
        return words.said(SENTENCES[key], key).format(**params)

    sets = [named(each) if len(each) == 1 else filled("together", causes=named(each)) for each in change.because]
    if len(sets) > 1:
        said = filled("either", causes=words.said(" or ").join(sets))
    elif sets:
        said = sets[0]
    elif change.suspected:
        said = filled("suspected", causes=named(change.suspected))
    elif change.alone:
        said = ""
    else:
        said = filled("unexplained")
    if change.decided_by:
        chosen = (" + ".join(one_line(edits[place].name) for place in each) for each in change.decided_by)
        said += words.said(" ({})").format(words.said(" or ").join(chosen))
    plain = {each[0] for each in change.because if len(each) == 1}
    others = [
        filled("would-be", cause=cause_word(cause, words), verdict=words[verdict] if verdict != "-" else "-")
        for cause, verdict in change.alone
        if cause not in plain
    ]
    return words.said("; ").join(filter(None, [said, *others]))


def closing_lines(difference: Difference, words: Words) -> list[str]:
    """The lines that add up, and how sure the causes are."""
    count = {change: sum(each.change is change for each in difference.changes) for change in Change}

    def filled(key: str, **params: int) -> str:
        return words.said(SENTENCES[key], key).format(**params)

    lines = []
    if not difference.edits and not difference.changes:
        lines.append(filled("same"))
    lines.append(
        filled(
            "verdicts",
            flips=count[Change.FLIP],
            shifts=count[Change.SHIFT],
            added=count[Change.ADDED],
            removed=count[Change.REMOVED],
        )
    )
    failures = difference.still_failing, difference.new_failures, difference.removed_failures
    lines.append(filled("failures", **dict(zip(("still", "new", "removed"), map(len, failures), strict=True))))
    findings = {"new": len(difference.new_findings), "gone": len(difference.gone_findings)}
    lines.append(filled("findings", kept=difference.kept_findings, **findings))
    if difference.changes:
        lines.append(filled("replayed" if difference.replayed else "read"))
    if not difference.complete:
        lines.append(filled("incomplete"))
    return lines


# --- JSON ------------------------------------------------------------------------------------------------------


def difference_document(difference: Difference) -> Json:
    """What changed, as a document.

    Shape: the JSON Schema `diff`; rows in the order of the new result, what is gone last.
    """
    return {
        "schema": "biaochi.diff/1",
        "old": _side_row(difference.old),
        "new": _side_row(difference.new),
        "edits": [_edit_row(each) for each in difference.edits],
        "causes": _cause_rows(difference),
        "changes": [_change_row(each) for each in difference.changes],
        "offset": [_change_row(each) for each in difference.offset],
        "failures": {
            "still": [_key_row(each) for each in difference.still_failing],
            "new": [_key_row(each) for each in difference.new_failures],
            "removed": [_key_row(each) for each in difference.removed_failures],
        },
        "findings": {
            "still": difference.kept_findings,
            "new": [_finding_row(each) for each in difference.new_findings],
            "removed": [_finding_row(each) for each in difference.gone_findings],
        },
        "attribution": "replayed" if difference.replayed else "read",
        "complete": difference.complete,
    }


def _side_row(told: Told) -> Json:
    return {
        "name": told.name,
        "book": {"title": told.title, "digest": told.digest},
        "verdicts": len(told.rows),
        "complete": told.complete,
    }


def _edit_row(edit: Edit) -> Json:
    return {
        "cause": edit.cause.value,
        "what": edit.what,
        "name": edit.name,
        "before": edit.said[0],
        "after": edit.said[1],
        "old_source": _place(edit.places[0]),
        "new_source": _place(edit.places[1]),
    }


def _place(source: Source | None) -> Json | None:
    return source_row(source) if source else None


def _cause_rows(difference: Difference) -> list[Json]:
    """Every cause that is named anywhere: how many edits it has, and how many verdicts it changed by itself."""
    rows = []
    for cause in Cause:
        edits = sum(edit.cause is cause for edit in difference.edits)
        named = [each for each in difference.changes if cause in each.causes]
        if edits or named:
            flips = sum(each.change is not Change.SHIFT and (cause,) in each.because for each in named)
            rows.append({"cause": cause.value, "edits": edits, "flips": flips, "rows": len(named)})
    return rows


def _key_row(row: Row) -> Json:
    return {
        "organization": row.organization,
        "clause": row.clause,
        "rule": row.rule,
        "indicator": row.indicator,
        "period": row.period,
    }


def _change_row(change: RowChange) -> Json:
    return {
        **_key_row(change.row),
        "change": change.change.value,
        "old": _state_row(change.old),
        "new": _state_row(change.new),
        "because": [[cause.value for cause in each] for each in change.because],
        "suspected": [cause.value for cause in change.suspected],
        "alone": [{"cause": cause.value, "verdict": verdict} for cause, verdict in change.alone],
        "edits": list(change.edits),
        "decided_by": [list(each) for each in change.decided_by],
    }


def _state_row(row: Row | None) -> Json | None:
    if row is None:
        return None
    return {
        "verdict": row.verdict,
        "reason": row.reason,
        "waiver": row.waiver,
        "progress": row.progress,
        "actual": row.actual,
        "submitted": row.submitted,
        "due": row.due,
        "target_value": row.target_value,
        "comparator": row.comparator,
        "unit": row.unit,
        "gap": row.gap,
        "gap_unit": row.gap_unit,
        "source": _place(row.source),
    }


def _finding_row(finding: SidedFinding) -> Json:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "source": source_row(finding.source),
    }
