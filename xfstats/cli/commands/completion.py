"""Command `completion`: the script by which a shell completes what is typed."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from xfstats.cli import options
from xfstats.cli.completion import SHELLS
from xfstats.cli.help import HelpCommand
from xfstats.errors import unknown_name


@click.command("completion", cls=HelpCommand)
@options.HELP_LANG
@click.argument("shell", metavar="SHELL", shell_complete=options.complete)
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the script that makes bash, zsh, fish or PowerShell complete commands, options and what they take."""
    known = [name for name in SHELLS if get_completion_class(name) is not None]
    if shell not in known:
        raise unknown_name(shell, known, "SHELL")
    completer = get_completion_class(shell)
    assert completer is not None  # noqa: S101 - for the type checker
    made = completer(ctx.find_root().command, {}, "xfstats", "_XFSTATS_COMPLETE")
    click.echo(made.source_template % made.source_vars(), nl=False)
