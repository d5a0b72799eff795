"""Text files whose records have another number of fields than their header: refused, unless values prove that nothing moved."""

import pytest

from tests.logs import codes, refused, report, text_file, total

DAYS = [f"2026-10-{day:02}" for day in range(1, 13)]
CHINESE = ("登记日期,姓名,单位,级别,办理状态", ["{day},张,三,城关镇,县级,已办结", "{day},李,小明,石桥镇,乡级,办理中"])
ENGLISH = (
    "Received,Complainant,Department,Level,Status",
    ["{day},Smith, John,Housing,county,Closed", "{day},Doe, Mary,Roads,town,Open"],
)


def log(folder, header, records, mark=","):
    lines = [header, *(records[place % len(records)].replace("{day}", day) for place, day in enumerate(DAYS))]
    return text_file(folder, "\n".join(lines).replace(",", mark) + "\n")


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("written", [CHINESE, ENGLISH])
@pytest.mark.parametrize("by", [None, "unit", "level"])
def test_records_moved_by_the_comma_of_a_name_are_refused_and_no_name_is_printed(tmp_path, mark, written, by):
    error = refused(log(tmp_path, *written, mark), by=by)
    assert error.code == "E377" or (by, error.code) == ("unit", "E305")
    assert not [name for name in ("三", "小明", "John", "Mary") if name in f"{error} {error.sentence('zh')}"]


def test_a_name_in_quotes_moves_nothing(tmp_path):
    records = [record.replace("张,三", '"张,三"').replace("李,小明", '"李,小明"') for record in CHINESE[1]]
    made = report(log(tmp_path, CHINESE[0], records), by="level")
    assert (total(made)["cases"], codes(made)) == (12, [])


def test_the_header_of_a_name_that_holds_the_comma_moves_all_columns(tmp_path):
    header = "登记日期,姓名（姓,名）,办理状态,单位"
    assert refused(log(tmp_path, header, ["{day},张三,已办结,城关镇", "{day},李小明,办理中,石桥镇"]), by="unit").code == "E377"


@pytest.mark.parametrize("end", ["", ","])
def test_notes_without_a_header_behind_a_column_proven_by_its_values_move_nothing(tmp_path, end):
    made = report(
        log(
            tmp_path,
            "登记日期,单位,级别,办理状态" + end,
            ["{day},城关镇,县级,已办结,已电话答复", "{day},石桥镇,乡级,办理中,待核"],
        )
    )
    assert (total(made)["cases"], total(made)["closed"]) == (12, 6)


def test_a_header_with_an_empty_last_field_is_as_long_as_its_records(tmp_path):
    made = report(
        log(tmp_path, "登记日期,办理状态,单位,", ["{day},已办结,城关镇,已电话答复", "{day},办理中,石桥镇,待核"]), by="unit"
    )
    assert [row.group["unit"] for row in made.tables[0].rows if row.group] == ["城关镇", "石桥镇"]


def test_where_nothing_moved_the_column_is_named(tmp_path):
    path = log(tmp_path, "登记日期,办理状态,单位", ["{day},已办结,城关镇,已电话答复", "{day},办理中,石桥镇,待核"])
    error = refused(path, by="unit")
    assert (error.code, "--map unit=column:C" in str(error)) == ("E377", True)
    made = report(path, by="unit", maps=["unit=column:C"])
    assert [row.group["unit"] for row in made.tables[0].rows if row.group] == ["城关镇", "石桥镇"]


def test_one_long_record_among_many_is_rejected_and_the_others_count(tmp_path):
    path = log(tmp_path, "登记日期,姓名,单位,级别,办理状态", ["{day},甲某,城关镇,县级,已办结"])
    path.write_text(path.read_text("utf-8") + "2026-10-20,乙,某,石桥镇,乡级,办理中\n", "utf-8")
    made = report(path, by="level")
    assert (total(made)["cases"], made.reconciliation.reasons["rejected"]) == (12, {"too-many-fields": 1})
