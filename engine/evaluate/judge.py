"""Judging: obligations with their limits, and figures, through the one SQL text to verdicts."""

from collections.abc import Mapping, Sequence

from engine.evaluate.duckdb import Opening, judge_rows
from engine.evaluate.operands import fits_grid, lay_out, settle_joint_figures
from engine.evaluate.settle import read_row, settle
from engine.model.diagnostic import Diagnostic
from engine.model.figure import Figure, FigureKey
from engine.model.limit import LimitedObligation
from engine.model.rule import Rule
from engine.model.verdict import Verdict


def judge(
    limited: Sequence[LimitedObligation], figures: Mapping[FigureKey, Figure], opening: Opening | None = None
) -> tuple[list[Verdict], list[Diagnostic]]:
    """One verdict per obligation, in their order, from a database that may have begun to open before.

    Errors: joint-figures-differ.
    """
    if not limited:
        # Where nothing could be read nobody is held to anything, and the engine need not start.
        return [], []
    settled, found = settle_joint_figures(limited, figures)
    operands = lay_out(limited, settled)
    rows = judge_rows(operands.tables, opening)
    return settle(limited, operands, [read_row(row) for row in rows], settled), found


def keep_exact(limited: Sequence[LimitedObligation]) -> tuple[list[LimitedObligation], list[Rule]]:
    """The obligations that the engine can judge exactly, and the rules of those that it cannot."""
    kept, refused = [], {}
    exact: dict[str, bool] = {}
    for item in limited:
        # Many bodies share the limits of a rule.
        every = (item.limits, item.original, *(limits for _, limits in item.history))
        for limits in every:
            if limits and limits[0].limit_id not in exact:
                exact[limits[0].limit_id] = all(fits_grid(limit) for limit in limits)
        if all(exact[limits[0].limit_id] for limits in every if limits):
            kept.append(item)
        else:
            refused[item.obligation.rule.id] = item.obligation.rule
    return kept, list(refused.values())
