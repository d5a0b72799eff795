"""The program over the whole corpus: nothing may be wrong in silence."""

import pytest

from .generate import corpus
from .judge import BAD
from .score import plain, scored, told


@pytest.mark.usefixtures("unmeasured")
def test_no_log_is_counted_wrongly_in_silence() -> None:
    """Some 170 runs of the program, two at a time: about 30 s."""
    results = scored(corpus())
    wrong = [(log, verdict) for log, verdict in results if verdict.outcome in BAD]
    assert not wrong, f"{told(wrong)}\n\n{plain(results)}"
