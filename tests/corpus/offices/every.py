"""All offices, the same on each run."""

from functools import cache

from . import chinese, days, english, labels, ledgers, rows, states, texts
from .office import Office

PAGES = (labels, rows, days, states, ledgers, chinese, english, texts)


@cache
def offices() -> tuple[Office, ...]:
    """Every office of every page."""
    return tuple(one for page in PAGES for one in page.offices())
