"""Facts at another time: what is believed about a day, and what was believed on one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from flows.reconcile.judge import judge, take_back
from flows.reconcile.past import about, believed
from storage.facts import list_facts
from storage.model import FactStatus, Modality, Promise, VerdictAct


@pytest.fixture
def then(newsroom):
    """Looks at all facts as believed on one day, or now about one day, or on one day about another."""

    def look(*, on=None, of=None):
        day = newsroom.day_0
        with newsroom.db.read() as s:
            facts = list_facts(s)
            learned = None if on is None else day + timedelta(days=on)
            if of is None:
                return believed(s, facts, learned)
            return about(s, newsroom.catalogue, facts, day + timedelta(days=of), learned=learned)

    return look


def values(facts):
    return [side.value for fact in facts for side in fact.state.sides]


def test_a_backfilled_article_changes_what_is_believed_about_the_past_and_not_what_was_believed(newsroom, then, val):
    newsroom.publish("a", "20%", on=30, seen=30)
    newsroom.reconcile(now=30)
    newsroom.publish("b", "15%", on=0, seen=40)
    newsroom.reconcile(now=40)
    assert values(then(on=35)) == [val("20%")]
    assert then(on=29) == []
    assert values(then(of=10)) == [val("15%")]  # now we know what was true then
    assert values(then(of=35)) == [val("20%")]
    assert [side.value for side in then(of=35)[0].superseded] == [val("15%")]
    assert then(of=10, on=35) == []  # on day 35 nothing was known about day 10
    assert values(then(of=10, on=41)) == [val("15%")]
    assert [side.value for side in then(on=41)[0].superseded] == [val("15%")]


def test_what_was_believed_does_not_know_of_later_edits(newsroom, then, val):
    newsroom.publish("a", ("17%", {"seen": 0}), slug="piece")
    newsroom.reconcile(now=1)
    newsroom.publish("a", ("19%", {"seen": 5}), slug="piece", edition="corrected", on=5)
    newsroom.reconcile(now=5)
    assert values(then(on=3)) == values(then(of=3, on=3)) == [val("17%")]
    assert values(then(on=6)) == values(then(of=6)) == [val("19%")]


def test_a_promise_stands_as_it_did(newsroom, then):
    late_january = {"predicate": "availability", "modality": Modality.PLANNED}
    newsroom.publish("a", ("2026-01-20/2026-01-31", late_january), on=0, seen=0)
    newsroom.reconcile(now=0)
    for day in (14, 26):
        newsroom.tick(day)
    promised = {day: then(of=day)[0].state.promise for day in (1, 15, 26)}
    assert promised == {1: Promise.OPEN, 15: Promise.DUE, 26: Promise.OVERDUE}
    assert {day: then(on=day)[0].state.promise for day in promised} == promised
    newsroom.publish("b", (":shipping", {"predicate": "production_status"}), on=30, seen=30)
    newsroom.reconcile(now=30)
    kept = {fact.predicate: fact.state.promise for fact in then(of=31)}
    assert kept["availability"] is Promise.FULFILLED
    assert [fact.state.promise for fact in then(of=29)] == [Promise.OVERDUE]


def test_verdicts_count_as_they_stood(newsroom, then, day_0):
    newsroom.publish("a", "17%", on=0, seen=0)
    newsroom.reconcile(now=0)
    with newsroom.db.write() as s:
        judge(s, newsroom.catalogue, newsroom.fact.id, VerdictAct.REJECT, claim=None, why="no", by="anna",
              now=day_0 + timedelta(days=10))  # fmt: skip
    with newsroom.db.write() as s:
        take_back(s, newsroom.catalogue, newsroom.fact.id, why="yes", by="ben", now=day_0 + timedelta(days=20))
    assert newsroom.fact.state.status is FactStatus.CURRENT
    stood = {day: then(on=day)[0] for day in (5, 15, 25)}
    assert [fact.state.status for fact in stood.values()] == [FactStatus.CURRENT, FactStatus.WITHDRAWN, FactStatus.CURRENT]
    assert [fact.verdict for fact in stood.values()] == [None, "reject by anna: no", None]
    assert [then(of=5, on=day)[0].state.status for day in stood] == [fact.state.status for fact in stood.values()]
    assert newsroom.problems() == []


def test_the_ledger_and_the_claims_tell_the_same_past(newsroom, then):
    said = [("a", "17%", 0), ("b", "<18%", 2), ("c", "25%", 4), ("a", "25%", 20), ("d", "25.3%", 25)]
    for publisher, value, on in said:
        newsroom.publish(publisher, value, on=on, seen=on)
        newsroom.reconcile(now=on)
    for day in range(0, 30, 3):
        told, counted = then(on=day), then(of=day, on=day)
        assert [fact.state.status for fact in told] == [fact.state.status for fact in counted]
        assert set(values(told)) == set(values(counted))
        assert [fact.independent_sources for fact in told] == [fact.independent_sources for fact in counted]
