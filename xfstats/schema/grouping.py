"""The fields by which a sheet is grouped where none are asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xfstats.config.normalize import blank
from xfstats.config.plan import Plan
from xfstats.config.vocabulary import Vocabulary
from xfstats.model import Cell, Claim
from xfstats.schema.fields import FieldMap

GROUPINGS = ("level", "unit", "region", "category", "channel")
"""Default grouping fields: the first that the log has is used where none is asked for."""


def grouping(
    field_map: FieldMap,
    constants: Mapping[str, tuple[str, str]],
    claim: Claim,
    plan: Plan,
    vocabulary: Vocabulary,
    below: Sequence[Sequence[Cell]],
) -> tuple[str, ...]:
    """Return the grouping fields: as asked for, else by rules, as preferred for the ledger, or the first that has a label."""
    crossed = (plan.cross,) if plan.cross else ()
    if plan.by is not None:
        return (*plan.by, *crossed)
    if vocabulary.rules.get(claim.log):
        return ("level", *crossed)
    if preferred := dict(plan.preferred_grouping).get(claim):
        return (preferred, *crossed)
    free = [field for field in GROUPINGS if field != plan.cross]
    tied = field_map.ties.keys() - {"level"}  # not asked for: a field with tied columns is skipped, and a finding names it
    known = [field for field in free if (field_map.column(field) is not None and field not in tied) or field in constants]
    known.sort(key=lambda field: field not in constants and _unlabelled(field_map.fields[field], below))
    return (*known[:1], *crossed)


def _unlabelled(column: int, sample: Sequence[Sequence[Cell]]) -> bool:
    """True if no cell of a column is filled."""
    return all(column >= len(row) or blank(row[column]) for row in sample)
