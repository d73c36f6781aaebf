"""The result of a check as Markdown, for a comment or a summary page: it says what the terminal's table says."""

import re
from collections.abc import Sequence

from engine.model.account import Account, Fate, count_fates
from engine.model.codes import CODES
from engine.model.result import CheckResult
from engine.report.documents import count_outcomes
from engine.report.table import (
    covers_several,
    group_verdicts,
    outcome_counts,
    summary_lines,
    verdict_cells,
    verdict_headers,
)
from engine.report.words import Words

#: What Markdown or the HTML in it would take for its own.
_MARKS = re.compile(r"[\\`*_\[\]<>|~#]")


def check_markdown(result: CheckResult, words: Words, by: str) -> str:
    """A table of outcomes, a table of verdicts for each group, a table of findings, and the lines that add up."""
    counts = count_outcomes(result.verdicts)
    rows = [[words[name], str(count)] for name, count in counts.items()]
    rows.append([words["total"], str(len(result.verdicts))])
    period = f" {result.period.label}" if result.period else ""
    blocks = [f"## {_plain(result.title)}{period}", _table([words["verdict"], words["count"]], rows)]
    headers, several = verdict_headers(words, by), covers_several(result)
    for name, verdicts in group_verdicts(result, by).items():
        blocks.append(f"### {_plain(name)}")
        blocks.append(_plain(outcome_counts(verdicts, words, _unpainted)))
        cells = [verdict_cells(verdict, words, _unpainted, result.pace_word, by, several) for verdict in verdicts]
        blocks.append(_table(headers, cells))
    if result.findings:
        findings = [
            [
                words[CODES[finding.code].severity.value],
                finding.code,
                str(finding.source),
                words.message(finding),
                words.hint(finding),
            ]
            for finding in result.findings
        ]
        heads = [words[name] for name in ("severity", "code", "place", "finding", "hint")]
        blocks += [f"### {words['findings-head']}", _table(heads, findings)]
    blocks.append("  \n".join(map(_plain, summary_lines(result, words, _unpainted))))
    if result.account.files:
        blocks += [f"### {words['account-head']}", _account(result.account, words)]
    return "\n\n".join(blocks) + "\n"


def _account(account: Account, words: Words) -> str:
    """Cells by file and fate; the last row is their sum."""
    counts = [*sorted(account.by_file().items()), (words["total"], count_fates(account.cells))]
    rows = [[name, str(sum(each.values())), *(str(each[fate]) for fate in Fate)] for name, each in counts]
    heads = [words[name] for name in ("file", "cells-read", *(f"fate-{fate.value}" for fate in Fate))]
    return _table(heads, rows)


def _table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [headers, *rows]
    listed = [f"| {' | '.join(map(_plain, line))} |" for line in lines]
    listed.insert(1, f"|{' --- |' * len(headers)}")
    return "\n".join(listed)


def _plain(text: str) -> str:
    """Text that stays text: in one line, without control characters, its marks not taken for Markdown."""
    shown = "".join(character if character.isprintable() else "�" for character in " ".join(text.split()))
    return _MARKS.sub(lambda match: f"\\{match[0]}", shown)


def _unpainted(text: str, style: str) -> str:
    return text
