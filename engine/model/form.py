"""A submission form: which figures one body is asked for in a period, and what decides each of them."""

import re
from fractions import Fraction
from typing import Self

from engine.model.limit import LimitedObligation
from engine.model.noun import dataclass
from engine.model.quantity import Unit

#: The first words of a form's stamp: shape and version.
STAMP = "biaochi.form/1"

#: The sheet of a workbook whose first cell holds the stamp, and the hidden sheets whose formulas judge.
STAMP_SHEET = "_form"
READ, SCORES, RESULTS, LISTS = "_read", "_scores", "_results", "_lists"

#: The columns in their order, each with its heading in English and Traditional Chinese. A reader takes the figures
#: from indicator, code, member, part, value, unit, baseline, evidence, note, organization and those of a revision.
COLUMNS: dict[str, tuple[str, str]] = {
    "clause": ("clause", "條款"),
    "quote": ("the plan's words", "方案原文"),
    "indicator": ("indicator", "指標"),
    "member": ("member", "成員"),
    "part": ("part", "組成"),
    "value": ("value", "數值"),
    "unit": ("unit", "計量單位"),
    "baseline": ("baseline", "基期數"),
    "due": ("due", "本期應達"),
    "last": ("last figure", "上期數"),
    "verdict": ("verdict", "判定"),
    "progress": ("progress", "進度"),
    "gap": ("gap", "差距"),
    "evidence": ("evidence", "佐證"),
    "note": ("note", "說明"),
    "revises": ("revised period", "更正期別"),
    "revises_from": ("on record", "更正前"),
    "revises_to": ("revised to", "更正後"),
    "revises_reason": ("reason for revising", "更正理由"),
    "code": ("indicator id", "指標代碼"),
    "organization": ("organization", "單位"),
}

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
