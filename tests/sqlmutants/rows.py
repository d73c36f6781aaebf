"""Obligations written straight into the tables of the judging text, with what has to come out of them.

They try what no rule of the oracle leads to: values that are absent where others are there, and coefficients that a
rule of today does not have but the tables allow. What rounding may decide is worked out by trying the ends of what a
written number stands for, one after another.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from random import Random

from engine.evaluate.duckdb import Row
from engine.model.tables import TABLES

Values = Mapping[str, str | int | None]

_EDGES = ("pass", "risk", "even", "ahead", "full")
_DEFAULTS: dict[str, Values] = {
    "obligations": {"period": 202506, "is_level": "false", "meets_q": 0, "meets_c": 0},
    "figures": {"form": "value", "x": 50, "source": 7},
    "limits": {"form": "value", **{f"{edge}_q": 1 for edge in _EDGES}, **{f"{edge}_p": 0 for edge in _EDGES},
               "pass_c": 50, "risk_c": 40, "even_c": 50, "ahead_c": 55, "full_c": 100,
               **{f"{edge}_strict": "false" for edge in _EDGES},
               "below": "fail", "gap_nq": 1, "gap_np": 0, "gap_dp": 0, "gap_nc": -50, "gap_dc": 1,
               "rounding": "false"},
    "history": {"period": 202503},
}  # fmt: skip

#: A number that lies between any two that the rows are written with.
_TINY = Fraction(1, 1000)


@dataclass(frozen=True, slots=True)
class Hand:
    """One obligation against limits, and what its verdict says in the columns named.

    A plain value of 50 against at least 50, at risk from 40 on, ahead above 55, full at 100; what is given differs
    from that. `figure`, `partner` and `past` are none where nothing came in.
    """

    expected: Mapping[str, object]
    figure: Values | None = field(default_factory=dict)
    partner: Values | None = None
    past: Values | None = None
    owed: Values = field(default_factory=dict)
    limits: tuple[Values, ...] = ({},)


def tables_of(hands: tuple[Hand, ...]) -> dict[str, list[Row]]:
    """All of them in one set of tables; the number of an obligation is its place."""
    tables: dict[str, list[Row]] = {name: [] for name in TABLES}
    for place, hand in enumerate(hands):
        _add(tables, "obligations", {"obligation": place, "limit_id": place, "line": place, "figure": place}, hand.owed)
        for limit in hand.limits:
            _add(tables, "limits", {"limit_id": place}, limit)
        if hand.figure is not None:
            _add(tables, "figures", {"figure": place}, hand.figure)
        if hand.partner is not None:
            _add(tables, "partners", {"figure": place}, hand.partner)
        if hand.past is not None:
            _add(tables, "history", {"line": place, "limit_id": place, "figure": place + 1_000_000}, {})
            _add(tables, "figures", {"figure": place + 1_000_000}, hand.past)
    return tables


def _add(tables: dict[str, list[Row]], table: str, numbers: Values, given: Values) -> None:
    named = {**_DEFAULTS["figures" if table == "partners" else table], **numbers, **given}
    tables[table].append(
        tuple(None if (value := named.get(column)) is None else str(value) for column, _ in TABLES[table])
    )


_UNUSABLE = {"outcome": "undecided", "reason": "unusable", "progress": None, "gap_numerator": None,
             "gap_denominator": None, "depends": False}  # fmt: skip
_PAIR: Values = {"partner": 0}


def _paired(place: int, hand: Hand) -> Hand:
    """The partner of an obligation has its number."""
    if hand.owed.get("partner") is None:
        return hand
    return Hand(hand.expected, hand.figure, hand.partner, hand.past, {**hand.owed, "partner": place}, hand.limits)


#: What is undecided and why, level by level; what an earlier period leaves behind.
_CASES: tuple[Hand, ...] = (
    Hand({"outcome": "pass", "progress": "on-pace", "gap_numerator": 0, "gap_denominator": 1, "source": 7}),
    Hand({"outcome": "undecided", "reason": "missing", "gap_numerator": None}, figure=None),
    Hand(_UNUSABLE, {"x": None}),
    Hand(_UNUSABLE, {"fault": "a-fault"}),
    Hand(_UNUSABLE, {"fault": "zz-fault"}),
    Hand({"reason": "different-measure"}, {"fault": "different-measure", "x": None}),
    # No limit of the figure's form: nothing can be said of it.
    Hand(_UNUSABLE, {"form": "growth"}),
    # Counted and parts.
    Hand(_UNUSABLE, {"form": "counted", "x": 50, "y": None}, limits=({"form": "counted"},)),
    Hand(_UNUSABLE, {"form": "counted", "x": -1, "y": 100}, limits=({"form": "counted"},)),
    Hand(_UNUSABLE, {"form": "parts", "x": 50, "y": None}, limits=({"form": "parts"},)),
    Hand(_UNUSABLE, {"form": "parts", "x": 50, "y": 0}, limits=({"form": "parts"},)),
    Hand({"outcome": "pass"}, {"form": "parts", "x": 50, "y": 1}, limits=({"form": "parts"},)),
    Hand({"outcome": "pass"}, {"form": "count", "x": 50, "y": 1}, limits=({"form": "count"},)),
    Hand({"outcome": "pass", "reason": None, "progress": "completed", "nothing_eligible": True, "gap_numerator": None,
          "gap_denominator": None, "depends": False},
         {"form": "counted", "x": 0, "y": 0}, limits=({"form": "counted", "below_reason": "no-baseline"},)),
    Hand({"nothing_eligible": False, "outcome": "pass"}, {"form": "counted", "x": 50, "y": 50},
         limits=({"form": "counted"},)),
    # A partner.
    Hand({"reason": "missing"}, owed=_PAIR, limits=({"form": "partner"},)),
    Hand(_UNUSABLE, {"fault": "a-fault"}, owed=_PAIR, limits=({"form": "partner"},)),
    Hand(_UNUSABLE, {"form": "parts", "y": 5}, {}, owed=_PAIR, limits=({"form": "partner"},)),
    Hand(_UNUSABLE, {}, {"form": "parts", "y": 5}, owed=_PAIR, limits=({"form": "partner"},)),
    Hand(_UNUSABLE, {}, {"fault": "a-fault"}, owed=_PAIR, limits=({"form": "partner"},)),
    Hand({"outcome": "pass", "gap_numerator": 0}, {}, {"x": 3}, owed=_PAIR, limits=({"form": "partner"},)),
    Hand({"form": "partner", "outcome": "pass"}, {}, {}, owed={**_PAIR, "is_level": "true"},
         limits=({"form": "partner"},)),
    # Levels.
    Hand({"form": "no-baseline"}, {"x": 50}, owed={"is_level": "true"}, limits=({"form": "no-baseline"},)),
    Hand({"form": "parts"}, {"form": "parts", "x": 50, "y": 5}, owed={"is_level": "true"}, limits=({"form": "parts"},)),
    Hand({"form": "zones"}, {"form": "zones", "x": 50, "y": 5}, owed={"is_level": "true"}, limits=({"form": "zones"},)),
    # A figure without a second number has nought there: a limit that counts it sees nought.
    Hand({"outcome": "pass", "gap_numerator": 0}, limits=({"pass_p": 10, "gap_np": 10},)),
    Hand({"outcome": "at-risk"}, {"x": 49}, limits=({"pass_p": -10},)),
    # Nobody knows more below a limit than that nothing is known.
    Hand({"outcome": "undecided", "reason": "no-baseline", "progress": None}, {"x": 10},
         limits=({"below": "undecided", "below_reason": "no-baseline"},)),
    Hand({"outcome": "at-risk", "reason": None}, {"x": 45}, limits=({"below_reason": "no-baseline"},)),
    Hand({"outcome": "pass", "reason": None}, {"x": 60}, limits=({"below_reason": "no-baseline", "risk_c": 90},)),
    Hand({"outcome": "pass", "progress": "ahead"}, {"x": 60},
         limits=({"below": "undecided", "below_reason": "no-baseline"},)),
    Hand({"outcome": "undecided", "progress": None}, {"x": 60},
         limits=({"pass_c": 70, "risk_c": 70, "below": "undecided"},)),
    Hand({"outcome": "undecided", "progress": "completed"}, {"x": 60},
         limits=({"pass_c": 70, "risk_c": 70, "full_c": 60, "below": "undecided"},)),
    Hand({"outcome": "zfail", "progress": "behind"}, {"x": 10}, limits=({"below": "zfail"},)),
    # What was crossed earlier stays crossed; what could not be used, another form and this very period are no breach.
    Hand({"outcome": "fail", "reason": None, "breached_in": 202503}, past={"x": 39}),
    Hand({"outcome": "pass", "breached_in": None}, past={"x": 40}),
    Hand({"outcome": "fail", "breached_in": 202503}, past={"x": 40}, limits=({"risk_strict": "true"},)),
    Hand({"outcome": "pass", "breached_in": None}, past={"x": 41}, limits=({"risk_strict": "true"},)),
    Hand({"outcome": "pass", "breached_in": None}, past={"x": 39, "fault": "a-fault"}),
    Hand({"outcome": "pass", "breached_in": None}, past={"x": 39}, owed={"period": 202503}),
    Hand({"outcome": "pass", "breached_in": None}, past={"x": 39}, owed={"period": 202502}),
    Hand({"outcome": "pass", "breached_in": None}, past={"x": 39, "form": "parts", "y": 5},
         limits=({}, {"form": "parts", "risk_c": 20})),
    Hand({"outcome": "pass", "breached_in": None}, past={"x": 39, "form": "value"},
         limits=({"risk_c": 20}, {"form": "parts"}, {"form": "zones"})),
    Hand({"outcome": "pass", "breached_in": None}, past={"x": 20}, limits=({"pass_q": 3, "risk_q": 2},)),
    Hand({"outcome": "fail", "breached_in": 202503}, past={"x": 15}, limits=({"pass_q": 3, "risk_q": 2},)),
    Hand({"outcome": "pass", "breached_in": None}, past={"x": 20},
         limits=({"pass_q": 3, "risk_q": 2, "risk_c": 39, "risk_strict": "true"},)),
    Hand({"outcome": "fail", "breached_in": 202503}, past={"x": 20},
         limits=({"pass_q": 3, "risk_q": 2, "risk_c": 40, "risk_strict": "true"},)),
)  # fmt: skip


def _ends(number: int, half: int, sign: int) -> tuple[Fraction, Fraction]:
    """The least and the greatest that a written number stands for: 7.0 for [6.95, 7.05), and mirrored below nought."""
    low, high = Fraction(number - half), Fraction(number + half)
    if half == 0:
        return low, high
    return low + (0 if sign > 0 else _TINY), high - (0 if sign < 0 else _TINY)


def _rounded(chance: Random) -> Hand:
    """A figure, perhaps with a partner, near both edges; what rounding decides is tried at the ends."""
    paired = chance.random() < 0.5
    q = chance.choice((-2, -1, 1, 2)) if not paired or chance.random() < 0.8 else 0
    p = chance.choice((-2, -1, 1, 2)) if paired and chance.random() < 0.9 else 0
    more = chance.choice((1, 2))
    x, y = chance.randint(-9, 9), chance.randint(-9, 9)
    # Written numbers have a last digit, both of a pair: an exact one beside a rounded one does not occur.
    x_half, y_half = chance.choice(((0, 0), (1, 1), (1, 2), (2, 1), (2, 2)))
    x_sign, y_sign = chance.choice((-1, 0, 1)), chance.choice((-1, 0, 1))
    score = q * x + p * y
    edges = {}
    for name, factor in (("pass", 1), ("risk", more)):
        reach = factor * (abs(q) * x_half + abs(p) * y_half)
        away = chance.choice((0, reach, -reach, reach, -reach, 1, 100, chance.randint(-5, 5)))
        edges[name] = (factor, factor * score + away, chance.random() < 0.5)
    ends = list(product(_ends(x, x_half, x_sign), _ends(y, y_half, y_sign) if paired else (Fraction(0),)))

    def holds(name: str, one: Fraction, other: Fraction) -> bool:
        factor, edge, strict = edges[name]
        reached = factor * (q * one + p * other)
        return reached > edge if strict else reached >= edge

    depends = any(len({holds(name, *end) for end in ends}) == 2 for name in edges)
    passes, risk = (holds(name, Fraction(x), Fraction(y)) for name in edges)
    limit: dict[str, str | int | None] = {"form": "partner" if paired else "value", "rounding": "true"}
    for name, (factor, edge, strict) in edges.items():
        limit |= {f"{name}_q": factor * q, f"{name}_p": factor * p, f"{name}_c": edge}
        limit[f"{name}_strict"] = "true" if strict else "false"
    limit |= {"full_q": chance.choice((-1, 0, 1)), "full_p": chance.choice((-1, 0, 1))}
    limit |= {"full_c": chance.randint(-20, 20), "full_strict": chance.choice(("true", "false"))}
    return Hand(
        {"outcome": "pass" if passes else "at-risk" if risk else "fail", "depends": depends},
        {"x": x, "x_half": x_half, "x_sign": x_sign},
        {"x": y, "x_half": y_half, "x_sign": y_sign} if paired else None,
        owed=_PAIR if paired else {},
        limits=(limit,),
    )


def _unrounded() -> Iterator[Hand]:
    """What is counted or names no places has no half steps, and none are put in its stead."""
    for strict, x in product(("true", "false"), (49, 50, 51)):
        for q in (1, -1):
            limit = {"rounding": "true", "pass_q": q, "pass_c": 50 * q, "risk_q": q, "risk_c": 50 * q}
            limit |= {"pass_strict": strict, "risk_strict": strict}
            yield Hand({"depends": False}, {"x": x, "x_half": None, "x_sign": None}, limits=(limit,))
            yield Hand({"depends": False}, {"x": x}, {"x": 3}, owed=_PAIR, limits=({**limit, "form": "partner",
                       "pass_p": 1, "pass_c": 50 * q + 3, "risk_p": 1, "risk_c": 50 * q + 3},))  # fmt: skip


def hands(count: int = 2000) -> tuple[Hand, ...]:
    """The rows made by hand, and random ones near their edges."""
    chance = Random(0)
    made = [*_CASES, *_unrounded(), *(_rounded(chance) for _ in range(count))]
    return tuple(_paired(place, hand) for place, hand in enumerate(made))
