"""Workbooks of every writer at hand, and how their cells are read by the scanner and by python-calamine."""

from __future__ import annotations

import io
import random
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import xlsxwriter
from python_calamine import CalamineWorkbook

from tests.writers import Error, Formula, Sheet, ooxml
from tests.writers.package import OFFICE, relationships
from xfstats.config.plan import Plan
from xfstats.model import Position
from xfstats.readers.column import cell_key
from xfstats.readers.xlsx.book import XlsxScanner
from xfstats.readers.xlsx.cells import CellTypes
from xfstats.readers.xlsx.scan import Wanted

PLAN, AT = Plan(as_of=date(2026, 11, 2), profile={}), Position("x.xlsx", "表")
TEXTS = [
    "市级",
    "县级",
    " 两  格 ",
    "一\n二",
    "<&\">'",
    "_x000D_",
    "a_x4E00_b",
    "\U00020bb7",
    "　",
    "3.0",
    "0012",
    "'=x",
    "1\t2",
    "a\r\nb",
]
NUMBERS = [0, 1, -7, 12345678, 123456789, 13800000000, 123456789012345, 110101199001011234, 2.5, -0.125, 1e-7, 1e20, 0.1]
DAYS = [date(1900, 1, 1), date(1900, 3, 1), date(2024, 2, 29), date(2173, 10, 14), date(9999, 12, 31)]
MOMENTS = [datetime(2024, 1, 2, 9, 5), datetime(2024, 1, 2, 23, 59, 59), datetime(1900, 1, 1, 12)]
WIDTH = 30


def grid(seed, rows=60, *, width=WIDTH, times=True):
    """Rows of cells of every type, with gaps."""
    chance = random.Random(seed)
    kinds = [TEXTS, NUMBERS, DAYS, MOMENTS, [True, False], [None]] + [[time(9, 30)]] * times
    made = [[f"列{column}" for column in range(width)]]
    for row in range(rows):
        cells = [chance.choice(chance.choice(kinds)) for _ in range(width)]
        made.append(cells if row % 17 else [None] * width)
    return made


def by_openpyxl(path, rows, *, lazily):
    book = openpyxl.Workbook(write_only=lazily)
    sheet = book.create_sheet("表") if lazily else book.active
    for row in rows:
        sheet.append(row)
    book.save(path)


def by_xlsxwriter(path, rows, *, lazily):
    book = xlsxwriter.Workbook(path, {"constant_memory": lazily, "default_date_format": "yyyy-mm-dd hh:mm"})
    sheet = book.add_worksheet("表")
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                sheet.write_string(row, column, cell)
            elif cell is not None:
                sheet.write(row, column, cell)
    sheet.set_row(2, None, None, {"hidden": True})
    sheet.write_formula(1, WIDTH, "=A1", None, "字")
    sheet.write_formula(2, WIDTH, "=1+1", None, 2)
    book.close()


def by_pandas(path, rows):
    pd.DataFrame(rows[1:], columns=rows[0]).to_excel(path, index=False)


def by_hand(path, rows, **options):
    rows = [[None if isinstance(cell, time) else early(cell, **options) for cell in row] for row in rows]
    rows = [*rows, [Formula("A1", "字"), Formula("=SUM(1,2)", 3.5), Error("#N/A"), Formula("C2")]]
    ooxml.write(path, [Sheet("表", rows, merges=[(2, 1, 3, 2)], hidden_rows=frozenset({3}))], **options)


def early(cell, *, date1904=False, **_):
    """A cell, or nothing where it is a day that the epoch does not have."""
    return None if date1904 and isinstance(cell, date) and cell.year < 1905 else cell


