"""Messy logs with known truth, drawn by seed, and a scorer; written without knowledge of the program."""
