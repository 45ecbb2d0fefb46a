"""Times that hang on another time: on the day of publication, or on a period named before."""

from __future__ import annotations

import re
from datetime import date, timedelta

from flows.extract import calendars
from flows.extract.calendars import MONTHS, WEEKDAYS
from flows.extract.dates import COUNT, MONTH, count_of, year_after
from flows.extract.folding import any_of
from flows.extract.parts import read_part
from flows.extract.spans import FiscalPart
from flows.extract.stretches import Page, Stretch, settle
from storage.values import Period

SEASONS = frozenset({"spring", "summer", "autumn", "fall", "winter"})
_UNIT = r"(?:day|week|month|quarter|year|decade)s?"
_NAMED = any_of((*MONTHS, *SEASONS, *WEEKDAYS))

WEEKDAY = re.compile(rf"{any_of(WEEKDAYS)}\b")
DAY = re.compile(r"(?:today|yesterday|tomorrow|tonight)\b")
RELATIVE = re.compile(
    r"(?P<which>last|this|next|previous|current|coming|preceding|prior|past)[ -](?:calendar )?"
    rf"(?P<unit>week|month|quarter|half|year|{_NAMED})\b"
)
EARLIER = re.compile(
    r"(?:(?P<way>earlier|later) (?:in )?(?P<which>this|last|next|the) (?P<unit>week|month|quarter|year)"
    r"|so far this (?P<sofar>year|quarter|month)|year[ -]to[ -]date|(?P<yearend>year-?end))\b"
)
AGO = re.compile(r"(?:ago|earlier|before|previously)\b")
YEAR_AGO = re.compile(r"(?:year-ago|year-earlier|prior-year|previous-year)(?: (?:period|quarter|half|month|figure|level))?\b")
SAME = re.compile(
    r"(?P<which>same|corresponding|comparable|equivalent|year-ago) "
    r"(?:[a-z0-9]+ (?=months|quarter))?(?P<unit>period|quarter|half|months?|week|day|year|time)\b"
)
HORIZON = re.compile(
    r"(?P<which>next|coming|past|last|previous|recent) "
    rf"(?:(?P<near>{COUNT})(?:(?: to | or |[-–])(?P<far>{COUNT}))? )?(?P<unit>{_UNIT})\b"
)
WITHIN = re.compile(
    r"(?P<word>within|in) (?:the )?(?:space of )?(?P<next>(?:next|coming) )?(?:about |around |just |only |some |roughly )?"
    rf"(?:(?P<near>{COUNT})(?:(?: to | or |[-–])(?P<far>{COUNT}))?|an?) (?P<unit>{_UNIT})\b"
)
SEASON = re.compile(rf"{any_of(SEASONS)}\b")
ANAPHOR = re.compile(r"(?:quarter|period|half-year|half|year|month)\b")

_DATE_FOLLOWS = re.compile(rf",? (?:the )?(?:[0-9]{{1,2}}(?:st|nd|rd|th)?,? (?:of )?)?{MONTH}")
_OF_A_YEAR = re.compile(r" of (?:the |its |this |last |next |fiscal |financial |(?:19|20)[0-9]{2})")
_COUNT_BEFORE = re.compile(rf"\b(?P<count>an?|{COUNT}|the) (?P<unit>day|week|month|quarter|year|decade)s? $")
_SAME_YEAR = re.compile(
    r"(?: of| in| during| from)?(?: the)? (?:last year|previous year|prior year|year before|year earlier|preceding year)\b"
    r"| (?:a|one|the) year (?:earlier|ago|before|previously)\b|(?: of| in) (?P<year>(?:19|20)[0-9]{2})\b"
)
_ANAPHOR_BEFORE = re.compile(
    r"\b(?:in|for|during|over|throughout|across|within) (?:the|that) "
    r"(?:(?P<adjective>same|reporting|full|whole|entire|reported|three-month|just-ended|past|preceding) )?$"
)
_NO_ANAPHOR = (" of ", "-", " 20", " 19", " in which", " to ", " when ")
_BACK = re.compile(r" (?:before|earlier|previously)\b(?! last)")
_RECORD_BEFORE = re.compile(r"\b(?:first|second|third|fourth|fifth|time|times|only|\w+est)\b[^.;\n]{0,30}$")
_SEASON_BEFORE = re.compile(r"\b(?:in|by|since|until|till|from|during|for|before|after|early|late|mid|through|of)[ -](?:the )?$")
_LAST_OF_YEAR = re.compile(r" of (?P<year>(?:19|20)[0-9]{2})\b")
_SHIFTS = {"last": -1, "past": -1, "this": 0, "current": 0, "next": 1, "coming": 1}
_UNIT_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120}


