"""The words of the outputs in three languages. Data (names, quotes, units of measure) are never translated."""

import re

from engine.catalogues import Phrases, Sayings, catalogue
from engine.model.codes import CODES, WITHOUT_NEAREST
from engine.model.diagnostic import Diagnostic
from engine.names import to_simplified, to_traditional

LANGUAGES = ("en", "zh-Hans", "zh-Hant")

_WORDS: Sayings[str] = {
    "pass": "pass",
    "at-risk": "at risk",
    "fail": "fail",
    "undecided": "undecided",
    "completed": "completed",
    "ahead": "ahead",
    "on-pace": "on pace",
    "behind": "behind",
    "missing": "nothing came in",
    "not-due": "not due yet",
    "awaiting-target": "no number has been set yet",
    "no-baseline": "the baseline is unknown",
    "unusable": "the figure cannot be used",
    "different-measure": "it measures something else",
    "not-applicable": "-",
    "lead": "lead",
    "responsible": "responsible",
    "quantitative": "quantitative",
    "milestone": "milestone",
    "external": "external",
    "qualitative": "qualitative",
    "due": "due",
    "clause": "clause",
    "indicator": "indicator",
    "organization": "organization",
    "due-column": "due",
    "actual-column": "actual",
    "verdict": "verdict",
    "standing": "standing",
    "period": "period",
    "target": "target",
    "rule": "rule",
    "role": "role",
    "kind": "kind",
    "unit": "unit of measure",
    "status": "status",
    "class": "class",
    "quote": "the plan's words",
    "bodies": "lead",
    "value": "number",
    "remarks": "How it is read, and why",
    "error": "error",
    "warning": "warning",
    "note": "note",
    "hint": "way out",
    "verdicts": "Verdicts: {total} = {parts}",
    "cells": "Cells read: {read} = {judged} judged + {not_needed} not needed + {refused} refused",
    "rank-place": "place",
    "change-column": "change",
    "place-same": "=",
    "score": "score",
    "place-range": "range of places",
    "not-separable": "not separable from",
    "and-more": "{names} and {count} more",
    "value-place": "value (place)",
    "illustrative": "(illustrative)",
    "unranked-vetoed": "no place: vetoed",
    "unranked-nothing-scored": "no place: nothing to score",
    "annual-only": "counts at the year's end",
    "method-verdict": "points per verdict",
    "method-completion": "completion in proportion, capped",
    "method-all-or-nothing": "all or nothing",
    "method-rank": "points per place",
    "method-linear": "a base, and points for each percentage point",
    "method-efficacy": "efficacy coefficients",
    "method-met-then-rank": "points for meeting the target, then per place",
    "scored-by": "Score: {method}; the mean of all targets set for a body, by weight ({document})",
    "scored-otherwise": "{targets}: {method} ({document})",
    "weight": "weight",
    "change-since": "Change: since {period}.",
    "quarters-weigh": "The year is made up of {parts} ({document})",
    "place-footnote": "In brackets: the place on this target. -: no target is set.",
    "cases-tried": (
        "Range of places: {cases} cases, in each of which one weight is × 0.75 or × 1.25, one target is left "
        "out, or one figure stands at an end of its rounding."
    ),
    "weight-low": "the weight of {name} is × 0.75",
    "weight-high": "the weight of {name} is × 1.25",
    "left-out": "{name} is left out",
    "rounding-low": "{name} stands at the lower end of its rounding",
    "rounding-high": "{name} stands at the upper end of its rounding",
    "more-cases": "; and {count} more",
    "flips-if": "{ahead} before {behind} flips if: {cases}",
    "adjusted-bonus": "{body}: {points} added for {reason} ({document})",
    "adjusted-deduction": "{body}: {points} taken for {reason} ({document})",
    "adjusted-veto": "{body}: vetoed for {reason} ({document})",
    "commended": "Commended: {bodies}",
    "named": "Named: {bodies}",
    "later-year": "due in a later year",
    "not-judged": "nothing was judged",
    "clause-kept": "kept",
    "clause-not-kept": "not kept",
    "clause-undecided": "undecided",
    "clause-qualitative": "qualitative",
    "clauses-kept": "Clauses: {total} = {parts}",
    "findings": "Findings: {total} = {parts}",
    "no-findings": "Findings: none",
    "incomplete": "Some input could not be read or used: this answer is incomplete.",
    "case-failed": "failed",
    "case-difference": "expected {expected}, found {found}",
    "cases": "{total} cases = {passed} passed + {failed} failed",
    "untried": "no case for",
    "edge-coverage": "{percent} % of the edges and situations are tried ({tried} of {total} positions)",
    "accounted": "Clauses: {accounted} of {clauses} accounted for",
    "numbers": (
        "Numbers in the plan: {total} = {claimed} promised + {declared} declared no targets + {unclaimed} unclaimed"
    ),
    "numbers-of-book": (
        "Numbers in the book: {claimed} promised, {declared} declared no targets; --plan FILE shows that "
        "none is missing"
    ),
    "no-promises": "Numbers that promise nothing, and why",
    "open-items": "Left to a person (marked with `open` in the files)",
    "untitled": "(the text names no title)",
    "drafted": (
        "Clauses: {clauses}; promises: {promises}, of these {numbered} with a number; numbers that promise "
        "nothing: {others}; open items: {open}"
    ),
    "verified": "{file}: the same, made again from its inputs",
    "verified-as-of": " as they were known on {day}",
    "verified-signed": ", signed by {name}",
    "signed-only": "{file}: as it was signed by {name}; it has no receipt, and was not made again",
    "signed-for": "{file}: a signature for {period}",
    "signed-result": "{file}: a signature of the result",
    "chain-whole": "the chain is whole: {count} results in their order",
    "forms-into": "{files} forms asking for {items} figures are in {folder}",
    "report-into": "{file} shows {verdicts} verdicts on {bodies} organizations; periods: {periods}",
    "bulk-forecast": (
        "{rows} rows, {verdicts} verdicts in {tiles} parts; about {needed} MB in {folder}, where {free} MB are free"
    ),
    "bulk-first": "The first {shown} are shown above; all are in findings/:",
    "bulk-into": "Verdicts, findings and summaries: {folder} ({kept} of {tiles} parts were there)",
    "bulk-into-by": "Verdicts, findings and summaries: {folder}",
    "judging": "Judging, {rate} rows/s",
    "rows": "Rows read: {read} = {judged} judged + {not_needed} not needed + {refused} refused",
    "circular-into": "{file}: the circular of {period}, {verdicts} verdicts, {lagging} of them not on pace",
    "notices-into": "{files} files for {period} are in {folder}: {notices} notices with {items} items",
    "notices-drafts": "They are drafts; --date numbers them and puts them on record.",
    "notices-recorded": "On record: {folder}",
    "notices-standing": "Items as of {day}: {total} = {parts}",
    "notices-proposed": "Met since, closing proposed: {count}",
    "drafted-into": "Written: {folder} ({files} files). Next: biaochi validate --book {folder} --plan {plan}",
    "draft-targets": (
        "Drafted from the plan's text: quotes and bodies are the plan's own, readings are the "
        "grammar's.\n"
        "Look every reading over. Where `open` stands, a person has to decide; then the word is taken out."
    ),
    "draft-organizations": (
        "Every body that the plan names. Tiers are guessed from the names; add full names and aliases, and "
        "merge\n"
        "two names of one body. Words that stand for several bodies need their members."
    ),
    "draft-policy": "What the plan does not say and this book decides: the bands of all rules that state none.",
    "draft-units": "Units of measure that the plan uses and no table knows, each a kind of its own.",
    "init-targets": (
        "A made-up promise: put the plan's own in its place. A quote stands as the plan has it, word for word;\n"
        "`biaochi draft` reads a whole plan's text."
    ),
    "init-organizations": "Every body that the plan names, with the names in use for it; groups stand for several.",
    "init-rules": (
        "How the promise is judged, and worked cases that show it. `biaochi validate` holds the rule against the\n"
        "promise, `biaochi test` runs the cases and names the positions that none tries."
    ),
    "init-submission": "An illustrative figure, published by nobody.",
    "init-done": (
        "A first book is in {folder} ({files} files). Next, in that folder:\n"
        "  biaochi validate           rules and promises agree\n"
        "  biaochi test               the worked cases come out\n"
        "  check submissions/{period}   what came in is judged"
    ),
    "waived": "waived",
    "of-which-waived": "of which waived: {total} = {parts}",
    "was": "was {number}",
    "case-failed-short": "a worked case does not come out as expected",
    "case-failed-full": "What is judged of the case's figures differs from what the case expects (exit code 1).",
    "case-failed-hint": "correct the rule, or the case if the rule says what the plan says",
    "edge-untried-short": "no worked case tries a position of the rule",
    "edge-untried-full": (
        "Whether the rule is right at, just under and just over its edges and in its other situations is "
        "shown only by a case with a figure there. It is an error where the coverage is below the threshold "
        "that was asked for."
    ),
    "edge-untried-hint": "add a case with a figure there",
    "verdict-fail-short": "the figure misses what was due",
    "verdict-fail-full": (
        "The reported figure lies behind what was due for the period by more than the bands of the rule forgive."
    ),
    "verdict-fail-hint": "report what will be done about it, or mend the figure where it was misreported",
    "verdict-at-risk-short": "the figure is a little behind what was due",
    "verdict-at-risk-full": (
        "The reported figure lies behind what was due for the period, within the band that the rule calls at risk."
    ),
    "verdict-at-risk-hint": "catch up until the next period",
    "verdict-undecided-short": "no honest verdict is possible",
    "verdict-undecided-full": (
        "Something that the judgement needs is missing, not due yet, or cannot be used: neither a pass nor a fail."
    ),
    "verdict-undecided-hint": "report what is missing, where something is due",
    "weight-error": "An error: two facts contradict each other (exit code 1).",
    "weight-error-incomplete": "An error: some input cannot be used, so the answer is incomplete (exit code 3).",
    "weight-warning": "A warning: worth a look, and without influence on the exit code.",
    "weight-note": "A note: for information.",
    "here-too": "the other place that this is about",
    "ran-here": "the folder in which the command ran",
    "place": "place",
    "severity": "severity",
    "finding": "finding",
    "code": "code",
    "findings-head": "Findings",
    "count": "number",
    "reading": "Reading",
    "account-head": "Cells",
    "file": "file",
    "cells-read": "read",
    "fate-judged": "judged",
    "fate-not-needed": "not needed",
    "fate-refused": "refused",
    "inspections": "On-site checks: {inspected} of {judged} judged figures, {overstated} overstated",
    "arrivals": "Submissions of {period}{due}: {parts}",
    "arrivals-due": ", due {day}",
    "on-time": "on time",
    "late": "late",
    "unlisted": "without a date",
    "not-sent": "not sent",
    "total": "total",
    "waits": "of these {parts}",
    "note-depends-on-rounding": "depends on rounding: the unrounded figure is needed",
    "note-can-fall-back": "can fall back",
    "note-nothing-eligible": "nobody was eligible",
    "note-parts-summed": "parts added up; some may be counted twice",
    "note-breached-in": "breached in {detail}",
    "note-revised": "revised since",
    "note-inspected": "established on site",
    "note-waived": "waived: it stays what it is and is counted apart",
    "note-finding": "see finding {detail}",
    "note-partner-missing": "{detail} did not come in",
    "note-partner-unusable": "{detail} cannot be used",
}


