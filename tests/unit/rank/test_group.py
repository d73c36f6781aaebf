"""Who is commended and named, and what documents add in which period."""

from fractions import Fraction

from engine.model.ranking import RankedGroup
from engine.model.scoring import AdjustmentEntry, Scheme, Scoring
from engine.model.source import Source
from engine.rank.group import Ranking, given_points, rank_groups
from tests.unit.rank.ranks import GROWTH, scheme_of, verdicts_of
from tests.unit.small import period_of

Q2 = period_of("2025Q2")
FIGURES = {"咸安區": "growth: 7 %", "嘉魚縣": "growth: 6 %"}


def group_of(
    entries: tuple[AdjustmentEntry, ...] = (),
    before: dict[str, str] | None = None,
    figures: dict[str, str] | None = None,
    scheme: Scheme | None = None,
    whole_year: bool = False,
) -> RankedGroup:
    previous = None
    if before:
        previous = (period_of("2025Q1"), tuple(verdicts_of(GROWTH, before, "2025Q1").values()))
    ranking = Ranking(
        Scoring((scheme or scheme_of(),), None, 0, 1),
        ("rule",),
        ((Fraction(1), Q2, tuple(verdicts_of(GROWTH, figures or FIGURES).values())),),
        (),
        previous,
        entries,
        whole_year,
    )
    (group,) = rank_groups(ranking)
    return group


def entry(kind: str, body: str, period: str = "2025Q2") -> AdjustmentEntry:
    points = Fraction(0) if kind == "veto" else Fraction(200)
    return AdjustmentEntry(kind, period_of(period), (body,), points, "示例", "示例", Source("adjustments.yaml"))


def test_the_first_is_commended_and_the_last_named() -> None:
    group = group_of()
    assert (group.commended, group.named) == (("咸安區",), ("嘉魚縣",))


def test_points_given_in_another_period_do_not_count() -> None:
    assert given_points([entry("bonus", "嘉魚縣", "2025Q1")], [Q2]) == {}
    assert [each.place for each in group_of((entry("bonus", "嘉魚縣"),)).standings] == [1, 2]
    assert group_of((entry("bonus", "嘉魚縣"),)).standings[0].organization == "嘉魚縣"


def test_a_vetoed_body_is_never_commended_and_always_named() -> None:
    group = group_of((entry("veto", "咸安區"),))
    assert group.commended == ()
    assert group.named == ("咸安區",)
    assert group.standings[-1].why == "vetoed"


def test_who_is_first_and_last_at_once_is_neither_commended_nor_named() -> None:
    level = group_of(figures={"咸安區": "growth: 7 %", "嘉魚縣": "growth: 7 %"})
    assert [each.place for each in level.standings] == [1, 1]
    assert (level.commended, level.named) == ((), ())
    alone = group_of(scheme=scheme_of(members=("咸安區",)))
    assert ([each.place for each in alone.standings], alone.commended, alone.named) == ([1], (), ())
    assert alone.variation is None
    small = group_of(scheme=scheme_of(commended=5, named=0))
    assert (small.commended, small.named) == (("咸安區", "嘉魚縣"), ())
    assert group_of(scheme=scheme_of(commended=0, named=5)).named == ("咸安區", "嘉魚縣")


def test_who_is_below_the_line_is_named_and_never_commended() -> None:
    group = group_of(scheme=scheme_of(commended=2, named=0, named_below=Fraction(60)))
    assert (group.commended, group.named) == (("咸安區",), ("嘉魚縣",))


def test_documents_of_the_whole_year_count_at_its_end_also_of_a_quarter_that_did_not_come_in() -> None:
    entries = (entry("deduction", "咸安區", "2025Q1"), entry("veto", "嘉魚縣", "2024Q4"))
    group = group_of(entries, whole_year=True)
    assert [(each.organization, len(each.adjustments)) for each in group.standings] == [("咸安區", 1), ("嘉魚縣", 0)]
    assert [len(each.adjustments) for each in group_of(entries).standings] == [0, 0]


def test_the_place_before_is_that_of_the_period_before() -> None:
    group = group_of(before={"咸安區": "growth: 6 %", "嘉魚縣": "growth: 7 %"})
    assert [(each.place, each.previous_place) for each in group.standings] == [(1, 2), (2, 1)]
    assert [each.previous_place for each in group_of().standings] == [None, None]
