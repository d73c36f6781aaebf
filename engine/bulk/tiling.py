"""Cutting the work into closed parts: by bodies or by indicators, along the order in which the files stand."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from engine.bulk.inventory import Inventory, Span

if TYPE_CHECKING:
    from engine.bulk.tile import Plan, Tile

#: Rows of a tile: what a worker's memory holds easily, and little enough that one changed file touches little.
MOST_ROWS, LEAST_ROWS, TILES = 1_000_000, 50_000, 40

#: Of these, rows that are read one by one.
MOST_SINGLES = 50_000


def cut_tiles(plan: "Plan", rows_per_tile: int | None = None) -> "list[Tile]":
    """The tiles of a run: every body and indicator that owes or reported something is in exactly one.

    A body's rows lie together where files came body by body, an indicator's where they came indicator by indicator;
    cutting along that order lets each tile skip what is not its own.
    """
    inventory = plan.inventory
    size = rows_per_tile or min(MOST_ROWS, max(LEAST_ROWS, inventory.rows // TILES), _room_for_singles(plan))
    by_body = _overlap(inventory, "organization")
    by_indicator = _overlap(inventory, "indicator")
    if by_indicator < by_body and inventory.rows > size:
        return _indicator_tiles(plan, size)
    return _body_tiles(plan, size)


def _room_for_singles(plan: "Plan") -> int:
    """Rows of a tile of which not too many are read one by one: such rows take a worker much memory."""
    at_once = {(row[0], row[1]) for row in plan.understood.measures}
    single = sum(count for name, count in plan.inventory.by_measure.items() if name not in at_once)
    if not all(batch.plain for batch in plan.inventory.batches):
        single = plan.inventory.rows
    return MOST_SINGLES * plan.inventory.rows // single if single else MOST_ROWS


def _overlap(inventory: Inventory, column: str) -> int:
    """How much would be read twice: rows of blocks that share names with the block before, in the order of names."""
    spans = sorted(inventory.clustered.get(column, []))
    shared = 0
    reached = ""
    for low, high, rows in spans:
        if low <= reached:
            shared += rows if low < reached else rows // 8
        reached = max(reached, high)
    return shared


def _body_tiles(plan: "Plan", size: int) -> "list[Tile]":
    from engine.bulk.tile import Tile

    inventory = plan.inventory
    names = list(plan.book.organizations)
    written: dict[int, list[str]] = {}
    for name, place in plan.understood.bodies.items():
        written.setdefault(place, []).append(name)
    owing = [place for place in range(len(names)) if plan.owed.months[plan.owed.classes[place]] or place in written]
    rows = {
        place: sum(sum(plan.inventory.by_organization[name].values()) for name in listed)
        for place, listed in written.items()
    }
    # By name, as the blocks of the files are; a body with another name in the files is found all the same.
    owing.sort(key=lambda place: (min(written.get(place, [names[place]])), place))
    tiles: list[Tile] = []
    for group in _runs(
        owing, [max(rows.get(place, 0), plan.owed.count(plan.owed.classes[place])) for place in owing], size
    ):
        tiles.append(
            Tile(
                number=len(tiles),
                bodies=tuple(sorted(group)),
                names=tuple(sorted(name for place in group for name in written.get(place, ()))),
                indicators=None,
                rows=sum(rows.get(place, 0) for place in group),
                span=span_of(inventory, "organization", [name for place in group for name in written.get(place, ())]),
            )
        )
    return tiles


def _indicator_tiles(plan: "Plan", size: int) -> "list[Tile]":
    from engine.bulk.tile import Tile

    order = plan.understood.order
    rows = dict.fromkeys(range(len(order)), 0)
    strange = set(plan.inventory.by_organization) - set(plan.understood.bodies)
    for (name, _), count in plan.inventory.by_measure.items():
        if name in plan.understood.indicators:
            rows[plan.understood.indicators[name]] += count
    together = _together(plan)
    owed = set(plan.owed.indicators)
    firsts = sorted({together[place] for place in rows if rows[place] or place in owed}, key=lambda place: order[place])
    members = {first: [place for place in rows if together[place] == first] for first in firsts}
    weights = [sum(rows[place] for place in members[first]) for first in firsts]
    bodies = tuple(range(len(plan.book.organizations)))
    names = tuple(sorted(plan.understood.bodies))
    tiles: list[Tile] = []
    for group in _runs(firsts, weights, size):
        own = tuple(sorted(place for first in group for place in members[first]))
        # What unknown bodies reported is nobody's: how much of it is this tile's is not known beforehand.
        count = -1 if strange else sum(rows[place] for place in own)
        listed = [name for name, place in plan.understood.indicators.items() if place in own]
        tiles.append(Tile(len(tiles), bodies, names, own, count, span_of(plan.inventory, "indicator", listed)))
    return tiles


def _together(plan: "Plan") -> list[int]:
    """For each indicator the first of those that are compared with it, directly or by others."""
    first = list(range(len(plan.understood.order)))
    numbers = {name: place for place, name in enumerate(plan.understood.order)}
    for rule in plan.book.rules:
        if rule.partner:
            one, other = sorted((first[numbers[rule.indicator]], first[numbers[rule.partner]]))
            first = [one if place == other else place for place in first]
    return first


def _runs(places: Sequence[int], weights: Iterable[int], size: int) -> list[list[int]]:
    """Neighbours together until they weigh as much as a tile."""
    runs: list[list[int]] = []
    weight = size
    for place, own in zip(places, weights, strict=True):
        if weight + own > size or not runs:
            runs.append([])
            weight = 0
        runs[-1].append(place)
        weight += own
    return runs


def span_of(inventory: Inventory, column: str, names: Sequence[str]) -> Span:
    """Where the rows with these names lie."""
    files = range(len(inventory.files))
    if column == "organization":
        held = {file for name in names for file in inventory.by_organization[name]}
        files = range(min(held), max(held) + 1) if held else range(0)
    return Span(column, min(names, default=""), max(names, default=""), files.start, files.stop - 1)
