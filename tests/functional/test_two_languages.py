"""Ten commands in Chinese and in English give the same bytes but for language; ten refusals in Chinese say what to type."""

from __future__ import annotations

import json
import shlex

import pytest

from tests.logs import book
from tests.program import run_text
from xfstats.cli import terminal
from xfstats.render.safe_text import display_width

LOG = """
接访日期 单位 接访级别 来访人数 办理状态 办结日期 满意度
2026-10-2 住建局 市级 3 已办结 2026-10-20 满意
2026-10-9 教育局 县级 1 办理中 . .
2026-10-12 教育局 县级 8 息诉罢访 2026-10-30 不满意
2026-9-5 住建局 县级 2 已办结 2026-9-9 基本满意
2025-10-5 教育局 乡级 4 已办结 2025-10-9 满意
"""
COMMANDS = [
    ("summarize --by 单位 -m 批次,结案率 --period 上月", "summarize --by unit -m visits,closure_rate --period last-month"),
    ("summarize --period 2026年10月 --compare 环比，同比", "summarize --period 'October 2026' --compare previous,'year on year'"),
    ("summarize --period 10月 --with 累计", "summarize --period october --with 'year to date'"),
    ("summarize --by 月份 --cross 层级 --period 1-10月", "summarize --by month --cross level --period 2026-01..2026-10"),
    ("summarize --by 单位 --rank 结案率：升序 --top １", "summarize --by unit --rank 'Closure rate:asc' --top 1"),
    ("summarize --preset 信访 --date-by 办结日期", "summarize --preset petition --date-by Closed"),
    ("summarize --where 单位＝住建局 --duplicates 拒绝", "summarize --where Unit=住建局 --duplicates reject"),
    ("summarize --map-status 办理中＝结案 --log 接访", "summarize --map-status 办理中=closed --log visits"),
    (
        "summarize --fail-if 结案率[县级]＜９０％ --max-rejected ２％",
        "summarize --fail-if closure_rate[县级]<90% --max-rejected 2%",
    ),
    ("summarize --by 满意度 --sort 批次 --map 人数=来访人数", "summarize --by satisfaction --sort Visits --map persons=来访人数"),
    ("deadlines --preset 信访 --by 单位", "deadlines --preset petition --by Unit"),
]
TEXTS = frozenset(["label", "definition", "notes", "message", "title", "condition"])


def words(command: str) -> list[str]:
    return shlex.split(command)


@pytest.mark.parametrize(("chinese", "english"), COMMANDS)
def test_a_command_in_either_language_gives_the_same_bytes(tmp_path, chinese, english):
    log = book(tmp_path, LOG)
    for lang in ("zh", "en"):
        for form in ("table", "json", "csv"):
            done = [
                run_text(*words(one), log, "--as-of", "2026-11-02", "--lang", lang, "-f", form, code=None)
                for one in (chinese, english)
            ]
            assert done[0].returncode in {0, 1}, done[0].stderr
            assert len({(one.returncode, one.stdout, one.stderr) for one in done}) == 1


def without_texts(plain):
    """JSON without what is written in a language."""
    match plain:
        case dict():
            return {key: without_texts(value) for key, value in plain.items() if key not in TEXTS}
        case list():
            return [without_texts(value) for value in plain]
        case _:
            return plain


@pytest.mark.parametrize(("chinese", "english"), COMMANDS)
def test_the_languages_differ_in_words_alone(tmp_path, chinese, english):
    log = book(tmp_path, LOG)
    printed = {
        form: [
            run_text(*words(one), log, "--as-of", "2026-11-02", "--lang", lang, "-f", form, code=None).stdout
            for one, lang in ((chinese, "zh"), (english, "en"))
        ]
        for form in ("csv", "json")
    }
    assert printed["csv"][0] == printed["csv"][1]
    one, other = (without_texts(json.loads(text)) for text in printed["json"])
    assert one == other


