from pathlib import Path

import pytest

from engine import units
from engine.unit_table import MULTIPLIERS, TABLE


def test_table_is_what_the_definitions_yield(repo: Path) -> None:
    written = (repo / "engine" / "unit_table.py").read_text(encoding="utf-8")
    assert units.build_table() == written, "renew it: python -m engine.units"


def test_factors_are_positive_integers_that_leave_room_for_a_value() -> None:
    # 15 integer digits and 4 decimals of a value have to fit into DECIMAL(38,4) together with the factor.
    wrong = {
        symbol: row
        for symbol, row in TABLE.items()
        if type(row[1]) is not int or type(row[2]) is not int or not 0 < row[1] < 10**19
    }
    assert wrong == {}


def test_every_dimension_has_units_in_both_scripts() -> None:
    from opencc import OpenCC

    simplify, traditionalize = OpenCC("t2s").convert, OpenCC("s2t").convert
    missing = [
        other
        for symbol in TABLE
        for other in (simplify(symbol), traditionalize(simplify(symbol)))
        if TABLE.get(other) != TABLE[symbol]
    ]
    assert missing == []


def test_multipliers_stand_in_both_scripts() -> None:
    assert {"百", "千", "萬", "万", "十萬", "百萬", "千萬", "億", "亿", "萬億", "万亿"} <= MULTIPLIERS.keys()


def test_no_unit_is_also_a_multiplied_other_unit() -> None:
    wrong = {
        word + name: row
        for name, row in TABLE.items()
        for word, times in MULTIPLIERS.items()
        if TABLE.get(word + name, (row[0], row[1] * times, 0)) != (row[0], row[1] * times, 0)
    }
    assert wrong == {}


def test_main_writes_and_checks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "unit_table.py"
    monkeypatch.setattr(units, "_UNIT_TABLE", place)
    assert units.main([]) == 0
    assert units.main(["--check"]) == 0
    place.write_text(place.read_text(encoding="utf-8").replace("2000", "2001"), encoding="utf-8")
    assert units.main(["--check"]) == 1
    assert "python -m engine.units" in capsys.readouterr().err
    assert units.main(["--chekc"]) == 2
