"""Parser of XML tags and texts by patterns, for parts that are small or have an unusual spelling."""

from __future__ import annotations

import re

INSIDE = rb"(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*?"
"""Content of a tag after its name; > may occur within quotes."""
_TEXT = rb"<(?:\w+:)?t(?:\s" + INSIDE + rb")?(?:/>|>[^<]*</(?:\w+:)?t\s*>)"
_STYLE = rb"<(?:\w+:)?rPr(?:/>|>(?:(?!</?(?:\w+:)?(?:r|t|si|is)\b).)*?</(?:\w+:)?rPr\s*>)"
_PHONETIC = rb"<(?:\w+:)?rPh(?:\s" + INSIDE + rb")?>\s*" + _TEXT + rb"\s*</(?:\w+:)?rPh\s*>|<(?:\w+:)?phoneticPr\b[^<>]*/>"
_RUN = rb"<(?:\w+:)?r>\s*(?:" + _STYLE + rb"\s*)?" + _TEXT + rb"\s*</(?:\w+:)?r\s*>"
_RICH = re.compile(rb"\s*(?:(?:" + _TEXT + rb"|" + _RUN + rb"|" + _PHONETIC + rb")\s*)*", re.DOTALL)
"""Content of <si> and <is> (ECMA-376-1 §18.4.8): texts, runs of texts, phonetic runs."""
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
    """A file that the scan does not understand and that another reader must read."""


def attributes(tag: bytes) -> dict[bytes, bytes]:
    """Return the attributes of a tag, given its content after the name; raises HandOver for other content and duplicates."""
    found = {name: double or single for name, double, single in _ATTRIBUTE.findall(tag)}
    if not _ATTRIBUTES.fullmatch(tag) or len(found) < len(_ATTRIBUTE.findall(tag)):
        raise HandOver("a tag of other things than attributes")
    return found


def unescaped(text: bytes) -> str:
    """Return XML text with references resolved and normalised line ends; raises HandOver for an invalid reference."""
    found = text.decode()
    if "\r" in found:
        found = found.replace("\r\n", "\n").replace("\r", "\n")
    return _REFERENCE.sub(_resolved, found) if "&" in found else found


def _resolved(reference: re.Match[str]) -> str:
    """Return the character of a reference; raises HandOver for an invalid one."""
    if not reference[0].endswith(";") or (reference[3] is not None and reference[3] not in _NAMED):
        raise HandOver("a reference that XML does not have")
    if reference[3] is not None:
        return _NAMED[reference[3]]
    number = int(reference[1]) if reference[1] else int(reference[2], 16)
    if not 0 < number < _BEYOND or number in _SURROGATES:
        raise HandOver("a reference that XML does not have")
    return chr(number)


def text_of(xml: bytes) -> str:
    """Return the text of <si> or <is> without phonetic runs; each run is stripped of blanks unless they are preserved."""
    if not _RICH.fullmatch(xml):
        raise HandOver("a text among other things")
    runs = []
    for found in _TEXTS.finditer(xml):
        text = unescaped(found[2] or b"")
        runs.append(text if _PRESERVED.search(found[1] or b"") else text.strip(_BLANKS))
    return _decoded("".join(runs))


def _decoded(text: str) -> str:
    """Return a text with escapes such as _x000D_ replaced by their characters."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
