"""The first page of help, in a module of its own so that it loads without click; at most 80 cells wide."""

PAGE = {
    "en": """Usage: xfstats COMMAND [OPTIONS] FILE...

Counts and resolution rates from messy logs of visits and cases.

  xfstats summarize log.xlsx                   the table
  xfstats inspect log.xlsx                     how it was understood, what not counted
  xfstats summarize county/ --by unit          a folder of files, grouped by unit
  xfstats summarize log.xlsx --period 2026-10 --compare prev,yoy
                                               one month, and how it changed
  xfstats summarize log.xlsx -o table.xlsx     a workbook (.csv .md .json .html too)

Commands:
  summarize  Print counts and rates per group, a table for each kind of log.
  inspect    Print how each file was understood, what was not counted and why.
  report     Write a report to sign: .xlsx .docx .html .md .txt, with charts.
  explain    Say what a figure is, and where the rows behind it stand.
  verify     Say whether the figures of an edited report still match the logs.
  deadlines  Count the open cases by the days that are left until their limit.
  profile    Write (init), show or check an office's own words and rules.
  measures   List every measure and what it is divided by.
  fields     List every field that a column can serve.
  schema     Print the JSON Schema of `-f json`.

Options:
  --version   Show the version.
  --lang      Language of pages and errors: zh or en.
  -h, --help  Show this page; `xfstats COMMAND --help` shows a command's options.

Exit codes: 0 done, 1 done but look, 2 usage, 3 an input, 4 the output,
5 another run holds --lock, 70 a fault of xfstats.
""",
    "zh": """用法：xfstats 命令 [选项] 文件……

把凌乱的来访、案件登记表变成可以签字的数字和办结率。

  xfstats summarize 登记表.xlsx                统计表
  xfstats inspect 登记表.xlsx                  怎样读懂的，哪些行没有计入
  xfstats summarize 县区上报/ --by unit        整个文件夹，按单位分组
  xfstats summarize 登记表.xlsx --period 2026-10 --compare prev,yoy
                                               一个月，及环比、同比
  xfstats summarize 登记表.xlsx -o 统计表.xlsx 写成工作簿（或 .csv .md .json .html）

命令：
  summarize  按组统计数量和比率，每类登记一张表
  inspect    说明每个文件是怎样读懂的，哪些行没有计入、为什么
  report     写成可以签字的报告：.xlsx .docx .html .md .txt，含文字和图
  explain    一个数字的口径，和背后各行的位置
  verify     核对手工改过的报告里的数字
  deadlines  未结事项按距期限的天数统计
  profile    本单位的词和规则：写出（init）、显示（show）、检查（check）
  measures   列出全部指标和口径
  fields     列出全部字段
  schema     打印 JSON 的模式

选项：
  --version   版本
  --lang      页面和报错的语言：zh 或 en
  -h, --help  本页；xfstats 命令 --help 显示该命令的选项

退出码：0 完成，1 完成但需要看一眼，2 用法，3 输入文件，4 输出，
5 另一个带 --lock 的运行正在进行，70 xfstats 出错。
""",
}
