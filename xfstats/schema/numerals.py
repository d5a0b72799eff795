"""Whole numbers in Chinese numerals: 十二, 一百零五."""

from __future__ import annotations

_VALUES = {**{char: value for value, char in enumerate("零一二三四五六七八九")}, "〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}


def chinese_number(text: str) -> int | None:
    """Return 十二, 二十三, 一百零五, 两千 as numbers; None for 二三 and other loose writing."""
    total = value = 0
    last = 10_000
    for char in text:
        if char in _UNITS:
            unit = _UNITS[char]
            if unit >= last or (not value and not (unit == 10 and not total)):
                return None
            total, value, last = total + (value or 1) * unit, 0, unit
        elif value:
            return None
        else:
            value = _VALUES[char]
    return total + value
