"""Known faults, as offices make them: each changes the reports and says which cells are wrong now."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal
from random import Random

from engine.model.book import Book
from engine.model.period import Period
from engine.model.rule import Rule
from engine.model.target import Kind
from engine.rules.obligations import list_obligations
from tests.study.city import SMALLER
from tests.study.paper import Amount, Key, Report, Reports

#: Findings of figures that contradict each other, whatever else they are called.
_SUMS = ("sum-differs",)
_STOCKS = ("stock-differs", "stock-moves", "baseline-changed")
_SCALES = ("scale-unlike-before", "scale-unlike-due", "digit-slipped")


@dataclass(frozen=True, slots=True)
class Planted:
    """What was done: a kind of fault, the cells that are wrong, and the findings that would say so."""

    kind: str
    cells: frozenset[Key]
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """What a fault is planted into: the reports, the quarters of the year so far, and chance."""

    book: Book
    rng: Random
    reports: Reports
    periods: tuple[str, ...]

    @property
    def now(self) -> str:
        return self.periods[-1]

    def rules(self, *kinds: Kind) -> dict[str, Rule]:
        """The rules of these kinds by the indicator that they judge."""
        return {rule.indicator: rule for rule in self.book.rules if rule.judging_kind in kinds}

    def current(self, *indicators: str) -> list[Key]:
        """The reports of the last quarter, all or those of some indicators."""
        return [
            key for key in self.reports if key.period == self.now and (not indicators or key.indicator in indicators)
        ]

    def before(self, key: Key) -> Key | None:
        """The same figure in the latest earlier quarter that has it."""
        earlier = (key._replace(period=period) for period in reversed(self.periods[:-1]))
        return next((each for each in earlier if each in self.reports), None)

    def pick(self, keys: list[Key]) -> Key | None:
        return self.rng.choice(keys) if keys else None

    def put(self, key: Key, report: Report, kind: str, *codes: str) -> Planted:
        """Put another report in the place of one."""
        self.reports[key] = report
        return Planted(kind, frozenset({key}), codes)

    def slip(self, amount: Amount) -> Amount:
        """A slip of the pen: two digits the wrong way round, one that is wrong, one too few or twice."""
        for _ in range(20):
            digits = list(f"{amount.number:f}")
            at = self.rng.choice([place for place, sign in enumerate(digits) if sign.isdigit()])
            way = self.rng.randrange(4)
            if way == 0 and at + 1 < len(digits) and digits[at + 1].isdigit():
                digits[at], digits[at + 1] = digits[at + 1], digits[at]
            elif way == 1:
                digits[at] = str(self.rng.randrange(10))
            elif way == 2 and len(digits) > 1:
                del digits[at]
            elif way == 3:
                digits.insert(at, digits[at])
            text = "".join(digits).strip(".")
            if text not in ("", "-") and Decimal(text) != amount.number:
                return Amount(Decimal(text), amount.unit)
        return amount.times(2)


def _value(report: Report | None) -> Amount | None:
    return report.value if report is not None and not report.parts else None


def _base(amount: Amount) -> tuple[Decimal, Decimal]:
    """A number in the smaller unit of measure, and half of its last digit there."""
    factor = next((each for unit, (_, each) in SMALLER.items() if unit == amount.unit), 1)
    step = Decimal(1).scaleb(int(amount.number.as_tuple().exponent)) * factor
    counted = amount.unit in ("家", "個", "人", "萬人", "人次", "萬人次", "項", "場", "套", "部", "戶")
    return amount.number * factor, Decimal(0) if step == 1 and counted else step / 2


# --- contradictions ----------------------------------------------------------------------------------------------


def _part_over_whole(desk: Desk) -> Planted | None:
    chains = (
        ("signed-projects-5bn", "signed-projects-1bn"),
        ("signed-projects-1bn", "signed-projects-100m"),
        ("permanent-farmland", "farmland-area"),
    )
    chain = desk.rng.choice(chains)
    keys = [desk.pick(desk.current(name)) for name in chain]
    part, whole = (_value(desk.reports.get(key)) if key else None for key in keys)
    if part is None or whole is None or keys[0] is None or keys[1] is None or part.unit != whole.unit:
        return None
    wrong_part = desk.rng.random() < 0.5
    for _ in range(60):
        part, whole = (desk.slip(part), whole) if wrong_part else (part, desk.slip(whole))
        if _base(part)[0] - _base(part)[1] > _base(whole)[0] + _base(whole)[1]:
            key, amount = (keys[0], part) if wrong_part else (keys[1], whole)
            report = replace(desk.reports[key], value=amount)
            return desk.put(key, report, "part over whole", "part-exceeds-whole")
    return None


def _over_denominator(desk: Desk) -> Planted | None:
    """Numerator and denominator changed places, or more done than there is to do."""
    ratios = {name for name, each in desk.book.indicators.items() if each.parts and each.parts.form == "ratio"}
    names = ratios | set(desk.rules(Kind.COVERAGE))
    key = desk.pick([key for key in desk.current(*names) if desk.reports[key].parts])
    if key is None:
        return None
    report = desk.reports[key]
    (first, above), (second, below) = report.parts
    if above.number >= below.number:
        above = Amount(below.number + desk.rng.randint(1, 9), above.unit)
    else:
        above, below = below, above
    wrong = replace(report, parts=((first, above), (second, below)))
    return desk.put(key, wrong, "numerator over denominator", "parts-impossible", "parts-differ")


def _stock(desk: Desk) -> Planted | None:
    """The number of enterprises, its baseline or the net change, with a slip of the pen."""
    levels, changes = desk.current("enterprises-in-total"), desk.current("net-new-enterprises")
    level = desk.pick(levels)
    change = next((key for key in changes if level and key.organization == level.organization), None)
    stated = any(each.indicator == "enterprises-in-total" and desk.reports[each].baseline for each in desk.reports)
    if level is None or change is None or not stated:
        return None
    report = desk.reports[level]
    way = desk.rng.randrange(3)
    if way == 0 and report.baseline is not None:
        return desk.put(level, replace(report, baseline=desk.slip(report.baseline)), "stock", *_STOCKS)
    key = level if way == 1 else change
    value = desk.reports[key].value
    assert value is not None
    return desk.put(key, replace(desk.reports[key], value=desk.slip(value)), "stock", *_STOCKS, *_SUMS)


def _rate_against_parts(desk: Desk) -> Planted | None:
    key = desk.pick([key for key in desk.current() if desk.reports[key].value and desk.reports[key].parts])
    if key is None:
        return None
    report = desk.reports[key]
    (first, above), (second, below) = report.parts
    growth = desk.book.indicators[key.indicator].parts
    for _ in range(40):
        value = report.value
        assert value is not None
        if desk.rng.random() < 0.5:
            value = desk.slip(value)
        else:
            above = desk.slip(above)
        exact = 100 * (above.number / below.number - (growth is not None and growth.form == "growth"))
        if abs(exact - value.number) > _base(value)[1]:
            wrong = replace(report, value=value, parts=((first, above), (second, below)))
            return desk.put(key, wrong, "rate against parts", "parts-differ", "parts-impossible")
    return None


def _falls(desk: Desk) -> Planted | None:
    """The quarter's own figure for the year to date, or a slip below what there was before."""
    keys = []
    for key in desk.current(*(name for name, rule in desk.rules(Kind.TOTAL).items() if not rule.net)):
        earlier = desk.before(key)
        now, then = _value(desk.reports[key]), _value(desk.reports[earlier]) if earlier else None
        if now and then and then.number > 0 and not desk.reports[key].revises:
            keys.append((key, now, then))
    if not keys:
        return None
    key, now, then = desk.rng.choice(keys)
    own = _base(now)[0] - _base(then)[0]
    factor = _base(now)[0] / now.number if now.number else Decimal(1)
    wrong = Amount((own / factor).quantize(now.number), now.unit)
    for _ in range(60):
        if _base(wrong)[0] + _base(wrong)[1] < _base(then)[0] - _base(then)[1]:
            report = replace(desk.reports[key], value=wrong)
            return desk.put(key, report, "year to date falls", "year-to-date-falls", *_SUMS)
        wrong = desk.slip(now)
    return None


