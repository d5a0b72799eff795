"""How a result should look: what a renderer is told beside the report."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Style:
    """Cells of the terminal (None: no window to fit), colour, a byte order mark for files that Excel opens, bars."""

    width: int | None = None
    colour: bool = False
    bom: bool = False
    bars: bool = False


LATIN_FONT, EAST_ASIAN_FONT = "Times New Roman", "SimSun"
"""Fonts of documents and workbooks, by the names that Word and WPS know in every language."""
