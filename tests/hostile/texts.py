"""Delimited text with broken quotes, bytes and lines."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable

from .base import CANARY, LEVELS, PERSONS, ROWS, grid, raw
from .model import Kind, Maker, Read, kind, refused, rejecting

WHOLE = Read(8, persons=PERSONS, levels=LEVELS)
NO_HEADER = refused("E309", "E310", "E313")
DAMAGED, LIMIT, NO_TABLE, NO_CODE = refused("E303"), refused("E304"), refused("E307"), refused("E313")


def text(delimiter: str = ",", end: str = "\r\n") -> str:
    """The good log as text."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(grid())
    return out.getvalue()


def lines() -> list[str]:
    """The header and the records."""
    return text().splitlines()


def changed(change: Callable[[str], str], encoding: str = "utf-8") -> Maker:
    """The good text changed."""
    return raw(lambda: change(text()).encode(encoding))


def coded(encoding: str, before: bytes = b"") -> Maker:
    """The good text in an encoding."""
    return raw(lambda: before + text().encode(encoding))


def spoiled(old: bytes, new: bytes, encoding: str = "utf-8") -> Maker:
    """The good text with the first of some bytes replaced."""
    return raw(lambda: text().encode(encoding).replace(old, new, 1))


def line(number: int, change: Callable[[str], str]) -> Maker:
    """The good text with one line changed, the header being 0."""

    def apply(_: str) -> str:
        rows = lines()
        rows[number] = change(rows[number])
        return "\r\n".join(rows) + "\r\n"

    return changed(apply)


def mixed(_: str) -> str:
    """Every line with another end."""
    return "".join(row + ("\n", "\r\n", "\r")[number % 3] for number, row in enumerate(lines()))


def swallowing(_: str) -> str:
    """A quote that opens in one record and another that closes in the third after it."""
    rows = lines()
    rows[3], rows[6] = rows[3].replace(NAME, f'"{NAME}'), rows[6].replace(NAME, f'{NAME}"')
    return "\r\n".join(rows) + "\r\n"


def garbage(size: int) -> bytes:
    """Bytes by chance, the same each time."""
    return random.Random(20261102).randbytes(size)


NAME = CANARY[0]
MEBIBYTE = 1 << 20

