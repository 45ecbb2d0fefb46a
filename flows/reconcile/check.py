"""The proof: stored facts are what the claims say, every quote stands where it is said to, the ledger leads to the facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from flows.config.catalogue import Catalogue, Predicate
from flows.reconcile.apply import counterparts
from flows.reconcile.decide import decide
from flows.reconcile.intervals import measure
from flows.reconcile.slots import predicate_of, slot_in
from storage.articles import load_articles, load_revisions
from storage.bulk import chunks
from storage.changes import list_changes
from storage.claims import all_claims, claims_by_id, credits, fingerprints, pending_reconcile
from storage.database import Session
from storage.facts import all_fact_ids, load_facts, save_facts
from storage.identity import digest
from storage.model import Change, ChangeKind, Claim, Evidence, Fact, FactState, FactStatus, ModalityClass, Promise, Span
from storage.verdicts import verdicts_of

_EVERYTHING = 1_000_000_000
_CLOCK = (Promise.OPEN, Promise.DUE, Promise.OVERDUE)

Told = Sequence[tuple[Claim, bool]]
"""The claims of one slot, each with whether it is live."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it must be. `kind`: `fact`, `evidence`, `liveness`, `ledger` or `orphan`."""

    kind: str
    id: str
    detail: str


def check(s: Session, catalogue: Catalogue, *, now: datetime, repair: bool = False) -> list[Problem]:
    """Recompute every fact and compare; look at every quote and every entry of the ledger.

    `s` reads, or writes where `repair` is asked for: then facts are put right, while claims,
    articles and the ledger are never touched. What waits to be reconciled, and what the clock
    alone has moved since the last run, is no problem.
    """
    problems: list[Problem] = []
    pending = set(pending_reconcile(s, _EVERYTHING))
    seen: set[str] = set()
    rows = groupby(((fact, claim, lives) for claim, fact, lives in all_claims(s)), key=itemgetter(0))
    for batch in chunks((fact, [(claim, lives) for _, claim, lives in of_fact]) for fact, of_fact in rows):
        problems += _grounding(s, [pair for _, told in batch for pair in told])
        settled = {fact: told for fact, told in batch if fact and not any(claim.revision in pending for claim, _ in told)}
        seen.update(fact for fact, _ in batch if fact)
        problems += _recomputed(s, catalogue, settled, now, repair=repair)
        loose = [claim.id for fact, told in batch if not fact for claim, lives in told if lives and claim.revision not in pending]
        problems += [Problem("orphan", id_, "a live claim that belongs to no fact") for id_ in loose]
    return problems + _ledger(s, catalogue, seen)


def standing(state: FactState | None, predicate: Predicate) -> str:
    """What a state says, in one short key: status, values, their independent sources, the promise.

    Which claims carry a value, and in whose spelling it stands, is left out: a repetition adds a
    claim to a side and is no change.
    """
    if state is None:
        return ""
    sides = sorted(f"{measure(side.value, predicate)} {side.independent_sources}" for side in state.sides)
    return digest(str(state.status), str(state.promise), sides)


def same_standing(a: FactState, b: FactState, predicate: Predicate) -> bool:
    """Whether two states say the same."""
    return standing(a, predicate) == standing(b, predicate)


def _grounding(s: Session, told: Told) -> list[Problem]:
    """Quotes that do not stand in their revision's text, and claims that live on in a text that is no longer shown."""
    texts = {article.revision: article.text for article in load_revisions(s, {claim.revision for claim, _ in told})}
    current = {article.revision for article in load_articles(s, {claim.article for claim, _ in told}).values()}
    problems: list[Problem] = []
    for claim, lives in told:
        spans: list[Evidence | Span] = [claim.evidence, *claim.evidence.context]
        for span in spans:
            if texts.get(claim.revision, "")[span.start : span.end] != span.quote:
                where = f"revision {claim.revision} at {span.start}:{span.end}"
                problems.append(Problem("evidence", claim.id, f"{span.quote!r} does not stand in {where}"))
        if lives and claim.revision not in current:
            problems.append(Problem("liveness", claim.id, f"live, though {claim.revision} is not its article's current revision"))
    return problems


