"""Every stretch of time a text names, resolved to calendar days where it can be.

One pass finds the words that time expressions begin with; the readers that know such a word are
tried there in turn, each with bounded looks to both sides. Relative dates need `anchor`, the day of
publication where the publisher is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from flows.extract import calendars, relative
from flows.extract.calendars import MONTHS, WEEKDAYS
from flows.extract.dates import COUNT_WORDS, MONTH, YEAR, read_iso, read_month, read_year
from flows.extract.events import find_events
from flows.extract.fiscal import against, fiscal_period, opened, year_earlier
from flows.extract.folding import any_of, fold, words
from flows.extract.hantimes import HAN, read_han
from flows.extract.openings import mention_of
from flows.extract.parts import (
    OF_FISCAL,
    ORDINAL_WORDS,
    PART,
    PART_OF,
    QUARTER_TO,
    SHORT_PART,
    SLICE,
    SPAN,
    dated,
    part_of_year,
    read_fiscal,
    read_of_fiscal,
    read_part,
    read_quarter_to,
    read_slice,
    read_span,
)
from flows.extract.spans import Event, TimeMention
from flows.extract.stretches import Page, Reader, Stretch
from storage.values import Period

__all__ = ["against", "find", "fiscal_period", "opened", "year_earlier"]

_Found = re.Match[str]


def _at_start(read: Callable[[Page, int], Stretch | None]) -> Callable[[Page, _Found], Stretch | None]:
    return lambda page, found: read(page, found.start())


def _part(page: Page, found: _Found) -> Stretch | None:
    return dated(page, read_part(page, found.start()))


def _relative(page: Page, found: _Found) -> Stretch | None:
    return dated(page, relative.read_relative(page, found))


def _year(page: Page, found: _Found) -> Stretch | None:
    start = found.start()
    before = page.low[start - 1 : start]
    if before.isalnum() or before in {".", ",", "$", "€", "£", "¥"}:
        return None
    special = read_iso(page, start) or read_fiscal(page, start)
    if special is not None:
        return special
    stretch = read_year(page, start)
    return stretch if stretch is None or stretch.make is None else part_of_year(page, stretch, int(found[0]))


_PORTION = re.compile(
    r"(?P<which>early|late|mid|middle|beginning|start|end|turn)"
    r"(?:-| (?:of|to|in) (?:the )?(?:calendar )?|(?<=early) |(?<=late) |(?<=mid) )(?:the )?"
)
_WHOLE = re.compile(r"(?P<unit>week|month|quarter|half|year|decade)\b(?! to | end)")


def _portion(page: Page, found: _Found) -> Stretch | None:
    """ "late December", "early next year", "mid-2026", "the end of March", "the start of the year"."""
    which = {"beginning": "start", "turn": "start", "middle": "mid"}.get(found["which"], found["which"])
    whole = _WHOLE.match(page.low, found.end())
    stretch: Stretch | None
    if whole is not None:
        stretch = Stretch(start=found.start(), end=whole.end(), form="relative", unit=whole["unit"])
        if page.anchor is not None:
            stretch.at(relative.around(whole["unit"], page.anchor, 0))
    else:
        stretch = _read_at(page, found.end(), portions=False)
        if stretch is None:
            return None
    stretch.start = found.start()
    if stretch.form in {"day", "same", "year_earlier"} or stretch.unit == "day":
        return stretch
    make = stretch.make
    if make is not None:
        stretch.make = lambda year: calendars.portion(make(year), which)
    stretch.period = None if stretch.period is None else calendars.portion(stretch.period, which)
    stretch.ahead = None if stretch.ahead is None else calendars.portion(stretch.ahead, which)
    if which in {"start", "end"} and stretch.period is not None:
        stretch.form, stretch.fiscal = "day", None
    return stretch


_FISCAL = re.compile(
    r"(?:(?:current|last|previous|prior|next|latest|full|same|coming|new|recent) )?(?:fiscal|financial|business)[ -]"
    r"(?:year|(?:19|20)[0-9]{2}|q[1-4]|h[12]|(?:first|second|third|fourth)[ -](?:quarter|half))|fy ?['’]?[0-9]{2}"
)
_WORD_LISTS = {
    "fiscal": "current last previous prior next latest full same coming new recent fiscal financial business",
    "portion": "early late mid middle beginning start end turn",
    "relative": "last this next previous current coming preceding prior past",
    "horizon": "next coming past last previous recent",
}
_COUNTED = "#count"  # stands for any count of months or weeks among the words a reader begins with
_READERS = (
    Reader(frozenset(MONTHS), re.compile(MONTH), read_month),
    Reader(words("first second third fourth last final"), SLICE, read_slice),
    Reader(words("first second third fourth final"), OF_FISCAL, read_of_fiscal),
    Reader((ORDINAL_WORDS - {"last"}) | words("1st 2nd 3rd 4th"), PART, _part),
    Reader(frozenset({"#part"}), SHORT_PART, _part),
    Reader(words(_WORD_LISTS["fiscal"]) | {"#fy"}, _FISCAL, _at_start(read_fiscal)),
    Reader(frozenset({"#year"}), re.compile(YEAR), _year),
    Reader(words(_WORD_LISTS["portion"]), _PORTION, _portion),
    Reader(frozenset(WEEKDAYS), relative.WEEKDAY, relative.read_weekday),
    Reader(words("today yesterday tomorrow tonight"), relative.DAY, relative.read_day),
    Reader(words("year prior previous"), relative.YEAR_AGO, relative.read_year_ago),
    Reader(words(_WORD_LISTS["relative"]), relative.RELATIVE, _relative),
    Reader(words("earlier later so year yearend"), relative.EARLIER, relative.read_earlier),
    Reader(words("ago earlier before previously"), relative.AGO, relative.read_ago),
    Reader(words("same corresponding comparable equivalent year"), relative.SAME, relative.read_same),
    Reader(COUNT_WORDS | {_COUNTED}, SPAN, read_span),
    Reader(words("quarter half year month period"), QUARTER_TO, read_quarter_to),
    Reader(words(_WORD_LISTS["horizon"]), relative.HORIZON, relative.read_horizon),
    Reader(words("within in"), relative.WITHIN, relative.read_within),
    Reader(relative.SEASONS, relative.SEASON, relative.read_season),
    Reader(words("quarter period half year month"), relative.ANAPHOR, relative.read_anaphor),
)
_BY_WORD = {word: tuple(reader for reader in _READERS if word in reader.words) for reader in _READERS for word in reader.words}
_SCAN = re.compile(
    rf"\b(?:(?P<word>{any_of(word for word in _BY_WORD if word[0] != '#')})\b|(?P<year>{YEAR}(?![0-9]))"
    r"|(?P<part>q[1-4](?![0-9])|h[12](?![0-9])|[1-4]q(?=[0-9]{2}|fy| |\b)|[12]h(?=[0-9]{2}|fy))|(?P<fy>fy(?= ?['’]?[0-9]))"
    r"|(?P<count>[0-9]{1,2}(?=[ -](?:month|week|quarter))))|(?P<han>[0-9今去明前第上下本昨](?=[年月日季半周天0-9一二三四/]))"
)


def _read(page: Page, place: _Found, *, portions: bool = True) -> Stretch | None:
    """What the first reader makes of the place that knows its word and can read it."""
    kind = place.lastgroup
    start = place.start()
    if kind in {"han", "year"}:
        han = HAN.match(page.low, start)
        if han is not None and han.end() > start + 1:
            return read_han(page, han)
        if kind == "han":
            return None
    for reader in _BY_WORD[place[0] if kind == "word" else f"#{kind}"]:
        found = reader.pattern.match(page.low, start)
        if found is None or (not portions and reader.read is _portion):
            continue
        stretch = reader.read(page, found)
        if stretch is not None:
            return stretch
    return None


def _read_at(page: Page, start: int, *, portions: bool = True) -> Stretch | None:
    place = _SCAN.match(page.low, start)
    return None if place is None else _read(page, place, portions=portions)


def find(text: str, *, anchor: date | None, events: Iterable[Event] = ()) -> list[TimeMention]:
    """All time expressions of `text` in order, without overlaps. Linear in the length of the text; nothing is raised.

    With `anchor` None, what is relative to the day of publication has no period. Where an event's
    name and another time overlap, the event has it.
    """
    page = Page(text, fold(text), anchor if anchor is None or calendars.possible(anchor.year) else None)
    mentions: list[TimeMention] = []
    named = find_events(page, tuple(events))[::-1]
    cursor = 0

    def add(stretch: Stretch) -> None:
        nonlocal cursor
        if stretch.start >= cursor:
            mentions.append(mention_of(page.low, stretch, cursor))
            cursor = mentions[-1].end

    for place in _SCAN.finditer(page.low):
        while named and named[-1].start <= place.start():
            add(named.pop())
        if place.start() < cursor:
            continue
        stretch = _read(page, place)
        if stretch is not None and not (named and named[-1].start < stretch.end):
            add(_joined(page, stretch))
    while named:
        add(named.pop())
    return mentions


_JOIN = re.compile(r"(?:-to-| ?[-–—] ?| (?P<to>to|through|until|till) | (?P<and>and) )(?:the )?(?:end of )?")
_MOVED = re.compile(r"\b(?:delay|postpon|push|mov|brought|bring|slipp|shift|reschedul|defer|chang|put back|pulled)")
_DAY_FIRST = re.compile(rf"[0-9]{{1,2}}(?:st|nd|rd|th)? (?:of )?(?P<month>{MONTH})")
_MONTH = re.compile(MONTH)
# "October-December quarter": the second reads as a quarter of its own
_JOINABLE = {(form, form) for form in ("day", "month", "quarter", "half", "year")} | {("month", "quarter")}
_PERIOD_WORD = re.compile(r"[ -](?:period|quarter)\b")


def _joined(page: Page, first: Stretch) -> Stretch:
    """One stretch of two that a dash or "to" joins: "January-March 2026", "between 2 March and 6 March"."""
    if first.make is None and (first.period is None or first.form != "day"):
        return first
    low = page.low
    join = _JOIN.match(low, first.end)
    if join is None or (join["and"] and not low.endswith("between ", 0, first.start)):
        return first
    if join["to"] and _MOVED.search(low, max(0, first.start - 60), first.start):
        return first
    day = _DAY_FIRST.match(low, join.end())
    if day is not None:
        month = _MONTH.match(low, day.start("month"))
        second = None if month is None else read_month(page, month)
    else:
        second = _read_at(page, join.end(), portions=False)
    if second is None or (first.form, second.form) not in _JOINABLE:
        return first
    spans = [_span(first, end) for end in (second.period, second.ahead)]
    if spans[0] is None and second.period is not None:
        return first
    word = _PERIOD_WORD.match(low, second.end)
    whole = replace(first, end=word.end() if word is not None else second.end, period=spans[0], ahead=spans[1], joined=True)
    whole.fiscal = None
    if first.form == "month":
        whole.form = PART_OF.get(_months(whole.period), "month")
    return whole


def _span(first: Stretch, last: Period | None) -> Period | None:
    """From the start of `first`, in the year that fits, to the end of `last`."""
    if last is None or last.end is None:
        return None
    begin = first.period
    if not first.dated and first.make is not None:
        begin = first.make(last.end.year)
        if begin.start is not None and begin.start > last.end:
            begin = first.make(last.end.year - 1)
    if begin is None or begin.start is None or begin.start > last.end:
        return None
    return Period(start=begin.start, end=last.end)


def _months(period: Period | None) -> int:
    if period is None or period.start is None or period.end is None:
        return 0
    return (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
