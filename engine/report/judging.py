"""The hidden judging sheets of a form: figures taken apart, scores against every edge, verdicts as codes.

A verdict on the sheet is one of `pass`, `at-risk`, `fail`, a reason of undecided, or `?` where the sheet cannot say
and the check has to.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field

from engine.model.form import LISTS, READ, SCORES, Blank, Item
from engine.model.limit import Edge, Limit
from engine.model.noun import dataclass
from engine.model.target import Kind
from engine.report.formulas import (
    Operand,
    gap_formula,
    operand_of,
    parse_formulas,
    reduced_sizes,
    same_measure,
    score,
    stage_formulas,
)
from engine.report.formwords import baseline_text

#: What the sheet says, worst first, in the order in which the members of a list weigh.
CODES = ("fail", "?", "missing", "unusable", "no-baseline", "at-risk", "pass")
PROGRESS = ("behind", "on-pace", "ahead", "completed")

#: Forms of two numbers of which only the quotient counts.
_SCALED = ("parts", "counted")

#: The part is no more than the whole.
_INSIDE = Edge(-1, 1, 0)

#: Makes the formula of a state from both figures and from where they stand to `_INSIDE`.
_StateOf = Callable[[Operand, Operand | None, str], str]


@dataclass(slots=True)
class Sheets:
    """The cells of the hidden sheets, rows from 1; every text is a formula without its `=`."""

    read: list[list[str]] = field(default_factory=list)
    scores: list[list[str]] = field(default_factory=list)
    results: list[list[str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a blank stands on the visible sheet: references to its cells, and to the lists of what it accepts."""

    blank: Blank
    value: str
    unit: str
    baseline: str
    symbols: str
    sizes: str
    offsets: str
    grain: int