def _recomputed(s: Session, catalogue: Catalogue, slots: Mapping[str, Told], now: datetime, *, repair: bool) -> list[Problem]:
    """Facts that are not what their claims say."""
    stored, judged = load_facts(s, slots), verdicts_of(s, slots)
    together = [articles for told in slots.values() if len(articles := {claim.article for claim, _ in told}) > 1]
    articles = set().union(*together)
    prints, wires = fingerprints(s, articles), credits(s, articles)
    keys = {id_: slot_in(told[0][0], predicate_of(told[0][0].predicate, catalogue)) for id_, told in slots.items()}
    plans = {id_: slot for id_, slot in keys.items() if slot.group is ModalityClass.FORWARD}
    realised = counterparts(s, catalogue, plans, {})
    problems: list[Problem] = []
    right: list[Fact] = []
    for id_, told in slots.items():
        fact = decide(
            None,
            [claim for claim, lives in told if lives],
            judged.get(id_, ()),
            predicate=predicate_of(keys[id_].predicate, catalogue),
            fingerprints=prints,
            credits=wires,
            realised=realised.get(id_, ()),
            now=now,
            retired=[claim for claim, lives in told if not lives],
        ).fact
        known = stored.get(id_)
        if fact is None or (known is None and fact.state.status is FactStatus.WITHDRAWN):
            continue  # claims of a text that was never the current one have made no fact
        fact = replace(fact, id=id_)
        if known is None:
            problems.append(Problem("fact", id_, f"missing, though claims speak of {fact.subject} {fact.predicate}"))
            right.append(fact)
        elif differing := _differences(known, fact):
            problems.append(
                Problem("fact", id_, f"{fact.subject} {fact.predicate}: differs from its claims in {', '.join(differing)}")
            )
            right.append(replace(fact, first_seen=known.first_seen, last_changed=known.last_changed))
    if repair:
        save_facts(s, right)
    return problems


def _differences(known: Fact, fact: Fact) -> list[str]:
    """The fields in which a stored fact is not what it should be. When it was seen and changed tells of runs, not of claims."""
    if known.state.promise in _CLOCK and fact.state.promise in _CLOCK:
        fact = replace(fact, state=replace(fact.state, promise=known.state.promise))
    names = [field.name for field in fields(Fact) if field.name not in {"first_seen", "last_changed"}]
    return [name for name in names if getattr(known, name) != getattr(fact, name)]


def _ledger(s: Session, catalogue: Catalogue, with_claims: set[str]) -> list[Problem]:
    """Entries that do not follow from one another, that rest on nothing, or that do not lead to the facts."""
    problems: list[Problem] = []
    last: dict[str, str] = {}
    seq = 0
    while page := list_changes(s, after_seq=seq, limit=1000):
        told = claims_by_id(s, {claim for change in page for claim in change.because})
        for change in page:
            problems += _entry(change, last, catalogue, told)
        seq = page[-1].seq or seq + 1
    for some in chunks(all_fact_ids(s)):
        for fact in load_facts(s, some).values():
            state = last.pop(fact.id, None)
            if fact.id not in with_claims and fact.state.status is not FactStatus.WITHDRAWN:
                problems.append(Problem("orphan", fact.id, f"{fact.subject} {fact.predicate}: no claim speaks of it"))
            if state is None and fact.state.sides:
                problems.append(
                    Problem("ledger", fact.id, f"{fact.subject} {fact.predicate}: the ledger does not tell how it came about")
                )
            elif state is not None and state != standing(fact.state, predicate_of(fact.predicate, catalogue)):
                problems.append(Problem("ledger", fact.id, f"{fact.subject} {fact.predicate}: the ledger's last word is another"))
    return problems + [Problem("ledger", id_, "tells of a fact that is not there") for id_ in last]


def _entry(change: Change, last: dict[str, str], catalogue: Catalogue, told: Mapping[str, Claim]) -> Iterable[Problem]:
    """What is wrong with one entry; notes where its fact stands after it."""
    if change.fact is None:
        return
    predicate = predicate_of(change.predicate or "", catalogue)
    behind = change.history and change.kind is ChangeKind.UPDATED  # its `before` is the older value it fills in
    if not behind and standing(change.before, predicate) != last.get(change.fact, ""):
        yield Problem("ledger", change.fact, f"entry {change.seq} does not begin where the one before it ended")
    if missing := [claim for claim in change.because if claim not in told]:
        yield Problem("ledger", change.fact, f"entry {change.seq} rests on claims that are not there: {', '.join(missing)}")
    last[change.fact] = standing(change.after, predicate)
