"""The catalogue: the predicates there are, as data. Adding one needs no change to a module."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from flows.config.documents import Frozen, load_yaml

ValueKind = Literal["money", "percent", "ratio", "quantity", "period", "duration", "status", "text"]

Shape = Literal["figure", "growth", "share", "rank", "count", "relation", "status", "measure", "other"]


class Predicate(Frozen):
    """One predicate: what it takes, which qualifiers tell its facts apart, and how texts say it.

    `chains` orders states: two states of one chain agree and the further one is the narrower;
    states with no chain in common contradict each other. `dispute_window` is in days.

    How a text says it: `triggers` are the nouns that name it ("net income"), `verbs` those that
    state it with an amount ("took in"); `phrases` are patterns for relations, written as the page
    on extraction in CONTRIBUTING explains: S and O are the two entities, V a value, T a time,
    `<buy>` any form of a verb, `<be buy>` its passive, `..` a gap. `states` maps a state to its
    phrases. `of` names the figure that a growth predicate measures.
    """

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str
    subject: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    values: tuple[ValueKind, ...] = ()
    unit: str | None = None
    slot: tuple[str, ...] = ()
    many: bool = False
    symmetric: bool = False
    chains: tuple[tuple[str, ...], ...] = ()
    dispute_window: int = Field(default=7, ge=0)
    fulfilled_by: dict[str, str] = Field(default_factory=dict)  # another predicate → its state that makes a plan of this one true
    importance: int = Field(default=5, ge=0, le=10)
    shape: Shape | None = None
    of: str | None = None
    triggers: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    losses: tuple[str, ...] = ()  # nouns that name it with the opposite sign: "operating loss"
    phrases: tuple[str, ...] = ()
    states: dict[str, tuple[str, ...]] = Field(default_factory=dict)  # state → phrases that say it
    unless: tuple[str, ...] = ()  # phrases near which a trigger means something else
    theme: str = "other"  # figures | products | people | relations | other: how digests group it

    @property
    def read_as(self) -> Shape:
        """How the extractor reads it: as said, or what its values and arguments suggest."""
        if self.shape:
            return self.shape
        if self.object:
            return "relation"
        if "status" in self.values:
            return "status"
        if "money" in self.values or "percent" in self.values:
            return "figure"
        if "quantity" in self.values:
            return "count"
        return "other"


class Catalogue(Frozen):
    """All predicates, and the synonyms of the open vocabularies (measure, market, region, …).

    `vocabularies` maps a qualifier's name to slug → phrases.
    """

    predicates: tuple[Predicate, ...] = ()
    vocabularies: dict[str, dict[str, tuple[str, ...]]] = Field(default_factory=dict)
    units: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _consistent(self) -> Catalogue:
        keys = [predicate.key for predicate in self.predicates]
        for key in keys:
            if keys.count(key) > 1:
                raise ValueError(f"predicate given twice: {key}")
        for predicate in self.predicates:
            states = {state for chain in predicate.chains for state in chain}
            for state in predicate.states:
                if state not in states:
                    raise ValueError(f"{predicate.key}: state {state} stands in no chain")
            if predicate.of is not None and predicate.of not in keys:
                raise ValueError(f"{predicate.key}: measures {predicate.of}, which is no predicate")
        return self

    @cached_property
    def by_key(self) -> dict[str, Predicate]:
        """Predicates by key."""
        return {predicate.key: predicate for predicate in self.predicates}


def load_catalogue(path: Path) -> Catalogue:
    """The catalogue at `path`; ConfigError where it is not one."""
    return load_yaml(path, Catalogue)
