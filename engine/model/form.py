"""A submission form: which figures one body is asked for in a period, and what decides each of them."""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Self

from engine.model.limit import LimitedObligation
from engine.model.quantity import Unit

#: The first words of a form's stamp: shape and version.
STAMP = "biaochi.form/1"

_STAMP = re.compile(rf"#? ?{re.escape(STAMP)} period=(?P<period>\S+) book=(?P<digest>\S+) organization=(?P<name>.+)")


@dataclass(frozen=True, slots=True)
class Stamp:
    """For whom, for which period and from which book a form was made; it comes back with the figures."""

    period: str
    digest: str
    organization: str

    @property
    def text(self) -> str:
        """One line, as forms in text carry it behind a `#`."""
        return f"{STAMP} period={self.period} book={self.digest} organization={self.organization}"

    @classmethod
    def parse(cls, line: str) -> Self | None:
        """The stamp in a line, None where it holds none.

        >>> Stamp.parse("# biaochi.form/1 period=2025Q3 book=sha256:0 organization=市經信局").period
        '2025Q3'
        """
        match = _STAMP.fullmatch(line.strip())
        return cls(match["period"], match["digest"], match["name"]) if match else None


@dataclass(frozen=True, slots=True)
class Blank:
    """One figure to be filled in: of an indicator, of a member of its list, or of one part of it.

    `part` is empty for the figure itself, else `done`, `eligible`, `stage` or the name of a part. `unit` is the
    unit of measure that is expected and `units` those that are accepted, it among them; both are empty where no
    number is asked for. `last` is what was submitted for an earlier period, `baseline` the number that `check`
    takes where none is stated, in `unit`.
    """

    indicator: str
    name: str
    member: str
    part: str
    unit: Unit | None
    units: tuple[Unit, ...] = ()
    stages: tuple[str, ...] = ()
    asks_baseline: bool = False
    baseline: Fraction | None = None
    last: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What is filled in once on a form, however many rules judge it."""
        return (self.indicator, self.member, self.part)


@dataclass(frozen=True, slots=True)
class Item:
    """What a form asks for one obligation, and what it is judged by.

    `blanks` are the figures it takes, of every member. `signed`: it may be below zero. `breached_in` names the
    earlier period in which a line was crossed that stays crossed.
    """

    limited: LimitedObligation
    quote: str
    blanks: tuple[Blank, ...]
    signed: bool
    breached_in: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class BlankForm:
    """The form of one body. `waiting` are obligations of the period for which nothing is to be reported."""

    stamp: Stamp
    title: str
    items: tuple[Item, ...]
    waiting: tuple[LimitedObligation, ...]
