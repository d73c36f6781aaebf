"""Traces every number of a printed explanation back to what stands printed above it.

`tests/test_explain.py` works the sums out again; a sum may be right and of the wrong numbers. Here the target of a
sum has to be the promised number, its figure the submitted one, its share that of the period in the heading, and so
on down to what remains. Nothing of the engine is used: the text, a calendar, and the worth of the units of measure
as this file has it.
"""

import calendar
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

#: The worth of a unit of measure within its family; what is not listed is a family of its own.
WORTH: dict[str, tuple[str, int]] = {
    "元": ("money", 100), "分錢": ("money", 1),
    "三分之一平方米": ("area", 1), "平方米": ("area", 3), "畝": ("area", 2000), "公頃": ("area", 30_000),
    "平方公里": ("area", 3_000_000),
    "毫米": ("length", 1), "米": ("length", 1000), "公里": ("length", 10**6),
    "微克/立方米": ("dust", 1), "微克每立方米": ("dust", 1), "毫克/立方米": ("dust", 1000),
    "permille": ("share", 1), "‰": ("share", 1), "%": ("share", 10),
}  # fmt: skip
INDEX = re.compile(r"上年(?:同期)?=100")
_TRADITIONAL = str.maketrans("万亿亩个间项场吨户顷", "萬億畝個間項場噸戶頃")

_AMOUNT = re.compile(r"(?:^|\s)(-?\d[\d,]*(?:\.\d+)?)\s*(\D\S*)?$")
_SUM = re.compile(r": (?P<left>[(]*-?\d[\d./()×÷+ -]*) = (?P<value>-?[\d./]+)(?: ≈ -?[\d.]+)?(?: (?P<unit>\S.*))?$")
_PASS_LINE = re.compile(r"  Does it pass\? The gap against the line .*: \S+ (\S) (\S+): (?:yes|no)$")
_PROMISED = re.compile(r"Promised: (at least|more than|at most|less than) (\S+ [^;\n]+)")
_CHANGED = re.compile(r"The number was (?:changed from (\S+ \S+)|set) to (\S+ \S+) on (\d{4})-(\d\d)-(\d\d): ")
_WORST = re.compile(r"  The worst member decides \((.*)\): any fail")
_PERIOD = re.compile(r"(\d{4})(?:Q(\d)|-(\d\d))?")
_OF_TARGET = (
    re.compile(r"All of (\S+(?: ≈ \S+)? \S+) is due in every period$"),
    re.compile(r"The line is (\S+(?: ≈ \S+)? \S+) in every period$"),
    re.compile(r"The baseline meets the target already: all of (\S+(?: ≈ \S+)? \S+) is due in every period$"),
    re.compile(
        r"Without a baseline the pace is unknown: only the full target of (\S+(?: ≈ \S+)? \S+) can be held against$"
    ),
    re.compile(r"The year is over: all of (\S+(?: ≈ \S+)? \S+) is due$"),
)
#: The kinds as the text says them, by their first words; of a list or an awaited number the last one counts.
_KINDS = {
    "A total of the year": "total", "A level at the end": "level", "A rate or ratio": "rate",
    "A line that has to hold": "always", "Stages with planned days": "milestone", "How many of those": "coverage",
    "One indicator against": "relative",
}  # fmt: skip


def worth_of(unit: str) -> tuple[str, int]:
    """The family of a unit of measure, and its worth in it; 萬 and 億 count the unit behind them."""
    for word, many in (("萬", 10**4), ("億", 10**8)):
        if unit.startswith(word):
            family, worth = worth_of(unit.removeprefix(word))
            return family, many * worth
    return WORTH.get(unit, (unit, 1))


@dataclass(frozen=True)
class Amount:
    """A number with its unit of measure, as printed."""

    value: Fraction
    unit: str
    decimals: int = 0

    def within(self, unit: str) -> Fraction:
        """The number in another unit of measure."""
        if self.unit == unit:
            return self.value
        value, (family, worth) = self.value, worth_of("%" if INDEX.fullmatch(self.unit) else self.unit)
        other, size = worth_of(unit)
        assert family == other, f"{self.unit} is not {unit}"
        return (value - (100 if INDEX.fullmatch(self.unit) else 0)) * worth / size

    @property
    def half(self) -> "Amount":
        """Half a step of the last decimal that is written."""
        unit = "%" if INDEX.fullmatch(self.unit) else self.unit
        return Amount(Fraction(1, 2 * 10**self.decimals), unit)


