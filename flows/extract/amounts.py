"""One amount: a number with what stands right behind it: scale, currency, unit, noun, rate."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from flows.extract.numbers import HAN_SCALES, SCALES, SHORT_SCALES, Number
from flows.extract.units import HAN_UNITS, NOUNS, SUFFIXES, SYMBOLS, WORDS, Unit

ONE = Decimal(1)


@dataclass(slots=True, kw_only=True)
class Amount:
    """A number being read. `kind` is None while nothing tells what it counts; then it is a bare count."""

    start: int
    end: int
    number: Number
    scale: Decimal = ONE
    short_scale: bool = False  # "5m", "70B": a letter, which needs a currency or a noun beside it
    kind: str | None = None
    unit: str = ""
    factor: Decimal = ONE
    measured: bool = False  # a unit of measure, not a noun that could be part of a product's name
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


_SCALE = re.compile(
    r"[ \u00a0-]?(?:(?P<word>hundred|thousand|lakh|million|crore|billion|trillion|quadrillion|mln|mn|mio|mrd|bln|bn|trn|tn)"
    r"|(?<=[0-9])(?P<letter>[kmbt]|cr))(?![\w])\.?(?:(?<=lakh) (?P<crore>crore)\b)?"
)
_SPACED_LETTER = re.compile(r"[ \u00a0](m|b|k|t)\b")
_HAN_SCALE = re.compile("[千百十]?[万亿]|万亿|[萬億兆千]")
_HAN_UNIT = re.compile("|".join(sorted(map(re.escape, HAN_UNITS), key=len, reverse=True)))
_HAN_MONEY = re.compile("|".join(sorted((name for name in SUFFIXES if not name.isascii() and len(name) > 0 and name > "ÿ"), key=len, reverse=True)))
_TOKEN = re.compile(r"[ \u00a0]?[-‑]?(?:([^\W\d_][\w²]*(?:/[^\W\d_]+)?|°[CFcf]?|[℃×％%€£¥$])|[\"″](?= (?:display|screen|laptop|panel|monitor|notebook)))")
_NEXT = re.compile(r"[ \u00a0-]([^\W\d_][\w²/.-]*\w|[^\W\d_])")
_PERCENT = re.compile(r"[ \u00a0-]?(?:%|％|per ?cent\b|percent\b|pct\b)(?P<points>[ -]points?\b)?|[ -]?(?P<pp>percentage[ -]points?|pp\b|ppts?\b)")
_BASIS = re.compile(r"[ -]?(?:basis[ -]points?|bps?)\b")
_SQUARE = re.compile(r"[ -](?:square|sq\.?) (?:(met(?:re|er)s?|m\b)|(foot|feet|ft)|(kilomet(?:re|er)s?|km))")
_HOURS = re.compile(r"[ -](?:watt|kilowatt|megawatt|gigawatt)[ -]hours?\b")
_PER = re.compile(r"(?: per | an? |/)([a-z]+)\b")
_PER_SECOND = re.compile(r" (?:per|a) second\b|/s(?:ec)?\b")
_RATES = {"gb": "gb_per_s", "gbit": "gbit_per_s"}
_PER_WORDS = frozenset(
    "share month year day week hour minute second token unit piece gpu rack server seat user person employee barrel ton tonne kilo kg "
    "kwh mwh watt license licence device pc head quarter million gigawatt megawatt".split()
)
_ONLY_WITH_SCALE = frozenset({"won", "real", "pound", "pounds", "franc", "francs", "inr", "all", "try"})
_CURRENCY_WORDS = frozenset(word for name in SUFFIXES if name.isascii() for word in (name.split()[0],))
_NOUN_STOPS = frozenset(
    "in of on at by to from for with and or but nor as than that which who whom whose is are was were be been being has have had will "
    "would may might can could should must shall do does did its their his her our your my the a an this these those it he she they we i "
    "you up down after before since until till during over under per each into onto out off through across between among within without "
    "while when where if so because although though whether via against toward towards last next ago later earlier lower higher faster "
    "better worse cheaper larger smaller greater longer shorter less fewer lighter quicker said says says, now then here there not no "
    "also still already just only including compared versus vs around about worldwide globally annually percent worth respectively "
    "plus minus times both all some every any what how why too very once twice ever never again yet instead despite amid near".split()
)
_ADJECTIVE_LIMIT = 6
_NOT_PLURAL = ("ss", "us", "is")


def read_amount(text: str, low: str, number: Number, *, currency: str | None) -> Amount:
    """The amount that begins with `number`: everything that belongs to it to its right.

    `currency` is the code a sign in front of it gives; then only a scale and a rate can follow.
    """
    amount = Amount(start=number.start, end=number.end, number=number)
    _read_scale(low, amount, money=currency is not None)
    if currency is not None:
        amount.kind, amount.unit, amount.measured = "money", currency, True
        for name in (currency.lower(), "dollars", "yuan"):  # "$5 million USD", "RMB 5 million yuan"
            if low.startswith(" " + name, amount.end) and not low[amount.end + 1 + len(name) : amount.end + 2 + len(name)].isalnum():
                amount.end += 1 + len(name)
                break
        _read_rate(low, amount)
        return amount
    if not (_read_percent(low, amount) or _read_currency(low, amount) or _read_unit(text, low, amount)):
        _read_noun(text, low, amount)
    return amount


def _read_scale(low: str, amount: Amount, *, money: bool) -> None:
    end = amount.end
    if end >= len(low):
        return
    found = _SCALE.match(low, end)
    if found is None and money:
        found = _SPACED_LETTER.match(low, end)
        if found is not None:
            amount.scale, amount.end = SHORT_SCALES[found[1]], found.end()
            return
    if found is not None:
        word = found.groupdict().get("word")
        if word:
            amount.scale = SCALES.get(word) or SHORT_SCALES[word]
            amount.end = found.end("crore") if found["crore"] else found.end("word")
            if found["crore"]:
                amount.scale *= SCALES["crore"]
        elif money or not amount.number.words:
            letter = found["letter"]
            amount.scale, amount.end, amount.short_scale = SHORT_SCALES[letter], found.end("letter"), not money
        return
    han = _HAN_SCALE.match(low, end)
    if han is not None:
        amount.scale, amount.end = HAN_SCALES[han[0]], han.end()
        if amount.end < len(low) and low[amount.end] == "亿" and han[0] == "万":
            amount.scale, amount.end = HAN_SCALES["万亿"], amount.end + 1


def _read_percent(low: str, amount: Amount) -> bool:
    end = amount.end
    if end >= len(low) or low[end] not in " \u00a0-%％pb":
        return False
    found = _PERCENT.match(low, end)
    if found is not None:
        amount.kind = "points" if found["points"] or found["pp"] else "percent"
    else:
        found = _BASIS.match(low, end)
        if found is None:
            return False
        amount.kind, amount.factor = "points", Decimal("0.01")
    amount.end, amount.measured = found.end(), True
    return True


def _read_currency(low: str, amount: Amount) -> bool:
    end = amount.end
    if end >= len(low):
        return False
    if low[end] >= "\u2e80":
        han = _HAN_MONEY.match(low, end)
        if han is None:
            return False
        amount.kind, (amount.unit, amount.factor), amount.end, amount.measured = "money", SUFFIXES[han[0]], han.end(), True
        return True
    separator = low[end]
    begin = end + 1 if separator in " \u00a0-" else end
    if begin < len(low) and low[begin] in "€£¥$":
        amount.kind, (amount.unit, amount.factor), amount.end, amount.measured = "money", SUFFIXES[low[begin]], begin + 1, True
        return True
    first = _NEXT.match(low, end)
    if first is None or first[1].partition("-")[0] not in _CURRENCY_WORDS:
        return False
    words = [(first[1], first.end())]
    while len(words) < 3 and (found := _NEXT.match(low, words[-1][1])) is not None:
        words.append((found[1], found.end()))
    for count in range(len(words), 0, -1):
        name = " ".join(word for word, _ in words[:count])
        known = SUFFIXES.get(name)
        if known is None or (name in _ONLY_WITH_SCALE and amount.scale == 1):
            continue
        amount.kind, (amount.unit, amount.factor), amount.end, amount.measured = "money", known, words[count - 1][1], True
        _read_rate(low, amount)
        return True
    return False


def _read_unit(text: str, low: str, amount: Amount) -> bool:
    end = amount.end
    if end >= len(low):
        return False
    if low[end] >= "\u2e80":
        han = _HAN_UNIT.match(low, end)
        if han is None:
            return False
        _take(amount, HAN_UNITS[han[0]], han.end())
        return True
    square = _SQUARE.match(low, end)
    if square is not None:
        _take(amount, Unit("m2" if square[1] else "sqft" if square[2] else "km2"), square.end())
        return True
    found = _TOKEN.match(text, end)
    if found is None:
        return False
    if found[1] is None:
        _take(amount, Unit("in"), found.end())
        return True
    token = found[1]
    glued = found.start(1) == end
    unit = SYMBOLS.get(token)
    if token == "in" and not low.startswith(("-in ", "-in."), end):
        return False
    if unit is not None and not glued and token in _ONLY_GLUED:
        unit = None
    if unit is None:
        lowered = token.lower()
        unit = WORDS.get(lowered)
        if unit is None and lowered == "business" and low.startswith("business day", found.start(1)):
            unit, found = WORDS["day"], re.compile(r"[ -]business days?").match(low, end) or found
    if unit is None or (amount.short_scale and unit.kind != "quantity"):
        return False
    if unit.kind == "ratio" and token[0] in "tT" and low.startswith(("-", " "), end) is False:
        return False
    _take(amount, unit, found.end())
    if unit.slug == "c":
        degrees = re.compile(r" ?(?:degrees? )?(celsius|centigrade|fahrenheit|c\b|f\b)").match(low, amount.end)
        if degrees is not None:
            amount.unit, amount.end = ("f" if degrees[1].startswith("f") else "c"), degrees.end()
    elif unit.slug == "w" and low.startswith((" hour", "-hour"), amount.end):
        amount.unit, amount.end = "wh", amount.end + (6 if low.startswith("s", amount.end + 5) else 5)
    elif unit.slug in _RATES:
        rate = _PER_SECOND.match(low, amount.end)
        if rate is not None:
            amount.unit, amount.end = _RATES[unit.slug], rate.end()
    _read_rate(low, amount)
    return True


_ONLY_GLUED = frozenset({"x", "X", "s", "t", "h", "V", "bp", "pp", "pc", "PF", "EF", "MP"})


def _take(amount: Amount, unit: Unit, end: int) -> None:
    amount.kind, amount.unit, amount.factor, amount.end, amount.measured = unit.kind, unit.slug, unit.factor, end, True


def _read_rate(low: str, amount: Amount) -> None:
    if amount.kind in {"duration", "ratio"} or amount.end >= len(low) or low[amount.end] not in " /":
        return
    found = _PER.match(low, amount.end)
    if found is not None and found[1] in _PER_WORDS:
        amount.per, amount.end = found[1], found.end()


def _read_noun(text: str, low: str, amount: Amount) -> None:
    """The noun counted: a known one within a few words, else the first plural in small letters."""
    position = amount.end
    first = None
    if low.startswith(" of ", position):
        position += 3
        if low.startswith(" the ", position):
            position += 4
    for _ in range(_ADJECTIVE_LIMIT):
        found = _NEXT.match(text, position)
        if found is None:
            return
        hyphenated = text[found.start()] == "-"
        word = found[1]
        lowered = low[found.start(1) : found.end(1)]
        if first is None:
            first = found.start(1)
        elif hyphenated:
            position = found.end()
            continue
        if lowered in _NOUN_STOPS:
            return
        unit = NOUNS.get(lowered)
        if unit is None and hyphenated and (head := lowered.partition("-")[0]) in NOUNS:
            unit = NOUNS[head]
            _count(amount, unit, first, found.start(1) + len(head))
            return
        if unit is not None:
            _count(amount, unit, first, found.end(1))
            if unit == "token":
                _read_rate(low, amount)
            return
        plural = lowered.endswith("s") and len(word) > 3 and not lowered.endswith(_NOT_PLURAL) and (word[1:].islower() or word[:-1].isupper())
        if plural and (word[0].islower() or word[:-1].isupper()):
            _count(amount, "count", first, found.end(1))
            return
        if hyphenated and first == found.start(1) and word.islower():
            _count(amount, "count", first, found.start(1) + len(lowered.partition("-")[0]))
            return
        position = found.end(1)


def _count(amount: Amount, unit: str, start: int, end: int) -> None:
    amount.kind, amount.unit = "quantity", unit
    amount.noun_start, amount.noun_end, amount.end = start, end, end
