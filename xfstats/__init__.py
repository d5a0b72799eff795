"""Counts and resolution rates from messy spreadsheet logs of visits and cases."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xfstats.api import inspect, summarize
    from xfstats.errors import InputFault, OutputFault, UsageFault, XfstatsError
    from xfstats.table import Report, Table

__all__ = ["InputFault", "OutputFault", "Report", "Table", "UsageFault", "XfstatsError", "inspect", "summarize"]

_HOMES = {"summarize": "api", "inspect": "api", "Report": "table", "Table": "table"}


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is asked for: `xfstats --version` must not pay for it."""
    if name not in __all__:
        message = f"module 'xfstats' has no attribute {name!r}"
        raise AttributeError(message)
    from importlib import import_module  # noqa: PLC0415 - see above

    return getattr(import_module(f"xfstats.{_HOMES.get(name, 'errors')}"), name)
