"""Style of the output, which a renderer gets beside the report."""

from __future__ import annotations

from xfstats.frozen import frozen


@frozen
class Style:
    """Terminal width (None: unlimited), colour, byte order mark for Excel, bars."""

    width: int | None = None
    colour: bool = False
    bom: bool = False
    bars: bool = False


EAST_ASIAN_FONT = "SimSun"
"""Font of lists, by the name that Word and WPS know in every language."""
