"""`biaochi validate` on a made-up book of N rules, against reading the YAML of the same book alone.

`python benchmarks/validate.py [RULES]` (5 000 unless told) writes the book into a temporary folder, runs the command
in processes of its own, and prints seconds and how many times the reading alone fits into them. Every tenth rule
states a further promise about an indicator, and relations chain the indicators of a clause, so that the proofs have
something to do. All numbers are made up.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VALIDATE = "from cli import main; main()"
READ = (
    "import sys, yaml, pathlib\n"
    "for path in sorted(pathlib.Path(sys.argv[1]).rglob('*.yaml')):\n"
    "    yaml.compose(path.read_text(encoding='utf-8'), Loader=yaml.CSafeLoader)\n"
)
PER_CLAUSE, COUNTIES = 10, 7

#: By place in the clause: kind, comparator, unit of measure.
SHAPES = [
    ("total", "at_least", "家"), ("total", "at_least", "家"), ("total", "at_least", "家"), ("level", "more_than", "家"),
    ("rate", "at_least", "%"), ("rate", "at_most", "%"), ("always", "at_most", "家"), ("total", "at_least", "萬畝"),
    ("rate", "at_least", "%"), ("total", "at_least", "家"),
]  # fmt: skip


def write_book(folder: Path, rules: int) -> None:
    """A sound book: its clauses of ten rules each, three of them in a chain of size classes, one rule with quotas."""
    clauses = range(1, rules // PER_CLAUSE + 1)
    names = [f"示例縣{number}" for number in range(COUNTIES)]
    bodies = "".join(f"- {{name: {name}, tier: county}}\n" for name in names)
    organizations = f"organizations:\n- {{name: 示例局, tier: city-department}}\n{bodies}groups:\n"
    _write(folder / "organizations.yaml", f"{organizations}- {{name: 各縣市區, members: [{', '.join(names)}]}}\n")
    targets, relations = ["plan: {title: 示例方案, year: 2025}\nclauses:\n"], ["relations:\n"]
    for clause in clauses:
        targets.append(_targets(clause))
        relations.append(
            f"- {{id: sizes-{clause}, at_most: [i-{clause}-0, i-{clause}-1, i-{clause}-2], reason: made up}}\n"
            f"- {{id: stock-{clause}, stock: {{level: i-{clause}-3, net_change: i-{clause}-0}}, reason: made up}}\n"
        )
        _write(folder / "rules" / f"{clause:03d}-made-up.yaml", _rules(clause))
        quotas = ", ".join(f"{name}: {clause} 萬畝" for name in names)
        text = f"rule: r-{clause}-7\ndocument: made up\nillustrative: true\nquotas: {{{quotas}}}\n"
        _write(folder / "allocations" / f"quota-{clause}.yaml", text)
    _write(folder / "targets.yaml", "".join(targets))
    _write(folder / "relations.yaml", "".join(relations))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _number(clause: int, place: int) -> int:
    """Later size classes want more; the last rule wants less of the third indicator, and is implied."""
    kind = SHAPES[place][0]
    if kind == "always":
        return 0
    if kind == "rate":
        return 5 + place
    return {7: clause, 9: clause + 15}.get(place, clause + 10 * (place + 1))


def _quote(kind: str, comparator: str, amount: str) -> str:
    """Words that the grammar reads so: validate reads every quote again."""
    if kind == "always":
        return f"守住底線控制在{amount}以內"
    start = {"level": "規上企業總數", "rate": "示例率"}.get(kind, "新增示例")
    return start + {"more_than": f"超{amount}", "at_most": f"控制在{amount}以內"}.get(comparator, f"{amount}以上")


def _targets(clause: int) -> str:
    lines = [f"- clause: '{clause}'\n  lead: [示例局]\n  responsible: [各縣市區]\n  targets:\n"]
    for place, (kind, comparator, unit) in enumerate(SHAPES):
        number = _number(clause, place)
        lines.append(
            f"  - {{id: t-{clause}-{place}, quote: {_quote(kind, comparator, f'{number}{unit}')}, kind: {kind}, "
            f"comparator: {comparator}, "
            f"value: {number}, unit: '{unit}'}}\n"
        )
    return "".join(lines)


def _rules(clause: int) -> str:
    indicators, rules = [], []
    for place, (kind, comparator, unit) in enumerate(SHAPES):
        used = 2 if place == PER_CLAUSE - 1 else place
        if used == place:
            additive = ", additive: true" if place == 7 else ""
            name = f"示例指標{clause}之{place}"
            indicators.append(f"- {{id: i-{clause}-{place}, name: {name}, unit: '{unit}'{additive}}}\n")
        body = {4: "same: [各縣市區]", 7: f"quota: quota-{clause}"}.get(place)
        judged = f"{{lead: city, responsible: {f'{{{body}}}' if body else 'none'}}}"
        rules.append(
            f"- id: r-{clause}-{place}\n  target: t-{clause}-{place}\n  indicator: i-{clause}-{used}\n"
            f"  kind: {kind}\n  comparator: {comparator}\n  threshold: {_number(clause, place)} {unit}\n"
            f"  judged: {judged}\n"
        )
    return f"clause: '{clause}'\n\nindicators:\n{''.join(indicators)}\nrules:\n{''.join(rules)}"


def wall_time(code: str, *arguments: str | Path) -> float:
    """Seconds of a whole process; the made-up book has notes, and no errors."""
    start = time.perf_counter()
    command = [sys.executable, "-c", code, *map(str, arguments)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise SystemExit((ran.stdout + ran.stderr)[-2000:])
    return time.perf_counter() - start


def main(rules: int) -> None:
    """Measure pairs, the best of three, and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        write_book(Path(folder), rules)
        reading = min(wall_time(READ, folder) for _ in range(3))
        validating = min(wall_time(VALIDATE, "validate", "--book", folder) for _ in range(3))
    print(f"validate, {rules} rules       {validating:.2f} s (at most 10 for 5000)")
    print(f"reading the YAML alone    {reading:.2f} s")
    print(f"ratio                     {validating / reading:.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000)
