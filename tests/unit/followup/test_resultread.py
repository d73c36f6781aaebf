import json
from pathlib import Path
from typing import Any

import pytest

from engine.followup.resultread import read_result, read_result_text, shared_name
from engine.model.diagnostic import Diagnostic
from engine.report.schemas import read_schema


def example() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(read_schema("check"))["examples"][0]
    return document


def test_rows_findings_and_receipt_are_read() -> None:
    document = example()
    document["receipt"] = {
        "book": {"digest": "sha256:0", "files": {"policy.yaml": "sha256:1"}},
        "submissions": {"x/2025Q2/a.yaml": "sha256:2"},
        "program": {"biaochi": "1.0"},
        "options": {"as_of": None, "only": ["fail"]},
    }
    told = read_result_text(json.dumps(document), "a.json", [])
    assert told is not None
    assert [row.verdict for row in told.rows] == [row["verdict"] for row in document["verdicts"]]
    assert [each.code for each in told.findings] == [each["code"] for each in document["findings"]]
    assert (told.made_of.book, told.made_of.submissions) == (
        {"policy.yaml": "sha256:1"},
        {"2025Q2/a.yaml": "sha256:2"},
    )
    assert told.made_of.options == {"as_of": "null", "only": '["fail"]'}


def test_result_without_a_receipt_says_nothing_of_its_inputs() -> None:
    document = example()
    document.pop("receipt", None)
    told = read_result_text(json.dumps(document), "a.json", [])
    assert told is not None
    assert (told.made_of.book, told.made_of.program) == (None, None)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "[" * 100_000, '{"schema": "biaochi.rank/1"}', '{"schema": "biaochi.check/1", "verdicts": {}}'],
)
def test_what_is_no_result_is_a_finding(text: str) -> None:
    found: list[Diagnostic] = []
    assert read_result_text(text, "a.json", found) is None
    assert [finding.code for finding in found] == ["no-check-result"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("verdict", 7),
        ("verdict", "good"),
        ("reason", "because"),
        ("organization", 7),
        ("organization", "\ud800"),
        ("notes", 7),
        ("source", 7),
        ("source", {"file": "a.yaml", "line": float("inf"), "column": 1, "cell": None}),
    ],
)
def test_row_of_another_shape_is_a_finding(key: str, value: object) -> None:
    document, found = example(), list[Diagnostic]()
    document["verdicts"][0][key] = value
    assert read_result_text(json.dumps(document), "a.json", found) is None
    assert [finding.code for finding in found] == ["no-check-result"]


def test_files_that_cannot_be_read_are_findings(tmp_path: Path) -> None:
    found: list[Diagnostic] = []
    (tmp_path / "gbk.json").write_bytes("標尺".encode("gbk"))
    assert read_result(tmp_path / "gbk.json", found) is None
    assert read_result(tmp_path, found) is None
    assert [finding.code for finding in found] == ["not-utf8", "not-a-regular-file"]
    (tmp_path / "a.json").write_text("﻿" + json.dumps(example()), encoding="utf-8")
    assert read_result(tmp_path / "a.json", found) is not None


def test_name_is_told_from_the_period_s_folder_on() -> None:
    assert shared_name("/x/2025Q1/y/2025Q2/a/b.csv") == "2025Q2/a/b.csv"
    assert shared_name("b.csv") == "b.csv"
