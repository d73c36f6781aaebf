"""What a scheme says of a rule: its own word first, then the group's."""

from fractions import Fraction

from engine.model.scoring import Method, MethodName, Override
from engine.model.source import Source
from tests.unit.rank.ranks import ALL, scheme_of


def test_a_rule_apart_has_its_own_weight_and_method() -> None:
    rank = Method(MethodName.RANK, "示例")
    scheme = scheme_of(overrides=(Override(("growth",), Fraction(2), rank, "示例", Source("policy.yaml")),))
    assert (scheme.weight("growth"), scheme.method_of("growth")) == (Fraction(2), rank)
    assert (scheme.weight("firms"), scheme.method_of("firms")) == (Fraction(1), ALL)


def test_a_rule_apart_may_keep_the_method_of_its_group() -> None:
    scheme = scheme_of(overrides=(Override(("growth",), Fraction(2), None, "示例", Source("policy.yaml")),))
    assert scheme.method_of("growth") == ALL
