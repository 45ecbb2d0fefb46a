"""Reading days, months and years: "March 31", "6-9 January 2026", "2 March", "2026-03-02", "in May", "its 2025 sales"."""

from __future__ import annotations

import re
from datetime import date

from flows.extract import calendars
from flows.extract.calendars import MONTHS
from flows.extract.folding import any_of, words
from flows.extract.stretches import Page, Stretch, settle
from storage.values import Period

MONTH = rf"(?:{any_of(MONTHS)})\b"
YEAR = r"(?:19|20)[0-9]{2}"
COUNT = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fifteen|eighteen|twenty-four|thirty-six"
    r"|[0-9]{1,2})"
)
_COUNTS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "thirteen": 13, "fifteen": 15, "eighteen": 18, "twenty-four": 24, "thirty-six": 36,
}  # fmt: skip
COUNT_WORDS = frozenset(_COUNTS)

_YEAR_TAIL = re.compile(
    rf",? (?:of |in )?(?P<year>{YEAR})(?![0-9/]|[-–][0-9]{{2}}\b|,[0-9])"
    r"|,? (?:of |in )?(?P<which>last|this|next|the same|the following|the previous|the current) year\b"
    r"| ?['’](?P<short>[0-9]{2})\b"
)
_SHIFTS = {"last": -1, "the previous": -1, "this": 0, "the same": 0, "the current": 0, "next": 1, "the following": 1}
_MONTH_DAY = re.compile(
    rf"{MONTH}\.? (?:the )?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9a-z:.,]*[0-9%])"
    rf"(?:(?: ?[-–] ?| to | and )(?P<last>[0-9]{{1,2}})(?:st|nd|rd|th)?\b(?! {MONTH}|[.,:][0-9]|%))?"
)
_DAY_BEFORE = re.compile(
    r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?:(?: ?[-–/] ?| to | and )(?P<last>[0-9]{1,2})(?:st|nd|rd|th)?)? (?:of )?$"
)
_ISO = re.compile(r"(?P<year>(?:19|20)[0-9]{2})-(?P<month>0[1-9]|1[0-2])-(?P<day>[0-3][0-9])(?![0-9])")
# What must stand before a month's name that is also a word or a given name: "in May", "late March", "(June".
_IN_TIME = re.compile(
    r"(?:\b(?:in|by|since|until|till|from|last|next|early|late|mid|of|this|to|through|between|before|after|during|for|and|on"
    r"|around|starting|beginning|ending|ended|end|every|each|only|was|is|than|with|as of|ends|begins)[ -](?:the )?|[(/–-])$"
)
_AMBIGUOUS = words("may march april june august mar jan dec sep jun jul apr feb oct nov aug sept")
_SHORT = words("jan feb mar apr jun jul aug sept sep oct nov dec")
_NAME_FOLLOWS = re.compile(r" [A-Z][a-z]")
_FULL_STOP = re.compile(r"\.(?![ ,;)]| *[a-z0-9(])")
_QUARTER_AFTER = re.compile(r"[ -]quarter\b")
_CAPITAL_BEFORE = re.compile(r"(?:^|[\s(\[“\"‘])([A-Z][\w.&’'-]*)[ ]$")
_PREPOSITIONS = words("""
    in by since until till from during for of before after through between on at and to over end early late mid around
    about within circa starting beginning ending ended fiscal calendar year throughout spring summer autumn fall winter as its
    their our with despite but while first second third fourth h1 h2 q1 q2 q3 q4""")
_NO_YEAR_BEFORE = frozenset("_.,/$€£¥#@+'’=")
_SHOW_NAME = re.compile(r" [A-Z]\w+ [A-Z]")
_COUNTED_AFTER = re.compile(
    r"[ -]?(?:[gcd]pus|employees|people|jobs|staff|workers|racks|servers|units|cores|tokens|watts?|[kmg]?w|[gtm]b|[mg]hz|nits"
    r"|[mck]m|kg|bits?|dollars|euros|yuan|yen|percent|per cent|million|billion|trillion|hours|days|weeks|months|x)\b|%"
)


def count_of(word: str) -> int:
    """A count written as a word or in digits."""
    return _COUNTS[word] if word in _COUNTS else int(word)


def full_year(two: str) -> int:
    """The year that two digits after an apostrophe or "FY" mean."""
    return int(two) if len(two) == 4 else 2000 + int(two) if int(two) < 70 else 1900 + int(two)


def year_after(low: str, end: int, anchor: date | None) -> tuple[int | None, int]:
    """The year that follows a date ("2026", "last year", "'26"), and where it ends."""
    tail = _YEAR_TAIL.match(low, end)
    if tail is None:
        return None, end
    if tail["which"]:
        return (None if anchor is None else anchor.year + _SHIFTS[tail["which"]]), tail.end()
    return full_year(tail["year"] or tail["short"]), tail.end()


