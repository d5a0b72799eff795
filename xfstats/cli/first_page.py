"""The first page of help, read from a text of its own so that it is shown without loading click; at most 80 cells wide."""

from importlib.resources import files


def first_page(lang: str) -> str:
    """Return the page in a language, zh or en."""
    return files("xfstats").joinpath("locale", f"first_page.{lang}.txt").read_text("utf-8")
