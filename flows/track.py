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

from prefect import flow, task
from prefect.artifacts import acreate_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.runtime import flow_run

from flows import intake, pipeline
from flows.account import Account
from flows.newsroom import Newsroom
from flows.progress import watcher
from flows.settings import load_settings
from storage.sources import fetch_states, list_sources


@lru_cache(maxsize=4)
def newsroom(home: str, config: str | None, now: datetime) -> Newsroom:
    """One newsroom for all tasks of a run: its extractor takes a while to build."""
    return Newsroom.open(home, config, now)


def _named() -> str:
    given = flow_run.parameters
    moment = given.get("now") or flow_run.scheduled_start_time
    return f"track at {moment:%Y-%m-%d %H:%M} UTC"


@task(name="poll", cache_policy=NO_CACHE, retries=1, retry_delay_seconds=5, task_run_name="poll {what}")
async def poll(home: str, config: str | None, now: datetime, names: list[str], what: str) -> Account:
    """Fetch these sources. A source that fails is no failure of the task; only ours is, and is tried once more."""
    del what  # it names the run
    return await intake.poll(newsroom(home, config, now), names)


@task(name="extract", cache_policy=NO_CACHE, task_run_name="extract {count} texts")
async def extract(home: str, config: str | None, now: datetime, revisions: list[str], count: int) -> Account:
    """Claims of one chunk of revisions."""
    del count
    return await asyncio.to_thread(pipeline.extract, newsroom(home, config, now), revisions)


@task(name="reconcile", cache_policy=NO_CACHE, task_run_name="reconcile {count} texts")
async def reconcile(home: str, config: str | None, now: datetime, revisions: list[str], count: int) -> Account:
    """Facts and changes of one chunk of revisions."""
    del count
    return await asyncio.to_thread(pipeline.settle, newsroom(home, config, now), revisions)


@flow(name="track", flow_run_name=_named, persist_result=False, validate_parameters=False)
async def track(
    home: str, config: str | None = None, now: datetime | None = None, sources: list[str] | None = None, everything: bool = False
) -> Account:
    """Poll what is due (or `sources`, or everything), read, extract and reconcile what is new."""
    moment = now or load_settings(Path(home)).clock()
    room = newsroom(home, config, moment)
    names = intake.due_sources(room, sources or (), everything=everything)
    account = await asyncio.to_thread(intake.take_seeds, room)
    if names:
        account += await poll(home, config, moment, names, f"{len(names)} sources")
    watcher().begin("extracting")
    while chunk := pipeline.unextracted(room):
        account += await extract(home, config, moment, chunk, len(chunk))
    watcher().begin("reconciling")
    while chunk := pipeline.unreconciled(room):
        account += await reconcile(home, config, moment, chunk, len(chunk))
    account += await asyncio.to_thread(pipeline.let_time_pass, room)
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
            "checked": f"{state.checked_at:%Y-%m-%d %H:%M}"
            if (state := states.get(source.name)) and state.checked_at
            else "never",
            "status": state.status if state else None,
            "entries": state.entries if state else 0,
            "new": state.new if state else 0,
            "error": (state.error if state else None) or "",
        }
        for source in known
        if source.enabled
    ]
