"""What a rule author's repository copies: the hooks, run by the real pre-commit, and the ready workflow."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from cli import cli
from tests.conftest import ROOT

EXAMPLE = ROOT / "examples" / "rule-author"
WORKFLOW = EXAMPLE / ".github" / "workflows" / "biaochi.yaml"

#: A book of one promise, with a case at, under and over each of its edges.
BOOK = {
    "organizations.yaml": "organizations:\n- {name: 市統計局, tier: city-department}\n",
    "targets.yaml": """\
plan: {title: 示例方案, year: 2025}
clauses:
- clause: '1'
  lead: [市統計局]
  targets:
  - {id: growth, quote: 增長7%, kind: rate, comparator: at_least, value: 7, unit: '%', change: increase}
""",
    "rules/001-growth.yaml": """\
clause: '1'
indicators:
- {id: growth, name: 增速, unit: '%'}
rules:
- id: growth
  target: growth
  indicator: growth
  kind: rate
  comparator: at_least
  threshold: 7 %
  judged: {lead: city}
cases:
- {rule: growth, figures: {2025Q2: 6.99 %}, expect: {verdict: at-risk}}
- {rule: growth, figures: {2025Q2: 7.00 %}, expect: {verdict: pass}}
- {rule: growth, figures: {2025Q2: 7.01 %}, expect: {verdict: pass}}
- {rule: growth, figures: {2025Q2: 5.99 %}, expect: {verdict: fail}}
- {rule: growth, figures: {2025Q2: 6.00 %}, expect: {verdict: at-risk}}
- {rule: growth, figures: {2025Q2: 6.01 %}, expect: {verdict: at-risk}}
- {rule: growth, figures: {2025Q4: 6.99 %}, expect: {verdict: fail}}
- {rule: growth, figures: {2025Q4: 7.00 %}, expect: {verdict: pass}}
- {rule: growth, figures: {2025Q4: 7.01 %}, expect: {verdict: pass}}
""",
}

#: What the package is built from, as pre-commit finds it in a clone.
SOURCES = (
    "pyproject.toml",
    "README.md",
    "LICENSE",
    "building",
    "cli.py",
    "commands",
    "biaochi",
    "engine",
    ".pre-commit-hooks.yaml",
)


def git(folder: Path, *words: str) -> str:
    author = ("-c", "user.name=x", "-c", "user.email=x@localhost", "-c", "init.defaultBranch=main")
    ran = subprocess.run(["git", *author, *words], cwd=folder, capture_output=True, text=True, check=True)
    return ran.stdout.strip()


def commit_all(folder: Path) -> str:
    """Make a folder a repository with one commit of all that is in it; the commit's name."""
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=x")
    return git(folder, "rev-parse", "HEAD")


