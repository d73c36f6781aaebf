"""A draft → the texts of a new book's files, with what is open marked where the answer belongs."""

import re
from collections.abc import Iterable, Mapping

import yaml

from engine.model.diagnostic import Diagnostic
from engine.model.draft import Draft, DraftClause, DraftTarget, Yaml
from engine.model.question import Question
from engine.model.source import Source
from engine.report.schemas import read_schema
from engine.report.words import Words

#: Stands where the text of a plan names no year: no plan is of that year, and the question is asked.
_NO_YEAR = "1900"
_NO_TITLE = "待定"

#: The schema of each file, by its name or its folder.
_SCHEMAS = {
    "targets.yaml": "targets-file",
    "organizations.yaml": "organizations-file",
    "policy.yaml": "policy-file",
    "rules": "rule-file",
    "submissions": "submission-file",
}

#: The bands of a book that decided nothing yet.
POLICY = """\
bands:
  paced:
  - {at_least: 0, verdict: pass}
  - {at_least: -10, verdict: at-risk}
  - {verdict: fail}
  percent:
  - {at_least: 0, verdict: pass}
  - {at_least: -1, verdict: at-risk}
  - {verdict: fail}

ahead_margin: 5
"""


class _Dumper(yaml.SafeDumper):
    """Writes every scalar as text: what a book's reader takes for text needs no quotation marks."""


_Dumper.yaml_implicit_resolvers = {}


def book_texts(draft: Draft, words: Words) -> dict[str, str]:
    """The texts of the book's files by path, in the order of their names; its schemas are among them, for editors."""
    texts = {
        "targets.yaml": _targets(draft, words),
        "organizations.yaml": _organizations(draft, words),
        "policy.yaml": comment(words["draft-policy"]) + POLICY,
    }
    if draft.units:
        texts["units.txt"] = comment(words["draft-units"]) + "\n".join(draft.units) + "\n"
    for drafted in draft.clauses:
        if any(each.rule for each in drafted.targets):
            texts[drafted.file] = _rules(drafted, words)
    return with_schemas(texts)


def with_schemas(texts: Mapping[str, str]) -> dict[str, str]:
    """The texts, each with the line by which an editor finds its schema, and beside them the schemas."""
    whole = {name: _schema_line(name) + text for name, text in texts.items()}
    for name in sorted(set(_SCHEMAS.values())):
        whole[f"schemas/{name}.json"] = read_schema(name)
    return dict(sorted(whole.items()))


def _schema_line(name: str) -> str:
    """The first line, by which an editor finds the schema of a file."""
    schema = _SCHEMAS.get(name.split("/")[0])
    above = "../" * name.count("/")
    return f"# yaml-language-server: $schema={above}schemas/{schema}.json\n" if schema else ""


def _targets(draft: Draft, words: Words) -> str:
    plan: dict[str, Yaml] = {"title": draft.title or _NO_TITLE, "year": str(draft.year or _NO_YEAR)}
    plan["digest"] = draft.digest
    asked = [q for q, value in ((Question.TITLE, draft.title), (Question.YEAR, draft.year)) if value is None]
    plan |= _open(asked)
    text = comment(words["draft-targets"]) + _dump({"plan": plan}) + "\n"
    text += _dump({"clauses": [_clause(drafted, words) for drafted in draft.clauses]})
    return _explained(text, words)


def _clause(drafted: DraftClause, words: Words) -> Yaml:
    clause = drafted.clause
    entry: dict[str, Yaml] = {"clause": clause.number}
    if clause.lead:
        entry["lead"] = list(clause.lead)
    if clause.responsible:
        entry["responsible"] = list(clause.responsible)
    if drafted.targets:
        entry["targets"] = [_target(each) for each in drafted.targets]
    if clause.not_targets:
        entry["not_targets"] = [{"quote": other.quote, "why": words.reason(other.why)} for other in clause.not_targets]
    return entry


def _target(each: DraftTarget) -> Yaml:
    target = each.target
    given = {
        "id": target.id,
        "quote": target.quote,
        "kind": target.kind.value,
        "inner_kind": target.inner_kind.value if target.inner_kind else None,
        "comparator": target.comparator.value if target.comparator else None,
        "value": target.value,
        "upper": target.upper,
        "unit": target.unit,
        "change": target.change.value if target.change else None,
        "soft": "true" if target.soft else None,
        "striving": "true" if target.striving else None,
        "year": str(target.year) if target.year is not None else None,
    }
    entry: dict[str, Yaml] = {key: value for key, value in given.items() if value is not None}
    return entry | _open(each.open)


def _organizations(draft: Draft, words: Words) -> str:
    bodies: list[Yaml] = [{"name": name, "tier": tier} for name, tier in draft.bodies]
    text = comment(words["draft-organizations"]) + _dump({"organizations": bodies})
    if draft.groups:
        groups: list[Yaml] = [{"name": group.name, **_open([Question.MEMBERS])} for group in draft.groups]
        text += _dump({"groups": groups})
    return _explained(text, words)


def _rules(drafted: DraftClause, words: Words) -> str:
    rules = [each.rule for each in drafted.targets if each.rule]
    indicators: list[Yaml] = [dict(indicator) for rule in rules for indicator in rule.indicators]
    blocks = [
        _dump({"clause": drafted.clause.number, "indicators": indicators}).replace(
            "\nindicators:", "\n\nindicators:", 1
        ),
        _dump({"rules": [rule.rule | _open(rule.open) for rule in rules]}),
    ]
    return _explained("\n".join(blocks), words)


def _open(questions: Iterable[Question]) -> dict[str, Yaml]:
    listed: list[Yaml] = [question.value for question in questions]
    return {"open": listed} if listed else {}


def _dump(value: Yaml) -> str:
    text = yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=None, width=1000)
    return str(text)


def _explained(text: str, words: Words) -> str:
    """What `open` asks, in words, above the line that asks it."""
    lines = []
    for line in text.splitlines():
        if match := re.search(r"\bopen: \[([a-z, ]+)\]", line):
            indent = " " * (len(line) - len(line.lstrip(" -")))
            asked = [Diagnostic(Question(word).code, Source(""), {"name": ""}) for word in match[1].split(", ")]
            lines += [f"{indent}# {words.hint(each)}" for each in asked]
        lines.append(line)
    return "\n".join(lines) + "\n"


def comment(text: str) -> str:
    """The lines of a text as remarks of a YAML file."""
    return "".join(f"# {line}\n" for line in text.splitlines())
