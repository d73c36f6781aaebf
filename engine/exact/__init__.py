"""Exact reasoning about several numbers at once: intervals, bounds, and a solver where they leave something open."""
