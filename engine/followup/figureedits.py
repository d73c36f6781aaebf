"""Two sets of figures → what differs between them, each with its cause; and any mixture of the two."""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import field, replace

from engine.model.difference import Cause, Edit
from engine.model.figure import Figure, FigureKey
from engine.model.noun import dataclass

Figures = Mapping[FigureKey, Figure]


@dataclass(frozen=True, slots=True)
class Delivered:
    """The files of one side: digests by a name that both sides share (`2025Q2/a.yaml`), and that name by the file's."""

    digests: Mapping[str, str]
    shared: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Both:
    """The two deliveries that are compared, and the periods that were checked (their keys)."""

    old: Delivered
    new: Delivered
    checked: Collection[int]

    @property
    def manifests_differ(self) -> bool:
        """Whether a manifest says otherwise than before which files came when."""
        names = {name for name in (*self.old.digests, *self.new.digests) if name.endswith("/manifest.yaml")}
        return any(self.old.digests.get(name) != self.new.digests.get(name) for name in names)

    def unmoved(self, figure: Figure, side: Delivered) -> bool:
        """Whether the file of a figure is the same on the other side, so that something else made it count."""
        other = self.new if side is self.old else self.old
        name = side.shared.get(figure.source.file, "")
        return name in side.digests and side.digests[name] == other.digests.get(name)


@dataclass(frozen=True, slots=True)
class FigureEdits:
    """The figures that differ, and by key because of what: the figure itself (`own`) or what it starts from."""

    edits: list[Edit] = field(default_factory=list)
    own: dict[FigureKey, Cause] = field(default_factory=dict)
    baseline: dict[FigureKey, Cause] = field(default_factory=dict)
    keys: dict[Edit, FigureKey] = field(default_factory=dict)

    @property
    def causes(self) -> set[Cause]:
        """Every cause that changes a value."""
        return {*self.own.values(), *self.baseline.values()}


def compare_figures(
    pairs: Sequence[tuple[Figures, Figures]], both: Both, rules: Mapping[str, tuple[str, ...]]
) -> FigureEdits:
    """The figures that differ in any of the pairs, which are the two sides as they are read under the same book.

    `rules` are the rules that an indicator serves.
    """
    found = FigureEdits()
    for old, new in pairs:
        # The order of the keys is that of the periods within an indicator: what a figure starts from comes first.
        for key in sorted({*old, *new}):
            if key not in found.own and key not in found.baseline:
                _compare(key, old.get(key), new.get(key), both, found, rules)
    return found


def _compare(
    key: FigureKey,
    old: Figure | None,
    new: Figure | None,
    both: Both,
    found: FigureEdits,
    rules: Mapping[str, tuple[str, ...]],
) -> None:
    inherited = old is not None and new is not None and _baseline(old) != _baseline(new) and _starts_from(key, found)
    if inherited:
        found.baseline[key] = Cause.REVISED_PAST
    if old is not None and new is not None and _own(old) == _own(new):
        if _baseline(old) != _baseline(new) and not inherited:
            _tell(key, _cause(key, old, new, both), old, new, found, rules)
        elif _written(old) != _written(new):
            found.edits.append(_edit(Cause.WRITING, old, new, rules))
        return
    _tell(key, _cause(key, old, new, both), old, new, found, rules)


def _tell(
    key: FigureKey,
    cause: Cause,
    old: Figure | None,
    new: Figure | None,
    found: FigureEdits,
    rules: Mapping[str, tuple[str, ...]],
) -> None:
    edit = _edit(cause, old, new, rules)
    found.own[key] = cause
    found.edits.append(edit)
    found.keys[edit] = key


def _own(figure: Figure) -> Hashable:
    """What a figure says itself, without what it starts from; a written form that means the same is the same."""
    # How exactly it is written makes a note, and never another verdict.
    return (figure.form, figure.x, figure.fault, figure.notes)


def _baseline(figure: Figure) -> Hashable:
    return figure.y


def _written(figure: Figure) -> Hashable:
    return " ".join(figure.submitted.split())


def _starts_from(key: FigureKey, found: FigureEdits) -> bool:
    """Whether an earlier figure of the same thing differs, from which this one has its baseline."""
    return any(_begins(other, key) for other in (*found.own, *found.baseline))


