"""One amount: a number with what stands right behind it: scale, currency, unit, noun counted, rate."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from flows.extract.folding import any_of, words
from flows.extract.numbers import HAN_SCALES, SCALES, SHORT_SCALES, Number
from flows.extract.units import AMBIGUOUS_CURRENCIES, HAN_UNITS, NOUNS, SUFFIXES, SYMBOLS, WORDS, Unit

ONE = Decimal(1)


@dataclass(slots=True, kw_only=True)
class Amount:
    """A number being read. `kind` is None while nothing tells what it counts; then it is a bare count.

    `measured` tells a unit of measure from a noun, which could be part of a product's name.
    `short_scale` marks a scale of one letter ("5m", "70B"), which needs a currency or a noun beside it.
    """

    start: int
    end: int
    number: Number
    scale: Decimal = ONE
    short_scale: bool = False
    kind: str | None = None
    unit: str = ""
    factor: Decimal = ONE
    measured: bool = False
    noun_start: int | None = None
    noun_end: int | None = None
    per: str | None = None

    @property
    def value(self) -> Decimal:
        """The number in the base unit."""
        return self.number.value * self.scale * self.factor

    @property
    def step(self) -> Decimal:
        """What one unit of the last written digit is worth in the base unit."""
        return self.number.step * self.scale * self.factor

    def take(self, unit: Unit, end: int) -> None:
        """Give the amount its unit."""
        self.kind, self.unit, self.factor, self.end, self.measured = unit.kind, unit.slug, unit.factor, end, True

    def take_currency(self, currency: tuple[str, Decimal], end: int) -> None:
        """Make the amount one of money."""
        self.kind, (self.unit, self.factor), self.end, self.measured = "money", currency, end, True


_HAN = "\u2e80"  # where the scripts of China and Japan begin
_SPACE = " \u00a0\u202f"
_GAPS = frozenset(f"{_SPACE}-‑")
_SCALE_FIRST = frozenset("htlmcbqkt")
_PERCENT_FIRST = frozenset("%％pb")
_LONG_SCALES = sorted((*SCALES, *(name for name in SHORT_SCALES if len(name) > 1)), key=len, reverse=True)
_SCALE = re.compile(rf"[{_SPACE}-]?(?P<word>{any_of(_LONG_SCALES)})(?!\w)\.?(?:(?<=lakh) (?P<crore>crores?)\b)?")
_LETTER = re.compile(rf"(?P<gap>[{_SPACE}]?)(?P<letter>[kmbt])(?!\w|/)")
_HAN_SCALE = re.compile(any_of(HAN_SCALES))
_HAN_UNIT = re.compile(any_of(HAN_UNITS))
_HAN_MONEY = re.compile(any_of(name for name in SUFFIXES if name > _HAN))
_CURRENCY_SIGNS = frozenset("€£¥$₹₩")
_CURRENCY_WORDS = frozenset(name.split()[0] for name in SUFFIXES if name[0].isascii())
_CURRENCY_FIRST = frozenset(name[0] for name in SUFFIXES)
_SCREEN_LINES = frozenset({360, 480, 540, 576, 720, 1080, 1440, 2160, 4320})  # "1080p" is a picture, not a price
_PERCENT = re.compile(
    rf"[{_SPACE}-]?(?:(?:[%％]|per ?cent\b|pct\b)(?P<points>[ -]points?\b)?|(?P<pp>percentage[ -]points?\b|ppts?\b|pp\b)"
    r"|(?P<basis>basis[ -]points?\b|bps?\b(?!/)))"
)
_TOKEN = re.compile(rf"[{_SPACE}]?[-‑]?([^\W\d_][\w²]*(?:/[^\W\d_]+)?|°[CFcf]?|[℃×])")
_INCHES = re.compile(r"[\"″] (?:display|screen|laptop|panel|monitor|notebook|oled|lcd|touch)")
_INCHES_OF = re.compile(r"[\"″] (?!says?\b|said\b|and\b|but\b)[a-z]")  # a decimal fraction needs no such word: "a 15.6\" model"
_NEXT = re.compile(rf"[{_SPACE}-]([^\W\d_][\w²/.®™-]*\w|[^\W\d_])")
_SQUARE = re.compile(
    r"[ -](?:square|sq\.?)[ -](?:(?P<m2>met(?:re|er)s?\b|m\b)|(?P<sqft>foot\b|feet\b|ft\b)|(?P<km2>kilomet(?:re|er)s?\b|km\b))"
)
_DEGREES = re.compile(r" ?(?:degrees? )?(?P<scale>celsius|centigrade|fahrenheit|c\b|f\b)")
_HOURS = re.compile(r"[ -]hours?\b")
_BUSINESS_DAYS = re.compile(r"[ -](?:business|working) days?\b")
_PER = re.compile(r"(?:[ -]per[ -]|[ -]an?[ -]|/)([a-z]+)\b")
_PER_SECOND = re.compile(r" (?:per|a) second\b|/s(?:ec)?\b")
_RATES = {"gb": "gb_per_s", "gbit": "gbit_per_s"}
_PER_WORDS = words("""
    share month year day week hour minute second token unit piece gpu rack server seat user person employee barrel ton tonne
    kilo kg kwh mwh watt license licence device pc head quarter million gigawatt megawatt""")
_PER_TIMES = words("second minute hour day week month quarter year")  # what counted things are a rate of
# Letters that are a unit only where they touch the number ("10x", "5t"); "in" only behind a hyphen.
_GLUED_ONLY = frozenset({"x", "X", "s", "t", "h", "V", "bp", "pp", "pc", "PF", "EF", "MP"})
_NOUN_STOPS = words("""
    in of on at by to from for with and or but nor as than that which who whom whose is are was were be been being has have had
    will would may might can could should must shall do does did its their his her our your my the a an this these those it he
    she they we i you up down after before since until till during over under per each into onto out off through across between
    among within without while when where if so because although though whether via against toward towards last next ago later
    earlier lower higher faster better worse cheaper larger smaller greater longer shorter less fewer lighter quicker said says
    now then here there not no also still already just only including compared versus vs around about worldwide globally
    annually percent worth respectively plus minus times both all some every any what how why too very once twice ever never
    again yet instead despite amid near""")
_NOUN_REACH = 6  # words between a number and its noun: "250 Vera Rubin NVL72 racks"
_NO_PLURALS = ("ss", "us", "is", "'s", "’s")


def read_amount(text: str, low: str, number: Number, *, currency: str | None) -> Amount:
    """The amount that begins with `number`: everything that belongs to it to its right.

    `currency` is the code a sign in front of it gives; then only a scale and a rate can follow.
    """
    amount = Amount(start=number.start, end=number.end, number=number)
    first = _first(low, amount.end)
    if first in _SCALE_FIRST or first >= _HAN:
        _read_scale(low, amount, money=currency is not None)
        first = _first(low, amount.end)
    if currency is not None:
        amount.take_currency((currency, ONE), _past_name(low, amount.end, currency))
        _read_rate(low, amount)
    elif first and not (
        (first in _PERCENT_FIRST and _read_percent(low, amount))
        or ((first in _CURRENCY_FIRST or first >= _HAN) and _read_currency(low, amount))
        or _read_unit(text, low, amount)
    ):
        _read_noun(text, low, amount)
    return amount


def _first(low: str, end: int) -> str:
    """The first letter or sign behind `end`, past one space or hyphen: it rules most readings out at once."""
    first = low[end : end + 1]
    return low[end + 1 : end + 2] if first in _GAPS else first


def _past_name(low: str, end: int, currency: str) -> int:
    """The end of a currency's name that repeats its sign: "$5 million USD", "RMB 5 million yuan"."""
    if low[end : end + 1] != " ":
        return end
    for name in (currency.lower(), "dollars", "yuan"):
        if low.startswith(f" {name}", end) and not low[end + 1 + len(name) : end + 2 + len(name)].isalnum():
            return end + 1 + len(name)
    return end


