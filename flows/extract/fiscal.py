"""What a mention of time means once the company's calendar, or the period it points back to, is known."""

from __future__ import annotations

from datetime import date, timedelta

from flows.extract import calendars
from flows.extract.parts import MONTHS_OF
from flows.extract.spans import FiscalPart, TimeMention
from storage.values import Period

_GRACE = timedelta(days=3)  # a quarter is reported after it ended, give or take a time zone and a weekend
_NEAR = 10  # days by which a date in the text may miss the calendar's own: "the quarter ended in April"


def opened(period: Period | None, preposition: str | None) -> Period | None:
    """The period with the end open that a preposition leaves open: "by" opens the start, "since" the end."""
    if period is None or preposition is None:
        return period
    one = timedelta(days=1)
    match preposition:
        case "by" | "until":
            return Period(start=None, end=period.end)
        case "before":
            return Period(start=None, end=None if period.start is None else period.start - one)
        case "after":
            return Period(start=None if period.end is None else period.end + one, end=None)
        case _:
            return Period(start=period.start, end=None)


def fiscal_period(mention: TimeMention, year_end: str, *, ahead: bool = False) -> Period | None:
    """The days of a mention that speaks of a fiscal year, by the company's calendar.

    `year_end` is "03-31" or "last-sunday-of-january" (ValueError otherwise). Where the text names no
    year, the latest part that had ended by the day of publication is meant; with `ahead` the first
    that had not. None for a mention without a fiscal part, or where only that day could tell and it
    is unknown. A preposition that opens an end ("by the end of fiscal 2028") opens it here too.
    """
    if mention.fiscal is None:
        return None
    calendars.fiscal_year(year_end, 2000)  # a wrong rule is an error even where this mention would not need it
    return opened(_resolve(mention.fiscal, year_end, ahead=ahead), mention.preposition)


def _make(rule: str, part: FiscalPart, year: int, index: int | None) -> Period:
    match part.part:
        case "quarter" if index is not None:
            return calendars.fiscal_quarter(rule, year, index)
        case "half" if index is not None:
            return calendars.fiscal_half(rule, year, index)
        case "months":
            last = calendars.fiscal_quarter(rule, year, max(1, min(4, (index or 3) // 3)))
            return Period(start=calendars.fiscal_year(rule, year).start, end=last.end)
        case _:
            return calendars.fiscal_year(rule, year)


def _resolve(part: FiscalPart, rule: str, *, ahead: bool) -> Period | None:
    by_index: dict[str, tuple[int | None, ...]] = {"quarter": (1, 2, 3, 4), "half": (1, 2)}
    indices = by_index.get(part.part, (None,)) if part.index is None else (part.index,)
    if part.year is not None and part.ended is None:
        return _make(rule, part, part.year, part.index) if calendars.possible(part.year) and len(indices) == 1 else None
    anchor = part.ended or part.anchor
    if anchor is None or not calendars.possible(anchor.year):
        return None
    middle = calendars.fiscal_year_at(rule, anchor)
    if part.shift is not None and part.index is not None:  # "the third quarter of the last fiscal year"
        return _make(rule, part, middle + part.shift, part.index)
    made = [_make(rule, part, year, index) for year in range(middle - 2, middle + 3) for index in indices]
    ends = [(period, period.end) for period in made if period.end is not None]
    if part.ended is not None:
        nearest, end = min(ends, key=lambda pair: abs((pair[1] - anchor).days))
        if abs((end - anchor).days) <= _NEAR:
            return nearest
        return calendars.ending(anchor, (part.index or 3) if part.part == "months" else MONTHS_OF[part.part])
    if part.shift is not None:
        holding = next(place for place, (_, end) in enumerate(ends) if end >= anchor)
        return ends[holding + part.shift][0]
    if ahead:
        return next(period for period, end in ends if end >= anchor)
    return next(period for period, end in reversed(ends) if end <= anchor + _GRACE)


def against(mention: TimeMention, period: Period) -> Period | None:
    """The days of a mention that points back to `period`: `same`, `year_earlier`, `previous`; None for other forms."""
    match mention.form:
        case "year_earlier":
            return calendars.year_earlier(period, mention.years or 1)
        case "previous":
            return calendars.previous(period)
        case "same" if mention.year is not None:
            last = period.end or period.start or date(mention.year, 1, 1)
            return calendars.year_earlier(period, last.year - mention.year)
        case "same":
            return period
    return None


def year_earlier(period: Period, years: int = 1) -> Period:
    """The same period `years` before, by dates or, in a calendar of weeks, by 52 weeks."""
    return calendars.year_earlier(period, years)
