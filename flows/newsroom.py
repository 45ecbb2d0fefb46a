"""Everything the stations work with, each loaded when first asked for: settings, database, configuration, extractor."""

# ruff: noqa: PLC0415 - what a command does not use it does not load
from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from flows.settings import Settings, load_settings
from flows.workspace import Workspace
from storage.database import Database

if TYPE_CHECKING:
    from flows.collect import FetchOptions
    from flows.config import Catalogue, Watchlist
    from flows.extract.engine import Extractor
    from flows.extract.model.reader import ModelReader


class Newsroom:
    """One home at one moment. `now` is the clock of all that is done in it."""

    def __init__(self, settings: Settings, now: datetime) -> None:
        self.settings = settings
        self.now = now
        self.workspace = Workspace(settings)
        self.failed_on: set[str] = set()  # revisions that the extractor failed on in this run

    @classmethod
    def open(cls, home: Path | str, config_file: Path | str | None, now: datetime) -> Newsroom:
        """The newsroom of a home, for callers that hold nothing but names."""
        settings = load_settings(Path(home), None if config_file is None else Path(config_file))
        return cls(settings, now)

    @cached_property
    def database(self) -> Database:
        """The database; its schema is `pipeline.prepare`'s business."""
        return Database.open(self.settings.url)

    @cached_property
    def watchlist(self) -> Watchlist:
        """Whom and what to follow."""
        return self.workspace.watchlist()

    @cached_property
    def catalogue(self) -> Catalogue:
        """What there is to know about them."""
        return self.workspace.catalogue()

    @cached_property
    def extractor(self) -> Extractor:
        """The extractor for this watchlist and catalogue."""
        from flows.extract.engine import Extractor

        return Extractor(self.watchlist, self.catalogue)

    @cached_property
    def model(self) -> ModelReader | None:
        """The language model that reads beside the rules; None where none is set up. It is asked nothing yet."""
        settings = self.settings
        if not settings.llm:
            return None
        from flows.extract.model.budget import Limits
        from flows.extract.model.line import Pace
        from flows.extract.model.reader import Endpoint, ModelReader

        endpoint = Endpoint(
            base_url=settings.llm_base_url,
            model=settings.llm_model,
            api_key=settings.llm_api_key.get_secret_value() if settings.llm_api_key else None,
            limits=Limits(
                run_requests=settings.llm_run_requests,
                run_tokens=settings.llm_run_tokens,
                day_requests=settings.llm_day_requests,
                day_tokens=settings.llm_day_tokens,
            ),
            pace=Pace(per_minute=settings.llm_requests_per_minute),
        )
        options = replace(self.fetch_options, timeout_s=settings.llm_timeout)
        return ModelReader(endpoint, self.catalogue, options, settings.home / "cache" / "llm", self.now.date())

    @cached_property
    def extractor_version(self) -> str:
        """Changes with the extractor, the watchlist and the catalogue: each makes it worth reading everything again."""
        from flows.extract.engine import VERSION
        from storage.identity import digest

        return f"{VERSION}+{digest(self.watchlist.model_dump(mode='json'), self.catalogue.model_dump(mode='json'))[:8]}"

    @property
    def fetch_options(self) -> FetchOptions:
        """How the network may be used."""
        from flows.collect import FetchOptions

        settings = self.settings
        return FetchOptions(
            contact=settings.contact,
            allow_private_hosts=settings.allow_private_hosts,
            timeout_s=settings.timeout,
            max_bytes=int(settings.max_megabytes * 1_000_000),
            max_connections=settings.max_connections,
            proxy=settings.proxy.get_secret_value() if settings.proxy else None,
        )
