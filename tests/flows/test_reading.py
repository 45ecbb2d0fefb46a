"""A home with a language model: what reaches the facts, what is told, and that no model is asked where none is set up."""

from __future__ import annotations

import json
import socketserver
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
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


class Parrot:
    """A chat-completions endpoint that says the same to everyone; with status 500 it is out of order."""

    def __init__(self) -> None:
        self.claims: list[dict[str, str]] = []
        self.status = 200
        self.asked = 0
        parrot = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["content-length"]))
                parrot.asked += 1
                message = {"role": "assistant", "content": json.dumps({"claims": parrot.claims})}
                choice = {"index": 0, "message": message, "finish_reason": "stop"}
                body = json.dumps(
                    {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
                ).encode()
                self.send_response(parrot.status)
                self.send_header("content-type", "application/json")
                self.send_header("retry-after", "3600")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Nothing."""

        self.http: socketserver.BaseServer = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}/v1"
        self.thread = threading.Thread(target=self.http.serve_forever, args=(0.01,), daemon=True)
        self.thread.start()

    def close(self) -> None:
        self.http.shutdown()
        self.http.server_close()
        self.thread.join()


@pytest.fixture
def parrot() -> Iterator[Parrot]:
    made = Parrot()
    yield made
    made.close()


@pytest.fixture
def open_room(parrot: Parrot, tmp_path: Path) -> Open:
    """Opens the same home, with a model or without."""

    def open_(**settings: Any) -> Newsroom:
        given = {"llm_base_url": parrot.url, "llm_model": "parrot", "allow_private_hosts": "127.0.0.1", "seeds": False} | settings
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


def test_both_readers_reach_the_facts_and_what_is_made_up_does_not(open_room: Open, parrot: Parrot, piece: Path) -> None:
    parrot.claims = [KNOWN, ADDED, MADE_UP]
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
    assert parrot.asked == 1
    room.database.close()


def _articles(room: Newsroom) -> Any:
    with room.database.read() as s:
        return list_articles(s)


def test_without_a_model_nothing_is_asked_nor_loaded(open_room: Open, parrot: Parrot, piece: Path) -> None:
    room = open_room(llm_base_url="")
    assert room.model is None
    sys.modules.pop("flows.reading", None)
    intake.ingest(room, [piece], source="manual")
    assert pipeline.work_off(room).modelled == 0
    assert parrot.asked == 0
    assert "flows.reading" not in sys.modules


def test_an_endpoint_out_of_order_leaves_the_rules_and_is_made_good_later(open_room: Open, parrot: Parrot, piece: Path) -> None:
    parrot.claims, parrot.status = [ADDED], 500
    room = open_room()
    intake.ingest(room, [piece], source="manual")
    account = pipeline.work_off(room)
    assert (account.unheard, account.in_part) == (1, False)
    assert account.claims > 0
    assert any("1 left to the rules alone" in line for line in account.lines)
    parrot.status = 200
    assert pipeline.work_off(open_room()).claims == 0  # not by itself
    later = open_room()
    account = pipeline.work_off(later, again=True)
    assert (account.modelled, account.reread, account.reading["new"]) == (1, 1, 1)
    with later.database.read() as s:
        assert list_changes(s)[-1].cause is Cause.READING
    assert pipeline.unextracted(open_room(), again=True) == []


def test_another_model_takes_the_place_of_the_one_before(open_room: Open, parrot: Parrot, piece: Path) -> None:
    parrot.claims = [ADDED]
    room = open_room()
    intake.ingest(room, [piece], source="manual")
    pipeline.work_off(room)
    parrot.claims = []
    account = pipeline.work_off(open_room(llm_model="raven"), again=True)
    assert account.reading == {"withdrawn": 1}
    assert stored(room)["lenovo", "customer"] == ("llm:parrot", 0.7, False)
    account = pipeline.work_off(open_room(), again=True)  # the first one again, out of the cache
    assert (account.reading, parrot.asked) == ({"new": 1}, 2)


def test_a_budget_of_nothing_leaves_the_rules_alone(open_room: Open, parrot: Parrot, piece: Path) -> None:
    room = open_room(llm_run_requests=0)
    intake.ingest(room, [piece], source="manual")
    assert pipeline.work_off(room).unheard == 1
    assert parrot.asked == 0
