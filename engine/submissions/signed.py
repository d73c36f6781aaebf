"""Who signed what came in: a body that has a key submits for itself, and nobody else does."""

from collections.abc import Collection, Sequence
from pathlib import Path

from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.entry import Entry
from engine.model.period import Period
from engine.model.signer import Signer
from engine.model.source import Source
from engine.signatures import SUFFIX, SigningUnavailable, check_signature, namespace_of
from engine.submissions.convert import Converter
from engine.submissions.read import Delivery, SubmittedFile, read_beside, read_binary, signature_beside

#: What decides which figures of a period count.
_SETTING_ASIDE = ("manifest.yaml", "inspections.yaml")


def own_entries(
    book: Book,
    converter: Converter,
    file: SubmittedFile,
    bound: Period | None,
    entries: Sequence[Entry],
    found: list[Diagnostic],
) -> list[Entry]:
    """The entries of a file that may stand: those of its signer, and of bodies without a key where nobody signed.

    What the office signed may be anybody's: it enters what comes on paper. `bound` is the period to which the
    folder or the command binds the file; a file of no folder is signed for the period that it names.
    Errors: signature-missing, signature-broken, signer-unknown, signer-too-late, signed-by-another,
    signatures-unchecked.
    """
    bodies = [converter.body(entry.organization.text) for entry in entries]
    keyed = {signer.name for signer in book.signers if not signer.office}
    if signature_beside(file) is None:
        return _kept(converter, entries, bodies, keyed, "signature-missing", {"file": file.within}, found)
    named = {entry.period.text for entry in entries if entry.period}
    period = bound or (Period.parse(named.pop()) if len(named) == 1 else None)
    signer = _signer(book, file, period, found) if period else None
    if period is None:
        found.append(Diagnostic("signature-broken", Source(file.name), {"period": "–"}))
    if signer is None:
        converter.refuse(entries, found[-1].code)
        return []
    if signer.office:
        return list(entries)
    others = {body for body in bodies if body is not None and body != signer.name}
    return _kept(converter, entries, bodies, others, "signed-by-another", {"signer": signer.name}, found)


def _kept(
    converter: Converter,
    entries: Sequence[Entry],
    bodies: Sequence[str | None],
    refused: Collection[str],
    code: str,
    params: dict[str, str],
    found: list[Diagnostic],
) -> list[Entry]:
    """The entries but those of the bodies that are refused; each of these is named once."""
    kept: list[Entry] = []
    out: dict[str, list[Entry]] = {}
    for entry, body in zip(entries, bodies, strict=True):
        if body is not None and body in refused:
            out.setdefault(body, []).append(entry)
        else:
            kept.append(entry)
    for body, rows in out.items():
        told = {"organization": body, "count": str(len(rows)), **params}
        found.append(Diagnostic(code, rows[0].organization.source, told))
        converter.refuse(rows, code)
    return kept


def _signer(book: Book, file: SubmittedFile, period: Period, found: list[Diagnostic]) -> Signer | None:
    """Whose signature lies beside a file; None after a finding that says why it is nobody's."""
    signature = signature_beside(file)
    content = read_binary(file, found)
    if signature is None or content is None:
        return None
    place = Source(signature.name)
    if read_binary(signature, found) is None:
        return None
    try:
        seal = check_signature(content, signature.path, namespace_of(period))
    except SigningUnavailable as error:
        found.append(Diagnostic("signatures-unchecked", place, {"problem": str(error)}))
        return None
    if seal.fingerprint is None:
        found.append(Diagnostic("signature-broken", place, {"period": period.label}))
        return None
    signer = next((each for each in book.signers if each.fingerprint == seal.fingerprint), None)
    if signer is None:
        found.append(Diagnostic("signer-unknown", place, {"fingerprint": seal.fingerprint}))
    elif not signer.signs_for(period):
        params = {"signer": signer.name, "period": period.label}
        found.append(Diagnostic("signer-too-late", place, params, (signer.source,)))
        return None
    return signer


def distrusted(
    book: Book,
    delivery: Delivery,
    found: list[Diagnostic],
    names: Sequence[str] = ("manifest.yaml", "inspections.yaml"),
) -> frozenset[Path]:
    """The files beside submissions that the office has to sign and did not: they count for nothing.

    A manifest sets submissions aside, and inspections take their place; where the office has a key, nobody else may.
    Errors: office-signature-missing and those of `own_entries`; those of other periods are theirs.
    """
    if not any(signer.office for signer in book.signers):
        return frozenset()
    out: set[Path] = set()
    for files, folders, noticed in (
        (delivery.files, delivery.folders, found),
        (delivery.earlier, delivery.before, []),
        (delivery.later, (), []),
    ):
        for name in names:
            for file, _ in read_beside(name, files, folders, []):
                out.update([file.path] if not _is_the_office_s(book, file, noticed) else [])
    return frozenset(out)


def _is_the_office_s(book: Book, file: SubmittedFile, found: list[Diagnostic]) -> bool:
    signed = signature_beside(file) is not None and file.folder_period is not None
    signer = _signer(book, file, file.folder_period, found) if signed and file.folder_period else None
    if not signed or (signer is not None and not signer.office):
        found.append(Diagnostic("office-signature-missing", Source(file.name), {"file": f"{file.within}{SUFFIX}"}))
    return signer is not None and signer.office
