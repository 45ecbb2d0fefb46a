"""Times in real language, fiscal calendars, and laws over random dates and hostile text."""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.extract import calendars, times
from flows.extract.spans import Event, TimeMention
from storage.values import Period

DATA = Path(__file__).parents[2] / "data"
TABLE = yaml.safe_load((DATA / "times.yaml").read_text(encoding="utf-8"))
ROWS = [pytest.param(row[0], row[1:], id=f"{section}:{row[0][:60]}") for section, rows in TABLE.items() for row in rows]
ANCHOR = date(2026, 5, 21)
EVENTS = (
    Event(key="ces-2026", names=("CES 2026", "2026 Consumer Electronics Show"), start=date(2026, 1, 6), end=date(2026, 1, 9)),
    Event(key="ces-2027", names=("CES 2027",), start=date(2027, 1, 6), end=date(2027, 1, 9)),
)
LENOVO, NVIDIA, CALENDAR = "03-31", "last-sunday-of-january", "12-31"


def days(period: Period | None) -> str:
    if period is None:
        return "?"
    if period.start == period.end:
        return str(period.start)
    return f"{period.start or ''}..{period.end or ''}"


def reading(mention: TimeMention) -> str:
    """The mention in the notation of the table."""
    words = [mention.form, days(mention.period)]
    if mention.ahead != mention.period:
        words += ["ahead", days(mention.ahead)]
    if mention.preposition is not None:
        words.append(f"[{mention.preposition}]")
    if mention.form == "fiscal" and mention.fiscal is not None:
        part = mention.fiscal
        said = [part.part]
        said += [str(part.index)] if part.index is not None else []
        said += [f"of {part.year}"] if part.year is not None else []
        said += [f"shift {part.shift}"] if part.shift is not None else []
        said += [f"ended {part.ended}"] if part.ended is not None else []
        words.append(f"<{' '.join(said)}>")
    if mention.form == "year_earlier":
        words.append(str(mention.years))
    if mention.form in {"year_earlier", "same", "previous", "horizon"}:
        words.append(str(mention.unit))
    if mention.year is not None:
        words.append(f"in {mention.year}")
    if mention.event is not None:
        words.append(f"{{{mention.event}}}")
    return " ".join(words)


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_reads_what_a_reader_would(text: str, expected: list[str]) -> None:
    found = times.find(text, anchor=ANCHOR, events=EVENTS)
    assert [f"{text[one.start : one.end]} → {reading(one)}" for one in found] == expected


def only(text: str, anchor: date | None = ANCHOR) -> TimeMention:
    found = times.find(text, anchor=anchor, events=EVENTS)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    "text", ["on Wednesday", "last year", "in December", "this quarter", "in four years", "today", "by 1 May"]
)
def test_without_a_day_of_publication_relative_times_stay_open(text: str) -> None:
    mention = only(text, anchor=None)
    assert (mention.period, mention.ahead) == (None, None)


@pytest.mark.parametrize(
    "text", ["in May 2026", "in Q3 2026", "first half of our 2025/26 fiscal year ended Sept. 30", "at CES 2026"]
)
def test_what_names_its_year_needs_no_day_of_publication(text: str) -> None:
    assert only(text, anchor=None).period == only(text).period != None  # noqa: E711 - a period, and the same one


