"""The key `scoring` of `policy.yaml` and `adjustments.yaml`: how a book scores and ranks, and what documents add."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from engine.model.diagnostic import Diagnostic
from engine.model.noun import dataclass
from engine.model.period import Period
from engine.model.scoring import (
    AdjustmentEntry,
    Bonus,
    Method,
    MethodName,
    Override,
    Quarters,
    Scheme,
    Scoring,
    Veto,
)
from engine.names import nearest_names
from engine.shapes import Fields
from engine.yamlsource import Node

_KEYS = (
    "name", "members", "document", "illustrative", "note", "method", "undecided", "targets", "bonus", "annual_only",
    "veto", "commended", "named", "named_below",
)  # fmt: skip

#: The parameters that each method takes, and without which of them it says nothing.
_PARAMETERS: Mapping[MethodName, tuple[tuple[str, ...], tuple[str, ...]]] = {
    MethodName.VERDICT: (("points",), ("points",)),
    MethodName.COMPLETION: (("cap",), ()),
    MethodName.ALL_OR_NOTHING: ((), ()),
    MethodName.RANK: (("step",), ("step",)),
    MethodName.LINEAR: (("base", "per_point", "cap"), ("base", "per_point")),
    MethodName.EFFICACY: (("base",), ("base",)),
    MethodName.MET_THEN_RANK: (("met", "most", "step"), ("met", "most", "step")),
}

#: Reasons that a policy prices, and what holds where it says nothing; None leaves the target out.
_PRICED = ("missing", "unusable", "different-measure", "no-baseline", "not-applicable")

#: Reasons that are no fault of the body that would report: left out unless the policy prices them.
_EXCUSED = ("no-baseline", "not-applicable")

#: The parameters that are plain numbers.
_NUMBERS = ("cap", "step", "base", "per_point", "met", "most")

LEFT_OUT = "left-out"
_HUNDRED = Fraction(100)
_DRAWS, _SEED = 1000, 1


def read_scoring(node: Node, found: list[Diagnostic]) -> Scoring:
    """The groups with their methods, the weights of the quarters, and how large the sample of joint variation is.

    Units: as in `engine.model.scoring`.
    Errors: those of shapes; wrong-shape for parameters that a method does not take.
    """
    root = Fields(node, found, ("quarters", "variation", "groups"))
    quarters, variation = root.child("quarters"), root.child("variation")
    draws, seed = _DRAWS, _SEED
    if variation:
        fields = Fields(variation, found, ("draws", "seed"))
        draws = _whole(fields, "draws", found, required=True) or 0
        seed = _whole(fields, "seed", found, required=True) or 0
    schemes = [_read_scheme(item, found) for item in root.items("groups", required=True)]
    return Scoring(
        tuple(scheme for scheme in schemes if scheme),
        _read_quarters(quarters, found) if quarters else None,
        draws,
        seed,
    )


def _read_quarters(node: Node, found: list[Diagnostic]) -> Quarters | None:
    fields = Fields(node, found, ("weights", "document"))
    written, document = fields.texts("weights", required=True), fields.text("document", required=True)
    weights = [Fraction(text) for text in written if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,5})?", text)]
    if fields.has("weights") and (len(weights) != 4 or len(written) != 4 or sum(weights) != _HUNDRED):
        _refuse(fields, "weights", "four numbers that make 100", found)
        return None
    return Quarters((weights[0], weights[1], weights[2], weights[3]), document) if weights and document else None


def _read_scheme(node: Node, found: list[Diagnostic]) -> Scheme | None:
    fields = Fields(node, found, _KEYS)
    name, document = fields.text("name", required=True), fields.text("document", required=True)
    members, annual_only = fields.names("members", required=True), fields.names("annual_only")
    illustrative = fields.flag("illustrative")
    fields.text("note")
    method = _read_method(fields.child("method", required=True), found)
    undecided = _read_prices(fields.child("undecided", required=True), found)
    veto = fields.choice("veto", Veto) or Veto.UNRANKED
    overrides = [_read_override(item, found) for item in fields.items("targets")]
    bonus = [_read_bonus(item, found) for item in fields.items("bonus")]
    commended, named = _whole(fields, "commended", found), _whole(fields, "named", found)
    below = fields.number("named_below")
    if not (name and document and members and method and undecided is not None):
        return None
    return Scheme(
        name=name,
        members=members,
        method=method,
        document=document,
        illustrative=illustrative,
        undecided=undecided,
        overrides=tuple(each for each in overrides if each),
        bonus=tuple(each for each in bonus if each),
        annual_only=annual_only,
        veto=veto,
        commended=commended or 0,
        named=named or 0,
        named_below=below,
        source=node.source,
    )


def _read_method(node: Node | None, found: list[Diagnostic]) -> Method | None:
    if node is None:
        return None
    fields = Fields(node, found, ("name", "document", "points", "cap", "step", "base", "per_point", "met", "most"))
    name, document = fields.choice("name", MethodName, required=True), fields.text("document", required=True)
    numbers = {key: fields.number(key) for key in _NUMBERS}
    points = _read_points(fields.child("points"), found)
    if name is None or document is None:
        return None
    taken, needed = _PARAMETERS[name]
    for key in (*numbers, "points"):
        if fields.child(key) and key not in taken:
            _refuse(fields, key, f"no {key} for the method {name.value}", found)
        elif key in needed and not fields.child(key):
            found.append(Diagnostic("key-missing", fields.source, {"key": key}))
    for key, number in numbers.items():
        if number is not None and (number < 0 or (key == "cap" and number < _HUNDRED)):
            _refuse(fields, key, "a number from 100" if key == "cap" else "a number from 0", found)
        elif number is not None and key == "base" and name is MethodName.EFFICACY and number > _HUNDRED:
            _refuse(fields, key, "a number from 0 to 100", found)
    if "points" in needed and points is None:
        return None
    plain = Method(name, document, points or {})
    return replace(
        plain,
        cap=_or(numbers["cap"], plain.cap),
        step=_or(numbers["step"], plain.step),
        base=_or(numbers["base"], plain.base),
        per_point=_or(numbers["per_point"], plain.per_point),
        met=_share(fields, numbers["met"], numbers["most"], found),
    )


def _share(fields: Fields, met: Fraction | None, most: Fraction | None, found: list[Diagnostic]) -> Fraction:
    """What meeting the target gives out of 100, said in the scheme's own points: 4 of at most 6."""
    if met is None or most is None:
        return _HUNDRED
    if not 0 <= met <= most or most == 0:
        _refuse(fields, "met", "a number from 0 to most", found)
        return _HUNDRED
    return _HUNDRED * met / most


