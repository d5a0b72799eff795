"""The scan reads the workbooks of the corpus, the samples and more writers as python-calamine does.

Hostile files are not compared, for some abort calamine: `tests/hostile` judges what becomes of them.
"""

from __future__ import annotations

import subprocess
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

from tests.corpus.generate import corpus
from tests.needs import needs
from tests.readers import every_workbook
from tests.readers.books import by_calamine, by_openpyxl, grid, repacked, scanned, trimmed
from tests.readers.every_workbook import MOST, differences
from tests.writers import Sheet, write
from tests.writers.examples import SHEETS

TREE = Path(__file__).parents[2]
CHINESE = [*range(27, 37), *range(50, 59)]
"""Numbers of formats that WPS and Excel show as days or times in Chinese locales, and that no part of the file describes."""


def compared(paths, told):
    """Workbooks that the scan reads differently."""
    data = {
        f"{path.parent.name}/{path.name}": path.read_bytes() for path in paths if path.is_file() and path.stat().st_size < MOST
    }
    books = {name: one for name, one in data.items() if one.startswith(b"PK") and b"xl/workbook.xml" in one}
    return {name: found for name, one in books.items() if (found := differences(one, told))}


def test_the_corpus(tmp_path):
    told = Counter()
    assert compared([log.save(tmp_path) for log in corpus() if log.fmt.startswith("xls")], told) == {}
    assert [*told] == ["compared"]
    assert told["compared"] > 20


def test_samples_and_reports_of_released_versions():
    told = Counter()
    paths = [*TREE.glob("sample_data/*/*.xlsx"), *TREE.glob("tests/compatibility/*/*.xlsx")]
    assert compared(paths, told) == {}
    assert [*told] == ["compared"]
    assert told["compared"] > 8


def test_formats_of_chinese_locales(tmp_path):
    """As WPS writes them: by their numbers alone, days, days with a time, and a dimension that is wrong."""
    day = date(2024, 2, 29)
    rows = [[f"{number}" for number in CHINESE]]
    rows += [[day + timedelta(days=row)] * len(CHINESE) for row in range(3)]
    rows += [[datetime(2024, 2, 29, 9, 5)] * len(CHINESE), [45351] * len(CHINESE)]
    formats = {(row + 1, column + 1): one for row in range(1, 6) for column, one in enumerate(CHINESE)}
    write(tmp_path / "x.xlsx", [Sheet("接访", rows, formats=formats)], "xlsx", dimension="A1:A1")
    data = (tmp_path / "x.xlsx").read_bytes()
    found = scanned(data)
    cells = *(day + timedelta(days=row) for row in range(3)), datetime(2024, 2, 29, 9, 5)
    assert found[1:5] == [[cell] * len(CHINESE) for cell in cells]
    assert found[5] == [day] * len(CHINESE)
    assert trimmed(found) == by_calamine(data)


def test_hidden_and_very_hidden_sheets(tmp_path):
    write(tmp_path / "x.xlsx", SHEETS, "xlsx")
    told = Counter()
    assert compared([tmp_path / "x.xlsx"], told) == {}
    assert told == {"compared": 3}


@needs("soffice")
def test_libreoffice_is_read_as_calamine_reads_it(tmp_path):
    home, made = f"-env:UserInstallation=file://{tmp_path}/home", tmp_path / "made"
    for seed, lazily in ((1, False), (2, True)):
        by_openpyxl(tmp_path / f"{seed}.xlsx", grid(seed), lazily=lazily)
    command = ["soffice", home, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(made)]
    subprocess.run([*command, *map(str, tmp_path.glob("*.xlsx"))], check=True, capture_output=True)
    for path in (made / "1.xlsx", made / "2.xlsx"):
        assert b"LibreOffice" in repacked(path.read_bytes(), method=0)
        assert trimmed(scanned(path.read_bytes())) == by_calamine(path.read_bytes())
        assert len(scanned(path.read_bytes())) == 61


def test_a_workbook_that_is_read_differently_is_told(tmp_path, monkeypatch):
    write(tmp_path / "x.xlsx", SHEETS, "xlsx")
    monkeypatch.setattr(every_workbook, "by_calamine", lambda _data, _index: [])
    assert compared([tmp_path / "x.xlsx"], Counter()) == {f"{tmp_path.name}/x.xlsx": ["一", "藏&", "深"]}
