"""Kind of log, ledger, year, office and place by the texts around a table: title, sheet name, file name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import PurePath

from xfstats.config import day_patterns, normalize
from xfstats.config.vocabulary import Vocabulary
from xfstats.config.word_patterns import either, pattern, words
from xfstats.frozen import frozen
from xfstats.model import LEADERS, LEDGERS, Cell, Claim, Ledger, Log
from xfstats.schema.date_cells import MONTHS
from xfstats.schema.date_forms import DIGITS
from xfstats.schema.dates import FIRST_YEAR, normalize_blanks
from xfstats.schema.header import Header

_OFFICE = pattern("title", "office")
_TITLE = pattern("title", "log")
_OFFICES = pattern("title", "ledger_office")
"""Offices that are named like a ledger."""
LONGEST_TITLE = 60
"""Most characters of a title; a longer text is prose."""
_DIGITS = re.compile(r"\d{7,}")
_OWN_COLUMNS = {log: words("log_header", log.value) for log in (Log.VISITS, Log.LETTERS, Log.CASES, Log.BACKLOG)}
_OPPOSED = ((Log.VISITS, Log.LETTERS), (Log.LETTERS, Log.VISITS))


@frozen
class Context:
    """The texts around a table, and the office, the year and the last day that they state."""

    titles: tuple[str, ...]
    title: str | None
    office: str | None
    year: int | None
    year_by: str | None
    """Where the year was found: `title`, `sheet` or `file`."""
    until: date | None
    """The latest day of an entry: the day of writing, or half a year after the month of the log, if the text with the year states
    one."""


def read_context(above: Sequence[Sequence[Cell]], sheet: str | None, file: str) -> Context:
    """Return the texts above the header, the first that reads like a title, the office, and the first year that is stated."""
    titles = tuple(" ".join(str(cell).split()) for row in above for cell in row if isinstance(cell, str) and cell.strip())
    title = next(
        (text for text in titles if _TITLE.search(text) and len(text) <= LONGEST_TITLE and not _DIGITS.search(text)), None
    )
    office = next((found[1] for text in titles if (found := _OFFICE.search(normalize.label(text)))), None)
    whole = [text for text in titles if day_in(text) is None]
    dated = [text for text in titles if day_in(text) is not None]
    for by, texts in (("title", whole), ("sheet", (sheet or "",)), ("file", (PurePath(file).stem,)), ("title", dated)):
        years = {year for text in texts if (year := year_in(text))}
        if years:
            until = max((day for text in texts if (day := day_in(text) or after_month_in(text))), default=None)
            return Context(titles, title, office, years.pop() if len(years) == 1 else None, by, until)
    return Context(titles, title, office, None, None, None)


def kind_in(text: str, vocabulary: Vocabulary) -> frozenset[Log]:
    """Return the kinds of log that a text names."""
    word = normalize.word(text)
    return frozenset(log for log, words in vocabulary.kinds.items() if any(_holds(word, one) for one in words))


def _holds(text: str, word: str) -> bool:
    """True if a text holds a word; one of Latin letters as a word of its own."""
    if normalize.chinese(word):
        return word in text
    return re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", text.replace("_", " ")) is not None


def stated_kind(context: Context, sheet: str | None, file: str, vocabulary: Vocabulary) -> tuple[Log, str] | None:
    """Return the one kind that title, sheet or file name states, the nearest first, and which of them; None where none does."""
    for by, texts in (("title", context.titles), ("sheet", (sheet or "",)), ("file", (PurePath(file).stem,))):
        kinds = [kinds for text in texts if (kinds := kind_in(text, vocabulary) or _kind_of_ledger(text, vocabulary))]
        if kinds:
            common = frozenset.intersection(*kinds) or kinds[0]
            if Log.BACKLOG in common:
                return Log.BACKLOG, by
            if Log.CASES in common and len(common) > 1 and pattern("title", "taken_charge").search("".join(texts)):
                return Log.CASES, by
            if len(common) == 1:
                return next(iter(common)), by
    return None


def _kind_of_ledger(text: str, vocabulary: Vocabulary) -> frozenset[Log]:
    """Return the kinds of log of the ledgers that a text names, such as 来电 and 网信."""
    named = {ledger for log in Log if (ledger := ledger_in(text, log, vocabulary))}
    return frozenset(LEDGERS[ledger] for ledger in named)


def claim_of(
    log: Log, context: Context, sheet: str | None, file: str, vocabulary: Vocabulary, columns: Sequence[str] | None
) -> Claim:
    """Return the claim of a sheet to a ledger by title, sheet or file name, the nearest first, and by its `columns`.

    领导 or 批示 in one of these names makes it the leaders'; 接访 alone does so only with `columns`, the headers of its levels
    and leaders (None without any).  Where none of them names leaders, as in 级别, the level may be any receiving official's, and
    the claim is marked `by_levels`.
    """
    theirs = columns is not None
    lead = LEADERS.get(log)
    by_levels = theirs and not any(
        _of_leaders(name, vocabulary) or (lead and ledger_in(name, log, vocabulary) is lead) for name in columns or ()
    )
    own = [text for text in (*context.titles, sheet or "") if len(text) <= LONGEST_TITLE]
    for texts in (own, [PurePath(file).stem]):
        told = [ledger for text in texts if (ledger := ledger_in(text, log, vocabulary))]
        if lead is not None and lead in told and any(_of_leaders(text, vocabulary) for text in texts):
            return Claim(log, lead, leaders=True)
        if told:
            sure = told[0] is not Ledger.RECEPTIONS or theirs
            return Claim(log, told[0] if sure else None, leaders=theirs, by_levels=by_levels)
    return Claim(log, None, leaders=theirs, by_levels=by_levels)


def headers_of_leaders(header: Header, fields: Mapping[str, int]) -> tuple[str, ...] | None:
    """Return the headers of levels and leaders where a column serves one of these fields; else None."""
    columns = {fields[field] for field in ("level", "leader") if field in fields}
    about = {column for column, candidates in enumerate(header.candidates) if "leader" in dict(candidates)}
    return tuple(name for column in sorted(columns | about) if (name := header.names[column])) if columns else None


def ledger_in(text: str, log: Log, vocabulary: Vocabulary) -> Ledger | None:
    """Return the ledger of a log that a text names, the leaders' where it names leaders and the log; None for none or several."""
    word = _OFFICES.sub("", normalize.word(text))
    named = [one for one, words in vocabulary.ledgers.items() if LEDGERS[one] is log and any(_holds(word, own) for own in words)]
    lead = LEADERS.get(log)
    if lead is not None and _of_leaders(text, vocabulary) and (named or log in kind_in(text, vocabulary)):
        return lead
    others = [one for one in named if one is not lead]
    return others[0] if len(others) == 1 else named[0] if len(named) == 1 else None


