"""A home with a language model: what reaches the facts, what is told, and that no model is asked where none is set up."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from flows import intake, pipeline, schedule
from flows.newsroom import Newsroom
from flows.settings import Settings
from storage.articles import list_articles
from storage.changes import list_changes
from storage.claims import all_claims
from storage.facts import list_facts
from storage.model import Cause

NOW = datetime(2026, 1, 10, 12, tzinfo=UTC)
PIECE = """---
title: Lenovo grows
source: Harbour Wire
published: 2026-01-07
---
Lenovo said revenue in 2025 was $5 billion. Nvidia put 30 engineers to work in Lenovo's workshop.
"""
KNOWN = {
    "quote": "revenue in 2025 was $5 billion",
    "subject": "Lenovo",
    "predicate": "revenue",
    "value": "$5 billion",
    "period": "2025",
}
ADDED = {
    "quote": "Nvidia put 30 engineers to work in Lenovo's workshop.",
    "subject": "Lenovo",
    "predicate": "customer",
    "object": "Nvidia",
}
MADE_UP = {"quote": "revenue in 2025 was $6 billion", "subject": "Lenovo", "predicate": "revenue", "value": "$6 billion"}
Open = Callable[..., Newsroom]


@pytest.fixture
def open_room(chat: Any, tmp_path: Path) -> Open:
    """Opens the same home, with a model or without."""

    def open_(**settings: Any) -> Newsroom:
        given = {"llm_base_url": chat.url, "llm_model": "parrot", "allow_private_hosts": "127.0.0.1", "seeds": False} | settings
        room = Newsroom(Settings(home=tmp_path, config_file=tmp_path / "none.toml", **given), NOW)
        schedule.prepare(room)
        return room

    return open_


@pytest.fixture
def piece(tmp_path: Path) -> Path:
    path = tmp_path / "piece.md"
    path.write_text(PIECE, encoding="utf-8")
    return path


def stored(room: Newsroom) -> dict[tuple[str, str], tuple[str, float, bool]]:
    with room.database.read() as s:
        return {(c.subject, c.predicate): (c.extractor, c.confidence, live) for c, _, live in all_claims(s)}


def test_both_readers_reach_the_facts_and_what_is_made_up_does_not(open_room: Open, chat: Any, piece: Path) -> None:
    chat.answers(KNOWN, ADDED, MADE_UP)
    room = open_room()
    intake.ingest(room, [piece], source="manual")
    account = pipeline.work_off(room)
    assert (account.modelled, account.refused, account.unheard) == (1, 1, 0)
    assert "model     1 text read, 1 claim refused" in account.lines
    claims = stored(room)
    alone = room.extractor.extract
    (article,) = _articles(room)
    sure = next(c for c in alone(article, now=NOW).claims if c.predicate == "revenue").confidence
    assert claims["lenovo", "revenue"] == ("rules", round(1 - (1 - sure) / 2, 2), True)
    assert claims["lenovo", "customer"] == ("llm:parrot", 0.7, True)
    with room.database.read() as s:
        assert {fact.predicate for fact in list_facts(s)} >= {"revenue", "customer"}
    assert len(chat.asked) == 1
    room.database.close()


def _articles(room: Newsroom) -> Any:
    with room.database.read() as s:
        return list_articles(s)


def test_without_a_model_nothing_is_asked_nor_loaded(open_room: Open, chat: Any, piece: Path) -> None:
    room = open_room(llm_base_url="")
    assert room.model is None
    sys.modules.pop("flows.reading", None)
    intake.ingest(room, [piece], source="manual")
    assert pipeline.work_off(room).modelled == 0
    assert len(chat.asked) == 0
    assert "flows.reading" not in sys.modules


def test_an_endpoint_out_of_order_leaves_the_rules_and_is_made_good_later(
    open_room: Open, chat: Any, reply: Any, piece: Path
) -> None:
    chat.replies = [reply(status=500, headers={"retry-after": "3600"})]
    room = open_room()
    intake.ingest(room, [piece], source="manual")
    account = pipeline.work_off(room)
    assert (account.unheard, account.in_part) == (1, False)
    assert account.claims > 0
    assert any("1 left to the rules alone" in line for line in account.lines)
    chat.answers(ADDED)
    assert pipeline.work_off(open_room()).claims == 0  # not by itself
    later = open_room()
    account = pipeline.work_off(later, again=True)
    assert (account.modelled, account.reread, account.reading["new"]) == (1, 1, 1)
    with later.database.read() as s:
        assert list_changes(s)[-1].cause is Cause.READING
    assert pipeline.unextracted(open_room(), again=True) == []


def test_another_model_takes_the_place_of_the_one_before(open_room: Open, chat: Any, piece: Path) -> None:
    chat.answers(ADDED)
    room = open_room()
    intake.ingest(room, [piece], source="manual")
    pipeline.work_off(room)
    chat.answers()
    account = pipeline.work_off(open_room(llm_model="raven"), again=True)
    assert account.reading == {"withdrawn": 1}
    assert stored(room)["lenovo", "customer"] == ("llm:parrot", 0.7, False)
    account = pipeline.work_off(open_room(), again=True)  # the first one again, out of the cache
    assert (account.reading, len(chat.asked)) == ({"new": 1}, 2)


def test_a_budget_of_nothing_leaves_the_rules_alone(open_room: Open, chat: Any, piece: Path) -> None:
    room = open_room(llm_run_requests=0)
    intake.ingest(room, [piece], source="manual")
    assert pipeline.work_off(room).unheard == 1
    assert len(chat.asked) == 0
