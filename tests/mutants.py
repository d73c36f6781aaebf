"""A generator of faults: the book with one thing wrong at a time, and whether anybody notices.

`python -m tests.mutants` (or `make mutants`) plants every fault into the texts of the book in memory, one after
another, and asks `validate` with the plan's own text, where it is at hand. A fault that nothing notices is a
survivor; survivors are listed by name, and there should be none. `--sample N` tries every N-th fault.
"""

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from unittest import mock

from engine.model.book import Book
from engine.model.codes import CODES
from engine.model.diagnostic import Diagnostic, Severity
from engine.plan import coverage as plan_coverage
from engine.plan.clauses import read_plan
from engine.plan.coverage import cover_plan
from engine.rules import book as rules_book
from engine.rules.agreement import check_agreement
from engine.rules.book import bind_book
from engine.rules.dated import check_dated
from engine.rules.proofs import prove_rules
from engine.rules.read import BookFiles, read_book_files
from engine.yamlsource import Node, read_yaml

ROOT = Path(__file__).resolve().parent.parent
PLAN = ROOT.parent / "shared" / "plan" / "xianning-2025.txt"

Texts = dict[str, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: what kind of thing, where, and the texts that it changes.

    `needs_plan`: nothing in the book itself can contradict it, only the plan's own text can.
    """

    kind: str
    place: str
    texts: Texts
    needs_plan: bool = False

    @property
    def name(self) -> str:
        return f"{self.kind}: {self.place}"


# --- editing texts where a node stands ---------------------------------------------------------------------------


def _offset(text: str, line: int, column: int) -> int:
    at = 0
    for _ in range(line - 1):
        at = text.index("\n", at) + 1
    return at + column - 1


def _replace(text: str, node: Node, new: str) -> str:
    """The text with another scalar in the place of a node; quotation marks stay."""
    start = _offset(text, node.line, node.column)
    written = node.text.replace("'", "''") if text[start] == "'" else node.text
    start += text[start] in "'\""
    assert text.startswith(written, start), f"{node.source}: only scalars of one line can be edited"
    return text[:start] + new + text[start + len(written) :]


def _editable(text: str, node: Node) -> bool:
    start = _offset(text, node.line, node.column)
    return text.startswith(node.text, start + (text[start] in "'\""))


def _insert(text: str, node: Node, key: str, lines: str) -> str:
    """The text of a block mapping with further keys before one that it has."""
    name = next(name for name, _ in node.pairs if name.text == key)
    start = _offset(text, name.line, 1)
    return text[:start] + " " * (name.column - 1) + lines + "\n" + text[start:]


def _without(text: str, items: Sequence[Node], at: int) -> str:
    """The text of a list of block mappings without one of them."""
    lines = text.splitlines(keepends=True)
    first = items[at].line - 1
    last = items[at + 1].line - 1 if at + 1 < len(items) else len(lines)
    if at + 1 == len(items):
        # Up to the next line that is not indented: the end of the list.
        last = next((n for n in range(first + 1, len(lines)) if not lines[n].startswith((" ", "\n"))), len(lines))
    return "".join(lines[:first] + lines[last:])


def _items(node: Node, key: str) -> tuple[Node, ...]:
    found = node.get(key)
    return found.items if found else ()


def _text(node: Node, key: str) -> str:
    found = node.get(key)
    return found.text if found else ""


# --- what a scalar can be mistaken for ---------------------------------------------------------------------------


def step(number: str) -> Decimal:
    """One reporting step of a printed number: one unit of its last digit."""
    return Decimal(1).scaleb(-len(number.partition(".")[2]))


def _moved(number: str) -> Iterator[str]:
    for sign in (1, -1):
        yield str(Decimal(number) + sign * step(number))


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
_OTHER_UNIT = {
    "家": "個", "個": "家", "%": "‰", "萬畝": "畝", "億元": "萬元", "人": "人次", "萬人": "人", "萬人次": "萬人",
    "項": "件", "場": "次", "部": "臺", "套": "戶", "公里": "里", "萬平方米": "平方米", "次": "起", "起": "次",
}  # fmt: skip


# --- faults in rules ---------------------------------------------------------------------------------------------


def rule_faults(texts: Texts) -> Iterator[Fault]:
    """What can go wrong in the rule files."""
    for name, text in texts.items():
        if not name.startswith("rules/"):
            continue
        root = _root(text, name)
        rules = _items(root, "rules")
        for at, rule in enumerate(rules):
            place = f"{name} {_text(rule, 'id')}"
            for kind, changed in _rule_edits(text, rule):
                yield Fault(kind, place, {name: changed})
            yield Fault("rule removed", place, {name: _without(text, rules, at)})
        indicators = _items(root, "indicators")
        for at, indicator in enumerate(indicators):
            changed = _without(text, indicators, at)
            yield Fault("indicator removed", f"{name} {_text(indicator, 'id')}", {name: changed})
        clause = root.get("clause")
        assert clause is not None, f"{name} names no clause"
        other = "155" if clause.text != "155" else "154"
        yield Fault("clause number swapped in rules", name, {name: _replace(text, clause, other)})
        yield Fault("rule file removed", name, {name: ""})


def _rule_edits(text: str, rule: Node) -> Iterator[tuple[str, str]]:
    for key in ("threshold", "upper"):
        node = rule.get(key)
        if node is None:
            continue
        number, _, unit = node.text.partition(" ")
        for moved in _moved(number):
            yield "threshold one step off", _replace(text, node, f"{moved} {unit}")
        yield "unit of measure changed in the rule", _replace(text, node, f"{number} {_OTHER_UNIT.get(unit, '件')}")
    comparator = rule.get("comparator")
    if comparator is not None:
        for flipped in _FLIPPED[comparator.text]:
            yield "comparator flipped in the rule", _replace(text, comparator, flipped)
    else:
        yield "comparator flipped in the rule", _insert(text, rule, "judged", "comparator: at_most")
    for key in ("kind", "inner_kind"):
        node = rule.get(key)
        if node is not None:
            yield "kind changed in the rule", _replace(text, node, _OTHER_KIND[node.text])
    soft = rule.get("soft")
    if soft is not None:
        yield "softness changed in the rule", _replace(text, soft, "false")
    else:
        yield "softness changed in the rule", _insert(text, rule, "judged", "soft: true\n  tolerance: 1 個百分點")
    bands = rule.get("bands")
    if bands is not None:
        yield from _band_edits(text, bands)
    target = rule.get("target")
    if target is not None:
        yield (
            "rule of another target",
            _replace(text, target, "gdp-growth" if target.text != "gdp-growth" else "marathon"),
        )


def _band_edits(text: str, bands: Node) -> Iterator[tuple[str, str]]:
    """Each edge moved onto and beyond its neighbour."""
    edges = [edge for band in bands.items if (edge := band.get("at_least"))]
    for upper, lower in pairwise(edges):
        beyond = str(Decimal(upper.text) + 1)
        yield "band widened into its neighbour", _replace(text, lower, upper.text)
        yield "band widened into its neighbour", _replace(text, lower, beyond)
        yield "band widened into its neighbour", _replace(text, upper, str(Decimal(lower.text) - 1))
    for place, band in enumerate(bands.items[:-1]):
        verdict = band.get("verdict")
        if verdict is not None:
            yield "band of another verdict", _replace(text, verdict, "fail" if place == 0 else "pass-late")


# --- faults in the reading of the plan ---------------------------------------------------------------------------


def target_faults(texts: Texts) -> Iterator[Fault]:
    """What can go wrong in `targets.yaml`."""
    name = "targets.yaml"
    text = texts[name]
    root = _root(text, name)
    clauses = _items(root, "clauses")
    for at, clause in enumerate(clauses):
        number = clause.get("clause")
        assert number is not None, "a clause without a number"
        yield Fault("clause removed", number.text, {name: _without(text, clauses, at)}, not _items(clause, "targets"))
        if at + 1 < len(clauses):
            following = clauses[at + 1].get("clause")
            assert following is not None, "a clause without a number"
            if number.text.isdigit() is following.text.isdigit():
                changed = _replace(_replace(text, following, number.text), number, following.text)
                yield Fault("clause numbers swapped", f"{number.text} and {following.text}", {name: changed}, True)
        yield from _body_faults(text, clause, number.text)
        targets = _items(clause, "targets")
        for target in targets:
            place = f"{number.text} {_text(target, 'id')}"
            for kind, changed, needs_plan in _target_edits(text, target):
                yield Fault(kind, place, {name: changed}, needs_plan)
        for other in _items(clause, "not_targets"):
            quote = other.get("quote")
            if quote is not None and _editable(text, quote):
                for changed in _misquoted(text, quote):
                    yield Fault("quote of no target altered", f"{number.text} {quote.text}", {name: changed}, True)
            changed = _without_line(text, other)
            yield Fault("no-target undeclared", f"{number.text} {_text(other, 'quote')}", {name: changed}, True)
    plan = root.get("plan")
    digest = plan.get("digest") if plan else None
    if digest is not None:
        last = "0" if digest.text[-1] != "0" else "1"
        yield Fault("digest altered", digest.text[:15], {name: _replace(text, digest, digest.text[:-1] + last)}, True)


def _without_line(text: str, node: Node) -> str:
    lines = text.splitlines(keepends=True)
    key = lines[node.line - 2]
    assert lines[node.line - 1].lstrip().startswith("- {"), "declared in one line each"
    del lines[node.line - 1]
    alone = key.strip() == "not_targets:" and not lines[node.line - 1].lstrip().startswith("- {quote:")
    if alone:
        del lines[node.line - 2]
    return "".join(lines)


def _body_faults(text: str, clause: Node, number: str) -> Iterator[Fault]:
    for key in ("lead", "responsible"):
        bodies = _items(clause, key)
        listed = clause.get(key)
        if listed is None or not bodies:
            continue
        start = _offset(text, listed.line, listed.column)
        end = text.index("]", start) + 1
        names = [body.text for body in bodies]
        added = next(name for name in ("市統計局", "市審計局", "市司法局") if name not in names)
        dropped = [names[1:], names[:-1]] if len(names) > 1 else [[]]
        for kind, changed in [("body added", [*names, added]), *(("body dropped", left) for left in dropped)]:
            written = "[" + ", ".join(changed) + "]"
            yield Fault(kind, f"{number} {key}", {"targets.yaml": text[:start] + written + text[end:]}, True)


def _misquoted(text: str, quote: Node) -> Iterator[str]:
    """A sign left out in the middle, one put in the place of another, one added at the end."""
    words = quote.text
    middle = len(words) // 2
    # Half of a short name such as 5G still is the plan's own words.
    if len(words) > 2:
        yield _replace(text, quote, words[:middle] + words[middle + 1 :])
    yield _replace(text, quote, words[:middle] + "某" + words[middle + 1 :])
    yield _replace(text, quote, words + "某")


def _target_edits(text: str, target: Node) -> Iterator[tuple[str, str, bool]]:
    quote = target.get("quote")
    if quote is not None and _editable(text, quote):
        for changed in _misquoted(text, quote):
            yield "quote altered", changed, True
    for key in ("value", "upper"):
        node = target.get(key)
        if node is not None:
            for moved in _moved(node.text):
                yield "value one step off", _replace(text, node, moved), False
    unit = target.get("unit")
    if unit is not None:
        yield "unit of measure changed in the reading", _replace(text, unit, _OTHER_UNIT.get(unit.text, "件")), False
    comparator = target.get("comparator")
    if comparator is not None:
        for flipped in _FLIPPED[comparator.text]:
            yield "comparator flipped in the reading", _replace(text, comparator, flipped), False
    kind = target.get("kind")
    if kind is not None:
        yield "kind changed in the reading", _replace(text, kind, _OTHER_KIND[kind.text]), False
        soft = target.get("soft")
        if soft is not None:
            yield "softness changed in the reading", _replace(text, soft, "false"), False
        else:
            yield "softness changed in the reading", _insert(text, target, "kind", "soft: true"), False


# --- faults in quotas and bands of the book ----------------------------------------------------------------------


def quota_faults(texts: Texts, book: Book) -> Iterator[Fault]:
    """Quotas that no longer keep the promise, given to a body that is not responsible, or to nobody's rule."""
    rules = {rule.id: rule for rule in book.rules}
    for allocation in book.allocations.values():
        name = allocation.source.file
        text = texts[name]
        root = _root(text, name)
        quotas, rule = root.get("quotas"), root.get("rule")
        assert quotas is not None, f"{name} has no quotas"
        assert rule is not None, f"{name} names no rule"
        promised = rules[allocation.rule].threshold
        assert promised is not None, f"{name}: a quota of a rule without a number"
        reserve = sum(quota.base for quota in allocation.quotas.values()) - promised.base
        for body, node in quotas.pairs:
            number, _, unit = node.text.partition(" ")
            quota = next(each for each in allocation.quotas.values() if each.text == node.text)
            # A table may hold some reserve: what is lowered within it still keeps the promise.
            lowered = (
                Decimal(number) - Decimal(reserve.numerator) / reserve.denominator / quota.unit.factor - step(number)
            )
            place = f"{name} {body.text}"
            yield Fault("quota lowered", place, {name: _replace(text, node, f"{lowered} {unit}")})
            yield Fault("quota in another unit of measure", place, {name: _replace(text, node, f"{number} 件")})
            yield Fault("quota for an unknown body", place, {name: _replace(text, body, "市檔案館")})
            yield Fault("quota for a body that is not responsible", place, {name: _replace(text, body, "市統計局")})
        yield Fault("quotas of another rule", name, {name: _replace(text, rule, "gdp-growth")})
        yield Fault("quota table removed", name, {name: ""})


def policy_faults(texts: Texts) -> Iterator[Fault]:
    """The book's own bands."""
    text = texts.get("policy.yaml")
    bands = _root(text, "policy.yaml").get("bands") if text else None
    if text and bands is not None:
        for key, ladder in bands.pairs:
            for kind, changed in _band_edits(text, ladder):
                yield Fault(kind, f"policy.yaml {key.text}", {"policy.yaml": changed})


# --- planting them -----------------------------------------------------------------------------------------------


def all_faults(texts: Texts) -> list[Fault]:
    """Every fault of a sound book, in a stable order."""
    book, _ = _bind(texts)
    assert book is not None, "the book itself cannot be read"
    return [*rule_faults(texts), *target_faults(texts), *quota_faults(texts, book), *policy_faults(texts)]


def findings_of(texts: Texts, plan: str | None) -> Iterator[list[Diagnostic]]:
    """What `validate` finds, in portions: the quick ones first, so that a fault is known as soon as it is seen."""
    book, found = _bind(texts)
    yield found
    if book is None:
        return
    yield check_agreement(book, found)
    yield check_dated(book)
    if plan is not None:
        yield cover_plan(book, plan, "plan.txt")[1]
    yield prove_rules(book)


def caught_by(fault: Fault, texts: Texts, plan: str | None) -> str | None:
    """The code that gives a fault away; None where nothing does."""
    changed = {name: text for name, text in {**texts, **fault.texts}.items() if text}
    for portion in findings_of(changed, plan):
        for finding in portion:
            if CODES[finding.code].severity is Severity.ERROR:
                return finding.code
    return None


def _bind(texts: Texts) -> tuple[Book | None, list[Diagnostic]]:
    return bind_book(BookFiles(Path("book"), texts, "sha256:0"))


def _root(text: str, name: str) -> Node:
    node, found = read_yaml(text, name)
    assert node is not None, f"{name}: {found}"
    return node


def book_texts(folder: Path) -> Texts:
    """The texts of the book in a folder."""
    return read_book_files(folder, []).texts


def run(faults: Sequence[Fault], texts: Texts, plan: str | None) -> list[Fault]:
    """The faults that nobody notices. Files that stay the same are read once."""
    with (
        mock.patch.object(rules_book, "read_yaml", cache(read_yaml)),
        mock.patch.object(plan_coverage, "read_plan", cache(read_plan)),
        mock.patch.object(plan_coverage, "_body_of", cache(plan_coverage._body_of)),
    ):
        return [fault for fault in faults if caught_by(fault, texts, plan) is None]


def main(arguments: Sequence[str]) -> int:
    """Plant all faults; the exit code is 1 where some survive."""
    parser = argparse.ArgumentParser(description="Plant faults into the book and see who survives.")
    parser.add_argument("--sample", type=int, default=1, metavar="N", help="try every N-th fault")
    parser.add_argument("--plan", type=Path, default=PLAN, help="the plan's own text")
    options = parser.parse_args(arguments)
    texts = book_texts(ROOT)
    plan = options.plan.read_text(encoding="utf-8") if options.plan.is_file() else None
    faults = all_faults(texts)
    possible = [fault for fault in faults if plan is not None or not fault.needs_plan][:: options.sample]
    began = time.perf_counter()
    survivors = run(possible, texts, plan)
    kinds: dict[str, list[int]] = {}
    lost = {id(fault) for fault in survivors}
    for fault in possible:
        counts = kinds.setdefault(fault.kind, [0, 0])
        counts[0] += 1
        counts[1] += id(fault) in lost
    for kind, (planted, survived) in sorted(kinds.items()):
        print(f"{planted:5d} {kind}" + (f", {survived} survive" if survived else ""))
    for fault in survivors:
        print(f"survivor  {fault.name}")
    seconds = time.perf_counter() - began
    print(f"{len(possible)} faults, {len(possible) - len(survivors)} caught, {len(survivors)} survive; {seconds:.0f} s")
    if plan is None:
        print(f"{len(faults) - len(possible)} more need the plan's own text, which is not here (--plan FILE)")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
