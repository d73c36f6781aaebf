"""Obligations, limits and figures → the rows of the engine's tables."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from fractions import Fraction
from math import gcd

from engine.evaluate.duckdb import Row
from engine.model.diagnostic import Diagnostic
from engine.model.figure import Figure, FigureKey, Form
from engine.model.limit import Edge, Limit, LimitedObligation
from engine.model.noun import dataclass
from engine.model.tables import GRID_DECIMALS, MAX_COEFFICIENT, MAX_CONSTANT
from engine.model.target import Kind

#: One step of the grid on which every unit of measure has a place.
GRID = Fraction(1, 10**GRID_DECIMALS)


@dataclass(slots=True)
class Operands:
    """The rows of the engine's tables, and which obligation each row number belongs to.

    Shape: `owners[n]` is (place of the obligation, member, whether under the original number) of row n.
    """

    obligations: list[Row] = field(default_factory=list)
    figures: list[Row] = field(default_factory=list)
    partners: list[Row] = field(default_factory=list)
    limits: list[Row] = field(default_factory=list)
    history: list[Row] = field(default_factory=list)
    owners: list[tuple[int, str, bool]] = field(default_factory=list)
    used: dict[int, Figure] = field(default_factory=dict)

    @property
    def tables(self) -> dict[str, list[Row]]:
        """The rows by the name of their table."""
        return {
            "obligations": self.obligations,
            "figures": self.figures,
            "partners": self.partners,
            "limits": self.limits,
            "history": self.history,
        }


def lay_out(limited: Sequence[LimitedObligation], figures: Mapping[FigureKey, Figure]) -> Operands:
    """Lay out what is owed beside what came in; obligations that are not due are left out."""
    layout = _Layout(figures)
    for place, item in enumerate(limited):
        if not item.obligation.owed:
            continue
        for member in item.obligation.rule.members or ("",):
            layout.add(place, item, member, item.limits, original=False)
            if item.original:
                layout.add(place, item, member, item.original, original=True)
    return layout.operands


class _Layout:
    """Rows with numbers for names: of every figure and limit that is needed, each once."""

    def __init__(self, figures: Mapping[FigureKey, Figure]) -> None:
        self.operands = Operands()
        self._given = figures
        self._figures: dict[FigureKey, str] = {}
        self._partners: set[FigureKey] = set()
        self._limits: dict[str, str] = {}
        self._laid_out: set[str] = set()
        self._met: dict[str, tuple[str | None, ...]] = {}

    def add(
        self, place: int, item: LimitedObligation, member: str, limits: tuple[Limit, ...], *, original: bool
    ) -> None:
        obligation, operands = item.obligation, self.operands
        number = len(operands.owners)
        operands.owners.append((place, member, original))
        indicator, period = obligation.indicator.id, obligation.period.key
        keys = [(name, indicator, period, member) for name in obligation.reporters]
        key = next((each for each in keys if each in self._given), keys[0])
        if key in self._given:
            operands.used[number] = self._given[key]
        partner = obligation.rule.partner
        operands.obligations.append(
            (
                str(number),
                self._limit(limits, key),
                str(number),
                str(period),
                self._figure(key),
                self._partner((key[0], partner, period, "")) if partner else None,
                _truth(obligation.rule.judging_kind is Kind.LEVEL),
                *self._meets(limits),
            )
        )
        for before, earlier in item.history:
            for name in obligation.reporters:
                key = (name, indicator, before, member)
                operands.history.append((str(number), self._limit(earlier, key), str(before), self._figure(key)))

    def _meets(self, limits: tuple[Limit, ...]) -> tuple[str | None, ...]:
        name = limits[0].limit_id
        if name not in self._met:
            self._met[name] = meets_numbers(limits, GRID)
        return self._met[name]

    def _limit(self, limits: tuple[Limit, ...], key: FigureKey) -> str:
        """The number of these limits; they are laid out as soon as a figure came in that they decide."""
        name = limits[0].limit_id
        number = self._limits.setdefault(name, str(len(self._limits)))
        if key in self._given and name not in self._laid_out:
            self._laid_out.add(name)
            self.operands.limits.extend(limit_row(limit, number, GRID) for limit in limits)
        return number

    def _figure(self, key: FigureKey) -> str:
        if key not in self._figures:
            self._figures[key] = str(len(self._figures))
            if key in self._given:
                self.operands.figures.append(figure_row(self._given[key], self._figures[key], GRID))
        return self._figures[key]

    def _partner(self, key: FigureKey) -> str:
        number = self._figure(key)
        if key in self._given and key not in self._partners:
            self._partners.add(key)
            self.operands.partners.append(figure_row(self._given[key], number, GRID))
        return number


def figure_row(figure: Figure, number: str, grid: Fraction, source: str | None = None) -> Row:
    """The row of a figure, counted in steps of `grid`."""
    return (
        number,
        figure.form.value,
        _steps(figure.x, grid),
        _steps(figure.y, grid),
        _steps(figure.x_half, grid),
        str(figure.x_sign),
        figure.fault,
        source,
    )


def fits_grid(limit: Limit) -> bool:
    """Whether every product with this limit stays on the engine's grid; too many digits in a rule leave it."""
    edges = [edge for edge in (limit.passing, limit.risk, limit.even, limit.ahead, limit.full, limit.meets) if edge]
    gap = limit.gap
    coefficients = [gap.nq, gap.np, gap.dp, *(value for edge in edges for value in (edge.q, edge.p))]
    constants = [gap.nc, gap.dc, *(edge.c for edge in edges)]
    return max(map(abs, coefficients)) < MAX_COEFFICIENT and max(map(abs, constants)) < MAX_CONSTANT


