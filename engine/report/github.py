"""Remarks → the commands by which a workflow of GitHub writes annotations.

Source: GitHub's documentation of workflow commands, and the escapes of its toolkit.
"""

from collections.abc import Sequence

from engine.model.diagnostic import Severity
from engine.report.excerpt import column_in, one_line
from engine.report.read import CitedFiles
from engine.report.remarks import Remark
from engine.report.words import Words

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}

_IN_TEXT = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTY = {**_IN_TEXT, ":": "%3A", ",": "%2C"}


def to_github(remarks: Sequence[Remark], words: Words, files: CitedFiles, closing: Sequence[str] = ()) -> str:
    """One command a line, in the order of the remarks; the lines of `closing` in one more; nothing without any."""
    listed = [_command(remark, words, files) for remark in remarks]
    if closing:
        listed.append(f"::notice title=biaochi::{_escaped(chr(10).join(map(one_line, closing)), _IN_TEXT)}")
    return "".join(f"{line}\n" for line in listed)


def _command(remark: Remark, words: Words, files: CitedFiles) -> str:
    properties = {"file": files.path(remark.source.file)}
    if remark.source.line:
        properties["line"] = str(remark.source.line)
        line = files.line(remark.source)
        column = column_in(remark.source, line) if line is not None else None
        if column:
            properties["col"] = str(column)
    properties["title"] = remark.code
    said = [remark.message, *(f"→ {_place(source.file, source.line, files)}" for source in remark.related)]
    if remark.hint:
        said.append(f"{words['hint']}: {remark.hint}")
    listed = ",".join(f"{name}={_escaped(one_line(value), _IN_PROPERTY)}" for name, value in properties.items())
    text = "\n".join(map(one_line, said))
    return f"::{_LEVELS[remark.severity]} {listed}::{_escaped(text, _IN_TEXT)}"


def _place(file: str, line: int, files: CitedFiles) -> str:
    return f"{files.path(file)}:{line}" if line else files.path(file)


def _escaped(text: str, escapes: dict[str, str]) -> str:
    return "".join(escapes.get(character, character) for character in text)
