"""Reading parts of years: quarters, halves, months counted, fiscal years, and the day any of them ended on."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from flows.extract import calendars
from flows.extract.calendars import MONTHS
from flows.extract.dates import COUNT, MONTH, YEAR, count_of, full_year, read_iso, read_month, year_after
from flows.extract.spans import FiscalPart
from flows.extract.stretches import Page, Stretch, settle
from storage.values import Period

MONTHS_OF = {"month": 1, "quarter": 3, "half": 6, "half-year": 6, "year": 12}
PART_OF = {1: "month", 3: "quarter", 6: "half", 12: "year"}
_ORDINALS = {
    "first": 1, "1st": 1, "opening": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "final": 4,
    "closing": 4, "latter": 2, "last": 4,
}  # fmt: skip
ORDINAL_WORDS = frozenset(word for word in _ORDINALS if word.isalpha())
_ORDINAL = r"(?:first|second|third|fourth|final|last|closing|opening|latter|1st|2nd|3rd|4th)"

PART = re.compile(
    rf"(?P<ordinal>{_ORDINAL})[ -](?:(?P<fiscal>fiscal|financial)[ -])?(?:calendar )?"
    r"(?:(?P<unit>quarter|half)(?:[ -]year)?|(?P<count>two|three|six|nine|3|6|9) (?P<counted>months|quarters))\b"
)
SHORT_PART = re.compile(
    r"(?:q(?P<quarter>[1-4])|h(?P<half>[12])|(?P<quarter1>[1-4])q|(?P<half1>[12])h)"
    r"(?:[ -]?(?:(?P<fiscal>fy) ?)?['’]?(?P<year>20[0-9]{2}(?:[/–-](?:20)?[0-9]{2})?|[0-9]{2}(?:/[0-9]{2})?)(?![0-9]))?"
    r"(?![a-z0-9])"
)
_OWNER = r"(?:the |its |their |our |his |her |a )?(?:company['’]s |group['’]s |firm['’]s )?"
_WHICH = r"(?:(?P<which>current|last|previous|prior|next|latest|full|same|coming|new|most recent) )?"
FISCAL_YEAR = re.compile(
    rf"{_OWNER}{_WHICH}(?:(?P<y1>{YEAR})(?:[/–-](?P<t1>(?:20)?[0-9]{{2}}))? (?:fiscal|financial|business)[ -]year"
    rf"|(?:fiscal|financial|business)[ -](?:years?[ -]?)?(?P<y2>{YEAR})(?:[/–-](?P<t2>(?:20)?[0-9]{{2}})(?![0-9]))?"
    r"|fy ?['’]?(?P<y3>(?:20)?[0-9]{2})(?:[/–-](?P<t3>(?:20)?[0-9]{2})(?![0-9]))?(?![0-9])"
    rf"|(?P<y4>{YEAR})[/–-](?P<t4>(?:20)?[0-9]{{2}})(?![0-9/-])"
    r"|(?:fiscal|financial|business)[ -]years?)(?![a-z0-9])"
)
_SHIFTS = {
    "current": 0,
    "new": 0,
    "last": -1,
    "previous": -1,
    "prior": -1,
    "latest": -1,
    "most recent": -1,
    "next": 1,
    "coming": 1,
}
_FISCAL_WORD = re.compile(rf"{_WHICH}(?:fiscal|financial|business)[ -](?:year )?")
_PART_AFTER = re.compile(
    r"(?:['’]s)?,? (?=q[1-4]\b|h[12]\b|(?:first|second|third|fourth|final)[ -](?:quarter|half)|(?P<month>[a-z]+)[ -]quarter\b)"
)
_OF_FISCAL_YEAR = re.compile(
    rf"(?:[ -](?:of|in)|,)? (?={_OWNER}(?:(?:current|last|previous|prior|next|new|same|full|latest) )?"
    r"(?:fiscal|financial|business|fy|(?:19|20)[0-9]{2}[/–-][0-9]{2}|(?:19|20)[0-9]{2} (?:fiscal|financial)))"
)
_OF_YEAR = re.compile(r"(?: of| in|,)?(?: the)?(?: calendar)?(?: year)?(?= (?:19|20)[0-9]{2}(?![0-9/]|[-–][0-9]))")
_OF_THE_YEAR = re.compile(r"(?: of| in)? the (?:calendar )?year\b")
SPAN = re.compile(rf"(?P<count>{COUNT})[ -](?P<unit>month|week|quarter)s?(?= (?:to|through|ended|ending|until|that)\b| \(ended)")
QUARTER_TO = re.compile(
    r"(?P<unit>quarter|half-year|half|year|month|period)(?=,? (?:which |that )?(?:to|through|ended|ending|ends|until)"
    rf"(?: (?:on|in|at|the))*(?: end of)? (?:{MONTH}|[0-9]))"
)
_LONG_BEFORE = re.compile(rf"(?P<count>{COUNT})[ -](?P<unit>month|week) $")
_ENDED = re.compile(
    r"(?:,? (?:which |that )?(?:ended|ending|ends|to|through|until|closed|closing)(?: on| in| at)?"
    r"|,? \((?:which |that )?(?:ended|ending|to)(?: on| in)?)(?: the)?(?: end of)? "
    rf"(?={MONTH}|[0-9]{{1,2}}(?:st|nd|rd|th)? (?:of )?{MONTH}|{YEAR}-[01][0-9]-)"
)
_MONTH_NAME = re.compile(MONTH)


def ended_on(page: Page, end: int, *, within: Period | None = None) -> tuple[date, int] | None:
    """The last day that "ended Sept. 30", "to June" or "which ended on April 26" gives, and where it ends.

    `within` tells between which days it must lie, where the text numbers the year it belongs to.
    """
    found = _ENDED.match(page.low, end)
    if found is None:
        return None
    stretch = read_iso(page, found.end())
    if stretch is None:
        name = _MONTH_NAME.search(page.low, found.end(), found.end() + 22)
        stretch = None if name is None else read_month(page, name)
    if stretch is None:
        return None
    period = stretch.period
    if "ending" in found[0] and page.anchor is not None and _gap(stretch.ahead, page.anchor) <= _gap(period, page.anchor):
        period = stretch.ahead
    if (
        within is not None
        and within.start is not None
        and within.end is not None
        and stretch.make is not None
        and not stretch.dated
    ):
        readings = [stretch.make(year) for year in (within.start.year, within.end.year)]
        period = next((one for one in readings if one.end is not None and within.start <= one.end <= within.end), period)
    if period is None or period.end is None:
        return None
    return period.end, stretch.end + (1 if "(" in found[0] and page.low.startswith(")", stretch.end) else 0)


def _gap(period: Period | None, anchor: date) -> int:
    return 10**6 if period is None or period.end is None else abs((period.end - anchor).days)


def dated(page: Page, stretch: Stretch | None) -> Stretch | None:
    """A quarter, half or fiscal year with the day it ended on, where the text adds it."""
    if stretch is None or stretch.fiscal is None:
        return stretch
    part = stretch.fiscal
    found = ended_on(page, stretch.end, within=_when_it_ends(part))
    if found is None:
        return stretch
    when, stretch.end = found
    count = (part.index or 3) if part.part == "months" else MONTHS_OF[part.part]
    if (
        part.year is None
        and part.index is not None
        and part.part in {"quarter", "half"}
        and "year" in page.low[stretch.start : stretch.end]
    ):
        # "the third quarter of the fiscal year ending in March": it is the year that ends there.
        part = replace(part, year=when.year)
        when = calendars.shift_months(when, -count * (12 // count - (part.index or 0)))
    stretch.fiscal = replace(part, ended=when)
    return stretch.at(calendars.ending(when, count))


def _when_it_ends(part: FiscalPart) -> Period | None:
    """Between which days a part of a numbered fiscal year can end, whatever the company's calendar."""
    if part.year is None or not calendars.possible(part.year) or part.part == "months":
        return None
    size = MONTHS_OF[part.part]
    last = calendars.shift_months(date(part.year, 12, 31), -size * (12 // size - (part.index or 12 // size)))
    return Period(start=calendars.shift_months(last, -12) + timedelta(days=1), end=last)


def read_fiscal_year(page: Page, start: int) -> Stretch | None:
    """ "fiscal 2027", "FY26", "its 2025/26 fiscal year", "the last financial year"."""
    found = FISCAL_YEAR.match(page.low, start)
    if found is None:
        return None
    years = next(((found[f"y{way}"], found[f"t{way}"]) for way in (1, 2, 3, 4) if found[f"y{way}"]), None)
    year = None
    if years is not None:
        year = full_year(years[0])
        if years[1] is not None:
            if full_year(years[1]) != year + 1:
                return None  # "2024-27" are years, not one fiscal year
            year += 1
    shift = _SHIFTS.get(found["which"] or "") if year is None else None
    part = FiscalPart(part="year", year=year, shift=shift, anchor=page.anchor)
    return Stretch(start=start, end=found.end(), form="fiscal", fiscal=part, unit="year")


def read_fiscal(page: Page, start: int) -> Stretch | None:
    """A fiscal year or a part of it: "fiscal third quarter", "FY27 Q1", "the fiscal year that ended in March"."""
    word = _FISCAL_WORD.match(page.low, start)
    if word is not None and (part := read_part(page, word.end())) is not None and part.fiscal is not None:
        shift = _SHIFTS.get(word["which"] or "")
        fiscal = replace(part.fiscal, shift=shift) if part.fiscal.index is None else part.fiscal
        return dated(page, Stretch(start=start, end=part.end, form="fiscal", fiscal=fiscal, unit=part.unit))
    stretch = read_fiscal_year(page, start)
    if stretch is None or stretch.fiscal is None:
        return None
    after = _PART_AFTER.match(page.low, stretch.end)
    if after is not None:
        part = read_part(page, after.end())
        if part is not None and part.fiscal is not None and part.fiscal.year is None:
            stretch.fiscal = replace(stretch.fiscal, part=part.fiscal.part, index=part.fiscal.index)
            stretch.end, stretch.unit = part.end, part.unit
    return dated(page, stretch)


def part_of_year(page: Page, whole: Stretch, year: int) -> Stretch | None:
    """ "2026's third quarter", "2026 Q1": the part that follows a calendar year, or the year itself."""
    after = _PART_AFTER.match(page.low, whole.end)
    if after is not None and after["month"] in MONTHS:  # "the 2025 December quarter"
        month = _MONTH_NAME.match(page.low, after.end())
        quarter = None if month is None else read_month(page, month)
        if quarter is not None and quarter.form == "quarter" and not quarter.dated:
            quarter.start = whole.start
            return settle(quarter, year, page.anchor)
    part = None if after is None else read_part(page, after.end())
    if part is None or part.fiscal is None or part.fiscal.year is not None or part.make is None:
        return whole
    part.start, part.fiscal = whole.start, replace(part.fiscal, year=year)
    return settle(part, year, page.anchor)


def read_part(page: Page, start: int) -> Stretch | None:
    """ "the third quarter of 2026", "first half of its 2025/26 fiscal year", "Q3 FY26", "first nine months of 2025"."""
    low, anchor = page.low, page.anchor
    head = _long_part(low, start) or _short_part(low, start)
    if head is None:
        return None
    part, own_fiscal, end = head
    if part.year is None:
        of = _OF_FISCAL_YEAR.match(low, end)
        fiscal_year = None if of is None else read_fiscal_year(page, of.end())
        if fiscal_year is not None and fiscal_year.fiscal is not None:
            whole = fiscal_year.fiscal
            part = replace(part, year=whole.year, shift=whole.shift, anchor=anchor)
            return Stretch(start=start, end=fiscal_year.end, form="fiscal", fiscal=part, unit=part.part)
        of_year = _OF_YEAR.match(low, end)
        year, stop = year_after(low, of_year.end() if of_year is not None else end, anchor)
        if stop == end and (the_year := _OF_THE_YEAR.match(low, end)) is not None:
            stop = the_year.end()
        part, end = replace(part, year=year), stop
    part = replace(part, anchor=anchor)
    if own_fiscal:
        return Stretch(start=start, end=end, form="fiscal", fiscal=part, unit=part.part)
    unit, index = part.part, part.index or 1

    def make(year: int) -> Period:
        if unit == "quarter":
            return calendars.quarter(year, index)
        return calendars.half(year, index) if unit == "half" else calendars.months(year, 1, index)

    form = PART_OF.get(index, "relative") if unit == "months" else unit
    return settle(Stretch(start=start, end=end, form=form, make=make, unit=unit, fiscal=part), part.year, anchor)


_SLICES = {"first": (1, 7), "second": (8, 14), "third": (15, 21), "fourth": (22, 28)}
SLICE = re.compile(rf"(?P<which>first|second|third|fourth|last|final) (?P<unit>week|half|days) of (?=(?P<month>{MONTH}))")


def read_slice(page: Page, found: re.Match[str]) -> Stretch | None:
    """ "the first week of April", "the second half of March", "the last days of June"."""
    name = _MONTH_NAME.match(page.low, found.end())
    stretch = None if name is None else read_month(page, name)
    if stretch is None or stretch.form != "month":
        return None
    which, unit, make = found["which"], found["unit"], stretch.make

    def cut(whole: Period) -> Period:
        assert whole.start is not None  # noqa: S101 - a month has both ends
        assert whole.end is not None  # noqa: S101
        if unit == "half":
            middle = whole.start.replace(day=15)
            return (
                Period(start=whole.start, end=middle)
                if which == "first"
                else Period(start=middle + timedelta(days=1), end=whole.end)
            )
        if which in {"last", "final"}:
            return Period(start=whole.end - timedelta(days=6), end=whole.end)
        first, last = _SLICES[which]
        return Period(start=whole.start.replace(day=first), end=whole.start.replace(day=last))

    if make is not None:
        stretch.make = lambda year: cut(make(year))
    stretch.start = found.start()
    stretch.period = None if stretch.period is None else cut(stretch.period)
    stretch.ahead = None if stretch.ahead is None else cut(stretch.ahead)
    return stretch


OF_FISCAL = re.compile(
    r"(?P<ordinal>first|second|third|fourth|final)(?= of (?:the |its |their |our |a )(?:[a-z-]+['’]s )?"
    r"(?:[a-z]+ )?(?:fiscal|financial|business)[ -]year)"
)
_LENGTH_SAID = re.compile(r"\b(?P<unit>quarter|half)\b|\b(?P<three>three)[ -]months?\b|\bsix[ -]months?\b")


def read_of_fiscal(page: Page, found: re.Match[str]) -> Stretch | None:
    """ "the July-September quarter, the second of the company's fiscal year": which quarter of its year that was."""
    said = [*_LENGTH_SAID.finditer(page.low, max(0, found.start() - 60), found.start())]
    of = _OF_FISCAL_YEAR.match(page.low, found.end())
    whole = None if of is None or not said else read_fiscal_year(page, of.end())
    if whole is None or whole.fiscal is None:
        return None
    unit = said[-1]["unit"] or ("quarter" if said[-1]["three"] else "half")
    part = replace(whole.fiscal, part=unit, index=_ORDINALS[found["ordinal"]], anchor=page.anchor)
    return Stretch(start=found.start(), end=whole.end, form="fiscal", fiscal=part, unit=unit)


def _long_part(low: str, start: int) -> tuple[FiscalPart, bool, int] | None:
    found = PART.match(low, start)
    if found is None:
        return None
    unit, index = found["unit"] or "months", _ORDINALS[found["ordinal"]]
    if unit == "half":
        if index > 2:
            if found["ordinal"] not in {"final", "closing", "last"}:
                return None
            index = 2
    elif unit == "months":
        if index != 1:
            return None
        index = count_of(found["count"]) * (3 if found["counted"] == "quarters" else 1)
    return FiscalPart(part=unit, index=index), found["fiscal"] is not None, found.end()


def _short_part(low: str, start: int) -> tuple[FiscalPart, bool, int] | None:
    found = SHORT_PART.match(low, start)
    if found is None:
        return None
    unit = "quarter" if found["quarter"] or found["quarter1"] else "half"
    index = int(found["quarter"] or found["quarter1"] or found["half"] or found["half1"])
    years = re.split("[/–-]", found["year"]) if found["year"] else []
    year = full_year(years[-1]) if years else None
    return FiscalPart(part=unit, index=index, year=year), found["fiscal"] is not None or len(years) > 1, found.end()


def read_span(page: Page, found: re.Match[str]) -> Stretch | None:
    """ "the twelve months to March 31", "three months through December", "13 weeks ended April 26"."""
    ended = ended_on(page, found.end())
    return None if ended is None else _until(found.start(), ended, found["unit"], count_of(found["count"]), page.anchor)


def read_quarter_to(page: Page, found: re.Match[str]) -> Stretch | None:
    """ "the quarter to June", "the year ended March 31, 2026", "the nine-month period ended September"."""
    ended = ended_on(page, found.end())
    if ended is None:
        return None
    before = _LONG_BEFORE.search(page.low, max(0, found.start() - 16), found.start())
    if before is not None:
        return _until(before.start(), ended, before["unit"], count_of(before["count"]), page.anchor)
    if found["unit"] == "period":
        return None
    return _until(found.start(), ended, "month", MONTHS_OF[found["unit"]], page.anchor)


def _until(start: int, ended: tuple[date, int], unit: str, count: int, anchor: date | None) -> Stretch | None:
    when, end = ended
    if unit == "week":
        period = Period(start=when - timedelta(days=7 * count - 1), end=when)
        size = round(count * 7 / 30.44)
    else:
        size = count * (3 if unit == "quarter" else 1)
        period = calendars.ending(when, size)
    form = PART_OF.get(size, "relative")
    fiscal = FiscalPart(part=form, ended=when, anchor=anchor) if form in {"quarter", "half", "year"} else None
    return Stretch(start=start, end=end, form=form, fiscal=fiscal, unit=form).at(period)
