"""Run the mutants of the modules named; what survives is listed, and the exit code is 1 where too many do."""

import argparse
import importlib
import importlib.util
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
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


def mutants_of(module: Path) -> list[tuple[str, Callable[[], str | None]]]:
    """The name of each mutant, and what makes its source; None where there is none after all."""
    plugins: Any = importlib.import_module("cosmic_ray.plugins")
    asts: Any = importlib.import_module("cosmic_ray.ast")
    source = module.read_text(encoding="utf-8")
    lines = source.splitlines()
    tree = asts.get_ast(source)
    found: list[tuple[str, Callable[[], str | None]]] = []
    for name in sorted(plugins.operator_names()):
        short = name.partition("/")[2]
        if any(word in short for word in _LEFT_OUT):
            continue
        operator = plugins.get_operator(name)()
        places = [place for node in asts.ast_nodes(tree) for place in operator.mutation_positions(node)]
        for occurrence, (start, _) in enumerate(places):
            line = " ".join(lines[start[0] - 1].split())
            found.append((f"{short} {occurrence}: {line}", partial(_changed, source, name, occurrence)))
    return found


def _changed(source: str, operator: str, occurrence: int) -> str | None:
    plugins: Any = importlib.import_module("cosmic_ray.plugins")
    asts: Any = importlib.import_module("cosmic_ray.ast")
    mutating: Any = importlib.import_module("cosmic_ray.mutating")
    visitor = mutating.MutationVisitor(occurrence, plugins.get_operator(operator)())
    try:
        changed = str(visitor.walk(asts.get_ast(source)).get_code())
    except AttributeError:
        # Of an exception under a dotted name cosmic-ray makes none.
        return None
    return changed if changed != source else None


def tests_of(module: Path) -> list[str]:
    """The module's own tests, the quickest first; then those that judge what it is part of."""
    own = ROOT / "tests" / "unit" / module.parent.relative_to(ROOT / "engine") / f"test_{module.stem}.py"
    beyond = {
        "evaluate": ["test_oracle.py::test_engine_agrees_with_the_oracle[0]", "test_explain.py"],
        "exact": ["unit/rules/test_minimal.py", "unit/rules/test_conflicts.py", "unit/rules/test_proofs.py"],
        "rules": ["test_oracle.py::test_engine_agrees_with_the_oracle[0]", "test_semantics.py"],
        "plan": ["test_grammar.py", "test_plan.py"],
        "engine": ["test_semantics.py"],
    }
    return [str(own), *(f"{ROOT}/tests/{name}" for name in beyond[module.parent.name])]


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
        mutants = mutants_of(module)
        if options.sample:
            mutants = Random(options.seed).sample(mutants, min(options.sample, len(mutants)))
        survivors = []
        tried = 0
        for name, make in mutants:
            source = make()
            if source is None:
                continue
            tried += 1
            if passes(module, source):
                survivors.append(name)
                print(f"survives: {given} {name}", flush=True)
        killed = tried - len(survivors)
        figures[str(given)] = {"mutants": tried, "killed": killed, "survivors": survivors}
        print(f"{given}: {killed} of {tried} killed", flush=True)
        all_tried, all_killed = all_tried + tried, all_killed + killed
        if options.report:
            text = json.dumps(figures, ensure_ascii=False, indent=1)
            options.report.write_text(text + "\n", encoding="utf-8")
    share = 100 * all_killed / max(1, all_tried)
    print(f"{all_tried} mutants, {all_killed} killed ({share:.1f} %)")
    return 0 if all_killed * 100 >= GOAL * all_tried else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
