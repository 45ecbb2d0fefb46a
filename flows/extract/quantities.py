"""Every number in a text that means something, as a value with its interval.

One pass finds where numbers begin; each is then read with bounded looks to its left (sign,
currency, hedge) and right (scale, unit, noun, range). No step looks further than a few dozen
characters, so the whole is linear in the length of the text.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from flows.extract.amounts import Amount, read_amount
from flows.extract.compose import compose, joined, listed, tolerated
from flows.extract.designations import is_designation, rank_before
from flows.extract.folding import fold
from flows.extract.hedges import EXACT, Hedge, hedge_after, hedge_before
from flows.extract.numbers import ORDINALS, RUN, SCALES, TENS, UNITS, Number, read_digits, read_han, read_words
from flows.extract.spans import QuantityMention
from flows.extract.units import NUMBERLESS, PREFIXES
from flows.extract.wordfigures import (
    BIG,
    CHANGES,
    FRACTION_WORDS,
    POWERS,
    VAGUE,
    Found,
    change,
    fraction,
    numberless,
    order_of_magnitude,
    rank_word,
    vague,
)
from storage.values import Modifier, Money, Quantity

_ANCHOR = re.compile(
    rf"(?P<run>{RUN})|\b(?P<word>"
    + "|".join(sorted({*UNITS, *TENS, *BIG, *VAGUE, *CHANGES, *FRACTION_WORDS, *ORDINALS, *NUMBERLESS, *POWERS}, key=len, reverse=True))
    + r")\b|百分之"
)
_PREFIX = re.compile("(?:" + "|".join(sorted(map(re.escape, PREFIXES), key=len, reverse=True)) + r")[ \u00a0]?$")
_TO = re.compile(r"(?: ?[-–—‑~] ?| (?P<to>to) | (?P<or>or) | (?P<and>and) )(?P<sign>[-−])?(?P<money>(?:us|hk|nt|[rasc])? ?[$€£¥₹]|rmb ?)?(?=[0-9a-z])")
_FROM = re.compile(r"(?:(?P<range>ranging|ranges|range|anywhere|varying|varies) )?(?P<from>from) $")
_CHANGED = re.compile(r"\b(?:to|rose|fell|up|down|grew|climbed|dropped|cut|lowered|raised|increased|decreased|jumped|slipped|compared|reduced)\b")
_DURATION_OF_TIME = re.compile(r"(?:next|past|last|first|previous|coming|recent|preceding|same|final|prior|earlier|following) $")
_AGO = re.compile(r" (?:ago|earlier|before|previously|old|prior|later)\b|-old\b| (?:through|ended|ending|to|until) (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|the end)")
_RATIO_AFTER = re.compile(r" (?:a|an|per|each|every|in|since|already|before|this|last|during|over the|at|on)\b")
_YUAN = re.compile("元|人民币|rmb|cny|yuan|renminbi|卢")


def find(text: str) -> list[QuantityMention]:
    """All amounts of `text`, in order, without overlaps.

    Years, dates, times of day, product numbers, versions, footnote marks and list numbers are not
    amounts. Time and memory are linear in the length of the text; nothing is raised.
    """
    low = fold(text)
    yen = "CNY" if _YUAN.search(low) else "JPY"
    mentions: list[QuantityMention] = []
    cursor = 0
    for anchor in _ANCHOR.finditer(low):
        start = anchor.start()
        if start < cursor:
            continue
        if anchor["run"] is not None:
            found = _from_digits(text, low, start, anchor.end(), cursor)
        elif anchor["word"] is not None:
            found = _from_word(text, low, anchor["word"], start, anchor.end(), cursor)
        else:
            found = _from_han_percent(text, low, anchor.end(), start)
        if found is None:
            continue
        mention, cursor = found
        if mention is None:
            continue
        if yen == "CNY" and isinstance(mention.value, Money) and mention.value.currency == "JPY" and "¥" in text[mention.start : mention.end]:
            mention = replace(mention, value=replace(mention.value, currency=yen))
        mention = tolerated(low, mention)
        if mentions:
            merged = joined(low, mentions[-1], mention)
            if merged is not None:
                mentions[-1] = merged
                cursor = max(cursor, merged.end)
                continue
            mention = listed(low, mentions[-1], mention)
        mentions.append(mention)
        cursor = max(cursor, mention.end)
    return mentions


def _from_digits(text: str, low: str, start: int, end: int, cursor: int) -> Found:
    number = read_digits(low, start, end)
    if number is None:
        return None, end
    if start > 0 and low[start - 1] == "." and (start < 2 or not low[start - 2].isalnum()):
        number = Number(start - 1, end, number.value.scaleb(start - end), Decimal(1).scaleb(start - end))
    return _from_number(text, low, number, cursor)


def _from_word(text: str, low: str, word: str, start: int, end: int, cursor: int) -> Found:
    if word in ORDINALS and (found := rank_word(low, word, start, end)) is not None:
        return found
    if word in FRACTION_WORDS:
        return fraction(low, word, start, end)
    if word in CHANGES:
        return change(low, word, start, end)
    if word in VAGUE:
        return vague(text, low, word, start, end)
    if word in NUMBERLESS:
        return numberless(low, word, start, end)
    if word in UNITS or word in TENS:
        number = read_words(low, start)
    elif word in BIG:
        number = _article_number(low, word, start, end)
        if number is None and word != "dozen" and low.startswith("-", end):
            return order_of_magnitude(text, low, word, start, end)
    elif word in POWERS:
        return order_of_magnitude(text, low, word, start, end)
    else:
        return None
    return None if number is None else _from_number(text, low, number, cursor)


_ARTICLE = re.compile(r"(?:\b(?P<half>half an?)|\b(?P<several>several|a few)|\b(?P<couple>a couple(?: of)?)|\b(?P<one>an?)) $")


def _article_number(low: str, word: str, start: int, end: int) -> Number | None:
    """ "a million", "half a dozen", "several hundred": the number that a big word with an article stands for."""
    size = Decimal(12) if word == "dozen" else SCALES[word]
    before = _ARTICLE.search(low, max(0, start - 12), start)
    if before is None:
        return None
    begin = before.start()
    if before["half"]:
        return Number(begin, end, size / 2, size / 10 if size > 12 else Decimal(1), words=True)
    if before["couple"]:
        return Number(begin, end, size * 2, size, words=True)
    if before["several"]:
        return None
    return Number(begin, end, size, Decimal(1) if size == 12 else size / 10, words=True)


def _sign_and_currency(low: str, start: int) -> tuple[int, str | None, bool]:
    """Where sign and currency in front of `start` begin, the currency's code, whether the number is negative."""
    negative = False
    begin, currency = start, None
    if begin and low[begin - 1] in "-−" and (begin == 1 or low[begin - 2] in " \n(\u00a0"):
        begin, negative = begin - 1, True
    elif begin and low[begin - 1] == "+" and (begin == 1 or not low[begin - 2].isalnum()):
        begin -= 1
    last = low[begin - 1] if begin else ""
    if last in " \u00a0" and begin > 1:
        last = low[begin - 2]
    if last and (last in "$€£¥￥₹₩₽₺₪฿₫₱.ł" or last.isalpha()):
        origin = max(0, begin - 8)
        found = _PREFIX.search(low, origin, begin)
        if found is not None and not (found.start() and low[found.start()].isalnum() and (low[found.start() - 1].isalnum())):
            begin, currency = found.start(), PREFIXES[found[0].rstrip()]
            if begin and low[begin - 1] in "-−" and (begin == 1 or low[begin - 2] in " \n("):
                begin, negative = begin - 1, True
    return begin, currency, negative


