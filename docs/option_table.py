"""Writes docs/option_table.md from the table of options: `python docs/option_table.py`, or `make pages`."""

from __future__ import annotations

from pathlib import Path

from xfstats.config.option_table import OPTIONS, Heading, Held, Option
from xfstats.messages import raw

PAGE = Path(__file__).with_suffix(".md")
HEAD = """# All options

This page is made from the table of options by `make pages`; a test checks that it is up to date. Not every command offers all of
them: `xfstats COMMAND --help`. [options.md](options.md) says how options, environment and profile go together. A profile that was
merely found cannot hold what is "only with -p". What is repeated stands in the command that a report prints.
"""
HELD = {
    Held.NEVER: "",
    Held.READING: "`{key}`",
    Held.COUNTING: "`{key}`",
    Held.NAMED: "`{key}`, only with -p",
    Held.READ_TABLE: "`{key}` of `[read]`",
    Held.CHOICES_TABLE: "`{key}` of `[choices]`",
}


def row(one: Option) -> str:
    """Return the line of an option."""
    flags = " ".join(f"`{flag}`" for flag in one.flags)
    typed = f" `{one.metavar}`" if one.metavar else ""
    python = f"`{one.python}`: {one.type.python}" if one.python else ""
    cells = (
        flags + typed + (", repeatable" if one.multiple else ""),
        raw(f"options.{one.name}", "en").replace("{forms}", "…"),
        f"`{one.variable}`",
        HELD[one.held].format(key=one.key),
        python,
        "yes" if one.reproduced else "",
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def page() -> str:
    """Return the whole page."""
    lines = [HEAD]
    for heading in Heading:
        lines += [
            f"## {raw(heading.value, 'en')}",
            "",
            "| option | | environment | profile | Python | repeated |",
            "|---|---|---|---|---|---|",
        ]
        lines += [*(row(one) for one in OPTIONS if one.heading is heading), ""]
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