def lay_out(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


class Author:
    """A rule author's repository, its hooks taken from this one."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder, self._home = folder, home

    def run(self, hook: str, *files: str) -> tuple[int, str]:
        """Run one hook as pre-commit does, on all files or on those named; exit code and output."""
        # The hook's environment is built from this repository without the network: what Biaochi needs, and what it is
        # built with, is lent from the environment of the tests. (pip reads 0 here as: no isolation.)
        lent = {"PYTHONPATH": sysconfig.get_path("purelib"), "PIP_NO_DEPS": "1", "PIP_NO_BUILD_ISOLATION": "0"}
        fixed = {"PRE_COMMIT_HOME": str(self._home), "PRE_COMMIT_COLOR": "never", "LC_ALL": "C.UTF-8"}
        chosen = ["--files", *files] if files else ["--all-files"]
        command = [sys.executable, "-m", "pre_commit", "run", hook, "--verbose", *chosen]
        env = {**os.environ, "PIP_NO_INDEX": "1", **lent, **fixed}
        ran = subprocess.run(command, cwd=self.folder, env=env, capture_output=True, text=True)
        return ran.returncode, ran.stdout + ran.stderr

    def write(self, name: str, text: str) -> None:
        lay_out(self.folder, {name: text})
        git(self.folder, "add", "--all")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps the environment that it builds, once for all tests."""
    return tmp_path_factory.mktemp("pre-commit")


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A repository with this one's hooks and package, and its commit."""
    if shutil.which("git") is None:
        pytest.skip("git is not here, and pre-commit works with nothing else")
    folder = tmp_path_factory.mktemp("origin")
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    return folder, commit_all(folder)


@pytest.fixture
def author(origin: tuple[Path, str], home: Path, tmp_path: Path) -> Author:
    """The example's hooks beside a small book."""
    folder, commit = origin
    config = yaml.safe_load((EXAMPLE / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    config["repos"][0] |= {"repo": str(folder), "rev": commit}
    lay_out(tmp_path, {**BOOK, ".pre-commit-config.yaml": yaml.safe_dump(config), "README.md": "A book.\n"})
    commit_all(tmp_path)
    return Author(tmp_path, home)


# --- the hooks -------------------------------------------------------------------------------------------------


def test_a_sound_book_passes_both_hooks(author: Author) -> None:
    code, output = author.run("biaochi-validate")
    assert (code, "Passed" in output) == (0, True), output
    code, output = author.run("biaochi-test")
    assert (code, "100 % of the edges and situations are tried" in output) == (0, True), output


def test_a_rule_that_departs_from_the_plan_is_refused_with_its_place(author: Author) -> None:
    rule = BOOK["rules/001-growth.yaml"].replace("threshold: 7 %", "threshold: 8 %")
    author.write("rules/001-growth.yaml", rule)
    code, output = author.run("biaochi-validate", "rules/001-growth.yaml")
    assert code == 1
    assert re.search(r"rules/001-growth.yaml:10:\d+: error \[value-differs\]", output)


def test_a_case_that_fails_or_is_missing_is_refused(author: Author) -> None:
    lines = BOOK["rules/001-growth.yaml"].splitlines(keepends=True)
    author.write("rules/001-growth.yaml", "".join(lines[:-1]))
    code, output = author.run("biaochi-test")
    assert code == 1
    assert "year-end pass over" in output
    wrong = BOOK["rules/001-growth.yaml"].replace(
        "5.99 %}, expect: {verdict: fail}", "5.99 %}, expect: {verdict: pass}"
    )
    author.write("rules/001-growth.yaml", wrong)
    code, output = author.run("biaochi-test")
    assert code == 1
    assert "1 failed" in output


@pytest.mark.parametrize("hook", ["biaochi-validate", "biaochi-test"])
def test_files_that_are_not_of_the_book_start_no_hook(author: Author, hook: str) -> None:
    code, output = author.run(hook, "README.md")
    assert (code, "(no files to check)" in output) == (0, True)


HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
@pytest.mark.parametrize(
    ("path", "starts"),
    [
        ("targets.yaml", True),
        ("organizations.yaml", True),
        ("policy.yaml", True),
        ("relations.yaml", True),
        ("amendments.yaml", True),
        ("waivers.yaml", True),
        ("units.txt", True),
        ("rules/016-above-scale-enterprises.yaml", True),
        ("allocations/016-net-new-enterprises.yaml", True),
        ("books/2025/rules/001-x.yaml", True),
        ("submissions/2025Q2/finance.yaml", False),
        ("README.md", False),
        ("my-targets.yaml", False),
        ("rules/notes.md", False),
    ],
)
def test_hooks_start_for_the_files_that_their_commands_read(hook: dict[str, Any], path: str, starts: bool) -> None:
    assert bool(re.search(hook["files"], path)) is starts


# --- manifest, example and workflow follow their published schemas ----------------------------------------------


def test_the_page_shows_the_hooks_of_the_example() -> None:
    shown = (EXAMPLE / ".pre-commit-config.yaml").read_text(encoding="utf-8").partition("\n")[2]
    assert f"```yaml\n{shown}```" in (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")


def accepted(*words: str | Path) -> None:
    ran = subprocess.run([sys.executable, "-m", *map(str, words)], cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_manifest_and_example_are_what_pre_commit_wants() -> None:
    accepted("pre_commit", "validate-manifest", ".pre-commit-hooks.yaml")
    accepted("pre_commit", "validate-config", EXAMPLE / ".pre-commit-config.yaml")


def test_workflow_follows_the_schema_of_workflows() -> None:
    accepted("check_jsonschema", "--builtin-schema", "vendor.github-workflows", WORKFLOW)


def test_a_spoilt_workflow_does_not_follow_it(tmp_path: Path) -> None:
    spoilt = tmp_path / "biaochi.yaml"
    spoilt.write_text(WORKFLOW.read_text(encoding="utf-8").replace("runs-on", "runs-in"), encoding="utf-8")
    with pytest.raises(AssertionError, match="runs-in"):
        accepted("check_jsonschema", "--builtin-schema", "vendor.github-workflows", spoilt)


def workflow_commands() -> list[list[str]]:
    """The commands of Biaochi that the workflow and the hooks run, as words."""
    jobs = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"]
    lines = [line for step in jobs["book"]["steps"] for line in step.get("run", "").splitlines()]
    commands = [re.split(r" \|\| | && ", line)[0] for line in lines if line.startswith("biaochi ")]
    return [shlex.split(command) for command in commands] + [shlex.split(hook["entry"]) for hook in HOOKS]


def test_workflow_and_hooks_use_commands_and_options_that_exist() -> None:
    commands = workflow_commands()
    assert len(commands) == 5
    for _, name, *words in commands:
        options = [
            option for each in cli.members()[name].params for option in each.opts if isinstance(each, click.Option)
        ]
        assert {word for word in words if word.startswith("-")} <= set(options), (name, words)


def test_workflow_installs_what_the_lock_file_names() -> None:
    text = WORKFLOW.read_text(encoding="utf-8")
    assert (ROOT / "requirements.lock").is_file()
    assert "--require-hashes --no-deps -r .biaochi/requirements.lock" in text
