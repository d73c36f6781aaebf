"""One rule file (one clause) → its indicators and rules."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from engine.model.diagnostic import Diagnostic
from engine.model.period import Period
from engine.model.quantity import Quantity, Unit
from engine.model.question import STAND_IN, Question
from engine.model.rule import Indicator, Judged, Parts, Rule, Stage
from engine.model.source import place_of
from engine.model.target import Comparator, Kind
from engine.rules.policy import read_ladder
from engine.rules.questions import ask_open
from engine.shapes import Fields, node_quantity, read_day
from engine.units import find_unit, nearest_units
from engine.yamlsource import Node

_RULE_KEYS = (
    "id", "target", "indicator", "kind", "inner_kind", "comparator", "threshold", "upper", "bound", "judged",
    "note", "soft", "tolerance", "bands", "pace", "due_in", "eligible", "stages", "stages_illustrative",
    "members", "partner", "net", "reconcile_tolerance", "open", "added",
)  # fmt: skip

#: What each kind needs beside the keys of every rule.
_NEEDS: dict[Kind, tuple[str, ...]] = {
    Kind.TOTAL: ("threshold",),
    Kind.LEVEL: ("threshold",),
    Kind.RATE: ("threshold",),
    Kind.ALWAYS: ("threshold",),
    Kind.MILESTONE: ("stages",),
    Kind.COVERAGE: ("threshold", "eligible"),
    Kind.RELATIVE: ("partner",),
    Kind.EACH: ("inner_kind", "members"),
    Kind.EXTERNAL: ("inner_kind",),
}

#: What may be left open about how a promise is judged.
_QUESTIONS = (
    Question.TOLERANCE, Question.BANDS, Question.STAGES, Question.ELIGIBLE,
    Question.EVENT, Question.MEMBERS, Question.PARTNER, Question.NUMBER,
)  # fmt: skip


def read_rule_file(
    node: Node, definitions: str, found: list[Diagnostic]
) -> tuple[str, tuple[Indicator, ...], tuple[Rule, ...]]:
    """The clause number, indicators and rules of one file.

    Errors: those of shapes and quantities; unit-unknown, rule-incomplete, unit-mismatch, pace-broken,
    stages-broken, tolerance-missing, threshold-not-positive.
    """
    fields = Fields(node, found, ("clause", "indicators", "rules", "cases"))
    clause = fields.text("clause", required=True) or ""
    indicators = tuple(
        indicator for item in fields.items("indicators") if (indicator := _read_indicator(item, definitions, found))
    )
    rules = tuple(
        rule
        for item in fields.items("rules", required=True)
        if (rule := _RuleReader(item, clause, definitions, found).read())
    )
    return clause, indicators, rules


def _find_unit(node: Node | None, definitions: str, found: list[Diagnostic]) -> Unit | None:
    if node is None:
        return None
    unit = find_unit(node.text, definitions)
    if unit is None:
        nearest = "、".join(nearest_units(node.text))
        found.append(Diagnostic("unit-unknown", node.source, {"found": node.text, "nearest": nearest}))
    return unit


def _read_indicator(node: Node, definitions: str, found: list[Diagnostic]) -> Indicator | None:
    known = ("id", "name", "unit", "measure", "additive", "net", "parts", "phrase", "note")
    fields = Fields(node, found, known)
    unit = _find_unit(fields.child("unit", required=True), definitions, found)
    indicator_id = fields.text("id", required=True)
    name = fields.text("name", required=True)
    if unit is None or indicator_id is None or name is None:
        return None
    parts_node = fields.child("parts")
    return Indicator(
        id=indicator_id,
        name=name,
        unit=unit,
        measure=fields.text("measure"),
        additive=fields.flag("additive"),
        net=fields.flag("net"),
        parts=_read_parts(parts_node, definitions, found) if parts_node else None,
        phrase=fields.text("phrase") or "",
        source=node.source,
    )


def _read_parts(node: Node, definitions: str, found: list[Diagnostic]) -> Parts | None:
    fields = Fields(node, found, ("ratio", "growth", "sum", "unit", "may_exceed"))
    unit = _find_unit(fields.child("unit", required=True), definitions, found)
    forms = [form for form in ("ratio", "growth", "sum") if fields.has(form)]
    names = fields.texts(forms[0]) if len(forms) == 1 else ()
    if unit is None or len(names) < 2 or (forms != ["sum"] and len(names) != 2):
        found.append(Diagnostic("wrong-shape", node.source, {"expected": "ratio or growth of two, or sum"}))
        return None
    return Parts(forms[0], names, unit, fields.flag("may_exceed"))


class _RuleReader:
    """Reads one rule; None where it could not be judged."""

    def __init__(self, node: Node, clause: str, definitions: str, found: list[Diagnostic]) -> None:
        self._before = len(found)
        self._fields = Fields(node, found, _RULE_KEYS)
        self._clause = clause
        self._definitions = definitions
        self._found = found

    def read(self) -> Rule | None:
        fields = self._fields
        kind = fields.choice("kind", Kind, required=True)
        inner_kind = fields.choice("inner_kind", Kind)
        if kind is None or not self._complete(kind, inner_kind):
            return None
        judging = inner_kind or kind
        comparator = fields.choice("comparator", Comparator) or Comparator.AT_LEAST
        threshold = fields.quantity("threshold", self._definitions)
        gap_unit = _gap_unit(judging, threshold)
        rule = Rule(
            id=fields.text("id", required=True) or "",
            clause=self._clause,
            target=fields.text("target", required=True) or "",
            indicator=fields.text("indicator", required=True) or "",
            kind=kind,
            inner_kind=inner_kind,
            comparator=comparator,
            threshold=threshold,
            upper=fields.quantity("upper", self._definitions),
            bound=fields.text("bound") or "lower",
            judged=self._judged(),
            soft=fields.flag("soft"),
            tolerance=self._tolerance(gap_unit),
            ladder=read_ladder(fields.child("bands"), self._found),
            pace=self._pace(),
            due_in=self._due_in(),
            eligible=fields.text("eligible"),
            stages=self._stages(),
            members=fields.texts("members"),
            partner=fields.text("partner"),
            net=fields.flag("net"),
            reconcile_tolerance=self._reconcile_tolerance(threshold),
            source=fields.source,
            places=fields.places,
        )
        fields.day("added")
        fields.flag("stages_illustrative")
        fields.text("note")
        self._check(rule)
        sound = len(self._found) == self._before
        asked = ask_open(fields, rule.id, _QUESTIONS, self._found)
        if not asked and STAND_IN in rule.members:
            # The question was taken out, and what stands in for the answer was left.
            self._found.append(
                Diagnostic(Question.MEMBERS.code, place_of("members", rule.places, rule.source), {"name": rule.id})
            )
        return rule if sound else None

    def _complete(self, kind: Kind, inner_kind: Kind | None) -> bool:
        """Whether the kind's own keys are there; `external` alone may wait for its number."""
        needs = list(_NEEDS[kind])
        if inner_kind and kind in (Kind.EACH, Kind.EXTERNAL):
            needs += [key for key in _NEEDS[inner_kind] if kind is Kind.EACH or key != "threshold"]
        missing = [key for key in needs if not self._fields.has(key)]
        if missing:
            params = {"kind": kind.value, "keys": ", ".join(missing)}
            self._found.append(Diagnostic("rule-incomplete", self._fields.source, params))
        return not missing

    def _check(self, rule: Rule) -> None:
        if rule.soft and not self._fields.has("tolerance"):
            self._found.append(Diagnostic("tolerance-missing", rule.source, {"rule": rule.id}))
        if rule.judging_kind in (Kind.TOTAL, Kind.COVERAGE) and rule.threshold and rule.threshold.base <= 0:
            self._found.append(Diagnostic("threshold-not-positive", rule.source, {"rule": rule.id}))
        if rule.comparator is Comparator.BETWEEN:
            self._check_range(rule)
        if rule.judging_kind is Kind.RELATIVE and rule.comparator is not Comparator.AT_LEAST:
            self._unknown("comparator", "at_least (a − b ≥ −tolerance)")
        self._check_keys(rule)
        for bound in (rule.threshold, rule.upper):
            if bound is not None and bound.unit.offset:
                self._found.append(Diagnostic("index-as-threshold", rule.source, {"found": bound.text}))
        if rule.eligible not in (None, "to-date", "fixed-list"):
            self._unknown("eligible", "to-date, fixed-list")
        if rule.bound not in ("lower", "upper"):
            self._unknown("bound", "lower, upper")

    def _check_keys(self, rule: Rule) -> None:
        """Keys that say nothing in a rule of this kind were meant for something else."""
        nesting = (Kind.EACH, Kind.EXTERNAL)
        fits = {
            "inner_kind": rule.kind in nesting,
            "members": rule.kind is Kind.EACH,
            "stages": rule.judging_kind is Kind.MILESTONE,
            "eligible": rule.judging_kind is Kind.COVERAGE,
            "partner": rule.judging_kind is Kind.RELATIVE,
            # Only what is due bit by bit has a pace; a milestone has its dates instead.
            "pace": rule.paced and rule.judging_kind is not Kind.MILESTONE,
            "upper": rule.comparator is Comparator.BETWEEN,
            "bound": rule.comparator is Comparator.BETWEEN,
            # A tolerance loosens only what the plan's words made soft, or two rates held side by side.
            "tolerance": rule.soft or rule.judging_kind is Kind.RELATIVE,
        }
        for key, fit in fits.items():
            if self._fields.has(key) and not fit:
                params = {"key": key, "kind": rule.kind.value}
                self._found.append(Diagnostic("key-unfit", rule.source, params))
        if rule.inner_kind in nesting:
            self._unknown("inner_kind", ", ".join(kind.value for kind in Kind if kind not in nesting))
        if len(set(rule.members)) < len(rule.members):
            self._found.append(Diagnostic("member-repeated", rule.source, {"rule": rule.id}))

    def _check_range(self, rule: Rule) -> None:
        sound = (
            rule.threshold is not None
            and rule.upper is not None
            and rule.threshold.unit.dimension == rule.upper.unit.dimension
            and rule.threshold.base < rule.upper.base
        )
        if not sound:
            self._found.append(Diagnostic("range-broken", rule.source, {"rule": rule.id}))

    def _unknown(self, key: str, known: str) -> None:
        node = self._fields.child(key)
        if node:
            params = {"word": node.text, "key": key, "known": known}
            self._found.append(Diagnostic("unknown-word", node.source, params))

    def _judged(self) -> Judged:
        node = self._fields.child("judged", required=True)
        if node is None:
            return Judged(False, (), None)
        fields = Fields(node, self._found, ("lead", "responsible"))
        lead = fields.child("lead")
        if lead is not None and lead.text not in ("city", "none"):
            params = {"word": lead.text, "key": "lead", "known": "city, none"}
            self._found.append(Diagnostic("unknown-word", lead.source, params))
        responsible = fields.child("responsible")
        judged_lead = lead is not None and lead.text == "city"
        if responsible is None or responsible.text == "none":
            return Judged(judged_lead, (), None)
        inner = Fields(responsible, self._found, ("same", "quota"))
        if responsible.kind == "mapping" and inner.has("same") == inner.has("quota"):
            self._found.append(Diagnostic("wrong-shape", responsible.source, {"expected": "same or quota"}))
        return Judged(judged_lead, inner.texts("same"), inner.text("quota"))

    def _tolerance(self, gap_unit: Unit | None) -> Fraction:
        quantity = self._fields.quantity("tolerance", self._definitions)
        if quantity is None:
            return Fraction(0)
        if gap_unit is None:
            if quantity.unit.dimension == _points().dimension:
                return Fraction(quantity.value)
        elif quantity.unit.dimension == gap_unit.dimension:
            return quantity.base / gap_unit.factor
        wanted = (gap_unit or _points()).symbol
        params = {"found": quantity.unit.symbol, "wanted": wanted, "indicator": self._fields.text("id") or ""}
        self._found.append(Diagnostic("unit-mismatch", self._fields.source, params))
        return Fraction(0)

    def _reconcile_tolerance(self, threshold: Quantity | None) -> Fraction:
        """An amount in the dimension of the threshold: a share of a sum is none."""
        quantity = self._fields.quantity("reconcile_tolerance", self._definitions)
        if quantity is None:
            return Fraction(0)
        node = self._fields.child("reconcile_tolerance") or self._fields.node
        if threshold is not None and quantity.unit.dimension != threshold.unit.dimension:
            params = {"found": quantity.unit.symbol, "wanted": threshold.unit.symbol}
            self._found.append(Diagnostic("unit-mismatch", node.source, params))
        return quantity.base

    def _pace(self) -> tuple[tuple[date, Fraction], ...]:
        node = self._fields.child("pace")
        if node is None:
            return ()
        steps: list[tuple[date, Fraction]] = []
        for key, value in node.pairs:
            period = Period.parse(key.text)
            day = period.end if period else read_day(key.text)
            share = node_quantity(value, self._definitions, self._found)
            if day is None or share is None or share.unit.dimension != _percent().dimension:
                self._found.append(Diagnostic("pace-broken", key.source, {"problem": key.text}))
                return ()
            steps.append((day, share.base / (100 * _percent().factor)))
        shares = [share for _, share in sorted(steps)]
        if len({day for day, _ in steps}) < len(steps):
            self._found.append(Diagnostic("pace-broken", node.source, {"problem": "each day stands once"}))
            return ()
        if not shares or shares[0] < 0 or shares != sorted(shares) or shares[-1] != 1:
            self._found.append(
                Diagnostic(
                    "pace-broken",
                    node.source,
                    {"problem": "it starts at or above 0, never falls, ends at 100 %"},
                )
            )
            return ()
        return tuple(sorted(steps))

    def _due_in(self) -> tuple[int, ...]:
        keys = []
        for node in self._fields.text_nodes("due_in"):
            period = Period.parse(node.text)
            if period is None:
                self._found.append(Diagnostic("period-unreadable", node.source, {"found": node.text}))
            else:
                keys.append(period.key)
        return tuple(sorted(keys))

    def _stages(self) -> tuple[Stage, ...]:
        stages = []
        for item in self._fields.items("stages"):
            fields = Fields(item, self._found, ("stage", "due"))
            name, due = fields.text("stage", required=True), fields.day("due", required=True)
            if name and due:
                stages.append(Stage(name, due))
        dates = [stage.due for stage in stages]
        if dates != sorted(dates) or len({stage.name for stage in stages}) != len(stages):
            self._found.append(Diagnostic("stages-broken", self._fields.source, {}))
        return tuple(stages)


def _gap_unit(kind: Kind, threshold: Quantity | None) -> Unit | None:
    """The unit of measure of the gap; None where it is points (paced kinds, percentages, relative)."""
    if kind not in (Kind.RATE, Kind.ALWAYS) or threshold is None:
        return None
    in_percent = (threshold.unit.dimension, threshold.unit.factor) == (_percent().dimension, _percent().factor)
    return None if in_percent else threshold.unit


def _known_unit(symbol: str) -> Callable[[], Unit]:
    def find() -> Unit:
        unit = find_unit(symbol)
        assert unit is not None, f"our own table lacks {symbol}"
        return unit

    return find


_percent = _known_unit("%")
_points = _known_unit("個百分點")
