"""Writes docs/architecture.md from the code: `python docs/architecture.py`, or `make pages`."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "xfstats"
PAGE = Path(__file__).with_suffix(".md")
ROOMS = ("api", "cli", "render", "reports", "pipeline", "records", "schema", "readers", "config", "measures")
"""From the top down; pyproject.toml has the same order, and import-linter checks it."""
EVERYWHERE = ("errors", "messages", "model")
HEAD = """# The rooms of the package

This page is made from the code by `make pages`; a test checks that it is up to date. Why the rooms are these is in
[decision 7](decisions/0007-nine-rooms.md), which file to touch for what in [CONTRIBUTING.md](../CONTRIBUTING.md).

A log goes through the rooms from below: `readers` make sheets of its bytes, `schema` infers what each column is, `records` makes
each row a record with a status and a reason, `measures` tallies them, `pipeline` does this in a process for each file and merges
the tallies, `reports` makes tables of them, `render` makes text or bytes of tables, and `cli` or `api` is where a user comes in.
`config` is what the run was asked.

Imports go down only (`make layers`). The process that prints imports nothing that reads a log: cells stay in the worker.
"""
DOORS = """The doors of a room are the modules that others import; the rest are its own business. Commands and renderers are
imported by name when they are asked for (`cli/help.py`, `render/__init__.py`), which is not seen here.
"""


def modules() -> dict[str, ast.Module]:
    """Return the syntax tree of each module by its name without `xfstats.`; a package's is that of its `__init__`."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts)
        found[name] = ast.parse(path.read_text("utf-8"))
    return found


def imports(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield module and name of each import from the package, also within functions, but not those for type checkers alone."""
    for node in ast.iter_child_nodes(tree):
        match node:
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                continue
            case ast.ImportFrom(module=str(module)) if module.partition(".")[0] == "xfstats":
                yield from ((module.partition(".")[2] or "__init__", one.name) for one in node.names)
            case ast.Import():
                yield from ((one.name.partition(".")[2], "") for one in node.names if one.name.startswith("xfstats."))
            case _:
                yield from imports(node)


def room(module: str) -> str:
    """Return the room of a module, or the module itself where it is in none."""
    return module.partition(".")[0]


def arrows(trees: dict[str, ast.Module]) -> Counter[tuple[str, str]]:
    """Return which module imports which, and how many times."""
    found: Counter[tuple[str, str]] = Counter()
    for source, tree in trees.items():
        for module, name in imports(tree):
            of_package = f"{module}.{name}" if module != "__init__" else name
            found[source, of_package if of_package in trees else module] += 1
    return found


def sentence(tree: ast.Module) -> str:
    """Return the first sentence of a module's docstring."""
    paragraph = " ".join((ast.get_docstring(tree) or "").partition("\n\n")[0].split())
    return paragraph.partition(". ")[0].rstrip(".").replace("|", "\\|")


def drawing(between: Counter[tuple[str, str]]) -> list[str]:
    """Return the rooms as a diagram, each arrow with the number of imports."""
    nodes = ROOMS
    lines = [
        f"  {one} -->|{between[one, other]}| {other}" for one in nodes for other in nodes if one != other and between[one, other]
    ]
    return ["```mermaid", "flowchart TD", *lines, "```"]


def matrix(between: Counter[tuple[str, str]]) -> list[str]:
    """Return the numbers of imports as a table: below the diagonal there are none."""
    across = (*ROOMS, *EVERYWHERE)
    lines = [f"| | {' | '.join(across)} |", f"|---|{'---:|' * len(across)}"]
    for one in ("__main__", *across):
        counts = ("·" if one == other else str(between[one, other] or "") for other in across)
        lines.append(f"| **{one}** | {' | '.join(counts)} |")
    return lines


def files(names: Sequence[str], trees: dict[str, ast.Module], used: Counter[tuple[str, str]]) -> list[str]:
    """Return a table of modules: what each holds, and by which other rooms it is imported."""
    lines = ["| module | holds | imported by |", "|---|---|---|"]
    for name in names:
        others = sorted({room(source) for source, target in used if target == name} - {room(name)})
        shown = ", ".join(others) if len(others) < len(ROOMS) - 1 else "nearly all"
        lines.append(f"| `{name.partition('.')[2] or name}` | {sentence(trees[name])} | {shown} |")
    return lines


def page() -> str:
    """Return the whole page."""
    trees = modules()
    used = arrows(trees)
    between: Counter[tuple[str, str]] = Counter()
    for (source, target), number in used.items():
        between[room(source), room(target)] += number
    top = [name for name in trees if "." not in name and name not in ROOMS]
    lines = [
        HEAD,
        "## The drawing",
        "",
        "An arrow: how many names of the lower room are imported by the upper one. What all import is left out:",
    ]
    lines += [
        "`errors`, `messages`, `model`.",
        "",
        *drawing(between),
        "",
        "All of them, a row importing from a column:",
        "",
        *matrix(between),
    ]
    lines += ["", "## At the top of the package", "", *files(top, trees, used), "", "## Room by room", ""]
    lines += [DOORS]
    for one in ROOMS:
        inside = [name for name in trees if name.startswith(one + ".") and ast.get_docstring(trees[name])]
        lines += [f"### {one}", "", sentence(trees[one]) + ".", "", *files(inside, trees, used), ""]
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
