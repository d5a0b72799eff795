"""The blocks of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from xfstats.report.verify.blocks import Block, Cell, Grid, Line, Run

_HIDDEN = frozenset({"style", "script", "head"})
_BREAKS = frozenset({"p", "li", "caption", "h1", "h2", "h3", "div", "br", "ul", "svg", "table", "body"})


class _Page(HTMLParser):
    """Lines and tables outside of style and script; a figure's name from `data-figure`; a chart's labels with their figures."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Block] = []
        self.runs: list[Run] = []
        self.rows: list[list[str]] | None = None
        self.hidden = 0
        self.names: list[str | None] = []
        self.celled = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in _HIDDEN
        if tag == "span":
            self.names.append(dict(attrs).get("data-figure"))
        if tag in _BREAKS:
            self.flush()
        if tag == "table":
            self.rows = []
        elif tag == "tr" and self.rows is not None:
            self.rows.append([])
        elif tag in {"td", "th"} and self.rows:
            self.rows[-1].append("")
            self.celled = True

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in _HIDDEN
        if tag == "span" and self.names:
            self.names.pop()
        if tag in {"td", "th", "tr", "table"}:
            self.celled = False
        if tag in {"title", "desc", "text"} and self.runs:
            self.told()
        if tag in _BREAKS:
            self.flush()
        if tag == "table" and self.rows is not None:
            self.found.append(Grid(tuple(tuple(map(Cell, row)) for row in self.rows if row)))
            self.rows = None

    def handle_data(self, data: str) -> None:
        if self.hidden:
            return
        if self.celled and self.rows and self.rows[-1]:
            self.rows[-1][-1] += data
        else:
            self.runs.append((data, next((name for name in reversed(self.names) if name), None)))

    def told(self) -> None:
        """A text of a chart is told: a figure ends a line, a label begins one."""
        if re.search(r"\d", self.runs[-1][0]):
            self.flush()
        else:
            self.runs.append((" ", None))

    def flush(self) -> None:
        """What was told so far is a line."""
        if any(text.strip() for text, _ in self.runs):
            self.found.append(Line(tuple(self.runs)))
        self.runs = []


def page_blocks(data: bytes) -> Iterator[Block]:
    """Lines and tables of an HTML page, the words and figures of its charts among them; raises ValueError where it is none."""
    page = _Page()
    try:
        page.feed(data.decode("utf-8-sig"))
        page.close()
    except AssertionError:  # the parser's word for a declaration that it cannot read
        raise ValueError from None
    page.flush()
    yield from page.found
