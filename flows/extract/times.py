"""Every stretch of time a text names, resolved to calendar days where it can be.

One pass finds the words that time expressions turn on; each is read with bounded looks to both
sides. Relative dates need `anchor`, the day of publication where the publisher is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from flows.extract import calendars, relative
from flows.extract.calendars import MONTHS
from flows.extract.dates import (
    COUNT,
    MONTH,
    Stretch,
    count_of,
    end_of,
    read_day_or_month,
    read_fiscal_year,
    read_iso,
    read_part,
    settle,
    year_after,
)
from flows.extract.folding import fold
from flows.extract.spans import Event, FiscalPart, TimeMention
from storage.values import Period

_UNIT = r"(?:day|week|month|quarter|year|decade)s?"
_ANCHOR = re.compile(
    rf"\b(?:(?P<month>{MONTH})"
    r"|(?P<part>(?:first|second|third|fourth|final|closing|opening|latter|1st|2nd|3rd|4th)[ -](?:(?:fiscal|financial|calendar)[ -])?(?:quarter|half|(?:two|three|six|nine|3|6|9) (?:months|quarters))\b"
    r"|q[1-4](?![0-9])|h[12](?![0-9])|[1-4]q(?=[0-9]{2}|fy| |\b)|[12]h(?=[0-9]{2}|fy))"
    r"|(?P<fiscal>(?:(?:current|last|previous|prior|next|latest|full|same|coming|new|most recent) )?(?:fiscal|financial|business)[ -](?:year|(?:19|20)[0-9]{2}|q[1-4]|h[12]|(?:first|second|third|fourth)[ -](?:quarter|half))|fy ?['’]?[0-9]{2})"
    r"|(?P<year>(?:19|20)[0-9]{2}(?![0-9]))"
    r"|(?P<portion>(?:early|late|mid|middle|beginning|start|end|turn)(?:[ -]))"
    r"|(?P<weekday>(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b)"
    r"|(?P<day>today|yesterday|tomorrow|tonight)\b"
    rf"|(?P<relative>(?:(?:last|this|next|previous|current|coming|preceding|prior|following|past)[ -](?:calendar )?(?:week|month|quarter|year|half|{MONTH}|spring|summer|autumn|fall|winter|monday|tuesday|wednesday|thursday|friday|saturday|sunday))\b)"
    rf"|(?P<earlier>(?:earlier|later) (?:in )?(?:this|last|next|the) (?:week|month|quarter|year)\b|so far this (?:year|quarter|month)\b|(?:the )?year to date\b|year-to-date\b|year-?end\b)"
    rf"|(?P<ago>ago|earlier|before|previously)\b"
    r"|(?P<yearago>(?:year-ago|year-earlier|prior-year|previous-year)(?: (?:period|quarter|half|month|figure|level))?)\b"
    r"|(?P<same>(?:same|corresponding|comparable|equivalent|year-ago) (?:period|quarter|half|month|week|day|year|time|[a-z0-9]+ months|[a-z0-9]+ quarter))\b"
    rf"|(?P<span>{COUNT}(?:[ -]months?|[ -]weeks?|[ -]quarters?)(?= (?:to|through|ended|ending|until|that)\b))"
    rf"|(?P<quarter>(?:quarter|half|half-year|year|month|period)(?=,? (?:which |that )?(?:to|through|ended|ending|ends|until)(?: (?:on|in|at|the))*(?: end of)? (?:{MONTH}|[0-9])))"
    rf"|(?P<horizon>(?:next|coming|following|past|last|previous|recent|first) (?:(?P<n>{COUNT})(?:(?: to | or |[-–])(?P<m>{COUNT}))?|few|several|couple of|half) (?P<unit>{_UNIT})\b|(?:next|coming|past|last) decade\b)"
    rf"|(?P<within>(?:within|in) (?:the )?(?:space of )?(?:next )?(?:about |around |just |only |some |roughly )?(?:(?P<wn>{COUNT})(?:(?: to | or |[-–])(?P<wm>{COUNT}))?|a|an) (?P<wunit>{_UNIT})\b)"
    r"|(?P<season>spring|summer|autumn|fall|winter)\b"
    r"|(?P<anaphor>(?:quarter|period|year|half|month)\b))"
    r"|(?P<han>(?:(?:19|20)[0-9]{2}|今|去|明|前)年|[0-9]{1,2}月[0-9]{1,2}日|第[一二三四1-4]季度|[上下]半年|(?:本|上|下)(?:月|季度|周)|昨[日天]|今[日天]|明[日天])"
)
_OPENERS = re.compile(
    r"(?<![a-z])(?P<word>not before|no earlier than|no sooner than|not until|not earlier than|before|prior to|ahead of|by|no later than|"
    r"not later than|until|till|up until|up to|through|since|from|as from|starting from|starting in|starting on|starting|beginning in|"
    r"beginning on|beginning|effective from|effective|after|between|as early as) (?:the |about |around |at least |some ?time in )?$"
)
_START = frozenset(
    {"not before", "no earlier than", "no sooner than", "not until", "not earlier than", "since", "as from", "from"}
)
_NEGATED = re.compile(r"(?:\b(?:not|never|cannot|unlikely|nothing|hardly)\b|n['’]t\b)[^.;!?\n]{0,60}$")
_LATER = re.compile(
    r",? (?:(?P<from>onwards?|or later|at the earliest|and beyond|on\b(?= ?[,.;]))|(?P<to>at the latest|or earlier|or sooner))"
)
_JOIN = re.compile(r"(?: ?[-–—] ?| (?P<to>to|through|until|till) | (?P<and>and) )(?:the )?(?:end of )?")
_MOVED = re.compile(r"\b(?:delay|postpon|push|mov|brought|bring|slipp|shift|reschedul|defer|chang|put back|pulled)")
_CAPITAL_BEFORE = re.compile(r"(?:^|[\s(\[“\"‘])([A-Z][\w.&’'-]*|[A-Z]{2,})[ ]$")
_PREPOSITIONS = frozenset(
    "in by since until till from during for of before after through between on at and to over end early late mid around about within circa "
    "starting beginning ending ended fiscal calendar year throughout spring summer autumn fall winter as its their our with despite but while".split()
)
_UNITS_AFTER = re.compile(
    r"[ -]?(?:gpus|cpus|employees|people|jobs|staff|workers|racks|servers|units|watts?|w|kw|mw|gw|gb|tb|mb|mhz|ghz|nits|mm|cm|kg|km|bits?|tokens|cores|"
    r"dollars|euros|yuan|yen|percent|per cent|%|million|billion|trillion|hours|days|weeks|months|x)\b|%"
)


def find(text: str, *, anchor: date | None, events: Iterable[Event] = ()) -> list[TimeMention]:
    """All time expressions of `text` in order, without overlaps. Linear in the length of the text; nothing is raised.

    With `anchor` None, what is relative to the day of publication has no period.
    """
    low = fold(text)
    mentions: list[TimeMention] = []
    cursor = 0
    named = iter(_find_events(text, low, tuple(events), anchor))
    event = next(named, None)
    for found in _ANCHOR.finditer(low):
        while event is not None and event.start <= found.start():
            if event.start >= cursor:
                mentions.append(_opened(low, event, cursor))
                cursor = mentions[-1].end
            event = next(named, None)
        if found.start() < cursor:
            continue
        stretch = _read(text, low, found, anchor)
        if stretch is None or stretch.form == "none" or stretch.start < cursor:
            continue
        if event is not None and event.start < stretch.end:
            continue
        stretch = _joined(text, low, stretch, anchor)
        mentions.append(_opened(low, stretch, cursor))
        cursor = mentions[-1].end
    while event is not None:
        if event.start >= cursor:
            mentions.append(_opened(low, event, cursor))
            cursor = mentions[-1].end
        event = next(named, None)
    return mentions


def _read(text: str, low: str, found: re.Match[str], anchor: date | None) -> Stretch | None:
    start, end = found.start(), found.end()
    match (
        found.lastgroup
        if found.lastgroup not in {"n", "m", "unit", "wn", "wm", "wunit"}
        else ("within" if found["within"] else "horizon")
    ):
        case "month":
            return _from_month(text, low, start, end, anchor)
        case "part":
            return _dated(text, low, read_part(low, start, anchor), anchor)
        case "fiscal":
            return _from_fiscal(text, low, start, anchor)
        case "year":
            return _from_year(text, low, start, end, anchor)
        case "portion":
            return _from_portion(text, low, start, end, anchor)
        case "weekday":
            return relative.weekday(text, low, start, end, anchor)
        case "day":
            shift = {"yesterday": -1, "tomorrow": 1}.get(low[start:end], 0)
            when = None if anchor is None else calendars.day(anchor + timedelta(days=shift))
            return Stretch(start=start, end=end, form="relative", period=when, ahead=when, unit="day")
        case "relative":
            return _dated(text, low, relative.relative(text, low, start, end, anchor), anchor)
        case "earlier":
            return relative.earlier(low, start, end, anchor)
        case "ago":
            return relative.ago(low, start, end, anchor)
        case "yearago":
            return Stretch(start=start, end=end, form="year_earlier", years=1, unit="period")
        case "same":
            return relative.same(low, start, end)
        case "span":
            return _from_span(text, low, found, anchor)
        case "quarter":
            return _from_quarter(text, low, start, end, anchor)
        case "horizon":
            return relative.horizon(low, found, anchor)
        case "within":
            return relative.within(low, found, anchor)
        case "season":
            return relative.season(low, start, end, anchor)
        case "anaphor":
            return relative.anaphor(low, start, end)
        case _:
            return relative.han(low, start, end, anchor)


_MONTHS_OF = {"month": 1, "quarter": 3, "half": 6, "half-year": 6, "year": 12}
_PART_OF = {1: "month", 3: "quarter", 6: "half", 12: "year"}
_QUARTER_AFTER = re.compile(r"[ -]quarter\b")


def _from_month(text: str, low: str, start: int, end: int, anchor: date | None) -> Stretch | None:
    quarterly = _QUARTER_AFTER.match(low, end)
    if quarterly is None or not text[start].isupper():
        stretch = read_day_or_month(text, low, start, end, anchor)
        if stretch is not None and stretch.form == "month" and (quarterly := _QUARTER_AFTER.match(low, stretch.end)) is None:
            return stretch
        if stretch is None or stretch.form != "month" or quarterly is None:
            return stretch
        year = (
            stretch.period.start.year
            if stretch.dated and stretch.period is not None and stretch.period.start is not None
            else None
        )
        close = quarterly.end()
    else:
        year, close = year_after(low, quarterly.end(), anchor)
    number = MONTHS[low[start:end]]
    stretch = Stretch(
        start=start, end=close, form="quarter", make=lambda year: calendars.months(year, number - 2, number), unit="quarter"
    )
    return settle(stretch, year, anchor)


def _dated(text: str, low: str, stretch: Stretch | None, anchor: date | None) -> Stretch | None:
    """A quarter, half or fiscal year with the day it ended on, where the text adds it."""
    if stretch is None or stretch.fiscal is None:
        return stretch
    part = stretch.fiscal
    found = end_of(text, low, stretch.end, anchor, within=_end_window(part))
    if found is None:
        return stretch
    when, stretch.end = found
    count = (part.index or 3) if part.part == "months" else _MONTHS_OF[part.part]
    if stretch.form == "fiscal" and part.year is None and part.index is not None and part.part in {"quarter", "half"}:
        # "the third quarter of the fiscal year ending in March": it is the year that ends there.
        named = re.compile(r"year").search(low, stretch.start, stretch.end)
        if named is not None:
            whole = 12 // count
            stretch.fiscal = replace(part, year=when.year)
            when = calendars.shift_months(when, -count * (whole - part.index))
    stretch.fiscal = replace(stretch.fiscal, ended=when)
    stretch.period = stretch.ahead = calendars.ending(when, count)
    return stretch


def _end_window(part: FiscalPart) -> Period | None:
    """Between which days a part of a numbered fiscal year can end, whatever the company's calendar."""
    if part.year is None or not calendars.possible(part.year) or part.part == "months":
        return None
    parts = 12 // _MONTHS_OF[part.part]
    before = (parts - (part.index or parts)) * _MONTHS_OF[part.part]
    last = calendars.shift_months(date(part.year, 12, 31), -before)
    return Period(start=calendars.shift_months(last, -12) + timedelta(days=1), end=last)


