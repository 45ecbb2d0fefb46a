"""What a run begins with: configuration checked, schema and sources up to date, and which sources are due.

Kept apart from the stations so that a run knows what it is about before it loads them.
"""

from __future__ import annotations

from collections.abc import Sequence

from flows.collect.polling import due
from flows.newsroom import Newsroom
from storage import sources
from storage.model import SourceKind


def prepare(room: Newsroom) -> None:
    """See that all configuration is right; bring the schema up to date, and the table of sources in line with its file."""
    listed = room.workspace.sources()
    _ = room.watchlist, room.catalogue
    room.database.upgrade()
    with room.database.write() as s:
        sources.sync_sources(s, listed)


def due_sources(room: Newsroom, names: Sequence[str] = (), *, everything: bool = False) -> list[str]:
    """Which enabled sources to poll now: those that are due, or `names` if given, or all feeds."""
    with room.database.read() as s:
        states = sources.fetch_states(s)
        known = [source for source in sources.list_sources(s) if source.enabled and source.kind is SourceKind.FEED]
    if names:
        return [source.name for source in known if source.name in names]
    return [source.name for source in known if everything or due(source, states.get(source.name), room.now)]
