"""Scores and places: verdicts and the book's scheme in, ranked groups out. Nothing here opens a file."""
