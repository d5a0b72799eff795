"""Pages, styles, fonts and language of a Word document: GB/T 9704-2012 in Chinese, a plain council report in English."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any
from xml.sax.saxutils import quoteattr

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor

from xfstats.frozen import frozen
from xfstats.messages import keys, raw, say

_ALIGN = WD_ALIGN_PARAGRAPH
BODY, NAME, LINE, TABLE_TEXT, NOTE, SIGNED = "Body Text", "Caption", "Table Line", "Table Text", "Note", "Signature"
"""Styles of paragraphs: running text, a table's name, the lines above and below it, its cells, the annex, office and date."""


@frozen
class PageStyle:
    """Margins of an upright page (top, right, bottom, left) and of one across, in millimetres; place of the page number."""

    upright: tuple[float, float, float, float]
    across: tuple[float, float, float, float]
    footer: float
    number_size: float
    language: str
    mirrored: bool
    """True if page numbers stand right on odd pages and left on even ones; else in the middle."""


PAGES: Mapping[str, PageStyle] = {
    "zh": PageStyle((37, 26, 35, 28), (28, 26, 28, 26), 24, 14, "zh-CN", mirrored=True),
    "en": PageStyle((25.4, 25.4, 25.4, 25.4), (25.4, 20, 25.4, 20), 12.5, 10, "en-GB", mirrored=False),
}


@frozen
class TextStyle:
    """Font (a key of [fonts]), size and line pitch in points, alignment, first line in by ems, space above and below."""

    font: str
    size: float
    pitch: float | None = None
    align: Any = None
    indent: int = 0
    above: float = 0
    below: float = 0
    bold: bool = False
    stays: bool = False
    """True if it stays on the page of what follows."""


STYLES: Mapping[str, Mapping[str, TextStyle]] = {
    "zh": {
        "Normal": TextStyle("body", 16),
        "Title": TextStyle("title", 22, 35, _ALIGN.CENTER, below=29, stays=True),
        "Heading 1": TextStyle("heading", 16, 29, indent=2, stays=True),
        "Heading 2": TextStyle("subheading", 16, 29, indent=2, stays=True),
        BODY: TextStyle("body", 16, 29, _ALIGN.JUSTIFY, indent=2),
        NAME: TextStyle("heading", 14, align=_ALIGN.CENTER, above=10, below=4, stays=True),
        LINE: TextStyle("table", 10.5, above=2, below=3),
        TABLE_TEXT: TextStyle("table", 10.5),
        NOTE: TextStyle("body", 12, 20, indent=2),
        SIGNED: TextStyle("body", 16, 29, _ALIGN.RIGHT),
    },
    "en": {
        "Normal": TextStyle("body", 11),
        "Title": TextStyle("title", 22, bold=True, below=4, stays=True),
        "Heading 1": TextStyle("heading", 15, above=18, below=6, bold=True, stays=True),
        "Heading 2": TextStyle("subheading", 12, above=12, below=4, bold=True, stays=True),
        BODY: TextStyle("body", 11, 16, below=8),
        NAME: TextStyle("heading", 11, above=10, below=4, bold=True, stays=True),
        LINE: TextStyle("table", 9, above=2, below=3),
        TABLE_TEXT: TextStyle("table", 10),
        NOTE: TextStyle("body", 10, 14, below=4),
        SIGNED: TextStyle("body", 11, 16),
    },
}


def add_missing_styles(document: Any, packaged: Any, lang: str) -> None:
    """Add the styles of tables and their lines that an office's own document lacks; its own ones stay."""
    for name in (NAME, LINE, TABLE_TEXT):
        if name not in document.styles:
            _define_style(document, name, STYLES[lang][name], lang)
    if "Table Grid" not in document.styles:
        document.styles.element.append(deepcopy(packaged.styles["Table Grid"].element))


def text_width(lang: str, *, upright: bool = True) -> Length:
    """Return the width between the margins."""
    page = PAGES[lang]
    _, right, _, left = page.upright if upright else page.across
    return Mm((210 if upright else 297) - right - left)


def prepare_document(document: Any, lang: str) -> None:
    """Set the styles, the language, the fonts and the first page of a new document."""
    _set_language(document, PAGES[lang].language)
    for name, text in STYLES[lang].items():
        _define_style(document, name, text, lang)
    _name_fonts(document, lang)
    set_page(document.sections[0], lang, upright=True)
    _number_pages(document, lang)


def add_section(document: Any, lang: str, *, upright: bool) -> None:
    """Begin a new page, upright or across; the last paragraph before it holds the break, which would else be a blank line."""
    last = document.paragraphs[-1]
    set_page(document.add_section(WD_SECTION.NEW_PAGE), lang, upright=upright)
    own = last._p.getnext()  # noqa: SLF001 - python-docx has no other way to where a section ends
    last._p.get_or_add_pPr().append(own.pPr.find(qn("w:sectPr")))  # noqa: SLF001 - as above
    own.getparent().remove(own)


