"""Exact figures (whole numbers and pairs of them), their rounding half up and their printed form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from typing import TypeAlias

from xfstats.frozen import frozen
from xfstats.messages import say

DASH = "—"


@frozen
class Pair:
    """Numerator and denominator, both whole numbers; without a value where the denominator is 0."""

    numerator: int
    denominator: int

    @property
    def value(self) -> float | None:
        """Return the quotient to six decimals, half up; None where the denominator is 0."""
        return float(round_half_up(self.numerator, self.denominator, 6)) if self.denominator else None


@frozen
class Statistic:
    """Number of days, or of hours, as an exact fraction; without a value where the denominator is 0."""

    numerator: int
    denominator: int
    unit: str = field(default="days", repr=False, compare=False)

    @property
    def value(self) -> float | None:
        """Return the number to six decimals, half up; None where there are no days."""
        return float(round_half_up(self.numerator, self.denominator, 6)) if self.denominator else None

    @property
    def whole(self) -> Statistic:
        """Return the nearest whole number of days, half up."""
        return Statistic(int(round_half_up(self.numerator, self.denominator, 0)), 1) if self.denominator else self


Figure: TypeAlias = int | Pair | Statistic | None
"""Exact figure; None where no column has it, which is neither 0 nor a rate with base 0."""


@frozen
class Change:
    """Figure of now and the figure that it is compared with."""

    now: Figure
    base: Figure

    @property
    def exact(self) -> tuple[int, int] | None:
        """Return the change as a fraction: of a count relative to its base, else the difference; None without a basis."""
        match self.now, self.base:
            case (None, _) | (_, None):
                return None
            case int(now), int(base):
                return (now - base, base) if base else None
            case (Pair(n, d), Pair(m, e)) | (Statistic(n, d), Statistic(m, e)):
                return (n * e - m * d, d * e) if d and e else None
            case _:
                raise TypeError(self)


@frozen
class Place:
    """Rank of a group, 1 the first, among `of` groups; ranks in compared periods by window; ties share a rank."""

    place: int
    of: int
    before: Mapping[str, int | None]


def order_key(figure: Figure) -> tuple[bool, Fraction]:
    """Return the sort key of a figure: whether it has a value, and the value."""
    if figure is None:
        return (False, Fraction(0))
    n, d = (figure, 1) if isinstance(figure, int) else (figure.numerator, figure.denominator)
    return (True, Fraction(n, d)) if d else (False, Fraction(0))


def round_half_up(numerator: int, denominator: int, places: int) -> Decimal:
    """Return the quotient of two whole numbers, the denominator above 0, rounded half away from zero.

    >>> round_half_up(23, 160, 4), round_half_up(1, 3, 2), round_half_up(-1, 8, 2)
    (Decimal('0.1438'), Decimal('0.33'), Decimal('-0.13'))
    """
    sign = -1 if numerator < 0 else 1
    scaled = (2 * abs(numerator) * 10**places + denominator) // (2 * denominator)
    return Decimal(sign * scaled).scaleb(-places)


def format_percent(numerator: int, denominator: int, places: int = 2) -> str:
    """Return a rate in percent, rounded half up from whole numbers.

    >>> format_percent(23, 160), format_percent(0, 0)
    ('14.38%', '—')
    """
    if denominator == 0:
        return DASH
    return f"{round_half_up(100 * numerator, denominator, places):.{places}f}%"


def format_signed(numerator: int, denominator: int, places: int = 2) -> str:
    """Return a number with its sign, rounded half up; 0 has no sign.

    >>> format_signed(1, 3), format_signed(-5, 2, 0), format_signed(0, 4)
    ('+0.33', '-3', '0.00')
    """
    value = round_half_up(numerator, denominator, places)
    return f"{value:+.{places}f}" if value else f"{abs(value):.{places}f}"


def format_count(number: int) -> str:
    """Return a whole number with thousands separators: 30,749."""
    return f"{number:,}"


def format_figure(figure: Figure, places: int = 2) -> str:
    """Return a figure as printed.

    >>> format_figure(30749), format_figure(Pair(1, 3)), format_figure(Statistic(25, 2)), format_figure(Statistic(12, 1))
    ('30,749', '33.33%', '12.5', '12')
    """
    match figure:
        case None:
            return DASH
        case int():
            return format_count(figure)
        case Pair(numerator, denominator):
            return format_percent(numerator, denominator, places)
        case _:
            return _strip_zeros(round_half_up(figure.numerator, figure.denominator, places)) if figure.denominator else DASH


def format_with_pair(figure: Figure, places: int = 2) -> str:
    """Return a figure as printed, a rate with its pair.

    >>> format_with_pair(Pair(1, 3)), format_with_pair(7)
    ('33.33% (1/3)', '7')
    """
    pair = f" ({figure.numerator}/{figure.denominator})" if isinstance(figure, Pair) else ""
    return format_figure(figure, places) + pair


def format_change(change: Change, lang: str, places: int) -> str:
    """Return a change as printed: of a count in %, of a rate in points, of a time in days or hours; or that it has no basis."""
    exact = change.exact
    if exact is None:
        return say("no_basis", lang)
    match change.now:
        case int():
            return format_signed(100 * exact[0], exact[1], places) + "%"
        case Pair():
            return format_signed(100 * exact[0], exact[1], places) + say("points", lang)
        case _:
            unit = change.now.unit if isinstance(change.now, Statistic) else "days"
            return format_signed(*exact, places) + say(unit, lang)


def _strip_zeros(number: Decimal) -> str:
    """Return a number without the zeros at the end of its decimals."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def as_number(value: object) -> float:
    """Return a figure as a number for bars and limits; 0 where it has no value."""
    match value:
        case Pair(numerator, denominator) | Statistic(numerator, denominator):
            return numerator / denominator if denominator else 0.0
        case int():
            return float(value)
        case _:
            return 0.0


