"""An illustrative book and figures by the million, heaped on every edge: for benchmarks and tests of bulk checks.

`python benchmarks/bulkbook.py FOLDER [--figures N] [--rules N] [--order ORDER] [--files N]`

Towns report monthly on indicators of five kinds. One series in ten stands exactly on its pace, one in ten one digit
below; two rows in a hundred are missing, two are in another unit of measure, one series in fifty falls once.
Nothing is drawn at random that a seed would not draw again: all numbers come from whole-number arithmetic on the
counters. Nobody published any of these figures.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import duckdb

YEAR = 2025
INDICATORS, MONTHS = 200, 12
NOTE = "# Illustrative: nobody published these figures, and no such bodies or promises exist.\n"

#: Kind, comparator and units of measure, the usual one first, with what one of the usual is worth in the other.
SHAPES = (
    ("total", "at_least", "億元", "萬元", 10_000),
    ("rate", "at_least", "%", "‰", 10),
    ("total", "more_than", "萬畝", "畝", 10_000),
    ("rate", "at_most", "%", "‰", 10),
    ("total", "at_most", "萬人", "人", 10_000),
    ("always", "at_least", "萬畝", "畝", 10_000),
    ("total", "at_least", "家", "家", 1),
    ("rate", "less_than", "%", "‰", 10),
)


def target(indicator: int, group: int = 0) -> int:
    """The number of an indicator: for totals divisible by 12, so that every pace is a decimal.

    Every group has its own, that of the first is the one on which figures are heaped.
    """
    shape = SHAPES[indicator % len(SHAPES)][0]
    return (indicator % 37 + 1) * 1200 + group * 12 if shape == "total" else indicator % 37 + 3 + group


def write_book(folder: Path, towns: int, groups: int = 1) -> None:
    """Write the book: one clause and rule per indicator and group of towns."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "rules").mkdir(exist_ok=True)
    clauses = []
    for number in range(groups):
        targets = ", ".join(
            f"{{id: t{number:03}-{each:03}, quote: 第{each}項{number}, kind: {SHAPES[each % len(SHAPES)][0]}}}"
            for each in range(INDICATORS)
        )
        clauses.append(f"- {{clause: '{number + 1}', responsible: [第{number}組], targets: [{targets}]}}")
        write_rules(folder / "rules" / f"{number + 1:03}-group.yaml", number)
    head = f"{NOTE}plan: {{title: 示例方案, year: {YEAR}}}\nclauses:\n"
    (folder / "targets.yaml").write_text(head + "\n".join(clauses) + "\n", encoding="utf-8")
    bodies = "".join(f"- {{name: {town(number)}, tier: town}}\n" for number in range(towns))
    grouped = "".join(
        f"- {{name: 第{number}組, members: [{', '.join(map(town, some))}]}}\n"
        for number, some in enumerate(split(towns, groups))
    )
    text = f"{NOTE}organizations:\n{bodies}groups:\n{grouped}"
    (folder / "organizations.yaml").write_text(text, encoding="utf-8")


def town(number: int) -> str:
    """The name of a town."""
    return f"鎮{number:06}"