#: Why a number promises nothing, as the grammar says it.
REASONS: Phrases = (
    "a class or a grade",
    "a date",
    "a document's number",
    "a length of time",
    "a length of time: says when or how fast, not how much",
    "a name made of numbers",
    "a number without a unit of measure: part of a name",
    "a price or a rate for each, not a promise",
    "a proportion in a name or a time",
    "a rank",
    "a result of the past",
    "a time of day",
    "a year: the edition of what follows, or part of a name",
    "an age",
    "an ordinal",
    "around the clock: says when, not how much",
    "counts what is fixed elsewhere",
    "counts what is named before it",
    "part of a document's title",
    "part of a name",
    "part of a name in quotation marks",
    "part of a name: how near things are",
    "says how the target was changed",
    "says where or on whom, not how much",
    "the class bound of what is counted",
    "the class of a power line or a station",
    "the length of a list",
    "the name of a road",
    "the number of a document or a thing",
    "the number of a hotline",
    "the number of a version",
    "the rate of a grant or a levy, not a promise",
    "the size of a project, not a promise",
    "what the change is measured from",
    "what the promise builds on",
    "where the change starts: only the number it leads to binds",
)

#: Characters of a name in a message; whoever wrote a longer one knows it by its beginning.
_LONGEST = 2_000


