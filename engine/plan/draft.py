"""A plan's text → the document of `biaochi draft`: every promise found, and every other number with its reason."""

from engine.model.target import QUANTITATIVE, Kind, clause_slug
from engine.plan.clauses import PlanClause, PlanText, read_plan
from engine.plan.phrases import Promise, read_promises

SCHEMA = "biaochi.draft/1"

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]


def draft_plan(text: str) -> dict[str, Json]:
    """The document of `draft --format json`, from the plan's text alone.

    Shape: as `targets`, with `not_targets`; each target also has `year` (of a goal for a later year) and
    `doubts`, what a person should look at. `rules`, `indicators` and `organizations` are empty: a text alone
    does not say them.
    """
    plan = read_plan(text)
    targets: list[Json] = []
    clauses: list[Json] = []
    others: list[Json] = []
    for clause in plan.clauses:
        promises, numbers = read_promises(clause.body, plan.year)
        named = [(f"{_slug(clause.number)}-{index}", promise) for index, promise in enumerate(promises, 1)]
        targets += [_target(name, clause, promise) for name, promise in named]
        others += [{"clause": clause.number, "quote": number.quote, "why": number.why} for number in numbers]
        clauses.append(
            {
                "clause": clause.number,
                "class": _class({promise.kind for promise in promises}),
                "lead": list(clause.lead),
                "responsible": list(clause.responsible),
                "targets": [name for name, _ in named],
            }
        )
    return {
        "schema": SCHEMA,
        "plan": _plan(plan),
        "targets": targets,
        "clauses": clauses,
        "not_targets": others,
    }


def _plan(plan: PlanText) -> dict[str, Json]:
    return {"title": plan.title, "year": plan.year}


def _target(name: str, clause: PlanClause, promise: Promise) -> dict[str, Json]:
    return {
        "id": name,
        "clause": clause.number,
        "quote": promise.quote,
        "kind": promise.kind.value,
        "inner_kind": promise.inner_kind.value if promise.inner_kind else None,
        "comparator": promise.comparator.value if promise.comparator else None,
        "value": promise.value,
        "upper": promise.upper,
        "unit": promise.unit,
        "soft": promise.soft,
        "striving": promise.striving,
        "change": promise.change,
        "year": promise.year,
        "doubts": list(promise.doubts),
        "lead": list(clause.lead),
        "responsible": list(clause.responsible),
        "organizations": [],
        "rules": [],
        "indicators": [],
    }


def _slug(number: str) -> str:
    """The beginning of a target's id: 016, h07, and for other ways of counting the number's own signs."""
    return clause_slug(number) or "c" + "-".join(sign if sign.isdecimal() else f"{ord(sign):x}" for sign in number)


def _class(kinds: set[Kind]) -> str:
    """As `Clause.category`: the strongest of a clause's targets."""
    if kinds & QUANTITATIVE:
        return "quantitative"
    if Kind.MILESTONE in kinds:
        return "milestone"
    return "external" if kinds else "qualitative"