@pytest.mark.parametrize(
    ("text", "calendar", "ahead", "expected"),
    [
        ("in the first half of our 2025/26 fiscal year", LENOVO, False, "2025-04-01..2025-09-30"),
        ("for FY26", LENOVO, False, "2025-04-01..2026-03-31"),
        ("in Q4 FY26", LENOVO, False, "2026-01-01..2026-03-31"),
        ("in the fourth quarter", LENOVO, False, "2026-01-01..2026-03-31"),
        ("in the first quarter", LENOVO, True, "2026-04-01..2026-06-30"),
        ("in its last financial year", LENOVO, False, "2025-04-01..2026-03-31"),
        ("the current fiscal year", LENOVO, False, "2026-04-01..2027-03-31"),
        ("the next fiscal year", LENOVO, False, "2027-04-01..2028-03-31"),
        ("By the end of fiscal year 2028/29", LENOVO, False, "..2029-03-31"),
        ("in the fiscal year that ended in March", LENOVO, False, "2025-04-01..2026-03-31"),
        ("first nine months of fiscal 2026", LENOVO, False, "2025-04-01..2025-12-31"),
        ("the first quarter of fiscal 2027, which ended on April 26", NVIDIA, False, "2026-01-26..2026-04-26"),
        ("in the fiscal third quarter", NVIDIA, True, "2026-07-27..2026-10-25"),
        ("in the fiscal third quarter", NVIDIA, False, "2025-07-28..2025-10-26"),
        ("this quarter", NVIDIA, False, "2026-04-27..2026-07-26"),
        ("last quarter", NVIDIA, False, "2026-01-26..2026-04-26"),
        ("next quarter", NVIDIA, False, "2026-07-27..2026-10-25"),
        ("for fiscal 2027", NVIDIA, False, "2026-01-26..2027-01-31"),
        ("the quarter that ended in April", NVIDIA, False, "2026-01-26..2026-04-26"),
        ("FY27 Q4", NVIDIA, False, "2026-10-26..2027-01-31"),
        ("in fiscal 2025", CALENDAR, False, "2025-01-01..2025-12-31"),
        ("the second half of fiscal 2025", CALENDAR, False, "2025-07-01..2025-12-31"),
    ],
)
def test_fiscal_periods(text: str, calendar: str, expected: str, *, ahead: bool) -> None:
    assert days(times.fiscal_period(only(text), calendar, ahead=ahead)) == expected


def test_a_mention_without_a_fiscal_part_has_no_fiscal_period() -> None:
    assert times.fiscal_period(only("in May 2026"), LENOVO) is None


@pytest.mark.parametrize("calendar", ["", "31-03", "13-01", "02-30x", "last-funday-of-january", "first-sunday-of-may"])
def test_a_calendar_that_is_none_is_refused(calendar: str) -> None:
    with pytest.raises(ValueError, match="not a fiscal year end"):
        times.fiscal_period(only("fiscal 2027"), calendar)


@pytest.mark.parametrize(
    ("text", "start", "end", "expected"),
    [
        ("a year earlier", "2026-01-01", "2026-03-31", "2025-01-01..2025-03-31"),
        ("a year earlier", "2024-02-01", "2024-02-29", "2023-02-01..2023-02-28"),
        ("a year earlier", "2026-01-26", "2026-04-26", "2025-01-27..2025-04-27"),
        ("two years earlier", "2026-01-01", "2026-03-31", "2024-01-01..2024-03-31"),
        ("in the same three months of 2025", "2026-01-01", "2026-03-31", "2025-01-01..2025-03-31"),
        ("in the quarter", "2026-01-01", "2026-03-31", "2026-01-01..2026-03-31"),
        ("the previous quarter", "2026-01-01", "2026-03-31", "2025-10-01..2025-12-31"),
        ("the previous three months", "2026-01-26", "2026-04-26", "2025-10-27..2026-01-25"),
        ("in March 2026", "2026-01-01", "2026-03-31", "?"),
    ],
)
def test_periods_pointed_back_to(text: str, start: str, end: str, expected: str) -> None:
    period = Period(start=date.fromisoformat(start), end=date.fromisoformat(end))
    assert days(times.against(only(text), period)) == expected


RULES = st.one_of(
    st.builds(lambda month, day: f"{month:02}-{day:02}", st.integers(1, 12), st.integers(1, 31)),
    st.builds(
        lambda weekday, month: f"last-{weekday}-of-{month}",
        st.sampled_from(["sunday", "saturday", "friday"]),
        st.sampled_from(["january", "september", "june", "december"]),
    ),
)


