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
    within it that stand in quotation marks.
    """

    start: int
    end: int
    paragraph: int
    kind: str = "prose"
    quoted: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityMention:
    """A number in the text with its hedge, as a value. `per` and `noun` keep what it counts.

    `value` is an unsigned reading: the sign comes from the verb, so rules apply it. `change` is
    set for percentage points. `converted` is a second currency in brackets after it.
    """

    start: int
    end: int
    value: Money | Percent | Ratio | Quantity | Duration
    noun: str | None = None  # "GPUs", "employees": the words counted
    noun_end: int | None = None
    points: bool = False
    converted: Money | None = None


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
    `noun` ("the company"), `surname`, `abbreviation`.
    """

    start: int
    end: int
    key: str
    kind: str
    how: str
    possessive: bool = False
