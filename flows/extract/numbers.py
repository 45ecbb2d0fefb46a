"""Numbers as people write them: digits in groups, and words.

A number keeps its `step`, what one unit of its last written digit is worth: 39.28 has the step
0.01, "three" the step 1, "three hundred" the step 100. Rounding widths follow from it.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

_SMALL = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
    fifteenth"""

UNITS = {word: Decimal(value) for value, word in enumerate(_SMALL.split())}
TENS = {word: Decimal(10 * value) for value, word in enumerate(_TENS.split(), start=2)}
ORDINALS = {word: Decimal(value) for value, word in enumerate(_ORDINALS.split(), start=1)}
SCALES = {
    "hundred": Decimal(100),
    "thousand": Decimal(1000),
    "lakh": Decimal(10) ** 5,
    "million": Decimal(10) ** 6,
    "crore": Decimal(10) ** 7,
    "billion": Decimal(10) ** 9,
    "trillion": Decimal(10) ** 12,
    "quadrillion": Decimal(10) ** 15,
}
SHORT_SCALES = {
    "k": SCALES["thousand"],
    "m": SCALES["million"],
    "mn": SCALES["million"],
    "mln": SCALES["million"],
    "mio": SCALES["million"],
    "b": SCALES["billion"],
    "bn": SCALES["billion"],
    "bln": SCALES["billion"],
    "mrd": SCALES["billion"],
    "t": SCALES["trillion"],
    "tn": SCALES["trillion"],
    "trn": SCALES["trillion"],
}
HAN_SCALES = {"千": Decimal(1000), "兆": Decimal(10) ** 12} | {
    many + big: Decimal(10) ** (zeros + power)
    for many, zeros in (("", 0), ("十", 1), ("百", 2), ("千", 3), ("万", 4), ("萬", 4))
    for big, power in (("万", 4), ("萬", 4), ("亿", 8), ("億", 8))
    if many not in {"万", "萬"} or big in {"亿", "億"}
}

FRACTIONS = {
    "half": Decimal(2),
    "third": Decimal(3),
    "quarter": Decimal(4),
    "fifth": Decimal(5),
    "sixth": Decimal(6),
    "seventh": Decimal(7),
    "eighth": Decimal(8),
    "ninth": Decimal(9),
    "tenth": Decimal(10),
}

# A run of digits with the marks that group them; the run is read as a whole or not at all, so that
# dates, versions and addresses ("3.11.7") never leave half a number behind.
RUN = r"[0-9](?:[0-9.,'’\u00a0\u202f\u2009]*[0-9])?"
_GROUPED = re.compile(
    r"(?P<whole>[0-9]{1,3}(?:[,'’\u00a0\u202f\u2009][0-9]{3})+|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}|[0-9]+)(?:\.(?P<part>[0-9]+))?"
)
_COMMA_DECIMAL = re.compile(r"([0-9]{1,3}),([0-9]{1,2})")
_MARKS = re.compile("[^0-9]")
_SCALE_AFTER = re.compile(r"\s?(?:%|m|b|tril|per ?cent)")
_FIRST_WORD = re.compile(r"([a-z]+)\b")
_SPACED = re.compile(r"(?: [0-9]{3})+(?![0-9.,])")
_ONE = Decimal(1)
_LONGEST = 27  # digits and marks; anything longer is an identifier, not an amount
_VULGAR = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75"), "⅓": Decimal(1) / 3, "⅔": Decimal(2) / 3}
_HAN = {han: Decimal(value) for value, han in enumerate("零一二三四五六七八九十")} | {"两": Decimal(2), "〇": Decimal(0)}
_WORD = re.compile(r"(?:[ -]|\band )?([a-z]+)\b")
_AND_A_HALF = re.compile(r"[ -]and[ -]a[ -]half\b")


class Number(NamedTuple):
    """A number read at a place: its value, the worth of its last written digit, and how it was written.

    `grouped`: with thousands separators, so that it is never a year, a model or a day.
    """

    start: int
    end: int
    value: Decimal
    step: Decimal
    words: bool = False
    grouped: bool = False


