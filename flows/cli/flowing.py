"""A run as flow runs of Prefect, recorded with their tasks and artifacts, and none of Prefect's waiting time."""

# ruff: noqa: PLC0415 - a command imports what it uses when it runs
from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from flows import intake, prefect_server
from flows.errors import DeltawireError
from flows.newsroom import Newsroom
from flows.progress import watcher

if TYPE_CHECKING:
    from flows.account import Account

Flow = Callable[..., Any]


def run_as_flow(room: Newsroom, config: str | None, due: Sequence[str], *, digest: bool, reextract: bool = False) -> Account:
    """Run `track` for the sources that are due (`reextract`: and for what was read long ago), then `publish`.

    Prefect takes some seconds to load and its server some more: the sources are polled meanwhile,
    and the flow's own task joins what has begun.
    """
    home, log = room.settings.home, room.settings.home / prefect_server.LOG

    async def both() -> Account:
        async with intake.head_start(room, due):
            track, publish = await asyncio.to_thread(_flows)
            prefect_server.keep_logs_apart(home)
            account: Account = await track(str(home), config, room.now, list(due), reextract=reextract)
            return account + await publish(str(home), config, room.now) if digest else account

    watcher().begin("starting")
    prefect_server.bring_along(home)
    try:
        return asyncio.run(both())
    except Exception as error:
        if prefect_server.has_stopped():
            raise DeltawireError(f"Prefect's server has stopped; {log} says why") from error
        raise


def _flows() -> tuple[Flow, Flow]:
    from flows.publish import publish
    from flows.track import track

    return track, publish
