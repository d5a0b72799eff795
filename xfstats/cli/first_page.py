"""First help page, a text file of at most 80 columns that is shown without importing click."""

import os.path


def first_page(lang: str) -> str:
    """Return the first help page in a language (zh or en)."""
    path = os.path.join(os.path.dirname(os.path.dirname(__file__)), "locale", f"first_page.{lang}.txt")  # noqa: PTH118, PTH120
    with open(path, encoding="utf-8") as page:  # noqa: PTH123 - pathlib and importlib.resources cost as much as all else here
        return page.read()
