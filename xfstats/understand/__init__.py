"""Sheet → records, rejects and evidence."""

from xfstats import spelling

__all__ = ["spelling"]