def amounts(text: str) -> list[Amount]:
    """What is submitted in one figure: one amount, or its parts in their order; nothing where it is a stage's name."""
    told = []
    for part in text.split("，"):
        if found := _AMOUNT.search(unicodedata.normalize("NFKC", part)):
            number = found[1].replace(",", "")
            unit = (found[2] or "").strip().translate(_TRADITIONAL)
            told.append(Amount(Fraction(number), unit, len(number.partition(".")[2])))
    return told


@dataclass
class Head:
    """What the text says before any figure: the period, the kind and the promise."""

    year: int
    month: int
    kind: str = ""
    word: str = ""
    promise: Amount | None = None
    before: Amount | None = None
    changed: tuple[int, int, int] | None = None
    tolerance: Fraction = Fraction(0)

    @property
    def end(self) -> tuple[int, int, int]:
        return self.year, self.month, calendar.monthrange(self.year, self.month)[1]

    @property
    def sign(self) -> int:
        return -1 if self.word in ("at most", "less than") else 1

    def in_force(self, period: str) -> Amount | None:
        """The promised number at the end of an earlier period."""
        year, month = month_of(period)
        end = year, month, calendar.monthrange(year, month)[1]
        return self.before if self.before and self.changed and end < self.changed else self.promise


def month_of(period: str) -> tuple[int, int]:
    found = _PERIOD.fullmatch(period)
    assert found, period
    return int(found[1]), int(found[2]) * 3 if found[2] else int(found[3] or 12)


def read_head(lines: list[str]) -> Head:
    head = Head(*month_of(lines[0].rsplit(" · ", 1)[1]))
    for line in lines:
        for words, kind in _KINDS.items():
            if line.strip().startswith(words):
                head.kind = kind
        if found := _PROMISED.search(line):
            head.word, head.promise = found[1], amounts(found[2])[0]
        if found := _CHANGED.search(line):
            head.before = amounts(found[1])[0] if found[1] else None
            assert amounts(found[2])[0] == head.promise, f"{line!r} changes to another number than the promised one"
            head.changed = int(found[3]), int(found[4]), int(found[5])
        if found := re.search(r"a tolerance of (\S+) is granted", line):
            head.tolerance = Fraction(found[1])
    return head


def blocks(lines: list[str], headings: set[str]) -> Iterator[tuple[str, list[str]]]:
    """The lines of each member of a list under its name; those before and behind them, or all, under no name."""
    name, told = "", list[str]()
    for line in lines:
        if line and not line.startswith(" ") and line not in headings:
            yield name, told
            name, told = line, []
        elif line == "Verdict" and name:
            yield name, told
            name, told = "", []
        told.append(line)
    yield name, told


