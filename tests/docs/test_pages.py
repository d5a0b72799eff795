"""Documents that are made from the code are up to date; documents name files that are there."""

from __future__ import annotations

import re
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from xfstats.errors import RETIRED

ROOT = Path(__file__).parents[2]
GUIDES = [
    "CONTRIBUTING.md",
    "README.md",
    "README.zh.md",
    "docs/architecture.md",
    "docs/codes.md",
    "docs/option_table.md",
    "docs/decisions/0007-nine-rooms.md",
]


@cache
def script(name: str) -> ModuleType:
    spec = spec_from_file_location(f"docs_{name}", ROOT / "docs" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["architecture", "codes", "option_table"])
def test_the_page_is_what_its_script_makes(name):
    assert (ROOT / "docs" / f"{name}.md").read_text("utf-8") == script(name).page(), "run `make pages`"


def test_the_drawing_has_every_room_in_the_order_of_the_contract():
    folders = {path.parent.name for path in (ROOT / "xfstats").glob("*/__init__.py")}
    rooms = script("architecture").ROOMS
    layers = (ROOT / "pyproject.toml").read_text("utf-8").partition("layers = [")[2].partition("]")[0]
    assert set(rooms) == folders
    assert [word for word in re.findall(r"\w+", layers) if word in folders] == list(rooms)


def test_imports_are_counted_in_functions_too_but_not_those_for_type_checkers():
    import ast

    tree = ast.parse(
        "from xfstats.model import Log, Kind\n"
        "if TYPE_CHECKING:\n    from xfstats.api import inspect\n"
        "def late():\n    import xfstats.records\n    from os import path\n"
    )
    found = list(script("architecture").imports(tree))
    assert found == [("model", "Log"), ("model", "Kind"), ("records", "")]


def test_no_module_is_imported_by_what_it_imports():
    arrows = script("architecture").arrows(script("architecture").modules())
    imported = {name: {other for one, other in arrows if one == name and other != one} for name in {one for one, _ in arrows}}
    assert script("structure").circles(imported) == []
    assert script("structure").circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}}) == [["b", "c"]]


def test_every_code_that_the_program_gives_is_on_the_page_of_codes():
    given = {code for path in (ROOT / "xfstats").rglob("*.py") for code in re.findall(r'"([EW]\d{3})"', path.read_text("utf-8"))}
    page = (ROOT / "docs" / "codes.md").read_text("utf-8")
    assert len(given) > 100
    assert [code for code in sorted(given - RETIRED) if f"\n| {code} |" not in page] == [], "after its texts: run `make pages`"


@pytest.mark.parametrize("name", GUIDES)
def test_links_lead_to_files(name):
    path = ROOT / name
    links = re.findall(r"\]\(([^)#:]+)\)", path.read_text("utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_the_files_that_contributing_names_are_there():
    named = re.findall(r"`([\w./-]+\.(?:py|toml|md|txt|csv)|[\w./-]+/)`", (ROOT / "CONTRIBUTING.md").read_text("utf-8"))
    assert len(named) > 40
    assert [one for one in named if not (ROOT / one).exists() and not (ROOT / "xfstats" / one).exists()] == []


def test_every_name_that_contributors_are_told_exists():
    page = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    code = "\n".join(path.read_text("utf-8") for folder in ("xfstats", "tests") for path in (ROOT / folder).rglob("*.py"))
    names = {
        name
        for said in re.findall(r"`([^`\n]+)`", page)
        for name in re.findall(r"\b_?[A-Z][A-Z_]{3,}\b(?!\.md)|\b\w+(?=\()", said)
    }
    assert len(names) > 10
    assert sorted(name for name in names if not re.search(rf"\b{name}\b", code)) == []


NO_VERB = re.compile(r"(?:The|An?|This|What|Which|Where|Whether|How|Why|Each|Every|All|Any|Of|On|For|From|In|As|Its|Their)\b")


def test_the_docstring_of_a_function_begins_with_a_verb():
    import ast

    said = [
        (node.name, ast.get_docstring(node) or "Return")
        for tree in script("architecture").modules().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    ]
    assert len(said) > 1000
    assert [name for name, text in said if NO_VERB.match(text)] == []


def test_no_function_takes_more_than_seven_parameters():
    import ast

    taken = [
        (f"{module}.{node.name}", len([one for one in (*args.posonlyargs, *args.args, *args.kwonlyargs) if one.arg != "self"]))
        for module, tree in script("architecture").modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        for args in [node.args]
    ]
    assert len(taken) > 1500
    assert [name for name, count in taken if count > 7] == [], "make a frozen value of what belongs together (xfstats/frozen.py)"
