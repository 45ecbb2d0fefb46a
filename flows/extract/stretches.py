"""A stretch of time while it is being read, and what reading it needs to know."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from flows.extract.spans import FiscalPart
from storage.values import Period

_LEAP = 9  # years within which each day of the calendar comes round, 29 February included
Maker = Callable[[int], Period]


class Page(NamedTuple):
    """The text, the same in small letters, and the day relative dates hang on."""

    text: str
    low: str
    anchor: date | None


@dataclass(slots=True, kw_only=True)
class Stretch:
    """A stretch of time at a place. `make` gives its days in a year; `dated` tells that the text says the year.

    The other fields are those of `spans.TimeMention`. `joined` marks two stretches made one.
    """

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
    dated: bool = False
    joined: bool = False

    def at(self, period: Period | None) -> Stretch:
        """The stretch with one reading, whichever way the sentence looks."""
        self.period = self.ahead = period
        return self


class Reader(NamedTuple):
    """One way to say a time: the words it can begin with, its pattern, and what reads it.

    `read` gives None where the words mean something else after all.
    """

    words: frozenset[str]
    pattern: re.Pattern[str]
    read: Callable[[Page, re.Match[str]], Stretch | None]


def settle(stretch: Stretch, year: int | None, anchor: date | None) -> Stretch | None:
    """Give a stretch its days: in `year`, else the last before and the first after the anchor.

    None where there is no such day (30 February). Without year and anchor it stays without days.
    """
    make = stretch.make
    if make is None or (year is None and anchor is None):
        return stretch
    if year is not None:
        stretch.dated = True
        stretch.at(_days(make, year))
    elif anchor is not None:
        past = (_days(make, anchor.year - back) for back in range(_LEAP))
        ahead = (_days(make, anchor.year + on) for on in range(-1, _LEAP))
        stretch.period = next((one for one in past if one is not None and (one.start is None or one.start <= anchor)), None)
        stretch.ahead = next((one for one in ahead if one is not None and (one.end is None or one.end >= anchor)), None)
    return None if stretch.period is None and stretch.ahead is None else stretch


def _days(make: Maker, year: int) -> Period | None:
    try:
        return make(year)
    except (ValueError, OverflowError):
        return None
