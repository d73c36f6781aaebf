"""Writes what the pages take from elsewhere: the code's own tables, and the outputs of their examples.

`python docs/generate.py` names the pages that are out of date, `python docs/generate.py --write` renews them.

Three things on a page are made here:

- the whole of `codes.md` and `rules.md`;
- what stands between `<!-- generated: WHAT -->` and `<!-- end of generated -->`;
- the outputs in blocks marked `console`, which stand below the command that prints them (`$ biaochi …`,
  `$ check …`, `$ echo $?` for the exit code of the command before). A line `...` stands for lines that are left out.

Blocks with a title (`yaml title=rules/016-x.yaml`) are files of the page. Where `targets.yaml` is among them, the
page's examples run in a folder that holds these files and nothing else: they are a book of their own. Elsewhere
examples see the repository's root and the page's files; what they write is thrown away. A page with the mark
`<!-- in order -->` starts in an empty folder: its files are written where they stand, and `cd` changes the folder.
"""

import contextlib
import json
import re
import shlex
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from click.testing import CliRunner

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"

# The script also runs where the package is not installed.
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from cli import cli  # noqa: E402
from commands.check import check  # noqa: E402
from commands.shared.speech import Group  # noqa: E402
from engine.catalogues import catalogue  # noqa: E402
from engine.model.codes import CODES  # noqa: E402
from engine.model.diagnostic import Severity  # noqa: E402
from engine.model.rule import Judged, Rule  # noqa: E402
from engine.pipeline import open_book  # noqa: E402
from engine.quantities import format_decimal  # noqa: E402
from engine.report.schemas import read_schema, schema_names  # noqa: E402
from engine.yamlsource import read_yaml  # noqa: E402

_FENCE = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_TITLE = re.compile(r"title=(\S+)")
_GENERATED = re.compile(r"(<!-- generated: (?P<what>[\w -]+) -->\n).*?(<!-- end of generated -->)", re.DOTALL)

#: The mark of a page that is read from top to bottom, such as a tutorial.
_IN_ORDER = "<!-- in order -->"