def _read_scale(low: str, amount: Amount, *, money: bool) -> None:
    end = amount.end
    found = _SCALE.match(low, end)
    if found is not None:
        word = found["word"]
        amount.scale, amount.end = SCALES.get(word) or SHORT_SCALES[word], found.end("word")
        if found["crore"]:
            amount.scale, amount.end = amount.scale * SCALES["crore"], found.end("crore")
        return
    if low[end] >= _HAN:
        han = _HAN_SCALE.match(low, end)
        if han is not None:
            amount.scale, amount.end = HAN_SCALES[han[0]], han.end()
        return
    if amount.number.words:
        return
    letter = _LETTER.match(low, end)
    if letter is not None and (money or not letter["gap"]):
        amount.scale, amount.end, amount.short_scale = SHORT_SCALES[letter["letter"]], letter.end(), not money


def _read_percent(low: str, amount: Amount) -> bool:
    found = _PERCENT.match(low, amount.end)
    if found is None:
        return False
    points = found.lastgroup is not None
    amount.take(Unit("", Decimal("0.01") if found["basis"] else ONE, "points" if points else "percent"), found.end())
    return True


def _read_currency(low: str, amount: Amount) -> bool:
    end = amount.end
    if low[end] >= _HAN:
        han = _HAN_MONEY.match(low, end)
        if han is not None:
            amount.take_currency(SUFFIXES[han[0]], han.end())
        return han is not None
    if low[end] == "p" and not low[end + 1 : end + 2].isalnum() and amount.number.value not in _SCREEN_LINES:
        amount.take_currency(("GBP", Decimal("0.01")), end + 1)  # "at 1,238p"
        return True
    begin = end + 1 if low[end] in " \u00a0-" else end
    if low[begin : begin + 1] in _CURRENCY_SIGNS and not low[begin + 1 : begin + 2].isdigit():
        amount.take_currency(SUFFIXES[low[begin]], begin + 1)
        return True
    first = _NEXT.match(low, end)
    if first is None or first[1].partition("-")[0] not in _CURRENCY_WORDS:
        return False
    parts = [(first[1], first.end())]
    while len(parts) < 4 and (found := _NEXT.match(low, parts[-1][1])) is not None:
        parts.append((found[1], found.end()))
    for count in range(len(parts), 0, -1):
        name = " ".join(part for part, _ in parts[:count])
        known = SUFFIXES.get(name)
        if known is not None and (name not in AMBIGUOUS_CURRENCIES or amount.scale >= 10**6):
            amount.take_currency(known, parts[count - 1][1])
            _read_rate(low, amount)
            return True
    return False


