"""Every number in a text that means something, as a value with its interval.

One pass finds where numbers begin; each is then read with bounded looks to its left (sign,
currency, hedge) and right (scale, unit, noun, range). No step looks further than a few dozen
characters, so the whole is linear in the length of the text.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from flows.extract.amounts import Amount, read_amount
from flows.extract.compose import compose, joined, listed, tolerated
from flows.extract.designations import day_after_month, is_designation, is_name_before, rank_before, telephone
from flows.extract.folding import any_of, fold
from flows.extract.hedges import AT_LEAST, EXACT, OVER, Hedge, hedge_after, hedge_before
from flows.extract.numbers import RUN, SCALES, TENS, UNITS, Number, read_digits, read_han, read_words
from flows.extract.ranges import read_range
from flows.extract.spans import QuantityMention
from flows.extract.units import CODES, PREFIXES, UNKNOWN_CURRENCY
from flows.extract.wordfigures import BIG, FRACTION_WORDS, STARTS, Found, figure
from storage.values import Money

_CHAINING = frozenset("- ")
_RUN = re.compile(RUN)
_ANCHOR = re.compile(rf"(?P<run>{RUN})|\b(?P<word>{any_of({*UNITS, *TENS, *BIG, *STARTS})})\b|百分之")
# Letters are no currency at the end of a word ("plus $3 million"): there only the sign is.
_PREFIX = re.compile(
    rf"(?:(?<![^\W_])(?:{any_of([sign for sign in PREFIXES if sign[0].isalpha()])})"
    rf"|(?:{any_of([sign for sign in PREFIXES if not sign[0].isalpha()])}))[ \u00a0]?$"
)
_PREFIX_ENDS = frozenset(sign[-1] for sign in PREFIXES)
_SMALL_CODES = frozenset(code.lower() for code in CODES)
_FROM = re.compile(r"(?:(?P<range>ranging|ranges|range|anywhere|varying|varies) )?(?P<from>from) $")
_CHANGED = re.compile(
    r"\b(?:to|rose|fell|up|down|grew|climbed|dropped|cut|lowered|raised|increased|decreased|jumped|slipped|compared|reduced)\b"
)
_OF_TIME = re.compile(
    r"(?:next|past|last|first|previous|coming|recent|preceding|same|final|prior|earlier|following) $"
    r"|\b(?:for|in|over|during) the $"
)
_SET_IN_TIME = re.compile(
    r" (?:ago|earlier|before|previously|old|prior|later)\b|-old\b| (?:a|per|every|each) (?:day|week|month|year)\b"
    r"| (?:through|ended|ending|to|until) (?:the end|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
)
_HOW_OFTEN = re.compile(r" (?:a|an|per|each|every|in|since|already|before|this|last|during|over the|at|on)\b")
_YUAN = re.compile("元|人民币|rmb|cny|yuan|renminbi")
_DANISH = re.compile(r"\b(?:danish|denmark|danes|copenhagen|aarhus)\b")
_NORWEGIAN = re.compile(r"\b(?:norwegian|norway|oslo|bergen|trondheim|stavanger|narvik)\b")
_FRACTION = re.compile(rf"[ -](?P<part>{any_of(FRACTION_WORDS)})\b")
_FEW = 20
_PLUS_FIRST = frozenset("+-")
_PLUS = re.compile(r"\+(?![0-9/])|-plus\b")
_SMALL = any_of({*UNITS, *TENS, "hundred"})
_OUT_OF = re.compile(rf" (?:in|out of) (?:every )?(?:(?P<digits>[0-9]{{1,3}})(?![0-9.,%:/-])|(?P<word>{_SMALL})\b)")
_NO_SHARE = re.compile(
    r" (?:day|week|month|year|hour|minute|second|quarter|game|million|billion|percent"
    r"|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
)
_ARTICLE = re.compile(r"(?:\b(?P<half>half an?)|\b(?P<couple>a couple(?: of)?)|\b(?P<one>an?)) $")


def find(text: str) -> list[QuantityMention]:
    """All amounts of `text`, in order, without overlaps.

    Years, dates, times of day, product numbers, versions, footnote marks and list numbers are not
    amounts. Time and memory are linear in the length of the text; nothing is raised.
    """
    low = fold(text)
    mentions: list[QuantityMention] = []
    cursor = 0
    for anchor in _ANCHOR.finditer(low):
        start, end = anchor.span()
        if start < cursor:
            continue
        if anchor["run"] is not None:
            found = _from_digits(text, low, start, end)
        elif anchor["word"] is not None:
            found = _from_word(text, low, anchor["word"], start, end)
        else:
            found = _from_han_percent(text, low, start, end)
        if found is None:
            continue
        mention, read_to = found
        if mention is None or mention.start < cursor:
            cursor = max(cursor, read_to)
            continue
        mention = tolerated(low, mention)
        merged = joined(low, mentions[-1], mention) if mentions else None
        if merged is not None:
            mentions[-1] = mention = merged
        else:
            mentions.append(listed(low, mentions[-1], mention) if mentions else mention)
        cursor = max(read_to, mention.end)
    if "¥" in text and _YUAN.search(low):
        mentions = [_in_yuan(text, mention) for mention in mentions]
    if "krone" in low and len(_DANISH.findall(low)) > len(_NORWEGIAN.findall(low)):
        mentions = [_in_danish(low, mention) for mention in mentions]
    return mentions


def _in_yuan(text: str, mention: QuantityMention) -> QuantityMention:
    """The sign ¥ means yuan in a text that speaks of yuan, and yen elsewhere."""
    value = mention.value
    if isinstance(value, Money) and value.currency == "JPY" and "¥" in text[mention.start : mention.end]:
        return replace(mention, value=replace(value, currency="CNY"))
    return mention


def _in_danish(low: str, mention: QuantityMention) -> QuantityMention:
    """Kroner are Norwegian, but Danish in a text that speaks more of Denmark than of Norway."""
    value = mention.value
    named = low[mention.start : mention.end]
    if isinstance(value, Money) and value.currency == "NOK" and "krone" in named and "norwegian" not in named:
        return replace(mention, value=replace(value, currency="DKK"))
    return mention


def _from_digits(text: str, low: str, start: int, end: int) -> Found:
    chain = telephone(low, start) if low[end : end + 1] in _CHAINING else None
    if chain is not None:
        return None, chain
    spaced = low[end : end + 1] == " " and low[end + 1 : end + 2].isdecimal() and not is_name_before(text, start)
    number = read_digits(low, start, end, spaced=spaced)
    if number is None:
        return None, end
    if low[start - 1 : start] == "." and (start < 2 or not low[start - 2].isalnum()) and number.step == 1:
        number = Number(start - 1, end, number.value.scaleb(start - end), Decimal(1).scaleb(start - end))  # ".5"
    return _from_number(text, low, number)


def _from_word(text: str, low: str, word: str, start: int, end: int) -> Found:
    if word in STARTS:
        found = figure(text, low, word, start, end)
        if found is not None or word not in BIG:
            return found
    parts = _FRACTION.match(low, end) if word in UNITS else None
    if parts is not None:  # "two-thirds of"
        found = figure(text, low, parts["part"], parts.start("part"), parts.end())
        if found is not None:
            return found
    number = _with_article(low, word, start, end) if word in BIG else read_words(low, start)
    return None if number is None else _from_number(text, low, number)


def _with_article(low: str, word: str, start: int, end: int) -> Number | None:
    """ "a million", "half a dozen", "a couple of hundred": the number that a big word with an article stands for."""
    before = _ARTICLE.search(low, max(0, start - 12), start)
    if before is None:
        return None
    size = Decimal(12) if word == "dozen" else SCALES[word]
    rounding = Decimal(1) if word == "dozen" else size / 10
    if before["half"]:
        size /= 2
    elif before["couple"]:
        size, rounding = size * 2, size
    return Number(before.start(), end, size, rounding, words=True)


class _Left(NamedTuple):
    """What stands in front of a number: where sign and currency begin, the currency's code, the word before them."""

    start: int
    currency: str | None
    negative: bool
    word: str


