"""Counts and resolution rates from messy spreadsheet logs of visits and cases."""

TYPE_CHECKING = False  # the name alone tells type checkers; `typing` itself would cost a third of `xfstats --version`
if TYPE_CHECKING:
    from xfstats.api import check, inspect, summarize
    from xfstats.errors import InputFault, OutputFault, UsageFault, XfstatsError
    from xfstats.report.check import Check
    from xfstats.report.table import Report, Table

__all__ = [
    "Check",
    "InputFault",
    "OutputFault",
    "Report",
    "Table",
    "UsageFault",
    "XfstatsError",
    "__version__",
    "check",
    "inspect",
    "summarize",
]

_MODULE_OF = dict.fromkeys(("summarize", "inspect", "check"), "api") | {
    "Check": "report.check",
    "Report": "report.table",
    "Table": "report.table",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used; raise AttributeError for any other name."""
    if name not in __all__:
        message = f"module 'xfstats' has no attribute {name!r}"
        raise AttributeError(message)
    from importlib import import_module  # noqa: PLC0415 - `import xfstats` alone must stay quick

    return getattr(import_module(f"xfstats.{_MODULE_OF.get(name, 'errors')}"), name)


__version__ = "0.2.0"
