"""The edge: what reconciling reads from the database and writes back, in the caller's one transaction.

Only the slots that the revisions touch are read, so the cost does not grow with the archive.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from flows.config.catalogue import Catalogue
from flows.reconcile.decide import Decision, decide
from flows.reconcile.edits import with_edits
from flows.reconcile.promises import clock_moves
from flows.reconcile.slots import Slot, predicate_of, slot_in, slot_of
from storage.changes import append_changes
from storage.claims import (
    assign_slots,
    claims_by_id,
    claims_of_fact,
    claims_of_revisions,
    credits,
    fingerprints,
    live_claims,
    mark_reconciled,
    read_again,
    refresh_liveness,
)
from storage.database import Session
from storage.facts import forward_facts, list_facts, load_facts, save_facts
from storage.identity import fact_id
from storage.model import Cause, Change, Claim, Fact, ModalityClass, Verdict
from storage.verdicts import verdicts_of


def reconcile(s: Session, catalogue: Catalogue, revisions: Sequence[str], *, now: datetime) -> list[Change]:
    """Bring the claims of these revisions into facts; the changes as the ledger has them.

    `s` is a write transaction, `revisions` ids of extracted revisions (a chunk of some hundreds).
    What changes because a text was read again, and not because it is news, is marked so.
    Doing it again changes nothing.
    """
    again = read_again(s, revisions)
    changes = _settle(s, catalogue, [id_ for id_ in revisions if id_ not in again], now=now)
    if again:
        changes += tick(s, catalogue, now=now)  # what the clock does is no reading's doing
        changes += _settle(s, catalogue, sorted(again), now=now, cause=Cause.READING)
    return changes


def _settle(
    s: Session, catalogue: Catalogue, revisions: Sequence[str], *, now: datetime, cause: Cause = Cause.NEWS
) -> list[Change]:
    slots = {claim.id: slot_of(claim, catalogue).fact_id for claim in claims_of_revisions(s, revisions)}
    left = refresh_liveness(s, revisions)  # before claims move to new slots: it names those they leave
    assign_slots(s, slots.items())
    changes = redecide(s, catalogue, left.union(slots.values()), now=now, cause=cause)
    mark_reconciled(s, revisions, now)
    return changes


def redecide(
    s: Session, catalogue: Catalogue, fact_ids: Iterable[str], *, now: datetime, cause: Cause = Cause.NEWS
) -> list[Change]:
    """Decide these facts anew, and the plans that may have come true by them: after a verdict, or when time has passed."""
    dossier = Dossier(s, fact_ids)
    decided: dict[str, Decision] = {}
    ahead = {id_ for id_ in dossier.ids if dossier.group(id_) is ModalityClass.FORWARD}
    for id_ in sorted(dossier.ids - ahead):
        decided[id_] = _decide(dossier, id_, catalogue, (), now)
    facts = [decision.fact for decision in decided.values() if decision.fact is not None]
    plans = _plans_met(s, catalogue, [fact for fact in facts if _realised(fact)], dossier) - ahead
    dossier.add(plans)
    slots = {id_: slot for id_ in ahead | plans if (slot := dossier.slot(id_, catalogue)) is not None}
    candidates = counterparts(s, catalogue, slots, {fact.id: fact for fact in facts})
    for id_ in sorted(ahead | plans):
        decided[id_] = _decide(dossier, id_, catalogue, candidates.get(id_, ()), now)
    return _store(s, dossier, decided.values(), cause)


def tick(s: Session, catalogue: Catalogue, *, now: datetime) -> list[Change]:
    """Let the clock do its part: promises fall due and overdue with nothing else happening."""
    waiting = load_facts(s, forward_facts(s))
    return redecide(s, catalogue, [id_ for id_, fact in waiting.items() if clock_moves(fact, now)], now=now)


class Dossier:
    """All that deciding some facts needs, read in a handful of queries."""

    def __init__(self, s: Session, fact_ids: Iterable[str]) -> None:
        self._s = s
        self.ids: set[str] = set()
        self.known: dict[str, Fact] = {}
        self.live: dict[str, list[Claim]] = {}
        self.retired: dict[str, list[Claim]] = {}
        self.verdicts: dict[str, list[Verdict]] = {}
        self.prints: dict[str, bytes] = {}
        self.credits: dict[str, str] = {}
        self.add(fact_ids)

    def add(self, fact_ids: Iterable[str]) -> None:
        """Read what there is about these facts."""
        ids = sorted(set(fact_ids) - self.ids)
        if not ids:
            return
        self.ids.update(ids)
        self.known |= load_facts(self._s, ids)
        self.live |= live_claims(self._s, ids)
        self.verdicts |= verdicts_of(self._s, ids)
        together = [claims for id_ in ids if len(claims := {claim.article for claim in self.live[id_]}) > 1]
        articles = sorted(set().union(*together) - self.prints.keys())
        self.prints |= fingerprints(self._s, articles)
        self.credits |= credits(self._s, articles)
        self._add_retired(ids)

    def group(self, id_: str) -> ModalityClass | None:
        """The class of modality of a fact's claims."""
        claims = self.live[id_] or self.retired.get(id_, [])
        fact = self.known.get(id_)
        return claims[0].modality.group if claims else fact.modality.group if fact else None

    def slot(self, id_: str, catalogue: Catalogue) -> Slot | None:
        """The slot of a fact's claims; None where it has none left."""
        claims = self.live[id_] or self.retired.get(id_, [])
        return slot_in(claims[0], predicate_of(claims[0].predicate, catalogue)) if claims else None

    def _add_retired(self, ids: Sequence[str]) -> None:
        """The dead claims that matter: all of a slot that is judged or has no other, else those it was known by."""
        known_by: dict[str, str] = {}
        for id_ in ids:
            if self.verdicts.get(id_) or not self.live[id_]:
                self.retired[id_] = [claim for claim, lives in claims_of_fact(self._s, id_) if not lives]
            elif id_ in self.known:
                lives_on = {claim.id for claim in self.live[id_]}
                sides = self.known[id_].state.sides
                known_by |= {claim: id_ for side in sides for claim in side.claims if claim not in lives_on}
        for claim_id, claim in claims_by_id(self._s, sorted(known_by)).items():
            self.retired.setdefault(known_by[claim_id], []).append(claim)


