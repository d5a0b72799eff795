"""Renderers, one a format: pure functions from a Report to text or bytes, imported when they are used."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TypeAlias

from xfstats.config.output_formats import BY_KEY, Result
from xfstats.errors import UsageFault

Renderer: TypeAlias = Callable[..., str | bytes]
"""A function of a Report and a Style; of an explanation and a comparison, these stand before them."""


def load_renderer(form: str, result: Result = Result.TABLES) -> Renderer:
    """Return the renderer of a result in a format, after importing it; raise UsageFault where its extra is not installed."""
    row = BY_KEY[form]
    module, name = row.renderers[result].split(":")
    try:
        found: Renderer = getattr(import_module(f"xfstats.render.{module}"), name)
    except ModuleNotFoundError as error:
        if row.extra and (error.name or "").partition(".")[0] == row.extra[0]:
            raise UsageFault("E241", package=row.extra[1], extra=row.extra[2]) from None
        raise
    return found
