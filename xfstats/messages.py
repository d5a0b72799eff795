"""Sentences that people see, Chinese and English: findings, reasons, notes, definitions; errors have theirs in `errors`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

PHRASES: Mapping[str, tuple[str, str]] = {
    "def.count.visits": ("批次 = 计入的接访记录数", "Visits = receptions counted"),
    "def.count.visits.weighted": (
        "批次 = 批次列之和；各项计数均按批次加权",
        "Visits = sum of the batches column; every count is weighted by it",
    ),
    "def.count.persons": ("人次 = 人数列之和", "Persons = sum of the head counts"),
    "def.count.cases": ("件 = 计入的记录数", "Cases = records counted"),
    "def.count.excluded": (
        "剔除 = 状态为不予受理、退单、重复等的{amount}",
        "Excluded = {amount} withdrawn, out of scope, duplicate",
    ),
    "def.count.closed": ("结案 = 状态为办结类的{amount}，不含剔除", "Closed = {amount} with a closing status, excluded left out"),
    "def.count.settled": ("息诉罢访 = 状态为息诉罢访类的{amount}，不含剔除", "Settled = {amount} settled, excluded left out"),
    "def.count.resolved": ("解决 = 状态为解决类的{amount}，不含剔除", "Resolved = {amount} resolved, excluded left out"),
    "def.count.collective_visits": (
        "集体访批次 = {number} 人及以上的批次（一行多批的登记按集体访列）",
        "Collective visits = visits of {number} persons or more (by the log's own column where a row is several visits)",
    ),
    "def.count.collective_persons": ("集体访人次 = 集体访的人数之和", "Persons in collective visits = their head counts"),
    "def.count.initial": ("初次 = 初重访列为初次的{amount}", "Initial = {amount} that the log marks as first"),
    "def.count.repeat": ("重复 = 初重访列为重复的{amount}", "Repeat = {amount} that the log marks as repeated"),
    "def.count.accepted": (
        "受理 = 截至日前已有受理日期的{amount}，不含剔除",
        "Accepted = {amount} accepted by the as-of day, excluded left out",
    ),
    "def.count.accepted_in_time": (
        "按期受理 = 在受理期限内受理的{amount}，不含剔除",
        "Accepted in time = {amount} accepted within the limit, excluded left out",
    ),
    "def.count.replied": (
        "答复 = 截至日前已有答复（办结）日期的{amount}，不含剔除",
        "Replied = {amount} with a reply or close date by the as-of day, excluded left out",
    ),
    "def.count.closed_in_time": (
        "按期办结 = 结案且办结日期不晚于期限的{amount}，不含剔除",
        "Closed in time = {amount} closed on or before the due day, excluded left out",
    ),
    "def.count.closed_late": (
        "超期办结 = 结案而办结日期晚于期限的{amount}，不含剔除",
        "Closed late = {amount} closed after the due day, excluded left out",
    ),
    "def.count.open": ("未结 = {amount}减剔除再减结案", "Open = {amount} less excluded and closed"),
    "def.count.overdue": (
        "超期未结 = 未结且截至日晚于期限的{amount}",
        "Open overdue = open {amount} whose due day is before the as-of day",
    ),
    "def.count.not_due": (
        "未到期未结 = 未结且截至日不晚于期限的{amount}",
        "Open, not due = open {amount} whose due day is not yet past",
    ),
    "def.count.due_in_7": ("剩余0-7天 = 未结，距期限 0 至 7 天的{amount}", "Due in 0-7 days = open {amount} due in so many days"),
    "def.count.due_in_30": (
        "剩余8-30天 = 未结，距期限 8 至 30 天的{amount}",
        "Due in 8-30 days = open {amount} due in so many days",
    ),
    "def.count.due_later": (
        "剩余30天以上 = 未结，距期限 30 天以上的{amount}",
        "Due later = open {amount} due in more than 30 days",
    ),
    "def.count.no_limit": (
        "无期限可算 = 未结而没有日期可以算出期限的{amount}",
        "No limit known = open {amount} without a date that tells the due day",
    ),
    "def.count.rated": (
        "已评价 = 有满意、基本满意或不满意评价的{amount}，不含剔除",
        "Rated = {amount} whose people answered, excluded left out",
    ),
    "def.count.satisfied": ("满意 = 计为满意的{amount}，不含剔除", "Satisfied = {amount} rated as satisfied, excluded left out"),
    "def.share": ("占比 = 本组{amount}数 ÷ 合计{amount}数", "Share = the group's {amount} ÷ the total"),
    "def.set": ("{label} = {how}{base}", "{label} = {how}{base}"),
    "def.set.words": ("状态为 {words}", "status {words}"),
    "def.set.flag": ("“{field}”为是", '"{field}" says yes'),
    "def.set.date": ("办结日期不晚于截至日", "a close date on or before the as-of day"),
    "def.set.none": ("状态列中没有归入这一类的词", "no word of the status column is placed here"),
    "def.set.base": ("（不含剔除）", " (excluded rows left out)"),
    "def.rate": ("{label} = {numerator} ÷ {denominator}", "{label} = {numerator} ÷ {denominator}"),
    "def.days.median_days": (
        "中位天数 = 已结案者从登记到办结的整日数的中位数",
        "Median days = median of whole days from received to closed, closed records",
    ),
    "def.days.p90_days": (
        "九成天数 = 同上，第 90 百分位（Excel 的 PERCENTILE.INC）",
        "90th percentile days = the same, by Excel's PERCENTILE.INC",
    ),
    "def.days.mean_days": ("平均天数 = 同上，总日数 ÷ 件数", "Mean days = the same, days ÷ records"),
    "num.repeat": ("重复", "Repeat"),
    "num.accepted_in_time": ("按期受理", "Accepted in time"),
    "num.closed": ("结案", "Closed"),
    "num.settled": ("息诉罢访", "Settled"),
    "num.resolved": ("解决", "Resolved"),
    "num.replied": ("答复", "Replied"),
    "num.closed_in_time": ("按期办结", "Closed in time"),
    "num.answered": ("已评价", "Rated"),
    "num.satisfied": ("满意", "Satisfied"),
    "num.satisfied_unit": ("对单位满意", "Satisfied with the unit"),
    "base.received": ("{amount}", "{amount}"),
    "base.accepted": ("已受理的{amount}", "accepted {amount}"),
    "base.closed": ("结案的{amount}", "closed {amount}"),
    "base.due": ("期限已到的{amount}", "{amount} due by the as-of day"),
    "base.rated": ("计入评价的{amount}", "{amount} with a rating that counts"),
    "base.asked": ("已评价和未评价的{amount}", "{amount} asked, rated or not"),
    "base.timed": ("{base}中期限可判的", "{base} whose timing is known"),
    "base.dated": ("{base}中有登记日期的", "{base} with a day of receipt"),
    "base.less": ("（{base}减{out}）", "({base} less {out})"),
    "out.excluded": ("剔除", "excluded"),
    "out.not_due": ("未到期未结", "open and not yet due"),
    "out.not_due.acceptance": ("未到受理期限而未受理的", "not accepted and not yet due"),
    "as.satisfied": ("计为满意", "satisfied"),
    "as.unsatisfied": ("计为不满意", "not satisfied"),
    "as.out": ("不计", "left out"),
    "days.calendar": ("自然日", "calendar days"),
    "days.working": ("工作日", "working days"),
    "note.preset": ("口径：{preset}", "preset: {preset}"),
    "note.limits": (
        "期限：期限列优先，其次受理日期、登记日期加 {handling} 日{more}，按{kind}",
        "due days: the log's own, else acceptance or receipt + {handling}{more} {kind}",
    ),
    "note.limits.extended": ("（延期再加 {days} 日）", " ({days} more by extension)"),
    "note.limits.own": (
        "期限：只用期限列，没有另定办理天数（--preset petition 按条例计算）",
        "due days: the log's own alone, no limit is chosen (--preset petition has one)",
    ),
    "note.limits.rows": (
        "期限来源：期限列 {due_on} 条、受理日期 {accepted_on} 条、登记日期 {received_on} 条、无 {none} 条",
        "due days come from the log's own for {due_on} records, acceptance {accepted_on}, receipt {received_on}, none {none}",
    ),
    "note.acceptance": ("受理期限：登记后 {days} 日，按{kind}", "acceptance within {days} {kind} of receipt"),
    "note.ratings": ("基本满意{basically}；未评价{unrated}", "basically satisfied: {basically}; unrated: {unrated}"),
    "note.partly.resolved": ("部分解决计为解决", "partly resolved counts as resolved"),
    "note.partly.out": ("部分解决不进入解决率", "partly resolved is left out of the resolution rate"),
    "note.window.prev": ("环比：与 {first} 至 {last} 相比", "change on the period before, {first} to {last}"),
    "note.window.yoy": ("同比：与上年 {first} 至 {last} 相比", "change on a year before, {first} to {last}"),
    "note.window.prev.step": ("环比：每行与上一期相比", "change on the period before: each row with the one before it"),
    "note.window.yoy.step": ("同比：每行与上年同期相比", "change on a year before: each row with the same a year earlier"),
    "note.part": (
        "{rows} 不是整期（统计 {first} 至 {last}），只与对应的那几天相比",
        "{rows}: a part only ({first} to {last} is counted), compared with the same part",
    ),
    "note.base": (
        "{labels}只按有此列的表计算，{amount}为：{parts}",
        "{labels}: of the sheets that have the column, {amount}: {parts}",
    ),
    "within": ("（有此列的记录：", " (records with the column: "),
    "note.base.public": ("{labels}只按有此列的表计算", "{labels}: of the sheets that have the column"),
    "note.rank.desc": ("位次按{label}由高到低，相同的并列", "places by {label}, the highest first; equal ones share a place"),
    "note.rank.asc": ("位次按{label}由低到高，相同的并列", "places by {label}, the lowest first; equal ones share a place"),
    "note.ledgers": (
        "{ledgers}分表统计，不相加：同一件事可能两处都有登记",
        "{ledgers} are counted apart and not added up: one matter may stand in both",
    ),
    "note.log": (
        "标题没有说明是哪一类登记；按列判断为“{log}”（可用 --log 指定）",
        "no title says what kind of log this is; by its columns: {log} (see --log)",
    ),
    "note.stands": (
        "“{field}”取自“{header}”列，不是“{other}”；要换用 --map",
        "{field} is read from {header}, not from {other}; --map chooses another",
    ),
    "note.hinted": (
        "“{header}”列按“{field}”读，依据是表头中的字和列中的值；不对请用 --map",
        "{header} is read as {field}, by a word in it and its values; --map where it is not",
    ),
    "note.year.title": ("没有年份的日期按 {year} 年读，取自标题", "days without a year are of {year}, by the title"),
    "note.year.sheet": ("没有年份的日期按 {year} 年读，取自工作表名", "days without a year are of {year}, by the sheet's name"),
    "note.year.file": ("没有年份的日期按 {year} 年读，取自文件名", "days without a year are of {year}, by the file's name"),
    "note.named.sheet": ("没有“{field}”列，取自工作表名", "no column for {field}; taken from the sheet names"),
    "note.named.file": ("没有“{field}”列，取自文件名", "no column for {field}; taken from the file names"),
    "note.by": ("没有层级列，按“{field}”分组", "no level column; grouped by {field}"),
    "note.public": (
        "公开口径：1-7 印作 5，其余取最近的 5 的倍数；合计为所印各数之和，比率按所印之数；天数取整，不足 8 条不印",
        "published: counts of 1-7 print as 5, others as the nearest 5; totals, rates of printed counts; whole days, from 8 on",
    ),
    "prev": ("环比", "on the period before"),
    "yoy": ("同比", "on a year before"),
    "place": ("位次", "place"),
    "no_basis": ("无基数", "no basis"),
    "points": (" 百分点", " points"),
    "days": (" 天", " days"),
    "rest": ("其余 {rest} 个", "{rest} others"),
    "was": ("（上期 {place}）", " (was {place})"),
    "was.yoy": ("（上年 {place}）", " (a year ago {place})"),
}


FINDINGS: Mapping[str, tuple[str, str]] = {
    "W201": (
        "{rows} 行的“{field}”不在词表中，未归入任何结果{shown}；归类请用 {options}（closed、settled、resolved、excluded、open）",
        "{rows} rows have words of {field} in no set{shown}; place them by {options} (closed, settled, resolved, excluded, open)",
    ),
    "W202": (
        "{rows} 行的层级不是已知的级别{shown}，各自成组；归并请用 {options}（LEVEL 是 市级、县级、乡级等）",
        "{rows} rows have an unknown level{shown}, each a group of its own; merge them with {options}",
    ),
    "W203": (
        "{rows} 行{way}",
        "{rows} rows {way}",
    ),
    "W255": (
        "{rows} 行的办结日期晚于截至日；不参与天数和按期的计算，也不据以结案",
        "{rows} rows were closed after the as-of day; that date closes nothing and is in no days, and in nothing on time",
    ),
    "W257": (
        "{columns} 列有 {number} 个时间带 Z 或时差；{way}",
        "{number} times in column {columns} have a Z or an offset; {way}",
    ),
    "W258": (
        "{column} 列的日期单元格日都不大于 12，文本（按 {order} 读）日都大于 12；单元格按原样读，才都在 {first} 至 {last}",
        "column {column}: date cells up to the 12th, texts above ({order}); read as they stand, so all are in {first} to {last}",
    ),
    "W259": (
        "{rows} 行的“{field}”都比前后早约四年（1462 天）：可能贴自按 1904 年计日的工作簿，请核对",
        "{rows} rows have a {field} about four years (1462 days) early: perhaps pasted from a workbook that counts from 1904",
    ),
    "W204": (
        "{rows} 行与前面的行完全相同（除序号外）；已计入，不计请用 --duplicates reject",
        "{rows} rows repeat an earlier row in every cell but the serial; they are counted (--duplicates reject leaves them out)",
    ),
    "W205": ("{rows} 行的编号重复{way}", "{rows} rows share a case number with another row{way}"),
    "W206": (
        "{rows} 行的“{field}”不可读或超出范围；行已计入，不参与该项计算",
        "{rows} rows have a {field} that cannot be read or is out of range; they are counted, without that date",
    ),
    "W207": (
        "工作表「{sheet}」有数据而没有认出，未读入；请用 --sheet、--header 或 --map，或确认它不是登记表",
        'sheet "{sheet}" holds data and was not recognised, so not read; see --sheet, --header and --map',
    ),
    "W208": ("有 {rows} 行被隐藏或筛选，均已计入", "{rows} rows are hidden or filtered; they are counted"),
    "W209": (
        "表中合计行的“{field}”是 {stated}，按行计算是 {computed}",
        "the total row says {stated} for {field}, the rows add up to {computed}",
    ),
    "W210": ("{rows} 行都已在 {first} 中，只计一次", "its {rows} rows all stand in {first} and are counted once"),
    "W211": (
        "{rows} 行的办结日期早于登记日期；不参与天数计算",
        "{rows} rows were closed before they were received; they are left out of the days",
    ),
    "W212": (
        "没有状态列，{rows} 行无法判断是否办结，不计入结案等指标及其分母",
        "no column tells whether these {rows} rows are closed; they are in no figure of closing, nor in its base",
    ),
    "W214": (
        "{file} 正在 WPS 或 Excel 中打开，文件可能比屏幕上的旧",
        "{file} is open in WPS or Excel; the file may be older than the screen",
    ),
    "W215": ("跳过了读不了的文件 {file}：{why}", "skipped a file that cannot be read, {file}: {why}"),
    "W216": (
        "同类登记的表有的有“{field}”，有的没有；没有的 {rows} 行归入未归类",
        "some sheets of this log have {field} and some have not; {rows} rows of those are without a group",
    ),
    "W220": ("{rows} 个编号同时出现在多处", "{rows} case numbers stand in more than one place"),
    "W219": (
        "应报 {expected}，实报 {reported}；缺报：{missing}",
        "{expected} were to report, {reported} did; missing: {missing}",
    ),
    "W249": (
        "{number} 个分节行写着层级（第 {first} 行起），没有层级列，未按层级分组；要按层级，请加一列",
        "{number} rows name a level for those below (from row {first}); no column does, so they make no groups: add one for that",
    ),
    "W248": (
        "所比的结果截至 {then}，本次截至 {now}：在办与超期的差别可能只因日期不同",
        "the saved result is as of {then}, this one as of {now}: open and overdue may differ for that alone",
    ),
    "W221": (
        "{rows} 行的“{field}”不在词表中{shown}，未计入相关指标；请写入配置的 [{table}]",
        "{rows} rows have words of {field} that are in no table{shown}; they are left out; place them in [{table}] of a profile",
    ),
    "W222": (
        "{rows} 行已结案而没有办结日期，无法判断是否按期，不进入按期指标",
        "{rows} rows are closed without a close date; they are left out of what is measured in time",
    ),
    "W223": (
        "{rows} 行的“{field}”与人数不符；以人数为准",
        "{rows} rows say another thing in {field} than their head count; the head count was believed",
    ),
    "W224": (
        "{rows} 行的“{field}”与状态不一致；以“{field}”为准",
        "{rows} rows say another thing in {field} than their status; {field} was believed",
    ),
    "W225": (
        "批次列只是给 {rows} 行编号（1、2、3…），每行按一批计",
        "the batches only number the {rows} rows (1, 2, 3 ...); each row counts as one",
    ),
    "W226": (
        "日期按 {order} 读（mdy 月在前，dmy 日在前）：有 {rows} 种写法只能这样读，没有相反的",
        "dates were read as {order} (mdy month first, dmy day first): {rows} can be read no other way, none the other way",
    ),
    "W227": (
        "{rows} 行也在 {first} 中，内容完全相同；都已计入，重复登记请只留一处",
        "{rows} rows stand in {first} too, cell for cell; all are counted: keep one of each if they were entered twice",
    ),
    "W230": (
        "没有一行的“{field}”是 --where 所写的值；登记中有：{there}",
        "no row has the {field} that --where names; there are {there}",
    ),
    "W231": ("没有一行的“{field}”是 --where 所写的值", "no row has the {field} that --where names"),
    "W228": (
        "{columns} 列是旁边的另一张表，未读入；要计入请放到单独的工作表",
        "columns {columns} are another table beside this one, which was not read; give it a sheet of its own to count it",
    ),
    "W229": (
        "{rows} 行的登记日期晚于截至日；已计入",
        "{rows} rows were received after the as-of day; they are counted",
    ),
    "W235": (
        "{rows} 行的批次多于人数；已按所填计入",
        "{rows} rows hold more batches than heads; they are counted as they stand",
    ),
    "W241": (
        "{columns} 列是文字说明，不能判断是否办结；按办结日期判断",
        "column {columns} holds texts that tell no state; the close date decides what is closed",
    ),
    "W243": (
        "{rows} 行不止一批，而“{field}”填 1：按“是”读，各批都算；如果是批数，请一行登记一批",
        "{rows} rows are several batches and say 1 in {field}: read as yes for each; where it is how many, give each a row",
    ),
    "W244": (
        "“办结”“息诉”“解决”几列每行只打一个勾，按一项结果分列读：{rows} 行息诉或解决的也算结案",
        "the columns for closed, settled and resolved hold one tick a row: one outcome; {rows} such rows are closed too",
    ),
    "W240": ("{file} 里只有表头，没有数据行", "{file} holds a header and no row"),
    "W242": (
        "{rows} 行的“{field}”是错误值或没有结果的公式；行已计入，状态读不出的不进入比率",
        "{rows} rows hold an error or a formula without a value in {field}; they count, but in no rate where it is their state",
    ),
    "W247": (
        "{rows} 行的“{field}”里有证件号、电话或人名，不印出；这些行归入未归类",
        "{rows} rows hold an identity or telephone number or a name in {field}, which is not printed; they are without a group",
    ),
    "W268": (
        "名称没有说明是哪一类台账，按有无层级或领导列统计为“{ledger}”（{rows} 行）；不对请改表名或分开统计",
        "no name tells the ledger of these {rows} rows; by their columns of leaders: {ledger}; rename the sheet where it is not",
    ),
    "W246": (
        "{rows} 行所在的表没有“{field}”列，{measures}及其分母不含这些行",
        "{rows} rows stand in sheets without {field}: {measures} and their bases are without them",
    ),
    "W260": (
        "最后 {rows} 行只有一段文字和一个日期，没有编号和状态，按附注未计入；如果是登记，请补上编号",
        "the last {rows} rows hold a text and a day, no number and no state: left out as footnotes; give a record its number",
    ),
    "W261": (
        "{rows} 条记录被没有引号的换行断成两行，已接上；导出时请给有换行的格加引号",
        "{rows} records were torn in two by a line break without quotes and joined again; quote such cells when exporting",
    ),
    "W262": (
        "最后一行没有换行，列也不全，文件可能还在写入；写完后请再读一次",
        "the last line has no line end and fewer fields than the header: the file may still be being written; read it again then",
    ),
    "W263": (
        "{rows} 条记录占几行，后面的行另有单位或状态：按第一行归组，各行都结案才算结案；每行都算一条请用 --rows each",
        "{rows} records of several rows name another unit or state below: counted once, closed where each row is; or --rows each",
    ),
    "W264": (
        "{rows} 件有几行而日期分不出先后，以文件中最后一行为准",
        "{rows} cases of several rows have no day that tells the latest; the last in the file was taken",
    ),
    "W265": (
        "{rows} 行与 {first} 的行相同，而行里没有编号、姓名可以区分：两处都已计入；如果是副本，请去掉一份",
        "{rows} rows are as in {first}, and no number or name tells them apart: both count; leave one out if it is a copy",
    ),
    "W267": (
        "最后一行只有一段文字和一个日期，没有状态，按未结计入；如果是打印日期之类，请删去",
        "the last row holds only a text and a day and no state: it counts as open; delete it where it is a date of printing",
    ),
    "W266": (
        "{rows} 行的编号是 2.02E+11 这样的约数，是表格软件存成文本时截去的：分不清是哪一件；请从原表重新导出",
        "{rows} rows have a number such as 2.02E+11, which a spreadsheet cut short: it tells no case; export the log anew",
    ),
}

WAYS: Mapping[str, str] = {"W201": "--map-status {word}=SET", "W202": "--map-level {word}=LEVEL"}
"""What to type for each word that such a finding names."""
MOST_WAYS = 8
"""Words of one finding for which that is spelled out."""

WHAT_TO_DO: Mapping[str, tuple[str, str]] = {
    "date-year": (
        "；请把年份写进标题、工作表名或文件名，只写一个，如 2024年",
        "; state one year in the title, the sheet's name or the file's name, such as 2024",
    ),
    "date-text": (
        "；能读的写法如 2024-5-6、2024.5.6、20240506、5月6日；认错了列请用 --map received_on=表头",
        "; days are read as 2024-5-6, 2024.5.6, 20240506; where it is another column: --map received_on=HEADER",
    ),
    "date-range": (
        "；如果是数字 3.1，分不清 3月1日 和 3月10日，请写成 3月1日；认错了列请用 --map received_on=表头",
        "; where it is the number 3.1, that may be the 1st or the 10th; where it is another column: --map received_on=HEADER",
    ),
    "persons-blank": (
        "；空白当作一人时，在 xfstats.toml 的 [read] 里写 persons_default = 1",
        "; where a blank is one person, say so in xfstats.toml: [read] persons_default = 1",
    ),
}
"""What to type or write where no row can be counted, by the commonest reason."""

REASONS: Mapping[str, tuple[str, str]] = {
    "date-text": ("日期不可读", "not a date"),
    "date-range": ("日期不存在或超出范围", "no such day, or out of range"),
    "date-ambiguous": ("分不清月日", "day or month first"),
    "date-year": ("日期没有年份", "no year"),
    "date-blank": ("日期为空", "blank date"),
    "number-text": ("人数不可读", "not a number"),
    "number-range": ("数字超出范围", "number out of range"),
    "sum-row": ("没有日期，像汇总行", "no date; looks like a sum"),
    "merged-heads": ("合并记录的后续行另有人数", "heads beside a merged record"),
    "void": ("作废", "void"),
    "persons-blank": ("人数为空", "blank head count"),
    "batches-blank": ("批次为空", "blank batches"),
    "error-cell": ("错误值", "error cell"),
    "no-value": ("公式没有存储结果", "formula without a value"),
    "too-few-fields": ("只有一格有内容", "one filled cell"),
    "too-many-fields": ("列数过多", "too many fields"),
    "duplicate": ("重复行", "duplicate"),
    "blank": ("空行", "blank"),
    "total": ("合计", "total"),
    "subtotal": ("小计", "subtotal"),
    "repeated-header": ("重复表头", "repeated header"),
    "column-numbers": ("列号", "column numbers"),
    "hint": ("填表提示", "hint"),
    "footnote": ("附注", "footnote"),
    "section": ("分节标题", "section heading"),
    "continuation": ("合并的后续行", "continuation"),
    "earlier-entry": ("同一编号较早的行", "earlier entry"),
    "copy": ("重复的表", "copy"),
    "period": ("期外", "outside the period"),
    "where": ("筛选之外", "left out by --where"),
}

WHY_NOT_READ: Mapping[str, tuple[str, str]] = {
    "hidden": ("隐藏", "hidden"),
    "empty": ("空", "empty"),
    "notes": ("说明", "notes"),
    "summary": ("汇总", "summary"),
    "schedule": ("安排表", "schedule"),
    "unselected": ("未选", "not selected"),
    "unrecognised": ("没有认出", "not recognised"),
    "traditional": ("表头像是繁体字", "header in traditional characters"),
    "totals": ("像是汇总数", "looks like totals"),
}

LOGS: Mapping[str, tuple[str, str]] = {
    "visits": ("接访", "Visits"),
    "cases": ("案件", "Cases"),
    "letters": ("来信", "Letters"),
    "backlog": ("积案", "Backlog"),
}

LEDGER_NAMES: Mapping[str, tuple[str, str]] = {
    **LOGS,
    "receptions": ("领导接访", "Leaders' receptions"),
    "walk_ins": ("来访", "Walk-ins"),
    "online": ("网信", "Online cases"),
    "calls": ("来电", "Calls"),
    "instructions": ("批示件", "Instructions"),
}

FIELD_NAMES: Mapping[str, tuple[str, str]] = {
    "level": ("层级", "Level"),
    "post": ("职务", "Post"),
    "unit": ("单位", "Unit"),
    "region": ("地区", "Region"),
    "category": ("类别", "Category"),
    "channel": ("渠道", "Channel"),
    "tier": ("去向", "Tier"),
    "reception_type": ("接访方式", "Reception type"),
    "received_on": ("登记日期", "Received"),
    "accepted_on": ("受理日期", "Accepted"),
    "due_on": ("期限", "Due"),
    "closed_on": ("办结日期", "Closed"),
    "batches": ("批次", "Batches"),
    "persons": ("人数", "Persons"),
    "status": ("状态", "Status"),
    "outcome": ("结果", "Outcome"),
    "closed_flag": ("是否办结", "Closed?"),
    "settled_flag": ("息诉罢访", "Settled?"),
    "resolved_flag": ("是否解决", "Resolved?"),
    "satisfaction": ("满意度", "Satisfaction"),
    "satisfaction_unit": ("对单位满意度", "Satisfaction with the unit"),
    "repeat": ("初重访", "Repeat"),
    "collective": ("集体访", "Collective"),
    "year": ("年", "Year"),
    "quarter": ("季度", "Quarter"),
    "month": ("月份", "Month"),
    "week": ("周", "Week"),
    "extension": ("延期", "Extension"),
    "case_no": ("编号", "Case number"),
    "serial": ("序号", "Serial"),
    "leader": ("领导", "Leader"),
    "person": ("个人信息", "Person"),
}

TEXTS: Mapping[str, tuple[str, str]] = {
    **PHRASES,
    "finding.withheld": ("另有 {rows} 行的词不印出", "words of {rows} other rows, not printed"),
    "attention.rejected": (
        "{rejected} 行被拒绝，超过 --max-rejected {limit}；原因见 xfstats inspect",
        "{rejected} rows rejected, over --max-rejected {limit}; see xfstats inspect",
    ),
    "attention.gate": ("未达标：{gate}；{label} 为 {shown}{distance}", "gate not met: {gate}; {label} is {shown}{distance}"),
    "gate.more": ("，差 {count} {unit}即达标", "; {count} more would reach it"),
    "gate.fewer": ("，减少 {count} {unit}即达标", "; {count} fewer would reach it"),
    "unit.batches": ("件", "records"),
    "unit.persons": ("人次", "persons"),
    "attention.strict": ("--strict：有被拒绝的行或疑点", "--strict: there are rejected rows or findings"),
    "attention.unread": ("有工作表没有认出，未读入", "a sheet with data was not read"),
    "attention.unfinished": (
        "有文件可能还在写入（最后一行不完整）",
        "a file may still be being written (its last line is short)",
    ),
    "attention.unknown": ("超过 5% 的行状态词未知", "over 5 % of the rows have unknown status words"),
    "attention.skipped": ("有文件被跳过", "a file was skipped"),
    "way.per": (
        "；一行是一次进展时，用 --per case_no 按件计",
        "; where a row is an event of its case, --per case_no counts cases",
    ),
    "way.status": (
        "有办结日期而状态未办结；以状态为准",
        "have a close date but no closing status; the status was believed",
    ),
    "way.closed_by": (
        "有办结日期而状态未办结；以状态为准，有日期也算结案时用 --closed-by either",
        "have a close date but no closing status; the status was believed; where such a date closes too, say --closed-by either",
    ),
    "way.undated": (
        "状态已办结而没有截至日以前的办结日期；按 --closed-by date 计为未结",
        "have a closing status but no close date by the as-of day; by --closed-by date they are open",
    ),
    "way.zone.midnight": (
        "有一列都是 {offsets} 的零点，按那里的日期读；照写出的日期读用 --timezone UTC",
        "one column stands at midnight of {offsets}, so all are read as days there; --timezone UTC reads them as written",
    ),
    "way.zone.written": (
        "按写出的日期读；要按当地的日期读用 --timezone Asia/Shanghai",
        "the written day is read; --timezone Asia/Shanghai reads the day there",
    ),
    "progress": ("读入 {done}/{total}", "reading {done}/{total}"),
    "written": ("已写 {path}", "wrote {path}"),
    "profile.unkept": ("不能写入配置，运行时请照写：{names}", "cannot be kept in a profile; give again: {names}"),
    "profile.differs": (
        "用这份配置再读一遍，结果与这次不同；请用 xfstats inspect -p 核对后再用",
        "read again with this profile, the logs give another result; check it with xfstats inspect -p before it is used",
    ),
    "profile": ("使用配置 {path}", "profile {path}"),
}


def say(key: str, lang: str, **values: object) -> str:
    """A sentence in one language."""
    return TEXTS[key][lang != "zh"].format_map(values)


def named(table: Mapping[str, tuple[str, str]], key: str, lang: str) -> str:
    """A name from one of the tables above; the key itself where the table has none."""
    return table[key][lang != "zh"] if key in table else key


def ways(code: str, words: Iterable[str], lang: str, *, withheld: bool = False) -> str:
    """What to type for the words that a finding names, the first ones, and for those that it does not."""
    unsaid = ["词" if lang == "zh" else "WORD"]
    shown = [f'"{word}"' if " " in word else word for word in words]
    if withheld or not shown:
        shown = [*shown[: MOST_WAYS - 1], *unsaid]
    more = " …" if len(shown) > MOST_WAYS else ""
    return " ".join(WAYS.get(code, "").format(word=word) for word in shown[:MOST_WAYS]) + more
