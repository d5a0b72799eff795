"""Headers of a log's own column of timeliness (是否按期办结, made_sla, SLA breached): what a yes means there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from xfstats.config.word_patterns import any_of, words
from xfstats.frozen import frozen

LONGEST = 60
"""Characters of a header that is read."""


@frozen
class Timeliness:
    """What a header asks: whether a yes is in time, whether that says closed too, how it ranks among others of its kind."""

    kept: bool
    closes: bool
    rank: int


@frozen
class TimelyHeaders:
    """The words of which such headers are made."""

    form: re.Pattern[str]
    kept: frozenset[str]
    of_ended: frozenset[str]
    """Words that say so only of what was ended or answered."""
    of: re.Pattern[str]
    answers: re.Pattern[str]
    asks: re.Pattern[str]
    late: re.Pattern[str]

    def read(self, header: str) -> Timeliness | None:
        """Return what a header, spelled as `normalize.header` does, asks of timeliness; None where it asks nothing of it.

        In Chinese 按期办结 without a question may be a count, and 超期 a number of days; 是否按期 asks of what was ended in time,
        which "on time" does not.
        """
        found = self.form.fullmatch(header) if len(header) <= LONGEST else None
        if found is None:
            return None
        rest = header[: found.start(1)] + header[found.end(1) :]
        kept, ended, answered = found[1] in self.kept, bool(self.of.search(rest)), bool(self.answers.search(rest))
        if found[1] in self.of_ended and not (ended or answered):
            return None
        chinese = not found[1].isascii()
        if chinese and not (self.asks.search(rest) or (kept and ended)):
            return None
        return Timeliness(kept, kept and (ended or answered or chinese), 0 if ended else 2 if answered else 1)

    def asked(self, headers: Sequence[str]) -> Timeliness:
        """Return what a column of timeliness asks by its headers, the likeliest first; a yes is in time but of lateness."""
        found = (
            self.read(form) for header in headers for form in (header, *(asks + header for asks in words("header", "whether")))
        )
        said = next((one for one in found if one is not None), None)
        return said or Timeliness(not any(self.late.search(header) for header in headers), closes=False, rank=1)


def timely_headers(words: Mapping[str, Sequence[str]], neutral: Sequence[str]) -> TimelyHeaders:
    """Return the headers of a vocabulary's `timely` table; `neutral` words say nothing of what a header is of."""
    beside = any_of([*words["asks"], *words["of"], *words["answers"], *words["neutral"], *neutral])
    said = any_of([*words["kept"], *words["late"]])
    return TimelyHeaders(
        re.compile(f"(?:{beside})*+({said})(?:{beside})*+"),
        frozenset(words["kept"]),
        frozenset(words["of_ended"]),
        *(re.compile(any_of(words[name])) for name in ("of", "answers", "asks", "late")),
    )
