"""Texts for people: the same keys and placeholders in both languages, and no text of one in the other."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

import xfstats
from xfstats.config.output_formats import TYPED_FORMATS
from xfstats.config.word_patterns import packaged
from xfstats.errors import EXIT_CODES, FINDINGS, RETIRED, InputFault, Severity
from xfstats.messages import LANGS, both, has, joined, keys, name_of, option_hints, raw, say, several
from xfstats.model import Position
from xfstats.pipeline.wire import ErrorMessage
from xfstats.row_reasons import RowReason, Uncounted

ROOT = Path(xfstats.__file__).parent
PAGES = {lang: tomllib.loads((ROOT / "locale" / f"{lang}.toml").read_text("utf-8")) for lang in LANGS}
COMMAND_NAMES = {path.stem for path in (ROOT / "cli/commands").glob("[a-z]*.py")}
ERRORS = {key for key in keys("errors") if re.fullmatch(r"E\d+", key)}
CHINESE = re.compile("[\u3400-\u9fff]")
CALLS = {"say", "raw", "both", "several", "has"}
TABLED = {"raw", "several", "has"}
"""Those that take a table after the language; `has` after the key."""


def flat(lang):
    return {(table, key): text for table, texts in PAGES[lang].items() for key, text in texts.items()}


def placeholders(text):
    return set(re.findall(r"\{(\w+)", str(text)))


def test_both_languages_have_the_same_keys():
    assert flat("zh").keys() == flat("en").keys()


def test_both_languages_have_the_same_placeholders():
    english = flat("en")
    unit_is_said = {("text", "gate.more"), ("text", "gate.fewer")}  # in English the words say it
    odd = [one for one, text in flat("zh").items() if placeholders(text) != placeholders(english[one])]
    assert set(odd) - unit_is_said == set()


def test_no_english_text_holds_chinese_but_the_label_of_an_example():
    odd = [one for one, text in flat("en").items() if CHINESE.search(str(text).replace("closure_rate[县级]", ""))]
    assert odd == []


def test_no_chinese_text_holds_english_words_in_a_row():
    """But for commands, which are typed alike in both languages."""
    for one, text in flat("zh").items():
        if one[0] != "examples":
            assert not re.search(
                "[A-Za-z]{2,} [a-z]{2,}",
                re.sub("xfstats [a-z ]+|--[a-z-]+ [a-z0-9]+|preset [a-z]+|Office Open|Noto Sans", "", str(text)),
            ), one


GRAMMARS = {
    "config/day_patterns.py",
    "reports/verify/days.py",
    "schema/clock_times.py",
    "schema/context.py",
    "schema/date_forms.py",
    "schema/header_rows.py",
    "schema/numbers.py",
    "schema/numerals.py",
    "schema/personal.py",
    "schema/split_dates.py",
}
"""Files that may hold the characters of dates and numbers."""
DATES_AND_NUMBERS = set("年月日号时分秒点周季度星期天〇零一二两三四五六七八九十百千廿卅元正半整刻钟")
PARTS_OF_THE_DAY = {name: set("凌清早晨上中下午后傍晚夜间里") for name in ("schema/clock_times.py", "schema/date_forms.py")}


def literals(path):
    """The texts in a file but its docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    documents = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [node.value for node in texts if id(node) not in documents]


def test_no_chinese_word_stands_in_code_but_the_characters_of_dates_and_numbers_and_the_paragraph():
    odd = set()
    for path in ROOT.rglob("*.py"):
        name = path.relative_to(ROOT).as_posix()
        free = (DATES_AND_NUMBERS if name in GRAMMARS else set()) | PARTS_OF_THE_DAY.get(name, set())
        if not name.startswith("render/narrative/") and set(CHINESE.findall("".join(literals(path)))) - free:
            odd.add(name)
    assert odd == set()


def test_every_list_of_patterns_is_asked_for():
    """And what code asks for is there: a list that nothing reads would change nothing."""
    asked = set()
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"pattern", "words", "either"}:
                texts = [one.value if isinstance(one, ast.Constant) else None for one in node.args]
                asked.add((texts[0], texts[1]))
    held = {(table, key) for table, lists in packaged()["patterns"].items() for key in lists}
    whole = {table for table, key in asked if table and key is None}
    assert {one for one in held if one[0] not in whole} == {one for one in asked if one[1] is not None and one[0] not in whole}
    assert whole == {"date_header", "log_header", "leaders"}  # of these the keys are computed


def texts_asked_for(path):
    """The calls that name a text: its key, and the table where it is said."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS and node.args:
            place = 1 if node.func.id == "has" else 2
            yield node.args[0], node.args[place] if node.func.id in TABLED and len(node.args) > place else None


def test_every_text_that_the_code_names_is_there():
    missing = []
    for path in ROOT.rglob("*.py"):
        for key, table in texts_asked_for(path):
            if isinstance(key, ast.Constant) and table is None and not has(str(key.value)):
                missing.append((path.name, key.value))
            if isinstance(table, ast.Constant) and table.value not in PAGES["zh"]:
                missing.append((path.name, table.value))
    assert missing == []


def test_no_key_of_a_text_is_put_together():
    odd = []
    for path in ROOT.rglob("*.py"):
        for key, _ in texts_asked_for(path):
            if isinstance(key, ast.JoinedStr) or (isinstance(key, ast.BinOp) and isinstance(key.right, ast.Constant)):
                odd.append((path.name, key.lineno))
    assert odd == []


def test_every_key_of_a_text_stands_in_the_code():
    """So a search finds where it is said; of commands and their examples the key is the name of the command's module."""
    in_code = {word for path in ROOT.rglob("*.py") for text in literals(path) for word in (text, *text.split())}
    modules = {path.stem for path in (ROOT / "cli" / "commands").glob("*.py")}
    in_code |= {f"{table}.{name}" for table in ("commands", "examples") for name in modules}
    lost = [one for one in flat("zh") if not {one[1], ".".join(one)} & in_code]
    assert lost == []


