"""`biaochi diff` names what changed and because of what: made-up pairs of checks with causes that are known."""

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from engine.comparison import compare_checks, compare_results
from engine.followup.changes import changed_rows
from engine.followup.resultread import read_result_text
from engine.model.diagnostic import Diagnostic
from engine.model.difference import DATA, Cause, Change, Difference, MadeOf, Row, RowKey, Told
from engine.pipeline import check, open_book
from engine.replay import Side, SideChecked, check_side
from engine.report.documents import check_document
from engine.report.words import Words
from tests.conftest import ROOT, RunCli
from tests.diffdesk import KINDS, Kind, World, make_world, side_of
from tests.test_same_bytes import rename_files, shuffle_rows
from tests.test_schemas import errors

#: Pairs of each kind with one cause, and pairs with several causes; `make diffs` takes more.
PAIRS = int(os.environ.get("BIAOCHI_DIFFS", "1"))
MIXED = int(os.environ.get("BIAOCHI_MIXED_DIFFS", "5"))

WORDS = Words("en")


def checked(side: Side) -> SideChecked:
    found: list[Diagnostic] = []
    result = check_side(side, WORDS, found)
    assert result is not None
    assert found == []
    return result


def made_pair(kind: Kind, seed: str) -> tuple[World, World]:
    """Two worlds that differ by one change of this kind."""
    rng = random.Random(f"{kind.name} {seed}")
    while True:
        old = make_world(rng)
        if kind.before is not None:
            assert kind.before(rng, old)
        new = old.copy()
        if kind.mutate(rng, new):
            return old, new


def compared(kind: Kind, seed: int, folder: Path) -> tuple[Difference, SideChecked, SideChecked]:
    """A pair in which the change changes a row, unless it is one that must not."""
    for attempt in range(40):
        old, new = made_pair(kind, f"{seed} {attempt}")
        named = ((f"old-{attempt}", old), (f"new-{attempt}", new))
        sides = [checked(side_of(world.write(folder / name), world, kind.period)) for name, world in named]
        if kind.cause is Cause.WRITING or changed_rows(sides[0].told, sides[1].told):
            return compare_checks(sides[0], sides[1]), sides[0], sides[1]
    raise AssertionError(f"no {kind.name} changes anything")


def as_result(side: SideChecked) -> Told:
    """The side as its JSON tells it, with the receipt of what it was made of."""
    document = check_document(side.checked.result, WORDS)
    made = side.told.made_of
    document["receipt"] = {
        "book": {"digest": side.told.digest, "files": made.book},
        "submissions": made.submissions,
        "program": made.program,
        "options": made.options,
    }
    told = read_result_text(json.dumps(document), side.side.name, [])
    assert told is not None
    return told


def effective(difference: Difference) -> set[Cause]:
    return {edit.cause for edit in difference.edits if edit.effective}


def backwards(cause: Cause) -> Cause:
    """The cause of the pair the other way round."""
    turned = {Cause.NEW_FIGURE: Cause.WITHDRAWN_FIGURE, Cause.WITHDRAWN_FIGURE: Cause.NEW_FIGURE}
    return turned.get(cause, cause)


def assert_named(difference: Difference, cause: Cause, replayed: bool = True) -> None:
    """Every edit and every row has this cause, and no other is named."""
    wanted = set() if cause is Cause.WRITING else {cause}
    assert {each for change in difference.changes for each in change.causes} <= wanted
    for change in difference.changes:
        assert change.because == ((cause,),), change
        assert change.suspected == ()
    assert difference.offset == ()
    if replayed:
        assert effective(difference) == wanted
        for change in difference.changes:
            assert change.edits, change
        if cause is Cause.WRITING:
            assert [edit.cause for edit in difference.edits] == [Cause.WRITING]
            assert difference.exit_code == 0


