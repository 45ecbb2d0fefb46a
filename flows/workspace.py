"""The files a home is configured by, with the seeds standing in for those it does not have."""

# ruff: noqa: PLC0415 - what a command does not use it does not load
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flows.errors import ConfigError
from flows.settings import Settings, line_of

if TYPE_CHECKING:
    from flows.config import Catalogue, Watchlist
    from flows.digest.profile import Profile
    from storage.model import Source

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
"""What Deltawire ships with; beside the package in a checkout and in an installed wheel alike."""

STARTERS = ("deltawire.toml", "sources.yaml", "watchlist.yaml")
"""The files a person makes their own."""


def starter(name: str) -> str:
    """The commented file of that name to start from."""
    return (SEEDS / name).read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Workspace:
    """A home: its settings and its three configuration files. Loading one raises ConfigError where it is wrong."""

    settings: Settings

    def path(self, name: str) -> Path:
        """The home's own file of that name, else the seeds'."""
        own = self.settings.home / name
        return own if own.exists() else SEEDS / name

    def sources(self) -> tuple[Source, ...]:
        """The sources of `sources.yaml`."""
        from flows.config import load_sources

        return load_sources(self.path("sources.yaml"))

    def watchlist(self) -> Watchlist:
        """The watchlist of `watchlist.yaml`."""
        from flows.config import load_watchlist

        return load_watchlist(self.path("watchlist.yaml"))

    def catalogue(self) -> Catalogue:
        """The predicates of `catalogue.yaml`."""
        from flows.config import load_catalogue

        return load_catalogue(self.path("catalogue.yaml"))

    def profile(self, name: str) -> Profile:
        """For whom a digest is made: `[profiles.NAME]` of deltawire.toml; `default` need not be written there."""
        from pydantic import ValidationError

        from flows.digest.profile import Profile

        given = self.settings.profiles.get(name)
        if given is None and name != "default":
            raise ConfigError(str(self.settings.config_file), f"no [profiles.{name}]")
        try:
            return Profile.model_validate({**(given or {}), "name": name})
        except ValidationError as error:
            first = error.errors()[0]
            key = ".".join(map(str, first["loc"]))
            where = line_of(self.settings.config_file, str(first["loc"][0]), table=f"profiles.{name}")
            raise ConfigError(where, f"profiles.{name}.{key}: {first['msg']}") from error

    @property
    def articles(self) -> Path:
        """The folder of articles a fresh database starts from."""
        return SEEDS / "articles"