_FISCAL_WORD = re.compile(
    r"(?:(?:current|last|previous|prior|next|latest|full|same|coming|new|most recent) )?(?:fiscal|financial|business)[ -](?:year )?"
)
_PART_AFTER = re.compile(r"(?:['’]s)?,? (?=q[1-4]\b|h[12]\b|(?:first|second|third|fourth|final)[ -](?:quarter|half))")


def _from_fiscal(text: str, low: str, start: int, anchor: date | None) -> Stretch | None:
    word = _FISCAL_WORD.match(low, start)
    if word is not None:
        part = read_part(low, word.end(), anchor)
        if part is not None and part.fiscal is not None:
            part.start, part.form, part.period, part.ahead, part.make = start, "fiscal", None, None, None
            return _dated(text, low, part, anchor)
    stretch = read_fiscal_year(low, start, anchor)
    if stretch is None or stretch.fiscal is None:
        return None
    after = _PART_AFTER.match(low, stretch.end)
    if after is not None:
        part = read_part(low, after.end(), anchor)
        if part is not None and part.fiscal is not None and part.fiscal.year is None:
            stretch.fiscal = replace(stretch.fiscal, part=part.fiscal.part, index=part.fiscal.index)
            stretch.end, stretch.unit = part.end, part.unit
    return _dated(text, low, stretch, anchor)


