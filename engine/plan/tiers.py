"""What a body's name says about it: whether it stands for several bodies, and on which tier it stands."""

import re

from engine.plan.fold import fold_text

#: Words of a name that stands for bodies which the plan does not list.
_GROUP = re.compile(
    r"^(?:各|有关|相关|其他|其它|全市|全县|全区)|(?:有关|相关|其他|其它)(?:部门|单位|企业|县|市|区)|"
    r"各(?:县|市|区|镇|乡|街道|园区|部门|单位|委|办|局|地|开发区|成员|功能区|级|有关|相关)|"
    r"(?:成员单位|部门|单位|企业|平台公司)$"
)

#: Name → tier, tried from the top; what nothing fits is a department of the plan's own government.
_TIERS: tuple[tuple[str, str], ...] = (
    (r"^(?:省|自治区)", "province"),
    (r"(?:高新|经开|开发|新|保税|示范|园)区(?:管委会|管理委员会)?$|管委会$|管理委员会$", "development-zone"),
    (r"(?:街道|街道办|街道办事处|镇|乡|苏木)(?:人民政府|政府)?$", "township"),
    (r"(?:公司|集团|银行|电网|供电)(?:[^局委]{0,6})$", "company"),
    (r"(?:大学|学院|学校|中学|医院|研究院|中心|馆|院|台|社)$", "institution"),
    (r"(?:县|区|市|旗|州)(?:人民政府|政府|委)?$", "county"),
)
_DEPARTMENT = "department"


def is_group_word(name: str) -> bool:
    """Whether a name stands for bodies that the plan does not list.

    >>> is_group_word("各縣市區人民政府"), is_group_word("市發改委")
    (True, False)
    """
    return bool(_GROUP.search(fold_text(name)))


def guess_tier(name: str) -> str:
    """A first guess at the tier of a single body, for a person to look over.

    >>> guess_tier("嘉魚縣人民政府"), guess_tier("咸寧高新區管委會"), guess_tier("市發改委")
    ('county', 'development-zone', 'department')
    """
    folded = fold_text(name)
    return next((tier for pattern, tier in _TIERS if re.search(pattern, folded)), _DEPARTMENT)
