"""One module a command, imported when it is called; its name is the command's, `profile_x` that of `profile x`."""
