"""What can be wrong with what was asked, by options, a profile or a template: one fixed sentence in two languages for each."""

from __future__ import annotations

from collections.abc import Mapping

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
