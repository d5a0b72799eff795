"""The table of options: one row each, from which the command line, the profile, the Python interface and the pages derive.

How to add one is told in CONTRIBUTING.md.  The type of a row is one of `config.option_types`; an option that takes keys by their
names says which (`names`, unless its type has them) and how they stand in its text (`spelling`).

Flags, environment variable, checks of values, heading of the help page, completion and the command in a report come from the
row; the tests say what was forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto

from xfstats.config import option_types as types
from xfstats.config.option_types import OptionType, number, word
from xfstats.config.output_formats import TABLE_FORMATS
from xfstats.frozen import frozen
from xfstats.measures.choices import CLOSED_BY
from xfstats.model import Log

LANGS = ("zh", "en")
DUPLICATES = ("count", "reject")
DATE_ORDERS = ("ymd", "dmy", "mdy")
DATE_CELLS = ("swapped",)
ROWS = ("each",)
PER = ("case_no",)


class Heading(Enum):
    """The headings of a help page in their order, and the key of each text."""

    ROWS = "help.heading.rows"
    COUNT = "help.heading.count"
    RESULT = "help.heading.result"
    CHECKS = "help.heading.checks"
    READING = "help.heading.reading"
    PROFILE = "help.heading.profile"
    OTHERS = "help.heading.others"


class Held(Enum):
    """Which profile may hold an option, and in which of its tables."""

    NEVER = auto()
    READING = auto()
    """Any profile: it decides how files are read."""
    COUNTING = auto()
    """Any profile: it decides what is counted."""
    NAMED = auto()
    """One named with -p: a profile that was merely found must not change what is gated or written."""
    READ_TABLE = "read"
    """Any profile, in its table [read]."""
    CHOICES_TABLE = "choices"
    """Any profile, in its table [choices]."""


class NameSet(Enum):
    """Sets of keys that have names, which `config.typed_options` lists; an option of some words has those of its type."""

    GROUPINGS = auto()
    CROSSED = auto()
    FILTERED = auto()
    MAPPED = auto()
    DATES = auto()
    MEASURES = auto()
    WINDOWS = auto()
    PRESETS = auto()
    STATUSES = auto()
    RATINGS = auto()
    LIMITS = auto()
    FORMATS = auto()


class Spelling(Enum):
    """How a text of an option holds names of keys."""

    KEY = auto()
    LIST = auto()
    """NAME,NAME,…"""
    ORDER = auto()
    """NAME:DIRECTION."""
    NAMED_FIRST = auto()
    """NAME=VALUE."""
    NAMED_LAST = auto()
    """WORD=NAME,…"""
    CONDITION = auto()
    PERIOD = auto()
    DAY = auto()
    HALF_WIDTH = auto()
    """No names, but marks and digits that may be full-width ones."""


@frozen
class Option:
    """An option: its name in the code, which is also the key of its text under [options], and all that derives from it."""

    name: str
    type: OptionType
    heading: Heading
    held: Held = Held.NEVER
    metavar: str | None = None
    short: str | None = None
    long: str = ""
    """The long flag where it is not the name."""
    multiple: bool = False
    """True if it is typed once for each value."""
    names: NameSet | None = None
    spelling: Spelling | None = None
    python: str | None = None
    """Its name in the Python interface; None where that does not take it."""
    reproduced: bool = False
    """True if it decides a figure: a report then prints it in the command that repeats it."""

    @property
    def flag(self) -> str:
        """Return the long flag."""
        return self.long or "--" + self.name.replace("_", "-")

    @property
    def flags(self) -> tuple[str, ...]:
        """Return all flags, the short one first."""
        return (self.short, self.flag) if self.short else (self.flag,)

    @property
    def key(self) -> str:
        """Return the key of a profile, be it held there or not."""
        return self.flag.removeprefix("--").replace("-", "_")

    @property
    def variable(self) -> str:
        """Return the environment variable."""
        return "XFSTATS_" + self.key.upper()


# fmt: off
OPTIONS: tuple[Option, ...] = (
    # how files are read
    Option("recursive", types.FLAG, Heading.READING, short="-r", python="recursive", reproduced=True),
    Option("sheet", types.ONE_OR_MORE, Heading.READING, Held.READING, "GLOB", multiple=True, python="sheets", reproduced=True),
    Option("header", types.ROW_NUMBERS, Heading.READING, Held.READING, "N|N-M",
           spelling=Spelling.HALF_WIDTH, python="header", reproduced=True),
    Option("log", word("logs", *(log.value for log in Log)), Heading.READING, Held.READING, "KIND",
           python="log", reproduced=True),
    Option("encoding", types.TEXT, Heading.READING, Held.READING, "NAME", python="encoding", reproduced=True),
    Option("delimiter", types.TEXT, Heading.READING, Held.READING, "CHAR", python="delimiter", reproduced=True),
    Option("include_hidden", types.FLAG, Heading.READING, Held.READING, python="include_hidden", reproduced=True),
    Option("duplicates", word("duplicates", *DUPLICATES), Heading.READING, Held.READING, "HOW",
           python="duplicates", reproduced=True),
    Option("case_numbers", types.FLAG, Heading.READING, Held.READING, python="case_numbers", reproduced=True),
    Option("maps", types.assignments('["level=…", …] | { level = "…" }'), Heading.READING, Held.READING, "FIELD=HEADER",
           long="--map", multiple=True, names=NameSet.MAPPED, spelling=Spelling.NAMED_FIRST, python="columns", reproduced=True),
    Option("map_level", types.ASSIGNMENTS, Heading.READING, Held.READING, "WORD=LEVEL",
           multiple=True, spelling=Spelling.NAMED_LAST, python="levels", reproduced=True),
    Option("map_status", types.ASSIGNMENTS, Heading.READING, Held.READING, "WORD=SET",
           multiple=True, names=NameSet.STATUSES, spelling=Spelling.NAMED_LAST, python="statuses", reproduced=True),
    Option("map_rating", types.ASSIGNMENTS, Heading.READING, Held.READING, "WORD=CLASS",
           multiple=True, names=NameSet.RATINGS, spelling=Spelling.NAMED_LAST, python="ratings", reproduced=True),
    Option("limits", types.AMOUNTS, Heading.READING, Held.READING, "NAME=N",
           long="--limit", multiple=True, names=NameSet.LIMITS, spelling=Spelling.NAMED_FIRST, python="limits", reproduced=True),
    Option("date_order", word("date_order", *DATE_ORDERS, undone=True), Heading.READING, Held.READ_TABLE, "ORDER",
           python="date_order", reproduced=True),
    Option("date_cells", word("date_cells", *DATE_CELLS, undone=True), Heading.READING, Held.READ_TABLE, "HOW",
           python="date_cells", reproduced=True),
    Option("rows", word("rows", *ROWS, undone=True), Heading.READING, Held.READ_TABLE, "HOW", python="rows", reproduced=True),
    Option("per", word("fields", *PER, undone=True), Heading.READING, Held.READ_TABLE, "FIELD", python="per", reproduced=True),
    Option("timezone", types.ZONE, Heading.READING, Held.READ_TABLE, "ZONE", python="timezone", reproduced=True),
    Option("closed_by", word("closed_by", *CLOSED_BY), Heading.READING, Held.CHOICES_TABLE, "WHAT",
           python="closed_by", reproduced=True),
    # the office's profile
    Option("profile", types.PATH_AND_NAME, Heading.PROFILE, metavar="FILE[:NAME]", short="-p", python="profile", reproduced=True),
    Option("no_profile", types.FLAG, Heading.PROFILE, python="no_profile", reproduced=True),
    # what is counted
    Option("by", types.ONE_OR_MORE, Heading.COUNT, Held.COUNTING, "FIELD,…", short="-b",
           names=NameSet.GROUPINGS, spelling=Spelling.LIST, python="by", reproduced=True),
    Option("measure", types.ONE_OR_MORE, Heading.COUNT, Held.COUNTING, "KEY,…", short="-m",
           names=NameSet.MEASURES, spelling=Spelling.LIST, python="measures", reproduced=True),
    Option("preset", types.PRESET, Heading.COUNT, Held.COUNTING, "NAME",
           names=NameSet.PRESETS, spelling=Spelling.KEY, python="preset", reproduced=True),
    Option("date_by", types.TEXT, Heading.ROWS, Held.COUNTING, "FIELD",
           names=NameSet.DATES, spelling=Spelling.KEY, python="date_by", reproduced=True),
    Option("cross", types.TEXT, Heading.COUNT, Held.COUNTING, "FIELD",
           names=NameSet.CROSSED, spelling=Spelling.KEY, python="cross", reproduced=True),
    Option("rank", types.TEXT, Heading.COUNT, Held.COUNTING, "MEASURE[:asc]",
           names=NameSet.MEASURES, spelling=Spelling.ORDER, python="rank", reproduced=True),
    Option("sort", types.TEXT, Heading.COUNT, Held.COUNTING, "MEASURE[:asc]",
           names=NameSet.MEASURES, spelling=Spelling.ORDER, python="sort", reproduced=True),
    Option("top", number(1, 1000), Heading.COUNT, Held.COUNTING, "N", python="top", reproduced=True),
    Option("bottom", number(1, 1000), Heading.COUNT, Held.COUNTING, "N", python="bottom", reproduced=True),
    # which rows
    Option("period", types.PERIOD, Heading.ROWS, Held.NAMED, "PERIOD",
           spelling=Spelling.PERIOD, python="period", reproduced=True),
    Option("compare", types.ONE_OR_MORE, Heading.COUNT, Held.NAMED, "prev,yoy",
           names=NameSet.WINDOWS, spelling=Spelling.LIST, python="compare", reproduced=True),
    Option("with_", word("cumulative", "ytd"), Heading.COUNT, Held.NAMED, "ytd", long="--with", python="with_", reproduced=True),
    Option("as_of", types.DAY, Heading.ROWS, Held.NAMED, "DAY", spelling=Spelling.DAY, python="as_of", reproduced=True),
    Option("where", types.FILTERS, Heading.ROWS, Held.NAMED, "FIELD=VALUE,…",
           multiple=True, names=NameSet.FILTERED, spelling=Spelling.NAMED_FIRST, python="where", reproduced=True),
    # checks, and what protects small counts
    Option("max_rejected", types.SHARE, Heading.CHECKS, Held.NAMED, "N|P%", spelling=Spelling.HALF_WIDTH, python="max_rejected"),
    Option("fail_if", types.ONE_OR_MORE, Heading.CHECKS, Held.NAMED, "CONDITION",
           multiple=True, names=NameSet.MEASURES, spelling=Spelling.CONDITION, python="fail_if"),
    Option("public", types.FLAG, Heading.RESULT, Held.NAMED, python="public", reproduced=True),
    Option("strict", types.FLAG, Heading.CHECKS, Held.NAMED, python="strict"),
    # the result, and the run
    Option("lang", word("langs", *LANGS), Heading.RESULT, Held.NAMED, "LANG", python="lang", reproduced=True),
    Option("digits", number(0, 6), Heading.RESULT, Held.NAMED, "N", python="digits", reproduced=True),
    Option("format_", word("formats", *TABLE_FORMATS), Heading.RESULT, Held.NAMED, "FORM", short="-f", long="--format",
           names=NameSet.FORMATS, spelling=Spelling.KEY),
    Option("output", types.PATH, Heading.RESULT, metavar="PATH", short="-o", multiple=True),
    Option("force", types.FLAG, Heading.RESULT, Held.NAMED),
    Option("skip_bad_files", types.FLAG, Heading.READING, Held.NAMED, python="skip_bad_files", reproduced=True),
    Option("jobs", number(1, 256), Heading.OTHERS, Held.NAMED, "N", python="jobs"),
    Option("scheduler", types.SCHEDULER, Heading.OTHERS, Held.NAMED, "ADDRESS", python="scheduler"),
    Option("cache", types.PATH, Heading.OTHERS, metavar="DIR", python="cache"),
    Option("cleared", types.FLAG, Heading.OTHERS, long="--clear"),
    Option("dry_run", types.FLAG, Heading.RESULT, short="-n"),
    Option("bars", types.FLAG, Heading.RESULT, Held.NAMED),
    Option("detail", types.FLAG, Heading.RESULT, Held.NAMED, python="detail", reproduced=True),
    Option("list_matters", types.FLAG, Heading.RESULT, long="--list"),
    Option("title", types.TEXT, Heading.RESULT, Held.NAMED, "TEXT", python="title", reproduced=True),
    Option("prepared_by", types.TEXT, Heading.RESULT, Held.READING, "TEXT", python="prepared_by", reproduced=True),
    Option("checked_by", types.TEXT, Heading.RESULT, Held.READING, "TEXT", python="checked_by", reproduced=True),
    Option("addressed_to", types.TEXT, Heading.RESULT, Held.READING, "TEXT", python="addressed_to", reproduced=True),
    Option("no_annex", types.FLAG, Heading.RESULT, Held.NAMED, python="no_annex", reproduced=True),
    Option("template", types.PATH, Heading.RESULT, Held.NAMED, "FILE"),
    Option("rejects", types.PATH, Heading.RESULT, metavar="FILE"),
    Option("save", types.PATH, Heading.RESULT, metavar="FILE"),
    Option("against", types.PATH, Heading.RESULT, metavar="FILE"),
    Option("color", word("colours", "auto", "always", "never"), Heading.RESULT, metavar="WHEN"),
    # what is said
    Option("quiet", types.FLAG, Heading.OTHERS, Held.NAMED, short="-q"),
    Option("verbose", types.FLAG, Heading.OTHERS, short="-v"),
    Option("log_format", word("formats", "text", "json"), Heading.OTHERS, metavar="HOW"),
    Option("lock", types.FLAG, Heading.OTHERS, Held.NAMED),
)
# fmt: on
"""All options."""
BY_NAME: Mapping[str, Option] = {one.name: one for one in OPTIONS}
BY_FLAG: Mapping[str, Option] = {one.flag: one for one in OPTIONS}
BY_PYTHON_NAME: Mapping[str, Option] = {one.python: one for one in OPTIONS if one.python}


def held(*where: Held) -> dict[str, OptionType]:
    """Return the types of the options that such a profile, or table of one, may hold, by key."""
    return {one.key: one.type for one in OPTIONS if one.held in where}


ONLY_IN_PROFILE: Mapping[str, OptionType] = {
    "schema": number(1, 1),
    "office": types.TEXT,
    "own": types.TEXT,
    "accept": types.TEXTS,
    "expect": types.TEXTS,
}
"""Keys of a profile that are no options."""
NAMED_KEYS: Mapping[str, OptionType] = held(Held.NAMED)
"""Keys that only a profile named with -p may hold."""
PROFILE_KEYS: Mapping[str, OptionType] = {**ONLY_IN_PROFILE, **held(Held.READING), **held(Held.COUNTING), **NAMED_KEYS}
"""All keys of a profile but its tables."""
READ_KEYS: Mapping[str, OptionType] = {**held(Held.READ_TABLE), "persons_default": number(0, 9999)}
"""Keys of [read]."""
RULE_KEYS: Mapping[str, OptionType] = {"label": types.TEXT, "when": types.TABLE, "of_which": types.FLAG}
"""Keys of a group by rule, of which it needs the first two."""
