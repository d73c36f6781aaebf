from engine.model.diagnostic import Diagnostic
from engine.model.source import Source
from engine.report.bulk import BulkTotals, bulk_text
from engine.report.words import Words


def plain(text: str, style: str) -> str:
    return text


def test_every_line_adds_up() -> None:
    rows = {"read": 7, "judged": 5, "not_needed": 1, "refused": 1}
    totals = BulkTotals(
        {"pass": 3, "undecided": 2}, {"missing": 2}, {"negative-figure": 1, "waiver-useless": 2}, rows, False
    )
    lines = bulk_text(totals, Words("en"), plain).splitlines()
    assert lines[0] == "Verdicts: 5 = 3 pass + 0 at risk + 0 fail + 2 undecided"
    assert lines[2:5] == ["Findings: 3 = 1 error + 0 warning + 2 note", "  1 × negative-figure", "  2 × waiver-useless"]
    assert lines[5] == "Rows read: 7 = 5 judged + 1 not needed + 1 refused"
    assert len(lines) == 7


def test_nothing_found_is_said() -> None:
    rows = {"read": 1, "judged": 1, "not_needed": 0, "refused": 0}
    assert "Findings: none" in bulk_text(BulkTotals({"pass": 1}, {}, {}, rows, True), Words("en"), plain)


def test_the_first_findings_are_shown_in_full_and_the_rest_counted() -> None:
    rows = {"read": 9, "judged": 1, "not_needed": 0, "refused": 8}
    first = [Diagnostic("negative-figure", Source("a.parquet", 3, 0, "value"), {"value": "-1 家"})]
    text = bulk_text(BulkTotals({"pass": 1}, {}, {"negative-figure": 8}, rows, False), Words("en"), plain, first)
    assert text.startswith("a.parquet:3")
    assert "The first 1 are shown above; all are in findings/:\n  8 × negative-figure" in text
