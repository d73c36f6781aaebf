"""A plan's text → the draft of a book: promises with the rules their words support, other numbers with reasons."""

from collections.abc import Iterator

from engine.model.draft import Draft, DraftClause, DraftGroup, DraftTarget
from engine.model.question import Question
from engine.model.target import Change, Clause, NotTarget, Target, clause_slug
from engine.plan.clauses import PlanClause, read_plan
from engine.plan.coverage import digest_text
from engine.plan.phrases import OtherNumber, Promise, read_promises
from engine.plan.places import place_in
from engine.plan.rulebook import RuleDrafter
from engine.plan.tiers import guess_tier, is_group_word


def draft_plan(text: str, file: str = "plan.txt", year: int | None = None) -> Draft:
    """The draft of a book from a plan's text alone; `year` is the plan's where its text names none."""
    plan = read_plan(text)
    year = year or plan.year
    drafter = RuleDrafter(year)
    clauses = []
    for place, printed in enumerate(plan.clauses, 1):
        promises, others = read_promises(printed.body, year)
        slug = clause_slug(printed.number) or f"c{place:03d}"
        named = [(f"{slug}-{index}", promise) for index, promise in enumerate(promises, 1)]
        targets = [_target(name, printed, promise, text, file) for name, promise in named]
        clause = Clause(
            number=printed.number,
            lead=printed.lead,
            responsible=printed.responsible,
            targets=tuple(targets),
            not_targets=tuple(_not_target(other, printed, text, file) for other in others),
            qualitative=None,
            source=place_in(text, printed.start, file),
        )
        drafted = tuple(
            DraftTarget(target, _open(promise), drafter.draft(target))
            for target, promise in zip(targets, promises, strict=True)
        )
        clauses.append(DraftClause(clause, f"rules/{slug}-targets.yaml", drafted))
    bodies, groups = _bodies(plan.clauses, text, file)
    return Draft(
        title=plan.title,
        year=year,
        digest=digest_text(text),
        clauses=tuple(clauses),
        bodies=tuple(bodies),
        groups=tuple(groups),
        units=drafter.units,
        file=file,
    )


def _target(name: str, printed: PlanClause, promise: Promise, text: str, file: str) -> Target:
    return Target(
        id=name,
        clause=printed.number,
        quote=_one_line(promise.quote),
        kind=promise.kind,
        inner_kind=promise.inner_kind,
        comparator=promise.comparator,
        value=promise.value,
        upper=promise.upper,
        unit=promise.unit,
        change=Change(promise.change) if promise.change else None,
        soft=promise.soft,
        striving=promise.striving,
        reading=None,
        source=place_in(text, printed.start + promise.start, file),
        year=promise.year,
    )


def _not_target(other: OtherNumber, printed: PlanClause, text: str, file: str) -> NotTarget:
    return NotTarget(_one_line(other.quote), other.why, place_in(text, printed.start + other.start, file))


def _one_line(quote: str) -> str:
    """A quote that the plan breaks over lines, as one line; its signs stay as they are."""
    return "".join(line.strip() for line in quote.splitlines())


def _open(promise: Promise) -> tuple[Question, ...]:
    """What the words leave open about the reading; what judging needs besides is asked at the rule."""
    if promise.value is None:
        return ()
    bare = promise.unit is None
    return (Question.UNIT,) if bare else (Question.KIND,) if promise.doubts else ()


def _bodies(clauses: tuple[PlanClause, ...], text: str, file: str) -> tuple[list[tuple[str, str]], list[DraftGroup]]:
    """Every name of a bracket once: single bodies with a guess at their tier, and words that stand for several."""
    bodies: dict[str, str] = {}
    groups: dict[str, DraftGroup] = {}
    for name, clause in _named(clauses):
        if is_group_word(name):
            groups.setdefault(name, DraftGroup(name, place_in(text, clause.start, file)))
        else:
            bodies.setdefault(name, guess_tier(name))
    return list(bodies.items()), list(groups.values())


def _named(clauses: tuple[PlanClause, ...]) -> Iterator[tuple[str, PlanClause]]:
    for clause in clauses:
        for name in (*clause.lead, *clause.responsible):
            yield name, clause