def _from_year(text: str, low: str, start: int, end: int, anchor: date | None) -> Stretch | None:
    before = low[start - 1] if start else " "
    if before.isalnum() or before in "_-–.,/$€£¥#@+'’=" or low.endswith(("$ ", "€ ", "£ "), 0, start):
        return None
    iso = read_iso(low, start)
    if iso is not None:
        return iso
    fiscal = read_fiscal_year(low, start, anchor)
    if fiscal is not None:
        return _from_fiscal(text, low, start, anchor)
    after = low[end : end + 2]
    year = int(low[start:end])
    if after[:1] == "s" and not after[1:].isalnum():
        period = Period(start=date(year, 1, 1), end=date(year + 9, 12, 31))
        return Stretch(start=start, end=end + 1, form="year", period=period, ahead=period, dated=True)
    if after[:1].isalnum() or after[:1] in "_@" or (after[:1] in ".,:/" and after[1:].isdigit()) or _UNITS_AFTER.match(low, end):
        return None
    named = _CAPITAL_BEFORE.search(text, max(0, start - 24), start)
    if named is not None:
        word = named[1].lower()
        if word not in _PREPOSITIONS and not word.endswith(("'s", "’s")):
            return None
    if low.endswith("the ", 0, start) and re.compile(r" [A-Z]\w+ [A-Z]").match(text, end):
        return None  # "the 2026 Consumer Electronics Show" names a show
    part_after = _PART_AFTER.match(low, end)
    if part_after is not None:
        part = read_part(low, part_after.end(), anchor)
        if part is not None and part.make is not None and part.fiscal is not None and part.fiscal.year is None:
            part.start, part.fiscal = start, replace(part.fiscal, year=year)
            return settle(part, year, anchor)
    return settle(Stretch(start=start, end=end, form="year", make=calendars.year_of), year, anchor)


