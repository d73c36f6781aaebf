"""A body's score: the mean of its points, what is added and taken, and what a veto does."""

from fractions import Fraction

import pytest

from engine.model.ranking import Adjustment
from engine.model.scoring import Override, Veto
from engine.model.source import Source
from engine.rank.scoring import Term
from engine.rank.table import ScoreTable, make_table
from tests.unit.rank.ranks import ALL, FIRMS, GROWTH, scheme_of, verdicts_of

VETO = Adjustment("veto", Fraction(0), "示例", "示例")


def table_of(given: dict[str, tuple[Adjustment, ...]], veto: Veto = Veto.UNRANKED) -> ScoreTable:
    override = Override(("growth",), Fraction(3), None, "示例", Source("policy.yaml"))
    scheme = scheme_of(ALL, overrides=(override,), veto=veto)
    verdicts = {
        "growth": verdicts_of(GROWTH, {"咸安區": "growth: 7 %", "嘉魚縣": "growth: 6 %"}),
        "firms": verdicts_of(FIRMS, {"咸安區": "firms: 9 家", "嘉魚縣": "firms: 10 家"}),
    }
    return make_table(scheme, [Term(Fraction(1), False, verdicts)], ("growth", "firms", "absent"), given)


def test_a_score_is_the_mean_by_weight() -> None:
    assert table_of({}).scores == {"咸安區": 75, "嘉魚縣": 25}


def test_points_are_added_and_taken_after_the_mean() -> None:
    taken = Adjustment("deduction", Fraction(-2), "示例", "示例")
    assert table_of({"咸安區": (taken,)}).scores["咸安區"] == 73


@pytest.mark.parametrize(
    ("veto", "scores"), [(Veto.UNRANKED, {"嘉魚縣": 25}), (Veto.ZERO, {"咸安區": 0, "嘉魚縣": 25})]
)
def test_a_veto_takes_the_place_or_the_points(veto: Veto, scores: dict[str, int]) -> None:
    table = table_of({"咸安區": (VETO,)}, veto)
    assert table.scores == scores
    assert table.why_unranked("咸安區") == ("vetoed" if veto is Veto.UNRANKED else None)


def test_rules_of_which_nobody_was_judged_have_no_column() -> None:
    assert table_of({}).rules == ("growth", "firms")


def test_who_has_nothing_scored_has_no_place() -> None:
    scheme = scheme_of(ALL, undecided={"missing": None})
    verdicts = {"growth": verdicts_of(GROWTH, {"咸安區": "growth: 7 %"})}
    table = make_table(scheme, [Term(Fraction(1), False, verdicts)], ("growth",), {})
    assert table.bodies == ("咸安區", "嘉魚縣")
    assert table.why_unranked("嘉魚縣") == "nothing-scored"
    assert table.scores == {"咸安區": 100}
