"""The commands, and the one place where errors become messages and exit codes."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from xfstats import __version__
from xfstats.cli.help import Help, Pages
from xfstats.cli.options import (
    BARS,
    COLOR,
    COMPARE,
    COUNT,
    DIGITS,
    GATE,
    INSPECTED,
    LANG,
    LOCK,
    ORDER,
    PAGE_LANG,
    PUBLIC,
    READ,
    REFUSED,
    REJECTS,
    REPORT,
    RUN,
    SAVE,
    SELECT,
    TABLES,
    TOLD,
    WRITE,
    Choice,
    gathered,
    using,
)
from xfstats.cli.output import hold_stdout, unwritten
from xfstats.cli.terminal import language, tell, window
from xfstats.cli.usage_errors import refused
from xfstats.errors import XfstatsError, fault, unknown_name
from xfstats.pipeline.signals import PIPE, die, listen

if TYPE_CHECKING:
    from xfstats.config.job import Job, Output


class ErrorTranslator(Pages):
    """Turn the library's errors into messages and exit codes, here and nowhere else."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a reader of stdout that went away ends it as SIGPIPE would."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            die(PIPE)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run, and end with the exit code of design §5 whatever happens; a bug is one line too."""
        listen()
        hold_stdout()
        try:
            code = super().main(*args, **{"prog_name": "xfstats", **kwargs, "standalone_mode": False})
        except (XfstatsError, click.ClickException) as error:
            own = refused(error, self) if isinstance(error, click.ClickException) else error
            complain(own)
            code = max(one.exit_code for one in (own, *own.also))
        except Exception as error:
            if (lost := unwritten(error)) is not None:
                complain(lost)
                sys.exit(lost.exit_code)
            if os.environ.get("XFSTATS_DEBUG"):
                tell("the traceback may quote the log; do not pass it on unread", "warning")
                raise
            complain(_bug(error))
            code = 70
        sys.exit(code if isinstance(code, int) else 0)


def complain(error: XfstatsError) -> None:
    """One line on stderr for each error."""
    for one in (error, *error.also):
        tell(one.sentence(language()), "error", one.code)


def _bug(error: Exception) -> XfstatsError:
    """The class of an unexpected exception and our own line; nothing of what it says."""
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
    """Counts and resolution rates from messy logs of visits and cases."""


@main.command(cls=Help)
@using(READ, SELECT, COMPARE, COUNT, ORDER, [TABLES], WRITE, DIGITS, BARS, REJECTS, SAVE, GATE, RUN, LOCK, COLOR)
def summarize(job: Job, output: Output) -> int:
    """Print counts and rates per group, one table for each kind of log."""
    from xfstats.cli.commands.summarize import summarize_job  # noqa: PLC0415 - --help must not pay for the machinery

    return summarize_job(job, output)


@main.command(cls=Help)
@using(READ, SELECT, COUNT, [INSPECTED], WRITE, REJECTS, GATE, RUN, LOCK)
def inspect(job: Job, output: Output) -> int:
    """Print how each file was understood: sheets, header, columns, words, and what was not counted and why."""
    from xfstats.cli.commands.inspect import inspect_job  # noqa: PLC0415 - as above

    return inspect_job(job, output)


@main.command(cls=Help)
@using(READ, SELECT, COMPARE, COUNT, ORDER, REPORT, GATE, RUN, LOCK)
def report(job: Job, output: Output) -> int:
    """Write a report that can be signed: paragraph, tables, charts, definitions, reconciliation."""
    from xfstats.cli.commands.report import report_job  # noqa: PLC0415 - as above

    return report_job(job, output)


@main.command(cls=Help)
@using(READ, SELECT, COMPARE, COUNT, [TOLD], WRITE, DIGITS, REFUSED, RUN, LOCK, first=("figure",))
def explain(job: Job, output: Output, figure: str) -> int:
    """Say what a figure such as closure_rate[县级] is: its definition, its pair, and the positions of the rows behind it."""
    from xfstats.cli.commands.explain import explain_job  # noqa: PLC0415 - as above
    from xfstats.cli.run import locked  # noqa: PLC0415 - as above

    return locked(explain_job, job, output, figure)


