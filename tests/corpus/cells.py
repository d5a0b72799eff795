"""How one office writes a truth into a cell: dates, numbers, words, blanks."""

import random
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, timedelta

from tests.writers import Cell, Formula
from tests.writers.model import serial

from .drawing import level_words
from .mess import NUMBER_STYLES
from .truth import Record
from .words import (
    CANARY_ADDRESS,
    CANARY_LEADER,
    CANARY_NAMES,
    CANARY_TELEPHONE,
    CANARY_TEXT,
    DONE,
    SATISFACTION,
    YES_NO,
)

DIGITS = "〇一二三四五六七八九"
FULL_WIDTH = str.maketrans("0123456789-/()ABCNo.", "０１２３４５６７８９－／（）ＡＢＣＮｏ．")
BUILT_IN = (27, 28, 31, 57, 58)
BLANKS = (" ", "　", "\u00a0", "\t", "\n")


def numeral(number: int) -> str:
    """A number from 1 to 99 as it is spoken: 十二, 二十三."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("十" if tens == 1 else DIGITS[tens] + "十")
    return head + (DIGITS[ones] if ones else "")


def _numerals(day: date) -> str:
    return "".join(DIGITS[int(digit)] for digit in str(day.year)) + f"年{numeral(day.month)}月{numeral(day.day)}日"


def _clock(rng: random.Random, day: date) -> str:
    return rng.choice([
        f"{day.year}/{day.month}/{day.day} {rng.randint(8, 17)}:{rng.randint(0, 59):02}",
        f"{day.isoformat()} {rng.randint(8, 17):02}:{rng.randint(0, 59):02}:00",
    ])  # fmt: skip


DATE_STYLES: Mapping[str, Callable[[random.Random, date], Cell]] = {
    "date-cn": lambda rng, day: rng.choice([f"{day.year}年{day.month}月{day.day}日", f"{day:%Y年%m月%d日}"]),
    "date-iso-text": lambda _rng, day: day.isoformat(),
    "date-dot": lambda rng, day: rng.choice([f"{day.year}.{day.month}.{day.day}", f"{day:%Y.%m.%d}"]),
    "date-slash-time": _clock,
    "date-compact": lambda rng, day: rng.choice([int(f"{day:%Y%m%d}"), f"{day:%Y%m%d}"]),
    "date-numerals": lambda _rng, day: _numerals(day),
    "date-fullwidth": lambda _rng, day: day.isoformat().translate(FULL_WIDTH),
}
MIXED = ("date-cn", "date-iso-text", "date-dot", "date-slash-time", "date-compact", "real", "date-serial")


class Speller:
    """The habits of one office, fixed when it is made."""

    def __init__(self, rng: random.Random, mess: Collection[str], year: int, *, date1904: bool) -> None:
        self.rng = rng
        self.mess = mess
        self.year = year
        self.date1904 = date1904
        self.dates = next((name for name in mess if name.startswith("date-") and name != "date-blank"), "real")
        self.numbers = next((name for name in NUMBER_STYLES if name in mess), "")
        self.flags = {name: rng.choice([*YES_NO, words]) for name, words in DONE.items()}
        self.count = 0

    def cell(self, record: Record, name: str, number: int) -> tuple[Cell, int | None]:
        """The cell of a field, and its number format if it has one; `number` is the row's serial."""
        if name in record.written:
            return record.written[name], None
        match name:
            case "received_on":
                return self.date(record.received)
            case "closed_on":
                return self.date(record.closed, dash=True)
            case "accepted_on":
                return self.date(record.received + timedelta(days=2) if record.received else None)
            case "due_on":
                return self.date(record.received + timedelta(days=62) if record.received else None)
            case "persons" | "batches":
                return self.number(getattr(record, name)), None
            case "involved":
                return 100 + number % 37, None
            case "closed_flag" | "settled_flag" | "resolved_flag":
                return self.flags[name][not getattr(record, name)], None
            case "level":
                words = level_words(record.level) if "level-words" in self.mess else level_words(record.level)[:1]
                return self.word(self.rng.choice(words)), None
            case "unit" | "region" | "category" | "channel" | "status" | "outcome":
                return self.word(getattr(record, name) or ""), None
        return self.fixed(name, number), None

    def fixed(self, name: str, number: int) -> Cell:
        """Cells that no figure depends on."""
        match name:
            case "serial":
                return number
            case "case_no":
                return f"BH{self.year}{number:05}"
            case "post":
                return self.rng.choice(["书记", "县长", "副市长", "主任"])
            case "satisfaction" | "satisfaction_unit":
                return self.rng.choice(SATISFACTION)
            case "leader":
                return self.rng.choice(CANARY_LEADER)
            case "name":
                return self.rng.choice(CANARY_NAMES)
            case "identity":
                return f"{CANARY_TELEPHONE}{number:011}"
            case "telephone":
                return f"{CANARY_TELEPHONE}{number:04}"
            case "address":
                return f"{CANARY_ADDRESS}{number}"
        return f"{self.rng.choice(CANARY_TEXT)}，联系{CANARY_TELEPHONE}{number:04}"

    def date(self, day: date | None, *, dash: bool = False) -> tuple[Cell, int | None]:
        """A date in the office's form; a missing closing date may be a dash in a messy log."""
        if day is None:
            dashed = dash and "dash-dates" in self.mess and self.rng.random() < 0.6
            return (self.rng.choice(["-", "—", "/"]) if dashed else self.blank()), None
        style = self.rng.choice(MIXED) if self.dates == "date-mixed" else self.dates
        if style == "date-month-day":
            style = "date-cn" if day.year != self.year else style
        match style:
            case "date-builtin":
                return day, self.rng.choice(BUILT_IN)
            case "date-serial":
                return serial(day, date1904=self.date1904), None
            case "date-serial-text":
                return str(serial(day, date1904=self.date1904)), None
            case "date-month-day":
                return f"{day.month}月{day.day}日", None
            case "real" | "date-1904":
                return (datetime(day.year, day.month, day.day, 9, 5) if self.rng.random() < 0.1 else day), None
        return DATE_STYLES[style](self.rng, day), None

    def number(self, value: int) -> Cell:
        """A head count in the office's form."""
        match self.numbers if self.rng.random() < 0.7 else "":
            case "number-unit":
                return f"{value}{self.rng.choice(['人', ' 人', '人次', '名'])}"
            case "number-fullwidth":
                return str(value).translate(FULL_WIDTH)
            case "number-cn":
                return numeral(value) + self.rng.choice(["", "人"])
            case "number-text":
                return self.rng.choice([str(value), f" {value}", float(value)])
            case "number-formula":
                return Formula(f"{value - 1}+1", value)
        return value

    def word(self, text: str) -> Cell:
        """A word with the blanks that people leave in it."""
        if not text:
            return self.blank()
        if "word-blanks" in self.mess and len(text) > 1 and self.rng.random() < 0.3:
            at = self.rng.randint(1, len(text) - 1)
            return text[:at] + self.rng.choice([" ", "　", "\n"]) + text[at:]
        if "whitespace-cells" in self.mess and self.rng.random() < 0.3:
            return self.rng.choice([f" {text}", f"{text} ", f"{text}\u00a0", f"　{text}", f"{text}\n"])
        return text

    def blank(self) -> Cell:
        """An empty cell, or one that only looks empty."""
        return self.rng.choice(BLANKS) if "whitespace-cells" in self.mess else None
