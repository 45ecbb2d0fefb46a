"""The flow `track`: collect, read, extract, reconcile.

Tasks take names and ids, never texts: what lies between them lies in the database, so that a run
that dies is taken up by the next. One task polls all sources, concurrently inside; one task for
each chunk of documents does the rest.
"""

from __future__ import annotations

import asyncio
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from prefect import flow, tags, task
from prefect.artifacts import acreate_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.runtime import flow_run

from flows import intake, pipeline, schedule
from flows.account import Account
from flows.newsroom import Newsroom
from flows.progress import watcher
from flows.settings import find_home, load_settings
from storage.model import FetchState
from storage.sources import fetch_states, list_sources


class Where(NamedTuple):
    """A home at a moment: all that a task needs to find the rest."""

    home: str
    config: str | None
    now: datetime


def where(home: str | None, config: str | None, now: datetime | None) -> Where:
    """The home meant and the moment meant: the user's, and this one, where nothing is said."""
    place = find_home(Path(home) if home else None)
    return Where(str(place), config, now or load_settings(place, Path(config) if config else None).clock())


@lru_cache(maxsize=4)
def newsroom(here: Where) -> Newsroom:
    """One newsroom for all tasks of a run: its extractor takes a while to build."""
    return Newsroom.open(here.home, here.config, here.now)


def _named() -> str:
    moment = flow_run.parameters.get("now") or flow_run.scheduled_start_time
    return f"track at {moment:%Y-%m-%d %H:%M} UTC"


@task(name="poll", cache_policy=NO_CACHE, retries=1, retry_delay_seconds=5, task_run_name="poll {count} sources")
async def poll(here: Where, names: list[str], count: int) -> Account:
    """Fetch these sources. A source that fails is no failure of the task; only ours is, and is tried once more."""
    del count  # it is part of the run's name
    return await intake.poll(newsroom(here), names)


@task(name="extract", cache_policy=NO_CACHE, task_run_name="extract {count} texts")
async def extract(here: Where, revisions: list[str], count: int) -> Account:
    """Claims of one chunk of revisions."""
    del count
    return await asyncio.to_thread(pipeline.extract, newsroom(here), revisions)


@task(name="reconcile", cache_policy=NO_CACHE, task_run_name="reconcile {count} texts")
async def reconcile(here: Where, revisions: list[str], count: int) -> Account:
    """Facts and changes of one chunk of revisions."""
    del count
    return await asyncio.to_thread(pipeline.settle, newsroom(here), revisions)


@flow(name="track", flow_run_name=_named, persist_result=False)
async def track(
    home: str | None = None,
    config: str | None = None,
    now: datetime | None = None,
    sources: list[str] | None = None,
    everything: bool = False,
    reextract: bool = False,
) -> Account:
    """Poll what is due (or `sources`, or everything), read, extract and reconcile what is new.

    `reextract` has the present extractor also read again what an earlier one read.
    """
    here = where(home, config, now)
    room = newsroom(here)
    with tags("deltawire"):
        account = await asyncio.to_thread(intake.take_seeds, room)
        if names := schedule.due_sources(room, sources or (), everything=everything):
            account += await poll(here, names, len(names))
        watcher().begin("extracting")
        while chunk := pipeline.unextracted(room, again=reextract):
            account += await extract(here, chunk, len(chunk))
        watcher().begin("reconciling")
        while chunk := pipeline.unreconciled(room):
            account += await reconcile(here, chunk, len(chunk))
        account += await asyncio.to_thread(pipeline.let_time_pass, room)
        account += pipeline.outdated(room)
    await acreate_table_artifact(_sources_table(room), key="sources", description="Every source and how its last check went")
    room.database.close()
    return account


def _sources_table(room: Newsroom) -> list[dict[str, object]]:
    with room.database.read() as s:
        states = fetch_states(s)
        known = list_sources(s)
    return [
        {
            "source": source.name,
            "checked": f"{state.checked_at:%Y-%m-%d %H:%M}" if state.checked_at else "never",
            "status": state.status,
            "entries": state.entries,
            "new": state.new,
            "error": state.error or "",
        }
        for source in known
        if source.enabled
        for state in [states.get(source.name) or FetchState(source=source.name)]
    ]
