"""Run the mutants of the modules named; what survives is listed, and the exit code is 1 where too many do."""

import argparse
import importlib
import importlib.util
import json
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from importlib.machinery import SourceFileLoader
from pathlib import Path
from random import Random
from types import CodeType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent

#: Seconds after which a mutant that still runs is taken for killed: the tests of a module take a few.
TIMEOUT = 120

#: Share of mutants that has to be killed.
GOAL = 95

#: What the tests load and no mutant touches: loaded once, before the forks.
_PRELOADED = ("_duckdb", "_pytest.assertion.rewrite", "click", "hypothesis", "hypothesis.strategies", "pytest", "yaml")

#: Left out: annotations are not run, decorators are what tests are written on, and two ask for names of variables.
_LEFT_OUT = ("BinaryOperator_BitOr", "RemoveDecorator", "VariableInserter", "VariableReplacer")


def mutants_of(module: Path) -> Iterator[tuple[str, str]]:
    """The name of each mutant and its source."""
    plugins: Any = importlib.import_module("cosmic_ray.plugins")
    asts: Any = importlib.import_module("cosmic_ray.ast")
    mutating: Any = importlib.import_module("cosmic_ray.mutating")
    source = module.read_text(encoding="utf-8")
    lines = source.splitlines()
    for name in sorted(plugins.operator_names()):
        short = name.partition("/")[2]
        if any(word in short for word in _LEFT_OUT):
            continue
        operator = plugins.get_operator(name)()
        tree = asts.get_ast(source)
        places = [place for node in asts.ast_nodes(tree) for place in operator.mutation_positions(node)]
        for occurrence, (start, _) in enumerate(places):
            visitor = mutating.MutationVisitor(occurrence, operator)
            changed = visitor.walk(asts.get_ast(source)).get_code()
            if changed != source:
                yield f"{short} {occurrence}: {' '.join(lines[start[0] - 1].split())}", changed


def tests_of(module: Path) -> list[str]:
    """The module's own tests, then the oracle's."""
    own = ROOT / "tests" / "unit" / module.parent.relative_to(ROOT / "engine") / f"test_{module.stem}.py"
    judging = module.parent.name in ("evaluate", "exact", "rules")
    return [str(own), *([f"{ROOT}/tests/test_oracle.py::test_engine_agrees_with_the_oracle[0]"] if judging else [])]


def passes(module: Path, source: str) -> bool:
    """Whether the tests pass with the source in the module's place. It runs in a process of its own."""
    child = os.fork()
    if child == 0:
        os._exit(_in_child(module, source))
    began = time.monotonic()
    while time.monotonic() - began < TIMEOUT:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status) == 0
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False


def _in_child(module: Path, source: str) -> int:
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    plain: Any = SourceFileLoader.get_code

    def get_code(self: Any, fullname: str) -> CodeType | None:
        if Path(self.path) == module:
            return compile(source, str(module), "exec")
        code: CodeType | None = plain(self, fullname)
        return code

    SourceFileLoader.get_code = get_code  # type: ignore[method-assign]
    pytest: Any = importlib.import_module("pytest")
    arguments = [
        "-x",
        "-q",
        "-p",
        "no:cacheprovider",
        "-W",
        "ignore::pytest.PytestAssertRewriteWarning",
        "--rootdir",
        str(ROOT),
    ]
    return int(pytest.main([*arguments, *tests_of(module)]))


def main(arguments: Sequence[str]) -> int:
    """Run, count and list."""
    parser = argparse.ArgumentParser(description="Make mutants of modules of the engine and see who survives.")
    parser.add_argument("modules", nargs="+", type=Path)
    parser.add_argument("--sample", type=int, metavar="N", help="try N of each module")
    parser.add_argument("--seed", type=int, default=0, help="which N")
    parser.add_argument("--report", type=Path, metavar="FILE", help="write the figures as JSON")
    options = parser.parse_args(arguments)
    if importlib.util.find_spec("cosmic_ray") is None:
        parser.error("cosmic-ray makes the mutants, and is not installed")
    for name in _PRELOADED:
        importlib.import_module(name)
    figures: dict[str, dict[str, object]] = {}
    all_tried = all_killed = 0
    for given in options.modules:
        module = given.resolve()
        if not passes(module, module.read_text(encoding="utf-8")):
            parser.error(f"the tests of {given} fail without a mutant")
        mutants = list(mutants_of(module))
        if options.sample:
            mutants = Random(options.seed).sample(mutants, min(options.sample, len(mutants)))
        survivors = []
        for name, source in mutants:
            if passes(module, source):
                survivors.append(name)
                print(f"survives: {given} {name}", flush=True)
        killed = len(mutants) - len(survivors)
        figures[str(given)] = {"mutants": len(mutants), "killed": killed, "survivors": survivors}
        print(f"{given}: {killed} of {len(mutants)} killed", flush=True)
        all_tried, all_killed = all_tried + len(mutants), all_killed + killed
        if options.report:
            text = json.dumps(figures, ensure_ascii=False, indent=1)
            options.report.write_text(text + "\n", encoding="utf-8")
    share = 100 * all_killed / max(1, all_tried)
    print(f"{all_tried} mutants, {all_killed} killed ({share:.1f} %)")
    return 0 if all_killed * 100 >= GOAL * all_tried else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
