"""Translation of click's usage errors to our own: one line, a code, and what to type instead."""

from __future__ import annotations

import click

from xfstats.cli.help import CommandFolder
from xfstats.errors import XfstatsError, fault
from xfstats.messages import LANGS, both, name_of


def translate_click_error(error: click.ClickException, group: CommandFolder) -> XfstatsError:
    """Return our error for one of click's, without click's text; an option means the same in all commands of the group."""
    ctx = getattr(error, "ctx", None)
    command = ctx.command_path if ctx is not None else "xfstats"
    match error:
        case click.exceptions.NoArgsIsHelpError():
            return fault("E276", what=both("metavars.COMMAND"), command=command)
        case click.MissingParameter(param=param):
            name = (param.human_readable_name if param else "?").rstrip("…")
            return fault("E276", what=tuple(name_of("metavars", name, lang) for lang in LANGS), command=command)
        case click.NoSuchOption(option_name=name, possibilities=[near, *_]):
            return fault("E277", option=name, near=near, command=command)
        case click.NoSuchOption(option_name=name):
            return fault("E278", option=name, command=command)
        case click.BadOptionUsage(option_name=name):
            params = [param for one in group.all_commands(click.Context(group)).values() for param in one.params]
            alone = any(isinstance(one, click.Option) and one.is_flag and name in one.opts for one in params)
            return fault("E281" if alone else "E280", option=name)
        case click.BadParameter(param=click.Option(opts=opts)):
            return fault("E282", option=max(opts, key=len), command=command)
        case _:
            return fault("E283", command=command)
