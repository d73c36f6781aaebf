"""A promise → the rule that its words support; what they leave open is asked, never guessed in silence."""

import calendar
import re
from collections.abc import Mapping

from engine.model.draft import DraftRule, Yaml
from engine.model.question import STAND_IN, Question
from engine.model.target import Comparator, Kind, Target
from engine.plan.fold import fold_text
from engine.plan.numbers import find_numbers
from engine.unit_table import MULTIPLIERS
from engine.units import find_unit
from engine.verbatim import fold_words

#: What a promise without a number is counted in until a person says better.
_COUNTED_IN: Mapping[Kind, str] = {
    Kind.MILESTONE: "階段", Kind.COVERAGE: "個", Kind.ALWAYS: "起", Kind.RELATIVE: "%", Kind.RATE: "%",
}  # fmt: skip
_POINTS = "個百分點"
#: The unit of measure of an index, which is printed without one.
_INDEX = "指數值"
_PLACEHOLDER_YEAR = 1900

_CEILING = re.compile("控制在")
_NET = re.compile("净增")
_GROSS_PRODUCT = re.compile("(?:生产总值|GDP)")
_STANDARD = re.compile(
    r"(?:和|与|同|高于|快于|不低于|超过|领先|优于|跑赢|低于)(?P<other>[^,。;]{2,16}?)(?:基本|保持|大体)?(?:同步|相适应|相匹配|相协调|增长)?$"
)
_MONTH = re.compile(r"(?<!\d)(1[0-2]|[1-9])月")
_QUARTER = re.compile("([一二三四])季度")
_COMPARED_BY = (
    "达到|達到|突破|超过|超過|不低于|不低於|不少于|不少於|不超过|不超過|不高于|不高於|控制在|稳定在|穩定在|保持在|提高到|提升到|提升至|"
    "提高至|降至|降到|超|達|达|為|为|至|到|約|约|近|占|完成|實現|实现|力爭|力争|確保|确保"
)
#: What only leads up to a number, or qualifies it: no part of the indicator's name.
_LEADS_UP = re.compile(rf"(?:{_COMPARED_BY}|[、，,。；;：:的])+$")
_QUALIFIES = re.compile(r"^(?:以上|以内|以內|以下|左右|、|，|,|的)+")
#: A second number of the same words: 5.5%以上,力争6%.
_BESIDE = re.compile(
    rf"(?:{_COMPARED_BY})?(?<![A-Za-z\d.])\d[\d.,]*(?:[-–—~至到]\d[\d.,]*)?[^\d,，、;；。以左]{{0,3}}"
    r"(?:以上|以内|以內|以下|左右)?(?=[,，、;；。]|$)"
)
#: No sentence says more numbers of one thing than these; of hundreds that touch, the name keeps the others.
_NUMBERS_BESIDE = 6
_GROWTH = re.compile("(?:增长|增長|增速|增幅|提高|下降)$")


