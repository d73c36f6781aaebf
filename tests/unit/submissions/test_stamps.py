import pytest

from engine.model.diagnostic import Diagnostic
from engine.model.form import Stamp
from engine.model.source import Source
from engine.submissions.stamps import check_stamp, find_stamp
from tests.unit.small import codes, period_of

STAMP = Stamp("2025Q3", "sha256:1", "市經信局")


def test_a_stamp_stands_among_the_remarks_that_begin_a_text() -> None:
    assert find_stamp(f"# a remark\n# {STAMP.text}\norganization: 市經信局\n") == STAMP
    assert find_stamp(f"organization: 市經信局\n# {STAMP.text}\n") is None
    assert find_stamp("") is None


@pytest.mark.parametrize(
    ("bound", "digest", "usable", "expected"),
    [
        ("2025Q3", "sha256:1", True, []),
        (None, "sha256:1", True, []),
        ("2025Q2", "sha256:1", False, ["form-wrong-period"]),
        ("2025Q3", "sha256:2", True, ["form-of-another-book"]),
    ],
)
def test_a_form_is_held_to_period_and_book(bound: str | None, digest: str, usable: bool, expected: list[str]) -> None:
    found: list[Diagnostic] = []
    period = period_of(bound) if bound else None
    assert check_stamp(STAMP, Source("form.yaml", 1, 1), period, digest, found) is usable
    assert codes(found) == expected
