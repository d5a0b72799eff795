"""Files that cannot be read are refused in one line with the true cause; what calamine hides is found."""

from __future__ import annotations

import io
import os
import zipfile

import pytest

from tests.logs import book, codes, report
from tests.writers import Error, Formula, Sheet, write
from xfstats.config.output_formats import Result, formats_of
from xfstats.errors import InputFault
from xfstats.readers.base import SheetInfo
from xfstats.render import load_renderer
from xfstats.render.rejects import rejects_csv
from xfstats.render.style import Style

LOG = "接访日期 接访级别 来访人数\n2024-1-2 市级 1\n2024-1-3 县级 2\n"
ROWS = [["接访日期", "接访级别", "来访人数"], ["2024-1-2", "市级", 1], ["2024-1-3", "县级", 2]]


def refusal(path, **options) -> str:
    with pytest.raises(InputFault) as caught:
        report(path, **options)
    assert "\n" not in str(caught.value)
    return caught.value.code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "E303"),
        (b"\x00" * 100, "E303"),
        (b"PK\x03\x04 and no more", "E303"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "E307"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "E302"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") + b"\x00" * 600, "E303"),
        (b"%PDF-1.7 ...", "E307"),
        (b"\x89PNG\r\n\x1a\n", "E307"),
        (b"PAR1....", "E303"),
        (b"a\x00b,c", "E307"),
        (b"\xff\xff\xff\xff,\x81", "E313"),
        ('接访日期,"接访级别\n'.encode(), "E316"),
        (b"<?xml version='1.0'?><other/>", "E307"),
        (b"<html><p>no table</p></html>", "E307"),
        (b"hello\n", "E310"),
        (b'[{"id": 1, "received": "2024-05-01"}, {"id": 2}]\n', "E390"),
        (b'\xef\xbb\xbf{"cases": [\n  {"id": 1,\n   "received": "2024-05-01"}\n]}\n', "E390"),
        (b'{"id": 1, "status": "Closed"}\n{"id": 2, "status": "Closed"}\n', "E390"),
        ('{"\u7f16\u53f7": 1, "\u72b6\u6001": "\u5df2\u529e\u7ed3"}\n'.encode("utf-16"), "E390"),
        (b'[["id", "received"], [1, "2024-05-01"]]', "E390"),
    ],
)
def test_what_is_no_log_is_refused_with_its_cause(tmp_path, data, code):
    path = tmp_path / "x.xlsx"
    path.write_bytes(data)
    assert refusal(path) == code


@pytest.mark.parametrize(
    "first", ["[Case number],Received,Status", "{Case number},Received,Status", '["Case number"],Received,Status']
)
def test_a_text_file_whose_header_stands_in_brackets_is_no_json(tmp_path, first):
    path = tmp_path / "x.csv"
    path.write_text(f"{first}\nC-1,2024-05-01,Closed\nC-2,2024-05-02,Open\n", encoding="utf-8")
    assert report(path).reconciliation.counted == 2


def test_missing_folder_and_fifo_are_refused_without_waiting(tmp_path):
    assert refusal(tmp_path / "none.xlsx") == "E301"
    assert refusal(tmp_path) == "E314"
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    assert refusal(fifo) == "E314"


