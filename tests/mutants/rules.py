"""What can go wrong in the rules and indicators of a book."""

import calendar
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from engine.model.period import Period
from engine.yamlsource import Node
from tests.mutants.edit import (
    OTHER_UNIT,
    Edit,
    Fault,
    Texts,
    drop_item,
    drop_key,
    empty_file,
    insert_key,
    items_of,
    moved,
    offset,
    replace_flow,
    replace_scalar,
    root_of,
    text_of,
)  # fmt: skip

_FLIPPED = {
    "at_least": ("at_most", "more_than"),
    "more_than": ("less_than", "at_least"),
    "at_most": ("at_least", "less_than"),
    "less_than": ("more_than", "at_most"),
    "between": ("at_least", "at_most"),
}
_OTHER_KIND = {
    "total": "level", "level": "total", "rate": "always", "always": "rate", "milestone": "external",
    "coverage": "rate", "each": "total", "relative": "rate", "external": "rate",
}  # fmt: skip
_OTHER_ELIGIBLE = {"to-date": "fixed-list", "fixed-list": "to-date"}

#: A kind of fault, and the edits that plant it.
Change = tuple[str, Edit]


def flipped(comparator: str) -> tuple[str, ...]:
    """The comparators that one is mistaken for."""
    return _FLIPPED[comparator]


def other_kind(kind: str) -> str:
    """The kind that one is mistaken for."""
    return _OTHER_KIND[kind]


def rule_faults(texts: Texts) -> Iterator[Fault]:
    """Rules, their indicators, and the files they stand in."""
    plan = root_of(texts["targets.yaml"], "targets.yaml").get("plan")
    assert plan is not None, "a book without a plan"
    year = text_of(plan, "year")
    files = [name for name in texts if name.startswith("rules/")]
    roots = {name: root_of(texts[name], name) for name in files}
    rules = {text_of(rule, "id"): rule for root in roots.values() for rule in items_of(root, "rules")}
    indicators = {text_of(one, "id"): one for root in roots.values() for one in items_of(root, "indicators")}
    for name, root in roots.items():
        text = texts[name]
        own = items_of(root, "rules")
        for at, rule in enumerate(own):
            rule_id = text_of(rule, "id")
            edits = (*_numbers(text, rule), *_words(text, rule), *_bands(text, rule), *_pace(text, rule, year),
                     *_stages(text, rule), *_dates(text, rule, year), *_others(text, rule, list(indicators)),
                     *_judged(text, rule))  # fmt: skip
            for kind, edit in edits:
                yield Fault(kind, f"{name} {rule_id}", (edit,), (rule_id,))
            yield Fault("rule removed", f"{name} {rule_id}", (drop_item(text, own, at),))
            target = rule.get("target")
            assert target is not None, f"{rule_id} names no target"
            other = next(text_of(one, "target") for one in rules.values() if text_of(one, "target") != target.text)
            changed = replace_scalar(text, target, other)
            yield Fault("rule of another target", f"{name} {rule_id}", (changed,), (rule_id,))
        defined = items_of(root, "indicators")
        for at, indicator in enumerate(defined):
            name_of = text_of(indicator, "id")
            used = tuple(one for one, rule in rules.items() if text_of(rule, "indicator") == name_of)
            first = rules[used[0]] if used else None
            for kind, edit in _indicator(text, indicator, first):
                yield Fault(kind, f"{name} {name_of}", (edit,), used)
            yield Fault("indicator removed", f"{name} {name_of}", (drop_item(text, defined, at),))
        clause = root.get("clause")
        assert clause is not None, f"{name} names no clause"
        elsewhere = next(
            node.text for each in roots.values() if (node := each.get("clause")) and node.text != clause.text
        )
        yield Fault("clause number swapped in rules", name, (replace_scalar(text, clause, elsewhere),))
        yield Fault("rule file removed", name, (empty_file(text, name),))


# --- numbers and words -----------------------------------------------------------------------------------------


def _numbers(text: str, rule: Node) -> Iterator[Change]:
    for key in ("threshold", "upper"):
        node = rule.get(key)
        if node is None:
            continue
        number, _, unit = node.text.partition(" ")
        for other in moved(number):
            yield "threshold one step off", replace_scalar(text, node, f"{other} {unit}")
        changed = replace_scalar(text, node, f"{number} {OTHER_UNIT.get(unit, '件')}")
        yield "unit of measure changed in the rule", changed
    tolerance = rule.get("tolerance")
    if tolerance is not None:
        number, _, unit = tolerance.text.partition(" ")
        for other in moved(number):
            yield "tolerance one step off", replace_scalar(text, tolerance, f"{other} {unit}")


