"""A new book as the text of a plan alone supports it: what was read, and what a person has to decide."""

from collections.abc import Iterator

from engine.model.noun import dataclass
from engine.model.question import Question
from engine.model.source import Source
from engine.model.target import Clause, Target

#: What a YAML file of a book holds: every scalar is text.
Yaml = str | list["Yaml"] | dict[str, "Yaml"]


@dataclass(frozen=True, slots=True)
class DraftRule:
    """A rule with its indicators as its file will hold them, and what is open about it."""

    indicators: tuple[dict[str, Yaml], ...]
    rule: dict[str, Yaml]
    open: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class DraftTarget:
    """A promise as it was read, and the rule that its words support; None for a goal of a later year."""

    target: Target
    open: tuple[Question, ...]
    rule: DraftRule | None


@dataclass(frozen=True, slots=True)
class DraftClause:
    """A clause with its promises; `clause.targets` holds the same targets without their rules."""

    clause: Clause
    file: str
    targets: tuple[DraftTarget, ...]


@dataclass(frozen=True, slots=True)
class DraftGroup:
    """A word of the plan that stands for several bodies, which its text does not list."""

    name: str
    source: Source


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One question: about the plan (`clause` and `name` empty), a group word, or a promise."""

    clause: str
    name: str
    question: Question
    source: Source


@dataclass(frozen=True, slots=True)
class Draft:
    """The whole of a drafted book.

    Shape: `title` and `year` are None where the text has none. `bodies` are names with a guess at their tier;
    `units` are lines of units.txt for units of measure that no table knows.
    """

    title: str | None
    year: int | None
    digest: str
    clauses: tuple[DraftClause, ...]
    bodies: tuple[tuple[str, str], ...]
    groups: tuple[DraftGroup, ...]
    units: tuple[str, ...]
    file: str

    @property
    def open_items(self) -> tuple[OpenItem, ...]:
        """Everything that a person has to decide: about the plan, then by clause, then about group words."""
        return tuple(self._open_items())

    def _open_items(self) -> Iterator[OpenItem]:
        plan = Source(self.file)
        if self.title is None:
            yield OpenItem("", "", Question.TITLE, plan)
        if self.year is None:
            yield OpenItem("", "", Question.YEAR, plan)
        for drafted in self.clauses:
            for each in drafted.targets:
                for question in (*each.open, *(each.rule.open if each.rule else ())):
                    yield OpenItem(drafted.clause.number, each.target.id, question, each.target.source)
        for group in self.groups:
            yield OpenItem("", group.name, Question.MEMBERS, group.source)
