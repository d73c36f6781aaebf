"""Made-up pairs of checks that differ by known causes. All illustrative: nobody issued or reported any of it."""

import random
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from engine.model.difference import Cause
from engine.model.period import Period
from engine.replay import Side

BODIES = ("經信局", "發改委", "住建局", "農業局", "衛健局", "東縣", "西縣", "南縣")
COUNTIES = BODIES[5:]
REASON = "核減重複"

Json = dict[str, Any]

#: Indicators with their unit of measure, the target, and steps of a figure around what is due at midyear.
_RULES: dict[str, Json] = {
    "firms": {
        "kind": "total", "comparator": "at_least", "threshold": "200 家",
        "judged": {"lead": "city", "responsible": {"quota": "firms"}},
    },
    "growth": {
        "kind": "rate", "comparator": "at_least", "threshold": "7 %",
        "judged": {"lead": "city", "responsible": {"same": ["各縣"]}},
    },
    "sewage": {"kind": "level", "comparator": "at_least", "threshold": "60 %"},
    "land": {"kind": "always", "comparator": "at_least", "threshold": "240 萬畝"},
    "jobless": {"kind": "rate", "comparator": "at_most", "threshold": "3 %"},
    "roads": {"kind": "total", "comparator": "at_least", "threshold": "80 公里"},
    "prices": {"kind": "rate", "comparator": "at_most", "threshold": "2 %", "soft": True, "tolerance": "0.5 個百分點"},
    "income": {"kind": "relative", "partner": "growth"},
}  # fmt: skip

_LEADS = {
    "firms": "經信局", "growth": "發改委", "sewage": "住建局", "land": "農業局", "jobless": "發改委",
    "roads": "住建局", "prices": "發改委", "income": "發改委",
}  # fmt: skip

_UNITS = {
    "firms": "家", "growth": "%", "sewage": "%", "land": "萬畝", "jobless": "%", "roads": "公里", "prices": "%",
    "income": "%",
}  # fmt: skip

#: Figures of the first and the second quarter between which the verdicts change.
_NEAR = {
    "firms": ((40, 50, 60), (70, 85, 95, 100, 110, 130)),
    "growth": (("6.4", "7.2"), ("5.5", "5.9", "6.2", "6.8", "7.1", "7.6")),
    "sewage": (("41", "46"), ("42", "44", "48", "52", "57")),
    "land": (("240.5", "241"), ("239.5", "239.9", "240", "240.6")),
    "jobless": (("2.9", "3.2"), ("2.7", "3.1", "3.3", "4.2", "4.6")),
    "roads": ((15, 20), (20, 30, 35, 38, 41, 45)),
    "prices": (("1.8", "2.2"), ("1.9", "2.4", "2.7", "3.9", "4.4")),
    "income": (("6.5", "7"), ("5.1", "6.3", "6.9", "7.4")),
}
_COUNTY = {"firms": (5, 8, 9, 11, 14, 20), "growth": _NEAR["growth"][1]}


