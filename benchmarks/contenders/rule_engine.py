"""rule-engine: a rule for each limit, matched against each figure."""

from typing import Any

from benchmarks.contenders.rows import Lists


class RuleEngine(Lists):
    """The unit of measure is converted in the rule; numbers are decimals, which are its own."""

    package = "rule-engine"
    name = "rule-engine, a rule per limit"

    def __init__(self, folder: Any) -> None:
        import rule_engine

        super().__init__(folder)
        self._rules = {}
        for key, (comparator, limit) in self.limits.items():
            sign = ">=" if comparator == "at_least" else "<="
            self._rules[key] = rule_engine.Rule(f"value * worth {sign} {limit}")

    def align(self) -> None:
        rules = self._rules
        self._aligned = [(rules[key], {"value": value, "worth": worth}) for key, value, worth in self.given()]

    def judge(self) -> None:
        outcomes = []
        for rule, thing in self._aligned:
            if thing["value"] is None:
                outcomes.append("u")
            else:
                outcomes.append("p" if rule.matches(thing) else "f")
        self._outcomes = outcomes

    def letters(self) -> str:
        return "".join(self._outcomes)
