"""Random books to rank: every kind of promise and method, ties, vetoes, waivers, missing figures. All illustrative."""

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from tests.oracle import Promise, Reported
from tests.ranker import Given, Goal, Json, Season, World

METHODS: dict[str, Json] = {
    "verdict": {"name": "verdict", "points": {"pass": "100", "at-risk": "60", "fail": "10"}},
    "completion": {"name": "completion", "cap": "120"},
    "all-or-nothing": {"name": "all-or-nothing"},
    "rank": {"name": "rank", "step": "5"},
    "linear": {"name": "linear", "base": "80", "per_point": "2.5", "cap": "100"},
    "efficacy": {"name": "efficacy", "base": "60"},
    "met-then-rank": {"name": "met-then-rank", "met": "4", "most": "6", "step": "5"},
}
MONTHS = {"2025Q1": 3, "2025Q2": 6, "2025Q3": 9, "2025Q4": 12}
QUARTERS = ("15", "25", "25", "35")
GROUPS = {"甲組": "甲乙丙丁戊", "己組": "己庚辛", "壬組": "壬", "癸組": "癸子"}
BODIES = tuple("".join(GROUPS.values()))
MEMBERS = ("大健康", "電子信息", "新材料")
STAGES = {"開工": "2025-05-31", "主體封頂": "2025-08-31", "驗收": "2025-11-30"}
FALSE_UNIT = "人次"


def share_of(unit: str) -> int:
    """Base units of one of these units of measure."""
    return {"公里": 10**6, "億元": 10**10, "%": 10, "萬畝": 2000 * 10**4}.get(unit, 1)


def goal(name: str, kind: str, number: str | None, unit: str, counted: bool = False, **more: Any) -> Goal:
    """A goal as the oracle knows it."""
    factor = share_of(unit)
    base = None if number is None else Fraction(number) * factor
    promise = Promise(kind, number=base, size=Fraction(factor), points=unit == "%", **more)
    return Goal(name, promise, unit, factor, counted)


GOALS = (
    goal("firms", "total", "20", "家", True, net=True),
    goal("roads", "total", "50", "公里"),
    goal("spending", "total", "40", "億元", comparator="at_most"),
    goal("growth", "rate", "7", "%"),
    goal("jobless", "rate", "3", "%", comparator="at_most"),
    goal("prices", "rate", "2", "%", comparator="at_most", soft=True, tolerance=Fraction(1, 2)),
    goal("wages", "rate", "5", "%", comparator="between"),
    goal("loans", "rate", "6", "%", comparator="between", bound="upper"),
    goal("dust", "rate", "35", "微克/立方米", comparator="at_most"),
    goal("research", "rate", "2", "%", comparator="more_than"),
    goal("sewage", "level", "60", "%"),
    goal("firewood", "level", "80", "公里", comparator="at_most"),
    goal("land", "always", "244.44", "萬畝"),
    goal("accidents", "always", "0", "起", True, comparator="at_most"),
    goal("bridge", "milestone", None, "", stages=((5, 31), (8, 31), (11, 30))),
    goal("screening", "coverage", "100", "%", eligible="to-date"),
    goal("housing", "coverage", "95", "%", eligible="fixed-list"),
    goal("tracked", "each", "30", "家", True, inner="total", members=MEMBERS),
    goal("towns", "each", "12", "公里", inner="total", members=MEMBERS),
    replace(goal("income", "relative", None, "%"), partner="growth"),
    goal("air", "external", None, "%", inner="rate"),
    goal("villages", "rate", "70", "%", due_in=(12,)),
    goal("jobs", "total", "100", "人", True),
    goal("trade", "rate", "8", "%"),
)


# --- figures ---------------------------------------------------------------------------------------------------


