"""Cells whose values are hostile: errors, formulas, numbers and dates beyond reason, texts that would act."""

from __future__ import annotations

from datetime import date

from tests.writers import Cell, Error, Formula

from .base import LEVELS, PERSONS, book, cell, changed, grid, in_part, replaced, xlsx
from .model import Kind, Maker, Read, kind, refused, rejecting

WHOLE = Read(8, persons=PERSONS, levels=LEVELS)
WORKBOOKS = ("xlsx", "xlsb", "xls", "ods", "xml-xls")
BINARY = ("xlsb", "xls")
"""Here a formula without a value is one whose value is an empty text, which is a blank."""
FORMULAS = ["=cmd|' /C calc'!A0", "@SUM(1+1)*cmd", "+1+1", "-2-3", "\t=1+1", "＝1+1", '=HYPERLINK("http://127.0.0.1:9/")']
ACTING = {
    "ansi": "\x1b[31m红\x1b]0;t\x07",
    "c1": "\x9b31m红",
    "bidi": "红\u202e级市\u2066",
    "zero": "红\u200b色\u2060旗",
    "line": "红\u2028\x85旗",
}


def number(written: str) -> Maker:
    """The good xlsx with a head count written this way."""
    return cell("G4", f'<c r="G4"><v>{written}</v></c>')


def day(written: str) -> Maker:
    """The good xlsx with a date written this way."""
    return cell("B4", f'<c r="B4"><v>{written}</v></c>')