@given(rule=RULES, year=st.integers(1950, 2100))
def test_fiscal_quarters_fill_the_fiscal_year(rule: str, year: int) -> None:
    whole = calendars.fiscal_year(rule, year)
    quarters = [calendars.fiscal_quarter(rule, year, number) for number in (1, 2, 3, 4)]
    assert (quarters[0].start, quarters[3].end) == (whole.start, whole.end)
    for first, second in pairwise(quarters):
        assert first.end is not None
        assert second.start == first.end + timedelta(days=1)
    following = calendars.fiscal_year(rule, year + 1)
    assert whole.end is not None
    assert following.start == whole.end + timedelta(days=1)
    assert calendars.fiscal_year_at(rule, whole.end) == year


DATES = st.dates(min_value=date(1990, 1, 1), max_value=date(2049, 12, 31))
NOTATIONS = ["%B {d}, %Y", "{d} %B %Y", "%b. {d}, %Y", "%Y-%m-%d", "the {d}th of %B %Y", "%B {d} %Y"]


@given(when=DATES, notation=st.sampled_from(NOTATIONS))
def test_a_date_written_is_the_date_read(when: date, notation: str) -> None:
    written = when.strftime(notation).format(d=when.day).replace("May.", "May")
    assert only(f"It happened on {written} in Berlin.").period == Period(start=when, end=when)


@given(when=DATES, anchor=DATES)
def test_a_date_without_its_year_is_the_nearest_to_either_side(when: date, anchor: date) -> None:
    mention = only(f"on {when.day} {when:%B}", anchor)
    assert mention.period is not None
    assert mention.ahead is not None
    assert mention.period.start is not None
    assert mention.ahead.start is not None
    assert mention.period.start <= anchor <= mention.ahead.start
    assert (mention.period.start.month, mention.period.start.day) == (when.month, when.day)


@given(year=st.integers(1990, 2049), number=st.integers(1, 4))
def test_quarters_in_all_spellings_are_one(year: int, number: int) -> None:
    word = ["first", "second", "third", "fourth"][number - 1]
    spellings = [f"the {word} quarter of {year}", f"Q{number} {year}", f"{year}'s {word} quarter", f"{number}Q{year % 100:02}"]
    if year >= 2000:
        spellings.append(f"{year}年第{number}季度")
    assert {only(f"in {spelling}.").period for spelling in spellings} == {calendars.quarter(year, number)}


def lawful(text: str, anchor: date | None) -> None:
    """What holds for any text: mentions lie in it, in order, apart, and no period ends before it starts."""
    end = 0
    for mention in times.find(text, anchor=anchor, events=EVENTS):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end
        for period in (mention.period, mention.ahead, mention.inner):
            if period is not None and period.start is not None and period.end is not None:
                assert period.start <= period.end
        for rule in (LENOVO, NVIDIA):
            for ahead in (False, True):
                times.fiscal_period(mention, rule, ahead=ahead)
        times.against(mention, Period(start=date(2026, 1, 1), end=date(2026, 3, 31)))


@given(st.text(), st.one_of(st.none(), st.dates()))
def test_any_text_is_survived(text: str, anchor: date | None) -> None:
    lawful(text, anchor)


VOCABULARY = """
    March may Sept. 31 2 6 9 2026 2025/26 FY26 fiscal year quarter half first second third fourth last next this previous Q3 1Q26
    H1 of the in on by from to until since before after not end early late mid- years months weeks three four - – , . ( ) ended
    ending ago earlier today Wednesday Tuesday autumn fall same period corresponding CES 2027 '26 20s 年 月 3 日 第 三 季度 上半年
    twelve through between and year-ago within over 99 0 9999 1999"""
PIECES = st.sampled_from([*VOCABULARY.split(), "\n", "\u00a0"])


@given(st.lists(PIECES, max_size=40), st.sampled_from(["", " "]), st.one_of(st.none(), DATES))
@settings(max_examples=400)
def test_any_order_of_its_words_is_survived(pieces: list[str], glue: str, anchor: date | None) -> None:
    lawful(glue.join(pieces), anchor)


def test_the_naughty_strings_are_survived(shared: Path) -> None:
    for text in json.loads((shared / "corpora" / "naughty-strings.json").read_text(encoding="utf-8")):
        lawful(text, ANCHOR)
        lawful(f"in {text} 2026 until {text} March", ANCHOR)
