"""Receipts of whole results, and whether a result still follows from what its receipt names.

A composer as `pipeline.py` is, one step further on: what is verified are whole checks.
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from engine import __version__
from engine.followup.read import read_delivered
from engine.followup.receipts import (
    Json,
    changed_files,
    digest_document,
    digest_of,
    first_byte,
    first_difference,
    own_digest,
    read_receipt,
    receipt_document,
    seal,
)
from engine.model.diagnostic import Diagnostic
from engine.model.noun import dataclass
from engine.model.period import Period
from engine.model.receipt import Inputs, Receipt
from engine.model.source import Source
from engine.pipeline import Selection, check, cited_files, open_book
from engine.report.formats import CHECK, View
from engine.report.words import LANGUAGES, Words
from engine.rules.read import read_book_files
from engine.signatures import RESULT, SUFFIX, SigningUnavailable, check_signature
from engine.submissions.gather import digest_inputs
from engine.submissions.read import find_files, read_beside

SCHEMA = "biaochi.receipt/1"

#: What a receipt beside a result is called.
BESIDE = ".receipt.json"

#: The versions of the shapes in which results and receipts are written.
_SHAPES = {"result": "biaochi.check/1", "receipt": SCHEMA}

_DAY = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")


def make_receipt(book_digest: str, inputs: Inputs, options: Mapping[str, object], previous: str | None) -> Receipt:
    """The receipt of a result that is not written yet: it lacks the digests of the result and of itself."""
    return Receipt(book_digest, inputs.book, inputs.submissions, program_versions(), options, previous)


def program_versions() -> dict[str, str]:
    """The versions of everything that has a say in a result."""
    from engine.evaluate.duckdb import engine_version

    python = ".".join(map(str, sys.version_info[:3]))
    return {"biaochi": __version__, "python": python, "duckdb": engine_version(), **_SHAPES}


def with_receipt(document: Json, receipt: Receipt) -> Json:
    """A JSON result that carries its receipt; the receipt is sealed over everything else in it."""
    return {**document, "receipt": receipt_document(seal(receipt, digest_document(document)))}


def receipt_beside(content: bytes, receipt: Receipt) -> Json:
    """The receipt of a result of any other form, as a document of its own."""
    return {"schema": SCHEMA, **receipt_document(seal(receipt, digest_of(content)))}


def own_receipt(text: str) -> Json:
    """The receipt that stands in a JSON result, as a document of its own."""
    return {"schema": SCHEMA, **json.loads(text)["receipt"]}


@dataclass(frozen=True, slots=True)
class Received:
    """A result with its receipt: in it where it is JSON, else in the file beside it."""

    name: str
    content: bytes
    receipt: Receipt
    document: Json | None


def receive(path: Path, beside: Path | None, found: list[Diagnostic]) -> Received | None:
    """Read a result and its receipt; a receipt alone is read as one, too.

    Errors: file-unreadable, not-a-regular-file, receipt-missing.
    """
    content = read_delivered(path, found)
    if content is None:
        return None
    document = None if beside else _parse(content)
    if document is not None:
        held = document if document.get("schema") == SCHEMA else document.get("receipt")
        receipt = read_receipt(held)
        if receipt is not None:
            return Received(path.as_posix(), content, receipt, document)
    there = beside or path.with_name(path.name + BESIDE)
    text = read_delivered(there, found) if beside or there.is_file() else None
    receipt = read_receipt(_parse(text)) if text is not None else None
    if receipt is None:
        if beside is None or text is not None:
            found.append(Diagnostic("receipt-missing", Source(path.as_posix()), {"file": there.as_posix()}))
        return None
    return Received(path.as_posix(), content, receipt, None)


def _parse(content: bytes) -> Json | None:
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return document if isinstance(document, dict) else None


def verify(
    received: Received, book: Path, here: Path, found: list[Diagnostic], as_of: date | None = None
) -> date | None:
    """Make a result again from what lies in `book`, as seen from the folder `here`, and say in what it differs.

    What was added since with a later day is no difference: without `as_of` the day is looked for on which everything
    was as the receipt says, and returned where it is not today.
    Errors: receipt-broken, receipt-foreign, input-changed, input-added, input-removed, result-differs;
    made-by-another-version (a note).
    """
    receipt, source = received.receipt, Source(received.name)
    call = _read_call(receipt.options)
    broken = own_digest(receipt) != receipt.digest
    if broken:
        found.append(Diagnostic("receipt-broken", source, {}))
    if call is None:
        if not broken:
            found.append(Diagnostic("receipt-foreign", source, {}))
        return None
    differences = _held_against_inputs(receipt, call, book, as_of)
    day = as_of
    if differences and as_of is None:
        for tried in _days(book, call):
            if not _held_against_inputs(receipt, call, book, tried):
                day, differences = tried, []
                break
    now = program_versions()
    for name in sorted({*receipt.program, *now}):
        then = receipt.program.get(name, "–")
        if then != now.get(name, "–"):
            params = {"name": name, "then": then, "now": now.get(name, "–")}
            found.append(Diagnostic("made-by-another-version", source, params))
    found.extend(Diagnostic(code, Source(name), {"result": received.name}) for code, name in differences)
    # Where a receipt was changed, making the result again tells what in it.
    if not differences or broken:
        again = _make_again(receipt, call, book, here, day)
        if again is not None:
            _compare(received, again, found)
    return day if as_of is None else None


@dataclass(frozen=True, slots=True)
class _Call:
    """How a check was called, read from a receipt."""

    paths: tuple[Path, ...]
    form: str
    by: str
    language: str
    period: Period | None
    selection: Selection


def _read_call(options: Mapping[str, object]) -> _Call | None:
    """The call that options describe; None where this program has no such call."""
    form, by, language, period = (options.get(key) for key in ("format", "by", "lang", "period"))
    lists = [_texts(options.get(key)) for key in ("paths", "organizations", "clauses", "rules", "only")]
    if options.get("command") != "check" or form not in CHECK or language not in LANGUAGES:
        return None
    paths, bodies, clauses, rules, outcomes = lists
    if not paths or bodies is None or clauses is None or rules is None or outcomes is None:
        return None
    judged = Period.parse(period) if isinstance(period, str) else None
    if by not in ("organization", "clause") or (period is not None and judged is None):
        return None
    selection = Selection(bodies, clauses, rules, outcomes)
    return _Call(tuple(map(Path, paths)), str(form), str(by), str(language), judged, selection)


def _texts(value: object) -> tuple[str, ...] | None:
    return tuple(value) if isinstance(value, list) and all(isinstance(each, str) for each in value) else None


def is_signed(path: Path) -> bool:
    """Whether a signature lies beside a file."""
    return path.with_name(path.name + SUFFIX).is_file()


def who_signed(path: Path, book: Path, found: list[Diagnostic]) -> str | None:
    """The office that signed a result or the receipt beside it; None where nobody did, or a finding says why not.

    Errors: result-signature-broken, result-signer-unknown, signatures-unchecked; result-unsigned (a note).
    """
    opened = open_book(book, [])
    offices = [signer for signer in opened.signers if signer.office] if opened else []
    for file in (path, path.with_name(path.name + BESIDE)):
        signature = file.with_name(file.name + SUFFIX)
        content = read_delivered(file, []) if is_signed(file) else None
        if content is None:
            continue
        place = Source(signature.as_posix())
        try:
            seal = check_signature(content, signature, RESULT)
        except SigningUnavailable as error:
            found.append(Diagnostic("signatures-unchecked", place, {"problem": str(error)}))
            return None
        if seal.fingerprint is None:
            found.append(Diagnostic("result-signature-broken", place, {}))
            return None
        signer = next((each for each in offices if each.fingerprint == seal.fingerprint), None)
        if signer is None:
            found.append(Diagnostic("result-signer-unknown", place, {"fingerprint": seal.fingerprint}))
        return signer.name if signer else None
    if offices:
        found.append(Diagnostic("result-unsigned", Source(path.as_posix()), {"file": path.as_posix()}))
    return None


def _held_against_inputs(receipt: Receipt, call: _Call, folder: Path, as_of: date | None) -> Sequence[tuple[str, str]]:
    """The files that are not what the receipt says; those of the book first, without which nothing can be judged."""
    files = read_book_files(folder, [], as_of)
    changed = changed_files(receipt.book, files.digests)
    if changed:
        return changed
    signed = "signers.yaml" in files.texts
    return changed_files(receipt.submissions, digest_inputs(find_files(call.paths, []), as_of, signed))


def _days(folder: Path, call: _Call) -> Iterator[date]:
    """The days, latest first, on which what is known may have been something else than on the day after."""
    texts = [text for name, text in read_book_files(folder, []).texts.items() if name not in ("targets.yaml",)]
    delivery = find_files(call.paths, [])
    files = (*delivery.files, *delivery.earlier, *delivery.later)
    for name in ("manifest.yaml", "inspections.yaml"):
        texts += [text for _, text in read_beside(name, files, (*delivery.folders, *delivery.before), [])]
    days = {file.folder_period.end for file in delivery.later if file.folder_period}
    for written in {day for text in texts for day in _DAY.findall(text)}:
        try:
            days.add(date.fromisoformat(written))
        except ValueError:
            continue
    yield from sorted({*days, *(day - timedelta(days=1) for day in days if day > date.min)}, reverse=True)


def _make_again(receipt: Receipt, call: _Call, folder: Path, here: Path, as_of: date | None) -> bytes | None:
    """The bytes of the result as it comes out now, its receipt sealed as if by the versions of then."""
    found: list[Diagnostic] = []
    book = open_book(folder, found, as_of=as_of)
    if book is None:
        return None
    result = check(book, found, call.paths, period=call.period, as_of=as_of, selection=call.selection)
    fresh = replace(receipt, book_digest=book.digest, book=result.inputs.book, submissions=result.inputs.submissions)
    files = cited_files(folder, call.paths, here)
    view = View(Words(call.language), _plain, files, call.by, sign_off=lambda document: with_receipt(document, fresh))
    return CHECK[call.form](result, view).encode()


def _plain(text: str, style: str) -> str:
    return text


def _compare(received: Received, again: bytes, found: list[Diagnostic]) -> None:
    """Errors: result-differs, with the place, what stands there, and what comes out."""
    content = received.content
    if received.document is not None and received.document.get("schema") == SCHEMA:
        # A receipt alone: of the result there is only its digest.
        _compare_digest(received, again, found)
        return
    if content == again:
        return
    _, line, column = first_byte(content, again)
    params = {"place": f"{line}:{column}", "found": _line(content, line), "wanted": _line(again, line)}
    wanted = _parse(again) if received.document is not None else None
    if received.document is not None and wanted is not None:
        difference = first_difference(received.document, wanted)
        if difference:
            place, here, there = difference
            params = {"place": _named(place, wanted), "found": here, "wanted": there}
    found.append(Diagnostic("result-differs", Source(received.name, line, column), params))


def _compare_digest(received: Received, again: bytes, found: list[Diagnostic]) -> None:
    document = _parse(again) if received.receipt.options.get("format") == "json" else None
    made = document["receipt"]["result"] if document else digest_of(again)
    if made != received.receipt.result:
        params = {"place": "result", "found": received.receipt.result, "wanted": made}
        found.append(Diagnostic("result-differs", Source(received.name), params))


def _line(content: bytes, line: int) -> str:
    lines = content.split(b"\n")
    text = lines[line - 1].decode("utf-8", "replace").strip() if line <= len(lines) else ""
    return text if len(text) <= 60 else f"{text[:60]}…"


def _named(place: str, document: Json) -> str:
    """The place of a verdict with the body and the rule that it is about."""
    match = re.match(r"verdicts\[(\d+)\]", place)
    rows = document.get("verdicts")
    if match is None or not isinstance(rows, list) or int(match[1]) >= len(rows):
        return place
    row = rows[int(match[1])]
    return f"{place} ({row['organization']}, {row['rule']}, {row['period']})"


def verify_chain(chain: Sequence[Received], found: list[Diagnostic]) -> None:
    """Hold results in their order against what each says of the one before it.

    Errors: chain-broken at the first result that does not follow.
    """
    before: Received | None = None
    for received in chain:
        wanted = before.receipt.digest if before else None
        if received.receipt.previous != wanted:
            params = {"before": before.name if before else "–", "previous": received.receipt.previous or "–"}
            found.append(Diagnostic("chain-broken", Source(received.name), params))
            return
        before = received
