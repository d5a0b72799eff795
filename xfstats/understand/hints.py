"""What a column of unknown header serves, by what its values are and what its header hints at; always said under the table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xfstats.model import Cell
from xfstats.understand import spelling
from xfstats.understand.dates import DateReader
from xfstats.understand.headers import JOIN, Header
from xfstats.understand.numbers import MOST_ADDED, amounts
from xfstats.understand.shapes import Shape, blank, shape
from xfstats.understand.vocabulary import Vocabulary

BY_VALUES = 90
"""The rank of a column that serves a field by its values alone: below every known header."""
DATES = {
    "due_on": re.compile("期限|时限|截止|到期|要求|规定|限办|限时|限期|承诺|应[办结答]|deadline|due"),
    None: re.compile(
        "计划|预计|预约|预定|安排|拟|最近|更新|首次|初次|上次|上一次|前次|下次|下一次|延期|延长|受理|立案|出生|回访|录入|上报|报送"
        "|通知|告知|公示|expected|planned|scheduled|target|last|previous|next|update|first|form"
    ),
    "closed_on": re.compile("办结|结案|完结|办毕|闭环|closed|resolved"),
    "received_on": re.compile(
        "来访|接访|走访|上访|来信|来电|登记|投诉|举报|报修|反映|信访|申请|收到|提交|创建|咨询"
        "|receiv|created|logged|opened|reported|submitted|raised|lodged|requested"
    ),
}
"""What a column of dates serves, by what its header holds: the first that fits, None nothing."""
COUNTS = re.compile(
    "(?:数量|件数|件次|次数|总数|合计|total|count)$|计数项|求和项|countof|sumof"
    "|(?:number|no)of(?:complaints|cases|requests|calls|contacts|visits|enquiries|reports)$"
)
"""What the header of a column reads like that counts records: each row is a group of them."""
HEADS = re.compile(
    r"(?:来访|上访|接访|接待|走访|到场|到访|参访|信访|群众).*(?:人次|人数)$|(?:people|persons|visitors|attendees)(?:in|at|$)"
)
"""What the header of a column of numbers reads like that counts heads."""
OTHER_HEADS = re.compile("涉及|领导|干部|工作人员|陪同|参加|出席|累计|本年|本月|其中|上[年月]|去年")
"""Heads that are not those who came on one visit."""
IN_HEADS = re.compile(r"[(（\[【](?:人|人次|人数|名)[)）\]】]\s*$")
ENDING = re.compile("办|结|处|状态|进展|情况|结果|化解|进度|status|state|progress|stage")
"""What the header of a column of known status words reads like that says what became of a record."""


def by_values(
    name: str | None, values: Sequence[Cell], looks: Shape, vocabulary: Vocabulary, dates: DateReader
) -> tuple[tuple[str, int], ...]:
    """The field of a column: levels by their words alone, dates, heads and states by a hint in the header too."""
    if looks is Shape.LEVELS:
        return (("level", BY_VALUES),)
    if name is None:
        return ()
    text = spelling.header(name.split(JOIN)[-1])
    if HEADS.search(text) and not OTHER_HEADS.search(name):
        return (("persons", BY_VALUES),) if shape(values, vocabulary, dates) is Shape.NUMBERS else ()
    if ENDING.search(name.lower()) and _states(values, vocabulary):
        return (("status", BY_VALUES),)
    hinted = next((field for field, hint in DATES.items() if hint.search(name.lower())), None)
    return ((hinted, BY_VALUES),) if hinted and shape(values, vocabulary, dates) is Shape.DATES else ()


def _states(values: Sequence[Cell], vocabulary: Vocabulary) -> bool:
    """Whether nearly all cells are known status words, one of them of an ended record."""
    words = [spelling.word(str(cell)) for cell in values if not blank(cell)]
    known = [vocabulary.status[word] for word in words if word in vocabulary.status]
    return 10 * len(known) >= 9 * len(words) > 0 and any("closed" in sets for sets in known)


def counts_heads(name: str | None, values: Sequence[Cell], vocabulary: Vocabulary, dates: DateReader) -> bool:
    """Whether a column named for persons holds how many they were: numbers under a header whose unit is heads."""
    return bool(name and IN_HEADS.search(name)) and shape(values, vocabulary, dates) is Shape.NUMBERS


def unnamed(values: Sequence[Cell], vocabulary: Vocabulary, dates: DateReader) -> Shape:
    """The shape of a column whose header is not known: only levels are recognised by their values."""
    known = sum(1 for cell in values if isinstance(cell, str) and spelling.word(cell) in vocabulary.levels)
    return shape(values, vocabulary, dates) if known >= 2 else Shape.WORDS


def grouped(header: Header, sample: Sequence[Sequence[Cell]]) -> bool:
    """Whether a column that serves no field counts the records of a group."""
    named = ((column, spelling.header(name or "")) for column, name in enumerate(header.names) if not header.candidates[column])
    return any(COUNTS.match(name) and many([row[at] for row in sample if at < len(row)]) for at, name in named)


def many(values: Sequence[Cell]) -> bool:
    """Whether a column holds counts: mostly whole numbers, some above 1."""
    filled = [cell for cell in values if not blank(cell) and not isinstance(cell, bool)]
    numbers = [number for number in amounts(filled, MOST_ADDED, 0) if isinstance(number, int)]
    return bool(numbers) and 2 * len(numbers) >= len(filled) and max(numbers) > 1
