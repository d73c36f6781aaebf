import pytest

from engine.plan.context import find_candidates
from engine.plan.numbers import find_numbers
from engine.plan.refuse import reasons_against


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("每亩补贴150元", ["the rate of a grant or a levy, not a promise"]),
        ("给予奖励50万元", ["the rate of a grant or a levy, not a promise"]),
        ("发放补贴500万元", [None]),
        ("裁员率放宽到不超过职工总数20%", ["the rate of a grant or a levy, not a promise"]),
        (
            "对年纳税500万元以上的企业,分别给予10%、5%的奖励",
            [
                "the rate of a grant or a levy, not a promise",
                "the rate of a grant or a levy, not a promise",
                "the rate of a grant or a levy, not a promise",
            ],
        ),
        ("提高村医补助至5000元", [None]),
    ],
)
def test_rate_is_no_promise(text: str, reasons: list[str | None]) -> None:
    found = find_candidates(text, list(find_numbers(text)))
    assert list(reasons_against(found, text, 2025)) == reasons
