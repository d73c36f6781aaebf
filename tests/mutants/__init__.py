"""A generator of faults: a book with one thing wrong at a time, and whether anybody notices.

`python -m tests.mutants` (or `make mutants`) plants every fault into the texts of the books in memory, one after
another, and asks what an author would ask: `biaochi validate`, with the plan's own text where it is at hand, and
`biaochi test`, both without options. A fault that neither notices is a survivor; survivors are listed by name, and
there should be none. `--sample N` tries every N-th fault of each kind.

What is not planted, because nothing that a book holds could know better:

- aliases, full names and tiers of bodies, and bodies of groups that nobody is judged by: facts about the world that
  neither the plan nor a rule repeats;
- relations that are left out or turned round: a book states each of them once, and promises that are lower bounds
  can be kept either way;
- names, phrases and notes, the word for the pace: they are shown and never judged by;
- the day of a stage, pace or amendment within its month, because periods end with months;
- the tolerance of a sum (`reconcile_tolerance`), and whether the figures of bodies that are not judged add up to the
  city's (`additive` without quotas): cases judge one body at a time, and the plan says nothing of either;
- the unit of measure of a milestone's indicator, which counts stages and nothing else;
- `change` and `striving` of a promise without a number, of which the grammar reads no more than the kind.
"""
