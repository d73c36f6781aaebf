"""The list of public names on the page of the Python interface, from their docstrings and annotations."""

import dataclasses
import inspect
import re
from collections.abc import Iterator

import biaochi

#: Fields that a command needs and nobody is promised.
INSIDE = ("inner", "diagnostics")

#: What Python adds to every class of errors.
_OF_EXCEPTIONS = frozenset(dir(Exception))


def api_names() -> str:
    """A section for every public name, with its members."""
    return "\n".join(_section(name, getattr(biaochi, name)) for name in biaochi.__all__)


def members_of(owner: type) -> Iterator[tuple[str, str, str]]:
    """Name, how it is written, and docstring of what a class promises; a field of its own has no docstring."""
    fields = [each for each in dataclasses.fields(owner) if each.name not in INSIDE] if _is_row(owner) else []
    for each in fields:
        yield each.name, f"{each.name}: {_annotation(each.type)}", ""
    for name, member in vars(owner).items():
        if name.startswith("_") or name in INSIDE or name in {each.name for each in fields}:
            continue
        if name in _OF_EXCEPTIONS and issubclass(owner, Exception):
            continue
        plain = member.fget if isinstance(member, property) else getattr(member, "__func__", member)
        if not inspect.isfunction(plain):
            continue
        signature = inspect.signature(plain)
        if isinstance(member, property):
            yield name, f"{name}: {_annotation(signature.return_annotation)}", inspect.getdoc(plain) or ""
        else:
            taken = [str(each) for each in list(signature.parameters.values())[1:]]
            said = _tidy(f"{name}({', '.join(_starred(signature, taken))})")
            yield name, f"{said} -> {_annotation(signature.return_annotation)}", inspect.getdoc(plain) or ""


def _is_row(owner: type) -> bool:
    return dataclasses.is_dataclass(owner)


def _starred(signature: inspect.Signature, taken: list[str]) -> list[str]:
    kinds = [each.kind for each in list(signature.parameters.values())[1:]]
    if inspect.Parameter.KEYWORD_ONLY in kinds:
        taken.insert(kinds.index(inspect.Parameter.KEYWORD_ONLY), "*")
    return taken


def _annotation(annotation: object) -> str:
    return _tidy(annotation if isinstance(annotation, str) else inspect.formatannotation(annotation))


def _tidy(text: str) -> str:
    """Without the modules that names come from, and without quotation marks around types."""
    text = re.sub(r"\b(?:[a-z]+\.)+(?=[A-Za-z])", "", text)
    # The same type is written in two ways by different versions of Python.
    text = re.sub(r"Optional\[([^][]*)\]", r"\1 | None", text)
    return re.sub(r"(?<=[:>] )'([^']*)'", r"\1", text)


def _section(name: str, owner: type) -> str:
    doc = inspect.getdoc(owner) or ""
    lines = [f"### {name}", "", _joined(doc), ""]
    members = list(members_of(owner))
    fields = [f"`{written}`" for _, written, said in members if not said]
    if fields:
        lines += [f"Fields: {', '.join(fields)}.", ""]
    rows = [(f"`{written}`", _joined(said)) for _, written, said in members if said]
    if rows:
        lines += ["| member | what it is |", "| --- | --- |"]
        lines += [f"| {written.replace('|', chr(92) + '|')} | {said} |" for written, said in rows]
        lines.append("")
    return "\n".join(lines)


def _joined(doc: str) -> str:
    """A docstring as one paragraph; examples are not repeated."""
    told = " ".join(line.strip() for line in doc.partition(">>>")[0].split("\n") if line.strip())
    return told.replace("|", "\\|")
