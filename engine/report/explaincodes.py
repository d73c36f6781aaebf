"""A diagnostic code explained: what it means, an example of it, and the way out."""

from engine.model.codes import CODES
from engine.model.derivation import Derivation, Word, step
from engine.model.diagnostic import Diagnostic
from engine.model.source import Source
from engine.report.codeexamples import EXAMPLES
from engine.report.words import Words


def describe_code(code: str, words: Words) -> Derivation:
    """Meaning, example and way out of a code.

    Errors: KeyError for a code that there is none of.
    """
    known = CODES[code]
    message, hint = words.general(code)
    weight = f"weight-{known.severity.value}" + ("-incomplete" if known.incomplete else "")
    steps = [
        step("code", "code-severity", weight=Word(weight)),
        step("code", "code-message", message=message),
    ]
    if code in EXAMPLES:
        title, lines, place, params = EXAMPLES[code]
        if title and not words.chinese:
            # The titles are the English ones of the files; the message above says it in every language.
            steps.append(step("example", "code-case", title=title))
        steps += [step("example", "code-line", line=f"| {line}") for line in lines]
        steps.append(step("example", "code-found", place=place, code=code))
        if params or not title:
            steps.append(step("example", "code-said", finding=Diagnostic(code, Source(place), params)))
    steps.append(step("way-out", "code-hint", hint=hint))
    return Derivation("code", (("code", code),), tuple(steps))
