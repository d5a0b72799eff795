"""All offices, the same on each run."""

from functools import cache

from . import (
    asked,
    chinese,
    chinese_more,
    columns_more,
    days,
    english,
    events,
    heads,
    labels,
    ledgers,
    likenesses,
    mixtures,
    newest,
    newest_more,
    rows,
    rows_more,
    states,
    tables,
    texts,
    timeliness,
    words_more,
)
from .office import Office

PAGES = (
    labels,
    rows,
    rows_more,
    events,
    days,
    states,
    timeliness,
    words_more,
    heads,
    tables,
    asked,
    likenesses,
    columns_more,
    ledgers,
    chinese,
    chinese_more,
    english,
    texts,
    mixtures,
    newest,
    newest_more,
)


@cache
def offices() -> tuple[Office, ...]:
    """Every office of every page."""
    return tuple(one for page in PAGES for one in page.offices())