def _course_falls(desk: Desk) -> Planted | None:
    """Fewer done of a list than before, or a finished stage that is unfinished again."""
    keys = desk.current(*desk.rules(Kind.COVERAGE, Kind.MILESTONE))
    desk.rng.shuffle(keys)
    for key in keys:
        earlier, report = desk.before(key), desk.reports[key]
        if earlier is None:
            continue
        then = desk.reports[earlier]
        rule = desk.rules(Kind.COVERAGE, Kind.MILESTONE)[key.indicator]
        names = ["未開始", *(stage.name for stage in rule.stages)]
        if report.stage and then.stage and names.index(then.stage):
            back = desk.rng.randrange(names.index(then.stage))
            return desk.put(key, replace(report, stage=names[back]), "course falls", "year-to-date-falls")
        if report.parts and then.parts and then.part("done").number > 1:
            fewer = Amount(Decimal(desk.rng.randrange(int(then.part("done").number))), then.part("done").unit)
            wrong = replace(report, parts=(("done", fewer), report.parts[1]))
            return desk.put(key, wrong, "course falls", "year-to-date-falls")
    return None


def _past_changed(desk: Desk) -> Planted | None:
    """What an earlier report said of the past is said otherwise now, and no reason is given."""

    def fixed(key: Key) -> bool:
        rule = desk.rules(Kind.COVERAGE).get(key.indicator)
        return rule is not None and rule.eligible == "fixed-list" and bool(desk.reports[key].parts)

    stated = {key[:2] for key in desk.reports if key.period != desk.now and desk.reports[key].baseline}
    keys = [
        key
        for key in desk.current()
        if desk.reports[key].revises or (fixed(key) and desk.before(key)) or key[:2] in stated
    ]
    key = desk.pick(keys)
    if key is None:
        return None
    report, codes = desk.reports[key], ("baseline-changed", "list-changed", "revision-differs", "stock-differs")
    if report.revises:
        period, said, right, reason = report.revises
        number, unit = said.split()
        wrong = desk.slip(Amount(Decimal(number), unit))
        return desk.put(key, replace(report, revises=(period, str(wrong), right, reason)), "past changed", *codes)
    if report.parts:
        done, eligible = report.part("done"), report.part("eligible")
        other = Amount(eligible.number + desk.rng.choice((1, 2, 5, 30)), eligible.unit)
        return desk.put(key, replace(report, parts=(("done", done), ("eligible", other))), "past changed", *codes)
    first = next(each for each in desk.reports if each[:2] == key[:2] and desk.reports[each].baseline)
    baseline = desk.reports[first].baseline
    assert baseline is not None
    return desk.put(key, replace(report, baseline=desk.slip(baseline)), "past changed", *codes)


