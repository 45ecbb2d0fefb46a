"""The decision: from what is known of a slot and its live claims to the fact and its changes. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from flows.config.catalogue import Predicate
from flows.reconcile.fold import fold
from flows.reconcile.ledger import entries
from flows.reconcile.promises import outlook
from flows.reconcile.slots import slot_in
from storage.model import Change, ChangeKind, Claim, Fact, FactState, FactStatus, Verdict
from storage.values import Qualifier


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
    credits: Mapping[str, str] = MappingProxyType({}),
    realised: Sequence[Fact] = (),
    now: datetime,
    retired: Sequence[Claim] = (),
) -> Decision:
    """Decide one slot.

    `claims` are the slot's live claims, `retired` those that live no more (they date verdicts and
    describe a withdrawn fact; may be left out where there is no verdict and a live claim).
    `fingerprints` maps their articles to signatures, `credits` to the agencies they credit.
    `realised` are the facts that would make this one come true, for a fact about the future. The
    fact depends on claims, verdicts, `realised` and `now` alone; `known` only tells what of it is a
    change, so deciding again changes nothing.
    """
    folded = fold(claims, verdicts, predicate=predicate, fingerprints=fingerprints, credits=credits, retired=retired)
    everything = [*claims, *retired]
    if not everything:
        return _forgotten(known, now)
    shown = [claim for group in folded.sides for claim in group] or sorted(everything, key=folded.agreement.rank)
    slot = slot_in(shown[0], predicate)
    sides = tuple(folded.side(group) for group in folded.sides)
    since = min((side.as_of for side in sides), default=None)
    ahead = outlook(slot.group, folded.sides, predicate=predicate, realised=realised, since=since, now=now)
    seen = min(claim.observed_at for claim in everything)
    fact = Fact(
        id=known.id if known is not None else slot.fact_id,
        subject=slot.subject,
        predicate=slot.predicate,
        object=slot.object,
        qualifiers=qualifiers_of(shown),
        modality=shown[0].modality,
        state=FactState(status=folded.status, sides=sides, promise=ahead.promise),
        superseded=tuple(folded.side(group) for group in folded.superseded),
        independent_sources=folded.independent_sources,
        first_seen=seen if known is None else min(seen, known.first_seen),
        last_changed=now,
        verdict=folded.ruling.text,
    )
    named = {claim.id: claim for claim in everything}
    changes = entries(known, fact, folded, ahead, named=named, window=timedelta(days=predicate.dispute_window), now=now)
    if known is not None and all(change.history for change in changes):
        fact = replace(fact, last_changed=known.last_changed)
    return Decision(fact, changes)


def _forgotten(known: Fact | None, now: datetime) -> Decision:
    """A slot that no claim belongs to any more: its fact is withdrawn."""
    if known is None or known.state.status is FactStatus.WITHDRAWN:
        return Decision(known)
    gone = FactState(status=FactStatus.WITHDRAWN)
    fact = replace(known, state=gone, superseded=(), independent_sources=0, last_changed=now)
    because = tuple(claim for side in known.state.sides for claim in side.claims)
    change = Change(
        kind=ChangeKind.WITHDRAWN,
        observed_at=now,
        as_of=None,
        reason="what was read so is read otherwise now",
        fact=fact.id,
        subject=fact.subject,
        predicate=fact.predicate,
        before=known.state,
        after=gone,
        because=because,
    )
    return Decision(fact, (change,))


def qualifiers_of(claims: Sequence[Claim]) -> dict[str, Qualifier]:
    """All that the claims say around the value; where they differ outside the slot, the best one's word."""
    merged: dict[str, Qualifier] = {}
    for claim in claims:
        for name, qualifier in claim.qualifiers.items():
            merged.setdefault(name, qualifier)
    return dict(sorted(merged.items()))
