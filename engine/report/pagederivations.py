"""Derivations on the page: the sentences of `explain` as patterns and what fills them, each held once.

A page holds thousands of verdicts in three languages, and what they say differs in a few numbers. So a derivation is
a list of small numbers: which form it has, and which texts stand in the places of its sentences.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from engine.model.derivation import Derivation, Step, Summary
from engine.model.diagnostic import Diagnostic
from engine.model.source import Source
from engine.report.explain import Leaf, leaves, pattern, print_number, say_leaf
from engine.report.explainwords import SECTIONS
from engine.report.pagetexts import place, thrice
from engine.report.words import Words

Json = dict[str, Any]

#: What a step refers to where it says the same as the row of its verdict, which the page need not hold again.
ROW_PLACE, ROW_SENTENCE, NOTHING = -1, -2, -3

#: The sections that are the same for all verdicts of a rule, but for the body.
_OF_RULE = ("promise", "rule")


class Pool:
    """Things in the order in which they were first met, each once."""

    def __init__(self) -> None:
        """An empty pool."""
        self.held: list[Any] = []
        self._places: dict[Hashable, int] = {}

    def put(self, key: Hashable, make: Callable[[], Any]) -> int:
        """The place of what has this key; it is made where it is not held yet."""
        at = self._places.get(key)
        if at is None:
            at = self._places[key] = len(self.held)
            self.held.append(make())
        return at


class DerivationRows:
    """Derivations as rows of numbers, and what these numbers stand for."""

    def __init__(self, spoken: Sequence[Words]) -> None:
        """`spoken` are the languages of the page, in its order."""
        self._spoken = spoken
        self._patterns, self._texts, self._forms, self._heads = Pool(), Pool(), Pool(), Pool()
        self._numbers: dict[Hashable, int] = {}
        self._promised: dict[int, tuple[Step, list[int]]] = {}
        self._sections = {name: number for number, name in enumerate(SECTIONS)}

    def row(self, derivation: Derivation, own: Source | None) -> list[int]:
        """One derivation: the place of its head, of its form, and of the texts that fill it.

        `own` is the place that the row of the verdict shows. The head is what is said of the rule, which many
        verdicts share.
        """
        first = next((n for n, each in enumerate(derivation.steps) if each.section not in _OF_RULE), 0)
        head = self._filled(derivation.steps[:first], None)
        return [self._heads.put(tuple(head), lambda: head), *self._filled(derivation.steps[first:], own)]

    def tables(self) -> Json:
        """What the numbers of all rows stand for.

        Shape: `forms` hold steps of section, pattern, member, place and what fills the pattern, the last three as
        places in the list of texts of the derivation; `heads` are rows without a head.
        """
        return {
            "sections": [
                [name, thrice(self._spoken, lambda words, said=said, name=name: words.said(said, name))]  # type: ignore[misc]
                for name, said in SECTIONS.items()
            ],
            "patterns": self._patterns.held,
            "texts": self._texts.held,
            "forms": self._forms.held,
            "heads": self._heads.held,
        }

    def _filled(self, steps: Sequence[Step], own: Source | None) -> list[int]:
        """The form of these steps, and the texts that fill it, each once."""
        texts: dict[int, int] = {}
        form: list[int] = []
        for each in steps:
            said = self._step(each, own)
            form.append(len(said))
            form += said[:2]
            form += [texts.setdefault(at, len(texts)) if at >= 0 else at for at in said[2:]]
        return [self._forms.put(tuple(form), lambda: form), *texts]

    def _step(self, each: Step, own: Source | None) -> list[int]:
        """Section, pattern, member, place and filling of a step; texts by their places in the list of all."""
        known = self._promised.get(id(each))
        if known is not None:
            return known[1]
        source = each.source
        if source is None:
            where = NOTHING
        elif source == own:
            where = ROW_PLACE
        else:
            where = self._texts.put(source, lambda: place(source))
        member = self._text(each.member) if each.member else NOTHING
        filling = [ROW_SENTENCE if isinstance(leaf, Summary) else self._text(leaf) for leaf in leaves(each)]
        said = [self._sections[each.section], self._pattern(each), member, where, *filling]
        if each.section == "promise":
            # Often the same object for all verdicts of a rule; held, so that no other takes its place in memory.
            self._promised[id(each)] = each, said
        return said

    def _pattern(self, each: Step) -> int:
        signs = tuple(term if isinstance(term, str) else "" for term in each.equation.terms) if each.equation else None
        unit = bool(each.equation and each.equation.unit)
        compared = (each.comparison.sign, each.comparison.holds) if each.comparison else None
        key = (each.key, tuple(name for name, _ in each.params), signs, unit, compared)
        return self._patterns.put(key, lambda: thrice(self._spoken, lambda words: pattern(each, words)))

    def _text(self, leaf: Leaf) -> int:
        key: Hashable
        if isinstance(leaf, tuple):
            value, how = leaf
            # Hashing a fraction is slow, and most of what is said are numbers.
            key = (value.numerator, value.denominator, how)
            at = self._numbers.get(key)
            if at is None:
                at = self._numbers[key] = self._text(print_number(value, how))
            return at
        if isinstance(leaf, str):
            return self._texts.put(leaf, lambda: leaf)
        # A finding holds a mapping and so has no key of its own; its object lives as long as the page is made.
        key = id(leaf) if isinstance(leaf, Diagnostic) else leaf
        return self._texts.put((type(leaf), key), lambda: thrice(self._spoken, lambda words: say_leaf(leaf, words)))
