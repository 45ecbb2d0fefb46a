"""Periods in words: "first half of FY2025/26", "second half of 2026", "6 to 9 January 2026", "by the end of 2026".

A company's fiscal calendar is its watchlist entry's `fiscal_year_end`: "03-31",
"last-sunday-of-january" or "friday-nearest-01-31".
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from babel.dates import format_date

from storage.values import Period

_DAY = timedelta(days=1)
_MONTHS = [name.lower() for name in calendar.month_name]
_WEEKDAYS = [name.lower() for name in calendar.day_name]
_ORDINALS = ("first", "second", "third", "fourth")
_SLACK = 6  # days a week-based quarter may be off: texts and calendars disagree by less than a week


@lru_cache(maxsize=256)
def fiscal_year_end(rule: str, year: int) -> date | None:
    """The last day of the fiscal year that ends in (or, for "nearest", about the month of) `year`; None: no such rule."""
    try:
        if match := re.fullmatch(r"(\d{2})-(\d{2})", rule):
            month, day = int(match[1]), int(match[2])
            return date(year, month, min(day, calendar.monthrange(year, month)[1]))
        if match := re.fullmatch(r"last-([a-z]+)-of-([a-z]+)", rule):
            month = _MONTHS.index(match[2])
            last = date(year, month, calendar.monthrange(year, month)[1])
            return last - timedelta(days=(last.weekday() - _WEEKDAYS.index(match[1])) % 7)
        if match := re.fullmatch(r"([a-z]+)-nearest-(\d{2})-(\d{2})", rule):
            around = date(year, int(match[2]), int(match[3]))
            ahead = (_WEEKDAYS.index(match[1]) - around.weekday()) % 7
            return around + timedelta(days=ahead if ahead <= 3 else ahead - 7)
    except (ValueError, calendar.IllegalMonthError):
        return None
    return None


def fiscal_label(period: Period, rule: str) -> str | None:
    """The period as part of a fiscal year, or None where it is no quarter, half, nine months or year of one.

    Years that end on a date are written by both calendar years they touch ("FY2025/26"); years of
    52 or 53 weeks, as their companies do, by the one they end in ("FY2027").
    """
    if period.start is None or period.end is None:
        return None
    try:
        return next(
            filter(None, (_part_of(period.start, period.end, rule, year) for year in (period.end.year, period.end.year + 1))),
            None,
        )
    except (OverflowError, ValueError):  # at the calendar's own ends
        return None


def _part_of(first_day: date, last_day: date, rule: str, year: int) -> str | None:
    """The label of a stretch within the fiscal year that ends in `year`."""
    end, before = fiscal_year_end(rule, year), fiscal_year_end(rule, year - 1)
    if end is None or before is None:
        return None
    by_date = rule[0].isdigit()
    if by_date and end.month == 12:
        return None  # the calendar year: plain words are better
    start, slack = before + _DAY, 0 if by_date else _SLACK
    name = f"FY{year - 1}/{year % 100:02d}" if by_date else f"FY{year}"
    bounds = [_add_months(start, 3 * n) if by_date else start + timedelta(weeks=13 * n) for n in range(4)] + [end + _DAY]
    for first, last, words in _PARTS:
        if _near(first_day, bounds[first], slack) and _near(last_day, bounds[last] - _DAY, slack):
            return words.format(name)
    return None


_PARTS = (
    (0, 4, "{}"),
    (0, 2, "first half of {}"),
    (2, 4, "second half of {}"),
    (0, 3, "first nine months of {}"),
    *((n, n + 1, f"{_ORDINALS[n]} quarter of {{}}") for n in range(4)),
)


def _near(day: date, other: date, slack: int) -> bool:
    return abs((day - other).days) <= slack


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _month_ends(day: date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]


@dataclass(frozen=True, slots=True)
class Periods:
    """Days and periods as one language writes them."""

    language: str = "en"

    def day(self, day: date) -> str:
        """ "7 January 2026"."""
        return format_date(day, "d MMMM y", locale=self.language)

    def _month(self, day: date, *, year: bool = True) -> str:
        return format_date(day, "LLLL y" if year else "LLLL", locale=self.language)

    def words(self, period: Period, fiscal: str | None = None, *, fiscal_first: bool = False) -> str:
        """A period in words; `fiscal` is the calendar to name it by, before the plain calendar where `fiscal_first`."""
        start, end = period.start, period.end
        if start is None and end is None:
            return "at an unstated time"
        if start is None:
            assert end is not None  # noqa: S101 - tells the checker what the line before has ruled out
            return f"by {self._end(end)}"
        if end is None:
            return f"from {self._month(start) if start.day == 1 else self.day(start)}"
        label = fiscal_label(period, fiscal) if fiscal else None
        if label and fiscal_first:
            return label
        return self._calendar(start, end) or label or self._span(start, end)

    def _end(self, end: date) -> str:
        if end.month == 12 and end.day == 31:
            return f"the end of {end.year}"
        return f"the end of {self._month(end)}" if _month_ends(end) else self.day(end)

    def _calendar(self, start: date, end: date) -> str | None:
        """The name of a calendar stretch: a day, part of a month, month, quarter, half or year."""
        if start == end:
            return self.day(start)
        if start.year != end.year:
            whole = (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
            return f"{start.year} to {end.year}" if whole else None
        if start.month == end.month:
            if start.day == 1 and _month_ends(end):
                return self._month(start)
            part = {(1, 10): "early", (11, 20): "mid"}.get((start.day, end.day))
            if part is None and start.day == 21 and _month_ends(end):
                part = "late"
            return f"{part} {self._month(start)}" if part else None
        if start.day != 1 or not _month_ends(end):
            return None
        months = end.month - start.month + 1
        if months == 12:
            return str(start.year)
        if months in {3, 6} and (start.month - 1) % months == 0:
            return f"{_ORDINALS[(start.month - 1) // months]} {'quarter' if months == 3 else 'half'} of {start.year}"
        return f"{self._month(start, year=False)} to {self._month(end)}"

    def _span(self, start: date, end: date) -> str:
        if start > end:
            return f"{self.day(start)} to {self.day(end)}"
        if (start.year, start.month) == (end.year, end.month):
            return f"{start.day} to {self.day(end)}"
        first = format_date(start, "d MMMM" if start.year == end.year else "d MMMM y", locale=self.language)
        return f"{first} to {self.day(end)}"

    def shift(self, before: Period, after: Period) -> str | None:
        """By how much a period moved: "3 months later", "starts 12 days earlier"; None where its ends moved differently."""
        moves = [
            _moved(old, new)
            for old, new in ((before.start, after.start), (before.end, after.end))
            if old is not None and new is not None
        ]
        if not any(moves):
            return None
        if len(moves) == 1 or len(set(moves)) == 1:
            return moves[0]
        first, last = moves
        if first and last:
            return None
        return f"starts {first}" if first else f"ends {last}"


def _moved(old: date, new: date) -> str | None:
    if old == new:
        return None
    later = "later" if new > old else "earlier"
    months = abs((new.year - old.year) * 12 + new.month - old.month)
    if months and (new.day == old.day or (_month_ends(new) and _month_ends(old))):
        return f"{months} month{'s' if months != 1 else ''} {later}"
    days = abs((new - old).days)
    return f"{days} day{'s' if days != 1 else ''} {later}"
