"""Results of `check` as JSON → their rows, findings and receipts. Nothing here knows what they are compared for."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine.model.diagnostic import Diagnostic, Severity
from engine.model.difference import MadeOf, Row, SidedFinding, Told
from engine.model.period import Period
from engine.model.source import Source
from engine.model.verdict import Outcome, Reason

_SCHEMA = "biaochi.check/1"

#: A result of every figure of a province is smaller by far.
_MOST = 1_000_000_000


def read_result(path: Path, found: list[Diagnostic]) -> Told | None:
    """Read a result of `check --format json`; None where it is none.

    Errors: file-unreadable, not-a-regular-file, no-check-result.
    """
    name = path.as_posix().encode(errors="surrogateescape").decode(errors="replace")
    # What is no regular file could keep a reader waiting for ever.
    if not path.is_file():
        found.append(Diagnostic("not-a-regular-file", Source(name)))
        return None
    try:
        if path.stat().st_size > _MOST:
            found.append(Diagnostic("file-too-large", Source(name), {"limit": str(_MOST)}))
            return None
        return read_result_text(path.read_bytes().decode("utf-8-sig"), name, found)
    except UnicodeDecodeError:
        found.append(Diagnostic("not-utf8", Source(name)))
    except OSError as error:
        found.append(Diagnostic("file-unreadable", Source(name), {"problem": error.strerror or type(error).__name__}))
    return None


def read_result_text(text: str, name: str, found: list[Diagnostic]) -> Told | None:
    """The result of which this is the text; None where it is none.

    Errors: no-check-result.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict) or document.get("schema") != _SCHEMA:
        stated = document.get("schema") if isinstance(document, dict) else None
        found.append(Diagnostic("no-check-result", Source(name), {"found": str(stated or "—")[:80]}))
        return None
    try:
        return told_of(document, name)
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError):
        found.append(Diagnostic("no-check-result", Source(name), {"found": _SCHEMA}))
        return None


def told_of(document: Mapping[str, Any], name: str, made_of: MadeOf | None = None) -> Told:
    """The rows and findings of a `check` document; without its own receipt the one that is given.

    Errors: KeyError, TypeError, ValueError where it does not have the shape of one.
    """
    return Told(
        name=name,
        title=_text(document["book"]["title"]),
        digest=_text(document["book"]["digest"]),
        rows=tuple(_row(each) for each in document["verdicts"]),
        findings=tuple(
            SidedFinding(
                _text(each["code"]), Severity(each["severity"]).value, _text(each["message"]), _source(each["source"])
            )
            for each in document["findings"]
        ),
        complete=document["complete"] is True,
        made_of=made_of or _receipt(document.get("receipt")),
    )


def _row(each: Mapping[str, Any]) -> Row:
    waiver, amendment = each.get("waiver"), each.get("amended_by")
    return Row(
        organization=_text(each["organization"]),
        role=_text(each["role"]),
        rule=_text(each["rule"]),
        period=_text(each["period"]),
        clause=_text(each["clause"]),
        indicator=_text(each["indicator"]),
        kind=_text(each["kind"]),
        comparator=_maybe(each["comparator"]),
        unit=_maybe(each["unit"]),
        verdict=Outcome(each["verdict"]).value,
        reason=Reason(each["reason"]).value if each["reason"] is not None else None,
        progress=_maybe(each["progress"]),
        actual=_maybe(each["actual"]),
        submitted=_maybe(each["submitted"]),
        due=_maybe(each["due"]),
        target_value=_maybe(each["target_value"]),
        gap=_maybe(each["gap"]),
        gap_unit=_maybe(each["gap_unit"]),
        amendment=f"{amendment['document']} {amendment['date']}" if amendment else None,
        waiver=_text(waiver["document"]) if waiver else None,
        notes=tuple(_text(note) for note in each["notes"]),
        source=_source(each["source"]) if each["source"] else None,
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    # Half of a character can stand in JSON, and be printed nowhere.
    value.encode()
    return value


def _maybe(value: object) -> str | None:
    return None if value is None else _text(value)


def _source(value: Mapping[str, Any]) -> Source:
    return Source(_text(value["file"]), int(value["line"] or 0), int(value["column"] or 0), _maybe(value.get("cell")))


def _receipt(value: object) -> MadeOf:
    """What a receipt says; one of another shape says nothing."""
    if not isinstance(value, Mapping):
        return MadeOf()
    book = value.get("book")
    return MadeOf(
        _texts(book.get("files")) if isinstance(book, Mapping) else None,
        share_names(_texts(value.get("submissions"))),
        _texts(value.get("program")),
        _texts(value.get("options")),
    )


def _texts(value: object) -> dict[str, str] | None:
    if not isinstance(value, Mapping):
        return None
    return {
        _text(key): each if isinstance(each, str) else json.dumps(each, sort_keys=True) for key, each in value.items()
    }


def share_names(digests: Mapping[str, str] | None) -> dict[str, str] | None:
    """The digests of submissions by names that do not depend on where the folder lay."""
    return None if digests is None else {shared_name(name): digest for name, digest in digests.items()}


def shared_name(name: str) -> str:
    """A submission's name from its period's folder on, so that two deliveries can be compared.

    >>> shared_name("old/2025Q2/a/b.yaml"), shared_name("old/b.yaml")
    ('2025Q2/a/b.yaml', 'b.yaml')
    """
    parts = name.split("/")
    for place in range(len(parts) - 2, -1, -1):
        if Period.parse(parts[place]) is not None:
            return "/".join(parts[place:])
    return parts[-1]
