"""Row of a table: its labels, and its figures with their changes, places and bases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from xfstats.config.periods import YEAR_TO_DATE
from xfstats.frozen import frozen
from xfstats.reports.figures import Change, Figure, Pair, Place, Statistic, round_half_up


@frozen
class FigureBlock:
    """Figures of one group by measure, their changes by measure and window, and the group's places by measure."""

    figures: Mapping[str, Figure]
    changes: Mapping[str, Mapping[str, Change | None]] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    bases: Mapping[str, Pair] = field(default_factory=dict)
    """Number of records that a measure is known for, of all, where not for all, by measure."""
    cumulative: Mapping[str, Figure] = field(default_factory=dict)
    """Figures of the year up to the end of the period, by measure, where asked for."""


@frozen
class Row:
    """Row of a table: its labels by field (a subtotal lacks the inner fields) and its figures.

    `kind` is group, subtotal, of_which, rest (of `rest` remaining groups) or total; `cells` are the blocks by crossed value.
    """

    group: Mapping[str, str | None]
    block: FigureBlock
    kind: str = "group"
    rest: int = 0
    cells: Mapping[str | None, FigureBlock] = field(default_factory=dict)

    @property
    def figures(self) -> Mapping[str, Figure]:
        """Return the row's figures by measure."""
        return self.block.figures

    @property
    def plain_group(self) -> dict[str, Any]:
        """Return the labels by field as data formats have them: of the remaining groups how many they are."""
        first = next(iter(self.group), None)
        return {name: {"rest": self.rest} if self.rest and name == first else label for name, label in self.group.items()}

    @property
    def of_which(self) -> bool:
        """True if it is an of-which row (其中), which is no part of the sum."""
        return self.kind == "of_which"

    @property
    def subtotal(self) -> bool:
        """True if it is the sum of the rows of an outer group."""
        return self.kind == "subtotal"


def plain_numbers(figures: Mapping[str, Figure]) -> dict[str, int | float | None]:
    """Return figures as plain numbers, rates as decimals."""
    return {key: figure.value if isinstance(figure, Pair | Statistic) else figure for key, figure in figures.items()}


def row_values(row: Row) -> dict[str, int | float | None]:
    """Return a row's figures as plain numbers by data column, with pairs, changes and places."""
    found = plain_numbers(row.figures)
    for key, figure in row.figures.items():
        if isinstance(figure, Pair):
            found |= {f"{key}_numerator": figure.numerator, f"{key}_denominator": figure.denominator}
    for key, windows in row.block.changes.items():
        for name, change in windows.items():
            exact = change.exact if change else None
            found[f"{key}_{name}"] = float(round_half_up(*exact, 6)) if exact else None
            found[f"{key}_{name}_base"] = plain_numbers({key: change.base})[key] if change else None
    for key, figure in row.block.cumulative.items():
        found[f"{key}_{YEAR_TO_DATE}"] = plain_numbers({key: figure})[key]
        if isinstance(figure, Pair):
            found |= {
                f"{key}_{YEAR_TO_DATE}_numerator": figure.numerator,
                f"{key}_{YEAR_TO_DATE}_denominator": figure.denominator,
            }
    for key, place in row.block.places.items():
        found |= {f"{key}_place": place.place, **{f"{key}_place_{name}": before for name, before in place.before.items()}}
    return found
