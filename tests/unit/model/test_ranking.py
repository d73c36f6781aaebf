from fractions import Fraction

from engine.model.ranking import Adjustment, Standing


def test_a_standing_is_a_value() -> None:
    bonus = Adjustment("bonus", Fraction(1, 2), "前三名", "月度評估辦法")
    one = Standing("甲", 1, Fraction(95), None, 1, 2, ("乙",), (), (bonus,))
    assert one == Standing("甲", 1, Fraction(95), None, 1, 2, ("乙",), (), (bonus,))
