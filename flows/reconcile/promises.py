"""Promises: where a fact about the future stands against the clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flows.config.catalogue import Predicate
from flows.reconcile.intervals import relation
from storage.model import Claim, Fact, FactStatus, ModalityClass, Promise, Side
from storage.values import Period, Status


@dataclass(frozen=True, slots=True)
class Outlook:
    """A promise, the time it names, and the realised fact that kept it."""

    promise: Promise | None = None
    period: Period | None = None
    kept_by: Fact | None = None


def outlook(
    group: ModalityClass,
    sides: Sequence[Sequence[Claim]],
    *,
    predicate: Predicate,
    realised: Sequence[Fact],
    since: datetime | None,
    now: datetime,
) -> Outlook:
    """Open until its period begins, then due; overdue once it has ended; fulfilled by a realised counterpart.

    No promise where a fact is none about the future or names no time. `sides` are the claims of
    each side, best first; `realised` the facts that could have made it true; `since` is when it
    was first promised.
    """
    period = _promised_period(sides) if group is ModalityClass.FORWARD else None
    if period is None or since is None:
        return Outlook()
    kept_by = next((fact for fact in realised if _keeps(fact, sides[0][0], predicate, since.date())), None)
    if kept_by is not None:
        return Outlook(Promise.FULFILLED, period, kept_by)
    if period.end is not None and now.date() > period.end:
        return Outlook(Promise.OVERDUE, period)
    if period.start is not None and now.date() >= period.start:
        return Outlook(Promise.DUE, period)
    return Outlook(Promise.OPEN, period)


def clock_moves(fact: Fact, now: datetime) -> bool:
    """Whether the clock alone may have moved a promise since it was decided; never wrongly False."""
    if fact.state.status is FactStatus.DISPUTED:
        return True
    said = [side.value for side in fact.state.sides] + [fact.qualifiers.get("by"), fact.qualifiers.get("period")]
    periods = [value for value in said if isinstance(value, Period)]
    today = now.date()
    begun = fact.state.promise is Promise.OPEN and any(period.start and period.start <= today for period in periods)
    return begun or any(period.end and period.end < today for period in periods)


def _promised_period(sides: Sequence[Sequence[Claim]]) -> Period | None:
    """When it should come true: the period value, else `by`, else `period`; None where nothing is said.

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


def _period_of(side: Sequence[Claim]) -> Period | None:
    """The time the best claim of a side names, or the next best where that one names none."""
    for claim in side:
        for candidate in (claim.value, claim.qualifiers.get("by"), claim.qualifiers.get("period")):
            if isinstance(candidate, Period) and (candidate.start or candidate.end):
                return candidate
    return None


def _keeps(realised: Fact, promised: Claim, predicate: Predicate, since: date) -> bool:
    """Whether a realised fact is the coming true of what was promised: later than the promise, and as far as it went."""
    return any(_comes_true(side, realised.predicate, promised, predicate, since) for side in realised.state.sides)


def _comes_true(side: Side, said_of: str, promised: Claim, predicate: Predicate, since: date) -> bool:
    if said_of != predicate.key:  # another predicate's state stands for this one's coming true
        if not isinstance(side.value, Status) or side.value.state != predicate.fulfilled_by.get(said_of):
            return False
    elif isinstance(promised.value, Status) and relation(side.value, promised.value, predicate) not in {"same", "narrower"}:
        return False
    happened = side.value.end or side.value.start if isinstance(side.value, Period) else None
    return (happened or side.as_of.date()) >= since
