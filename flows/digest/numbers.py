"""Numbers in words a reader expects: "$39.28 billion", "about 1 GW", "hundreds of thousands of GPUs".

Every digit a value holds is shown; nothing is rounded. Hedges come from the value's modifier.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

from babel.numbers import NumberPattern, format_currency, format_decimal, parse_pattern

from flows.digest.clean import clean
from storage.values import HEDGES, Duration, Modifier, Money, Numeric, Percent, Quantity, Ratio

_SCALES = ((Decimal(10) ** 12, "trillion"), (Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"))
_Amount = TypeVar("_Amount", bound=Numeric | Duration)
_PRECISION = 25  # digits beyond which the decimal context would round

# Vague plurals, by the interval they stand for.
_VAGUE = {(Decimal(24), Decimal(99)): "dozens"} | {
    (Decimal(10) ** power, Decimal(10) ** (power + 1) - 1): word
    for power, word in (
        (2, "hundreds"),
        (3, "thousands"),
        (4, "tens of thousands"),
        (5, "hundreds of thousands"),
        (6, "millions"),
        (7, "tens of millions"),
        (8, "hundreds of millions"),
        (9, "billions"),
    )
}

# Units written otherwise than as slug plus "s"; the first form is for one.
_UNITS = {
    "gpu": ("GPU", "GPUs"),
    "cpu": ("CPU", "CPUs"),
    "dpu": ("DPU", "DPUs"),
    "npu": ("NPU", "NPUs"),
    "person": ("person", "people"),
    "h": ("hour", "hours"),
    "min": ("minute", "minutes"),
    "s": ("second", "seconds"),
    "in": ("inch", "inches"),
    "inch": ("inch", "inches"),
    "count": ("", ""),
    "c": ("°C", "°C"),
    "cel": ("°C", "°C"),
    "tops": ("TOPS", "TOPS"),
    "pflops": ("PFLOPS", "PFLOPS"),
    "hz": ("Hz", "Hz"),
    "mhz": ("MHz", "MHz"),
    "ghz": ("GHz", "GHz"),
    "mah": ("mAh", "mAh"),
    "wh": ("Wh", "Wh"),
    "kwh": ("kWh", "kWh"),
    "mwh": ("MWh", "MWh"),
    "gwh": ("GWh", "GWh"),
    "twh": ("TWh", "TWh"),
    "bit": ("bit", "bits"),
    "gbps": ("Gbit/s", "Gbit/s"),
    "tbps": ("Tbit/s", "Tbit/s"),
    "gb-s": ("GB/s", "GB/s"),
    "tb-s": ("TB/s", "TB/s"),
    "gb/s": ("GB/s", "GB/s"),
    "tb/s": ("TB/s", "TB/s"),
}
_UNCHANGED = {"kg", "g", "mm", "cm", "m", "km", "kw", "db", "nm"}  # symbols that take no plural
# Units shown in the largest step that keeps the number short: factor to the base, symbol.
_LADDERS: dict[str, tuple[tuple[Decimal, str], ...]] = {
    "w": tuple((Decimal(10) ** power, symbol) for power, symbol in ((9, "GW"), (6, "MW"), (3, "kW"), (0, "W"))),
    "gb": tuple((Decimal(10) ** power, symbol) for power, symbol in ((9, "EB"), (6, "PB"), (3, "TB"), (0, "GB"))),
}
_STEPS = {"kw": ("w", 3), "mw": ("w", 6), "gw": ("w", 9), "tb": ("gb", 3), "pb": ("gb", 6)}


@lru_cache(maxsize=8)
def _pattern(text: str) -> NumberPattern:
    return parse_pattern(text)


def _short(number: Decimal, size: Decimal) -> Decimal | None:
    """`number` in steps of `size`, where that is exact with at most four decimals."""
    scaled = number / size
    if scaled * size != number:
        return None
    exponent = scaled.normalize().as_tuple().exponent
    return scaled if isinstance(exponent, int) and exponent >= -4 else None


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers as one language writes them."""

    language: str = "en"

    def plain(self, number: Decimal) -> str:
        """A bare number with thousands separators: "11,000"."""
        if abs(number.adjusted()) > 4 * _PRECISION:
            return str(number)  # written out it would fill a page
        if len(number.as_tuple().digits) > _PRECISION or abs(number.adjusted()) > _PRECISION:
            return f"{number:,f}"
        return format_decimal(number, format=_pattern("#,##0.#"), locale=self.language, decimal_quantization=False)

    def large(self, number: Decimal) -> str:
        """A number that may be very large: "1 trillion"."""
        scaled, word = self._scaled(number)
        return self.plain(scaled) + (f" {word}" if word else "")

    def currency(self, number: Decimal, code: str) -> str:
        """An amount: "$39.28 billion", "€1,699", "-$34 million"."""
        scaled, word = self._scaled(number)
        if len(number.as_tuple().digits) > _PRECISION or abs(number.adjusted()) > _PRECISION:
            return f"{clean(code)} {self.plain(number)}"
        text = format_currency(
            scaled,
            clean(code),
            format=_pattern("¤#,##0.00" if not word and scaled % 1 else "¤#,##0.#"),
            locale=self.language,
            currency_digits=False,
            decimal_quantization=False,
        )
        if code.isalpha() and code in text:  # no sign of its own: "CHF 39", not "CHF39"
            text = text.replace(code, f"{code} ").replace("  ", " ")
        return text + (f" {word}" if word else "")

    def _scaled(self, number: Decimal) -> tuple[Decimal, str]:
        if len(number.as_tuple().digits) <= _PRECISION:
            for size, word in _SCALES:
                if abs(number) >= size:
                    scaled = _short(number, size)
                    return (scaled, word) if scaled is not None else (number, "")
        return number, ""

    def measured(self, number: Decimal, unit: str) -> str:
        """A number with its unit: "1 GW", "72 GPUs", "11,000 racks", "1 trillion"."""
        if unit == "rank":
            return f"No. {self.plain(number)}"
        base, power = _STEPS.get(unit, (unit, 0))
        if base in _LADDERS and abs(number.adjusted()) < _PRECISION:
            in_base = number * Decimal(10) ** power
            for size, symbol in _LADDERS[base]:
                scaled = _short(in_base, size)
                if abs(in_base) >= size and scaled is not None:
                    return f"{self.plain(scaled)} {symbol}"
            return f"{self.plain(in_base)} {_LADDERS[base][-1][1]}"
        return f"{self.large(number)} {unit_word(unit, plural=abs(number) != 1)}".rstrip()

    def hedged(self, value: Numeric | Duration, one: Callable[[Decimal], str]) -> str:
        """A number with its hedge or as its range; `one` writes a single number."""
        number = value.number if isinstance(value, Numeric) else None
        low, high, modifier = value.low, value.high, value.modifier
        if number is not None and modifier is not Modifier.RANGE:
            return HEDGES.get(modifier, "") + one(number)
        if low is not None and high is not None:
            return one(low) if low == high else f"{one(low)} to {one(high)}"
        if number is not None:
            return one(number)
        if low is not None:
            return f"{'over' if modifier is Modifier.OVER else 'at least'} {one(low)}"
        if high is not None:
            return f"{'under' if modifier is Modifier.UNDER else 'up to'} {one(high)}"
        return "an unstated number"

    def words(self, value: Money | Percent | Ratio | Quantity | Duration) -> str:
        """A value as it reads in a sentence."""
        value = _finite(value)
        match value:
            case Money():
                return self.hedged(value, lambda number: self.currency(number, value.currency))
            case Percent():
                return self.hedged(value, lambda number: f"{self.plain(number)}%")
            case Ratio():
                return self.hedged(value, lambda number: f"{self.plain(number)} times")
            case Quantity():
                vague = _vague(value)
                if vague is not None:
                    unit = unit_word(value.unit, plural=True)
                    return f"{vague} of {unit}" if unit else vague
                return self.hedged(value, lambda number: self.measured(number, value.unit))
            case Duration():
                return self._duration(value)

    def change(self, value: Percent) -> str:
        """A percentage as a movement: "up 17.97%", "down over 3%", "unchanged"."""
        value = _finite(value)
        low, high, number = value.low, value.high, value.number
        if number is not None:
            if number == 0:
                return "unchanged"
            return f"{'up' if number > 0 else 'down'} {HEDGES.get(value.modifier, '')}{self.plain(abs(number))}%"
        if low is not None and high is not None and high <= 0:
            return f"down {self.plain(-high)}% to {self.plain(-low)}%"
        if low is not None and low >= 0:
            return f"up {self.words(value)}"
        return f"changed by {self.words(value)}"

    def _duration(self, value: Duration) -> str:
        if value.low is None and value.high is None:
            return unit_word(value.unit, plural=True)
        if value.low is not None and value.high is not None and value.low != value.high:
            if value.modifier in {Modifier.EXACT, Modifier.RANGE}:
                return f"{self.plain(value.low)} to {self.measured(value.high, value.unit)}"
            return f"{HEDGES[value.modifier]}{self.plain(value.low)} to {self.measured(value.high, value.unit)}"
        return self.hedged(value, lambda number: self.measured(number, value.unit))


def _finite(value: _Amount) -> _Amount:
    """The value with whatever is no number (infinite, not a number) left out."""
    numbers = {name: getattr(value, name, None) for name in ("number", "low", "high")}
    wrong: dict[str, Any] = {name: None for name, number in numbers.items() if number is not None and not number.is_finite()}
    return replace(value, **wrong) if wrong else value


def _vague(value: Numeric) -> str | None:
    if value.number is not None or value.low is None or value.high is None:
        return None
    return _VAGUE.get((value.low, value.high))


def unit_word(unit: str, *, plural: bool) -> str:
    """A unit's slug as a reader writes it: `gpu` is "GPUs", `rack` is "racks", `kg` stays."""
    if unit in _UNITS:
        return _UNITS[unit][1 if plural else 0]
    if unit in _UNCHANGED:
        return unit
    base, power = _STEPS.get(unit, (unit, 0))
    for size, symbol in _LADDERS.get(base, ()):
        if size == Decimal(10) ** power:
            return symbol
    word = clean(unit.replace("-", " ").replace("_", " "))
    return word + "s" if plural and word and not word.endswith("s") else word
