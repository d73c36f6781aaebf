"""Judging: obligations with their limits, and figures, through the one SQL text to verdicts."""

from collections.abc import Mapping, Sequence

from engine.evaluate.duckdb import judge_rows
from engine.evaluate.operands import fits_grid, lay_out, settle_joint_figures
from engine.evaluate.settle import read_row, settle
from engine.model.diagnostic import Diagnostic
from engine.model.figure import Figure, FigureKey
from engine.model.limit import LimitedObligation
from engine.model.rule import Rule
from engine.model.verdict import Verdict


def judge(
    limited: Sequence[LimitedObligation], figures: Mapping[FigureKey, Figure]
) -> tuple[list[Verdict], list[Diagnostic]]:
    """One verdict per obligation, in their order.

    Errors: joint-figures-differ.
    """
    if not limited:
        # Where nothing could be read nobody is held to anything, and the engine need not start.
        return [], []
    settled, found = settle_joint_figures(limited, figures)
    operands = lay_out(limited, settled)
    rows = judge_rows(operands.tables)
    return settle(limited, operands, [read_row(row) for row in rows], settled), found


def keep_exact(limited: Sequence[LimitedObligation]) -> tuple[list[LimitedObligation], list[Rule]]:
    """The obligations that the engine can judge exactly, and the rules of those that it cannot."""
    kept, refused = [], {}
    for item in limited:
        every = (*item.limits, *item.original, *(limit for _, limits in item.history for limit in limits))
        if all(fits_grid(limit) for limit in every):
            kept.append(item)
        else:
            refused[item.obligation.rule.id] = item.obligation.rule
    return kept, list(refused.values())
