"""Bulk checks on Spark: plain rows, obligations, judging and writing in the engine, all else on the driver."""