WRITERS = {
    "openpyxl": lambda path, rows: by_openpyxl(path, rows, lazily=False),
    "openpyxl write_only": lambda path, rows: by_openpyxl(path, rows, lazily=True),
    "XlsxWriter": lambda path, rows: by_xlsxwriter(path, rows, lazily=False),
    "XlsxWriter constant_memory": lambda path, rows: by_xlsxwriter(path, rows, lazily=True),
    "pandas": by_pandas,
    "by hand, shared": by_hand,
    "by hand, inline": lambda path, rows: by_hand(path, rows, strings="inline"),
    "by hand, 1904": lambda path, rows: by_hand(path, rows, date1904=True),
}


def written(folder: Path, writer: str, rows) -> bytes:
    path = folder / "x.xlsx"
    WRITERS[writer](path, rows)
    return path.read_bytes()


def scanned(data: bytes, index: int = 0):
    """The whole sheet as rows of cells."""
    scanner = XlsxScanner(data, PLAN, AT)
    part = scanner.sheets[index].part
    width = max(map(len, scanner.peek(part, 1 << 20)), default=0)
    sheet = scanner.scan(part, Wanted(range(width)))
    columns = [sheet.columns[one].cells() for one in range(width)]
    return [list(row) for row in zip(*columns, strict=True)]


def by_calamine(data: bytes, index: int = 0):
    """The same by python-calamine."""
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(index)
    return trimmed([[None if cell == "" else cell for cell in row] for row in sheet.to_python(skip_empty_area=False)])


def trimmed(rows):
    """Rows without blank cells at their ends and without blank rows at the end, each cell with its type."""
    made = [[cell_key(cell) for cell in row] for row in rows]
    blank = cell_key(None)
    for row in made:
        while row and row[-1] == blank:
            row.pop()
    while made and not made[-1]:
        made.pop()
    return made


def flat(piece, types: CellTypes):
    """A piece as plain lists, with the texts that stand in it."""
    row = np.repeat(piece.rows, np.diff(np.append(piece.starts, piece.columns.size)))
    cells = []
    for kind, value in zip(piece.kinds.tolist(), piece.values.tolist(), strict=True):
        if kind == 4:
            cells.append(piece.view.data[value : piece.view.data.index(b"<", value)].decode())
        elif kind == 5:
            cells.append(cell_key(types.typed[value]) if not isinstance(types.typed[value], str) else types.typed[value])
        elif kind == 2:
            cells.append(cell_key(types.serial(float(value), 1)))
        elif kind == 1:
            cells.append(cell_key(float(value)))
        else:
            cells.append((kind, value * (kind == 3)))
    return list(zip(row.tolist(), piece.columns.tolist(), cells, piece.hashes.tolist(), strict=True)), piece.hidden, piece.last


def part_of(scanner: XlsxScanner, index: int = 0) -> str:
    return scanner.sheets[index].part


PACKAGE_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
CONTENT = "http://schemas.openxmlformats.org/package/2006/content-types"
TYPES = f'<Types xmlns="{CONTENT}"><Override PartName="/xl/workbook.xml" ContentType="{PACKAGE_TYPE}"/></Types>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def package(sheet: str) -> bytes:
    """A workbook of one sheet in these words; style 1 shows days, style 2 lengths of time."""
    buffer = io.BytesIO()
    styles = "".join(f'<xf numFmtId="{one}"/>' for one in (0, 14, 46))
    sheets = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
    sheets += '<sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets>'
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relationships([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f"{sheets}</workbook>",
        "xl/_rels/workbook.xml.rels": relationships(
            [("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")]
        ),
        "xl/worksheets/sheet1.xml": sheet,
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>甲</t></si><si><t> 乙 </t></si><si/></sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs>{styles}</cellXfs></styleSheet>',
    }
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def repacked(data, spoil=lambda name, content: content, method=zipfile.ZIP_DEFLATED, **options):
    """The same package, written anew, with its parts changed."""
    buffer = options.pop("buffer", io.BytesIO())
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", method) as new:
        for name in old.namelist():
            with new.open(name, "w", **options) as part:
                part.write(spoil(name, old.read(name)))
    return buffer.getvalue()
