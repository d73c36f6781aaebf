"""Responsibility brackets → the bodies (單位) that lead and that are responsible, in the plan's own words."""

import re
from collections.abc import Iterator

from engine.model.noun import dataclass
from engine.plan.fold import fold_text

#: What stands before the colon, in folded writing, and the role of the bodies after it. Persons are never kept.
ROLES: dict[str, str] = {
    "牵头单位": "lead", "牵头部门": "lead", "牵头责任单位": "lead", "责任牵头单位": "lead", "牵头落实单位": "lead",
    "牵头主体": "lead", "主办单位": "lead", "主办部门": "lead", "主责单位": "lead", "主责部门": "lead",
    "主要责任单位": "lead", "第一责任单位": "lead", "主管部门": "lead", "主管单位": "lead", "牵头": "lead",
    "责任单位": "responsible", "责任部门": "responsible", "责任主体": "responsible", "责任": "responsible",
    "配合单位": "responsible", "配合部门": "responsible", "配合责任单位": "responsible", "配合": "responsible",
    "协办单位": "responsible", "协办部门": "responsible", "协同单位": "responsible", "协助单位": "responsible",
    "参与单位": "responsible", "参与部门": "responsible", "参加单位": "responsible", "承办单位": "responsible",
    "实施单位": "responsible", "落实单位": "responsible", "落实部门": "responsible", "实施主体": "responsible",
    "建设单位": "responsible", "部门分工": "verbs", "责任分工": "verbs", "工作分工": "verbs", "任务分工": "verbs",
    "其他责任单位": "responsible", "相关单位": "responsible",
    "牵头领导": "person", "责任领导": "person", "分管领导": "person", "包联领导": "person", "牵头市领导": "person",
    "牵头县领导": "person", "牵头区领导": "person", "市领导": "person", "县领导": "person", "区领导": "person",
    "责任人": "person", "牵头人": "person", "联系人": "person", "责任市领导": "person", "联系领导": "person",
    "包保领导": "person", "领导": "person",
    "完成时限": "other", "完成时间": "other", "时限": "other", "时间节点": "other", "时限要求": "other",
    "进度安排": "other",
}  # fmt: skip

_OPENING = "([{〔【「"
_CLOSING = dict(zip(")]}〕】」", _OPENING, strict=True))
_QUOTED = dict(zip("”’》", "“‘《", strict=True))
_WORD = rf"({'|'.join(sorted(ROLES, key=len, reverse=True))})\s{{0,4}}:\s*"
_LABEL = re.compile(rf"\s*{_WORD}")
_ROLE = re.compile(rf"\s*(?:{'|'.join(ROLES)})")
_LABEL_LINE = re.compile(rf"(?m)^[ \t\u3000]*{_WORD}")
_LABEL_BEHIND = re.compile(rf"(?<=[。;\s]){_WORD}")
_LABEL_INSIDE = re.compile(rf"(?:^\s*|(?<=[;,。、\s(\[〔【])){_WORD}")
#: (市發改委牽頭,市經信局配合) and (市發改委負責): roles by verbs, as the State Council's documents write.
_BY_VERB = re.compile(r"(?:牵头|负责|配合|参与|落实|参加|按职责分工|按职责|分别)+(?:负责)?(?:落实|实施|推进)?$")
_ENDS_BY_VERB = re.compile(r"(?:牵头|负责|配合|参与|(?:负责|分工|牵头|共同)(?:落实|实施|办理|推进))\s*[。;]?\s*$")
#: (市發改委、財政局) at the very end of a clause: bodies without any label.
_NAKED_FIRST = re.compile(
    r"\s*(?:[省市区县州旗盟]|各[省市区县州旗盟乡镇])[^、,;:。\d]{0,12}(?:局|委|办|院|部|厅|会|府|公司|中心|处|司|办公室)\s*(?:[、,]|$)"
)
_END = re.compile(r"[ \t]*[。;]?[ \t]*(?:\n|$)")
#: 各區、縣級市政府 is one body.
_EACH_OF = re.compile(r"各(?:省|市|县|区|乡镇|乡|镇|街道|旗|州)(?:\([省市县区乡镇]+\))?$")
_AND_THE_LIKE = re.compile(r"(?:县级市|省|市|县|区|乡|镇|街道|旗|州)(?:人民)?(?:政府|管委会|办事处)?$")

#: How the name of a body ends.
_BODY_END = re.compile(
    r"(?:[局委办部厅院会府心司团校区县市镇乡街联协站处队行社台科所署馆园组班户家场岛旗盟州港矿厂庭]|街道|单位|部门|中学|大学|一中|二中|中)\)?$"
)
#: Names that hold a separator end so: 市大氣、水、土壤污染防治專業委員會成員單位 is one body.
_LONG_BODY = re.compile(r"(?:委员会|领导小组|指挥部|专班|联席会议|工作组|专项组)(?:成员单位|办公室|办)?$")
_NEXT_BODY = re.compile(r"[省市县区州盟旗团各国咸]|高新|经开|有关|相关|其他")
_AND = re.compile(r"(?:以及|及|和)(?=其他|其它|各|有关|相关|所属)")
_TAIL = re.compile(r"等(?:有关|相关)?(?:部门|单位)?(?:按职责分工)?$")


@dataclass(frozen=True, slots=True)
class Bracket:
    """One responsibility bracket: where it stands, and the bodies it names.

    Shape: `start` and `end` count characters of the text, brackets included.
    """

    start: int
    end: int
    lead: tuple[str, ...]
    responsible: tuple[str, ...]


