"""Small tables for tests of the stage: a scheme and verdicts made without a book."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from engine.model.scoring import Method, MethodName, Scheme, Veto
from engine.model.source import Source
from engine.model.verdict import Verdict
from engine.rank.scoring import Term
from tests.unit.small import bind, figures_of, judge_book, period_of, rule_file

ALL = Method(MethodName.ALL_OR_NOTHING, "示例")

COUNTIES = ("咸安區", "嘉魚縣")


def scheme_of(method: Method = ALL, **other: Any) -> Scheme:
    """A group of the two counties."""
    values: dict[str, Any] = {
        "name": "組", "members": COUNTIES, "method": method, "document": "示例", "illustrative": True,
        "undecided": {"missing": Fraction(0)}, "overrides": (), "bonus": (), "annual_only": (), "veto": Veto.UNRANKED,
        "commended": 1, "named": 1, "named_below": None, "source": Source("policy.yaml"),
    }  # fmt: skip
    return Scheme(**(values | other))


def verdicts_of(rule: str, figures: Mapping[str, str], period: str = "2025Q2") -> dict[str, Verdict]:
    """The verdicts of the two counties on what they submit, as {咸安區: "growth: 7.2 %"}; both are judged."""
    judged = "judged: {lead: none, responsible: {same: [各縣市區]}}"
    book, found = bind({"rules/016-small.yaml": rule_file(f"{rule}, {judged}")})
    assert book is not None
    assert found == []
    texts = [f"organization: {body}\nfigures: {{{text}}}" for body, text in figures.items()]
    verdicts = judge_book(book, period, figures_of(book, period, *texts))
    return {verdict.obligation.organization: verdict for verdict in verdicts}


def term_of(rule: str, figures: Mapping[str, str], period: str = "2025Q2", share: int = 1) -> Term:
    """One period of the two counties on the one rule."""
    at_end = period_of(period).is_year_end
    return Term(Fraction(share), at_end, {"rule": verdicts_of(rule, figures, period)})


GROWTH = "indicator: growth, kind: rate, comparator: at_least, threshold: 7 %"
FIRMS = "indicator: firms, kind: total, comparator: at_least, threshold: 20 家"
