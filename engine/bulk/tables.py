"""The tables between Parquet and the judging text, and their types."""

from engine.model.tables import NUMBER, OBLIGATIONS, Columns

#: Names as they are written in the files → place of the organization in the book.
ORGANIZATIONS: Columns = (("name", "VARCHAR"), ("organization", "INTEGER"))

#: Indicator and unit of measure as written → what a digit is worth: `factor` grid steps, `shift` taken off, `half` of
#: the last digit. `exact`: half a counted thing or less is no
#: rounding. `most` digits and more are refused. `adds`: the year to date may not fall.
#: `indicators` is how many the book has; `nothing` and `none` are an absent and a zero number of the grid's type.
MEASURES: Columns = (
    ("name", "VARCHAR"),
    ("unit", "VARCHAR"),
    ("indicator", "INTEGER"),
    ("indicators", "INTEGER"),
    ("factor", NUMBER),
    ("shift", NUMBER),
    ("half", NUMBER),
    ("exact", NUMBER),
    ("most", NUMBER),
    ("nothing", NUMBER),
    ("none", NUMBER),
    ("adds", "BOOLEAN"),
    ("may_be_negative", "BOOLEAN"),
)

#: A period as written, and the month of the folder that the file lies in (0: none) → month of the plan's year.
PERIODS: Columns = (("name", "VARCHAR"), ("folder", "INTEGER"), ("month", "INTEGER"))

#: The bodies of a tile: place in the book, name as the book writes it, class.
SCOPE: Columns = (("organization", "INTEGER"), ("name", "organization_name"), ("class", "INTEGER"))

#: For which months a body is held to what it owes.
HELD: Columns = (("organization", "INTEGER"), ("month", "INTEGER"))

#: Types that end with `_name` hold a number for each of the names that a run knows.
#: What a class of bodies owes; `engine.bulk.duties.Duty` as a row. `limit_id` is null where nothing is owed.
DUTIES: Columns = (
    ("duty", "INTEGER"),
    ("class", "INTEGER"),
    ("rule", "rule_name"),
    ("role", "role_name"),
    ("period", "INTEGER"),
    ("month", "INTEGER"),
    ("label", "period_name"),
    ("indicator", "INTEGER"),
    ("partner", "INTEGER"),
    ("limit_id", "INTEGER"),
    ("line", "INTEGER"),
    ("status", "VARCHAR"),
    ("falls_back", "BOOLEAN"),
    ("waived", "BOOLEAN"),
    ("original", "BOOLEAN"),
    *((name, kind) for name, kind in OBLIGATIONS if name in ("is_level", "meets_q", "meets_c")),
)

#: The columns of the verdicts that are written, one row per obligation.
WRITTEN = (
    "organization", "role", "rule", "period", "verdict", "reason", "progress", "gap_numerator", "gap_denominator",
    "notes", "under_original", "file", "row",
)  # fmt: skip
