"""Coverage of measures: for each of them, the number of records in sheets that have its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from xfstats.frozen import frozen
from xfstats.measures.capabilities import Capability, column_of, fact, records_in, ticks_of, words_of
from xfstats.measures.choices import Choices
from xfstats.measures.definitions import AMOUNT, BY_KEY, kind, parts_of
from xfstats.measures.needs import coverage_key, is_supported
from xfstats.measures.tally import FileTally, SheetTally, Tally
from xfstats.model import GroupKey, Ledger, Log, RowKind, RowRole

Runs = tuple[tuple[int, int], ...]
UNTOLD = RowKind(RowRole.LEFT_OUT, "untold")
"""Kind of the rows of a figure's group that are in a sheet without the figure's column."""
_RATINGS = ("satisfaction", "satisfaction_unit")
_OWN_COLUMN = {"settled": column_of("settled_flag"), "resolved": column_of("resolved_flag")}
"""Outcomes that a yes/no column of their own can give, and the capability that such a column is."""


@frozen
class Coverage:
    """The measures that the columns of a sheet do not support, and the names of the coverage counts of the others."""

    lacking: frozenset[str]
    """Measures that the sheet does not support, and the counts that they are made of."""
    told: tuple[str, ...]
    units: frozenset[str]
    """`days` and `hours`, where all statistics of them are supported."""

    def restrict(self, sums: Tally, log: Log) -> Tally:
        """Return the tally without unsupported measures; each group gets the coverage counts of the supported ones."""
        return Tally(
            self._counts(sums.counts, AMOUNT[log]),
            sums.days if "days" in self.units else {},
            self._counts(sums.subsets, AMOUNT[log]),
            sums.subset_days if "days" in self.units else {},
            sums.minutes if "hours" in self.units else {},
            sums.subset_minutes if "hours" in self.units else {},
        )

    def _counts(self, groups: Mapping[GroupKey, Mapping[str, int]], amount: str) -> dict[GroupKey, Mapping[str, int]]:
        """Return the counts of each group without those of unsupported measures, with the coverage counts of the others."""
        return {
            key: {
                **{name: number for name, number in counts.items() if name not in self.lacking},
                **dict.fromkeys(self.told, counts.get(amount, 0)),
            }
            for key, counts in groups.items()
        }

    def behind(self, runs: Mapping[RowKind, Runs], measure: str | None) -> Mapping[RowKind, Runs]:
        """Return the rows of a figure by kind; where the sheet does not support it, its group's rows as untold."""
        if measure not in self.lacking:
            return runs
        found: dict[RowKind, list[tuple[int, int]]] = {}
        for rows, own in runs.items():
            uncounted = rows.role in {RowRole.REJECTED, RowRole.OUTSIDE}
            found.setdefault(rows if uncounted else UNTOLD._replace(compared=rows.compared), []).extend(own)
        return {rows: tuple(sorted(own)) for rows, own in found.items()}


def coverage(supports: Sequence[Capability], keys: Sequence[str], choices: Choices) -> Coverage:
    """Return which of these measures a sheet with these capabilities supports.

    A coverage count is kept also where it is 0: a group without records then has 0 closed where the sheet has a column for it,
    and no figure where it has none.
    """
    lacking = [key for key in keys if not is_supported(key, choices, supports)]
    names = [coverage_key(key, choices) for key in keys if key not in lacking]
    return Coverage(
        frozenset((*lacking, *(part for key in lacking for part in parts_of(key)))),
        tuple(dict.fromkeys(name for name in names if name is not None)),
        frozenset(("days", "hours")) - {kind(BY_KEY[key]) for key in lacking},
    )


def restrict(files: Sequence[FileTally], keys: Sequence[str], choices: Choices, explained: str | None) -> list[FileTally]:
    """Return the tallies, each sheet restricted to the measures that it supports; likewise the rows of the `explained` one."""
    supports = settled_supports([sheet for file in files for sheet in file.sheets])
    found: dict[tuple[Capability, ...], Coverage] = {}
    for one in supports:
        if one not in found:
            found[one] = coverage(one, keys, choices)
    own = iter(supports)
    return [
        replace(file, sheets=tuple(_restricted(sheet, one := next(own), found[one], explained) for sheet in file.sheets))
        for file in files
    ]


def _restricted(sheet: SheetTally, supports: tuple[Capability, ...], own: Coverage, explained: str | None) -> SheetTally:
    """Return the tally of a sheet with the measures that its columns support."""
    return replace(
        sheet,
        supports=supports,
        told=own.told,
        sums=own.restrict(sheet.sums, sheet.log),
        windows={name: own.restrict(sums, sheet.log) for name, sums in sheet.windows.items()},
        detail={name: cells for name, cells in sheet.detail.items() if name.removeprefix("count:") not in own.lacking},
        traced_rows=own.behind(sheet.traced_rows, explained),
    )


def settled_supports(sheets: Sequence[SheetTally]) -> list[tuple[Capability, ...]]:
    """Return the capabilities of each sheet, restricted by those of the other sheets of its ledger.

    Where only yes/no columns give an outcome in a ledger, and no status word of any sheet means it, status columns do not
    support it: beside one list with 是否化解, lists with 已办结 and 办理中 have no figure of it, instead of 0.  A 1 in a
    list whose ledger has ratings from 1 to 5 elsewhere is such a rating, not a yes.
    """
    barred = set()
    for one, column in _OWN_COLUMN.items():
        for ledger in Ledger:
            telling = [sheet for sheet in sheets if sheet.kept_as == ledger and records_in(one) in sheet.supports]
            if telling and all(column in sheet.supports for sheet in telling):
                barred.add((ledger, one))

    marked = {(sheet.kept_as, one) for sheet in sheets for one in _RATINGS if words_of(one) not in sheet.supports}

    def restricted(sheet: SheetTally) -> tuple[Capability, ...]:
        """Return the capabilities of one sheet that its ledger leaves to it."""
        gone = {words_of(one) for ledger, one in marked if ledger == sheet.kept_as and ticks_of(one) in sheet.supports}
        gone |= {fact(one) for ledger, one in barred if ledger == sheet.kept_as and records_in(one) not in sheet.supports}
        return tuple(one for one in sheet.supports if one not in gone)

    return [restricted(sheet) for sheet in sheets]
