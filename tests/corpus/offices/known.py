"""Offices that are still counted wrongly in silence, with the reason; each is to be mended, and then leaves this page."""

from collections.abc import Mapping

KNOWN: Mapping[str, str] = {}
