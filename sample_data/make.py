"""Makes all sample logs, the same bytes at each run: `python sample_data/make.py [FOLDER]`."""

from __future__ import annotations

import sys
from pathlib import Path

from city import make_city
from english import make_english
from messy import make_messy
from prefectures import make_prefectures


def main(folder: Path) -> None:
    """Every set into its own folder."""
    make_city(folder / "city_2021")
    make_prefectures(folder / "prefectures")
    make_messy(folder / "messy")
    make_english(folder / "english")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
