"""`relations.yaml` → the relations between indicators that a book states."""

from collections.abc import Mapping, Sequence

from engine.model.diagnostic import Diagnostic
from engine.model.relation import Relation, RelationForm
from engine.model.rule import Indicator, Rule
from engine.model.source import Source
from engine.model.target import Kind
from engine.names import nearest_names
from engine.shapes import Fields
from engine.yamlsource import Node

#: Kinds whose figure is no single number of the indicator itself.
_NO_NUMBER = (Kind.COVERAGE, Kind.MILESTONE)


def read_relations(node: Node, found: list[Diagnostic]) -> tuple[Relation, ...]:
    """The relations of the file in its order; what cannot be read is reported and left out.

    Errors: those of shapes.
    """
    relations = []
    for item in Fields(node, found, ("relations",)).items("relations", required=True):
        before = len(found)
        relation = _read_relation(item, found)
        if relation is not None and len(found) == before:
            relations.append(relation)
    return tuple(relations)


def _read_relation(node: Node, found: list[Diagnostic]) -> Relation | None:
    fields = Fields(node, found, ("id", "document", "reason", "at_most", "sum", "ratio", "stock", "note"))
    relation_id = fields.text("id", required=True)
    document, reason = fields.text("document"), fields.text("reason")
    fields.text("note")
    if node.kind != "mapping":
        return None
    if document is None and reason is None:
        found.append(Diagnostic("key-missing", node.source, {"key": "document / reason"}))
    forms = [form for form in RelationForm if fields.child(form) is not None]
    if relation_id is None or len(forms) != 1:
        if len(forms) != 1:
            found.append(Diagnostic("wrong-shape", node.source, {"expected": "one of at_most, sum, ratio, stock"}))
        return None
    partial, may_exceed = False, False
    if forms[0] is RelationForm.AT_MOST:
        names = fields.texts("at_most")
        if len(names) < 2:
            source = (fields.child("at_most") or node).source
            found.append(Diagnostic("wrong-shape", source, {"expected": "a list of two or more indicators"}))
    else:
        names, partial, may_exceed = _read_roles(forms[0], fields.child(forms[0]) or node, found)
    return Relation(
        relation_id, forms[0], names, partial, may_exceed, document, reason, node.source, places=fields.places
    )


def _read_roles(form: RelationForm, node: Node, found: list[Diagnostic]) -> tuple[tuple[str, ...], bool, bool]:
    """The indicators of a form whose members have names, whether parts are only some, and whether they may exceed."""
    if form is RelationForm.SUM:
        fields = Fields(node, found, ("whole", "parts", "at_most"))
        whole, parts = fields.text("whole", required=True), fields.texts("parts", required=True)
        if len(parts) == 1:
            found.append(Diagnostic("wrong-shape", node.source, {"expected": "two or more parts"}))
        return ((whole or "", *parts), fields.flag("at_most"), False)
    if form is RelationForm.STOCK:
        fields = Fields(node, found, ("level", "net_change"))
        names = (fields.text("level", required=True), fields.text("net_change", required=True))
        return (tuple(name or "" for name in names), False, False)
    fields = Fields(node, found, ("numerator", "denominator", "rate", "may_exceed"))
    names = (fields.text("numerator", required=True), fields.text("denominator", required=True))
    rate, may_exceed = fields.text("rate"), fields.flag("may_exceed")
    if fields.has("may_exceed") and rate is None:
        found.append(Diagnostic("key-missing", node.source, {"key": "rate"}))
    return ((*(name or "" for name in names), *((rate,) if rate else ())), False, may_exceed)


def bind_relations(
    relations: Sequence[Relation],
    indicators: Mapping[str, Indicator],
    rules: Sequence[Rule],
    found: list[Diagnostic],
) -> tuple[Relation, ...]:
    """The relations whose every indicator exists and can be compared with the others.

    Errors: indicator-unknown, relation-with-itself, relation-repeated, relation-unfit, unit-mismatch.
    """
    kinds: dict[str, set[Kind]] = {}
    for rule in rules:
        kinds.setdefault(rule.indicator, set()).add(Kind.EACH if rule.kind is Kind.EACH else rule.judging_kind)
    bound: list[Relation] = []
    first: dict[object, Relation] = {}
    for relation in relations:
        before = len(found)
        _check_names(relation, indicators, found)
        content = _content(relation)
        same = first.get(relation.id) or first.get(content)
        if same is not None:
            params = {"relation": relation.id, "other": same.id}
            found.append(Diagnostic("relation-repeated", relation.place("id"), params, (same.source,)))
        if len(found) == before:
            _check_figures(relation, indicators, kinds, found)
        first.setdefault(relation.id, relation)
        first.setdefault(content, relation)
        if len(found) == before:
            bound.append(relation)
    return tuple(bound)


def _content(relation: Relation) -> object:
    """What two relations share that say the same; the order of parts says nothing."""
    names = relation.indicators
    ordered = (names[0], *sorted(names[1:])) if relation.form is RelationForm.SUM else names
    return (relation.form, ordered, relation.partial, relation.may_exceed)


def _check_names(relation: Relation, indicators: Mapping[str, Indicator], found: list[Diagnostic]) -> None:
    place = relation.place(relation.form)
    for name in dict.fromkeys(relation.indicators):
        if name not in indicators:
            params = {"found": name, "nearest": "、".join(nearest_names(name, indicators))}
            found.append(Diagnostic("indicator-unknown", place, params))
    repeated = sorted({name for name in relation.indicators if relation.indicators.count(name) > 1})
    for name in repeated:
        params = {"relation": relation.id, "indicator": name}
        found.append(Diagnostic("relation-with-itself", place, params))


def _check_figures(
    relation: Relation, indicators: Mapping[str, Indicator], kinds: Mapping[str, set[Kind]], found: list[Diagnostic]
) -> None:
    """Each figure is one number, and all count in one dimension; a rate from its parts is a share."""
    place = relation.place(relation.form)
    for name in relation.indicators:
        unfit = [kind for kind in sorted(kinds.get(name, ())) if kind in (*_NO_NUMBER, Kind.EACH)]
        if unfit:
            params = {"relation": relation.id, "indicator": name, "kind": unfit[0].value}
            found.append(Diagnostic("relation-unfit", place, params, (indicators[name].source,)))
    quotient = relation.quotient
    counted = [name for name in relation.indicators if quotient is None or name != quotient.rate]
    for name in counted[1:]:
        _check_unit(indicators[name], indicators[counted[0]].unit.dimension, indicators[counted[0]], place, found)
    if quotient is not None and indicators[quotient.rate].unit.dimension != "share":
        params = {"found": indicators[quotient.rate].unit.symbol, "wanted": "%"}
        found.append(Diagnostic("unit-mismatch", place, params, (indicators[quotient.rate].source,)))


def _check_unit(indicator: Indicator, dimension: str, other: Indicator, place: Source, found: list[Diagnostic]) -> None:
    if indicator.unit.dimension != dimension:
        params = {"found": indicator.unit.symbol, "wanted": other.unit.symbol}
        found.append(Diagnostic("unit-mismatch", place, params, (indicator.source, other.source)))
