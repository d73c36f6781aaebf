import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from engine import __version__
from engine.model.diagnostic import Severity
from engine.model.source import Source
from engine.report.read import CitedFiles
from engine.report.remarks import Remark
from engine.report.sarif import to_sarif
from engine.report.words import LANGUAGES, Words

Json = dict[str, Any]

REMARK = Remark(
    "repeated-key",
    Severity.ERROR,
    "firms is written twice",
    "keep one of the two",
    Source("a.yaml", 3, 9),
    (Source("b.yaml", 2, 1),),
    ("key=firms",),
)
FILES = CitedFiles(Path)


def run_of(*remarks: Remark, language: str = "en", complete: bool = True, files: CitedFiles = FILES) -> Json:
    document = json.loads(to_sarif("validate", remarks, complete, Words(language), files))
    assert document["version"] == "2.1.0"
    (run,) = document["runs"]
    assert isinstance(run, dict)
    return run


def uri_of(path: str) -> Json:
    (result,) = run_of(replace(REMARK, source=Source(path, 1, 1)))["results"]
    located: Json = result["locations"][0]["physicalLocation"]["artifactLocation"]
    return located


def test_the_tool_names_itself_and_the_codes_that_occur() -> None:
    other = replace(REMARK, code="unit-unknown")
    driver = run_of(other, REMARK, other)["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("biaochi", __version__)
    assert [rule["id"] for rule in driver["rules"]] == ["repeated-key", "unit-unknown"]
    assert all(rule[key]["text"] for rule in driver["rules"] for key in ("shortDescription", "fullDescription", "help"))


@pytest.mark.parametrize(("language", "said"), [("en", "en"), ("zh-Hans", "zh-CN"), ("zh-Hant", "zh-TW")])
def test_it_speaks_the_reader_s_language(language: str, said: str) -> None:
    assert language in LANGUAGES
    assert run_of(REMARK, language=language)["tool"]["driver"]["language"] == said


def test_a_result_points_to_its_rule_and_both_places() -> None:
    other = replace(REMARK, code="unit-unknown", severity=Severity.WARNING)
    run = run_of(other, REMARK)
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    first, second = run["results"]
    assert (first["level"], second["level"]) == ("warning", "error")
    assert second["message"]["text"] == "firms is written twice\nway out: keep one of the two"
    assert second["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "a.yaml", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 3, "startColumn": 9},
    }
    assert second["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "b.yaml"
    assert second["relatedLocations"][0]["message"]["text"]


def test_fingerprints_stay_when_lines_move_and_tell_twins_apart() -> None:
    moved = replace(REMARK, source=Source("a.yaml", 30, 1))
    elsewhere = replace(REMARK, source=Source("c.yaml", 3, 9))
    another = replace(REMARK, identity=("key=visits",))

    def prints(*remarks: Remark) -> list[str]:
        return [result["partialFingerprints"]["biaochi/v1"] for result in run_of(*remarks)["results"]]

    assert prints(REMARK) == prints(moved)
    assert len({*prints(REMARK), *prints(elsewhere), *prints(another)}) == 3
    assert len(set(prints(REMARK, moved))) == 2


@pytest.mark.parametrize(
    ("path", "uri", "rooted"),
    [
        ("rules/016-x.yaml", "rules/016-x.yaml", True),
        ("報送 1/甲%.yaml", "%E5%A0%B1%E9%80%81%201/%E7%94%B2%25.yaml", True),
        ("a:b?#.csv", "a%3Ab%3F%23.csv", True),
        ("../other/a.yaml", "../other/a.yaml", False),
        ("/tmp/甲.yaml", "file:///tmp/%E7%94%B2.yaml", False),
    ],
)
def test_paths_are_addresses(path: str, uri: str, rooted: bool) -> None:
    located = uri_of(path)
    assert (located["uri"], "uriBaseId" in located) == (uri, rooted)


def test_a_place_without_a_line_is_the_file() -> None:
    (result,) = run_of(replace(REMARK, source=Source("a.yaml"), related=()))["results"]
    assert "region" not in result["locations"][0]["physicalLocation"]
    assert "relatedLocations" not in result


def test_cells_of_a_table_become_columns_of_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("indicator,value\nfirms,7 個\n", encoding="utf-8")
    remark = replace(REMARK, source=Source("a.csv", 2, 2, "value"))
    found = CitedFiles(lambda name: tmp_path / name)
    for files, region in ((found, {"startLine": 2, "startColumn": 7}), (FILES, {"startLine": 2})):
        location = run_of(remark, files=files)["results"][0]["locations"][0]
        assert location["physicalLocation"]["region"] == region
        assert location["logicalLocations"] == [{"name": "value", "kind": "column"}]


def test_words_in_brackets_are_no_link() -> None:
    (result,) = run_of(replace(REMARK, message="[gone](http) and [kept]", hint=""))["results"]
    assert result["message"]["text"] == "\\[gone](http) and [kept]"


def test_what_a_document_excuses_is_suppressed() -> None:
    excused, plain = run_of(replace(REMARK, excuse="批復"), REMARK)["results"]
    assert excused["suppressions"] == [{"kind": "external", "status": "accepted", "justification": "批復"}]
    assert "suppressions" not in plain


@pytest.mark.parametrize("complete", [True, False])
def test_an_incomplete_answer_says_so(complete: bool) -> None:
    assert run_of(REMARK, complete=complete)["invocations"] == [{"executionSuccessful": complete}]


def test_without_remarks_there_is_a_run_all_the_same() -> None:
    run = run_of()
    assert (run["results"], run["tool"]["driver"]["rules"]) == ([], [])
