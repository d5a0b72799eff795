"""Merged tallies become tables, changes, ranks, gates and notes; and reports are read back and compared."""