class RuleDrafter:
    """Drafts rules one after another; later ones may refer to the indicators of earlier ones."""

    def __init__(self, year: int | None) -> None:
        """Take the plan's year, None where its text names none."""
        self._year = year or _PLACEHOLDER_YEAR
        self._names: set[str] = set()
        self._definitions: list[str] = []
        self._gross_product: str | None = None
        self._before: tuple[str, str] | None = None
        self._striven: dict[tuple[str, str, str], str] = {}

    @property
    def units(self) -> tuple[str, ...]:
        """Lines of units.txt for the units of measure that were met and that no table knows."""
        return tuple(self._definitions)

    def draft(self, target: Target) -> DraftRule | None:
        """The rule of a target; None where it is a goal of another year, or its number cannot be written down."""
        if target.year is not None:
            return None
        kind = target.inner_kind or target.kind
        unit = self._unit(target)
        if unit is None or (kind is Kind.TOTAL and not target.value):
            return None
        open_: list[Question] = []
        rule: dict[str, Yaml] = {"id": target.id, "target": target.id, "indicator": target.id}
        rule["kind"] = target.kind.value
        if target.inner_kind:
            rule["inner_kind"] = target.inner_kind.value
        if target.value is not None:
            self._add_number(rule, target, unit, open_)
        self._add_kind(rule, target, kind, open_)
        net = bool(kind is Kind.TOTAL and _NET.search(fold_text(target.quote)))
        if net:
            rule["net"] = "true"
        indicators: list[dict[str, Yaml]] = []
        if kind is Kind.RELATIVE:
            indicators += self._add_partner(rule, target)
            open_.append(Question.PARTNER)
        rule["judged"] = {"lead": "city", "responsible": "none"}
        name = self._plain_name(target)
        key = (target.clause, name, unit)
        if target.striving and key in self._striven:
            # 增長5.5%以上,力爭6%: one figure, held to both.
            rule["indicator"] = self._striven[key]
            return DraftRule(tuple(indicators), rule, tuple(dict.fromkeys(open_)))
        self._striven[key] = target.id
        own: dict[str, Yaml] = {"id": target.id, "name": self._unique(name), "unit": unit}
        if net:
            own |= {"measure": _printed(target.quote, "凈增", "净增", "淨增"), "net": "true"}
        if target.kind is Kind.RATE and self._gross_product is None and _GROSS_PRODUCT.search(target.quote):
            self._gross_product = target.id
        return DraftRule((own, *indicators), rule, tuple(dict.fromkeys(open_)))

    def _unit(self, target: Target) -> str | None:
        if target.value is None:
            return _COUNTED_IN.get(target.inner_kind or target.kind, "個")
        unit = target.unit or _INDEX
        definitions = "\n".join(self._definitions)
        if find_unit(unit, definitions) is not None:
            return unit
        for part in re.split("/", unit):
            bare = _without_multiplier(part)
            if bare and find_unit(bare, definitions) is None and re.fullmatch(r"[\u4e00-\u9fffA-Za-z]+", bare):
                self._definitions.append(f"{bare} = [{bare}]")
                definitions = "\n".join(self._definitions)
        return unit if find_unit(unit, definitions) is not None else None

    def _add_number(self, rule: dict[str, Yaml], target: Target, unit: str, open_: list[Question]) -> None:
        assert target.comparator is not None, "a number has a direction"
        rule["comparator"] = target.comparator.value
        rule["threshold"] = f"{target.value} {unit}"
        if target.upper is not None:
            rule["upper"] = f"{target.upper} {unit}"
            rule["bound"] = "upper" if _CEILING.search(target.quote) else "lower"
        kind = target.inner_kind or target.kind
        own_unit = kind in (Kind.RATE, Kind.ALWAYS) and unit != "%"
        if target.soft:
            rule |= {"soft": "true", "tolerance": f"0 {unit if own_unit else _POINTS}"}
            open_.append(Question.TOLERANCE)
        if kind is Kind.RATE and own_unit:
            rule["bands"] = [{"at_least": "0", "verdict": "pass"}, {"verdict": "fail"}]
            open_.append(Question.BANDS)

    def _add_kind(self, rule: dict[str, Yaml], target: Target, kind: Kind, open_: list[Question]) -> None:
        """What the kind needs beside a number; a stand-in is always asked about."""
        if target.kind is Kind.EXTERNAL:
            open_.append(Question.NUMBER)
        elif kind is Kind.MILESTONE:
            rule["stages"] = [{"stage": "完成", "due": self._due(target)}]
            open_.append(Question.STAGES)
        elif kind is Kind.COVERAGE:
            rule |= {"comparator": "at_least", "threshold": "100 %", "eligible": "to-date"}
            open_.append(Question.ELIGIBLE)
        elif kind is Kind.ALWAYS and target.value is None:
            rule |= {"comparator": Comparator.AT_MOST.value, "threshold": f"0 {_COUNTED_IN[kind]}"}
            open_.append(Question.EVENT)
        if target.kind is Kind.EACH:
            rule["members"] = [STAND_IN]
            open_.append(Question.MEMBERS)

    def _add_partner(self, rule: dict[str, Yaml], target: Target) -> list[dict[str, Yaml]]:
        """The gross product where the words name economic growth and the plan promises one, else a new indicator."""
        words = fold_text(fold_words(target.quote).text)
        match = _STANDARD.search(words)
        rule["tolerance"] = f"0 {_POINTS}"
        if self._gross_product and match and re.search("经济|GDP|生产总值", match["other"]):
            rule["partner"] = self._gross_product
            return []
        partner = f"{target.id}-partner"
        rule["partner"] = partner
        return [{"id": partner, "name": self._unique(f"{self._plain_name(target)}：對比指標"), "unit": "%"}]

    def _due(self, target: Target) -> str:
        """The last day that the words allow; the year's end where they name none."""
        words = fold_text(fold_words(target.quote).text)
        month = 12
        if match := _MONTH.search(words):
            month = int(match[1])
        elif match := _QUARTER.search(words):
            month = 3 * ("一二三四".index(match[1]) + 1)
        elif "上半年" in words:
            month = 6
        last = calendar.monthrange(self._year, month)[1]
        return f"{self._year:04d}-{month:02d}-{last:02d}"

    def _plain_name(self, target: Target) -> str:
        """The quote without its number and the words that only compare; digits of names stay."""
        name = _without_number(target)
        if target.value is not None:
            for _ in range(_NUMBERS_BESIDE):
                name = _LEADS_UP.sub("", _BESIDE.sub("", name))
        name = name.strip("、，,。；;：:的")
        if not name and self._before is not None and self._before[0] == target.clause:
            # 收入增長5%，達到18.5億元: what reaches the level is what grows.
            name = _GROWTH.sub("", self._before[1])
        self._before = (target.clause, name)
        return name or target.id

    def _unique(self, name: str) -> str:
        """The name, numbered where the plan says the same words twice."""
        wanted, count = name, 1
        while wanted in self._names:
            count += 1
            wanted = f"{name}（{count}）"
        self._names.add(wanted)
        return wanted


def _without_number(target: Target) -> str:
    """The words of a quote around the number that it promises."""
    name = fold_words(target.quote).text
    if target.value is None:
        return name
    folded = fold_text(name)
    for number in find_numbers(folded):
        if number.value == target.value and (number.upper or None) == target.upper:
            before = _LEADS_UP.sub("", name[: number.start])
            return before + _QUALIFIES.sub("", name[number.end :])
    return name


def _without_multiplier(unit: str) -> str:
    for word in sorted(MULTIPLIERS, key=len, reverse=True):
        if unit.startswith(word) and len(unit) > len(word):
            return unit.removeprefix(word)
    return unit


def _printed(quote: str, *words: str) -> str:
    return next((word for word in words if word in quote), words[0])
