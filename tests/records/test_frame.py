"""The frame of records: which rows are in a period."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pandas as pd

from xfstats.model import Period
from xfstats.records.frame import Records


def test_a_log_without_the_date_has_no_rows_in_another_period():
    records = SimpleNamespace(frame=pd.DataFrame(index=range(2)), rows=2)
    assert Records.inside(records, Period(date(2024, 1, 1), date(2025, 1, 1)), "received_on").tolist() == [False, False]
