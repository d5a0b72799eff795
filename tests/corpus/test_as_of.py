"""A tally that is said to hold on other as-of days is the same there, for every log of the corpus."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.logs import here
from xfstats.config.job import resolve_job
from xfstats.measures.tally import FileTally
from xfstats.pipeline.cache import _holds

from .book import Log
from .generate import corpus
from .truth import AS_OF

DAYS = [date(AS_OF.year, 1, 1), date(AS_OF.year, 6, 15), AS_OF, date(AS_OF.year, 12, 31)]


@pytest.mark.parametrize("log", corpus(), ids=lambda log: log.key)
def test_a_tally_that_holds_on_other_days_is_the_same_there(log: Log, tmp_path) -> None:
    path = log.save(tmp_path)
    given = {"files": [str(path)], "said": frozenset(["preset"]), "no_profile": True, "preset": "petition"}
    job, _ = resolve_job(given)
    plan = replace(job.plan, evidence=True, compare_sheets=True)
    made = {day: here(job.sources, replace(plan, as_of=day))[0] for day in DAYS}
    for day, one in made.items():
        for other, its in made.items():
            if isinstance(one, FileTally) and _holds(one, min(day, other)):
                assert one == its
