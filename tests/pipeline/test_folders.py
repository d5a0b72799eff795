"""What lies in a folder beside logs: texts without a table are passed over and said, data that cannot be read is not."""

from __future__ import annotations

import gzip

import pytest

from tests.logs import refused, text_file
from tests.program import run_text as run

LOG = "编号,登记日期,办理状态\n1,2024-05-06,已办结\n2,2024-05-07,办理中\n"
PROSE = (
    "This folder holds the logs.\nSee the wiki, if you can.\n",
    "Logs of 2024, by month, as sent by the counties, offices, and bureaux.\nAsk, or call us.\nWeekly.\nSee a, b.\n",
    "说明\n本目录为各县上报，每月一份，请勿改名\n如有问题，请联系办公室\n",
)


@pytest.mark.usefixtures("no_workers")
@pytest.mark.parametrize("text", PROSE)
@pytest.mark.parametrize("name", ["README.txt", "说明.txt", "notes.csv"])
def test_a_text_in_a_folder_is_passed_over_and_said(tmp_path, text, name):
    text_file(tmp_path, LOG)
    text_file(tmp_path, text, name)
    done = run("summarize", str(tmp_path), "--lang", "en", "-f", "csv")
    assert done.stdout.splitlines()[-1] == "cases,total,2,1,0.5"
    told = run("summarize", str(tmp_path), "--lang", "en").stdout
    assert f"Finding W275 {name} holds no table and was passed over" in told
    run("summarize", str(tmp_path), "--strict", code=1)


@pytest.mark.usefixtures("no_workers")
def test_a_file_that_is_named_is_refused(tmp_path):
    text_file(tmp_path, LOG)
    text_file(tmp_path, PROSE[0], "README.txt")
    assert "[E310]" in run("summarize", str(tmp_path / "README.txt"), str(tmp_path / "log.csv"), code=3).stderr
    (tmp_path / "log.csv").unlink()
    assert "[E310]" in run("summarize", str(tmp_path), code=3).stderr


@pytest.mark.usefixtures("no_workers")
@pytest.mark.parametrize("rows", ["代号,怎么样,归谁\na,弄完了,甲\nb,还在弄,乙\n", "x;y;z\n1;2;3\n4;5;6\n7;8;9\n"])
def test_data_that_is_not_recognised_still_ends_the_run(tmp_path, rows):
    text_file(tmp_path, LOG)
    text_file(tmp_path, rows, "other.csv")
    assert "[E309]" in run("summarize", str(tmp_path), code=3).stderr


@pytest.mark.parametrize("text", PROSE)
def test_prose_is_no_table(tmp_path, text):
    assert refused(text_file(tmp_path, text)).code == "E310"


@pytest.mark.usefixtures("no_workers")
@pytest.mark.parametrize("name", ["log.csv.gz", "十月.zip", "old.7z", "OLD.RAR"])
def test_a_packed_file_in_a_folder_is_passed_over_and_said(tmp_path, name):
    text_file(tmp_path, LOG)
    (tmp_path / name).write_bytes(b"PK")
    told = run("summarize", str(tmp_path), "--lang", "en").stdout
    assert f"Finding W281 {name} is packed and was passed over" in told
    assert run("summarize", str(tmp_path), "-f", "csv").stdout.splitlines()[-1] == "cases,total,2,1,0.5"
    assert "[W281]" in run("check", str(tmp_path), code=1).stdout


@pytest.mark.usefixtures("no_workers")
def test_a_folder_of_packed_files_alone_is_refused_by_their_name(tmp_path):
    (tmp_path / "log.csv.gz").write_bytes(gzip.compress(LOG.encode()))
    assert '"log.csv.gz": not a spreadsheet (gzip)' in run("summarize", str(tmp_path), "--lang", "en", code=3).stderr


@pytest.mark.usefixtures("no_workers")
def test_packed_files_of_subfolders_are_said_only_where_these_are_looked_into(tmp_path):
    text_file(tmp_path, LOG)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.zip").write_bytes(b"PK")
    assert "W281" not in run("summarize", str(tmp_path)).stdout
    assert "W281" in run("summarize", "-r", str(tmp_path)).stdout


@pytest.mark.usefixtures("no_workers")
@pytest.mark.parametrize(("name", "said"), [("10月.xlsx.part", True), ("log.CSV.crdownload", True), ("notes.part", False)])
def test_an_unfinished_log_in_a_folder_is_passed_over_and_said(tmp_path, name, said):
    text_file(tmp_path, LOG)
    (tmp_path / name).write_bytes(b"PK")
    told = run("summarize", str(tmp_path), "--lang", "en").stdout
    assert (f"Finding W290 {name} is not finished" in told) is said


@pytest.mark.usefixtures("no_workers")
@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", "请用 --map 单位=表头 指明，或者改用 --by level（层级） 或 --by region（地区）"),
        ("en", "--map unit=HEADER, or group --by level (Level) or --by region (Region) instead"),
    ],
)
def test_a_missing_group_is_refused_with_the_groups_that_there_are(tmp_path, lang, said):
    for name in ("安平县.csv", "石桥县.csv"):
        text_file(tmp_path, "来访日期,级别,来访人数,办理状态\n2026-10-01,县级,3,已办结\n", name)
    refused_by = run("summarize", str(tmp_path), "--by", "unit", "--lang", lang, code=3).stderr
    assert refused_by.count(said) == 2
    assert run("summarize", str(tmp_path), "--by", "region", "-f", "csv").stdout.count("县") >= 2
