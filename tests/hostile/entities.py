"""Document types, entities and links in every part that is XML: none is expanded, none is followed."""

from __future__ import annotations

import io
import zipfile
from functools import partial
from pathlib import Path

from tests.writers.package import RELATIONSHIPS

from .archive import Entry, pack
from .base import BOOK, CANARY, RELATIONS, SHEET, STRINGS, book, in_part, raw, sheet, spoiled, xlsx
from .model import Kind, Maker, Read, kind, refused
from .zips import entries

BARRED = refused("E322")
OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
REMOTE = '<!DOCTYPE x PUBLIC "-//x//x" "http://127.0.0.1:9/x.dtd">'
LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'>" + "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9))
PARTS = {"strings": STRINGS, "workbook": BOOK, "sheet": SHEET, "styles": "xl/styles.xml", "relations": RELATIONS}


def spreadsheetml() -> str:
    """A small XML spreadsheet with entities."""
    name = "urn:schemas-microsoft-com:office:spreadsheet"
    row = "<Row><Cell><Data ss:Type='String'>&j;</Data></Cell></Row>"
    return (
        f"<?xml version='1.0' encoding='UTF-16'?>{LAUGHS}]><Workbook xmlns='{name}' xmlns:ss='{name}'>"
        f"<Worksheet ss:Name='a'><Table>{row}</Table></Worksheet></Workbook>"
    )


def declared(text: str, declaration: str) -> str:
    """The XML with a declaration behind its first line."""
    head, mark, body = text.partition("?>")
    return f"{head}{mark}{declaration}{body}"


def part(name: str, declaration: str) -> Maker:
    """The good xlsx with a declaration in one part."""
    return xlsx(in_part(name, lambda text: declared(text, declaration)))


def in_text(fmt: str, declaration: str) -> Maker:
    """A good file of XML text with a declaration."""
    return spoiled(lambda data: declared(data.decode(), declaration).encode(), book(fmt=fmt))


def in_zip(declaration: str) -> Maker:
    """A good ods with a declaration in content.xml, rebuilt member by member."""

    def change(data: bytes) -> bytes:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        parts["content.xml"] = declared(parts["content.xml"].decode(), declaration).encode()
        return pack([Entry(name, content) for name, content in parts.items()])

    return spoiled(change, book(fmt="ods"))


def page(before: str, after: str = "", name: str = CANARY[0]) -> Maker:
    """A web page called .xls with something before and behind the table, and instead of each name."""

    def change(data: bytes) -> bytes:
        return before.encode() + data.replace(CANARY[0].encode(), name.encode()).replace(b"</body>", after.encode() + b"</body>")

    return spoiled(change, book(fmt="html-xls"))


def in_utf16(text: str) -> bytes:
    """A worksheet with a document type, in an encoding that a search for bytes does not see."""
    return declared(text.replace("UTF-8", "UTF-16"), LAUGHS + "]>").encode("utf-16")


def linked(folder: Path) -> Path:
    """A workbook with a link to another one on the network, a remote picture and a remote template."""
    links = "".join(
        f'<Relationship Id="x{n}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
        f'Target="{target}" TargetMode="External"/>'
        for n, (kind, target) in enumerate(
            [("externalLinkPath", "http://127.0.0.1:9/a.xlsx"), ("hyperlink", "file:///etc/passwd"), ("image", "//127.0.0.1/x")]
        )
    )
    relations = f'<?xml version="1.0"?><Relationships xmlns="{RELATIONSHIPS}">{links}</Relationships>'.encode()
    others = ("xl/externalLinks/_rels/externalLink1.xml.rels", "xl/worksheets/_rels/sheet1.xml.rels")
    path = folder / "log.xlsx"
    path.write_bytes(pack([*entries(), *(Entry(name, relations) for name in others)]))
    return path


OTHERS = {"vml": "xl/drawings/vmlDrawing1.vml", "bin": "xl/printerSettings/printerSettings1.bin", "no-suffix": "customXml/item1"}


def with_part(name: str) -> bytes:
    """The good xlsx with one more part, which is XML whatever it is called."""
    return pack([*entries(), Entry(name, b"\xef\xbb\xbf\r\n" + declared('<?xml version="1.0"?><x>&e;</x>', OUTSIDE).encode())])


KINDS: list[Kind] = [
    *(kind(f"xxe-{short}", part(name, OUTSIDE), BARRED) for short, name in PARTS.items()),
    *(kind(f"laughs-{short}", part(name, LAUGHS + "]>"), BARRED) for short, name in PARTS.items()),
    kind("dtd-remote-strings", part(STRINGS, REMOTE), BARRED),
    kind("dtd-behind-comment", part(SHEET, f"<!--{'x' * 9000}--><!DOCTYPE x>"), BARRED),
    kind("dtd-lower-case", part(SHEET, "<!doctype x [<!entity a 'b'>]>"), BARRED),
    kind("dtd-utf16-sheet", sheet(in_utf16), BARRED, refused("E303")),
    kind("dtd-in-unused-part", raw(lambda: pack([*entries(), Entry("docProps/x.xml", OUTSIDE.encode())]), "log.xlsx"), BARRED),
    *(kind(f"dtd-in-{what}", raw(partial(with_part, name), "log.xlsx"), BARRED) for what, name in OTHERS.items()),
    kind("doctype-in-a-picture", raw(lambda: with_part("xl/media/image1.svg"), "log.xlsx"), Read()),
    kind("xxe-ods", in_zip(OUTSIDE), BARRED),
    kind("laughs-ods", in_zip(LAUGHS + "]>"), BARRED),
    kind("dtd-behind-comment-ods", in_zip(f"<!--{'x' * 9000}--><!DOCTYPE x>"), BARRED),
    kind("xxe-spreadsheetml", in_text("xml-xls", OUTSIDE), BARRED),
    kind("laughs-spreadsheetml", in_text("xml-xls", LAUGHS + "]>"), BARRED),
    kind("laughs-spreadsheetml-utf16", raw(lambda: spreadsheetml().encode("utf-16"), "log.xls"), BARRED, refused("E303", "E307")),
    kind("doctype-html", page("<!DOCTYPE html>\n")),
    kind("doctype-html-4", page('<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://127.0.0.1:9/strict.dtd">\n')),
    kind("xxe-html", page(OUTSIDE.replace("DOCTYPE x", "DOCTYPE html") + "\n", name="&e;"), BARRED, Read()),
    kind("laughs-html", page(LAUGHS.replace("DOCTYPE x", "DOCTYPE html") + "]>\n", name="&j;"), BARRED, Read()),
    kind(
        "remote-in-html",
        page("", '<img src="http://127.0.0.1:9/x"><script src="//127.0.0.1:9/x"></script><iframe src="/etc/passwd">'),
    ),
    kind("links-external", linked),
]
