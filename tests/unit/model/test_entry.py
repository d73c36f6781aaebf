from engine.model.entry import Cell, Entry
from engine.model.source import Source

PLACE = Source("a.yaml", 2, 3)


def test_an_entry_starts_with_nothing_but_its_names() -> None:
    entry = Entry(Cell("市經信局", PLACE), Cell("firms", PLACE), PLACE)
    assert (entry.value, entry.stage, entry.parts, entry.fault) == (None, None, {}, None)


def test_entries_do_not_share_their_parts() -> None:
    first, second = (Entry(Cell("甲", PLACE), Cell("firms", PLACE), PLACE) for _ in range(2))
    first.parts["done"] = Cell("1 家", PLACE)
    assert second.parts == {}


def test_a_cell_has_a_unit_of_measure_only_from_a_column_of_its_own() -> None:
    assert Cell("131 家", PLACE).unit is None
    assert Cell("131", PLACE, "家").unit == "家"
