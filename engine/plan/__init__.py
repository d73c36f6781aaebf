"""Stage 0 of the flow: a plan's text → clauses → promises, with every number accounted for.

fold      one script and one width for matching, with offsets into the plan's own text
tables    a text that is one table → its rows
clauses   text → numbered clauses with their bodies (單位)
words     the vocabulary: comparators, softeners, units, names, as tables
numbers   the numbers of a clause, each with its unit of measure
others    numbers that promise nothing, and why
refuse    numbers that promise nothing because of what stands around them: asks idioms, past, sizes, rates,
          lists, grades and bounds
directions a number → its comparator and its change
phrases   numbers → promises
deeds     promises without a number
draft     a plan's text → the draft of a book; rulebook: a promise → the rule that its words support; tiers: what
          a body's name says about it
coverage  the plan's own text ↔ the book; reread: quote ↔ reading
read      files → text; cells: tables of files → lines; places: offsets → lines and columns
"""
