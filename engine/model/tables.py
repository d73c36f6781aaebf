"""The tables that the judging engine reads and writes: their columns and types, declared once.

Figures and verdicts come in millions, so they are rows; every number is DECIMAL(38,6) on one grid, every
coefficient a whole number, so that each product and comparison is exact on every engine.
"""

#: One grid for figures, limits and products: 32 digits before the point and 6 behind it.
NUMBER = "DECIMAL(38,6)"

#: What a figure is multiplied by: whole, so that the product stays on the grid of the figure.
COEFFICIENT = "DECIMAL(18,0)"

#: Decimals of a base unit that the grid holds.
GRID_DECIMALS = 6

#: Bounds that keep every product inside the grid: |figure| < 10²¹, |coefficient| < 10¹⁰, |constant| < 10³¹.
MAX_FIGURE = 10**21
MAX_COEFFICIENT = 10**10
MAX_CONSTANT = 10**31

Columns = tuple[tuple[str, str], ...]

#: One row: a comparison that somebody owes (a member of a list for `each`).
OBLIGATIONS: Columns = (
    ("obligation", "INTEGER"),
    ("limit_id", "VARCHAR"),
    ("organization", "VARCHAR"),
    ("indicator", "VARCHAR"),
    ("partner", "VARCHAR"),
    ("period", "INTEGER"),
    ("member", "VARCHAR"),
    ("is_level", "BOOLEAN"),
    ("meets_q", COEFFICIENT),
    ("meets_c", NUMBER),
)

#: One row: a figure that came in, at most one per organization, indicator, period and member.
FIGURES: Columns = (
    ("organization", "VARCHAR"),
    ("indicator", "VARCHAR"),
    ("period", "INTEGER"),
    ("member", "VARCHAR"),
    ("form", "VARCHAR"),
    ("x", NUMBER),
    ("y", NUMBER),
    ("x_half", NUMBER),
    ("x_sign", "INTEGER"),
    ("fault", "VARCHAR"),
)

_EDGES = ("pass", "risk", "even", "ahead", "full")

#: One row: what decides one form of a rule's figure in one period.
LIMITS: Columns = (
    ("limit_id", "VARCHAR"),
    ("form", "VARCHAR"),
    *((f"{edge}_{part}", COEFFICIENT) for edge in _EDGES for part in ("q", "p")),
    *((f"{edge}_c", NUMBER) for edge in _EDGES),
    *((f"{edge}_strict", "BOOLEAN") for edge in _EDGES),
    ("below", "VARCHAR"),
    ("below_reason", "VARCHAR"),
    *((f"gap_{part}", COEFFICIENT) for part in ("nq", "np", "dp")),
    ("gap_nc", NUMBER),
    ("gap_dc", NUMBER),
    ("rounding", "BOOLEAN"),
)

#: One row: an earlier period of the year in which a line may already have been crossed.
HISTORY: Columns = (
    ("obligation", "INTEGER"),
    ("limit_id", "VARCHAR"),
    ("organization", "VARCHAR"),
    ("indicator", "VARCHAR"),
    ("period", "INTEGER"),
    ("member", "VARCHAR"),
)

#: What the judging text returns, one row per obligation.
VERDICTS = (
    "obligation", "form", "outcome", "reason", "progress", "gap_numerator", "gap_denominator", "depends",
    "nothing_eligible", "breached_in",
)  # fmt: skip
