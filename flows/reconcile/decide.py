"""The decision: from what is known of a slot and its live claims to the fact and its changes. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flows.config.catalogue import Predicate
from flows.reconcile.difference import Comparison, Event, arrival, kept_promise
from flows.reconcile.fold import Fold, fold
from flows.reconcile.promises import promise, promised_period
from flows.reconcile.slots import slot_in
from storage.model import Change, ChangeKind, Claim, Fact, FactState, FactStatus, Promise, Verdict
from storage.values import Qualifier

_MOVED = {Promise.DUE, Promise.OVERDUE, Promise.FULFILLED}


@dataclass(frozen=True, slots=True)
class Decision:
    """The fact as it now stands, None where no claim was ever made, and what changed, in order."""

    fact: Fact | None
    changes: tuple[Change, ...] = ()


def decide(
    known: Fact | None,
    claims: Sequence[Claim],
    verdicts: Sequence[Verdict] = (),
    *,
    predicate: Predicate,
    fingerprints: Mapping[str, bytes],
    realised: Fact | None = None,
    now: datetime,
    retired: Sequence[Claim] = (),
) -> Decision:
    """Decide one slot.

    `claims` are the slot's live claims, `retired` those that live no more (they date verdicts and
    describe a withdrawn fact; may be left out where there is no verdict and a live claim).
    `fingerprints` maps their articles to signatures. `realised` is the fact that would make this
    one come true, for a fact about the future. The fact depends on claims, verdicts, `realised`
    and `now` alone; `known` only tells what of it is a change, so deciding again changes nothing.
    """
    folded = fold(claims, verdicts, predicate=predicate, fingerprints=fingerprints, retired=retired)
    fact = _fact(known, folded, [*claims, *retired], predicate, realised, now)
    if fact is None:
        return Decision(known)
    named = {claim.id: claim for claim in (*retired, *claims)}
    changes = _changes(known, fact, folded, predicate, named, realised, now)
    moved = known is None or any(not change.history for change in changes)
    return Decision(fact if moved else replace(fact, last_changed=known.last_changed if known else now), changes)


def _fact(
    known: Fact | None, folded: Fold, claims: Sequence[Claim], predicate: Predicate, realised: Fact | None, now: datetime
) -> Fact | None:
    """The fact as claims, verdicts and the clock make it; `last_changed` is now, for `decide` to put right."""
    if not claims:
        gone = FactState(status=FactStatus.WITHDRAWN)
        return known and replace(known, state=gone, superseded=(), independent_sources=0, last_changed=now)
    shown = [claim for group in folded.sides for claim in group] or sorted(claims, key=folded.agreement.rank)
    slot = slot_in(shown[0], predicate)
    sides = tuple(folded.side(group) for group in folded.sides)
    since = min((side.as_of for side in sides), default=None)
    stands = promise(slot.group, folded.sides, predicate=predicate, realised=realised, since=since, now=now)
    seen = min(claim.observed_at for claim in claims)
    return Fact(
        id=known.id if known is not None else slot.fact_id,
        subject=slot.subject,
        predicate=slot.predicate,
        object=slot.object,
        qualifiers=_qualifiers(shown),
        modality=shown[0].modality,
        state=FactState(status=folded.status, sides=sides, promise=stands),
        superseded=tuple(folded.side(group) for group in folded.superseded),
        independent_sources=folded.independent_sources,
        first_seen=seen if known is None else min(seen, known.first_seen),
        last_changed=now,
        verdict=folded.ruling.text,
    )


def _qualifiers(claims: Sequence[Claim]) -> dict[str, Qualifier]:
    """All that the claims say around the value; where they differ outside the slot, the best one's word."""
    merged: dict[str, Qualifier] = {}
    for claim in claims:
        for name, qualifier in claim.qualifiers.items():
            merged.setdefault(name, qualifier)
    return dict(sorted(merged.items()))


def _changes(
    known: Fact | None,
    fact: Fact,
    folded: Fold,
    predicate: Predicate,
    named: Mapping[str, Claim],
    realised: Fact | None,
    now: datetime,
) -> tuple[Change, ...]:
    """The ledger entries that lead from what was known to the fact, each starting where the one before ended."""
    arrived = known is None or known.state.status is FactStatus.WITHDRAWN
    if not folded.sides and arrived:
        return ()
    ledger = _Ledger(fact, named, now, known.state if known is not None else None)
    held = Promise.OPEN if arrived else known.state.promise if known is not None else None
    told = fact.state.promise
    moves = told in _MOVED and told is not held
    value_state = replace(fact.state, promise=held if moves else told)
    if known is None or arrived:  # a withdrawn fact that is told again arrives anew
        first, *rest = arrival(known, folded)
        alone = FactState(status=FactStatus.CURRENT, sides=(folded.side(_group_of(folded, first)),), promise=value_state.promise)
        ledger.enter(first, alone if rest else value_state)
        for event in rest:
            ledger.enter(event, value_state)
    else:
        window = timedelta(days=predicate.dispute_window)
        happened = Comparison(known, fact, folded, named, window).event()
        if happened is None and told is not held and not moves:
            reason = "the time it was promised for has moved"
            happened = Event(ChangeKind.UPDATED, reason, fact.state.sides[0].claims)
        if happened is not None:
            ledger.enter(happened, value_state)
    if moves and (kept := kept_promise(fact, folded, realised)) is not None:
        period = promised_period(folded.sides)
        day = None if period is None else period.start if told is Promise.DUE else period.end
        missed = arrived and told is not Promise.FULFILLED and day is not None and day < fact.first_seen.date()
        ledger.enter(replace(kept, history=missed), fact.state)  # what fell due before anyone told us is no news
    return tuple(ledger.entries)


def _group_of(folded: Fold, event: Event) -> tuple[Claim, ...]:
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
