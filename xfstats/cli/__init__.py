"""Command line: commands, options, help, terminal output, files that are written."""
