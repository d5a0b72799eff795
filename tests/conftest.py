"""Settings for all tests: derandomised properties."""

import os

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("ci", derandomize=True, deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ci")


@pytest.fixture
def unmeasured(monkeypatch):
    """Programs that a test starts by the hundred run without coverage, which doubles their time."""
    for name in [name for name in os.environ if name.startswith("COV")]:
        monkeypatch.delenv(name)