def write_rules(path: Path, group: int) -> None:
    """Write the rules of one group; the first group's file also says what the indicators are."""
    lines = [NOTE + f"clause: '{group + 1}'"]
    if group == 0:
        lines.append("indicators:")
        lines += [
            f"- {{id: indicator-{each:03}, name: 指標{each:03}, unit: '{SHAPES[each % len(SHAPES)][2]}'}}"
            for each in range(INDICATORS)
        ]
    lines.append("rules:")
    for each in range(INDICATORS):
        kind, comparator, unit, _, _ = SHAPES[each % len(SHAPES)]
        lines.append(
            f"- {{id: r{group:03}-{each:03}, target: t{group:03}-{each:03}, indicator: indicator-{each:03},"
            f" kind: {kind}, comparator: {comparator}, threshold: '{target(each, group)} {unit}',"
            f" judged: {{lead: none, responsible: {{same: [第{group}組]}}}}}}"
        )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def figures_text(towns: range, order: str) -> str:
    """SQL: the figures of these towns, as they would be sent in."""
    keys = {
        "organization": ("o", "k", "m"),
        "indicator": ("k", "o", "m"),
        "period": ("m", "o", "k"),
        "none": ("(o * 7919 + k * 104729 + m * 31) * 2654435761 % 4294967296",),
    }[order]
    shapes = ", ".join(
        f"({place}, {kind == 'total'}, '{unit}', '{other}', {worth})"
        for place, (kind, _, unit, other, worth) in enumerate(SHAPES)
    )
    return f"""
    WITH shapes(shape, paced, unit, other, worth) AS (VALUES {shapes}),
    keys AS (
      SELECT o::BIGINT AS o, k::BIGINT AS k, m::BIGINT AS m
      FROM range({towns.start}, {towns.stop}) AS o(o), range({INDICATORS}) AS k(k), range(1, {MONTHS + 1}) AS m(m)
    ),
    dice AS (
      SELECT *, (o * 7919 + k * 104729 + 17) * 2654435761 % 4294967296 AS series,
        (o * 31337 + k * 7907 + m * 15485863) * 2246822519 % 4294967296 AS row
      FROM keys
    ),
    thrown AS (
      SELECT d.*, s.*, series // 64 % 100 AS heap, row // 64 % 100 AS luck, 9000 + series // 8192 % 2001 AS level,
        CASE WHEN paced THEN (k % 37 + 1) * 1200 * m // 12 ELSE k % 37 + 3 END AS line
      FROM dice AS d INNER JOIN shapes AS s ON s.shape = d.k % {len(SHAPES)}
    ),
    digits AS (
      SELECT *, CASE
        WHEN heap < 10 THEN line * 10000
        WHEN heap < 20 THEN line * 10000 - 1
        WHEN series // 1048576 % 50 = 0 AND m = 7 THEN line * level // 2
        ELSE line * level + luck
      END AS digits
      FROM thrown WHERE luck > 1
    )
    SELECT '鎮' || lpad(o::VARCHAR, 6, '0') AS organization, 'indicator-' || lpad(k::VARCHAR, 3, '0') AS indicator,
      '{YEAR}-' || lpad(m::VARCHAR, 2, '0') AS period,
      (CASE WHEN luck < 4 THEN digits * worth ELSE digits END)::DECIMAL(18, 0) * 0.0001::DECIMAL(5, 4) AS value,
      CASE WHEN luck < 4 THEN other ELSE unit END AS unit
    FROM digits ORDER BY {", ".join(keys)}
    """


def write_figures(folder: Path, figures: int, order: str = "organization", files: int = 1) -> int:
    """Write about as many figures into Parquet files, each of some towns; how many towns they are of."""
    folder.mkdir(parents=True, exist_ok=True)
    towns = max(1, round(figures / (INDICATORS * MONTHS * 0.98)))
    with duckdb.connect(config={"memory_limit": "4GB", "temp_directory": str(folder / ".spill")}) as connection:
        for number, some in enumerate(split(towns, files)):
            place = (folder / f"figures-{number:04}.parquet").as_posix().replace("'", "''")
            connection.execute(f"COPY ({figures_text(some, order)}) TO '{place}' (FORMAT parquet)")
    return towns


def split(count: int, parts: int) -> Iterator[range]:
    """`count` towns in as many runs as there are files, none empty."""
    parts = min(parts, count)
    for part in range(parts):
        yield range(part * count // parts, (part + 1) * count // parts)


def main() -> None:
    """Write a book and its figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--figures", type=int, default=1_000_000)
    parser.add_argument("--rules", type=int, default=INDICATORS, help="in whole hundreds; more are split among groups")
    parser.add_argument("--order", choices=("organization", "indicator", "period", "none"), default="organization")
    parser.add_argument("--files", type=int, default=1)
    given = parser.parse_args()
    towns = write_figures(given.folder / "figures", given.figures, given.order, given.files)
    write_book(given.folder, towns, max(1, given.rules // INDICATORS))
    print(f"{towns} towns, {INDICATORS} indicators, {max(1, given.rules // INDICATORS) * INDICATORS} rules")


if __name__ == "__main__":
    main()
