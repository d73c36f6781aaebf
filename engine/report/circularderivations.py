"""How the verdicts of a circular came about: the sentences of `explain`, and of nothing else."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from engine.model.circular import Circular
from engine.model.derivation import Derivation, Step
from engine.report.explain import sentence
from engine.report.explainwords import SECTIONS
from engine.report.words import Words
from engine.report.wordtemplate import Entry

#: What a circular says of a target elsewhere: its words, and who answers for it.
_SAID_BEFORE = ("promise", "rule")

#: The columns of the sheet that holds the derivations of all verdicts.
HEADS = ("條款", "指標", "單位", "判定", "成員", "環節", "推算", "出處")


def derivation_entries(circular: Circular, words: Words) -> list[Entry]:
    """The entries of the list 推導: what is not on pace, in the order of 未達標, each section of it as one text."""
    told = {id(verdict): each for verdict, each in zip(circular.result.verdicts, circular.derivations, strict=False)}
    return [
        {
            "序號": str(number),
            "條款": verdict.obligation.rule.clause,
            "指標": verdict.obligation.indicator.name,
            "單位": verdict.obligation.organization,
            "判定": words[verdict.outcome.value],
            "步驟": _sections(told[id(verdict)], words) if id(verdict) in told else [],
        }
        for number, verdict in enumerate(circular.lagging, 1)
    ]


def step_text(each: Step, words: Words) -> str:
    """A step as `explain` says it, without its place."""
    return sentence(replace(each, source=None), words)


def derivation_rows(circular: Circular, words: Words) -> Iterator[tuple[str, ...]]:
    """The rows of the sheet 推導: every step of every verdict. Shape: `HEADS`."""
    for verdict, derivation in zip(circular.result.verdicts, circular.derivations, strict=False):
        obligation = verdict.obligation
        head = (obligation.rule.clause, obligation.indicator.name, obligation.organization)
        for each in derivation.steps:
            place = str(each.source) if each.source else ""
            section = words.said(SECTIONS[each.section], each.section)
            yield (*head, words[verdict.outcome.value], each.member, section, step_text(each, words), place)


def _sections(derivation: Derivation, words: Words) -> Sequence[Entry]:
    entries = []
    steps = (each for each in derivation.steps if each.section not in _SAID_BEFORE)
    for (member, section), said in groupby(steps, key=lambda each: (each.member, each.section)):
        title = words.said(SECTIONS[section], section)
        texts = [step_text(each, words) for each in said]
        entries.append({"環節": f"{member}·{title}" if member else title, "推算": "；".join(texts)})
    return entries
