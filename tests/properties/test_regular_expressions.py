"""No pattern takes for ever on a text that nearly fits, and no cell more time than its length asks for."""

from __future__ import annotations

import random
import re
import re._constants as code
import re._parser as parser
import signal
import time
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pytest

import xfstats
from tests.logs import report
from tests.writers import Sheet, write

AGAIN = 28
"""So often a repeated part is repeated: where two ways lead through each, there are 2 ** 28 to try."""
UNITS = 40
"""Texts that are tried for each repeated part, by chance."""
SECONDS = 1.0
"""Of the processor's time, which is the same beside whatever else runs."""
CLASSES = {
    code.CATEGORY_DIGIT: "0123456789",
    code.CATEGORY_NOT_DIGIT: " a-中",
    code.CATEGORY_SPACE: " \n",
    code.CATEGORY_NOT_SPACE: "a1中-",
    code.CATEGORY_WORD: "a1中",
    code.CATEGORY_NOT_WORD: " -",
}
ANY = " a1中-.:年x(\n"


def patterns() -> dict[str, re.Pattern[Any]]:
    """Every compiled pattern that a module holds, alone or in a row, by where it stands."""
    found: dict[str, re.Pattern[Any]] = {}
    for module in walk_packages(xfstats.__path__, "xfstats."):
        for name, held in vars(import_module(module.name)).items():
            several = held if isinstance(held, tuple | list) else held.values() if isinstance(held, dict) else [held]
            alone = [one for one in several if isinstance(one, re.Pattern)]
            found |= {f"{module.name}.{name}[{place}]": one for place, one in enumerate(alone)}
    return {
        name: one for name, one in found.items() if one.pattern not in {found[other].pattern for other in found if other < name}
    }


def text(parts: Any, chance: random.Random, groups: dict[int | None, str]) -> str:
    """A text that fits some parts of a pattern; what stands around is not looked at."""
    made = ""
    for kind, given in parts:
        match kind:
            case code.LITERAL:
                made += chr(given)
            case code.IN | code.CATEGORY | code.ANY | code.NOT_LITERAL:
                made += character(given if kind is code.IN else [(kind, given)], chance)
            case code.BRANCH:
                made += text(chance.choice(given[1]), chance, groups)
            case code.SUBPATTERN:
                groups[given[0]] = text(given[3], chance, groups)
                made += groups[given[0]]
            case code.MAX_REPEAT | code.MIN_REPEAT | code.POSSESSIVE_REPEAT:
                least, most, inner = given
                made += "".join(text(inner, chance, groups) for _ in range(chance.choice([least, min(most, least + 1)])))
            case code.GROUPREF:
                made += groups.get(given, "")
    return made


def character(choices: Any, chance: random.Random) -> str:
    """One of a class."""
    found = ""
    for kind, given in choices:
        match kind:
            case code.LITERAL:
                found += chr(given)
            case code.RANGE:
                found += chr(chance.randint(*given))
            case code.CATEGORY:
                found += CLASSES[given]
            case code.NEGATE | code.ANY | code.NOT_LITERAL:
                return chance.choice(ANY)
    return chance.choice(found)


def repeated(parts: Any, before: str, chance: random.Random) -> Iterator[tuple[str, Any]]:
    """Every part that may be repeated without end, with a text that leads to it."""
    for kind, given in parts:
        inner = {code.SUBPATTERN: lambda given: [given[3]], code.BRANCH: lambda given: given[1]}.get(kind, lambda _: [])(given)
        if kind in {code.MAX_REPEAT, code.MIN_REPEAT}:
            inner = [given[2]]
            if given[1] > AGAIN:
                yield before, given[2]
        for one in inner:
            yield from repeated(one, before, chance)
        before += text([(kind, given)], chance, {})


def slow(pattern: re.Pattern[Any], chance: random.Random) -> list[str]:
    """Texts that take a pattern more than SECONDS."""
    binary = isinstance(pattern.pattern, bytes)
    tree = parser.parse(pattern.pattern.decode("latin-1") if binary else pattern.pattern, pattern.flags & ~re.UNICODE)
    found = []
    for before, part in repeated(tree, "", chance):
        for unit in {text(part, chance, {}) for _ in range(UNITS)}:
            tried = f"{before}{unit * AGAIN}\0"
            signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
            try:
                pattern.fullmatch(tried.encode("latin-1", "replace") if binary else tried)
                pattern.search(tried.encode("latin-1", "replace") if binary else tried)
            except TimeoutError:
                found.append(tried)
            finally:
                signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return found


@pytest.fixture
def alarm():
    def late(*_):
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, late)
    yield
    signal.signal(signal.SIGVTALRM, before)


@pytest.mark.usefixtures("alarm")
def test_no_pattern_has_two_ways_through_what_it_repeats():
    chance = random.Random(4)
    found = patterns()
    assert len(found) > 80
    assert not {name: texts for name, one in found.items() if (texts := slow(one, chance))}


@pytest.mark.usefixtures("alarm")
def test_a_pattern_with_two_ways_is_found():
    assert slow(re.compile(r"\d{4}(?:\D?\d|[\s日])*"), random.Random(4)) != []
    assert slow(re.compile(r"\d{4}(?:\D\d|[\s日])*x?"), random.Random(4)) == []


@pytest.mark.parametrize("unit", [" ", "1", "年", "、", "(", "- ", "1 ", "月日", "合计"])
def test_a_long_cell_takes_no_more_time_than_its_length(tmp_path, unit):
    """Fifteen seconds were spent on one date with 30,000 blanks behind it."""
    header = ["序号", "接访日期", "接访级别", "来访人数", "办理状态", "办结日期"]
    rows = [[number, "2026-5-1", "市级", 2, "已办结", "2026-5-3"] for number in range(1, 9)]
    for column, start in enumerate(("", "2026年5月1日", "市级", "2", "已办结", "2026-5-3 7")):
        rows[column][column] = f"{start}{unit * (30_000 // len(unit))}x"
    write(tmp_path / "接访.xlsx", [Sheet("登记", [header, *rows])], "xlsx")
    begun = time.process_time()
    report(tmp_path / "接访.xlsx")
    assert time.process_time() - begun < 5
