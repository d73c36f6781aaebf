"""Remarks → SARIF, the form that code scanners exchange.

Source: OASIS, Static Analysis Results Interchange Format 2.1.0 with errata 01.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from engine import __version__
from engine.model.diagnostic import Severity
from engine.model.source import Source
from engine.report.excerpt import column_in
from engine.report.read import CitedFiles
from engine.report.remarks import Meaning, Remark, meaning
from engine.report.words import Words

Json = dict[str, Any]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

#: The name by which other programs know the folder that paths start from.
_ROOT = "%SRCROOT%"

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_LANGUAGES = {"en": "en", "zh-Hans": "zh-CN", "zh-Hant": "zh-TW"}

#: What JSON may hold as it is and a terminal would obey: controls, and turns of direction.
_OBEYED = re.compile("[\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")

#: What stands in an address as it is; anything else is written in hexadecimal.
_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")


def to_sarif(
    command: str,
    remarks: Sequence[Remark],
    complete: bool,
    words: Words,
    files: CitedFiles,
    properties: Json | None = None,
) -> str:
    """One run of a command: a rule per code that occurs, a result per remark, in their order.

    Shape: `properties` is what else is to be known of the run. `partialFingerprints` are made of what a remark is
    about and not of its line, so that a result is known again when lines move. Columns count characters.
    """
    codes = sorted({remark.code for remark in remarks})
    document = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "biaochi",
                        "version": __version__,
                        "language": _LANGUAGES[words.language],
                        "rules": [_rule(meaning(code, words)) for code in codes],
                    }
                },
                "automationDetails": {"id": f"biaochi-{command}/"},
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {_ROOT: {"description": {"text": words["ran-here"]}}},
                "invocations": [{"executionSuccessful": complete}],
                "results": _results(remarks, codes, words, files),
                **({"properties": properties} if properties else {}),
            }
        ],
    }
    text = json.dumps(document, ensure_ascii=False, indent=1)
    return _OBEYED.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def _rule(means: Meaning) -> Json:
    rule: Json = {
        "id": means.code,
        "shortDescription": {"text": means.short},
        "fullDescription": {"text": means.full},
        "defaultConfiguration": {"level": _LEVELS[means.severity]},
    }
    if means.hint:
        rule["help"] = {"text": means.hint}
    return rule


def _results(remarks: Sequence[Remark], codes: Sequence[str], words: Words, files: CitedFiles) -> list[Json]:
    seen: Counter[str] = Counter()
    results = []
    for remark in remarks:
        hint = f"\n{words['hint']}: {remark.hint}" if remark.hint else ""
        result: Json = {
            "ruleId": remark.code,
            "ruleIndex": codes.index(remark.code),
            "level": _LEVELS[remark.severity],
            "message": {"text": _message(remark.message + hint)},
            "locations": [_location(remark.source, files)],
            "partialFingerprints": {"biaochi/v1": _fingerprint(remark, files, seen)},
        }
        if remark.related:
            result["relatedLocations"] = [
                {"id": number, **_location(source, files), "message": {"text": words["here-too"]}}
                for number, source in enumerate(remark.related, start=1)
            ]
        if remark.excuse:
            result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": remark.excuse}]
        results.append(result)
    return results


def _message(text: str) -> str:
    """Words in brackets before a parenthesis would be read as a link."""
    return re.sub(r"\[(?=[^\]\n]*\]\()", r"\\[", text)


def _fingerprint(remark: Remark, files: CitedFiles, seen: Counter[str]) -> str:
    words = "\0".join((remark.code, files.path(remark.source.file), *remark.identity))
    digest = hashlib.sha256(words.encode()).hexdigest()[:32]
    seen[digest] += 1
    # The same said twice of one file is told apart by its number.
    return f"{digest}:{seen[digest]}"


def _location(source: Source, files: CitedFiles) -> Json:
    physical: Json = {"artifactLocation": _artifact(files.path(source.file))}
    if source.line:
        physical["region"] = {"startLine": source.line}
        column = _column(source, files)
        if column:
            physical["region"]["startColumn"] = column
    location: Json = {"physicalLocation": physical}
    if source.cell:
        location["logicalLocations"] = [{"name": source.cell, "kind": "column"}]
    return location


def _column(source: Source, files: CitedFiles) -> int | None:
    line = files.line(source)
    if line is not None:
        return column_in(source, line)
    # The column of a table counts cells: without its line it says nothing here.
    return None if source.file.lower().endswith(".csv") else source.column or None


def _artifact(path: str) -> Json:
    encoded = "".join(chr(byte) if byte in _PLAIN else f"%{byte:02X}" for byte in path.encode())
    if path.startswith("/"):
        return {"uri": f"file://{encoded}"}
    # A place above the folder cannot be named from it.
    return {"uri": encoded} if path.startswith("../") else {"uri": encoded, "uriBaseId": _ROOT}
