"""Comparison of a report, perhaps edited by hand, with the same report regenerated from the logs."""
