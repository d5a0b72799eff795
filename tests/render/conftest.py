"""What several tests of rendering start from."""

from __future__ import annotations

import pytest

from tests.logs import book, report

HEAD = "接访日期 接访级别 来访人数 办理状态\n"
VISITS = f"{HEAD}2026-5-2 市级 3 已办结\n2026-5-3 县级 2 办理中\n2026-6-3 县级 2 已办结\n"
CASES = "案件编号 交办日期 责任单位 办理状态\nA1 2026-5-4 甲局 已办结\nA2 2026-6-5 乙局 办理中\n"


@pytest.fixture
def two(tmp_path):
    """Two logs in one report."""
    paths = book(tmp_path, VISITS), book(tmp_path, CASES, "交办.xlsx")
    return lambda **options: report(*paths, **options)


def subset(folder, label):
    """A profile with a 其中 row."""
    (folder / "own.toml").write_text(
        f'[[groups.visits]]\nlabel = "{label}"\nwhen = {{ level = "县级" }}\nof_which = true\n', "utf-8"
    )
    return folder / "own.toml"
