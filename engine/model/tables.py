"""The tables that the judging engine reads and writes: their columns and types, declared once.

Figures and verdicts come in millions, so they are rows. Every number is a whole number of steps of a grid, every
coefficient is whole, too, so that each product and comparison is exact on every engine.
"""

#: A whole number of grid steps.
NUMBER = "DECIMAL(38,0)"

#: What a figure is multiplied by.
COEFFICIENT = "DECIMAL(18,0)"

#: Both, where every product is proven to fit: the judging text names no type, so it runs on either.
SHORT = "BIGINT"

#: The largest number of that type.
SHORT_MOST = 2**63 - 1

#: Decimals of a base unit that the widest grid holds: one step is a millionth.
GRID_DECIMALS = 6

#: Bounds that keep every product inside NUMBER: |figure| < 10²¹ and |constant| < 10³¹ base units, |coefficient| < 10¹⁰.
MAX_FIGURE = 10**21
MAX_COEFFICIENT = 10**10
MAX_CONSTANT = 10**31

Columns = tuple[tuple[str, str], ...]

#: One row: a comparison that somebody owes (a member of a list for `each`). `figure` and `partner` are the keys of the
#: figures that it needs, `line` counts the lines that stay crossed.
OBLIGATIONS: Columns = (
    ("obligation", "BIGINT"),
    ("limit_id", "INTEGER"),
    ("line", "BIGINT"),
    ("period", "INTEGER"),
    ("figure", "BIGINT"),
    ("partner", "BIGINT"),
    ("is_level", "BOOLEAN"),
    ("meets_q", COEFFICIENT),
    ("meets_c", NUMBER),
)

#: One row: a figure that came in, at most one per key; `source` says where it stands.
FIGURES: Columns = (
    ("figure", "BIGINT"),
    ("form", "VARCHAR"),
    ("x", NUMBER),
    ("y", NUMBER),
    ("x_half", NUMBER),
    ("x_sign", "INTEGER"),
    ("fault", "VARCHAR"),
    ("source", "BIGINT"),
)

_EDGES = ("pass", "risk", "even", "ahead", "full")

#: One row: what decides one form of a rule's figure in one period.
LIMITS: Columns = (
    ("limit_id", "INTEGER"),
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

#: One row: a period of the year in which a line that stays crossed may have been crossed.
HISTORY: Columns = (
    ("line", "BIGINT"),
    ("limit_id", "INTEGER"),
    ("period", "INTEGER"),
    ("figure", "BIGINT"),
)

#: Every table that the judging text reads; `partners` are figures again, those that others are compared with.
TABLES: dict[str, Columns] = {
    "obligations": OBLIGATIONS,
    "figures": FIGURES,
    "partners": FIGURES,
    "limits": LIMITS,
    "history": HISTORY,
}

#: What the judging text returns, one row per obligation.
VERDICTS = (
    "obligation", "source", "form", "outcome", "reason", "progress", "gap_numerator", "gap_denominator", "depends",
    "nothing_eligible", "breached_in",
)  # fmt: skip


def short(columns: Columns) -> Columns:
    """The same table with short numbers."""
    return tuple((name, SHORT if kind in (NUMBER, COEFFICIENT) else kind) for name, kind in columns)
