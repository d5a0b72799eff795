"""The script that an analyst would write instead: read_excel, groupby, tabulate."""

import sys

import pandas as pd
from tabulate import tabulate

log = pd.read_excel(sys.argv[1], engine="openpyxl")
log["closed"] = log["办理状态"].isin(["已办结", "息诉罢访"])
log["settled"] = log["办理状态"].eq("息诉罢访")
log["excluded"] = log["办理状态"].eq("不予受理")
log["days"] = (log["办结日期"] - log["接访日期"]).dt.days.where(log["closed"])
groups = log.groupby("接访级别").agg(
    visits=("序号", "size"),
    persons=("来访人数", "sum"),
    excluded=("excluded", "sum"),
    closed=("closed", "sum"),
    settled=("settled", "sum"),
    median_days=("days", "median"),
)
groups["closure_rate"] = groups["closed"] / (groups["visits"] - groups["excluded"])
groups["settlement_rate"] = groups["settled"] / (groups["visits"] - groups["excluded"])
if len(sys.argv) > 2:
    print(groups.to_json(orient="index", force_ascii=False))
else:
    print(tabulate(groups, headers="keys"))
