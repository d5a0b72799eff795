"""Programs that some tests need: skipped by the name of the one that is not here; the run ends with what to install."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import pytest

MARKER = "needs(*programs): programs that .ci/run installs; skipped by their names where they are not here"
EVERYTHING = "TEST_WITH_EVERY_PROGRAM"
"""An environment variable; where it is set a missing program is a failure, not a skip."""


def _chinese() -> bool:
    """True if fontconfig knows a font with Chinese."""
    program = shutil.which("fc-list")
    return program is not None and bool(subprocess.run([program, ":lang=zh"], capture_output=True, check=False).stdout.strip())


def _found(name: str) -> Callable[[], bool]:
    return lambda: shutil.which(name) is not None


PROGRAMS: Mapping[str, tuple[str, Callable[[], bool]]] = {
    "soffice": ("libreoffice-calc-nogui libreoffice-writer-nogui", _found("soffice")),
    "chromium": ("chromium", _found("chromium")),
    "pdftotext": ("poppler-utils", _found("pdftotext")),
    "fc-list": ("fontconfig", _found("fc-list")),
    "a Chinese font": ("fonts-wqy-microhei", _chinese),
    "systemd-analyze": ("systemd", _found("systemd-analyze")),
    "bash": ("bash", _found("bash")),
    "groff": ("groff-base", _found("groff")),
}
"""Each program with the packages of Debian that bring it, and how it is looked for."""


def needs(*programs: str) -> pytest.MarkDecorator:
    """Return the mark of a test that needs these programs."""
    assert set(programs) <= set(PROGRAMS)
    return pytest.mark.needs(*programs)


def check(item: pytest.Item) -> None:
    """Skip a test that needs what is not here, or fail it where everything has to be."""
    wanted = [name for mark in item.iter_markers("needs") for name in mark.args]
    missing = [name for name in dict.fromkeys(wanted) if not PROGRAMS[name][1]()]
    if not missing:
        return
    if os.environ.get(EVERYTHING):
        pytest.fail(f"not here, though {EVERYTHING} is set: {', '.join(missing)}", pytrace=False)
    item.user_properties += [("needs", name) for name in missing]
    pytest.skip(f"not here: {', '.join(missing)}")


def tell(reporter: Any) -> None:
    """Print one line: what was not tried for want of which program, and how to install it."""
    skipped = reporter.stats.get("skipped", [])
    missing = Counter(name for report in skipped for key, name in report.user_properties if key == "needs")
    if missing:
        tests = sum(any(key == "needs" for key, _ in report.user_properties) for report in skipped)
        packages = " ".join(PROGRAMS[name][0] for name in PROGRAMS if missing[name])
        named = ", ".join(name for name in PROGRAMS if missing[name])
        reporter.write_line(f"not tried: {tests} tests that need {named}; to install: apt-get install {packages}")
