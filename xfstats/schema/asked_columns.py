"""Columns that --by, --cross and --where name as `column:HEADER`, by the rules of every group: no persons, names, free text."""

from __future__ import annotations

from collections.abc import Sequence

from xfstats.config import normalize
from xfstats.config.header_words import about_persons
from xfstats.config.plan import Plan
from xfstats.config.vocabulary import Vocabulary
from xfstats.errors import InputFault
from xfstats.messages import LANGS, raw
from xfstats.model import Cell, Position, column_letter
from xfstats.schema.content import ColumnType, column_type
from xfstats.schema.dates import DateReader
from xfstats.schema.header import JOIN, Header
from xfstats.schema.person_names import are_names, may_head_persons


def asked_columns(
    header: Header, sample: Sequence[Sequence[Cell]], vocabulary: Vocabulary, dates: DateReader, plan: Plan, at: Position
) -> dict[str, int]:
    """Return the column of each field `column_1`, `column_2` of the plan; raise InputFault where one may not be grouped by."""
    found = {}
    for field, to in plan.by_columns.items():
        option = _option(field, plan)
        column = _column(to, option, header, at)
        name, values = header.names[column] or "", [row[column] if column < len(row) else None for row in sample]
        doubtful = normalize.header(name.rsplit(JOIN, maxsplit=1)[-1]) in vocabulary.doubtful
        personal = about_persons(header.candidates[column]) or normalize.of_person(normalize.header(name))
        suspect = doubtful or (not header.candidates[column] and may_head_persons(name))
        if personal or column in header.withheld or are_names(values, vocabulary, capitalised=suspect):
            raise InputFault("E328", at, field=f"{option} column:{to}", column=column_letter(column))
        if column_type(values, vocabulary, dates) is ColumnType.TEXTS:
            raise InputFault("E318", at, field=to, way="")
        found[field] = column
    return found


def _option(field: str, plan: Plan) -> str:
    """Return the option that names a column."""
    return "--by" if field in (plan.by or ()) else "--cross" if field == plan.cross else "--where"


def _column(to: str, option: str, header: Header, at: Position) -> int:
    """Return the column with this header, else with this letter; raise InputFault where none or several fit."""
    wanted = normalize.header(to)
    names = [(place, name) for place, name in enumerate(header.names) if name]
    exact = [place for place, name in names if normalize.header(name) == wanted]
    found = exact or [place for place, name in names if wanted in map(normalize.header, name.split(JOIN))]
    found = found or [place for place in range(len(header.names)) if column_letter(place) == to.upper()]
    if not found:
        raise InputFault("E285", at, option=f"{option} column:{to}")
    if len(found) > 1:
        ways = [f"{option} column:{column_letter(place)}" for place in found]
        raise InputFault("E306", at, field=to, count=len(found), ways=tuple(raw("mark.or", lang).join(ways) for lang in LANGS))
    return found[0]
