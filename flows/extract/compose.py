"""From amounts read to mentions: values with intervals, tolerances, conversions in brackets."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from flows.extract.amounts import Amount
from flows.extract.hedges import Hedge, interval
from flows.extract.spans import QuantityMention
from storage.values import Duration, Modifier, Money, Percent, Quantity, Ratio

_TOLERANCE = re.compile(
    r",? ?(?:\(?(?:plus|\+)[ -]?(?:or|/)[ -]?(?:minus|-)|give or take|\+/-|±) ?[$€£]?(?P<run>[0-9]{1,9}(?:\.[0-9]{1,6})?)"
    r"(?: ?(?P<percent>%|percent\b(?! point)|per cent\b)|(?P<points> ?percentage points?\b| ?points?\b)"
    r"|(?P<basis> ?basis points?\b|bps\b)| ?(?P<big>million|billion|m|bn)\b)?\)?"
)
_TOLERANCE_FIRST = frozenset(" ,(±+")
_TOLERANCE_SECOND = frozenset("pg+±(")
_BIG = {"million": 6, "m": 6, "billion": 9, "bn": 9}
_BRACKET = re.compile(r" ?[(（](?:(?:or|about|around|approximately|approx\.?|roughly|some|equal to|equivalent to|~|≈|=) ?){0,2}")
_BRACKET_END = re.compile(r"(?: at (?:current|today's|today’s) (?:exchange )?rates?)?[)）]")
_OR = re.compile(r",? (?:or|equal to|equivalent to) (?:(?:about|around|approximately|roughly|some) )?")
_LISTED = re.compile(r"(?: (?:of|in) [a-z0-9 -]{1,30})?,? and ")


def compose(
    text: str, amount: Amount, start: int, hedge: Hedge, *, lower: Amount | None = None, word: str | None = None
) -> QuantityMention:
    """The mention of `amount`, hedged, or of the range from `lower` up to it. It begins at `start`."""
    kind = amount.kind or "quantity"
    number = amount.value
    modifier = hedge.modifier
    low: Decimal | None
    high: Decimal | None
    if lower is not None:
        low, high, modifier = lower.value, number, Modifier.RANGE
        number = (lower.value + number) / 2
    else:
        low, high = interval(number, amount.step, hedge, percent=kind in {"percent", "points"})
    value: Money | Percent | Ratio | Quantity | Duration
    if kind == "money":
        value = Money(number=number, low=low, high=high, modifier=modifier, currency=amount.unit)
    elif kind in {"percent", "points"}:
        value = Percent(number=number, low=low, high=high, modifier=modifier)
    elif kind == "ratio":
        value = Ratio(number=number, low=low, high=high, modifier=modifier)
    elif kind == "duration":
        if modifier is Modifier.EXACT:  # "nine days" are nine days: a length of time is not rounded to half its unit
            low = high = number
        value = Duration(low=low, high=high, unit=amount.unit, modifier=modifier)
    else:
        value = Quantity(number=number, low=low, high=high, modifier=modifier, unit=amount.unit or "count")
    return QuantityMention(
        start=start,
        end=amount.end,
        value=value,
        noun=None if amount.noun_start is None else text[amount.noun_start : amount.noun_end],
        noun_start=amount.noun_start,
        noun_end=amount.noun_end,
        points=kind == "points",
        per=amount.per,
        word=word,
        bare=amount.kind is None,
    )


def tolerated(low: str, mention: QuantityMention) -> QuantityMention:
    """The mention widened by a tolerance that follows it ("plus or minus 2%"), or the mention itself."""
    after = low[mention.end : mention.end + 2]
    if not after or after[0] not in _TOLERANCE_FIRST or (after[0] == " " and after[1:] not in _TOLERANCE_SECOND):
        return mention
    value = mention.value
    if isinstance(value, Duration | Ratio) or value.number is None:
        return mention
    found = _TOLERANCE.match(low, mention.end)
    if found is None:
        return mention
    by = Decimal(found["run"])
    if found["basis"]:
        by /= 100
    elif found["big"]:
        by = by.scaleb(_BIG[found["big"]])
    elif found["percent"] and not isinstance(value, Percent):
        by = abs(value.number) * by / 100
    widened = replace(value, low=value.number - by, high=value.number + by, modifier=Modifier.ABOUT)
    return replace(mention, value=widened, end=found.end())


def joined(low: str, first: QuantityMention, second: QuantityMention) -> QuantityMention | None:
    """One mention where `second` is the conversion of `first` into another currency; else None."""
    left, right = first.value, second.value
    if not (isinstance(left, Money) and isinstance(right, Money)) or left.currency == right.currency:
        return None
    if first.converted is not None or second.start - first.end > 40:
        return None
    end = second.end
    if _BRACKET.fullmatch(low, first.end, second.start):
        closing = _BRACKET_END.match(low, end)
        if closing is None:
            return None
        end = closing.end()
    elif not _OR.fullmatch(low, first.end, second.start):
        return None
    if left.modifier not in {Modifier.EXACT, Modifier.RANGE} and right.modifier is Modifier.EXACT and right.number and right.high:
        # "roughly HK$147 billion ($18.8 billion)": the hedge holds for both
        bottom, top = interval(right.number, (right.high - right.number) * 2, Hedge(left.modifier))
        right = replace(right, low=bottom, high=top, modifier=left.modifier)
    return replace(first, converted=right, end=end)


def listed(low: str, first: QuantityMention, second: QuantityMention) -> QuantityMention:
    """`second`, with the "up to" of `first` where it heads both: "up to 64 GB of memory and 2 TB of storage"."""
    left, right = first.value, second.value
    if (
        isinstance(left, Quantity)
        and isinstance(right, Quantity)
        and left.modifier is Modifier.UP_TO
        and right.modifier is Modifier.EXACT
        and left.unit == right.unit
        and second.start - first.end <= 40
        and _LISTED.fullmatch(low, first.end, second.start)
    ):
        return replace(second, value=replace(right, low=None, high=right.number, modifier=Modifier.UP_TO))
    return second
