"""An office's words: written, shown, checked, named, and used to the same bytes."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.logs import book, report, text_file
from tests.program import run
from tests.visits import SAMPLES
from xfstats.cli.commands.profile_check import check_profile
from xfstats.config.profile import load_profile
from xfstats.errors import UsageFault

LOG = """
    序号 接访日期 登记日期 级别 来访人数 办理状态
    1 2024-1-2 2024-1-3 市级 1 已办结
    2 2024-1-3 2024-1-4 县级 2 甩锅
    3 2024-1-3 2024-1-4 县级 2 甩锅
    4 2024-1-3 2024-1-5 片区 2 甩锅
""" + "".join(f"    {n} 2024-1-{n} 2024-1-{n} 市级 1 已办结\n" for n in range(5, 11))


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_a_run_with_the_inferred_profile_gives_the_same_bytes(tmp_path, form):
    path = book(tmp_path, LOG)
    written = tmp_path / "office.toml"
    written.write_bytes(run("profile", "init", path).stdout)
    options = ["-f", form, "--as-of", "2026-11-02", "-q"]
    assert run("summarize", path, *options, "-p", written).stdout == run("summarize", path, *options).stdout


def test_the_inferred_profile_names_counts_alternatives_and_what_is_unknown(tmp_path):
    text = run("profile", "init", book(tmp_path, LOG)).stdout.decode()
    plain = tomllib.loads(text)
    assert plain["columns"]["received_on"] == ["接访日期"]
    line = next(line for line in text.splitlines() if line.startswith("received_on"))
    assert "10 格" in line
    assert "其次：登记日期" in line
    assert '= ["甩锅"]  # 未识别: 3' in text


def test_what_is_shown_is_itself_a_profile_of_the_same_words(tmp_path):
    path = tmp_path / "x.toml"
    path.write_bytes(run("profile", "show", SAMPLES / "city_2021" / "xfstats.toml").stdout)
    loaded = load_profile(path, named=True)
    assert loaded.words["groups"]["cases"][0]["label"] == "市级领导"
    assert loaded.words["levels"] == load_profile(None).words["levels"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("schema = 1\n[columns]\nrecieved_on = '日期'\n", "line 3: unknown key recieved_on; did you mean received_on?"),
        ("[status]\ndone = ['x']\n", "line 2: unknown key done"),
        ("a = \n", "line 1: not valid TOML"),
        ("[[groups.visits]]\nlabel = 'x'\nwhen = { levle = 'y' }\n", "did you mean level?"),
        ("[profile.month]\nby = 'unit'\n[profile.week]\nbyy = 'x'\n", "no [profile.day]; there are: month, week"),
    ],
)
def test_check_names_the_line_and_what_was_meant(tmp_path, text, says):
    path = tmp_path / "x.toml"
    path.write_text(text, "utf-8")
    done = run("profile", "check", f"{path}:day" if "month" in text else path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert says in done.stderr.decode()


def test_a_file_may_hold_several_named_profiles(tmp_path):
    path = tmp_path / "x.toml"
    path.write_text('[profile.monthly]\nperiod = "2024-01"\n[profile.bylevel]\nby = ["level"]\n', "utf-8")
    assert run("profile", "check", f"{path}:monthly").stdout == b"ok\n"
    done = run("summarize", book(tmp_path, LOG), "-p", f"{path}:monthly", "-f", "json")
    assert b'"last": "2024-01-31"' in done.stdout


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[columns]\nclosed_on = ["closd"]\n[status]\nclosd = ["x"]', "line 4: unknown key closd; did you mean closed?"),
        ('[columns]\nunit = [\n"a",\n"b",\n]\nlevle = "x"', "line 6: unknown key levle"),
        ('note = """\nby = 1\n"""', "line 1: unknown key note"),
        ('levels = "社区"', "line 1: levels takes"),
        ('[levels]\ncounty = "社区"', "line 2: county takes"),
        ('[levels]\ncounty = ["社区"]\ntownship = ["社 区"]', "line 3: 社 区 stands in county and in township"),
        ('[columns]\nunit = "甲（乙）"\nregion = ["甲"]', "line 3: 甲 stands in unit and in region"),
        ('[columns]\nlevel = "信访人"', "line 2: 信访人 heads a column about persons"),
        ('[columns]\nunit = "客户姓名及工号"', "line 2: 客户姓名及工号 heads a column about persons"),
        (
            '[[groups.visits]]\nlabel = "a"\nwhen = { level = "市级" }\n[[groups.visits]]\nlabel = "a"\nwhen = {}',
            "line 5: two rules",
        ),
        ('[[groups.visits]]\nlabel = "a"\n[groups.visits.when]\nlevel = ["市级", "县及"]', "line 4: 县及 in a rule is no level"),
        ('office = "x"\naccept = ["W999"]', "line 2: accept: no W999"),
        ("schema = 2", "line 1: schema takes"),
        ('by = ["levle"]', "line 1: --by: no levle; did you mean level?"),
        ('date_by = "recieved_on"', "line 1: --date-by: no recieved_on"),
        ('measure = "closure_rat"', "line 1: --measure: no closure_rat; did you mean closure_rate?"),
        ('by = "level"\ncross = "level"', "line 1: --by, --cross names one thing twice"),
        ('rank = "visits:up"', "line 1: --rank: no up"),
        ('where = ["levl=x"]', "line 1: --where: no levl"),
        ('office = "x"\nperiod = "2024-13"', "line 2: a year has months 01 to 12; --period takes one of"),
        ('fail_if = ["closure_rat[*] < 90%"]', "line 1: --fail-if: no closure_rat"),
        ('max_rejected = "lots"', "line 1: --max-rejected takes"),
        ('compare = "yoyo"', "line 1: --compare: no yoyo"),
        ('by = "week"\ncompare = "yoy"', "line 2: a week has none a year before"),
        ('header = "abc"', "line 1: --header takes"),
        ("[limit]\nmem = 3", "line 1: --limit: no mem"),
        ('[profile.a]\nby = "unit"\n[profile.b]\nmeasur = "visits"', "line 4: unknown key measur; did you mean measure?"),
        ('measure = "visits"\n[profile.b]\nmeasure = "visit"', "line 3: --measure: no visit"),
        ('[levels]\ncounty = ["社区"]\n[profile.b.levels]\ntownship = ["社区"]', "line 4: 社区 stands in county and in township"),
    ],
)
def test_check_says_what_a_run_would_refuse_with_its_line(tmp_path, text, says):
    path = tmp_path / "x.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageFault) as caught:
        check_profile(str(path))
    assert str(caught.value).startswith(f'"x.toml": {says}')


@pytest.mark.parametrize("text", ['compare = "prev"', "", *(one.read_text("utf-8") for one in SAMPLES.glob("*/xfstats.toml"))])
def test_check_refuses_nothing_that_runs(tmp_path, text):
    path = tmp_path / "x.toml"
    path.write_text(text, "utf-8")
    done = run("profile", "check", path)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"ok\n", b"")


def test_a_named_profile_is_over_its_file_key_by_key(tmp_path):
    path = tmp_path / "x.toml"
    path.write_text('[columns]\nlevel = "层"\nunit = "甲"\n[profile.month.columns]\nunit = "乙"\n', "utf-8")
    columns = load_profile(path, "month", named=True).words["columns"]
    assert (columns["level"][0], columns["unit"][0]) == (["层"], ["乙"])
    assert ["甲"] not in columns["unit"]


def test_columns_limits_and_words_may_be_named_in_a_profile_as_by_options(tmp_path):
    path = tmp_path / "x.toml"
    path.write_text(
        'as_of = 2026-11-02\nstrict = true\nmap_level = ["片区=片区级"]\n'
        'map_status = { "甩锅" = "closed" }\n[map]\nreceived_on = "登记日期"\n'
        '[[groups.visits]]\nlabel = "片"\nwhen = { level = "片区级" }\n[limit]\nrows = 100\n',
        "utf-8",
    )
    made = report(book(tmp_path, LOG), profile=path)
    assert made.inputs[0].tally.columns["received_on"] == "登记日期"
    assert (made.tables[0].total["closed"], made.tables[0].shown()["片"]["visits"]) == (10, "1")
    check_profile(str(path))
    shown = tmp_path / "shown.toml"
    shown.write_bytes(run("profile", "show", path).stdout)
    options = [load_profile(one, named=True).options for one in (shown, path)]
    assert [(one["as_of"], one["strict"]) for one in options] == [("2026-11-02", True)] * 2
    again, first = (load_profile(one, named=True).words for one in (shown, path))
    for table in ("levels", "status"):
        assert {key: set(words) for key, words in again[table].items()} == {
            key: set(words) for key, words in first[table].items()
        }
    assert again["groups"] == first["groups"]


def test_the_offices_headers_rank_first_and_in_its_order(tmp_path):
    path = tmp_path / "x.toml"
    path.write_text('[columns]\nreceived_on = ["登记日期", "接访日期"]\n', "utf-8")
    assert report(book(tmp_path, LOG), profile=path).inputs[0].tally.columns["received_on"] == "登记日期"


def test_a_roster_names_who_has_not_reported(tmp_path):
    path = tmp_path / "x.toml"
    path.write_text('expect = ["东川县", "石桥县", "安平市"]\n', "utf-8")
    logs = [book(tmp_path, "接访日期 区县 来访人数\n2024-1-2 东川县 1\n", "接访.xlsx"), book(tmp_path, LOG, "石桥县接访.xlsx")]
    finding = next(said for said in report(*logs, profile=path, by="region").findings if said.code == "W219")
    assert "缺报：安平市" in finding.message
    assert "应报 3，实报 2" in finding.message


def test_a_case_number_in_two_files_is_found_where_asked_for(tmp_path):
    head = "案件编号 包案级别 办理状态\n"
    one = book(tmp_path, head + "BA1 市级 办结\nBA2 市级 办结\n", "包案1.xlsx")
    two = book(tmp_path, head + "BA2 市级 办结\nBA3 县级 办结\n", "包案2.xlsx")
    assert not report(one, two).findings
    finding = report(one, two, case_numbers=True).findings[0]
    assert (finding.code, finding.rows) == ("W220", 1)
    assert "包案1.xlsx" in finding.message
    assert "BA2" not in finding.message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_profile_is_read_as_shells_and_editors_write_it(tmp_path, encoding):
    path = tmp_path / "x.toml"
    path.write_text('office = "清源市"\r\n', encoding)
    assert load_profile(path).office == "清源市"


def test_a_missing_or_unreadable_profile_is_a_usage_error(tmp_path):
    spoilt = tmp_path / "x.toml"
    spoilt.write_bytes("a = '中'".encode("gbk"))
    for path, code in ((Path("none.toml"), "E221"), (spoilt, "E222")):
        with pytest.raises(UsageFault) as caught:
            load_profile(path)
        assert caught.value.code == code


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("top = '3'", "line 1: top takes 1-1000"),
        ("top = true", "line 1: top takes 1-1000"),
        ("top = 0", "line 1: top takes 1-1000"),
        ("by = 3", "by takes"),
        ("digits = 'x'", "digits takes 0-6"),
        ("digits = 99", "digits takes 0-6"),
        ("fail_if = 5", "fail_if takes"),
        ("rank = 5", "rank takes"),
        ("cross = ['channel']", "cross takes"),
        ("jobs = '2'", "jobs takes 1-256"),
        ("format = 'foo'", "format takes table, Markdown (md)"),
        ("log = 'foo'", "log takes visits, cases"),
        ("expect = 5", "expect takes"),
        ("expect = ['甲', 5]", "expect takes"),
        ("accept = 'W203'", "accept takes"),
        ("choices = 5", "choices takes"),
        ("columns = 5", "columns takes"),
        ("profile = 5", "line 1: profile takes"),
        ("duplicates = 'x'", "duplicates takes count, reject"),
        ("lang = 'fr'", "lang takes Chinese (zh), English (en)"),
        ("strict = 'no'", "strict takes true | false"),
        ("as_of = 2026-02-01T00:00:00", "as_of takes"),
        ("where = { level = 5 }", "where takes"),
        ("preset = 1.5", "preset takes"),
        ("office = '局'\n[choices]\nholidays = 5", "line 3: holidays takes"),
        ("[read]\ndate_order = 'ym'", "line 2: date_order takes none, year-month-day (ymd), day-month-year (dmy)"),
        ("[rates]\nclosure_rate = 'received'", "line 2: closure_rate takes"),
        ("[levels]\ncounty = '社区'", "line 2: county takes"),
        ("[status]\nclosed = [5]", "line 2: closed takes"),
        ("[groups]\nvisits = 5", "line 2: visits takes"),
        (
            "[[groups.visits]]\nlabel = 'x'\nwhen = { level = 'y' }\n[[groups.visits]]\nwhen = { level = 'y' }",
            "line 4: each rule",
        ),
        ("[[groups.visits]]\nlabel = 'x'\nwhen = { level = 'y' }\n[[groups.visits]]\nlabel = 5", "line 5: label takes"),
        ("[[groups.visits]]\nlabel = 'x'", "[[groups.visits]] needs when"),
        ("[[groups.visits]]\nlabel = 'x'\nwhen = { level = 5 }", "line 3: level takes"),
    ],
)
def test_a_value_of_another_kind_is_refused_with_its_line_and_what_is_taken(tmp_path, text, says):
    path = tmp_path / "x.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageFault) as caught:
        load_profile(path, named=True)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("preset = 12345", {"preset": "12345"}),
        ("period = 2026", {"period": "2026"}),
        ("period = 2026-02-01", {"period": "2026-02-01"}),
        ("as_of = 2026-02-01", {"as_of": "2026-02-01"}),
        ("max_rejected = 0", {"max_rejected": 0}),
    ],
)
def test_a_number_or_a_day_may_stand_for_its_text(tmp_path, written, read):
    path = tmp_path / "x.toml"
    path.write_text(written, "utf-8")
    loaded = load_profile(path, named=True)
    assert loaded.options == read
    assert loaded.words["chosen"]["preset"] == read.get("preset", "plain")


def test_a_profile_for_the_public_is_checked_as_a_run_would(tmp_path):
    path = tmp_path / "office.toml"
    path.write_text("schema = 1\npublic = true\n", "utf-8")
    assert run("profile", "check", path).stdout == b"ok\n"
    path.write_text('schema = 1\npublic = true\nmeasure = "open"\n', "utf-8")
    with pytest.raises(UsageFault) as caught:
        check_profile(str(path))
    assert caught.value.code == "E247"


def test_the_inferred_profile_says_what_a_denial_leaves_of_a_state(tmp_path):
    rows = "C1,2024-05-01,Parks,Closed\nC2,2024-05-02,Roads,Resolved - Not Fixed\nC3,2024-05-03,Parks,Open\n"
    path = text_file(tmp_path, "Case ID,Received,Department,Status\n" + rows)
    lines = run("profile", "init", path, "--lang", "en").stdout.decode().splitlines()
    assert '# "resolved - not fixed" → closed: 1' in lines