_PORTION = re.compile(
    r"(?P<which>early|late|mid|middle|beginning|start|end|turn)(?:-| of (?:the )?(?:calendar )?| to (?:the )?| in (?:the )?|(?<=early) |(?<=late) |(?<=mid) )(?:the )?"
)
_WHOLE = re.compile(r"(?P<unit>week|month|quarter|half|year|decade)\b")


def _from_portion(text: str, low: str, start: int, end: int, anchor: date | None) -> Stretch | None:
    """ "late December", "early next year", "mid-2026", "the end of March", "the start of the year"."""
    found = _PORTION.match(low, start)
    if found is None:
        return None
    which = {"beginning": "start", "turn": "start", "middle": "mid"}.get(found["which"], found["which"])
    whole = _WHOLE.match(low, found.end())
    if whole is not None:
        if whole["unit"] == "decade" or low.startswith((" to ", " end"), whole.end()):
            return None
        stretch: Stretch | None = Stretch(start=start, end=whole.end(), form="relative", unit=whole["unit"])
        if stretch is not None and anchor is not None:
            stretch.period = relative.around(whole["unit"], anchor, 0)
            stretch.ahead = stretch.period
    else:
        inner = _ANCHOR.match(low, found.end())
        if inner is None:
            inner = re.compile(rf"(?P<month>(?={MONTH})[a-z]+)").match(low, found.end())
        if inner is None or inner.lastgroup == "portion":
            return None
        stretch = _read(text, low, inner, anchor)
    if stretch is None or stretch.form == "none":
        return None
    stretch.start = start
    if stretch.form in {"day", "same", "year_earlier"} or stretch.unit == "day":
        return stretch
    make = stretch.make
    if make is not None:
        stretch.make = lambda year: calendars.portion(make(year), which)
    if stretch.period is not None:
        stretch.period = calendars.portion(stretch.period, which)
    if stretch.ahead is not None:
        stretch.ahead = calendars.portion(stretch.ahead, which)
    if which in {"start", "end"} and stretch.period is not None:
        stretch.form, stretch.fiscal = "day", None
    return stretch


