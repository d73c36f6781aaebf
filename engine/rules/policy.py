"""`policy.yaml`, `allocations/*.yaml` and `amendments.yaml`: what the book decides and documents."""

import re
from fractions import Fraction
from itertools import pairwise
from pathlib import PurePosixPath

from engine.model.diagnostic import Diagnostic
from engine.model.rule import Allocation, Amendment, CircularPolicy, Ladder, NoticePolicy, Policy
from engine.rules.scoring import read_scoring
from engine.rules.suspicions import read_suspicions, read_trust
from engine.shapes import Fields, node_quantity
from engine.yamlsource import Node

#: What holds in a book without a policy file: one step of 10 points for paced kinds, 1 point for rates.
DEFAULT_POLICY = Policy(
    paced=Ladder(Fraction(0), Fraction(-10)),
    percent=Ladder(Fraction(0), Fraction(-1)),
    ahead_margin=Fraction(5),
    pace_word="序時進度",
)


def read_policy(node: Node, found: list[Diagnostic]) -> Policy:
    """The book's policy; what the file leaves out keeps its default.

    Units: ladders and margin in points, the threshold of cases in per cent, deadlines in days.
    Errors: those of shapes; ladder-broken.
    """
    root = Fields(
        node,
        found,
        (
            "bands",
            "ahead_margin",
            "wording",
            "cases",
            "suspicions",
            "trust",
            "deadlines",
            "scoring",
            "notices",
            "circular",
        ),
    )
    paced, percent = DEFAULT_POLICY.paced, DEFAULT_POLICY.percent
    bands_node = root.child("bands")
    if bands_node:
        bands = Fields(bands_node, found, ("paced", "percent"))
        paced = read_ladder(bands.child("paced"), found) or paced
        percent = read_ladder(bands.child("percent"), found) or percent
    pace_word = DEFAULT_POLICY.pace_word
    wording_node = root.child("wording")
    if wording_node:
        pace_word = Fields(wording_node, found, ("pace",)).text("pace") or pace_word
    margin = root.number("ahead_margin")
    margin = DEFAULT_POLICY.ahead_margin if margin is None else margin
    suspicions, trust = root.child("suspicions"), root.child("trust")
    cases, deadlines, notices = root.child("cases"), root.child("deadlines"), root.child("notices")
    scoring, circular = root.child("scoring"), root.child("circular")
    return Policy(
        paced,
        percent,
        margin,
        pace_word,
        _whole_number(Fields(cases, found, ("threshold",)) if cases else None, "threshold", 100, found),
        read_suspicions(suspicions, found) if suspicions else None,
        read_trust(trust, found) if trust else None,
        _whole_number(Fields(deadlines, found, ("days",)) if deadlines else None, "days", 366, found),
        read_scoring(scoring, found) if scoring else None,
        _read_notices(notices, found) if notices else DEFAULT_POLICY.notices,
        _read_circular(circular, found) if circular else DEFAULT_POLICY.circular,
    )


def _read_circular(node: Node, found: list[Diagnostic]) -> CircularPolicy:
    """How the office writes circulars; what is left out keeps its default."""
    fields = Fields(node, found, ("recipients", "headline"))
    headline = fields.names("headline") or ()
    return CircularPolicy(fields.text("recipients") or DEFAULT_POLICY.circular.recipients, headline, node.source)


def _read_notices(node: Node, found: list[Diagnostic]) -> NoticePolicy:
    """How the office writes notices; what is left out keeps its default."""
    fields, default = Fields(node, found, ("reply_days", "office", "sign")), DEFAULT_POLICY.notices
    days = _whole_number(fields, "reply_days", 366, found) if fields.child("reply_days") else None
    return NoticePolicy(
        default.reply_days if days is None else days,
        fields.text("office") or default.office,
        fields.text("sign") or default.sign,
    )


def _whole_number(fields: Fields | None, key: str, most: int, found: list[Diagnostic]) -> int | None:
    """The only field of a mapping, a whole number from 0 to `most`."""
    written = fields.text(key, required=True) if fields else None
    if fields is None or written is None:
        return None
    if not re.fullmatch(r"[0-9]{1,3}", written) or int(written) > most:
        found.append(Diagnostic("wrong-shape", fields.source, {"expected": f"a whole number from 0 to {most}"}))
        return None
    return int(written)


