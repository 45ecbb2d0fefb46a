"""The flow `publish`: digest, deliver."""

from __future__ import annotations

import asyncio
from datetime import datetime

from prefect import flow, tags, task
from prefect.artifacts import acreate_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.runtime import flow_run

from flows import publishing
from flows.account import Account
from flows.digest.render import render
from flows.progress import watcher
from flows.track import Where, newsroom, where


def _named() -> str:
    moment = flow_run.parameters.get("now") or flow_run.scheduled_start_time
    return f"publish {flow_run.parameters['profile']} at {moment:%Y-%m-%d %H:%M} UTC"


@task(name="digest", cache_policy=NO_CACHE, task_run_name="digest for {profile}")
async def digest(here: Where, profile: str) -> list[str]:
    """Write the digest's files, leave it as an artifact, and name the files."""
    document, written = await asyncio.to_thread(publishing.publish, newsroom(here), profile)
    if document is not None:
        await acreate_markdown_artifact(render(document, "md"), key=f"digest-{profile}", description=document.title)
    return [str(path) for path in written]


@flow(name="publish", flow_run_name=_named, persist_result=False)
async def publish(
    home: str | None = None, config: str | None = None, now: datetime | None = None, profile: str = "default"
) -> Account:
    """Tell the profile's reader what changed since the last digest."""
    watcher().begin("digest", 1)
    here = where(home, config, now)
    with tags("deltawire"):
        written = await digest(here, profile)
    newsroom(here).database.close()
    return Account(digests=tuple(path for path in written if path.endswith("latest.html")))
