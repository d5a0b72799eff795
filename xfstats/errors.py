"""Failures as exceptions: a code of `faults`, a position, and the values of its sentence."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from typing import Any

from xfstats.model import Position

MISUSE: Mapping[str, tuple[str, str]] = {
    # code: (中文, English); {names} are filled from fixed words, numbers, positions and known headers
    "E201": (
        "{option}：没有 {value}；是不是 {near}？可用：{names}",
        "{option}: no {value}; did you mean {near}? There are {names}",
    ),
    "E202": ("输出文件与输入是同一个文件；请换一个文件名", "the output is one of the inputs; choose another name"),
    "E203": ("{option}：没有 {value}；可用：{names}", "{option}: no {value}; there are {names}"),
    "E204": (
        "不能按“{field}”分组：它是个人信息列",
        "cannot group by {field}: it is a column about persons",
    ),
    "E211": ("从 {file} 的后缀看不出格式；请用 -f 指明", "no format for the suffix of {file}; name one with -f"),
    "E212": ("工作簿要写入文件：-o 文件名.xlsx", "a workbook needs a file: -o NAME.xlsx"),
    "E213": ("{option} 的写法是 名称=值", "{option} takes NAME=VALUE"),
    "E214": ("{option} 里有重复的名称", "{option} names one thing twice"),
    "E215": (
        "--header 写行号，或首末两行（最多五行）：3 或 3-4",
        "--header takes a row, or the first and last of at most five: 3 or 3-4",
    ),
    "E216": ("{option} 要写整数", "{option} takes whole numbers"),
    "E217": ("--max-rejected 写行数或百分比：20 或 2%", "--max-rejected takes a number of rows or a share: 20 or 2%"),
    "E218": ("--as-of 写日期：2026-11-02", "--as-of takes a day: 2026-11-02"),
    "E219": ("此命令的格式有 {forms}", "this command prints {forms}"),
    "E220": ("--period 的写法：{forms}", "--period takes one of: {forms}"),
    "E221": ("没有这个配置文件", "no such profile"),
    "E222": ("配置文件不是可读的 UTF-8 文本", "the profile cannot be read as UTF-8 text"),
    "E223": ("第 {line} 行：不是有效的 TOML", "line {line}: not valid TOML"),
    "E224": ("没有 [profile.{name}]；有：{names}", "no [profile.{name}]; there are: {names}"),
    "E225": (
        "第 {line} 行：{key} 只能写在用 -p 指定的配置里",
        "line {line}: {key} may only stand in a profile that is named with -p",
    ),
    "E226": ("第 {line} 行：没有 {key} 这个键；是不是 {names}？", "line {line}: unknown key {key}; did you mean {names}?"),
    "E227": ("第 {line} 行：没有 {key} 这个键；可用：{names}", "line {line}: unknown key {key}; known: {names}"),
    "E228": ("第 {line} 行：{key} 可用：{names}", "line {line}: {key} takes {names}"),
    "E229": (
        "周没有固定的同比；--by week 请只用 --compare prev",
        "a week has none a year before; with --by week, --compare prev only",
    ),
    "E230": ("读不了节假日文件", "the holiday file cannot be read"),
    "E231": (
        "第 {line} 行：写日期，后面可加 休 或 班：2026-10-01 休",
        "line {line}: a day, then off or on if needed: 2026-10-01 off",
    ),
    "E232": (
        "没有安装 chinesecalendar；请安装 xfstats[workdays]，或给出节假日文件",
        "chinesecalendar is not installed; install xfstats[workdays], or name a holiday file",
    ),
    "E233": ("--compare 需要 --period", "--compare needs --period"),
    "E234": ("{one} 与 {other} 不能同用", "{one} and {other} exclude each other"),
    "E235": ("{option} 只用于一个分组字段", "{option} works with one grouping field"),
    "E236": (
        "--fail-if 的写法：closure_rate[*] < 90%（< <= > >= == !=）",
        "--fail-if reads: closure_rate[*] < 90% (< <= > >= == !=)",
    ),
    "E237": ("没有 {figure} 这个数字；有：{names}", "there is no figure {figure}; there are {names}"),
    "E238": ("{figure}：两张表都有这个指标；请写成 {names}", "{figure}: two tables have it; write {names}"),
    "E239": ("不是 xfstats 存下的结果（--save）", "not a result that xfstats saved with --save"),
    "E240": (
        "存下的结果与这次的 {what} 不同，不能比较",
        "the saved result has another {what}; the two cannot be compared",
    ),
    "E241": (
        "需要 {package}；请安装 xfstats[{extra}]",
        "{package} is needed; install xfstats[{extra}]",
    ),
    "E242": ("没有可以画图的表（需要两个以上的组）", "no table has groups to draw (two at least)"),
    "E243": ("模板第 {line} 行有误", "line {line} of the template cannot be understood"),
    "E244": ("读不了模板", "the template cannot be read"),
    "E245": (
        "模板里有图或图片，填写时会丢失；请用没有图的模板",
        "the template holds charts or pictures, which would be lost; use one without",
    ),
    "E247": (
        "{option} 不能用于 {value}：可能推出小数；可用：{names}",
        "{option} does not publish {value}: small counts could be worked out; there are {names}",
    ),
    "E248": (
        "--fail-if 里 {figure} 的数写错了单位：件数、天数写 overdue > 10，率写 closure_rate < 90%，变化写 visits.prev > 5%",
        "--fail-if: not the unit of {figure}; counts, days: overdue > 10; rates: closure_rate < 90%; changes: visits.prev > 5%",
    ),
    "E250": ("第 {line} 行：[[{key}]] 的每条规则都要写 {names}", "line {line}: each rule of [[{key}]] needs {names}"),
    "E257": (
        "报告是按配置 {name} 做的，这里没有这份配置；请放在登记表旁，或用 -p 指定，或 --no-profile",
        "made with the profile {name}, which is not here; put it beside the logs, or name one with -p, or --no-profile",
    ),
    "E260": (
        "--template {file} 只能填写 {forms}；请去掉其他的 -o，或不用模板",
        "--template {file} can fill {forms} only; leave out the other outputs, or the template",
    ),
    "E261": (
        "模板没有在 {seconds} 秒、{mib} MiB 之内填完",
        "the template was not filled within {seconds} seconds and {mib} MiB",
    ),
    "E262": (
        '模板第 {line} 行写出的不是文字或数字；数字的写法：{{{{ figure("visits") }}}}',
        'line {line} of the template writes what is neither text nor number; a figure is {{{{ figure("visits") }}}}',
    ),
    "E263": (
        "模板里的名称 {name} 指的不是一个单元格",
        "the name {name} in the template is not that of one cell",
    ),
    "E264": (
        "模板里没有以数字命名的单元格；例如 visits、closure_rate__县级、paragraph",
        "no cell of the template is named after a figure, such as visits, closure_rate__county or paragraph",
    ),
    "E270": (
        "“{word}”同时写在 {one} 和 {other} 里；只能写在一处",
        "{word} stands in {one} and in {other}; it can be in one of them only",
    ),
    "E271": (
        "“{word}”是个人信息列的表头，不能用作 {field}",
        "{word} heads a column about persons, which cannot serve as {field}",
    ),
    "E272": ("[[groups.{log}]] 里有两条规则都叫“{word}”", "two rules of [[groups.{log}]] are called {word}"),
    "E273": (
        '规则里的“{word}”不是级别；可用：{names}；新的级别请先写 map_level = ["{word}={word}"]',
        '{word} in a rule is no level; there are {names}; a new one is made by map_level = ["{word}={word}"]',
    ),
    "E276": ("缺少 {what}；请看 {command} --help", "{what} is missing; see {command} --help"),
    "E277": (
        "没有 {option} 这个选项；是不是 {near}？请看 {command} --help",
        "no option {option}; did you mean {near}? See {command} --help",
    ),
    "E278": ("没有 {option} 这个选项；请看 {command} --help", "no option {option}; see {command} --help"),
    "E279": ("{option} 要写 {low} 到 {high} 的整数", "{option} takes a whole number from {low} to {high}"),
    "E280": ("{option} 后面要有内容", "{option} needs a value"),
    "E281": ("{option} 后面不带内容", "{option} takes no value"),
    "E282": ("{option} 的内容读不懂；请看 {command} --help", "{option} cannot be read; see {command} --help"),
    "E283": ("{command} 后面多了读不懂的内容；请看 {command} --help", "too much after {command}; see {command} --help"),
    "E284": ("{option} 应为 {what}", "{option} takes {what}"),
    "E286": ("不是普通文件", "not a regular file"),
    "E357": (
        "这是文件的内容或打开的文件，不是路径；请写文件的路径（原文不引用）",
        "this is what a file holds, or an open file, and no path; give the file's path (it is not quoted here)",
    ),
    "E287": ("超过 {value} 字节，不读取", "over {value} bytes, so not read"),
    "E288": (
        "{option} {name} 要写 {least} 到 {most} 之间的整数",
        "{option} {name} takes whole numbers from {least} to {most}",
    ),
    "E291": (
        "--public 的一张表只能有一个其中行；配置里有 {count} 个 of_which，请留一个，或用 --by 换一个分组",
        "--public protects one of_which row in a table; the profile has {count}: keep one, or choose another --by",
    ),
}


INPUT, USAGE, OUTPUT, LOCKED, BUG = 3, 2, 4, 5, 70


LINE = ("第 {line} 行：", "line {line}: ")
"""What goes before a sentence that names no line, where one is known."""


FAULTS: Mapping[str, tuple[int, str, str]] = {
    # code: (exit code, 中文, English); {names} are filled from fixed words, numbers, positions and known headers
    **{code: (USAGE, *sentences) for code, sentences in MISUSE.items()},
    "E275": (INPUT, "表头第 {rows} 行：{columns}", "header in row {rows}: {columns}"),
    "E249": (
        INPUT,
        "{log} 登记没有 {measure}，请用 {own}；如果是另一类登记，请用 --log 指明",
        "a log of {log} has no {measure}, use {own}; where it is another kind of log, say so with --log",
    ),
    "E285": (
        INPUT,
        "没有 --map {field}= 所指的表头；请看 xfstats inspect",
        "no such header for --map {field}=; see xfstats inspect",
    ),
    "E289": (
        INPUT,
        "是 WPS 或 Excel 打开文件时留下的锁文件；请给出 {name}",
        "the lock file that WPS or Excel keeps beside an open workbook; name {name}",
    ),
    "E256": (
        INPUT,
        "公式没有存储结果，无法核对；请用 WPS 或 Excel 打开并保存",
        "formulas without stored results cannot be verified; open it in WPS or Excel and save it",
    ),
    "E301": (INPUT, "没有这个文件", "no such file"),
    "E302": (INPUT, "有打开密码；请另存一份没有密码的", "protected by a password; save a copy without one"),
    "E303": (
        INPUT,
        "文件不完整或已损坏（{what}）；请重新复制或用 WPS/Excel 另存",
        "cut off or damaged ({what}); copy it again, or save it anew in WPS or Excel",
    ),
    "E304": (
        INPUT,
        "超过上限 {limit}（{value}）；确认文件无误后可用 --limit {limit}=更大的数",
        "over the limit {limit} ({value}); if the file is right, raise it with --limit {limit}=NUMBER",
    ),
    "E305": (
        INPUT,
        "没有认出“{field}”一列；请用 --map {field}=表头",
        "no column for {field}; name it with --map {field}=HEADER",
    ),
    "E306": (
        INPUT,
        "“{field}”有 {count} 列；请选 {ways}",
        "{count} columns for {field}; choose {ways}",
    ),
    "E307": (INPUT, "不是表格文件（像是 {what}）；请用 WPS/Excel 另存为 .xlsx", "not a spreadsheet ({what}); save it as .xlsx"),
    "E308": (INPUT, "读取时文件被改动；请关闭它再试", "changed while it was being read; close it and try again"),
    "E309": (
        INPUT,
        "没有认出表头；请用 --header 行号，或 --map 字段=表头",
        "no header found; give its row with --header N, or name columns with --map FIELD=HEADER",
    ),
    "E310": (INPUT, "没有可计入的数据行（{why}）", "no row that can be counted ({why})"),
    "E311": (
        INPUT,
        "标题说是 {title}，列像是 {columns}；请用 --log {title} 或 --log {columns}",
        "the title says {title}, the columns say {columns}; choose --log {title} or --log {columns}",
    ),
    "E312": (
        INPUT,
        "像是汇总表，不是逐行登记；请给出登记表，或去掉它；每行确是一条登记时，用 --map persons=表头（或 batches=表头）",
        "looks like totals, not a log: give the log, or leave it out; if each row is a record, --map persons=HEADER (or batches)",
    ),
    "E313": (
        INPUT,
        "编码不是 {encoding}；请用 --encoding 指明，如 cp1252、latin-1、big5、shift_jis",
        "not {encoding} text; name the encoding with --encoding, such as cp1252, latin-1, big5, shift_jis",
    ),
    "E314": (INPUT, "不是普通文件", "not a regular file"),
    "E315": (INPUT, "没有读取权限", "no permission to read it"),
    "E316": (
        INPUT,
        "第 {line} 行的引号没有闭合；请用 WPS/Excel 打开后另存",
        "the quote opened in line {line} is never closed; open it in WPS or Excel and save it again",
    ),
    "E317": (INPUT, "文件夹里没有表格文件", "no spreadsheet in this folder"),
    "E318": (
        INPUT,
        "“{field}”列的值几乎各不相同，像是人名，不能用来分组；确是分组时用 --map {field}=表头 指明",
        "the values of {field} nearly all differ, as names do; where they are groups, say so with --map {field}=HEADER",
    ),
    "E319": (INPUT, "没有名为“{sheet}”的工作表", "no sheet is called {sheet}"),
    "E320": (
        INPUT,
        "读取程序中断（{what}）；请用 WPS/Excel 另存后再试",
        "the reader stopped ({what}); save the file anew and try again",
    ),
    "E321": (
        INPUT,
        "读取 Parquet 需要 pyarrow；请安装 xfstats[cluster]",
        "reading Parquet needs pyarrow; install xfstats[cluster]",
    ),
    "E322": (
        INPUT,
        "含有 DTD 或实体声明，表格软件不会写出这样的文件；拒绝读取",
        "holds a DTD or entity, which no spreadsheet program writes; refused",
    ),
    "E323": (
        INPUT,
        "表内有两处表头（第 {one} 行和第 {other} 行），像是两张表；请分成两个工作表",
        "two headers (rows {one} and {other}): looks like two tables; put each on a sheet of its own",
    ),
    "E324": (
        INPUT,
        "输入所在的文件夹里有 {count} 份不同的配置；请用 -p 指定一份，或 --no-profile",
        "the inputs' folders hold {count} different profiles; choose one with -p, or --no-profile",
    ),
    "E325": (
        INPUT,
        "不知道 {year} 年哪些天上班；请在配置的 [choices] 里写 holidays（节假日文件或 chinesecalendar）",
        "which days of {year} are worked is not known; name holidays in [choices] of a profile (a file, or chinesecalendar)",
    ),
    "E326": (
        INPUT,
        "报告里没有“xfstats report …”一行，不知道它是怎样做的；请用选项说明，并加 --as-of",
        "the report holds no line `xfstats report ...`, so how it was made is not known",
    ),
    "E327": (
        INPUT,
        "“{field}”列里有证件号或电话，不能用来分组",
        "{field} holds identity or telephone numbers; they cannot be groups",
    ),
    "E328": (
        INPUT,
        "{column} 列是个人信息，不能用作 {field}；如果不是，请改表头",
        "column {column} is about persons and cannot serve as {field}; where it is not, give it another header",
    ),
    "E329": (
        INPUT,
        "没有登记表：各工作表是汇总、说明、安排表或隐藏的；确是登记时用 --sheet 指定",
        "no sheet is a log: all are summaries, notes, schedules or hidden; where one is, name it with --sheet",
    ),
    "E330": (
        INPUT,
        "{count} 行的日期分不清年月日的次序；请用 --date-order dmy（日在前）、mdy（月在前）或 ymd（两位的年在前）",
        "{count} rows have dates that may be day, month or year first; say --date-order dmy, mdy or ymd (a year of two digits)",
    ),
    "E331": (
        INPUT,
        "「{one}」和「{other}」是同一批案件的两个版本，内容不同；只留其中一个文件，或用 --sheet 指定一个",
        "{one} and {other} are two versions of the same cases, which differ; give one of the files, or choose with --sheet",
    ),
    "E332": (
        INPUT,
        "表内并排有两张表（从 {one} 列和 {other} 列起）；请分成两个工作表",
        "two tables side by side (from columns {one} and {other}); put each on a sheet of its own",
    ),
    "E333": (
        INPUT,
        "“{header}”列像是批次的编号，相邻几行同号，不是批数；一行算一批时用 --map serial={header}",
        "{header} looks like numbers of batches that rows share, not how many; where a row is a batch, --map serial={header}",
    ),
    "E334": (
        INPUT,
        "「{sheet}」的各项数字等于其余各表之和，像是总表；用 --sheet '!{sheet}' 去掉它，或用 --sheet '{sheet}' 只读它",
        "{sheet} is the sum of the other sheets in every count; leave it out with --sheet '!{sheet}', or read it alone",
    ),
    "E344": (
        INPUT,
        "{measure} 要有期限：登记里没有期限日，也没有选定天数；用 --preset petition、--map due_on=表头，或配置里的 handling_days",
        "{measure} needs due days; the log has none, no limit is chosen; --preset petition, --map due_on=HEADER or handling_days",
    ),
    "E345": (
        INPUT,
        "{measure} 要有受理期限，没有选定；用 --preset petition，或配置里的 acceptance_days",
        "{measure} needs a limit for acceptance and none is chosen; use --preset petition, or acceptance_days in a profile",
    ),
    "E348": (
        INPUT,
        "表头像是繁体字，只认识简体；请把表头改成简体，或用 --map 字段=表头 指明各列",
        "the header looks like traditional characters, which are not known; write it in simplified ones, or --map FIELD=HEADER",
    ),
    "E349": (
        INPUT,
        "接访登记一行是一批，不能用 --per case_no；一件几行的是案件登记时，用 --log cases",
        "a row of this log is a reception, so --per case_no has no meaning; where rows are events of cases, --log cases",
    ),
    "E346": (
        INPUT,
        "{column} 列 {cells} 种日期单元格的日都不大于 12，{texts} 种文本的日都大于 12：像是月日颠倒，用 --date-cells swapped",
        "column {column}: {cells} date cells up to the 12th, {texts} texts above: day and month exchanged? --date-cells swapped",
    ),
    "E347": (
        INPUT,
        "{columns} 列的时间不是一个时区的；请用 --timezone Asia/Shanghai 等说明按哪里的日期读",
        "the times in column {columns} are of several zones; say by --timezone Asia/Shanghai where their days are meant",
    ),
    "E401": (OUTPUT, "磁盘空间不足", "no space left on device"),
    "E402": (OUTPUT, "没有写入权限", "no permission to write"),
    "E403": (
        OUTPUT,
        "已存在且不是 xfstats 写的；确认可以覆盖请加 --force",
        "exists and was not written by xfstats; add --force to replace it",
    ),
    "E410": (
        OUTPUT,
        "写出以后被人改过，覆盖会丢掉改动；请换个文件名，确认可以覆盖请加 --force",
        "was edited since xfstats wrote it, and the changes would be lost; choose another name, or add --force to replace it",
    ),
    "E404": (OUTPUT, "正被占用；请先在 WPS 或 Excel 中关闭", "in use; close it in WPS or Excel first"),
    "E405": (OUTPUT, "没有这个文件夹", "no such folder"),
    "E406": (OUTPUT, "无法写入（{what}）", "cannot be written ({what})"),
    "E407": (OUTPUT, "标准输出已关闭；请用 -o 写入文件", "standard output is closed; write to a file with -o"),
    "E408": (
        OUTPUT,
        "标准输出的编码（{encoding}）写不出这些文字；请用 -o，或设 PYTHONIOENCODING=utf-8",
        "standard output ({encoding}) cannot hold this text; use -o, or set PYTHONIOENCODING=utf-8",
    ),
    "E409": (
        OUTPUT,
        (
            "没有中文字体，画出来会是方框；请安装一种：Debian 装 fonts-noto-cjk 或 fonts-wqy-microhei，"
            "Windows 装可选功能“简体中文补充字体”，或恢复自带的宋体、微软雅黑"
        ),
        (
            "no font has these characters; install one: on Debian fonts-noto-cjk or fonts-wqy-microhei, on Windows the "
            "optional feature Chinese (Simplified) Supplemental Fonts, or put back its own SimSun or Microsoft YaHei"
        ),
    ),
    "E501": (LOCKED, "另一个 xfstats 正在运行（--lock）", "another run holds the lock (--lock)"),
    "E701": (BUG, "xfstats 出错：{what}；请报告", "a fault of xfstats: {what}; please report it"),
}


class XfstatsError(Exception):
    """A stated failure: `code`, `position` and the values of its sentence; nothing in it comes from a cell.

    A value that reads differently in Chinese and in English is the pair of both.
    """

    def __init__(self, code: str, at: Position | None = None, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.position = at
        self.values = values
        self.also: tuple[XfstatsError, ...] = ()

    @property
    def exit_code(self) -> int:
        """The exit code of design §5."""
        return FAULTS[self.code][0]

    def sentence(self, lang: str) -> str:
        """One line: file, where, what, what to do, code."""
        _, chinese, english = FAULTS[self.code]
        values = {key: value[lang != "zh"] if isinstance(value, tuple) else value for key, value in self.values.items()}
        text = chinese if lang == "zh" else english
        if values.get("line") and "{line}" not in text:
            text = LINE[lang != "zh"] + text
        text = text.format_map(values)
        place = ""
        if self.position is not None:
            where = str(self.position)
            place = f'"{self.position.file}"' + (f" {where}" if where else "") + ": "
        return f"{place}{text} [{self.code}]"

    def __str__(self) -> str:
        """The English line."""
        return self.sentence("en")

    def to_json(self) -> dict[str, Any]:
        """Plain values for the pipe from the worker."""
        at = self.position
        return {
            "code": self.code,
            "at": [at.file, at.sheet, at.row, at.column] if at else None,
            "values": {key: value if isinstance(value, tuple) else str(value) for key, value in self.values.items()},
            "also": [error.to_json() for error in self.also],
        }

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> XfstatsError:
        """The error that `to_json` wrote, as its own class."""
        at = Position(*plain["at"]) if plain["at"] else None
        values = {key: tuple(value) if isinstance(value, list) else value for key, value in plain["values"].items()}
        error = fault(plain["code"], at, **values)
        error.also = tuple(map(cls.from_json, plain["also"]))
        return error


class UsageFault(XfstatsError):
    """The options do not fit together; nothing was read (exit 2)."""


class InputFault(XfstatsError):
    """An input is missing, unreadable, ambiguous or not a log (exit 3)."""


class OutputFault(XfstatsError):
    """The result cannot be written (exit 4)."""


_CLASSES: Mapping[int, type[XfstatsError]] = {USAGE: UsageFault, INPUT: InputFault, OUTPUT: OutputFault}


def fault(code: str, at: Position | None = None, **values: Any) -> XfstatsError:
    """The error of this code, as the class of its exit code."""
    return _CLASSES.get(FAULTS[code][0], XfstatsError)(code, at, **values)


def unknown_name(value: str, allowed: Sequence[str], option: str) -> XfstatsError:
    """A name that an option does not know, with the nearest that it does."""
    near = difflib.get_close_matches(value, allowed, 1)
    names = ", ".join(allowed)
    if near:
        return fault("E201", option=option, value=value, near=near[0], names=names)
    return fault("E203", option=option, value=value, names=names)
