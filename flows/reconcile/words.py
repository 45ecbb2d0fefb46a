"""Values and sources in a few plain words, for the reasons that changes carry.

Digests format values by locale; a reason is a record, so it is always the same English.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

from storage.model import Claim
from storage.values import HEDGES, Duration, Money, Percent, Period, Quantity, Ratio, Status, Text, Value, decimal_text

_SCALES = ((Decimal(10) ** 12, " trillion"), (Decimal(10) ** 9, " billion"), (Decimal(10) ** 6, " million"))
_LONGEST = 120


def value_words(value: Value | None) -> str:
    """ "nearly 18%", "39.28 billion USD", "2026-07-01 to 2026-12-31", "“chairman and CEO”"."""
    match value:
        case None:
            return "no figure"
        case Period():
            return _period(value)
        case Status(state=state):
            return state.replace("_", " ")
        case Text(text=text):
            return f"“{text if len(text) <= _LONGEST else text[: _LONGEST - 1] + '…'}”"
        case Duration(low=low, high=high, unit=unit):
            if low is None and high is None:
                return f"{unit}s"
            return f"{_range(low, high)} {unit}{'s' if high != 1 else ''}"
        case _:
            return HEDGES.get(value.modifier, "") + _with_unit(value, _figure(value))


def difference_words(before: Value | None, after: Value | None) -> str:
    """How far a number moved, "+1.2 points" or "+20%"; empty where the two are no numbers of one kind."""
    if isinstance(before, (Money, Ratio, Quantity, Percent)) and isinstance(after, type(before)):
        old, new = before.number, after.number
        if old is None or new is None or old == new:
            return ""
        if isinstance(after, Percent):
            return f"{new - old:+f} points"
        if old > 0 and _unit(before) == _unit(after):
            return f"{(new - old) / old * 100:+.2f}%"
    return ""


def sources_words(claims: Iterable[Claim]) -> str:
    """The publishers of some claims, the nearest to the event first: "lenovo, jiemian and 2 more"."""
    ranked = sorted(claims, key=lambda claim: (claim.authority.rank, claim.as_of, claim.publisher))
    names = list(dict.fromkeys(claim.publisher for claim in ranked))
    if len(names) > 3:
        names = [*names[:2], f"{len(names) - 2} more"]
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def _period(value: Period) -> str:
    if value.start is None or value.end is None:
        if value.start is not None:
            return f"from {value.start}"
        return f"by {value.end}" if value.end is not None else "some time"
    if value.start == value.end:
        return str(value.start)
    if (
        value.start.day == 1
        and (value.end + timedelta(days=1)).day == 1
        and (value.start.year, value.start.month)
        == (
            value.end.year,
            value.end.month,
        )
    ):
        return f"{value.start:%Y-%m}"
    return f"{value.start} to {value.end}"


def _figure(value: Money | Percent | Ratio | Quantity) -> str:
    if value.number is not None:
        return _scaled(value.number)
    return _range(value.low, value.high)


def _range(low: Decimal | None, high: Decimal | None) -> str:
    if low is None or high is None:
        end = low if high is None else high
        return "some" if end is None else f"{'from' if high is None else 'up to'} {_scaled(end)}"
    return _scaled(low) if low == high else f"{_scaled(low)} to {_scaled(high)}"


def _scaled(number: Decimal) -> str:
    for scale, name in _SCALES:
        if abs(number) >= scale:
            return decimal_text(number / scale) + name
    return f"{number.normalize():,f}" if abs(number) >= 1000 else decimal_text(number)


def _with_unit(value: Money | Percent | Ratio | Quantity, figure: str) -> str:
    match value:
        case Money(currency=currency):
            return f"{figure} {currency}"
        case Percent():
            return f"{figure}%"
        case Ratio():
            return f"{figure}x"
        case Quantity(unit=unit):
            return f"{figure} {unit}"


def _unit(value: Money | Percent | Ratio | Quantity) -> str:
    match value:
        case Money(currency=currency):
            return currency
        case Quantity(unit=unit):
            return unit
        case _:
            return ""
