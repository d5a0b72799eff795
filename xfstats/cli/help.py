"""Help pages whose columns line up with wide characters, in two languages, with examples; click counts code points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import click

from xfstats.cli.first_page import PAGE
from xfstats.cli.terminal import language, page_width
from xfstats.errors import unknown_name

_NARROW = 60
"""Cells of a window below which a term and its text stand under each other."""
_FEW = 8
"""Options that need no headings."""


class WideFormatter(click.HelpFormatter):
    """Text and definition lists measured in terminal cells."""

    def write_text(self, text: str) -> None:
        """Paragraphs, wrapped."""
        from xfstats.render.safe_text import wrapped  # noqa: PLC0415 - only for help

        indent = " " * self.current_indent
        for paragraph in text.split("\n\n"):
            lines = wrapped(" ".join(paragraph.split()), max(self.width - self.current_indent, 10))
            self.write("".join(f"{indent}{line}\n" for line in lines))

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """How it is typed, wrapped."""
        from xfstats.render.safe_text import wrapped  # noqa: PLC0415 - as above

        self.write("".join(f"{line}\n" for line in wrapped(f"{prefix}{prog} {args}", self.width, "  ")))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Term and text in two columns; in a narrow window the text under its term."""
        from xfstats.render.safe_text import width, wrapped  # noqa: PLC0415 - as above

        rows = list(rows)
        widths = [width(term) for term, _ in rows]
        first = 4 if self.width < _NARROW else min(max(widths, default=0), col_max) + col_spacing
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
    """A command with such a help page, in the language of --lang, the environment or the locale."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("context_settings", {"help_option_names": ["-h", "--help"]})
        super().__init__(*args, **kwargs)

    def get_help(self, ctx: click.Context) -> str:
        """The page, as wide as the window up to 100 cells."""
        formatter = WideFormatter(width=page_width())
        self.format_help(ctx, formatter)
        return formatter.getvalue().rstrip("\n")

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The line of how it is typed."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        if language() == "zh":
            formatter.write_usage(
                ctx.command_path, pieces.replace("[OPTIONS]", "[选项]").replace("COMMAND [ARGS]...", "命令 …"), prefix="用法："
            )
        else:
            formatter.write_usage(ctx.command_path, pieces, prefix="Usage: ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's own
        """What the command does, then how it is typed for what."""
        told = COMMANDS.get(self.name or "", "") if language() == "zh" else self.help or ""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(told)
        if examples := EXAMPLES.get(self.name or ""):
            formatter.write_paragraph()
            with formatter.indentation():
                for line in examples[language() != "zh"]:
                    formatter.write_text(line)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options by what they are for, under headings in the page's language; a few under one."""
        chinese = language() == "zh"
        records: dict[str, list[tuple[str, str]]] = {heading[not chinese]: [] for heading in HEADINGS}
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx) if isinstance(param, click.Option) else None
            if record is not None:
                name = "help" if "--help" in param.opts else "version" if "--version" in param.opts else param.name or ""
                heading = next((own for own, names in HEADINGS.items() if name in names.split()), _OTHERS)
                records[heading[not chinese]].append((record[0], OPTIONS[name] if chinese else param.help or record[1]))
        if sum(map(len, records.values())) <= _FEW:
            records = {_ALL[not chinese]: [row for rows in records.values() for row in rows]}
        for told, rows in records.items():
            if rows:
                with formatter.section(told):
                    formatter.write_dl(rows)


