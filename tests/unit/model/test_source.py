import pytest

from engine.model.source import Source


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (Source("a.yaml", 3, 9), "a.yaml:3:9"),
        (Source("a.csv", 3, 2, "value"), "a.csv:3:2"),
        (Source("a.yaml"), "a.yaml"),
    ],
)
def test_a_place_is_written_as_editors_read_it(source: Source, expected: str) -> None:
    assert str(source) == expected


def test_places_stand_in_the_order_of_lines_as_numbers() -> None:
    assert sorted([Source("a", 10, 1), Source("a", 9, 2)]) == [Source("a", 9, 2), Source("a", 10, 1)]


def test_a_cell_of_a_workbook_is_named_as_people_see_it() -> None:
    assert str(Source("a.xlsx", 7, 6, "填報!F7")) == "a.xlsx:填報!F7"
    assert str(Source("a.csv", 7, 3, "value")) == "a.csv:7:3"
