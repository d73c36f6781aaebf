"""The catalogues of the program's words: English stands in the source, Chinese in `engine/locale/`.

docs/translating.md says how a word is changed. Only what is not English is loaded, once, when it is first said.
"""

from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path
from typing import TypeVar

DOMAIN = "biaochi"
LOCALE = Path(__file__).parent / "locale"

_Key = TypeVar("_Key")

#: A table of words by key: what translators see beside a word is its key. `docs/catalogues.py` collects such tables.
Sayings = dict[_Key, str]

#: Words that are looked up by themselves.
Phrases = tuple[str, ...]


@cache
def catalogue(language: str) -> NullTranslations:
    """What the program says in this language.

    >>> catalogue("zh-Hant").pgettext("pass", "pass")
    '達標'
    """
    if language == "en":
        return NullTranslations()
    # The standard library reads the file once, for us and for whoever asks it in the same language.
    return translation(DOMAIN, LOCALE, [language.replace("-", "_")])
