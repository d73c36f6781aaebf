"""The words of a comparison: (English, Traditional Chinese) by key; Simplified is made when it is shown."""

from engine.catalogues import Sayings

#: What each cause is called.
CAUSES: Sayings[str] = {
    "new-figure": "new figure",
    "withdrawn-figure": "withdrawn figure",
    "corrected-figure": "corrected figure",
    "revised-past": "revised past",
    "inspection": "inspection",
    "arrival": "arrival",
    "amendment": "amended target",
    "waiver": "waiver",
    "rule": "rule",
    "quota": "quota",
    "policy": "policy",
    "plan": "plan",
    "organizations": "organizations",
    "relations": "relations",
    "adjustments": "adjustments",
    "signers": "keys",
    "units": "units of measure",
    "period": "period",
    "options": "options",
    "program": "program",
    "writing": "written otherwise",
}

#: What is said, by key.
SENTENCES: Sayings[str] = {
    "old": "Old: {name}",
    "new": "New: {name}",
    "same": "Nothing changed.",
    "edits": "What differs",
    "flips": "Verdicts that changed",
    "shifts": "Same verdict, other numbers",
    "offset": "Same verdict, although a cause alone would have changed it",
    "new-findings": "New findings",
    "gone-findings": "Findings that are gone",
    "failures": "Failures: {still} still there, {new} new, {removed} gone",
    "verdicts": "Verdicts: {flips} changed, {shifts} with other numbers, {added} added, {removed} gone",
    "findings": "Findings: {kept} still there, {new} new, {gone} gone",
    "replayed": "Causes were proved by judging again with one input exchanged at a time.",
    "read": "Causes are read from the two results; compare the folders to have them proved.",
    "incomplete": "Some input could not be used: the answer is incomplete.",
    "together": "{causes} together",
    "either": "{causes}, each alone",
    "suspected": "{causes}: at least one of them",
    "unexplained": "no cause was found",
    "would-be": "{cause} alone: {verdict}",
    "waived": "waived",
    "none": "none",
}

#: The heads of columns.
HEADS: Sayings[str] = {
    "cause": "cause",
    "what": "what",
    "before": "before",
    "after": "after",
    "place": "place",
    "because": "because of",
    "row": "organization, indicator",
    "change": "verdict",
    "numbers": "actual, due",
}
