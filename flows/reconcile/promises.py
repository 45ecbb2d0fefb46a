"""Promises: where a fact about the future stands against the clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from flows.config.catalogue import Predicate
from flows.reconcile.intervals import relation
from storage.model import Claim, Fact, FactStatus, ModalityClass, Promise, Side
from storage.values import Period, Status


def promised_period(sides: Sequence[Sequence[Claim]]) -> Period | None:
    """When a forward fact should come true: its period value, else its `by`, else its `period`; None where it says nothing.

    Where sides differ it runs from the earliest start to the latest end: nothing is late before all say so.
    """
    periods = [period for side in sides if (period := _period_of(side)) is not None]
    if not periods:
        return None
    starts, ends = [period.start for period in periods], [period.end for period in periods]
    return Period(
        start=None if None in starts else min(start for start in starts if start),
        end=None if None in ends else max(end for end in ends if end),
    )


def promise(
    group: ModalityClass,
    sides: Sequence[Sequence[Claim]],
    *,
    predicate: Predicate,
    realised: Fact | None,
    since: datetime | None,
    now: datetime,
) -> Promise | None:
    """Open until its period begins, then due; overdue once it has ended; fulfilled by a realised counterpart.

    None for a fact that promises nothing or names no time. `since` is when the promise was first made.
    """
    period = promised_period(sides) if group is ModalityClass.FORWARD else None
    if period is None or since is None:
        return None
    if realised is not None and any(
        _keeps(side, sides[0][0], predicate, realised, since.date()) for side in realised.state.sides
    ):
        return Promise.FULFILLED
    if period.end is not None and now.date() > period.end:
        return Promise.OVERDUE
    if period.start is not None and now.date() >= period.start:
        return Promise.DUE
    return Promise.OPEN


def _period_of(side: Sequence[Claim]) -> Period | None:
    """The time the best claim of a side names, or the next best where that one names none."""
    for claim in side:
        for candidate in (claim.value, claim.qualifiers.get("by"), claim.qualifiers.get("period")):
            if isinstance(candidate, Period) and (candidate.start or candidate.end):
                return candidate
    return None


def _keeps(side: Side, promised: Claim, predicate: Predicate, realised: Fact, since: date) -> bool:
    """Whether a realised value came true after the promise was made and, for a state, is as far as promised."""
    if realised.state.status is FactStatus.WITHDRAWN:
        return False
    if realised.predicate != predicate.key:  # another predicate's state stands for this one's coming true
        state = predicate.fulfilled_by.get(realised.predicate)
        if not isinstance(side.value, Status) or side.value.state != state:
            return False
    elif isinstance(promised.value, Status) and relation(side.value, promised.value, predicate) not in {"same", "narrower"}:
        return False
    happened = side.value.end or side.value.start if isinstance(side.value, Period) else None
    return (happened or side.as_of.date()) >= since