def _from_span(text: str, low: str, found: re.Match[str], anchor: date | None) -> Stretch | None:
    """ "the twelve months to March 31", "three months through December", "13 weeks ended April 26"."""
    ended = end_of(text, low, found.end(), anchor)
    if ended is None:
        return None
    when, end = ended
    count, unit = re.split("[ -]", found["span"], maxsplit=1)
    size = count_of(count)
    if unit.startswith("week"):
        period = Period(start=when - timedelta(days=7 * size - 1), end=when)
        size = {13: 3, 14: 3, 26: 6, 52: 12, 53: 12}.get(size, 0)
    else:
        size *= 3 if unit.startswith("quarter") else 1
        period = calendars.ending(when, size)
    form = _PART_OF.get(size, "relative")
    fiscal = FiscalPart(part=form, ended=when, anchor=anchor) if form in {"quarter", "half", "year"} else None
    return Stretch(start=found.start(), end=end, form=form, period=period, ahead=period, fiscal=fiscal, unit=form)


_LONG_BEFORE = re.compile(rf"(?P<count>{COUNT})[ -]month $")


def _from_quarter(text: str, low: str, start: int, end: int, anchor: date | None) -> Stretch | None:
    """ "the quarter to June", "the year ended March 31, 2026", "the nine-month period ended September"."""
    ended = end_of(text, low, end, anchor)
    if ended is None:
        return None
    word = low[start:end]
    before = _LONG_BEFORE.search(low, max(0, start - 16), start)
    if word == "period" and before is None:
        return None
    size = count_of(before["count"]) if before is not None else _MONTHS_OF[word]
    when, close = ended
    form = _PART_OF.get(size, "relative")
    period = calendars.ending(when, size)
    fiscal = FiscalPart(part=form, ended=when, anchor=anchor) if form in {"quarter", "half", "year"} else None
    begin = before.start() if before is not None else start
    return Stretch(start=begin, end=close, form=form, period=period, ahead=period, fiscal=fiscal, unit=form)


_DAY_FIRST = re.compile(rf"[0-9]{{1,2}}(?:st|nd|rd|th)? (?:of )?(?P<month>{MONTH})")
_JOINABLE = frozenset({"day", "month", "quarter", "half", "year"})
_PERIOD_WORD = re.compile(r"[ -](?:period|quarter)\b")


def _joined(text: str, low: str, first: Stretch, anchor: date | None) -> Stretch:
    """One stretch of two that a dash or "to" joins: "January-March 2026", "from 2 March to 6 March"."""
    if first.form not in _JOINABLE or (first.period is None and first.make is None):
        return first
    join = _JOIN.match(low, first.end)
    if join is None:
        return first
    between = low.endswith("between ", 0, first.start)
    if join["and"] and not between:
        return first
    if join["to"] and _MOVED.search(low, max(0, first.start - 60), first.start):
        return first
    inner = _ANCHOR.match(low, join.end())
    if inner is not None:
        second = read_day_or_month(text, low, inner.start(), inner.end(), anchor) if inner.lastgroup == "month" else None
        if inner.lastgroup == "year" and first.form == "year":
            second = settle(
                Stretch(start=inner.start(), end=inner.end(), form="year", make=calendars.year_of), int(inner["year"]), anchor
            )
        elif inner.lastgroup == "part":
            second = read_part(low, inner.start(), anchor)
        elif inner.lastgroup == "month" and second is None and first.form == "month":
            number = MONTHS[inner["month"]]
            year, stop = year_after(low, inner.end(), anchor)
            second = settle(
                Stretch(start=inner.start(), end=stop, form="month", make=lambda year: calendars.month(year, number)),
                year,
                anchor,
            )
    else:
        day = _DAY_FIRST.match(low, join.end())
        second = None if day is None else read_day_or_month(text, low, day.start("month"), day.end("month"), anchor)
    if second is None or second.form != first.form or second.form == "none":
        return first
    spans: list[Period | None] = []
    for end_period in (second.period, second.ahead):
        start_period = first.period
        if not first.dated and first.make is not None and end_period is not None and end_period.end is not None:
            start_period = first.make(end_period.end.year)
            if start_period.start is not None and start_period.start > end_period.end:
                start_period = first.make(end_period.end.year - 1)
        if start_period is None or end_period is None or start_period.start is None or end_period.end is None:
            spans.append(None)
        elif start_period.start > end_period.end:
            return first
        else:
            spans.append(Period(start=start_period.start, end=end_period.end))
    word = _PERIOD_WORD.match(low, second.end)
    joined = replace(first, end=word.end() if word is not None else second.end, period=spans[0], ahead=spans[1], joined=True)
    if first.form == "month":
        joined.form = _PART_OF.get(_length(joined.period), "month")
    return joined


