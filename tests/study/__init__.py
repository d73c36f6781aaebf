"""A study with planted faults: made-up submissions of the whole book, and what `check` finds of what was done to them.

`python -m tests.study` (or `make study`) makes a city's year (`city.py`): every body that owes a figure reports it,
quarter by quarter, rounded as offices round, and so that the city's figure is what its counties come to. That is a
clean submission. In another 300 one to three faults are planted (`faults.py`), and the real check is run on both. What
it finds is counted (`score.py`), by kind of fault.

The generator reads the book's rules, quotas and stages, as an office does. It never reads the policy: it knows no
threshold of a suspicion, and nothing of how faults are looked for. All numbers are made up from a seed.
"""