def _words(text: str, rule: Node) -> Iterator[Change]:
    comparator = rule.get("comparator")
    if comparator is not None:
        for other in flipped(comparator.text):
            yield "comparator flipped in the rule", replace_scalar(text, comparator, other)
    else:
        yield "comparator flipped in the rule", insert_key(text, rule, "comparator: at_most")
    for key in ("kind", "inner_kind"):
        node = rule.get(key)
        if node is not None:
            yield "kind changed in the rule", replace_scalar(text, node, other_kind(node.text))
    soft = rule.get("soft")
    if soft is not None:
        yield "softness changed in the rule", replace_scalar(text, soft, "false")
    elif rule.get("tolerance") is None:
        yield "softness changed in the rule", insert_key(text, rule, "soft: true\ntolerance: 1 個百分點")
    net = rule.get("net")
    if net is not None:
        yield "net changed in the rule", drop_key(text, rule, "net")
    elif "total" in (text_of(rule, "kind"), text_of(rule, "inner_kind")):
        yield "net changed in the rule", insert_key(text, rule, "net: true")


def _bands(text: str, rule: Node) -> Iterator[Change]:
    bands = rule.get("bands")
    if bands is not None:
        yield from band_edits(text, bands)


def band_edits(text: str, bands: Node) -> Iterator[Change]:
    """Each edge moved by one step, and onto and beyond its neighbour."""
    edges = [edge for band in bands.items if (edge := band.get("at_least"))]
    for edge in edges:
        for other in moved(edge.text):
            yield "band's edge moved by one", replace_scalar(text, edge, other)
    for upper, lower in pairwise(edges):
        yield "band widened into its neighbour", replace_scalar(text, lower, upper.text)
        yield "band widened into its neighbour", replace_scalar(text, lower, str(Decimal(upper.text) + 1))
        yield "band widened into its neighbour", replace_scalar(text, upper, str(Decimal(lower.text) - 1))
    for place, band in enumerate(bands.items[:-1]):
        verdict = band.get("verdict")
        if verdict is not None:
            yield "band of another verdict", replace_scalar(text, verdict, "fail" if place == 0 else "pass-late")


# --- dates -----------------------------------------------------------------------------------------------------


def neighbours(written: str) -> Iterator[str]:
    """A day or period one month earlier, and one later."""
    period = Period.parse(written)
    day = period.end if period else date.fromisoformat(written)
    for months in (-1, 1):
        year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        if period:
            yield f"{year}-{month + 1:02d}"
        else:
            yield date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1])).isoformat()


def _pace(text: str, rule: Node, year: str) -> Iterator[Change]:
    pace = rule.get("pace")
    if pace is None:
        if "total" in (text_of(rule, "kind"), text_of(rule, "inner_kind")):
            yield "pace changed", insert_key(text, rule, f"pace: {{{year}Q2: 49 %, {year}Q4: 100 %}}")
        return
    yield "pace changed", drop_key(text, rule, "pace")
    for name, share in pace.pairs:
        number, _, unit = share.text.partition(" ")
        for other in moved(number):
            yield "pace changed", replace_scalar(text, share, f"{other} {unit}")
        for day in neighbours(name.text):
            yield "pace changed", replace_scalar(text, name, day)
    for (_, share), (_, following) in pairwise(pace.pairs):
        yield "pace changed", replace_scalar(text, share, following.text)


def _stages(text: str, rule: Node) -> Iterator[Change]:
    stages = items_of(rule, "stages")
    for stage in stages:
        due, name = stage.get("due"), stage.get("stage")
        assert due is not None, f"{stage.source}: a stage without a date"
        assert name is not None, f"{stage.source}: a stage without a name"
        for day in neighbours(due.text):
            yield "stage's date moved", replace_scalar(text, due, day)
        yield "stage renamed", replace_scalar(text, name, name.text + "某")
    for at in range(len(stages)):
        if len(stages) > 1:
            start = text.rindex("\n", 0, _start(text, stages[at])) + 1
            yield "stage removed", Edit(rule.file, start, text.index("\n", start) + 1, "")
    for before, after in pairwise(stages):
        start, end = _start(text, before), text.index("}", _start(text, after)) + 1
        swapped = text[start:end]
        names = text_of(before, "stage"), text_of(after, "stage")
        swapped = swapped.replace(names[0], "\0").replace(names[1], names[0]).replace("\0", names[1])
        yield "stages in another order", Edit(rule.file, start, end, swapped)


