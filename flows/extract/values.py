"""Small arithmetic on values: the sign a verb gives, growth from a factor."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from storage.values import Modifier, Money, Percent, Ratio

Signed = TypeVar("Signed", bound=Money | Percent)


def negative(value: Signed) -> Signed:
    """The value with the other sign: its ends change places."""
    return replace(
        value,
        number=None if value.number is None else -abs(value.number),
        low=None if value.high is None else -abs(value.high),
        high=None if value.low is None else -abs(value.low),
    )


def percent_of_ratio(ratio: Ratio) -> Percent | None:
    """Growth in percent of a factor: "doubled" is about 100 %, "more than doubled" over 100 %."""
    if ratio.number is None or ratio.number <= 0:
        return None
    number = (ratio.number - 1) * 100
    if ratio.modifier is Modifier.OVER:
        return Percent(number=number, low=number, high=number + Decimal(50), modifier=Modifier.OVER)
    if ratio.modifier in {Modifier.NEARLY, Modifier.UNDER, Modifier.UP_TO}:
        return Percent(
            number=number, low=None if ratio.low is None else (ratio.low - 1) * 100, high=number, modifier=ratio.modifier
        )
    width = abs(number) / 20
    return Percent(number=number, low=number - width, high=number + width, modifier=Modifier.ABOUT)
