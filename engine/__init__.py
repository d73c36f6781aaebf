"""Biaochi's engine: what was promised against what was reported.

plan text ─► targets.yaml ─► rules/ ─► limits ─┐
                                               ├─► verdicts ─► table, json, csv, sarif, …
submissions/<period>/* ─────────► figures ─────┘

`model` holds the nouns, `plan` the grammar that reads promises and drafts books, `rules` the book and its limits,
`submissions` the figures, `evaluate` the one SQL text that judges, `report` every rendering, and `pipeline` puts
them together.
"""

__version__ = "0.1.0"
