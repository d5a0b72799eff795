"""Typed records of a sheet, built by its schema: each row with its status and reason."""
