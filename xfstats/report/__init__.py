"""Merged tallies become tables, changes, ranks, gates and notes."""
