"""`sources.yaml`: the places articles come from."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BeforeValidator, Field, field_validator, model_validator

from flows.config.documents import Frozen, load_yaml
from storage.model import Authority, Source, SourceKind

_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def duration(text: object) -> timedelta:
    """ "15m", "1h", "2d", "1w" as a timedelta; ValueError for anything else."""
    if isinstance(text, timedelta):
        return text
    match = re.fullmatch(r"(\d{1,4})\s*([mhdw])", str(text).strip())
    if not match or int(match[1]) == 0:
        raise ValueError("an interval looks like 15m, 1h, 2d or 1w")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


Interval = Annotated[timedelta, BeforeValidator(duration)]


class SourceSpec(Frozen):
    """One entry of `sources.yaml`."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]*$", max_length=80)
    title: str = ""
    kind: Literal["feed", "sitemap", "folder", "warc"] = "feed"
    url: str
    every: Interval = timedelta(hours=1)
    full_text: Literal["auto", "feed", "page"] = "auto"
    match: Literal["all", "watchlist"] = "all"
    authority: Authority = Authority.PRESS
    timezone: str = "UTC"
    tags: tuple[str, ...] = ()
    enabled: bool = True

    @field_validator("timezone")
    @classmethod
    def _zone_exists(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"no such time zone: {name}") from error
        return name

    @model_validator(mode="after")
    def _http_only(self) -> SourceSpec:
        if self.kind in {"feed", "sitemap"} and not re.match(r"https?://[^\s/]+", self.url):
            raise ValueError(f"url must begin with http:// or https://, not {self.url!r}")
        return self

    def to_source(self) -> Source:
        """The same as the vocabulary's `Source`."""
        return Source(
            name=self.name,
            title=self.title or self.name,
            kind=SourceKind(self.kind),
            url=self.url,
            every=self.every,
            full_text=self.full_text,
            match=self.match,
            authority=self.authority,
            timezone=self.timezone,
            tags=self.tags,
            enabled=self.enabled,
        )


class _Sources(Frozen):
    sources: tuple[SourceSpec, ...] = ()

    @model_validator(mode="after")
    def _names_differ(self) -> _Sources:
        seen: set[str] = set()
        for source in self.sources:
            if source.name in seen:
                raise ValueError(f"name given twice: {source.name}")
            seen.add(source.name)
        return self


def load_sources(path: Path) -> tuple[Source, ...]:
    """The sources listed at `path`; ConfigError where the file is wrong."""
    return tuple(spec.to_source() for spec in load_yaml(path, _Sources).sources)
