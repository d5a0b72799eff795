"""Command `profile check`: validation of a profile and of each named profile in its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import click

from xfstats.cli import options
from xfstats.cli.help import HelpCommand
from xfstats.config.job import split_profile
from xfstats.config.parse import parse_also, parse_gates, parse_plan, parse_view
from xfstats.config.profile import Profile, load_profile, read_page
from xfstats.config.profile_schema import refuse
from xfstats.errors import UsageFault, XfstatsError
from xfstats.reports.disclosure import check_public

PLACEHOLDER_PERIOD = "2026-01"
"""Period for checking a profile that compares periods; a run takes the period from the command line."""
KEY_OF_ERROR: Mapping[str, str] = {
    "E215": "header",
    "E217": "max_rejected",
    "E218": "as_of",
    "E220": "period",
    "E229": "compare",
    "E236": "fail_if",
    "E237": "fail_if",
    "E248": "fail_if",
    "E373": "with",
}
"""Profile key by error code, for errors that do not name their option."""


@click.command("check", cls=HelpCommand)
@options.HELP_LANG
@click.argument("file", metavar="FILE[:NAME]", shell_complete=options.complete)
def command(file: str) -> None:
    """Check a profile, or each named profile in a file; print the line of an error and the likely correction."""
    check_profile(file)
    click.echo("ok")


def check_profile(text: str) -> None:
    """Raise the error that a run with FILE[:NAME] would raise, with its line; check all profiles where no name is given."""
    path, name = split_profile(text)
    plain, page = read_page(path)
    for one in [name] if name else [None, *plain.get("profile", {})]:
        profile = load_profile(path, one, named=True)
        try:
            _check_options(profile)
        except UsageFault as error:
            refuse(error, replace(page, under=("profile", one) if one else ()), _profile_key(error))


def _check_options(profile: Profile) -> None:
    """Parse a profile's options as a run would; raise what a run would raise."""
    chosen = dict(profile.options)
    if chosen.get("compare") or chosen.get("with_"):
        chosen.setdefault("period", PLACEHOLDER_PERIOD)
    plan = replace(parse_plan(chosen, profile), extra_measures=parse_also(chosen))
    parse_view(chosen)
    if parse_gates(chosen).public:
        check_public(plan, profile.words["groups"])


def _profile_key(error: XfstatsError) -> str:
    """Return the profile key that an error is about: --date-by is date_by."""
    option = str(error.values.get("option") or error.values.get("one") or "")
    return KEY_OF_ERROR.get(error.code) or option.partition(",")[0].partition(" ")[0].lstrip("-").replace("-", "_")