KINDS: list[Kind] = [
    kind("csv-nul-in-a-cell", changed(lambda text: text.replace(NAME, f"{NAME}\0", 1)), NO_TABLE),
    kind("csv-nul-late", changed(lambda text: text + ",,,,,,,\r\n" * 2000 + "\0"), NO_TABLE),
    kind("csv-nul-only", raw(bytes(5000)), DAMAGED),
    kind("csv-fields-million", changed(lambda text: text + "," * 1_000_000 + "\r\n"), LIMIT),
    kind("csv-header-fields-million", line(0, lambda row: row + "," * 1_000_000), LIMIT),
    kind("csv-quote-unclosed", line(3, lambda row: row.replace(NAME, f'"{NAME}')), refused("E316")),
    kind("csv-quote-unclosed-last", changed(lambda text: text + '9,"'), refused("E316")),
    kind("csv-quote-inside", line(3, lambda row: row.replace(NAME, '甄"某"隐')), WHOLE),
    kind("csv-quote-then-text", line(3, lambda row: row.replace(NAME, '"甄"某')), DAMAGED),
    kind("csv-quote-over-rows", changed(swallowing), refused("E316")),
    kind("csv-quoted-record", line(3, lambda row: row.replace(NAME, '"a,b\nc,d"')), WHOLE),
    kind("csv-end-of-file-mark", changed(lambda text: text + "\x1a"), Read(8, {"too-few-fields": 1})),
    kind("csv-tabs-before-commas", changed(lambda text: text.replace(",", "\t,").replace("\r", "\t\r")), WHOLE),
    kind("csv-marks-in-every-line", changed(lambda text: text.replace("\r\n", "\r\n\ufeff")), WHOLE),
    kind("csv-field-of-2-mib", line(3, lambda row: row.replace(NAME, "x" * 2 * MEBIBYTE)), LIMIT),
    kind("csv-line-of-20-mb", line(3, lambda row: row + ("," + "x" * 1300) * 16_000), LIMIT),
    kind("csv-one-line-of-20-mb", raw(b"x" * 20 * MEBIBYTE), LIMIT),
    kind("csv-quoted-lines-20-mb", changed(lambda text: text + '"' + "a\n" * 10 * MEBIBYTE + '"\r\n'), LIMIT),
    kind("csv-full-width-commas", raw(lambda: text("，").encode()), WHOLE),
    kind("csv-ends-mixed", changed(mixed), WHOLE),
    kind("csv-ends-cr", raw(lambda: text(end="\r").encode()), WHOLE),
    kind("csv-ends-doubled", raw(lambda: text(end="\r\r\n").encode()), WHOLE),
    kind("csv-newlines-in-quotes", line(3, lambda row: row.replace(NAME, '"甄\r\n某\n隐"')), WHOLE),
    kind("csv-other-line-marks", line(3, lambda row: row.replace(NAME, "甄\x0b\x0c\x1c\x85\u2028\u2029隐")), WHOLE),
    kind("csv-utf16-no-mark", coded("utf-16-le"), NO_TABLE, NO_CODE),
    kind("csv-utf16-be", coded("utf-16-be", b"\xfe\xff"), WHOLE),
    kind("csv-utf16-odd-length", raw(lambda: b"\xff\xfe" + text().encode("utf-16-le")[:-1]), DAMAGED),
    kind(
        "csv-utf16-lone-half",
        raw(lambda: b"\xff\xfe" + text().encode("utf-16-le").replace("甄".encode("utf-16-le"), b"\x00\xd8", 1)),
        NO_CODE,
    ),
    kind("csv-utf32", coded("utf-32"), NO_TABLE, NO_CODE),
    kind("csv-utf7", coded("utf-7"), NO_HEADER),
    kind("csv-utf8-invalid", spoiled(NAME.encode(), b"\xff\xfe\xff"), NO_CODE),
    kind("csv-utf8-overlong", spoiled(NAME.encode(), b"\xc0\xaf\xc0\xaf"), NO_CODE, NO_HEADER),
    kind("csv-utf8-surrogate", spoiled(NAME.encode(), b"\xed\xa0\x80"), NO_CODE, NO_HEADER),
    kind("csv-utf8-cut", raw(lambda: text().encode().rstrip()[:-1]), DAMAGED, NO_HEADER),
    kind("csv-gb18030-invalid", spoiled(NAME.encode("gb18030"), b"\xff\x81", "gb18030"), NO_CODE),
    kind("csv-mixed-encodings", raw(lambda: text().encode() + text().encode("gb18030")), NO_CODE, NO_HEADER),
    kind("csv-latin1", raw("Réf;Niveau;Nom\r\n1;été;né\r\n".encode("latin-1") * 3), NO_HEADER),
    kind("csv-mark-twice", coded("utf-8", b"\xef\xbb\xbf" * 2), WHOLE),
    kind("csv-mark-lies", coded("utf-8", b"\xff\xfe"), NO_CODE, NO_HEADER),
    kind("csv-empty", raw(b""), refused("E303", "E310")),
    kind("csv-mark-only", raw(b"\xef\xbb\xbf"), refused("E303", "E310")),
    kind("csv-utf16-mark-only", raw(b"\xff\xfe"), refused("E303", "E310")),
    kind("csv-blanks-only", raw(b" \t\r\n" * 5000), refused("E303", "E310")),
    kind("csv-commas-only", raw(b",,,,\r\n" * 5000), refused("E309", "E310")),
    kind("csv-header-only", raw(lines()[0].encode()), refused("E310")),
    kind("csv-garbage", raw(garbage(50_000)), NO_TABLE, NO_CODE),
    kind("csv-picture", raw(b"\x89PNG\r\n\x1a\n" + garbage(5000), "log.xlsx"), NO_TABLE),
    kind("csv-pdf", raw(b"%PDF-1.7\n" + garbage(5000), "log.xlsx"), NO_TABLE),
    kind("csv-gzip", raw(b"\x1f\x8b\x08" + garbage(5000)), NO_TABLE),
    kind("csv-json", raw(b'{"rows": [{"level": "x", "name": "y"}]}' * 50), refused("E390")),
    kind("csv-blank-lines-million", changed(lambda text: text + "\r\n" * 1_000_000), WHOLE),
    kind("csv-blank-lines-over-the-limit", changed(lambda text: text + "\r\n" * 1_100_000), LIMIT, WHOLE),
    kind("csv-fields-too-many", line(3, lambda row: row.replace(NAME, "甄,某")), rejecting("too-many-fields")),
    kind(
        "csv-fields-too-few",
        line(3, lambda row: ",," + row.split(",")[2]),
        rejecting("too-few-fields"),
        rejecting("persons-blank"),
    ),
    kind("csv-separator-quote", changed(lambda text: 'sep="\r\n' + text), NO_HEADER, DAMAGED, refused("E316"), WHOLE),
    kind("csv-separator-wide", changed(lambda text: "sep=，\r\n" + text.replace(",", "，")), WHOLE),
    kind("csv-separator-letter", changed(lambda text: "sep=接\r\n" + text), NO_HEADER),
    kind("csv-separator-return", changed(lambda text: "sep=\r\n" + text), NO_HEADER, WHOLE),
    kind("csv-separator-million", changed(lambda text: "sep=" + "," * 1_000_000 + "\r\n" + text), LIMIT),
    kind("csv-formulas", line(3, lambda row: row.replace(NAME, "=cmd|' /C calc'!A0")), WHOLE),
    kind("csv-escapes", line(3, lambda row: row.replace(NAME, "\x1b[2J\x1b]0;x\x07\x9b")), WHOLE),
    kind("csv-tabs-and-commas", raw(lambda: text("\t").replace(NAME, "a,b;c|d").encode()), WHOLE),
    kind("csv-regex-bait", line(3, lambda row: row.replace("县级", "(" * 20_000 + "县级")), Read(ROWS, persons=PERSONS)),
    kind(
        "csv-blanks-bait",
        line(0, lambda row: row.replace("接访级别", "接访级别" + " " * 100_000 + "*")),
        Read(ROWS, persons=PERSONS),
    ),
    kind("csv-brackets-bait", line(0, lambda row: row + "," + "(" * 50_000 + "[" * 50_000), WHOLE),
    kind("csv-title-bait", changed(lambda text: "20" * 100_000 + "\r\n" + text), WHOLE),
]
