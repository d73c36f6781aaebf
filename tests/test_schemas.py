"""The schemas that ship with the package: sound, true of every file and document, and agreeing with the readers."""

import ast
import copy
import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from engine.followup.record import read_decisions, read_notice, read_replies
from engine.model.book import Book
from engine.model.codes import CODES
from engine.model.diagnostic import Diagnostic
from engine.pipeline import check, open_book
from engine.report.schemas import read_schema, schema_names
from engine.rules.organizations import read_organizations
from engine.rules.policy import read_allocation, read_amendments, read_policy
from engine.rules.relations import read_relations
from engine.rules.rulefiles import read_rule_file
from engine.rules.scoring import read_adjustments
from engine.rules.signers import read_signers
from engine.rules.targets import read_targets
from engine.rules.waivers import read_waivers
from engine.submissions.manifest import read_manifest
from engine.yamlsource import Node, read_yaml
from tests.conftest import ROOT, RunCli
from tests.unit.small import period_of

DOCUMENTS = (
    "bulk",
    "check",
    "diff",
    "draft",
    "explain",
    "obligations",
    "rank",
    "receipt",
    "targets",
    "test",
    "validate",
)
FILES = (
    "adjustments-file", "allocation-file", "amendments-file", "decisions-file", "inspections-file", "manifest-file",
    "notice-file", "organizations-file", "policy-file", "relations-file", "replies-file", "rule-file",
    "signers-file", "submission-file", "targets-file", "waivers-file",
)  # fmt: skip

#: Which file of a book follows which schema, as a pattern under the book's folder.
PATTERNS = {
    "targets.yaml": "targets-file",
    "organizations.yaml": "organizations-file",
    "policy.yaml": "policy-file",
    "amendments.yaml": "amendments-file",
    "relations.yaml": "relations-file",
    "waivers.yaml": "waivers-file",
    "adjustments.yaml": "adjustments-file",
    "signers.yaml": "signers-file",
    "allocations/*.yaml": "allocation-file",
    "rules/*.yaml": "rule-file",
    "submissions/*/*.yaml": "submission-file",
    "submissions/*/inspections.yaml": "inspections-file",
    "submissions/*/manifest.yaml": "manifest-file",
    "submissions/*/replies.yaml": "replies-file",
    "followup/*/*.yaml": "notice-file",
    "followup/decisions.yaml": "decisions-file",
}

#: Accepted by the readers whatever stands there, because nothing is made of it.
UNREAD = {"note", "illustrative", "stages_illustrative", "form"}


def books() -> list[Path]:
    folders = {
        path.parent for pattern in ("examples/*", "tests/books/*") for path in ROOT.glob(f"{pattern}/targets.yaml")
    }
    return [ROOT, *sorted(folders)]


def book_files() -> Iterator[tuple[Path, str]]:
    for book in books():
        chosen: dict[Path, str] = {}
        for pattern, name in PATTERNS.items():
            chosen |= dict.fromkeys(book.glob(pattern), name)
        yield from sorted(chosen.items())


def load_texts(text: str) -> Any:
    """The YAML as the readers see it: scalars are the texts that were written, and never numbers or dates."""
    return yaml.load(text, Loader=yaml.BaseLoader)


@cache
def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads(read_schema(name)))


def errors(name: str, value: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator(name).iter_errors(value)]


# --- the schemas themselves ------------------------------------------------------------------------------------


def test_every_document_and_every_file_of_a_book_has_a_schema() -> None:
    assert schema_names() == sorted((*DOCUMENTS, *FILES))


@pytest.mark.parametrize("name", sorted((*DOCUMENTS, *FILES)))
def test_schema_is_valid_and_says_what_it_is_for(name: str) -> None:
    schema = json.loads(read_schema(name))
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    assert schema["$id"].endswith(f":{name}")
    assert schema["title"]
    assert schema["description"]
    assert schema["examples"]
    for example in schema["examples"]:
        assert errors(name, example) == []