def _of_leaders(text: str, vocabulary: Vocabulary) -> bool:
    """True if a text names leaders."""
    word = _OFFICES.sub("", normalize.word(text))
    return any(_holds(word, one) for one in vocabulary.leaders)


def column_kinds(names: Iterable[str | None]) -> frozenset[Log]:
    """Return the kinds of log whose words occur in the headers."""
    joined = [normalize.header(name) for name in names if name]
    return frozenset(log for log, words in _OWN_COLUMNS.items() if any(word in name for word in words for name in joined))


def opposed(title: Log, columns: frozenset[Log]) -> Log | None:
    """Return the kind of log that the headers state against the title; None where they do not."""
    return next((other for one, other in _OPPOSED if one is title and other in columns and one not in columns), None)


_REGION = pattern("place", "region")


_NOT_REGIONS = pattern("place", "not_region")


_NOT_OF_LEVEL, _OF_LEVEL = f"(?<!{either('place', 'not_before_level')})", f"(?={either('place', 'after_level')})"
"""Texts beside the name of a level in a title: 市级领导接访, but not 市级医院, 县级以上."""


_MORE = pattern("place", "not_after_region")


_CUT = pattern("place", "period")


def from_names(sheet: str | None, file: str, vocabulary: Vocabulary) -> dict[str, tuple[str, str]]:
    """Return level and place by sheet name, else file name: field → label and `sheet` or `file`."""
    found: dict[str, tuple[str, str]] = {}
    for by, text in (("sheet", sheet or ""), ("file", PurePath(file).stem)):
        if "level" not in found and (level := level_in(text, vocabulary)):
            found["level"] = level, by
        if "region" not in found and (region := region_in(text)):
            found["region"] = region, by
    return found


