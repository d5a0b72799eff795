"""All offices, the same on each run."""

from functools import cache

from . import days, labels, ledgers, rows, states
from .office import Office

PAGES = (labels, rows, days, states, ledgers)


@cache
def offices() -> tuple[Office, ...]:
    """Every office of every page."""
    return tuple(one for page in PAGES for one in page.offices())
