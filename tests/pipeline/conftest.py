"""What holds after every test of the pipeline."""

from __future__ import annotations

import pytest

from xfstats.pipeline import cluster_task


@pytest.fixture(autouse=True)
def _no_worker_left():
    """Workers that tasks done in this process would keep for a while are ended."""
    yield
    for seed in list(cluster_task._HELD):
        cluster_task.end_run(seed)
