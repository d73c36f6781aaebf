from pathlib import Path

import pytest

from engine.bulk.tiling import MOST_ROWS, MOST_SINGLES, _room_for_singles
from tests.unit.bulk.desk import Rows, prepared
from tests.unit.small import book_of

PAIR = "indicator: growth, kind: relative, partner: income, judged: {lead: none, responsible: {same: [各縣市區]}}"

BY_BODY: Rows = [(body, name, "2025Q1", "1", "%") for body in ("咸安區", "嘉魚縣") for name in ("growth", "income")]


@pytest.mark.parametrize("size", [1, 2, 100])
def test_every_row_is_in_one_tile(tmp_path: Path, size: int) -> None:
    tiles = prepared(tmp_path, BY_BODY, book_of(PAIR), size=size).tiles
    assert sum(tile.rows for tile in tiles) == 4
    bodies = [place for tile in tiles for place in tile.bodies]
    assert sorted(set(bodies)) == sorted(bodies)


def test_a_body_is_never_cut(tmp_path: Path) -> None:
    assert [tile.rows for tile in prepared(tmp_path, BY_BODY, book_of(PAIR), size=1).tiles] == [2, 2]


def test_a_tile_knows_where_its_rows_lie(tmp_path: Path) -> None:
    (first, second) = prepared(tmp_path, BY_BODY, book_of(PAIR), size=1).tiles
    assert [(tile.span.low, tile.span.high) for tile in (first, second)] == [("咸安區",) * 2, ("嘉魚縣",) * 2]


def test_rows_that_are_read_singly_make_tiles_small(tmp_path: Path) -> None:
    rows: Rows = [(body, "firms", "2025Q1", "七", "家") for body in ("咸安區", "嘉魚縣")]
    level = book_of(
        "indicator: firms, kind: level, threshold: 9 家, judged: {lead: none, responsible: {same: [各縣市區]}}"
    )
    assert _room_for_singles(prepared(tmp_path, rows, level, "VARCHAR").plan) == MOST_SINGLES
    assert _room_for_singles(prepared(tmp_path, BY_BODY, book_of(PAIR)).plan) == MOST_ROWS