def _decide(dossier: Dossier, id_: str, catalogue: Catalogue, realised: Sequence[Fact], now: datetime) -> Decision:
    claims, retired = dossier.live[id_], dossier.retired.get(id_, [])
    known = dossier.known.get(id_)
    key = next((claim.predicate for claim in (*claims, *retired)), known.predicate if known else "")
    return decide(
        known,
        claims,
        dossier.verdicts.get(id_, ()),
        predicate=predicate_of(key, catalogue),
        fingerprints=dossier.prints,
        credits=dossier.credits,
        realised=realised,
        now=now,
        retired=retired,
    )


def _realised(fact: Fact) -> bool:
    return fact.modality.group is ModalityClass.REALISED


def _plans_met(s: Session, catalogue: Catalogue, realised: Sequence[Fact], dossier: Dossier) -> set[str]:
    """The known facts about the future that these realised ones could make true."""
    same_slot = {slot.in_group(ModalityClass.FORWARD) for fact in realised if (slot := dossier.slot(fact.id, catalogue))}
    plans = set(load_facts(s, sorted(same_slot)))
    for predicate in catalogue.predicates:
        subjects = {fact.subject for fact in realised if fact.predicate in predicate.fulfilled_by}
        for subject in sorted(subjects):
            found = list_facts(s, entity=subject, predicate=predicate.key)
            plans |= {fact.id for fact in found if fact.modality.group is ModalityClass.FORWARD}
    return plans


def counterparts(
    s: Session, catalogue: Catalogue, plans: Mapping[str, Slot], decided: Mapping[str, Fact]
) -> dict[str, list[Fact]]:
    """For each fact about the future, the realised facts that could be its coming true: just `decided`, or stored."""
    wanted = {id_: counterpart_ids(slot, catalogue) for id_, slot in plans.items()}
    facts = load_facts(s, sorted({id_ for ids in wanted.values() for id_ in ids} - decided.keys())) | dict(decided)
    return {plan: [facts[id_] for id_ in ids if id_ in facts] for plan, ids in wanted.items()}


def counterpart_ids(slot: Slot, catalogue: Catalogue) -> list[str]:
    """The ids of the realised facts that could be a plan's coming true: of the same slot, or of what stands for it."""
    others = sorted(predicate_of(slot.predicate, catalogue).fulfilled_by)
    other_ids = (fact_id(slot.subject, other, None, {}, ModalityClass.REALISED) for other in others)
    return [slot.in_group(ModalityClass.REALISED), *other_ids]


def _store(s: Session, dossier: Dossier, decisions: Iterable[Decision], cause: Cause) -> list[Change]:
    """Write what is different, in an order that does not depend on how the work was cut up."""
    told = {
        decision.fact.id: decision
        for decision in decisions
        if decision.fact is not None and (decision.changes or decision.fact.id in dossier.known)  # else it was never believed
    }
    facts = [decision.fact for decision in told.values() if decision.fact is not None]
    save_facts(s, [fact for fact in facts if fact != dossier.known.get(fact.id)])
    facts.sort(key=lambda fact: (fact.subject, fact.predicate, fact.object or "", fact.id))
    changes = [replace(change, cause=cause) for fact in facts for change in told[fact.id].changes]
    return append_changes(s, with_edits(s, changes, dossier.retired))
