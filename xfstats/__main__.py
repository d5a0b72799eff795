"""`python -m xfstats` is `xfstats`."""

from xfstats.cli import main

if __name__ == "__main__":
    main()
