"""Digests as files: `digests/<profile>/<window>/digest.*`, and the newest also as `latest.*`."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from flows.digest.document import Document
from flows.digest.render import FORMATS, render
from flows.errors import DeltawireError

_UNSAFE = re.compile(r"[^a-z0-9._-]+")


def write_digest(document: Document, home: Path, *, out: Path | None = None, formats: Iterable[str] = FORMATS) -> list[Path]:
    """Write the document in `formats`; the paths written, `latest.*` last.

    Below `home` it goes to `digests/<profile>/<window>/digest.<format>`; with `out`, only to
    `out/digest.<format>`. Each file appears whole or not at all, and is on disk when this returns.
    DeltawireError naming the path where it cannot be written, ValueError for an unknown format.
    """
    texts = {kind: render(document, kind) for kind in dict.fromkeys(formats)}
    if out is not None:
        return [_write(out / f"digest.{kind}", text) for kind, text in texts.items()]
    folder = home / "digests" / safe_name(document.profile)
    written = [_write(folder / window_name(document) / f"digest.{kind}", text) for kind, text in texts.items()]
    return written + [_write(folder / f"latest.{kind}", text) for kind, text in texts.items()]


def window_name(document: Document) -> str:
    """The window as a folder's name that sorts by time: "2026-01-08-000001-000143"."""
    window = document.window
    return f"{document.made_at:%Y-%m-%d}-{window.after_seq + 1:06d}-{window.upto_seq:06d}"


def safe_name(text: str) -> str:
    """A name that is one plain folder on any file system."""
    return _UNSAFE.sub("-", text.lower()).strip("-.")[:60] or "digest"


def _write(path: Path, text: str) -> Path:
    """Write beside the target, sync, then move into place."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise DeltawireError(f"{path}: cannot be written: {error.strerror or error}") from error
    return path


def _sync_folder(folder: Path) -> None:
    """Make the move itself durable, where the system lets a folder be synced."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
