"""Times that hang on another time: on the day of publication, or on a period named before."""

from __future__ import annotations

import re
from datetime import date, timedelta

from flows.extract import calendars
from flows.extract.calendars import MONTHS, WEEKDAYS
from flows.extract.dates import COUNT, Stretch, count_of, read_part, settle, year_after
from flows.extract.spans import FiscalPart
from storage.values import Period

_SEASONS = frozenset({"spring", "summer", "autumn", "fall", "winter"})
_OF_A_YEAR = re.compile(r" of (?:the |its |this |last |next |fiscal |financial |(?:19|20)[0-9]{2})")
_COUNT_BEFORE = re.compile(rf"\b(?P<n>an?|{COUNT}|the) (?P<unit>day|week|month|quarter|year|decade)s? $")
_SAME_YEAR = re.compile(
    r"(?:(?: of| in| during| from)?(?: the)? (?P<back>last year|previous year|prior year|year before|year earlier|preceding year|year-ago)"
    r"| (?:a|one|the) year (?:earlier|ago|before|previously)|(?: of| in) (?P<year>(?:19|20)[0-9]{2})\b)"
)
_ANAPHOR_BEFORE = re.compile(
    r"\b(?:in|for|during|over|throughout|across|within) (?:the|that) "
    r"(?:(?P<adjective>same|reporting|full|whole|entire|reported|three-month|just-ended|past|preceding) )?$"
)
_BACK = re.compile(r" (?:before|earlier|previously)\b(?! last)")
_RECORDS = re.compile(r"\b(?:first|second|third|fourth|fifth|time|times|only|\w+est)\b[^.;\n]{0,30}$")


