"""Ours, scripts written by hand, and rule and validation engines: each in a module of its own.

A contender is a class. Making it imports its library and makes its rules: the start-up. `load` puts the submitted rows
into memory in its natural form, and is not timed. `align` brings names, units of measure, limits and what is missing
together; `judge` compares: these two are timed. `letters` says the outcomes, one letter for each row that is owed.
"""
