"""Help pages whose columns line up with wide characters; click counts code points."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import click


class WideFormatter(click.HelpFormatter):
    """Definition lists measured in terminal cells."""

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write term and text in two columns."""
        from xfstats.render.visible import width, wrapped  # noqa: PLC0415 - only for help

        rows = list(rows)
        widths = [width(term) for term, _ in rows]
        first = min(max(widths, default=0), col_max) + col_spacing
        for (term, text), cells in zip(rows, widths, strict=True):
            lines = wrapped(" ".join(text.split()), max(self.width - first - self.current_indent, 10))
            self.write(" " * self.current_indent + term)
            if not lines:
                self.write("\n")
                continue
            if cells <= first - col_spacing:
                self.write(" " * (first - cells))
            else:
                self.write("\n" + " " * (first + self.current_indent))
            self.write(lines[0] + "\n")
            for line in lines[1:]:
                self.write(" " * (first + self.current_indent) + line + "\n")


class Help(click.Command):
    """A command with such a help page, in the language of the environment or of --lang."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("context_settings", {"help_option_names": ["-h", "--help"]})
        super().__init__(*args, **kwargs)

    def get_help(self, ctx: click.Context) -> str:
        """The page, as wide as the window up to 100 cells."""
        if page_lang() == "zh":
            self._translate(ctx)
        formatter = WideFormatter(width=min(ctx.terminal_width or shutil.get_terminal_size().columns, 100))
        self.format_help(ctx, formatter)
        return formatter.getvalue().rstrip("\n")

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The line of how it is typed."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        if page_lang() == "zh":
            formatter.write_usage(ctx.command_path, pieces.replace("[OPTIONS]", "[选项]"), prefix="用法：")
        else:
            formatter.write_usage(ctx.command_path, pieces)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, under a heading in the page's language."""
        chinese = page_lang() == "zh"
        shown = {param: param.get_help_record(ctx) for param in self.get_params(ctx) if isinstance(param, click.Option)}
        records = [
            (record[0], OPTIONS["help"]) if chinese and "--help" in param.opts else record
            for param, record in shown.items()
            if record
        ]
        with formatter.section("选项" if chinese else "Options"):
            formatter.write_dl(records)

    def _translate(self, ctx: click.Context) -> None:
        """Put the Chinese texts in the place of the English ones."""
        self.help = COMMANDS.get(self.name or "", self.help)
        for param in self.get_params(ctx):
            if isinstance(param, click.Option) and param.name in OPTIONS:
                param.help = OPTIONS[param.name]