def objects_of(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        if schema.get("additionalProperties") is False:
            yield schema
        for key, value in schema.items():
            if key != "examples":
                yield from objects_of(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from objects_of(value)


@pytest.mark.parametrize("name", sorted((*DOCUMENTS, *FILES)))
def test_every_object_is_closed_or_a_mapping_of_names(name: str) -> None:
    def visit(value: Any) -> None:
        if isinstance(value, dict):
            if value.get("type") == "object":
                assert value.get("additionalProperties") is False or "properties" not in value
            for key, inner in value.items():
                if key != "examples":
                    visit(inner)
        elif isinstance(value, list):
            for inner in value:
                visit(inner)

    visit(json.loads(read_schema(name)))


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_every_field_of_a_document_is_described_and_always_there(name: str) -> None:
    schema = json.loads(read_schema(name))
    for found in objects_of(schema):
        assert sorted(found["required"]) == sorted(found["properties"])
        for field, value in found["properties"].items():
            described = value if "$ref" not in value else {**schema["$defs"][value["$ref"].split("/")[-1]], **value}
            assert described.get("description"), f"{name}: {field} is not described"


def test_enumerations_are_the_engines() -> None:
    from engine.model.target import Comparator, Kind
    from engine.model.verdict import Outcome, Reason, Role

    verdict = json.loads(read_schema("check"))["$defs"]["verdict"]["properties"]
    assert verdict["kind"]["enum"] == list(Kind)
    assert verdict["comparator"]["enum"] == [*Comparator, None]
    assert verdict["verdict"]["enum"] == list(Outcome)
    assert verdict["reason"]["enum"] == [*Reason, None]
    assert verdict["role"]["enum"] == list(Role)


# --- files of books --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "name"), [pytest.param(path, name, id=str(path.relative_to(ROOT))) for path, name in book_files()]
)
def test_file_of_a_book_follows_its_schema(path: Path, name: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert errors(name, load_texts(text)) == []


def test_every_kind_of_file_is_tried() -> None:
    assert {name for _, name in book_files()} >= set(FILES) - {
        "adjustments-file", "inspections-file", "manifest-file", "signers-file",
    }  # fmt: skip


def test_numbers_and_booleans_that_an_editor_reads_are_allowed_too() -> None:
    rule = {"at_least": -10, "verdict": "at-risk"}
    policy = {"bands": {"paced": [{"at_least": 0, "verdict": "pass"}, rule, {"verdict": "fail"}]}, "ahead_margin": 5}
    assert errors("policy-file", policy) == []
    table = {"rule": "a", "document": "b", "illustrative": True, "quotas": {"甲": "1 家"}}
    assert errors("allocation-file", table) == []


WAIVER = {
    "document": "a", "date": "2025-01-02", "approver": "b", "start": "2025-01-02", "end": "2025-02-02",
    "reach": ["甲"], "rules": ["x"], "reason": "c",
}  # fmt: skip

SPOILT = [
    ("targets-file", {"plan": {"title": "a", "year": "25"}, "clauses": []}),
    ("targets-file", {"plan": {"title": "a", "year": "2025"}, "clauses": [{"clause": "第一 條"}]}),
    ("targets-file", {"plan": {"title": "a", "year": "2025"}}),
    ("organizations-file", {"organizations": [{"name": "甲"}]}),
    ("organizations-file", {"organizations": [{"name": "甲", "tier": "county", "alias": ["乙"]}]}),
    ("policy-file", {"bands": {"paced": [{"verdict": "pass"}, {"verdict": "fail"}]}}),
    ("policy-file", {"bands": {"paced": [{"at_least": "0", "verdict": "good"}, {"verdict": "fail"}]}}),
    ("policy-file", {"ahead_margin": "5 points"}),
    ("allocation-file", {"rule": "a", "document": "b", "quotas": {"甲": "42"}}),
    ("allocation-file", {"rule": "a", "quotas": {"甲": "42 家"}}),
    ("amendments-file", {"amendments": [{"target": "a", "threshold": "1 家", "document": "b", "date": "1.2.2025"}]}),
    ("relations-file", {"relations": [{"id": "a", "at_most": ["x", "y"]}]}),
    ("relations-file", {"relations": [{"id": "a", "reason": "b"}]}),
    ("relations-file", {"relations": [{"id": "a", "reason": "b", "at_most": ["x"]}]}),
    ("relations-file", {"relations": [{"id": "a", "reason": "b", "sum": {"whole": "x", "parts": ["y"]}}]}),
    ("relations-file", {"relations": [{"id": "a", "reason": "b", "at_most": ["x", "y"], "stock": {"level": "x"}}]}),
    ("waivers-file", {"waivers": [{"document": "a", "start": "2025-01-02", "end": "2025-02-02", "reach": ["甲"]}]}),
    ("waivers-file", {"waivers": [{**WAIVER, "end": "2025-2-1"}]}),
    ("waivers-file", {"waivers": [{key: value for key, value in WAIVER.items() if key != "rules"}]}),
    ("signers-file", {"signers": [{"organization": "甲"}]}),
    ("signers-file", {"signers": [{"key": "ssh-ed25519 AAAA"}]}),
    ("signers-file", {"signers": [{"organization": "甲", "office": "乙", "key": "ssh-ed25519 AAAA"}]}),
    ("inspections-file", {"inspections": [{"organization": "甲", "indicator": "a", "value": "1 家"}]}),
    ("manifest-file", {"received": [{"file": "a.yaml", "date": "8.7.2025"}]}),
    ("manifest-file", {"received": [{"file": "a.yaml", "date": "2025-07-08", "replaces": "b.yaml"}]}),
    ("policy-file", {"deadlines": {"days": "367"}}),
    ("policy-file", {"notices": {"reply_days": "two weeks"}}),
    ("notice-file", {"notice": "a", "organization": "甲", "period": "2025Q1", "date": "2025-04-20", "items": []}),
    ("replies-file", {"replies": [{"notice": "a", "item": "0", "date": "2025-04-20", "answer": "b"}]}),
    ("decisions-file", {"decisions": [{"notice": "a", "item": "1", "date": "2025-04-20", "decision": "refuse"}]}),
    ("decisions-file", {"decisions": [{"notice": "a", "item": "1", "date": "2025-04-20", "decision": "drop"}]}),
    ("submission-file", {"organization": "甲", "figures": {"a": "131"}}),
    ("submission-file", {"organization": "甲", "figures": {"a": {"value": "131"}}}),
    ("submission-file", {"organization": "甲", "figures": {"a": {"done": "1 人"}}}),
    ("submission-file", {"organization": "甲", "period": "2025Q5", "figures": {"a": "131 家"}}),
    ("submission-file", {"organization": "甲", "figures": {}}),
    ("submission-file", {"figures": {"a": "131 家"}}),
]


@pytest.mark.parametrize(("name", "value"), SPOILT)
def test_spoilt_file_does_not_follow_its_schema(name: str, value: Any) -> None:
    assert errors(name, value)


# --- the readers agree -----------------------------------------------------------------------------------------


def as_yaml(value: Any) -> str:
    return yaml.dump(value, allow_unicode=True, default_style='"')


def node_of(value: Any) -> Node:
    node, found = read_yaml(as_yaml(value), "rules/016-x.yaml")
    assert node is not None
    assert found == []
    return node


@cache
def root_book() -> Book:
    found: list[Diagnostic] = []
    book = open_book(ROOT, found)
    assert book is not None
    assert found == []
    return book


#: Beside an inspection stands what it replaces.
SUBMITTED = {"organization": "嘉魚縣", "figures": {"renovated-communities": "10 個"}}


def check_folder(found: list[Diagnostic], submission: Any, inspections: Any = None) -> None:
    """Whether a figure can be used shows only in a check: what is not said in the file's shape is said there."""
    with TemporaryDirectory() as above:
        folder = Path(above, "2025Q2")
        folder.mkdir()
        folder.joinpath("a.yaml").write_text(as_yaml(submission), encoding="utf-8")
        if inspections is not None:
            folder.joinpath("inspections.yaml").write_text(as_yaml(inspections), encoding="utf-8")
        result = check(root_book(), [], [folder])
    found.extend(finding for finding in result.findings if CODES[finding.code].incomplete)


READERS: dict[str, Callable[[Any, list[Diagnostic]], object]] = {
    "adjustments-file": lambda value, found: read_adjustments(node_of(value), found),
    "targets-file": lambda value, found: read_targets(node_of(value), found),
    "organizations-file": lambda value, found: read_organizations(node_of(value), found),
    "policy-file": lambda value, found: read_policy(node_of(value), found),
    "allocation-file": lambda value, found: read_allocation(node_of(value), "", found),
    "amendments-file": lambda value, found: read_amendments(node_of(value), "", found),
    "relations-file": lambda value, found: read_relations(node_of(value), found),
    "waivers-file": lambda value, found: read_waivers(node_of(value), found),
    "signers-file": lambda value, found: read_signers(node_of(value), None, found),
    "rule-file": lambda value, found: read_rule_file(node_of(value), "", found),
    "submission-file": lambda value, found: check_folder(found, value),
    "inspections-file": lambda value, found: check_folder(found, SUBMITTED, value),
    "notice-file": lambda value, found: read_notice(as_yaml(value), "followup/2025Q2/a.yaml", found),
    "replies-file": lambda value, found: read_replies(as_yaml(value), "replies.yaml", found),
    "decisions-file": lambda value, found: read_decisions(as_yaml(value), "decisions.yaml", found),
    "manifest-file": lambda value, found: read_manifest(as_yaml(value), "manifest.yaml", period_of("2025Q2"), found),
}


def accepted(name: str, value: Any) -> bool:
    found: list[Diagnostic] = []
    READERS[name](value, found)
    return not found


def mappings(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict):
        yield path
        for key, inner in value.items():
            yield from mappings(inner, (*path, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from mappings(inner, (*path, place))


def at(value: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


def with_other_keys(value: Any) -> Iterator[tuple[str, Any]]:
    """Copies of a file with one key too many or one too few."""
    for path in mappings(value):
        changed = copy.deepcopy(value)
        at(changed, path)["no-such-key"] = "x"
        yield f"{path} with no-such-key", changed
        for key in at(value, path):
            changed = copy.deepcopy(value)
            del at(changed, path)[key]
            yield f"{path} without {key}", changed


def with_other_shapes(value: Any) -> Iterator[tuple[str, Any]]:
    """Copies of a file with one value of a shape that fits nowhere."""
    for path in mappings(value):
        for key in at(value, path):
            if key not in UNREAD:
                changed = copy.deepcopy(value)
                at(changed, path)[key] = [["x"]]
                yield f"{path} with a list of lists as {key}", changed


def samples(name: str) -> list[Any]:
    """The examples of a schema, their scalars as texts."""
    return [load_texts(json.dumps(example)) for example in json.loads(read_schema(name))["examples"]]


@pytest.mark.parametrize("name", FILES)
def test_reader_and_schema_agree_about_keys(name: str) -> None:
    differences = []
    for sample in samples(name):
        assert accepted(name, sample)
        for what, changed in with_other_keys(sample):
            if accepted(name, changed) != (not errors(name, changed)):
                differences.append(f"{what}: the reader {'takes' if accepted(name, changed) else 'refuses'} it")
    assert differences == []


@pytest.mark.parametrize("name", FILES)
def test_reader_and_schema_refuse_values_of_another_shape(name: str) -> None:
    taken = []
    for sample in samples(name):
        for what, changed in with_other_shapes(sample):
            assert errors(name, changed), what
            if accepted(name, changed):
                taken.append(what)
    assert taken == []


def known_keys() -> set[frozenset[str]]:
    """The keys of every mapping that the engine reads: the third argument of each `Fields(…)`."""
    found = set()
    for path in sorted((ROOT / "engine").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        literals = {
            target.id: node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name) and isinstance(node.value, ast.Tuple)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Fields":
                keys = node.args[2]
                if isinstance(keys, ast.Constant):  # None: a mapping whose keys are the submitter's own
                    continue
                found.add(frozenset(ast.literal_eval(literals[keys.id] if isinstance(keys, ast.Name) else keys)))
    return found


def test_schemas_have_the_keys_that_the_readers_know() -> None:
    described = {
        frozenset(found["properties"]) for name in FILES for found in objects_of(json.loads(read_schema(name)))
    }
    assert described == known_keys()


# --- documents -------------------------------------------------------------------------------------------------


def commands() -> Iterator[tuple[Path, str, list[str]]]:
    for book in books():
        yield book, "targets", ["targets"]
        yield book, "test", ["test"]
        yield book, "validate", ["validate"]
        for folder in sorted(path for path in (book / "submissions").iterdir() if path.is_dir()):
            yield book, "check", ["check", f"submissions/{folder.name}"]
            if book == ROOT:
                yield book, "rank", ["rank", f"submissions/{folder.name}"]
            yield book, "obligations", ["obligations", folder.name]


@pytest.mark.parametrize(
    ("book", "name", "arguments"),
    [pytest.param(*case, id=f"{case[0].name} {' '.join(case[2])}") for case in commands()],
)
def test_document_follows_its_schema(run_cli: RunCli, book: Path, name: str, arguments: list[str]) -> None:
    ran = run_cli(*arguments, "--format", "json", cwd=book)
    assert errors(name, json.loads(ran.stdout)) == []


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_document_with_findings_follows_its_schema(run_cli: RunCli, tmp_path: Path, language: str) -> None:
    spoilt = tmp_path / "2025Q2"
    spoilt.mkdir()
    spoilt.joinpath("a.yaml").write_text("organization: 市发改局\nfigures:\n  gdp: 7\n", encoding="utf-8")
    spoilt.joinpath("b.csv").write_text("organization,indicator,value\n市发改委,gdp-growth,7\n", encoding="utf-8")
    ran = run_cli("check", spoilt, "--format", "json", "--lang", language, "--book", ROOT)
    document = json.loads(ran.stdout)
    assert ran.exit_code == 3
    assert document["findings"]
    assert errors("check", document) == []


def test_spoilt_document_does_not_follow_its_schema() -> None:
    sound = samples("check")[0]
    for path, value in (
        (("schema",), "biaochi.check/2"),
        (("complete",), "yes"),
        (("verdicts", 0, "verdict"), "passed"),
        (("verdicts", 0, "reason"), "missing"),
        (("verdicts", 0, "actual"), "1e3"),
        (("verdicts", 0, "notes"), ["fine"]),
        (("findings", 0, "source", "line"), 0),
        (("summary", "by_verdict", "pass"), -1),
    ):
        spoilt = json.loads(read_schema("check"))["examples"][0]
        assert errors("check", spoilt) == []
        at(spoilt, path[:-1])[path[-1]] = value
        assert errors("check", spoilt), path
    assert sound["schema"] == "biaochi.check/1"


# --- the command -----------------------------------------------------------------------------------------------


def test_schema_list_names_all_schemas(run_cli: RunCli) -> None:
    ran = run_cli("schema", "list")
    assert (ran.exit_code, ran.stdout.split()) == (0, schema_names())


@pytest.mark.parametrize("name", sorted((*DOCUMENTS, *FILES)))
def test_schema_prints_the_file_as_it_is_shipped(run_cli: RunCli, name: str) -> None:
    ran = run_cli("schema", name)
    assert (ran.exit_code, ran.stdout) == (0, read_schema(name))


def test_unknown_schema_is_refused_with_the_nearest_names(run_cli: RunCli) -> None:
    ran = run_cli("schema", "target-file")
    assert ran.exit_code == 2
    assert "targets-file" in ran.stderr


def test_schema_is_written_to_a_file(run_cli: RunCli, tmp_path: Path) -> None:
    run_cli("schema", "check", "-o", tmp_path / "check.json")
    assert (tmp_path / "check.json").read_text(encoding="utf-8") == read_schema("check")


def test_all_schemas_are_written_into_a_folder(run_cli: RunCli, tmp_path: Path) -> None:
    ran = run_cli("schema", "all", "-o", tmp_path / "of" / "ours")
    assert (ran.exit_code, ran.stdout) == (0, "")
    written = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "of" / "ours").iterdir()}
    assert written == {f"{name}.json": read_schema(name) for name in schema_names()}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("all",), "-o DIR"),
        (("all", "-o", "file"), "cannot be made"),
        (("check", "-o", "folder"), "is a folder"),
    ],
)
def test_schemas_that_cannot_be_written_there_are_wrong_usage(
    run_cli: RunCli, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    ran = run_cli("schema", *arguments, cwd=tmp_path)
    assert ran.exit_code == 2
    assert words in ran.stderr