class Maker:
    """Makes the figures of a book: few different ones, near what is due, so that bodies tie and stand at edges."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def value(self, goal: Goal, number: Fraction, decimals: int, baseline: str | None = None) -> Given:
        """A plain number, in the goal's unit of measure."""
        written = f"{float(number):.{decimals}f}"
        text: Any = f"{written} {goal.unit}"
        half = Fraction(goal.factor, 2 * 10**decimals)
        first = Fraction(written)
        second = None if baseline is None else Fraction(baseline) * goal.factor
        if baseline is not None:
            text = {"value": text, "baseline": f"{baseline} {goal.unit}"}
        sign = (first > 0) - (first < 0)
        return Given(Reported(first * goal.factor, second, "value", half, sign), (half, Fraction(0)), text)

    def figure(self, goal: Goal, body: str, month: int, baseline: str | None) -> Given:
        """What a body reports on a goal."""
        chance, promise = self.chance, goal.of(body, month)
        kind, step = promise.judging, chance.choice((-4, -2, -1, 0, 0, 0, 1, 1, 2, 4))
        number = (promise.number or Fraction(0)) / goal.factor
        if kind == "milestone":
            done = chance.randint(0, 3)
            stage = list(STAGES)[done - 1] if done else "未開始"
            return Given(Reported(Fraction(done), shape="stage"), (Fraction(0), Fraction(0)), {"stage": stage})
        if kind == "coverage":
            return self.counted(goal, number * (promise.share if promise.eligible == "fixed-list" else 1), step)
        if goal.id == "trade":
            return self.parts(number + step)
        if kind == "relative":
            return self.value(goal, Fraction(7) + Fraction(step, 10), 1)
        if kind == "external":
            return self.value(goal, Fraction(85 + step), chance.choice((0, 1)))
        if kind == "total":
            size = Fraction(1) if goal.counted else Fraction(1, 2)
            aim = number * promise.share + size * step * chance.choice((1, 1, 3))
            return self.value(goal, aim if promise.net else max(aim, Fraction(0)), 0 if goal.counted else 1)
        if kind == "level" and baseline is not None:
            away = number - Fraction(baseline)
            return self.value(goal, Fraction(baseline) + away * promise.share + step, chance.choice((0, 1)), baseline)
        if goal.id == "accidents":
            return self.value(goal, Fraction(chance.choice((0, 0, 0, 1, 2))), 0)
        if goal.id == "land":
            return self.value(goal, number + Fraction(step + 2, 100), 2)
        decimals = chance.choice((0, 1, 1, 2))
        return self.value(goal, number + Fraction(step, 10**decimals) * chance.choice((1, 1, 5)), decimals)

    def counted(self, goal: Goal, due: Fraction, step: int) -> Given:
        """Done of eligible, both counted."""
        eligible = self.chance.choice((0, 200, 200, 400))
        done = min(eligible, max(0, int(eligible * due / 100) + step))
        text = {"done": f"{done} 人", "eligible": f"{eligible} 人"}
        return Given(Reported(Fraction(done), Fraction(eligible), "counted"), (Fraction(0), Fraction(0)), text)

    def parts(self, rate: Fraction) -> Given:
        """A growth rate from its two amounts."""
        before = self.chance.choice((100, 125))
        now = f"{float(before * (1 + rate / 100)):.1f}"
        factor, half = share_of("億元"), Fraction(share_of("億元"), 20)
        figure = Reported(Fraction(now) * factor, Fraction(before * factor), "growth")
        return Given(figure, (half, half), {"parts": {"current": f"{now} 億元", "previous": f"{before}.0 億元"}})

    def spoiled(self, goal: Goal, came: Given) -> Given:
        """Now and then a figure in a unit of measure that does not fit, or of something else."""
        if came.figure.shape != "value" or isinstance(came.text, dict) or self.chance.random() > 0.06:
            return came
        if self.chance.random() < 0.5:
            wrong = came.text.replace(goal.unit, FALSE_UNIT)
            return replace(came, figure=replace(came.figure, fault="unit-mismatch"), text=wrong)
        text = {"value": came.text, "measure": "另一口徑"}
        return replace(came, figure=replace(came.figure, fault="different-measure"), text=text)

    def season(self, goals: tuple[Goal, ...], label: str, baselines: dict[tuple[str, str], str]) -> Season:
        """Everything that came in for one period."""
        figures: dict[tuple[str, str, str], Given] = {}
        waived = set()
        silent = {body for body in BODIES if self.chance.random() < 0.08}
        for goal in goals:
            for body in BODIES:
                if self.chance.random() < 0.06:
                    waived.add((goal.id, body))
                for member in goal.promise.members or ("",):
                    if body in silent or self.chance.random() < (0.04 if member else 0.12):
                        continue
                    came = self.figure(goal, body, MONTHS[label], baselines.get((goal.id, body)))
                    figures[goal.id, body, member] = came if member else self.spoiled(goal, came)
        return Season(label, MONTHS[label], figures, frozenset(waived))


# --- policies --------------------------------------------------------------------------------------------------


def random_method(chance: random.Random) -> Json:
    return {**METHODS[chance.choice(list(METHODS))], "document": "示例"}


