"""The same input gives the same bytes, whatever its files are called and in whatever order it is written."""

import json
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import RunCli

Row = dict[str, Any]

OUTCOMES = ("pass", "at-risk", "fail", "undecided")
SEEDS = (1, 2, 3)


@pytest.fixture
def desk(repo: Path, tmp_path: Path) -> Path:
    """A copy of the submissions."""
    return Path(shutil.copytree(repo / "submissions", tmp_path / "submissions"))


def check(run_cli: RunCli, folder: Path, repo: Path, *options: str) -> str:
    return run_cli("check", folder, "--book", repo, "--format", "json", *options).stdout


def without_places(text: str) -> str:
    """The document without sources; what is ordered by places, findings and cells, in an order of its own."""
    document = json.loads(text)
    account = document["account"]
    # The receipt names every file with its digest.
    del document["receipt"]
    for row in (*document["verdicts"], *document["findings"], *account["cells"]):
        del row["source"]
    for row in account["files"]:
        del row["file"]
    for rows in (account["cells"], account["files"]):
        rows.sort(key=lambda row: json.dumps(row, sort_keys=True))
    for finding in document["findings"]:
        del finding["related"]
    document["findings"].sort(key=lambda finding: json.dumps(finding, sort_keys=True))
    return json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1)


def rename_files(folder: Path, seed: int) -> None:
    """Give every submission another name, so that files are read in another order."""
    paths = sorted(folder.iterdir())
    names = [f"{number:03}" for number in range(len(paths))]
    random.Random(seed).shuffle(names)
    for path, name in zip(paths, names, strict=True):
        path.rename(folder / f"renamed-{name}{path.suffix}")


def shuffle_rows(path: Path, seed: int) -> None:
    """Put the rows of a CSV file in another order, behind its remark and header."""
    lines = path.read_text(encoding="utf-8").splitlines()
    head = next(number for number, line in enumerate(lines) if not line.startswith("#")) + 1
    rows = lines[head:]
    random.Random(seed).shuffle(rows)
    path.write_text("\n".join([*lines[:head], *rows]) + "\n", encoding="utf-8")


def shuffle_figures(path: Path, seed: int) -> None:
    """Put the figures of a YAML file in another order, and the keys above them; the text of each figure stays."""
    head, figures = path.read_text(encoding="utf-8").split("figures:\n")
    blocks: list[str] = []
    for line in figures.splitlines(keepends=True):
        if line.startswith("    ") and blocks:
            blocks[-1] += line
        else:
            blocks.append(line)
    random.Random(seed).shuffle(blocks)
    path.write_text("figures:\n" + "".join(blocks) + head, encoding="utf-8")


def reverse_mappings(value: Any, keep: tuple[str, ...] = ()) -> Any:
    """Every mapping of a document from its end, but those under the keys `keep`."""
    if isinstance(value, dict):
        return {key: value[key] if key in keep else reverse_mappings(value[key], keep) for key in reversed(value)}
    return [reverse_mappings(item, keep) for item in value] if isinstance(value, list) else value


def test_same_folder_twice_gives_the_same_bytes(run_cli: RunCli, repo: Path) -> None:
    first, second = (run_cli("check", "submissions/2025Q2/", "--format", "json").stdout for _ in range(2))
    assert first == second


def test_folder_named_in_another_way_gives_the_same_apart_from_sources(run_cli: RunCli, repo: Path) -> None:
    relative = run_cli("check", "submissions/2025Q2/", "--format", "json").stdout
    assert without_places(relative) == without_places(check(run_cli, repo / "submissions" / "2025Q2", repo))


def test_copy_elsewhere_gives_the_same_apart_from_sources(run_cli: RunCli, repo: Path, desk: Path) -> None:
    expected = without_places(check(run_cli, repo / "submissions" / "2025Q2", repo))
    assert without_places(check(run_cli, desk / "2025Q2", repo)) == expected


@pytest.mark.parametrize("seed", SEEDS)
def test_renamed_files_give_the_same_apart_from_sources(run_cli: RunCli, repo: Path, desk: Path, seed: int) -> None:
    expected = without_places(check(run_cli, desk / "2025Q2", repo))
    rename_files(desk / "2025Q2", seed)
    assert without_places(check(run_cli, desk / "2025Q2", repo)) == expected


@pytest.mark.parametrize("seed", SEEDS)
def test_reordered_figures_give_the_same_apart_from_sources(run_cli: RunCli, repo: Path, desk: Path, seed: int) -> None:
    expected = without_places(check(run_cli, desk / "2025Q2", repo))
    for path in sorted((desk / "2025Q2").glob("*.yaml")):
        shuffle_figures(path, seed)
    assert without_places(check(run_cli, desk / "2025Q2", repo)) == expected


def test_reordered_members_give_the_same_apart_from_sources(run_cli: RunCli, repo: Path, desk: Path) -> None:
    expected = without_places(check(run_cli, desk / "2025Q2", repo))
    for path in sorted((desk / "2025Q2").glob("*.yaml")):
        document = reverse_mappings(yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader), keep=("parts",))
        path.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False), encoding="utf-8")
    assert without_places(check(run_cli, desk / "2025Q2", repo)) == expected


