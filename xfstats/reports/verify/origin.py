"""Origin of a report, read from its text: the command, and the profile by name and digest."""

from __future__ import annotations

import hashlib
import re
import shlex
from collections.abc import Sequence
from pathlib import Path

from xfstats.config.small_files import content, is_file, is_folder
from xfstats.errors import InputFault, fault
from xfstats.messages import both
from xfstats.model import Position
from xfstats.reports.verify.blocks import ReportBlock, text_lines
from xfstats.reports.verify.extract import extract_blocks, report_format
from xfstats.reports.verify.package_parts import MAX_BYTES

_COMMAND = re.compile(r"xfstats (report(?: .*)?)$")
_VERSION = re.compile(r"(?:^|\s)xfstats (\d+\.\d+[\w.+]*)\s*$")
_PROFILE = re.compile(r"^\W*\w+ sha256 ([0-9a-f]{64})\s+(.+)$")


def read_report(path: Path) -> list[ReportBlock]:
    """Return the blocks of a report; raise InputFault where it cannot be read."""
    try:
        if not path.is_file():
            raise InputFault("E314" if path.exists() else "E301", Position(path.name))
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except PermissionError:
        raise InputFault("E315", Position(path.name)) from None
    except OSError:
        raise InputFault("E303", Position(path.name), what=both("damage.report")) from None
    return extract_blocks(data, report_format(path), path.name)


def report_profile(report: Sequence[ReportBlock]) -> tuple[str, str] | None:
    """Return digest and name of the profile that a report was made with."""
    found = next((one for line in text_lines(report) if (one := _PROFILE.match(line.text.rstrip()))), None)
    return (found[1], found[2]) if found else None


def report_version(report: Sequence[ReportBlock]) -> str | None:
    """Return the version of xfstats that made a report; None where the report does not say it."""
    return next((found[1] for line in text_lines(report) if (found := _VERSION.search(line.text))), None)


def report_options(report: Sequence[ReportBlock], path: Path, logs: Sequence[Path], given: Sequence[str] = ()) -> list[str]:
    """Return the options that a report was made with, its profile among them; `given` ones replace the profile.

    The profile is searched in the working folder, beside the report, then beside the logs; raises UsageFault where it is missing.
    """
    found = next((one for line in text_lines(report) if (one := _COMMAND.search(line.text.rstrip()))), None)
    if found is None:
        raise fault("E326", Position(path.name))
    words = shlex.split(found[1])[1:]
    words = words[: words.index("--")] if "--" in words else words  # the names of the inputs follow
    digest, name = report_profile(report) or (None, None)
    if "--profile" in words[:-1]:
        place = words.index("--profile")
        name = words[place + 1]
        del words[place : place + 2]
    if name is None or {"--profile", "--no-profile"} & set(given):
        return words
    folders = [one if is_folder(one) else one.parent for one in logs]
    return [*words, "--profile", _find_profile(name, digest, [Path(), path.parent, *folders], path)]


def _find_profile(name: str, digest: str | None, folders: Sequence[Path], path: Path) -> str:
    """Return the path of the profile: the file with the digest, else the first with the name."""
    file, colon, section = name.partition(":")
    here = [one / file for one in folders if is_file(one / file)]
    if not here:
        raise fault("E257", Position(path.name), name=name)
    same = (one for one in here if _file_digest(one) == digest)
    return f"{next(same, here[0])}{colon}{section}"


def _file_digest(path: Path) -> str | None:
    """Return the digest of a file; None where it cannot be read, which its reader will report."""
    try:
        return hashlib.sha256(content(path)).hexdigest()
    except OSError:
        return None
