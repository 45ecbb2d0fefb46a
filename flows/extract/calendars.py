"""Calendar arithmetic: months, quarters, halves, seasons, and the fiscal years of companies.

A fiscal calendar is written as the last day of the year ("03-31") or as a rule
("last-sunday-of-january", a year of 52 or 53 weeks). A fiscal year bears the number of the calendar
year it ends in. Weekly calendars have quarters of 13 weeks; the fourth takes the 53rd week.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from storage.values import Period

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = {
    name: number for number, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
}
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 14)}
_RULE = re.compile(r"last-([a-z]+)-of-([a-z]+)")
_DAY = re.compile(r"(\d\d)-(\d\d)")
_FIRST, _LAST = 1, 9990  # years a date can hold with room to either side


@lru_cache(maxsize=4096)
def month(year: int, number: int) -> Period:
    """One month; `number` may run past 12 or below 1 into other years."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    return Period(start=date(year, number, 1), end=date(year, number, monthrange(year, number)[1]))


def months(year: int, first: int, last: int) -> Period:
    """From the start of month `first` to the end of month `last` of (or counted from) `year`."""
    return Period(start=month(year, first).start, end=month(year, last).end)


def quarter(year: int, number: int) -> Period:
    """A calendar quarter, 1 to 4."""
    return months(year, 3 * number - 2, 3 * number)


def half(year: int, number: int) -> Period:
    """A calendar half year, 1 or 2."""
    return months(year, 6 * number - 5, 6 * number)


def year_of(year: int) -> Period:
    """A calendar year."""
    return Period(start=date(year, 1, 1), end=date(year, 12, 31))


def years(first: int, last: int) -> Period:
    """Calendar years from `first` to `last`."""
    return Period(start=date(first, 1, 1), end=date(last, 12, 31))


def season(year: int, name: str) -> Period:
    """A season of the northern hemisphere; the winter of a year begins in its December."""
    first, last = _SEASONS[name]
    return months(year, first, last)


def day(when: date) -> Period:
    """A single day."""
    return Period(start=when, end=when)


def shift_months(when: date, by: int) -> date:
    """`when` moved by whole months; the end of a month stays an end, and 31 becomes 30 where it must."""
    target = month(when.year, when.month + by)
    assert target.start is not None  # noqa: S101 - a month has both ends
    assert target.end is not None  # noqa: S101
    if when.day == monthrange(when.year, when.month)[1]:
        return target.end
    return date(target.start.year, target.start.month, min(when.day, target.end.day))


def ending(when: date, count: int) -> Period:
    """The `count` months that end on `when`."""
    return Period(start=shift_months(when, -count) + timedelta(days=1), end=when)


def portion(whole: Period, which: str) -> Period:
    """The early, middle or late third of a month, quarter or year; `end` and `start` are single days."""
    start, end = whole.start, whole.end
    if start is None or end is None:
        return whole
    match which:
        case "end":
            return day(end)
        case "start":
            return day(start)
    days = (end - start).days + 1
    if days <= 31:
        first, second = start + timedelta(days=10), start + timedelta(days=20)
    elif days <= 100:
        first, second = shift_months(start, 1), shift_months(start, 2)
    else:
        third = max(1, round(days / 91))  # months in a third: 2 for half a year, 4 for a year
        third = 4 if third > 3 else 2
        first, second = shift_months(start, third), shift_months(start, 2 * third)
    one = timedelta(days=1)
    return {
        "early": Period(start=start, end=first - one),
        "mid": Period(start=first, end=second - one),
        "late": Period(start=second, end=end),
    }[which]


def _year_end(rule: str, year: int) -> date:
    fixed = _DAY.fullmatch(rule)
    if fixed is not None and 1 <= int(fixed[1]) <= 12 and 1 <= int(fixed[2]) <= 31:
        number = int(fixed[1])
        return date(year, number, min(int(fixed[2]), monthrange(year, number)[1]))
    weekly = _RULE.fullmatch(rule)
    if weekly is None or weekly[1] not in WEEKDAYS or weekly[2] not in MONTHS:
        raise ValueError(f"not a fiscal year end: {rule!r} (write 03-31 or last-sunday-of-january)")
    number = MONTHS[weekly[2]]
    last = date(year, number, monthrange(year, number)[1])
    return last - timedelta(days=(last.weekday() - WEEKDAYS[weekly[1]]) % 7)


def fiscal_year(rule: str, year: int) -> Period:
    """The fiscal year that ends in calendar year `year`. ValueError where `rule` is no calendar."""
    return Period(start=_year_end(rule, year - 1) + timedelta(days=1), end=_year_end(rule, year))


def fiscal_quarter(rule: str, year: int, number: int) -> Period:
    """Quarter 1 to 4 of the fiscal year `year`."""
    whole = fiscal_year(rule, year)
    assert whole.start is not None  # noqa: S101 - a fiscal year has both ends
    assert whole.end is not None  # noqa: S101
    if _RULE.fullmatch(rule):
        start = whole.start + timedelta(weeks=13 * (number - 1))
        return Period(start=start, end=whole.end if number == 4 else start + timedelta(weeks=13, days=-1))
    start = shift_months(whole.end, -3 * (5 - number)) + timedelta(days=1)
    return Period(start=start, end=shift_months(whole.end, -3 * (4 - number)))


def fiscal_half(rule: str, year: int, number: int) -> Period:
    """The first or second half of the fiscal year `year`."""
    return Period(start=fiscal_quarter(rule, year, 2 * number - 1).start, end=fiscal_quarter(rule, year, 2 * number).end)


def fiscal_year_at(rule: str, when: date) -> int:
    """The number of the fiscal year that holds the day `when`."""
    return when.year if when <= _year_end(rule, when.year) else when.year + 1


def is_weekly(period: Period) -> bool:
    """Whether a period looks like one of a calendar of weeks: whole weeks, not whole months."""
    if period.start is None or period.end is None:
        return False
    days = (period.end - period.start).days + 1
    return days % 7 == 0 and days >= 28 and period.start.day != 1


def year_earlier(period: Period, years: int = 1) -> Period:
    """The same period `years` before: by dates, or by 52 weeks where it is made of weeks."""
    if is_weekly(period):
        back = timedelta(weeks=52 * years)
        assert period.start is not None  # noqa: S101 - is_weekly saw both
        assert period.end is not None  # noqa: S101
        return Period(start=period.start - back, end=period.end - back)
    return Period(
        start=None
        if period.start is None
        else shift_months(period.start, -12 * years)
        if period.start.day < 28
        else _same_day(period.start, years),
        end=None if period.end is None else shift_months(period.end, -12 * years),
    )


def _same_day(when: date, years: int) -> date:
    try:
        return when.replace(year=when.year - years)
    except ValueError:  # 29 February
        return when.replace(year=when.year - years, day=28)


def previous(period: Period) -> Period:
    """The stretch of the same length that ends right before `period`; whole months stay whole months."""
    if period.start is None or period.end is None:
        return Period(start=None, end=None)
    end = period.start - timedelta(days=1)
    count = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
    whole = period.start.day == 1 and period.end.day == monthrange(period.end.year, period.end.month)[1]
    if whole:
        return Period(start=shift_months(period.start, -count), end=end)
    return Period(start=end - (period.end - period.start), end=end)


def possible(year: int) -> bool:
    """Whether dates of `year` and its neighbours exist."""
    return _FIRST < year < _LAST
