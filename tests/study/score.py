"""The real check on made-up submissions, and what it found of what was planted."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from engine.model.book import Book
from engine.model.codes import CODES, CONTRADICTIONS
from engine.model.diagnostic import Diagnostic, Severity
from engine.model.source import Source
from engine.pipeline import check
from tests.study.city import City, quarters_to
from tests.study.faults import CONTRADICTING, ODD, Desk, Planted
from tests.study.paper import Key, Place, Reports, write_reports

#: How often a submission is of the first, second, third and last quarter.
_QUARTERS = (1, 2, 2, 2, 3, 3, 3, 4, 4, 4)

_FIRST = "ask-about-first"


@dataclass(slots=True)
class Kind:
    """What became of the faults of one kind.

    `found`: a finding of the kind that was wanted stands at the wrong cell. `seen`: at least some finding does.
    """

    planted: int = 0
    found: int = 0
    seen: int = 0


@dataclass(slots=True)
class First:
    """What was said of whom to ask first, by fault that contradicts other figures."""

    faults: int = 0
    silent: int = 0
    alone: int = 0
    tied: int = 0
    missed: int = 0
    ties: int = 0


@dataclass(slots=True)
class Score:
    """What is counted over all submissions.

    `findings` and `unfounded` are findings in submissions with faults, by code: all, and those that no planted
    cell has a part in. `alarms` are the codes of each clean submission that has any.
    """

    kinds: dict[str, Kind] = field(default_factory=dict)
    first: dict[str, First] = field(default_factory=dict)
    findings: Counter[str] = field(default_factory=Counter)
    unfounded: Counter[str] = field(default_factory=Counter)
    clean: int = 0
    alarms: dict[int, tuple[str, ...]] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)

    def recall(self, kinds: Collection[str]) -> float:
        """How many of the faults of these kinds were found, of those planted."""
        chosen = [self.kinds[kind] for kind in kinds if kind in self.kinds]
        return sum(kind.found for kind in chosen) / max(sum(kind.planted for kind in chosen), 1)

    def precision(self, severity: Severity) -> float:
        """How many of the findings of this weight a planted cell has a part in."""
        wanted = [code for code in self.findings if CODES[code].severity is severity and code != _FIRST]
        total = sum(self.findings[code] for code in wanted)
        return 1 - sum(self.unfounded[code] for code in wanted) / max(total, 1)


def study(book: Book, faulty: int, clean: int, seed: str) -> Score:
    """Make, plant and check so many submissions."""
    score = Score()
    for number in range(clean):
        rng = Random(f"{seed} clean {number}")
        reports, periods = _year(book, rng)
        findings, _ = _checked(book, reports, periods[-1])
        score.clean += 1
        if findings:
            score.alarms[number] = tuple(sorted({finding.code for finding in findings}))
    for number in range(faulty):
        rng = Random(f"{seed} faulty {number}")
        reports, periods = _year(book, rng)
        planted = _plant(Desk(book, rng, reports, periods), number)
        findings, places = _checked(book, reports, periods[-1])
        _count(score, book, number, planted, findings, places)
    return score


def _year(book: Book, rng: Random) -> tuple[Reports, tuple[str, ...]]:
    periods = quarters_to(book.plan.year, rng.choice(_QUARTERS))
    return City(book, rng, periods).make(), tuple(period.label for period in periods)


def _plant(desk: Desk, number: int) -> list[Planted]:
    """One to three faults in different cells; half of the submissions begin with one that contradicts something."""
    planted: list[Planted] = []
    wanted = desk.rng.choice((1, 1, 2, 3))
    pools = (list(CONTRADICTING.items()), list(ODD.items()))
    for _ in range(40):
        if len(planted) == wanted:
            break
        pool = pools[(number + len(planted)) % 2]
        _, plant = desk.rng.choice(pool)
        before = dict(desk.reports)
        one = plant(desk)
        if one is None:
            continue
        if any(one.cells & other.cells or one.kind == other.kind for other in planted):
            desk.reports.clear()
            desk.reports.update(before)
            continue
        planted.append(one)
    return planted


def _checked(book: Book, reports: Reports, period: str) -> tuple[tuple[Diagnostic, ...], Mapping[Key, Place]]:
    with TemporaryDirectory() as folder:
        places = write_reports(book, reports, Path(folder))
        return check(book, (), [Path(folder) / period]).findings, places


def _place(source: Source) -> Place:
    return ("/".join(source.file.split("/")[-2:]), source.line)


def _places(finding: Diagnostic) -> set[Place]:
    return {_place(source) for source in (finding.source, *finding.related)}


def _count(
    score: Score,
    book: Book,
    number: int,
    planted: Iterable[Planted],
    findings: Iterable[Diagnostic],
    places: Mapping[Key, Place],
) -> None:
    at = {each.kind: {places[key] for key in each.cells} for each in planted}
    touched = set().union(*at.values())
    for finding in findings:
        score.findings[finding.code] += 1
        score.unfounded[finding.code] += not _places(finding) & touched
    for each in planted:
        kind = score.kinds.setdefault(each.kind, Kind())
        own = [finding for finding in findings if _places(finding) & at[each.kind]]
        kind.planted += 1
        kind.seen += bool(own)
        if any(finding.code in each.codes for finding in own):
            kind.found += 1
        else:
            cells = "、".join(" ".join(key) for key in sorted(each.cells)[:2])
            score.missed.append(f"{number} {each.kind}: {cells} ({', '.join(sorted({one.code for one in own}))})")
        if any(finding.code in CONTRADICTIONS for finding in own):
            _count_first(score.first.setdefault(each.kind, First()), book, each, own)


def _count_first(first: First, book: Book, planted: Planted, own: Iterable[Diagnostic]) -> None:
    """Whether the cells to ask about first are those that were made wrong."""
    wrong = {f"{key.organization} {key.period} {book.indicators[key.indicator].name}" for key in planted.cells}
    notes = [finding for finding in own if finding.code == _FIRST]
    first.faults += 1
    if not notes:
        first.silent += 1
        return
    answers = [answer for finding in notes for answer in finding.params["cells"].split(" / ")]
    named = [any(words in answer for words in wrong) for answer in answers]
    first.ties += len(answers)
    if all(named):
        first.alone += 1
    elif any(named):
        first.tied += 1
    else:
        first.missed += 1
