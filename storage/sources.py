"""Sources and what is remembered of them between two polls."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from sqlalchemy import RowMapping, select, update

from storage.bulk import upsert
from storage.columns import refuse_unstorable
from storage.database import Session
from storage.model import Authority, FetchState, Source, SourceKind
from storage.tables import fetch_states as states_table
from storage.tables import sources


def sync_sources(s: Session, listed: Iterable[Source]) -> None:
    """Make the sources those `listed`: new ones are added, changed ones overwritten, all others disabled.

    Nothing is deleted, since articles point to their source; manual sources stay as they are. A
    source whose address changed forgets the ETag and the like of the old address.
    """
    before = {source.name: source for source in list_sources(s)}
    wanted = {source.name: source for source in listed}
    upsert(s, sources, [_row(source) for source in wanted.values()])
    moved = [name for name, source in wanted.items() if name in before and before[name].url != source.url]
    dropped = [
        name for name, source in before.items() if name not in wanted and source.kind is not SourceKind.MANUAL and source.enabled
    ]
    if moved:
        forget = {"etag": None, "last_modified": None, "body_hash": None, "retry_at": None}
        s.execute(update(states_table).where(states_table.c.source.in_(moved)).values(forget))
    if dropped:
        s.execute(update(sources).where(sources.c.name.in_(dropped)).values(enabled=False))


def list_sources(s: Session) -> list[Source]:
    """All sources by name, disabled and manual ones included."""
    return [_source(row) for row in s.execute(select(sources).order_by(sources.c.name)).mappings()]


def get_source(s: Session, name: str) -> Source | None:
    """The source of that name."""
    row = s.execute(select(sources).where(sources.c.name == name)).mappings().first()
    return None if row is None else _source(row)


def ensure_manual_source(
    s: Session, name: str, title: str = "", authority: Authority = Authority.PRESS, timezone: str = "UTC"
) -> Source:
    """The source of that name; where there is none, a manual one is made for documents ingested by hand."""
    there = get_source(s, name)
    if there is not None:
        return there
    made = Source(name=name, title=title or name, kind=SourceKind.MANUAL, authority=authority, timezone=timezone)
    upsert(s, sources, [_row(made)], update=())
    return made


def fetch_states(s: Session) -> dict[str, FetchState]:
    """What is remembered of each source that was ever polled, by name."""
    return {row["source"]: FetchState(**row) for row in s.execute(select(states_table)).mappings()}


def save_fetch_state(s: Session, state: FetchState) -> None:
    """Remember `state` in place of what was remembered of its source."""
    row = asdict(state)
    for name in ("etag", "last_modified", "error"):
        if row[name] is not None:
            row[name] = _storable(row[name])  # servers may send anything; a poll never fails over it
    upsert(s, states_table, [row])


def _storable(words: str) -> str:
    return words.replace("\0", "").encode("utf-8", "replace").decode()


def _row(source: Source) -> dict[str, Any]:
    row = asdict(source) | {
        "kind": str(source.kind),
        "authority": str(source.authority),
        "tags": list(source.tags),
        "every_s": int(source.every.total_seconds()),
        "matching": source.match,
    }
    del row["every"], row["match"]
    refuse_unstorable(f"source {source.name!r}", row)
    return row


def _source(row: RowMapping) -> Source:
    fields = dict(row)
    return Source(
        kind=SourceKind(fields.pop("kind")),
        authority=Authority(fields.pop("authority")),
        every=timedelta(seconds=fields.pop("every_s")),
        match=fields.pop("matching"),
        tags=tuple(fields.pop("tags")),
        **fields,
    )