def set_page(section: Any, lang: str, *, upright: bool) -> None:
    """Set size, orientation and margins of a section's pages."""
    page = PAGES[lang]
    short, long = Mm(210), Mm(297)
    section.page_width, section.page_height = (short, long) if upright else (long, short)
    section.orientation = WD_ORIENT.PORTRAIT if upright else WD_ORIENT.LANDSCAPE
    top, right, bottom, left = page.upright if upright else page.across
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = map(Mm, (top, right, bottom, left))
    section.header_distance, section.footer_distance = Mm(15), Mm(page.footer if upright else min(page.footer, bottom - 8))


def _define_style(document: Any, name: str, text: TextStyle, lang: str) -> None:
    """Define a paragraph style, made where the document has none of the name."""
    styles = document.styles
    style = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if name != "Normal":
        style.base_style = styles["Normal"]
    properties = style.element.get_or_add_pPr()
    for one in list(properties):
        properties.remove(one)
    _set_font(style, text, lang)
    place = style.paragraph_format
    place.space_before, place.space_after = Pt(text.above), Pt(text.below)
    place.line_spacing = Pt(text.pitch) if text.pitch else 1
    place.keep_with_next, place.alignment = text.stays or None, text.align
    for one in ("w:autoSpaceDE", "w:autoSpaceDN") if lang == "zh" else ():
        spaced = OxmlElement(one)
        spaced.set(qn("w:val"), "0")
        properties.find(qn("w:spacing")).addprevious(spaced)
    if name.startswith("Heading"):
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), str(int(name[-1]) - 1))
        properties.append(level)
    if text.indent:
        place.first_line_indent = Pt(text.indent * text.size)
        properties.find(qn("w:ind")).set(qn("w:firstLineChars"), str(100 * text.indent))


def _set_font(style: Any, text: TextStyle, lang: str) -> None:
    """Set a style's fonts for both scripts, its size and weight, in black."""
    properties = style.element.get_or_add_rPr()
    for one in list(properties):
        properties.remove(one)
    style.font.name = raw("latin", lang, "fonts")
    fonts = properties.rFonts
    fonts.set(qn("w:eastAsia"), raw(text.font, lang, "fonts"))
    fonts.set(qn("w:cs"), raw("latin", lang, "fonts"))
    style.font.size, style.font.bold, style.font.color.rgb = Pt(text.size), text.bold, RGBColor(0, 0, 0)


def _set_language(document: Any, language: str) -> None:
    """Set the language that the document's texts are checked in and read out."""
    told = document.styles.element.find(f".//{qn('w:lang')}")
    told.set(qn("w:val"), "en-GB")
    told.set(qn("w:eastAsia"), "zh-CN")
    document.core_properties.language = language
    theme = document.settings.element.find(qn("w:themeFontLang"))
    theme.set(qn("w:val"), "en-GB")
    theme.set(qn("w:eastAsia"), "zh-CN")


def _name_fonts(document: Any, lang: str) -> None:
    """Write the table of fonts with the names of what may stand in for each where it is not installed."""
    named = {raw(key, lang, "fonts"): raw(key, lang, "font_substitutes") for key in keys("fonts")}
    fonts = "".join(
        f"<w:font w:name={quoteattr(name)}><w:altName w:val={quoteattr(others)}/></w:font>" for name, others in named.items()
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts xmlns:w="{space}">{fonts}</w:fonts>'
    for part in document.part.package.iter_parts():
        if part.partname == "/word/fontTable.xml":
            part._blob = xml.encode()  # noqa: SLF001 - python-docx has no other way to a part that it does not model


def _number_pages(document: Any, lang: str) -> None:
    """Put the page number into the footers."""
    page, section = PAGES[lang], document.sections[0]
    document.settings.odd_and_even_pages_header_footer = page.mirrored
    sides = ((section.footer, _ALIGN.RIGHT), (section.even_page_footer, _ALIGN.LEFT))
    for footer, side in sides if page.mirrored else ((section.footer, _ALIGN.CENTER),):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        edge = paragraph.paragraph_format
        edge.left_indent = edge.right_indent = Pt(page.number_size if page.mirrored else 0)
        edge.first_line_indent = Pt(0)
        before, after = say("document.page", lang, page="\0").split("\0")
        for run in (paragraph.add_run(before), _add_field(paragraph, "PAGE"), paragraph.add_run(after)):
            run.font.size = Pt(page.number_size)
            run.font.name = raw("fonts.table" if page.mirrored else "fonts.latin", lang)
            run._element.rPr.rFonts.set(qn("w:eastAsia"), raw("fonts.table", lang))  # noqa: SLF001 - as above


def _add_field(paragraph: Any, name: str) -> Any:
    """Add a run with a field, which the program that shows the document fills in; return the run."""
    run = paragraph.add_run()
    for kind in ("begin", None, "separate", "1", "end"):
        if kind is None:
            one = OxmlElement("w:instrText")
            one.set(qn("xml:space"), "preserve")
            one.text = f" {name} "
        elif kind == "1":
            one = OxmlElement("w:t")
            one.text = kind
        else:
            one = OxmlElement("w:fldChar")
            one.set(qn("w:fldCharType"), kind)
        run._element.append(one)  # noqa: SLF001 - as above
    return run
