"""Tags and texts of XML parts that are small or spelled in an unusual way, by patterns."""

from __future__ import annotations

import re

INSIDE = rb"(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*?"
"""What a tag holds behind its name, where > may stand within quotes."""
_TEXT = rb"<(?:\w+:)?t(?:\s" + INSIDE + rb")?(?:/>|>[^<]*</(?:\w+:)?t\s*>)"
_STYLE = rb"<(?:\w+:)?rPr(?:/>|>(?:(?!</?(?:\w+:)?(?:r|t|si|is)\b).)*?</(?:\w+:)?rPr\s*>)"
_PHONETIC = rb"<(?:\w+:)?rPh(?:\s" + INSIDE + rb")?>\s*" + _TEXT + rb"\s*</(?:\w+:)?rPh\s*>|<(?:\w+:)?phoneticPr\b[^<>]*/>"
_RUN = rb"<(?:\w+:)?r>\s*(?:" + _STYLE + rb"\s*)?" + _TEXT + rb"\s*</(?:\w+:)?r\s*>"
_RICH = re.compile(rb"\s*(?:(?:" + _TEXT + rb"|" + _RUN + rb"|" + _PHONETIC + rb")\s*)*", re.DOTALL)
"""What <si> and <is> hold (ECMA-376-1 §18.4.8): texts, runs of texts, phonetic runs."""
_TEXTS = re.compile(
    rb"<(?:\w+:)?rPh\b.*?</(?:\w+:)?rPh\s*>|<(?:\w+:)?t\b(" + INSIDE + rb")(?:/>|>([^<]*)</(?:\w+:)?t\s*>)", re.DOTALL
)
_ATTRIBUTE = re.compile(rb"\s+([\w:.-]+)\s*=\s*(?:\"([^\"<]*)\"|'([^'<]*)')")
_ATTRIBUTES = re.compile(rb"(?:" + _ATTRIBUTE.pattern + rb")*\s*")
_PRESERVED = re.compile(rb"\sxml:space\s*=\s*[\"']preserve[\"']")
_ESCAPED = re.compile(r"_x00([0-9A-Fa-f]{2})_")
_REFERENCE = re.compile(r"&(?:#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6})|(\w*));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_SURROGATES, _BEYOND = range(0xD800, 0xE000), 0x110000
_BLANKS = " \t\r\n"


class HandOver(Exception):
    """A file that is spelled as a scan does not know; another reader reads it."""


def attributes(tag: bytes) -> dict[bytes, bytes]:
    """Return the attributes of a tag, given what stands behind its name; raises HandOver for what is no attribute, or twice."""
    found = {name: double or single for name, double, single in _ATTRIBUTE.findall(tag)}
    if not _ATTRIBUTES.fullmatch(tag) or len(found) < len(_ATTRIBUTE.findall(tag)):
        raise HandOver("a tag of other things than attributes")
    return found


def unescaped(text: bytes) -> str:
    """Return a text of XML with its entities resolved and its line ends as XML has them."""
    found = text.decode()
    if "\r" in found:
        found = found.replace("\r\n", "\n").replace("\r", "\n")
    return _REFERENCE.sub(_resolved, found) if "&" in found else found


def _resolved(reference: re.Match[str]) -> str:
    """Return the character that a reference stands for."""
    if not reference[0].endswith(";") or (reference[3] is not None and reference[3] not in _NAMED):
        raise HandOver("a reference that XML does not have")
    if reference[3] is not None:
        return _NAMED[reference[3]]
    number = int(reference[1]) if reference[1] else int(reference[2], 16)
    if not 0 < number < _BEYOND or number in _SURROGATES:
        raise HandOver("a reference that XML does not have")
    return chr(number)


def text_of(xml: bytes) -> str:
    """Return the text of an <si> or <is>: all its runs, phonetic ones left out, blanks at their ends only where they are kept."""
    if not _RICH.fullmatch(xml):
        raise HandOver("a text among other things")
    runs = []
    for found in _TEXTS.finditer(xml):
        text = unescaped(found[2] or b"")
        runs.append(text if _PRESERVED.search(found[1] or b"") else text.strip(_BLANKS))
    return _decoded("".join(runs))


def _decoded(text: str) -> str:
    """Return a text with characters that XML cannot hold, such as _x000D_, in their places."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
