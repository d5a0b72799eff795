"""The fields by which a sheet is grouped where none are asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xfstats.config.normalize import blank, label_key, text_of
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
    """Return the grouping fields: as asked for, else by rules, as preferred for the ledger, or the first that has labels.

    A field other than the level that has one label in all rows comes after one that has several, an empty one after both.
    """
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
    known.sort(key=lambda field: field not in constants and _last(field, field_map.fields[field], below))
    return (*known[:1], *crossed)


def _last(field: str, column: int, sample: Sequence[Sequence[Cell]]) -> int:
    """Return where a field comes among those to group by: 0 with several labels, or of a level; 1 with one; 2 with none."""
    labels = {label_key(text_of(row[column])) for row in sample if column < len(row) and not blank(row[column])}
    return 0 if len(labels) > 1 or (labels and field == "level") else 2 - len(labels)
