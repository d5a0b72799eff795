"""A report as a document."""
