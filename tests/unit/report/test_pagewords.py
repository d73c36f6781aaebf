import re
from enum import StrEnum

import pytest

from engine.model.target import Comparator, Kind
from engine.model.verdict import Outcome, Progress, Reason, Role
from engine.report.page import SCRIPTS
from engine.report.pagewords import OWN, SHARED, page_words
from engine.report.read import read_asset
from engine.report.words import LANGUAGES

PROGRAM = "\n".join(read_asset(name) for name in SCRIPTS)

#: Words that the program asks for by a part of their key.
PREFIXES = (
    "kind-",
    "facet-",
    "findings-with",
    "tier-",
    "role-",
    "adjustment-",
    "method-",
    "counts-of-all",
    "no-script",
)


def test_every_language_has_the_same_words() -> None:
    words = page_words()
    assert tuple(words) == LANGUAGES
    assert {frozenset(own) for own in words.values()} == {frozenset((*SHARED, *OWN))}


def test_no_word_is_given_twice() -> None:
    assert set(SHARED) & set(OWN) == set()


def test_program_asks_for_no_word_that_is_missing() -> None:
    asked = set(re.findall(r'\bt\("([^"]+)"', PROGRAM)) - set(re.findall(r'\bt\("([^"]+-)" \+', PROGRAM))
    assert asked - {*SHARED, *OWN} == set()


@pytest.mark.parametrize("nouns", [Kind, Outcome, Progress, Reason, Role])
def test_every_noun_of_a_verdict_has_a_word(nouns: type[StrEnum]) -> None:
    prefix = "kind-" if nouns is Kind else ""
    assert [each.value for each in nouns if f"{prefix}{each.value}" not in page_words()["en"]] == []


def test_every_own_word_is_used() -> None:
    quoted = set(re.findall(r'"([a-z_-]+)"', PROGRAM))
    unused = [key for key in OWN if key not in quoted and not key.startswith(PREFIXES)]
    assert [key for key in unused if key not in {each.value for each in Comparator}] == []