def read_digits(low: str, start: int, end: int, *, spaced: bool = False) -> Number | None:
    """The number that the run of digits at `start:end` stands for; None for versions, lists and identifiers.

    With `spaced`, groups of three digits behind plain spaces belong to it ("10 000").
    """
    if end - start > _LONGEST:
        return None
    run = low[start:end]
    after = low[end : end + 1]
    if run.isdecimal():
        if run[0] == "0" and len(run) > 1:
            return None  # "0992": a code
        if after in _VULGAR:
            return Number(start, end + 1, Decimal(run) + _VULGAR[after], Decimal("0.1"))
        if spaced and after == " " and len(run) <= 3 and (groups := _SPACED.match(low, end, end + 16)) is not None:
            return Number(start, groups.end(), Decimal(run + groups[0].replace(" ", "")), _ONE, grouped=True)
        return Number(start, end, Decimal(run), _ONE)
    found = _GROUPED.fullmatch(run)
    if found is None:
        comma = _COMMA_DECIMAL.fullmatch(run)
        if comma is None or not _SCALE_AFTER.match(low, end):
            return None
        return Number(start, end, Decimal(f"{comma[1]}.{comma[2]}"), _ONE.scaleb(-len(comma[2])))
    whole, part = _MARKS.sub("", found["whole"]), found["part"]
    grouped = len(whole) != len(found["whole"])
    if part is None:
        return Number(start, end, Decimal(whole), _ONE, grouped=grouped)
    return Number(start, end, Decimal(f"{whole}.{part}"), _ONE.scaleb(-len(part)), grouped=grouped)


def read_words(low: str, start: int) -> Number | None:
    """The number spelled out at `start` ("three hundred and five", "three and a half", "twenty-two"), or None."""
    total, current = Decimal(0), None
    step, end, position = Decimal(1), start, start
    for _ in range(12):
        found = _WORD.match(low, position) if position > start else _FIRST_WORD.match(low, position)
        if found is None:
            break
        word = found[1]
        if word == "and" and current is not None and step >= 100:
            position = found.end()
            continue
        if word in UNITS and (current is None or (step >= 10 and UNITS[word] < min(step, Decimal(20)))):
            current, step = (current or Decimal(0)) + UNITS[word], Decimal(1)
        elif word in TENS and (current is None or step >= 100):
            current, step = (current or Decimal(0)) + TENS[word], Decimal(10)
        elif word == "dozen":
            current, step = (current or Decimal(1)) * 12, Decimal(1)
        elif word == "hundred":
            current, step = (current or Decimal(1)) * 100, Decimal(100)
        elif word == "thousand" and (current is not None or total == 0):
            total, current, step = total + (current or Decimal(1)) * 1000, Decimal(0), Decimal(1000)
        else:
            break
        end = position = found.end()
    if end == start:
        return None
    value = total + (current or Decimal(0))
    half = _AND_A_HALF.match(low, end)
    if half is not None and step == 1:
        return Number(start, half.end(), value + Decimal("0.5"), Decimal("0.1"), words=True)
    # "twenty" is as exact as "20": only hundreds and thousands are round words.
    return Number(start, end, value, step if step >= 100 else Decimal(1), words=True)


def read_han(text: str, start: int) -> Number | None:
    """A Chinese numeral below a hundred ("三十五") at `start`, or None."""
    end = start
    while end < len(text) and end - start < 4 and text[end] in _HAN:
        end += 1
    if end == start:
        return None
    tens, ten, ones = text[start:end].rpartition("十")
    if len(tens) > 1 or len(ones) > 1:
        return None
    value = (_HAN[tens] if tens else Decimal(1)) * 10 if ten else Decimal(0)
    return Number(start, end, value + (_HAN[ones] if ones else Decimal(0)), Decimal(1), words=True)