def _start(text: str, node: Node) -> int:
    return offset(text, node.line, node.column)


def _dates(text: str, rule: Node, year: str) -> Iterator[Change]:
    due_in = rule.get("due_in")
    if due_in is None:
        if not items_of(rule, "stages"):
            yield "due_in changed", insert_key(text, rule, f"due_in: [{year}Q4]")
        return
    yield "due_in changed", drop_key(text, rule, "due_in")
    written = [node.text for node in due_in.items]
    quarters = [f"{year}Q{quarter}" for quarter in (1, 2, 3, 4)]
    for quarter in quarters:
        if quarter in written:
            if len(written) > 1:
                yield "due_in changed", replace_flow(text, due_in, [each for each in written if each != quarter])
        else:
            yield "due_in changed", replace_flow(text, due_in, [*written, quarter])
            yield "due_in changed", replace_flow(text, due_in, [quarter])


# --- what some kinds have --------------------------------------------------------------------------------------


def _others(text: str, rule: Node, indicators: Sequence[str]) -> Iterator[Change]:
    eligible = rule.get("eligible")
    if eligible is not None:
        yield "eligible changed", replace_scalar(text, eligible, _OTHER_ELIGIBLE[eligible.text])
    members = rule.get("members")
    if members is not None:
        names = [node.text for node in members.items]
        for name in names:
            yield "member dropped", replace_flow(text, members, [each for each in names if each != name])
        yield "member added", replace_flow(text, members, [*names, "某業"])
    partner = rule.get("partner")
    if partner is not None:
        other = next(name for name in indicators if name not in (partner.text, text_of(rule, "indicator")))
        yield "partner changed", replace_scalar(text, partner, other)


def _judged(text: str, rule: Node) -> Iterator[Change]:
    judged = rule.get("judged")
    assert judged is not None, f"{rule.source}: nobody is judged"
    lead, responsible = judged.get("lead"), judged.get("responsible")
    if lead is not None:
        yield "lead not judged", replace_scalar(text, lead, "none")
    if responsible is None or responsible.kind == "text":
        return
    start = _start(text, responsible)
    none = Edit(rule.file, start, text.index("}", start) + 1, "none")
    yield ("quota removed" if responsible.get("quota") else "same bodies removed"), none
    same = responsible.get("same")
    if same is not None:
        words = [node.text for node in same.items]
        for word in words:
            yield "same body dropped", replace_flow(text, same, [each for each in words if each != word])
        for added in ("市統計局", "市稅務局"):
            yield "same body added", replace_flow(text, same, [*words, added])


# --- indicators ------------------------------------------------------------------------------------------------


def _indicator(text: str, indicator: Node, rule: Node | None) -> Iterator[Change]:
    unit, measure, parts = indicator.get("unit"), indicator.get("measure"), indicator.get("parts")
    stages = rule is not None and text_of(rule, "kind") == "milestone"
    if unit is not None and not stages:
        changed = replace_scalar(text, unit, OTHER_UNIT.get(unit.text, "件"))
        yield "unit of measure changed in the indicator", changed
    if measure is not None:
        yield "measure changed", replace_scalar(text, measure, "累計" if measure.text != "累計" else "新增")
        yield "measure changed", drop_key(text, indicator, "measure")
    elif not stages:
        yield "measure changed", insert_key(text, indicator, "measure: 累計")
    if text_of(indicator, "additive"):
        yield "additive changed", drop_key(text, indicator, "additive")
    elif unit is not None and unit.text == "%":
        yield "additive changed", insert_key(text, indicator, "additive: true")
    if text_of(indicator, "net"):
        yield "net changed in the indicator", drop_key(text, indicator, "net")
    elif rule is not None and text_of(rule, "kind") == "total":
        yield "net changed in the indicator", insert_key(text, indicator, "net: true")
    if parts is not None:
        yield "parts changed", drop_key(text, indicator, "parts")
        for key, node in parts.pairs:
            if node.kind == "list" and key.text != "sum":
                yield "parts changed", replace_flow(text, node, [each.text for each in reversed(node.items)])
            if node.kind == "list":
                yield "parts changed", replace_flow(text, node, [*(each.text for each in node.items[:-1]), "other"])