@dataclass
class World:
    """A book with its submissions, as values; `texts` are files that are written as they stand."""

    rules: Json
    leads: Json
    quotas: Json
    policy: Json
    amendments: list[Json]
    waivers: list[Json]
    #: Period → file → body → indicator → the entry as it is written.
    submissions: Json
    inspections: dict[str, list[Json]]
    manifests: Json
    texts: dict[str, str] = field(default_factory=dict)
    as_of: date | None = None
    indent: int = 2

    def copy(self) -> "World":
        return deepcopy(self)

    def files(self) -> Iterator[tuple[str, str]]:
        """Every file of the book and its submissions, by its path."""
        yield "targets.yaml", self._said(self._targets())
        tier = {name: "county" if name in COUNTIES else "city-department" for name in BODIES}
        bodies = [{"name": name, "tier": tier[name]} for name in BODIES]
        groups = [{"name": "各縣", "members": [*COUNTIES]}]
        yield "organizations.yaml", self._said({"organizations": bodies, "groups": groups})
        yield "policy.yaml", self._said(self.policy)
        yield "allocations/firms.yaml", self._said({"rule": "firms", "document": "分解表", "quotas": self.quotas})
        for number, name in enumerate(_RULES, 1):
            yield f"rules/{number:03d}-{name}.yaml", self._said(self._rule(number, name))
        for key in ("amendments", "waivers"):
            if entries := getattr(self, key):
                yield f"{key}.yaml", self._said({key: entries})
        for period, files in self.submissions.items():
            for name, figures in files.items():
                for place, (body, own) in enumerate(figures.items()):
                    # A file holds one body; a second one gets a file of its own beside it.
                    file = name if place == 0 else f"{place}-{name}"
                    yield f"submissions/{period}/{file}", self._said({"organization": body, "figures": own})
        for period, entries in self.inspections.items():
            yield f"submissions/{period}/inspections.yaml", self._said({"inspections": entries})
        for period, manifest in self.manifests.items():
            yield f"submissions/{period}/manifest.yaml", self._said(manifest)

    def write(self, folder: Path) -> Path:
        for name, text in {**dict(self.files()), **self.texts}.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return folder

    def _said(self, value: object) -> str:
        return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, indent=self.indent)

    def _targets(self) -> Json:
        clauses = [
            {
                "clause": str(number),
                "lead": [self.leads[name]],
                "responsible": ["各縣"] if "judged" in _RULES[name] else [],
                "targets": [{"id": name, "quote": f"{name}示意", "kind": _RULES[name]["kind"]}],
            }
            for number, name in enumerate(_RULES, 1)
        ]
        return {"plan": {"title": "示意方案", "year": 2025}, "clauses": clauses}

    def _rule(self, number: int, name: str) -> Json:
        rule = {"id": name, "target": name, "indicator": name, "judged": {"lead": "city", "responsible": "none"}}
        indicator = {"id": name, "name": f"{name}指標", "unit": _UNITS[name]}
        return {"clause": str(number), "indicators": [indicator], "rules": [rule | self.rules[name]]}


def make_world(rng: random.Random) -> World:
    """A sound book with figures near what is due, of the first and the second quarter."""
    submissions: Json = {"2025Q1": {}, "2025Q2": {}}
    for quarter, period in enumerate(submissions):
        for body in BODIES[:5]:
            own = [name for name, lead in _LEADS.items() if lead == body]
            figures = {name: _entry(name, rng.choice(_NEAR[name][quarter])) for name in own}
            if figures:
                submissions[period][f"{body}.yaml"] = {body: figures}
        for body in COUNTIES:
            figures = {name: _entry(name, rng.choice(values)) for name, values in _COUNTY.items()}
            if quarter == 0:
                figures["firms"] = "3 家"
            submissions[period][f"{body}.yaml"] = {body: figures}
    first = submissions["2025Q1"]["住建局.yaml"]["住建局"]
    first["sewage"] = {"value": first["sewage"], "baseline": "40 %"}
    bands = [{"at_least": 0, "verdict": "pass"}, {"at_least": -10, "verdict": "at-risk"}, {"verdict": "fail"}]
    percent = [{"at_least": 0, "verdict": "pass"}, {"at_least": -1, "verdict": "at-risk"}, {"verdict": "fail"}]
    policy = {"bands": {"paced": bands, "percent": percent}, "ahead_margin": 5}
    quotas = dict.fromkeys(COUNTIES, "20 家")
    return World(deepcopy(_RULES), dict(_LEADS), quotas, policy, [], [], submissions, {}, {})


def _entry(name: str, value: object) -> str:
    return f"{value} {_UNITS[name]}"


def number_of(entry: Any) -> str:
    """The number of an entry, with its unit of measure."""
    return str(entry["value"] if isinstance(entry, dict) else entry)


def with_number(entry: Any, number: str) -> Any:
    """The entry with another number."""
    return {**entry, "value": number} if isinstance(entry, dict) else number


# --- one cause each --------------------------------------------------------------------------------------------

#: Changes a world in place; False where there is nothing to change in it.
Mutate = Callable[[random.Random, World], bool]


@dataclass(frozen=True)
class Kind:
    """One kind of change: what it is called, the cause that has to be named, and what makes it."""

    name: str
    cause: Cause
    mutate: Mutate
    period: str = "2025Q2"
    #: Made in both worlds first, so that there is something to change.
    before: Mutate | None = None


