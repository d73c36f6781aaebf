"""Submitted files → figures, every one traceable to its cell."""
