"""One target in this process: inputs are made, tried and counted, and what breaks a promise is kept.

Run as `python -m tests.fuzz.drive TARGET ...` by `python -m tests.fuzz`: libFuzzer ends the process that it drives, so
everything that is to be known stands in the report by then.
"""

import gc
import hashlib
import json
import signal
import sys
import time
import traceback
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from types import FrameType

#: Processor time that one input may take; only what is in a loop without end takes so much.
SECONDS = 1.0

#: Memory is looked at so many times in a run; what grew before the second look is caches that fill.
LOOKS = 10

#: One input of so many is tried twice, and must give the same again.
AGAIN = 4


class Hang(BaseException):
    """An input took longer than `SECONDS`. No reader may catch it."""


def _out_of_time(_: int, __: FrameType | None) -> None:
    raise Hang


class Driver:
    """Tries inputs of one target and keeps the report."""

    def __init__(self, options: Namespace) -> None:
        """Try the beginnings first, which also loads what is loaded on first use."""
        from tests.fuzz.targets import BY_NAME

        self.target = BY_NAME[options.target]
        self.runs: int = options.runs
        self.rng = Random(options.seed)
        self.beginnings = [each[: self.target.largest] for each in self.target.beginnings()]
        self._folder = Path(options.found)
        self._report = Path(options.report)
        self._counted = 0
        self._looks: list[tuple[int, int, int]] = []
        self.faults: dict[str, str] = {}
        signal.signal(signal.SIGPROF, _out_of_time)
        for content in self.beginnings:
            self._try(content, 30.0)
        self._began = time.perf_counter()
        self._cpu = time.process_time()

    def attempt(self, content: bytes) -> None:
        """Try one input, and look at the memory at times."""
        self._try(content[: self.target.largest], SECONDS)
        self._counted += 1
        if self._counted % max(1, self.runs // LOOKS) == 0 or self._counted == self.runs:
            self._look()

    def mutate(self, content: bytes, raw: Callable[[bytes, int], bytes]) -> bytes:
        """A neighbour of `content`."""
        return self.target.mutate(content, self.rng, self.beginnings, raw)[: self.target.largest]

    def _try(self, content: bytes, seconds: float) -> None:
        again = hashlib.blake2b(content, digest_size=1).digest()[0] % AGAIN == 0
        try:
            signal.setitimer(signal.ITIMER_PROF, seconds)
            try:
                first = self.target.attempt(content)
                signal.setitimer(signal.ITIMER_PROF, seconds)
                if again and self.target.attempt(content) != first:
                    raise AssertionError("the same input gave another result")
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)
        except (Exception, Hang) as error:
            self._keep(content, error)

    def _keep(self, content: bytes, error: BaseException) -> None:
        """One input for each kind of fault: its type, its words without figures, and where it was raised."""
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "fuzz/drive" not in frame.filename]
        last = frames[-1] if frames and not isinstance(error, Hang) else None
        place = f"{Path(last.filename).name}:{last.name}" if last else ""
        said = "".join("#" if sign.isdigit() else sign for sign in str(error)[:60])
        key = f"{type(error).__name__} {place} {said}"
        if key in self.faults:
            return
        name = f"{hashlib.sha256(content).hexdigest()[:12]}"
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / name).write_bytes(content)
        trace = "".join(traceback.format_exception(error))
        (self._folder / f"{name}.txt").write_text(trace, encoding="utf-8", errors="backslashreplace")
        self.faults[key] = name

    def _look(self) -> None:
        gc.collect()
        resident = int(Path("/proc/self/statm").read_text().split()[1]) * 4096 if sys.platform == "linux" else 0
        self._looks.append((self._counted, sys.getallocatedblocks(), resident))
        report = {
            "target": self.target.name,
            "inputs": self._counted,
            "seconds": time.perf_counter() - self._began,
            "cpu": time.process_time() - self._cpu,
            "looks": self._looks,
            "faults": self.faults,
        }
        self._report.write_text(json.dumps(report, ensure_ascii=True), encoding="utf-8")


def drive_with_coverage(options: Namespace) -> None:
    """LibFuzzer chooses what to change by what an input reached in the engine. Does not return."""
    import atheris

    with atheris.instrument_imports(include=["engine"]):
        # What is imported here is counted; what was imported before is not.
        import engine.pipeline
        import engine.plan.draft
        import engine.plan.read
        import engine.rules.book
        import engine.submissions.csvform
        import engine.submissions.relations
        import engine.submissions.stamps
        import engine.submissions.suspects
        import engine.submissions.suspicions
        import engine.submissions.xlsxform
        import engine.submissions.yamlform  # noqa: F401
    driver = Driver(options)
    corpus = Path(options.corpus)
    corpus.mkdir(parents=True, exist_ok=True)
    for content in driver.beginnings:
        (corpus / hashlib.sha256(content).hexdigest()[:16]).write_bytes(content)

    def raw(content: bytes, size: int) -> bytes:
        return bytes(atheris.Mutate(content, max(size, len(content), 1)))

    def mutate(content: bytes, size: int, seed: int) -> bytes:
        driver.rng.seed(seed)
        return driver.mutate(content, raw)[:size]

    arguments = [
        "fuzz", f"-runs={options.runs}", f"-seed={options.seed or 1}", f"-max_len={driver.target.largest}",
        "-timeout=60", "-rss_limit_mb=4096", "-len_control=0", "-print_final_stats=1", str(corpus),
    ]  # fmt: skip
    atheris.Setup(arguments, driver.attempt, custom_mutator=mutate, internal_libfuzzer=True)
    atheris.Fuzz()


def drive_without_coverage(options: Namespace) -> None:
    """Hypothesis chooses where to begin and how to change it; nothing is known of what an input reached."""
    from hypothesis import HealthCheck, Phase, given, seed, settings
    from hypothesis import strategies as st

    driver = Driver(options)

    def raw(content: bytes, _: int) -> bytes:
        changed = bytearray(content or b"\0")
        for _ in range(driver.rng.randint(1, 4)):
            changed[driver.rng.randrange(len(changed))] = driver.rng.randrange(256)
        return bytes(changed)

    done = 0
    # In batches: Hypothesis remembers all examples of one, and would itself be what grows.
    for batch in range(-(-options.runs // 1000)):

        @seed(options.seed * 1_000_003 + batch)
        @settings(
            max_examples=min(1000, options.runs - done), database=None, deadline=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(st.integers(0, len(driver.beginnings) - 1), st.integers(0, 2**64))
        def one(place: int, number: int) -> None:
            driver.rng.seed(number)
            driver.attempt(driver.mutate(driver.beginnings[place], raw))

        one()
        done += 1000


def main(arguments: Sequence[str]) -> None:
    """Drive one target; the report and what was found stand in files."""
    parser = ArgumentParser()
    parser.add_argument("target")
    parser.add_argument("--runs", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    for name in ("--corpus", "--found", "--report"):
        parser.add_argument(name, required=True)
    parser.add_argument("--without-coverage", action="store_true")
    options = parser.parse_args(arguments)
    (drive_without_coverage if options.without_coverage else drive_with_coverage)(options)


if __name__ == "__main__":
    main(sys.argv[1:])