class CommandFolder(Help, click.Group):
    """A group whose commands are the modules of `cli/commands` with a prefix, each imported when it is asked for."""

    def __init__(self, *args: Any, prefix: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.prefix = prefix

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own
        """Return the names of the commands, in the order of the pages of help."""
        modules = {module.name for module in iter_modules([str(Path(__file__).with_name("commands"))])}
        return [name for name in COMMANDS if self.prefix + name in modules]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of this name; None where there is none."""
        if cmd_name not in self.list_commands(ctx):
            return None
        found: click.Command = import_module(f"xfstats.cli.commands.{self.prefix}{cmd_name}").command
        return found

    def every(self, ctx: click.Context) -> dict[str, click.Command]:
        """Return all commands by name."""
        return {name: one for name in self.list_commands(ctx) if (one := self.get_command(ctx, name)) is not None}

    def get_help(self, ctx: click.Context) -> str:
        """Its commands, each with what it does in full."""
        return PAGE[language()].rstrip("\n") if ctx.parent is None else super().get_help(ctx)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is named; raises UsageFault with the nearest where there is none."""
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            raise unknown_name(args[0], tuple(self.list_commands(ctx)), ctx.command_path)
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands, then the options."""
        chinese = language() == "zh"
        told = [
            (name, COMMANDS[name] if chinese else (one.help or "").partition("\n")[0]) for name, one in self.every(ctx).items()
        ]
        with formatter.section("命令" if chinese else "Commands"):
            formatter.write_dl(told)
        super().format_options(ctx, formatter)


_ALL, _OTHERS = ("选项", "Options"), ("其他", "Others")
HEADINGS: Mapping[tuple[str, str], str] = {
    ("统计哪些行", "Which rows"): "period date_by where as_of",
    ("怎样统计", "What is counted"): "by measure preset cross compare rank sort top bottom",
    ("写出结果", "The result"): (
        "format_ output force dry_run digits bars detail template rejects save against lang color public"
    ),
    ("检查（达不到时退出码为 1）", "Checks (exit 1)"): "fail_if max_rejected strict",
    ("怎样读文件", "How files are read"): (
        "recursive sheet header maps map_level map_status closed_by date_order date_cells timezone rows per encoding log "
        "include_hidden duplicates case_numbers skip_bad_files limits"
    ),
    ("本单位的配置", "The office's profile"): "profile no_profile",
    _OTHERS: "quiet verbose log_format jobs lock version help",
}
"""What each option is for, in the order of a page."""

EXAMPLES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "summarize": (
        ("xfstats summarize 登记表.xlsx --period 2026-10 --by unit", "xfstats summarize 县区上报/ -o 统计表.xlsx"),
        ("xfstats summarize log.xlsx --period 2026-10 --by unit", "xfstats summarize county/ -o table.xlsx"),
    ),
    "inspect": (
        ("xfstats inspect 登记表.xlsx", "xfstats inspect 登记表.xlsx --rejects 被拒.csv"),
        ("xfstats inspect log.xlsx", "xfstats inspect log.xlsx --rejects rejects.csv"),
    ),
    "report": (
        ("xfstats report 登记表.xlsx --period 2026-10 --compare prev,yoy -o 月报.docx -o 月报.xlsx",),
        ("xfstats report log.xlsx --period 2026-10 --compare prev,yoy -o report.docx -o report.xlsx",),
    ),
    "explain": (
        ("xfstats explain 'closure_rate[县级]' 登记表.xlsx", "xfstats explain visits 登记表.xlsx --period 2026-10"),
        ("xfstats explain 'closure_rate[县级]' log.xlsx", "xfstats explain visits log.xlsx --period 2026-10"),
    ),
    "verify": (("xfstats verify 月报.docx 登记表.xlsx",), ("xfstats verify report.docx log.xlsx",)),
    "deadlines": (
        ("xfstats deadlines 登记表.xlsx --preset petition --as-of 2026-11-02 --by unit",),
        ("xfstats deadlines log.xlsx --preset petition --as-of 2026-11-02 --by unit",),
    ),
    "init": (("xfstats profile init 登记表.xlsx > xfstats.toml",), ("xfstats profile init log.xlsx > xfstats.toml",)),
    "show": (("xfstats profile show xfstats.toml",), ("xfstats profile show xfstats.toml",)),
    "check": (("xfstats profile check xfstats.toml",), ("xfstats profile check xfstats.toml",)),
    "measures": (("xfstats measures --preset petition",), ("xfstats measures --preset petition",)),
    "fields": (("xfstats fields",), ("xfstats fields",)),
    "schema": (("xfstats schema > xfstats.schema.json",), ("xfstats schema > xfstats.schema.json",)),
}
"""How each command is typed, in Chinese and English."""

COMMANDS: Mapping[str, str] = {
    "summarize": "按组统计数量和比率，每类登记一张表。",
    "inspect": "说明每个文件是怎样读懂的：工作表、表头、各列、词语，哪些行没有计入、为什么。",
    "report": "写成可以签字的报告：文字、统计表、图、口径、核对；.xlsx .docx .html .md .txt .svg .png。",
    "explain": "说明一个数字（如 closure_rate[县级]）：口径、分子分母、背后各行的位置。",
    "verify": "核对（改过的）报告里的数字与登记表是否一致；有不符则退出码为 1。",
    "deadlines": "截至某日的未结事项，按距期限的天数分组统计。",
    "profile": "写出、显示或检查本单位的配置。",
    "init": "打印从这些文件推断出的配置，看过后存为 xfstats.toml。",
    "show": "打印现行的全部词语：自带的，加上配置里的。",
    "check": "检查配置文件；有错则指出行号和可能的本意。",
    "measures": "列出全部指标：键、名称、类别。",
    "fields": "列出列可以对应的全部字段，用于 --map、--by、--where。",
    "schema": "打印 -f json 的 JSON 模式。",
}
OPTIONS: Mapping[str, str] = {
    "recursive": "文件夹连同子文件夹一起读。",
    "sheet": "只读这些名字的工作表；!名字 表示不读。",
    "header": "表头在第几行（或第几到第几行），自动找不到时用。",
    "maps": "指定某字段是哪一列：写表头，或写 column:F。",
    "map_level": "把层级列里的某个词算作另一级别。",
    "map_status": "把某个状态词归入 closed、settled、resolved、excluded、open。",
    "closed_by": "状态和办结日期都有时按哪个结案：status（状态，缺省）、date（日期）、either（任一）。",
    "date_order": "3/4/2024、24-3-4 怎样读：ymd、dmy（日在前）、mdy（月在前）。",
    "date_cells": "swapped：日期单元格的月和日颠倒了，换回来读。",
    "rows": "each：一条记录合并了几行时，每行都算一条。",
    "per": "case_no：一个编号有几行时（一行一次进展）只算一件，以最后一行为准。",
    "timezone": "带 Z 或时差的时间按哪个时区算日期：Asia/Shanghai、+08:00、UTC。",
    "encoding": "文本文件的编码，既不是 UTF-8 也不是 GB18030 时用。",
    "log": "登记的类别，看不出来时用：visits、cases、letters、backlog。",
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
    "by": "按这些字段分组，依次嵌套（缺省按层级）；也可用 leader、year、quarter、month、week；xfstats fields 列出全部。",
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
    "measure": "只打印这些指标（缺省打印表里有的）；xfstats measures 列出全部。",
    "format_": "结果的格式：table、md、csv、tsv、json、jsonl、html、xlsx 中此命令有的（缺省看 -o 的后缀）。",
    "output": "写入文件，格式看后缀；可重复；{period}、{as_of}、{log} 会替换。",
    "force": "可以覆盖不是 xfstats 写的、或写出后被人改过的文件。",
    "detail": "工作簿里加一张明细表：计入各行的分组、日期、计数和位置，不含个人信息。",
    "bars": "终端表格旁按第一个指标画条形。",
    "template": "本单位的文字模板（Jinja2）或 .xlsx 模板，填入数字。",
    "dry_run": "只算不写。",
    "digits": "打印比率的小数位数，0 到 6（缺省 2）。",
    "rejects": "把被拒绝的行写成清单：位置和原因，不含内容。",
    "max_rejected": "被拒绝的行超过此数则退出码为 1（缺省 5%）。",
    "public": "公开用：1-7 印作 5，其余取最近的 5 的倍数。",
    "strict": "有任何被拒绝的行或疑点则退出码为 1。",
    "lang": "输出的语言，zh 或 en（缺省随登记表）。",
    "quiet": "一切正常时不在标准错误上说话。",
    "verbose": "在标准错误上说明读入了什么（摘要）和重做的命令。",
    "log_format": "标准错误上的话：text（缺省）或 json（每行一个对象）。",
    "jobs": "同时读几个文件（缺省与处理器数相同）。",
    "lock": "同一文件夹已有带 --lock 的运行时立即以 5 退出。",
    "color": "标题加粗，未达标的比率标红：auto（缺省，看终端）、always、never。",
    "version": "显示版本。",
    "help": "显示本页。",
}
