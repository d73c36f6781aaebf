"""A made-up city's year: what every body would report if nobody made a mistake."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from engine.model.book import Book
from engine.model.period import Period
from engine.model.rule import Rule
from engine.model.target import Kind
from engine.model.verdict import Obligation, Role
from engine.rules.obligations import list_obligations
from tests.study.paper import Amount, Key, Report, Reports

#: How offices round, by unit of measure; what is counted one by one has no decimals.
_DECIMALS = {"%": 1, "億元": 2, "萬元": 0, "萬畝": 2, "公里": 1, "萬人": 2, "萬人次": 2, "萬平方米": 2, "億美元": 2}

#: What a unit of measure is split into where an office writes the smaller one.
SMALLER = {"億元": ("萬元", 10_000), "萬畝": ("畝", 10_000), "萬人": ("人", 10_000), "萬人次": ("人次", 10_000)}

#: Chances in one: a figure that did not come in; an office that writes the smaller unit; one that sends parts.
_MISSING, _SMALLER, _IN_PARTS = 0.02, 0.15, 0.4

#: How much the growth of an indicator scatters between bodies, in percentage points, where it is not 1.
_SCATTER = {"trade-growth": 4.0, "registered-unemployment-rate": 0.15, "consumer-price-rise": 0.4}


def quarters_to(year: int, last: int) -> list[Period]:
    """The quarters of a year up to one of them."""
    return [Period.ending(year, 3 * quarter) for quarter in range(1, last + 1)]


def rounded(number: float, unit: str, decimals: int | None = None) -> Amount:
    """A number as an office writes it."""
    places = _DECIMALS.get(unit, 0) if decimals is None else decimals
    return Amount(Decimal(repr(number)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), unit)


@dataclass(slots=True)
class City:
    """Makes the reports of the periods up to one, from a seed."""

    book: Book
    rng: Random
    periods: list[Period]
    reports: Reports = field(default_factory=dict)
    _owed: dict[tuple[str, str], list[Obligation]] = field(default_factory=dict)

    def make(self) -> Reports:
        """The reports of all periods."""
        for period in self.periods:
            for obligation in list_obligations(self.book, period):
                joint = obligation.role is Role.LEAD and len(obligation.reporters) > 1
                # Of bodies that answer together, one sends the figure.
                if obligation.owed and not (joint and obligation.organization != self._speaker(obligation)):
                    self._owed.setdefault((obligation.rule.id, obligation.organization), []).append(obligation)
        self._projects()
        self._enterprises(self._additive())
        self._farmland()
        for owed in list(self._owed.values()):
            self._report(owed)
        self._revise()
        self._use_smaller_units()
        # A list is sent with all its members, or not at all.
        lost = {
            each for each in sorted({key._replace(member="") for key in self.reports}) if self.rng.random() < _MISSING
        }
        self.reports = {key: report for key, report in self.reports.items() if key._replace(member="") not in lost}
        return self.reports

    def _speaker(self, owed: Obligation) -> str:
        return min(owed.reporters, key=list(self.book.organizations).index)

    # --- courses of a year -----------------------------------------------------------------------------------------

    def _course(self, final: float) -> list[float]:
        """What a total stands at after each quarter: never less than before; some come in one go."""
        weights = [self.rng.uniform(0.5, 1.5) for _ in range(4)]
        if self.rng.random() < 0.1:
            only = self.rng.randrange(4)
            weights = [1.0 if place == only else 0.05 for place in range(4)]
        total, reached, course = sum(weights), 0.0, []
        for weight in weights:
            reached += final * weight / total
            course.append(reached)
        return course

    def _completion(self) -> float:
        """How much of a promise is kept by the year's end: most a little more than all of it."""
        return min(max(self.rng.gauss(1.06, 0.13), 0.5), 1.9)

    def _drift(self, start: float, step: float) -> list[float]:
        """Rates of four quarters: each near the one before."""
        course = [start]
        for _ in range(3):
            course.append(course[-1] + self.rng.gauss(0, step))
        return course

    def _put(self, owed: Iterable[Obligation], reporter: str, reports: Iterable[Report], member: str = "") -> None:
        """Put down the reports of all four quarters, as far as they are owed."""
        by_quarter = list(reports)
        for each in owed:
            key = Key(reporter, each.indicator.id, each.period.label, member)
            self.reports[key] = by_quarter[each.period.month // 3 - 1]

    def _take(self, rule: str) -> Iterator[tuple[str, list[Obligation]]]:
        """Who reports for a rule, taken off the list of what is still to be made up."""
        for key in [key for key in self._owed if key[0] == rule]:
            yield key[1], self._owed.pop(key)

    # --- figures that hang together --------------------------------------------------------------------------------

    def _projects(self) -> None:
        """Projects by size: every one of 50億 is one of 10億, and every one of these one of 億元."""
        sums = [0] * 4
        larger = 0.0
        for rule in ("signed-projects-5bn", "signed-projects-1bn", "signed-projects-100m"):
            for reporter, owed in list(self._take(rule)):
                target = _number(owed[0])
                course = self._course(self._completion() * (target - larger))
                sums = [before + int(more) for before, more in zip(sums, course, strict=True)]
                larger = target
                self._put(owed, reporter, [Report(Amount(Decimal(number), "個")) for number in sums])

    def _additive(self) -> dict[str, list[int]]:
        """What the counties come to is the city's figure; returned in steps of what is counted."""
        sums: dict[str, list[int]] = {}
        for rule in [rule for rule in self.book.rules if self.book.indicators[rule.indicator].additive]:
            unit = self.book.indicators[rule.indicator].unit
            # People are counted one by one, whoever writes 萬人; roads are measured to 100 metres.
            finer = 10_000 if unit.symbol == "萬人" else 10 ** _DECIMALS.get(unit.symbol, 0)
            total = [0] * 4
            leads = []
            for reporter, owed in list(self._take(rule.id)):
                if owed[0].role is Role.LEAD:
                    leads.append((reporter, owed))
                    continue
                quota = owed[0].threshold
                assert quota is not None
                course = self._course(self._completion() * float(quota.base * finer / unit.factor))
                steps = [round(number) for number in course]
                total = [before + more for before, more in zip(total, steps, strict=True)]
                as_people = unit.symbol == "萬人" and self.rng.random() < 0.6
                self._put(owed, reporter, [self._counted(number, finer, unit.symbol, as_people) for number in steps])
            for reporter, owed in leads:
                self._put(owed, reporter, [self._counted(number, finer, unit.symbol) for number in total])
            sums[rule.id] = total
        return sums

    def _counted(self, steps: int, finer: int, unit: str, as_people: bool = False) -> Report:
        return Report(Amount(Decimal(steps), "人") if as_people else rounded(steps / finer, unit))

    def _enterprises(self, sums: Mapping[str, list[int]]) -> None:
        """The number of enterprises is that of the year's beginning and the net change since."""
        start = self.rng.randint(930, 1010)
        repeats = self.rng.random() < 0.5
        for reporter, owed in list(self._take("enterprises-in-total")):
            counts = [start + change for change in sums["net-new-enterprises"]]
            self._put(owed, reporter, self._levels(counts, start, "家", repeats))

    def _levels(self, counts: Iterable[float], start: float, unit: str, repeats: bool) -> Iterator[Report]:
        """Levels; an office states the baseline in its first report, and some repeat it."""
        for place, count in enumerate(counts):
            baseline = rounded(start, unit) if repeats or place == 0 else None
            yield Report(rounded(count, unit), baseline=baseline)

    def _farmland(self) -> None:
        """Basic farmland is a part of farmland; both move little."""
        for rule, step in (("farmland-area", 0.4), ("permanent-farmland", 0.05)):
            for reporter, owed in list(self._take(rule)):
                start = _number(owed[0]) + self.rng.uniform(0.1, 1.5)
                self._put(owed, reporter, [Report(rounded(area, "萬畝")) for area in self._drift(start, step / 4)])

    # --- figures that stand alone ----------------------------------------------------------------------------------

    def _report(self, owed: list[Obligation]) -> None:
        """The reports of one body for one rule, by its kind."""
        rule, reporter = owed[0].rule, owed[0].organization
        kind = rule.judging_kind
        for member in rule.members or ("",):
            if kind is Kind.TOTAL:
                unit = owed[0].indicator.unit.symbol
                course = self._course(self._completion() * _number(owed[0]))
                # Nobody has done a part of a thing.
                down = [int(number) if unit not in _DECIMALS else number for number in course]
                self._put(owed, reporter, [Report(rounded(number, unit)) for number in down], member)
            elif kind is Kind.LEVEL:
                self._put(owed, reporter, self._level(owed[0]), member)
            elif kind is Kind.COVERAGE:
                self._put(owed, reporter, self._coverage(rule, owed[0].indicator.unit.symbol, bool(member)), member)
            elif kind is Kind.MILESTONE:
                self._put(owed, reporter, self._stages(rule), member)
            elif kind is Kind.ALWAYS:
                happened = 1 if self.rng.random() < 0.01 else 0
                report = Report(rounded(happened, owed[0].indicator.unit.symbol))
                self._put(owed, reporter, [report] * 4, member)
            else:
                self._put(owed, reporter, self._rates(owed[0]), member)

    def _level(self, owed: Obligation) -> Iterator[Report]:
        target = _number(owed)
        start = round(target * self.rng.uniform(0.78, 0.96))
        course = self._course(self._completion() * (target - start))
        counts = [start + int(number) for number in course]
        return self._levels(counts, start, owed.indicator.unit.symbol, self.rng.random() < 0.5)

    def _coverage(self, rule: Rule, unit: str, small: bool) -> list[Report]:
        """Done and eligible: of a list that is fixed for the year, or of all that turned up so far."""
        eligible = self.rng.choice((10, 12)) if small else self.rng.randint(12, 40) if unit == "項" else 0
        eligible = eligible or self.rng.randint(600, 4000)
        reports = []
        course = self._course(1.0)
        final = min(1.0, self._completion())
        for reached in course:
            due = eligible if rule.eligible == "fixed-list" else round(eligible * reached)
            done = (
                int(eligible * final * reached) if rule.eligible == "fixed-list" else due - self.rng.choice((0, 0, 1))
            )
            pair = (("done", max(done, 0)), ("eligible", due))
            reports.append(Report(parts=tuple((name, Amount(Decimal(number), unit)) for name, number in pair)))
        return reports

    def _stages(self, rule: Rule) -> list[Report]:
        """The last finished stage: as planned, some a stage later or earlier."""
        shift = self.rng.choice((-1, 0, 0, 0, 1))
        reached, reports = 0, []
        for period in quarters_to(self.book.plan.year, 4):
            planned = sum(stage.due <= period.end for stage in rule.stages) + shift
            reached = max(reached, min(planned, len(rule.stages)))
            reports.append(Report(stage=rule.stages[reached - 1].name if reached else "未開始"))
        return reports

    def _rates(self, owed: Obligation) -> list[Report]:
        rule, unit = owed.rule, owed.indicator.unit.symbol
        scatter = _SCATTER.get(owed.indicator.id, 1.0 if unit == "%" else 0.2)
        promised = _number(owed) if owed.threshold else 7.0
        start = promised - rule.direction.sign * self.rng.gauss(-0.3, 1) * scatter
        course = self._drift(start, 0.4 * scatter)
        parts = owed.indicator.parts
        if parts is None or self.rng.random() > _IN_PARTS:
            return [Report(rounded(rate, unit, 1)) for rate in course]
        return self._in_parts(owed, parts.names, course)

    def _in_parts(self, owed: Obligation, names: tuple[str, ...], course: list[float]) -> list[Report]:
        """Rates as what they are made of, some with the rate beside it."""
        parts = owed.indicator.parts
        assert parts is not None
        growth, unit = parts.form == "growth", parts.unit.symbol
        standing = owed.indicator.id in ("tap-water-coverage", "village-income")
        size = self.rng.uniform(80, 900) if unit == "億元" else self.rng.uniform(600, 3000)
        shares = [1.0] * 4 if standing else self._course(1.0)
        both = self.rng.random() < 0.5
        reports = []
        for share, rate in zip(shares, course, strict=True):
            below = rounded(max(size * share, 20), unit)
            factor = Decimal(repr(min(rate, 100.0 if not growth else rate) / 100 + growth))
            above = rounded(float(below.number * factor), unit)
            exact = 100 * (above.number / below.number - growth)
            value = rounded(float(exact), "%", 1) if both else None
            reports.append(Report(value, ((names[0], above), (names[1], below))))
        return reports

    # --- habits ----------------------------------------------------------------------------------------------------

    def _revise(self) -> None:
        """Now and then a figure of the last quarter was wrong, and the office says so."""
        if len(self.periods) < 2 or self.rng.random() > 0.15:
            return
        now, before = self.periods[-1].label, self.periods[-2].label
        alone = (
            "trained-care-workers",
            "technology-contracts",
            "affordable-housing",
            "new-parking-spaces",
            "startup-loans",
        )
        indicator = self.rng.choice(alone)
        for key, report in list(self.reports.items()):
            earlier = key._replace(period=before)
            right = self.reports.get(earlier)
            if key.period == now and key.indicator == indicator and right and right.value and right.value.number:
                wrong = rounded(float(right.value.number) * self.rng.uniform(1.02, 1.4), right.value.unit)
                told = (before, str(wrong), str(right.value), "核減重複")
                self.reports[earlier] = replace(right, value=wrong)
                self.reports[key] = replace(report, revises=told)

    def _use_smaller_units(self) -> None:
        """Some offices write 畝 for 萬畝, all year round."""
        chosen: dict[tuple[str, str], bool] = {}
        for key, report in self.reports.items():
            # What counties come to was rounded already, so nobody writes it more finely.
            summed = self.book.indicators[key.indicator].additive
            if report.value and report.value.unit in SMALLER and not (report.revises or report.parts or summed):
                who = (key.organization, key.indicator)
                if chosen.setdefault(who, self.rng.random() < _SMALLER):
                    unit, factor = SMALLER[report.value.unit]
                    whole = (report.value.number * factor).quantize(Decimal(1))
                    self.reports[key] = replace(report, value=Amount(whole, unit))


def _number(owed: Obligation) -> float:
    """The promised number, in the indicator's unit of measure."""
    assert owed.threshold is not None
    return float(owed.threshold.base / owed.indicator.unit.factor)