class Words:
    """The words of one language."""

    def __init__(self, language: str) -> None:
        """Take one of LANGUAGES."""
        self.language = language
        self.chinese = language != "en"

    def __getitem__(self, key: str) -> str:
        """The word or template of this key."""
        return self.said(_WORDS[key], key)

    def said(self, english: str, key: str = "", /, **params: object) -> str:
        """An English wording of the source in this language, its braces filled where there are `params`.

        `key` tells apart what English says alike: translators see it. A wording of a table has its key there.
        """
        wording = english
        if self.chinese:
            known = catalogue(self.language)
            wording = known.pgettext(key, english) if key else known.gettext(english)
        if not params:
            return wording
        if self.language == "zh-Hans":
            # What the sentence says of the book is in the script of the sentence.
            params = {name: to_simplified(str(value)) for name, value in params.items()}
        return wording.format(**params)

    def in_script(self, text: str) -> str:
        """Words of the book that become part of a sentence, in the script of the sentence."""
        if self.language == "zh-Hans":
            return to_simplified(text)
        return to_traditional(text) if self.language == "zh-Hant" else text

    def remark(self, text: str, chinese: str | None) -> str:
        """A remark of the book's author, in Chinese where this is Chinese and the author gives it."""
        return self.in_script(chinese) if chinese and self.chinese else text

    def message(self, finding: Diagnostic) -> str:
        """What the finding says, in one sentence."""
        template = CODES[finding.code].message
        said = _fill(self.said(template, finding.code), self._params(finding))
        if "indicator" in finding.params and "{indicator}" not in template:
            # Whatever is wrong with a figure, the reader must know which figure is meant.
            said = f"{finding.params['indicator']}{self.said(': ')}{said}"
        return said

    def hint(self, finding: Diagnostic) -> str:
        """One way out of it; empty where the finding has none to name."""
        hint, key = CODES[finding.code].hint, finding.code
        if "{nearest}" in hint and not finding.params.get("nearest"):
            key = key if key in WITHOUT_NEAREST else ""
            hint = WITHOUT_NEAREST[key]
        return _fill(self.said(hint, key), {"unit": "家", **self._params(finding)})

    def general(self, code: str) -> tuple[str, str]:
        """Message and hint of a code whoever it is found with: an ellipsis stands for each particular."""
        message, hint = (self.said(half, code) for half in (CODES[code].message, CODES[code].hint))
        return re.sub(r"\{\w+\}", "…", message), re.sub(r"\{\w+\}", "…", hint)

    def _params(self, finding: Diagnostic) -> dict[str, str]:
        """The params, their few English words in the reader's language."""
        params = {key: text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…" for key, text in finding.params.items()}
        if self.chinese and ("expected" in params or "problem" in params):
            from engine.report.particulars import put

            params.update({key: put(params[key], self.said) for key in ("expected", "problem") if key in params})
        return params

    def reason(self, why: str) -> str:
        """Why a number promises nothing, as the grammar gives it."""
        return self.said(why) if why in REASONS else why

    def note(self, note: str) -> str:
        """A note of a verdict in words."""
        code, _, detail = note.partition(":")
        return self[f"note-{code}"].format(detail=detail)


def _fill(template: str, params: dict[str, str]) -> str:
    """Put the params into a template; a template's own braces (examples of YAML) stay."""
    return re.sub(r"\{(\w+)\}", lambda match: params.get(match[1], match[0]), template)
