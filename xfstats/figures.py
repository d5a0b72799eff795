"""Whole numbers and pairs of them, rounded half up to text in this one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

MISSING = "—"


@dataclass(frozen=True)
class Pair:
    """A numerator over a denominator, both whole; a base of 0 has no value."""

    numerator: int
    denominator: int

    @property
    def value(self) -> float | None:
        """The quotient to six decimals, half up; None where the base is 0."""
        return float(half_up(self.numerator, self.denominator, 6)) if self.denominator else None


@dataclass(frozen=True)
class Statistic:
    """A number of days as a fraction of whole numbers, exact; a denominator of 0 has no value."""

    numerator: int
    denominator: int

    @property
    def value(self) -> float | None:
        """The number to six decimals, half up; None where there are no days."""
        return float(half_up(self.numerator, self.denominator, 6)) if self.denominator else None


Figure: TypeAlias = int | Pair | Statistic


def half_up(numerator: int, denominator: int, places: int) -> Decimal:
    """The quotient of whole numbers, the denominator above 0, rounded half away from zero.

    >>> half_up(23, 160, 4), half_up(1, 3, 2), half_up(-1, 8, 2)
    (Decimal('0.1438'), Decimal('0.33'), Decimal('-0.13'))
    """
    sign = -1 if numerator < 0 else 1
    scaled = (2 * abs(numerator) * 10**places + denominator) // (2 * denominator)
    return Decimal(sign * scaled).scaleb(-places)


def percent(numerator: int, denominator: int, places: int = 2) -> str:
    """A rate in percent, half up, from whole numbers.

    >>> percent(23, 160), percent(0, 0)
    ('14.38%', '—')
    """
    if denominator == 0:
        return MISSING
    return f"{half_up(100 * numerator, denominator, places):.{places}f}%"


def thousands(number: int) -> str:
    """A whole number as printed: 30,749."""
    return f"{number:,}"


def shown(figure: Figure, places: int = 2) -> str:
    """A figure as printed for people.

    >>> shown(30749), shown(Pair(1, 3)), shown(Statistic(25, 2)), shown(Statistic(12, 1))
    ('30,749', '33.33%', '12.5', '12')
    """
    match figure:
        case int():
            return thousands(figure)
        case Pair(numerator, denominator):
            return percent(numerator, denominator, places)
        case Statistic(_, 0):
            return MISSING
        case Statistic(numerator, denominator):
            return (
                f"{half_up(numerator, denominator, places):f}".rstrip("0").rstrip(".")
                if places
                else str(half_up(numerator, denominator, 0))
            )


def median(days: Mapping[int, int]) -> Statistic:
    """The mean of the two middle values of a histogram {days: how many}.

    >>> median({1: 1, 2: 1, 10: 2})
    Statistic(numerator=12, denominator=2)
    """
    count = sum(days.values())
    if not count:
        return Statistic(0, 0)
    return Statistic(_nth(days, (count - 1) // 2) + _nth(days, count // 2), 2)


def p90(days: Mapping[int, int]) -> Statistic:
    """Excel's PERCENTILE.INC at 0.9: linear between the two values around position 0.9 (n - 1)."""
    count = sum(days.values())
    if not count:
        return Statistic(0, 0)
    whole, tenths = divmod(9 * (count - 1), 10)
    low = _nth(days, whole)
    high = _nth(days, min(whole + 1, count - 1))
    return Statistic(10 * low + tenths * (high - low), 10)


def mean(days: Mapping[int, int]) -> Statistic:
    """The sum of the days over how many there are."""
    return Statistic(sum(day * count for day, count in days.items()), sum(days.values()))


def _nth(days: Mapping[int, int], n: int) -> int:
    """The n-th smallest value, from 0."""
    for day in sorted(days):
        n -= days[day]
        if n < 0:
            return day
    raise ValueError(n)


STATISTICS = {"median": median, "p90": p90, "mean": mean}
