"""Capabilities of a sheet's records: its fields, status sets and derived facts, and the words that make each status set."""

from __future__ import annotations

from xfstats.model import SETS
from xfstats.records.answers import RATINGS
from xfstats.records.frame import Records
from xfstats.records.statuses import FLAG_OF, OUT_FLAG
from xfstats.records.unknown_states import OUTCOMES, untold_sets
from xfstats.schema.infer import Schema

OWN_FLAG = {**{one: name for name, one in FLAG_OF.items()}, "excluded": OUT_FLAG}
"""The yes/no column of each set."""


def _supports(records: Records, schema: Schema) -> tuple[str, ...]:
    """Return what this sheet can tell, as keys such as `set:closed`, `field:persons` and `known:satisfaction`."""
    told = {f"set:{one}" for one in records.outcomes.supports} | {
        f"field:{name}" for name in (*schema.columns, *schema.constants)
    }
    if "due_on" not in records.frame or records.frame["due_on"].isna().all():
        told.discard("field:due_on")
    if records.outcomes.by_words or "set:closed" in told:
        told.add("status")
    if records.outcomes.by_date:
        told.add("closed:date")
    if records.outcomes.by_timeliness:
        told.add("closed:on_time")
    if "on_time_flag" in records.answers.classes and not any(records.answers.classes["on_time_flag"].values):
        told.discard("field:on_time_flag")
    worded = records.outcomes.by_words and {"status", "outcome"} & schema.columns.keys()
    told |= {f"tell:{one}" for one in SETS if worded or OWN_FLAG.get(one) in schema.columns}
    told |= {f"known:{one}" for one in OUTCOMES} - {f"known:{one}" for one in untold_sets(records)}
    told |= {f"known:{one}" for one in RATINGS if one not in records.answers.marks}
    told |= {f"bits:{one}" for one in records.answers.bits}
    if "collective" in schema.columns or ("persons" in records.frame and "batches" not in records.frame):
        told.add("tell:collective")
    if "minutes" in records.frame:
        told.add("tell:hours")
    return tuple(sorted(told))


def _words_by_set(records: Records) -> dict[str, dict[str, int]]:
    """Return the status and outcome words that put records into each set, with their counts, for the notes under a table."""
    found: dict[str, dict[str, int]] = {one: {} for one in records.outcomes.made}
    for one, words in records.outcomes.made.items():
        for name in ("status", "outcome"):
            counts = records.words.get(name, {})
            found[one].update({word: counts[word] for word in words if word in counts})
    return found
