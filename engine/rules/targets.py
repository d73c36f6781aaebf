"""`targets.yaml` → the plan and its clauses."""

from engine.model.diagnostic import Diagnostic
from engine.model.question import Question
from engine.model.source import Source
from engine.model.target import Change, Clause, Comparator, Kind, NotTarget, Plan, Target
from engine.rules.questions import ask_open
from engine.shapes import Fields
from engine.yamlsource import Node

_TARGET_KEYS = (
    "id", "quote", "kind", "inner_kind", "comparator", "value", "upper", "unit", "change", "soft", "striving",
    "reading", "reading_zh", "year", "open",
)  # fmt: skip


def read_targets(node: Node, found: list[Diagnostic]) -> tuple[Plan | None, tuple[Clause, ...]]:
    """The plan's facts from the root node of `targets.yaml`.

    Errors: those of shapes; clause-repeated, target-repeated, year-unreadable.
    """
    root = Fields(node, found, ("plan", "clauses"))
    plan_node = root.child("plan", required=True)
    plan = _read_plan(plan_node, found) if plan_node else None
    clauses = tuple(_read_clause(item, found) for item in root.items("clauses", required=True))
    _report_repeats(clauses, found)
    return plan, clauses


def _read_plan(node: Node, found: list[Diagnostic]) -> Plan | None:
    fields = Fields(node, found, ("title", "issuer", "date", "year", "digest", "note", "open"))
    ask_open(fields, "plan", (Question.TITLE, Question.YEAR), found)
    year = fields.text("year", required=True) or ""
    if not _is_year(year):
        found.append(Diagnostic("year-unreadable", fields.source, {"found": year}))
        return None
    fields.text("note")
    return Plan(
        title=fields.text("title", required=True) or "",
        issuer=fields.text("issuer") or "",
        date=fields.text("date") or "",
        year=int(year),
        digest=fields.text("digest"),
    )


def _read_clause(node: Node, found: list[Diagnostic]) -> Clause:
    known = ("clause", "lead", "responsible", "targets", "qualitative", "not_targets")
    fields = Fields(node, found, known)
    number = fields.text("clause", required=True) or ""
    return Clause(
        number=number,
        lead=fields.texts("lead"),
        responsible=fields.texts("responsible"),
        targets=tuple(target for item in fields.items("targets") if (target := _read_target(item, number, found))),
        not_targets=tuple(_read_not_target(item, found) for item in fields.items("not_targets")),
        qualitative=fields.text("qualitative"),
        source=node.source,
        places=fields.places,
    )


def _read_target(node: Node, clause: str, found: list[Diagnostic]) -> Target | None:
    fields = Fields(node, found, _TARGET_KEYS)
    kind = fields.choice("kind", Kind, required=True)
    target_id = fields.text("id", required=True)
    if kind is None or target_id is None:
        return None
    year = fields.text("year")
    if year is not None and not _is_year(year):
        found.append(Diagnostic("year-unreadable", fields.source, {"found": year}))
    return Target(
        id=target_id,
        clause=clause,
        quote=fields.text("quote", required=True) or "",
        kind=kind,
        inner_kind=fields.choice("inner_kind", Kind),
        comparator=fields.choice("comparator", Comparator),
        value=fields.text("value"),
        upper=fields.text("upper"),
        unit=fields.text("unit"),
        change=fields.choice("change", Change),
        soft=fields.flag("soft"),
        striving=fields.flag("striving"),
        reading=fields.text("reading"),
        reading_zh=fields.text("reading_zh"),
        source=node.source,
        places=fields.places,
        year=int(year) if year is not None and _is_year(year) else None,
        left_open=ask_open(fields, target_id, (Question.KIND, Question.UNIT), found),
    )


def _is_year(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) == 4


def _read_not_target(node: Node, found: list[Diagnostic]) -> NotTarget:
    fields = Fields(node, found, ("quote", "why"))
    quote = fields.text("quote", required=True) or ""
    return NotTarget(quote, fields.text("why", required=True) or "", node.source)


def _report_repeats(clauses: tuple[Clause, ...], found: list[Diagnostic]) -> None:
    clause_places: dict[str, Source] = {}
    target_places: dict[str, Source] = {}
    for clause in clauses:
        first = clause_places.setdefault(clause.number, clause.source)
        if first is not clause.source:
            found.append(Diagnostic("clause-repeated", clause.source, {"clause": clause.number}, (first,)))
        for target in clause.targets:
            first = target_places.setdefault(target.id, target.source)
            if first is not target.source:
                found.append(Diagnostic("target-repeated", target.source, {"target": target.id}, (first,)))
