"""Prints the size and shape of the package, or of another checkout's: `python docs/structure.py [FOLDER]`.

Imports for type checkers alone are left out.
"""

from __future__ import annotations

import sys
from pathlib import Path

import grimp

PACKAGE = "xfstats"


def circles(imported: dict[str, set[str]]) -> list[list[str]]:
    """Return the groups of names that each reach one another."""
    reached = {name: _reached(name, imported) for name in imported}
    groups = {frozenset(other for other in reached[name] if name in reached.get(other, ())) | {name} for name in imported}
    return sorted(sorted(group) for group in groups if len(group) > 1)


def _reached(start: str, imported: dict[str, set[str]]) -> set[str]:
    """Return all that can be reached by imports from a name."""
    found, waiting = set[str](), [start]
    while waiting:
        for other in imported.get(waiting.pop(), set()) - found:
            found.add(other)
            waiting.append(other)
    return found


def main() -> None:
    """Print the figures, a line each."""
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent).resolve()
    sys.path.insert(0, str(root))
    graph = grimp.build_graph(PACKAGE, exclude_type_checking_imports=True, cache_dir=None)
    modules = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    rooms = {name: set[str]() for name in graph.find_children(PACKAGE)}
    arrows = 0
    for name, imported in modules.items():
        for other in imported:
            one, two = (".".join(each.split(".")[:2]) for each in (name, other))
            if one != two and PACKAGE not in {one, two}:
                rooms[one].add(two)
                arrows += 1
    files = sorted((root / PACKAGE).rglob("*.py"))
    lines = sum(len(path.read_text("utf-8").splitlines()) for path in files)
    folders = [name for name in rooms if graph.find_children(name)]
    said = [
        f"modules {len(files)}, lines {lines}",
        f"at the top of the package: {len(folders)} folders, {len(rooms) - len(folders)} modules",
        f"imports of modules between these: {arrows}, as arrows: {sum(map(len, rooms.values()))}",
    ]
    for what, found in (("at the top", circles(rooms)), ("of modules", circles(modules))):
        said += [f"circles {what}: {len(found)}", *(f"  {', '.join(one)}" for one in found)]
    sys.stdout.write("\n".join(said) + "\n")


if __name__ == "__main__":
    main()
