from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.collect.moments import moment


@pytest.mark.parametrize(
    ("text", "zone", "instant", "day"),
    [
        ("2026-01-07", "UTC", "2026-01-07T00:00:00+00:00", "2026-01-07"),
        ("2026-01-07", "Asia/Shanghai", "2026-01-06T16:00:00+00:00", "2026-01-07"),
        ("2026-05-27T16:42:00-07:00", "UTC", "2026-05-27T23:42:00+00:00", "2026-05-27"),
        ("2026-05-27T23:42:00Z", "Asia/Hong_Kong", "2026-05-27T23:42:00+00:00", "2026-05-28"),
        ("2026-02-20 17:05", "Europe/London", "2026-02-20T17:05:00+00:00", "2026-02-20"),
        ("2026-07-20T17:05:00", "Europe/London", "2026-07-20T16:05:00+00:00", "2026-07-20"),
        ("Wed, 07 Jan 2026 09:30:00 GMT", "UTC", "2026-01-07T09:30:00+00:00", "2026-01-07"),
        ("Wed, 07 Jan 2026 20:30:00 -0500", "America/New_York", "2026-01-08T01:30:00+00:00", "2026-01-07"),
        ("Wed, 07 Jan 2026 09:30:00 CET", "Europe/Berlin", "2026-01-07T08:30:00+00:00", "2026-01-07"),
    ],
)
def test_an_instant_and_the_publishers_day(text: str, zone: str, instant: str, day: str) -> None:
    assert moment(text, zone) == (datetime.fromisoformat(instant), date.fromisoformat(day))


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2026-02-30", "2026-13-01", "2026", "0000-00-00", "9999-12-31T23:59:59-14:00", "12:30"]
)
def test_what_is_no_time(text: str) -> None:
    assert moment(text) is None


@given(st.text(max_size=60))
def test_nothing_raises_and_all_is_utc(text: str) -> None:
    found = moment(text, "Asia/Tokyo")
    assert found is None or found[0].tzinfo is UTC
