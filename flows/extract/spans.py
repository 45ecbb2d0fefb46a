"""What the extractor sees in a text before it looks for facts: sentences, quantities, times, mentions.

All offsets count code points in the article's whole text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from storage.values import Duration, Money, Percent, Period, Quantity, Ratio


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence, heading or list item; `paragraph` numbers the block it stands in.

    `kind`: `prose`, `heading`, `item` (of a list), `row` (of a table). `quoted` holds the spans
    within it that stand in quotation marks. `speaker` is the span of the label that an interview puts
    before the paragraph ("Renner:"), which lies outside the sentence.
    """

    start: int
    end: int
    paragraph: int
    kind: str = "prose"
    quoted: tuple[tuple[int, int], ...] = ()
    speaker: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityMention:
    """A number in the text with its hedge, as a value. `per` and `noun` keep what it counts.

    `start:end` holds the hedge, the currency, the number, the unit and the noun counted, and a
    conversion in brackets. `value` is an unsigned reading unless the text writes a minus: the sign
    comes from the verb, so rules apply it. `points` is set for percentage and basis points.
    `converted` is a second currency in brackets after it. `word` is set where the number is a word
    of change ("doubled", "quadruple", "halved"): then the value is the ratio it stands for.
    `bare` marks a count whose noun the text leaves out ("fell to 97,000"), and `after_from` a
    figure that "from" introduces ("to 15.4% from 16.1%"): as a rule the one it changed from.
    """

    start: int
    end: int
    value: Money | Percent | Ratio | Quantity | Duration
    noun: str | None = None  # "GPUs", "employees": the words counted
    noun_end: int | None = None
    points: bool = False
    converted: Money | None = None
    noun_start: int | None = None
    per: str | None = None  # "share", "month", "second": what the number is a rate of
    word: str | None = None
    bare: bool = False
    after_from: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event with dates, as the watchlist knows it; `names` are what texts call it."""

    key: str
    names: tuple[str, ...]
    start: date
    end: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FiscalPart:
    """A part of a fiscal year, as far as the text says it; `times.fiscal_period` adds the company's calendar.

    `part`: `year`, `half`, `quarter`, or `months` (the first `index` months). `year` is the calendar
    year the fiscal year ends in; None where unsaid. `shift` counts from the one that holds `anchor`:
    0 the current, -1 the last, 1 the next; None where the text names the part itself.
    `ended` is the last day the text gives it.
    """

    part: str
    index: int | None = None
    year: int | None = None
    shift: int | None = None
    ended: date | None = None
    anchor: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeMention:
    """A stretch of time in the text, resolved to calendar days where it can be.

    `form`: `day`, `month`, `quarter`, `half`, `year`, `fiscal`, `event`, `relative`, `horizon`,
    `season`, `open`; and, pointing back to a period the rule knows (see `times.against`), `same`
    ("in the period"), `year_earlier`, `previous`.

    `period` is the reading that looks back where the text leaves the year unsaid ("in December" is
    the last one); `ahead` is the one that looks forward, for promises. A `fiscal` mention has a
    period of its own only where the text dates it; otherwise the rule supplies the calendar
    (`times.fiscal_period`). A plain quarter or half without a year carries `fiscal` as well, since a
    company that reports on "the fourth quarter" means its own. In the form `open`, `preposition`
    is what opened it (`by`, `until`, `before`, `since`, `from`, `after`) and `inner` the stretch
    it stands before.
    """

    start: int
    end: int
    form: str
    period: Period | None
    event: str | None = None  # key of an event entity
    ahead: Period | None = None
    fiscal: FiscalPart | None = None
    unit: str | None = None  # of same, previous, relative and horizon: day, week, month, quarter, half, year, period
    years: int = 0  # of year_earlier: how many
    year: int | None = None  # of same: "the same three months of 2025"
    preposition: str | None = None
    inner: Period | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """An entity named or meant at a place in the text.

    `key` is the entity's slug; `kind` as in the watchlist; `how`: `alias`, `form`, `pronoun`,
    `noun` ("the company"), `surname`, `abbreviation`. `members` are the keys of a group that is
    meant at once ("both companies", "they").
    """

    start: int
    end: int
    key: str
    kind: str
    how: str
    possessive: bool = False
    members: tuple[str, ...] = ()
