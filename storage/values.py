"""Values: what a claim may say, as intervals instead of strings.

Every number is an interval with a best estimate, so that "nearly 18%", "17.97%" and "about a
fifth" can be compared by arithmetic. `low` and `high` are None where an end is open; the
`modifier` tells whether an end itself belongs to the interval ("over 40%" excludes 40).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any, ClassVar


class Modifier(StrEnum):
    """How a text hedges a number."""

    EXACT = "exact"
    ABOUT = "about"
    NEARLY = "nearly"
    OVER = "over"
    UNDER = "under"
    UP_TO = "up_to"
    AT_LEAST = "at_least"
    RANGE = "range"


HEDGES = {
    Modifier.ABOUT: "about ",
    Modifier.NEARLY: "nearly ",
    Modifier.OVER: "over ",
    Modifier.UNDER: "under ",
    Modifier.UP_TO: "up to ",
    Modifier.AT_LEAST: "at least ",
}
"""What stands before a number so hedged; an exact one and a range need no word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeric:
    """A number with its interval; the shared part of money, percent, ratio and quantity.

    `number` is the best estimate, or None for a vague plural ("hundreds of thousands").
    """

    kind: ClassVar[str]
    number: Decimal | None
    low: Decimal | None
    high: Decimal | None
    modifier: Modifier = Modifier.EXACT


@dataclass(frozen=True, slots=True, kw_only=True)
class Money(Numeric):
    """An amount in whole units of an ISO 4217 currency: "$39.28 billion" is 39280000000 USD."""

    kind: ClassVar[str] = "money"
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Percent(Numeric):
    """A percentage: 17.97 means 17.97 %. A fall is negative."""

    kind: ClassVar[str] = "percent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio(Numeric):
    """A factor: "tenfold" is 10, "half" is 0.5."""

    kind: ClassVar[str] = "ratio"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity(Numeric):
    """A count or a measured amount in `unit`, a lower-case slug: `gpu`, `w`, `gb`, `person`."""

    kind: ClassVar[str] = "quantity"
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """A length of time in `unit` (`week`, `month`, …); no numbers where a text says only "weeks"."""

    kind: ClassVar[str] = "duration"
    low: Decimal | None
    high: Decimal | None
    unit: str
    modifier: Modifier = Modifier.EXACT


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Calendar days from `start` to `end`, both included; None is an open end. A day: start = end."""

    kind: ClassVar[str] = "period"
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """One state of a predicate's ordered list."""

    kind: ClassVar[str] = "status"
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Words as such: a title, a quotation."""

    kind: ClassVar[str] = "text"
    text: str


Value = Money | Percent | Ratio | Quantity | Duration | Period | Status | Text
Qualifier = str | Value


def decimal_text(number: Decimal) -> str:
    """A decimal in plain notation, without exponent or trailing zeros: one spelling per number."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def _plain(number: Decimal | None) -> int | float | str | None:
    """The number as JSON holds it without loss: a JSON number where one can, else its digits as a string."""
    if number is None:
        return None
    if number == number.to_integral_value():
        return int(number)
    nearest = float(number)
    return nearest if Decimal(repr(nearest)) == number else decimal_text(number)


def value_to_json(value: Value) -> dict[str, Any]:
    """The JSON object of a value, as the exports and the database hold it.

    Money keeps its figures as strings (they exceed what a float holds exactly); other numbers
    are JSON numbers, but for those of more digits than a float holds.
    """
    match value:
        case Money():
            return {
                "kind": "money",
                "amount": None if value.number is None else decimal_text(value.number),
                "currency": value.currency,
                "low": None if value.low is None else decimal_text(value.low),
                "high": None if value.high is None else decimal_text(value.high),
                "modifier": str(value.modifier),
            }
        case Percent() | Ratio() | Quantity():
            fields: dict[str, Any] = {"kind": value.kind, "number": _plain(value.number)}
            if isinstance(value, Quantity):
                fields["unit"] = value.unit
            return fields | {"low": _plain(value.low), "high": _plain(value.high), "modifier": str(value.modifier)}
        case Duration():
            return {
                "kind": "duration",
                "low": _plain(value.low),
                "high": _plain(value.high),
                "unit": value.unit,
                "modifier": str(value.modifier),
            }
        case Period():
            return {
                "kind": "period",
                "start": value.start.isoformat() if value.start else None,
                "end": value.end.isoformat() if value.end else None,
            }
        case Status():
            return {"kind": "status", "state": value.state}
        case Text():
            return {"kind": "text", "text": value.text}


def _decimal(number: object) -> Decimal | None:
    return None if number is None else Decimal(str(number))


def _day(text: object) -> date | None:
    return None if text is None else date.fromisoformat(str(text))


def value_from_json(fields: Mapping[str, Any]) -> Value:
    """The value a JSON object of `value_to_json` stands for; ValueError if it is none."""
    try:
        return _value_of(tuple(fields.items()))
    except TypeError:  # something in it is no plain figure or word
        return _read(fields)


@lru_cache(maxsize=20_000)
def _value_of(items: tuple[tuple[str, Any], ...]) -> Value:
    """The same figures and periods are read over and over: values do not change, so one of each will do."""
    return _read(dict(items))


def _read(fields: Mapping[str, Any]) -> Value:
    kind = fields.get("kind")
    if kind == "period":
        return Period(start=_day(fields.get("start")), end=_day(fields.get("end")))
    if kind == "status":
        return Status(state=str(fields["state"]))
    if kind == "text":
        return Text(text=str(fields["text"]))
    low, high = _decimal(fields.get("low")), _decimal(fields.get("high"))
    modifier = Modifier(fields.get("modifier", "exact"))
    if kind == "duration":
        return Duration(low=low, high=high, unit=str(fields["unit"]), modifier=modifier)
    number = _decimal(fields.get("amount", fields.get("number")))
    if kind == "money":
        return Money(number=number, low=low, high=high, modifier=modifier, currency=str(fields["currency"]))
    if kind == "percent":
        return Percent(number=number, low=low, high=high, modifier=modifier)
    if kind == "ratio":
        return Ratio(number=number, low=low, high=high, modifier=modifier)
    if kind == "quantity":
        return Quantity(number=number, low=low, high=high, modifier=modifier, unit=str(fields["unit"]))
    raise ValueError(f"not a value: kind {kind!r}")


def qualifier_to_json(qualifier: Qualifier) -> Any:
    """A qualifier as JSON: a slug stays a string; a period is its two ends, without `kind`, as the export has it."""
    if isinstance(qualifier, str):
        return qualifier
    fields = value_to_json(qualifier)
    if isinstance(qualifier, Period):
        del fields["kind"]
    return fields


def qualifier_from_json(fields: Any) -> Qualifier:
    """The inverse of `qualifier_to_json`."""
    if isinstance(fields, Mapping):
        return value_from_json({"kind": "period", **fields})
    return str(fields)
