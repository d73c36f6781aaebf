from dataclasses import replace
from fractions import Fraction

from engine.model.ranking import Adjustment, Case, Flip, RankedGroup, RankResult, Standing, Variation
from engine.report.pageranks import CASES, rank_data
from engine.report.words import LANGUAGES, Words
from tests.unit.small import period_of

SPOKEN = [Words(language) for language in LANGUAGES]

NAMES = {"firms": "規上企業"}

FIRST = Standing("咸安區", 1, Fraction(287, 3), 2, 1, 2, ("嘉魚縣",), ())
SECOND = Standing(
    "嘉魚縣", 2, Fraction(90), 1, 1, 2, ("咸安區",), (), (Adjustment("bonus", Fraction(2), "創新", "文號"),)
)
UNRANKED = Standing("赤壁市", None, None, None, None, None, (), (), why="missing")


def ranked(*flips: Flip, variation: Variation | None = None) -> RankResult:
    group = RankedGroup("縣市區", "completion", "辦法", True, (FIRST, SECOND, UNRANKED), flips, variation)
    return RankResult("方案", "sha256:0", period_of("2025Q2"), (group,), (), True)


def test_places_and_ranges_are_kept() -> None:
    standings = rank_data(ranked(), SPOKEN, NAMES)["groups"][0]["standings"]
    assert [(each["place"], each["best"], each["worst"], each["previous"]) for each in standings] == [
        (1, 1, 2, 2),
        (2, 1, 2, 1),
        (None, None, None, None),
    ]


def test_scores_are_rounded_for_reading() -> None:
    assert [each["score"] for each in rank_data(ranked(), SPOKEN, NAMES)["groups"][0]["standings"]] == [
        "95.67",
        "90.00",
        "",
    ]


def test_flip_says_what_would_have_to_change() -> None:
    flip = Flip("咸安區", "嘉魚縣", Case("left-out", "firms"))
    assert rank_data(ranked(flip), SPOKEN, NAMES)["groups"][0]["flips"] == [
        ["咸安區", "嘉魚縣", ["規上企業 is left out", "不计 規上企業", "不計 規上企業"]]
    ]


def test_every_kind_of_case_has_words() -> None:
    for kind in CASES:
        flip = Flip("咸安區", "嘉魚縣", Case(kind, "firms", "咸安區"))
        said = rank_data(ranked(flip), SPOKEN, NAMES)["groups"][0]["flips"][0][2]
        assert all("規上企業" in each for each in said)


def test_adjustment_names_its_document() -> None:
    assert rank_data(ranked(), SPOKEN, NAMES)["groups"][0]["standings"][1]["adjustments"] == [
        ["bonus", "2.00", "創新", "文號"]
    ]


def test_bonus_for_a_place_names_the_target() -> None:
    bonus = Adjustment("bonus", Fraction(1, 2), "place", "文號", "firms")
    group = RankedGroup("縣市區", "completion", "辦法", True, (replace(SECOND, adjustments=(bonus,)),), ())
    data = rank_data(RankResult("方案", "sha256:0", period_of("2025Q2"), (group,), (), True), SPOKEN, NAMES)
    assert data["groups"][0]["standings"][0]["adjustments"] == [["bonus", "0.50", "規上企業", "文號"]]


def test_variation_is_ordered() -> None:
    variation = Variation(100, 7, {"嘉魚縣": {2: 60, 1: 40}, "咸安區": {1: 60, 2: 40}})
    told = rank_data(ranked(variation=variation), SPOKEN, NAMES)["groups"][0]["variation"]
    assert list(told["places"].items()) == [("咸安區", [[1, 60], [2, 40]]), ("嘉魚縣", [[1, 40], [2, 60]])]
