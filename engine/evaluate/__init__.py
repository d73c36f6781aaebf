"""Rows of limits and figures → verdicts, through one SQL text."""
