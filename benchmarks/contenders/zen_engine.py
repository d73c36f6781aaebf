"""zen-engine: an expression for each limit, evaluated for each figure."""

from typing import Any

from benchmarks.contenders.rows import Lists


class Zen(Lists):
    """The unit of measure is converted in the expression. Figures go in as JSON numbers; inside it has decimals."""

    package = "zen-engine"
    name = "zen-engine, an expression per limit"
    number: Any = float

    def __init__(self, folder: Any) -> None:
        import zen

        super().__init__(folder)
        self._expressions = {}
        for key, (comparator, limit) in self.limits.items():
            sign = ">=" if comparator == "at_least" else "<="
            text = f"value == null ? 'u' : value * worth {sign} {limit} ? 'p' : 'f'"
            self._expressions[key] = zen.compile_expression(text)

    def align(self) -> None:
        expressions = self._expressions
        self._aligned = [(expressions[key], {"value": value, "worth": worth}) for key, value, worth in self.given()]

    def judge(self) -> None:
        self._outcomes = [expression.evaluate(context) for expression, context in self._aligned]

    def letters(self) -> str:
        return "".join(self._outcomes)
