"""What was known at another time, in either of the two clocks.

`about`: what is believed about a past day, by all that is dated up to it: the claims that live
today and the verdicts that stand today, so that what a backfill brought or a person ruled since
counts. `believed`: what was believed on a past day, as the ledger has it, right or wrong. The two
go together: what was believed on one day about an earlier one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from flows.config.catalogue import Catalogue
from flows.reconcile.apply import counterpart_ids
from flows.reconcile.decide import decide, qualifiers_of
from flows.reconcile.independence import independent, stories
from flows.reconcile.slots import Slot, predicate_of, slot_in
from flows.reconcile.verdicts import verdict_words
from storage.bulk import chunks
from storage.changes import changes_of_facts
from storage.claims import claims_by_id, claims_known_at, credits, fingerprints, live_claims
from storage.database import Session
from storage.model import Change, ChangeKind, Claim, Fact, FactState, ModalityClass, Side, Verdict
from storage.verdicts import verdicts_of


def about(
    s: Session, catalogue: Catalogue, facts: Sequence[Fact], moment: datetime, *, learned: datetime | None = None
) -> list[Fact]:
    """These facts as the world had told them by `moment`; those of which it had told nothing are left out.

    With `learned`, only by what had been learned by then (save what its extractor has given up
    since). `first_seen` and `last_changed` are in the world's time: when it was first and last told.
    """
    told: list[Fact] = []
    for some in chunks(facts):
        told += _told(s, catalogue, [fact.id for fact in some], moment, learned)
    order = {fact.id: place for place, fact in enumerate(facts)}
    return sorted(told, key=lambda fact: order[fact.id])


def believed(s: Session, facts: Sequence[Fact], moment: datetime) -> list[Fact]:
    """These facts as they stood in the ledger at `moment`; those it did not know yet are left out."""
    found: list[Fact] = []
    for some in chunks(facts):
        ids = [fact.id for fact in some]
        ledger = changes_of_facts(s, ids, upto=moment)
        states = [entries[-1].after for entries in ledger.values()]
        claims = claims_by_id(s, {id_ for state in states if state for side in state.sides for id_ in side.claims})
        articles = sorted({claim.article for claim in claims.values()})
        prints, wires = fingerprints(s, articles), credits(s, articles)
        verdicts = verdicts_of(s, ids, undone=True)
        for fact in some:
            entries = ledger.get(fact.id, [])
            if entries and (state := entries[-1].after) is not None:
                stood = [verdict for verdict in verdicts.get(fact.id, ()) if _stood(verdict, moment)]
                found.append(_as_told(fact, state, entries, stood, _bearers(state, claims), prints, wires))
    return found


def _told(s: Session, catalogue: Catalogue, ids: Sequence[str], moment: datetime, learned: datetime | None) -> list[Fact]:
    past = _Past(s, catalogue, moment, learned)
    claims = past.claims(ids)
    plans = {id_: slot for id_, slot in past.slots(claims).items() if slot.group is ModalityClass.FORWARD}
    wanted = {id_: counterpart_ids(slot, catalogue) for id_, slot in plans.items()}
    done = past.decided(past.claims({id_ for ids in wanted.values() for id_ in ids}), {})
    realised = {plan: [done[id_] for id_ in ids if id_ in done] for plan, ids in wanted.items()}
    return list(past.decided(claims, realised).values())


class _Past:
    """Decisions as they would have been at a moment."""

    def __init__(self, s: Session, catalogue: Catalogue, moment: datetime, learned: datetime | None) -> None:
        self._s, self._catalogue, self._moment, self._learned = s, catalogue, moment, learned

    def claims(self, ids: Iterable[str]) -> dict[str, list[Claim]]:
        """The claims that count, by fact."""
        wanted = sorted(set(ids))
        there = live_claims(self._s, wanted) if self._learned is None else claims_known_at(self._s, wanted, self._learned)
        dated = {id_: [claim for claim in claims if claim.as_of <= self._moment] for id_, claims in there.items()}
        return {id_: claims for id_, claims in dated.items() if claims}

    def slots(self, claims: Mapping[str, Sequence[Claim]]) -> dict[str, Slot]:
        """What each fact is about."""
        return {id_: slot_in(told[0], predicate_of(told[0].predicate, self._catalogue)) for id_, told in claims.items()}

    def decided(self, claims: Mapping[str, Sequence[Claim]], realised: Mapping[str, Sequence[Fact]]) -> dict[str, Fact]:
        """The facts these claims add up to."""
        articles = sorted({claim.article for told in claims.values() for claim in told})
        prints, wires = fingerprints(self._s, articles), credits(self._s, articles)
        verdicts = verdicts_of(self._s, claims, undone=True)
        facts: dict[str, Fact] = {}
        for id_, told in claims.items():
            fact = decide(
                None,
                told,
                [replace(verdict, undone_at=None) for verdict in verdicts.get(id_, ()) if self._stands(verdict)],
                predicate=predicate_of(told[0].predicate, self._catalogue),
                fingerprints=prints,
                credits=wires,
                realised=realised.get(id_, ()),
                now=self._moment,
            ).fact
            if fact is not None:
                dates = sorted(claim.as_of for claim in told)
                facts[id_] = replace(fact, id=id_, first_seen=dates[0], last_changed=dates[-1])
        return facts

    def _stands(self, verdict: Verdict) -> bool:
        return verdict.undone_at is None if self._learned is None else _stood(verdict, self._learned)


def _as_told(
    fact: Fact,
    state: FactState,
    entries: Sequence[Change],
    verdicts: Sequence[Verdict],
    bearers: Sequence[Claim],
    prints: Mapping[str, bytes],
    wires: Mapping[str, str],
) -> Fact:
    """A fact as its entries up to some time leave it."""
    news = [entry for entry in entries if not entry.history]
    return replace(
        fact,
        qualifiers=qualifiers_of(bearers) if bearers else fact.qualifiers,
        modality=state.sides[0].modality if state.sides else fact.modality,
        state=state,
        superseded=_superseded(entries, state.sides),
        independent_sources=independent(bearers, stories(bearers, prints, wires)) if bearers else 0,
        first_seen=entries[0].observed_at,
        last_changed=(news or entries)[-1].observed_at,
        verdict="; ".join(map(verdict_words, verdicts)) or None,
    )


def _superseded(entries: Sequence[Change], now: Sequence[Side]) -> tuple[Side, ...]:
    """Values that stood before, or came to light behind the current one: the latest first, each once."""
    told = {side.value for side in now}
    found: list[Side] = []
    for entry in reversed(entries):
        if entry.kind in {ChangeKind.UPDATED, ChangeKind.RESOLVED} and entry.before is not None:
            for side in entry.before.sides:
                if side.value not in told:
                    told.add(side.value)
                    found.append(side)
    return tuple(sorted(found, key=lambda side: side.as_of, reverse=True))


def _bearers(state: FactState, claims: Mapping[str, Claim]) -> list[Claim]:
    return [claims[id_] for side in state.sides for id_ in side.claims if id_ in claims]


def _stood(verdict: Verdict, moment: datetime) -> bool:
    return verdict.at <= moment and (verdict.undone_at is None or verdict.undone_at > moment)