class Judging:
    """Lays out what decides the items of one form; the visible sheet shows what stands on the results sheet."""

    def __init__(self, places: Mapping[tuple[str, str, str], Place]) -> None:
        """Take the places of all blanks by their keys."""
        self.sheets = Sheets()
        self._places = places
        self._operands: dict[tuple[str, ...], Operand] = {}

    def item(self, item: Item) -> list[int]:
        """The rows on the results sheet: one for each member, and last that of them all where there are members."""
        members = list(dict.fromkeys(blank.member for blank in item.blanks))
        rows = [self._member(item, member) for member in members]
        if item.limited.obligation.rule.members:
            rows.append(self._worst(rows))
        return rows

    # --- figures ---------------------------------------------------------------------------------------------

    def _operand(self, key: tuple[str, str, str]) -> Operand:
        if key not in self._operands:
            place = self._places[key]
            row = len(self.sheets.read) + 1
            if place.blank.stages:
                cells = stage_formulas(f'{place.value}&""', place.symbols, row)
            else:
                cells = parse_formulas(
                    f'{place.value}&""', f'{place.unit}&""', place.symbols, place.sizes, place.offsets, row
                )
            self.sheets.read.append(cells)
            self._operands[key] = operand_of(READ, row, place.grain)
        return self._operands[key]

    def _baseline(self, key: tuple[str, str, str]) -> Operand:
        """A level's baseline: what is written, else what the check would take from earlier periods."""
        if ("baseline", *key) not in self._operands:
            place = self._places[key]
            row = len(self.sheets.read) + 1
            written, unit = f'{place.baseline}&""', f'{place.unit}&""'
            if place.blank.baseline is not None and place.blank.unit:
                known = baseline_text(place.blank)
                written = f'IF(TRIM({place.baseline}&"")="","{known}",{written})'
                unit = f'IF(TRIM({place.baseline}&"")="","{place.blank.unit.symbol}",{unit})'
            self.sheets.read.append(parse_formulas(written, unit, place.symbols, place.sizes, place.offsets, row))
            self._operands["baseline", *key] = operand_of(READ, row, place.grain)
        return self._operands["baseline", *key]

    # --- verdicts --------------------------------------------------------------------------------------------

    def _member(self, item: Item, member: str) -> int:
        obligation = item.limited.obligation
        limits = {limit.form: limit for limit in item.limited.limits}
        name = obligation.indicator.id
        kind = obligation.rule.judging_kind
        breached = any(each == member for each, _ in item.breached_in)
        if kind is Kind.MILESTONE:
            return self._single(limits["stage"], self._operand((name, member, "stage")), _value_state(True))
        if kind is Kind.COVERAGE:
            done, eligible = (self._operand((name, member, part)) for part in ("done", "eligible"))
            return self._result([self._scored(limits["counted"], done, eligible, _counted_state, False)])
        value = self._operand((name, member, ""))
        state = _value_state(item.signed)
        if kind is Kind.LEVEL:
            return self._level(limits, value, self._baseline((name, member, "")), state)
        if kind is Kind.RELATIVE:
            return self._relative(item, limits["partner"], value, state)
        parts = obligation.indicator.parts
        if parts is None or (name, member, parts.names[0]) not in self._places:
            return self._single(limits["value"], value, state, breached)
        return self._rate(item, limits, value, state, breached)

    def _single(self, limit: Limit, x: Operand, state: _StateOf, breached: bool = False) -> int:
        return self._result([self._scored(limit, x, None, state, breached)])

    def _level(self, limits: Mapping[str, Limit], x: Operand, y: Operand, state: _StateOf) -> int:
        def known(x: Operand, y: Operand | None, inside: str) -> str:
            assert y is not None, "a level's figure stands beside its baseline"
            return f'IF({y.state}="bad","?",{state(x, y, inside)})'

        rows = {form: self._scored(limits[form], x, y, known, False) for form in limits}
        meets = next(limit.meets for limit in limits.values() if limit.meets)
        met = score(meets, y, None)
        chosen = (
            f'IF({y.state}="blank",{rows["no-baseline"]},IF({met.value}>=0,{rows["baseline-met"]},{rows["baseline"]}))'
        )
        return self._result([*rows.values()], chosen, met.exact)

    def _relative(self, item: Item, limit: Limit, x: Operand, state: _StateOf) -> int:
        partner = item.limited.obligation.partner
        place = self._places.get((partner.id, "", "")) if partner else None
        if partner is None or place is None:
            return self._row(f'IF({x.state}="blank","missing","?")', '""', '""')
        y = self._operand((partner.id, "", ""))

        def both(x: Operand, y: Operand | None, inside: str) -> str:
            assert y is not None, "a relative figure stands beside its partner"
            return f'IF({y.state}="blank","missing",IF({y.state}="bad","?",{state(x, y, inside)}))'

        return self._result([self._scored(limit, x, y, both, False)])

    def _rate(self, item: Item, limits: Mapping[str, Limit], x: Operand, state: _StateOf, breached: bool) -> int:
        """A rate as one number or from its two parts; both at once would be two figures."""
        obligation = item.limited.obligation
        parts = obligation.indicator.parts
        assert parts is not None, "the form has rows for the parts"
        member = item.blanks[0].member
        first, second = (self._operand((obligation.indicator.id, member, name)) for name in parts.names)
        whole = parts.form == "ratio" and not parts.may_exceed

        def divided(x: Operand, y: Operand | None, inside: str) -> str:
            assert y is not None, "a rate has two parts"
            beyond = f"{inside}<0" if whole else "FALSE"
            return (
                f'IF(OR({x.state}="bad",{y.state}="bad"),"?",IF(OR({x.state}="blank",{y.state}="blank"),"unusable",'
                f'IF(OR({_negative(x)},{_negative(y)},{y.whole}+{y.rest}=0,{beyond}),"unusable","ok")))'
            )

        rows = [
            self._scored(limits["value"], x, None, state, breached),
            self._scored(limits["parts"], first, second, divided, breached),
        ]
        given = f'AND({first.state}="blank",{second.state}="blank")'
        return self._result(rows, f"IF({given},{rows[0]},{rows[1]})", f'OR({given},{x.state}="blank")')

    # --- rows ------------------------------------------------------------------------------------------------

    def _scored(self, limit: Limit, x: Operand, y: Operand | None, state: _StateOf, breached: bool) -> int:
        """A row of the scores sheet: A state, B to F scores, G exact, H verdict, I progress, J gap, K, L sizes."""
        row = len(self.sheets.scores) + 1
        sizes = ("", "")
        inside, sound = "0", []
        given, beside = x, y
        if y is not None and limit.form in _SCALED:
            sizes = reduced_sizes(x, y)
            x, y = same_measure(x, y, (f"$K{row}", f"$L{row}"))
            within = score(_INSIDE, x, y)
            inside, sound = f"IF({within.exact},{within.value},0)", [within.exact]
        edges = (limit.passing, limit.risk, limit.even, limit.ahead, limit.full)
        scores = [score(edge, x, y) if edge else None for edge in edges]
        exact = ",".join(dict.fromkeys([*(each.exact for each in scores if each), *sound]))
        below = (limit.below_reason or limit.below).value
        verdict = f'IF(B{row}>=0,"pass",IF(C{row}>=0,"at-risk","{below}"))'
        verdict = f'IF(A{row}="nothing","pass",IF(A{row}<>"ok",A{row},IF(G{row},{verdict},"?")))'
        self.sheets.scores.append(
            [
                state(given, beside, inside),
                *(each.value if each else '""' for each in scores),
                f"AND({exact})",
                '"fail"' if breached else verdict,
                _progress(limit, row),
                f'IF(A{row}="ok",{gap_formula(limit.gap, x, y)},"")',
                *(size or '""' for size in sizes),
                f'"{limit.gap_unit}"',
            ]
        )
        return row

    def _result(self, rows: Sequence[int], chosen: str | None = None, usable: str = "TRUE") -> int:
        """A row of the results sheet for a row of the scores sheet, or for the one that a formula chooses."""
        if chosen is None:
            picked = [f"{SCORES}!{column}{rows[0]}" for column in "HIJM"]
        else:
            last = max(rows)
            picked = [f"INDEX({SCORES}!${column}$1:${column}${last},{chosen})" for column in "HIJM"]
        return self._row(f'IF({usable},{picked[0]},"?")', picked[1], picked[2], picked[3])

    def _row(self, code: str, progress: str, gap: str, unit: str = '""') -> int:
        row = len(self.sheets.results) + 1
        place = f"MATCH(A{row},{LISTS}!$A$1:$A${len(CODES)},0)"
        shown = f'IF(OR(A{row}="?",ISTEXT({gap})),"",{gap})'
        self.sheets.results.append([code, f'IF(A{row}="?","",{progress})', shown, unit, place])
        return row

    def _worst(self, rows: Sequence[int]) -> int:
        """The verdict of a whole list: the worst of its members."""
        first, last = rows[0], rows[-1]
        code = f"INDEX({LISTS}!$A$1:$A${len(CODES)},MIN(E{first}:E{last}))"
        words = "+".join(f'COUNTIF(B{first}:B{last},"{word}")' for word in PROGRESS)
        worst = '"completed"'
        for word in reversed(PROGRESS[:-1]):
            worst = f'IF(COUNTIF(B{first}:B{last},"{word}")>0,"{word}",{worst})'
        return self._row(code, f'IF({words}={len(rows)},{worst},"")', '""')


