"""Order and ranks of rows: known labels first, or by a measure; ties share a rank and the next is skipped."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from xfstats.config.plan import Order
from xfstats.model import GroupKey
from xfstats.reports.figures import Figure, Place, order_key


def sort_key(order: Order, figure: Figure) -> tuple[bool, Fraction]:
    """Return the sort key of a figure in the order's direction, figures without a value last."""
    has, value = order_key(figure)
    return not has, value if order.ascending else -value


def sort_groups(
    keys: Sequence[GroupKey],
    by: Sequence[str],
    series: str | None,
    label_places: Mapping[str, int],
    size: Callable[[GroupKey], int],
    figure: Callable[[GroupKey], Figure] | None,
    order: Order | None,
) -> list[GroupKey]:
    """Return the groups in the order of their rows, at every depth: a series by time, else by measure or known labels."""

    def place_in_group(key: GroupKey) -> tuple[object, ...]:
        """Return what a group is sorted by among those of one outer group."""
        label = key[-1]
        label_key = (
            (2, 0, "") if label is None else (0, label_places[label], "") if label in label_places else (1, -size(key), label)
        )
        if by[len(key) - 1] == series:
            return (label is None, label or "")
        return (sort_key(order, figure(key)), label_key) if order is not None and figure is not None else label_key

    return sorted(keys, key=lambda key: tuple(place_in_group(key[:depth]) for depth in range(1, len(key) + 1)))


def rank_groups(
    figures: Mapping[GroupKey, Figure], before: Mapping[str, Mapping[GroupKey, Figure]], order: Order
) -> dict[GroupKey, Place]:
    """Return the rank of each group with a figure among those with the same outer group; blank groups have none."""
    now = _places_among(figures, order)
    earlier = {name: _places_among(own, order) for name, own in before.items()}
    siblings = {key[:-1]: sum(1 for other in now if other[:-1] == key[:-1]) for key in now}
    return {
        key: Place(place, siblings[key[:-1]], {name: standing.get(key) for name, standing in earlier.items()})
        for key, place in now.items()
    }


def _places_among(figures: Mapping[GroupKey, Figure], order: Order) -> dict[GroupKey, int]:
    """Return the rank of each group with a figure among the groups of the same outer group."""
    values = {key: sort_key(order, figure) for key, figure in figures.items() if key[-1] is not None and order_key(figure)[0]}
    siblings: dict[GroupKey, list[tuple[bool, Fraction]]] = {}
    for key, value in values.items():
        siblings.setdefault(key[:-1], []).append(value)
    for found in siblings.values():
        found.sort()
    return {key: 1 + bisect_left(siblings[key[:-1]], value) for key, value in values.items()}


def first_groups(keys: Sequence[GroupKey], figure: Callable[[GroupKey], Figure], count: int, order: Order) -> list[GroupKey]:
    """Return the first `count` groups in an order, and those tied with the last; never blank groups."""
    named = sorted((key for key in keys if key[-1] is not None), key=lambda key: sort_key(order, figure(key)))
    if len(named) <= count:
        return named
    last = sort_key(order, figure(named[count - 1]))
    return [key for key in named if sort_key(order, figure(key)) <= last]
