"""Fonts of a workbook: those of the document, named once in [fonts] of the texts, by names that Word, Excel and WPS know."""

from __future__ import annotations

from typing import NamedTuple

from xfstats.messages import raw


class Fonts(NamedTuple):
    """Fonts of titles, of heads, of running text, of tables, and of figures."""

    title: str
    head: str
    body: str
    table: str
    figure: str

    @classmethod
    def of(cls, lang: str) -> Fonts:
        """Return the fonts of a language."""
        return cls(*(raw(key, lang, "fonts") for key in ("title", "heading", "body", "table", "latin")))
