"""Logs as offices keep them, one kind of fault of the field each, with the right answer; written without knowledge of the program."""
