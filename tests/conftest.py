"""Settings for all tests: derandomised properties, a bare environment, programs that may be missing, a font for pictures."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

from tests import needs
from tests.fonts import write_font
from tests.hostile import warm
from tests.program import DISPLAY, LOCALE, TEXT, in_this_process
from tests.readers import every_workbook

settings.register_profile("ci", derandomize=True, deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ci")


def pytest_configure(config):
    """Take out of the environment what the program looks at, so that every machine runs the same tests; register markers."""
    for name in [name for name in os.environ if name in {*LOCALE, *DISPLAY} or name.startswith("XFSTATS")]:
        del os.environ[name]
    os.environ.update(TEXT)
    config.addinivalue_line("markers", needs.MARKER)
    if os.environ.get(every_workbook.SETTING):
        every_workbook.compare_all()


def pytest_runtest_setup(item):
    """Skip a test by the names of the programs that it needs and that are not here."""
    needs.check(item)


def pytest_terminal_summary(terminalreporter):
    """End with one line on what was not tried for want of a program."""
    needs.tell(terminalreporter)


@pytest.fixture(scope="session")
def forks():
    """A process in which the program is loaded and is forked for each run: what starts by the hundred, or as another user.

    It runs without coverage: a thread that is traced when a signal comes can be kept from ever going on, seen once in 720 runs
    with coverage and never in 1,650 without.
    """
    with warm.pool(1) as pool, pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("COV")]:
            patch.delenv(name)
        pool.submit(os.getpid).result()  # it starts now, without these
        patch.undo()
        yield pool


@pytest.fixture
def unmeasured(monkeypatch):
    """Programs that a test starts by the hundred run without coverage, which doubles their time."""
    for name in [name for name in os.environ if name.startswith("COV")]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def _font_of_tests(tmp_path_factory):
    """A font that the plotting library knows of."""
    from matplotlib import font_manager

    family = "Font of the Tests"
    font_manager.fontManager.addfont(write_font(tmp_path_factory.mktemp("fonts") / "tests.ttf", family))
    return family


@pytest.fixture
def chinese_font(_font_of_tests, monkeypatch):
    """Pictures are drawn with a font of the tests' own."""
    monkeypatch.setattr("xfstats.render.chart_png._CHINESE_FONTS", (_font_of_tests,))
    return _font_of_tests


@pytest.fixture
def no_workers():
    """The package's functions count in this process."""
    with in_this_process():
        yield
