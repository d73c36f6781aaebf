"""The optional solver: decides what interval reasoning leaves open. Nothing else imports it.

z3 reckons in exact fractions and knows open bounds, so its answers are proofs as well; a point that it gives is
checked again here.
"""

from fractions import Fraction
from importlib.util import find_spec
from typing import Any

from engine.exact.linear import Answer, Claims, Decide, System, Variable

#: The extra that brings the solver, as pip knows it.
EXTRA = "biaochi[solver]"

#: Steps and not seconds, so that the same book gets the same answer on every machine.
_STEPS = 20_000_000


def find_solver() -> Decide | None:
    """The solver, if the extra is installed."""
    return solve if find_spec("z3") is not None else None


def solve(system: System) -> Answer:
    """What the solver says of a system; None where it gives up or its point is no fraction."""
    import z3

    names = {name: z3.Real(f"x{place}") for place, name in enumerate(system.ranges)}
    solver = z3.Solver()
    solver.set("rlimit", _STEPS)
    for name, interval in system.ranges.items():
        for bound, sign, is_open in ((interval.low, 1, interval.low_open), (interval.high, -1, interval.high_open)):
            if bound is not None:
                distance = sign * (names[name] - _number(z3, bound))
                solver.add(distance > 0 if is_open else distance >= 0)
    because: dict[str, Claims] = {}
    for place, (formula, claims) in enumerate(_formulas(z3, system, names)):
        because[f"c{place}"] = claims
        solver.assert_and_track(formula, f"c{place}")
    answer = solver.check()
    if answer == z3.unsat:
        return frozenset().union(*(because[str(name)] for name in solver.unsat_core()))
    return _point(z3, system, solver.model(), names) if answer == z3.sat else None


def _formulas(z3: Any, system: System, names: dict[Variable, Any]) -> list[tuple[Any, Claims]]:
    found = []
    for each in system.linear:
        total = _number(z3, each.constant)
        for name, factor in each.terms:
            total = total + _number(z3, factor) * names[name]
        found.append((total > 0 if each.strict else total >= 0, each.because))
    for product in system.products:
        below = names[product.denominator]
        whole = product.scale * names[product.numerator] == names[product.rate] * below
        found.append((z3.And(below > 0, whole), product.because))
    return found


def _number(z3: Any, number: Fraction) -> Any:
    return z3.RealVal(f"{number.numerator}/{number.denominator}")


def _point(z3: Any, system: System, model: Any, names: dict[Variable, Any]) -> dict[Variable, Fraction] | None:
    point: dict[Variable, Fraction] = {}
    for name, variable in names.items():
        value = model.eval(variable, model_completion=True)
        if not z3.is_rational_value(value):
            return None
        point[name] = Fraction(value.numerator_as_long(), value.denominator_as_long())
    return point if system.holds(point) else None
