"""The findings of `deltawire doctor`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from flows.cli.words import day
from flows.clock import time_text
from flows.errors import DeltawireError
from storage.articles import counts
from storage.errors import StorageError
from storage.sources import fetch_states

if TYPE_CHECKING:
    from flows.cli.app import App


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it is well, what there is to say, and what to do where it is not."""

    about: str
    well: bool
    says: str
    remedy: str = ""


def examine(app: App) -> Iterator[Finding]:
    """Look at everything a run needs, each by itself: what fails in one does not hide the next."""
    yield Finding("deltawire", True, f"{_version('deltawire')} on Python {sys.version.split()[0]}")
    try:
        home = app.settings.home
    except DeltawireError as error:
        yield Finding("settings", False, str(error), "mend the line or take it out")
        return
    yield from _home(app)
    yield from _database(app)
    yield from _configuration(app)
    prefect = _version("prefect")
    yield Finding("prefect", prefect is not None, prefect or "not installed", "" if prefect else "pip install prefect")
    yield from _model(app)
    yield from _mail(app)
    del home


def _home(app: App) -> Iterator[Finding]:
    home = app.settings.home
    there = home.is_dir()
    writable = os.access(home if there else home.parent, os.W_OK)
    says = f"{home}" + ("" if there else " (made by the first run)")
    yield Finding("home", writable, says, "" if writable else "choose another with --home or DELTAWIRE_HOME")


def _database(app: App) -> Iterator[Finding]:
    try:
        with app.database.read() as session:
            there = counts(session)
    except StorageError as error:
        yield Finding("database", False, str(error), "see DELTAWIRE_DATABASE_URL, or restore a backup")
        return
    sizes = ", ".join(f"{there[name]} {name}" for name in ("articles", "claims", "facts", "changes"))
    yield Finding("database", True, f"{app.database.url_without_password}, schema {app.database.schema()}: {sizes}")


def _configuration(app: App) -> Iterator[Finding]:
    for name, load in (("watchlist", app.workspace.watchlist), ("catalogue", app.workspace.catalogue)):
        try:
            load()
            yield Finding(name, True, str(app.workspace.path(f"{name}.yaml")))
        except DeltawireError as error:
            yield Finding(name, False, str(error), "mend the line, or compare with what deltawire init writes")
    try:
        listed = [source for source in app.workspace.sources() if source.enabled]
        with app.database.read() as session:
            states = {name: state for name, state in fetch_states(session).items() if name in {source.name for source in listed}}
    except (DeltawireError, StorageError) as error:
        yield Finding("sources", False, str(error), "mend the line, or compare with what deltawire init writes")
        return
    checks = sorted(state.checked_at for state in states.values() if state.checked_at)
    failing = sorted(name for name, state in states.items() if state.error)
    says = f"{len(listed)} enabled, last check {day(time_text(checks[-1])) if checks else 'never'}"
    if failing:
        says += f", {len(failing)} failing"
    reachable = not checks or len(failing) < len(listed)
    yield Finding(
        "sources", reachable, says, "" if reachable else "no source answers: is there a network? (deltawire sources list)"
    )


def _model(app: App) -> Iterator[Finding]:
    settings = app.settings
    if not settings.llm:
        half = settings.llm_base_url or settings.llm_model
        says = "not set up: the rules read alone" + (" (llm_base_url and llm_model belong together)" if half else "")
        yield Finding("model", not half, says, "set both in deltawire.toml, or neither" if half else "")
        return
    there = _version("pydantic-ai-slim") is not None and _version("openai") is not None
    says = f"{settings.llm_model} at {settings.llm_base_url}, {'with a key' if settings.llm_api_key else 'without a key'}"
    if not there:
        yield Finding("model", False, says + "; its client is not installed", "pip install 'deltawire[llm]'")
        return
    model = app.newsroom.model
    used = model.budget.day if model else None
    yield Finding("model", True, says + (f"; today {used.requests} requests, {used.tokens} tokens" if used else ""))


def _mail(app: App) -> Iterator[Finding]:
    del app  # digests are files for now; mail has no settings yet
    yield Finding("mail", True, "not set up: digests are written as files")


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
