"""Explanations: for the terminal, and as a JSON document."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from enum import IntEnum
from fractions import Fraction
from typing import Any, TypeAlias

from engine.model.derivation import Comparison, Derivation, Equation, Remark, Step, Summary, Value, Word
from engine.model.diagnostic import Diagnostic
from engine.model.source import Source
from engine.quantities import format_decimal
from engine.report.documents import source_row
from engine.report.excerpt import one_line
from engine.report.explainwords import SECTIONS, SENTENCES, UNITS
from engine.report.sentences import standing
from engine.report.words import Words

Json = dict[str, Any]


class Print(IntEnum):
    """How a number is printed: exactly, in brackets, or exactly with a rounded one beside it."""

    EXACT = 0
    BRACKETS = 1
    ROUNDED = 2


#: How a place is written: the path as its reader sees it.
PlaceOf = Callable[[Source], str]

#: What fills a place of a sentence: a text that is the same in every language, what has words of its own in each, or a
#: number with the way in which it is printed.
Leaf: TypeAlias = "str | Word | Diagnostic | Summary | Remark | tuple[Fraction, Print]"

_PLACE = re.compile(r"\{(\d+)\}")

#: Decimals of a rounded number beside its exact fraction.
_DECIMALS = 2


def explain_text(derivation: Derivation, words: Words, place_of: PlaceOf = str) -> str:
    """The derivation as sentences under headings; numbers are exact, with a rounded one beside a fraction."""
    lines = [" · ".join(text for _, text in derivation.subject)]
    section, member = "", ""
    for each in derivation.steps:
        if each.member != member and each.member:
            lines += ["", each.member]
            section = ""
        member = each.member
        if each.section != section:
            section = each.section
            lines += ["", words.said(SECTIONS[section], section)]
        lines.append(f"  {sentence(each, words, place_of)}")
    return "\n".join(lines) + "\n"


def explain_document(derivation: Derivation, words: Words) -> Json:
    """The same as a document; numbers are decimals, or exact fractions where no decimal is exact.

    Shape: the JSON Schema `explain`; steps in the order in which they are told.
    """
    subject = dict(derivation.subject)
    return {
        "schema": "biaochi.explain/1",
        "about": derivation.about,
        "code": subject.get("code"),
        "rule": subject.get("rule"),
        "organization": subject.get("organization"),
        "period": subject.get("period"),
        "verdict": derivation.outcome or None,
        "reason": derivation.reason or None,
        "steps": [_step_row(each, words) for each in derivation.steps],
    }


def _step_row(each: Step, words: Words) -> Json:
    return {
        "section": each.section,
        "key": each.key,
        "member": each.member or None,
        "text": sentence(replace(each, equation=None, comparison=None, source=None), words),
        "values": {name: format_decimal(value) for name, value in each.params if isinstance(value, Fraction)},
        "equation": _equation_row(each.equation) if each.equation else None,
        "comparison": _comparison_row(each.comparison) if each.comparison else None,
        "source": source_row(each.source) if each.source else None,
    }


def _equation_row(equation: Equation) -> Json:
    return {
        "expression": _expression(equation),
        "value": format_decimal(equation.value),
        "unit": equation.unit or None,
    }


def _comparison_row(comparison: Comparison) -> Json:
    return {
        "left": format_decimal(comparison.left),
        "sign": comparison.sign,
        "right": format_decimal(comparison.right),
        "holds": comparison.holds,
    }


def sentence(each: Step, words: Words, place_of: PlaceOf = str) -> str:
    """One step in words, with its arithmetic and its place."""
    said = fill(pattern(each, words), [say_leaf(leaf, words) for leaf in leaves(each)])
    return f"{said}  [{place_of(each.source)}]" if each.source else said


def pattern(each: Step, words: Words) -> str:
    """A step with `{0}`, `{1}` in the places of what `leaves` gives: the same for all steps of its form."""
    names = {name: f"{{{place}}}" for place, (name, _) in enumerate(each.params)}
    said = words.said(SENTENCES[each.key], each.key).format(**names)
    colon, count = words.said(": "), len(names)
    if each.equation is not None:
        said += f"{colon}{_signs(each.equation, count)}"
        count += sum(isinstance(term, Fraction) for term in each.equation.terms)
        said += f" = {{{count}}}" + (f" {{{count + 1}}}" if each.equation.unit else "")
    if each.comparison is not None:
        answer = words.said("yes" if each.comparison.holds else "no")
        said += f"{colon}{{{count}}} {each.comparison.sign} {{{count + 1}}}{colon}{answer}"
    return said


def leaves(each: Step) -> Iterator[Leaf]:
    """What the places of a step's pattern are filled with, in their order."""
    for name, value in each.params:
        yield _leaf(value, name == "unit")
    if each.equation is not None:
        first = True
        for term in each.equation.terms:
            if not isinstance(term, str):
                # A negative number stands in brackets, as it would by hand.
                yield term, Print.EXACT if first or term >= 0 else Print.BRACKETS
            first = False
        yield each.equation.value, Print.ROUNDED
        if each.equation.unit:
            yield _leaf(each.equation.unit, is_unit=True)
    if each.comparison is not None:
        yield each.comparison.left, Print.EXACT
        yield each.comparison.right, Print.EXACT


