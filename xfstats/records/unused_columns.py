"""Notes on the columns of a sheet that are not used although they could be, with the options that use them."""

from __future__ import annotations

from xfstats.records.rejects import RowReview
from xfstats.schema.fields import ways_to_map
from xfstats.schema.infer import spared_ties

_OTHER_DAYS = ("accepted_on", "closed_on", "due_on")
"""Fields of days by which the records of a log without days of receipt can be judged, the likeliest first."""


def note_unused_columns(review: RowReview) -> None:
    """Note tied columns, other days than those of receipt, columns that could close or group, and tables beside the log."""
    schema = review.schema
    for field, tie in spared_ties(schema, review.plan).items():
        ways = ", ".join(ways_to_map(field, tie, schema.header))
        review.note_sheet("W276", when=True, field=field, count=len(tie), ways=ways)
    judging = (
        []
        if "received_on" in schema.field_map.fields or schema.days
        else [one for one in _OTHER_DAYS if one in schema.field_map.fields]
    )
    ways = ", ".join(f"--date-by {one}" for one in judging)
    review.note_sheet("W299", when=bool(judging) and review.plan.judged_by == "received_on", ways=ways)
    could = schema.could_close
    review.note_sheet("W300", when=bool(could), count=len(could), ways=", ".join(could))
    could = schema.could_group
    review.note_sheet("W298", when=bool(could), count=len(could), ways=", ".join(could))
    review.note_sheet("W228", columns=", ".join(schema.side_tables), when=bool(schema.side_tables))
