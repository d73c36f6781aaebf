"""Rows and results to compare in tests."""

from dataclasses import replace
from typing import Any

from engine.model.difference import MadeOf, Row, SidedFinding, Told
from engine.model.source import Source

_ROW = Row(
    organization="經信局",
    role="lead",
    rule="firms",
    period="2025Q2",
    clause="16",
    indicator="firms",
    kind="total",
    comparator="at_least",
    unit="家",
    verdict="pass",
    reason=None,
    progress="on-pace",
    actual="111",
    submitted="111 家",
    due="111",
    target_value="222",
    gap="0",
    gap_unit="percentage point",
    amendment=None,
    waiver=None,
    notes=(),
    source=Source("submissions/2025Q2/a.yaml", 3, 5),
)


def row_of(**changes: Any) -> Row:
    """A verdict that passes, with what a test wants otherwise."""
    return replace(_ROW, **changes)


def told_of_rows(
    *rows: Row, findings: tuple[SidedFinding, ...] = (), made_of: MadeOf | None = None, digest: str = "sha256:0"
) -> Told:
    """A complete result with these rows."""
    return Told("a.json", "示意方案", digest, rows, findings, True, made_of or MadeOf())