def limit_row(limit: Limit, number: str, grid: Fraction) -> Row:
    """The row of a limit for figures that are counted in steps of `grid`.

    Scaling an edge, or both sides of a quotient, by a positive number changes neither; so both become whole.
    """
    edges = (limit.passing, limit.risk, limit.even, limit.ahead, limit.full)
    numbers = [_edge_numbers(edge, grid) for edge in edges]
    gap = limit.gap
    # One step is `one` of `parts` parts of a base unit: constants, which are in base units, become as many more.
    one, parts = grid.as_integer_ratio()
    nq, np, nc, dp, dc = _smallest(gap.nq * one, gap.np * one, gap.nc * parts, gap.dp * one, gap.dc * parts)
    return (
        number,
        limit.form,
        *(value for q, p, _ in numbers for value in (q, p)),
        *(c for _, _, c in numbers),
        *(_truth(edge.strict) if edge else None for edge in edges),
        limit.below.value,
        limit.below_reason.value if limit.below_reason else None,
        nq,
        np,
        dp,
        nc,
        dc,
        _truth(limit.rounding),
    )


def meets_numbers(limits: Sequence[Limit], grid: Fraction) -> tuple[str | None, ...]:
    """From where on a level's baseline meets the target already: `q` and `c` of `q·y ≥ c`; None where there is none."""
    for limit in limits:
        if limit.meets:
            q, _, c = _edge_numbers(limit.meets, grid)
            return q, c
    return None, None


def _edge_numbers(edge: Edge | None, grid: Fraction) -> tuple[str | None, ...]:
    """`q`, `p` and `c` of `q·x + p·y ≥ c` for x and y in steps of the grid."""
    if edge is None:
        return None, None, None
    one, parts = grid.as_integer_ratio()
    return _smallest(edge.q * one, edge.p * one, edge.c * parts)


def _smallest(*numbers: int) -> tuple[str, ...]:
    """The smallest whole numbers in the same proportion."""
    divisor = gcd(*numbers) or 1
    return tuple([str(number // divisor) for number in numbers])


def _truth(value: bool) -> str:
    return "true" if value else "false"


def _steps(value: Fraction | None, grid: Fraction) -> str | None:
    """How many steps of the grid a number is; readers have refused what lies between two."""
    if value is None:
        return None
    steps = value / grid
    assert steps.denominator == 1, f"{value} is off the grid"
    return str(steps.numerator)


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
