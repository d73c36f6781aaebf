"""The comparison that every peer can express: an illustrative book of plain bounds, its figures, and exact outcomes.

Towns report 40 indicators monthly; each figure is held against a lower or an upper bound, whose limit in each month is
exact. One figure in five lies on its limit, one in ten a last digit beside it, two in a hundred are missing,
three in ten come in the indicator's other unit of measure. No warning band: an outcome is pass, fail or undecided.
Whole-number arithmetic on counters makes all numbers; nobody published any of these figures.
"""

from decimal import Decimal
from pathlib import Path

import duckdb

from benchmarks.bulkbook import MONTHS, NOTE, YEAR, town

INDICATORS = 40

#: Kind, comparator, the usual unit of measure, the other one, and what one of the other is worth in the usual.
SHAPES = (
    ("total", "at_least", "億元", "萬元", "0.0001"),
    ("rate", "at_least", "%", "‰", "0.1"),
    ("total", "at_most", "萬人", "人", "0.0001"),
    ("rate", "at_most", "%", "‰", "0.1"),
    ("total", "at_least", "萬畝", "畝", "0.0001"),
)

#: Decimals of a figure as it is submitted, of what a unit is worth, and of their product.
DECIMALS = 4

POLICY = f"""{NOTE}bands:
  paced: [{{at_least: 0, verdict: pass}}, {{verdict: fail}}]
  percent: [{{at_least: 0, verdict: pass}}, {{verdict: fail}}]
"""

#: The files of the comparison, in the form in which every contender may load them.
SUBMITTED, OWED, LIMITS, UNITS = "figures/figures.parquet", "owed.parquet", "limits.parquet", "units.parquet"


def target(indicator: int) -> Decimal:
    """The number of an indicator: for totals a multiple of 1.2, so that every month's share is a decimal."""
    shape = SHAPES[indicator % len(SHAPES)][0]
    return (indicator % 37 + 1) * (Decimal("1.2") if shape == "total" else Decimal("0.7"))


def write_book(folder: Path, towns: int) -> None:
    """Write the book: one clause, and one rule per indicator, for all towns."""
    (folder / "rules").mkdir(parents=True, exist_ok=True)
    targets, indicators, rules = [], [], []
    for each in range(INDICATORS):
        kind, comparator, unit, _, _ = SHAPES[each % len(SHAPES)]
        targets.append(f"{{id: t{each:02}, quote: 第{each}項, kind: {kind}}}")
        indicators.append(f"- {{id: {indicator(each)}, name: 指標{each:02}, unit: '{unit}'}}")
        rules.append(
            f"- {{id: r{each:02}, target: t{each:02}, indicator: {indicator(each)}, kind: {kind},"
            f" comparator: {comparator}, threshold: '{target(each)} {unit}',{' net: true,' if kind == 'total' else ''}"
            f" judged: {{lead: none, responsible: {{same: [諸鎮]}}}}}}"
        )
    clause = f"- {{clause: '1', responsible: [諸鎮], targets: [{', '.join(targets)}]}}"
    bodies = [f"- {{name: {town(number)}, tier: town}}" for number in range(towns)]
    members = ", ".join(map(town, range(towns)))
    texts = {
        "targets.yaml": [f"plan: {{title: 示例方案, year: {YEAR}}}", "clauses:", clause],
        "organizations.yaml": ["organizations:", *bodies, "groups:", f"- {{name: 諸鎮, members: [{members}]}}"],
        "rules/001-bounds.yaml": ["clause: '1'", "indicators:", *indicators, "rules:", *rules],
    }
    for name, lines in texts.items():
        (folder / name).write_text(NOTE + "\n".join(lines) + "\n", encoding="utf-8")
    (folder / "policy.yaml").write_text(POLICY, encoding="utf-8")


def indicator(number: int) -> str:
    """The id of an indicator."""
    return f"indicator-{number:02}"