def _sum(desk: Desk) -> Planted | None:
    """A slip in the city's figure or in one county's, beyond what rounding and the rule's tolerance allow."""
    names = [name for name, each in desk.book.indicators.items() if each.additive]
    desk.rng.shuffle(names)
    for name in names:
        rule = next(rule for rule in desk.book.rules if rule.indicator == name)
        quotas = next(each.quotas for each in desk.book.allocations.values() if each.rule == rule.id)
        keys = desk.current(name)
        if {key.organization for key in keys} < set(quotas) or len(keys) != len(quotas) + 1:
            continue
        city = next(key for key in keys if key.organization not in quotas)
        allowed = Decimal(1) if rule.reconcile_tolerance else Decimal(0)
        key = city if desk.rng.random() < 0.4 else desk.rng.choice([each for each in keys if each != city])
        for _ in range(60):
            value = _value(desk.reports[key])
            assert value is not None
            values = {each: _value(desk.reports[each]) for each in keys} | {key: desk.slip(value)}
            bases = {each: _base(amount) for each, amount in values.items() if amount}
            short = 2 * bases[city][0] - sum(base for base, _ in bases.values())
            if abs(short) > max(allowed, sum(half for _, half in bases.values())):
                codes = (*_SUMS, *_STOCKS, "year-to-date-falls")
                return desk.put(key, replace(desk.reports[key], value=values[key]), "sum over counties", *codes)
    return None


# --- what is only odd --------------------------------------------------------------------------------------------


def _percent(desk: Desk) -> Planted | None:
    """7 % typed as 0.07, or 0.07 taken for a fraction that was none."""
    keys = [key for key in desk.current(*desk.rules(Kind.RATE)) if (each := _value(desk.reports[key])) and each.number]
    key = desk.pick([key for key in keys if desk.book.indicators[key.indicator].unit.symbol == "%"])
    if key is None:
        return None
    value = _value(desk.reports[key])
    assert value is not None
    wrong = value.times(Decimal("0.01") if desk.rng.random() < 0.8 else 100)
    return desk.put(key, replace(desk.reports[key], value=wrong), "percent as fraction", *_SCALES)


