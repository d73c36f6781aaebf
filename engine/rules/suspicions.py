"""The keys `suspicions` and `trust` of `policy.yaml`: what a book wants to be asked about, and whom it asks first."""

import re
from fractions import Fraction

from engine.model.diagnostic import Diagnostic
from engine.model.suspicion import Beyond, Heaped, Identical, Leap, OnTarget, Scale, Suspicions, Trust
from engine.shapes import Fields
from engine.yamlsource import Node

_KEYS = (
    "percent_scale", "amount_scale", "digit_slip", "beyond_target", "leap", "on_target", "identical_figures", "heaped",
)  # fmt: skip


def read_suspicions(node: Node, found: list[Diagnostic]) -> Suspicions:
    """The suspicions that the book states; what it leaves out is not looked for.

    Errors: those of shapes; wrong-shape for a threshold that could not tell anything apart.
    """
    root = Fields(node, found, _KEYS)
    return Suspicions(
        percent_scale=_scale(root.child("percent_scale"), found),
        amount_scale=_scale(root.child("amount_scale"), found),
        digit_slip=_scale(root.child("digit_slip"), found),
        beyond_target=_beyond(root.child("beyond_target"), found),
        leap=_leap(root.child("leap"), found),
        on_target=_on_target(root.child("on_target"), found),
        identical_figures=_identical(root.child("identical_figures"), found),
        heaped=_heaped(root.child("heaped"), found),
    )


def read_trust(node: Node, found: list[Diagnostic]) -> Trust:
    """How far sources are trusted, by tier and by organization.

    Errors: those of shapes; wrong-shape for a weight that is not above 0.
    """
    root = Fields(node, found, ("tiers", "organizations"))
    return Trust(_weights(root.child("tiers"), found), _weights(root.child("organizations"), found))


def _weights(node: Node | None, found: list[Diagnostic]) -> dict[str, Fraction]:
    if node is None:
        return {}
    fields, weights = Fields(node, found, None), {}
    for key, _ in node.pairs:
        number = fields.number(key.text, required=True)
        if number is not None and number <= 0:
            _refuse(fields, key.text, "a number above 0", found)
        elif number is not None:
            weights[key.text] = number
    return weights


def _scale(node: Node | None, found: list[Diagnostic]) -> Scale | None:
    if node is None:
        return None
    within = _factor(Fields(node, found, ("within",)), "within", found)
    return None if within is None else Scale(within)


def _beyond(node: Node | None, found: list[Diagnostic]) -> Beyond | None:
    if node is None:
        return None
    fields = Fields(node, found, ("times", "share"))
    times, share = _factor(fields, "times", found), _share(fields, "share", found)
    return None if times is None or share is None else Beyond(times, share)


def _leap(node: Node | None, found: list[Diagnostic]) -> Leap | None:
    if node is None:
        return None
    fields = Fields(node, found, ("times", "target"))
    times, target = _factor(fields, "times", found), _factor(fields, "target", found)
    return None if times is None or target is None else Leap(times, target)


def _on_target(node: Node | None, found: list[Diagnostic]) -> OnTarget | None:
    if node is None:
        return None
    fields = Fields(node, found, ("periods", "step"))
    periods = _count(fields, "periods", found)
    step = _share(fields, "step", found) if fields.has("step") else None
    stated = periods is not None and (step is not None or not fields.has("step"))
    return OnTarget(periods, step) if periods is not None and stated else None


def _identical(node: Node | None, found: list[Diagnostic]) -> Identical | None:
    if node is None:
        return None
    fields = Fields(node, found, ("indicators", "share"))
    indicators, share = _count(fields, "indicators", found), _share(fields, "share", found)
    return None if indicators is None or share is None else Identical(indicators, share)


def _heaped(node: Node | None, found: list[Diagnostic]) -> Heaped | None:
    if node is None:
        return None
    fields = Fields(node, found, ("figures", "within", "times"))
    figures, times = _count(fields, "figures", found), _factor(fields, "times", found)
    within = fields.number("within", required=True)
    if within is not None and within <= 0:
        _refuse(fields, "within", "a number above 0", found)
        return None
    return None if figures is None or within is None or times is None else Heaped(figures, within, times)


def _refuse(fields: Fields, key: str, expected: str, found: list[Diagnostic]) -> None:
    source = (fields.child(key) or fields.node).source
    found.append(Diagnostic("wrong-shape", source, {"expected": expected}))


def _factor(fields: Fields, key: str, found: list[Diagnostic]) -> Fraction | None:
    factor = fields.number(key, required=True)
    if factor is not None and factor <= 1:
        _refuse(fields, key, "a number above 1", found)
        return None
    return factor


def _share(fields: Fields, key: str, found: list[Diagnostic]) -> Fraction | None:
    """A number of per cent, as a share."""
    percent = fields.number(key, required=True)
    if percent is not None and not 0 < percent <= 100:
        _refuse(fields, key, "a number above 0 and up to 100", found)
        return None
    return None if percent is None else percent / 100


def _count(fields: Fields, key: str, found: list[Diagnostic]) -> int | None:
    written = fields.text(key, required=True)
    if written is not None and not (re.fullmatch(r"[0-9]{1,4}", written) and int(written) >= 2):
        _refuse(fields, key, "a whole number from 2 to 9999", found)
        return None
    return None if written is None else int(written)
