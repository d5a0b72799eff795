"""The program over the whole corpus: nothing may be wrong in silence."""

import pytest

from .book import Log
from .generate import corpus
from .judge import BAD
from .score import scored, told


@pytest.mark.parametrize("log", corpus(), ids=lambda log: log.key)
def test_no_log_is_counted_wrongly_in_silence(log: Log) -> None:
    results = scored([log])
    assert not [verdict for _, verdict in results if verdict.outcome in BAD], told(results)
