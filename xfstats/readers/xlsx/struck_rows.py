"""Struck-through rows: every filled cell has a style whose font is struck through (ECMA-376-1 §18.8.22, §18.4.10)."""

from __future__ import annotations

import re
from collections.abc import Iterable

_FONTS, _FONTS_END = re.compile(rb"<(?:\w+:)?fonts\b"), re.compile(rb"</(?:\w+:)?fonts\s*>")
_FONT = re.compile(rb"<(?:\w+:)?font[\s/>]")
_STRIKE = re.compile(rb"<(?:\w+:)?strike\b(?![^>]*\bval\s*=\s*[\"'](?:0|false)[\"'])[^>]*>")
_STYLES, _STYLES_END = re.compile(rb"<(?:\w+:)?cellXfs\b"), re.compile(rb"</(?:\w+:)?cellXfs\s*>")
_STYLE = re.compile(rb"<(?:\w+:)?xf\b([^>]*)>")
_FONT_ID = re.compile(rb"\bfontId\s*=\s*[\"'](\d{1,5})[\"']")
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)(?<!/)>(.*?)</(?:\w+:)?row\s*>", re.DOTALL)
_NUMBER = re.compile(rb"\sr\s*=\s*[\"']([1-9]\d{0,6})[\"']")
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*)(?<!/)>(.*?)</(?:\w+:)?c\s*>", re.DOTALL)
_STYLED = re.compile(rb"\ss\s*=\s*[\"'](\d{1,5})[\"']")
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|t)(?:\s[^>]*)?>[^<]")


def struck_styles(xml: bytes) -> frozenset[int]:
    """Return the numbers of the cell styles whose font is struck through."""
    if b"strike" not in xml:
        return frozenset()
    fonts, styles = _FONT.split(_block(xml, _FONTS, _FONTS_END))[1:], _block(xml, _STYLES, _STYLES_END)
    struck = {number for number, inner in enumerate(fonts) if _STRIKE.search(inner)}
    found = [_FONT_ID.search(tag) for tag in _STYLE.findall(styles)]
    return frozenset(number for number, font in enumerate(found) if font and int(font[1]) in struck)


def _block(xml: bytes, begin: re.Pattern[bytes], end: re.Pattern[bytes]) -> bytes:
    """Return the bytes between two tags; none where one of them is missing."""
    first = begin.search(xml)
    last = end.search(xml, first.end()) if first else None
    return xml[first.end() : last.start()] if first and last else b""


def struck_rows(pieces: Iterable[bytes], styles: frozenset[int]) -> frozenset[int]:
    """Return the rows, from 0, in which each filled cell has one of these styles; rows without a number are left out."""
    found = set()
    for piece in pieces:
        if not any(int(number) in styles for number in set(_STYLED.findall(piece))):
            continue
        for tag, inner in _ROW.findall(piece):
            number = _NUMBER.search(tag)
            filled = [_STYLED.search(cell) for cell, value in _CELL.findall(inner) if _VALUE.search(value)]
            if number and filled and all(style and int(style[1]) in styles for style in filled):
                found.add(int(number[1]) - 1)
    return frozenset(found)