def _read_unit(text: str, low: str, amount: Amount) -> bool:
    end = amount.end
    if low[end] >= _HAN:
        han = _HAN_UNIT.match(low, end)
        if han is not None:
            amount.take(HAN_UNITS[han[0]], han.end())
        return han is not None
    found = _TOKEN.match(text, end)
    if found is None:
        inches = _INCHES.match(low, end)
        if inches is None and amount.number.step < 1 and low[end] in '"″':
            inches = _INCHES_OF.match(low, end)
        if inches is not None:
            amount.take(Unit("in"), end + 1)
        return inches is not None
    symbol = found[1]
    glued = found.start(1) == end
    if symbol == "in" and not low.startswith(("-in ", "-in.", "-in,"), end):
        return False
    unit = SYMBOLS.get(symbol)
    if unit is not None and symbol in _GLUED_ONLY and (not glued or (symbol == "s" and amount.number.step == 1)):
        unit = None  # "the 1990s"
    if unit is None:
        unit = WORDS.get(low[found.start(1) : found.end(1)]) or _phrase_unit(low, amount, found)
        if amount.measured:
            return True
    if unit is None or (amount.short_scale and unit.kind != "quantity"):
        return False
    amount.take(unit, found.end())
    _read_compound(low, amount)
    return True


def _phrase_unit(low: str, amount: Amount, found: re.Match[str]) -> Unit | None:
    """Units of two words; takes them itself."""
    if low.startswith("sq", found.start(1)):
        square = _SQUARE.match(low, amount.end)
        if square is not None:
            amount.take(Unit(square.lastgroup or "m2"), square.end())
    elif low.startswith(("business", "working"), found.start(1)):
        days = _BUSINESS_DAYS.match(low, amount.end)
        if days is not None:
            amount.take(WORDS["day"], days.end())
    return None


def _read_compound(low: str, amount: Amount) -> None:
    """What a unit grows into with the next word: "degrees Celsius", "watt hours", "GB per second"."""
    if amount.unit == "c" and low.endswith(("-degree", "-degrees"), 0, amount.end):
        amount.unit = "degree"  # a hinge turns by them
    elif amount.unit == "c":
        degrees = _DEGREES.match(low, amount.end)
        if degrees is not None:
            amount.unit, amount.end = "f" if degrees["scale"].startswith("f") else "c", degrees.end()
    elif amount.unit == "w":
        hours = _HOURS.match(low, amount.end)
        if hours is not None:
            amount.unit, amount.end = "wh", hours.end()
    elif amount.unit in _RATES:
        rate = _PER_SECOND.match(low, amount.end)
        if rate is not None:
            amount.unit, amount.end = _RATES[amount.unit], rate.end()
    _read_rate(low, amount)


def _read_rate(low: str, amount: Amount) -> None:
    if amount.kind in {"duration", "ratio"} or low[amount.end : amount.end + 1] not in {" ", "/", "-"}:
        return
    found = _PER.match(low, amount.end)
    if found is not None and found[1] in (_PER_TIMES if amount.kind == "quantity" and not amount.measured else _PER_WORDS):
        amount.per, amount.end = found[1], found.end()


def _read_noun(text: str, low: str, amount: Amount) -> None:
    """The noun counted: a known one within a few words, else the first plural in small letters."""
    position = amount.end
    if low.startswith(" of ", position):
        position += 7 if low.startswith(" of the ", position) else 3
    first = -1
    for _ in range(_NOUN_REACH):
        found = _NEXT.match(text, position)
        if found is None:
            return
        start, end = found.span(1)
        hyphenated = text[start - 1] == "-"
        word, lowered = found[1], low[start:end]
        if first < 0:
            first = start
        elif hyphenated:
            position = end
            continue
        head = lowered.partition("-")[0]
        if lowered in _NOUN_STOPS or head in _NOUN_STOPS:
            return
        unit = NOUNS.get(lowered)
        if unit is None and hyphenated and head in NOUNS:  # "5,000-GPU-strong"
            unit, end = NOUNS[head], start + len(head)
        elif unit is None and hyphenated and first == start and word.islower():  # "400-billion-parameter", "128-bit"
            unit, end = "count", start + len(head)
        elif unit is None and _is_plural(word, lowered):
            unit = "count"
        if unit is not None:
            amount.kind, amount.unit = "quantity", unit
            amount.noun_start, amount.noun_end, amount.end = first, end, end
            _read_rate(low, amount)
            return
        position = end


def _is_plural(word: str, lowered: str) -> bool:
    """Whether a word looks like the noun counted: a plural in small letters, or of an abbreviation ("DPUs")."""
    if len(word) < 4 or not lowered.endswith("s") or lowered.endswith(_NO_PLURALS):
        return False
    return word.islower() or word[:-1].isupper()
