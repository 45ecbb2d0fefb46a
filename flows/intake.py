"""Collect and read, strung together over the database: what is offered becomes articles there.

Sources are polled, documents picked up by hand, the articles Deltawire ships with taken once. Each
entry is read outside any transaction; a chunk of articles is written in one short one.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from flows.account import Account
from flows.collect import Collected, collect, documents
from flows.errors import DocumentError, FetchError
from flows.newsroom import Newsroom
from flows.progress import watcher
from flows.read import read, wanted
from flows.read.urls import canonical_url
from storage import articles, sources
from storage.model import Article, ArticleState, Entry, FetchState, Source, SourceKind

CHUNK = 100
"""Entries read and written at a time."""

SEEDS = "seeds"
"""The source that the articles Deltawire ships with belong to."""

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


_begun: ContextVar[asyncio.Task[Account] | None] = ContextVar("begun", default=None)


@asynccontextmanager
async def head_start(room: Newsroom, names: Sequence[str]) -> AsyncIterator[None]:
    """Begin polling at once, while the rest of a run is still loading; `poll` within the block joins what has begun."""
    task = asyncio.create_task(_poll(room, names)) if names else None
    token = _begun.set(task)
    try:
        yield
    finally:
        _begun.reset(token)
        if task is not None and not task.done():
            task.cancel()


async def poll(room: Newsroom, names: Sequence[str]) -> Account:
    """Fetch these sources and keep what they offer; a source that fails is recorded and told, the others go on."""
    begun = _begun.get()
    if begun is None or (begun.done() and (begun.cancelled() or begun.exception() is not None)):
        return await _poll(room, names)
    return await begun


async def _poll(room: Newsroom, names: Sequence[str]) -> Account:
    with room.database.read() as s:
        states = sources.fetch_states(s)
        chosen = [source for source in sources.list_sources(s) if source.name in names]

    def known(_source: Source, entries: Sequence[Entry]) -> set[str]:
        return _known(room, entries)

    account = Account()
    watcher().begin("fetching", len(chosen))
    async for got in collect(chosen, states, options=room.fetch_options, now=room.now, known=known):
        if got.error is not None:
            watcher().say(f"unreachable: {got.error}")
        elif got.note:
            watcher().say(f"{got.source.name}: {got.note}")
        account += await asyncio.to_thread(_keep, room, got)
        watcher().step()
    return account


def _keep(room: Newsroom, got: Collected) -> Account:
    """Store what one source offered, and only then what is to be sent back to it next time."""
    account = take_in(room, got.source, got.entries)
    with room.database.write() as s:
        sources.save_fetch_state(s, replace(got.state, new=account.new))
    failed = (got.source.name,) if got.error is not None else ()
    return account + Account(polled=1, unchanged=int(not failed and not got.entries), failed=failed)


def _known(room: Newsroom, entries: Iterable[Entry]) -> set[str]:
    """The addresses among these entries whose articles are there already."""
    canonical: dict[str, str] = {}
    for entry in entries:
        try:
            canonical[entry.url] = canonical_url(entry.url)
        except ValueError:
            continue  # reading it will say what is wrong with it
    with room.database.read() as s:
        there = articles.known_urls(s, set(canonical.values()))
    return {url for url, key in canonical.items() if key in there}


def ingest(room: Newsroom, places: Sequence[Path | str], *, source: str, published: datetime | None = None) -> Account:
    """Keep documents given by hand (files, folders, addresses), below a source of that name.

    What cannot be read is told and skipped.
    """
    with room.database.write() as s:
        kept_under = sources.ensure_manual_source(s, source)
    addresses = [str(place) for place in places if _ADDRESS.match(str(place))]
    paths = [place for place in places if not _ADDRESS.match(str(place))]
    account = take_in(room, kept_under, documents(paths, source=source, published=published, now=room.now))
    if addresses:
        account += take_in(room, kept_under, asyncio.run(_pages(room, addresses, source, published)))
    return account


async def _pages(
    room: Newsroom, addresses: Sequence[str], source: str, published: datetime | None
) -> list[Entry | DocumentError]:
    # Half a second of imports that documents on disk should not wait for.
    from flows.collect.fetch import Gate  # noqa: PLC0415
    from flows.collect.pages import Pages  # noqa: PLC0415
    from flows.collect.robots import Robots  # noqa: PLC0415

    async with Gate(room.fetch_options) as gate:
        pages = Pages(gate, Robots(gate, room.fetch_options.agent))

        async def page(url: str) -> Entry | DocumentError:
            try:
                return Entry(source=source, url=url, body=await pages.fetch(url, source=source), published=published)
            except FetchError as error:
                return DocumentError(url, error.problem)

        return await asyncio.gather(*map(page, addresses))


def take_in(room: Newsroom, source: Source, entries: Iterable[Entry | DocumentError]) -> Account:
    """Read entries and keep them as articles, a chunk at a time."""
    account = Account()
    waiting = iter(entries)
    while chunk := list(islice(waiting, CHUNK)):
        readable: list[tuple[Entry, Article]] = []
        problems: list[DocumentError] = []
        for entry in chunk:
            try:
                readable.append(_read(room, source, entry))
            except DocumentError as error:
                problems.append(error)
        kept: list[tuple[Article, str]] = []
        with room.database.write() as s:
            for entry, article in readable:
                try:
                    saved = articles.save_article(s, article, guid=None if source.kind is SourceKind.MANUAL else entry.guid)
                    kept.append((article, saved.kind))
                except ValueError as error:  # a text that no database can hold
                    problems.append(DocumentError(article.url, str(error)))
        for problem in problems:
            watcher().say(f"not read: {problem}")
        account += Account.of_articles(kept, [problem.where for problem in problems])
    return account


def _read(room: Newsroom, source: Source, entry: Entry | DocumentError) -> tuple[Entry, Article]:
    if isinstance(entry, DocumentError):
        raise entry
    article = read(entry, now=room.now)
    if source.match == "watchlist" and article.state is ArticleState.READ and not wanted(article, room.watchlist):
        article = replace(article, state=ArticleState.SET_ASIDE)
    return entry, article


def seeds_changed(room: Newsroom) -> str | None:
    """A hash of the seed articles if they are not in the database as they stand; None if they are."""
    if not room.settings.seeds:
        return None
    folder = room.workspace.articles
    content = hashlib.sha256()
    for path in sorted(path for path in folder.glob("*") if path.is_file()):
        content.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    with room.database.read() as s:
        state = sources.fetch_states(s).get(SEEDS)
    return None if state is not None and state.body_hash == content.hexdigest() else content.hexdigest()


def take_seeds(room: Newsroom) -> Account:
    """Keep the seed articles, unless they are there as they stand."""
    content = seeds_changed(room)
    if content is None:
        return Account()
    account = ingest(room, [room.workspace.articles], source=SEEDS)
    with room.database.write() as s:
        state = FetchState(source=SEEDS, body_hash=content, checked_at=room.now, succeeded_at=room.now, new=account.new)
        sources.save_fetch_state(s, state)
    return account
