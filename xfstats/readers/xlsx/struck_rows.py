"""Rows that are struck through: each of their filled cells has a style whose font is (ECMA-376-1 §18.8.22, §18.4.10)."""

from __future__ import annotations

import re
from collections.abc import Iterable

_FONTS = re.compile(rb"<(?:\w+:)?fonts\b.*?</(?:\w+:)?fonts\s*>", re.DOTALL)
_FONT = re.compile(rb"<(?:\w+:)?font(?:\s[^>]*)?(?:/>|>(.*?)</(?:\w+:)?font\s*>)", re.DOTALL)
_STRIKE = re.compile(rb"<(?:\w+:)?strike\b(?![^>]*\bval\s*=\s*[\"'](?:0|false)[\"'])[^>]*>")
_STYLES = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs\s*>", re.DOTALL)
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
    fonts, styles = _FONTS.search(xml), _STYLES.search(xml)
    struck = {number for number, inner in enumerate(_FONT.findall(fonts[0])) if _STRIKE.search(inner)} if fonts else set()
    found = [_FONT_ID.search(tag) for tag in _STYLE.findall(styles[0])] if styles else []
    return frozenset(number for number, font in enumerate(found) if font and int(font[1]) in struck)


def struck_rows(pieces: Iterable[bytes], styles: frozenset[int]) -> frozenset[int]:
    """Return the rows, from 0, of which each filled cell has one of these styles; one without a number is none."""
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