def _or(number: Fraction | None, default: Fraction) -> Fraction:
    return default if number is None else number


def _read_points(node: Node | None, found: list[Diagnostic]) -> dict[str, Fraction] | None:
    if node is None:
        return None
    fields = Fields(node, found, ("pass", "at-risk", "fail"))
    points = {key: fields.number(key, required=True) for key in ("pass", "at-risk", "fail")}
    known = {key: number for key, number in points.items() if number is not None}
    return known if len(known) == len(points) else None


def _read_prices(node: Node | None, found: list[Diagnostic]) -> dict[str, Fraction | None] | None:
    """What is given for a target without an outcome; what is not said of a figure that came in is that of none."""
    if node is None:
        return None
    fields = Fields(node, found, ("missing", "unusable", "different-measure", "no-baseline", "not-applicable"))
    fields.text("missing", required=True)
    prices: dict[str, Fraction | None] = {}
    for key in _PRICED:
        written = fields.child(key)
        if written is None:
            prices[key] = None if key in _EXCUSED else prices.get("missing")
        else:
            prices[key] = None if written.text == LEFT_OUT else fields.number(key)
    return prices


def _read_override(node: Node, found: list[Diagnostic]) -> Override | None:
    fields = Fields(node, found, ("rules", "weight", "method", "document"))
    rules, document = fields.names("rules", required=True), fields.text("document", required=True)
    weight = fields.number("weight")
    if weight is not None and weight <= 0:
        _refuse(fields, "weight", "a number above 0", found)
    method = _read_method(fields.child("method"), found)
    if not rules or not document:
        return None
    return Override(rules, Fraction(1) if weight is None else weight, method, document, node.source)


def _read_bonus(node: Node, found: list[Diagnostic]) -> Bonus | None:
    fields = Fields(node, found, ("rule", "first", "only_if", "document"))
    rule, document = fields.text("rule", required=True), fields.text("document", required=True)
    only_if = fields.names("only_if")
    written = fields.names("first", required=True)
    first = [Fraction(text) for text in written if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,5})?", text)]
    if len(first) != len(written):
        _refuse(fields, "first", "a list of points", found)
        return None
    return Bonus(rule, tuple(first), only_if, document, node.source) if rule and document and first else None


def _whole(fields: Fields, key: str, found: list[Diagnostic], required: bool = False) -> int | None:
    written = fields.text(key, required=required)
    if written is None:
        return None
    if not re.fullmatch(r"[0-9]{1,4}", written):
        _refuse(fields, key, "a whole number from 0 to 9999", found)
        return None
    return int(written)


def _refuse(fields: Fields, key: str, expected: str, found: list[Diagnostic]) -> None:
    source = (fields.child(key) or fields.node).source
    found.append(Diagnostic("wrong-shape", source, {"expected": expected}))