@dataclass
class Tracer:
    """What is known of one figure when a line is reached; `traced` counts the lines that were held to something."""

    head: Head
    traced: Counter[str]
    #: Under the number before an amendment an earlier period still counts as it was held then.
    as_amended: Head | None = None
    unit: str = "%"
    written: list[Amount] = field(default_factory=list)
    name: str = ""
    base: Fraction | None = None
    share: Fraction | None = None
    due: Fraction | None = None
    baseline: Fraction | None = None
    partner: list[Amount] = field(default_factory=list)
    quotient: Fraction | None = None
    done: Fraction | None = None
    points: Fraction = Fraction(0)
    stages: list[str] | None = None
    judged: Fraction | None = None
    halves: list[Fraction] = field(default_factory=list)
    rest: Fraction | None = None
    lowered: Fraction | None = None
    of_target: Fraction | None = None
    over: bool = False

    def hold(self, what: str, line: str, found: object, expected: object) -> None:
        assert found == expected, f"{line!r}: {what} should be {expected}, not {found}"
        self.traced[what] += 1

    @property
    def target(self) -> Fraction:
        """The promised number in the unit in which it is compared."""
        assert self.head.promise, "an amount is compared with no promise"
        return self.head.promise.within(self.unit)

    @property
    def actual(self) -> Fraction:
        """The figure in the promise's unit: from its parts, or as written."""
        if self.judged is not None:
            return self.judged
        if self.quotient is not None:
            return self.quotient
        return sum((each.within(self.unit) for each in self.written), Fraction(0))

    def read(self, lines: list[str]) -> "Tracer":
        self.unit = _compared_in(lines) or (self.head.promise.unit if self.head.promise else self.unit)
        for line in (each for each in lines if each.startswith("  Compared with: ")):
            # It stands below what it stands for.
            self.partner = amounts(bare(line).removeprefix("  Compared with: "))
        for line in lines:
            shown = bare(line)
            self._said(shown.strip())
            if found := _SUM.search(shown):
                numbers, unit = [Fraction(each) for each in _numbers(found["left"])], found["unit"] or ""
                self._sum(shown.strip(), numbers, Fraction(found["value"]), unit.translate(_TRADITIONAL))
            if found := _PASS_LINE.match(shown):
                self._pass_line(shown, found[1], Fraction(found[2]))
        return self

    def _said(self, line: str) -> None:
        head = self.head
        if line.startswith("As submitted: "):
            self.name = line.removeprefix("As submitted: ")
            self.written = amounts(self.name)
        elif line.startswith("An inspection replaced"):
            self.written = []
        elif line.startswith("Judged: "):
            self.judged = amounts(line.removeprefix("Judged: "))[0].within(self.unit)
        elif line.startswith("Baseline: "):
            self.baseline = _plain(line.removeprefix("Baseline: ")).within(self.unit)
        elif found := re.match(r"By the end of (\S+) (\d+) stages are planned: (.*)", line):
            self.stages = found[3].split("、") if found[3] else []
            self.hold("period of the stages", line, month_of(found[1]), (head.year, head.month))
            self.hold("count of the stages", line, int(found[2]), len(self.stages))
            late = [each for each in self.stages if tuple(map(int, each[-11:-1].split("-"))) > head.end]
            self.hold("stages after the period", line, late, [])
        elif found := re.match(r"The rule's own pace: by (\S+) a share of (\S+) is due", line):
            self.hold("day of the pace", line, tuple(map(int, found[1].split("-"))), head.end)
            self.share = Fraction(found[2])
        elif line.startswith("The year is over: the promise"):
            self.over = True
            self.hold("end of the year", line, head.month, 12)
        elif line.startswith("More than ") and line.endswith("; equality does not keep it"):
            # Of a pair the promise is no number, so the word stands with what is due.
            head.word = "more than"
        for pattern in _OF_TARGET:
            if found := pattern.match(line):
                due = _plain(found[1])
                self.hold("whole target due", line, due.within(self.unit), self.target)
                self.hold("unit of the target due", line, due.unit, self.unit)
                self.due = due.value

    def _sum(self, line: str, numbers: list[Fraction], value: Fraction, unit: str) -> None:
        head = self.head
        if line.startswith("Converted from "):
            (written,) = self.written
            self.hold("unit converted from", line, line.split()[2].translate(_TRADITIONAL), written.unit)
            if INDEX.fullmatch(written.unit):
                self.hold("index converted", line, numbers, [written.value, Fraction(100), Fraction(10)])
            else:
                self.hold("number converted", line, numbers[0], written.value)
                self.hold("worth of the unit", line, numbers[1:], [Amount(Fraction(1), written.unit).within(unit)])
            self.hold("number in base units", line, value, written.within(unit))
            self.base = value
        elif line.startswith("The promised number in the unit"):
            assert head.promise, line
            family, size = worth_of(unit)
            self.hold("family of the promise", line, worth_of(head.promise.unit)[0], family)
            self.hold("promise converted", line, numbers[0], head.promise.value)
            worth = Fraction(worth_of(head.promise.unit)[1], size)
            self.hold("worths of the promise", line, numbers[1] / numbers[2], worth)
        elif line.startswith("In the target's unit"):
            self.hold("base number", line, numbers[0], self.base)
            self.hold("unit of the target", line, unit, self.unit)
            self.hold("number in the target's unit", line, value, self.written[0].within(self.unit))
        elif re.match(r"(As written it stands|The figure it is compared with stands|and (up to|below): )", line):
            if not line.startswith("and"):
                of = self.written if line.startswith("As written") else self.partner
                self.halves.append(of[0].half.within(self.unit))
                self.hold("number that stands", line, numbers[0], of[0].within(self.unit))
            self.hold("half a step", line, numbers[1], self.halves[-1])
        elif line.startswith("Time share"):
            self.hold("period of the share", line, month_of(line.split(":")[0].split()[-1]), (head.year, head.month))
            self.hold("month of the share", line, numbers, [head.month, 12])
            self.share = value
        elif line.startswith("Due: "):
            base = [self.baseline] if head.kind == "level" else []
            between = [self.target, *base] if base else []
            expected = [*base, *between, self.share] if base else [self.target, self.share]
            self.hold("promise and share of what is due", line, numbers, expected)
            self.hold("unit of what is due", line, unit, self.unit)
            self.due = value
        else:
            self._compared(line, numbers, value, unit)

    def _compared(self, line: str, numbers: list[Fraction], value: Fraction, unit: str) -> None:
        head = self.head
        if line.startswith(("Growth from its parts", "Rate from its parts")):
            parts = self.written[-2:]
            if len(parts) == 2:
                same = parts[0].unit if parts[0].unit != parts[1].unit else ""
                first, second = (each.within(same) if same else each.value for each in parts)
                self.hold("parts", line, numbers[0] * second, numbers[1] * first)
            whole = Fraction(1000 if self.unit == "‰" and head.kind != "coverage" else 100)
            self.hold("whole of the parts", line, numbers[-1], whole)
            self.quotient = value
        elif line.startswith("Done of the full target"):
            self.hold("figure of what is done", line, numbers, [self.actual, self.target, 100])
            self.done = value
        elif line.startswith("Covered of the way"):
            base = self.baseline
            self.hold("figure and baseline of the way", line, numbers, [self.actual, base, self.target, base, 100])
            self.done = value
        elif line.startswith("Share of it that is due"):
            self.hold("share in points", line, numbers, [self.share, 100])
            self.points = value
        elif line.startswith("Gap: "):
            self._gap(line, numbers)
        elif line.startswith("Above the full ceiling"):
            self.hold("share of the ceiling", line, numbers, [100, self.share, 100])
        elif line.startswith("The tolerance in points, taken of the target"):
            self.hold("target of the tolerance", line, numbers[1:], [abs(self.target), 100])
            if head.tolerance:
                self.hold("tolerance taken", line, numbers[0], head.tolerance)
            self.of_target = value
        elif line.startswith("The tolerance lowers the line"):
            granted = self.of_target if self.of_target is not None else head.tolerance or numbers[1]
            self.hold("tolerance granted", line, numbers[1], granted)
            self.lowered = value
        elif line.startswith("The gap in "):
            self._breach(line, numbers)
        elif line.startswith("Within its rounding"):
            self.hold("rounding of the gap", line, numbers[1] in {*self.halves, sum(self.halves)}, True)
        elif line.startswith("To go in the year: "):
            pair = [Amount(each, self.unit).within(unit) for each in (self.target, self.actual)]
            expected = pair if head.sign > 0 else pair[::-1]
            self.hold("target and figure of what is left", line, numbers, expected)
            self.rest = value
        elif line.startswith("In each of the "):
            left = 12 - head.month
            self.hold("remaining periods", line, numbers[1], left // 3 if head.month % 3 == 0 else left)
            self.hold("periods as said", line, int(line.split()[4]), numbers[1])
            if self.rest is not None:
                self.hold("rest that is shared out", line, numbers[0], self.rest)

    def _gap(self, line: str, numbers: list[Fraction]) -> None:
        head = self.head
        if head.kind == "milestone":
            assert self.stages is not None
            names = [each[:-13] for each in self.stages]
            reached = names.index(self.name) + 1 if self.name in names else None
            if self.written:
                reached = int(self.written[0].value)
            if reached is not None:
                self.hold("stage reached", line, numbers[0], reached)
            self.hold("stages planned", line, numbers[1], len(self.stages))
        elif head.kind == "relative":
            if self.quotient is not None or len(self.written) == 1:
                self.hold("figure of the pair", line, numbers[0], self.actual)
            if len(self.partner) == 1:
                self.hold("partner of the pair", line, numbers[1], self.partner[0].within(self.unit))
        else:
            # Of a level with a baseline and of a total, how far it is; of all others, the figure and what is due.
            first, second = (self.actual, self.due) if self.done is None else (self.done, self.points)
            # A way is covered in the same direction whether it rises or falls.
            rises = head.sign > 0 or (head.kind == "level" and self.done is not None)
            self.hold("figure and due of the gap", line, numbers, [first, second] if rises else [second, first])

    def _breach(self, line: str, numbers: list[Fraction]) -> None:
        found = re.match(r"The gap in (\S+) \((.*)\): ", line)
        assert found
        (earlier,) = amounts(re.sub(r" \(\w+\)$", "", found[2]).split(" / ")[0])
        promised = (self.as_amended or self.head).in_force(found[1])
        assert promised, f"{line!r} is held to no number"
        assert month_of(found[1]) < (self.head.year, self.head.month), f"{line!r} is no earlier period"
        pair = [earlier.within(self.unit), promised.within(self.unit)]
        self.hold("earlier figure and its line", line, numbers, pair if self.head.sign > 0 else pair[::-1])

    def _pass_line(self, line: str, sign: str, right: Fraction) -> None:
        if self.head.tolerance:
            self.hold("lowered line", line, right, self.lowered)
        if self.over:
            granted = self.lowered is not None
            self.hold("line at the year's end", line, right, self.lowered if granted else 0)
            strict = self.head.word in ("more than", "less than") and not granted
            self.hold("sign at the year's end", line, sign, ">" if strict else "≥")


def bare(line: str) -> str:
    """A line without the place at its end."""
    return re.sub(r"  \[[^\]]*\]$", "", line)


def _numbers(expression: str) -> list[str]:
    """The numbers of an expression; a minus belongs to one only where it stands first or after a bracket."""
    return re.findall(r"(?:(?<=\()|^)-?\d+(?:\.\d+)?(?:/\d+)?|(?<=[ (])\d+(?:\.\d+)?(?:/\d+)?", expression)


def _compared_in(lines: list[str]) -> str:
    """The unit of measure in which a figure is compared, as the line of what is due has it; empty without one."""
    for line in lines:
        for pattern in (*_OF_TARGET, re.compile(r"(Due): .* (\S+)$")):
            if found := pattern.match(line.strip()):
                return found[found.re.groups].split()[-1].translate(_TRADITIONAL)
    return ""


def _plain(text: str) -> Amount:
    """An amount that the program worked out: it may be a fraction with a rounded number beside it."""
    number, _, unit = re.sub(r" ≈ \S+", "", text).partition(" ")
    return Amount(Fraction(number), unit.translate(_TRADITIONAL))


def trace(now: str, before: str, headings: set[str]) -> Counter[str]:
    """How many numbers of each sort were held to what stands above them; fails at the first that is not."""
    lines = now.splitlines()
    parts = list(blocks(lines[1:], headings))
    head = read_head([lines[0], *parts[0][1]])
    traced: Counter[str] = Counter()
    read: dict[str, Tracer] = {}
    for name, told in parts:
        read[name] = read.get(name, Tracer(head, traced))
        if len(parts) > 1 and not name:
            # What remains of a list is told of its worst member.
            worst = [found[1] for each in told if (found := _WORST.match(each))]
            if worst and worst[0] in read:
                read[worst[0]].read(told)
        else:
            read[name].read(told)
    if before:
        other = read_head([lines[0], *parts[0][1]])
        if found := _PROMISED.search(before):
            other.word, other.promise = found[1], amounts(found[2])[0]
            assert other.promise == head.before, f"{found[0]!r} is not the number before the amendment"
            traced["number before"] += 1
        for name, told in blocks(before.splitlines(), headings):
            was = read.get(name, Tracer(head, traced))
            again = Tracer(other, traced, head, written=was.written, name=was.name)
            again.baseline, again.partner, again.judged, again.halves = (
                was.baseline,
                was.partner,
                was.judged,
                was.halves,
            )
            again.read(told)
    return traced
