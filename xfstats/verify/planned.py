"""The plan of a report, from the command that stands in it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from pathlib import Path

from xfstats.errors import InputFault, fault
from xfstats.model import Position
from xfstats.verify.extracting import MOST_BYTES, form_of, pieces

_COMMAND = re.compile(r"xfstats (report [^\n]*|report)$", re.MULTILINE)


def read_report(path: Path) -> bytes:
    """The bytes of a report; raises InputFault where it cannot be read."""
    try:
        if not path.is_file():
            raise InputFault("E314" if path.exists() else "E301", Position(path.name))
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except PermissionError:
        raise InputFault("E315", Position(path.name)) from None
    except OSError:
        raise InputFault("E303", Position(path.name), what="report") from None


def plan_of(path: Path, folders: Sequence[Path]) -> list[str]:
    """The options with which a report was made; a profile is looked for here, beside the report, then beside the logs."""
    text = "".join(part for part, _ in pieces(read_report(path), form_of(path), path.name))
    found = _COMMAND.search(text)
    if found is None:
        raise fault("E326", Position(path.name))
    words = shlex.split(found[1])[1:]
    words = words[: words.index("--")] if "--" in words else words  # the names of the inputs follow
    for index, word in enumerate(words[:-1]):
        if word == "--profile":
            name, colon, section = words[index + 1].partition(":")
            near = next((one / name for one in (Path(), path.parent, *folders) if (one / name).is_file()), Path(name))
            words[index + 1] = f"{near}{colon}{section}"
    return words
