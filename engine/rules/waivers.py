"""`waivers.yaml` → the exemptions of a book, bound to its bodies, rules, targets and clauses."""

from collections.abc import Iterable, Mapping, Sequence

from engine.model.diagnostic import Diagnostic
from engine.model.noun import dataclass
from engine.model.rule import Waiver
from engine.names import NameIndex, nearest_names
from engine.shapes import Fields
from engine.yamlsource import Node

_KEYS = (
    "document", "date", "approver", "start", "end", "reach", "rules", "targets", "clauses", "reason", "note",
)  # fmt: skip

#: What a waiver may exempt from.
_SCOPES = ("rules", "targets", "clauses")


@dataclass(frozen=True, slots=True)
class Known:
    """The names of a book that a waiver may use: bodies' words, and rules, targets and clauses."""

    words: Mapping[str, tuple[str, ...]]
    rules: Iterable[str]
    targets: Iterable[str]
    clauses: Iterable[str]


def read_waivers(node: Node, found: list[Diagnostic]) -> tuple[Waiver, ...]:
    """The exemptions of the file, by start and place.

    Errors: those of shapes; waiver-dates-crossed.
    """
    waivers = []
    for item in Fields(node, found, ("waivers",)).items("waivers", required=True):
        before = len(found)
        waiver = _read_waiver(item, found)
        if waiver and len(found) == before:
            waivers.append(waiver)
    return tuple(sorted(waivers, key=lambda waiver: (waiver.start, waiver.source)))


def _read_waiver(node: Node, found: list[Diagnostic]) -> Waiver | None:
    fields = Fields(node, found, _KEYS)
    document, approver = fields.text("document", required=True), fields.text("approver", required=True)
    day = fields.day("date", required=True)
    start, end = fields.day("start", required=True), fields.day("end", required=True)
    reason, reach = fields.text("reason", required=True), fields.names("reach", required=True)
    scopes = {key: fields.names(key) for key in _SCOPES}
    fields.text("note")
    if node.kind == "mapping" and not any(fields.child(key) for key in _SCOPES):
        found.append(Diagnostic("key-missing", node.source, {"key": " / ".join(_SCOPES)}))
    if start and end and end < start:
        params = {"start": start.isoformat(), "end": end.isoformat()}
        place = next(value.source for key, value in node.pairs if key.text == "end")
        found.append(Diagnostic("waiver-dates-crossed", place, params))
    if not (document and approver and day and start and end and reach and reason):
        return None
    return Waiver(
        document, approver, start, end, day, reach, **scopes, reason=reason, source=node.source, places=fields.places
    )


def bind_waivers(node: Node, known: Known, found: list[Diagnostic]) -> tuple[Waiver, ...]:
    """The exemptions whose every name exists; the others are reported and excuse nobody.

    Errors: those of `read_waivers`; body-unknown, waiver-rule-unknown, target-unknown, clause-unknown,
    waiver-self-approved.
    """
    kept = []
    # An approver may be anybody's office, so that it is no listed word in one script says nothing yet.
    offices = NameIndex({word: word for word in known.words})
    for waiver in read_waivers(node, found):
        before = len(found)
        _check_names(waiver, known, found)
        approving = set(known.words.get(offices.find(waiver.approver) or "", ()))
        own = [word for word in waiver.reach if approving.intersection(known.words.get(word, ()))]
        if own:
            # Nobody exempts himself: otherwise a body could silence its own failure.
            params = {"approver": waiver.approver, "name": "、".join(own)}
            found.append(Diagnostic("waiver-self-approved", waiver.place("approver"), params))
        if len(found) == before:
            kept.append(waiver)
    return tuple(kept)


def _check_names(waiver: Waiver, known: Known, found: list[Diagnostic]) -> None:
    for word in waiver.reach:
        if word not in known.words:
            params = {"name": word, "nearest": "、".join(nearest_names(word, known.words))}
            found.append(Diagnostic("body-unknown", waiver.place("reach"), params))
    named: tuple[tuple[str, str, Sequence[str], Iterable[str]], ...] = (
        ("rules", "waiver-rule-unknown", waiver.rules, known.rules),
        ("targets", "target-unknown", waiver.targets, known.targets),
        ("clauses", "clause-unknown", waiver.clauses, known.clauses),
    )
    for key, code, names, existing in named:
        for name in names:
            if name not in existing:
                params = {key.removesuffix("s"): name, "nearest": "、".join(nearest_names(name, existing))}
                found.append(Diagnostic(code, waiver.place(key), params))
