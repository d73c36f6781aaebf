"""Finding a name in either script. Names match whole, never by likeness; likeness only makes hints."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from typing import cast


def fold_width(text: str) -> str:
    """Full width to half width and the like (NFKC), outer blanks off."""
    return unicodedata.normalize("NFKC", text).strip()


def fold_script(text: str) -> str:
    """One form for Traditional and Simplified writing, for comparison only, never for output."""
    return to_simplified(fold_width(text))


# Bounded, because what is asked may come from a submission, and nothing of one should outlive its check.
@lru_cache(maxsize=8192)
def to_simplified(text: str) -> str:
    """Traditional to Simplified Chinese characters.

    Source: OpenCC's `t2s` tables.
    """
    return _converter("t2s")(text)


@lru_cache(maxsize=8192)
def to_traditional(text: str) -> str:
    """Simplified to Traditional Chinese characters.

    Source: OpenCC's `s2t` tables.
    """
    return _converter("s2t")(text)


@cache
def _converter(table: str) -> Callable[[str], str]:
    import opencc  # Loaded here: most names match as they are written.

    convert = cast("Callable[[str], str]", opencc.OpenCC(table).convert)
    # Bytes that are no text, as an argument may hold, have no other script.
    return lambda text: convert(text) if _is_text(text) else text


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


#: For so many different unknown names of one index the nearest are searched.
MAX_HINTS = 200


class NameIndex:
    """Names and aliases → identifiers, found in Traditional or Simplified script."""

    def __init__(self, names: Mapping[str, str]) -> None:
        """Index `names`, a mapping from every written name to its identifier."""
        self._written = {fold_width(name): identifier for name, identifier in names.items()}
        self._folded: dict[str, str] | None = None
        self._nearest: dict[tuple[str, int], tuple[str, ...]] = {}

    def find(self, text: str) -> str | None:
        """The identifier of this name, None where nothing has exactly this name in either script."""
        written = fold_width(text)
        if written in self._written:
            return self._written[written]
        if written.isascii():
            return None
        if self._folded is None:
            self._folded = {to_simplified(name): identifier for name, identifier in self._written.items()}
        return self._folded.get(to_simplified(written))

    def nearest(self, text: str, count: int = 3) -> tuple[str, ...]:
        """The names that look most like this one, best first, for a hint; of a body's aliases only the nearest.

        Each search takes milliseconds: after MAX_HINTS different names nobody reads hints, and there are none.
        """
        known = self._nearest.get((text, count))
        if known is None:
            found: dict[str, str] = {}
            if len(self._nearest) < MAX_HINTS:
                for name in nearest_names(text, self._written, 3 * count):
                    found.setdefault(self._written[name], name)
                self._nearest[text, count] = tuple(found.values())[:count]
            known = tuple(found.values())[:count]
        return known


def nearest_names(text: str, names: Iterable[str], count: int = 3, cutoff: float = 0.4) -> tuple[str, ...]:
    """The `count` names that look most like `text`, in either script, best first.

    `cutoff` is how much of them has to be alike, from 0 to 1.
    """
    import difflib

    by_folded: dict[str, str] = {}
    for name in names:
        by_folded.setdefault(fold_script(name), name)
    close = difflib.get_close_matches(fold_script(text), by_folded, n=count, cutoff=cutoff)
    return tuple(by_folded[folded] for folded in close)
