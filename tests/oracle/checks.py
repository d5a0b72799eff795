"""The program's figures beside the oracle's: every difference is named, not only the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.logs import report
from tests.oracle.logs import AS_OF
from tests.oracle.presets import RATES
from tests.oracle.sql import COUNTS, DAYS, Definition, Oracle
from xfstats.reports.figures import Figure, Pair, Statistic
from xfstats.reports.table import Table

HEADS = ["visits", "persons", "collective_visits", "collective_persons"]
NO_RATING = [
    "rated",
    "rated_satisfied",
    "rated_basically",
    "rated_dissatisfied",
    "rated_unrated",
    "satisfied",
    "participation_rate",
    "satisfaction_rate",
    "satisfaction_unit_rate",
]
ACCEPTING = ["accepted", "accepted_in_time", "acceptance_rate"]
EVERY = ["share", *COUNTS, *DAYS, *RATES]


def measures(shape: str) -> list[str]:
    """Every measure that a log of a shape has columns for."""
    left_out = {
        "cases": HEADS,
        "visits": ["cases"],
        "batches": ["cases"],
        "groups": ["cases", "persons", "collective_persons"],
        "flags": HEADS,
        "undated": [*HEADS, *ACCEPTING],
        "solved": [*HEADS, "excluded", "settled", "settlement_rate"],
        "dates": [*HEADS, "excluded", "settled", "settlement_rate", "resolved", "resolution_rate"],
    }[shape]
    return [key for key in EVERY if key not in left_out]


def count(path: Path, oracle: Oracle, given: Definition, keys: Sequence[str], **options: Any) -> Table:
    """The program's table of a log, by a profile that says the same as a definition."""
    profile = path.with_name("office.toml")
    profile.write_text(given.toml(oracle.holidays), encoding="utf-8")
    return report(path, profile=profile, measure=",".join(keys), **{"as_of": AS_OF, **options}).tables[0]


def same(key: str, ours: Figure, theirs: Mapping[str, Any], total: Mapping[str, Any]) -> bool:
    """Whether one figure is what SQL says."""
    if key == "share":
        return ours == Pair(theirs["cases"], total["cases"])
    if key in RATES:
        return ours == Pair(theirs[f"{key}.over"], theirs[f"{key}.under"])
    if isinstance(ours, Statistic):
        value = ours.value
        return theirs[key] is None if value is None else theirs[key] is not None and abs(value - theirs[key]) < 1e-5
    return ours == theirs[key]


def said(key: str, theirs: Mapping[str, Any]) -> object:
    """The figure of SQL, to print."""
    return (theirs[f"{key}.over"], theirs[f"{key}.under"]) if key in RATES else theirs.get(key)


Groups = Mapping[tuple[str | None, ...], Mapping[str, Any]]


class Comparison:
    """Differences found, and how many figures were compared."""

    def __init__(self) -> None:
        self.differences: list[str] = []
        self.compared = 0

    def figures(
        self, ours: Mapping[str, Figure], theirs: Mapping[str, Any] | None, total: Mapping[str, Any], place: object
    ) -> None:
        """One group; None where SQL has no record of it."""
        for key, figure in ours.items():
            self.compared += 1
            if theirs is None:
                if not is_empty(figure) and key != "share":
                    self.differences.append(f"{place} {key}: ours {figure}, SQL has no record")
            elif not same(key, figure, theirs, total):
                self.differences.append(f"{place} {key}: ours {figure}, SQL {said(key, theirs)}")

    def table(self, table: Table, groups: Groups, by: Sequence[str], place: object = "") -> None:
        """Every row, every subtotal and the total; a group of SQL that has no row is a difference too."""
        seen = {()}
        for row in table.rows:
            key = tuple(row.group[name] for name in by if name in row.group)
            seen.add(key)
            self.figures(row.figures, groups.get(key), groups[()], (place, key))
        self.figures(table.total, groups[()], groups[()], (place, "total"))
        missing = {key for key in groups if len(key) == len(by)} - seen
        if missing:
            self.differences.append(f"{place}: no row for {missing}")

    def windows(self, table: Table, name: str, groups: Groups, by: Sequence[str], place: object = "") -> None:
        """What each figure is compared with."""
        for row in (*table.rows, table.total_row):
            key = tuple(row.group[field] for field in by if field in row.group)
            changes = {measure: found[name] for measure, found in row.block.changes.items()}
            bases = {measure: change.base for measure, change in changes.items() if change is not None}
            if not bases:
                self.differences.append(f"{place} {name} {key}: no base")
            self.figures(bases, groups.get(key), groups.get((), {}), (place, name, key))

    def done(self) -> None:
        """Fail with all that differs."""
        assert self.compared, "nothing was compared"
        assert not self.differences, f"{len(self.differences)} of {self.compared} differ\n" + "\n".join(self.differences[:40])


def is_empty(figure: Figure) -> bool:
    """Whether a figure is what a group without records has."""
    match figure:
        case Pair(top, under) | Statistic(top, under):
            return (top, under) == (0, 0)
        case _:
            return figure == 0