_FIXED = {"LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "LANGUAGE": "", "COLUMNS": "120", "NO_COLOR": "1"}


def pages() -> list[Path]:
    """Every page, sorted; the README is one of them, in both languages."""
    return [*sorted(DOCS.glob("*.md")), *sorted(ROOT.glob("README*.md"))]


def renewed(page: Path) -> str:
    """The text of a page as it should be."""
    if page.name in _WHOLE:
        return _WHOLE[page.name]()
    return renewed_text(page.read_text(encoding="utf-8"))


def renewed_text(text: str) -> str:
    """A text with what it takes from the code, and with the outputs of its examples."""
    text = _GENERATED.sub(lambda match: f"{match[1]}{_part(match['what'])}{match[3]}", text)
    return _with_outputs(text)


def check_pages() -> list[str]:
    """The names of pages that are not as they should be."""
    return [
        page.name for page in _all_pages() if not page.exists() or page.read_text(encoding="utf-8") != renewed(page)
    ]


def _all_pages() -> list[Path]:
    return sorted({*pages(), *(DOCS / name for name in _WHOLE)})


# --- tables taken from the code --------------------------------------------------------------------------------


def codes_page() -> str:
    """The catalogue of findings.

    Source: `engine/model/codes.py`.
    """
    count = {severity: sum(code.severity is severity for code in CODES.values()) for severity in Severity}
    chinese = catalogue("zh-Hant")
    rows = []
    for name, code in sorted(CODES.items()):
        exit_code = "3" if code.incomplete else "1" if code.severity is Severity.ERROR else "–"
        message, hint = ("<br>".join((half, chinese.pgettext(name, half))) for half in (code.message, code.hint))
        rows.append((f"`{name}`", code.severity.value, exit_code, message, hint))
    return f"""# Findings

A finding says that something in a file is wrong or worth a look. It has a code, a severity, its place (file, line,
column) and a way out. This page is made from `engine/model/codes.py`; words in braces are filled in.

| severity | exit code | meaning |
| --- | --- | --- |
| `error` | 3 | some input could not be read or used; the rest is judged all the same, but the answer is incomplete |
| `error` | 1 | two facts contradict each other; everything was judged |
| `warning` | – | worth a look; never changes the exit code |
| `note` | – | for information; never changes the exit code |

There are {len(CODES)} codes: {", ".join(f"{count[severity]} {severity.value}s" for severity in Severity)}.

{_table(("code", "severity", "exit code", "message", "way out"), rows)}"""


def rules_page() -> str:
    """The table of the book's rules.

    Source: `rules/` of the repository's root.
    """
    book = open_book(ROOT, [])
    if book is None:
        raise SystemExit("the book in the repository's root cannot be read")
    notes = {name: note for path in sorted(ROOT.glob("rules/*.yaml")) for name, note in _notes(path)}
    rows = [
        (
            rule.clause,
            f"`{rule.id}`",
            rule.kind.value + (f" of {rule.inner_kind.value}" if rule.inner_kind else ""),
            rule.comparator.value if rule.threshold else "–",
            _number(rule),
            _judged(rule.judged),
            notes.get(rule.id, ""),
        )
        for rule in book.rules
    ]
    targets, clauses = len({rule.target for rule in book.rules}), len({rule.clause for rule in book.rules})
    return f"""# The rules of the book

Every rule of the book in the repository's root, in the plan's order; made from `rules/`. How the kinds are judged is
said in [kinds.md](kinds.md), the plan's own words are in `biaochi targets`.

{len(rows)} rules judge {targets} targets of {clauses} clauses.

{_table(("clause", "rule", "kind", "comparator", "threshold", "judged", "note"), rows)}"""


def _notes(path: Path) -> Iterator[tuple[str, str]]:
    node, _ = read_yaml(path.read_text(encoding="utf-8"), path.name)
    rules = node.get("rules") if node else None
    for rule in rules.items if rules else ():
        name, note = rule.get("id"), rule.get("note")
        if name and note:
            yield name.text, " ".join(note.text.split())


def _number(rule: Rule) -> str:
    words = [rule.threshold.text] if rule.threshold else []
    if rule.upper:
        words.append(f"to {rule.upper.text}, the {rule.bound} one is due")
    if rule.stages:
        words.append(f"{len(rule.stages)} stages up to {rule.stages[-1].due}")
    if rule.partner:
        words.append(f"no less than `{rule.partner}`")
    if rule.soft:
        words.append(f"tolerance {format_decimal(rule.tolerance)} points")
    if rule.members:
        words.append(f"{len(rule.members)} members")
    return ", ".join(words) or "set from above"


def _judged(judged: Judged) -> str:
    words = ["lead"] if judged.lead else []
    if judged.same:
        words.append("、".join(judged.same))
    if judged.quota:
        words.append(f"quotas of `{judged.quota}`")
    return "; ".join(words) or "nobody"


def _part(what: str) -> str:
    kind, _, name = what.partition(" ")
    if kind == "options":
        return _options(_command(name))
    if kind == "fields":
        return _fields(name)
    if kind == "schemas":
        return _schemas()
    if what == "placeholders circular":
        return _placeholders()
    if what == "api":
        from docs.apinames import api_names

        return api_names()
    if what == "peers":
        from benchmarks.peers import report

        return report(json.loads((DOCS / "data" / "peers.json").read_text(encoding="utf-8"))) + "\n"
    if what in ("flow", "packages"):
        from docs.layers import flow, packages

        return flow() if what == "flow" else packages()
    raise SystemExit(f"nothing is called {what!r} in a <!-- generated: … --> mark")


def _command(name: str) -> click.Command:
    """The command of this name, `explain rule` in its group."""
    command: click.Command = cli
    for word in name.split():
        assert isinstance(command, Group)
        command = command.members()[word]
    return command


def _placeholders() -> str:
    """What the template of circulars can ask for."""
    from engine.report.circularwords import CIRCULAR_LISTS, CIRCULAR_TEXTS

    rows = [("", "、".join(f"`{{{{{name}}}}}`" for name in CIRCULAR_TEXTS))]
    rows += [
        (name, "、".join(f"`{{{{{name}.{each}}}}}`" for each in listed)) for name, listed in CIRCULAR_LISTS.items()
    ]
    return _table(("list", "placeholders"), tuple(rows))


def _options(command: click.Command) -> str:
    rows = []
    for option in command.params:
        if isinstance(option, click.Option):
            value = "" if option.is_flag else f" {option.make_metavar(click.Context(command))}"
            words = (option.help or "").replace("|", "\\|")
            if option.show_default and isinstance(option.default, Iterable):
                default = option.default if isinstance(option.default, str) else ", ".join(option.default)
                words += f" Default: `{default}`."
            rows.append(
                ("<br>".join(f"`{name}`" for name in option.opts) + (f"<br>{_code(value)}" if value else ""), words)
            )
    return _table(("option", "meaning"), rows)


def _code(value: str) -> str:
    return "`" + value.strip().replace("|", "\\|") + "`"


def _fields(name: str) -> str:
    """The fields of a document, one table for each of its objects."""
    schema = json.loads(read_schema(name))
    tables = [_table(("field", "type", "meaning"), list(_field_rows(schema, schema)))]
    for key, part in schema["$defs"].items():
        if part.get("type") == "object":
            rows = list(_field_rows(part, schema))
            tables.append(f"`{key}`: {part['description']}\n\n{_table(('field', 'type', 'meaning'), rows)}")
    return "\n".join(tables)


def _field_rows(part: dict[str, Any], schema: dict[str, Any], above: str = "") -> Iterator[tuple[str, str, str]]:
    for field, value in part["properties"].items():
        yield (
            f"`{above}{field}`",
            _type(value, schema),
            value.get("description", _resolve(value, schema)["description"]),
        )
        if "properties" in value:
            yield from _field_rows(value, schema, f"{above}{field}.")


def _resolve(value: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    name = value.get("$ref", "").removeprefix("#/$defs/")
    return {**schema["$defs"][name], **value} if name else value


def _type(value: dict[str, Any], schema: dict[str, Any]) -> str:
    reference = value.get("$ref", "").removeprefix("#/$defs/")
    if reference in ("decimal", "names"):
        return {"decimal": "decimal text or null", "names": "list of texts"}[reference]
    if reference:
        return f"`{reference}`"
    if "const" in value:
        return f"`{value['const']}`"
    if "enum" in value:
        return ", ".join("null" if word is None else f"`{word}`" for word in value["enum"])
    if "anyOf" in value:
        return " or ".join(
            "null" if option.get("type") == "null" else _type(option, schema) for option in value["anyOf"]
        )
    if value["type"] == "array":
        return f"list of {_type(value['items'], schema)}"
    types = value["type"] if isinstance(value["type"], list) else [value["type"]]
    said = {"string": "text", "integer": "whole number", "boolean": "true or false", "object": "object", "null": "null"}
    return " or ".join(said[name] for name in types)


def _schemas() -> str:
    rows = []
    for name in schema_names():
        schema = json.loads(read_schema(name))
        rows.append((f"`{name}`", f"`{schema['title']}`", schema["description"]))
    return _table(("name", "describes", "which is"), rows)


def _table(headers: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [headers, tuple("---" for _ in headers), *rows]
    return "".join("| " + " | ".join(_in_cell(cell) for cell in line) + " |\n" for line in lines)


def _in_cell(cell: str) -> str:
    return re.sub(r"(?<!\\)\|", r"\\|", " ".join(cell.split()))


# --- examples --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Example:
    """One command of a console block and the output that the page shows below it."""

    command: str
    shown: tuple[str, ...]


def titled_files(text: str) -> dict[str, str]:
    """The files that a page's titled blocks stand for, by path."""
    return {title[1]: match["body"] for match in _FENCE.finditer(text) if (title := _TITLE.search(match["info"]))}


def examples(body: str) -> list[Example]:
    """The commands of a console block with what stands below each."""
    found: list[tuple[str, list[str]]] = []
    for line in body.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif found:
            found[-1][1].append(line)
    return [Example(command, tuple(_trimmed(lines))) for command, lines in found]


def _trimmed(lines: list[str]) -> list[str]:
    lines = [line.rstrip() for line in lines]
    while lines and not lines[-1]:
        lines.pop()
    return lines


class Shell:
    """Runs the commands of examples in this process, one after another in one folder."""

    def __init__(self, folder: Path) -> None:
        """Run in `folder`."""
        self.folder = folder
        self._last = 0

    def run(self, command: str) -> list[str]:
        """The lines that a command prints, standard error among them."""
        words = shlex.split(command)
        if words == ["echo", "$?"]:
            return [str(self._last)]
        if words[0] == "cd":
            self.folder = self.folder / words[1]
            return []
        programs = {"biaochi": cli, "check": check}
        with contextlib.chdir(self.folder):
            result = CliRunner().invoke(
                programs[words[0]], words[1:], prog_name=words[0], env=_FIXED, catch_exceptions=False
            )
        self._last = result.exit_code
        return _trimmed(result.output.splitlines())


def matches(shown: tuple[str, ...], printed: list[str]) -> bool:
    """Whether a page shows what was printed; a line `...` stands for any number of lines.

    >>> matches(("a", "...", "d"), ["a", "b", "c", "d"]), matches(("a", "..."), ["b"])
    (True, False)
    """
    pattern = "".join(r"(?:.*\n)*" if line == "..." else re.escape(line) + r"\n" for line in shown)
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in printed)) is not None


def _with_outputs(text: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        if _IN_ORDER not in text:
            prepare(titled_files(text), Path(folder))
        return _rerun(text, Path(folder))


def prepare(files: dict[str, str], folder: Path) -> None:
    """Lay out what the examples of a page see: its own book, or the repository's root and the page's files."""
    if "targets.yaml" not in files:
        for entry in ROOT.iterdir():
            if not entry.name.startswith("."):
                folder.joinpath(entry.name).symlink_to(entry)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def _rerun(text: str, folder: Path) -> str:
    shell = Shell(folder)

    def rewrite(match: re.Match[str]) -> str:
        title = _TITLE.search(match["info"])
        if title and _IN_ORDER in text:
            path = shell.folder / title[1]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(match["body"], encoding="utf-8")
        if match["info"].strip() != "console":
            return match[0]
        blocks = []
        for example in examples(match["body"]):
            printed = shell.run(example.command)
            lines = list(example.shown) if matches(example.shown, printed) else _shortened(example.shown, printed)
            blocks.append("\n".join([f"$ {example.command}", *lines]))
        return f"```{match['info']}\n" + "\n".join(blocks) + "\n```"

    return _FENCE.sub(rewrite, text)


def _shortened(shown: tuple[str, ...], printed: list[str]) -> list[str]:
    """The new output, with as many lines before and after `...` as the page showed before."""
    if "..." not in shown:
        return printed
    before, after = shown.index("..."), len(shown) - 1 - shown[::-1].index("...")
    after = len(shown) - 1 - after
    if before + after >= len(printed):
        return printed
    return [*printed[:before], "...", *printed[len(printed) - after :]]


_WHOLE = {"codes.md": codes_page, "rules.md": rules_page}


def main(arguments: list[str]) -> int:
    """Check the pages, or renew them with `--write`; 1 where one is out of date."""
    if arguments not in ([], ["--write"]):
        print("usage: python docs/generate.py [--write]", file=sys.stderr)
        return 2
    stale = check_pages()
    for name in stale:
        if arguments:
            page = ROOT / name if name.startswith("README") else DOCS / name
            page.write_text(renewed(page), encoding="utf-8")
            print(f"written: {page.relative_to(ROOT)}")
        else:
            print(f"out of date: {name}; run python docs/generate.py --write")
    return 1 if stale and not arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
