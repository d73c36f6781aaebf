import subprocess
import sys
from pathlib import Path

import pytest

from engine.yamlsource import Node, read_yaml
from tests.unit.small import codes, node_of


@pytest.mark.parametrize(
    "written", ["7.0", "007", "1e3", "0x1F", "12:30:45", "yes", "null?", "2025-06-30", "1_000", ".5"]
)
def test_scalars_stay_the_text_they_were_written_as(written: str) -> None:
    value = node_of(f"a: {written}\n").get("a")
    assert value is not None
    assert (value.kind, value.text) == ("text", written)


def test_every_node_knows_its_place() -> None:
    root = node_of("a:\n  b: [x, 丙, y]\n")
    inner = root.get("a")
    assert inner is not None
    listed = inner.get("b")
    assert listed is not None
    assert [str(node.source) for node in (root, inner, listed, *listed.items)] == [
        "file.yaml:1:1",
        "file.yaml:2:3",
        "file.yaml:2:6",
        "file.yaml:2:7",
        "file.yaml:2:10",
        "file.yaml:2:13",
    ]


def test_kinds_are_text_list_and_mapping() -> None:
    root = node_of("a: x\nb: [y]\nc: {d: z}\n")
    assert [value.kind for _, value in root.pairs] == ["text", "list", "mapping"]


def test_an_absent_key_is_none() -> None:
    assert node_of("a: 1").get("b") is None


@pytest.mark.parametrize(("text", "expected"), [("a:", True), ("a: ~", True), ("a: null", True), ("a: 0", False)])
def test_what_was_left_empty_is_null(text: str, expected: bool) -> None:
    value = node_of(text).get("a")
    assert value is not None
    assert value.is_null is expected


@pytest.mark.parametrize("text", ["", "\n\n", "# a remark\n"])
def test_a_text_without_anything_is_no_node_and_no_error(text: str) -> None:
    assert read_yaml(text, "a.yaml") == (None, [])


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: [1\n", "a.yaml:1:4"),
        ("a: 1\n\tb: 2\n", "a.yaml:2:1"),
        ("a: 'x\n", "a.yaml:1:4"),
        ("a: 1\n---\nb: 2\n", "a.yaml:2:1"),
        ("a: b: c\n", "a.yaml:1:5"),
    ],
)
def test_what_is_not_yaml_is_reported_at_its_place(text: str, place: str) -> None:
    node, (finding,) = read_yaml(text, "a.yaml")
    assert (node, finding.code, str(finding.source)) == (None, "yaml-syntax", place)


def test_a_problem_is_one_line() -> None:
    _, (finding,) = read_yaml("a: \x00\n", "a.yaml")
    assert (finding.code, "\n" in finding.params["problem"]) == ("yaml-syntax", False)


def test_a_repeated_key_is_reported_with_its_first_place() -> None:
    node, (finding,) = read_yaml("a: 1\nb: {c: 1, c: 2}\na: 2\n", "a.yaml")[0], read_yaml("a: 1\na: 2\n", "a.yaml")[1]
    assert node is not None
    assert (finding.code, finding.params, str(finding.source), str(finding.related[0])) == (
        "repeated-key",
        {"key": "a"},
        "a.yaml:2:1",
        "a.yaml:1:1",
    )


def test_keys_may_repeat_in_different_mappings() -> None:
    assert read_yaml("- {a: 1}\n- {a: 2}\n", "a.yaml")[1] == []


def test_the_first_of_repeated_keys_is_given() -> None:
    node, _ = read_yaml("a: 1\na: 2\n", "a.yaml")
    assert node is not None
    value = node.get("a")
    assert value is not None
    assert value.text == "1"


def test_references_are_refused() -> None:
    node, (finding,) = read_yaml("a: &x [1]\nb: *x\n", "a.yaml")
    assert (node, finding.code, str(finding.source)) == (None, "yaml-alias", "a.yaml:2:4")


def test_a_reference_bomb_is_refused_before_it_grows() -> None:
    lines = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    assert codes(read_yaml("\n".join(lines), "a.yaml")[1]) == ["yaml-alias"]


def test_an_asterisk_in_a_text_is_no_reference() -> None:
    assert codes(read_yaml("a: 2*3 & 4\n", "a.yaml")[1]) == []


@pytest.mark.parametrize(
    "text",
    [
        "[" * 5000,
        "[" * 5000 + "]" * 5000,
        "- " * 5000 + "x",
        "a:\n" + "\n".join(" " * depth + "b:" for depth in range(1, 400)),
    ],
)
def test_deep_nesting_is_refused(text: str) -> None:
    node, found = read_yaml(text, "a.yaml")
    assert (node, codes(found)) == (None, ["yaml-too-deep"])


@pytest.mark.parametrize(
    "text",
    [
        '"{a: " * 100_000 + "}" * 100_000',
        '"[a, " * 100_000',
        '"? " * 100_000',
        '"!!map {? " * 50_000',
    ],
)
def test_a_hundred_thousand_levels_never_end_the_program(repo: Path, text: str) -> None:
    # In a process of its own: what the reader of YAML does not survive would take pytest with it.
    code = f"from engine.yamlsource import read_yaml; print([each.code for each in read_yaml({text}, 'a')[1]])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=repo, check=False)
    assert (ran.returncode, ran.stdout.strip()) == (0, "['yaml-too-deep']")


def test_ordinary_nesting_is_read() -> None:
    text = "\n".join(" " * depth + "b:" for depth in range(30)) + " x\n"
    assert read_yaml(text, "a.yaml")[1] == []


def test_a_text_that_is_too_long_is_refused() -> None:
    assert codes(read_yaml("a: 123456\n", "a.yaml", most=10)[1]) == []
    assert codes(read_yaml("a: 12345678\n", "a.yaml", most=10)[1]) == ["yaml-too-large"]


@pytest.mark.parametrize("text", ["!!python/object/apply:os.system [ls]", "a: !!python/name:os.system x", "a: !x 1"])
def test_tags_make_nothing(text: str) -> None:
    node, found = read_yaml(text, "a.yaml")
    assert isinstance(node, Node)
    assert found == []


def test_brackets_in_a_tag_close_nothing() -> None:
    assert codes(read_yaml("[!<]> " * 600 + "]" * 600, "a.yaml")[1]) == ["yaml-too-deep"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85", "\u2028"])
def test_what_cannot_be_shown_has_its_place_after_any_end_of_a_line(end: str) -> None:
    (finding,) = read_yaml(f"a: 一{end}二: \x0b", "a.yaml")[1]
    assert (finding.code, finding.source.line, finding.source.column) == ("yaml-syntax", 2, 4)
