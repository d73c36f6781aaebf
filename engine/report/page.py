"""One self-contained page to explore a result: no network, no framework, the same bytes for the same input."""

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from engine.model.book import Book
from engine.model.derivation import Derivation
from engine.model.ranking import RankResult
from engine.model.result import CheckResult
from engine.model.verdict import Verdict
from engine.report.documents import count_outcomes
from engine.report.pagedata import page_data
from engine.report.pagewords import page_words
from engine.report.read import read_asset
from engine.report.words import Words

#: The program of the page, in the order in which its parts need each other.
SCRIPTS = (
    "core.js", "data.js", "charts.js", "rows.js", "overview.js", "matrix.js", "bodies.js", "verdict.js", "ranking.js",
    "search.js", "main.js",
)  # fmt: skip

#: What an HTML reader could take for the end of the data, and what a screen would obey.
_MARKUP = {character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")

#: Of these signs the controls, as JSON writes them.
_ESCAPED = re.compile(r"\\(?:u00|[bfr])")


def report_page(
    result: CheckResult,
    book: Book,
    words: Words,
    ranks: Sequence[RankResult] = (),
    derivations: Iterable[Derivation] = (),
) -> str:
    """The page as HTML. It starts in the language of `words` and can be switched to the others.

    `derivations` are those of the verdicts, in their order.
    """
    script = _program()
    style = read_asset("page.css")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(read_asset("page.html"))
    return template.render(
        language=words.language,
        title=visible(result.title),
        words=page_words()[words.language],
        counts=count_outcomes(result.verdicts),
        total=len(result.verdicts),
        bodies=[(visible(name), counts) for name, counts in _by_body(result, book)],
        policy=f"default-src 'none'; script-src {_digest(script)}; style-src {_digest(style)}; "
        "base-uri 'none'; form-action 'none'",
        style=Markup(style),
        script=Markup(script),
        data=Markup(embedded(page_data(result, book, words, ranks, derivations))),
    )


def visible(text: str) -> str:
    """A text whose controls and turns of direction can be read and are not obeyed.

    >>> visible("a\u202eb")
    'a\\\\u202eb'
    """
    return _OBEYED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def embedded(data: dict[str, Any]) -> str:
    """Data as JSON that no HTML reader takes for anything else, in one line.

    >>> embedded({"a": "</script>"})
    '{"a":"\\\\u003c/script\\\\u003e"}'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # Hardly any page holds a sign that is obeyed, and to look at each of a million texts takes long.
    if _OBEYED.search(text) or _ESCAPED.search(text):
        text = json.dumps(_visible(data), ensure_ascii=False, separators=(",", ":"))
    for character, escaped in _MARKUP.items():
        text = text.replace(character, escaped)
    return text


def _visible(value: Any) -> Any:
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, dict):
        return {visible(key): _visible(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_visible(each) for each in value]
    return value


def _program() -> str:
    parts = "\n".join(read_asset(name) for name in SCRIPTS)
    return f'(function () {{\n"use strict";\n{parts}}})();\n'


def _digest(text: str) -> str:
    """How the page's policy names a text that stands inline; nothing else is run or applied."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def _by_body(result: CheckResult, book: Book) -> list[tuple[str, dict[str, int]]]:
    """Counts per body in the book's order, for a reader without scripts."""
    own: dict[str, list[Verdict]] = {name: [] for name in book.organizations}
    for verdict in result.verdicts:
        own[verdict.obligation.organization].append(verdict)
    return [(name, count_outcomes(verdicts)) for name, verdicts in own.items() if verdicts]