def _parts(path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _save(path, parts) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            archive.writestr(name, data)


def test_a_workbook_that_no_program_writes_is_refused(tmp_path):
    path = book(tmp_path, LOG)
    parts = _parts(path)
    sheet = next(name for name in parts if "worksheets/" in name and name.endswith(".xml"))

    entity = {**parts, sheet: parts[sheet].replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet', 1)}
    _save(path, entity.items())
    assert refusal(path) == "E322"

    far = {
        **parts,
        sheet: parts[sheet].replace(b"</sheetData>", b'<row r="1048577"><c r="A1048577"><v>1</v></c></row></sheetData>'),
    }
    _save(path, far.items())
    assert refusal(path) == "E304"

    _save(path, [("word/document.xml", b"<x/>")])
    assert refusal(path) == "E307"


def test_a_part_twice_is_refused(tmp_path):
    path = book(tmp_path, LOG)
    with zipfile.ZipFile(path) as archive:
        sheet = next(name for name in archive.namelist() if "worksheets/" in name)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as archive:
        archive.writestr(sheet, b"<worksheet/>")
    assert refusal(path) == "E303"


def test_a_bomb_stops_at_the_limit(tmp_path):
    path = book(tmp_path, LOG)
    parts = _parts(path)
    _save(path, [*parts.items(), ("xl/comments1.xml", b" " * (3 << 20))])
    assert refusal(path, limits={"inflated_bytes": str(1 << 20)}) == "E304"
    assert report(path).tables[0].total["visits"] == 2


@pytest.mark.parametrize("cut", [30, 200, 900, -60, -22])
def test_a_cut_off_workbook_is_damaged(tmp_path, cut):
    path = book(tmp_path, LOG)
    path.write_bytes(path.read_bytes()[:cut])
    assert refusal(path) == "E303"


def test_a_changed_byte_is_damage_and_never_another_figure(tmp_path):
    path = book(tmp_path, LOG)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        info = next(one for one in archive.infolist() if "worksheets/" in one.filename)
    data[info.header_offset + 30 + len(info.filename) + info.compress_size // 2] ^= 0x10
    path.write_bytes(bytes(data))
    assert refusal(path) == "E303"


def test_error_cells_and_formulas_without_values_reject_their_rows(tmp_path):
    rows = [
        *ROWS,
        [Error("#N/A"), "县级", 1],
        ["2024-1-4", "县级", Formula("SUM(A1)", None)],
        ["2024-1-5", "县级", Formula("1+2", 3)],
    ]
    path = tmp_path / "接访.xlsx"
    write(path, [Sheet("登记", rows)], "xlsx")
    made = report(path)
    assert made.reconciliation.reasons["rejected"] == {"error-cell": 1, "no-value": 1}
    assert made.tables[0].total["persons"] == 6


def test_hidden_rows_count_and_hidden_sheets_do_not_unless_asked(tmp_path):
    path = tmp_path / "接访.xlsx"
    write(
        path,
        [Sheet("一", ROWS, hidden_rows=frozenset([3])), Sheet("旧", [*ROWS, ["2024-1-9", "市级", 9]], state="hidden")],
        "xlsx",
    )
    made = report(path)
    assert made.tables[0].total["visits"] == 2
    assert codes(made) == ["W208"]
    assert [(note.sheet, note.why) for _, note in made.not_read] == [("旧", "hidden")]
    assert report(path, include_hidden=True).tables[0].total["visits"] == 5


def test_the_same_sheet_or_file_twice_is_counted_once(tmp_path):
    one, two = tmp_path / "接访.xlsx", tmp_path / "接访（改）.xlsx"
    write(one, [Sheet("一", ROWS)], "xlsx")
    write(two, [Sheet("二", ROWS), Sheet("三", [*ROWS, ["2024-1-9", "市级", 9]])], "xlsx")
    made = report(one, two)
    assert made.tables[0].total["visits"] == 5
    assert made.reconciliation.reasons["skipped"] == {"copy": 2}
    assert codes(made) == ["W210"]


def test_sheets_of_notes_and_summaries_are_named_and_a_strange_one_is_found(tmp_path):
    path = tmp_path / "接访.xlsx"
    strange = Sheet("其他", [["甲", "乙"], ["1", "2"], ["3", "4"]])
    write(path, [Sheet("说明", [["请填表"]]), Sheet("汇总", ROWS), Sheet("空", []), strange, Sheet("登记", ROWS)], "xlsx")
    made = report(path)
    assert {note.sheet: note.why for _, note in made.not_read} == {
        "说明": "notes",
        "汇总": "summary",
        "空": "empty",
        "其他": "unrecognised",
    }
    assert codes(made) == ["W207"]
    assert made.attention
    assert not report(path, sheet=["登记"]).attention
    assert refusal(path, sheet=["没有"]) == "E319"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("11010119900307451X", "…(1)"),
        ("0731-88887777", "…(1)"),
        ("139 1234 5678", "…(1)"),
        ("5月 13912345678 张", "5月 … 张(1)"),
        ("20240501 13912345678", "20240501 …(1)"),
        ("１３９１２３４５６７８", "…(1)"),
        ("20240501-20240531", "20240501-20240531"),
        ("2024-05-01", "2024-05-01"),
        ("2024年5月", "2024年5月"),
        ("202405", "202405"),
        ("1-12月", "1-12月"),
    ],
)
def test_a_sheet_name_shows_no_identity_or_telephone_number(name, shown):
    assert SheetInfo(0, name).shown == shown


def test_a_number_as_a_sheet_name_stands_in_no_output(tmp_path):
    path = tmp_path / "接访.xlsx"
    rows = [["接访日期", "接访级别", "来访人数"], ["2024-1-2", "市级", 1], ["某日", "县级", 2]]
    other = [["甲", "乙"], ["a", "b"], ["c", "d"], ["e", "f"]]
    write(path, [Sheet("110101199003074514", rows), Sheet("13912345678", other)], "xlsx")
    made = report(path)
    forms = [load_renderer(form)(made, Style()) for form in ("table", "md", "csv", "json", "jsonl", "html")]
    forms += [load_renderer(form, Result.INSPECTION)(made, Style()) for form in formats_of(Result.INSPECTION)] + [
        rejects_csv(made)
    ]
    forms += [load_renderer(form, Result.REPORT)(made, Style()) for form in ("md", "txt", "html")]
    assert not [form for form in forms if "110101199003074514" in form or "13912345678" in form]
    assert made.inputs[0].tally.sheet == "…(1)"


@pytest.mark.parametrize("fmt", ["xlsx", "ods"])
def test_hidden_rows_that_hold_nothing_are_none(tmp_path, fmt):
    path = tmp_path / f"接访.{fmt}"
    write(path, [Sheet("一", [*ROWS, [], ["2024-1-4", "县级", 3]], hidden_rows=frozenset([3, 4]))], fmt)
    made = report(path)
    assert made.tables[0].total["visits"] == 3
    assert [(said.code, said.rows) for said in made.findings if fmt == "ods"] == [("W208", 1)] * (fmt == "ods")


@pytest.mark.parametrize(("long", "rejected"), [(1, {"too-many-fields": 1}), (3, {})])
def test_a_few_rows_of_a_text_with_more_fields_than_the_header_are_rejected_many_are_its_form(tmp_path, long, rejected):
    """A stray comma has moved their cells; where many rows have more, it is how the program writes them."""
    rows = "".join(f"2024-1-{n},市级,2{',x' * (n <= long)}\n" for n in range(1, 7))
    path = tmp_path / "接访.csv"
    path.write_text(f"接访日期,接访级别,来访人数\n{rows}", "utf-8")
    made = report(path)
    assert made.reconciliation.reasons["rejected"] == rejected
    assert made.tables[0].total["visits"] == 6 - sum(rejected.values())
