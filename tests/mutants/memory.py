"""What need not be worked out again from one fault to the next: files, rules and limits that stay the same."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from fractions import Fraction
from typing import Any
from unittest import mock

from engine.evaluate import duckdb
from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.period import Period
from engine.model.rule import Indicator, Policy, Rule
from engine.plan import clauses as plan_clauses
from engine.plan import coverage as plan_coverage
from engine.plan import read as plan_read
from engine.plan import reread as plan_reread
from engine.rules import book as rules_book
from engine.rules import obligations, proofs
from engine.yamlsource import Node

#: Modules and names of functions that give the same answer to the same question, however often they are asked.
_ASKED_ONCE = (
    (rules_book, "read_yaml"), (plan_read, "read_plan_file"), (plan_coverage, "plan_proper"),
    (plan_coverage, "read_plan"), (plan_clauses, "read_plan"), (plan_coverage, "_body_of"),
    (plan_reread, "read_promises"), (plan_coverage, "digest_text"),
)  # fmt: skip

#: Readers of a node that never changes while its file does not.
_READ_ONCE = ("read_rule_file", "read_targets", "read_organizations", "read_policy")


@contextmanager
def remembering() -> Iterator[None]:
    """Work out once what stays the same from one fault to the next."""
    with ExitStack() as stack:
        for module, name in _ASKED_ONCE:
            stack.enter_context(mock.patch.object(module, name, _asked_once(getattr(module, name))))
        for name in _READ_ONCE:
            stack.enter_context(mock.patch.object(rules_book, name, _read_once(getattr(rules_book, name))))
        stack.enter_context(mock.patch.object(duckdb, "duckdb", _OneEngine()))
        stack.enter_context(mock.patch.object(proofs, "_nested", _proved_once(proofs._nested)))
        for module in (proofs, obligations):
            stack.enter_context(mock.patch.object(module, "compile_limits", _compiled_once(module.compile_limits)))
        yield


def _asked_once(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function with a memory; lists that it appends to are left out of the question and stay empty."""
    known: dict[tuple[object, ...], Any] = {}

    def ask(*args: Any, **more: Any) -> Any:
        key = tuple(arg for arg in args if not isinstance(arg, list)) + tuple(more.items())
        if key not in known:
            known[key] = function(*args, **more)
        return known[key]

    return ask


def _read_once(function: Callable[..., Any]) -> Callable[..., Any]:
    """The reader with a memory by its node; what it finds wrong is found again each time."""
    known: dict[int, tuple[Node, Any, list[Diagnostic]]] = {}

    def read(node: Node, *args: Any) -> Any:
        if id(node) not in known:
            found: list[Diagnostic] = []
            known[id(node)] = (node, function(node, *args[:-1], found), found)
        _, answer, found = known[id(node)]
        args[-1].extend(found)
        return answer

    return read


def _compiled_once(function: Callable[..., Any]) -> Callable[..., Any]:
    """The compiler with a memory by rule, indicator and policy, which are the same objects while their files stay."""
    known: dict[tuple[object, ...], tuple[object, Any]] = {}

    def compile_limits(
        rule: Rule, indicator: Indicator, threshold: Fraction | None, period: Period, policy: Policy, limit_id: str
    ) -> Any:
        key = (id(rule), id(indicator), threshold, period, id(policy), limit_id)
        if key not in known:
            # What is remembered is kept, so that no other object can take its number.
            known[key] = ((rule, indicator, policy), function(rule, indicator, threshold, period, policy, limit_id))
        return known[key][1]

    return compile_limits


def _proved_once(function: Callable[[Book, Rule, Fraction | None, Period], bool]) -> Callable[..., bool]:
    """The proof of a rule's bands with a memory, as that of its limits."""
    known: dict[tuple[object, ...], tuple[object, bool]] = {}

    def prove(book: Book, rule: Rule, base: Fraction | None, period: Period) -> bool:
        indicator = book.indicators[rule.indicator]
        key = (id(rule), id(indicator), base, period, id(book.policy))
        if key not in known:
            known[key] = ((rule, indicator, book.policy), function(book, rule, base, period))
        return known[key][1]

    return prove


class _OneEngine:
    """Stands for the engine's module: every connection is the same one, and finds its tables gone."""

    def __init__(self) -> None:
        self._connection = vars(duckdb)["duckdb"].connect(config={"threads": 1})
        # A few rows are judged sooner than a plan for many is made.
        self._connection.execute("PRAGMA disable_optimizer")

    def connect(self, config: dict[str, int]) -> "_OneEngine":
        return self

    def execute(self, sql: str, *values: object) -> Any:
        return self._connection.execute(sql.replace("CREATE TABLE", "CREATE OR REPLACE TABLE"), *values)

    def close(self) -> None:
        pass
