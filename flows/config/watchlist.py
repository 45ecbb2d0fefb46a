"""The watchlist: the entities a reader follows, what they are called, and the topics made of them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path

from pydantic import Field, model_validator

from flows.config.documents import Frozen, load_yaml


class EntityKind(StrEnum):
    """What sort of thing an entity is."""

    ORG = "org"
    PRODUCT = "product"
    PERSON = "person"
    EVENT = "event"
    PLACE = "place"


class Entity(Frozen):
    """One entity. `key` is the lower-case ASCII slug that facts carry."""

    key: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    name: str = Field(min_length=1)
    kind: EntityKind
    aliases: tuple[str, ...] = ()
    maker: str | tuple[str, ...] | None = None  # of a product
    parent: str | None = None  # of a division, a platform, a family
    employer: str | None = None  # of a person, as a hint for coreference only
    ticker: str | None = None
    fiscal_year_end: str | None = None  # "03-31", or "last-sunday-of-january"
    timezone: str | None = None
    start: date | None = None  # of an event
    end: date | None = None
    nouns: tuple[str, ...] = ()  # what a text may call it: "chipmaker", "Beijing-based group"
    not_near: tuple[str, ...] = ()  # words in whose company the name means something else

    @property
    def makers(self) -> tuple[str, ...]:
        """The makers as a tuple, however they were written."""
        if self.maker is None:
            return ()
        return (self.maker,) if isinstance(self.maker, str) else self.maker


class Topic(Frozen):
    """What an article must be about to be wanted."""

    name: str
    entities: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()


class Watchlist(Frozen):
    """All entities and topics. Every key another entry points to must exist."""

    entities: tuple[Entity, ...] = ()
    topics: tuple[Topic, ...] = ()

    @model_validator(mode="after")
    def _keys_exist(self) -> Watchlist:
        keys = [entity.key for entity in self.entities]
        if len(set(keys)) != len(keys):
            twice = sorted({key for key in keys if keys.count(key) > 1})
            raise ValueError(f"key given twice: {', '.join(twice)}")
        known = set(keys)
        for entity in self.entities:
            for target in (*entity.makers, entity.parent, entity.employer):
                if target is not None and target not in known:
                    raise ValueError(f"entity {entity.key} points to {target}, which is not in the list")
        for topic in self.topics:
            for key in topic.entities:
                if key not in known:
                    raise ValueError(f"topic {topic.name} names {key}, which is not in the list")
        return self

    def by_key(self) -> dict[str, Entity]:
        """Entities by key."""
        return {entity.key: entity for entity in self.entities}


def load_watchlist(path: Path) -> Watchlist:
    """The watchlist at `path`; ConfigError where it is not one."""
    return load_yaml(path, Watchlist)
