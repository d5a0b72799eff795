"""Start of a worker process: it loads what serves, in less time than importing it plainly takes.

`python -P -m xfstats.pipeline.worker_start` is a worker; see `serve` for what it reads and writes.
"""

from __future__ import annotations

import gc
import sys

UNUSED = "pyarrow"
"""Module that pandas imports where it is installed, for column types that are not used here; this takes a quarter of the start.
The Parquet reader imports it when it is used."""


def main() -> None:
    """Load the program without collecting garbage meanwhile, then serve."""
    gc.disable()
    sys.modules[UNUSED] = None  # type: ignore[assignment] # makes its import fail, which pandas handles
    from xfstats.pipeline import worker_loop  # noqa: PLC0415 - what is loaded here is the point

    del sys.modules[UNUSED]
    gc.enable()
    worker_loop.main()


if __name__ == "__main__":
    main()
