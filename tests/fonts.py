"""A font for pictures under test, so that they need none of the machine's: one box for every Chinese character."""

from __future__ import annotations

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

EM = 1000
CHARACTERS = [*range(0x20, 0x7F), *range(0x3000, 0x3020), *range(0x4E00, 0xA000), *range(0xFF01, 0xFF5F), 0xB7, 0x2014]


def write_font(path: Path, family: str) -> Path:
    """Write a TrueType font of this name and return its path."""
    pen = TTGlyphPen(None)
    corners = (100, 0), (100, 800), (900, 800), (900, 0)
    pen.moveTo(corners[0])
    for corner in corners[1:]:
        pen.lineTo(corner)
    pen.closePath()
    box = pen.glyph()
    font = FontBuilder(EM, isTTF=True)
    font.setupGlyphOrder([".notdef", "box"])
    font.setupCharacterMap(dict.fromkeys(CHARACTERS, "box"))
    font.setupGlyf({".notdef": box, "box": box})
    font.setupHorizontalMetrics({".notdef": (EM, 100), "box": (EM, 100)})
    font.setupHorizontalHeader(ascent=880, descent=-120)
    font.setupNameTable({"familyName": family, "styleName": "Regular"})
    font.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    font.setupPost()
    font.save(str(path))
    return path