def _cause(key: FigureKey, old: Figure | None, new: Figure | None, both: Both) -> Cause:
    sides = [each for each in (old, new) if each is not None]
    if any("inspected" in each.notes for each in sides) and _noted(old, new, "inspected"):
        return Cause.INSPECTION
    if any("revised" in each.notes for each in sides) and _noted(old, new, "revised"):
        return Cause.REVISED_PAST
    if both.manifests_differ and all(
        both.unmoved(each, side) for each, side in ((old, both.old), (new, both.new)) if each
    ):
        return Cause.ARRIVAL
    if key[2] not in both.checked:
        return Cause.REVISED_PAST
    if old is None:
        return Cause.NEW_FIGURE
    return Cause.WITHDRAWN_FIGURE if new is None else Cause.CORRECTED_FIGURE


def _noted(old: Figure | None, new: Figure | None, note: str) -> bool:
    """Whether a note came or went, or the number under it differs."""
    has = [each is not None and note in each.notes for each in (old, new)]
    return has[0] != has[1] or (old is not None and new is not None and old.x != new.x)


def _edit(cause: Cause, old: Figure | None, new: Figure | None, rules: Mapping[str, tuple[str, ...]]) -> Edit:
    figure = new or old
    assert figure is not None
    name = " ".join(filter(None, (figure.organization, figure.indicator, figure.member, figure.period.label)))
    return Edit(
        cause,
        "figure",
        name,
        (_shown(old), _shown(new)),
        (old.source if old else None, new.source if new else None),
        rules.get(figure.indicator, ("-",)),
        (figure.organization,),
        figure.period.label,
    )


def _shown(figure: Figure | None) -> str | None:
    """A figure as it was submitted; where another number took its place, that one is not in its words."""
    if figure is None:
        return None
    notes = [note for note in ("revised", "inspected") if note in figure.notes]
    return f"{figure.submitted} ({', '.join(notes)})".strip() if notes else figure.submitted


def mix(
    old: Figures,
    new: Figures,
    edits: FigureEdits,
    chosen: Collection[Cause],
    keys: Collection[FigureKey] | None = None,
) -> dict[FigureKey, Figure]:
    """The old figures, with those whose cause is chosen as they are in the new ones; of these only `keys`, if given."""
    mixed = dict(old)
    for key in sorted({*edits.own, *edits.baseline}):
        takes = edits.own.get(key) in chosen and (keys is None or key in keys)
        figure = (new if takes else old).get(key)
        if figure is not None and key in edits.baseline:
            begins = edits.baseline[key] in chosen and (keys is None or any(_begins(each, key) for each in keys))
            start = (new if begins else old).get(key)
            if start is not None:
                figure = replace(figure, y=start.y, halves=(figure.halves[0], start.halves[1]))
        if figure is None:
            mixed.pop(key, None)
        else:
            mixed[key] = figure
    return mixed


def _begins(key: FigureKey, later: FigureKey) -> bool:
    """Whether a figure is of the same thing in an earlier period, and may state where the later one starts from."""
    return (key[0], key[1], key[3]) == (later[0], later[1], later[3]) and key[2] < later[2]


def file_edits(both: Both, told: Iterable[Edit], arrivals_differ: bool) -> list[Edit]:
    """Files that differ or were renamed without any figure of them doing so; manifests and what was inspected."""
    sided = (
        (side, place) for edit in told for side, place in zip((both.old, both.new), edit.places, strict=True) if place
    )
    names = {side.shared.get(place.file, "") for side, place in sided}
    old, new = both.old.digests, both.new.digests
    gone = {name: digest for name, digest in old.items() if old[name] != new.get(name)}
    fresh = {name: digest for name, digest in new.items() if new[name] != old.get(name)}
    edits = []
    for name in sorted({*gone, *fresh}):
        renamed = name in gone and gone[name] in fresh.values()
        if name in names and not renamed:
            continue
        if name.endswith("/manifest.yaml") and arrivals_differ:
            edits.append(Edit(Cause.ARRIVAL, "file", name, period=name.partition("/")[0]))
        elif name in gone and name not in fresh:
            to = next((other for other, digest in fresh.items() if digest == gone[name] and other not in gone), None)
            edits.append(Edit(Cause.WRITING, "file", name, (name, to)))
        elif name in fresh and (name in gone or fresh[name] not in gone.values()):
            edits.append(Edit(Cause.WRITING, "file", name, (name if name in gone else None, name)))
    return edits