def weekday(text: str, low: str, start: int, end: int, anchor: date | None) -> Stretch | None:
    """ "on Wednesday": the last one, the day of publication included; ahead, the next one."""
    if not text[start].isupper():
        return None
    before = low[max(0, start - 8) : start]
    if before.endswith(("every ", "each ", "black ", "cyber ", "super ", "good ", "ash ")):
        return None
    if re.compile(
        r",? (?:the )?(?:[0-9]{1,2}(?:st|nd|rd|th)?,? (?:of )?)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    ).match(low, end):
        return None  # "Tuesday, March 3": the date says it
    number = WEEKDAYS[low[start:end]]
    stretch = Stretch(start=start, end=end, form="relative", unit="day")
    if anchor is not None:
        stretch.period = calendars.day(anchor - timedelta(days=(anchor.weekday() - number) % 7))
        stretch.ahead = calendars.day(anchor + timedelta(days=(number - anchor.weekday()) % 7))
    return stretch


def _week(when: date) -> Period:
    monday = when - timedelta(days=when.weekday())
    return Period(start=monday, end=monday + timedelta(days=6))


def around(unit: str, anchor: date, shift: int) -> Period:
    """The week, month, quarter, half or year that holds `anchor`, moved by `shift`."""
    match unit:
        case "week":
            return _week(anchor + timedelta(weeks=shift))
        case "month":
            return calendars.month(anchor.year, anchor.month + shift)
        case "quarter":
            first = (anchor.month - 1) // 3 * 3 + 1 + 3 * shift
            return calendars.months(anchor.year, first, first + 2)
        case "half":
            first = (anchor.month - 1) // 6 * 6 + 1 + 6 * shift
            return calendars.months(anchor.year, first, first + 5)
        case _:
            return calendars.year_of(anchor.year + shift)


_SHIFT = {"last": -1, "this": 0, "current": 0, "next": 1, "coming": 1, "past": -1}


def relative(text: str, low: str, start: int, end: int, anchor: date | None) -> Stretch | None:
    """ "last year", "this quarter", "next March", "the previous quarter"."""
    which, unit = re.split(r"[ -]", low[start:end].replace("calendar ", ""), maxsplit=1)
    if unit in {"quarter", "half", "month", "week"} and which == "last" and _OF_A_YEAR.match(low, end):
        if unit in {"quarter", "half"}:
            return read_part(low, start, anchor)
        return None
    if which in {"previous", "prior", "preceding", "following"} and unit in {"week", "month", "quarter", "year", "half"}:
        if which == "following":
            return None
        if unit == "year":
            return Stretch(start=start, end=end, form="year_earlier", years=1, unit="year")
        return Stretch(start=start, end=end, form="previous", unit=unit)
    shift = _SHIFT.get(which)
    if shift is None:
        return None
    stretch = Stretch(start=start, end=end, form="relative", unit=unit)
    if unit in MONTHS or unit in _SEASONS or unit in WEEKDAYS:
        if unit in MONTHS and not text[end - len(unit)].isupper():
            return None
        stretch.unit = "day" if unit in WEEKDAYS else "month" if unit in MONTHS else "season"
        return _named(stretch, unit, shift, anchor)
    if unit in {"quarter", "half"}:
        stretch.fiscal = FiscalPart(part=unit, shift=shift, anchor=anchor)
    if anchor is not None:
        if which == "past":
            back = {"week": anchor - timedelta(days=7)}.get(unit) or calendars.shift_months(
                anchor, {"month": -1, "quarter": -3, "half": -6}.get(unit, -12)
            )
            stretch.period = Period(start=back, end=anchor)
        else:
            stretch.period = around(unit, anchor, shift)
        stretch.ahead = stretch.period
    return stretch


def _named(stretch: Stretch, name: str, shift: int, anchor: date | None) -> Stretch:
    """ "last March", "next spring", "this Friday": the one before, after or around the day of publication."""
    if anchor is None:
        return stretch
    if name in WEEKDAYS:
        days = (WEEKDAYS[name] - anchor.weekday()) % 7
        when = anchor + timedelta(days=days if shift == 0 else (days or 7) if shift > 0 else -((7 - days) % 7 or 7))
        stretch.period = stretch.ahead = calendars.day(when)
        return stretch

    def make(year: int) -> Period:
        return calendars.month(year, MONTHS[name]) if name in MONTHS else calendars.season(year, name)

    candidates = [make(anchor.year + offset) for offset in (-2, -1, 0, 1)]
    if shift < 0:
        stretch.period = max((p for p in candidates if p.end is not None and p.end < anchor), key=lambda p: p.start or date.min)
    elif shift > 0:
        stretch.period = min(
            (p for p in candidates if p.start is not None and p.start > anchor), key=lambda p: p.start or date.max
        )
    else:
        stretch.period = make(anchor.year)
    stretch.ahead = stretch.period
    return stretch


def earlier(low: str, start: int, end: int, anchor: date | None) -> Stretch:
    """ "earlier this month", "later this year", "so far this year", "year to date", "year-end"."""
    phrase = low[start:end].replace("-", " ")
    unit = next((unit for unit in ("week", "month", "quarter") if unit in phrase), "year")
    stretch = Stretch(start=start, end=end, form="relative", unit=unit)
    if anchor is None:
        return stretch
    whole = around(unit, anchor, -1 if " last " in phrase else 1 if " next " in phrase else 0)
    if phrase.replace(" ", "") == "yearend":
        stretch.period = calendars.day(date(anchor.year - (0 if anchor.month == 12 else 1), 12, 31))
        stretch.ahead = calendars.day(date(anchor.year, 12, 31))
        stretch.form = "day"
        return stretch
    if " last " in phrase or " next " in phrase:
        stretch.period = whole
    elif phrase.startswith("later"):
        stretch.period = Period(start=anchor, end=whole.end)
    else:
        stretch.period = Period(start=whole.start, end=anchor)
    stretch.ahead = stretch.period
    return stretch


def ago(low: str, start: int, end: int, anchor: date | None) -> Stretch | None:
    """ "two weeks ago", "a year earlier", "twelve months before", "the year before"."""
    found = _COUNT_BEFORE.search(low, max(0, start - 24), start)
    if found is None:
        return None
    word, unit = found["n"], found["unit"]
    back = low[start:end] == "ago"
    if word == "the" and back:
        return None
    if low.startswith("before last", start):
        if unit != "year" or anchor is None:
            return None
        period = calendars.year_of(anchor.year - 2)
        return Stretch(start=found.start(), end=end + 5, form="relative", period=period, ahead=period, unit="year")
    if (
        low[start:end] == "before"
        and word != "the"
        and re.compile(r" [a-z0-9]").match(low, end)
        and unit != "year"
        and unit != "month"
    ):
        return None
    count = 1 if word in {"a", "an", "the"} else count_of(word)
    if unit == "month" and count % 12 == 0:
        unit, count = "year", count // 12
    if unit == "year" and (count == 1 or not back):
        return Stretch(start=found.start(), end=end, form="year_earlier", years=count, unit="year")
    if not back:
        if unit == "month" and count == 3:
            unit = "quarter"
        elif count != 1 or unit in {"day", "decade"}:
            return None
        return Stretch(start=found.start(), end=end, form="previous", unit=unit)
    stretch = Stretch(start=found.start(), end=end, form="relative", unit=unit)
    if anchor is not None and count < 1000:
        match unit:
            case "day":
                stretch.period = calendars.day(anchor - timedelta(days=count))
            case "decade":
                stretch.period = calendars.year_of(anchor.year - 10 * count) if anchor.year > 10 * count else None
            case _:
                stretch.period = around(unit, anchor, -count) if unit != "year" or anchor.year > count else None
        stretch.ahead = stretch.period
    return stretch


def same(low: str, start: int, end: int) -> Stretch | None:
    """ "the same period", "the corresponding quarter last year", "the same three months of 2025"."""
    word = low[start:end].split(" ", 1)[0]
    what = low[start:end].rsplit(" ", 1)[1]
    unit = {"months": "period", "day": "day", "time": "period"}.get(what, what)
    tail = _SAME_YEAR.match(low, end)
    if tail is not None and tail["year"]:
        return Stretch(start=start, end=tail.end(), form="same", unit=unit, year=int(tail["year"]))
    if tail is not None or word == "year-ago":
        return Stretch(start=start, end=tail.end() if tail else end, form="year_earlier", years=1, unit=unit)
    if what in {"time", "day", "week"}:
        return None
    if word == "same":
        return Stretch(start=start, end=end, form="same", unit=unit)
    return Stretch(start=start, end=end, form="year_earlier", years=1, unit=unit)


def anaphor(low: str, start: int, end: int) -> Stretch | None:
    """ "in the quarter", "for the full year": the period that is being spoken of."""
    found = _ANAPHOR_BEFORE.search(low, max(0, start - 32), start)
    if found is None or low.startswith((" of ", "-", " 20", " 19", " in which", " to "), end):
        return None
    unit = low[start:end]
    begin = found.start("adjective") if found["adjective"] else start
    back = _BACK.match(low, end)
    if back is not None:
        form = "year_earlier" if unit == "year" else "previous"
        return Stretch(start=begin, end=back.end(), form=form, unit=unit, years=1 if unit == "year" else 0)
    if found["adjective"] in {"past", "preceding"}:
        return Stretch(start=begin, end=end, form="previous", unit=unit)
    stretch = Stretch(start=begin, end=end, form="same", unit=unit)
    if unit == "year" and found["adjective"] in {"full", "whole", "entire"}:
        stretch.fiscal = FiscalPart(part="year")
    return stretch


def horizon(low: str, found: re.Match[str], anchor: date | None) -> Stretch | None:
    """ "the next three to four years", "the past decade": from the day of publication on, or back."""
    which = found["horizon"].split(" ", 1)[0]
    start, end = found.start(), found.end()
    if which == "first":
        return None
    if found["unit"] is None:
        low_count, high_count, unit = 1, 1, "decade"
    elif found["n"] is None:
        return None
    else:
        low_count = count_of(found["n"])
        high_count = count_of(found["m"]) if found["m"] else low_count
        unit = found["unit"].removesuffix("s")
    year_tail = re.compile(r" of (?P<year>(?:19|20)[0-9]{2})\b").match(low, end)
    if year_tail is not None and which == "last" and unit in {"month", "quarter"}:
        count = high_count * (3 if unit == "quarter" else 1)
        if not 1 <= count <= 12:
            return None
        period = calendars.months(int(year_tail["year"]), 13 - count, 12)
        return Stretch(start=start, end=year_tail.end(), form="month", period=period, ahead=period)
    back = which in {"past", "last", "previous", "recent"}
    stretch = Stretch(start=start, end=end, form="relative" if back else "horizon", unit=unit)
    if which in {"previous", "following"}:
        if unit == "month" and low_count == 3 and which == "previous":
            return Stretch(start=start, end=end, form="previous", unit="quarter")
        return None
    if anchor is not None:
        near, far = (
            _later(anchor, unit, -low_count if back else low_count),
            _later(anchor, unit, -high_count if back else high_count),
        )
        stretch.period = Period(start=far, end=anchor) if back else Period(start=anchor if far == near else near, end=far)
        stretch.ahead = stretch.period
    return stretch


def within(low: str, found: re.Match[str], anchor: date | None) -> Stretch | None:
    """ "within three to four years", "in four years": until then. Shorter spans are lengths, not dates."""
    unit = found["wunit"].removesuffix("s")
    start, end = found.start(), found.end()
    inside = low.startswith("within", start)
    if unit not in {"year", "decade"} and " next " not in found["within"]:
        return None
    if found["wn"] is None and not inside:
        return None
    if not inside and _RECORDS.search(low, max(0, start - 40), start):
        return None  # "for the first time in three years" looks back
    near = 1 if found["wn"] is None else count_of(found["wn"])
    far = count_of(found["wm"]) if found["wm"] else near
    stretch = Stretch(start=start, end=end, form="horizon", unit=unit)
    if anchor is not None:
        last = _later(anchor, unit, far)
        stretch.period = Period(start=_later(anchor, unit, near) if far != near else None, end=last)
        stretch.ahead = stretch.period
    return stretch


def _later(anchor: date, unit: str, count: int) -> date:
    if unit in {"day", "week"}:
        return anchor + timedelta(days=count * (7 if unit == "week" else 1))
    return calendars.shift_months(anchor, count * {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit])


_SEASON_BEFORE = re.compile(r"\b(?:in|by|since|until|till|from|during|for|before|after|early|late|mid|through|of)[ -](?:the )?$")


def season(low: str, start: int, end: int, anchor: date | None) -> Stretch | None:
    """ "in autumn", "spring 2027"; "fall" only where it cannot be the verb."""
    name = low[start:end]
    year, stop = year_after(low, end, anchor)
    if stop == end:
        before = _SEASON_BEFORE.search(low, max(0, start - 12), start)
        if before is None or (name == "fall" and not before[0].endswith("the ")):
            return None
    return settle(Stretch(start=start, end=stop, form="season", make=lambda year: calendars.season(year, name)), year, anchor)


_HAN_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4}
_HAN = re.compile(
    r"(?:(?P<year>(?:19|20)[0-9]{2}|今|去|明|前)年)?(?:第?(?P<quarter>[一二三四1-4])季度|(?P<half>[上下])半年|(?P<month>[0-9]{1,2})月(?:(?P<day>[0-9]{1,2})[日号])?)?"
)
_HAN_NEAR = {"昨": -1, "今": 0, "明": 1, "本": 0, "上": -1, "下": 1}


