"""What can go wrong in quotas, policy, amendments, relations and organizations."""

from collections.abc import Iterator
from decimal import Decimal

from engine.model.book import Book
from engine.yamlsource import Node
from tests.mutants.edit import (
    OTHER_UNIT,
    Edit,
    Fault,
    Texts,
    drop_item,
    empty_file,
    items_of,
    moved,
    replace_flow,
    replace_scalar,
    root_of,
    step,
    text_of,
)  # fmt: skip
from tests.mutants.rules import band_edits, neighbours

AMENDMENTS, ORGANIZATIONS = "amendments.yaml", "organizations.yaml"
POLICY, RELATIONS = "policy.yaml", "relations.yaml"


def quota_faults(texts: Texts, book: Book) -> Iterator[Fault]:
    """Quotas that no longer keep the promise, given to a body that is not responsible, or to nobody's rule."""
    rules = {rule.id: rule for rule in book.rules}
    for allocation in book.allocations.values():
        name, of = allocation.source.file, (allocation.rule,)
        text = texts[name]
        root = root_of(text, name)
        quotas, rule = root.get("quotas"), root.get("rule")
        assert quotas is not None, f"{name} has no quotas"
        assert rule is not None, f"{name} names no rule"
        promised = rules[allocation.rule].threshold
        assert promised is not None, f"{name}: a quota of a rule without a number"
        reserve = sum(quota.base for quota in allocation.quotas.values()) - promised.base
        for body, node in quotas.pairs:
            number, _, unit = node.text.partition(" ")
            factor = next(quota.unit.factor for quota in allocation.quotas.values() if quota.text == node.text)
            # A table may hold some reserve: what is lowered within it still keeps the promise.
            lowered = Decimal(number) - Decimal(reserve.numerator) / reserve.denominator / factor - step(number)
            place = f"{name} {body.text}"
            yield Fault("quota lowered", place, (replace_scalar(text, node, f"{lowered} {unit}"),), of)
            for other in moved(number):
                yield Fault("quota one step off", place, (replace_scalar(text, node, f"{other} {unit}"),), of)
            other_unit = replace_scalar(text, node, f"{number} {OTHER_UNIT.get(unit, '件')}")
            yield Fault("quota in another unit of measure", place, (other_unit,), of)
            yield Fault("quota for an unknown body", place, (replace_scalar(text, body, "市檔案館"),), of)
            elsewhere = replace_scalar(text, body, "市統計局")
            yield Fault("quota for a body that is not responsible", place, (elsewhere,), of)
        another = next(other for other in rules if other != allocation.rule)
        yield Fault("quotas of another rule", name, (replace_scalar(text, rule, another),))
        yield Fault("quota table removed", name, (empty_file(text, name),))


def policy_faults(texts: Texts) -> Iterator[Fault]:
    """The book's own bands and margin."""
    text = texts.get(POLICY)
    if not text:
        return
    root = root_of(text, POLICY)
    bands, margin = root.get("bands"), root.get("ahead_margin")
    for key, ladder in bands.pairs if bands else ():
        for kind, edit in band_edits(text, ladder):
            yield Fault(kind, f"{POLICY} {key.text}", (edit,))
    if margin is not None:
        for other in moved(margin.text):
            yield Fault("margin of ahead moved by one", POLICY, (replace_scalar(text, margin, other),))


