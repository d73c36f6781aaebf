"""Figures by the million: the same limits and the same judging text, tile by tile, from Parquet to Parquet."""