def read_ladder(node: Node | None, found: list[Diagnostic]) -> Ladder | None:
    """A ladder of bands: every step but the last has `at_least`, the last one has none.

    Units: the gap's own.
    Errors: ladder-broken where the steps leave a gap, overlap or do not worsen one way.
    """
    if node is None:
        return None
    if node.kind != "list" or not node.items:
        found.append(Diagnostic("wrong-shape", node.source, {"expected": "a list of bands"}))
        return None
    edges: list[tuple[Fraction | None, str]] = []
    for item in node.items:
        fields = Fields(item, found, ("at_least", "verdict"))
        edges.append((fields.number("at_least"), fields.text("verdict", required=True) or ""))
    problem = _ladder_problem(edges)
    if problem:
        found.append(Diagnostic("ladder-broken", node.source, {"problem": problem}))
        return None
    passing = min(edge for edge, verdict in edges if edge is not None and verdict == "pass")
    risky = [edge for edge, verdict in edges if edge is not None and verdict == "at-risk"]
    return Ladder(passing, min(risky, default=passing))


def _ladder_problem(edges: list[tuple[Fraction | None, str]]) -> str | None:
    order = ("pass", "at-risk", "fail")
    verdicts = [verdict for _, verdict in edges]
    if any(verdict not in order for verdict in verdicts):
        return "a verdict is one of pass, at-risk, fail"
    ranks = [order.index(verdict) for verdict in verdicts]
    if verdicts[0] != "pass" or verdicts[-1] != "fail" or edges[-1][0] is not None:
        return "it begins with pass and ends with fail without at_least"
    bounds = [edge for edge, _ in edges[:-1]]
    if any(bound is None for bound in bounds):
        return "every band but the last has at_least"
    falling = all(a > b for a, b in pairwise(bounds) if a is not None and b is not None)
    if not falling or ranks != sorted(ranks):
        return "the bands must fall and grow worse in one direction"
    return None


def read_allocation(node: Node, definitions: str, found: list[Diagnostic]) -> Allocation | None:
    """One quota table, named after its file.

    Errors: those of shapes and quantities.
    """
    fields = Fields(node, found, ("rule", "document", "date", "illustrative", "quotas", "note"))
    rule = fields.text("rule", required=True)
    document = fields.text("document", required=True)
    fields.day("date")
    fields.flag("illustrative")
    fields.text("note")
    quotas_node = fields.child("quotas", required=True)
    if rule is None or document is None or quotas_node is None:
        return None
    if quotas_node.kind != "mapping":
        found.append(Diagnostic("wrong-shape", quotas_node.source, {"expected": "a mapping of quotas"}))
        return None
    quotas = {
        key.text: quantity for key, value in quotas_node.pairs if (quantity := node_quantity(value, definitions, found))
    }
    places = Fields(quotas_node, found, None).places
    return Allocation(PurePosixPath(node.source.file).stem, rule, document, quotas, node.source, places)


def read_amendments(node: Node, definitions: str, found: list[Diagnostic]) -> tuple[Amendment, ...]:
    """Numbers set or changed by a document, oldest first; of one day those for everybody before those for some.

    Errors: those of shapes and quantities.
    """
    amendments = []
    for item in Fields(node, found, ("amendments",)).items("amendments", required=True):
        fields = Fields(item, found, ("target", "threshold", "document", "date", "reach", "restores", "note"))
        target = fields.text("target", required=True)
        threshold = fields.quantity("threshold", definitions, required=True)
        document = fields.text("document", required=True)
        day = fields.day("date", required=True)
        reach, restores = fields.names("reach"), fields.flag("restores")
        fields.text("note")
        if target and threshold and document and day:
            amendments.append(Amendment(target, threshold, document, day, reach, item.source, restores))
    # One document may set a number for all and another for some: which stands first in the file says nothing.
    return tuple(sorted(amendments, key=lambda amendment: (amendment.date, bool(amendment.reach), amendment.source)))
