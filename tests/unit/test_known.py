from datetime import date

import pytest

from engine.known import cut_entries, entries_of, is_later, text_as_of

DAY = date(2025, 7, 14)
BEFORE = """\
# arrivals
due: 2025-07-10
received:
- {file: 東縣.yaml, date: 2025-07-09}
- file: 西縣.yaml
  date: 2025-07-14
"""


@pytest.mark.parametrize(
    "added",
    [
        "- {file: a.yaml, date: 2025-07-15}\n",
        "- file: a.yaml\n  date: 2025-07-15\n  note: x\n",
        "# of the day after\n# and more\n- {file: a.yaml, date: 2025-07-15}\n- {file: b.yaml, date: 2026-01-01}\n",
    ],
)
def test_what_was_added_later_is_cut_out_again(added: str) -> None:
    assert text_as_of(BEFORE + added, "manifest.yaml", DAY) == (BEFORE, True)
    assert text_as_of(BEFORE, "manifest.yaml", DAY) == (BEFORE, True)
    between = BEFORE.replace("- file:", f"{added}- file:", 1)
    assert text_as_of(between, "manifest.yaml", DAY) == (BEFORE, True)


def test_what_follows_the_list_stays() -> None:
    text = "received:\n- {file: a, date: 2025-07-01}\n- {file: b, date: 2025-08-01}\n# the day\ndue: 2025-07-10\n"
    wanted = "received:\n- {file: a, date: 2025-07-01}\n# the day\ndue: 2025-07-10\n"
    assert text_as_of(text, "manifest.yaml", DAY) == (wanted, True)
    assert text_as_of(text.replace("2025-07-01", "2025-08-01"), "manifest.yaml", DAY) == (
        "received:\n  []\n# the day\ndue: 2025-07-10\n",
        False,
    )


@pytest.mark.parametrize(
    ("places", "wanted"),
    [([2], "[1, 2]"), ([0], "[2, 3]"), ([1], "[1, 3]"), ([0, 1], "[3]"), ([0, 2], "[2]"), ([0, 1, 2], " []")],
)
def test_entries_in_brackets_are_cut_with_their_commas(places: list[int], wanted: str) -> None:
    text = "a: [1, 2, 3]\nb: 2\n"
    cut = cut_entries(text, "a", places)
    assert cut == f"a:{wanted if places == [0, 1, 2] else ' ' + wanted}\nb: 2\n"


def test_a_list_that_was_there_for_its_entries_alone_goes_with_them() -> None:
    text = "rules:\n- 1\n# cases\ncases:\n- 2\n- 3\nend: 4\n"
    assert cut_entries(text, "cases", [0, 1], whole=True) == "rules:\n- 1\nend: 4\n"
    assert cut_entries(text, "nothing", [0], whole=True) == text


def test_what_has_no_day_was_always_known() -> None:
    entries = entries_of("received:\n- {date: soon}\n- {file: a}\n- 3\n- {date: 2025-07-15}\n", "received")
    assert [is_later(entry, "date", DAY) for entry in entries] == [False, False, False, True]


def test_a_text_that_cannot_be_read_stays_as_it_is() -> None:
    for text in ("received: [", "- a\n", "received: a\n", ""):
        assert text_as_of(text, "manifest.yaml", DAY) == (text, True)
