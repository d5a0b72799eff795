"""Whether what a profile says can be meant: nothing in two places, no person's header as a field, known levels and findings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase
from typing import Any, NoReturn

from xfstats import spelling
from xfstats.errors import UsageFault, XfstatsError, unknown_name
from xfstats.keys import texts
from xfstats.messages import FINDINGS
from xfstats.model import FIELDS, Kind, Position
from xfstats.profile_check import Page
from xfstats.profile_lines import Place


def agree(plain: Mapping[str, Any], words: Mapping[str, Any], page: Page) -> None:
    """Refuse what contradicts itself in a profile whose keys and values have been checked; `words` are those in force with it."""
    _apart(plain.get("levels", {}), "levels", spelling.word, page)
    _apart(plain.get("columns", {}), "columns", spelling.header, page)
    _no_persons(plain.get("columns", {}), words, page)
    _rules(plain, words, page)
    for code in plain.get("accept", ()):
        if code not in FINDINGS:
            refuse(unknown_name(code, tuple(FINDINGS), "accept"), page, "accept")


def refuse(error: XfstatsError, page: Page, *place: str | int) -> NoReturn:
    """Raise an error with the line of a key."""
    error.position = Position(page.file)
    error.values["line"] = page.line(*place)
    raise error


def _apart(table: Mapping[str, Any], name: str, spelled: Callable[[str], str], page: Page) -> None:
    """Refuse a word that stands under two keys."""
    seen: dict[str, str] = {}
    for key, written in table.items():
        for word in texts(written):
            other = seen.setdefault(spelled(word), key)
            if other != key:
                refuse(UsageFault("E270", word=word, one=other, other=key), page, name, key)


def _no_persons(columns: Mapping[str, Any], words: Mapping[str, Any], page: Page) -> None:
    """Refuse the header of a column about persons under another field."""
    about = [field for field, kind in FIELDS.items() if kind is Kind.PERSON]
    headers = {spelling.header(name) for field in about for rank in words["columns"][field] for name in rank}
    for field, written in columns.items():
        for name in texts(written) if field not in about else ():
            if spelling.header(name) in headers or spelling.of_person(spelling.header(name)):
                refuse(UsageFault("E271", word=name, field=field), page, "columns", field)


def _rules(plain: Mapping[str, Any], words: Mapping[str, Any], page: Page) -> None:
    """Refuse a label of two rules, and a level that no row can have."""
    labels = [known[0] for known in words["levels"].values()]
    levels = {spelling.word(word) for known in words["levels"].values() for word in known}
    for log, rules in plain.get("groups", {}).items():
        seen: set[str] = set()
        for number, rule in enumerate(rules):
            place: Place = ("groups", log, number)
            if rule["label"] in seen:
                refuse(UsageFault("E272", log=log, word=rule["label"]), page, *place, "label")
            seen.add(rule["label"])
            for pattern in texts(rule["when"].get("level")):
                spelled = spelling.word(pattern)
                if spelled not in levels and not any(fnmatchcase(spelling.word(label), spelled) for label in labels):
                    refuse(UsageFault("E273", word=pattern, names="、".join(labels)), page, *place, "when", "level")
