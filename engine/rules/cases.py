"""The worked cases of rule files: reading them, and what each of them owes."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from engine.entries import read_figure
from engine.model.book import Book
from engine.model.case import Case, Expected
from engine.model.diagnostic import Diagnostic
from engine.model.entry import Cell, Entry
from engine.model.limit import LimitedObligation
from engine.model.period import Period
from engine.model.quantity import Quantity
from engine.model.rule import Amendment, Rule
from engine.model.source import Source
from engine.model.target import Kind
from engine.model.verdict import Obligation, Outcome, Progress, Reason, Role
from engine.names import NameIndex, nearest_names
from engine.rules.obligations import limit_obligations, list_obligations
from engine.shapes import Fields
from engine.yamlsource import Node

#: A figure that did not come in.
MISSING = "_"

#: In a list of members: all that are not named beside it.
OTHERS = "others"

#: How a body is called that is not there: the lead of a rule that judges others only.
_NOBODY = "-"

_GAP = re.compile(r"[+-]?\d+(\.\d+)?|[+-]?\d+/[1-9]\d*")

# From a line that begins with the key to the next line that begins another one.
_BLOCK = re.compile(r"^cases:.*\n?(?:(?:[ \t\r#-].*)?\n)*(?:[ \t\r#-].*)?", re.MULTILINE)


def leave_out_cases(text: str) -> str:
    """A rule file's text without its cases, every other line in its place.

    Judging takes no case, and composing hundreds of them would double the time in which a book is read.
    """
    return _BLOCK.sub(lambda match: "\n" * match[0].count("\n"), text)


def read_cases(book: Book, files: Mapping[str, Node], found: list[Diagnostic]) -> tuple[Case, ...]:
    """The cases of all rule files, in the order of the files and their lines.

    Errors: those of shapes, quantities and figures; rule-unknown, period-unreadable, period-outside-plan,
    body-unknown, key-unfit, case-not-judged.
    """
    reader = _CaseReader(book, found)
    return tuple(case for name, node in files.items() if name.startswith("rules/") for case in reader.read_file(node))


def limit_case(book: Book, case: Case) -> LimitedObligation:
    """What a case owes with its limits; lines that stay crossed look back at the case's own periods."""
    series = {period for entry in case.entries if entry.period and (period := Period.parse(entry.period.text))}
    known = _with_number(book, case.obligation.rule, case.number)
    return limit_obligations(known, [case.obligation], sorted(series))[0]


def owed_limits(book: Book, rule: Rule, period: Period, number: Quantity | None) -> list[LimitedObligation]:
    """What all bodies of one rule owe in a period, with its limits; what is not due is left out."""
    known = _with_number(book, rule, number)
    return [limited for limited in limit_obligations(known, list_obligations(known, period), ()) if limited.limits]


def _with_number(book: Book, rule: Rule, number: Quantity | None) -> Book:
    """The book of one rule, its number set as if by a higher authority at the start of the year."""
    if number is None:
        return replace(book, rules=(rule,), waivers=())
    amendment = Amendment(rule.target, number, "", date(book.plan.year, 1, 1), (), rule.source)
    return replace(book, rules=(rule,), amendments=(*book.amendments, amendment), waivers=())


