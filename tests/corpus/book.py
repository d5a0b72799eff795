"""A whole log: its kind, format, file name, sheets and expected figures, from a choice of mess."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.writers import Sheet, suffix, write

from . import extras
from .drawing import columns, records
from .mess import ALL_FORMATS, ALL_KINDS, BOOKS, MESSES
from .page import Context, Page, page
from .spoiling import spoil
from .truth import Expected, Record, Rows, Table, table
from .words import KIND_NAMES, KINDS, LEVEL_WORDS, NEUTRAL_NAMES, UNKNOWN_LEVELS, UNKNOWN_STATUS


@dataclass(frozen=True)
class Log:
    """One file and what `summarize` must say of it."""

    key: str
    kind: str
    tier: str
    mess: tuple[str, ...]
    file: str
    fmt: str
    sheets: Sequence[Sheet]
    expected: Expected
    date1904: bool = False
    dimension: str | None = None

    def save(self, folder: Path) -> Path:
        """Write the file into a folder of its own, whose name tells nothing."""
        path = folder / self.key / self.file
        path.parent.mkdir(parents=True)
        fmt = "xlsx" if self.fmt == "xlsx-as-xls" else self.fmt
        write(path, self.sheets, fmt, date1904=self.date1904, dimension=self.dimension)
        return path


def file_suffix(fmt: str) -> str:
    """`.et` for WPS workbooks, `.xls` for all that only call themselves so."""
    return {"et": ".et", "xlsx-as-xls": ".xls"}.get(fmt) or suffix(fmt)


def allowed(mess: Sequence[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The kinds and formats that all of the mess can occur in."""
    kinds, formats = ALL_KINDS, ALL_FORMATS
    for name in mess:
        kinds &= MESSES[name].kinds
        formats &= MESSES[name].formats
    return kinds, formats


def log(key: str, tier: str, mess: Sequence[str], kind: str, fmt: str) -> Log:
    """The log of this number; everything about it follows from its key."""
    rng = random.Random(f"{key} {tier} {kind} {fmt} {' '.join(mess)}")
    maker = _Maker(rng, tuple(mess), kind, fmt)
    pages = maker.pages()
    sheets, expected = maker.book(pages)
    dimension = rng.choice(["A1", "A1:A1", "A1:B2"]) if "wrong-dimension" in mess else None
    tags = (*mess, *([] if fmt == "xlsx" else [f"format-{fmt}"]))
    shown = "several" if "several-kinds" in mess else kind
    return Log(key, shown, tier, tags, maker.file + file_suffix(fmt), fmt, sheets, expected, "date-1904" in mess, dimension)