def find_brackets(folded: str, text: str) -> tuple[Bracket, ...]:
    """The responsibility brackets of a clause, in order; `folded` is the folding of `text`."""
    found = []
    for start, end in _outer_brackets(folded):
        inner = folded[start + 1 : end - 1]
        if _LABEL.match(inner) or (_ROLE.match(inner) and ":" in inner):
            found.append(_read_labels(folded, text, start + 1, end - 1, (start, end)))
        elif _ENDS_BY_VERB.search(inner) and not re.search(r"\d", inner):
            found.append(_read_verbs(folded, text, start + 1, end - 1, (start, end)))
        elif _NAKED_FIRST.match(inner) and _END.match(folded, end) and not re.search(r"\d", inner):
            names = split_bodies(inner, text[start + 1 : end - 1])
            if all(_BODY_END.search(fold_text(name)) for name in names):
                found.append(Bracket(start, end, (), names))
    if not found and (line := _LABEL_LINE.search(folded) or _LABEL_BEHIND.search(folded)):
        found.append(_read_labels(folded, text, line.start(), len(folded), (line.start(), len(folded))))
    return tuple(found)


def split_bodies(folded: str, text: str) -> tuple[str, ...]:
    """The names in a list of bodies; separators inside brackets and quotes belong to a name."""
    parts = [part for piece in _cut(folded, "、,;,;。\n") for part in _cut_and(folded, piece)]
    joined: list[tuple[int, int]] = []
    at = 0
    while at < len(parts):
        last = _last_of_name(folded, parts, at)
        joined.append((parts[at][0], parts[last][1]))
        at = last + 1
    names = ("".join(text[start:end].split()) for start, end in (_trim(folded, *part) for part in joined))
    return tuple(dict.fromkeys(name for name in names if name))


def _outer_brackets(folded: str) -> Iterator[tuple[int, int]]:
    """The outermost brackets. A pair may be of two kinds (〔…)): a plan's typist slips."""
    depth, start = 0, 0
    for at, sign in enumerate(folded):
        if sign in _OPENING:
            if depth and _LABEL.match(folded, at + 1):
                depth = 0  # An earlier bracket was never closed.
            start = start if depth else at
            depth += 1
        elif sign in _CLOSING and depth:
            depth -= 1
            if not depth:
                yield start, at + 1
    if depth and _LABEL.match(folded, start + 1):
        yield start, len(folded)


def _read_labels(folded: str, text: str, start: int, end: int, place: tuple[int, int]) -> Bracket:
    labels = list(_LABEL_INSIDE.finditer(folded[start:end]))
    roles: dict[str, list[str]] = {"lead": [], "responsible": [], "person": [], "other": []}
    for index, label in enumerate(labels):
        stop = labels[index + 1].start() if index + 1 < len(labels) else end - start
        first, last = start + label.end(), start + stop
        if ROLES[label[1]] == "verbs":
            spoken = _read_verbs(folded, text, first, last, place)
            roles["lead"] += spoken.lead
            roles["responsible"] += spoken.responsible
            continue
        roles[ROLES[label[1]]] += split_bodies(folded[first:last], text[first:last])
    return Bracket(*place, _once(roles["lead"]), _once(roles["responsible"]))


def _read_verbs(folded: str, text: str, start: int, end: int, place: tuple[int, int]) -> Bracket:
    lead: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    for first, last in _cut(folded[start:end], ",;;。"):
        piece = folded[start + first : start + last]
        verb = _BY_VERB.search(piece)
        stop = last - (len(piece) - verb.start() if verb else 0)
        names = split_bodies(folded[start + first : start + stop], text[start + first : start + stop])
        if verb and "牵头" in verb[0]:
            lead += names
        else:
            responsible += names
    return Bracket(*place, _once(lead), _once(responsible))


def _cut(folded: str, separators: str) -> Iterator[tuple[int, int]]:
    depth, start = 0, 0
    for at, sign in enumerate(folded):
        if sign in _OPENING or sign in _QUOTED.values():
            depth += 1
        elif sign in _CLOSING or sign in _QUOTED:
            depth = max(0, depth - 1)
        elif sign in separators and not depth:
            yield start, at
            start = at + 1
    yield start, len(folded)


def _cut_and(folded: str, piece: tuple[int, int]) -> Iterator[tuple[int, int]]:
    start, end = piece
    while (word := _AND.search(folded, start, end)) and word.start() > start:
        yield start, word.start()
        start = word.end()
    yield start, end


def _last_of_name(folded: str, parts: list[tuple[int, int]], first: int) -> int:
    """The index of the part with which the name beginning at `first` ends."""
    last = first
    if _EACH_OF.fullmatch(folded, *_trim(folded, *parts[first])):
        while last + 1 < len(parts) and _AND_THE_LIKE.fullmatch(folded, *_trim(folded, *parts[last + 1])):
            last += 1
        if last > first:
            return last
    for last in range(first, min(first + 5, len(parts))):
        start, end = _trim(folded, *parts[last])
        if last > first and _NEXT_BODY.match(folded, start, end):
            break
        if last > first and _LONG_BODY.search(folded, start, end):
            return last
        if start == end or _BODY_END.search(folded[start:end]):
            break
    return first


def _trim(folded: str, start: int, end: int) -> tuple[int, int]:
    while start < end and folded[start].isspace():
        start += 1
    while start < end and (folded[end - 1].isspace() or folded[end - 1] in "。.::"):
        end -= 1
    if (tail := _TAIL.search(folded[start:end])) and tail.start():
        end = start + tail.start()
    return start, end


def _once(names: "list[str] | tuple[str, ...]") -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
