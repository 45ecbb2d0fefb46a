"""The edge on real databases: what is stored after reconciling is the pure decision, however it was cut up."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text, update

from flows.reconcile import reconcile, redecide
from storage import identity
from storage.articles import load_revisions, mark_gone
from storage.changes import list_changes
from storage.claims import all_claims, save_claims
from storage.facts import find_fact, list_facts, save_facts
from storage.model import Cause, ChangeKind, FactStatus, Modality, Promise, Verdict, VerdictAct
from storage.tables import changes as changes_table
from storage.tables import claims as claims_table
from storage.verdicts import save_verdict, undo_verdict


def test_claims_become_a_fact_and_its_changes(newsroom, val):
    newsroom.publish("anon", "<18%")
    assert newsroom.reconcile() == [ChangeKind.NEW]
    newsroom.publish("jiemian", "17.97%", on=1)
    assert newsroom.reconcile() == [ChangeKind.REFINED]
    assert newsroom.fact.state.value == val("17.97%")
    assert newsroom.fact.independent_sources == 2
    assert newsroom.reconcile() == []
    assert newsroom.problems() == []


def test_reconciling_the_same_revisions_again_writes_nothing(newsroom):
    newsroom.publish("a", "98%", "5x")
    newsroom.publish("b", "100%", on=1)
    newsroom.reconcile()
    with newsroom.db.read() as s:
        before, seq = list_facts(s), len(list_changes(s))
        revisions = sorted({claim.revision for claim, _, _ in all_claims(s)})
    with newsroom.db.write() as s:
        assert reconcile(s, newsroom.catalogue, revisions, now=newsroom.day_0 + timedelta(days=500)) == []
        assert list_facts(s) == before
        assert len(list_changes(s)) == seq


def test_an_edit_updates_and_a_dropped_claim_withdraws(newsroom, val):
    newsroom.publish("a", "17%")
    newsroom.reconcile()
    first_seen = newsroom.fact.first_seen
    newsroom.publish("a", ("18%", {"seen": 9}), edition="corrected")
    assert newsroom.reconcile() == [ChangeKind.UPDATED]
    newsroom.publish("a", ("18%", {"seen": 10}), edition="corrected again")
    assert newsroom.reconcile() == []
    assert newsroom.fact.first_seen == first_seen
    assert newsroom.fact.state.value == val("18%")
    newsroom.publish("a", edition="corrected once more")
    assert newsroom.reconcile() == [ChangeKind.WITHDRAWN]
    assert newsroom.fact.state.status is FactStatus.WITHDRAWN
    newsroom.publish("a", "18%", edition="corrected for the last time")
    assert newsroom.reconcile() == [ChangeKind.NEW]
    assert newsroom.problems() == []


def test_an_upgraded_extractor_that_makes_a_claim_no_longer_withdraws_its_fact(newsroom):
    claim = newsroom.publish("a", "17%")[0]
    newsroom.reconcile()
    with newsroom.db.write() as s:
        save_claims(s, claim.revision, "rules", "2", [])
    assert newsroom.reconcile() == [ChangeKind.WITHDRAWN]
    assert newsroom.problems() == []


def _causes(newsroom):
    with newsroom.db.read() as s:
        return [(change.kind, change.cause) for change in list_changes(s) if change.fact]


def _read_again(newsroom, revision, claims, version="2"):
    with newsroom.db.write() as s:
        save_claims(s, revision, "rules", version, claims)


def test_what_a_second_reading_changes_is_marked_so_and_news_is_not(newsroom, val):
    first = newsroom.publish("a", "17%")[0]
    newsroom.reconcile()
    with newsroom.db.read() as s:
        words = load_revisions(s, [first.revision])[0].text
    evidence = replace(first.evidence, start=2, end=12, quote=words[2:12])
    better = replace(first, id="better", value=val("20%"), evidence=evidence)
    _read_again(newsroom, first.revision, [better])
    newsroom.publish("b", ("5x", {"predicate": "spec"}), on=1)  # in the same chunk
    newsroom.reconcile()
    assert _causes(newsroom) == [
        (ChangeKind.NEW, Cause.NEWS),
        (ChangeKind.NEW, Cause.NEWS),
        (ChangeKind.UPDATED, Cause.READING),
    ]
    newsroom.publish("b", "20%", on=2)
    assert newsroom.reconcile() == [ChangeKind.CONFIRMED]
    assert _causes(newsroom)[-1] == (ChangeKind.CONFIRMED, Cause.NEWS)
    assert newsroom.problems() == []


def test_a_text_that_is_read_twice_before_it_counts_is_news(newsroom):
    claim = newsroom.publish("a", "17%")[0]
    _read_again(newsroom, claim.revision, [claim])
    newsroom.reconcile()
    assert _causes(newsroom) == [(ChangeKind.NEW, Cause.NEWS)]


def test_an_edit_is_news_even_while_the_text_before_it_is_read_again(newsroom):
    claim = newsroom.publish("a", "17%")[0]
    newsroom.reconcile()
    _read_again(newsroom, claim.revision, [])
    newsroom.publish("a", ("30%", {"seen": 9}), edition="corrected")
    newsroom.reconcile(limit=1)
    newsroom.reconcile(limit=1)
    assert _causes(newsroom) == [(ChangeKind.NEW, Cause.NEWS), (ChangeKind.UPDATED, Cause.NEWS)]
    assert newsroom.problems() == []


def test_a_promise_that_falls_due_while_texts_are_read_again_is_news(newsroom):
    planned = {"predicate": "availability", "modality": Modality.PLANNED}
    claim = newsroom.publish("a", ("2026-02-01/2026-02-28", planned))[0]
    newsroom.reconcile(now=1)
    _read_again(newsroom, claim.revision, [replace(claim, confidence=0.5)])
    newsroom.reconcile(now=30)
    assert _causes(newsroom) == [(ChangeKind.NEW, Cause.NEWS), (ChangeKind.DUE, Cause.NEWS)]


def test_a_catalogue_that_cuts_slots_otherwise_moves_the_claims(newsroom):
    newsroom.publish("a", ("17%", {"qualifiers": {"basis": "yoy"}}))
    newsroom.reconcile()
    predicates = [
        p.model_copy(update={"slot": ("period", "basis")}) if p.key == "growth" else p for p in newsroom.catalogue.predicates
    ]
    newsroom.catalogue = newsroom.catalogue.model_copy(update={"predicates": tuple(predicates)})
    newsroom.catalogue.__dict__.pop("by_key", None)
    with newsroom.db.write() as s:
        revisions = sorted({claim.revision for claim, _, _ in all_claims(s)})
        kinds = [change.kind for change in reconcile(s, newsroom.catalogue, revisions, now=newsroom.day_0)]
    assert sorted(kinds) == [ChangeKind.NEW, ChangeKind.WITHDRAWN]
    assert newsroom.problems() == []


def test_a_promise_is_kept_in_the_same_breath_as_the_news_of_it(newsroom):
    plan = {"predicate": "availability", "subject": "x", "modality": Modality.PLANNED}
    newsroom.publish("a", ("2026-07-01/2026-12-31", plan))
    newsroom.reconcile(now=1)
    assert newsroom.tick(now=100) == []
    assert newsroom.tick(now=175) == [ChangeKind.DUE]
    assert newsroom.tick(now=176) == []
    newsroom.publish("b", (":shipping", {"predicate": "production_status", "subject": "x"}), on=180)
    assert newsroom.reconcile(now=181) == [ChangeKind.FULFILLED, ChangeKind.NEW]
    assert newsroom.tick(now=400) == []
    assert newsroom.problems(now=400) == []


def test_a_plan_told_after_the_news_of_its_coming_true_is_fulfilled_too(newsroom):
    newsroom.publish("b", ("2026-08-01/2026-08-01", {"predicate": "availability"}), on=210)
    newsroom.reconcile(now=211)
    newsroom.publish("a", ("2026-07-01/2026-12-31", {"predicate": "availability", "modality": Modality.PLANNED}))
    assert ChangeKind.FULFILLED in newsroom.reconcile(now=212)
    assert {fact.state.promise for fact in newsroom.facts()} == {None, Promise.FULFILLED}
    assert newsroom.problems(now=212) == []


def test_what_is_due_becomes_overdue(newsroom):
    newsroom.publish("a", ("2026-02-01/2026-02-28", {"predicate": "availability", "modality": Modality.PLANNED}))
    newsroom.reconcile(now=1)
    assert newsroom.tick(now=30) == [ChangeKind.DUE]
    assert newsroom.tick(now=90) == [ChangeKind.OVERDUE]


def test_an_overdue_promise_can_still_come_true(newsroom):
    newsroom.publish("a", ("2026-02-01/2026-02-28", {"predicate": "availability", "modality": Modality.PLANNED}))
    newsroom.reconcile(now=1)
    assert newsroom.tick(now=90) == [ChangeKind.OVERDUE]
    newsroom.publish("b", ("2026-04-20/2026-04-20", {"predicate": "availability"}), on=103)
    assert sorted(newsroom.reconcile(now=104)) == [ChangeKind.FULFILLED, ChangeKind.NEW]
    assert newsroom.problems(now=104) == []


def test_a_verdict_takes_effect_by_deciding_anew_and_is_reversible(newsroom, val):
    newsroom.publish("a", "98%")
    right = newsroom.publish("b", "100%", on=1)[0]
    newsroom.reconcile(now=2)
    fact, at = newsroom.fact, newsroom.day_0 + timedelta(days=3)
    verdict = Verdict(id="v1", fact=fact.id, act=VerdictAct.PREFER, claim=right.id, why="asked them", by="anna", at=at)
    with newsroom.db.write() as s:
        save_verdict(s, verdict)
        assert [change.kind for change in redecide(s, newsroom.catalogue, [fact.id], now=at)] == [ChangeKind.RESOLVED]
    assert newsroom.fact.state.value == val("100%")
    assert newsroom.problems() == []
    with newsroom.db.write() as s:
        undo_verdict(s, "v1", at)
        assert [change.kind for change in redecide(s, newsroom.catalogue, [fact.id], now=at)] == [ChangeKind.DISPUTED]
    assert newsroom.fact.state == fact.state
    assert newsroom.problems() == []


def test_a_predicate_that_has_left_the_catalogue_stops_nothing(newsroom):
    newsroom.publish("a", ("17%", {"predicate": "forgotten"}))
    assert newsroom.reconcile() == [ChangeKind.NEW]
    assert newsroom.problems() == []


@pytest.mark.parametrize("seed", range(3))
def test_any_order_and_any_cut_stores_the_same_facts(open_newsroom, seed):
    said = [
        ("a", ("17.97%", ":sampling"), 0), ("b", ("<18%", "$5.0"), 1), ("c", ("16%",), 20), ("a", (":shipping", "$7"), 30),
        ("b", ("16.2%", ("2026-02-01/2026-02-28", {"modality": Modality.PLANNED})), 22), ("d", ("98%",), 23),
    ]  # fmt: skip
    kinds = {":": "production_status", "$": "revenue", "2": "availability"}
    exports = []
    for shuffled in (False, True):
        desk = open_newsroom()
        order, rng = list(said), random.Random(seed)
        if shuffled:
            rng.shuffle(order)
        for publisher, values, on in order:
            pairs = [value if isinstance(value, tuple) else (value, {}) for value in values]
            desk.publish(publisher, *((v, {"predicate": kinds.get(v[0], "growth"), "seen": on} | f) for v, f in pairs), on=on)
            if shuffled and rng.random() < 0.6:
                desk.reconcile(limit=rng.randint(1, 3))
        while desk.reconcile(limit=2):
            pass
        desk.tick(now=100)
        assert desk.problems() == []
        exports.append([replace(fact, last_changed=desk.day_0) for fact in desk.facts()])
    assert exports[0] == exports[1]
    assert {fact.state.status for fact in exports[0]} >= {FactStatus.CURRENT, FactStatus.DISPUTED}


class TestCheck:
    def test_it_finds_and_repairs_a_fact_that_was_meddled_with(self, newsroom, val):
        newsroom.publish("a", "17%")
        newsroom.reconcile()
        fact = newsroom.fact
        with newsroom.db.write() as s:
            save_facts(s, [replace(fact, independent_sources=7)])
        assert newsroom.problems() == ["fact"]
        assert newsroom.problems(repair=True) == ["fact"]
        assert newsroom.problems() == []
        assert newsroom.fact == fact

    def test_it_finds_a_fact_that_is_missing_and_one_that_no_claim_speaks_of(self, newsroom, day_0):
        newsroom.publish("a", "17%")
        newsroom.reconcile()
        fact = newsroom.fact
        with newsroom.db.write() as s:
            save_facts(s, [replace(fact, id="f" * 20)])
            s.execute(text("DELETE FROM facts WHERE id = :id"), {"id": fact.id})
        assert sorted(newsroom.problems()) == ["fact", "ledger", "ledger", "orphan"]
        newsroom.problems(repair=True)
        with newsroom.db.read() as s:
            assert find_fact(s, fact.id).state == fact.state

    def test_it_finds_a_quote_that_does_not_stand(self, newsroom):
        newsroom.publish("a", "17%")
        newsroom.reconcile()
        with newsroom.db.write() as s:
            s.execute(update(claims_table).values(quote="never said"))
        assert newsroom.problems() == ["evidence"]

    def test_it_finds_a_claim_that_lives_on_in_an_old_text(self, newsroom):
        newsroom.publish("a", "17%")
        newsroom.reconcile()
        newsroom.publish("a", "17%", edition="corrected")
        newsroom.reconcile()
        with newsroom.db.write() as s:
            s.execute(update(claims_table).values(live=True))
        assert "liveness" in newsroom.problems()

    def test_it_finds_a_broken_ledger(self, newsroom):
        newsroom.publish("a", "17%")
        newsroom.reconcile()
        newsroom.publish("b", "17%", on=1)
        newsroom.reconcile()
        with newsroom.db.write() as s:
            s.execute(changes_table.delete().where(changes_table.c.kind == "new"))
        assert newsroom.problems() == ["ledger"]

    def test_it_finds_a_live_claim_without_a_fact(self, newsroom):
        newsroom.publish("a", "17%")
        newsroom.reconcile()
        with newsroom.db.write() as s:
            s.execute(update(claims_table).values(fact=None))
        assert "orphan" in newsroom.problems()

    def test_what_waits_to_be_reconciled_is_no_problem(self, newsroom):
        newsroom.publish("a", "17%")
        newsroom.reconcile()
        newsroom.publish("b", "17.2%", on=1)
        assert newsroom.problems() == []


def test_a_change_that_an_edit_brought_about_names_the_article_and_what_was_edited(newsroom):
    newsroom.publish("a", "17%", slug="piece")
    newsroom.publish("b", "17%", on=1)
    newsroom.reconcile()
    newsroom.publish("a", ("19%", {"seen": 9}), edition="corrected", slug="piece")
    newsroom.reconcile()
    newsroom.publish("b", edition="emptied", on=1)
    newsroom.reconcile()
    with newsroom.db.read() as s:
        told = [change for change in list_changes(s) if change.fact]
    *_, disputed, settled = told
    assert [change.kind for change in (disputed, settled)] == [ChangeKind.DISPUTED, ChangeKind.RESOLVED]
    for change, publisher, old in ((disputed, "a", "17%"), (settled, "b", "17%")):
        assert f"{publisher} edited" in change.reason
        assert change.article == identity.article_id(f"https://{publisher}.example/{'piece' if publisher == 'a' else 1}")
        assert f"-{publisher} " in change.detail
        assert old in change.detail
    assert newsroom.problems() == []


def test_a_claim_that_is_read_otherwise_blames_no_edit(newsroom):
    claim = newsroom.publish("a", "17%")[0]
    newsroom.reconcile()
    with newsroom.db.write() as s:
        save_claims(s, claim.revision, "rules", "2", [])
    newsroom.reconcile()
    with newsroom.db.read() as s:
        last = list_changes(s)[-1]
    assert (last.kind, last.article, last.detail) == (ChangeKind.WITHDRAWN, None, None)


def test_an_article_that_is_gone_keeps_its_evidence(newsroom):
    newsroom.publish("a", "17%")
    newsroom.reconcile()
    with newsroom.db.write() as s:
        mark_gone(s, identity.article_id("https://a.example/0"), newsroom.day_0 + timedelta(days=3))
    assert newsroom.reconcile() == []
    assert newsroom.fact.state.status is FactStatus.CURRENT
    assert newsroom.problems() == []


def test_what_only_an_outdated_text_says_is_no_fact_until_that_text_returns(newsroom):
    newsroom.publish("a", "17%", edition="later edition", slug="piece")
    newsroom.publish("a", "$5", slug="piece", predicate="revenue")  # an earlier text, come to light afterwards
    newsroom.reconcile()
    assert newsroom.fact.predicate == "growth"
    newsroom.publish("a", "$5", slug="piece", predicate="revenue", on=9)  # of the same address: it is the current text again
    newsroom.reconcile()
    assert {fact.predicate: fact.state.status for fact in newsroom.facts()} == {
        "growth": FactStatus.WITHDRAWN,
        "revenue": FactStatus.CURRENT,
    }
    assert newsroom.problems() == []