def assert_never_wrong(difference: Difference, cause: Cause) -> None:
    """Results that do not say what they were made of name the cause, or suspect it among others."""
    for change in difference.changes:
        # What a partner's figure was replaced by leaves no trace in a row, and is called a correction.
        unseen = change.row.kind == "relative" and cause in (*DATA, Cause.OPTIONS)
        assert cause in change.causes or unseen, change


@pytest.mark.parametrize("seed", range(PAIRS))
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_one_cause_is_named_right_both_ways(kind: Kind, seed: int, tmp_path: Path) -> None:
    forward, old, new = compared(kind, seed, tmp_path)
    assert_named(forward, kind.cause)
    assert_named(compare_checks(new, old), backwards(kind.cause))
    results = as_result(old), as_result(new)
    assert_named(compare_results(*results), kind.cause, replayed=False)
    assert_named(compare_results(*reversed(results)), backwards(kind.cause), replayed=False)
    first, second = (replace(each, made_of=MadeOf()) for each in results)
    assert_never_wrong(compare_results(first, second), kind.cause)
    assert_never_wrong(compare_results(second, first), backwards(kind.cause))


# --- several causes at once ------------------------------------------------------------------------------------

MIXABLE = [kind for kind in KINDS if kind.before is None and kind.period == "2025Q2"]


def mixed_pair(seed: int) -> tuple[World, list[Kind], list[int]]:
    """A world, and two or three kinds of change with different causes, each with its own seed."""
    rng = random.Random(f"mixed {seed}")
    world, kinds = make_world(rng), rng.sample(MIXABLE, 6)
    chosen: list[Kind] = []
    for kind in kinds:
        if kind.cause not in [each.cause for each in chosen] and len(chosen) < 2 + seed % 2:
            chosen.append(kind)
    return world, chosen, [rng.randrange(10**6) for _ in chosen]


def state_of(row: Row) -> tuple[str, str | None, bool]:
    return row.state


def judged_alone(world: World, folder: Path) -> dict[RowKey, tuple[str, str | None, bool]]:
    """The states of a world's verdicts by the ordinary check, without anything of a comparison."""
    found: list[Diagnostic] = []
    side = side_of(world.write(folder), world)
    book = open_book(folder, found)
    assert book is not None
    result = check(book, found, side.paths, period=side.period, as_of=side.as_of)
    states = {}
    for verdict in result.verdicts:
        owed = verdict.obligation
        reason = verdict.reason.value if verdict.reason else None
        key = (owed.rule.id, owed.organization, owed.period.label)
        states[key] = (verdict.outcome.value, reason, verdict.waived)
    return states


def apply(world: World, kinds: Sequence[Kind], seeds: Sequence[int], chosen: Iterable[int]) -> World:
    """The world with some of the changes, made in their order, each by its own chance."""
    changed = world.copy()
    for place in sorted(chosen):
        assert kinds[place].mutate(random.Random(seeds[place]), changed)
    return changed


@pytest.mark.parametrize("seed", range(MIXED))
def test_mixed_causes_are_separated_as_a_replay_of_the_files_says(seed: int, tmp_path: Path) -> None:
    world, kinds, seeds = mixed_pair(seed)
    places = range(len(kinds))
    try:
        worlds = {
            chosen: apply(world, kinds, seeds, chosen)
            for size in range(len(kinds) + 1)
            for chosen in combinations(places, size)
        }
    except (AssertionError, KeyError, IndexError):
        pytest.skip("the changes do not go together")
    states = {
        chosen: judged_alone(each, tmp_path / f"w{'-'.join(map(str, chosen))}") for chosen, each in worlds.items()
    }
    everything = tuple(places)
    sides = [checked(side_of(tmp_path / name, world)) for name in ("w", f"w{'-'.join(map(str, everything))}")]
    difference = compare_checks(sides[0], sides[1])
    flips = {each.row.key: each for each in difference.changes if each.change is not Change.SHIFT}
    assert set(flips) == {
        key for key in {*states[()], *states[everything]} if states[()].get(key) != states[everything].get(key)
    }
    for key, change in flips.items():
        sizes = [
            [chosen for chosen in combinations(places, size) if states[chosen].get(key) == states[everything].get(key)]
            for size in range(1, len(kinds) + 1)
        ]
        smallest = next(sets for sets in sizes if sets)
        expected = {frozenset(kinds[place].cause for place in chosen) for chosen in smallest}
        assert {frozenset(each) for each in change.because} == expected, (key, [kind.name for kind in kinds])
        alone = {kinds[place].cause: states[(place,)].get(key) for place in places}
        changed = {cause: state[0] if state else "-" for cause, state in alone.items() if state != states[()].get(key)}
        assert dict(change.alone) == changed


