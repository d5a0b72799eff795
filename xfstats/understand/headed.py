"""The columns of a sheet as they may be named to people (design §8)."""

from __future__ import annotations

from xfstats.config.vocabulary import about_persons
from xfstats.model import Heading, column_letter
from xfstats.understand.headers import Header
from xfstats.understand.shapes import showable


def shown_name(header: Header, column: int) -> str | None:
    """A column's header, where it has one that may be shown."""
    name = header.names[column] if column < len(header.names) else None
    return name if name and (header.candidates[column] or showable(name, len(header.known))) else None


def headed(header: Header) -> tuple[Heading, ...]:
    """Every column that has a header; those about persons are said as such."""
    return tuple(
        Heading(column_letter(column), shown_name(header, column), about_persons(header.candidates[column]))
        for column, name in enumerate(header.names)
        if name is not None
    )
