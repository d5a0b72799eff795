"""Measures: definitions, and the counting of records into whole numbers per group."""
