"""Writes docs/codes.md from the tables of errors and findings: `python docs/codes.py`, or `make pages`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from xfstats.errors import fault
from xfstats.messages import keys, raw

PAGE = Path(__file__).with_suffix(".md")
HEAD = """# Codes of errors and findings

This page is made from the texts of the program by `make pages`; a test checks that it is up to date. `{names}` are filled in when
it runs. Many texts have a second part, after the semicolon: what to do, or what was done with such rows; the remedy of a whole
table is said above it. The line that is printed also has the place: the file, the sheet, the row, the column. No text quotes a
cell that could name a person.
"""
ERRORS: Mapping[int, tuple[str, str]] = {
    2: (
        "Usage",
        "Options, a profile or a template do not fit. Change what was typed or written; `--help` has the forms.",
    ),
    3: (
        "Input",
        "A file is missing, unreadable or not understood. Export it anew, or say by an option how it is to be read.",
    ),
    4: ("Output", "The result cannot be written; what was there is unchanged. Choose another place or name, or make room."),
    5: ("Lock", "Another run works in the same folder. Wait for its end."),
    70: ("Bug", "A fault of xfstats, not of the log. Report the line as it stands; it holds nothing of a cell."),
}
"""Exit code → name of the class, and what to do."""
FINDINGS = """## Findings

The run goes on, and the finding is printed under the table, by `inspect` and in the JSON. Look at the rows that it names
(`xfstats inspect FILE`), then correct the log or say in the profile how they are to be read. With `--strict` a finding makes
the exit code 1.
"""


def texts(lang: str) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the texts of errors and of findings by code; the one place that knows where they are kept."""
    errors, findings = ({code: raw(f"{table}.{code}", lang) for code in keys(table)} for table in ("errors", "findings"))
    return {code: _several(text) for code, text in errors.items()}, {code: _several(text) for code, text in findings.items()}


def _several(text: str) -> str:
    """Return a text as it reads for several rows."""
    return re.sub(r"\{\w+:[^{}|]*\|([^{}]*)\}", r"\1", text)


def rows(codes: Sequence[str], chinese: Mapping[str, str], english: Mapping[str, str]) -> list[str]:
    """Return a table: code, cause, what follows or what to do, and the Chinese text."""
    lines = ["| code | cause | what to do, or what was done | 中文 |", "|---|---|---|---|"]
    for code in codes:
        cause, _, remedy = english[code].partition("; ")
        lines.append("| " + " | ".join([code, *(_plain(text) for text in (cause, remedy, chinese[code]))]) + " |")
    return lines


def _plain(text: str) -> str:
    """Return a text in which Markdown sees no markup."""
    return "".join("\\" + char if char in "|<>*_[]" else char for char in " ".join(text.split()))


def page() -> str:
    """Return the whole page."""
    (errors_zh, findings_zh), (errors_en, findings_en) = texts("zh"), texts("en")
    codes = sorted(code for code in errors_en if code[1:].isdigit())
    lines = [HEAD]
    for number, (name, remedy) in ERRORS.items():
        own = [code for code in codes if fault(code).exit_code == number]
        lines += [f"## {name}: exit code {number}", "", remedy, "", *rows(own, errors_zh, errors_en), ""]
    lines += [FINDINGS, *rows(sorted(findings_en), findings_zh, findings_en)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
