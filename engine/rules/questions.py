"""The key `open`: what a drafted book leaves to a person, asked again until it is answered."""

from collections.abc import Collection

from engine.model.diagnostic import Diagnostic
from engine.model.question import Question
from engine.shapes import Fields


def ask_open(fields: Fields, name: str, fitting: Collection[Question], found: list[Diagnostic]) -> bool:
    """Whether a mapping leaves anything open; every word under `open` becomes the diagnostic that asks it.

    Errors: open-<word>; unknown-word for a word that does not fit here.
    """
    nodes = fields.text_nodes("open")
    by_word = {question.value: question for question in fitting}
    for node in nodes:
        question = by_word.get(node.text)
        if question is None:
            params = {"word": node.text, "key": "open", "known": ", ".join(by_word)}
            found.append(Diagnostic("unknown-word", node.source, params))
        else:
            found.append(Diagnostic(question.code, node.source, {"name": name}))
    return bool(nodes)
