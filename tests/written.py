"""A report as it is written: its bytes and texts in each form, its workbook, its paragraph, and the rows behind its figures."""

from __future__ import annotations

import io
import warnings

import openpyxl

from xfstats.config.output_formats import Result
from xfstats.render import load_renderer
from xfstats.render.explain import rows_by_kind
from xfstats.render.narrative import narrate, plain_text
from xfstats.render.style import Style
from xfstats.reports.verify.compare import compare
from xfstats.reports.verify.extract import extract_blocks


def data(made, form) -> bytes:
    """The report as a file of this form."""
    text = load_renderer(form, Result.REPORT)(made, Style())
    return text.encode() if isinstance(text, str) else text


def drawn(made, form) -> str:
    """The same as a text."""
    return data(made, form).decode("utf-8", "replace")


def workbook(made):
    """The report as a workbook, read back."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(data(made, "xlsx")))


def told(made):
    """The paragraph of a report."""
    return "\n".join(plain_text(parts) for parts in narrate(made))


def verdict(made, edited, form):
    """What verify says of an edited report."""
    return compare(extract_blocks(edited, form, "r"), extract_blocks(data(made, form), form, "r"))


def rows_of(made, found, kind):
    """The rows of one kind that explain lists for a figure."""
    kinds = {one.key: places for one, places in rows_by_kind(made, found).items()}
    return [row for _, _, runs in kinds.get(kind, []) for first, last in runs for row in range(first, last + 1)]


def office_template(path, names):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = "月报"
    for index, name in enumerate(names, 2):
        book.defined_names[name] = openpyxl.workbook.defined_name.DefinedName(name, attr_text=f"{sheet.title}!$B${index}")
    book.save(path)
    return path
