"""What the extractor sees in a text before it looks for facts: sentences, quantities, times, mentions.

All offsets count code points in the article's whole text.
"""

from __future__ import annotations

from dataclasses import dataclass

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
class TimeMention:
    """A stretch of time in the text, resolved to calendar days where it can be.

    `form`: `day`, `month`, `quarter`, `half`, `year`, `fiscal`, `event`, `relative`, `horizon`,
    `season`, `open`. `company` is the entity whose fiscal calendar it needs, where the text names
    none: then `period` is None until the rule supplies the calendar (see `times.fiscal_period`).
    """

    start: int
    end: int
    form: str
    period: Period | None
    event: str | None = None  # key of an event entity


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
