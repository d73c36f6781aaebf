from datetime import date

from engine.model.circular import Circular, stand_targets
from engine.model.verdict import Outcome
from engine.pipeline import open_book
from engine.publication import make_circular
from tests.conftest import ROOT
from tests.unit.small import period_of


def made(period: str) -> Circular:
    book = open_book(ROOT, [])
    assert book is not None
    circular = make_circular(
        book, [], [ROOT / "submissions"], ROOT / "submissions", period=period_of(period), day=date(2025, 7, 20)
    )
    assert circular is not None
    return circular


def test_circular_holds_one_period_and_the_days_that_follow_from_it() -> None:
    circular = made("2025Q2")
    assert {verdict.obligation.period.label for verdict in circular.result.verdicts} == {"2025Q2"}
    assert (circular.reply_by, circular.next_due) == (date(2025, 8, 4), date(2025, 10, 15))
    assert circular.next_period == period_of("2025Q3")
    assert circular.office == circular.issuer


def test_what_lags_is_what_failed_and_then_what_is_at_risk() -> None:
    circular = made("2025Q2")
    outcomes = [verdict.outcome for verdict in circular.lagging]
    fails = outcomes.count(Outcome.FAIL)
    assert 0 < fails < len(outcomes)
    assert set(outcomes[:fails]) == {Outcome.FAIL}
    assert set(outcomes[fails:]) == {Outcome.AT_RISK}
    assert all(verdict.reason is not None and verdict.obligation.owed for verdict in circular.missing)


def test_every_judged_target_stands_once_and_the_lead_comes_first() -> None:
    circular = made("2025Q2")
    book = open_book(ROOT, [])
    assert book is not None
    targets = stand_targets(book.clauses, circular.result.verdicts[::-1])
    assert [target.quote for target in targets] == [target.quote for target in circular.targets]
    assert sum(len(target.verdicts) for target in targets) == len(circular.result.verdicts)
    for target in targets:
        roles = [verdict.obligation.role.value for verdict in target.verdicts]
        assert roles == sorted(roles)
        assert target.main is target.verdicts[0]
