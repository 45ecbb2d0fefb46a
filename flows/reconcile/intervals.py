"""What two values in one slot are to each other, by arithmetic instead of by string.

Every value is measured once: a number, a period or a duration becomes an interval on one axis, a
state a place in its chains, a text its normalised words. Two measures of one dimension then agree
(same, narrower, wider, overlapping) or do not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from flows.config.catalogue import Predicate
from flows.reconcile.units import COUNTED, base_unit, seconds
from storage.values import Duration, Modifier, Money, Numeric, Percent, Period, Quantity, Ratio, Status, Text, Value


class Relation(StrEnum):
    """How the first of two values stands to the second."""

    SAME = "same"
    NARROWER = "narrower"  # it lies within the second
    WIDER = "wider"  # the second lies within it
    OVERLAP = "overlap"  # both could be true, neither says it all
    DISJOINT = "disjoint"  # both cannot be true

    @property
    def agrees(self) -> bool:
        """Whether both values can be true at once."""
        return self is not Relation.DISJOINT

    @property
    def mirrored(self) -> Relation:
        """The relation of the second to the first."""
        return {Relation.NARROWER: Relation.WIDER, Relation.WIDER: Relation.NARROWER}.get(self, self)


Width = tuple[int, Decimal, int]
"""Sorts measures of one dimension from the narrowest: bounded, half-open line, whole line, no value."""

_NO_VALUE: Width = (3, Decimal(0), 0)


@dataclass(frozen=True, slots=True)
class Extent:
    """An interval of numbers, days or seconds; None is an open end. `low_in`: the end itself belongs to it."""

    low: Decimal | None
    high: Decimal | None
    low_in: bool = True
    high_in: bool = True

    def contains(self, other: Extent) -> bool:
        """Whether every point of `other` is one of this interval."""
        low_ok = self.low is None or (
            other.low is not None and (other.low > self.low or (other.low == self.low and (self.low_in or not other.low_in)))
        )
        high_ok = self.high is None or (
            other.high is not None
            and (other.high < self.high or (other.high == self.high and (self.high_in or not other.high_in)))
        )
        return low_ok and high_ok

    def meets(self, other: Extent) -> bool:
        """Whether the two share a point."""
        return self._reaches(other) and other._reaches(self)

    def _reaches(self, other: Extent) -> bool:
        if self.high is None or other.low is None:
            return True
        return self.high > other.low or (self.high == other.low and self.high_in and other.low_in)


@dataclass(frozen=True, slots=True)
class Measure:
    """A value made comparable. Values of different dimensions ("money:USD", "quantity:w") never meet in a slot."""

    dimension: str
    width: Width
    extent: Extent | None = None
    state: str | None = None
    words: tuple[str, ...] = ()


def measure(value: Value | None, predicate: Predicate) -> Measure:
    """The comparable form of a value of `predicate`."""
    match value:
        case None:
            return Measure("", _NO_VALUE)
        case Status(state=state):
            return Measure("status", (0, Decimal(-_depths(predicate.chains).get(state, 0)), 0), state=state)
        case Text(text=text):
            words = tuple(normalised(text).split())
            if predicate.key == "role":
                words = tuple(sorted({word for word in _spelled_out(words) if word not in _JOINTS}))
                return Measure("text", (0, Decimal(-len(words)), 0), words=words)
            return Measure("text", (0, Decimal(0), 0), words=words)
        case _:
            extent = extent_of(value)
            return Measure(dimension(value), _width(extent), extent=extent)


def compare(a: Measure, b: Measure, predicate: Predicate) -> Relation:
    """How `a` stands to `b`. No value at all is wider than any; other dimensions never agree."""
    if not a.dimension or not b.dimension:
        if a.dimension == b.dimension:
            return Relation.SAME
        return Relation.WIDER if not a.dimension else Relation.NARROWER
    if a.dimension != b.dimension:
        return Relation.DISJOINT
    if a.state is not None and b.state is not None:
        return _states(a.state, b.state, predicate.chains)
    if a.extent is not None and b.extent is not None:
        return _extents(a.extent, b.extent)
    if a.words == b.words:
        return Relation.SAME
    if predicate.key == "role" and a.words and b.words:
        if set(a.words) > set(b.words):
            return Relation.NARROWER
        if set(a.words) < set(b.words):
            return Relation.WIDER
    return Relation.DISJOINT


def relation(a: Value | None, b: Value | None, predicate: Predicate) -> Relation:
    """How value `a` of `predicate` stands to value `b`; `relation(b, a)` is its mirror image."""
    return compare(measure(a, predicate), measure(b, predicate), predicate)


def dimension(value: Value) -> str:
    """What a value can be compared with: its kind, with the currency of money and the base unit of a quantity."""
    match value:
        case Money(currency=currency):
            return f"money:{currency}"
        case Quantity(unit=unit):
            base = base_unit(unit)[0]
            return "quantity" if base == COUNTED else f"quantity:{base}"
        case _:
            return value.kind


def extent_of(value: Money | Percent | Ratio | Quantity | Duration | Period) -> Extent:
    """The interval of a value: numbers in the base unit, periods as days, durations in seconds."""
    match value:
        case Period(start=start, end=end):
            low = None if start is None else Decimal(start.toordinal())
            high = None if end is None else Decimal(end.toordinal() + 1)  # the last day belongs to it, the next does not
            return _ordered(low, high, high_in=False)
        case Duration():
            return _duration(value)
        case Quantity(unit=unit):
            return _number(value, base_unit(unit)[1])
        case _:
            return _number(value, Decimal(1))


def normalised(text: str) -> str:
    """A text without what two printings of it may differ in: case, spacing, quotation marks, punctuation at the ends."""
    flat = unicodedata.normalize("NFKC", text).casefold().translate(_QUOTES)
    return re.sub(r"\s+", " ", flat).strip(" .,;:!?\"'()-")


_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "..."})
_JOINTS = frozenset({"and", "the", "of", "a", "an", "for", "its", "&", "at", "s", ""})
_OFFICES = {
    "ceo": "chief executive officer",
    "cfo": "chief financial officer",
    "coo": "chief operating officer",
    "cto": "chief technology officer",
    "cio": "chief information officer",
    "cmo": "chief marketing officer",
    "evp": "executive vice president",
    "svp": "senior vice president",
    "vp": "vice president",
}
"""Abbreviations of offices. A title is a set of words, so that "CEO" and "chief executive officer" are one."""


def _spelled_out(words: Sequence[str]) -> list[str]:
    pieces = [piece for word in words for piece in re.split(r"[^\w&]+", word)]
    full = " ".join(_OFFICES.get(piece, piece) for piece in pieces)
    return re.sub(r"\bchief executive(?! officer)", "chief executive officer", full).split(" ")


def _number(value: Numeric, factor: Decimal) -> Extent:
    """The interval of a hedged number. The end a hedge leaves out is the one at the number itself:
    "over 40%" is (40, 45], "fell by nearly 12%" is (-12, -11]. An exact number's rounding interval
    keeps its low end only, so that 98 and 99 do not share 98.5."""
    low, high = value.low, value.high
    if value.modifier is Modifier.EXACT and low is None and high is None:
        low = high = value.number
    low_in = high_in = True
    match value.modifier:
        case Modifier.EXACT:
            high_in = low == high
        case Modifier.OVER | Modifier.NEARLY | Modifier.UNDER:
            if value.number is not None and low == value.number != high:
                low_in = False
            elif value.number is not None and high == value.number != low:
                high_in = False
            elif value.modifier is Modifier.OVER:
                low_in = low == high
            else:
                high_in = low == high
        case _:
            pass
    return _ordered(
        None if low is None else low * factor, None if high is None else high * factor, low_in=low_in, high_in=high_in
    )


_LADDER = ("s", "min", "h", "day", "week", "month", "year")


def _duration(value: Duration) -> Extent:
    """A length of time in seconds. "Weeks" without a number reaches from two weeks to two months, where
    "months" begins: number-less durations agree by their unit, and "three weeks" is narrower."""
    unit = seconds(value.unit) or Decimal(1)
    low, high = value.low, value.high
    if low is None and high is None:
        above = next((longer for name in _LADDER if (longer := seconds(name) or unit) > unit), None)
        return Extent(2 * unit, None if above is None else 2 * above, high_in=False)
    return _ordered(
        None if low is None else low * unit,
        None if high is None else high * unit,
        high_in=value.modifier is not Modifier.EXACT or low == high,
    )


def _ordered(low: Decimal | None, high: Decimal | None, *, low_in: bool = True, high_in: bool = True) -> Extent:
    if low is not None and high is not None and low > high:  # written the wrong way round by whoever made the claim
        return Extent(high, low, high_in, low_in)
    return Extent(low, high, low_in, high_in)


def _width(extent: Extent) -> Width:
    """Containment implies a smaller width, also between half-lines of one direction."""
    closed = extent.low_in + extent.high_in
    if extent.low is not None and extent.high is not None:
        return (0, extent.high - extent.low, closed)
    if extent.low is not None:
        return (1, -extent.low, closed)
    if extent.high is not None:
        return (1, extent.high, closed)
    return (2, Decimal(0), 0)


def _extents(a: Extent, b: Extent) -> Relation:
    inside, around = b.contains(a), a.contains(b)
    if inside and around:
        return Relation.SAME
    if inside:
        return Relation.NARROWER
    if around:
        return Relation.WIDER
    return Relation.OVERLAP if a.meets(b) else Relation.DISJOINT


def _states(a: str, b: str, chains: tuple[tuple[str, ...], ...]) -> Relation:
    """Two states of one chain agree, and the further one says more; without a common chain they contradict."""
    if a == b:
        return Relation.SAME
    if not any(a in chain and b in chain for chain in chains):
        return Relation.DISJOINT
    depths = _depths(chains)
    if depths[a] == depths[b]:  # only where two chains order them both ways round
        return Relation.OVERLAP
    return Relation.NARROWER if depths[a] > depths[b] else Relation.WIDER


@lru_cache(maxsize=256)
def _depths(chains: tuple[tuple[str, ...], ...]) -> dict[str, int]:
    """How far along its chains each state is: one more than the furthest state before it."""
    depths = {state: 0 for chain in chains for state in chain}
    for _ in depths:  # as many rounds as the longest chain can need; bounded, should chains form a circle
        moved = False
        for chain in chains:
            for before, after in pairwise(chain):
                if depths[after] <= depths[before]:
                    depths[after], moved = depths[before] + 1, True
        if not moved:
            break
    return depths
