"""Polling: what is due, what a server is asked and told, and what is remembered of its answer."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING

from flows.collect.moments import moment
from flows.collect.options import FetchOptions
from flows.errors import FetchError, SourceError
from storage.model import Entry, FetchState, Source, SourceKind

if TYPE_CHECKING:
    from flows.collect.fetch import Answer, Gate
    from flows.collect.pages import Pages

MOST_PAGES = 20
"""New article pages one source may cost in one run; the rest come with the next runs."""
SUMMARY = 600
"""A feed's entry with less text than this is taken for a summary: two paragraphs."""
_DAY = timedelta(days=1)
_GONE = timedelta(days=30)

Known = Callable[[Source, Sequence[Entry]], set[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What came of polling one source. `state` is to be saved, after the entries were.

    With an `error` there are no entries. `note` is for the reader of a log: pages that could not be
    had, pages left for the next run.
    """

    source: Source
    state: FetchState
    entries: tuple[Entry, ...] = ()
    error: SourceError | None = None
    note: str | None = None


def due(source: Source, state: FetchState | None, now: datetime) -> bool:
    """Whether `source` is to be polled at `now`: its interval has passed, and no server asked to wait longer."""
    if not source.enabled or source.kind is not SourceKind.FEED:
        return False
    if state is None or state.checked_at is None:
        return True
    if state.retry_at is not None and now < state.retry_at:
        return False
    return now - state.checked_at >= source.every


async def collect(
    sources: Sequence[Source],
    states: Mapping[str, FetchState],
    *,
    options: FetchOptions,
    now: datetime,
    known: Known,
) -> AsyncIterator[Collected]:
    """Poll every one of `sources`, side by side, and give each as it is done; a bad one never stops the others.

    `known` tells which of a source's entries are articles already, by their addresses: their pages
    are not fetched again. What it raises is raised here.
    """
    # Half a second of imports that commands which never poll should not wait for.
    from flows.collect.fetch import Gate  # noqa: PLC0415
    from flows.collect.pages import Pages  # noqa: PLC0415
    from flows.collect.robots import Robots  # noqa: PLC0415

    async with Gate(options) as gate:
        pages = Pages(gate, Robots(gate, options.agent))
        polls = [
            asyncio.ensure_future(
                _poll(source, states.get(source.name) or FetchState(source=source.name), gate, pages, now, known)
            )
            for source in sources
            if source.kind is SourceKind.FEED
        ]
        try:
            for poll in asyncio.as_completed(polls):
                yield await poll
        finally:
            for task in polls:
                task.cancel()
            await asyncio.gather(*polls, return_exceptions=True)


async def _poll(source: Source, state: FetchState, gate: Gate, pages: Pages, now: datetime, known: Known) -> Collected:
    """One source: fetched, parsed, its new articles' pages fetched where the feed gives only summaries."""
    try:
        answer = await gate.get(source.url, source=source.name, headers=_conditions(state))
        entries, state = _taken(source, state, answer, now)
    except SourceError as error:
        return Collected(source=source, state=_failed(source, state, error, now), error=error)
    except Exception as error:  # noqa: BLE001 - a defect met by one source must not cost the others their poll
        unexpected = SourceError(source.name, f"unexpected {type(error).__name__}: {error}")
        unexpected.__cause__ = error
        return Collected(source=source, state=_failed(source, state, unexpected, now), error=unexpected)
    if not entries:
        return Collected(source=source, state=state)
    there = known(source, entries)
    return await _completed(source, replace(state, new=sum(entry.url not in there for entry in entries)), entries, there, pages)


def _conditions(state: FetchState) -> dict[str, str]:
    """The headers that ask for a feed only if it changed; validators go back exactly as they came."""
    headers = {"Accept": "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"}
    if state.etag:
        headers["If-None-Match"] = state.etag
    if state.last_modified:
        headers["If-Modified-Since"] = state.last_modified
    return headers


def _taken(source: Source, state: FetchState, answer: Answer, now: datetime) -> tuple[tuple[Entry, ...], FetchState]:
    """The entries in an answer, none where nothing changed, and the state that follows; SourceError where it is no feed."""
    from flows.collect.feeds import parse  # noqa: PLC0415 - feedparser takes its time to import

    well = replace(state, checked_at=now, succeeded_at=now, status=answer.status, failures=0, error=None, retry_at=None, new=0)
    if answer.status == HTTPStatus.NOT_MODIFIED and (state.etag or state.last_modified):
        return (), well
    if not 200 <= answer.status < 300:
        raise _Refused(source.name, _status(answer.status), answer)
    body_hash = hashlib.sha256(answer.body).hexdigest()
    well = replace(well, etag=answer.headers.get("etag"), last_modified=answer.headers.get("last-modified"), body_hash=body_hash)
    if body_hash == state.body_hash:
        return (), well
    feed = parse(answer.body, source, url=answer.url, now=now, content_type=answer.headers.get("content-type", ""))
    return feed.entries, replace(well, entries=len(feed.entries))


class _Refused(FetchError):
    """An HTTP error, with the answer that may say how long to wait."""

    def __init__(self, source: str, problem: str, answer: Answer) -> None:
        super().__init__(source, problem)
        self.answer = answer


def _status(status: int) -> str:
    try:
        return f"HTTP {status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"HTTP {status}"


def _failed(source: Source, state: FetchState, error: SourceError, now: datetime) -> FetchState:
    """The state after a failure: counted, and the next try put off by one interval more each time, a day at most."""
    failures = state.failures + 1
    wait = min(source.every * failures, max(_DAY, source.every))
    status = None
    if isinstance(error, _Refused):
        status = error.answer.status
        wait = max(wait, retry_after(error.answer.headers.get("retry-after", ""), now))
        if status == HTTPStatus.GONE:
            wait = max(wait, _GONE)
    return replace(state, checked_at=now, status=status, failures=failures, error=error.problem, retry_at=now + wait, new=0)


def retry_after(header: str, now: datetime) -> timedelta:
    """How long a Retry-After header asks to wait, in seconds or until a date: a day at most, nothing where it says nothing."""
    header = header.strip()
    if header.isascii() and header.isdigit():
        return min(timedelta(seconds=int(header[:9])), _DAY)
    until = moment(header) if header else None
    return min(max(until[0] - now, timedelta()), _DAY) if until else timedelta()


async def _completed(source: Source, state: FetchState, entries: tuple[Entry, ...], there: set[str], pages: Pages) -> Collected:
    """The entries with their articles' pages for bodies where the source's `full_text` asks for it.

    Entries that are articles already and whose text would come from their page are left out: the
    summary is not their text. Entries past the limit are left for the next run, and so are the
    feed's validators, or it would answer that nothing changed.
    """
    wanting = [entry for entry in entries if _wants_page(source, entry)]
    new = [entry for entry in wanting if entry.url not in there]
    chosen = new[:MOST_PAGES]
    left = {entry.url for entry in new[MOST_PAGES:]}
    fetched = await asyncio.gather(*(pages.full(entry) for entry in chosen))
    full = {entry.url: entry for entry, _ in fetched}
    out = tuple(full.get(entry.url, entry) for entry in entries if entry.url in full or not _wants_page(source, entry))
    notes = []
    failures = [problem for _, problem in fetched if problem]
    if failures:
        notes.append(f"{len(failures)} of {len(chosen)} pages not fetched, summaries kept (the first: {failures[0]})")
    if left:
        notes.append(f"{len(left)} new articles left for the next run")
        state = replace(state, etag=None, last_modified=None, body_hash=None, new=state.new - len(left))
    return Collected(source=source, state=state, entries=out, note="; ".join(notes) or None)


def _wants_page(source: Source, entry: Entry) -> bool:
    from flows.collect.feeds import text_length  # noqa: PLC0415 - see above

    if source.full_text == "feed" or not entry.url.startswith(("http://", "https://")):
        return False
    return source.full_text == "page" or text_length(entry) < SUMMARY
