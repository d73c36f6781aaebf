"""Entries → figures: names found, numbers read exactly, units of measure checked. Nothing is guessed."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.entry import Cell, Entry, Revision
from engine.model.figure import Figure, FigureKey, Form
from engine.model.noun import dataclass
from engine.model.period import Period
from engine.model.quantity import Fault, Quantity, Unit
from engine.model.rule import Indicator
from engine.model.source import Source
from engine.model.tables import GRID_DECIMALS, MAX_FIGURE
from engine.model.target import Kind
from engine.names import NameIndex
from engine.quantities import read_quantity
from engine.shapes import fault_diagnostic

if TYPE_CHECKING:
    # Only forms that were handed out bear a stamp.
    from engine.model.form import Stamp

#: What a department writes while no stage of a milestone is finished.
NOT_STARTED = ("未開始", "未開工", "未啟動")

#: Findings and hints of one file's figures, files with hints, and characters of a name for which one is looked for.
MOST_FINDINGS, _MOST_HINTS, _MOST_HINTED, _LONGEST_NAME = 5_000, 50, 1_000, 60

#: Stands for the rest of a file among unknown names; no name holds a NUL.
_REST = "\0rest"

#: Stands for the period that a file does not name.
_NO_PERIOD = "\0period"

_NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class _Uses:
    """What the rules ask of one indicator: kinds, members and stages."""

    kinds: frozenset[Kind]
    members: tuple[str, ...]
    stages: tuple[str, ...]
    net: bool


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """An entry and the figures that came of it; `refused` or `aside` is the code where none did."""

    entry: Entry
    figures: tuple[Figure, ...]
    refused: str | None = None
    aside: str | None = None


class Converter:
    """Turns entries into figures of one book. Every entry becomes a figure, a finding, or both."""

    def __init__(self, book: Book, found: list[Diagnostic]) -> None:
        """Index the names of `book`; what is wrong with entries goes to `found`."""
        self._book = book
        self._found = found
        self._unknown: set[tuple[str, str]] = set()
        self._looked_up: Counter[str] = Counter()
        #: Every entry in the order of reading, for the account.
        self.read: list[ReadEntry] = []
        #: Whose forms came in, and for when: a form is held to what it asks for, even where it was left blank.
        self.forms: set[tuple[str, Period]] = set()

    # Made when the first entry asks for them: most checks have converters to which nothing comes.

    @cached_property
    def _organizations(self) -> NameIndex:
        book = self._book
        return NameIndex(
            {word: names[0] for word, names in book.words.items() if len(names) == 1 and word not in book.groups}
        )

    @cached_property
    def _indicators(self) -> NameIndex:
        by_name = {indicator.name: indicator.id for indicator in self._book.indicators.values()}
        return NameIndex({**by_name, **{name: name for name in self._book.indicators}})

    @cached_property
    def _uses(self) -> "dict[str, _Uses]":
        return _uses(self._book)

    def convert(
        self,
        entries: Iterable[Entry],
        folder_period: Period | None,
        wanted: Period | None,
        most: float = MOST_FINDINGS,
    ) -> list[Figure]:
        """The figures of the entries of one file.

        `folder_period` is the period of the file's folder, `wanted` the one asked for where neither the file
        nor its folder names one. Entries whose body, indicator or period is unknown become findings only; after more
        than `most` findings no more is read.
        Errors: unknown-organization, unknown-indicator, period-unreadable, period-missing, period-differs and
        those of single figures, whose `fault` then names the code.
        """
        figures: list[Figure] = []
        before_all = len(self._found)
        for entry in entries:
            start = len(self._found)
            if start - before_all > most:
                self._refuse_rest(entry)
                continue
            if entry.fault and not entry.organization.text.strip():
                # The fault may be why the name is not there: one mistake is one finding.
                self.read.append(ReadEntry(entry, (), entry.fault))
                continue
            organization = self._organization(entry.organization)
            indicator = self._indicator(entry.indicator)
            period = self._period(entry, folder_period, wanted)
            if organization and indicator and period:
                before = len(self._found)
                figure = self._figure(entry, organization, indicator, period)
                self._name_subject(before, indicator)
                # Reported without its members, every one of them is unusable, and none is merely missing.
                unnamed = figure.fault == "members-missing"
                members = self._uses[indicator.id].members if unnamed else (figure.member,)
                own = [replace(figure, member=member) for member in members]
                figures.extend(own)
                self.read.append(ReadEntry(entry, tuple(own)))
            else:
                self.read.append(ReadEntry(entry, (), self._why_not(entry, start, organization, indicator)))
        return figures

    def name_form(self, stamp: "Stamp") -> None:
        """Remember whose form came in; of a body that the book does not know nothing is due."""
        organization, period = self._organizations.find(stamp.organization), Period.parse(stamp.period)
        if organization and period:
            self.forms.add((organization, period))

    def body(self, name: str) -> str | None:
        """The body that a written name stands for, by any of its names in either script; None where it is nobody's."""
        return self._organizations.find(name)

    def refuse_strangers(self, entries: Iterable[Entry], stamp: "Stamp") -> list[Entry]:
        """The entries of a form but those under the name of another body than the one that it was made for.

        Who filled in whose form is not guessed. Errors: form-of-another-body.
        """
        owner = self.body(stamp.organization)
        own: list[Entry] = []
        strange: dict[str, list[Entry]] = {}
        for entry in entries:
            name = self.body(entry.organization.text) if owner else None
            if name is None or name == owner:
                own.append(entry)
            else:
                strange.setdefault(name, []).append(entry)
        for name, rows in strange.items():
            params = {"organization": stamp.organization, "found": name, "count": str(len(rows))}
            self._report("form-of-another-body", rows[0].organization.source, **params)
            self.refuse(rows, "form-of-another-body")
        return own

    def refuse(self, entries: Iterable[Entry], code: str) -> None:
        """Account for the entries of a file that as a whole cannot be used; `code` is the finding's that says why."""
        self.read.extend(ReadEntry(entry, (), code) for entry in entries)

    def set_aside(self, entries: Iterable[Entry], code: str) -> None:
        """Account for the entries of a file that is not to be judged; `code` is the finding's that says why."""
        self.read.extend(ReadEntry(entry, (), aside=code) for entry in entries)

    def _refuse_rest(self, entry: Entry) -> None:
        """Account for an entry of a file in which so much is wrong that more findings would help nobody."""
        if (entry.source.file, _REST) not in self._unknown:
            self._unknown.add((entry.source.file, _REST))
            self._report("too-many-findings", entry.source, limit=str(MOST_FINDINGS))
        self.read.append(ReadEntry(entry, (), "too-many-findings"))

    def _nearest(self, names: NameIndex, text: str, file: str) -> str:
        """The names nearest to an unknown one, for a hint. Likeness is slow to find, so long or many names get none."""
        if len(text) > _LONGEST_NAME or self._looked_up[file] >= _MOST_HINTS or len(self._looked_up) > _MOST_HINTED:
            return ""
        self._looked_up[file] += 1
        return "、".join(names.nearest(text))

    def _why_not(self, entry: Entry, start: int, organization: str | None, indicator: Indicator | None) -> str:
        """The code that refused an entry of which no figure came; one mistake may have been named before."""
        if len(self._found) > start:
            return self._found[start].code
        if organization is None:
            name = entry.organization.text.strip()
            if not name:
                return "name-missing"
            return "group-as-organization" if name in self._book.groups else "unknown-organization"
        if indicator is None:
            return "unknown-indicator"
        return "period-missing" if entry.period is None else "period-differs"

    def _report(self, code: str, source: Source, **params: str) -> str:
        self._found.append(Diagnostic(code, source, params))
        return code

    def _name_subject(self, before: int, indicator: Indicator) -> None:
        """Findings about a figure name its indicator and the unit of measure it is reported in."""
        subject = {"indicator": indicator.name, "unit": indicator.unit.symbol}
        for place in range(before, len(self._found)):
            finding = self._found[place]
            self._found[place] = replace(finding, params={**subject, **finding.params})

    def _organization(self, cell: Cell) -> str | None:
        name = self._organizations.find(cell.text)
        if name is None and (cell.source.file, cell.text) not in self._unknown:
            # Once per file and name: a whole file under a misspelt name is one mistake, not sixty.
            self._unknown.add((cell.source.file, cell.text))
            if not cell.text.strip():
                self._report("name-missing", cell.source)
            elif cell.text.strip() in self._book.groups:
                self._report("group-as-organization", cell.source, name=cell.text)
            else:
                nearest = self._nearest(self._organizations, cell.text, cell.source.file)
                self._report("unknown-organization", cell.source, name=cell.text, nearest=nearest)
        return name

    def _indicator(self, cell: Cell) -> Indicator | None:
        identifier = self._indicators.find(cell.text)
        if identifier is None and not cell.text.strip():
            self._report("name-missing", cell.source)
            return None
        if identifier is None:
            nearest = self._nearest(self._indicators, cell.text, cell.source.file)
            self._report("unknown-indicator", cell.source, name=cell.text, nearest=nearest)
            return None
        return self._book.indicators[identifier]

    def _period(self, entry: Entry, folder_period: Period | None, wanted: Period | None) -> Period | None:
        if entry.period is None:
            period = folder_period or wanted
            if period is None and (entry.source.file, _NO_PERIOD) not in self._unknown:
                self._unknown.add((entry.source.file, _NO_PERIOD))
                self._report("period-missing", entry.source)
            return period
        period = Period.parse(entry.period.text)
        if period is None:
            self._report("period-unreadable", entry.period.source, found=entry.period.text)
            return None
        bound = folder_period or wanted
        if bound is not None and period != bound:
            place = (entry.period.source.file, f"period {entry.period.source.line}")
            if place not in self._unknown:
                self._unknown.add(place)
                self._report("period-differs", entry.period.source, found=entry.period.text, folder=bound.label)
            return None
        return period

    # --- one figure ------------------------------------------------------------------------------------------

    def _figure(self, entry: Entry, organization: str, indicator: Indicator, period: Period) -> Figure:
        uses = self._uses.get(indicator.id, _Uses(frozenset(), (), (), indicator.net))
        member, fault = self._member(entry, uses)
        blank = Figure(
            organization=organization,
            indicator=indicator.id,
            period=period,
            member=member,
            form=Form.VALUE,
            x=None,
            y=None,
            x_half=Fraction(0),
            x_sign=0,
            decimals=0,
            submitted=_as_submitted(entry, indicator),
            source=_place(entry),
            fault=entry.fault or fault,
            revises=(entry.revises.period, entry.revises.before, entry.revises.after, entry.revises.reason)
            if entry.revises
            else (),
        )
        if blank.fault:
            return blank
        if entry.revises and not self._readable_revision(entry.revises, uses):
            return replace(blank, fault=self._report("revision-unreadable", entry.source))
        if entry.measure and not self._same_measure(entry.measure, indicator):
            wanted = indicator.measure or indicator.name
            fault = self._report("different-measure", entry.measure.source, found=entry.measure.text, wanted=wanted)
            return replace(blank, fault=fault)
        return self._with_operands(blank, entry, indicator, uses)

    def _with_operands(self, blank: Figure, entry: Entry, indicator: Indicator, uses: _Uses) -> Figure:
        counted = bool(set(entry.parts) & {"done", "eligible"})
        if (entry.stage and (entry.value or entry.parts)) or (counted and entry.value):
            return replace(blank, fault=self._report("forms-mixed", entry.source))
        if Kind.MILESTONE in uses.kinds:
            return self._stage(blank, entry, indicator, uses)
        if Kind.COVERAGE in uses.kinds:
            return self._counted(blank, entry, indicator)
        if entry.stage:
            return replace(blank, fault=self._report("needs-value", entry.source))
        if entry.value is None and entry.parts:
            return self._parts(blank, entry, indicator, uses)
        if entry.value is None:
            return replace(blank, fault=self._report("number-missing", entry.source, found="", nearest=""))
        figure = self._value(blank, entry.value, indicator, uses)
        if entry.parts and figure.fault is None:
            return self._agreeing(figure, self._parts(blank, entry, indicator, uses), indicator)
        return self._with_baseline(figure, entry, indicator)

    def _member(self, entry: Entry, uses: _Uses) -> tuple[str, str | None]:
        if entry.fault is not None:
            return entry.member.text if entry.member else "", entry.fault
        if entry.member is None:
            if uses.members:
                return "", self._report("members-missing", entry.source, members="、".join(uses.members))
            return "", None
        found = NameIndex({member: member for member in uses.members}).find(entry.member.text)
        if found is not None:
            return found, None
        if not uses.members:
            return "", self._report("needs-value", entry.member.source)
        known = "、".join(uses.members)
        code = self._report("member-unknown", entry.member.source, name=entry.member.text, members=known)
        return entry.member.text, code

    def _readable_revision(self, revision: Revision, uses: _Uses) -> bool:
        texts = (revision.before, revision.after)
        quantities = [read_quantity(text, definitions=self._book.definitions) for text in texts]
        stages = NameIndex({name: name for name in (*NOT_STARTED, *uses.stages)})
        readable = all(isinstance(quantity, Quantity) for quantity in quantities) or (
            Kind.MILESTONE in uses.kinds and all(stages.find(text) is not None for text in texts)
        )
        return readable and Period.parse(revision.period) is not None and bool(revision.reason.strip())

    def _same_measure(self, measure: Cell, indicator: Indicator) -> bool:
        wanted = (indicator.measure, indicator.name, indicator.id)
        return NameIndex({name: name for name in wanted if name}).find(measure.text) is not None

    def _quantity(self, cell: Cell, unit: Unit) -> Quantity | str:
        """The quantity in a cell, or the code of why it cannot be used."""
        quantity = read_quantity(cell.text, unit=cell.unit, definitions=self._book.definitions)
        if isinstance(quantity, Fault):
            self._found.append(fault_diagnostic(quantity, cell.source))
            return quantity.code
        if quantity.unit.dimension != unit.dimension:
            return self._report("unit-mismatch", cell.source, found=quantity.unit.symbol, wanted=unit.symbol)
        # Times the grid it is a whole number just where its denominator, in lowest terms, divides the grid.
        off_grid = 10**GRID_DECIMALS % quantity.half_step.denominator != 0
        if abs(quantity.base) >= MAX_FIGURE or off_grid:
            return self._report("too-many-digits", cell.source, found=cell.text, nearest="")
        return quantity

    def _value(self, blank: Figure, cell: Cell, indicator: Indicator, uses: _Uses) -> Figure:
        quantity = self._quantity(cell, indicator.unit)
        if isinstance(quantity, str):
            return replace(blank, fault=quantity)
        if quantity.value < 0 and Kind.TOTAL in uses.kinds and not uses.net:
            return replace(blank, fault=self._report("negative-figure", cell.source, found=cell.text))
        half = quantity.half_step
        return replace(
            blank,
            x=quantity.base,
            x_half=half,
            x_sign=(quantity.value > 0) - (quantity.value < 0),
            decimals=quantity.decimals,
            halves=(half, _NOTHING),
        )

    def _with_baseline(self, figure: Figure, entry: Entry, indicator: Indicator) -> Figure:
        if entry.baseline is None or figure.fault:
            return figure
        baseline = self._quantity(entry.baseline, indicator.unit)
        if isinstance(baseline, str):
            return replace(figure, fault=baseline)
        return replace(figure, y=baseline.base, halves=(figure.halves[0], baseline.half_step))

    def _parts(self, blank: Figure, entry: Entry, indicator: Indicator, uses: _Uses) -> Figure:
        parts = indicator.parts
        if parts is None or set(entry.parts) != set(parts.names):
            wanted = "、".join(parts.names) if parts else "—"
            given = "、".join(entry.parts)
            return replace(blank, fault=self._report("parts-unknown", entry.source, given=given, wanted=wanted))
        quantities = [self._quantity(entry.parts[name], parts.unit) for name in parts.names]
        for quantity in quantities:
            if isinstance(quantity, str):
                return replace(blank, fault=quantity)
        bases = [quantity.base for quantity in quantities if isinstance(quantity, Quantity)]
        halves = [quantity.half_step for quantity in quantities if isinstance(quantity, Quantity)]
        if min(bases) < 0 and not uses.net:
            return replace(blank, fault=self._report("negative-figure", entry.source, found=blank.submitted))
        if parts.form == "sum":
            summed = (sum(halves, Fraction(0)), Fraction(0))
            figure = replace(blank, x=sum(bases, Fraction(0)), x_sign=1, notes=("parts-summed",), halves=summed)
            return self._with_baseline(figure, entry, indicator)
        if bases[1] <= 0 or (bases[0] < 0) or (parts.form == "ratio" and not parts.may_exceed and bases[0] > bases[1]):
            code = self._report("parts-impossible", entry.source, found=blank.submitted)
            return replace(blank, fault=code)
        return replace(blank, form=Form.PARTS, x=bases[0], y=bases[1], x_sign=1, halves=(halves[0], halves[1]))

    def _agreeing(self, written: Figure, parts: Figure, indicator: Indicator) -> Figure:
        """The exact parts decide; the rounded rate beside them must be what they come to."""
        if parts.fault or parts.x is None or written.x is None:
            return parts
        actual = parts.x
        if parts.form is Form.PARTS and parts.y and indicator.parts:
            actual = 1000 * (parts.x / parts.y - (1 if indicator.parts.form == "growth" else 0))
        if abs(actual - written.x) <= written.x_half:
            return parts
        return replace(parts, fault=self._report("parts-differ", written.source, found=parts.submitted))

    def _counted(self, blank: Figure, entry: Entry, indicator: Indicator) -> Figure:
        if set(entry.parts) != {"done", "eligible"}:
            return replace(blank, fault=self._report("needs-counted", entry.source))
        done = self._quantity(entry.parts["done"], indicator.unit)
        eligible = self._quantity(entry.parts["eligible"], indicator.unit)
        if isinstance(done, str):
            return replace(blank, fault=done)
        if isinstance(eligible, str):
            return replace(blank, fault=eligible)
        if not 0 <= done.base <= eligible.base:
            code = self._report("parts-impossible", entry.source, found=blank.submitted)
            return replace(blank, fault=code)
        return replace(blank, form=Form.COUNTED, x=done.base, y=eligible.base, x_sign=1)

    def _stage(self, blank: Figure, entry: Entry, indicator: Indicator, uses: _Uses) -> Figure:
        if entry.stage is None:
            return replace(
                blank,
                fault=self._report(
                    "needs-stage",
                    entry.source,
                    indicator=indicator.name,
                    stages="、".join((NOT_STARTED[0], *uses.stages)),
                ),
            )
        finished = {stage: str(place) for place, stage in enumerate(uses.stages, start=1)}
        place = NameIndex({**dict.fromkeys(NOT_STARTED, "0"), **finished}).find(entry.stage.text)
        if place is None:
            params = {"name": entry.stage.text, "stages": "、".join((NOT_STARTED[0], *uses.stages))}
            return replace(blank, fault=self._report("stage-unknown", entry.stage.source, **params))
        return replace(blank, form=Form.STAGE, x=Fraction(place), x_sign=1)