def test_everything_renamed_and_shuffled_at_once_gives_the_same(run_cli: RunCli, repo: Path, desk: Path) -> None:
    expected = without_places(check(run_cli, desk / "2025Q2", repo))
    for period in ("2025Q1", "2025Q2"):
        for path in sorted((desk / period).glob("*.yaml")):
            shuffle_figures(path, 7)
        shuffle_rows(desk / period / "counties.csv", 7)
        rename_files(desk / period, 7)
    assert without_places(check(run_cli, desk / "2025Q2", repo)) == expected


def test_order_of_files_on_the_command_line_changes_nothing(run_cli: RunCli, repo: Path) -> None:
    files = sorted(str(path.relative_to(repo)) for path in (repo / "submissions" / "2025Q2").iterdir())
    first = run_cli("check", *files, "--format", "json").stdout
    assert run_cli("check", *reversed(files), "--format", "json").stdout == first


def test_shuffled_input_is_told_apart_by_its_figures(run_cli: RunCli, repo: Path, desk: Path) -> None:
    # The comparison above must not be blind: one figure changed is seen.
    expected = without_places(check(run_cli, desk / "2025Q2", repo))
    path = desk / "2025Q2" / "counties.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("嘉魚縣,gdp-growth,7.0", "嘉魚縣,gdp-growth,7.1"), encoding="utf-8")
    assert without_places(check(run_cli, desk / "2025Q2", repo)) != expected


@pytest.mark.parametrize("form", ["json", "csv", "table"])
def test_hash_seed_changes_no_byte(repo: Path, form: str) -> None:
    outputs = set()
    for seed in ("0", "1", "4242"):
        command = [sys.executable, "cli.py", "check", "submissions/2025Q2/", "--format", form, "--lang", "zh-Hant"]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        ran = subprocess.run(command, cwd=repo, env=environment, capture_output=True, check=False)
        assert ran.returncode in (0, 1), ran.stderr.decode()
        outputs.add(ran.stdout)
    assert len(outputs) == 1


def test_counts_of_the_summary_are_those_of_the_verdicts(run_cli: RunCli) -> None:
    document = json.loads(run_cli("check", "submissions/2025Q2/", "--format", "json").stdout)
    counts = Counter(row["verdict"] for row in document["verdicts"])
    assert document["summary"]["by_verdict"] == {outcome: counts[outcome] for outcome in OUTCOMES}


def test_counts_by_organization_are_those_of_the_verdicts(run_cli: RunCli) -> None:
    document = json.loads(run_cli("check", "submissions/2025Q2/", "--format", "json").stdout)
    recounted: dict[str, Counter[str]] = {}
    for row in document["verdicts"]:
        recounted.setdefault(row["organization"], Counter())[row["verdict"]] += 1
    expected = {name: {outcome: counts[outcome] for outcome in OUTCOMES} for name, counts in recounted.items()}
    stated = {row["organization"]: row for row in document["summary"]["by_organization"]}
    assert {name: {outcome: row[outcome] for outcome in OUTCOMES} for name, row in stated.items()} == expected
    assert [row["total"] for row in stated.values()] == [sum(expected[name].values()) for name in stated]


def test_counts_follow_the_filters(run_cli: RunCli) -> None:
    document = json.loads(run_cli("check", "submissions/2025Q2/", "--format", "json", "--only", "fail").stdout)
    assert {row["verdict"] for row in document["verdicts"]} == {"fail"}
    assert document["summary"]["by_verdict"] == {**dict.fromkeys(OUTCOMES, 0), "fail": len(document["verdicts"])}


def test_table_and_document_count_alike(run_cli: RunCli) -> None:
    counts = json.loads(run_cli("check", "submissions/2025Q2/", "--format", "json").stdout)["summary"]["by_verdict"]
    table = run_cli("check", "submissions/2025Q2/", "--lang", "en").stdout
    words = " + ".join(f"{counts[outcome]} {outcome.replace('-', ' ')}" for outcome in OUTCOMES)
    (line,) = [line for line in table.splitlines() if words in line]
    assert str(sum(counts.values())) in line.replace(words, "").replace(":", " ").split()


def test_verdicts_stand_in_the_order_of_clause_target_period_organization(run_cli: RunCli, repo: Path) -> None:
    document = json.loads(run_cli("check", "submissions/", "--format", "json").stdout)
    targets = json.loads(run_cli("targets", "--format", "json").stdout)
    clauses = [row["clause"] for row in targets["clauses"]]
    promises = [row["id"] for row in targets["targets"]]
    text = (repo / "organizations.yaml").read_text(encoding="utf-8")
    bodies = [row["name"] for row in yaml.safe_load(text)["organizations"]]
    keys = [
        (clauses.index(row["clause"]), promises.index(row["target"]), row["period"], bodies.index(row["organization"]))
        for row in document["verdicts"]
    ]
    assert keys == sorted(keys)
    assert document["period"] is None