@main.command(cls=Help)
@using(READ, SELECT, COMPARE, COUNT, ORDER, [TOLD], WRITE, DIGITS, PUBLIC, RUN, LOCK, first=("report",), plain=True)
def verify(given: dict[str, Any]) -> int:
    """Say whether the figures in a report, perhaps edited by hand, still match the logs; exit 1 where one differs.

    The options are those that the report was made with, which stand in it; options given here override them.
    """
    from xfstats.cli.commands.verify import verify_job  # noqa: PLC0415 - as above
    from xfstats.cli.run import locked  # noqa: PLC0415 - as above
    from xfstats.config.job import resolve  # noqa: PLC0415 - as above
    from xfstats.report.verify.origin import plan_of, read_report  # noqa: PLC0415 - as above

    path, own = Path(given["report"]), given["command"][1:]
    old = read_report(path)
    words = plan_of(old, path, [Path(one) for one in given["files"]], own)
    made = gathered(main.commands["report"].make_context("report", [*words, *own, "--", *given["files"]]), whole=True)
    made.update(
        {key: given[key] for key in ("output", "format_", "force", "dry_run", "quiet", "verbose", "jobs", "lock", "forms")}
    )
    return locked(verify_job, *resolve(made), path, old)


@main.command(cls=Help)
@using(READ, SELECT, COUNT, ORDER, [TABLES], WRITE, DIGITS, BARS, REJECTS, SAVE, GATE, RUN, LOCK, COLOR)
def deadlines(job: Job, output: Output) -> int:
    """Count the open cases of each group by the days that are left until their limit: overdue, 7 days, 30 days, more."""
    from xfstats.cli.commands.deadlines import deadlines_job  # noqa: PLC0415 - as above

    return deadlines_job(job, output)


@main.group(cls=Pages)
@LANG
def profile(lang: str | None) -> None:
    """Write, show or check an office's profile."""


@profile.command(cls=Help)
@using(READ, RUN)
def init(job: Job, _output: Output) -> int:
    """Print a profile with what was inferred from these files, to look through and keep as xfstats.toml."""
    from xfstats.cli.commands.profile_init import profile_job  # noqa: PLC0415 - as above

    return profile_job(job)


@profile.command(cls=Help)
@PAGE_LANG
@click.argument("file", required=False, metavar="[FILE[:NAME]]")
def show(file: str | None) -> None:
    """Print all words in force: the packaged ones, with those of a profile over them."""
    from xfstats.config.job import named_profile  # noqa: PLC0415 - as above
    from xfstats.config.profile import default_words  # noqa: PLC0415 - as above
    from xfstats.render.toml import in_force  # noqa: PLC0415 - as above

    loaded = named_profile(file)
    click.echo(in_force(loaded.words, loaded.plain, default_words()["levels"]), nl=False)


@profile.command(cls=Help)
@PAGE_LANG
@click.argument("file", metavar="FILE[:NAME]")
def check(file: str) -> None:
    """Say whether a profile, or each of the named ones in a file, is right; else the line, and what was probably meant."""
    from xfstats.cli.commands.profile_check import check_profile  # noqa: PLC0415 - as above

    check_profile(file)
    click.echo("ok")


@main.command(cls=Help)
@LANG
@click.option("--preset", default="plain", metavar="NAME", help="Whose definitions: plain, petition, 12345 or uk.")
@click.option("-f", "--format", "format_", type=Choice(["table", "md"]), metavar="FORM", help="Lines (table), or a page (md).")
def measures(lang: str | None, preset: str, format_: str | None) -> None:
    """List every measure: its key, what it is, and what it is divided by."""
    from xfstats.measures.choices import presets  # noqa: PLC0415 - as above
    from xfstats.render.measure_list import as_lines, as_markdown, of_preset  # noqa: PLC0415 - as above

    if preset not in presets():
        raise unknown_name(preset, tuple(presets()), "--preset")
    own = lang or language()
    click.echo(as_markdown(own) if format_ == "md" else as_lines(own, of_preset(preset), window()), nl=False)


@main.command(cls=Help)
@LANG
def fields(lang: str | None) -> None:
    """List every field that a column can serve, for --map, --by and --where."""
    from xfstats.render.measure_list import fields_as_lines  # noqa: PLC0415 - as above

    click.echo(fields_as_lines(lang or language(), window()), nl=False)


@main.command(cls=Help)
@PAGE_LANG
def schema() -> None:
    """Print the JSON Schema of `-f json`."""
    from xfstats.render.json import schema as text  # noqa: PLC0415 - as above

    click.echo(text(), nl=False)
