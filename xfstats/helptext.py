"""Help pages whose columns line up with wide characters; click counts code points."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from typing import Any

import click


class WideFormatter(click.HelpFormatter):
    """Definition lists measured in terminal cells."""

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write term and text in two columns."""
        from wcwidth import wcswidth  # noqa: PLC0415 - only for help

        rows = list(rows)
        widths = [max(wcswidth(term), 0) for term, _ in rows]
        first = min(max(widths, default=0), col_max) + col_spacing
        for (term, text), width in zip(rows, widths, strict=True):
            lines = _wrap(text, max(self.width - first - self.current_indent, 10))
            self.write(" " * self.current_indent + term)
            if not lines:
                self.write("\n")
                continue
            if width <= first - col_spacing:
                self.write(" " * (first - width))
            else:
                self.write("\n" + " " * (first + self.current_indent))
            self.write(lines[0] + "\n")
            for line in lines[1:]:
                self.write(" " * (first + self.current_indent) + line + "\n")


def _wrap(text: str, width: int) -> list[str]:
    """Lines of at most so many cells, broken at blanks and between Chinese characters."""
    from wcwidth import wcswidth  # noqa: PLC0415 - only for help

    lines: list[str] = []
    line = ""
    for word in text.replace("\n", " ").split(" "):
        if line and wcswidth(f"{line} {word}") > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return [*lines, line] if line else lines


class Help(click.Command):
    """A command with such a help page."""

    def get_help(self, ctx: click.Context) -> str:
        """The page, as wide as the window up to 100 cells."""
        formatter = WideFormatter(width=min(ctx.terminal_width or shutil.get_terminal_size().columns, 100))
        self.format_help(ctx, formatter)
        return formatter.getvalue().rstrip("\n")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("context_settings", {"help_option_names": ["-h", "--help"]})
        super().__init__(*args, **kwargs)
