"""The sample logs are what the script makes, byte for byte, and give the figures that they were made from."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

from tests.logs import report

SAMPLES = Path(__file__).parents[2] / "sample_data"
SETS = ["city_2021", "prefectures", "messy", "english"]


def test_the_script_makes_the_committed_files(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["make.py", str(tmp_path)])
    monkeypatch.syspath_prepend(str(SAMPLES))
    runpy.run_path(str(SAMPLES / "make.py"), run_name="__main__")
    for name in SETS:
        made = {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
        kept = {path.name: path.read_bytes() for path in (SAMPLES / name).iterdir()}
        assert made.keys() == kept.keys()
        assert [one for one in made if made[one] != kept[one]] == []


def test_the_city_falls_from_the_top_three():
    places = {}
    for year in (2020, 2021):
        table = report(SAMPLES / "prefectures" / "各市州群众上访登记.xlsx", by="tier,region", period=str(year)).tables[0]
        for tier in ("进京访", "到省访"):
            volumes = {
                row.group["region"]: row.figures["visits"] for row in table.rows if row.group["tier"] == tier and not row.subtotal
            }
            assert len(volumes) == 11
            places[year, tier] = 1 + sum(1 for volume in volumes.values() if volume > volumes["清源市"])
    assert places == {(2020, "进京访"): 3, (2021, "进京访"): 10, (2020, "到省访"): 2, (2021, "到省访"): 9}


def test_the_messy_ones():
    messy = SAMPLES / "messy"
    expected = {
        "热线工单导出.csv": ("cases", {"cases": 60, "closed": 41, "excluded": 4}, {}, {}),
        "南坪县接访登记.xls": ("visits", {"visits": 24}, {}, {"repeated-header": 2, "subtotal": 3, "total": 1}),
        "2024年石桥县接访.xlsx": ("visits", {"visits": 36}, {}, {}),
        "系统导出信访事项.xls": ("cases", {"cases": 50}, {}, {}),
        "群众来信登记.xlsx": ("letters", {"cases": 30, "closed": 21}, {}, {}),
        "错漏较多的接访登记.xlsx": (
            "visits",
            {"visits": 6, "persons": 31},
            {"date-ambiguous": 1, "date-range": 1, "number-text": 1, "persons-blank": 1},
            {},
        ),
    }
    assert {path.name for path in messy.iterdir()} == set(expected)
    for name, (log, figures, rejected, skipped) in expected.items():
        made = report(messy / name)
        assert [table.log for table in made.tables] == [log]
        assert {key: made.tables[0].total[key] for key in figures} == figures
        assert made.reconciliation.reasons["rejected"] == rejected
        assert made.reconciliation.reasons["skipped"] == skipped


def test_the_english_one():
    table = report(SAMPLES / "english" / "service_requests.csv").tables[0]
    assert (table.total["cases"], table.total["closed"], table.total["excluded"]) == (400, 280, 30)