def page_lang() -> str:
    """The language, zh where --lang or the environment says Chinese."""
    words = sys.argv[1:]
    asked = next((word for flag, word in pairwise(words) if flag == "--lang"), None)
    names = ("XFSTATS_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    name = asked or next((os.environ[key] for key in names if os.environ.get(key)), "")
    return "zh" if name.lower().startswith("zh") else "en"


COMMANDS = {
    "summarize": "按组统计数量和比率，每类登记一张表。",
    "inspect": "说明每个文件是怎样读懂的：工作表、表头、各列、词语，哪些行没有计入、为什么。",
    "report": "写成可以签字的报告：文字、统计表、图、口径、核对；.xlsx .docx .html .md .txt .svg .png。",
    "explain": "说明一个数字（如 closure_rate[县级]）：口径、分子分母、背后各行的位置。",
    "verify": "核对（改过的）报告里的数字与登记表是否一致；有不符则退出码为 1。",
    "deadlines": "截至某日的未结事项，按距期限的天数分组统计。",
    "init": "打印从这些文件推断出的配置，看过后存为 xfstats.toml。",
    "show": "打印现行的全部词语：自带的，加上配置里的。",
    "check": "检查配置文件；有错则指出行号和可能的本意。",
    "measures": "列出全部指标：键、名称、类别。",
    "fields": "列出列可以对应的全部字段，用于 --map、--by、--where。",
    "schema": "打印 -f json 的 JSON 模式。",
}
OPTIONS = {
    "recursive": "文件夹连同子文件夹一起读。",
    "sheet": "只读这些名字的工作表；!名字 表示不读。",
    "header": "表头在第几行（或第几到第几行），自动找不到时用。",
    "maps": "指定某字段是哪一列：写表头，或写 column:F。",
    "map_level": "把层级列里的某个词算作另一级别。",
    "map_status": "把某个状态词归入 closed、settled、resolved、excluded、open。",
    "encoding": "文本文件的编码，既不是 UTF-8 也不是 GB18030 时用。",
    "log": "登记的类别，标题和列都看不出来时用。",
    "include_hidden": "隐藏的工作表也读。",
    "duplicates": "整行相同的行：计入（count，缺省）或拒绝（reject）。",
    "case_numbers": "查找同时出现在两个文件里的编号（每个编号占 16 字节）。",
    "skip_bad_files": "读不了的文件跳过并说明（退出码 1）。",
    "limits": "提高某个上限，名称见提示。",
    "profile": "本单位的词和规则，TOML 文件。",
    "no_profile": "不使用输入旁边的 xfstats.toml。",
    "period": "只统计这些日子：2026-10、2026-Q3、2026-W40、2026、last-month、last-week、2026-05-27..2026-11-30。",
    "date_by": "按哪个日期判断期间（缺省 received_on）。",
    "where": "只统计某字段等于某值的行。",
    "as_of": "以哪一天判断办结与未结（缺省今天）。",
    "by": "按这些字段分组，依次嵌套（缺省按层级，没有层级则按表里有的）；也可用 year、quarter、month、week。",
    "compare": "与上一期（prev，环比）、上年同期（yoy，同比）比较。",
    "preset": "用哪一套口径：plain、petition、12345、uk（缺省 plain）。",
    "cross": "把这个字段的各个值并排成列。",
    "rank": "按此指标给各组排位次，大者在前（:asc 小者在前）。",
    "sort": "按此指标排列各组，大者在前（:asc 小者在前）。",
    "top": "只列前 N 组，其余合为一行。",
    "bottom": "只列后 N 组，其余合为一行。",
    "save": "把结果存为 JSON，以后比较用。",
    "against": "说明自存下的结果以来哪些数字变了。",
    "fail_if": "某数字如此则退出码为 1：'closure_rate[*] < 90%'；可重复。",
    "measure": "只打印这些指标（缺省打印表里有的）。",
    "format_": "结果的格式（缺省看 -o 的后缀，否则为 table）。",
    "output": "写入文件；{period}、{as_of}、{log} 会替换。",
    "force": "可以覆盖不是 xfstats 写的文件。",
    "detail": "工作簿里加一张明细表：计入各行的分组、日期、计数和位置，不含个人信息。",
    "bars": "终端表格旁按第一个指标画条形。",
    "template": "本单位的文字模板（Jinja2）或 .xlsx 模板，填入数字。",
    "dry_run": "只算不写。",
    "digits": "打印比率的小数位数（缺省 2）。",
    "rejects": "把被拒绝的行写成清单：位置和原因，不含内容。",
    "max_rejected": "被拒绝的行超过此数则退出码为 1（缺省 5%）。",
    "public": "公开用：1-7 印作 5，其余取最近的 5 的倍数。",
    "strict": "有任何被拒绝的行或疑点则退出码为 1。",
    "lang": "输出的语言（缺省随登记表）。",
    "quiet": "一切正常时不在标准错误上说话。",
    "verbose": "在标准错误上多说一些。",
    "jobs": "同时读几个文件（缺省与处理器数相同）。",
    "lock": "同一文件夹已有带 --lock 的运行时立即以 5 退出。",
    "color": "终端上的颜色。",
    "help": "显示本页。",
}