def _length(period: Period | None) -> int:
    if period is None or period.start is None or period.end is None:
        return 0
    return (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1


_CLOSED_FORMS = frozenset({"year_earlier", "same", "previous", "horizon"})


def _opened(low: str, stretch: Stretch, cursor: int) -> TimeMention:
    """The mention of a stretch, with the preposition that opens one of its ends."""
    start, end = stretch.start, stretch.end
    mention = TimeMention(
        start=start, end=end, form=stretch.form, period=stretch.period, ahead=stretch.ahead, event=stretch.event, fiscal=stretch.fiscal,
        unit=stretch.unit, years=stretch.years, year=stretch.year,
    )  # fmt: skip
    if stretch.form in _CLOSED_FORMS:
        return mention
    before = _OPENERS.search(low, max(cursor, start - 36), start)
    later = _LATER.match(low, end)
    if stretch.joined:
        if before is not None and before["word"] in {"from", "between"}:
            return replace(mention, start=before.start())
        return mention
    if before is not None and before["word"] != "between":
        word = before["word"]
        begin = before.start()
        if word == "before" and _NEGATED.search(low, max(cursor, begin - 70), begin):
            word = "not before"
        preposition = (
            "since" if word == "since" else "from" if word in _START or word.startswith(("starting", "beginning", "effective", "as early"))
            else "before" if word in {"before", "prior to", "ahead of"} else "after" if word == "after" else "until" if word in {"until", "till", "up until", "up to", "through"} else "by"
        )  # fmt: skip
    elif later is not None:
        preposition, begin, end = ("from" if later["from"] else "by"), start, later.end()
    else:
        return mention
    return replace(
        mention,
        start=begin,
        end=end,
        form="fiscal" if stretch.form == "fiscal" and stretch.period is None else "open",
        period=opened(stretch.period, preposition),
        ahead=opened(stretch.period if preposition == "since" else stretch.ahead, preposition),
        preposition=preposition,
        inner=stretch.period,
    )


def opened(period: Period | None, preposition: str | None) -> Period | None:
    """The period with the end opened that a preposition leaves open: "by" opens the start, "since" the end."""
    one = timedelta(days=1)
    match preposition:
        case None:
            return period
        case _ if period is None:
            return None
        case "by" | "until":
            return Period(start=None, end=period.end)
        case "before":
            return Period(start=None, end=None if period.start is None else period.start - one)
        case "after":
            return Period(start=None if period.end is None else period.end + one, end=None)
        case _:
            return Period(start=period.start, end=None)


@lru_cache(maxsize=64)
def _event_pattern(events: tuple[Event, ...]) -> tuple[re.Pattern[str], dict[str, tuple[Event, ...]]] | None:
    names: dict[str, list[Event]] = {}
    for event in events:
        spellings = {fold(name) for name in event.names}
        for name in list(spellings):
            bare = re.sub(r"\b(?:19|20)[0-9]{2}\b", "", name).strip()
            if bare != name and len(bare) > 2:
                year = str(event.start.year)
                spellings |= {f"{bare} {year}", f"{year} {bare}", bare}
        for name in spellings:
            names.setdefault(name, []).append(event)
    if not names:
        return None
    ordered = sorted(names, key=len, reverse=True)
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, ordered)) + r")(?!\w)")
    return pattern, {name: tuple(found) for name, found in names.items()}


