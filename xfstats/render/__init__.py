"""Renderers, one a format: pure functions from a Report to text or bytes, imported when they are used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TypeAlias

from xfstats.errors import UsageFault
from xfstats.render.style import Style
from xfstats.reports.table import Report

Renderer: TypeAlias = Callable[[Report, Style], str | bytes]

RENDERERS: Mapping[str, tuple[str, str]] = {
    "table": ("text", "as_text"),
    "md": ("markdown", "as_markdown"),
    "csv": ("csv", "as_csv"),
    "tsv": ("csv", "as_tsv"),
    "json": ("json", "as_json"),
    "jsonl": ("json", "as_jsonl"),
    "html": ("html.page", "as_html"),
    "xlsx": ("xlsx.tables", "as_workbook"),
}
"""Module and function of each format."""

REPORT_RENDERERS: Mapping[str, tuple[str, str]] = {
    "md": ("report_text", "as_report_markdown"),
    "txt": ("report_text", "as_report_text"),
    "html": ("html.page", "as_report_page"),
    "xlsx": ("xlsx.report", "as_report_workbook"),
    "docx": ("docx.document", "as_document"),
    "svg": ("chart_png", "as_svg"),
    "png": ("chart_png", "as_png"),
}
"""Module and function of each format of `xfstats report`."""


LIST_RENDERERS: Mapping[str, tuple[str, str]] = {
    "table": ("matter_list", "as_text"),
    "csv": ("matter_list", "as_csv"),
    "tsv": ("matter_list", "as_tsv"),
    "xlsx": ("xlsx.matter_sheet", "as_workbook"),
    "docx": ("docx.matter_table", "as_document"),
}
"""Module and function of each format of `xfstats deadlines --list`."""


def load_renderer(form: str, *, report: bool = False) -> Renderer:
    """Return the renderer of a format, after importing it; raise UsageFault where its extra is not installed."""
    return _imported(form, REPORT_RENDERERS if report else RENDERERS)


def load_list_renderer(form: str) -> Renderer:
    """Return the renderer of a format of the list of open matters, likewise."""
    return _imported(form, LIST_RENDERERS)


def _imported(form: str, renderers: Mapping[str, tuple[str, str]]) -> Renderer:
    """Return the renderer of a format, after importing it."""
    module, name = renderers[form]
    try:
        found: Renderer = getattr(import_module(f"xfstats.render.{module}"), name)
    except ModuleNotFoundError as error:
        if form == "docx" and (error.name or "").partition(".")[0] == "docx":
            raise UsageFault("E241", package="python-docx", extra="docx") from None
        raise
    return found