def _negative(x: Operand) -> str:
    return f"OR({x.whole}<0,{x.rest}<0)"


def _value_state(signed: bool) -> _StateOf:
    """The state of a plain figure; a count that cannot fall is not below zero."""

    def state(x: Operand, y: Operand | None, inside: str) -> str:
        sound = '"ok"' if signed else f'IF({_negative(x)},"unusable","ok")'
        return f'IF({x.state}="blank","missing",IF({x.state}="bad","?",{sound}))'

    return state


def _counted_state(x: Operand, y: Operand | None, inside: str) -> str:
    assert y is not None, "done and eligible are both counted"
    return (
        f'IF(AND({x.state}="blank",{y.state}="blank"),"missing",IF(OR({x.state}="bad",{y.state}="bad"),"?",'
        f'IF(OR({x.state}="blank",{y.state}="blank"),"unusable",IF(OR({_negative(x)},{inside}<0),"unusable",'
        f'IF(AND({y.whole}=0,{y.rest}=0),"nothing","ok")))))'
    )


def _progress(limit: Limit, row: int) -> str:
    if limit.even is None:
        return '""'
    words = f'IF(D{row}>=0,"on-pace","behind")'
    if limit.ahead is not None:
        words = f'IF(E{row}>=0,"ahead",{words})'
    if limit.below_reason is not None:
        words = f'IF(B{row}>=0,{words},"")'
    if limit.full is not None:
        words = f'IF(F{row}>=0,"completed",{words})'
    return f'IF(A{row}="nothing","completed",IF(AND(A{row}="ok",G{row}),{words},""))'
