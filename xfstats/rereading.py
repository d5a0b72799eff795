"""A profile that a run writes, and the same run by that profile: the options that it holds, and those that none can."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from xfstats.config.job import Job
from xfstats.config.parse import parse_also, parse_plan, parse_view
from xfstats.config.plan import Gates, Plan
from xfstats.config.profile import NAME, Profile, load_profile


def with_own(job: Job) -> Job:
    """The job with all that its profile says, also what `profile init` has no option for."""
    return _by(job, job.profile, job.plan)


def written_job(job: Job, text: str) -> Job:
    """The job by a profile of this text, which stands where the job's own does."""
    return _by(job, load_profile(Path(job.profile.source or NAME), named=True, text=text), None)


def _by(job: Job, profile: Profile, read: Plan | None) -> Job:
    """The job by a profile; `read` are options of reading that go before its own."""
    chosen = {**profile.options, "as_of": job.plan.as_of}
    if not chosen.get("period"):
        chosen.pop("compare", None)  # the period is typed, month by month
    plan = replace(parse_plan(chosen, profile), also=parse_also(chosen))
    if read is not None:
        names = ("log", "sheets", "header", "maps", "encoding", "include_hidden", "duplicates", "salt", "limits")
        plan = replace(plan, **{name: getattr(read, name) for name in names})
    return replace(job, profile=profile, plan=plan, view=parse_view(chosen), gates=Gates(skip_bad_files=job.gates.skip_bad_files))


def read_options(plan: Plan) -> Mapping[str, Any]:
    """How the logs are read, by the keys of a profile; what is not asked for is left out."""
    first, last = plan.header or (0, 0)
    keys = {
        "sheet": list(plan.sheets),
        "header": first if first == last else f"{first}-{last}",
        "log": plan.log.value if plan.log else None,
        "encoding": plan.encoding,
        "include_hidden": plan.include_hidden,
        "duplicates": plan.duplicates if plan.duplicates != "count" else None,
        "case_numbers": plan.salt is not None,
        "map": dict(plan.maps),
        "limit": dict(plan.limits),
    }
    return {key: value for key, value in keys.items() if value}


def unkept(job: Job) -> tuple[str, ...]:
    """What was typed and stands in no profile: it is a matter of one run."""
    skipping = job.gates.skip_bad_files and not job.profile.options.get("skip_bad_files")
    typed = [*shlex.split(job.command), *(["--skip-bad-files"] if skipping else [])]
    return tuple(flag for flag in ("--recursive", "--skip-bad-files", "--lang") if flag in typed)