def _left(text: str, low: str, number: Number) -> _Left:
    begin, currency, negative = number.start, None, False
    if not number.words:
        begin, currency, negative = _sign_and_currency(text, low, begin)
    word = ""
    if low[begin - 1 : begin] == " ":
        word = low[max(low.rfind(" ", max(0, begin - 24), begin - 1), low.rfind("\n", max(0, begin - 24), begin)) + 1 : begin - 1]
    return _Left(begin, currency, negative, word)


def _sign_and_currency(text: str, low: str, start: int) -> tuple[int, str | None, bool]:
    begin, currency, negative = start, None, False
    last = low[begin - 1 : begin]
    if last in {"-", "−", "+"} and (begin == 1 or not (low[begin - 2].isalnum() or low[begin - 2] in ")-−")):
        begin, negative = begin - 1, last != "+"
        last = low[begin - 1 : begin]
    if last in {" ", "\u00a0"}:
        last = low[begin - 2 : begin - 1] if begin > 1 else ""
    if last in _PREFIX_ENDS:
        found = _PREFIX.search(low, max(0, begin - 8), begin)
        if found is not None:
            sign = found[0].rstrip()
            letters = 0 if _is_currency(text, low, found.start(), sign) else len(sign) - 1  # "lines $5"
            unknown = letters == 0 and sign == "$" and low[found.start() - 1 : found.start()].isalpha()
            currency = None if unknown else PREFIXES.get(sign[letters:])  # "T$5" is somebody's dollar
            begin = begin if currency is None else found.start() + letters
            if currency is not None and low[begin - 1 : begin] in {"-", "−"} and (begin == 1 or low[begin - 2] in " \n("):
                begin, negative = begin - 1, True
    return begin, currency, negative


def _is_currency(text: str, low: str, start: int, sign: str) -> bool:
    """Letters are a currency only as a word of their own, codes only in capitals ("TRY 5", not "try 5")."""
    if sign[0].isalnum() and low[start - 1 : start].isalnum():
        return False
    return sign not in _SMALL_CODES or text[start : start + len(sign)].isupper()


