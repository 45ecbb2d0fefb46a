"""Facts: kept as they are, listed in one order everywhere, found by the beginning of their id."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from storage.database import Database
from storage.facts import all_fact_ids, delete_facts, find_fact, forward_facts, list_facts, load_facts, save_facts
from storage.model import FactState, FactStatus, Modality, Promise
from storage.values import Period


def test_a_fact_comes_back_as_it_was_saved(database: Database, make: Any) -> None:
    disputed = FactState(
        status=FactStatus.DISPUTED,
        sides=(make.side("c1", "c2", independent_sources=2), make.side("c3", value=None)),
        promise=Promise.DUE,
    )
    fact = make.fact(
        object="globex",
        qualifiers={"region": "emea", "period": Period(start=None, end=date(2026, 3, 31))},
        modality=Modality.PLANNED,
        state=disputed,
        superseded=(make.side("c0", value=make.money("4")),),
        independent_sources=3,
        verdict="v1",
    )
    with database.write() as s:
        save_facts(s, [fact])
        assert load_facts(s, [fact.id, "unknown"]) == {fact.id: fact}
        assert list(load_facts(s, [fact.id])[fact.id].qualifiers) == ["period", "region"]


def test_a_fact_is_overwritten_not_doubled(database: Database, make: Any) -> None:
    fact = make.fact()
    with database.write() as s:
        save_facts(s, [])
        save_facts(s, [fact, make.fact("globex")])
        withdrawn = replace(fact, state=FactState(status=FactStatus.WITHDRAWN), independent_sources=0)
        save_facts(s, [withdrawn])
        assert load_facts(s, [fact.id]) == {fact.id: withdrawn}
        assert len(all_fact_ids(s)) == 2
        delete_facts(s, [fact.id])
        assert fact.id not in all_fact_ids(s)


def test_facts_are_listed_in_one_order_whatever_the_locale(database: Database, make: Any) -> None:
    slots = [
        ("acme", "revenue", None, {"period": "2025", "segment": "pc"}),
        ("acme", "revenue", None, {"period": "2025"}),
        ("acme", "role", "a-corp", {}),
        ("acme", "role", "a1", {}),
        ("acme", "role", "aa", {}),
        ("acme-labs", "revenue", None, {}),
        ("acme2", "revenue", None, {}),
        ("b", "revenue", None, {}),
        ("b", "revenue", "acme", {}),
    ]
    facts = [make.fact(subject, predicate=p, object=o, qualifiers=q) for subject, p, o, q in slots]
    with database.write() as s:
        save_facts(s, reversed(facts))
        assert list_facts(s) == facts
        assert list_facts(s, limit=3) == facts[:3]
        assert list_facts(s, entity="acme") == [*facts[:5], facts[8]]
        assert list_facts(s, entity="acme", predicate="role") == facts[2:5]
        assert list_facts(s, predicate="role", status="current") == facts[2:5]
        assert list_facts(s, status=FactStatus.DISPUTED) == []


def test_a_fact_is_found_by_the_beginning_of_its_id(database: Database, make: Any) -> None:
    facts = [make.fact(subject, id=id_) for subject, id_ in (("a", "aa1"), ("b", "aa2"), ("c", "ab"))]
    many = [make.fact(f"m{number}", id=f"f{number}") for number in range(9)]
    with database.write() as s:
        save_facts(s, facts + many)
        assert find_fact(s, "ab") == facts[2]
        assert find_fact(s, "aa2") == facts[1]
        assert find_fact(s, "ac") is None
        assert find_fact(s, "%") is None
        with pytest.raises(LookupError, match="aa may be fact aa1, aa2: give more of the id"):
            find_fact(s, "aa")
        with pytest.raises(LookupError, match="f0, f1, f2, f3, f4, …: give more"):
            find_fact(s, "f")


def test_an_id_that_begins_another_is_found_itself(database: Database, make: Any) -> None:
    with database.write() as s:
        save_facts(s, [make.fact("a", id="ab"), make.fact("b", id="abc")])
        assert getattr(find_fact(s, "ab"), "id", None) == "ab"


def test_the_clock_may_move_open_and_due_promises_only(database: Database, make: Any) -> None:
    facts = {
        promise: make.fact(str(promise), modality=Modality.PLANNED, state=make.state(promise=promise))
        for promise in (None, *Promise)
    }
    with database.write() as s:
        save_facts(s, facts.values())
        assert set(forward_facts(s)) == {facts[Promise.OPEN].id, facts[Promise.DUE].id}


def test_what_cannot_be_stored_is_refused_by_name(database: Database, make: Any) -> None:
    fact = make.fact(qualifiers={"segment": "a\0b"})
    with database.write() as s, pytest.raises(ValueError, match=f"fact {fact.id}: holds a NUL"):
        save_facts(s, [fact])
