"""One table of options, and what derives from it."""

from __future__ import annotations

import click
import pytest

from xfstats.api.options import Reporting
from xfstats.cli.main import main
from xfstats.config.option_table import BY_NAME, BY_PYTHON_NAME, NAMED_KEYS, OPTIONS, PROFILE_KEYS, READ_KEYS, Held
from xfstats.config.typed_options import NAMES, TEXTS
from xfstats.messages import keys

PARAMS = {
    (name, param.name): param
    for name, command in main.all_commands(click.Context(main)).items()
    for param in command.params
    if isinstance(param, click.Option)
}


def test_each_name_flag_key_and_variable_is_one_option():
    for column in ("name", "flag", "key", "variable"):
        values = [getattr(one, column) for one in OPTIONS]
        assert len(set(values)) == len(values)
    short = [one.short for one in OPTIONS if one.short]
    assert sorted(short) == ["-b", "-f", "-m", "-n", "-o", "-p", "-q", "-r", "-v"]


def test_every_option_of_the_table_is_offered_by_a_command_and_no_other_is():
    assert {name for _, name in PARAMS} - {"help", "version"} == set(BY_NAME)


@pytest.mark.parametrize(("command", "name"), sorted(PARAMS), ids="-".join)
def test_an_option_of_a_command_is_as_its_row_says(command, name):
    param, row = PARAMS[command, name], BY_NAME[name]
    assert (tuple(param.opts), param.multiple, param.metavar) == (row.flags, row.multiple, row.metavar)
    assert param.is_flag == (row.type.form == "true | false")
    if isinstance(param.type, click.IntRange):
        assert (param.type.min, param.type.max) == row.type.range
    if (command, name) not in {("measures", "format_"), ("cache", "cleared")}:  # a list of no log; nothing is deleted unasked
        assert param.envvar == row.variable


def test_python_takes_the_options_of_the_table_that_say_so():
    assert set(Reporting.__annotations__) == set(BY_PYTHON_NAME)


def test_every_metavar_has_its_word_in_both_languages_or_is_none():
    named = set(keys("metavars"))
    assert sorted({one.metavar for one in OPTIONS if one.metavar} - named) == ["CHAR", "FIELD=VALUE,…"]


def test_each_key_of_a_profile_is_held_where_its_row_says():
    for one in OPTIONS:
        assert (one.key in PROFILE_KEYS) == (one.held in {Held.READING, Held.COUNTING, Held.NAMED}), one.name
        assert (one.key in NAMED_KEYS) == (one.held is Held.NAMED), one.name
        assert (one.key in READ_KEYS) == (one.held is Held.READ_TABLE), one.name


def test_what_decides_no_figure_is_not_in_the_command_of_a_report():
    written = "format_ output force dry_run bars list_matters template rejects save against color"
    others = "jobs scheduler cache cleared quiet verbose log_format lock max_rejected fail_if strict"
    assert {one.name for one in OPTIONS if not one.reproduced} == {*written.split(), *others.split()}


def test_an_option_that_takes_names_says_how_they_stand_in_its_text():
    assert {one.flag for one in OPTIONS if one.flag in NAMES} - {BY_NAME[name].flag for name in TEXTS} == set()


def test_an_option_is_undone_by_none_only_in_a_profile():
    row = BY_NAME["date_order"].type
    assert (row.fits("none"), row.fits("dmy"), row.fits("md")) == (True, True, False)
    assert row.names.keys == ("ymd", "dmy", "mdy")
