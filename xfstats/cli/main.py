"""Program `xfstats`: its command group, which translates errors to messages and exit codes."""

from __future__ import annotations

import os
import sys
from dataclasses import asdict
from typing import Any

import click

from xfstats import __version__
from xfstats.cli.folder_page import folder_page
from xfstats.cli.help import CommandFolder
from xfstats.cli.options import LANG
from xfstats.cli.output import replace_closed_stdout, stdout_error
from xfstats.cli.terminal import language, print_message
from xfstats.cli.usage_errors import translate_click_error
from xfstats.errors import XfstatsError, fault
from xfstats.pipeline.signals import PIPE, exit_by_signal, install_handlers

COMPLETE = "_XFSTATS_COMPLETE"
"""Environment variable by which a shell asks for completion, as click names it."""


class ErrorTranslator(CommandFolder):
    """Command group that translates the library's errors to messages and exit codes, here and nowhere else."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; end the process as SIGPIPE does where the reader of stdout has closed it."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            exit_by_signal(PIPE)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the program and exit with a code of `errors.EXIT_CODES`; an unexpected exception prints one line too."""
        install_handlers()
        replace_closed_stdout()
        try:
            code = super().main(*args, **{"prog_name": "xfstats", **kwargs, "standalone_mode": False})
        except (XfstatsError, click.ClickException) as error:
            if os.environ.get(COMPLETE):  # a line that is not finished is no error to tell
                sys.exit(1)
            translated = translate_click_error(error, self) if isinstance(error, click.ClickException) else error
            print_error(translated)
            print_folder_page(error)
            code = max(one.exit_code for one in (translated, *translated.also))
        except Exception as error:
            if os.environ.get(COMPLETE):
                sys.exit(1)
            if (lost := stdout_error(error)) is not None:
                print_error(lost)
                sys.exit(lost.exit_code)
            if os.environ.get("XFSTATS_DEBUG"):
                print_message("the traceback may quote the log; do not pass it on unread", "warning", "debug")
                raise
            print_error(_internal_error(error))
            code = 70
        sys.exit(code if isinstance(code, int) else 0)


def print_error(error: XfstatsError) -> None:
    """Print one line on stderr for each error."""
    for one in (error, *error.also):
        position = {"position": asdict(one.position)} if one.position else {}
        print_message(
            one.sentence(lang := language()), "error", one.code, one.values_in(lang), exit_code=one.exit_code, **position
        )


def print_folder_page(error: Exception) -> None:
    """Print on stderr what lies in the folder and what to type, where a command lacks its FILE."""
    if isinstance(error, click.MissingParameter) and error.param is not None and error.param.name == "files":
        for line in (folder_page(language()) or "").splitlines():
            print_message(line, code="help")


def _internal_error(error: Exception) -> XfstatsError:
    """Return E701 with the class of an unexpected exception and our line, without the exception's text."""
    frame = error.__traceback__
    place = "?"
    while frame is not None:
        name = frame.tb_frame.f_globals.get("__name__", "")
        if name.startswith("xfstats"):
            place = f"{name}:{frame.tb_lineno}"
        frame = frame.tb_next
    return fault("E701", what=f"{type(error).__name__} at {place}")


@click.group(cls=ErrorTranslator)
@click.version_option(__version__, prog_name="xfstats")
@LANG
def main(lang: str | None) -> None:
    """Print counts and resolution rates from messy logs of visits and cases."""
