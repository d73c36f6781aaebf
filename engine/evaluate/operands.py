"""Obligations, limits and figures → the rows of the engine's tables."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from engine.evaluate.duckdb import Row
from engine.model.diagnostic import Diagnostic
from engine.model.figure import Figure, FigureKey, Form
from engine.model.limit import Edge, Limit, LimitedObligation
from engine.model.tables import GRID_DECIMALS, MAX_COEFFICIENT, MAX_CONSTANT
from engine.model.target import Kind


@dataclass(slots=True)
class Operands:
    """The rows of the engine's tables, and which obligation each row number belongs to.

    Shape: `owners[n]` is (place of the obligation, member, whether under the original number) of row n.
    """

    obligations: list[Row] = field(default_factory=list)
    figures: list[Row] = field(default_factory=list)
    limits: list[Row] = field(default_factory=list)
    history: list[Row] = field(default_factory=list)
    owners: list[tuple[int, str, bool]] = field(default_factory=list)
    used: dict[int, Figure] = field(default_factory=dict)


def lay_out(limited: Sequence[LimitedObligation], figures: Mapping[FigureKey, Figure]) -> Operands:
    """Lay out what is owed beside what came in; obligations that are not due are left out."""
    operands = Operands()
    known: set[str] = set()
    for place, item in enumerate(limited):
        if not item.obligation.owed:
            continue
        for limits in (item.limits, item.original, *(limits for _, limits in item.history)):
            for limit in limits:
                name = f"{limit.limit_id}/{limit.form}"
                if name not in known:
                    known.add(name)
                    operands.limits.append(_limit_row(limit))
        for member in item.obligation.rule.members or ("",):
            _add(operands, place, item, member, item.limits, figures, original=False)
            if item.original:
                _add(operands, place, item, member, item.original, figures, original=True)
    # Earlier periods only matter to lines that stay crossed.
    periods = {row[5] for row in operands.obligations} | {row[4] for row in operands.history}
    operands.figures.extend(_figure_row(figure) for figure in figures.values() if str(figure.period.key) in periods)
    return operands


def _add(
    operands: Operands,
    place: int,
    item: LimitedObligation,
    member: str,
    limits: tuple[Limit, ...],
    figures: Mapping[FigureKey, Figure],
    *,
    original: bool,
) -> None:
    obligation = item.obligation
    number = len(operands.owners)
    operands.owners.append((place, member, original))
    reporter = obligation.organization
    for name in obligation.reporters:
        figure = figures.get((name, obligation.indicator.id, obligation.period.key, member))
        if figure is not None:
            operands.used[number] = figure
            reporter = name
            break
    meets = next((limit.meets for limit in limits if limit.meets), None)
    operands.obligations.append(
        (
            str(number),
            limits[0].limit_id,
            reporter,
            obligation.indicator.id,
            obligation.rule.partner or "",
            str(obligation.period.key),
            member,
            _truth(obligation.rule.judging_kind is Kind.LEVEL),
            str(meets.q) if meets else None,
            str(meets.c) if meets else None,
        )
    )
    for period, earlier in item.history:
        operands.history.extend(
            (str(number), earlier[0].limit_id, name, obligation.indicator.id, str(period), member)
            for name in obligation.reporters
        )


def _figure_row(figure: Figure) -> Row:
    return (
        figure.organization,
        figure.indicator,
        str(figure.period.key),
        figure.member,
        figure.form.value,
        _grid(figure.x),
        _grid(figure.y),
        _grid(figure.x_half),
        str(figure.x_sign),
        figure.fault,
    )


def fits_grid(limit: Limit) -> bool:
    """Whether every product with this limit stays on the engine's grid; too many digits in a rule leave it."""
    edges = [edge for edge in (limit.passing, limit.risk, limit.even, limit.ahead, limit.full, limit.meets) if edge]
    gap = limit.gap
    coefficients = [gap.nq, gap.np, gap.dp, *(value for edge in edges for value in (edge.q, edge.p))]
    constants = [gap.nc, gap.dc, *(edge.c for edge in edges)]
    return all(abs(value) < MAX_COEFFICIENT for value in coefficients) and all(
        abs(value) < MAX_CONSTANT for value in constants
    )


def _limit_row(limit: Limit) -> Row:
    edges = (limit.passing, limit.risk, limit.even, limit.ahead, limit.full)
    gap = limit.gap
    return (
        limit.limit_id,
        limit.form,
        *(value for edge in edges for value in (_whole(edge, "q"), _whole(edge, "p"))),
        *(_whole(edge, "c") for edge in edges),
        *(_truth(edge.strict) if edge else None for edge in edges),
        limit.below.value,
        limit.below_reason.value if limit.below_reason else None,
        str(gap.nq),
        str(gap.np),
        str(gap.dp),
        str(gap.nc),
        str(gap.dc),
        _truth(limit.rounding),
    )


def _whole(edge: Edge | None, part: str) -> str | None:
    return None if edge is None else str(getattr(edge, part))


def _truth(value: bool) -> str:
    return "true" if value else "false"


def _grid(value: Fraction | None) -> str | None:
    """The number as the text of a decimal on the grid; readers have refused what does not lie on it."""
    if value is None:
        return None
    scaled = value * 10**GRID_DECIMALS
    assert scaled.denominator == 1, f"{value} is off the grid"
    return str(Decimal(scaled.numerator).scaleb(-GRID_DECIMALS))


def settle_joint_figures(
    limited: Iterable[LimitedObligation], figures: Mapping[FigureKey, Figure]
) -> tuple[dict[FigureKey, Figure], list[Diagnostic]]:
    """Where bodies answer jointly, one figure is enough; two different ones leave none to be judged.

    Errors: joint-figures-differ, once per indicator, period and member.
    """
    settled = dict(figures)
    found: list[Diagnostic] = []
    done: set[tuple[str, int, frozenset[str]]] = set()
    for item in limited:
        obligation = item.obligation
        # Every body of the clause has the same set of reporters, so one of them speaks for all.
        group = (obligation.indicator.id, obligation.period.key, frozenset(obligation.reporters))
        if len(obligation.reporters) < 2 or group in done:
            continue
        done.add(group)
        for member in obligation.rule.members or ("",):
            keys = [
                (name, obligation.indicator.id, obligation.period.key, member) for name in sorted(obligation.reporters)
            ]
            given = [settled[key] for key in keys if key in settled and settled[key].fault is None]
            if (
                len({(figure.form, figure.x, figure.y if figure.form is not Form.VALUE else None) for figure in given})
                < 2
            ):
                continue
            params = {
                "indicator": obligation.indicator.name,
                "figures": "；".join(f"{figure.organization} {figure.submitted}" for figure in given),
            }
            others = tuple(figure.source for figure in given[1:])
            found.append(Diagnostic("joint-figures-differ", given[0].source, params, others))
            for figure in given:
                settled[figure.key] = replace(figure, fault="joint-figures-differ")
    return settled, found