def _from_number(text: str, low: str, number: Number, cursor: int) -> Found:
    begin, currency, negative = _sign_and_currency(low, number.start) if not number.words else (number.start, None, False)
    if number.words and number.value == 1 and currency is None:
        probe = read_amount(text, low, number, currency=None)
        if probe.kind is None or (probe.unit == "count" and probe.scale == 1):
            return None
    rank = rank_before(low, begin, words=number.words) if currency is None else None
    if rank is not None:
        value = Quantity(number=number.value, low=number.value, high=number.value, unit="rank")
        end = number.end + 2 if low.startswith(("st", "nd", "rd", "th"), number.end) else number.end
        return QuantityMention(start=rank, end=end, value=value), end
    amount = read_amount(text, low, number, currency=currency)
    amount.start = begin
    if negative:
        amount.number = replace(number, value=-number.value)
    hedge, opening = hedge_before(low, begin)
    from_before = _FROM.search(low, max(0, begin - 18), begin)
    between = low.startswith("between ", begin - 8) if begin >= 8 else False
    ranged = _range(text, low, amount, between=between, after_from=from_before is not None and not from_before["range"])
    if ranged is not None:
        upper, joined = ranged
        if upper is None:
            return None, joined
        if joined:
            start = begin - 8 if between else from_before.start() if from_before is not None and from_before["range"] else opening
            return compose(text, upper, start, EXACT, lower=amount), upper.end
        amount.kind, amount.unit, amount.factor, amount.measured = upper.kind, upper.unit, upper.factor, upper.measured
        if amount.scale == 1 and amount.number.value < 1000:
            amount.scale = upper.scale
    if is_designation(text, low, amount, hedged=hedge is not EXACT):
        return None, max(amount.number.end, cursor)
    if number.words and amount.kind is None and hedge is EXACT:
        return None
    if amount.kind == "duration" and (_DURATION_OF_TIME.search(low, max(0, begin - 12), begin) or _AGO.match(low, amount.end)):
        return None, amount.end
    if amount.kind == "ratio" and amount.number.words is not None and low[amount.end - 1] == "s" and _RATIO_AFTER.match(low, amount.end):
        return None, amount.end
    later, closing = hedge_after(low, amount.end)
    if later is EXACT and amount.end != number.end:
        later, closing = hedge_after(low, number.end) if low.startswith("+", number.end) else (EXACT, amount.end)
        closing = max(closing, amount.end)
    if hedge is EXACT and later is not EXACT:
        hedge = later
    amount.end = max(amount.end, closing)
    if hedge is EXACT and from_before is not None and amount.kind == "money" and _is_asking_price(low, from_before.start("from"), amount.end):
        hedge, opening = Hedge(Modifier.AT_LEAST), from_before.start("from")
    mention = compose(text, amount, opening, hedge)
    if from_before is not None:
        mention = replace(mention, after_from=True)
    return mention, amount.end


