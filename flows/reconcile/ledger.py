"""The ledger's entries for one fact, each starting where the one before ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from flows.reconcile.difference import Comparison, Event, arrival, come_due
from flows.reconcile.fold import Fold, Group
from flows.reconcile.promises import Outlook
from storage.model import Change, ChangeKind, Claim, Fact, FactState, FactStatus, Promise

_MOVED = {Promise.DUE, Promise.OVERDUE, Promise.FULFILLED}


def entries(
    known: Fact | None,
    fact: Fact,
    folded: Fold,
    ahead: Outlook,
    *,
    named: Mapping[str, Claim],
    window: timedelta,
    now: datetime,
) -> tuple[Change, ...]:
    """What leads from `known` to `fact`: first what happened to its value, then what the clock did to its promise.

    `named` holds the claims by id that reasons may speak of, those that live no more included.
    """
    arrives = known is None or known.state.status is FactStatus.WITHDRAWN
    if arrives and not folded.sides:
        return ()
    ledger = _Ledger(fact, named, now, None if known is None else known.state)
    held = Promise.OPEN if known is None or arrives else known.state.promise
    moved = ahead.promise in _MOVED and ahead.promise is not held
    state = replace(fact.state, promise=held) if moved else fact.state
    if known is None or arrives:
        first, *rest = arrival(known, folded)
        ledger.enter(
            first, replace(state, status=FactStatus.CURRENT, sides=(folded.side(_group_of(folded, first)),)) if rest else state
        )
        for event in rest:
            ledger.enter(event, state)
    else:
        happened = Comparison(known, fact, folded, named, window).event()
        if happened is None and ahead.promise is not held and not moved:
            reason = "the time it was promised for has moved"
            happened = Event(ChangeKind.UPDATED, reason, fact.state.sides[0].claims)
        if happened is not None:
            ledger.enter(happened, state)
    if moved:
        ledger.enter(replace(come_due(ahead, folded), history=arrives and _long_past(ahead, fact)), fact.state)
    return tuple(ledger.entries)


def _long_past(ahead: Outlook, fact: Fact) -> bool:
    """Whether a promise fell due before anyone told us of it: then that is no news."""
    if ahead.period is None or ahead.promise is Promise.FULFILLED:
        return False
    day = ahead.period.start if ahead.promise is Promise.DUE else ahead.period.end
    return day is not None and day < fact.first_seen.date()


def _group_of(folded: Fold, event: Event) -> Group:
    return next(group for group in folded.sides if group[0].id == event.because[0])


class _Ledger:
    """Binds events to the fact, in order: what one leaves is what the next finds."""

    def __init__(self, fact: Fact, named: Mapping[str, Claim], now: datetime, state: FactState | None) -> None:
        self._fact, self._named, self._now, self._state = fact, named, now, state
        self.entries: list[Change] = []

    def enter(self, event: Event, after: FactState) -> None:
        """Write one entry."""
        said = [self._named[claim_id].as_of for claim_id in event.because if claim_id in self._named]
        self.entries.append(
            Change(
                kind=event.kind,
                observed_at=self._now,
                as_of=max(said, default=None),
                reason=event.reason,
                fact=self._fact.id,
                subject=self._fact.subject,
                predicate=self._fact.predicate,
                before=event.before or self._state,
                after=after,
                because=event.because,
                history=event.history,
            )
        )
        self._state = after
