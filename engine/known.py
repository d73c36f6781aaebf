"""What a text of dated entries said on a day: the entries of later days are cut out of it, and nothing else.

Whoever adds entries at the end of a list, as an office does, gets back the very text that stood there before.
"""

from collections.abc import Collection
from datetime import date

from engine.yamlsource import ListPlace, Node, find_list, read_yaml

#: Where each kind of file keeps its dated entries, and the key of the day on which an entry became known.
DATED = {
    "amendments.yaml": ("amendments", "date"),
    "waivers.yaml": ("waivers", "date"),
    "manifest.yaml": ("received", "date"),
    "inspections.yaml": ("inspections", "date"),
}


def text_as_of(text: str, name: str, day: date) -> tuple[str, bool]:
    """The text of a file of this name as of a day, and whether any of its entries remains.

    A text that cannot be read stays as it is: what is wrong with it is said where it is read.
    """
    key, dated = DATED[name]
    entries = entries_of(text, key)
    later = [place for place, entry in enumerate(entries) if is_later(entry, dated, day)]
    return cut_entries(text, key, later), not entries or len(later) < len(entries)


def entries_of(text: str, key: str) -> tuple[Node, ...]:
    """The entries below a key of a text; none where it cannot be read."""
    root, _ = read_yaml(text, "")
    listed = root.get(key) if root else None
    return listed.items if listed else ()


def is_later(entry: Node, dated: str, day: date) -> bool:
    """Whether an entry became known after a day; one without a day that can be read was always known."""
    written = entry.get(dated)
    try:
        return written is not None and date.fromisoformat(written.text) > day
    except ValueError:
        return False


def cut_entries(text: str, key: str, places: Collection[int], whole: bool = False) -> str:
    """The text without some entries of the list below a key, each with the remarks directly above it.

    A list of which nothing remains is left empty, or, if it was there for its entries alone, cut as a `whole`.
    """
    listed = find_list(text, key) if places else None
    if listed is None:
        return text
    everything = len(places) == len(listed.items)
    if everything and whole:
        return text[: _above(text, listed.key)] + text[_end(text, listed) :]
    if everything:
        end = _end(text, listed)
        return text[: listed.start].rstrip() + ("\n  []\n" if listed.block else " []") + text[end:]
    spans = _block_spans if listed.block else _flow_spans
    kept, position = [], 0
    for start, end in spans(text, listed, sorted(places)):
        kept.append(text[position:start])
        position = end
    return "".join(kept) + text[position:]


_Spans = list[tuple[int, int]]


def _block_spans(text: str, listed: ListPlace, places: Collection[int]) -> _Spans:
    """Whole lines: an entry ends where the next one begins, and the last one where the list does."""
    starts = [_above(text, start) for start, _ in listed.items]
    ends = [*starts[1:], _end(text, listed)]
    return [(starts[place], ends[place]) for place in places]


def _flow_spans(text: str, listed: ListPlace, places: Collection[int]) -> _Spans:
    """From the end of the entry before, with the comma; of those that come first, up to the first that stays."""
    stays = next(place for place in range(len(listed.items)) if place not in places)
    spans = [(listed.items[0][0], listed.items[stays][0])] if stays else []
    return spans + [(listed.items[place - 1][1], listed.items[place][1]) for place in places if place > stays]


def _end(text: str, listed: ListPlace) -> int:
    """Where a list ends: remarks directly above what comes after it belong to that."""
    return _above(text, listed.end) if listed.block and listed.end < len(text) else listed.end


def _above(text: str, position: int) -> int:
    """The start of the line, and of the remarks directly above it."""
    start = text.rfind("\n", 0, position) + 1
    while start:
        above = text.rfind("\n", 0, start - 1) + 1
        if not text[above:start].lstrip().startswith("#"):
            break
        start = above
    return start
