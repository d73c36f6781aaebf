"""Mutants of the judging text: one fault in `engine/evaluate/verdicts.sql` at a time, and whether a verdict shows it.

`python -m tests.sqlmutants` (or `make sql-mutants`) runs every mutant on random obligations that the oracle of
`tests/oracle.py` judges apart, and on rows made by hand (`rows.py`). A mutant is killed where a verdict differs from
the oracle's or a row from what is written beside it; one that the engine refuses to run proves nothing and is counted
apart. Survivors are explained in `tests/mutation/survivors.md`: one that is not there, and one there that is killed, is
an error. `--sample N` tries N of them, chosen by `--seed`.

The faults that `tests/mutants` plants are another thing: those are faults of books, which `validate` and `test` notice.
"""