def _uses(book: Book) -> dict[str, _Uses]:
    uses: dict[str, _Uses] = {}
    unused = _Uses(frozenset(), (), (), False)
    for rule in book.rules:
        before = uses.get(rule.indicator, unused)
        uses[rule.indicator] = _Uses(
            before.kinds | {rule.judging_kind},
            before.members or rule.members,
            before.stages or tuple(stage.name for stage in rule.stages),
            before.net or rule.net or book.indicators[rule.indicator].net,
        )
    return uses


def _as_submitted(entry: Entry, indicator: Indicator) -> str:
    """The figure as it was written, in one line; parts in the indicator's order, whatever theirs was."""
    if entry.stage:
        return entry.stage.text
    order = [*(indicator.parts.names if indicator.parts else ()), "done", "eligible"]
    names = sorted(entry.parts, key=lambda name: (order.index(name) if name in order else len(order), name))
    written = [f"{name} {_written(entry.parts[name])}" for name in names]
    if entry.value:
        written.insert(0, _written(entry.value))
    return "，".join(written)


def _written(cell: Cell) -> str:
    return f"{cell.text} {cell.unit}" if cell.unit else cell.text


def _place(entry: Entry) -> Source:
    cells = [cell for cell in (entry.value, entry.stage, *entry.parts.values()) if cell]
    return min((cell.source for cell in cells), default=entry.source)


def index_figures(
    figures: Iterable[Figure], found: list[Diagnostic], indicators: Mapping[str, Indicator]
) -> dict[FigureKey, Figure]:
    """One figure per organization, indicator, period and member; two that differ leave none usable.

    Errors: figures-conflict where they differ, figure-repeated (a warning) where they agree.
    """
    index: dict[FigureKey, Figure] = {}
    for figure in sorted(figures, key=lambda figure: (figure.source.file, figure.source.line, figure.source.column)):
        first = index.setdefault(figure.key, figure)
        if first is figure:
            continue
        name = indicators[figure.indicator].name + (f"（{figure.member}）" if figure.member else "")
        params = {"indicator": name, "first": first.submitted, "second": figure.submitted}
        params["organization"] = figure.organization
        same = (first.form, first.x, first.y, first.fault) == (figure.form, figure.x, figure.y, figure.fault)
        if same and first.fault is None:
            found.append(Diagnostic("figure-repeated", figure.source, params, (first.source,)))
        elif "repeated-key" not in (first.fault, figure.fault):
            found.append(Diagnostic("figures-conflict", figure.source, params, (first.source,)))
            index[figure.key] = replace(first, fault="figures-conflict")
    return index
