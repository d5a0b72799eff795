"""First help page, a text file of at most 80 columns that is shown without importing click."""

from importlib.resources import files


def first_page(lang: str) -> str:
    """Return the first help page in a language (zh or en)."""
    return files("xfstats").joinpath("locale", f"first_page.{lang}.txt").read_text("utf-8")
