"""Periods in words: calendar names, fiscal labels, open ends."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.digest.periods import Periods, fiscal_label
from storage.values import Period

EN = Periods("en")
Ends = tuple[str | None, str | None]
MARCH, JANUARY = "03-31", "last-sunday-of-january"


def _period(start: str | None, end: str | None) -> Period:
    return Period(start=date.fromisoformat(start) if start else None, end=date.fromisoformat(end) if end else None)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2026-01-07", "2026-01-07", "7 January 2026"),
        ("2026-01-06", "2026-01-09", "6 to 9 January 2026"),
        ("2026-07-27", "2026-10-25", "27 July to 25 October 2026"),
        ("2025-12-27", "2026-01-03", "27 December 2025 to 3 January 2026"),
        ("2026-01-01", "2026-01-31", "January 2026"),
        ("2024-02-01", "2024-02-29", "February 2024"),
        ("2025-12-21", "2025-12-31", "late December 2025"),
        ("2025-12-01", "2025-12-10", "early December 2025"),
        ("2025-12-11", "2025-12-20", "mid December 2025"),
        ("2026-01-01", "2026-03-31", "first quarter of 2026"),
        ("2026-07-01", "2026-12-31", "second half of 2026"),
        ("2026-02-01", "2026-04-30", "February to April 2026"),
        ("2026-01-01", "2026-12-31", "2026"),
        ("2029-01-01", "2030-12-31", "2029 to 2030"),
        (None, "2028-12-31", "by the end of 2028"),
        (None, "2028-03-31", "by the end of March 2028"),
        (None, "2028-03-15", "by 15 March 2028"),
        ("2026-03-14", None, "from 14 March 2026"),
        ("2027-01-01", None, "from January 2027"),
        (None, None, "at an unstated time"),
        ("2026-02-02", "2026-01-01", "2 February 2026 to 1 January 2026"),
    ],
)
def test_calendar_words(start: str | None, end: str | None, words: str) -> None:
    assert EN.words(_period(start, end)) == words


@pytest.mark.parametrize(
    ("rule", "start", "end", "label"),
    [
        (MARCH, "2025-04-01", "2025-09-30", "first half of FY2025/26"),
        (MARCH, "2025-04-01", "2026-03-31", "FY2025/26"),
        (MARCH, "2026-01-01", "2026-03-31", "fourth quarter of FY2025/26"),
        (MARCH, "2025-04-01", "2025-12-31", "first nine months of FY2025/26"),
        (MARCH, "2026-01-01", "2026-12-31", None),
        (MARCH, "2026-01-02", "2026-03-31", None),
        (JANUARY, "2026-01-26", "2026-04-26", "first quarter of FY2027"),
        (JANUARY, "2026-07-27", "2026-10-25", "third quarter of FY2027"),
        (JANUARY, "2025-01-27", "2026-01-25", "FY2026"),
        ("12-31", "2026-01-01", "2026-03-31", None),
        ("friday-nearest-01-31", "2025-02-01", "2026-01-30", "FY2026"),
        ("nonsense", "2026-01-01", "2026-03-31", None),
        ("last-someday-of-january", "2026-01-01", "2026-03-31", None),
    ],
)
def test_fiscal_labels(rule: str, start: str, end: str, label: str | None) -> None:
    assert fiscal_label(_period(start, end), rule) == label


def test_the_fiscal_label_comes_first_only_where_it_is_asked_for() -> None:
    quarter = _period("2026-01-01", "2026-03-31")
    assert EN.words(quarter, MARCH, fiscal_first=True) == "fourth quarter of FY2025/26"
    assert EN.words(quarter, MARCH) == "first quarter of 2026"
    # Where the plain calendar has no name for it, the fiscal one is better than dates.
    assert EN.words(_period("2026-07-27", "2026-10-25"), JANUARY) == "third quarter of FY2027"


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (("2026-07-01", "2026-09-30"), ("2026-10-01", "2026-12-31"), "3 months later"),
        (("2026-03-14", None), ("2026-03-02", None), "12 days earlier"),
        ((None, "2026-12-31"), (None, "2027-12-31"), "12 months later"),
        (("2026-07-01", "2026-12-31"), ("2026-10-01", "2026-12-31"), "starts 3 months later"),
        (("2026-07-01", "2026-12-31"), ("2026-07-01", "2026-09-30"), "ends 3 months earlier"),
        (("2026-07-01", "2026-12-31"), ("2026-06-01", "2027-12-31"), None),
        (("2026-07-01", "2026-12-31"), ("2026-07-01", "2026-12-31"), None),
        ((None, "2026-12-31"), ("2026-12-31", None), None),
    ],
)
def test_how_far_a_period_moved(
    before: tuple[str | None, str | None], after: tuple[str | None, str | None], words: str | None
) -> None:
    assert EN.shift(_period(*before), _period(*after)) == words


days = st.none() | st.dates()


@given(days, days, st.sampled_from([None, MARCH, JANUARY, "friday-nearest-01-31", "02-29", "12-31", "x"]), st.booleans())
def test_every_period_has_words_with_its_years(start: date | None, end: date | None, rule: str | None, first: bool) -> None:
    words = EN.words(Period(start=start, end=end), rule, fiscal_first=first)
    assert words
    if "FY" not in words:
        assert all(str(day.year) in words for day in (start, end) if day)


@given(days, days, days, days)
def test_moving_never_fails(a: date | None, b: date | None, c: date | None, d: date | None) -> None:
    EN.shift(Period(start=a, end=b), Period(start=c, end=d))
