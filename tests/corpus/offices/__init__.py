"""Logs as offices keep them, each with the right answer; written by somebody who had not seen the recogniser."""