def _any_figure(rng: random.Random, world: World, period: str = "2025Q2") -> tuple[Json, str]:
    """Where one figure stands: the figures of a body, and the indicator."""
    choices = [
        (figures, name)
        for files in world.submissions[period].values()
        for figures in files.values()
        for name in figures
    ]
    return rng.choice(choices)


def _another(rng: random.Random, name: str, entry: Any, quarter: int = 1) -> str:
    values = [_entry(name, value) for value in (*_NEAR[name][quarter], *_COUNTY.get(name, ()))]
    return rng.choice([each for each in values if each != number_of(entry)])


def _withdraw(rng: random.Random, world: World) -> bool:
    figures, name = _any_figure(rng, world)
    del figures[name]
    files = world.submissions["2025Q2"]
    for file in [file for file, held in files.items() if not all(held.values())]:
        del files[file]
    return True


def _correct(rng: random.Random, world: World) -> bool:
    figures, name = _any_figure(rng, world)
    figures[name] = with_number(figures[name], _another(rng, name, figures[name]))
    return True


def _correct_elsewhere(rng: random.Random, world: World) -> bool:
    figures, name = _any_figure(rng, world)
    entry = with_number(figures[name], _another(rng, name, figures[name]))
    files = world.submissions["2025Q2"]
    (file,) = [file for file, held in files.items() if any(each is figures for each in held.values())]
    (body,) = files[file]
    if len(figures) < 2:
        return False
    del figures[name]
    files[f"更正-{body}.yaml"] = {body: {name: entry}}
    return True


def _past(rng: random.Random, world: World) -> bool:
    name = rng.choice(("land", "sewage", "growth"))
    (body,) = [lead for each, lead in _LEADS.items() if each == name]
    figures = world.submissions["2025Q1"][f"{body}.yaml"][body]
    if name == "sewage":
        figures[name] = {**figures[name], "baseline": rng.choice(("36 %", "38 %", "43 %", "45 %"))}
    elif name == "land":
        figures[name] = "239.7 萬畝"
    else:
        figures[name] = _another(rng, name, figures[name], 0)
    return True


def _declare(rng: random.Random, world: World) -> bool:
    """A later quarter declares that an earlier figure was another one."""
    name = rng.choice(("firms", "roads", "land"))
    body = _LEADS[name]
    past = world.submissions["2025Q1"][f"{body}.yaml"][body]
    now = world.submissions["2025Q2"][f"{body}.yaml"][body]
    before, after = past[name], {"firms": "33 家", "roads": "11 公里", "land": "239.4 萬畝"}[name]
    now[name] = {
        "value": number_of(now[name]),
        "revises": {"period": "2025Q1", "from": before, "to": after, "reason": REASON},
    }
    return True


def _inspect(rng: random.Random, world: World) -> bool:
    figures, name = _any_figure(rng, world)
    (body,) = [body for held in world.submissions["2025Q2"].values() for body, own in held.items() if own is figures]
    entry = {
        "organization": body,
        "indicator": name,
        "value": _another(rng, name, figures[name]),
        "document": "核查記錄",
        "date": date(2025, 7, 9),
    }
    world.inspections["2025Q2"] = [entry]
    return True


def _two_versions(rng: random.Random, world: World) -> bool:
    """A body sent twice, and a manifest says which of the two counts."""
    files = world.submissions["2025Q2"]
    name = rng.choice(sorted(files))
    (body,) = files[name]
    own = files.pop(name)[body]
    other = {each: with_number(entry, _another(rng, each, entry)) for each, entry in own.items()}
    files["第一版.yaml"], files["第二版.yaml"] = {body: own}, {body: other}
    days = {file: date(2025, 7, 5) for file in files}
    days["第二版.yaml"] = date(2025, 7, 12)
    world.manifests["2025Q2"] = _manifest(days, {"第二版.yaml": "第一版.yaml"})
    return True


def _manifest(days: Mapping[str, date], replaces: Mapping[str, str]) -> Json:
    entries = []
    for file, day in days.items():
        entry: Json = {"file": file, "date": day}
        if file in replaces:
            entry |= {"replaces": replaces[file], "reason": REASON}
        entries.append(entry)
    return {"due": date(2025, 7, 15), "received": entries}


