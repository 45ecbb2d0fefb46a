"""Times in Chinese: 2026年3月2日, 去年第三季度, 上半年, 2025/26财年, 本月."""

from __future__ import annotations

import re
from datetime import date, timedelta

from flows.extract import calendars
from flows.extract.dates import full_year
from flows.extract.relative import around
from flows.extract.spans import FiscalPart
from flows.extract.stretches import Page, Stretch, settle
from storage.values import Period

HAN = re.compile(
    r"(?P<fy>(?:19|20)[0-9]{2})(?:[/–-](?P<to>(?:20)?[0-9]{2}))?财年"
    r"|(?=[0-9今去明前第上下])(?:(?P<year>(?:19|20)[0-9]{2}|今|去|明|前)年)?"
    r"(?:第?(?P<quarter>[一二三四1-4])季度|(?P<half>[上下])半年|(?P<month>[0-9]{1,2})月(?:份|(?P<day>[0-9]{1,2})[日号])?|(?<=年))"
    r"|(?P<near>[昨今明])[日天]|(?P<which>[本上下])(?P<unit>月|季度|周)"
)
_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4}
_YEARS = {"今": 0, "去": -1, "明": 1, "前": -2}
_NEAR = {"昨": -1, "今": 0, "明": 1}
_WHICH = {"本": 0, "上": -1, "下": 1}
_UNITS = {"月": "month", "季度": "quarter", "周": "week"}


def read_han(page: Page, found: re.Match[str]) -> Stretch | None:
    """The time that Chinese characters name."""
    anchor = page.anchor
    start, end = found.span()
    if found["fy"]:
        year = full_year(found["to"]) if found["to"] else int(found["fy"])
        return Stretch(start=start, end=end, form="fiscal", unit="year", fiscal=FiscalPart(part="year", year=year, anchor=anchor))
    if found["near"]:
        day = None if anchor is None else calendars.day(anchor + timedelta(days=_NEAR[found["near"]]))
        return Stretch(start=start, end=end, form="relative", unit="day").at(day)
    if found["which"]:
        unit = _UNITS[found["unit"]]
        period = None if anchor is None else around(unit, anchor, _WHICH[found["which"]])
        return Stretch(start=start, end=end, form="relative", unit=unit).at(period)
    named = found["year"]
    year_number: int | None = None
    if named is not None:
        if named in _YEARS:
            if anchor is None:
                return Stretch(start=start, end=end, form="relative", unit="year")
            year_number = anchor.year + _YEARS[named]
        else:
            year_number = int(named)
    if found["month"] and not 1 <= int(found["month"]) <= 12:
        return None
    form = next((name for name in ("quarter", "half", "day", "month") if found[name]), "year")

    def make(year: int) -> Period:
        match form:
            case "quarter":
                return calendars.quarter(year, _DIGITS.get(found["quarter"]) or int(found["quarter"]))
            case "half":
                return calendars.half(year, 1 if found["half"] == "上" else 2)
            case "day":
                return calendars.day(date(year, int(found["month"]), int(found["day"])))
            case "month":
                return calendars.month(year, int(found["month"]))
        return calendars.year_of(year)

    return settle(Stretch(start=start, end=end, form=form, make=make), year_number, anchor)
