"""The texts of a book → the book, with every reference between its files bound or reported."""

from collections.abc import Iterable
from dataclasses import replace

from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.quantity import Quantity, Unit
from engine.model.rule import Allocation, Amendment, Indicator, Policy, Rule, Waiver
from engine.model.scoring import AdjustmentEntry
from engine.model.signer import Signer
from engine.model.source import Source
from engine.model.target import Clause, Kind, clause_slug
from engine.names import nearest_names
from engine.rules.cases import leave_out_cases, read_cases
from engine.rules.organizations import read_organizations, words_of
from engine.rules.policy import DEFAULT_POLICY, read_allocation, read_amendments, read_policy
from engine.rules.read import BookFiles
from engine.rules.relations import bind_relations, read_relations
from engine.rules.rulefiles import read_rule_file
from engine.rules.scoring import Known as Scorable
from engine.rules.scoring import bind_adjustments, bind_scoring, read_adjustments
from engine.rules.targets import read_targets
from engine.units import find_unit
from engine.yamlsource import Node, read_yaml


def bind_book(files: BookFiles, with_cases: bool = False) -> tuple[Book | None, list[Diagnostic]]:
    """Bind the files of a book; None where a plan or its organizations cannot be read at all.

    A rule that refers to something that does not exist is reported and left out; the rest stands. The worked
    cases are left unread unless they are asked for.
    Errors: those of the files; file-missing, target-unknown, indicator-unknown, indicator-repeated,
    rule-repeated, body-unknown, quota-unknown, unit-mismatch, clause-differs, file-misnamed, amendment-unfit;
    those of relations, waivers and cases.
    """
    found: list[Diagnostic] = []
    nodes = _compose(files, with_cases, found)
    targets_node, organizations_node = nodes.get("targets.yaml"), nodes.get("organizations.yaml")
    for name, node in (("targets.yaml", targets_node), ("organizations.yaml", organizations_node)):
        if node is None and name not in files.texts:
            found.append(Diagnostic("file-missing", Source(name), {}))
        elif node is None and not any(finding.source.file == name for finding in found):
            found.append(Diagnostic("submission-empty", Source(name), {}))
    if targets_node is None or organizations_node is None:
        return None, found
    plan, clauses = read_targets(targets_node, found)
    if plan is None:
        return None, found
    organizations, groups = read_organizations(organizations_node, found)
    words = words_of(organizations, groups)
    definitions = files.texts.get("units.txt", "")
    policy_node, amendments_node = nodes.get("policy.yaml"), nodes.get("amendments.yaml")
    relations_node = nodes.get("relations.yaml")
    relations = read_relations(relations_node, found) if relations_node else ()
    policy = read_policy(policy_node, found) if policy_node else DEFAULT_POLICY
    allocations = _allocations(nodes, words, definitions, found)
    binder = _Binder(plan.year, clauses, words, allocations, found)
    for name, node in nodes.items():
        if name.startswith("rules/"):
            binder.add(node, definitions)
    rules = binder.bound_rules()
    policy = _with_scoring(policy, binder, words, found)
    book = Book(
        folder=str(files.folder),
        plan=plan,
        clauses=clauses,
        organizations=organizations,
        groups=groups,
        indicators=binder.indicators,
        rules=rules,
        policy=policy,
        allocations=allocations,
        amendments=_amendments(amendments_node, binder, words, definitions, found),
        words=words,
        digest=files.digest,
        definitions=definitions,
        relations=bind_relations(relations, binder.indicators, rules, found),
        waivers=_waivers(nodes.get("waivers.yaml"), binder, words, found),
        adjustments=_adjustments(nodes.get("adjustments.yaml"), binder, words, policy, plan.year, found),
        signers=_signers(nodes.get("signers.yaml"), words, found),
        digests=files.digests,
    )
    _report_unknown_bodies(book, found)
    return (replace(book, cases=read_cases(book, nodes, found)) if with_cases else book), found


def _compose(files: BookFiles, with_cases: bool, found: list[Diagnostic]) -> dict[str, Node]:
    nodes = {}
    for name, text in files.texts.items():
        if name.endswith(".yaml"):
            whole = with_cases or not name.startswith("rules/")
            node, diagnostics = read_yaml(text if whole else leave_out_cases(text), name)
            if diagnostics and not whole:
                node, diagnostics = read_yaml(text, name, trusted=True)
            found.extend(diagnostics)
            if node is not None:
                nodes[name] = node
    return nodes


