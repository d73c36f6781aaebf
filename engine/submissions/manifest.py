"""`manifest.yaml`: when each file of a period's folder came in, and what it replaces."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from engine.model.arrival import Manifest, Receipt
from engine.model.diagnostic import Diagnostic
from engine.model.period import Period
from engine.shapes import Fields
from engine.submissions.read import SubmittedFile
from engine.yamlsource import Node, read_yaml


def read_manifest(text: str, file: str, period: Period, found: list[Diagnostic]) -> Manifest | None:
    """The receipts of one folder.

    Errors: those of YAML and shapes; receipt-repeated, replacement-impossible; received-before-end (a warning).
    """
    root, diagnostics = read_yaml(text, file)
    found.extend(diagnostics)
    if root is None:
        return None
    fields = Fields(root, found, ("due", "received", "illustrative", "note"))
    due = fields.day("due")
    fields.flag("illustrative")
    fields.text("note")
    receipts: dict[str, Receipt] = {}
    for item in fields.items("received", required=True):
        receipt = _read_receipt(item, found)
        if receipt is None:
            continue
        if receipt.file in receipts:
            first = receipts[receipt.file].source
            found.append(Diagnostic("receipt-repeated", receipt.source, {"file": receipt.file}, (first,)))
            continue
        if receipt.day < period.end:
            params = {"file": receipt.file, "day": receipt.day.isoformat(), "end": period.end.isoformat()}
            found.append(Diagnostic("received-before-end", receipt.source, params))
        receipts[receipt.file] = receipt
    return Manifest(period, root.source, due, _without_impossible(receipts, found))


def _read_receipt(node: Node, found: list[Diagnostic]) -> Receipt | None:
    fields = Fields(node, found, ("file", "date", "replaces", "reason", "note"))
    file, day = fields.text("file", required=True), fields.day("date", required=True)
    replaces = fields.text("replaces")
    reason = fields.text("reason", required=replaces is not None)
    fields.text("note")
    return Receipt(file, day, fields.source, replaces, reason) if file and day else None


def _without_impossible(receipts: dict[str, Receipt], found: list[Diagnostic]) -> dict[str, Receipt]:
    """The receipts; one that replaces what it cannot replace replaces nothing."""
    sound = dict(receipts)
    for name, receipt in receipts.items():
        if receipt.replaces is None:
            continue
        before = receipts.get(receipt.replaces)
        # A file that came in on the same day may be the correction, but of two that replace each other neither is.
        if before is None or before is receipt or before.day > receipt.day or _leads_back(receipts, receipt):
            params = {"file": name, "replaced": receipt.replaces}
            found.append(Diagnostic("replacement-impossible", receipt.source, params))
            sound[name] = Receipt(receipt.file, receipt.day, receipt.source)
    return sound


def _leads_back(receipts: Mapping[str, Receipt], start: Receipt) -> bool:
    seen = {start.file}
    name = start.replaces
    while name is not None and name in receipts:
        if name in seen:
            return name == start.file
        seen.add(name)
        name = receipts[name].replaces
    return False


def check_manifests(
    manifests: Mapping[Path, Manifest], files: Iterable[SubmittedFile], found: list[Diagnostic]
) -> None:
    """Hold the manifests of whole folders against what lies in them.

    Errors: receipt-without-file; file-without-receipt (a warning).
    """
    listed = {home: {file.within: file for file in files if file.home == home} for home in manifests}
    for home, manifest in manifests.items():
        for name, receipt in manifest.receipts.items():
            if name not in listed[home]:
                found.append(Diagnostic("receipt-without-file", receipt.source, {"file": name}))
        for name, file in listed[home].items():
            if name not in manifest.receipts:
                related = (manifest.source,)
                found.append(Diagnostic("file-without-receipt", file.place, {"file": name}, related))


def set_aside(
    manifests: Mapping[Path, Manifest], files: Iterable[SubmittedFile], as_of: date | None, found: list[Diagnostic]
) -> dict[SubmittedFile, str]:
    """The files that do not count, each with the code that says why: not there yet on a day, or replaced by then.

    Errors: received-later and file-replaced (notes).
    """
    aside: dict[SubmittedFile, str] = {}
    by_place = {(file.home, file.within): file for file in files if file.home is not None}
    for home, manifest in manifests.items():
        for name, receipt in manifest.receipts.items():
            file = by_place.get((home, name))
            if as_of is not None and receipt.day > as_of:
                if file is not None:
                    aside[file] = "received-later"
                    params = {"day": receipt.day.isoformat(), "as_of": as_of.isoformat()}
                    found.append(Diagnostic("received-later", file.place, params, (receipt.source,)))
                continue
            replaced = by_place.get((home, receipt.replaces)) if receipt.replaces else None
            if replaced is not None and replaced not in aside:
                aside[replaced] = "file-replaced"
                params = {"file": name, "day": receipt.day.isoformat(), "reason": receipt.reason or ""}
                found.append(Diagnostic("file-replaced", replaced.place, params, (receipt.source,)))
    return aside
