"""The command line: commands, options, help, the terminal, files that are written."""
