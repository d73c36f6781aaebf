"""Places from scores: ties share a place, and the next one is skipped (1, 2, 2, 4)."""

from collections.abc import Mapping
from fractions import Fraction


def assign_places(scores: Mapping[str, Fraction]) -> dict[str, int]:
    """The place of each body, the highest score first, in the order of the places.

    >>> assign_places({"甲": Fraction(7), "乙": Fraction(9), "丙": Fraction(7), "丁": Fraction(1)})
    {'乙': 1, '甲': 2, '丙': 2, '丁': 4}
    """
    places: dict[str, int] = {}
    place, last = 0, None
    # Sorting is stable: bodies that share a place stay in the book's order.
    for count, (body, score) in enumerate(sorted(scores.items(), key=lambda item: item[1], reverse=True), 1):
        if score != last:
            place, last = count, score
        places[body] = place
    return places


def list_levels(places: Mapping[str, int]) -> list[list[str]]:
    """The bodies of each place, best place first; those that share one stand together.

    >>> list_levels({"乙": 1, "甲": 2, "丙": 2})
    [['乙'], ['甲', '丙']]
    """
    levels: dict[int, list[str]] = {}
    for body, place in places.items():
        levels.setdefault(place, []).append(body)
    return [levels[place] for place in sorted(levels)]
