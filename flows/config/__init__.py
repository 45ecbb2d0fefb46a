"""Configuration as data: what to follow, and what there is to know about it.

`sources.yaml`, `watchlist.yaml` and `catalogue.yaml` become frozen pydantic models. A mistake in
a file is a `ConfigError` that names file, line and key.
"""

from flows.config.catalogue import Catalogue, Predicate, load_catalogue
from flows.config.sources import load_sources
from flows.config.watchlist import Entity, EntityKind, Topic, Watchlist, load_watchlist

__all__ = [
    "Catalogue",
    "Entity",
    "EntityKind",
    "Predicate",
    "Topic",
    "Watchlist",
    "load_catalogue",
    "load_sources",
    "load_watchlist",
]
