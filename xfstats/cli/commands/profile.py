"""Command group `profile`."""

from __future__ import annotations

import click

from xfstats.cli import options
from xfstats.cli.help import CommandFolder


@click.group("profile", cls=CommandFolder, prefix="profile_")
@options.LANG
def command(lang: str | None) -> None:
    """Write, show or check an office's profile."""
