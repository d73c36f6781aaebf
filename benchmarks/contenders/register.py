"""Who takes part, in the order of the table."""

from importlib import import_module
from typing import Any

#: Name on the command line: (module beside this one, class).
CONTENDERS = {
    "ours": ("ours", "Ours"),
    "ours-whole": ("ours", "OursWhole"),
    "decimal-loop": ("loop", "DecimalLoop"),
    "float-loop": ("loop", "FloatLoop"),
    "pandas-float": ("pandas_script", "PandasFloat"),
    "pandas-decimal": ("pandas_script", "PandasDecimal"),
    "pandas-whole": ("pandas_script", "PandasWhole"),
    "pointblank-columns": ("pointblank_steps", "PointblankColumns"),
    "pointblank-steps": ("pointblank_steps", "PointblankSteps"),
    "pandera-columns": ("pandera_checks", "PanderaColumns"),
    "pandera-schemas": ("pandera_checks", "PanderaSchemas"),
    "great-expectations-columns": ("expectations", "ExpectColumns"),
    "great-expectations-bounds": ("expectations", "ExpectBounds"),
    "zen-engine": ("zen_engine", "Zen"),
    "rule-engine": ("rule_engine", "RuleEngine"),
}

#: Ours, and those that run without a library of their own: they run where ours does.
HOME = ("ours", "ours-whole", "decimal-loop", "float-loop")

#: Outcomes that have to be exact, wherever a figure lies; the others compare floats.
EXACT = (
    "ours", "ours-whole", "decimal-loop", "pandas-decimal", "pandas-whole", "pandera-columns", "pandera-schemas",
    "zen-engine", "rule-engine",
)  # fmt: skip

#: Left out unless named: with a rule for each limit these take minutes, or hours, for what takes them seconds with
#: limits as a column.
SLOW = ("great-expectations-bounds",)


def find_contender(name: str) -> Any:
    """The class of a contender; it is imported here, its library only when it is made."""
    module, kind = CONTENDERS[name]
    return getattr(import_module(f"benchmarks.contenders.{module}"), kind)