def _ten_thousand(desk: Desk) -> Planted | None:
    """萬元 for 億元 and the like: the number is right, the unit of measure is another one."""
    larger = {small: large for large, (small, _) in SMALLER.items()}
    keys = []
    for each in desk.current():
        amounts = (desk.reports[each].value, *(amount for _, amount in desk.reports[each].parts))
        if any(amount and amount.number and amount.unit in {*SMALLER, *larger} for amount in amounts):
            keys.append(each)
    key = desk.pick(keys)
    if key is None:
        return None
    report = desk.reports[key]

    def other(amount: Amount) -> Amount:
        unit = SMALLER[amount.unit][0] if amount.unit in SMALLER else larger.get(amount.unit, amount.unit)
        return Amount(amount.number, unit)

    if report.parts:
        at = desk.rng.randrange(2)
        parts = [(name, other(each) if place == at else each) for place, (name, each) in enumerate(report.parts)]
        wrong = replace(report, parts=tuple(parts))
    else:
        assert report.value is not None
        wrong = replace(report, value=other(report.value))
    return desk.put(key, wrong, "萬元 for 億元", *_SCALES, "parts-unlike-due", "parts-differ", "parts-impossible")


def _tenfold(desk: Desk) -> Planted | None:
    """A point that slipped, a nought too many or too few."""
    rates = [key for key in desk.current(*desk.rules(Kind.RATE)) if _value(desk.reports[key])]
    totals = [key for key in desk.current(*desk.rules(Kind.TOTAL, Kind.LEVEL)) if _value(desk.reports[key])]
    key = desk.pick(rates if desk.rng.random() < 0.3 else totals)
    value = _value(desk.reports[key]) if key else None
    if key is None or value is None or not value.number:
        return None
    up = desk.rng.random() < 0.5 or (value.number == value.number.to_integral_value() and value.number % 10)
    wrong = replace(desk.reports[key], value=value.times(10 if up else Decimal("0.1")))
    return desk.put(key, wrong, "factor of ten", *_SCALES, "far-beyond-target", "leaps-ahead", "year-to-date-falls")


def _gross_for_net(desk: Desk) -> Planted | None:
    """All that were added, without those that were lost."""
    net = [name for name, each in desk.book.indicators.items() if each.net]
    key = desk.pick([key for key in desk.current(*net) if (each := _value(desk.reports[key])) and each.number > 4])
    value = _value(desk.reports[key]) if key else None
    if key is None or value is None:
        return None
    gross = (value.number * Decimal(repr(desk.rng.uniform(1.4, 3.0)))).quantize(Decimal(1))
    codes = ("far-beyond-target", "leaps-ahead", *_STOCKS, *_SUMS)
    return desk.put(key, replace(desk.reports[key], value=Amount(gross, value.unit)), "新增 for 淨增", *codes)


def _several_years(desk: Desk) -> Planted | None:
    """What stands after several years, where this year's was wanted."""
    rules = desk.rules(Kind.TOTAL)
    keys = [key for key in desk.current(*rules) if (each := _value(desk.reports[key])) and each.number]
    key = desk.pick([key for key in keys if desk.book.indicators[key.indicator].additive is False])
    value = _value(desk.reports[key]) if key else None
    if key is None or value is None:
        return None
    threshold = rules[key.indicator].threshold
    assert threshold is not None
    per = Decimal(10_000) if value.unit != threshold.unit.symbol and value.unit in ("畝", "人", "人次", "萬元") else 1
    years = desk.rng.choice((1, 2, 3, 4)) * Decimal(repr(desk.rng.uniform(0.8, 1.1)))
    wrong = Amount((value.number + threshold.value * per * years).quantize(value.number), value.unit)
    # Whether a number is too large by a digit or by some years, nobody can tell from the number.
    codes = ("far-beyond-target", "leaps-ahead", "digit-slipped")
    return desk.put(key, replace(desk.reports[key], value=wrong), "several years in one", *codes)


