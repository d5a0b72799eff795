"""Extraction of the blocks of an HTML page, or of the charts of an SVG file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from xfstats.reports.verify.blocks import Grid, ReportBlock, TableCell, TextLine, TextRun, plain_line

ORIGIN_NAME = "xfstats-origin"
"""Name of the lines of a page's head that repeat a report without annex."""
_HIDDEN = frozenset({"style", "script", "head"})
_ORIGIN_ELEMENT = "metadata"
"""Element of an SVG file with these lines."""
_BREAKS = frozenset({"p", "li", "caption", "h1", "h2", "h3", "div", "br", "ul", "svg", "table", "body"})


class _PageParser(HTMLParser):
    """Parser of lines and tables, without style and script; figures named by `data-figure`; texts of charts as lines."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[ReportBlock] = []
        self.runs: list[TextRun] = []
        self.rows: list[list[str]] | None = None
        self.hidden_depth = 0
        self.figure_names: list[str | None] = []
        self.in_cell = False
        self.origin: list[ReportBlock] = []
        self.in_origin = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden_depth += tag in _HIDDEN
        if tag == "span":
            self.figure_names.append(dict(attrs).get("data-figure"))
        if tag in _BREAKS:
            self.end_line()
        given = dict(attrs)
        self.in_origin = self.in_origin or tag == _ORIGIN_ELEMENT
        if tag == "meta" and given.get("name") == ORIGIN_NAME:
            self.origin.append(plain_line(given.get("content") or ""))
        if tag == "g" and given.get("class") == "mark":
            self.runs.append((given.get("aria-label") or "", None))  # behind the chart's title
            self.end_line()
        if tag == "table":
            self.rows = []
        elif tag == "tr" and self.rows is not None:
            self.rows.append([])
        elif tag in {"td", "th"} and self.rows:
            self.rows[-1].append("")
            self.in_cell = True

    def handle_endtag(self, tag: str) -> None:
        self.hidden_depth -= tag in _HIDDEN
        self.in_origin = self.in_origin and tag != _ORIGIN_ELEMENT
        if tag == "span" and self.figure_names:
            self.figure_names.pop()
        if tag in {"td", "th", "tr", "table"}:
            self.in_cell = False
        if tag in {"title", "desc", "text"} and self.runs:
            self.end_chart_text()
        if tag in _BREAKS:
            self.end_line()
        if tag == "table" and self.rows is not None:
            self.blocks.append(Grid(tuple(tuple(map(TableCell, row)) for row in self.rows if row)))
            self.rows = None

    def handle_data(self, data: str) -> None:
        if self.hidden_depth:
            return
        if self.in_origin:
            self.origin += map(plain_line, data.splitlines())
            return
        if self.in_cell and self.rows and self.rows[-1]:
            self.rows[-1][-1] += data
        else:
            self.runs.append((data, next((name for name in reversed(self.figure_names) if name), None)))

    def end_chart_text(self) -> None:
        """End a text of a chart: a figure ends its line, a label begins one."""
        if re.search(r"\d", self.runs[-1][0]):
            self.end_line()
        else:
            self.runs.append((" ", None))

    def end_line(self) -> None:
        """Add the collected runs as a line."""
        if any(text.strip() for text, _ in self.runs):
            self.blocks.append(TextLine(tuple(self.runs)))
        self.runs = []


def html_blocks(data: bytes) -> Iterator[ReportBlock]:
    """Yield lines, tables and chart texts of an HTML page; raise ValueError where it cannot be parsed."""
    page = _PageParser()
    try:
        page.feed(data.decode("utf-8-sig"))
        page.close()
    except AssertionError:  # the parser's word for a declaration that it cannot read
        raise ValueError from None
    page.end_line()
    yield from page.blocks
    if not any(isinstance(block, TextLine) and "xfstats report" in block.text for block in page.blocks):
        yield from page.origin
