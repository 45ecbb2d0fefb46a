"""Sources: synced with what is listed, never deleted; and what is remembered between two polls."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from storage.database import Database
from storage.model import Authority, FetchState, Source, SourceKind
from storage.sources import ensure_manual_source, fetch_states, get_source, list_sources, save_fetch_state, sync_sources

NEWSROOM = Source(
    name="newsroom",
    title="Newsroom 新闻",
    kind=SourceKind.SITEMAP,
    url="https://news.example/map.xml",
    every=timedelta(minutes=45),
    full_text="page",
    match="watchlist",
    authority=Authority.PRIMARY,
    timezone="America/Los_Angeles",
    tags=("official", "新"),
)
BLOG = Source(name="blog", title="Blog", url="https://blog.example/feed")


def test_sources_become_those_that_are_listed(database: Database) -> None:
    with database.write() as s:
        sync_sources(s, [NEWSROOM, BLOG])
        sync_sources(s, [NEWSROOM, BLOG])
        assert get_source(s, "newsroom") == NEWSROOM
        assert get_source(s, "unknown") is None
        sync_sources(s, [replace(NEWSROOM, title="The newsroom")])
        assert [(source.name, source.title, source.enabled) for source in list_sources(s)] == [
            ("blog", "Blog", False),
            ("desk", "The desk", True),  # made by hand: not the list's to disable
            ("newsroom", "The newsroom", True),
        ]
        sync_sources(s, [BLOG, replace(NEWSROOM, enabled=False)])
        assert [(source.name, source.enabled) for source in list_sources(s)] == [
            ("blog", True),
            ("desk", True),
            ("newsroom", False),
        ]
        sync_sources(s, [])
        assert not any(source.enabled for source in list_sources(s) if source.kind is not SourceKind.MANUAL)


def test_a_manual_source_is_made_once_and_changes_no_other(database: Database) -> None:
    with database.write() as s:
        sync_sources(s, [NEWSROOM])
        made = ensure_manual_source(s, "mine", "My papers", Authority.RUMOUR, "Europe/Berlin")
        assert ensure_manual_source(s, "mine", "Other") == made == get_source(s, "mine")
        assert (made.kind, made.title, made.authority) == (SourceKind.MANUAL, "My papers", Authority.RUMOUR)
        assert ensure_manual_source(s, "newsroom") == NEWSROOM
        assert ensure_manual_source(s, "plain").title == "plain"


def test_what_is_remembered_between_two_polls_comes_back(database: Database, make: Any) -> None:
    state = FetchState(
        source="newsroom",
        etag='W/"a"',
        last_modified="Wed, 07 Jan 2026 00:00:00 GMT",
        body_hash="f00",
        checked_at=make.now,
        succeeded_at=make.now - timedelta(hours=1),
        status=503,
        failures=3,
        error="away",
        retry_at=make.now + timedelta(hours=1),
        entries=30,
        new=2,
    )
    with database.write() as s:
        sync_sources(s, [NEWSROOM, BLOG])
        assert fetch_states(s) == {}
        save_fetch_state(s, replace(state, failures=2))
        save_fetch_state(s, state)
        save_fetch_state(s, FetchState(source="blog"))
        assert fetch_states(s) == {"newsroom": state, "blog": FetchState(source="blog")}


def test_a_source_that_moved_forgets_the_marks_of_its_old_address(database: Database, make: Any) -> None:
    state = FetchState(source="newsroom", etag="e", last_modified="m", body_hash="h", checked_at=make.now, failures=1)
    with database.write() as s:
        sync_sources(s, [NEWSROOM])
        save_fetch_state(s, state)
        sync_sources(s, [replace(NEWSROOM, title="The newsroom")])
        assert fetch_states(s)["newsroom"] == state
        sync_sources(s, [replace(NEWSROOM, url="https://elsewhere.example/")])
        assert fetch_states(s)["newsroom"] == replace(state, etag=None, last_modified=None, body_hash=None)


def test_whatever_a_server_sends_its_poll_is_remembered(database: Database) -> None:
    with database.write() as s:
        sync_sources(s, [NEWSROOM])
        save_fetch_state(s, FetchState(source="newsroom", etag="a\0b", error="odd \udc80 byte"))
        kept = fetch_states(s)["newsroom"]
    assert (kept.etag, kept.error) == ("ab", "odd ? byte")


def test_a_source_that_cannot_be_stored_is_refused_by_name(database: Database) -> None:
    with database.write() as s, pytest.raises(ValueError, match="source 'blog': holds a NUL"):
        sync_sources(s, [replace(BLOG, tags=("a\0b",))])
