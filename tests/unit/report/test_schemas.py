import json

import pytest

from engine.report.schemas import read_schema, schema_names


def test_names_are_sorted() -> None:
    assert schema_names() == sorted(schema_names())


@pytest.mark.parametrize("name", ["check", "targets", "obligations", "targets-file", "rule-file", "submission-file"])
def test_a_shipped_schema_is_json_with_a_title(name: str) -> None:
    assert name in schema_names()
    assert json.loads(read_schema(name))["title"]


def test_an_unknown_name_is_no_file() -> None:
    with pytest.raises(FileNotFoundError):
        read_schema("chekc")
