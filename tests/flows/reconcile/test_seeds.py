"""Four real pieces on one announcement, their facts entered by hand: what they must add up to."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations

import pytest
import yaml

from flows.config import load_catalogue
from flows.reconcile import decide, slot_of
from flows.reconcile.slots import predicate_of
from storage.model import Modality
from storage.values import qualifier_from_json, qualifier_to_json, value_from_json, value_to_json

NOW = datetime(2026, 3, 1, tzinfo=UTC)
UNDATED = datetime(2026, 1, 6, tzinfo=UTC)  # the earliest the texts allow: the first day of the event they name


@pytest.fixture(scope="module")
def catalogue(seeds):
    return load_catalogue(seeds / "catalogue.yaml")


@pytest.fixture(scope="module")
def by_piece(shared, say):
    """The claims of each piece: its facts that are no second readings."""
    pieces = {}
    for path in sorted((shared / "gold").glob("seed-*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        (notes,) = (shared / "seeds").glob(f"{path.stem[5:]}*.yaml")
        about = yaml.safe_load(notes.read_text(encoding="utf-8"))
        published = about.get("published")
        at = datetime.combine(published, datetime.min.time(), UTC) if published else UNDATED
        pieces[path.stem[5:]] = [
            entered(fact, at, about["source"], say, place, estimated=not published)
            for place, fact in enumerate(gold["facts"])
            if not fact.get("variant")
        ]
    return pieces


def entered(fact, at, publisher, say, place, *, estimated):
    qualifiers = {name: qualifier_from_json(value) for name, value in (fact.get("qualifiers") or {}).items()}
    claim = say(
        publisher,
        value_from_json(fact["value"]) if fact["value"] else None,
        predicate=fact["predicate"],
        subject=fact["subject"],
        object_=fact["object"],
        qualifiers=qualifiers,
        modality=Modality(fact["modality"]),
        estimated=estimated,
        article=f"https://{publisher}.example/",
        start=place,
    )
    return replace(claim, as_of=at, observed_at=NOW, confidence=0.5 if fact.get("optional") else 0.9)


def facts_of(claims, catalogue):
    slots = {}
    for claim in claims:
        slots.setdefault(slot_of(claim, catalogue).fact_id, []).append(claim)
    return {
        id_: decide(None, told, predicate=predicate_of(told[0].predicate, catalogue), fingerprints={}, now=NOW).fact
        for id_, told in slots.items()
    }


def test_they_add_up_to_what_an_analyst_made_of_them(shared, by_piece, catalogue):
    wanted = json.loads((shared / "gold" / "seeds-reconciled.json").read_text(encoding="utf-8"))["facts"]
    found = list(facts_of([claim for claims in by_piece.values() for claim in claims], catalogue).values())
    assert [row for row in wanted if not any(is_row(fact, row) for fact in found)] == []  # the optional ones included
    assert [fact for fact in found if not any(is_row(fact, row) for row in wanted)] == []


def test_the_order_in_which_they_come_does_not_matter(by_piece, catalogue):
    outcomes = []
    for order in permutations(by_piece):
        facts, told = {}, {}
        for piece in order:
            for claim in by_piece[piece]:
                told.setdefault(slot_of(claim, catalogue).fact_id, []).append(claim)
            for id_, claims in told.items():
                of = predicate_of(claims[0].predicate, catalogue)
                facts[id_] = decide(facts.get(id_), claims, predicate=of, fingerprints={}, now=NOW).fact
        outcomes.append(facts)
    assert all(outcome == outcomes[0] for outcome in outcomes)


def is_row(fact, row):
    if (fact.subject, fact.predicate, fact.object) != (row["subject"], row["predicate"], row["object"]):
        return False
    qualifiers = {name: qualifier_to_json(value) for name, value in fact.qualifiers.items()}
    wanted = {name: qualifier_to_json(qualifier_from_json(value)) for name, value in row["qualifiers"].items()}
    values = [side.value and value_to_json(side.value) for side in fact.state.sides]
    expected = [entry["value"] for entry in row["values"]] if row["status"] == "disputed" else [row["value"]]
    at_least = row["independent_sources"]  # optional readings may support a fact further
    return (
        all(qualifiers.get(name) == value for name, value in wanted.items())
        and fact.modality.group is Modality(row["modality"]).group
        and fact.state.status == row["status"]
        and sorted(map(str, values)) == sorted(str(value and value_to_json(value_from_json(value))) for value in expected)
        and fact.independent_sources >= at_least
    )
