"""Windows of the ledger: nothing told twice, nothing lost, an empty one never bound."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from flows.config import Catalogue, Watchlist, load_catalogue, load_watchlist
from flows.digest.document import Document
from flows.digest.json import from_json
from flows.digest.make import bind, make_digest
from flows.digest.profile import Profile
from storage.articles import save_article
from storage.changes import append_changes, list_changes
from storage.claims import assign_slots, save_claims
from storage.database import Database
from storage.digests import last_digest, list_digests
from storage.facts import save_facts
from storage.model import ChangeKind, FetchState, Source
from storage.sources import save_fetch_state, sync_sources
from storage.values import Percent

NOW = datetime(2026, 1, 8, 7, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with closing(Database.open(f"sqlite:///{tmp_path / 'deltawire.db'}")) as opened:
        opened.upgrade()
        with opened.write() as s:
            sync_sources(s, [Source(name=name, title=name.title(), url=f"https://{name}.example/") for name in ("wire", "paper")])
            save_fetch_state(s, FetchState(source="wire", checked_at=NOW, failures=2, error="HTTP 503"))
            save_fetch_state(s, FetchState(source="paper", checked_at=NOW, succeeded_at=NOW))
        yield opened


@pytest.fixture(scope="module")
def catalogue(seeds: Path) -> Catalogue:
    return load_catalogue(seeds / "catalogue.yaml")


@pytest.fixture(scope="module")
def watchlist(seeds: Path) -> Watchlist:
    return load_watchlist(seeds / "watchlist.yaml")


class Newsroom:
    """One database with its ledger, and digests of it."""

    def __init__(self, db: Database, story: Any, watchlist: Watchlist, catalogue: Catalogue) -> None:
        self.db, self.story, self.watchlist, self.catalogue = db, story, watchlist, catalogue

    def happens(self, share: int, source: str = "wire") -> None:
        """An article of `source` reports Lenovo's market share for the first time."""
        quote = f"Lenovo's share in market {share} is {share}%."
        article = self.story.article(f"https://{source}.example/{share}", f"Report {share}", source, date(2026, 1, 7), text=quote)
        value = Percent(number=Decimal(share), low=Decimal(share), high=Decimal(share))
        claim = self.story.new(article, quote, "lenovo", "market_share", value, qualifiers={"market": f"market {share}"})
        change = self.story.changes[-1]
        with self.db.write() as s:
            save_article(s, article)
            save_claims(s, article.revision, "rules", "1", [claim])
            save_facts(s, [self.story.facts[change.fact]])
            assign_slots(s, [(claim.id, change.fact)])
            append_changes(s, [change])

    def digest(self, *, now: datetime = NOW, **more: Any) -> Document | None:
        return make_digest(self.db, self.watchlist, self.catalogue, now=now, **more)

    def told(self, **more: Any) -> list[str]:
        document = self.digest(**more)
        return [item.value for section in document.sections for item in section.changes] if document else []


@pytest.fixture
def room(db: Database, story: Any, watchlist: Watchlist, catalogue: Catalogue) -> Newsroom:
    return Newsroom(db, story, watchlist, catalogue)


def test_an_empty_ledger_gives_no_digest_and_binds_nothing(room: Newsroom) -> None:
    assert room.digest() is None
    with room.db.read() as s:
        assert last_digest(s, "default") is None


def test_each_change_is_told_once(room: Newsroom) -> None:
    room.happens(10)
    assert room.told() == ["10%"]
    assert room.digest() is None
    room.happens(20, "paper")
    room.happens(30)
    assert sorted(room.told(now=NOW + DAY)) == ["20%", "30%"]
    assert room.digest(now=NOW + 2 * DAY) is None
    with room.db.read() as s:
        windows = [(digest.window.after_seq, digest.window.upto_seq) for digest in list_digests(s, "default")]
    assert windows == [(2, 6), (0, 2)]


def test_the_first_digest_is_a_baseline_and_the_next_is_not(room: Newsroom) -> None:
    room.happens(10)
    first = room.digest()
    room.happens(20)
    second = room.digest(now=NOW + DAY)
    assert first
    assert first.baseline
    assert second
    assert not second.baseline
    assert second.window.start == NOW
    assert second.window.end == NOW + DAY
    assert second.subheading.startswith("From 8 January 2026, 07:00 UTC to 9 January 2026, 07:00 UTC")


def test_sources_quotes_and_health_come_from_the_database(room: Newsroom) -> None:
    room.happens(10)
    document = room.digest()
    assert document
    (cite,) = document.sections[0].changes[0].sources
    assert (cite.quote, cite.title, cite.source) == ("Lenovo's share in market 10 is 10%.", "Report 10", "Wire")
    assert cite.url == "https://wire.example/10"
    assert cite.date == "7 January 2026"
    assert [line.title for line in document.articles] == ["Report 10"]
    assert [(health.name, health.state) for health in document.source_health] == [("wire", "failing"), ("paper", "ok")]
    assert document.source_health[0].detail == "HTTP 503 (2 times, no answer yet)"


def test_profiles_have_windows_of_their_own(room: Newsroom) -> None:
    room.happens(10)
    assert room.told() == ["10%"]
    assert room.told(profile=Profile(name="other")) == ["10%"]
    assert room.digest(profile=Profile(name="other")) is None


def test_a_digest_that_is_not_saved_leaves_the_window_open(room: Newsroom) -> None:
    room.happens(10)
    assert room.told(save=False) == ["10%"]
    assert room.told() == ["10%"]


def test_what_was_bound_is_what_was_told(room: Newsroom) -> None:
    room.happens(10)
    document = room.digest()
    with room.db.read() as s:
        kept = last_digest(s, "default")
    assert kept is not None
    assert from_json(kept.document) == document


def test_of_two_at_once_only_one_binds(room: Newsroom) -> None:
    room.happens(10)
    one, two = room.digest(save=False), room.digest(save=False, now=NOW + DAY)
    assert one
    assert two
    assert bind(room.db, one)
    assert not bind(room.db, two)


def test_a_window_of_one_s_own_choosing_binds_nothing(room: Newsroom) -> None:
    room.happens(10)
    assert room.told(since=NOW - DAY, until=NOW + DAY) == ["10%"]
    assert room.told(since=NOW + DAY) == []
    assert room.told(until=NOW - DAY) == []
    assert room.told() == ["10%"]


def test_a_profile_that_wants_none_of_it_is_sent_nothing_and_loses_nothing(room: Newsroom) -> None:
    room.happens(10)
    picky = Profile(name="picky", kinds=(ChangeKind.DISPUTED,), articles=0)
    assert room.digest(profile=picky) is None
    assert room.told(profile=Profile(name="picky")) == ["10%"]


def test_every_ledger_entry_falls_into_exactly_one_window(room: Newsroom) -> None:
    for day in range(12):
        for share in range(day % 3):  # some days bring nothing
            room.happens(100 * day + share)
        room.digest(now=NOW + day * DAY)
    with room.db.read() as s:
        entries = [change.seq for change in list_changes(s)]
        windows = sorted((digest.window.after_seq, digest.window.upto_seq) for digest in list_digests(s, "default"))
    assert [seq for after, upto in windows for seq in range(after + 1, upto + 1)] == entries