# --- several edits of one cause --------------------------------------------------------------------------------

SEVERAL = (
    ("threshold", "pace", "bands of a rule"),
    ("bands of the policy", "margin", "bands of the policy"),
    ("amendment", "other amendment"),
    ("corrected figure", "corrected figure", "corrected figure"),
    ("quota", "quota"),
)


@pytest.mark.parametrize("seed", range(MIXED // 5))
@pytest.mark.parametrize("names", SEVERAL, ids=lambda names: names[0])
def test_of_several_edits_with_one_cause_those_that_decide_are_named(
    names: tuple[str, ...], seed: int, tmp_path: Path
) -> None:
    rng = random.Random(f"{names} {seed}")
    by_name = {kind.name: kind for kind in KINDS}
    world, kinds = make_world(rng), [by_name[name] for name in names]
    seeds = [rng.randrange(10**6) for _ in kinds]
    old, new = (apply(world, kinds, seeds, chosen) for chosen in ((), range(len(kinds))))
    sides = [checked(side_of(each.write(tmp_path / name), each)) for name, each in (("old", old), ("new", new))]
    difference = compare_checks(sides[0], sides[1])
    for change in difference.changes:
        if change.change is Change.SHIFT:
            continue
        assert change.because == ((kinds[0].cause,),)
        own = [place for place in change.edits if difference.edits[place].cause is kinds[0].cause]
        assert bool(change.decided_by) == (len(own) > 1)
        for chosen in change.decided_by:
            assert set(chosen) <= set(own)
            # The old files with nothing but what these edits say, put in by hand.
            edited = old.copy()
            for place in chosen:
                put_in(edited, new, difference.edits[place].name)
            states = judged_alone(edited, tmp_path / "-".join(map(str, chosen)))
            assert states[change.row.key] == state_of(change.row)


def put_in(world: World, new: World, name: str) -> None:
    """Take what an edit names from the new world, by its name alone."""
    owner, _, field = name.partition(": ")
    body, _, rest = name.partition(" ")
    if field and owner in world.rules and body not in new.quotas:
        world.rules[owner] = {**world.rules[owner], field: new.rules[owner][field]}
    if owner == "firms" and field in new.quotas:
        world.quotas[field] = new.quotas[field]
    if name in ("bands.paced", "bands.percent"):
        world.policy["bands"][name[6:]] = new.policy["bands"][name[6:]]
    if name == "ahead_margin":
        world.policy[name] = new.policy[name]
    world.amendments += [each for each in new.amendments if each["target"] == name]
    for file, held in new.submissions["2025Q2"].items():
        for own, figures in held.items():
            for indicator, entry in figures.items():
                if (own, f"{indicator} 2025Q2") == (body, rest):
                    world.submissions["2025Q2"][file][own][indicator] = entry


# --- results alone ---------------------------------------------------------------------------------------------


def test_another_program_is_named_where_nothing_else_differs(tmp_path: Path) -> None:
    rng = random.Random(7)
    world = make_world(rng)
    told = as_result(checked(side_of(world.write(tmp_path / "old"), world)))
    rows = list(told.rows)
    place = next(place for place, row in enumerate(rows) if row.verdict == "pass")
    rows[place] = replace(rows[place], verdict="at-risk")
    other = replace(told, rows=tuple(rows), made_of=replace(told.made_of, program={"biaochi": "9.9"}))
    (change,) = compare_results(told, other).changes
    assert change.because == ((Cause.PROGRAM,),)


# --- the shipped book ------------------------------------------------------------------------------------------


def test_renamed_and_shuffled_submissions_change_nothing(run_cli: RunCli, repo: Path, tmp_path: Path) -> None:
    desk = Path(shutil.copytree(repo / "submissions", tmp_path / "submissions")) / "2025Q2"
    for path in sorted(desk.glob("*.csv")):
        shuffle_rows(path, 3)
    rename_files(desk, 3)
    ran = run_cli("diff", repo / "submissions" / "2025Q2", desk, "--book", repo, "--format", "json")
    document = json.loads(ran.stdout)
    assert ran.exit_code == 0
    assert {edit["cause"] for edit in document["edits"]} == {"writing"}
    assert (document["changes"], document["offset"]) == ([], [])
    assert (document["findings"]["new"], document["findings"]["removed"]) == ([], [])


def test_cell_of_a_table_is_named_in_both(run_cli: RunCli, repo: Path, tmp_path: Path) -> None:
    desk = Path(shutil.copytree(repo / "submissions", tmp_path / "submissions")) / "2025Q2"
    lines = (desk / "counties.csv").read_text(encoding="utf-8").splitlines()
    number, line = next((place, line) for place, line in enumerate(lines) if line.startswith("嘉魚縣,net-new"))
    lines[number] = line.replace(",20,", ",2,")
    lines.insert(number, "")
    (desk / "counties.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    ran = run_cli("diff", repo / "submissions" / "2025Q2", desk, "--book", repo, "--format", "json")
    (edit,) = [edit for edit in json.loads(ran.stdout)["edits"] if edit["cause"] != "writing"]
    assert (edit["cause"], edit["before"], edit["after"]) == ("corrected-figure", "20 家", "2 家")
    assert (edit["old_source"]["line"], edit["new_source"]["line"]) == (number + 1, number + 2)
    assert edit["new_source"]["file"] == f"{desk.as_posix()}/counties.csv"
    assert edit["new_source"]["cell"] == "value"


# --- the command -----------------------------------------------------------------------------------------------


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """Two books in folders `old` and `new`: a figure and a threshold of the same rule differ."""
    world = make_world(random.Random(11))
    roads = world.submissions["2025Q2"]["住建局.yaml"]["住建局"]
    roads["roads"] = "41 公里"
    world.write(tmp_path / "old")
    roads["roads"] = "35 公里"
    world.rules["roads"]["threshold"] = "90 公里"
    world.write(tmp_path / "new")
    return tmp_path


def test_json_follows_its_schema_and_is_the_same_every_time(run_cli: RunCli, two: Path) -> None:
    ran = run_cli("diff", "old", "new", "--format", "json", cwd=two)
    document = json.loads(ran.stdout)
    assert errors("diff", document) == []
    assert ran.stdout == run_cli("diff", "old", "new", "--format", "json", cwd=two).stdout
    (flip,) = [each for each in document["changes"] if each["change"] == "flip" and each["period"] == "2025Q2"]
    assert flip["because"] == [["corrected-figure", "rule"]]
    assert {each["cause"]: each["verdict"] for each in flip["alone"]} == {
        "corrected-figure": "at-risk",
        "rule": "at-risk",
    }
    named = [document["edits"][place] for place in flip["edits"]]
    assert [(each["cause"], each["before"], each["after"]) for each in named] == [
        ("corrected-figure", "41 公里", "35 公里"),
        ("rule", "80 公里", "90 公里"),
    ]
    assert named[0]["new_source"]["file"] == "new/submissions/2025Q2/住建局.yaml"
    assert named[1]["old_source"]["line"] == named[1]["new_source"]["line"] > 0
    failures = document["failures"]["new"]
    assert [{key: flip[key] for key in each} for each in failures] == failures
    assert ran.exit_code == 1


def test_bytes_do_not_depend_on_the_process(two: Path) -> None:
    printed = set()
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "cli", "diff", "old", "new", "--format", "json"]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        ran = subprocess.run(command, cwd=two, env=environment, capture_output=True, check=False)
        assert (ran.returncode, ran.stderr) == (1, b"")
        printed.add(ran.stdout)
    assert len(printed) == 1


def test_way_back_removes_the_failure_and_objects_to_nothing(run_cli: RunCli, two: Path) -> None:
    ran = run_cli("diff", "new", "old", "--format", "json", "--period", "2025Q2", cwd=two)
    failures = json.loads(ran.stdout)["failures"]
    assert (ran.exit_code, len(failures["new"]), len(failures["removed"])) == (0, 0, 1)


@pytest.mark.parametrize(("language", "words"), [("en", "together"), ("zh-Hant", "共同造成"), ("zh-Hans", "共同造成")])
@pytest.mark.parametrize("form", ["table", "markdown"])
def test_output_speaks_every_language(run_cli: RunCli, two: Path, language: str, words: str, form: str) -> None:
    ran = run_cli("diff", "old", "new", "--lang", language, "--format", form, "-o", two / "said.txt", cwd=two)
    text = (two / "said.txt").read_text(encoding="utf-8")
    assert (ran.exit_code, ran.stdout) == (1, "")
    assert words in text
    assert "住建局" in text


def test_results_and_folders_can_be_mixed(run_cli: RunCli, two: Path) -> None:
    arguments = ("--book", "old", "--format", "json", "--fail-on", "never", "-o", "old.json")
    run_cli("check", "old/submissions/2025Q2", *arguments, cwd=two)
    same = run_cli("diff", "old.json", "old", "--period", "2025Q2", cwd=two)
    assert (same.exit_code, "Nothing changed." in same.stdout) == (0, True)
    other = json.loads(run_cli("diff", "old.json", "new", "--period", "2025Q2", "--format", "json", cwd=two).stdout)
    assert other["attribution"] == "read"
    (flip,) = [each for each in other["changes"] if each["change"] == "flip"]
    assert set(flip["suspected"]) >= {"corrected-figure", "rule"}


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("old", "nowhere"), 2, "no such file or folder: nowhere"),
        (("old/submissions/2025Q2", "new"), 2, "there is no book"),
        (("old", "new", "--period", "2025Q4"), 2, "has no folder submissions/2025Q4"),
        (("old/submissions/2025Q1", "old/submissions/2025Q2", "--book", "old"), 2, "OLD is of 2025Q1"),
        (("torn.json", "new"), 3, "no-check-result"),
        (("torn.json", "new", "--old-as-of", "2025-07-01"), 2, "as of its own day"),
    ],
)
def test_what_cannot_be_compared_is_said(
    run_cli: RunCli, two: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    (two / "torn.json").write_text('{"schema": "biaochi.check/1"', encoding="utf-8")
    ran = run_cli("diff", *arguments, cwd=two)
    assert (ran.exit_code, words in ran.stderr) == (code, True), ran.stderr


def test_side_that_cannot_be_used_is_incomplete(run_cli: RunCli, two: Path) -> None:
    (two / "new" / "submissions" / "2025Q2" / "發改委.yaml").write_text("figures: [", encoding="utf-8")
    ran = run_cli("diff", "old", "new", "--period", "2025Q2", cwd=two)
    assert ran.exit_code == 3
    assert "withdrawn figure" in ran.stdout
    assert "yaml-syntax" in ran.stdout
    (two / "new" / "targets.yaml").write_text("plan: [", encoding="utf-8")
    assert run_cli("diff", "old", "new", cwd=two).exit_code == 3
