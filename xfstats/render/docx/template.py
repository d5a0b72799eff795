"""An office's own document, filled: its places for figures, paragraphs, tables and charts, in Jinja2's sandbox by docxtpl."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Length
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from xfstats.config.figure_names import parse
from xfstats.config.small_files import content
from xfstats.errors import UsageFault, XfstatsError, fault
from xfstats.messages import LANGS, both
from xfstats.model import Position
from xfstats.render.docx.document import add_charts, add_named_table
from xfstats.render.docx.page import add_missing_styles
from xfstats.render.docx.parts import tag_run
from xfstats.render.docx.properties import finish_document
from xfstats.render.docx.tables import lay_out
from xfstats.render.narrative import Part, Quote, narrate
from xfstats.render.narrative.headings import report_title, spoken_day, spoken_days, whole_span
from xfstats.render.safe_text import escape_control
from xfstats.render.template_limits import MAX_MIB, MAX_SECONDS, limit_resources
from xfstats.render.text_template import Unprintable, figure_text, make_environment
from xfstats.reports.references import find_figures
from xfstats.reports.table import Report, Table

MAX_BYTES = 64 * 1024 * 1024
"""Size of a template, packed or unpacked."""
_MARK = re.compile("\ue000(\\d+)\ue001")
"""Place of a figure or a block in the filled text, before it is put there: its number between two private characters."""
_MAX_QUOTED = 40
Block = Callable[[Any], None]
"""Function that adds a block at the end of a document."""


@dataclass
class _Places:
    """Figures and blocks that a template asked for, by the number of their place."""

    report: Report
    found: list[Quote | Block] = field(default_factory=list)

    def mark(self, one: Quote | Block) -> str:
        """Return the mark of a figure or a block."""
        self.found.append(one)
        return f"\ue000{len(self.found) - 1}\ue001"

    def figure(self, name: str) -> str:
        """Return the mark of a figure, or of its change."""
        text, reference = figure_text(name, self.report), parse(name)
        (found,) = find_figures(reference, self.report.tables)
        window = f".{reference.window}" if reference.window else ""
        return self.mark(Quote(text, found.name(self.report.tables) + window))

    def paragraph(self, name: str | None = None) -> str:
        """Return the paragraph of one table, or those of all, with marks for their figures."""
        wanted = self._tables(name)
        told = [parts for table, parts in zip(self.report.tables, narrate(self.report), strict=True) if table in wanted]
        return "\a".join("".join(map(self._part, parts)) for parts in told)

    def _part(self, part: Part) -> str:
        """Return a part of a paragraph as text, or the mark of its figure."""
        return self.mark(part) if isinstance(part, Quote) else escape_control(part, None)

    def table(self, name: str | None = None) -> str:
        """Return the mark of one table, or of all, each with its name, units and people."""
        self._tables(name)
        return self.mark(lambda document: self._add(document, name, add_named_table))

    def chart(self, name: str | None = None) -> str:
        """Return the mark of the charts of one table, or of all."""
        self._tables(name)
        return self.mark(lambda document: self._add(document, name, add_charts))

    def _add(self, document: Any, name: str | None, add: Callable[..., None]) -> None:
        """Add a block for each of the tables that a name stands for, as wide as the text of the first page."""
        section = document.sections[0]
        width = Length(section.page_width - section.left_margin - section.right_margin)
        for table in self._tables(name):
            number = self.report.tables.index(table) + 1
            add(document, lay_out(table, self.report, number), self.report, width)

    def _tables(self, name: str | None) -> list[Table]:
        """Return the tables of a log or a ledger, or all; raise UsageFault where a name is of none."""
        tables = [one for one in self.report.tables if name is None or name in {one.name, one.log.value, one.ledger.value}]
        if not tables:
            raise UsageFault("E362", name=escape_control(str(name)), names=", ".join(one.name for one in self.report.tables))
        return tables


def fill_document_template(path: Path, report: Report) -> bytes:
    """Return the office's document filled in: `{{ figure("visits") }}`, `{{ paragraph() }}`, `{{ table("visits") }}`.

    Also `chart()`, `title`, `office`, `period`, `as_of`, `prepared_by`, `checked_by` and `addressed_to`. Raises UsageFault with
    the place of any error.
    """
    at = Position(path.name)
    try:
        from docxtpl import DocxTemplate  # type: ignore[import-untyped]  # noqa: PLC0415 - an extra

        environment = make_environment()
    except ImportError:
        raise UsageFault("E241", package="docxtpl", extra="templates") from None
    places = _Places(report)
    template = DocxTemplate(io.BytesIO(_read(path, at)))
    seen: dict[str, list[str]] = {}
    render_part = template.render_xml_part

    def remember(xml: str, part: Any, *more: Any) -> str:
        seen["lines"] = re.sub(r"<w:p([ >])", r"\n<w:p\1", xml).splitlines()
        filled: str = render_part(xml, part, *more)
        return filled

    template.render_xml_part = remember
    try:
        with limit_resources():
            template.render(_values(places), environment, autoescape=True)
    except (TimeoutError, MemoryError, OverflowError):
        raise UsageFault("E261", at, seconds=MAX_SECONDS, mib=MAX_MIB) from None
    except Exception as error:  # noqa: BLE001 - a template can raise anything; what it raised may quote it
        raise _misplaced(error, seen.get("lines", []), at) from None
    document = template.docx
    add_missing_styles(document, Document(), report.lang)
    for paragraph in list(_paragraphs(document)):
        _fill_paragraph(document, paragraph, places, at)
    return finish_document(document, document.core_properties.title or "".join(report_title(report)), report)


def _values(places: _Places) -> dict[str, Any]:
    """Return what a template may name."""
    from datetime import date  # noqa: PLC0415 - only here

    report = places.report
    plain = {
        "title": "".join(report_title(report)),
        "office": report.office,
        "period": spoken_days(whole_span(report), report.lang),
        "as_of": spoken_day(date.fromisoformat(report.as_of), report.lang),
        "prepared_by": report.paper.prepared_by,
        "checked_by": report.paper.checked_by,
        "addressed_to": report.paper.addressed_to,
    }
    functions = {"figure": places.figure, "paragraph": places.paragraph, "table": places.table, "chart": places.chart}
    return {**{key: escape_control(text or "", None) for key, text in plain.items()}, **functions}


def _read(path: Path, at: Position) -> bytes:
    """Return the bytes of a template; raise UsageFault where it is no document or too large."""
    try:
        data = content(path, MAX_BYTES)
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            size = sum(one.file_size for one in package.infolist())
        if size <= MAX_BYTES:
            Document(io.BytesIO(data))
    except XfstatsError:
        raise
    except Exception:  # noqa: BLE001 - a damaged package raises whatever its reader meets
        raise UsageFault("E244", at) from None
    if size > MAX_BYTES:
        raise UsageFault("E287", at, value=MAX_BYTES)
    return data


def _misplaced(error: Exception, lines: list[str], at: Position) -> XfstatsError:
    """Return the error of a template with the paragraph where it stands."""
    line = getattr(error, "lineno", None) or _template_line(error.__traceback__)
    text = re.sub(r"<[^>]*>", "", lines[line - 1]) if line and line <= len(lines) else ""
    shown = escape_control(text if len(text) <= _MAX_QUOTED else f"{text[:_MAX_QUOTED]}…", None) or "?"
    if isinstance(error, XfstatsError):
        why = tuple(error.sentence(lang).removesuffix(f" [{error.code}]") for lang in LANGS)
    else:
        why = both("document.unprintable" if isinstance(error, Unprintable) else "document.not_understood")
    return fault("E360", at, place=(line or 1) - 1 or "?", text=shown, why=why)


def _template_line(trace: TracebackType | None) -> int | None:
    """Return the line of the template where an exception was raised."""
    line = None
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _paragraphs(document: Any) -> Iterator[Paragraph]:
    """Yield the paragraphs of the body, of headers and of footers that hold a mark."""
    kinds = (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
    parts = [document.part, *(one.target_part for one in document.part.rels.values() if one.reltype in kinds)]
    for part in parts:
        for one in part.element.iter(qn("w:p")):
            if _MARK.search(_text(one)):
                yield Paragraph(one, document._body)  # noqa: SLF001 - python-docx lists no paragraphs within tables


def _text(element: Any) -> str:
    """Return the text of an element, with that in content controls and links."""
    return "".join(one.text or "" for one in element.iter(qn("w:t")))


def _fill_paragraph(document: Any, paragraph: Paragraph, places: _Places, at: Position) -> None:
    """Put figures into the runs of a paragraph, or a block in its place."""
    element = paragraph._p  # noqa: SLF001 - as above
    text = _text(element)
    found = [places.found[int(one[1])] for one in _MARK.finditer(text)]
    blocks = [one for one in found if not isinstance(one, Quote)]
    if blocks:
        if len(found) > 1 or _MARK.sub("", text).strip() or element.getparent() is not document.element.body:
            raise UsageFault("E361", at, text=escape_control(_MARK.sub("…", text), _MAX_QUOTED))
        _place_block(document, element, blocks[0])
        return
    for one in list(element.iter(qn("w:r"))):
        if _MARK.search(_text(one)):
            _split_run(paragraph, Run(one, paragraph), places)


def _place_block(document: Any, paragraph: Any, block: Block) -> None:
    """Put a block in the place of a paragraph."""
    body = document.element.body
    before = set(body)
    block(document)
    for one in [one for one in body if one not in before]:
        paragraph.addprevious(one)
    body.remove(paragraph)


def _split_run(paragraph: Paragraph, run: Any, places: _Places) -> None:
    """Put the figures of a run into content controls between its texts, all in its own font."""
    pieces = _MARK.split(run.text)
    for number, piece in enumerate(pieces):
        if not piece:
            continue
        own = deepcopy(run._element)  # noqa: SLF001 - as above
        run._element.addprevious(own)  # noqa: SLF001 - as above
        added = Run(own, paragraph)
        quote = places.found[int(piece)] if number % 2 else None
        added.text = quote.text if isinstance(quote, Quote) else piece
        if isinstance(quote, Quote):
            tag_run(added, quote.name)
    run._element.getparent().remove(run._element)  # noqa: SLF001 - as above