def random_scheme(chance: random.Random, name: str, goals: tuple[Goal, ...], first: str) -> Json:
    """A group's scheme; `first` is the method of those goals that have none of their own."""
    names = [goal.id for goal in goals]
    prices: Json = {"missing": chance.choice(["0", "40", "left-out"])}
    for reason in ("unusable", "different-measure", "no-baseline", "not-applicable"):
        if chance.random() < 0.3:
            prices[reason] = chance.choice(["0", "25", "left-out"])
    scheme: Json = {
        "name": name,
        "members": list(GROUPS[name]),
        "document": "示例",
        "method": {**METHODS[first], "document": "示例"},
        "undecided": prices,
        "veto": chance.choice(["unranked", "zero"]),
        "commended": str(chance.randint(0, 3)),
        "named": str(chance.randint(0, 3)),
    }
    apart = chance.sample(names, 3)
    scheme["targets"] = [
        {"rules": [each], "weight": chance.choice(["1", "2", "0.5", "3"]), "document": "示例"} for each in apart
    ]
    for each in scheme["targets"][:2]:
        each["method"] = random_method(chance)
    scheme["bonus"] = [
        {"rule": names[0], "first": ["0.5", "0.3", "0.1"], "only_if": chance.sample(names, 2), "document": "示例"},
        {"rule": names[1], "first": ["0.2"], "document": "示例"},
    ]
    if chance.random() < 0.4:
        scheme["annual_only"] = [chance.choice(names)]
    if chance.random() < 0.5:
        scheme["named_below"] = chance.choice(["60", "80"])
    return scheme


def random_adjustments(chance: random.Random, labels: list[str]) -> list[Json]:
    """What documents add and take, some of it in another period."""
    entries = []
    for kind in ("bonus", "deduction", "deduction", "veto"):
        if chance.random() < 0.5:
            reach = chance.sample(BODIES, chance.randint(1, 2))
            entry = {
                "kind": kind,
                "period": chance.choice(labels),
                "reach": reach,
                "reason": "示例",
                "document": "示例",
            }
            entries.append(entry if kind == "veto" else {**entry, "points": chance.choice(["0.5", "1", "10"])})
    return entries


class RandomBook:
    """A whole book with its submissions: `worlds` is what an independent script needs to know of each group."""

    def __init__(self, seed: int) -> None:
        chance = self.chance = random.Random(seed)
        picked = {goal.id for goal in chance.sample(GOALS, chance.randint(5, 8))}
        picked |= {"growth"} if "income" in picked else set()
        self.goals = tuple(self._settled(goal) for goal in GOALS if goal.id in picked)
        last = chance.choice(list(MONTHS))
        labels = [label for label in MONTHS if label < last and chance.random() < 0.7]
        self.labels = [*labels, last]
        self.rolled = last == "2025Q4" and chance.random() < 0.7
        baselines = {
            (goal.id, body): str(int((goal.promise.number or 0) / goal.factor) - goal.promise.good * away)
            for goal in self.goals
            for body in BODIES
            if (away := chance.choice((20, 20, 40, -10, None))) is not None
        }
        maker = Maker(chance)
        self.seasons = tuple(maker.season(self.goals, label, baselines) for label in self.labels)
        methods = list(METHODS)
        self.schemes = [
            random_scheme(chance, name, self.goals, methods[(seed + place) % len(methods)])
            for place, name in enumerate(GROUPS)
        ]
        self.adjustments = random_adjustments(chance, list(MONTHS) if self.rolled else self.labels)

    def _settled(self, goal: Goal) -> Goal:
        if goal.id == "jobs":
            quotas = tuple((body, self.chance.choice((None, Fraction(80), Fraction(120)))) for body in BODIES)
            return replace(goal, quotas=(("甲", Fraction(100)), *quotas[1:]))
        if goal.id == "air" and self.chance.random() < 0.6:
            return replace(goal, promise=replace(goal.promise, number=Fraction(850)))
        return goal

    @property
    def last(self) -> str:
        return self.labels[-1]

    def worlds(self) -> Iterator[World]:
        """The groups as they stand in the last period."""
        weights = dict(zip(MONTHS, map(Fraction, QUARTERS), strict=True))
        counted = self.labels if self.rolled else [self.last]
        shares = {label: weights[label] if self.rolled else Fraction(1) for label in counted}
        given = tuple(each for each in self.adjustments if self.rolled or each["period"] == self.last)
        for scheme in self.schemes:
            yield World(self.goals, tuple(scheme["members"]), scheme, self.seasons, shares, given)

    def before(self, world: World) -> World | None:
        """The same group in the period before, if there was one."""
        if len(self.seasons) < 2:
            return None
        label = self.labels[-2]
        given = tuple(each for each in self.adjustments if each["period"] == label)
        return replace(world, seasons=self.seasons[:-1], shares={label: Fraction(1)}, adjustments=given)

    # --- as files ----------------------------------------------------------------------------------------------

    def write(self, folder: Path) -> None:
        """The book and its submissions."""
        everybody = list(BODIES)
        clause = {"clause": "1", "lead": ["市"], "responsible": everybody, "targets": [*map(_target, self.goals)]}
        files: dict[str, Any] = {
            "targets.yaml": {"plan": {"title": "示例方案", "year": "2025"}, "clauses": [clause]},
            "organizations.yaml": {"organizations": [{"name": "市", "tier": "city-department"}, *map(_body, BODIES)]},
            "policy.yaml": {"scoring": {"groups": self.schemes, "variation": {"draws": "30", "seed": "7"}}},
            "rules/001-all.yaml": {"clause": "1", "indicators": [*map(_indicator, self.goals)], "rules": self._rules()},
        }
        if self.rolled:
            files["policy.yaml"]["scoring"]["quarters"] = {"weights": list(QUARTERS), "document": "示例"}
        if self.adjustments:
            files["adjustments.yaml"] = {"adjustments": self.adjustments}
        for goal in self.goals:
            if goal.quotas:
                quotas = {body: f"{quota} {goal.unit}" for body, quota in goal.quotas if quota is not None}
                files[f"allocations/{goal.id}.yaml"] = {"rule": goal.id, "document": "示例", "quotas": quotas}
            if goal.promise.kind == "external" and goal.promise.number is not None:
                entry = {"target": goal.id, "threshold": "85 %", "document": "示例", "date": "2025-01-10"}
                files["amendments.yaml"] = {"amendments": [entry]}
        waivers = [*self._waivers()]
        if waivers:
            files["waivers.yaml"] = {"waivers": waivers}
        for season in self.seasons:
            for body in BODIES:
                figures = self._submission(season, body)
                if figures:
                    files[f"submissions/{season.label}/{body}.yaml"] = {"organization": body, "figures": figures}
        for name, value in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            # Said once more as JSON, because what stands in two places of a value would become an alias.
            text = yaml.dump(json.loads(json.dumps(value)), allow_unicode=True, default_style='"')
            path.write_text(text, encoding="utf-8")

    def _rules(self) -> list[Json]:
        rules = []
        for goal in self.goals:
            judged: Json = {"quota": goal.id} if goal.quotas else {"same": list(BODIES)}
            rule = {"id": goal.id, "target": goal.id, "indicator": goal.id, "kind": goal.promise.kind}
            rules.append({**rule, **_shape(goal), "judged": {"lead": "none", "responsible": judged}})
        return rules

    def _waivers(self) -> Iterator[Json]:
        for season in self.seasons:
            month, year = season.month, 2025
            day = {3: 31, 6: 30, 9: 30, 12: 31}[month]
            for rule, body in sorted(season.waived):
                yield {
                    "document": f"{season.label}{rule}{body}", "approver": "市", "date": f"{year}-{month:02}-01",
                    "start": f"{year}-{month:02}-01", "end": f"{year}-{month:02}-{day}", "reach": [body],
                    "rules": [rule], "reason": "示例",
                }  # fmt: skip

    def _submission(self, season: Season, body: str) -> Json:
        figures: Json = {}
        for (name, owner, member), came in season.figures.items():
            if owner == body and member:
                figures.setdefault(name, {"members": {}})["members"][member] = came.text
            elif owner == body:
                figures[name] = came.text
        return figures