def test_a_text_is_filled_and_any_other_language_is_english():
    assert say("rest", "zh", rest=9) == "其余 9 个"
    assert say("rest", "fr", rest=9) == "9 others"
    assert both("total") == ("合计", "Total")
    assert joined(["甲", "乙"], "zh") == "甲、乙"


def test_a_name_without_a_text_is_its_key():
    assert (name_of("fields", "level", "zh"), name_of("fields", "nothing", "zh")) == ("层级", "nothing")
    assert "level" in keys("fields")
    assert raw("fields.level", "en") == "Level"
    assert several("workbook.detail", "en")[0] == "Row"


@pytest.mark.parametrize(
    ("words", "withheld", "told"),
    [
        (["办了"], False, "--map-status 办了=SET"),
        (["in hand"], False, '--map-status "in hand"=SET'),
        ([], False, "--map-status WORD=SET"),
        (["a"], True, "--map-status a=SET --map-status WORD=SET"),
    ],
)
def test_what_to_type_for_unknown_words(words, withheld, told):
    assert option_hints("W201", words, "en", withheld=withheld) == told


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "1 row is hidden or filtered; it is counted"),
        (2, "2 rows are hidden or filtered; they are counted"),
        (0, "0 rows are hidden or filtered; they are counted"),
        (21, "21 rows are hidden or filtered; they are counted"),
        ("…", "… rows are hidden or filtered; they are counted"),
    ],
)
def test_one_row_is_told_in_the_singular(number, said):
    assert say("findings.W208", "en", rows=number) == said


def test_every_finding_and_error_of_a_number_of_rows_has_both_forms():
    texts = {key: text for (table, key), text in flat("en").items() if table in {"findings", "errors"}}
    assert [key for key, text in texts.items() if re.search(r"\{(?:rows|number)\} (?:rows|records|cases|times)\b", text)] == []


def test_an_error_of_one_row_is_told_in_the_singular_from_a_worker_too():
    error = ErrorMessage.of(InputFault("E330", Position("a.csv"), count=1)).error()
    assert error.sentence("en").startswith('"a.csv": 1 row has dates that may be day')


def unlike(there, needed):
    """What is missing, and what is left over."""
    return sorted({*needed} - {*there}), sorted({*there} - {*needed})


REJECTING = {one for one in RowReason if one.uncounted is Uncounted.REJECTED}
TO_MEND = {code for code, kind in FINDINGS.items() if kind.severity is Severity.MEND}
CODE = {path: path.read_text("utf-8") for path in ROOT.rglob("*.py")}
NOTED = {code for path, text in CODE.items() if path.name != "errors.py" for code in re.findall(r'"(W\d{3})"', text)}
RAISED = {code for text in CODE.values() for code in re.findall(r'"(E\d{3})"', text)}


@pytest.mark.parametrize(
    ("place", "there", "needed"),
    [
        ("FINDINGS of errors.py: the kind of a finding", FINDINGS, NOTED),
        ("EXIT_CODES of errors.py: the exit code of an error", EXIT_CODES, RAISED),
        ("[findings] of both texts: cause, semicolon, what was done", keys("findings"), FINDINGS),
        ("[errors] of both texts: cause, semicolon, what to do", ERRORS, EXIT_CODES),
        ("[reasons] of both texts: the words for a reason of a row", keys("reasons"), RowReason),
        (
            "[mend] of both texts: the remedy of a finding to mend, and of a reason that rejects",
            keys("mend"),
            TO_MEND | REJECTING,
        ),
        ("[formats] of both texts: the name of a format that is typed", {*keys("formats")} - {"text"}, TYPED_FORMATS),
        ("[commands] of both texts: what a command does", keys("commands"), COMMAND_NAMES),
        ("[examples] of both texts: how a command is typed", keys("examples"), COMMAND_NAMES - {"profile"}),
    ],
)
def test_what_each_code_reason_format_and_command_needs_is_there_and_nothing_else(place, there, needed):
    assert unlike(there, needed) == ([], []), f"missing and left over in {place}"


def test_the_numbers_of_findings_stand_in_order_and_none_is_used_again():
    assert list(FINDINGS) == sorted(FINDINGS)
    assert RETIRED & {*FINDINGS, *EXIT_CODES} == set()


def test_what_can_be_typed_for_a_reason_is_of_one_that_rejects():
    assert set(keys("remedies")) <= REJECTING


def test_each_reason_of_a_row_is_given_somewhere_and_only_as_a_member():
    texts = [path.read_text("utf-8") for path in ROOT.rglob("*.py") if path.name != "row_reasons.py"]
    assert [one.name for one in RowReason if not any(f"RowReason.{one.name}" in text for text in texts)] == []
    assert [one for one in RowReason if "-" in one and any(f'"{one}"' in text for text in texts)] == []
