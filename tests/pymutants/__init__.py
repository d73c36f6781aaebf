"""Mutants of the judging core in Python: one fault in a module at a time, made by cosmic-ray's operators.

`python -m tests.pymutants MODULE...` (or `make python-mutants`) makes every mutant that cosmic-ray makes of a module of
`engine/` and runs the module's own tests on it, then a batch of the oracle's, each in a process of its own that was
forked once everything but the engine was loaded. A mutant is killed where a test fails or time runs out.
"""