def figure_as_json(figure: Figure) -> int | float | dict[str, int | float | None] | None:
    """Return a figure as JSON has it: a whole number, a pair with its value, or a number of days."""
    match figure:
        case Pair():
            return {"numerator": figure.numerator, "denominator": figure.denominator, "value": figure.value}
        case Statistic():
            return int(figure.value) if figure.value is not None and figure.value == int(figure.value) else figure.value
        case _:
            return figure


def median(days: Mapping[int, int]) -> Statistic:
    """Return the mean of the two middle values of a histogram {days: records}.

    >>> median({1: 1, 2: 1, 10: 2})
    Statistic(numerator=12, denominator=2)
    """
    count = sum(days.values())
    if not count:
        return Statistic(0, 0)
    return Statistic(_nth_smallest(days, (count - 1) // 2) + _nth_smallest(days, count // 2), 2)


def p90(days: Mapping[int, int]) -> Statistic:
    """Return the 90th percentile as Excel's PERCENTILE.INC: interpolated linearly at position 0.9 (n - 1)."""
    count = sum(days.values())
    if not count:
        return Statistic(0, 0)
    whole, tenths = divmod(9 * (count - 1), 10)
    low = _nth_smallest(days, whole)
    high = _nth_smallest(days, min(whole + 1, count - 1))
    return Statistic(10 * low + tenths * (high - low), 10)


def mean(days: Mapping[int, int]) -> Statistic:
    """Return the mean of a histogram."""
    return Statistic(sum(day * count for day, count in days.items()), sum(days.values()))


def _nth_smallest(days: Mapping[int, int], n: int) -> int:
    """Return the n-th smallest value of a histogram, from 0."""
    ordered = sorted(days)
    return next(day for day, upto in zip(ordered, accumulate(map(days.__getitem__, ordered)), strict=True) if upto > n)


STATISTICS = {"median": median, "p90": p90, "mean": mean}


def in_hours(minutes: Statistic) -> Statistic:
    """Return a number of minutes in hours.

    >>> in_hours(Statistic(180, 2)).value
    1.5
    """
    return Statistic(minutes.numerator, 60 * minutes.denominator, "hours")
