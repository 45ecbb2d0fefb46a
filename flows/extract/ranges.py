"""Two figures that make one range: "3 to 4 billion", "between three and four", "$2-3bn", "-30 to 65 degrees"."""

from __future__ import annotations

import re
from typing import NamedTuple

from flows.extract.amounts import Amount, read_amount
from flows.extract.numbers import RUN, Number, read_digits, read_words
from flows.extract.units import PREFIXES

_JOIN = re.compile(
    r"(?:(?P<to> to |-to-|- to )| ?[-–—‑~〜] ?| (?P<or>or) | (?P<and>and) )(?P<sign>[-−])?"
    r"(?P<money>(?:us|hk|nt|[rasc])? ?[$€£¥₹]|rmb ?)?(?=[0-9a-z])"
)
_JOINTS = frozenset(" -–—‑~〜")
_JOIN_FIRST = frozenset("toa-–—‑~〜")
_RUN = re.compile(RUN)
# "rose $3 to $5": what it rose by and what it rose to, not a range.
_MOVED = re.compile(r"\b(?:rose|fell|up|down|grew|climbed|dropped|jumped|slipped|lost|gained|added|sank|soared)(?: by)? $")
_DAY_AFTER = re.compile(r"(?:st|nd|rd|th)? (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)")


class Range(NamedTuple):
    """The upper end of a range, and where it ends. `upper` None: the two are no amounts at all ("2-1")."""

    upper: Amount | None
    end: int


def read_range(text: str, low: str, amount: Amount, *, between: bool, after_from: bool) -> Range | None:
    """The range that `amount` begins, or None.

    `between` stands before it or not. With `after_from` two figures are a change ("from 20 to 25
    percent") unless they are degrees; then `amount` still borrows the unit of the second figure.
    """
    after = low[amount.end : amount.end + 2]
    if not after or after[0] not in _JOINTS or (after[0] == " " and after[1:] not in _JOIN_FIRST):
        return None
    join = _JOIN.match(low, amount.end)
    if join is None or (join["and"] and not between):
        return None
    start = join.end()
    dashed = join["to"] is None and join["or"] is None and join["and"] is None
    number = _number(low, start)
    if number is None:
        return Range(None, start) if dashed and amount.kind is None and low[start].isdigit() else None
    if join["money"] and amount.kind is None and amount.number.step == 1 and 1900 <= amount.number.value < 2100:
        return None  # "from the first quarter of 2025 to $22.3 billion": a year and an amount
    bare_dash = dashed and amount.kind is None
    if bare_dash and (low.startswith(("-", "/"), number.end) or number.value <= amount.number.value):
        return Range(None, number.end)  # a date, a score, an address
    if amount.kind is None and _DAY_AFTER.match(low, number.end):
        return Range(None, number.end)
    code = PREFIXES.get(join["money"].strip()) if join["money"] else amount.unit if amount.kind == "money" else None
    upper = read_amount(text, low, number._replace(value=-number.value) if join["sign"] else number, currency=code)
    if not _fit(amount, upper, join, between=between):
        return None
    if amount.kind is None and after_from and upper.unit != "c":
        _lend(upper, amount)
        return None
    if amount.kind is not None and after_from:
        return None
    bare_percent = amount.kind is None and upper.kind in {"percent", "points"}  # "go up 5 to 15 percent" is one
    if join["to"] and not bare_percent and _MOVED.search(low, max(0, amount.start - 12), amount.start):
        return None
    kept = (amount.kind, amount.unit, amount.factor, amount.measured, amount.scale)
    _lend(upper, amount)
    _lend(amount, upper)
    if amount.value >= upper.value or (join["or"] and upper.value > amount.value * 3):
        amount.kind, amount.unit, amount.factor, amount.measured, amount.scale = kept
        return None
    return Range(upper, upper.end)


def _number(low: str, start: int) -> Number | None:
    if not low[start].isdigit():
        return read_words(low, start)
    run = _RUN.match(low, start)
    return None if run is None else read_digits(low, start, run.end())


def _fit(amount: Amount, upper: Amount, join: re.Match[str], *, between: bool) -> bool:
    """Whether two figures can be the ends of one range: of one kind, or one of them bare."""
    if amount.kind is None:
        # "rose 3 to 5": bare figures are a range only where something says so.
        return upper.kind is not None or between or upper.number.words == amount.number.words
    if upper.kind is None:
        return join["and"] is not None and between and amount.kind != "quantity"
    return (upper.kind, upper.unit) == (amount.kind, amount.unit)


def _lend(giver: Amount, taker: Amount) -> None:
    """Let a bare figure take kind, unit and scale of the other."""
    if taker.kind is None:
        taker.kind, taker.unit, taker.factor, taker.measured = giver.kind, giver.unit, giver.factor, giver.measured
    if taker.scale == 1 < giver.scale and abs(taker.number.value) < 1000:
        taker.scale = giver.scale
