"""Digest and deliver, strung together without Prefect: what the flow `publish` and the command `digest` share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from flows.deliver.files import write_digest
from flows.digest.document import Document
from flows.digest.make import bind, make_digest
from flows.digest.render import FORMATS
from flows.newsroom import Newsroom


def publish(
    room: Newsroom,
    profile: str,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    preview: bool = False,
    formats: Sequence[str] = FORMATS,
    out: Path | None = None,
) -> tuple[Document | None, list[Path]]:
    """The profile's digest and the files it was written to; None and no files where nothing has changed.

    It counts as told once its files are on disk: a run that dies in between writes the same
    files again. A preview, and a window of one's own choosing, never count; they go to `out`,
    else to `digests/<profile>/preview`.
    """
    chosen = since is not None or until is not None
    whose = room.workspace.profile(profile)
    document = make_digest(
        room.database, room.watchlist, room.catalogue, profile=whose, now=room.now, since=since, until=until, save=False
    )
    if document is None:
        return None, []
    aside = room.settings.home / "digests" / whose.name / "preview" if preview or chosen else None
    written = write_digest(document, room.settings.home, out=out or aside, formats=formats)
    if not preview and not chosen:
        bind(room.database, document)
    return document, written