def _on_target(desk: Desk) -> Planted | None:
    """Exactly what was due, in every quarter."""
    if len(desk.periods) < 3:
        return None
    rules = desk.rules(Kind.TOTAL, Kind.RATE)
    keys = [key for key in desk.current(*rules) if _value(desk.reports[key]) and not desk.reports[key].revises]
    desk.rng.shuffle(keys)
    for key in keys:
        rule, threshold = rules[key.indicator], rules[key.indicator].threshold
        known = [key._replace(period=period) for period in desk.periods]
        amounts = [amount for each in known if (amount := _value(desk.reports.get(each)))]
        if threshold is None or rule.judged.quota or len(amounts) < len(known):
            continue
        if {amount.unit for amount in amounts} != {threshold.unit.symbol} or rule.soft or threshold.value == 100:
            continue
        total = rule.judging_kind is Kind.TOTAL
        shares = [Decimal(place) / 4 if total else Decimal(1) for place in range(1, len(known) + 1)]
        due = [threshold.value * share for share in shares]
        places = [int(amount.number.as_tuple().exponent) for amount in amounts]
        if any(number != round(number, -place) for number, place in zip(due, places, strict=True)):
            continue
        for each, number, place in zip(known, due, places, strict=True):
            exact = Amount(number.quantize(Decimal(1).scaleb(place)), threshold.unit.symbol)
            desk.reports[each] = replace(desk.reports[each], value=exact)
        return Planted("exactly on target", frozenset({known[-1]}), ("exactly-on-target",))
    return None


def _copied(desk: Desk) -> Planted | None:
    """One county's column is another's."""
    bodies: dict[str, list[Key]] = {}
    for key in desk.current():
        if desk.book.organizations[key.organization].tier == "county":
            bodies.setdefault(key.organization, []).append(key)
    if len(bodies) < 2:
        return None
    one, other = desk.rng.sample(sorted(bodies), 2)
    copied = set()
    for key in bodies[one]:
        source = key._replace(organization=other)
        if source in desk.reports:
            desk.reports[key] = desk.reports[source]
            copied.add(key)
    return Planted("identical columns", frozenset(copied), ("identical-figures",)) if len(copied) > 3 else None


def _heaped(desk: Desk) -> Planted | None:
    """Whoever fell a little short wrote what was due, or a trifle more."""
    lifted = set()
    period = Period.parse(desk.now)
    assert period is not None
    for owed in list_obligations(desk.book, period):
        rule, target = owed.rule, owed.threshold
        key = Key(owed.organization, owed.indicator.id, desk.now)
        value = _value(desk.reports.get(key))
        if not owed.owed or target is None or value is None or rule.judging_kind not in (Kind.TOTAL, Kind.RATE):
            continue
        total = rule.judging_kind is Kind.TOTAL
        if rule.soft or rule.direction.sign < 0 or value.unit != owed.indicator.unit.symbol:
            continue
        full = Decimal(target.base.numerator) / target.base.denominator / owed.indicator.unit.factor
        due = full * Decimal(period.month) / 12 if total else full
        gap = 100 * (value.number - due) / full if total else value.number - due
        if not (-12 if total else -Decimal("1.5")) <= gap < 0:
            continue
        step = Decimal(1).scaleb(int(value.number.as_tuple().exponent))
        lifted_to = due.quantize(step, ROUND_CEILING) + desk.rng.choice((0, 0, 1)) * step
        desk.reports[key] = replace(desk.reports[key], value=Amount(lifted_to, value.unit))
        lifted.add(key)
    return Planted("heaped over the line", frozenset(lifted), ("heaped-over-line",)) if len(lifted) > 9 else None


#: Kinds of fault that contradict other figures, and what plants them.
CONTRADICTING: dict[str, Callable[[Desk], Planted | None]] = {
    "part over whole": _part_over_whole,
    "numerator over denominator": _over_denominator,
    "stock": _stock,
    "rate against parts": _rate_against_parts,
    "year to date falls": _falls,
    "course falls": _course_falls,
    "past changed": _past_changed,
    "sum over counties": _sum,
}

#: Kinds of fault that contradict nothing, or need not.
ODD: dict[str, Callable[[Desk], Planted | None]] = {
    "percent as fraction": _percent,
    "萬元 for 億元": _ten_thousand,
    "factor of ten": _tenfold,
    "新增 for 淨增": _gross_for_net,
    "several years in one": _several_years,
    "exactly on target": _on_target,
    "identical columns": _copied,
    "heaped over the line": _heaped,
}
