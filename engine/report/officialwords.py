"""How official documents write numbers and days. Nothing here needs Word."""

from datetime import date

_DIGITS = "零一二三四五六七八九十"


def heading_number(level: int, number: int) -> str:
    """The number of a heading as the standard writes it.

    >>> [heading_number(level, 12) for level in (1, 2, 3, 4)]
    ['十二、', '（十二）', '12.', '（12）']
    """
    form = ("{}、", "（{}）", "{}.", "（{}）")[level - 1]
    return form.format(chinese_number(number) if level < 3 else number)


def chinese_number(number: int) -> str:
    """A number from 1 to 99 in Chinese.

    >>> [chinese_number(number) for number in (1, 10, 11, 20, 35)]
    ['一', '十', '十一', '二十', '三十五']
    """
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return head + (_DIGITS[ones] if ones else "")


def written_date(day: date | None) -> str:
    """A day as 7.3.5.4 wants it: Arabic digits, in full, without leading zeros; room for one where there is none yet.

    >>> written_date(date(2025, 7, 5))
    '2025年7月5日'
    """
    return f"{day.year}年{day.month}月{day.day}日" if day else "　年　月　日"
