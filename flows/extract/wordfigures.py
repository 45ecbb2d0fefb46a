"""Figures said in words alone: "a third", "doubled", "tens of thousands", "weeks", "gigawatt-scale", "ranked first"."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from flows.extract.amounts import Amount, read_amount
from flows.extract.compose import compose
from flows.extract.hedges import ABOUT, EXACT, hedge_before
from flows.extract.numbers import FRACTIONS, ORDINALS, SCALES, Number, read_words
from flows.extract.spans import QuantityMention
from flows.extract.units import NUMBERLESS, SUFFIXES, WORDS
from storage.values import Duration, Modifier, Money, Quantity

Found = tuple[QuantityMention | None, int] | None

VAGUE = {
    "dozens": (Decimal(24), Decimal(99)),
    "scores": (Decimal(40), Decimal(99)),
    "tens": (Decimal(10), Decimal(99)),
    "hundreds": (Decimal(100), Decimal(999)),
    "thousands": (Decimal(1000), Decimal(9999)),
    "millions": (Decimal(10) ** 6, Decimal(10) ** 7 - 1),
    "billions": (Decimal(10) ** 9, Decimal(10) ** 10 - 1),
    "trillions": (Decimal(10) ** 12, Decimal(10) ** 13 - 1),
}
_FACTORS = {"doubl": 2, "tripl": 3, "trebl": 3, "quadrupl": 4, "quintupl": 5, "sextupl": 6}
_FOLDS = "two three four five six seven eight nine ten"
CHANGES: dict[str, Decimal] = {
    stem + ending: Decimal(factor) for stem, factor in _FACTORS.items() for ending in ("e", "es", "ed", "ing")
} | {f"halv{ending}": Decimal("0.5") for ending in ("e", "es", "ed", "ing")}
CHANGES |= {f"{word}fold": Decimal(value) for value, word in enumerate(_FOLDS.split(), start=2)} | {
    "hundredfold": Decimal(100),
    "thousandfold": Decimal(1000),
    "twice": Decimal(2),
}
FRACTION_WORDS = frozenset(FRACTIONS) | {f"{word}s" for word in FRACTIONS if word != "half"}
POWERS = frozenset({"gigawatt", "megawatt", "terawatt", "petabyte", "terabyte", "exabyte", "exaflop", "petaflop"})
BIG = frozenset({"hundred", "thousand", "million", "billion", "trillion", "dozen"})

_RANK_BEFORE = re.compile(
    r"(?:\b(?:rank(?:ed|s|ing)?|came|comes|coming|placed|places|placing|finish(?:ed|es|ing))"
    r"(?: in| joint| equal| a close| a distant)? "
    r"|\b(?:in|into|to|from|at) (?:a (?:close|distant) |the )?)$"
)
_RANK_AFTER = re.compile(
    r"-(?:largest|biggest|ranked|placed|most valuable|best-selling|highest)\b| (?:largest|biggest|place|spot|position)\b"
)
_SHARE_BEFORE = re.compile(r"\b(an?|one|two|three|four|five|six|seven|eight|nine)[ -]$")
_GROWN_BEFORE = re.compile(
    r"\b(?:by|rose|fell|up|down|grew|jumped|climbed|dropped|gained|lost|slid|sank|soared|surged|shrank|leapt|added|shed|"
    r"slumped|plunged|tumbled|increased|decreased|declined|advanced|rise of|increase of|fall of|drop of|jump of|growth of|"
    r"decline of|gain of|surge of)"
    r"(?: (?:nearly|almost|about|around|roughly|some|over|more than|just over|just under|close to|at least|well over))? $"
)
_SHARE_AFTER = re.compile(r" (?:of|as|the)\b")
_HALF_AFTER = re.compile(r" (?:of|the|its|their|his|her|our|as|that|what|this|those|these|all)\b")
_HALF_BEFORE = re.compile(r"\b(?:first|second|latter|other|last|h1|and a|previous|third|fourth|final|this|each|per|either|the) $")
_NO_CHANGE = re.compile(r"[- ](?:digits?|down|standard|check|click|decker|glazing|bass|tap|room|act|agent|whammy|major)\b|-[a-z]")
_OF = re.compile(r" of (?:(?P<scale>thousand|million|billion|trillion)s\b)?")
_OF_MONEY = re.compile(r" of (?P<name>(?:us |u\.s\. |hong kong )?dollars|euros|pounds|yuan|renminbi|yen|rupees|won|francs)\b")
_LENGTH_BEFORE = re.compile(
    r"\b(?:from|to|in|within|into|take|takes|took|taking) (?:(?:just|only|a mere|a matter of|a few|several|a couple of|many) )?$"
)
_LENGTH_AFTER = re.compile(r" (?:ago|earlier|before|later|to come|old|ahead|in which|past)\b|-")
_SIZE_AFTER = re.compile(r"-(?:scale|class|sized|size|plus|strong|level)\b")
_EACH = re.compile(r" (?:a|per|each|every) (?:day|week|month|year|hour|minute|quarter)\b")


STARTS = frozenset({*ORDINALS, *FRACTION_WORDS, *CHANGES, *VAGUE, *NUMBERLESS, *POWERS, *BIG})


def figure(text: str, low: str, word: str, start: int, end: int) -> Found:
    """The mention that the word at `start:end` makes, and up to where the text was read; None if it makes none."""
    if word in ORDINALS and (rank := _rank(low, word, start, end)) is not None:
        return rank
    if word in FRACTION_WORDS:
        return _fraction(text, low, word, start, end)
    if word in CHANGES:
        return _change(text, low, word, start, end)
    if word in VAGUE:
        return _vague(text, low, word, start, end)
    if word in NUMBERLESS:
        return _numberless(low, word, start, end)
    if word in POWERS or (word in BIG and word != "dozen" and low.startswith("-", end)):
        return _order_of_magnitude(text, low, word, start, end)
    return None


def _rank(low: str, word: str, start: int, end: int) -> Found:
    """ "ranked first", "came fourth", "second-largest", "in third place": a rank, else None."""
    after = _RANK_AFTER.match(low, end)
    before = _RANK_BEFORE.search(low, max(0, start - 24), start)
    if after is not None and after[0][0] == " " and before is None:
        return None
    if after is None:
        if before is None or before[0].startswith(("in ", "into ", "to ", "from ", "at ")):
            return None
        if low.startswith((" quarter", " half", " time", "-", " of "), end):
            return None
    value = Quantity(number=ORDINALS[word], low=ORDINALS[word], high=ORDINALS[word], unit="rank")
    close = after.end() if after is not None else end
    opening = before.start() if before is not None else start
    return QuantityMention(start=opening, end=close, value=value), close


def _fraction(text: str, low: str, word: str, start: int, end: int) -> Found:
    """ "half of", "a third of", "two-thirds", "three quarters": a ratio below one, else None."""
    divisor = FRACTIONS[word.removesuffix("s") if word != "half" else word]
    if word == "half":
        if _HALF_BEFORE.search(low, max(0, start - 10), start):
            return None
        by = low.endswith(("by ", " in "), 0, start)
        if not (_HALF_AFTER.match(low, end) or by):
            return None
        top, begin = Decimal(1), start
    else:
        before = _SHARE_BEFORE.search(low, max(0, start - 6), start)
        if before is None:
            return None
        top = Decimal(1) if before[1] in {"a", "an"} else _small(before[1])
        by = _GROWN_BEFORE.search(low, max(0, before.start() - 28), before.start()) is not None
        if not (_SHARE_AFTER.match(low, end) or by or top > 1 or (before[1] == "one" and word in {"third", "fifth"})):
            return None
        if top > 1 and not word.endswith("s"):
            return None
        if word.startswith("quarter") and (top > 1 and before[0][-1] == " " and not _SHARE_AFTER.match(low, end)):
            return None
        if low.startswith((" of a second", " of a minute", " of an hour", " of an inch"), end):
            return None
        begin = before.start()
    value = top / divisor
    hedge, opening = hedge_before(low, begin)
    number = Number(begin, end, value, value / 10, words=True)  # a fraction in words is good to five percent
    return compose(text, Amount(start=begin, end=end, number=number, kind="ratio"), opening, hedge), end


def _small(word: str) -> Decimal:
    number = read_words(word, 0)
    return number.value if number is not None else Decimal(1)


def _change(text: str, low: str, word: str, start: int, end: int) -> Found:
    """ "doubled", "quadruple", "tenfold", "twice": the ratio, with the word that says it."""
    if word in {"double", "triple", "treble", "twice"} and (_NO_CHANGE.match(low, end) or _EACH.match(low, end)):
        return None
    hedge, opening = hedge_before(low, start)
    value = CHANGES[word]
    number = Number(start, end, value, Decimal(1) if value >= 1 else value / 10, words=True)
    mention = compose(text, Amount(start=start, end=end, number=number, kind="ratio"), opening, hedge, word=word)
    return mention, end


def _vague(text: str, low: str, word: str, start: int, end: int) -> Found:
    """ "dozens", "hundreds of thousands of GPUs", "tens of millions of dollars": a range without a number."""
    bottom, top = VAGUE[word]
    of = _OF.match(low, end)
    scale = Decimal(1)
    if of is not None and of["scale"]:
        scale, end = SCALES[of["scale"]], of.end()
    elif word in {"tens", "scores"} or (of is None and word != "dozens"):
        return None
    if scale > 1:
        bottom, top = bottom * scale, (top + 1) * scale - 1
    money = _OF_MONEY.match(low, end)
    if money is not None:
        value = Money(number=None, low=bottom, high=top, modifier=Modifier.RANGE, currency=SUFFIXES[money["name"]][0])
        return QuantityMention(start=start, end=money.end(), value=value), money.end()
    number = Number(start, end, Decimal(2), Decimal(1), words=True)
    counted = read_amount(text, low, number, currency=None)
    if counted.kind == "duration":
        made: Quantity | Duration = Duration(low=bottom, high=top, unit=counted.unit, modifier=Modifier.RANGE)
    else:
        made = Quantity(number=None, low=bottom, high=top, modifier=Modifier.RANGE, unit=counted.unit or "count")
    mention = QuantityMention(
        start=start,
        end=counted.end,
        value=made,
        noun=None if counted.noun_start is None else text[counted.noun_start : counted.noun_end],
        noun_start=counted.noun_start,
        noun_end=counted.noun_end,
        bare=counted.kind is None,
    )
    return mention, counted.end


def _numberless(low: str, word: str, start: int, end: int) -> Found:
    """ "from months to just weeks": a length of time of which only the unit is said."""
    before = _LENGTH_BEFORE.search(low, max(0, start - 24), start)
    if before is None or _LENGTH_AFTER.match(low, end):
        return None
    unit = WORDS[word]
    slug = {"quarters": "quarter", "decades": "decade"}.get(word, unit.slug)
    return QuantityMention(start=start, end=end, value=Duration(low=None, high=None, unit=slug)), end


def _order_of_magnitude(text: str, low: str, word: str, start: int, end: int) -> Found:
    """ "gigawatt-scale", "trillion-parameter", "billion-dollar", "multi-gigawatt": about one of them."""
    multi = low.endswith(("multi-", "multi"), max(0, start - 6), start)
    hedge, opening = hedge_before(low, start - 6 if multi else start)
    number = Number(start, end, Decimal(1), Decimal(1), words=True)
    if word in POWERS:
        unit = WORDS[word]
        size = _SIZE_AFTER.match(low, end)
        if size is None and not multi:
            return None
        close = size.end() if size is not None else end
        amount = Amount(start=start, end=close, number=number, kind="quantity", unit=unit.slug, factor=unit.factor)
    else:
        amount = read_amount(text, low, Number(start, end, SCALES[word], SCALES[word], words=True), currency=None)
        if amount.kind is None:
            return None
    if multi:
        start = low.rfind("multi", 0, start)
        mention = compose(text, amount, start, ABOUT)
        value = mention.value
        if isinstance(value, Duration):
            return None
        opened = replace(value, number=None, low=amount.value * 2, high=None, modifier=Modifier.AT_LEAST)
        return replace(mention, value=opened), amount.end
    return compose(text, amount, opening, ABOUT if hedge is EXACT else hedge), amount.end