def amendment_faults(texts: Texts, book: Book) -> Iterator[Fault]:
    """Amendments that are not what a document said, and one that no document gave."""
    text = texts.get(AMENDMENTS, "")
    listed = items_of(root_of(text, AMENDMENTS), "amendments") if text else ()
    for at, node in enumerate(listed):
        target = text_of(node, "target")
        rules = tuple(rule.id for rule in book.rules if rule.target == target)
        for kind, edit in _amended(text, node):
            yield Fault(kind, f"{AMENDMENTS} {target}", (edit,), rules)
        if len(listed) > 1:
            yield Fault("amendment removed", f"{AMENDMENTS} {target}", (drop_item(text, listed, at),), rules)
    amended = {amendment.target for amendment in book.amendments}
    for rule in book.rules:
        if rule.threshold is None or rule.target in amended:
            continue
        number, _, unit = rule.threshold.text.partition(" ")
        for day in (f"{book.plan.year - 1}-12-31", f"{book.plan.year}-07-15"):
            threshold = f"{next(moved(number))} {unit}"
            entry = f"- {{target: {rule.target}, threshold: {threshold}, document: 無, date: {day}}}\n"
            end = len(text)
            edit = Edit(AMENDMENTS, end, end, entry if text else f"amendments:\n{entry}")
            yield Fault("amendment added", f"{rule.target} {day}", (edit,), (rule.id,))


def _amended(text: str, node: Node) -> Iterator[tuple[str, Edit]]:
    threshold, day, reach, target = (node.get(key) for key in ("threshold", "date", "reach", "target"))
    if threshold is not None:
        number, _, unit = threshold.text.partition(" ")
        for other in moved(number):
            yield "amended number one step off", replace_scalar(text, threshold, f"{other} {unit}")
    if day is not None:
        for other in neighbours(day.text):
            yield "date of an amendment moved", replace_scalar(text, day, other)
    if reach is not None:
        yield "reach of an amendment changed", replace_flow(text, reach, [])
    if target is not None:
        yield "amendment of an unknown target", replace_scalar(text, target, target.text + "-x")


def relation_faults(texts: Texts) -> Iterator[Fault]:
    """Relations between figures that are about another indicator, or about the same one twice."""
    text = texts.get(RELATIONS, "")
    for relation in items_of(root_of(text, RELATIONS), "relations") if text else ():
        place = f"{RELATIONS} {text_of(relation, 'id')}"
        stock = relation.get("stock")
        named = [*items_of(relation, "at_most"), *(node for _, node in (stock.pairs if stock else ()))]
        for node in named:
            yield Fault("relation of an unknown indicator", place, (replace_scalar(text, node, node.text + "-x"),))
            other = next(each for each in named if each.text != node.text)
            yield Fault("relation of an indicator with itself", place, (replace_scalar(text, node, other.text),))


def organization_faults(texts: Texts, book: Book) -> Iterator[Fault]:
    """Bodies that are gone, renamed or called like another one, and groups by which somebody is judged."""
    text = texts[ORGANIZATIONS]
    root = root_of(text, ORGANIZATIONS)
    bodies = items_of(root, "organizations")
    named = {body for clause in book.clauses for body in book.expand((*clause.lead, *clause.responsible))}
    said = {word for clause in book.clauses for word in (*clause.lead, *clause.responsible)}
    for at, body in enumerate(bodies):
        name = body.get("name")
        if name is None or name.text not in said:
            continue
        yield Fault("body removed", name.text, (drop_item(text, bodies, at),))
        # One that is known by its full name alone is still known by it.
        if text_of(body, "full_name") != name.text:
            yield Fault("body renamed", name.text, (replace_scalar(text, name, name.text + "某"),))
        another = next((each for each in sorted(named) if each != name.text), None)
        if another:
            yield Fault("body called like another", name.text, (replace_scalar(text, name, another),))
    judging = {word for rule in book.rules for word in rule.judged.same}
    for group in items_of(root, "groups"):
        members, name = group.get("members"), group.get("name")
        if (
            members is None
            or name is None
            or not judging & {name.text, *(each.text for each in items_of(group, "aliases"))}
        ):
            continue
        names = [node.text for node in members.items]
        for one in names:
            left = replace_flow(text, members, [each for each in names if each != one])
            yield Fault("member of a group dropped", f"{name.text} {one}", (left,))
        for added in ("市統計局", "市稅務局"):
            yield Fault(
                "member of a group added", f"{name.text} {added}", (replace_flow(text, members, [*names, added]),)
            )
