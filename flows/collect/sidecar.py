"""What a person says of a document: a YAML file beside it, or front matter at its head."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml

from flows.collect.characters import one_line
from flows.collect.moments import moment
from flows.errors import DocumentError
from storage.model import Authority

_FRONT = re.compile(r"\ufeff?---[ \t]*\n(?P<yaml>.*?)(?:^|\n)(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_LIMIT = 64 * 1024
_Loader: type = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What is said of one document; None where nothing is said."""

    title: str | None = None
    url: str | None = None
    source: str | None = None
    language: str | None = None
    author: str | None = None
    published: tuple[datetime, date] | None = None
    updated: datetime | None = None
    authority: Authority | None = None
    timezone: str | None = None

    def over(self, other: Metadata) -> Metadata:
        """These statements, with `other`'s where this one says nothing."""
        said: dict[str, Any] = {name: value for name in self.__slots__ if (value := getattr(self, name)) is not None}
        return replace(other, **said)


def split_front_matter(text: str, where: str) -> tuple[Metadata, str]:
    """The metadata at the head of a Markdown text, and the text after it.

    DocumentError with file and line where the front matter does not end or is not readable.
    """
    if not re.match(r"\ufeff?---[ \t]*\n", text):
        return Metadata(), text
    match = _FRONT.match(text, 0, _LIMIT)
    if not match:
        raise DocumentError(f"{where}:1", "the front matter does not end: no line of --- after it")
    return parse_metadata(match["yaml"], where, first_line=2), text[match.end() :]


def read_sidecar(path: Path) -> Metadata:
    """The metadata in the YAML file at `path`; DocumentError with file and line where it is wrong."""
    try:
        if path.stat().st_size > _LIMIT:
            raise DocumentError(str(path), f"larger than {_LIMIT // 1024} kB: not a document's metadata")
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise DocumentError(str(path), f"not UTF-8 at byte {error.start}") from error
    except OSError as error:
        raise DocumentError(str(path), f"cannot be read: {error.strerror or error}") from error
    return parse_metadata(text, str(path), first_line=1)


def parse_metadata(text: str, where: str, *, first_line: int) -> Metadata:
    """YAML `text` as metadata. Values are taken as they are written: `no` is a language, not a falsehood.

    Keys that mean nothing here are passed over: front matter is also other programs'.
    """
    try:
        node = yaml.compose(text, _Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = first_line + (mark.line if mark else 0)
        raise DocumentError(f"{where}:{line}", f"not YAML: {getattr(error, 'problem', None) or error}") from error
    except RecursionError as error:
        raise DocumentError(f"{where}:{first_line}", "not YAML: nested too deeply") from error
    if node is None:
        return Metadata()
    if not isinstance(node, yaml.MappingNode):
        raise DocumentError(f"{where}:{first_line + node.start_mark.line}", "not metadata: a list of `key: value` is wanted")
    fields: dict[str, str] = {}
    lines: dict[str, int] = {}
    for key, value in node.value:
        name = str(key.value)
        lines[name] = first_line + key.start_mark.line
        if isinstance(value, yaml.ScalarNode):
            fields[name] = str(value.value)
        elif name in Metadata.__slots__:
            raise DocumentError(f"{where}:{lines[name]}", f"{name}: one value is wanted")
    try:
        return from_fields(fields)
    except _WrongField as error:
        raise DocumentError(f"{where}:{lines[error.name]}", f"{error.name}: {error.problem}") from error


class _WrongField(ValueError):
    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name}: {problem}")
        self.name = name
        self.problem = problem


def from_fields(fields: Mapping[str, str]) -> Metadata:
    """Metadata from plain strings; ValueError names the field that is wrong."""
    timezone = fields.get("timezone", "").strip() or None
    if timezone:
        try:
            ZoneInfo(timezone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise _WrongField("timezone", f"no such time zone: {one_line(timezone, 60)}") from error
    authority = fields.get("authority", "").strip() or None
    if authority and authority not in {str(known) for known in Authority}:
        raise _WrongField("authority", f"one of {', '.join(Authority)} is wanted, not {one_line(authority, 60)}")
    published, updated = (_moment(fields, name, timezone) for name in ("published", "updated"))
    return Metadata(
        title=_plain(fields, "title"),
        url=_plain(fields, "url", 2_000),
        source=_plain(fields, "source", 200),
        language=_plain(fields, "language", 20),
        author=_plain(fields, "author", 200),
        published=published,
        updated=updated[0] if updated else None,
        authority=Authority(authority) if authority else None,
        timezone=timezone,
    )


def _plain(fields: Mapping[str, str], name: str, limit: int = 500) -> str | None:
    text = one_line(fields.get(name, ""), limit)
    return None if text in {"", "null", "~"} else text


def _moment(fields: Mapping[str, str], name: str, timezone: str | None) -> tuple[datetime, date] | None:
    text = _plain(fields, name)
    if text is None:
        return None
    found = moment(text, timezone or "UTC")
    if found is None:
        raise _WrongField(name, f"a date or time (2026-01-07, 2026-01-07T09:30:00Z) is wanted, not {text[:60]!r}")
    return found