def _is_asking_price(low: str, start: int, end: int) -> bool:
    """Whether "from" before an amount of money opens a price list rather than naming what a figure was before."""
    clause = low[max(0, start - 80) : start]
    clause = clause[max(clause.rfind(". "), clause.rfind("\n")) + 1 :]
    return not (_CHANGED.search(clause) or low.startswith(" to ", end))


def _range(text: str, low: str, amount: Amount, *, between: bool, after_from: bool) -> tuple[Amount | None, int] | None:
    """The upper end that follows `amount`.

    (upper, 1): one range. (upper, 0): two figures, the first of which borrows the unit of the second
    ("from 20 to 25 percent"). (None, position): neither is an amount ("2-1", "2026-03-02").
    """
    found = _TO.match(low, amount.end)
    if found is None:
        return None
    if found["and"] and not between:
        return None
    start = found.end()
    dashed = not (found["to"] or found["or"] or found["and"])
    if low[start].isdigit():
        run = re.compile(RUN).match(low, start)
        assert run is not None  # noqa: S101 - a digit stands at `start`
        number = read_digits(low, start, run.end())
        if number is None:
            return (None, run.end()) if dashed and amount.kind is None else None
    else:
        number = read_words(low, start)
        if number is None:
            return None
    if dashed and amount.kind is None and (low.startswith(("-", "/"), number.end) or number.value <= amount.number.value):
        return None, number.end
    money = found["money"]
    code = PREFIXES.get(money.strip()) if money else amount.unit if amount.kind == "money" else None
    upper = read_amount(text, low, replace(number, value=-number.value) if found["sign"] else number, currency=code)
    if upper.kind is None and amount.kind is None and (found["to"] or found["or"]) and not between and upper.number.words != amount.number.words:
        return None
    if amount.kind is not None and (upper.kind, upper.unit) != (amount.kind, amount.unit) and not (upper.kind is None and found["and"]):
        return None
    if upper.kind is None and amount.kind is not None:
        upper.kind, upper.unit, upper.factor = amount.kind, amount.unit, amount.factor
    if amount.kind is None:
        borrowed = upper.unit == "c" or not after_from
        if not borrowed:
            return upper, 0
        amount.kind, amount.unit, amount.factor = upper.kind, upper.unit, upper.factor
    elif after_from:
        return None
    if amount.scale == 1 and upper.scale > 1 and abs(amount.number.value) < 1000:
        amount.scale = upper.scale
    if amount.value >= upper.value or (found["or"] and upper.value > amount.value * 3):
        return None
    if found["to"] and _CHANGED.search(low, max(0, amount.start - 9), amount.start):
        return None
    upper.measured = upper.measured or amount.measured
    return upper, 1




def _from_han_percent(text: str, low: str, end: int, start: int) -> Found:
    """百分之三十五, 百分之35: a percentage in Chinese."""
    run = re.compile(RUN).match(low, end)
    number = read_digits(low, end, run.end()) if run is not None else read_han(text, end)
    if number is None:
        return None
    amount = Amount(start=start, end=number.end, number=number, kind="percent", measured=True)
    return compose(text, amount, start, EXACT), number.end