def _exchange(rng: random.Random, world: World) -> bool:
    """The manifest says now that the first version came in the place of the second."""
    days = {file: date(2025, 7, 5) for file in world.submissions["2025Q2"]}
    days["第一版.yaml"] = date(2025, 7, 13)
    world.manifests["2025Q2"] = _manifest(days, {"第一版.yaml": "第二版.yaml"})
    return True


def _two_days(rng: random.Random, world: World) -> bool:
    """Two versions, the later of which had not come in on the day as of which is asked."""
    _two_versions(rng, world)
    world.as_of = date(2025, 7, 8)
    return True


def _later_day(rng: random.Random, world: World) -> bool:
    world.as_of = date(2025, 7, 20)
    return True


_AMENDED = {"firms": ("150 家", "260 家"), "roads": ("60 公里", "110 公里"), "growth": ("6 %", "7.5 %")}


def _amend(rng: random.Random, world: World) -> bool:
    name = rng.choice(sorted(_AMENDED))
    held = [each["threshold"] for each in world.amendments if each["target"] == name]
    world.amendments = [each for each in world.amendments if each["target"] != name]
    number = rng.choice([each for each in _AMENDED[name] if each not in held])
    world.amendments.append({"target": name, "threshold": number, "document": "調整通知", "date": date(2025, 5, 20)})
    return True


def _repeal(rng: random.Random, world: World) -> bool:
    world.amendments.pop()
    return True


def _waive(rng: random.Random, world: World) -> bool:
    name = rng.choice(sorted(_LEADS))
    world.waivers.append(
        {
            "document": "免責批復",
            "date": date(2025, 5, 1),
            "approver": "市政府",
            "start": date(2025, 4, 1),
            "end": date(2025, 7, 31),
            "reach": [_LEADS[name]],
            "targets": [name],
            "reason": "汛期",
        }
    )
    return True


def _end_waiver(rng: random.Random, world: World) -> bool:
    world.waivers[0]["end"] = date(2025, 6, 15)
    return True


def _threshold(rng: random.Random, world: World) -> bool:
    name = rng.choice([name for name in _RULES if "threshold" in _RULES[name]])
    number, unit = world.rules[name]["threshold"].split(" ")
    factor = rng.choice((70, 90, 110, 130))
    value = int(number) * factor
    world.rules[name]["threshold"] = (
        f"{value // 100}.{value % 100:02d} {unit}" if value % 100 else f"{value // 100} {unit}"
    )
    return True


def _pace(rng: random.Random, world: World) -> bool:
    name = rng.choice(("firms", "roads"))
    share = rng.choice((30, 40, 65, 80))
    shares = {"2025Q1": "20 %", "2025Q2": f"{share} %", "2025Q3": "85 %", "2025Q4": "100 %"}
    world.rules[name]["pace"] = shares
    return True


def _comparator(rng: random.Random, world: World) -> bool:
    name = rng.choice(("growth", "jobless", "roads", "land"))
    other = {"at_least": "more_than", "at_most": "less_than"}
    world.rules[name]["comparator"] = other[world.rules[name]["comparator"]]
    return True


def _tolerance(rng: random.Random, world: World) -> bool:
    world.rules["prices"]["tolerance"] = rng.choice(("0.2 個百分點", "1 個百分點", "2 個百分點"))
    return True


def _own_bands(rng: random.Random, world: World) -> bool:
    name = rng.choice(("growth", "jobless", "roads", "firms"))
    low = rng.choice((-25, -5)) if name in ("roads", "firms") else rng.choice(("-0.2", "-3"))
    world.rules[name]["bands"] = _ladder(low)
    return True


def _ladder(low: object) -> list[Json]:
    return [{"at_least": 0, "verdict": "pass"}, {"at_least": low, "verdict": "at-risk"}, {"verdict": "fail"}]


def _policy_bands(rng: random.Random, world: World) -> bool:
    key, low = rng.choice((("paced", -25), ("paced", -4), ("percent", "-0.3"), ("percent", -3)))
    world.policy["bands"][key] = _ladder(low)
    return True


def _margin(rng: random.Random, world: World) -> bool:
    world.policy["ahead_margin"] = rng.choice((1, 2, 12, 20))
    return True