def _body(name: str) -> Json:
    return {"name": name, "tier": "county"}


def _target(goal: Goal) -> Json:
    kinds = {"kind": goal.promise.kind, **({"inner_kind": goal.promise.inner} if goal.promise.inner else {})}
    return {"id": goal.id, "quote": goal.id, **kinds}


def _indicator(goal: Goal) -> Json:
    unit = {"milestone": "個", "coverage": "人"}.get(goal.promise.judging, goal.unit)
    indicator: Json = {"id": goal.id, "name": goal.id, "unit": unit}
    if goal.promise.net:
        indicator["net"] = "true"
    if goal.id == "trade":
        indicator["parts"] = {"growth": ["current", "previous"], "unit": "億元"}
    return indicator


def _shape(goal: Goal) -> Json:
    """What a rule says beside its names."""
    promise = goal.promise
    said: Json = {}
    if promise.inner:
        said["inner_kind"] = promise.inner
    if promise.judging not in ("milestone", "relative"):
        said["comparator"] = promise.comparator
    if promise.number is not None and promise.kind != "external":
        said["threshold"] = f"{float(promise.number / goal.factor):g} {goal.unit}"
    if promise.comparator == "between":
        # 控制在: the upper bound is the number that is due, else the lower one.
        said |= {"threshold": "4 %", "upper": "6 %", "bound": "upper"} if promise.bound == "upper" else {"upper": "9 %"}
    if promise.soft:
        said |= {"soft": "true", "tolerance": "0.5 個百分點"}
    if promise.judging == "relative":
        said |= {"partner": goal.partner, "tolerance": "0 個百分點"}
    if promise.stages:
        said["stages"] = [{"stage": name, "due": day} for name, day in STAGES.items()]
    for key in ("members", "eligible"):
        if getattr(promise, key):
            said[key] = getattr(promise, key)
    if promise.due_in:
        said["due_in"] = ["2025Q4"]
    if promise.net:
        said["net"] = "true"
    return said
