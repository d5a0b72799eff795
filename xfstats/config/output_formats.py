"""The table of output formats: one row each, from which `--format`, the suffixes of files and what a format needs derive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto


class Result(Enum):
    """What a command prints; each has some of the formats."""

    TABLES = auto()
    REPORT = auto()
    MATTERS = auto()
    """The list of open matters."""
    INSPECTION = auto()
    CHECK = auto()
    EXPLANATION = auto()
    COMPARISON = auto()


class Mark(Enum):
    """Where a text without a mark of its own gets the one by which the file may be replaced without --force."""

    FIRST_LINE = auto()
    COMMENT = auto()
    """An XML comment at the end."""
    COMMENT_WITH_DIGEST = auto()


@dataclass(frozen=True)
class OutputFormat:
    """A format of output: what is written in it, and all that holds of its files."""

    key: str
    suffix: str
    renderers: Mapping[Result, str]
    """Module and function in `render` of each result that has the format."""
    plain: bool = False
    """True if it is text to be read as it stands: a report can be printed in it."""
    binary: bool = False
    """True if it is written to files alone."""
    bom: bool = False
    """True if its files begin with a byte order mark, which Excel needs."""
    mark: Mark = Mark.FIRST_LINE
    annex: bool = False
    """True if a report in it has a part for checking that can be left out, and another place for what repeats it."""
    extractor: str | None = None
    """Module and function in `reports.verify` that read a report in it back, for `verify`."""
    extra: tuple[str, str, str] | None = None
    """Module that its renderers import, the package that has it, and the extra of xfstats that installs it."""


FORMATS = (
    OutputFormat(
        "table",
        ".txt",
        {
            Result.TABLES: "text:as_text",
            Result.MATTERS: "matter_list:as_text",
            Result.INSPECTION: "inspect:as_text",
            Result.CHECK: "check:as_text",
            Result.EXPLANATION: "explain:explanation_as_text",
            Result.COMPARISON: "verify:as_text",
        },
        plain=True,
    ),
    OutputFormat(
        "md",
        ".md",
        {Result.TABLES: "markdown:as_markdown", Result.REPORT: "report_text:as_report_markdown"},
        plain=True,
        mark=Mark.COMMENT_WITH_DIGEST,
        extractor="extract:markdown_blocks",
    ),
    OutputFormat("csv", ".csv", {Result.TABLES: "csv:as_csv", Result.MATTERS: "matter_list:as_csv"}, bom=True),
    OutputFormat("tsv", ".tsv", {Result.TABLES: "csv:as_tsv", Result.MATTERS: "matter_list:as_tsv"}, bom=True),
    OutputFormat(
        "json",
        ".json",
        {
            Result.TABLES: "json:as_json",
            Result.INSPECTION: "inspect:as_json",
            Result.CHECK: "check:as_json",
            Result.EXPLANATION: "explain:as_json",
            Result.COMPARISON: "verify:as_json",
        },
    ),
    OutputFormat("jsonl", ".jsonl", {Result.TABLES: "json:as_jsonl"}),
    OutputFormat(
        "html",
        ".html",
        {
            Result.TABLES: "html.page:as_html",
            Result.REPORT: "html.page:as_report_page",
            Result.INSPECTION: "inspect:as_html",
        },
        annex=True,
        extractor="extract_html:html_blocks",
    ),
    OutputFormat(
        "xlsx",
        ".xlsx",
        {
            Result.TABLES: "xlsx.tables:as_workbook",
            Result.REPORT: "xlsx.report:as_report_workbook",
            Result.MATTERS: "xlsx.matter_sheet:as_workbook",
        },
        binary=True,
        annex=True,
        extractor="extract_xlsx:workbook_blocks",
    ),
    OutputFormat(
        "docx",
        ".docx",
        {Result.REPORT: "docx.document:as_document", Result.MATTERS: "docx.matter_table:as_document"},
        binary=True,
        annex=True,
        extractor="extract:document_blocks",
        extra=("docx", "python-docx", "docx"),
    ),
    OutputFormat("txt", ".txt", {Result.REPORT: "report_text:as_report_text"}, plain=True, extractor="extract:text_blocks"),
    OutputFormat("svg", ".svg", {Result.REPORT: "chart_png:as_svg"}, mark=Mark.COMMENT, extractor="extract_html:html_blocks"),
    OutputFormat("png", ".png", {Result.REPORT: "chart_png:as_png"}, binary=True),
)
"""All formats, in the order in which help lists them."""
BY_KEY: Mapping[str, OutputFormat] = {one.key: one for one in FORMATS}


def formats_of(*results: Result) -> tuple[str, ...]:
    """Return the formats of files of some results."""
    return tuple(one.key for one in FORMATS if any(result in one.renderers for result in results))


TABLE_FORMATS = formats_of(Result.TABLES)
REPORT_FORMATS = tuple(key for key in formats_of(Result.REPORT) if BY_KEY[key].plain)
"""Formats that `--format` takes for a report; its files go by their suffixes."""
TYPED_FORMATS = (*TABLE_FORMATS, *(key for key in REPORT_FORMATS if key not in TABLE_FORMATS))
"""Formats that have names to be typed."""


def format_by_suffix(suffix: str, *, report: bool) -> OutputFormat | None:
    """Return the format of a file of a report, or of any other result, by its suffix; None where no format has it."""
    formats = formats_of(*({Result.REPORT} if report else set(Result) - {Result.REPORT}))
    return next((BY_KEY[key] for key in formats if BY_KEY[key].suffix == suffix.lower()), None)


def mark_by_suffix(suffix: str) -> Mark:
    """Return where a text in a file of this suffix gets its mark."""
    return next((one.mark for one in FORMATS if one.suffix == suffix.lower()), Mark.FIRST_LINE)