def _quota(rng: random.Random, world: World) -> bool:
    world.quotas[rng.choice(COUNTIES)] = rng.choice(("12 家", "26 家", "40 家"))
    return True


def _lead(rng: random.Random, world: World) -> bool:
    world.leads["roads"] = "衛健局"
    return True


# Changes that change nothing.


def _rename(rng: random.Random, world: World) -> bool:
    files = world.submissions["2025Q2"]
    name = rng.choice(sorted(files))
    world.submissions["2025Q2"] = {f"新-{file}" if file == name else file: held for file, held in files.items()}
    return True


def _comment(rng: random.Random, world: World) -> bool:
    name, text = rng.choice([each for each in world.files() if not each[0].startswith("submissions/")])
    world.texts[name] = f"# 示意\n{text}"
    return True


def _reformat(rng: random.Random, world: World) -> bool:
    name, text = rng.choice([each for each in world.files() if each[0].startswith("rules/")])
    world.texts[name] = yaml.safe_dump(yaml.safe_load(text), allow_unicode=True, default_flow_style=True, width=60)
    return True


def _respelled(rng: random.Random, world: World) -> bool:
    """The same number in full-width digits, in another unit of measure, or with its baseline before it."""
    figures, name = _any_figure(rng, world)
    number, unit = number_of(figures[name]).split(" ")
    if name == "land":
        written = f"{number.replace('.', '') + '0' * (4 - len(number.partition('.')[2]))} 畝"
    elif name == "firms":
        written = f"{int(number) // 100}.{int(number) % 100:02d} 百家"
    else:
        written = number.translate(str.maketrans("0123456789", "０１２３４５６７８９")) + unit
    figures[name] = with_number(figures[name], written)
    return True


def _reorder(rng: random.Random, world: World) -> bool:
    held = [file for file in world.submissions["2025Q2"].values() if len(next(iter(file.values()))) > 1]
    file = rng.choice(held)
    for body, own in file.items():
        file[body] = dict(reversed(own.items()))
    return True


KINDS = (
    Kind("withdrawn figure", Cause.WITHDRAWN_FIGURE, _withdraw),
    Kind("corrected figure", Cause.CORRECTED_FIGURE, _correct),
    Kind("corrected in another file", Cause.CORRECTED_FIGURE, _correct_elsewhere),
    Kind("earlier figure", Cause.REVISED_PAST, _past),
    Kind("declared revision", Cause.REVISED_PAST, _declare),
    Kind("declared revision of what is checked", Cause.REVISED_PAST, _declare, "2025Q1"),
    Kind("inspection", Cause.INSPECTION, _inspect),
    Kind("manifest", Cause.ARRIVAL, _exchange, before=_two_versions),
    Kind("as of another day", Cause.OPTIONS, _later_day, before=_two_days),
    Kind("amendment", Cause.AMENDMENT, _amend),
    Kind("other amendment", Cause.AMENDMENT, _amend, before=_amend),
    Kind("repealed amendment", Cause.AMENDMENT, _repeal, before=_amend),
    Kind("waiver", Cause.WAIVER, _waive),
    Kind("waiver that ends", Cause.WAIVER, _end_waiver, before=_waive),
    Kind("threshold", Cause.RULE, _threshold),
    Kind("pace", Cause.RULE, _pace),
    Kind("comparator", Cause.RULE, _comparator),
    Kind("tolerance", Cause.RULE, _tolerance),
    Kind("bands of a rule", Cause.RULE, _own_bands),
    Kind("bands of the policy", Cause.POLICY, _policy_bands),
    Kind("margin", Cause.POLICY, _margin),
    Kind("quota", Cause.QUOTA, _quota),
    Kind("lead", Cause.PLAN, _lead),
    Kind("renamed file", Cause.WRITING, _rename),
    Kind("comment", Cause.WRITING, _comment),
    Kind("reformatted rule", Cause.WRITING, _reformat),
    Kind("respelled figure", Cause.WRITING, _respelled),
    Kind("order of figures", Cause.WRITING, _reorder),
)


def side_of(folder: Path, world: World, period: str = "2025Q2") -> Side:
    """A world that was written to a folder, as a side of a comparison."""
    return Side(folder.name, folder, (folder / "submissions" / period,), Period.parse(period), world.as_of)