def read_weekday(page: Page, found: re.Match[str]) -> Stretch | None:
    """ "on Wednesday": the last one, the day of publication included; ahead, the next one."""
    text, low, anchor = page
    start, end = found.span()
    if not text[start].isupper() or low.endswith(("every ", "each ", "black ", "cyber ", "super ", "good ", "ash "), 0, start):
        return None
    if _DATE_FOLLOWS.match(low, end):
        return None  # "Tuesday, March 3": the date says it
    stretch = Stretch(start=start, end=end, form="relative", unit="day")
    if anchor is not None:
        number = WEEKDAYS[found[0]]
        stretch.period = calendars.day(anchor - timedelta(days=(anchor.weekday() - number) % 7))
        stretch.ahead = calendars.day(anchor + timedelta(days=(number - anchor.weekday()) % 7))
    return stretch


def read_day(page: Page, found: re.Match[str]) -> Stretch | None:
    """ "today", "yesterday", "tomorrow", "tonight"."""
    shift = {"yesterday": -1, "tomorrow": 1}.get(found[0], 0)
    when = None if page.anchor is None else calendars.day(page.anchor + timedelta(days=shift))
    return Stretch(start=found.start(), end=found.end(), form="relative", unit="day").at(when)


def around(unit: str, anchor: date, shift: int) -> Period:
    """The week, month, quarter, half or year that holds `anchor`, moved by `shift`."""
    if unit == "week":
        monday = anchor - timedelta(days=anchor.weekday() - 7 * shift)
        return Period(start=monday, end=monday + timedelta(days=6))
    if unit == "decade":
        first = (anchor.year // 10 + shift) * 10
        return calendars.years(first, first + 9)
    size = _UNIT_MONTHS.get(unit, 12)
    first = (anchor.month - 1) // size * size + 1 + size * shift
    return calendars.months(anchor.year, first, first + size - 1)


def later(anchor: date, unit: str, count: int) -> date:
    """The day `count` units after `anchor`, or before it."""
    if unit in {"day", "week"}:
        return anchor + timedelta(days=count * (7 if unit == "week" else 1))
    return calendars.shift_months(anchor, count * _UNIT_MONTHS[unit])


def read_relative(page: Page, found: re.Match[str]) -> Stretch | None:
    """ "last year", "this quarter", "next March", "the previous quarter"."""
    text, low, anchor = page
    start, end = found.span()
    which, unit = found["which"], found["unit"]
    if which == "last" and unit in {"quarter", "half", "month", "week"} and _OF_A_YEAR.match(low, end):
        return read_part(page, start) if unit in {"quarter", "half"} else None
    if which in {"previous", "prior", "preceding"}:
        if unit == "year":
            return Stretch(start=start, end=end, form="year_earlier", years=1, unit=unit)
        return Stretch(start=start, end=end, form="previous", unit=unit) if unit in _UNIT_MONTHS or unit == "week" else None
    stretch = Stretch(start=start, end=end, form="relative", unit=unit)
    shift = _SHIFTS[which]
    if unit in MONTHS or unit in SEASONS or unit in WEEKDAYS:
        if unit not in SEASONS and not text[found.start("unit")].isupper():
            return None
        stretch.unit = "day" if unit in WEEKDAYS else "month" if unit in MONTHS else "season"
        return stretch if anchor is None else stretch.at(_nearest(unit, shift, anchor))
    if unit in {"quarter", "half"}:
        stretch.fiscal = FiscalPart(part=unit, shift=shift, anchor=anchor)
    if anchor is None:
        return stretch
    if which == "past":
        return stretch.at(Period(start=later(anchor, "week" if unit == "week" else unit, -1), end=anchor))
    return stretch.at(around(unit, anchor, shift))


def _nearest(name: str, shift: int, anchor: date) -> Period:
    """ "last March", "next spring", "this Friday": the one before, after or around the day of publication."""
    if name in WEEKDAYS:
        days = (WEEKDAYS[name] - anchor.weekday()) % 7
        return calendars.day(anchor + timedelta(days=days if shift == 0 else days or 7 if shift > 0 else days - 7))

    def make(year: int) -> Period:
        return calendars.month(year, MONTHS[name]) if name in MONTHS else calendars.season(year, name)

    if shift == 0:
        return make(anchor.year)
    candidates = [make(anchor.year + offset) for offset in (-2, -1, 0, 1)]
    if shift < 0:
        return next(one for one in reversed(candidates) if one.end is not None and one.end < anchor)
    return next(one for one in candidates if one.start is not None and one.start > anchor)


def read_earlier(page: Page, found: re.Match[str]) -> Stretch | None:
    """ "earlier this month", "later this year", "so far this year", "year to date", "year-end"."""
    anchor = page.anchor
    unit = found["unit"] or found["sofar"] or "year"
    stretch = Stretch(start=found.start(), end=found.end(), form="day" if found["yearend"] else "relative", unit=unit)
    if anchor is None:
        return stretch
    if found["yearend"]:
        stretch.period = calendars.day(date(anchor.year - (0 if anchor.month == 12 else 1), 12, 31))
        stretch.ahead = calendars.day(date(anchor.year, 12, 31))
        return stretch
    shift = {"last": -1, "next": 1}.get(found["which"] or "", 0)
    whole = around(unit, anchor, shift)
    if shift:
        return stretch.at(whole)
    if found["way"] == "later":
        return stretch.at(Period(start=anchor, end=whole.end))
    return stretch.at(Period(start=whole.start, end=anchor))


def read_ago(page: Page, found: re.Match[str]) -> Stretch | None:
    """ "two weeks ago", "a year earlier", "twelve months before", "the year before"."""
    low, anchor = page.low, page.anchor
    start, end = found.span()
    before = _COUNT_BEFORE.search(low, max(0, start - 24), start)
    if before is None:
        return None
    word, unit, back = before["count"], before["unit"], found[0] == "ago"
    begin = before.start()
    if word == "the" and back:
        return None
    if low.startswith("before last", start):
        period = None if anchor is None else around(unit, anchor, -2)
        return Stretch(start=begin, end=end + 5, form="relative", unit=unit).at(period) if unit in _UNIT_MONTHS else None
    count = 1 if word in {"a", "an", "the"} else count_of(word)
    if unit == "month" and count and count % 12 == 0:
        unit, count = "year", count // 12
    if unit == "year" and (count == 1 or not back):
        return Stretch(start=begin, end=end, form="year_earlier", years=count, unit="year")
    if not back:
        # "three months before" is the quarter before; "two weeks before the launch" hangs on the launch
        unit = "quarter" if (unit, count) == ("month", 3) else unit
        counted = count == 1 or unit == "quarter"
        return (
            Stretch(start=begin, end=end, form="previous", unit=unit)
            if counted and unit in {"month", "quarter", "week"}
            else None
        )
    stretch = Stretch(start=begin, end=end, form="relative", unit=unit)
    if anchor is None or (unit == "decade" and count > 9):
        return stretch
    if unit == "day":
        return stretch.at(calendars.day(anchor - timedelta(days=count)))
    if unit == "decade":
        return stretch.at(calendars.year_of(anchor.year - 10 * count))
    return stretch.at(around(unit, anchor, -count))


def read_year_ago(_: Page, found: re.Match[str]) -> Stretch | None:
    """ "the year-ago period", "the prior-year quarter"."""
    return Stretch(start=found.start(), end=found.end(), form="year_earlier", years=1, unit="period")


def read_same(page: Page, found: re.Match[str]) -> Stretch | None:
    """ "the same period", "the corresponding quarter last year", "the same three months of 2025"."""
    start, end = found.span()
    unit = {"months": "period", "time": "period"}.get(found["unit"], found["unit"])
    tail = _SAME_YEAR.match(page.low, end)
    if tail is not None and tail["year"]:
        return Stretch(start=start, end=tail.end(), form="same", unit=unit, year=int(tail["year"]))
    if tail is not None:
        return Stretch(start=start, end=tail.end(), form="year_earlier", years=1, unit=unit)
    if found["unit"] in {"time", "day", "week"}:
        return None
    if found["which"] == "same":
        return Stretch(start=start, end=end, form="same", unit=unit)
    return Stretch(start=start, end=end, form="year_earlier", years=1, unit=unit)


def read_anaphor(page: Page, found: re.Match[str]) -> Stretch | None:
    """ "in the quarter", "for the full year": the period that is being spoken of."""
    low = page.low
    start, end = found.span()
    before = _ANAPHOR_BEFORE.search(low, max(0, start - 32), start)
    if before is None or low.startswith(_NO_ANAPHOR, end):
        return None
    unit, adjective = found[0].removesuffix("-year"), before["adjective"]
    begin = before.start("adjective") if adjective else start
    back = _BACK.match(low, end)
    if back is not None:
        form, years = ("year_earlier", 1) if unit == "year" else ("previous", 0)
        return Stretch(start=begin, end=back.end(), form=form, unit=unit, years=years)
    if adjective in {"past", "preceding"}:
        return Stretch(start=begin, end=end, form="previous", unit=unit)
    stretch = Stretch(start=begin, end=end, form="same", unit=unit)
    if unit == "year" and adjective in {"full", "whole", "entire"}:
        stretch.fiscal = FiscalPart(part="year", anchor=page.anchor)
    return stretch


def read_horizon(page: Page, found: re.Match[str]) -> Stretch | None:
    """ "the next three to four years", "the past decade": from the day of publication on, or back from it."""
    anchor = page.anchor
    start, end = found.span()
    which, unit = found["which"], found["unit"].removesuffix("s")
    if found["near"] is None and unit != "decade":
        return None
    near = 1 if found["near"] is None else count_of(found["near"])
    far = count_of(found["far"]) if found["far"] else near
    of_year = _LAST_OF_YEAR.match(page.low, end)
    if of_year is not None and which == "last" and unit in {"month", "quarter"}:
        size = far * _UNIT_MONTHS[unit]
        if not 1 <= size <= 12:
            return None
        made = Stretch(start=start, end=of_year.end(), form="month", dated=True)
        return made.at(calendars.months(int(of_year["year"]), 13 - size, 12))
    if which == "previous":
        if (unit, near) != ("month", 3):
            return None
        return Stretch(start=start, end=end, form="previous", unit="quarter")
    back = which in {"past", "last", "recent"}
    stretch = Stretch(start=start, end=end, form="relative" if back else "horizon", unit=unit)
    if anchor is None:
        return stretch
    if back:
        return stretch.at(Period(start=later(anchor, unit, -far), end=anchor))
    return stretch.at(Period(start=anchor if far == near else later(anchor, unit, near), end=later(anchor, unit, far)))


def read_within(page: Page, found: re.Match[str]) -> Stretch | None:
    """ "within three to four years", "in four years": until then. Shorter spans are lengths, not dates."""
    low, anchor = page.low, page.anchor
    unit, inside = found["unit"].removesuffix("s"), found["word"] == "within"
    if (unit not in {"year", "decade"} and not found["next"]) or (found["near"] is None and not inside):
        return None
    if not inside and _RECORD_BEFORE.search(low, max(0, found.start() - 40), found.start()):
        return None  # "for the first time in three years" looks back
    near = 1 if found["near"] is None else count_of(found["near"])
    far = count_of(found["far"]) if found["far"] else near
    stretch = Stretch(start=found.start(), end=found.end(), form="horizon", unit=unit)
    if anchor is None:
        return stretch
    return stretch.at(Period(start=later(anchor, unit, near) if far != near else None, end=later(anchor, unit, far)))


def read_season(page: Page, found: re.Match[str]) -> Stretch | None:
    """ "in autumn", "spring 2027"; "fall" only where it cannot be the verb."""
    name, low = found[0], page.low
    start, end = found.span()
    year, stop = year_after(low, end, page.anchor)
    if stop == end:
        before = _SEASON_BEFORE.search(low, max(0, start - 12), start)
        if before is None or (name == "fall" and not before[0].endswith("the ")):
            return None
    stretch = Stretch(start=start, end=stop, form="season", make=lambda year: calendars.season(year, name))
    return settle(stretch, year, page.anchor)
