from engine.model.account import EMPTY, Account, AccountedCell, Fate, count_fates
from engine.model.source import Source


def cell(file: str, fate: Fate) -> AccountedCell:
    return AccountedCell(Source(file, 1, 1), "甲", "firms", "5 家", fate)


def test_every_fate_is_counted_even_where_it_met_nobody() -> None:
    assert count_fates(EMPTY.cells) == {Fate.JUDGED: 0, Fate.NOT_NEEDED: 0, Fate.REFUSED: 0}


def test_files_without_cells_are_listed_too() -> None:
    cells = (cell("a", Fate.JUDGED), cell("a", Fate.REFUSED), cell("a", Fate.JUDGED))
    by_file = Account(("a", "b"), cells).by_file()
    assert by_file["a"] == {Fate.JUDGED: 2, Fate.NOT_NEEDED: 0, Fate.REFUSED: 1}
    assert sum(by_file["b"].values()) == 0
