from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from flows import intake, schedule
from flows.collect import Collected
from flows.errors import FetchError
from flows.newsroom import Newsroom
from flows.progress import Silent, watched_by
from flows.settings import Settings
from storage.articles import list_articles
from storage.model import Entry, FetchState, Source
from storage.sources import fetch_states

NOW = datetime(2026, 1, 10, 12, tzinfo=UTC)
SOURCES = """sources:
  - {name: wire, url: "https://wire.example/feed", every: 1h}
  - {name: gone, url: "https://gone.example/feed", every: 1h}
  - {name: picky, url: "https://picky.example/feed", every: 1h, match: watchlist}
  - {name: asleep, url: "https://asleep.example/feed", every: 1h, enabled: false}
"""
ABOUT_LENOVO = "Lenovo said revenue rose. The company, Lenovo, sells computers and servers all over the world."
ABOUT_FERRIES = "Two ferries came in on time and one left late. The weather was fair until the evening."


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    (tmp_path / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    room = Newsroom(Settings(home=tmp_path, config_file=tmp_path / "none.toml"), NOW)
    schedule.prepare(room)
    return room


class Told(Silent):
    def __init__(self) -> None:
        self.lines: list[str] = []

    def say(self, text: str) -> None:
        self.lines.append(text)


def entry(source: str, number: int, body: str) -> Entry:
    return Entry(
        source=source, url=f"https://{source}.example/{number}", title=f"Piece {number}", body=body, media_type="text/plain"
    )


@pytest.fixture
def polled(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Replaces the network; the list grows by the names of each poll."""
    calls: list[list[str]] = []

    async def collect(
        sources: Sequence[Source], states: Any, *, options: Any, now: datetime, known: Any
    ) -> AsyncIterator[Collected]:
        calls.append([source.name for source in sources])
        for source in sources:
            await asyncio.sleep(0)
            state = FetchState(source=source.name, checked_at=now)
            if source.name == "gone":
                yield Collected(source=source, state=state, error=FetchError("gone", "does not resolve"))
                continue
            entries = (entry(source.name, 1, ABOUT_LENOVO), entry(source.name, 2, ABOUT_FERRIES))
            fresh = tuple(one for one in entries if one.url not in known(source, entries))
            yield Collected(source=source, state=state, entries=fresh)

    monkeypatch.setattr(intake, "collect", collect)
    return calls


def test_every_source_is_kept_or_told_and_none_stops_the_others(room: Newsroom, polled: list[list[str]]) -> None:
    told = Told()
    with watched_by(told):
        account = asyncio.run(intake.poll(room, ["gone", "picky", "wire"]))
    assert (account.polled, account.failed, account.new, account.set_aside) == (3, ("gone",), 4, 1)
    assert told.lines == ["unreachable: gone: does not resolve"]
    with room.database.read() as s:
        assert {a.source for a in list_articles(s)} == {"wire", "picky"}
        assert [a.url for a in list_articles(s, set_aside=True)] == ["https://picky.example/2"]
        assert {name: state.new for name, state in fetch_states(s).items()} == {"gone": 0, "picky": 2, "wire": 2}


def test_what_is_known_is_not_taken_again(room: Newsroom, polled: list[list[str]]) -> None:
    asyncio.run(intake.poll(room, ["picky", "wire"]))
    again = asyncio.run(intake.poll(room, ["picky", "wire"]))
    assert (again.new, again.unchanged) == (0, 2)


def test_due_is_what_was_not_checked_within_its_interval(room: Newsroom, polled: list[list[str]]) -> None:
    assert schedule.due_sources(room) == ["gone", "picky", "wire"]
    asyncio.run(intake.poll(room, ["wire"]))
    assert schedule.due_sources(room) == ["gone", "picky"]
    assert schedule.due_sources(room, everything=True) == ["gone", "picky", "wire"]
    assert schedule.due_sources(room, ["wire", "asleep", "nowhere"]) == ["wire"]
    room.now = NOW + timedelta(hours=1)
    assert "wire" in schedule.due_sources(room)


def test_a_poll_joins_the_one_begun_before_it(room: Newsroom, polled: list[list[str]]) -> None:
    async def run() -> Any:
        async with intake.head_start(room, ["wire"]):
            return await intake.poll(room, ["wire"]), await intake.poll(room, ["wire"])

    first, second = asyncio.run(run())
    assert first == second
    assert polled == [["wire"]]


def test_a_poll_begins_anew_where_the_one_before_it_failed(room: Newsroom, monkeypatch: pytest.MonkeyPatch, polled: Any) -> None:
    working = intake.collect

    def broken(*_: object, **__: object) -> Any:
        raise OSError("the disk is full")

    async def run() -> Any:
        monkeypatch.setattr(intake, "collect", broken)
        async with intake.head_start(room, ["wire"]):
            with pytest.raises(OSError, match="full"):
                await intake.poll(room, ["wire"])
            monkeypatch.setattr(intake, "collect", working)
            return await intake.poll(room, ["wire"])

    assert asyncio.run(run()).new == 2


def test_nothing_begins_where_nothing_is_due(room: Newsroom, polled: list[list[str]]) -> None:
    async def run() -> None:
        async with intake.head_start(room, []):
            await asyncio.sleep(0)

    asyncio.run(run())
    assert polled == []
