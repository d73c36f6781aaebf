from pathlib import Path

import pytest

from engine.bulk.output import Output, Record


def test_what_is_unfinished_is_taken_away(tmp_path: Path) -> None:
    output = Output(tmp_path / "out")
    output.start(1)
    for name in ("verdicts/00000.parquet.part", "verdicts/00001.parquet", "verdicts/00000.parquet"):
        (tmp_path / "out" / name).write_bytes(b"")
    output.start(1)
    assert [path.name for path in (tmp_path / "out" / "verdicts").iterdir()] == ["00000.parquet"]


def test_a_folder_of_others_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters.part").write_bytes(b"mine")
    with pytest.raises(FileExistsError, match=r"letters\.part"):
        Output(tmp_path).start(1)
    assert [path.name for path in tmp_path.iterdir()] == ["letters.part"]


def test_a_record_of_other_input_does_not_count(tmp_path: Path) -> None:
    output = Output(tmp_path)
    output.start(1)
    assert output.read_record(0, "mark") is None
    (tmp_path / "tiles" / "00000.json").write_text('{"mark": "mark"}', encoding="utf-8")
    assert output.read_record(0, "mark") is None
    for name in ("verdicts", "findings", "summary"):
        (tmp_path / name / "00000.parquet").write_bytes(b"")
    text = '{"mark": "mark", "verdicts": {"pass": 2}, "reasons": {}, "findings": {}}'
    (tmp_path / "tiles" / "00000.json").write_text(text, encoding="utf-8")
    record = output.read_record(0, "mark")
    assert isinstance(record, Record)
    assert record.verdicts == {"pass": 2}
    assert output.read_record(0, "another") is None