def han(low: str, start: int, end: int, anchor: date | None) -> Stretch | None:
    """2026年3月2日, 去年第三季度, 上半年, 本月."""
    word = low[start:end]
    if word[0] in _HAN_NEAR and word[-1] in "日天月度周" and "半" not in word:
        unit = {"日": "day", "天": "day", "月": "month", "周": "week"}.get(word[-1], "quarter")
        stretch = Stretch(start=start, end=end, form="relative", unit=unit)
        if anchor is not None:
            shift = _HAN_NEAR[word[0]]
            stretch.period = calendars.day(anchor + timedelta(days=shift)) if unit == "day" else around(unit, anchor, shift)
            stretch.ahead = stretch.period
        return stretch
    found = _HAN.match(low, start)
    if found is None or found.end() == start:
        return None
    year: int | None = None
    if found["year"]:
        if found["year"].isdigit():
            year = int(found["year"])
        elif anchor is not None:
            year = anchor.year + {"今": 0, "去": -1, "明": 1, "前": -2}[found["year"]]
        else:
            return Stretch(start=start, end=found.end(), form="relative", unit="year")
    parts = found.groupdict()

    def make(year: int) -> Period:
        if parts["quarter"]:
            return calendars.quarter(year, _HAN_DIGITS.get(parts["quarter"]) or int(parts["quarter"]))
        if parts["half"]:
            return calendars.half(year, 1 if parts["half"] == "上" else 2)
        if parts["day"]:
            return calendars.day(date(year, int(parts["month"]), int(parts["day"])))
        if parts["month"]:
            if not 1 <= int(parts["month"]) <= 12:
                raise ValueError(parts["month"])
            return calendars.month(year, int(parts["month"]))
        return calendars.year_of(year)

    form = (
        "quarter"
        if parts["quarter"]
        else "half"
        if parts["half"]
        else "day"
        if parts["day"]
        else "month"
        if parts["month"]
        else "year"
    )
    return settle(Stretch(start=start, end=found.end(), form=form, make=make), year, anchor)
