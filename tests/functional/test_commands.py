"""The commands beside summarize and inspect, as they are typed: exit code, stdout, stderr, all three."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.program import run_text
from tests.visits import HEADER, rows


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("commands")
    with (path / "接访.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER.split(), *rows(5)])
    return path


def run(folder, *words, code=0, **env):
    return run_text(*words, code=code, cwd=folder, **env)


@pytest.mark.usefixtures("chinese_font")
def test_a_report_goes_to_several_files_and_says_so(folder):
    names = [f"月报.{form}" for form in ("xlsx", "docx", "html", "md", "txt", "svg", "png")]
    outputs = [word for name in names for word in ("-o", name)]
    done = run(folder, "report", "接访.csv", "--period", "2026-05", "--compare", "prev", "--as-of", "2026-11-02", *outputs)
    assert done.stdout == ""
    assert done.stderr.split() == [word for name in names for word in ("已写入", name)]
    assert all((folder / name).stat().st_size > 500 for name in names)
    again = run(folder, "verify", "月报.docx", "接访.csv")
    assert again.stdout.endswith("0 个不符，0 个未对应\n")


def test_a_report_without_a_file_is_printed(folder):
    done = run(folder, "report", "接访.csv", "--period", "2026-05", "--as-of", "2026-11-02", "-f", "md")
    assert done.stdout.startswith("# 关于2026年5月领导干部接访情况的通报\n\n2026年5月，领导干部共接待来访群众")
    assert (
        done.stdout.endswith("- xfstats report \\-\\-period 2026-05 \\-\\-as\\-of 2026-11-02\n")
        or "xfstats report" in done.stdout
    )


def test_verify_ends_with_1_where_a_figure_differs_and_options_override(folder):
    run(folder, "report", "接访.csv", "--period", "2026-05", "--as-of", "2026-11-02", "-o", "五月.txt", "-q")
    path = folder / "五月.txt"
    path.write_text(path.read_text("utf-8").replace("人次", "人次", 1).replace("批次", "批次", 1), "utf-8")
    assert run(folder, "verify", "五月.txt", "接访.csv").stdout.count("\n") == 1
    done = run(folder, "verify", "五月.txt", "接访.csv", "--period", "2026-04", code=1)
    assert "不符" in done.stdout
    plain = json.loads(run(folder, "verify", "五月.txt", "接访.csv", "--period", "2026-04", "-f", "json", code=1).stdout)
    assert plain["different"]


def test_explain_names_the_figure_as_it_is_typed(folder):
    done = run(folder, "explain", "closure_rate[县级]", "接访.csv", "--as-of", "2026-11-02")
    assert done.stdout.startswith("结案率[县级] = ")
    plain = json.loads(run(folder, "explain", "closure_rate[县级]", "接访.csv", "-f", "json", "--as-of", "2026-11-02").stdout)
    counted = sum(last - first + 1 for place in plain["rows"]["part"] for first, last in place["rows"])
    assert counted == plain["value"]["numerator"]
    assert "来访人" not in done.stdout


@pytest.mark.usefixtures("chinese_font")
@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["explain", "closure", "接访.csv"], 2, "E201"),
        (["explain", "closure_rate[*]", "接访.csv"], 2, "E237"),
        (["explain", "closure_rate.prev", "接访.csv"], 2, "--compare prev"),
        (["explain", "closure_rate[火星]", "接访.csv"], 2, "E237"),
        (["verify", "none.docx", "接访.csv"], 3, "E301"),
        (["report", "接访.csv", "-o", "x.pdf"], 2, "E211"),
        (["report", "接访.csv", "-o", "接访.csv"], 2, "E211"),
        (["summarize", "接访.csv", "--preset", "petitions"], 2, "petition"),
        (["summarize", "接访.csv", "--compare", "prev"], 2, "E233"),
        (["summarize", "接访.csv", "--against", "none.json"], 2, "E239"),
        (["measures", "--preset", "x"], 2, "plain"),
        (["report", "接访.csv", "--by", "level", "--where", "level=省级", "-o", "x.png", "--period", "2001"], 2, "E242"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_nothing_is_written(folder, words, code, said):
    before = sorted(path.name for path in folder.iterdir())
    done = run(folder, *words, "--lang", "en", code=code) if words[0] != "measures" else run(folder, *words, code=code)
    assert done.stdout == ""
    assert said in done.stderr
    if code:
        assert len(done.stderr.strip().splitlines()) == 1
        assert sorted(path.name for path in folder.iterdir()) == before


def test_deadlines_count_open_cases_by_the_days_left(folder):
    plain = json.loads(run(folder, "deadlines", "接访.csv", "--preset", "petition", "--as-of", "2026-07-01", "-f", "json").stdout)
    total = plain["tables"][0]["total"]["figures"]
    assert total["open"] == sum(total[key] for key in ("overdue", "due_in_7", "due_in_30", "due_later", "no_limit"))
    assert list(total) == ["open", "overdue", "due_in_7", "due_in_30", "due_later", "no_limit"]


def test_a_gate_ends_with_1_and_says_what_is_missing(folder):
    done = run(folder, "summarize", "接访.csv", "--fail-if", "closure_rate < 99%", "--as-of", "2026-11-02", code=1)
    assert done.stdout
    assert done.stderr.startswith("xfstats: 未达标：closure_rate < 99%；合计 结案率 为 ")


def test_what_was_saved_is_compared_with_later(folder):
    asked = ["--period", "2026-05", "-m", "visits,persons,excluded,closed"]
    run(folder, "summarize", "接访.csv", *asked, "--save", "五月.json", "-q")
    with (folder / "补录.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER.split(), *[row for row in rows(6) if row[1].month == 5][:3]])
    done = run(folder, "summarize", "接访.csv", "补录.csv", *asked, "--against", "五月.json")
    said = [line for line in done.stdout.splitlines() if line.startswith("修订：") and " 合计 " in line]
    assert said == [
        "修订：接访 合计 批次 原为 21，现为 24",
        "修订：接访 合计 人次 原为 137，现为 153",
        "修订：接访 合计 不计入 原为 5，现为 6",
        "修订：接访 合计 结案 原为 8，现为 9",
    ]


def test_measures_are_told_under_each_preset(folder):
    plain, uk = (run(folder, "measures", "--preset", name, "--lang", "en").stdout for name in ("plain", "uk"))
    assert "on_time_rate" in plain
    assert plain != uk


PERIOD = ["--period", "2026-05", "--as-of", "2026-11-02", "-q"]


def test_a_report_for_the_public_is_made_and_verified_as_such(folder):
    run(folder, "report", "接访.csv", *PERIOD, "--public", "-o", "公开.md")
    assert "--public" in (folder / "公开.md").read_text("utf-8").replace("\\", "")
    said = run(folder, "verify", "公开.md", "接访.csv").stdout
    assert said.endswith("0 个不符，0 个未对应\n")
    run(folder, "report", "接访.csv", *PERIOD, "-o", "内部.md")
    assert "不符" in run(folder, "verify", "内部.md", "接访.csv", "--public", code=1).stdout


def test_verify_says_where_the_profile_is_missing_or_another_one(folder, tmp_path):
    logs, reports = tmp_path / "logs", tmp_path / "reports"
    logs.mkdir()
    reports.mkdir()
    (logs / "接访.csv").write_bytes((folder / "接访.csv").read_bytes())
    profile = logs / "xfstats.toml"
    profile.write_text('[status]\nclosed = ["办理中"]\n', "utf-8")
    path = str(reports / "月报.md")
    run(reports, "report", str(logs / "接访.csv"), *PERIOD, "-o", path)
    assert "配置 sha256 " in (reports / "月报.md").read_text("utf-8")
    assert run(reports, "verify", path, str(logs / "接访.csv")).stdout.count("\n") == 1
    profile.rename(reports / "xfstats.toml")
    assert run(tmp_path, "verify", path, str(logs / "接访.csv")).stdout.count("\n") == 1
    (reports / "xfstats.toml").write_text('[status]\nclosed = ["办理中"]\n\n', "utf-8")
    assert "做报告时的配置与这次的不同（xfstats.toml）" in run(tmp_path, "verify", path, str(logs / "接访.csv")).stdout
    (reports / "xfstats.toml").unlink()
    assert "[E257]" in run(tmp_path, "verify", path, str(logs / "接访.csv"), code=2).stderr
    assert "做报告时的配置" in run(tmp_path, "verify", path, str(logs / "接访.csv"), "--no-profile", code=1).stdout


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a regular file that not even root can read, as Linux has")
def test_verify_says_that_the_profile_beside_a_report_cannot_be_read(folder, tmp_path):
    (tmp_path / "logs").mkdir()
    (folder / "xfstats.toml").write_text('[status]\nclosed = ["办理中"]\n', "utf-8")
    run(folder, "report", "接访.csv", *PERIOD, "-o", str(tmp_path / "月报.md"))
    (tmp_path / "xfstats.toml").symlink_to("/proc/self/mem")
    (tmp_path / "logs" / "接访.csv").write_bytes((folder / "接访.csv").read_bytes())
    said = run(tmp_path / "logs", "verify", str(tmp_path / "月报.md"), "接访.csv", code=2).stderr
    assert said.count("\n") == 1
    assert "xfstats.toml" in said
    (tmp_path / "logs" / "xfstats.toml").write_bytes((folder / "xfstats.toml").read_bytes())
    assert run(tmp_path / "logs", "verify", str(tmp_path / "月报.md"), "接访.csv").stdout.count("\n") == 1


def test_a_workbook_with_its_rows_is_verified_with_them(folder):
    run(folder, "report", "接访.csv", *PERIOD, "--detail", "-o", "明细.xlsx")
    said = run(folder, "verify", "明细.xlsx", "接访.csv").stdout.splitlines()
    assert [line.partition("：")[0] for line in said[:-1]] == ["「明细」", "「计数」", "「图表数据」"]
    assert said[-1].endswith("0 个不符，0 个未对应")