def _allocations(
    nodes: dict[str, Node], words: dict[str, tuple[str, ...]], definitions: str, found: list[Diagnostic]
) -> dict[str, Allocation]:
    allocations = {}
    for name, node in nodes.items():
        if not name.startswith("allocations/"):
            continue
        allocation = read_allocation(node, definitions, found)
        if allocation is None:
            continue
        quotas: dict[str, Quantity] = {}
        places: list[tuple[str, int, int]] = []
        for body, quota in allocation.quotas.items():
            names, place = words.get(body, ()), allocation.place(body)
            if len(names) != 1:
                nearest = "、".join(nearest_names(body, words))
                found.append(Diagnostic("body-unknown", place, {"name": body, "nearest": nearest}))
            elif names[0] in quotas:
                found.append(Diagnostic("repeated-key", place, {"key": body}))
            elif quota.unit.offset:
                found.append(Diagnostic("index-as-threshold", place, {"found": quota.text}))
            elif quota.base <= 0:
                found.append(Diagnostic("quota-not-positive", place, {"name": body, "found": quota.text}))
            else:
                quotas[names[0]] = quota
                places.append((names[0], place.line, place.column))
        allocations[allocation.name] = replace(allocation, quotas=quotas, places=tuple(places))
    return allocations


def _amendments(
    node: Node | None,
    binder: "_Binder",
    words: dict[str, tuple[str, ...]],
    definitions: str,
    found: list[Diagnostic],
) -> tuple[Amendment, ...]:
    """The amendments that fit their targets; the others are reported and change nothing."""
    if node is None:
        return ()
    kept = []
    for amendment in read_amendments(node, definitions, found):
        before = len(found)
        if amendment.target not in binder.targets:
            nearest = "、".join(nearest_names(amendment.target, binder.targets))
            found.append(
                Diagnostic("target-unknown", amendment.source, {"target": amendment.target, "nearest": nearest})
            )
        for body in amendment.reach:
            if body not in words:
                params = {"name": body, "nearest": "、".join(nearest_names(body, words))}
                found.append(Diagnostic("body-unknown", amendment.source, params))
        wanted = binder.unit_of_target(amendment.target)
        unit = amendment.threshold.unit
        if wanted is not None and (unit.dimension != wanted.dimension or unit.offset):
            params = {"found": unit.symbol, "wanted": wanted.symbol}
            found.append(Diagnostic("unit-mismatch", amendment.source, params))
        if binder.has_no_number(amendment.target):
            found.append(Diagnostic("amendment-unfit", amendment.source, {"target": amendment.target}))
        if amendment.threshold.base <= 0 and binder.adds_up(amendment.target):
            found.append(Diagnostic("threshold-not-positive", amendment.source, {"rule": amendment.target}))
        if len(found) == before:
            kept.append(amendment)
    return tuple(kept)


def _waivers(
    node: Node | None, binder: "_Binder", words: dict[str, tuple[str, ...]], found: list[Diagnostic]
) -> tuple[Waiver, ...]:
    if node is None:
        return ()
    # Imported here: most books have no waivers, and their checks should not wait for them.
    from engine.rules.waivers import Known, bind_waivers

    return bind_waivers(node, Known(words, binder.rule_names, binder.targets, binder.clause_numbers), found)


def _signers(node: Node | None, words: dict[str, tuple[str, ...]], found: list[Diagnostic]) -> tuple[Signer, ...]:
    if node is None:
        return ()
    # Imported here: few books are signed.
    from engine.rules.signers import read_signers

    return read_signers(node, words, found)


def _with_scoring(
    policy: Policy, binder: "_Binder", words: dict[str, tuple[str, ...]], found: list[Diagnostic]
) -> Policy:
    for rule in policy.circular.headline:
        if rule not in binder.rule_names:
            nearest = "、".join(nearest_names(rule, binder.rule_names))
            source = policy.circular.source or Source("policy.yaml")
            found.append(Diagnostic("headline-unknown", source, {"rule": rule, "nearest": nearest}))
    if policy.scoring is None:
        return policy
    return replace(policy, scoring=bind_scoring(policy.scoring, Scorable(words, binder.rule_names), found))


