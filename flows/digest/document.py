"""The document a digest is: frozen types that every renderer reads and none of them interprets.

All strings are ready to be shown: in words, cleaned of control characters, not yet escaped for any
format. A document holds everything its four renderings say, and survives a round trip through JSON
(`flows.digest.json`), so that a digest bound in the database can be delivered later as it was made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from storage.model import Authority, ChangeKind, Modality, Window


class Tier(StrEnum):
    """What an item weighs, heaviest first."""

    DISPUTE = "dispute"
    CHANGED = "changed"
    PROMISE = "promise"
    NEW = "new"
    CONFIRMED = "confirmed"

    @property
    def rank(self) -> int:
        """0 for the heaviest."""
        return list(Tier).index(self)


class Part(StrEnum):
    """Which part of the digest a section belongs to."""

    NEWS = "news"
    READING = "reading"  # what changed because an article was read better, and not in the world
    HISTORY = "history"  # what a backfill filled in behind the current state


@dataclass(frozen=True, slots=True, kw_only=True)
class Cite:
    """One claim as a source: who published it when, who says so in it, and its sentence."""

    claim: str
    article: str
    title: str
    url: str | None  # http or https only
    source: str
    authority: Authority
    date: str
    estimated: bool
    says: str | None  # the name of whom the text attributes it to
    quote: str

    @property
    def line(self) -> str:
        """ "Jiemian News (press), 7 January 2026, date estimated, quoting Lenovo"."""
        parts = [f"{self.source} ({self.authority})", self.date]
        if self.estimated:
            parts.append("date estimated")
        if self.says:
            parts.append(f"quoting {self.says}")
        return ", ".join(parts)


def support(total: int, independent: int) -> str:
    """How many sources stand behind a value, and how many of them with a story of their own."""
    if total > independent:
        return f"{total} sources, {independent} independent"
    return f"{independent} independent source{'' if independent == 1 else 's'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One value of a dispute with its sources."""

    value: str
    independent_sources: int
    total_sources: int = 0  # publishers, those that only repeat another's story included
    sources: tuple[Cite, ...]
    more_sources: int = 0

    @property
    def support(self) -> str:
        """ "3 sources, 2 independent"; "2 independent sources" where each has a story of its own."""
        return support(self.total_sources, self.independent_sources)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What happened to one fact within the window, told once.

    `seq` is the last of `seqs`, the ledger numbers the item accounts for. `row` joins items of one
    section that read as one sentence: a figure with its growth, a product's components. `detail`
    is what belongs to the value behind it (" year on year", ", by the end of 2028").
    """

    seq: int
    seqs: tuple[int, ...]
    kind: ChangeKind
    fact: str
    subject: str
    predicate: str
    object: str | None
    modality: Modality
    tier: Tier
    theme: str
    importance: int
    label: str
    value: str
    detail: str = ""
    before: str | None = None
    difference: str | None = None
    note: str | None = None
    verdict: str | None = None  # what a person ruled, as the fact carries it
    says: str | None = None
    estimated: bool = False
    independent_sources: int
    sources: tuple[Cite, ...] = ()
    more_sources: int = 0
    sides: tuple[Side, ...] = ()
    history: bool = False
    row: str

    @property
    def notes(self) -> tuple[str, ...]:
        """What stands in brackets behind the value."""
        was = None if self.before is None else f"was: {self.before}"
        return tuple(text for text in (was, self.difference, self.note, self.verdict) if text)

    @property
    def said(self) -> str:
        """The value with its notes: "$846 million (was: over $800 million)"."""
        return self.value + self.detail + (f" ({'; '.join(self.notes)})" if self.notes else "")

    @property
    def sentence(self) -> str:
        """The item as one plain sentence, its subject being the section's heading."""
        return f"{self.label}: {self.said}" + (f", says {self.says}" if self.says else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """Items left out of a long tail: how many of a kind, and which ledger numbers they account for."""

    kind: ChangeKind
    count: int
    seqs: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """What happened to one entity. Sections of one owner stand together, the owner's own first."""

    entity: str
    name: str
    kind: str
    owner: str
    owner_name: str
    theme: str  # what a baseline sorts it under: products, people, relations, other
    part: Part = Part.NEWS
    changes: tuple[Item, ...] = ()
    folded: tuple[Fold, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLine:
    """One article that was read, edited or found gone; `detail` is an edit's difference."""

    seq: int
    kind: ChangeKind
    article: str
    title: str
    url: str | None
    source: str
    authority: Authority | None
    date: str | None
    detail: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHealth:
    """How a source has been answering. `state`: ok, failing, or new (never polled); `detail` says what is wrong."""

    name: str
    title: str
    state: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """One line of the summary at the top."""

    name: str
    sentence: str
    kind: ChangeKind
    fact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One digest. `counts` maps a kind of change, and `changes`, `facts`, `articles`, to how many."""

    profile: str
    title: str
    heading: str
    subheading: str
    language: str
    baseline: bool
    window: Window
    made_at: datetime
    counts: Mapping[str, int] = field(default_factory=dict)
    summary: tuple[str, ...] = ()
    headlines: tuple[Headline, ...] = ()
    sections: tuple[Section, ...] = ()
    folded: tuple[Fold, ...] = ()
    articles: tuple[ArticleLine, ...] = ()
    articles_folded: int = 0
    source_health: tuple[SourceHealth, ...] = ()
