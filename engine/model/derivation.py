"""A derivation: the steps that lead from a promise and a figure to a verdict, with exact values and no words."""

from fractions import Fraction

from engine.model.diagnostic import Diagnostic
from engine.model.noun import dataclass
from engine.model.source import Source
from engine.model.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the program that is translated: a verdict, a role, or with `note` a verdict's note."""

    key: str
    note: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """A verdict as one sentence in the office's words, those that pages and circulars show of it."""

    verdict: Verdict
    pace_word: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark of the book's author; Chinese readers see the Chinese one where there is one."""

    text: str
    chinese: str | None = None


#: What a sentence is filled with: data as written, exact numbers, words, names in a row, findings, verdicts, remarks.
Value = str | Fraction | Word | tuple[str, ...] | Diagnostic | Summary | Remark

#: Numbers and signs as they stand in an expression.
Terms = tuple[Fraction | str, ...]


@dataclass(frozen=True, slots=True)
class Equation:
    """An arithmetic step: numbers and signs as they are printed, and the exact number that comes out."""

    terms: Terms
    value: Fraction
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two exact numbers with the sign between them; `sign` is one of ≥ > ≤ <."""

    left: Fraction
    sign: str
    right: Fraction

    @property
    def holds(self) -> bool:
        """Whether what is written is true.

        >>> Comparison(Fraction(1), ">", Fraction(1)).holds, Comparison(Fraction(1), "≤", Fraction(1)).holds
        (False, True)
        """
        if self.left == self.right:
            return self.sign in ("≥", "≤")
        return (self.left > self.right) == (self.sign in ("≥", ">"))


@dataclass(frozen=True, slots=True)
class Step:
    """One sentence of a derivation: its key among the templates and what fills it.

    `member` names the member of a list that it is about, empty where there is no list.
    """

    section: str
    key: str
    params: tuple[tuple[str, Value], ...] = ()
    equation: Equation | None = None
    comparison: Comparison | None = None
    source: Source | None = None
    member: str = ""


@dataclass(frozen=True, slots=True)
class Derivation:
    """Everything that is said about a `rule`, a `verdict` or a `code`, in order.

    `subject` is what it is about: field and text. `outcome` and `reason` are the engine's, empty where nothing was
    judged.
    """

    about: str
    subject: tuple[tuple[str, str], ...]
    steps: tuple[Step, ...]
    outcome: str = ""
    reason: str = ""


def step(section: str, key: str, source: Source | None = None, **params: Value) -> Step:
    """A sentence without arithmetic."""
    return Step(section, key, tuple(params.items()), source=source)


def equal(section: str, key: str, terms: Terms, value: Fraction, unit: str = "", **params: Value) -> Step:
    """A sentence with an equation."""
    return Step(section, key, tuple(params.items()), Equation(terms, value, unit))
