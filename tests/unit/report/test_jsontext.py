import json

from engine.report.jsontext import to_json


def test_schema_comes_first_and_other_keys_are_sorted_at_every_depth() -> None:
    document = {"verdicts": [{"b": 1, "a": {"d": 2, "c": 3}}], "book": 1, "schema": "biaochi.check/1", "complete": True}
    pairs: list[list[str]] = []
    json.loads(to_json(document), object_pairs_hook=lambda found: pairs.append([key for key, _ in found]))
    assert pairs == [["c", "d"], ["a", "b"], ["schema", "book", "complete", "verdicts"]]


def test_a_key_called_schema_further_down_is_sorted_as_any_other() -> None:
    text = to_json({"schema": "x", "a": {"schema": 1, "b": 2}})
    assert text.index('"b"') < text.rindex('"schema"')


def test_chinese_is_written_as_it_is() -> None:
    assert "市經信局" in to_json({"schema": "x", "organization": "市經信局"})


def test_the_text_ends_with_one_line_end() -> None:
    text = to_json({"schema": "x"})
    assert (text[-2:], text.endswith("\n\n")) == ("}\n", False)


def test_the_order_of_lists_is_kept() -> None:
    assert json.loads(to_json({"schema": "x", "rows": [3, 1, 2]}))["rows"] == [3, 1, 2]


def test_the_order_in_which_keys_were_put_in_makes_no_difference() -> None:
    assert to_json({"schema": "x", "a": 1, "b": 2}) == to_json({"b": 2, "a": 1, "schema": "x"})