def fill(text: str, filling: Sequence[str]) -> str:
    """A pattern with its places filled; what came in stays what it is, braces and all.

    >>> fill("{0} of {1}", ["{1}", "2"])
    '{1} of 2'
    """
    return _PLACE.sub(lambda match: filling[int(match[1])], text)


def say_leaf(leaf: Leaf, words: Words) -> str:
    """What fills a place of a pattern, in one language."""
    if isinstance(leaf, str):
        return leaf
    if isinstance(leaf, tuple):
        return print_number(*leaf)
    if isinstance(leaf, Diagnostic):
        said = words.message(leaf)
    elif isinstance(leaf, Remark):
        said = words.remark(leaf.text, leaf.chinese)
    elif isinstance(leaf, Summary):
        said = standing(leaf.verdict, words, leaf.pace_word)
    elif leaf.key in UNITS:
        said = words.said(UNITS[leaf.key], leaf.key)
    else:
        said = words.note(leaf.key) if leaf.note else words[leaf.key]
    return one_line(said)


def _leaf(value: Value, is_unit: bool) -> Leaf:
    if isinstance(value, tuple):
        value = "、".join(value)
    # Whether something is a fraction takes longest to tell, so it is asked last.
    if isinstance(value, str):
        # What came in may hold line ends and marks of direction; it stays one line, and its own.
        return Word(value) if is_unit and value in UNITS else one_line(value)
    return (value, Print.ROUNDED) if isinstance(value, Fraction) else value


def _signs(equation: Equation, start: int) -> str:
    """The expression of an equation with places for its numbers, counted from `start`."""
    said = ""
    for term in equation.terms:
        if isinstance(term, str):
            said += term if term in "()" else f" {term} "
        else:
            said += f"{{{start}}}"
            start += 1
    return said


def _expression(equation: Equation) -> str:
    """The terms as printed."""
    numbers = leaves(Step("", "", equation=Equation(equation.terms, equation.value)))
    return fill(_signs(equation, 0), [print_number(*each) for each in numbers if isinstance(each, tuple)])


def print_number(value: Fraction, how: Print) -> str:
    """A number as it stands in a sentence.

    >>> print_number(Fraction(-1, 2), Print.BRACKETS), print_number(Fraction(1, 3), Print.EXACT)
    ('(-0.5)', '1/3')
    """
    if how is Print.ROUNDED:
        return number_text(value)
    exact = format_decimal(value)
    return f"({exact})" if how is Print.BRACKETS else exact


def number_text(value: Fraction) -> str:
    """A number exactly, and rounded beside it where the exact one is a fraction.

    >>> number_text(Fraction(1, 8)), number_text(Fraction(-5, 11))
    ('0.125', '-5/11 ≈ -0.45')
    """
    exact = format_decimal(value)
    return f"{exact} ≈ {format_decimal(value, _DECIMALS)}" if "/" in exact else exact
