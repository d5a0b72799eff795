"""Parts of a Word document: lines, running text, content controls tagged with figures' names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length

from xfstats.render.docx.page import BODY, LINE
from xfstats.render.narrative import Part, Quote
from xfstats.render.safe_text import escape_control

_MAX_TAG_LENGTH = 64
"""Word's limit for the tag of a content control."""


def add_line(document: Any, text: str, style: str) -> Any:
    """Add and return a paragraph of a style with a text."""
    return document.add_paragraph(escape_control(text, None), style=style)


def set_flush(paragraph: Any) -> None:
    """Begin the first line of a paragraph at the margin, for Word also in characters, which it takes before points."""
    paragraph.paragraph_format.first_line_indent = Length(0)
    paragraph.paragraph_format.element.pPr.find(qn("w:ind")).set(qn("w:firstLineChars"), "0")


def add_parted_line(document: Any, parts: Sequence[str], width: Length) -> Any:
    """Add a line above or below a table, its parts spread from the left to the right edge; return it."""
    paragraph = document.add_paragraph("\t".join(escape_control(part, None) for part in parts), style=LINE)
    stops = paragraph.paragraph_format.tab_stops
    for place in range(1, len(parts)):
        last = place == len(parts) - 1
        stops.add_tab_stop(Length(width * place // (len(parts) - 1)), WD_TAB_ALIGNMENT.RIGHT if last else WD_TAB_ALIGNMENT.CENTER)
    return paragraph


def add_told_paragraph(document: Any, parts: Iterable[Part]) -> Any:
    """Add a paragraph of running text with its figures in content controls; return it."""
    paragraph = document.add_paragraph(style=BODY)
    for part in parts:
        if isinstance(part, Quote):
            tag_run(paragraph.add_run(part.text), part.name)
        else:
            paragraph.add_run(escape_control(part, None))
    return paragraph


def tag_run(run: Any, name: str) -> None:
    """Move a run into a content control tagged with the figure's name."""
    control, about, tag, alias, content = (OxmlElement(f"w:{one}") for one in ("sdt", "sdtPr", "tag", "alias", "sdtContent"))
    for one in (alias, tag):
        one.set(qn("w:val"), escape_control(name, None)[:_MAX_TAG_LENGTH])
    about.append(alias)
    about.append(tag)
    element = run._element  # noqa: SLF001 - python-docx has no other way to a content control
    element.getparent().replace(element, control)
    content.append(element)
    control.append(about)
    control.append(content)