def _find_events(text: str, low: str, events: tuple[Event, ...], anchor: date | None) -> list[Stretch]:
    """Events named in the text. A name without its year means the one nearest to the day of publication."""
    known = _event_pattern(events)
    if known is None:
        return []
    pattern, names = known
    found = []
    for match in pattern.finditer(low):
        candidates = names[match[0]]
        if match[0].isalpha() and len(match[0]) <= 5 and not text[match.start() : match.end()].isupper():
            continue  # "gtc" or "ifa" in small letters may be anything
        event = candidates[0] if len(candidates) == 1 else None
        if event is None and anchor is not None:
            event = min(candidates, key=lambda one: abs((one.start - anchor).days))
        if event is None:
            continue
        if (
            not re.search(r"(?:19|20)[0-9]{2}", match[0])
            and (anchor is None or abs((event.start - anchor).days) > 250)
            and len(candidates) > 1
        ):
            continue
        period = Period(start=event.start, end=event.end)
        found.append(Stretch(start=match.start(), end=match.end(), form="event", period=period, ahead=period, event=event.key))
    return found


def fiscal_period(mention: TimeMention, year_end: str, *, ahead: bool = False) -> Period | None:
    """The days of a mention that speaks of a fiscal year, by the company's calendar.

    `year_end` is "03-31" or "last-sunday-of-january" (ValueError otherwise). Where the text names no
    year, the latest part that had ended by the day of publication is meant; with `ahead` the first
    that had not. None for a mention without a fiscal part, or where only that day could tell and it
    is unknown. A preposition that opens an end ("by the end of fiscal 2028") opens it here too.
    """
    part = mention.fiscal
    if part is None:
        return None
    return opened(_fiscal(part, year_end, ahead=ahead), mention.preposition)


def _fiscal(part: FiscalPart, rule: str, *, ahead: bool) -> Period | None:
    def make(year: int, index: int | None) -> Period:
        match part.part:
            case "quarter" if index is not None:
                return calendars.fiscal_quarter(rule, year, index)
            case "half" if index is not None:
                return calendars.fiscal_half(rule, year, index)
            case "months":
                start = calendars.fiscal_year(rule, year).start
                last = calendars.fiscal_quarter(rule, year, max(1, min(4, (index or 3) // 3))).end
                return Period(start=start, end=last)
            case _:
                return calendars.fiscal_year(rule, year)

    indices: tuple[int | None, ...] = (
        {"quarter": (1, 2, 3, 4), "half": (1, 2)}.get(part.part, (None,)) if part.index is None else (part.index,)
    )
    anchor = part.ended or part.anchor
    if part.year is not None and part.index is None and part.part in {"quarter", "half"}:
        return None
    if part.year is not None and part.ended is None:
        return make(part.year, part.index) if calendars.possible(part.year) else None
    if anchor is None or not calendars.possible(anchor.year):
        return None
    around = calendars.fiscal_year_at(rule, anchor)
    candidates = [make(year, index) for year in range(around - 2, around + 3) for index in indices]
    ends = [(period, period.end) for period in candidates if period.end is not None]
    if part.ended is not None:
        nearest, end = min(ends, key=lambda pair: abs((pair[1] - anchor).days))
        if abs((end - anchor).days) <= 10:
            return nearest
        return calendars.ending(anchor, (part.index or 3) if part.part == "months" else _MONTHS_OF[part.part])
    if part.shift is not None:
        holding = next(index for index, (_, end) in enumerate(ends) if end >= anchor)
        return ends[holding + part.shift][0]
    if ahead:
        return next(period for period, end in ends if end >= anchor)
    return [period for period, end in ends if end <= anchor + timedelta(days=3)][-1]


def against(mention: TimeMention, period: Period) -> Period | None:
    """The days of a mention that points back to `period`: `same`, `year_earlier`, `previous`; None for other forms."""
    match mention.form:
        case "year_earlier":
            return calendars.year_earlier(period, mention.years or 1)
        case "previous":
            return calendars.previous(period)
        case "same" if mention.year is not None:
            year = (period.end or period.start or date(mention.year, 1, 1)).year
            return calendars.year_earlier(period, year - mention.year)
        case "same":
            return period
    return None


def year_earlier(period: Period, years: int = 1) -> Period:
    """The same period `years` before, by dates or, in a calendar of weeks, by 52 weeks."""
    return calendars.year_earlier(period, years)
