"""The four originals, ingested by hand: what is found in each, and what is known after all of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from flows.extract.evaluate import evaluate, figures, load_gold
from flows.extract.matching import matches


@pytest.fixture(scope="module")
def known(shared: Path, tmp_path_factory: pytest.TempPathFactory, deltawire) -> list[dict[str, Any]]:
    """The facts after ingesting all four into a fresh home."""
    home = tmp_path_factory.mktemp("originals") / "home"
    ran = deltawire(home, "ingest", shared / "seeds", DELTAWIRE_NOW="2026-01-10")
    assert ran.returncode == 0, ran.stderr
    assert "read      4 new articles" in ran.stdout
    checked = deltawire(home, "db", "check", DELTAWIRE_NOW="2026-01-10")
    assert checked.returncode == 0, checked.stdout
    return [json.loads(line) for line in deltawire(home, "facts", "--format", "jsonl").stdout.splitlines()]


def test_claims_reach_the_precision_and_recall_promised(shared: Path, tmp_path: Path, deltawire) -> None:
    golds = [gold for gold in load_gold(shared / "gold") if gold.name.startswith("seed-")]
    assert len(golds) == 4
    originals = [shared / "seeds" / gold.article for gold in golds]
    ran = deltawire(tmp_path / "home", "extract", *originals, "--format", "jsonl", DELTAWIRE_NOW="2026-01-10")
    tally = evaluate(golds, map(json.loads, ran.stdout.splitlines()))
    result = figures(tally)
    assert result["precision"] >= 0.90, "\n".join(tally.errors)
    assert result["recall"] >= 0.80, "\n".join(tally.errors)
    assert (result["trapped"], result["ungrounded"]) == (0, 0), "\n".join(tally.errors)


def test_the_facts_are_those_a_person_would_reconcile(shared: Path, known: list[dict[str, Any]]) -> None:
    wanted = json.loads((shared / "gold" / "seeds-reconciled.json").read_text(encoding="utf-8"))["facts"]
    missing = [fact for fact in wanted if not fact["optional"] and not any(stands(row, fact) for row in known)]
    assert not missing, "\n".join(json.dumps(fact) for fact in missing)


def stands(row: dict[str, Any], fact: dict[str, Any]) -> bool:
    """Whether a fact of ours is this one, with the same standing, and with both values where it is disputed."""
    if row["status"] != fact["status"]:
        return False
    if fact["status"] != "disputed":
        return matches(row, fact)
    sides = [side["value"] for side in row["values"]]
    return len(sides) == len(fact["values"]) and all(
        any(matches({**row, "value": side}, {**fact, "value": wanted["value"]}) for side in sides) for wanted in fact["values"]
    )


def test_the_dispute_over_the_heat_removed_shows_both_sentences(known: list[dict[str, Any]]) -> None:
    (disputed,) = [fact for fact in known if fact["status"] == "disputed"]
    assert (disputed["subject"], disputed["predicate"], disputed["qualifiers"]["measure"]) == ("neptune", "spec", "heat_removed")
    quotes = [side["evidence"][0]["quote"] for side in disputed["values"]]
    assert any("98" in quote for quote in quotes)
    assert any("100" in quote for quote in quotes)
