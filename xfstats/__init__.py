"""Counts and resolution rates from messy spreadsheet logs of visits and cases."""

TYPE_CHECKING = False  # the name alone tells type checkers; `typing` itself would cost a third of `xfstats --version`
if TYPE_CHECKING:
    from xfstats.api import check, deadlines, explain, inspect, report, summarize, verify
    from xfstats.api.results import Explanation, Report, Verification
    from xfstats.errors import InputFault, OutputFault, UsageFault, XfstatsError
    from xfstats.reports.check import Check
    from xfstats.reports.table import Table

__all__ = [
    "Check",
    "Explanation",
    "InputFault",
    "OutputFault",
    "Report",
    "Table",
    "UsageFault",
    "Verification",
    "XfstatsError",
    "__version__",
    "check",
    "deadlines",
    "explain",
    "inspect",
    "report",
    "summarize",
    "verify",
]

_MODULE_OF = {
    **dict.fromkeys(("check", "deadlines", "explain", "inspect", "report", "summarize", "verify"), "api"),
    **dict.fromkeys(("Explanation", "Report", "Verification"), "api.results"),
    "Check": "reports.check",
    "Table": "reports.table",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used; raise AttributeError for any other name."""
    if name not in __all__:
        message = f"module 'xfstats' has no attribute {name!r}"
        raise AttributeError(message)
    from importlib import import_module  # noqa: PLC0415 - `import xfstats` alone must stay quick

    return getattr(import_module(f"xfstats.{_MODULE_OF.get(name, 'errors')}"), name)


__version__ = "0.2.0"