def read_month(page: Page, found: re.Match[str]) -> Stretch | None:
    """The day, month or quarter that a month's name belongs to: "March 31", "6-9 January", "Sept.", "the June quarter"."""
    text, low, anchor = page
    start, end = found.span()
    name = low[start:end]
    number = MONTHS[name]
    close = end + 1 if name in _SHORT and low.startswith(".", end) else end
    following = _MONTH_DAY.match(low, start)
    before = None if following is not None else _DAY_BEFORE.search(low, max(0, start - 16), start)
    if following is not None:
        if text[start].islower() and name in {"may", "march", "mar"}:
            return None
        return _day(page, start, following.end(), number, following)
    if before is not None and _stands_free(low, before.start()) and not (text[start].islower() and name in {"may", "march"}):
        return _day(page, before.start(), close, number, before)
    if not text[start].isupper():
        return None
    quarterly = _QUARTER_AFTER.match(low, close)
    if quarterly is not None:
        year, stop = year_after(low, quarterly.end(), anchor)
        return _quarter_to(start, stop, number, year, anchor)
    year, stop = year_after(low, close, anchor)
    if stop > close and (quarterly := _QUARTER_AFTER.match(low, stop)) is not None:
        return _quarter_to(start, quarterly.end(), number, year, anchor)
    if stop == close:
        in_time = _IN_TIME.search(low, max(0, start - 14), start) is not None
        if not in_time and (name in _AMBIGUOUS or _NAME_FOLLOWS.match(text, close)):
            return None
        if close > end and _FULL_STOP.match(low, end):
            stop = end
    stretch = Stretch(start=start, end=stop, form="month", make=lambda year: calendars.month(year, number))
    return settle(stretch, year, anchor)


def _quarter_to(start: int, end: int, number: int, year: int | None, anchor: date | None) -> Stretch | None:
    """The quarter that ends with month `number`."""
    stretch = Stretch(start=start, end=end, form="quarter", unit="quarter")
    stretch.make = lambda year: calendars.months(year, number - 2, number)
    return settle(stretch, year, anchor)


def _day(page: Page, start: int, end: int, number: int, found: re.Match[str]) -> Stretch | None:
    first, last = int(found["day"]), int(found["last"] or found["day"])
    if not 1 <= first <= last <= 31:
        return None
    year, stop = year_after(page.low, end, page.anchor)

    def make(year: int) -> Period:
        return Period(start=date(year, number, first), end=date(year, number, last))

    return settle(Stretch(start=start, end=stop, form="day", make=make, joined=first < last), year, page.anchor)


def _stands_free(low: str, start: int) -> bool:
    """Whether digits that begin at `start` are not the tail of a longer number or a price."""
    before, second = low[start - 1 : start], low[start - 2 : start - 1] if start > 1 else ""
    return not (before.isalnum() or before in {"$", "€", "£", "/", "-"} or (before in {".", ","} and second.isdigit()))


def read_iso(page: Page, start: int) -> Stretch | None:
    """2026-03-02."""
    found = _ISO.match(page.low, start)
    if found is None:
        return None
    try:
        when = date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
    return Stretch(start=start, end=found.end(), form="day", dated=True).at(calendars.day(when))


def read_year(page: Page, start: int) -> Stretch | None:
    """The year, or decade, that four digits at `start` are; None where they count, name a product or a show."""
    text, low, _ = page
    end = start + 4
    before, after = low[start - 1 : start], low[end : end + 2]
    if before.isalnum() or before in _NO_YEAR_BEFORE or low.endswith(("$ ", "€ ", "£ "), 0, start):
        return None
    if before in {"-", "–"} and not (
        low.endswith(("mid-", "end-", "early-", "late-"), 0, start) or low[start - 5 : start - 1].isdecimal()
    ):
        return None
    year = int(low[start:end])
    if after[:1] == "s" and not after[1:].isalnum():
        return Stretch(start=start, end=end + 1, form="year", dated=True).at(calendars.years(year, year + 9))
    if after[:1].isalnum() or after[:1] in {"_", "@"} or (after[:1] in {".", ",", ":", "/"} and after[1:].isdigit()):
        return None
    if _COUNTED_AFTER.match(low, end):
        return None
    named = _CAPITAL_BEFORE.search(text, max(0, start - 24), start)
    if named is not None and named[1].lower() not in _PREPOSITIONS and not named[1].endswith(("'s", "’s", "s'", "s’")):
        return None
    if low.endswith("the ", 0, start) and _SHOW_NAME.match(text, end):
        return None  # "the 2026 Consumer Electronics Show" names a show
    return settle(Stretch(start=start, end=end, form="year", make=calendars.year_of), year, None)
