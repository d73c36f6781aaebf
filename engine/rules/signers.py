"""`signers.yaml` → the keys with which organizations and the office sign."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import replace

from engine.model.diagnostic import Diagnostic
from engine.model.signer import Signer
from engine.names import NameIndex
from engine.shapes import Fields
from engine.yamlsource import Node

_KEYS = ("organization", "office", "key", "from", "until", "note")


def read_signers(
    node: Node, words: Mapping[str, tuple[str, ...]] | None, found: list[Diagnostic]
) -> tuple[Signer, ...]:
    """The keys of the file in its order. `words` are the book's names of bodies; without them every name is one.

    Whose key cannot be used still has one: nobody submits for him unsigned because of a slip of the pen.
    Errors: those of shapes; body-unknown, key-unreadable, key-repeated, key-dates-crossed.
    """
    # A group has no key: it is nobody who could sign.
    single = {word: bodies[0] for word, bodies in (words or {}).items() if len(bodies) == 1}
    names = None if words is None else NameIndex(single)
    signers: list[Signer] = []
    holders: dict[str, Signer] = {}
    for item in Fields(node, found, ("signers",)).items("signers", required=True):
        before = len(found)
        signer = _read_signer(item, names, found)
        if signer is None:
            continue
        first = holders.setdefault(signer.fingerprint, signer) if signer.fingerprint else signer
        if first is not signer:
            # Of a key that two bodies hold nobody can say who signed.
            params = {"name": signer.name, "other": first.name}
            found.append(Diagnostic("key-repeated", signer.source, params, (first.source,)))
        signers.append(signer if len(found) == before else replace(signer, fingerprint=""))
    return tuple(signers)


def _read_signer(node: Node, names: NameIndex | None, found: list[Diagnostic]) -> Signer | None:
    fields = Fields(node, found, _KEYS)
    office, written = fields.text("office"), fields.text("organization")
    key = fields.text("key", required=True)
    first, last = fields.day("from"), fields.day("until")
    fields.text("note")
    if node.kind != "mapping":
        return None
    if (office is None) == (written is None):
        found.append(Diagnostic("key-missing", node.source, {"key": "organization / office"}))
        return None
    name = office if written is None else names.find(written) if names else written
    if name is None:
        params = {"name": str(written), "nearest": "、".join(names.nearest(str(written)) if names else ())}
        found.append(Diagnostic("body-unknown", node.source, params))
    if first and last and last < first:
        params = {"start": first.isoformat(), "end": last.isoformat()}
        found.append(Diagnostic("key-dates-crossed", node.source, params))
    fingerprint = fingerprint_of(key) if key else None
    if key and fingerprint is None:
        place = next(value.source for each, value in node.pairs if each.text == "key")
        found.append(Diagnostic("key-unreadable", place, {}))
    return Signer(name, office is not None, fingerprint or "", node.source, first, last) if name is not None else None


def fingerprint_of(key: str) -> str | None:
    """The fingerprint of a public key as it stands in a .pub file; None where the text is none.

    >>> fingerprint_of("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAmeF/V4y2HPE9qwpFTzmser9h8zynh+/NBuJiNkK/uo")
    'SHA256:mYJsMu7no3srBe2j9Hnva1+necEmGceDYlPX9Uq4FWI'
    """
    kind, _, rest = key.strip().partition(" ")
    try:
        blob = base64.b64decode(rest.split()[0] if rest.split() else "", validate=True)
    except ValueError:
        return None
    parts = _parts(blob)
    # The key begins with its own kind, which says what the rest means.
    if not kind or len(parts) < 2 or parts[0] != kind.encode():
        return None
    return "SHA256:" + base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")


def _parts(blob: bytes) -> list[bytes]:
    """The parts of a key, each behind its length; none where they do not fill it."""
    parts = []
    while blob:
        length = int.from_bytes(blob[:4], "big")
        if len(blob) < 4 + length:
            return []
        parts.append(blob[4 : 4 + length])
        blob = blob[4 + length :]
    return parts
