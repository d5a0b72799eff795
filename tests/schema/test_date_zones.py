"""Days with Z or an offset: midnight in one zone, the written day, or the day in the zone that is named."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.logs import book, report
from tests.writers import Sheet, write
from xfstats.config.zones import zone
from xfstats.errors import InputFault, UsageFault
from xfstats.schema.date_zones import Moment, ZoneKind, judge_zones

MAY_31 = "2024-05-31T16:00:00.000Z"


def log(folder, days, name="工单.csv", header="工单编号,登记日期,工单状态", **more):
    path = folder / name
    path.write_text(header + "\n" + "".join(f"{n},{day},已办结\n" for n, day in enumerate(days, 1)), "utf-8")
    return path


def months(path, **options):
    made = report(path, by="month", **options)
    found = {row.group["month"]: row.figures["cases"] for row in made.tables[0].rows if row.figures["cases"]}
    return found, [said.code for said in made.findings if said.code in {"W257", "W206"}]


def named(text):
    return {"words": {"tables": {"read": {"timezone": text}}}}


def test_midnight_in_china_is_the_next_day_and_is_said(tmp_path):
    path = log(tmp_path, [MAY_31] * 5)
    assert months(path) == ({"2024-06": 5}, ["W257"])
    made = report(path)
    assert "UTC+8 的零点" in next(said.message for said in made.findings if said.code == "W257")
    assert months(path, **named("UTC")) == ({"2024-05": 5}, [])


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (["2024-05-31T18:30:00Z"] * 3, {"2024-06": 3}),  # India
        (["2024-05-31 13:00:00+00:00"] * 3, {"2024-06": 3}),  # UTC+11
        (["2024-05-31T23:00:00Z"] * 3, {"2024-06": 3}),  # UTC+1
        (["2024-05-31T16:00:00Z"] * 2, {"2024-05": 2}),  # two rows prove nothing
        (["2024-05-31T12:00:00Z"] * 3, {"2024-05": 3}),
        (["2024-05-31T10:00:00Z"] * 3, {"2024-05": 3}),
        (["2024-05-31T16:00:00Z", "2024-05-31T16:00:00Z", "2024-05-31T16:00:07Z"], {"2024-05": 3}),
        (["2024-05-31T16:15:00Z"] * 3, {"2024-05": 3}),
        (["2024-05-31T16:00:00Z", "2024-05-31T18:00:00Z", "2024-05-31T16:00:00Z"], {"2024-05": 3}),
        (["2024-05-31T16:00:00Z", "2024-05-31T17:00:00Z", "2024-05-31T16:00:00Z"], {"2024-05": 3}),
    ],
)
def test_only_midnight_of_one_zone_moves_the_day(tmp_path, days, found):
    assert months(log(tmp_path, days)) == (found, ["W257"])


def test_summer_time_has_two_midnights_an_hour_apart(tmp_path):
    winter = [f"2024-{month:02}-29T23:00:00Z" for month in (1, 2, 11)]
    summer = [f"2024-{month:02}-30T22:00:00Z" for month in (4, 6, 9)]
    found, codes = months(log(tmp_path, [*winter, *summer]))
    assert codes == ["W257"]
    assert found == {"2024-01": 1, "2024-03": 1, "2024-05": 1, "2024-07": 1, "2024-10": 1, "2024-11": 1}
    london = [*[f"2024-{month:02}-10T00:00:00Z" for month in (1, 2, 12)], *[f"2024-0{month}-30T23:00:00Z" for month in (4, 6)]]
    assert months(log(tmp_path, london))[0] == {"2024-01": 1, "2024-02": 1, "2024-05": 1, "2024-07": 1, "2024-12": 1}


def test_the_other_columns_of_the_file_are_read_in_the_same_zone(tmp_path):
    path = tmp_path / "cases.csv"
    rows = [f"{n},2024-05-0{n}T16:00:00Z,2024-05-0{n + 2}T{hour}:12:05Z,Closed" for n, hour in ((1, 15), (2, 16), (3, 23))]
    path.write_text("Case number,Received,Closed,Status\n" + "\n".join(rows) + "\n", "utf-8")
    made = report(path, measure="closed,mean_days")
    assert made.tables[0].total["mean_days"].value == pytest.approx(
        5 / 3
    )  # received the day after, closed the day, the day after
    assert [said.values["columns"] for said in (one.finding for one in made.findings) if said.code == "W257"] == ["B, C"]


def test_days_at_midnight_as_written_need_no_finding(tmp_path):
    assert months(log(tmp_path, ["2024-05-31T00:00:00Z"] * 4)) == ({"2024-05": 4}, [])
    assert months(log(tmp_path, ["2024-05-31T00:00:00+08:00"] * 4)) == ({"2024-05": 4}, [])
    assert months(log(tmp_path, ["2024-05-31T09:30:00+08:00"] * 4)) == ({"2024-05": 4}, ["W257"])


def test_offsets_that_differ_are_converted_only_into_a_zone_that_is_named(tmp_path):
    path = log(tmp_path, ["2024-05-31T23:30:00+08:00", "2024-05-31T23:30:00+09:00", "2024-05-31T23:30:00Z"])
    with pytest.raises(InputFault, match="--timezone") as caught:
        months(path)
    assert (caught.value.code, caught.value.exit_code) == ("E347", 3)
    assert months(path, **named("Asia/Shanghai"))[0] == {"2024-05": 2, "2024-06": 1}
    assert months(path, **named("+09:30"))[0] == {"2024-06": 3}


@pytest.mark.parametrize(
    "day",
    ["05/31/2024 09:10:31 AM +0000", "05/31/2024 09:10:31 AM CDT", "05/31/2024 09:10:31 AM UTC", "5/31/2024 9:10 GMT+0"],
)
def test_american_days_with_a_zone_are_read(tmp_path, day):
    days = [day, day.replace("31/2024", "30/2024"), day.replace("31/2024", "29/2024"), day.replace("31/2024", "02/2024")]
    found, codes = months(log(tmp_path, days))
    assert (found, codes) == ({"2024-05": 4}, [] if "CDT" in day else ["W257"])


def test_a_span_of_time_is_no_offset(tmp_path):
    days = ["2024-05-31 9:00-11:00", "2024-05-31 14:00-16:30", "2024-05-30 9:00-10:00"]
    assert months(log(tmp_path, days)) == ({"2024-05": 3}, [])


def test_a_workbook_of_texts_is_read_alike(tmp_path):
    rows = "\n".join(f"A{n} 2024-05-31T16:00:00.000Z 已办结" for n in range(4))
    assert months(book(tmp_path, f"案件编号 登记日期 办理状态\n{rows}", "案件.xlsx")) == ({"2024-06": 4}, ["W257"])


def test_typed_moments_of_parquet_are_read_alike(tmp_path):
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    days = [datetime(2024, 5, 31, 16, tzinfo=UTC)] * 3
    for zone_of, found in (("UTC", {"2024-06": 3}), ("Asia/Tokyo", {"2024-06": 3}), ("America/New_York", {"2024-05": 3})):
        columns = {
            "工单编号": ["1", "2", "3"],
            "登记日期": pa.array(days, pa.timestamp("ms", zone_of)),
            "工单状态": ["已办结"] * 3,
        }
        pq.write_table(pa.table(columns), tmp_path / "工单.parquet")
        assert months(tmp_path / "工单.parquet")[0] == found, zone_of


@pytest.mark.parametrize(
    ("text", "hours"), [("UTC", 0), ("z", 0), ("+08:00", 8), ("-0530", -5.5), ("UTC+8", 8), ("Asia/Shanghai", 8)]
)
def test_zones_are_known_by_name_and_by_offset(text, hours):
    found = zone(text)
    assert found is not None
    assert found.utcoffset(datetime(2024, 1, 1)) == timedelta(hours=hours)


@pytest.mark.parametrize("text", ["Asia/Nowhere", "+99", "北京", "../etc/passwd", ""])
def test_what_names_no_zone_is_refused(tmp_path, text):
    assert zone(text) is None
    profile = tmp_path / "office.toml"
    profile.write_text(f'[read]\ntimezone = "{text}"\n', "utf-8")
    path = log(tmp_path, [MAY_31] * 5)
    if text:
        with pytest.raises(UsageFault, match="Asia/Shanghai"):
            report(path, profile=profile)
    else:
        assert report(path, profile=profile).tables[0].total["cases"] == 5


def sheets(folder, *months, form="xlsx"):
    """A workbook of one sheet for each list of days."""
    head = ["Case number", "Received", "Status"]
    rows = [[head, *([f"{place}-{n}", day, "Closed"] for n, day in enumerate(days))] for place, days in enumerate(months)]
    path = folder / f"cases.{form}"
    write(path, [Sheet(f"List {place}", own) for place, own in enumerate(rows)], form)
    return path


@pytest.mark.parametrize("form", ["xlsx", "ods", "xls"])
def test_the_zone_that_one_sheet_proves_is_that_of_the_file(tmp_path, form):
    path = sheets(tmp_path, ["2024-04-30T16:00:00Z"] * 3, ["2024-05-31T16:00:00Z"], ["2024-06-30T18:12:05Z"], form=form)
    assert months(path) == ({"2024-05": 3, "2024-06": 1, "2024-07": 1}, ["W257"] * 3)
    assert all("UTC+8" in said.message for said in report(path).findings if said.code == "W257")


def test_sheets_prove_a_zone_together(tmp_path):
    path = sheets(tmp_path, *[[f"2024-0{month}-30T16:00:00Z"] for month in (4, 6, 8)])
    assert months(path)[0] == {"2024-05": 1, "2024-07": 1, "2024-08": 1}
    winter, summer = ("2024-01-31T23:00:00Z", "2024-11-30T23:00:00Z"), ("2024-04-30T22:00:00Z", "2024-06-30T22:00:00Z")
    found = {"2024-02": 2, "2024-12": 2, "2024-05": 2, "2024-07": 2}
    assert months(sheets(tmp_path, *[[day] * 2 for day in (*winter, *summer)]))[0] == found


def test_sheets_that_tell_two_zones_move_no_day(tmp_path):
    path = sheets(tmp_path, ["2024-04-30T16:00:00Z"] * 3, ["2024-05-31T18:30:00Z"] * 3)
    assert months(path) == ({"2024-04": 3, "2024-05": 3}, ["W257"] * 2)


def test_sheets_of_two_offsets_need_a_zone(tmp_path):
    path = sheets(tmp_path, ["2024-04-30T09:10:00+08:00"] * 3, ["2024-05-31T18:35:00+09:00"] * 3)
    with pytest.raises(InputFault) as caught:
        months(path)
    assert caught.value.code == "E347"
    assert months(path, **named("+08:00"))[0] == {"2024-04": 3, "2024-05": 3}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_zone_is_named_by_its_offset(tmp_path, lang):
    header = "Case number,Received,Status" if lang == "en" else "工单编号,登记日期,工单状态"
    made = report(log(tmp_path, ["2024-05-31T09:12:00Z"] * 4, header=header))
    (said,) = [one.message for one in made.findings if one.code == "W257"]
    assert "Asia" not in said
    assert "--timezone" in said


def test_columns_that_tell_two_zones_move_no_day():
    india = {Moment(date(2024, 5, day), 18 * 60 + 30, True, timedelta(0)): 1 for day in (1, 2, 3)}
    china = {Moment(date(2024, 5, day), 16 * 60, True, timedelta(0)): 1 for day in (1, 2, 3)}
    assert judge_zones([india, china], None).kind is ZoneKind.WRITTEN
    assert judge_zones([china, {}], None).kind is ZoneKind.MIDNIGHT
    assert judge_zones([{}], UTC).kind is ZoneKind.NONE
