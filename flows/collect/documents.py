"""Documents by hand: files and folders become entries, each bad one an error of its own."""

from __future__ import annotations

import codecs
import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from flows.collect.moments import day_in
from flows.collect.sidecar import Metadata, from_fields, read_sidecar, split_front_matter
from flows.errors import DocumentError
from storage.model import Authority, Entry

LIMIT = 10_000_000
"""Bytes a document may have. What is longer is no news article."""

_MEDIA = {
    ".txt": "text/plain", ".text": "text/plain", "": "text/plain", ".md": "text/markdown", ".markdown": "text/markdown",
    ".html": "text/html", ".htm": "text/html", ".xhtml": "text/html",
}  # fmt: skip
_RECORDS = {".json", ".jsonl", ".ndjson"}
_SIDECARS = {".yaml", ".yml"}
_DECLARED = re.compile(
    rb"""<(?:meta\b[^>]{0,200}?\bcharset|\?xml\b[^>]{0,100}?\bencoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BODIES = (("text", "text/plain"), ("html", "text/html"), ("body", "text/plain"), ("markdown", "text/markdown"))


def documents(
    paths: Sequence[Path | str], *, source: str, published: datetime | None = None, now: datetime | None = None
) -> Iterator[Entry | DocumentError]:
    """The documents at `paths`, in order: text, Markdown, HTML, JSON, JSON lines; folders in the order of their names.

    A file `NAME.yaml` beside a document (`NAME.txt` or `NAME`) tells its title, url, source,
    published, language, author, authority and timezone; it goes before front matter. `source` is
    the source the entries are recorded under; a document's own `source` is its publisher.
    `published` is when those were published that do not say so themselves. Without a `url`
    a document is known by its `file:` URI. `guid` is the path as it was given.

    What cannot be read is yielded as a DocumentError that names file, line or byte; nothing is raised.
    `now` is not needed yet; later kinds of document may ask for the time of reading.
    """
    for path in paths:
        for file in _files(Path(path)):
            try:
                for found in _entries(file, source):
                    if published is not None and isinstance(found, Entry) and found.published is None:
                        yield replace(found, published=published, published_on=day_in(published, found.timezone))
                    else:
                        yield found
            except DocumentError as error:
                yield error


def _files(path: Path) -> Iterator[Path]:
    """The files at or below `path`; hidden ones and sidecars are passed over in folders."""
    if not path.is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(folder, name)
            if not name.startswith(".") and file.suffix.lower() not in _SIDECARS:
                yield file


def _entries(path: Path, source: str) -> Iterator[Entry | DocumentError]:
    data = _bytes(path)
    suffix = path.suffix.lower()
    if suffix not in _MEDIA and suffix not in _RECORDS:
        if b"\0" in data and not _marked(data):
            raise DocumentError(str(path), f"binary: a NUL at byte {data.index(0)}")
        raise DocumentError(str(path), f"not a kind of document read here ({', '.join(sorted({*_MEDIA, *_RECORDS} - {''}))})")
    text = _decoded(data, path)
    if not text.strip():
        raise DocumentError(str(path), "empty")
    if suffix in _RECORDS:
        yield from _records(text, path, source)
        return
    media_type = _MEDIA[suffix]
    said = _beside(path)
    if media_type == "text/markdown":
        front, text = split_front_matter(text, str(path))
        said = said.over(front)
        if not text.strip():
            raise DocumentError(str(path), "empty after its front matter")
    yield _entry(said, text, media_type, source, path, guid=str(path))


def _entry(said: Metadata, body: str, media_type: str, source: str, path: Path, *, guid: str) -> Entry:
    return Entry(
        source=source,
        url=said.url or path.resolve().as_uri() + guid.removeprefix(str(path)).replace(":", "#"),
        title=said.title or "",
        body=body,
        media_type=media_type,
        published=said.published[0] if said.published else None,
        published_on=said.published[1] if said.published else None,
        updated=said.updated,
        language=said.language,
        author=said.author,
        guid=guid,
        publisher=said.source,
        authority=said.authority or Authority.PRESS,
        timezone=said.timezone or "UTC",
    )


def _bytes(path: Path) -> bytes:
    """The file's bytes; its size is looked at before it is read."""
    try:
        status = path.stat()
        if not path.is_file():
            raise DocumentError(str(path), "not a file")
        if status.st_size > LIMIT:
            size = f"{status.st_size / 1e6:.1f} MB"
            raise DocumentError(str(path), f"too large: {size}, and a document may have {LIMIT // 1_000_000} MB")
        with path.open("rb") as file:
            data = file.read(LIMIT + 1)
    except FileNotFoundError as error:
        raise DocumentError(str(path), "no such file") from error
    except (OSError, ValueError) as error:
        raise DocumentError(str(path), f"cannot be read: {getattr(error, 'strerror', None) or error}") from error
    if len(data) > LIMIT:
        raise DocumentError(str(path), f"too large: it grew past {LIMIT // 1_000_000} MB while it was read")
    if not data:
        raise DocumentError(str(path), "empty")
    return data


def _marked(data: bytes) -> str | None:
    """The encoding that a byte-order mark states."""
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def _decoded(data: bytes, path: Path) -> str:
    """The text, as UTF-8 unless a byte-order mark or the markup itself declares another encoding. Nothing is guessed."""
    marked = _marked(data)
    if b"\0" in data and (marked is None or marked == "utf-8-sig"):
        raise DocumentError(str(path), f"binary: a NUL at byte {data.index(0)}")
    declared = _DECLARED.search(data, 0, 2_048) if path.suffix.lower() in {".html", ".htm", ".xhtml"} else None
    encoding = marked or (declared[1].decode("ascii", "replace") if declared else "utf-8")
    try:
        return data.decode(encoding).replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise DocumentError(
            str(path), f"not {encoding.removesuffix('-sig').upper()} at byte {error.start}: {error.reason}"
        ) from error
    except (LookupError, ValueError) as error:
        raise DocumentError(str(path), f"declares an encoding that is not known: {encoding}") from error


def _beside(path: Path) -> Metadata:
    """What the YAML file beside a document says: `NAME.txt.yaml` or `NAME.yaml`."""
    for candidate in (path.with_name(f"{path.name}.yaml"), path.with_suffix(".yaml"), path.with_suffix(".yml")):
        if candidate != path and candidate.is_file():
            return read_sidecar(candidate)
    return Metadata()


def _records(text: str, path: Path, source: str) -> Iterator[Entry | DocumentError]:
    """The documents of a JSON file (an object or a list of them) or of JSON lines; each bad one an error of its own."""
    beside = _beside(path)
    if path.suffix.lower() == ".json":
        found = _parsed(text, str(path))
        if not isinstance(found, list):
            yield _from_record(found, str(path), path, source, beside)
            return
        for at, record in enumerate(found, 1):
            try:
                yield _from_record(record, f"{path}#{at}", path, source, beside)
            except DocumentError as error:
                yield error
        return
    for at, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield _from_record(_parsed(line, f"{path}:{at}"), f"{path}:{at}", path, source, beside)
            except DocumentError as error:
                yield error


def _parsed(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        line = "" if error.lineno == 1 else f":{error.lineno}"
        raise DocumentError(f"{where}{line}", f"not JSON: {error.msg} (column {error.colno})") from error
    except (ValueError, RecursionError) as error:
        raise DocumentError(where, "not JSON: nested too deeply, or a number too long") from error


def _from_record(record: Any, where: str, path: Path, source: str, beside: Metadata) -> Entry:
    if not isinstance(record, dict):
        raise DocumentError(where, "an object with title, url and text (or html) is wanted")
    body = next(((value, kind) for key, kind in _BODIES if isinstance(value := record.get(key), str) and value.strip()), None)
    if body is None:
        raise DocumentError(where, "no text: one of the keys text, html, body is wanted")
    if "\0" in body[0]:
        raise DocumentError(where, f"binary: a NUL at character {body[0].index(chr(0))} of its text")
    try:
        said = from_fields({key: value for key, value in record.items() if isinstance(value, str)})
    except ValueError as error:
        raise DocumentError(where, str(error)) from error
    return _entry(said.over(beside), body[0], body[1], source, path, guid=where)