def levelled(*labels: str, times: int = 3) -> list[list[Cell]]:
    """A log whose levels are these words, each in some rows."""
    rows = grid(len(labels) * times)
    for place, row in enumerate(rows[1:]):
        row[2] = labels[place // times]
    return rows


def headed(**headers: str) -> list[list[Cell]]:
    """The good rows with other headers."""
    rows = grid()
    for letter, text in headers.items():
        rows[0][ord(letter) - 65] = text
    return rows


def entitled(text: str) -> list[list[Cell]]:
    """The good rows under a title."""
    return [[text], *grid()]


def ungrouped(header: str, labels: list[str]) -> list[list[Cell]]:
    """A log whose only group is this column."""
    rows = grid(len(labels))
    rows[0][2] = header
    for row, label in zip(rows[1:], labels, strict=True):
        row[2] = label
    return rows


def many(**cells: Cell) -> list[Kind]:
    """One spoiled cell in every format of workbooks, for each name."""
    made = []
    for name, value in cells.items():
        reason = "error-cell" if isinstance(value, Error) else "no-value"
        for column, blank in (("G", rejecting("persons-blank")), ("B", Read())):
            rows = changed(**{f"{column}4": value})
            for fmt in WORKBOOKS:
                other = (blank,) if reason == "no-value" and fmt in BINARY else ()
                made.append(kind(f"{name}-{column}-{fmt}", book(rows, fmt), rejecting(reason), *other))
    return made


def in_1904(fmt: str) -> Maker:
    """The good log with the epoch of old Macs."""
    return book(fmt=fmt, file={"date1904": True})


SURNAMES = "赵钱孙李周吴郑王冯陈"
NAMES = [f"{a}{b}某" for a in SURNAMES for b in SURNAMES]
RANGE, TEXT = rejecting("number-range"), rejecting("number-text")
EITHER = (RANGE, TEXT, refused("E303"))

KINDS: list[Kind] = [
    *many(error=Error("#N/A"), formula=Formula("A1*2")),
    kind("error-cell-group", book(changed(C4=Error("#REF!"))), Read(8, persons=PERSONS)),
    *(kind(f"head-{text}", number(text), *EITHER) for text in ("1E308", "1E999", "NaN", "INF", "-INF", "-1E308", "0x7FFFFFFF")),
    kind("head-negative", number("-5"), RANGE),
    kind("head-fraction", number("2.5"), RANGE),
    kind("head-zero", number("0"), RANGE),
    kind("head-million", number("1000000"), RANGE),
    kind("head-subnormal", number("4.9E-324"), RANGE),
    kind("head-boolean", cell("G4", '<c r="G4" t="b"><v>1</v></c>'), TEXT),
    kind("head-date", book(changed(G4=date(2026, 1, 1))), TEXT),
    kind("head-5000-digits", book(changed(G4="9" * 5000)), *EITHER),
    kind("head-5000-digits-number", number("9" * 5000), *EITHER),
    kind("head-other-digits", book(changed(G4="፫")), TEXT),
    kind("head-5000-numerals", book(changed(G4="九" * 5000)), *EITHER),
    kind("head-dots", book(changed(G4="1" + ".0" * 20_000)), *EITHER),
    kind("date-other-digits", book(changed(B4="፩፩፩፩፩")), rejecting("date-text")),
    kind("date-superscripts", book(changed(B4="²⁰²⁶⁻⁰⁵⁻⁰¹x")), rejecting("date-text")),
    kind("date-5000-digits", book(changed(B4="2" * 5000)), rejecting("date-text"), rejecting("date-range")),
    kind("date-blanks-without-end", book(changed(B4="2026年5月1日" + " " * 30_000 + "x")), rejecting("date-text")),
    kind("date-ones-without-end", book(changed(B4="2026-05-01" + " 1" * 40 + "x")), rejecting("date-text")),
    kind("date-no-such-day", book(changed(B4="2026-02-30")), rejecting("date-range")),
    kind("date-year-9999", book(changed(B4="9999-12-31")), rejecting("date-range")),
    kind("date-year-0", book(changed(B4="0000-00-00")), rejecting("date-range")),
    *(
        kind(f"serial-{text}", day(text), rejecting("date-range"), rejecting("date-text"), refused("E303"))
        for text in ("3", "60", "-5", "2958466", "99999999999", "1E308", "NaN")
    ),
    *(kind(f"epoch-1904-{fmt}", in_1904(fmt), WHOLE) for fmt in ("xlsx", "xls", "xlsb", "ods")),
    *(kind(f"label-formula-{n}", book(levelled("市级", text)), Read(6)) for n, text in enumerate(FORMULAS)),
    *(kind(f"label-{name}", book(levelled("市级", text)), Read(6)) for name, text in ACTING.items() if name != "line"),
    *(kind(f"header-{name}", book(headed(A=text, D=f"姓名{text}")), Read()) for name, text in ACTING.items()),
    *(kind(f"title-{name}", book(entitled(f"2026年接访登记表{text}")), Read()) for name, text in ACTING.items()),
    *(kind(f"csv-label-{name}", book(levelled("市级", text), "csv"), Read(6)) for name, text in ACTING.items() if name != "line"),
    kind("level-with-zero-width", book(changed(C2="市\u200b级", C3="\ufeff县级", C4="乡\u2060级")), WHOLE),
    kind("sheet-name-bidi", xlsx(in_part("xl/workbook.xml", lambda text: text.replace("Sheet1", "接\u202e访\u200b")))),
    kind(
        "sheet-name-escape",
        xlsx(in_part("xl/workbook.xml", lambda text: text.replace("Sheet1", "a&#27;[2J&#10;b"))),
        Read(),
        refused("E303"),
    ),
    kind("sheet-name-of-30000", xlsx(in_part("xl/workbook.xml", lambda text: text.replace("Sheet1", "长" * 30_000)))),
    kind("sheet-name-empty", xlsx(in_part("xl/workbook.xml", lambda text: text.replace("Sheet1", "")))),
    kind("cell-of-32768", book(changed(D4="长" * 32_768)), WHOLE),
    kind("cell-of-2-mib", book(changed(D4="x" * (2 << 20))), refused("E304")),
    kind("group-of-32768", book(changed(C4="长" * 32_768)), Read(8, persons=PERSONS)),
    kind("status-of-32768", book(changed(H4="办" * 32_768)), WHOLE),
    kind("header-of-32768", book(headed(E="长" * 32_768)), WHOLE),
    kind("formula-of-8192", cell("G4", f'<c r="G4"><f>{"SUM(" * 2000}{")" * 2000}</f><v>3</v></c>'), WHOLE),
    kind("formula-shared-empty", cell("G4", '<c r="G4"><f t="shared" si="0"/></c>'), rejecting("no-value")),
    kind("error-unknown", cell("G4", '<c r="G4" t="e"><v>#SPILL!</v></c>'), rejecting("error-cell")),
    kind("error-without-value", cell("G4", '<c r="G4" t="e"/>'), rejecting("error-cell")),
    kind("error-as-text", book(changed(G4="#N/A")), TEXT, rejecting("error-cell")),
    kind("type-unknown", cell("G4", '<c r="G4" t="zz"><v>3</v></c>'), refused("E303"), TEXT),
    kind("style-beyond", cell("G4", '<c r="G4" s="999999"><v>3</v></c>'), WHOLE, refused("E303")),
    kind("style-negative", cell("G4", '<c r="G4" s="-1"><v>3</v></c>'), WHOLE, refused("E303")),
    kind(
        "rich-text-deep",
        replaced("<t>县级</t>", "<r><t>县</t></r><r><rPr><b/></rPr><t>级</t></r>", "xl/sharedStrings.xml"),
        WHOLE,
    ),
    kind("phonetic", replaced("<t>县级</t>", "<t>县级</t><rPh sb='0' eb='1'><t>xian</t></rPh>", "xl/sharedStrings.xml"), WHOLE),
    kind("labels-1200", book(levelled(*(f"{n}号" for n in range(1200)), times=1)), refused("E318")),
    kind("units-1200", book(ungrouped("责任单位", [f"{n % 1200}局" for n in range(3600)])), refused("E318")),
    kind("units-nearly-distinct", book(ungrouped("责任单位", NAMES)), Read(len(NAMES))),
    kind("units-are-phones", book(ungrouped("责任单位", ["13800000000", "13900000001"] * 20)), refused("E327")),
    kind("prototype-keys", book(levelled("__proto__", "constructor", "null")), Read(9)),
]
