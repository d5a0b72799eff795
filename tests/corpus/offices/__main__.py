"""Judge all offices and say how often the program was right: `python -m tests.corpus.offices [PART OF A KEY]`."""

import sys

from tests.corpus.score import crossed

from .every import offices
from .verdicts import EXACT_ENOUGH, verdict


def main() -> None:
    """Print every office that is not exact or rightly refused, and the counts by fault."""
    part = sys.argv[1] if len(sys.argv) > 1 else ""
    results = [(office, verdict(office)) for office in offices() if part in office.key]
    for office, one in results:
        if one.outcome not in EXACT_ENOUGH:
            print(f"{office.key} [{office.fault}]: {one.outcome}\n    xfstats {' '.join(office.typed())}")
            print("".join(f"    {note}\n" for note in one.notes[:8]))
    for row in crossed(
        [(office.fault, one.outcome) for office, one in results] + [("all", one.outcome) for _, one in results], "fault"
    ):
        print("  ".join(cell.ljust(24 if at == 0 else 16) for at, cell in enumerate(row)).rstrip())


if __name__ == "__main__":
    main()
