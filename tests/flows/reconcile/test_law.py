"""The law of the ledger: facts are a pure function of claims and verdicts, and the ledger tells how they came about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.read.fingerprint import fingerprint
from flows.reconcile import decide
from flows.reconcile.agreement import Agreement
from flows.reconcile.check import same_standing
from flows.reconcile.independence import stories
from storage.model import Authority, ChangeKind, Claim, Fact, FactStatus, Modality, Verdict, VerdictAct

VALUES = {
    "growth": ["17.97%", "<18%", "18%", "18.3%", "~18%", ">40%", "40.49%", "41%", "_40%", "^18%", None],
    "announced": ["2026-01-07/2026-01-07", "2026-01-06/2026-01-09", "2026-01-08/2026-01-12", "2026-01-01/", "/2026-01-03", None],
    "production_status": [":sampling", ":mass_production", ":shipping", ":cancelled"],
    "availability": ["2026-01-20/2026-02-20", "2026-02-01/2026-02-28", "2026-04-01/", "/2026-01-31"],
    "deployment_time": ["weeks", "months", "3-4 week", "5-6 week"],
    "motto": ["'one", "'two", "'One."],
    "role": ["'CEO", "'chairman and CEO", "'chairman", "'founder"],
}
STORY = " ".join(f"word{i}" for i in range(90))
PRINTS = [fingerprint(STORY), fingerprint(f"Our desk reports. {STORY}"), fingerprint("something else entirely " * 30), b""]


@dataclass(frozen=True)
class Worlds:
    """Claims of one slot, the fingerprints of their articles, and what a person ruled."""

    predicate: str
    claims: tuple[Claim, ...]
    prints: dict[str, bytes]
    credits: dict[str, str]
    verdicts: tuple[Verdict, ...]


@st.composite
def worlds(draw, say, day_0, *, judged: bool = False):
    key = draw(st.sampled_from(sorted(VALUES)))
    modalities = (Modality.PLANNED, Modality.TARGETED) if key == "availability" else (Modality.ACTUAL,)
    claims, prints, credits = [], {}, {}
    for number in range(draw(st.integers(1, 5))):
        publisher = draw(st.sampled_from(["a", "b", "c", "d"]))
        article = {
            "on": draw(st.sampled_from([0, 1, 5, 8, 9, 20])),
            "estimated": draw(st.integers(0, 3)) == 0,
            "seen": draw(st.integers(20, 25)),
            "authority": draw(st.sampled_from([Authority.PRIMARY, Authority.PRESS])),
            "article": f"https://{publisher}.example/{number}",
        }
        for start in range(draw(st.integers(1, 2))):
            claim = say(
                publisher,
                draw(st.sampled_from(VALUES[key])),
                predicate=key,
                modality=draw(st.sampled_from(modalities)),
                start=start,
                confidence=draw(st.sampled_from([0.5, 0.9])),
                **article,
            )
            claims.append(replace(claim, attributed_to=draw(st.sampled_from([None, None, "a"]))))
        prints[claims[-1].article] = draw(st.sampled_from(PRINTS))
        if draw(st.integers(0, 2)) == 0:
            credits[claims[-1].article] = draw(st.sampled_from(["wire", "a"]))
    verdicts = []
    for number in range(draw(st.integers(0, 2)) if judged else 0):
        at = day_0 + timedelta(days=draw(st.integers(19, 26)))
        claim = draw(st.sampled_from([*claims, None]))
        act = draw(st.sampled_from(VerdictAct if claim else [VerdictAct.REJECT, VerdictAct.ACCEPT]))
        verdicts.append(Verdict(id=str(number), fact="f", act=act, claim=claim and claim.id, why="why", by="anna", at=at))
    return Worlds(key, tuple(claims), prints, credits, tuple(verdicts))


def ingest(catalogue, world, batches, now, *, verdicts=(), known=None, retired=()):
    """Decide after each batch, as ingestion does; the fact and the ledger."""
    live, ledger, of = [], [], catalogue.by_key[world.predicate]
    for batch in batches:
        live += batch
        decision = decide(
            known, list(live), verdicts, predicate=of, fingerprints=world.prints, credits=world.credits, now=now, retired=retired
        )
        known = decision.fact
        ledger += decision.changes
    return known, ledger


def timeless(fact: Fact | None, now):
    """A fact without the one field that tells of ingestion and not of claims."""
    return fact and replace(fact, last_changed=now)


def split(draw, claims):
    shuffled = draw(st.permutations(claims))
    cuts = sorted(draw(st.lists(st.integers(0, len(shuffled)), max_size=4)))
    edges = [0, *cuts, len(shuffled)]
    return [shuffled[a:b] for a, b in pairwise(edges) if a < b]


LAW = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@LAW
@given(data=st.data())
def test_any_order_any_batching_any_repetition_gives_the_same_fact(catalogue, say, day_0, data):
    world = data.draw(worlds(say, day_0, judged=True))
    now = day_0 + timedelta(days=60)
    whole, _ = ingest(catalogue, world, [world.claims], now, verdicts=world.verdicts)
    batches = split(data.draw, [*world.claims, *world.claims])
    piecemeal, _ = ingest(catalogue, world, batches, now, verdicts=world.verdicts)
    assert timeless(piecemeal, now) == timeless(whole, now)


@LAW
@given(data=st.data())
def test_deciding_again_changes_nothing(catalogue, say, day_0, data):
    world = data.draw(worlds(say, day_0, judged=True))
    now = day_0 + timedelta(days=60)
    fact, _ = ingest(catalogue, world, split(data.draw, world.claims), now, verdicts=world.verdicts)
    later = now + timedelta(hours=1)
    again, changes = ingest(catalogue, world, [world.claims], later, verdicts=world.verdicts, known=fact)
    assert changes == []
    assert again == fact


@LAW
@given(data=st.data())
def test_the_ledger_leads_step_by_step_to_the_fact(catalogue, say, day_0, data):
    world = data.draw(worlds(say, day_0))
    of, now = catalogue.by_key[world.predicate], day_0 + timedelta(days=data.draw(st.sampled_from([10, 30, 60])))
    live = list(world.claims)
    fact, ledger = ingest(catalogue, world, split(data.draw, world.claims), now)
    for gone in split(data.draw, world.claims):  # then articles are edited and lose their claims, down to none
        live = [claim for claim in live if claim not in gone]
        dead = [claim for claim in world.claims if claim not in live]
        decision = decide(fact, live, predicate=of, fingerprints=world.prints, credits=world.credits, now=now, retired=dead)
        rebuilt = decide(None, live, predicate=of, fingerprints=world.prints, credits=world.credits, now=now, retired=dead).fact
        assert timeless(decision.fact, now) == timeless(rebuilt, now)
        fact, ledger = decision.fact, [*ledger, *decision.changes]
    assert fact.state.status is FactStatus.WITHDRAWN
    assert [change.kind for change in ledger].count(ChangeKind.WITHDRAWN) == 1
    state = None
    for change in ledger:
        if not (change.history and change.before is not None and change.kind is ChangeKind.UPDATED):
            assert (state is None) == (change.before is None)
            assert state is None or same_standing(change.before, state, of)
        state = change.after
        assert change.reason
        assert change.because
    assert same_standing(state, fact.state, of)


@LAW
@given(data=st.data())
def test_refined_is_always_narrower_and_disputes_have_independent_sides(catalogue, say, day_0, data):
    world = data.draw(worlds(say, day_0))
    of, now = catalogue.by_key[world.predicate], day_0 + timedelta(days=60)
    fact, ledger = ingest(catalogue, world, split(data.draw, world.claims), now)
    agreement = Agreement(of)
    for change in ledger:
        if change.kind is ChangeKind.REFINED:
            pairs = [(old.value, new.value) for old in change.before.sides for new in change.after.sides]
            assert any(agreement.relation(old, new).agrees and agreement.wider(old, new) for old, new in pairs)
    sides = fact.state.sides
    by_id = {claim.id: claim for claim in world.claims}
    if fact.state.status is FactStatus.CURRENT and not of.many:
        assert len(sides) == 1
        assert agreement.all_agree([by_id[claim] for claim in sides[0].claims])
    if fact.state.status is FactStatus.DISPUTED:
        story_of = stories(world.claims, world.prints, world.credits)
        for one in sides:
            for other in sides:
                if one is not other:
                    a, b = by_id[one.claims[0]], by_id[other.claims[0]]
                    assert not agreement.agree(a, b)
                    assert not agreement.agree(b, a)
                    assert story_of[a.article] != story_of[b.article]


@LAW
@given(data=st.data())
def test_every_live_claim_counts_for_something_or_is_outdone_by_its_own_story(catalogue, say, day_0, data):
    world = data.draw(worlds(say, day_0))
    fact, _ = ingest(catalogue, world, [world.claims], day_0)
    placed = [claim for side in (*fact.state.sides, *fact.superseded) for claim in side.claims]
    assert len(placed) == len(set(placed))
    agreement, story_of = Agreement(catalogue.by_key[world.predicate]), stories(world.claims, world.prints, world.credits)
    for claim in world.claims:
        if claim.id not in placed:
            rivals = [other for other in world.claims if story_of[other.article] == story_of[claim.article]]
            assert any(not agreement.agree(claim, other) for other in rivals)


@LAW
@given(data=st.data())
def test_a_verdict_undone_restores_the_state(catalogue, say, day_0, data):
    world = data.draw(worlds(say, day_0, judged=True))
    now = day_0 + timedelta(days=60)
    untouched, _ = ingest(catalogue, world, [world.claims], now)
    judged, _ = ingest(catalogue, world, [world.claims], now, verdicts=world.verdicts, known=untouched)
    undone = tuple(replace(verdict, undone_at=now) for verdict in world.verdicts)
    restored, _ = ingest(catalogue, world, [world.claims], now, verdicts=undone, known=judged)
    assert timeless(restored, now) == timeless(untouched, now)


@LAW
@given(data=st.data())
def test_no_fact_without_live_evidence_is_current(catalogue, say, day_0, data):
    world = data.draw(worlds(say, day_0, judged=True))
    fact, _ = ingest(catalogue, world, [world.claims], day_0 + timedelta(days=60), verdicts=world.verdicts)
    live = {claim.id for claim in world.claims}
    assert all(side.claims and set(side.claims) <= live for side in fact.state.sides)
    assert bool(fact.state.sides) == (fact.state.status is not FactStatus.WITHDRAWN)
    assert (fact.independent_sources > 0) == bool(fact.state.sides)


@LAW
@given(data=st.data())
def test_the_ledger_replayed_gives_the_fact_through_edits_verdicts_and_time(catalogue, say, day_0, data):
    """Claims come and go, verdicts are given and taken back, time passes: after each step the ledger has led to the fact."""
    draw = data.draw
    world = draw(worlds(say, day_0, judged=True))
    of, now = catalogue.by_key[world.predicate], day_0 + timedelta(days=26)
    given = list(world.verdicts)
    live: list[Claim] = []
    seen: set[str] = set()
    fact, state = None, None
    for _ in range(draw(st.integers(2, 8))):
        match draw(st.sampled_from(["say", "say", "drop", "rule", "undo", "wait"])):
            case "say":
                some = draw(st.sampled_from(world.claims))
                live = [*(claim for claim in live if claim.id != some.id), some]
                seen.add(some.id)
            case "drop" if live:
                live.remove(draw(st.sampled_from(live)))
            case "rule":
                given = [replace(verdict, undone_at=None) for verdict in given]
            case "undo":
                given = [replace(verdict, undone_at=now) for verdict in given]
            case _:
                now += timedelta(days=draw(st.sampled_from([1, 10, 40])))
        dead = [claim for claim in world.claims if claim.id in seen and claim not in live]
        about = {"predicate": of, "fingerprints": world.prints, "credits": world.credits, "now": now, "retired": dead}
        decision = decide(fact, live, given, **about)
        rebuilt = decide(None, live, given, **about).fact
        for change in decision.changes:
            if not (change.history and change.before is not None and change.kind is ChangeKind.UPDATED):
                assert (state is None) == (change.before is None)
                assert state is None or same_standing(change.before, state, of)
            state = change.after
        fact = decision.fact if decision.changes or fact is not None else None  # what was never believed is not kept
        if fact is not None and fact.state.sides:
            assert same_standing(state, fact.state, of)
            assert timeless(rebuilt, now) == timeless(replace(fact, first_seen=rebuilt.first_seen), now)
        assert decide(fact, live, given, **about).changes == ()
        if fact is not None and fact.state.status is not FactStatus.WITHDRAWN:
            assert live