class _CaseReader:
    """Reads the cases of a book's files; what could not be run is left out."""

    def __init__(self, book: Book, found: list[Diagnostic]) -> None:
        self._book = book
        self._found = found
        self._rules: dict[str, Rule] = {}
        self._refused: set[str] = set()
        self._owed: dict[tuple[str, int, str], list[Obligation]] = {}
        bodies = {word: names[0] for word, names in book.words.items() if len(names) == 1 and word not in book.groups}
        self._bodies = NameIndex(bodies)

    def read_file(self, file: Node) -> Iterator[Case]:
        cases, rules = file.get("cases"), file.get("rules")
        if cases is None or cases.is_null:
            return
        if cases.kind != "list":
            self._report("wrong-shape", cases.source, expected="a list for cases")
        self._rules = {rule.id: rule for rule in self._book.rules if rule.source.file == file.file}
        # A rule that was refused for a fault of its own is not reported again for each of its cases.
        written = [name.text for item in (rules.items if rules else ()) if (name := item.get("id"))]
        self._refused = {name for name in written if name not in self._rules}
        for item in cases.items:
            case = self._read(item)
            if case:
                yield case

    def _report(self, code: str, source: Source, **params: str) -> None:
        self._found.append(Diagnostic(code, source, params))

    def _read(self, node: Node) -> Case | None:
        before = len(self._found)
        fields = Fields(node, self._found, ("rule", "figures", "expect", "organization", "partner", "number", "note"))
        rule = self._rule(fields)
        figures = self._series_node(fields, "figures", required=True)
        expected = self._expected(fields)
        if rule is None or figures is None or expected is None:
            return None
        number = fields.quantity("number", self._book.definitions)
        self._refuse_unfit(fields, rule)
        periods = [period for key, _ in figures.pairs if (period := self._period(key))]
        if periods and max(periods).year != self._book.plan.year:
            params = {"period": max(periods).label, "year": str(self._book.plan.year)}
            self._found.append(Diagnostic("period-outside-plan", figures.source, params))
            return None
        obligation = self._obligation(fields, rule, max(periods), number) if periods else None
        if obligation is None:
            return None
        entries = self._entries(figures, rule.indicator, obligation)
        partner = self._series_node(fields, "partner")
        if partner and rule.partner:
            entries += self._entries(partner, rule.partner, obligation)
        case = Case(obligation, tuple(entries), number, expected, node.source)
        return case if len(self._found) == before else None

    def _rule(self, fields: Fields) -> Rule | None:
        name = fields.text("rule", required=True)
        if name is None or name in self._refused:
            return None
        if name not in self._rules:
            self._report("rule-unknown", fields.source, rule=name, nearest="、".join(nearest_names(name, self._rules)))
        return self._rules.get(name)

    def _series_node(self, fields: Fields, key: str, required: bool = False) -> Node | None:
        node = fields.child(key, required)
        if node is not None and (node.kind != "mapping" or not node.pairs):
            self._report("wrong-shape", node.source, expected="a mapping of periods to figures")
            return None
        return node

    def _period(self, key: Node) -> Period | None:
        period = Period.parse(key.text)
        if period is None:
            self._report("period-unreadable", key.source, found=key.text)
        return period

    def _refuse_unfit(self, fields: Fields, rule: Rule) -> None:
        for key, fits in (("partner", rule.judging_kind is Kind.RELATIVE), ("number", rule.kind is Kind.EXTERNAL)):
            if fields.has(key) and not fits:
                self._report("key-unfit", fields.source, key=key, kind=rule.kind.value)

    def _obligation(self, fields: Fields, rule: Rule, period: Period, number: Quantity | None) -> Obligation | None:
        """What the case's body owes; without a name it is the lead's."""
        owed = self._owed_by(rule, period, number)
        written = fields.text("organization")
        name = self._bodies.find(written) if written else None
        if written and name is None:
            self._report("body-unknown", fields.source, name=written, nearest="、".join(self._bodies.nearest(written)))
            return None
        for obligation in owed:
            if obligation.organization == name or (name is None and obligation.role is Role.LEAD):
                return obligation
        params = {"rule": rule.id, "organization": name or _NOBODY, "period": period.label}
        params["known"] = "、".join(obligation.organization for obligation in owed)
        self._found.append(Diagnostic("case-not-judged", fields.source, params))
        return None

    def _owed_by(self, rule: Rule, period: Period, number: Quantity | None) -> list[Obligation]:
        """What the rule's bodies owe in a period, worked out once for all cases that ask for it."""
        key = (rule.id, period.key, number.text if number else "")
        if key not in self._owed:
            self._owed[key] = list_obligations(_with_number(self._book, rule, number), period)
        return self._owed[key]

    def _entries(self, series: Node, indicator: str, obligation: Obligation) -> list[Entry]:
        entries: list[Entry] = []
        for key, value in series.pairs:
            if value.text == MISSING:
                continue
            base = Entry(
                organization=Cell(obligation.organization, key.source),
                indicator=Cell(indicator, key.source),
                source=value.source,
                period=Cell(key.text, key.source),
            )
            entries.extend(_with_others(read_figure(base, value, self._found), obligation.rule.members))
        return [entry for entry in entries if entry.value is None or entry.value.text != MISSING]

    def _expected(self, fields: Fields) -> Expected | None:
        node = fields.child("expect", required=True)
        if node is None:
            return None
        expect = Fields(node, self._found, ("verdict", "reason", "progress", "gap", "notes"))
        outcome = expect.choice("verdict", Outcome, required=True)
        reason = expect.choice("reason", Reason)
        progress = expect.choice("progress", Progress)
        gap = expect.text("gap")
        if gap is not None and not _GAP.fullmatch(gap):
            self._report("not-a-number", node.source, word=gap)
        notes = expect.texts("notes") if expect.node.get("notes") else None
        return Expected(outcome, reason, progress, gap, notes) if outcome else None


def _with_others(entries: list[Entry], members: tuple[str, ...]) -> list[Entry]:
    """The entries with the one of `others` repeated for every member that none of them names."""
    named = {entry.member.text for entry in entries if entry.member}
    listed = []
    for entry in entries:
        if entry.member is None or entry.member.text != OTHERS or OTHERS in members:
            listed.append(entry)
        else:
            place = entry.member.source
            listed += [replace(entry, member=Cell(member, place)) for member in members if member not in named]
    return listed
