"""Explanations: for the terminal, and as a JSON document."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from engine.model.derivation import Comparison, Derivation, Equation, Step, Value, Word
from engine.model.diagnostic import Diagnostic
from engine.model.source import Source
from engine.quantities import format_decimal
from engine.report.documents import source_row
from engine.report.excerpt import one_line
from engine.report.explainwords import SECTIONS, SENTENCES
from engine.report.words import Words

Json = dict[str, Any]

#: How a place is written: the path as its reader sees it.
PlaceOf = Callable[[Source], str]

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
        "text": _said(each, words),
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
    said = _said(each, words)
    colon = words.said(": ")
    if each.equation is not None:
        unit = _unit(each.equation.unit, words)
        said += f"{colon}{_expression(each.equation)} = {number_text(each.equation.value)}{' ' if unit else ''}{unit}"
    if each.comparison is not None:
        compared = each.comparison
        answer = words.said("yes" if compared.holds else "no")
        left, right = format_decimal(compared.left), format_decimal(compared.right)
        said += f"{colon}{left} {compared.sign} {right}{colon}{answer}"
    return f"{said}  [{place_of(each.source)}]" if each.source else said


def _said(each: Step, words: Words) -> str:
    template = words.said(SENTENCES[each.key], each.key)
    # What came in may hold line ends and marks of direction; it stays one line, and its own.
    return one_line(template.format(**{name: _value(name, value, words) for name, value in each.params}))


def _value(name: str, value: Value, words: Words) -> str:
    if isinstance(value, Fraction):
        return number_text(value)
    if isinstance(value, tuple):
        return "、".join(value)
    if isinstance(value, Diagnostic):
        return words.message(value)
    if isinstance(value, Word):
        return words.note(value.key) if value.note else words[value.key]
    return _unit(value, words) if name == "unit" else value


def _unit(unit: str, words: Words) -> str:
    if unit not in ("percentage point", "stage"):
        return unit
    return words.said("percentage points" if unit == "percentage point" else "stages", "after a number")


def _expression(equation: Equation) -> str:
    """The terms as printed: a negative number stands in brackets, as it would by hand."""
    said = ""
    for term in equation.terms:
        if isinstance(term, str):
            said += term if term in "()" else f" {term} "
        else:
            number = format_decimal(term)
            said += f"({number})" if term < 0 and said else number
    return said


def number_text(value: Fraction) -> str:
    """A number exactly, and rounded beside it where the exact one is a fraction.

    >>> number_text(Fraction(1, 8)), number_text(Fraction(-5, 11))
    ('0.125', '-5/11 ≈ -0.45')
    """
    exact = format_decimal(value)
    return f"{exact} ≈ {format_decimal(value, _DECIMALS)}" if "/" in exact else exact
