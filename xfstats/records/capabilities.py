"""Capabilities of a sheet's records: its fields, status sets and derived facts, and the words that make each status set."""

from __future__ import annotations

from xfstats.measures.capabilities import (
    CLOSED_BY_DATE,
    CLOSED_BY_TIMELINESS,
    COLLECTIVE,
    HOURS,
    STATUS,
    Capability,
    column_of,
    fact,
    records_in,
    ticks_of,
    words_of,
)
from xfstats.model import SETS
from xfstats.records.answers import RATINGS
from xfstats.records.frame import Records
from xfstats.records.statuses import FLAG_OF, OUT_FLAG
from xfstats.records.unknown_states import OUTCOMES, untold_sets
from xfstats.schema.infer import Schema

OWN_FLAG = {**{one: name for name, one in FLAG_OF.items()}, "excluded": OUT_FLAG}
"""The yes/no column of each set."""


def capabilities(records: Records, schema: Schema) -> tuple[Capability, ...]:
    """Return what this sheet can tell, in a fixed order."""
    told = {*map(records_in, records.outcomes.supports), *map(column_of, (*schema.columns, *schema.constants))}
    told -= {column_of(field) for field in schema.offered if field not in records.answers.classes}
    if "due_on" not in records.frame or records.frame["due_on"].isna().all():
        told.discard(column_of("due_on"))
    if records.outcomes.by_words or records_in("closed") in told:
        told.add(STATUS)
    if records.outcomes.by_date:
        told.add(CLOSED_BY_DATE)
    if records.outcomes.by_timeliness:
        told.add(CLOSED_BY_TIMELINESS)
    if "on_time_flag" in records.answers.classes and not any(records.answers.classes["on_time_flag"].values):
        told.discard(column_of("on_time_flag"))
    worded = records.outcomes.by_words and {"status", "outcome"} & schema.columns.keys()
    told |= {fact(one) for one in SETS if worded or OWN_FLAG.get(one) in schema.columns}
    told |= {words_of(one) for one in {*OUTCOMES} - {*untold_sets(records)}}
    told |= {words_of(one) for one in RATINGS if one not in records.answers.marks}
    told |= set(map(ticks_of, records.answers.bits))
    if column_of("collective") in told or ("persons" in records.frame and "batches" not in records.frame):
        told.add(COLLECTIVE)
    if "minutes" in records.frame:
        told.add(HOURS)
    return tuple(sorted(told))


def words_by_set(records: Records) -> dict[str, dict[str, int]]:
    """Return the status and outcome words that put records into each set, with their counts, for the notes under a table."""
    found: dict[str, dict[str, int]] = {one: {} for one in records.outcomes.made}
    for one, words in records.outcomes.made.items():
        for name in ("status", "outcome"):
            counts = records.words.get(name, {})
            found[one].update({word: counts[word] for word in words if word in counts})
    return found
