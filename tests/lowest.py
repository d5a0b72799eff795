"""`python tests/lowest.py`: the lowest versions that pyproject names, one a line, as constraints for pip."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).parent.parent / "pyproject.toml"
TOOLS = re.compile(r"mypy|ruff|import-linter|types-.*|.*-stubs")
"""What looks at the code and runs none of it."""
REQUIREMENT = re.compile(r"([\w.-]+)(?:\[[\w,-]+\])?>=([\w.]+)")


def requirements() -> Iterator[str]:
    """Each requirement of the package, of its extras and of the tests."""
    plain = tomllib.loads(PROJECT.read_text("utf-8"))
    yield from plain["project"]["dependencies"]
    for group in plain["project"]["optional-dependencies"].values():
        yield from group
    yield from plain["dependency-groups"]["dev"]


def lowest(lines: Iterator[str]) -> dict[str, str]:
    """Return the lowest version of each; ValueError where a line names none, or two differ."""
    found: dict[str, str] = {}
    for line in lines:
        named = REQUIREMENT.match(line)
        if named is None:
            raise ValueError(line)
        name, version = named[1].lower(), named[2]
        if TOOLS.fullmatch(name):
            continue
        if found.setdefault(name, version) != version:
            raise ValueError(f"{name}: {found[name]} and {version}")
    return found


def main() -> int:
    """Print the constraints."""
    print("\n".join(f"{name}=={version}" for name, version in sorted(lowest(requirements()).items())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
