"""Commands, one module each, imported when called; a module has the command's name, `profile_x` is `profile x`."""