def write_cases(folder: Path, figures: int) -> int:
    """Write the book and about so many figures; how many are owed.

    Beside them the comparison without the book: what is owed, the limits and the units of measure as plain tables.
    """
    towns = max(1, round(figures / (INDICATORS * MONTHS)))
    write_book(folder, towns)
    (folder / "figures").mkdir(exist_ok=True)
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute(
            "CREATE TABLE shapes (indicator INTEGER, paced BOOLEAN, comparator VARCHAR, usual VARCHAR, other VARCHAR,"
            " worth DECIMAL(5, 4), steps BIGINT)"
        )
        for each in range(INDICATORS):
            kind, comparator, usual, other, worth = SHAPES[each % len(SHAPES)]
            row = [each, kind == "total", comparator, usual, other, worth, int(target(each) * 10**DECIMALS)]
            connection.execute("INSERT INTO shapes VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        connection.execute(_TABLES.format(towns=towns, indicators=INDICATORS, last=MONTHS + 1, year=YEAR))
        for name, text in _FILES.items():
            place = (folder / name).as_posix().replace("'", "''")
            connection.execute(f"COPY ({text}) TO '{place}' (FORMAT parquet)")
        (owed,) = connection.execute("SELECT count(*) FROM owed").fetchall()[0]
    return int(owed)


#: `limit_steps` and `digits` are ten-thousandths of the usual unit; the shares of totals of 1.2 are whole.
_TABLES = """
CREATE TABLE limits AS
SELECT s.*, m.m AS month, 'indicator-' || lpad(indicator::VARCHAR, 2, '0') AS name,
  '{year}-' || lpad(m.m::VARCHAR, 2, '0') AS period,
  CASE WHEN paced THEN steps * m.m // 12 ELSE steps END AS limit_steps
FROM shapes AS s, range(1, {last}) AS m(m);
CREATE TABLE thrown AS
SELECT t.t AS town, l.*,
  (t.t * 31337 + l.indicator * 7907 + l.month * 15485863 + 11) * 2246822519 % 4294967296 // 64 AS row,
  (t.t * 7919 + l.indicator * 104729 + l.month * 1299709 + 17) * 2654435761 % 4294967296 // 64 AS heap
FROM range({towns}) AS t(t), limits AS l;
CREATE TABLE owed AS
SELECT '鎮' || lpad(town::VARCHAR, 6, '0') AS organization, name, period, usual, other, worth,
  row % 100 < 2 AS missing, row // 100 % 10 < 3 AS in_other,
  CASE WHEN heap % 10 < 2 THEN limit_steps
    WHEN heap % 10 = 2 THEN limit_steps + CASE WHEN heap // 10 % 2 = 0 THEN 1 ELSE -1 END
    ELSE limit_steps * (9000 + heap // 10 % 2001) // 10000 END AS digits
FROM thrown ORDER BY town, indicator, month
"""

#: Multiplying keeps decimals exact; dividing would not.
_FILES = {
    SUBMITTED: """
    SELECT organization, name AS indicator, period,
      CASE WHEN in_other THEN CAST(digits * CAST(1 / worth AS BIGINT) AS DECIMAL(18, 0)) * 0.0001::DECIMAL(5, 4)
      ELSE CAST(digits AS DECIMAL(18, 0)) * 0.0001::DECIMAL(5, 4) END::DECIMAL(18, 4) AS value,
      CASE WHEN in_other THEN other ELSE usual END AS unit
    FROM owed WHERE NOT missing
    """,
    OWED: "SELECT organization, name AS indicator, period FROM owed",
    LIMITS: """
    SELECT name AS indicator, period, comparator,
      (CAST(limit_steps AS DECIMAL(18, 0)) * 0.0001::DECIMAL(5, 4))::DECIMAL(18, 4) AS threshold
    FROM limits ORDER BY indicator, month
    """,
    UNITS: """
    SELECT name AS indicator, usual AS unit, 1::DECIMAL(5, 4) AS worth FROM limits GROUP BY ALL
    UNION ALL SELECT name, other, worth FROM limits GROUP BY ALL ORDER BY ALL
    """,
}


def exact_outcomes(folder: Path) -> tuple[str, str]:
    """Of everything owed, in order: the outcome (p, f, u), and whether the figure lies on its limit (=), the last
    digit beside it (~), or elsewhere; worked out from what was submitted with whole numbers alone.
    """  # noqa: D205
    with duckdb.connect(config={"threads": 1}) as connection:

        def rows(name: str) -> list[tuple[object, ...]]:
            place = (folder / name).as_posix().replace("'", "''")
            return connection.execute(f"SELECT * FROM read_parquet('{place}')").fetchall()

        worth = {(name, unit): _whole(worth) for name, unit, worth in rows(UNITS)}
        limits = {(name, period): (kind, _whole(limit)) for name, period, kind, limit in rows(LIMITS)}
        given = {row[:3]: _whole(row[3]) * worth[row[1], row[4]] for row in rows(SUBMITTED)}
        outcomes, places = [], []
        for organization, name, period in rows(OWED):
            comparator, limit = limits[name, period]
            value = given.get((organization, name, period))
            beyond = None if value is None else value - limit * 10**DECIMALS
            kept = beyond is not None and (beyond >= 0 if comparator == "at_least" else beyond <= 0)
            outcomes.append("u" if beyond is None else "p" if kept else "f")
            places.append("=" if beyond == 0 else "~" if beyond is not None and abs(beyond) <= 10**DECIMALS else ".")
    return "".join(outcomes), "".join(places)


def _whole(number: object) -> int:
    """A decimal of at most four places in ten-thousandths."""
    assert isinstance(number, Decimal)
    return int(number.scaleb(DECIMALS))
