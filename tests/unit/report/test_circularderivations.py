"""The derivations of a circular: what is not on pace, section by section, and every step of everything."""

from engine.model.verdict import Outcome
from engine.report.circularderivations import HEADS, derivation_entries, derivation_rows
from engine.report.words import Words
from tests.unit.model.test_circular import made

WORDS = Words("zh-Hant")


def test_entries_are_those_of_what_is_not_on_pace_in_its_order() -> None:
    circular = made("2025Q2")
    entries = derivation_entries(circular, WORDS)
    assert [(each["單位"], each["指標"]) for each in entries] == [
        (verdict.obligation.organization, verdict.obligation.indicator.name) for verdict in circular.lagging
    ]
    titles = [each["環節"] for each in entries[0]["步驟"]]  # type: ignore[union-attr, index]
    assert titles[:3] == ["報送數", "本期應達", "比較"]


def test_rows_hold_every_step_of_every_verdict_with_its_place() -> None:
    circular = made("2025Q2")
    rows = list(derivation_rows(circular, WORDS))
    assert len(rows) == sum(len(each.steps) for each in circular.derivations)
    assert {len(row) for row in rows} == {len(HEADS)}
    assert {row[3] for row in rows} == {WORDS[outcome.value] for outcome in Outcome}
    assert any(row[7].startswith("rules/") for row in rows)
    assert all("[" not in row[6] or not row[6].endswith(row[7] + "]") for row in rows if row[7])
