"""Reading dates: days, months, quarters, halves, years and fiscal years at a place in the text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from flows.extract import calendars
from flows.extract.calendars import MONTHS
from flows.extract.spans import FiscalPart
from storage.values import Period

Maker = Callable[[int], Period]


@dataclass(slots=True, kw_only=True)
class Stretch:
    """A stretch of time being read. `make` gives its days in a year, where the year is not said."""

    start: int
    end: int
    form: str
    period: Period | None = None
    ahead: Period | None = None
    make: Maker | None = None
    fiscal: FiscalPart | None = None
    unit: str | None = None
    event: str | None = None
    years: int = 0
    year: int | None = None
    preposition: str | None = None
    inner: Period | None = None
    dated: bool = False  # the text says the year
    joined: bool = False


MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b"
)
_DAY = r"[0-9]{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)[0-9]{2}"
YEAR_TAIL = re.compile(
    rf"(?:,? (?:of |in )?(?P<year>{_YEAR})(?![0-9/]|[-–][0-9]{{2}}\b|,[0-9])|,? (?:of |in )?(?P<rel>last|this|next|the same|the following|the previous|the current) year\b"
    rf"| ?['’](?P<short>[0-9]{{2}})\b)"
)
_MONTH_DAY = re.compile(
    rf"(?P<month>{MONTH})\.? (?:the )?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9:.,]*[0-9%])(?:(?: ?[-–] ?| to | and )(?P<last>[0-9]{{1,2}})(?:st|nd|rd|th)?\b(?! {MONTH}))?"
)
_DAY_MONTH = re.compile(
    rf"(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?:(?: ?[-–/] ?| to | and )(?P<last>[0-9]{{1,2}})(?:st|nd|rd|th)?)? (?:of )?$"
)
_ISO = re.compile(r"(?P<year>(?:19|20)[0-9]{2})-(?P<month>0[1-9]|1[0-2])-(?P<day>[0-3][0-9])(?![0-9])")
_PREPOSED = re.compile(
    r"(?:\b(?:in|by|since|until|till|from|last|next|early|late|mid|of|this|to|through|between|before|after|during|for|and|on|around|starting|beginning|ending|ended"
    r"|end|every|each|only|was|is|than|with|as of)[ -](?:the )?|[(/–-])$"
)
_SHORT = frozenset(("jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec"))
_DOUBTFUL = frozenset(
    {
        "may",
        "march",
        "april",
        "june",
        "august",
        "mar",
        "jan",
        "dec",
        "sep",
        "jun",
        "jul",
        "apr",
        "feb",
        "oct",
        "nov",
        "aug",
        "sept",
    }
)
_ORDINAL = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "final": 4,
    "closing": 4,
    "opening": 1,
    "latter": 2,
    "last": 4,
}
_COUNT = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "eighteen": 18,
    "twenty-four": 24,
}
COUNT = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|eighteen|twenty-four|[0-9]{1,2})"

_MONTH_NAME = re.compile(MONTH)
ENDED = re.compile(
    rf"(?:,? (?:which |that )?(?:ended|ending|ends|to|through|until|closed|closing)(?: on| in| at)?|,? \((?:which |that )?(?:ended|ending|to)(?: on| in)?)(?: the)?(?: end of)? (?={MONTH}|[0-9]{{1,2}}(?:st|nd|rd|th)? (?:of )?{MONTH}|{_YEAR}-[01][0-9]-)"
)


def count_of(word: str) -> int:
    """A count written as a word or in digits."""
    return _COUNT[word] if word in _COUNT else int(word)


def full_year(two: str) -> int:
    """The year that two digits after an apostrophe or "FY" mean."""
    return 2000 + int(two) if int(two) < 70 else 1900 + int(two)


def settle(stretch: Stretch, year: int | None, anchor: date | None) -> Stretch:
    """Give a stretch without a year its periods: of `year`, else the readings before and after the anchor."""
    make = stretch.make
    if make is None:
        return stretch
    try:
        if year is not None:
            stretch.period = stretch.ahead = make(year)
            stretch.dated = True
        elif anchor is not None:
            stretch.period = next(
                p
                for p in (make(anchor.year), make(anchor.year - 1), make(anchor.year - 2))
                if p.start is None or p.start <= anchor
            )
            stretch.ahead = next(
                p for p in (make(anchor.year - 1), make(anchor.year), make(anchor.year + 1)) if p.end is None or p.end >= anchor
            )
    except (ValueError, StopIteration):  # 30 February, or a year outside the calendar
        stretch.period = stretch.ahead = None
        if year is not None or anchor is not None:
            stretch.form = "none"
    return stretch


def year_after(low: str, end: int, anchor: date | None) -> tuple[int | None, int]:
    """The year that follows a date ("2026", "last year", "'26"), and where it ends."""
    tail = YEAR_TAIL.match(low, end)
    if tail is None:
        return None, end
    if tail["year"]:
        return int(tail["year"]), tail.end()
    if tail["short"]:
        return full_year(tail["short"]), tail.end()
    shift = {"last": -1, "the previous": -1, "this": 0, "the same": 0, "the current": 0, "next": 1, "the following": 1}[
        tail["rel"]
    ]
    return (None if anchor is None else anchor.year + shift), tail.end()


def read_day_or_month(text: str, low: str, start: int, end: int, anchor: date | None) -> Stretch | None:
    """The date that the month name at `start:end` belongs to: "March 31", "6-9 January 2026", "Sept.", "in May"."""
    name = low[start:end]
    number = MONTHS[name]
    following = _MONTH_DAY.match(low, start)
    if following is not None and 1 <= int(following["day"]) <= 31:
        first, last = int(following["day"]), int(following["last"] or following["day"])
        begin, close = start, following.end()
    elif (before := _DAY_MONTH.search(low, max(0, start - 16), start)) is not None and _stands_free(low, before.start()):
        if text[start].islower() and name in {"may", "march"}:
            return None
        first, last = int(before["day"]), int(before["last"] or before["day"])
        begin, close = before.start(), end + (1 if low.startswith(".", end) and name in _SHORT else 0)
    else:
        return _read_month(text, low, start, end, number, anchor)
    if not 1 <= first <= last <= 31:
        return None
    year, stop = year_after(low, close, anchor)

    def make(year: int) -> Period:
        return Period(start=date(year, number, first), end=date(year, number, last))

    return settle(Stretch(start=begin, end=stop, form="day", make=make), year, anchor)


def _stands_free(low: str, start: int) -> bool:
    return (
        start == 0
        or not (low[start - 1].isalnum() or low[start - 1] in ".,$€£/-")
        or (low[start - 1] in ".," and start > 1 and not low[start - 2].isdigit())
    )


def _read_month(text: str, low: str, start: int, end: int, number: int, anchor: date | None) -> Stretch | None:
    if not text[start].isupper():
        return None
    name = low[start:end]
    close = end + 1 if low.startswith(".", end) and name in _SHORT else end
    year, stop = year_after(low, close, anchor)
    stated = stop > close
    if not stated:
        preposed = _PREPOSED.search(low, max(0, start - 14), start) is not None
        if name in _DOUBTFUL and not preposed:
            return None
        if not preposed and re.compile(r" [A-Z][a-z]").match(text, close):
            return None
        stop = end if close != end and not re.compile(r"\.[ ,;)]").match(low, end) else stop
    stretch = Stretch(start=start, end=stop, form="month", make=lambda year: calendars.month(year, number))
    return settle(stretch, year, anchor)


def read_iso(low: str, start: int) -> Stretch | None:
    """2026-03-02."""
    found = _ISO.match(low, start)
    if found is None:
        return None
    try:
        when = date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
    return Stretch(start=start, end=found.end(), form="day", period=calendars.day(when), ahead=calendars.day(when))


_FISCAL_YEAR = re.compile(
    r"(?:(?:the |its |their |our |his |her |a )?(?:company['’]s |group['’]s )?(?P<when>current |last |previous |prior |next |latest |full |same |coming |new |most recent )?)"
    r"(?:(?P<slash>(?:19|20)[0-9]{2})(?:[/–-](?P<to>(?:20)?[0-9]{2}))? (?:fiscal|financial|business) year"
    r"|(?:fiscal|financial|business)(?: |-)(?:year(?: |-)?)?(?P<named>(?:19|20)[0-9]{2})(?:[/–-](?P<named_to>(?:20)?[0-9]{2})(?![0-9]))?"
    r"|fy ?['’]?(?P<fy>(?:20)?[0-9]{2})(?:[/–-](?P<fy_to>(?:20)?[0-9]{2})(?![0-9]))?(?![0-9])"
    r"|(?P<split>(?:19|20)[0-9]{2})[/](?P<split_to>(?:20)?[0-9]{2})(?![0-9/])"
    r"|(?P<bare>(?:fiscal|financial|business)[ -]year)s?)(?![a-z0-9])"
)
_SHIFT = {
    "current": 0,
    "last": -1,
    "previous": -1,
    "prior": -1,
    "next": 1,
    "coming": 1,
    "latest": -1,
    "most recent": -1,
    "new": 0,
}


def read_fiscal_year(low: str, start: int, anchor: date | None) -> Stretch | None:
    """ "fiscal 2027", "FY26", "its 2025/26 fiscal year", "the fiscal year that ended in March"."""
    found = _FISCAL_YEAR.match(low, start)
    if found is None:
        return None
    begin, to = next(
        (
            (found[a], found[b])
            for a, b in (("slash", "to"), ("named", "named_to"), ("fy", "fy_to"), ("split", "split_to"))
            if found[a]
        ),
        (None, None),
    )
    year = None
    if begin is not None:
        year = full_year(begin) if len(begin) == 2 else int(begin)
        if to is not None:
            named = full_year(to) if len(to) == 2 else int(to)
            if named != year + 1:
                return None
            year = named
    when = (found["when"] or "").strip()
    shift = _SHIFT.get(when) if year is None else None
    part = FiscalPart(part="year", year=year, shift=shift, anchor=anchor)
    return Stretch(start=start, end=found.end(), form="fiscal", fiscal=part, unit="year")


_PART = re.compile(
    r"(?P<ordinal>first|second|third|fourth|final|last|closing|opening|latter|1st|2nd|3rd|4th)[ -](?:(?P<fiscal>fiscal|financial)[ -])?(?:calendar )?"
    r"(?:(?P<unit>quarter|half)(?:[ -]year)?|(?P<count>two|three|six|nine|3|6|9) (?P<months>months|quarters))\b(?P<adjective>-)?"
)
_SHORT_PART = re.compile(
    r"(?:(?P<q>q)(?P<qi>[1-4])|(?P<h>h)(?P<hi>[12])|(?P<iq>[1-4])(?P<q2>q)|(?P<ih>[12])(?P<h2>h))(?:[ -]?(?:(?P<fy>fy) ?)?['’]?(?P<year>20[0-9]{2}(?:[/–-](?:20)?[0-9]{2})?|[0-9]{2}(?:/[0-9]{2})?)(?![0-9]))?(?![a-z0-9])"
)
_OF_YEAR = re.compile(
    rf"(?: of| in|,)?(?: the)?(?: calendar)?(?: year)? (?P<year>{_YEAR})(?![0-9/]|[-–][0-9])|(?: of| in)? (?P<rel>last|this|next|the current|the same|the previous|the following|the) (?:calendar )?year\b|,? ['’](?P<short>[0-9]{{2}})\b"
)
_OF = re.compile(
    r"(?:[ -](?:of|in)|,)? (?=(?:the |its |their |our |a )?(?:company['’]s |group['’]s )?(?:current |last |previous |prior |next |new )?(?:fiscal|financial|business|fy|(?:19|20)[0-9]{2}[/–-][0-9]{2}))"
)


def read_part(low: str, start: int, anchor: date | None) -> Stretch | None:
    """ "the third quarter of 2026", "first half of its 2025/26 fiscal year", "Q3 FY26", "1H26", "first nine months of 2025"."""
    long = _PART.match(low, start)
    fiscal_year: Stretch | None = None
    own_fiscal = False
    year: int | None = None
    if long is not None:
        unit = long["unit"] or "months"
        index = _ORDINAL[long["ordinal"]]
        if unit == "half" and index > 2:
            index = 2 if long["ordinal"] in {"final", "closing", "latter", "last"} else 3
        if unit == "half" and index > 2:
            return None
        if unit == "months":
            index = count_of(long["count"]) * (3 if long["months"] == "quarters" else 1)
            if long["ordinal"] not in {"first", "opening", "1st"}:
                return None
        own_fiscal, end = long["fiscal"] is not None, long.end() - (1 if long["adjective"] else 0)
    else:
        short = _SHORT_PART.match(low, start)
        if short is None:
            return None
        unit = "quarter" if short["q"] or short["q2"] else "half"
        index = int(short["qi"] or short["hi"] or short["iq"] or short["ih"])
        end = short.end()
        if short["year"]:
            digits = re.split("[/–-]", short["year"])
            year = full_year(digits[-1]) if len(digits[-1]) == 2 else int(digits[-1])
            own_fiscal = short["fy"] is not None or len(digits) > 1
    if year is None:
        of = _OF.match(low, end)
        if of is not None:
            fiscal_year = read_fiscal_year(low, of.end(), anchor)
        if fiscal_year is None and (tail := _OF_YEAR.match(low, end)) is not None:
            end = tail.end()
            if tail["rel"]:
                relative = {"last": -1, "the previous": -1, "next": 1, "the following": 1}.get(tail["rel"], 0)
                year = None if anchor is None or tail["rel"] == "the" else anchor.year + relative
            else:
                year = full_year(tail["short"]) if tail["short"] else int(tail["year"])
    if fiscal_year is not None and fiscal_year.fiscal is not None:
        part = replace(fiscal_year.fiscal, part=unit, index=index)
        return Stretch(start=start, end=fiscal_year.end, form="fiscal", fiscal=part, unit=unit)
    part = FiscalPart(part=unit, index=index, year=year, anchor=anchor)
    if own_fiscal:
        return Stretch(start=start, end=end, form="fiscal", fiscal=part, unit=unit)

    def make(year: int) -> Period:
        match unit:
            case "quarter":
                return calendars.quarter(year, index)
            case "half":
                return calendars.half(year, index)
            case _:
                return calendars.months(year, 1, index)

    stretch = Stretch(start=start, end=end, form="quarter" if unit == "months" else unit, make=make, unit=unit)
    stretch.fiscal = part
    return settle(stretch, year, anchor)


def end_of(text: str, low: str, end: int, anchor: date | None, *, within: Period | None = None) -> tuple[date, int] | None:
    """The last day that "ended Sept. 30", "to June" or "which ended on April 26" gives, and where it ends.

    `within` tells between which days it must lie, where the text numbers the year it belongs to.
    """
    found = ENDED.match(low, end)
    if found is None:
        return None
    position = found.end()
    stretch = read_iso(low, position)
    if stretch is None:
        name = _MONTH_NAME.search(low, position, position + 22)
        if name is None:
            return None
        stretch = read_day_or_month(text, low, name.start(), name.end(), anchor)
        if stretch is None or stretch.form == "none":
            return None
    period = stretch.ahead if "ending" in found[0] else stretch.period
    if (
        within is not None
        and not stretch.dated
        and stretch.make is not None
        and within.end is not None
        and within.start is not None
    ):
        readings = [stretch.make(year) for year in (within.start.year, within.end.year)]
        period = next((p for p in readings if p.end is not None and within.start <= p.end <= within.end), period)
    if period is None or period.end is None:
        return None
    return period.end, stretch.end + (1 if "(" in found[0] and low.startswith(")", stretch.end) else 0)
