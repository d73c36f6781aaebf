"""The commands of `biaochi`, one module each under the command's name; `cli.py` loads the one that is called.

A module says its arguments and options, calls the public interface or a composer of the engine, and shows the answer.
`bulk.py` is the part of `check` for Parquet of any size; what several commands need is in `shared/`.
"""