class _Maker:
    """The choices that hold for the whole workbook."""

    def __init__(self, rng: random.Random, mess: tuple[str, ...], kind: str, fmt: str) -> None:
        self.rng, self.mess, self.kind, self.fmt = rng, mess, kind, fmt
        self.year = rng.randint(2022, 2025)
        self.by_month = {"months", "headers-change"} & set(mess)
        self.month = rng.randint(1, 8) if rng.random() < 0.5 else None
        single = not ({"months", "counties", "headers-change", "several-kinds"} & set(mess))
        places = ["file", *(["title"] if "title" in mess else []), *(["sheet"] if single and fmt in BOOKS else [])]
        plain_header = kind in {"visits", "cases"} and not {"header-synonyms", "headers-change"} & set(mess)
        self.kind_in = {rng.choice([*places, "header"] if plain_header else places)}
        self.kind_in |= {place for place in places if rng.random() < 0.4}
        self.year_in = {rng.choice(places)} if "date-month-day" in mess else set()
        self.year_in |= {place for place in places if rng.random() < 0.4}
        if "several-kinds" in mess:
            self.kind_in -= {"file"}
        self.file = self._name(kind, "file")
        self.files_month = "file" in self.year_in

    def _name(self, kind: str, place: str) -> str:
        """A name for the file, the title or the sheet: with the year and the kind where they are told there."""
        year = f"{self.year}年" if place in self.year_in else ""
        month = f"{self.month}月" if year and self.month and not self.by_month else ""
        return year + month + self.rng.choice(KIND_NAMES[kind] if place in self.kind_in else NEUTRAL_NAMES)

    def _title(self, kind: str, month: int | None) -> str:
        if "title" not in self.mess:
            return ""
        name = self.rng.choice(KIND_NAMES[kind] if {"title"} & self.kind_in or "several-kinds" in self.mess else NEUTRAL_NAMES)
        when = f"{self.year}年" + (f"{month}月" if month else "")
        return (when if "title" in self.year_in or self.rng.random() < 0.5 else "") + "甲市" + name

    def pages(self) -> list[tuple[str, tuple[str, ...], Page]]:
        """Kind, columns and page of each sheet with data."""
        if "several-kinds" in self.mess:
            kinds = [self.kind, *self.rng.sample([kind for kind in KINDS if kind != self.kind], self.rng.randint(1, 3))]
            names = {"visits": "接访", "cases": "包案", "letters": "来信", "backlog": "积案"}
            return [self._page(kind, names[kind], self.month) for kind in kinds]
        if self.by_month:
            fields = columns(self.rng, self.kind, self.mess)
            year = f"{self.year}年" if self.rng.random() < 0.4 else ""
            return [self._page(self.kind, f"{year}{month}月", month, fields) for month in self.rng.sample(range(1, 9), 3)]
        if "counties" in self.mess:
            fields = columns(self.rng, self.kind, self.mess)
            return [self._page(self.kind, name, self.month, fields) for name in ("甲县", "乙区", "丙县")]
        name = self._name(self.kind, "sheet") if {"sheet"} & (self.kind_in | self.year_in) else "Sheet1"
        return [self._page(self.kind, name, self.month)]

    def _page(self, kind: str, name: str, month: int | None, fields: tuple[str, ...] = ()) -> tuple[str, tuple[str, ...], Page]:
        own = [one for one in self.mess if kind in MESSES[one].kinds]
        fields = fields or columns(self.rng, kind, own)
        records = self._records(kind, fields, month, own)
        context = Context(kind, self._title(kind, month), self.year, "date-1904" in self.mess)
        return kind, fields, page(self.rng, name, context, fields, records, own)

    def _records(self, kind: str, fields: tuple[str, ...], month: int | None, own: Sequence[str]) -> list[Record]:
        count = self.rng.randint(18, 45)
        drawn = records(self.rng, kind, fields, count, self.year, month, within_year="date-month-day" in own)
        return spoil(self.rng, drawn, own)

    def book(self, pages: Sequence[tuple[str, tuple[str, ...], Page]]) -> tuple[list[Sheet], Expected]:
        """All sheets in order, and what is true of them together."""
        sheets = [one.sheet for _, _, one in pages]
        rows = sum((one.rows for _, _, one in pages), Rows())
        kind, fields, last = pages[-1]
        doubled = None
        if "exact-copy" in self.mess:
            sheets.append(_renamed(last.sheet, f"{last.sheet.name} (2)"))
            rows += last.copied
        if "filtered-copy" in self.mess:
            copy = last.filtered(self.rng, "筛选")
            sheets.append(copy.sheet)
            doubled = (kind, fields, copy)
        tables = self._tables(pages)
        flagged = self._tables([*pages, doubled]) if doubled else ()
        aliases = {word: level for level, words in LEVEL_WORDS.items() for word in words}
        unknown = sum(_unknown(record) for _, _, one in pages for record in one.records)
        return self._with_extras(sheets, pages), Expected(tables, rows, flagged=flagged, aliases=aliases, unknown=unknown)

    def _tables(self, pages: Sequence[tuple[str, tuple[str, ...], Page]]) -> tuple[Table, ...]:
        rates, days = "error-cells" not in self.mess, not {"future-close", "error-cells"} & set(self.mess)
        together: dict[str, tuple[frozenset[str], list[Record]]] = {}
        for kind, fields, one in pages:
            together.setdefault(kind, (frozenset(fields), []))[1].extend(one.records)
        return tuple(table(rows, kind, fields, rates=rates, days=days) for kind, (fields, rows) in together.items())

    def _with_extras(self, sheets: list[Sheet], pages: Sequence[tuple[str, tuple[str, ...], Page]]) -> list[Sheet]:
        kind, fields, first = pages[0]
        if "summary-sheet" in self.mess:
            by = (
                "level"
                if "level" in fields
                else next(name for name in ("unit", "region", "category", "channel") if name in fields)
            )
            sheets.insert(self.rng.choice([0, len(sheets)]), extras.totals(self.rng, first.records, kind, by))
        if "notes-sheet" in self.mess:
            sheets.insert(self.rng.choice([0, len(sheets)]), extras.notes(self.rng))
        if "hidden-copy" in self.mess:
            old = self._page(kind, "旧", self.month, fields)[2]
            sheets.insert(self.rng.choice([0, len(sheets)]), extras.hidden(old.sheet, self.rng))
        if "pivot-sheet" in self.mess:
            sheets.append(extras.pivot(first.records))
        if "stray-sheet" in self.mess:
            sheets.append(extras.stray())
        if "empty-sheets" in self.mess:
            sheets += [Sheet("Sheet2", []), Sheet("Sheet3", [])]
        return sheets


def _unknown(record: Record) -> bool:
    """Whether a row holds a status or level word that nobody can know."""
    return not record.rejected and (record.status in UNKNOWN_STATUS or record.level in UNKNOWN_LEVELS)


def _renamed(sheet: Sheet, name: str) -> Sheet:
    return Sheet(name[:31], sheet.rows, sheet.merges, sheet.state, sheet.hidden_rows, sheet.formats)