def read_adjustments(node: Node, found: list[Diagnostic]) -> tuple[AdjustmentEntry, ...]:
    """What documents add or take beside all targets, in the order of the file. Units: points of the total score.

    Errors: those of shapes; period-unreadable; wrong-shape where the points do not fit the kind.
    """
    entries = []
    for item in Fields(node, found, ("adjustments",)).items("adjustments", required=True):
        entry = _read_adjustment(item, found)
        if entry:
            entries.append(entry)
    return tuple(entries)


def _read_adjustment(node: Node, found: list[Diagnostic]) -> AdjustmentEntry | None:
    fields = Fields(node, found, ("kind", "period", "reach", "points", "reason", "document", "note"))
    kind, written = fields.text("kind", required=True), fields.text("period", required=True)
    reach, document = fields.names("reach", required=True), fields.text("document", required=True)
    reason, points = fields.text("reason", required=True), fields.number("points")
    fields.text("note")
    period = Period.parse(written) if written else None
    if written and period is None:
        _refuse(fields, "period", "a period such as 2025Q2", found)
    if kind is not None and kind not in ("bonus", "deduction", "veto"):
        _refuse(fields, "kind", "bonus, deduction or veto", found)
        return None
    # What is half understood gives or takes nothing: the finding says that the ranking is not complete.
    sound = False
    if kind == "veto" and fields.child("points"):
        _refuse(fields, "points", "no points for a veto", found)
    elif kind in ("bonus", "deduction") and not fields.child("points"):
        found.append(Diagnostic("key-missing", fields.source, {"key": "points"}))
    elif points is not None and points <= 0:
        _refuse(fields, "points", "a number above 0", found)
    else:
        sound = kind == "veto" or points is not None
    if not (sound and kind and period and reach and reason and document):
        return None
    signed = Fraction(0) if points is None else -points if kind == "deduction" else points
    return AdjustmentEntry(kind, period, reach, signed, reason, document, node.source)


@dataclass(frozen=True, slots=True)
class Known:
    """What a book knows that scoring may use: bodies' words, rules, who is ranked, and the plan's year."""

    words: Mapping[str, tuple[str, ...]]
    rules: Iterable[str]
    ranked: Collection[str] = ()
    year: int | None = None


def bind_scoring(scoring: Scoring, known: Known, found: list[Diagnostic]) -> Scoring:
    """The scoring with its words turned into bodies and every rule known.

    Errors: body-unknown, scored-rule-unknown, scored-twice (a body in two groups, a rule in two overrides).
    """
    owners: dict[str, str] = {}
    schemes = []
    for scheme in scoring.schemes:
        members: dict[str, None] = {}
        for word in scheme.members:
            if word not in known.words:
                nearest = "、".join(nearest_names(word, known.words))
                found.append(Diagnostic("body-unknown", scheme.source, {"name": word, "nearest": nearest}))
            for body in known.words.get(word, ()):
                if owners.setdefault(body, scheme.name) != scheme.name:
                    found.append(Diagnostic("scored-twice", scheme.source, {"name": body}))
                else:
                    members.setdefault(body)
        _check_rules(scheme, known, found)
        schemes.append(replace(scheme, members=tuple(members)))
    return replace(scoring, schemes=tuple(schemes))


def _check_rules(scheme: Scheme, known: Known, found: list[Diagnostic]) -> None:
    rules = set(known.rules)
    seen: set[str] = set()
    named = [(rule, scheme.source) for rule in scheme.annual_only]
    named += [(rule, bonus.source) for bonus in scheme.bonus for rule in (bonus.rule, *bonus.only_if)]
    for override in scheme.overrides:
        for rule in override.rules:
            named.append((rule, override.source))
            if rule in seen:
                found.append(Diagnostic("scored-twice", override.source, {"name": rule}))
            seen.add(rule)
    for rule, source in named:
        if rule not in rules:
            nearest = "、".join(nearest_names(rule, rules))
            found.append(Diagnostic("scored-rule-unknown", source, {"rule": rule, "nearest": nearest}))


def bind_adjustments(
    entries: Iterable[AdjustmentEntry], known: Known, found: list[Diagnostic]
) -> tuple[AdjustmentEntry, ...]:
    """The entries with their words turned into bodies.

    Errors: body-unknown; adjustment-idle where nobody whom an entry reaches is ranked in its period.
    """
    bound = []
    for entry in entries:
        reach: dict[str, None] = {}
        for word in entry.reach:
            if word not in known.words:
                nearest = "、".join(nearest_names(word, known.words))
                found.append(Diagnostic("body-unknown", entry.source, {"name": word, "nearest": nearest}))
            reach.update(dict.fromkeys(known.words.get(word, ())))
        idle = [body for body in reach if body not in known.ranked or entry.period.year != known.year]
        if idle:
            params = {"names": "、".join(idle), "period": entry.period.label}
            found.append(Diagnostic("adjustment-idle", entry.source, params))
        bound.append(replace(entry, reach=tuple(reach)))
    return tuple(bound)