REFUSALS = [
    # what was typed, and what a Chinese reader is told: the cause, the words that may be typed, an example
    (
        "summarize LOG -m 办结比率",
        "--measure：没有“办结比率”；是不是 结案率（closure_rate）？可用：见 xfstats measures [E201]",
    ),
    (
        "summarize LOG --preset 信仿",
        (
            "--preset：没有“信仿”；是不是 信访（petition）？可用：普通（plain）、信访（petition）、"
            "12345热线（12345）、英国（uk） [E201]"
        ),
    ),
    (
        "summarize LOG --period 去年底",
        (
            "--period 的写法：2026年10月、2026-10、1-10月、三季度、2026-W40、2026、上月、上周、今年以来、"
            "2026-05-27..2026-11-30 [E220]"
        ),
    ),
    (
        "summarize LOG --period 2026年 --with 累计",
        "--with 累计 只用于一个月、一个季度或一周；请写 --period 2026-10、2026-Q3 或 2026-W40 [E373]",
    ),
    ("summarize LOG --compare 环比", "--compare 要与统计期一起写，如 --period 2026年10月 [E233]"),
    ("summarize LOG --fail-if '结案率 < 九成'", "--fail-if 的写法：结案率[*] < 90%（< <= > >= == !=） [E236]"),
    (
        "summarize LOG --map-status 办理中=办好",
        (
            "--map-status：没有“办好”；是不是 结案（closed） 或 未结（open）？可用：结案（closed）、息诉罢访（settled）、"
            "解决（resolved）、不计入（excluded）、部分解决（partly）、未结（open）、其他（other） [E201]"
        ),
    ),
    ("summarize LOG --by 来访人姓名", "不能按“个人信息”一类的列分组：个人信息读入就丢弃；请换一个字段 [E204]"),
    ("summarize 没有.xlsx", '"没有.xlsx": 没有这个文件 [E301]'),
    ("summarize LOG -o LOG", '"接访.xlsx": 输出文件与输入是同一个文件；请换一个文件名 [E202]'),
    (
        "summarize LOG -o 统计.pdf",
        "不能写成 统计.pdf 这种后缀的文件；请换成 .xlsx、.html、.csv、.md（报告还可写 .docx），或用 -f 指明格式 [E211]",
    ),
    (
        "deadlines LOG",
        (
            '"接访.xlsx" 「Sheet1」: “超期未结”要有期限：登记里没有期限日，也没有选定天数；用 --preset 信访（petition），'
            "或 --map 期限=表头（due_on），或配置里的 handling_days [E344]"
        ),
    ),
    ("explain '结案率[省级]' LOG", "没有 结案率[省级] 这个数字；有：结案率[市级]、结案率[县级]、结案率[乡级] [E237]"),
    ("summarize LOG --where 单位", "--where 的写法是 名称=值，如 --where 单位=甲局 [E213]"),
]


@pytest.mark.parametrize(("typed", "said"), REFUSALS)
def test_a_refusal_in_chinese_says_what_to_type(tmp_path, typed, said):
    log = book(tmp_path, LOG)
    done = run_text(*(str(log) if one == "LOG" else one for one in words(typed)), "--lang", "zh", cwd=tmp_path, code=None)
    assert done.returncode in {2, 3}
    assert (done.stdout, done.stderr) == ("", f"xfstats: {said}\n")


@pytest.mark.parametrize(("lang", "cells"), [(lang, cells) for lang in ("zh", "en") for cells in (60, 140)])
def test_a_table_fits_a_window_of_any_width_in_both_languages(tmp_path, lang, cells, monkeypatch):
    monkeypatch.setattr(terminal, "_is_terminal", lambda _: True)
    log = book(tmp_path, LOG)
    for more in ([], ["--with", "ytd"], ["--compare", "prev,yoy"], ["--preset", "petition"]):
        done = run_text(
            *("summarize", log, "--period", "2026-10", "--as-of", "2026-11-02", "--lang", lang, "--color", "never", *more),
            COLUMNS=str(cells),
            code=None,
        )
        assert max(map(display_width, done.stdout.splitlines())) <= cells, more