def _adjustments(
    node: Node | None,
    binder: "_Binder",
    words: dict[str, tuple[str, ...]],
    policy: Policy,
    year: int,
    found: list[Diagnostic],
) -> tuple[AdjustmentEntry, ...]:
    if node is None:
        return ()
    ranked = {body for scheme in (policy.scoring.schemes if policy.scoring else ()) for body in scheme.members}
    known = Scorable(words, binder.rule_names, ranked, year)
    return bind_adjustments(read_adjustments(node, found), known, found)


class _Binder:
    """Collects rules and indicators over all files, then checks what they refer to."""

    def __init__(
        self,
        year: int,
        clauses: tuple[Clause, ...],
        words: dict[str, tuple[str, ...]],
        allocations: dict[str, Allocation],
        found: list[Diagnostic],
    ) -> None:
        self.targets = {target.id: target for clause in clauses for target in clause.targets}
        self.indicators: dict[str, Indicator] = {}
        self.rule_names: dict[str, None] = {}
        self._clauses = {clause.number: clause for clause in clauses}
        self._order = {clause.number: place for place, clause in enumerate(clauses)}
        self._target_order = {target: place for place, target in enumerate(self.targets)}
        self._names: dict[str, Source] = {}
        self._rules: dict[str, Rule] = {}
        self._year = year
        self._words = words
        self._allocations = allocations
        self._found = found

    def add(self, node: Node, definitions: str) -> None:
        clause, indicators, rules = read_rule_file(node, definitions, self._found)
        written = node.get("rules")
        for item in written.items if written else ():
            # A rule that cannot be read has a name all the same, which is not called unknown as well.
            name = item.get("id")
            if name:
                self.rule_names.setdefault(name.text)
        if clause not in self._clauses:
            self._report("clause-unknown", node.source, clause=clause)
        elif (slug := clause_slug(clause)) and not node.file.startswith(f"rules/{slug}-"):
            self._report("file-misnamed", node.source, clause=clause, wanted=f"rules/{slug}-….yaml")
        for indicator in indicators:
            first = self._names.setdefault(indicator.name, indicator.source)
            if indicator.id in self.indicators or first is not indicator.source:
                other = self.indicators.get(indicator.id)
                related = (other.source if other else first,)
                self._found.append(
                    Diagnostic("indicator-repeated", indicator.source, {"indicator": indicator.id}, related)
                )
            else:
                self.indicators[indicator.id] = indicator
        for rule in rules:
            first_rule = self._rules.setdefault(rule.id, rule)
            if first_rule is not rule:
                self._found.append(Diagnostic("rule-repeated", rule.source, {"rule": rule.id}, (first_rule.source,)))

    def unit_of_target(self, target: str) -> Unit | None:
        """The unit of measure in which the rule of a target counts; None where no rule judges it."""
        for rule in self._rules.values():
            indicator = self.indicators.get(rule.indicator)
            if rule.target == target and rule.judging_kind is not Kind.MILESTONE:
                if rule.threshold is None and rule.judging_kind is Kind.COVERAGE:
                    # The figures of a coverage are counts, what is promised of them is a share.
                    return find_unit("%")
                return rule.threshold.unit if rule.threshold else indicator.unit if indicator else None
        return None

    @property
    def clause_numbers(self) -> Iterable[str]:
        """The numbers of the plan's clauses."""
        return self._clauses

    def has_no_number(self, target: str) -> bool:
        """Whether rules judge a target, and all by something else than a number: stages, or another indicator."""
        kinds = {rule.judging_kind for rule in self._rules.values() if rule.target == target}
        return bool(kinds) and kinds <= {Kind.MILESTONE, Kind.RELATIVE}

    def adds_up(self, target: str) -> bool:
        """Whether a rule of this target counts up to a number, which then has to be above 0."""
        return any(
            rule.target == target and rule.judging_kind in (Kind.TOTAL, Kind.COVERAGE) for rule in self._rules.values()
        )

    def bound_rules(self) -> tuple[Rule, ...]:
        """The rules whose every reference exists, in the plan's order."""
        bound = [rule for rule in self._rules.values() if self._binds(rule)]
        return tuple(
            sorted(bound, key=lambda rule: (self._order[rule.clause], self._target_order[rule.target], rule.id))
        )

    def _report(self, code: str, source: Source, **params: str) -> None:
        self._found.append(Diagnostic(code, source, params))

    def _binds(self, rule: Rule) -> bool:
        before = len(self._found)
        self._bind_dates(rule)
        self._bind_target(rule)
        self._bind_indicator(rule)
        for word in rule.judged.same:
            if word not in self._words:
                self._report(
                    "body-unknown",
                    rule.source,
                    name=word,
                    nearest="、".join(nearest_names(word, self._words)),
                )
        if rule.judged.quota:
            self._bind_quota(rule, rule.judged.quota)
        return len(self._found) == before and rule.clause in self._clauses

    def _bind_dates(self, rule: Rule) -> None:
        """Paces and milestones end with the plan's year: what is due later is a promise of that year."""
        if any(day.year != self._year for day, _ in rule.pace):
            self._report("pace-broken", rule.place("pace"), problem=f"its days lie in {self._year}")
        if any(stage.due.year > self._year for stage in rule.stages):
            self._report("stages-broken", rule.source)

    def _bind_target(self, rule: Rule) -> None:
        target = self.targets.get(rule.target)
        if target is None:
            nearest = "、".join(nearest_names(rule.target, self.targets))
            self._report("target-unknown", rule.source, target=rule.target, nearest=nearest)
        elif target.clause != rule.clause:
            self._report("clause-differs", rule.source, rule=rule.id, clause=rule.clause, wanted=target.clause)

    def _bind_indicator(self, rule: Rule) -> None:
        for wanted in filter(None, (rule.indicator, rule.partner)):
            if wanted not in self.indicators:
                nearest = "、".join(nearest_names(wanted, self.indicators))
                self._report("indicator-unknown", rule.source, found=wanted, nearest=nearest)
            elif rule.partner and self.indicators[wanted].parts:
                # Two quotients cannot be compared by one multiplication, so both must come as plain figures.
                self._report("partner-parts", rule.source, indicator=wanted)
        self._bind_partner(rule)
        indicator = self.indicators.get(rule.indicator)
        parts = indicator.parts if indicator else None
        fitting = (Kind.TOTAL, Kind.LEVEL) if parts and parts.form == "sum" else (Kind.RATE,)
        if parts and not rule.partner and rule.judging_kind not in fitting:
            self._report("parts-unfit", rule.source, form=parts.form, kind=rule.judging_kind.value)
        # The figures of a coverage are counts and its threshold a share: only the others must agree.
        compared = rule.judging_kind not in (Kind.COVERAGE, Kind.MILESTONE)
        if indicator and rule.threshold and compared:
            found, wanted_unit = rule.threshold.unit, indicator.unit
            if found.dimension != wanted_unit.dimension:
                self._report(
                    "unit-mismatch",
                    rule.source,
                    found=found.symbol,
                    wanted=wanted_unit.symbol,
                    indicator=rule.id,
                )

    def _bind_partner(self, rule: Rule) -> None:
        """What is held against each other is two indicators that count in one dimension."""
        if rule.partner is None:
            return
        if rule.partner == rule.indicator:
            self._report("partner-itself", rule.place("partner"), rule=rule.id, indicator=rule.indicator)
        own, other = (self.indicators.get(name) for name in (rule.indicator, rule.partner))
        if own and other and own.unit.dimension != other.unit.dimension:
            found, wanted = other.unit.symbol, own.unit.symbol
            self._report("unit-mismatch", rule.place("partner"), found=found, wanted=wanted, indicator=rule.id)

    def _bind_quota(self, rule: Rule, name: str) -> None:
        allocation = self._allocations.get(name)
        if allocation is None:
            self._report("quota-unknown", rule.source, quota=name)
        elif allocation.rule != rule.id:
            self._report("quota-differs", allocation.source, rule=rule.id, found=allocation.rule)
        elif rule.threshold:
            for body, quota in allocation.quotas.items():
                if quota.unit.dimension != rule.threshold.unit.dimension:
                    self._report(
                        "unit-mismatch",
                        allocation.place(body),
                        found=quota.unit.symbol,
                        wanted=rule.threshold.unit.symbol,
                        indicator=rule.id,
                    )


def _report_unknown_bodies(book: Book, found: list[Diagnostic]) -> None:
    for clause in book.clauses:
        for word in (*clause.lead, *clause.responsible):
            if word not in book.words:
                params = {"name": word, "nearest": "、".join(nearest_names(word, book.words))}
                found.append(Diagnostic("body-unknown", clause.source, params))
