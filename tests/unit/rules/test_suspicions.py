"""The thresholds of suspicions as the policy states them."""

from fractions import Fraction

import pytest

from engine.model.diagnostic import Diagnostic
from engine.model.suspicion import Beyond, Heaped, Identical, Leap, OnTarget, Scale, Suspicions, Trust
from engine.rules.policy import read_policy
from engine.rules.suspicions import read_suspicions, read_trust
from tests.unit.small import codes, node_of

ALL = """\
percent_scale: {within: 2}
amount_scale: {within: 5}
digit_slip: {within: 2.5}
beyond_target: {times: 1.5, share: 50}
leap: {times: 2, target: 1.25}
on_target: {periods: 3, step: 2}
identical_figures: {indicators: 5, share: 80}
heaped: {figures: 10, within: 0.5, times: 4}
"""


def test_every_suspicion_has_its_thresholds() -> None:
    found: list[Diagnostic] = []
    assert read_suspicions(node_of(ALL), found) == Suspicions(
        percent_scale=Scale(Fraction(2)),
        amount_scale=Scale(Fraction(5)),
        digit_slip=Scale(Fraction(5, 2)),
        beyond_target=Beyond(Fraction(3, 2), Fraction(1, 2)),
        leap=Leap(Fraction(2), Fraction(5, 4)),
        on_target=OnTarget(3, Fraction(1, 50)),
        identical_figures=Identical(5, Fraction(4, 5)),
        heaped=Heaped(10, Fraction(1, 2), Fraction(4)),
    )
    assert found == []


def test_what_a_book_does_not_state_is_not_looked_for() -> None:
    assert read_policy(node_of("ahead_margin: 3\n"), []).suspicions is None
    stated = read_policy(node_of("suspicions: {on_target: {periods: 2}}\n"), []).suspicions
    assert stated == Suspicions(on_target=OnTarget(2))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("percent_scale: {within: 1}", ["wrong-shape"]),
        ("percent_scale: {}", ["key-missing"]),
        ("amount_scale: {within: 5 %}", ["not-a-number"]),
        ("beyond_target: {times: 1.5}", ["key-missing"]),
        ("beyond_target: {times: 1.5, share: 0}", ["wrong-shape"]),
        ("beyond_target: {times: 1.5, share: 101}", ["wrong-shape"]),
        ("beyond_target: {times: 0.5, share: 50}", ["wrong-shape"]),
        ("digit_slip: {within: 1}", ["wrong-shape"]),
        ("leap: {times: 2}", ["key-missing"]),
        ("leap: {times: 2, target: 1}", ["wrong-shape"]),
        ("on_target: {periods: 1}", ["wrong-shape"]),
        ("on_target: {periods: 3, step: 0}", ["wrong-shape"]),
        ("on_target: {periods: 2.5}", ["wrong-shape"]),
        ("identical_figures: {indicators: few, share: 80}", ["wrong-shape"]),
        ("heaped: {figures: 10, within: 0, times: 4}", ["wrong-shape"]),
        ("heaped: {figures: 10, within: 1, times: 1}", ["wrong-shape"]),
        ("heaps: {figures: 10}", ["unknown-key"]),
    ],
)
def test_a_threshold_that_tells_nothing_apart_is_refused(text: str, expected: list[str]) -> None:
    found: list[Diagnostic] = []
    stated = read_suspicions(node_of(text), found)
    assert (codes(found), stated) == (expected, Suspicions())


def test_sources_are_trusted_by_tier_and_by_organization() -> None:
    found: list[Diagnostic] = []
    stated = read_trust(node_of("tiers: {county: 1, city-department: 2.5}\norganizations: {市統計局: 3}\n"), found)
    assert stated == Trust({"county": Fraction(1), "city-department": Fraction(5, 2)}, {"市統計局": Fraction(3)})
    assert found == []
    assert read_policy(node_of("ahead_margin: 3\n"), []).trust is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tiers: {county: 0}", ["wrong-shape"]),
        ("tiers: {county: much}", ["not-a-number"]),
        ("tiers: [county]", ["wrong-shape"]),
        ("bodies: {市統計局: 3}", ["unknown-key"]),
    ],
)
def test_a_weight_that_cannot_be_added_is_refused(text: str, expected: list[str]) -> None:
    found: list[Diagnostic] = []
    assert (read_trust(node_of(text), found), codes(found)) == (Trust(), expected)