def _from_number(text: str, low: str, number: Number) -> Found:
    """The mention a number makes with what stands around it, and up to where the text was read."""
    left = _left(text, low, number)
    if left.currency is None:
        named = rank_before(low, left.start, left.word, number)
        if named is not None:
            return named
        day = day_after_month(low, left.word, number)
        if day is not None:
            return None, day
    if number.step >= 1 and number.value <= _FEW and (share := _one_in(text, low, number)) is not None:
        return share
    plus = _PLUS.match(low, number.end) if low[number.end : number.end + 1] in _PLUS_FIRST else None
    if plus is not None:
        number = number._replace(end=plus.end())  # "100,000+ GPUs", "20-plus switches"
    amount = read_amount(text, low, number, currency=left.currency)
    amount.start = left.start
    if left.negative:
        amount.number = number._replace(value=-number.value)
    if number.words and number.value == 1 and (amount.kind is None or (amount.unit == "count" and amount.scale == 1)):
        return None  # "one" is a pronoun
    if amount.kind is None and left.word == "of" and low.endswith("factor of ", 0, left.start):
        amount.kind = "ratio"
    hedge, opening = hedge_before(low, left.start)
    if plus is not None and hedge is EXACT:
        hedge = OVER
    origin = _FROM.search(low, max(0, left.start - 18), left.start) if left.word == "from" else None
    change = origin is not None and origin["range"] is None
    ranged = read_range(text, low, amount, between=left.word == "between", after_from=change)
    if amount.kind == "duration" and hedge is OVER and low[opening : left.start] == "over ":
        hedge, opening = EXACT, left.start  # "over five years": in the course of them
    if ranged is None:
        return _single(text, low, amount, hedge, opening, change=change)
    upper = ranged.upper
    if (
        upper is None
        or upper.unit == UNKNOWN_CURRENCY
        or (amount.kind == "duration" and _is_set_in_time(low, left.start, ranged.end))
    ):
        return None, ranged.end
    if left.word == "between":
        opening = left.start - len("between ")
    elif origin is not None:
        opening = origin.start()
    return compose(text, upper, opening, EXACT, lower=amount), ranged.end


def _is_set_in_time(low: str, start: int, end: int) -> bool:
    """ "the next three years", "two weeks ago": a place in time, not a length of it."""
    return _OF_TIME.search(low, max(0, start - 12), start) is not None or _SET_IN_TIME.match(low, end) is not None


def _single(text: str, low: str, amount: Amount, hedge: Hedge, opening: int, *, change: bool) -> Found:
    """The mention of an amount that no second figure makes a range. `change`: "from" stands before it."""
    number, start = amount.number, amount.start
    if is_designation(text, low, amount, hedged=hedge is not EXACT):
        return None, number.end
    if number.words and amount.kind is None and hedge is EXACT:
        return None
    if amount.kind == "duration" and _is_set_in_time(low, start, amount.end):
        return None, amount.end
    if amount.kind == "ratio" and low[amount.end - 1] == "s" and _HOW_OFTEN.match(low, amount.end):
        return None, amount.end
    later, amount.end = hedge_after(low, amount.end)
    if hedge is EXACT:
        hedge = later
    if change and hedge is EXACT and amount.kind == "money" and _is_asking_price(low, start - len("from "), amount.end):
        hedge, opening = AT_LEAST, start - len("from ")
    mention = compose(text, amount, opening, hedge)
    return replace(mention, after_from=True) if change else mention, amount.end


def _one_in(text: str, low: str, number: Number) -> Found:
    """ "one in six workers", "nine out of ten": a share."""
    found = _OUT_OF.match(low, number.end)
    if found is None:
        return None
    whole = read_digits(low, *found.span("digits")) if found["digits"] else read_words(low, found.start("word"))
    if whole is None or not number.value < whole.value <= 100 or _NO_SHARE.match(low, whole.end):
        return None
    hedge, opening = hedge_before(low, number.start)
    value = number.value / whole.value
    share = Number(number.start, whole.end, value, value / 10, words=True)
    return compose(text, Amount(start=number.start, end=whole.end, number=share, kind="ratio"), opening, hedge), whole.end


def _is_asking_price(low: str, start: int, end: int) -> bool:
    """Whether "from" before an amount of money opens a price list rather than naming what a figure was before."""
    clause = low[max(0, start - 80) : start]
    clause = clause[max(clause.rfind(". "), clause.rfind("\n")) + 1 :]
    return not (_CHANGED.search(clause) or low.startswith(" to ", end))


def _from_han_percent(text: str, low: str, start: int, end: int) -> Found:
    """百分之三十五, 百分之35: a percentage in Chinese."""
    run = _RUN.match(low, end)
    number = read_digits(low, end, run.end()) if run is not None else read_han(text, end)
    if number is None:
        return None
    amount = Amount(start=start, end=number.end, number=number, kind="percent", measured=True)
    return compose(text, amount, start, EXACT), number.end
