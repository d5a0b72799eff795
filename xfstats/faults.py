"""What can go wrong: a stable code, an exit code and one fixed sentence in two languages for each."""

from __future__ import annotations

from collections.abc import Mapping

from xfstats.misuse import MISUSE

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
        "“{field}”有两列；请选 --map {field}={one} 或 --map {field}={other}",
        "two columns for {field}; choose --map {field}={one} or --map {field}={other}",
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
    "E313": (INPUT, "编码不是 {encoding}；请用 --encoding 指明", "not {encoding} text; name the encoding with --encoding"),
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
        '{count} 行的日期分不清月日；在 xfstats.toml 的 [read] 里写 date_order = "mdy"（月在前）或 "dmy"（日在前）',
        '{count} rows have dates that may be month or day first; say which in xfstats.toml: [read] date_order = "mdy" or "dmy"',
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
    "E401": (OUTPUT, "磁盘空间不足", "no space left on device"),
    "E402": (OUTPUT, "没有写入权限", "no permission to write"),
    "E403": (
        OUTPUT,
        "已存在且不是 xfstats 写的；确认可以覆盖请加 --force",
        "exists and was not written by xfstats; add --force to replace it",
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
        "没有中文字体，画出来会是方框；请安装一种（如 Noto Sans CJK SC）",
        "no font has these characters; install one, such as Noto Sans CJK SC",
    ),
    "E501": (LOCKED, "另一个 xfstats 正在运行（--lock）", "another run holds the lock (--lock)"),
    "E701": (BUG, "xfstats 出错：{what}；请报告", "a fault of xfstats: {what}; please report it"),
}