def level_in(text: str, vocabulary: Vocabulary) -> str | None:
    """Return the one level that a name states: the whole name, or a word of it such as 县级 or 市领导."""
    word = normalize.word(text)
    if word in vocabulary.levels:
        return vocabulary.levels[word]
    stated = {
        label
        for known, label in vocabulary.levels.items()
        if known in word  # few are, and for these alone a regular expression is compiled
        and len(known) > 1
        and pattern("place", "level").search(known)
        and re.search(f"{_NOT_OF_LEVEL}{re.escape(known)}{_OF_LEVEL}", word)
    }
    return stated.pop() if len(stated) == 1 else None


def region_in(text: str) -> str | None:
    """Return the place that a name begins with, dates left out: 石桥县, 2024年石桥县接访.

    >>> region_in("2024年石桥县接访"), region_in("县级领导接访"), region_in("Sheet1")
    ('石桥县', None, None)
    >>> region_in("河东区域来访"), region_in("重点地区来访登记"), region_in("青山县和绿水县接访")
    (None, None, None)
    """
    bare = _CUT.sub("", normalize.label(text))
    if _NOT_REGIONS.match(bare):
        return None
    found = _REGION.match(bare)
    if found is None or len(found[0]) < 2 or _NOT_REGIONS.search(found[0]) or _MORE.match(bare[found.end() :]):
        return None
    return found[0]


_YEAR, _WHOLE_DAY = re.compile(day_patterns.STATED_YEAR), re.compile(day_patterns.STATED)
_EDITION = pattern("title", "edition")
"""Years of a form, a document or a law, which are none of the log: 2022年版, 〔2022〕15号, 《信访工作条例》(2022)."""
_MONTHS_OF = pattern("title", "months")
"""2024年10月, 2024年1-9月: the last month of what a log is about."""
_NUMERAL_YEAR = re.compile(r"[〇零○一二三四五六七八九]{4}(?=年)")


def day_in(text: str) -> date | None:
    """Return the one whole day that a text states, such as 填表时间：2025年1月6日; None where it states none, several or a span.

    >>> day_in("截至2025年1月10日"), day_in("登记表20241031"), day_in("2024年1月1日至3月31日")
    (datetime.date(2025, 1, 10), datetime.date(2024, 10, 31), None)
    """
    text = normalize_blanks(text)
    found = _WHOLE_DAY.findall(text)
    if len(found) != 1 or pattern("title", "days").search(text):
        return None
    year, month, day, joined_month, joined_day = found[0]
    try:
        return date(int(year), int(month or joined_month), int(day or joined_day))
    except ValueError:
        return None


def after_month_in(text: str) -> date | None:
    """Return the day half a year after the last month that a text is about; None where it is none, several or only a beginning.

    >>> after_month_in("2026年1月接访登记"), after_month_in("2024年1-9月"), after_month_in("2024年1月以来")
    (datetime.date(2026, 8, 1), datetime.date(2025, 4, 1), None)
    """
    found = _MONTHS_OF.findall(normalize_blanks(text))
    if len(found) != 1 or not 1 <= int(found[0][1]) <= MONTHS:
        return None
    month = 12 * int(found[0][0]) + int(found[0][1]) + 6
    return date(month // 12, month % 12 + 1, 1)


def year_in(text: str) -> int | None:
    """Return the one year that a title, sheet or file name states; None where it states none or several.

    >>> year_in("清源市2024年10月登记表"), year_in("2023-2024年"), year_in("二〇二四年登记表")
    (2024, None, 2024)
    >>> year_in("接访登记表(2022年版)")
    """
    text = _EDITION.sub("", normalize_blanks(text))
    text = _NUMERAL_YEAR.sub(lambda found: "".join(DIGITS[char] for char in found[0]), text)
    years = {int(found) for found in _YEAR.findall(text)}
    years = {year for year in years if FIRST_YEAR <= year <= 2100}
    return years.pop() if len(years) == 1 else None
