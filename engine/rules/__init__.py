"""The files of a book → bound rules → obligations → exact limits."""
