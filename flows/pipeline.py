"""The stations strung together over the database, without Prefect: what flows, `ingest` and tests share.

Every step takes up what the database says is left to do, computes outside any transaction and
writes in one short one, so that a step may be killed and begun again at any point.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from flows.account import Account
from flows.collect.documents import documents
from flows.errors import DocumentError
from flows.extract.engine import NAME
from flows.newsroom import Newsroom
from flows.progress import watcher
from flows.read import read, wanted
from flows.read.urls import canonical_url
from flows.reconcile.apply import reconcile, tick
from storage import articles, claims, sources
from storage.changes import last_seq
from storage.digests import last_digest
from storage.model import Article, ArticleState, Claim, Entry, FetchState, Source, SourceKind

CHUNK = 100
"""Documents a chunk: about a second of reading and extracting, and one write transaction."""

DEFAULT_PROFILE = "default"

SEEDS = "seeds"
"""The source that the articles Deltawire ships with belong to."""


def prepare(room: Newsroom) -> None:
    """See that all configuration is right; bring the schema up to date, and the table of sources in line with its file."""
    listed = room.workspace.sources()
    _ = room.watchlist, room.catalogue
    room.database.upgrade()
    with room.database.write() as s:
        sources.sync_sources(s, listed)


def due_sources(room: Newsroom, names: Sequence[str] = (), *, everything: bool = False) -> list[str]:
    """Which enabled sources to poll now: those that are due, or `names` if given, or all."""
    from flows.collect import due

    with room.database.read() as s:
        states = sources.fetch_states(s)
        known = [source for source in sources.list_sources(s) if source.enabled and source.kind is not SourceKind.MANUAL]
    if names:
        return [source.name for source in known if source.name in names]
    return [source.name for source in known if everything or due(source, states.get(source.name), room.now)]


async def poll(room: Newsroom, names: Sequence[str]) -> Account:
    """Fetch these sources and keep what they offer; a source that fails is recorded and told, the others go on."""
    from flows.collect import collect

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
    return account + Account(polled=1, unchanged=int(got.state.status == 304), failed=failed)


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


def ingest(room: Newsroom, paths: Sequence[Path | str], *, source: str, published: datetime | None = None) -> Account:
    """Keep documents given by hand, below a source of that name; what cannot be read is told and skipped."""
    with room.database.write() as s:
        kept_under = sources.ensure_manual_source(s, source)
    return take_in(room, kept_under, documents(paths, source=source, published=published, now=room.now))


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


def unextracted(room: Newsroom, limit: int = CHUNK) -> list[str]:
    """Revisions that this extractor, with this watchlist and catalogue, has not seen yet."""
    with room.database.read() as s:
        return claims.pending_extraction(s, NAME, room.extractor_version, limit)


def extract(room: Newsroom, revisions: Sequence[str]) -> Account:
    """Find the claims of these revisions. One that the extractor fails on is told, and counts as without claims."""
    with room.database.read() as s:
        texts = articles.load_revisions(s, revisions)
    found: dict[str, Sequence[Claim]] = {}
    problems: list[str] = []
    for article in texts:
        try:
            made = room.extractor.extract(article, now=room.now).claims
        except Exception as error:  # noqa: BLE001 - a text may break a rule of ours; the other texts are worth reading all the same
            problems.append(article.url)
            watcher().say(f"not extracted: {article.url}: {type(error).__name__}: {error}")
            made = ()
        found[article.revision] = made
        watcher().step()
    with room.database.write() as s:
        count = claims.save_extractions(s, NAME, room.extractor_version, found)
    return Account(claims=count, unreadable=tuple(problems))


def unreconciled(room: Newsroom, limit: int = CHUNK) -> list[str]:
    """Revisions whose claims are not in the facts yet."""
    with room.database.read() as s:
        return claims.pending_reconcile(s, limit)


def settle(room: Newsroom, revisions: Sequence[str]) -> Account:
    """Let the claims of these revisions count: facts are decided anew, and what changed enters the ledger."""
    with room.database.write() as s:
        account = Account.of_changes(reconcile(s, room.catalogue, revisions, now=room.now))
    watcher().step(len(revisions))
    return account


def let_time_pass(room: Newsroom) -> Account:
    """Promises fall due, or overdue."""
    with room.database.write() as s:
        return Account.of_changes(tick(s, room.catalogue, now=room.now))


def work_off(room: Newsroom) -> Account:
    """Extract and reconcile until nothing is left to do, then let time pass."""
    account = Account()
    while chunk := unextracted(room):
        account += extract(room, chunk)
    while chunk := unreconciled(room):
        account += settle(room, chunk)
    return account + let_time_pass(room)


def anything_to_do(room: Newsroom, due: Sequence[str], *, digest: bool) -> bool:
    """Whether a run would find work: sources to poll, texts or claims waiting, time having passed, changes untold."""
    if due or seeds_changed(room) is not None or unextracted(room, 1) or unreconciled(room, 1):
        return True
    if let_time_pass(room).changes:
        return True
    with room.database.read() as s:
        told = last_digest(s, DEFAULT_PROFILE)
        return digest and last_seq(s) > (told.window.upto_seq if told else 0)
