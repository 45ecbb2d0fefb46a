"""How the changes of a document are laid out as sentences: the one layout HTML, Markdown and text share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from flows.digest.document import Cite, Document, Fold, Item, Part, Section, Side, SourceHealth, Tier
from storage.model import ChangeKind

BADGES = {
    ChangeKind.NEW: "new",
    ChangeKind.CONFIRMED: "confirmed",
    ChangeKind.REFINED: "more exact",
    ChangeKind.UPDATED: "changed",
    ChangeKind.DISPUTED: "disputed",
    ChangeKind.RESOLVED: "settled",
    ChangeKind.WITHDRAWN: "withdrawn",
    ChangeKind.DUE: "due",
    ChangeKind.OVERDUE: "overdue",
    ChangeKind.FULFILLED: "fulfilled",
    ChangeKind.ARTICLE_NEW: "read",
    ChangeKind.ARTICLE_EDITED: "edited",
    ChangeKind.ARTICLE_GONE: "gone",
}
THEMES = {"figures": "Figures", "products": "Products", "people": "People", "relations": "Relations", "other": "Also known"}
_CITES = 3
ASIDE = {Part.READING: "Because the reading improved", Part.HISTORY: "History filled in"}
"""The parts that are no news, in the order they are told, with their headings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One sentence made of one item or several, with their sources."""

    items: tuple[Item, ...]

    @property
    def label(self) -> str:
        """What the sentence is about."""
        return self.items[0].label

    @property
    def says(self) -> str:
        """Who says so, as the sentence's end: ", says Jensen Huang"; empty where nobody is named."""
        names = dict.fromkeys(item.says for item in self.items if item.says)
        return f", says {' and '.join(names)}" if names else ""

    @property
    def sentence(self) -> str:
        """The whole sentence."""
        return f"{self.label}: {', '.join(item.said for item in self.items)}{self.says}"

    @property
    def lead(self) -> Item:
        """The weightiest item."""
        return min(self.items, key=lambda item: item.tier.rank)

    @property
    def kind(self) -> ChangeKind:
        """What the badge says."""
        return self.lead.kind

    @property
    def sides(self) -> tuple[Side, ...]:
        """A dispute's sides; a dispute is always a row of its own."""
        return self.items[0].sides

    @property
    def cites(self) -> tuple[Cite, ...]:
        """The sources of all items, each sentence once, the first few."""
        return self._cites()[:_CITES]

    @property
    def more_sources(self) -> int:
        """How many sources are not shown."""
        return max(0, len(self._cites()) - _CITES) + max((item.more_sources for item in self.items), default=0)

    def _cites(self) -> tuple[Cite, ...]:
        found: dict[tuple[str, str], Cite] = {}
        for item in self.items:
            for cite in item.sources:
                found.setdefault((cite.article, cite.quote), cite)
        return tuple(found.values())

    @property
    def facts(self) -> str:
        """The facts' ids, short, as `deltawire show` takes them."""
        return " ".join(item.fact[:8] for item in self.items)


def rows(items: Sequence[Item]) -> list[Row]:
    """Items as sentences, in the order of each sentence's first item."""
    joined: dict[str, list[Item]] = {}
    for item in items:
        joined.setdefault(item.row, []).append(item)
    # A figure comes before its growth, whichever weighs more.
    return [
        Row(items=tuple(sorted(group, key=lambda item: item.predicate) if len({item.predicate for item in group}) > 1 else group))
        for group in joined.values()
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What stands under one theme of one owner: sentences about the owner itself, then sections of what belongs to it."""

    heading: str | None  # the theme, where the document is sorted by themes
    own: tuple[Row, ...]
    folded: tuple[Fold, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """All that belongs to one owner."""

    owner: str
    name: str
    blocks: tuple[Block, ...]


def groups(document: Document, part: Part = Part.NEWS) -> Iterator[Group]:
    """The document's sections of one part, by owner and, in a baseline, by theme; in the document's order."""
    sections = [section for section in document.sections if section.part is part]
    for (owner, name), members in groupby(sections, key=lambda section: (section.owner, section.owner_name)):
        of_owner = list(members)
        own = [section for section in of_owner if section.entity == owner]
        others = [section for section in of_owner if section.entity != owner]
        yield Group(owner=owner, name=name, blocks=tuple(_blocks(own, others, by_theme=document.baseline)))


def _blocks(own: Sequence[Section], others: Sequence[Section], *, by_theme: bool) -> Iterator[Block]:
    items = [item for section in own for item in section.changes]
    folded = tuple(fold for section in own for fold in section.folded)
    if not by_theme:
        yield Block(heading=None, own=tuple(rows(items)), folded=folded, sections=tuple(others))
        return
    themes = [*THEMES, *sorted({item.theme for item in items} - THEMES.keys())]
    last = next((theme for theme in reversed(themes) if any(item.theme == theme for item in items)), None)
    for theme in themes:
        mine = tuple(rows([item for item in items if item.theme == theme]))
        theirs = tuple(section for section in others if section.theme == theme)
        if mine or theirs:
            yield Block(heading=THEMES.get(theme, theme), own=mine, folded=folded if theme == last else (), sections=theirs)


def fold_words(folded: Sequence[Fold]) -> str | None:
    """ "and 14 more: 10 new, 4 confirmed", or None where nothing was left out."""
    if not folded:
        return None
    total = sum(fold.count for fold in folded)
    return f"and {total} more: " + ", ".join(f"{fold.count} {BADGES[fold.kind]}" for fold in folded)


def marks(row: Row, *, baseline: bool) -> bool:
    """Whether a row carries a badge. In a baseline, where all is new, only disputes and promises do; history never does."""
    return not row.lead.history and (not baseline or row.lead.tier in {Tier.DISPUTE, Tier.PROMISE})


def troubled(document: Document) -> list[SourceHealth]:
    """The sources a reader should know about: those that do not answer, or were never polled."""
    return [health for health in document.source_health if health.state != "ok"]


def answering(document: Document) -> str | None:
    """All other sources in one line."""
    well = [health.title for health in document.source_health if health.state == "ok"]
    return f"ok: {', '.join(well)}" if well else None
