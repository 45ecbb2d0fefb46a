"""Who is who: an entity's name as a reader writes it, whom it belongs to, and how closely it is watched."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from flows.config import Entity, EntityKind, Watchlist
from flows.digest.clean import clean

OTHERS = "others"
"""The owner of what belongs to nobody on the watchlist."""

_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_ACRONYMS = {
    *("ai", "pc", "gpu", "cpu", "npu", "dpu", "tpu", "usb", "ssd", "ram", "hbm", "it", "us", "uk", "eu", "uae", "tv", "ceo"),
    *("emea", "apac", "latam", "oled", "lcd", "api", "iot", "5g", "6g"),
}
_PLURAL_ACRONYMS = {word + "s" for word in ("pc", "gpu", "cpu", "npu", "dpu", "tpu", "ssd")}
_THEMES = {EntityKind.PRODUCT: "products", EntityKind.PERSON: "people", EntityKind.ORG: "relations"}


class Names:
    """The watchlist as a reader's map.

    For what the list does not hold, `makers` says whose a product is and `spelled` how texts write a name.
    """

    def __init__(
        self,
        watchlist: Watchlist,
        vocabularies: Mapping[str, Mapping[str, tuple[str, ...]]] | None = None,
        makers: Mapping[str, str] | None = None,
        spelled: Mapping[str, str] | None = None,
    ) -> None:
        self._entities = watchlist.by_key()
        self._watchlist = watchlist
        self._vocabularies = vocabularies or {}
        self._makers = makers or {}
        self._spelled = spelled or {}

    @cached_property
    def _order(self) -> dict[str, int]:
        """Entities by how closely they are watched: those of topics first, then the list's own order."""
        of_topics = [key for topic in self._watchlist.topics for key in topic.entities]
        return {key: place for place, key in enumerate(dict.fromkeys([*of_topics, *self._entities]))}

    def entity(self, key: str) -> Entity | None:
        """The watchlist's entry, if there is one."""
        return self._entities.get(key)

    def name(self, key: str) -> str:
        """An entity's name: the watchlist's, else as texts write it, else its slug with capitals."""
        entity = self._entities.get(key)
        return clean(entity.name) if entity else self._spelled.get(key) or self.title(key)

    def title(self, slug: str) -> str:
        """A slug as a proper name: `kestrel-photonics` is "Kestrel Photonics", `gb300-nvl72` "GB300 NVL72"."""
        if not _SLUG.fullmatch(slug):
            return clean(slug)
        return " ".join(_capital(word) for word in re.split(r"[-_]", slug))

    def term(self, qualifier: str, slug: str) -> str:
        """A qualifier's slug as common words: `cost_per_token` is "cost per token", `ai-pc` "AI PC"; other text stays."""
        if slug in self._entities:
            return self.name(slug)
        if not _SLUG.fullmatch(slug):
            return clean(slug)
        for phrase in self._vocabularies.get(qualifier, {}).get(slug, ()):
            if phrase != phrase.lower() and re.sub(r"[^a-z0-9]+", "-", phrase.lower()) == slug.replace("_", "-"):
                return clean(phrase)
        return " ".join(self._word(word) for word in re.split(r"[-_]", slug))

    def _word(self, word: str) -> str:
        if word in _ACRONYMS:
            return word.upper()
        if word in _PLURAL_ACRONYMS:
            return word[:-1].upper() + "s"
        return self.name(word) if word in self._entities else word

    def owner(self, key: str) -> str:
        """The watched company an entity belongs to: by maker, parent or employer, to the top; itself if it is one."""
        seen: list[str] = []
        while key not in seen:
            seen.append(key)
            entity = self._entities.get(key)
            above = (entity.makers[:1] or [entity.parent or entity.employer]) if entity else [None]
            key = above[0] or self._makers.get(key) or key
        return key if key in self._entities else OTHERS

    def belongs(self, key: str, entities: tuple[str, ...]) -> bool:
        """Whether an entity is one of `entities` or belongs to one, through any of its makers."""
        todo, seen = [key], set[str]()
        while todo:
            this = todo.pop()
            if this in entities:
                return True
            if this in seen:
                continue
            seen.add(this)
            entity = self._entities.get(this)
            if entity:
                todo += [above for above in (*entity.makers, entity.parent, entity.employer) if above]
            elif this in self._makers:
                todo.append(self._makers[this])
        return False

    def place(self, key: str) -> int:
        """Where an entity stands in order of attention; unknown ones last."""
        return self._order.get(key, len(self._order))

    def theme(self, key: str) -> str:
        """What a baseline sorts an entity under."""
        entity = self._entities.get(key)
        return _THEMES.get(entity.kind, "other") if entity else "other"

    def kind(self, key: str) -> str:
        """`org`, `product`, `person`, …; empty where the watchlist does not know it."""
        entity = self._entities.get(key)
        return str(entity.kind) if entity else ""

    def fiscal_calendar(self, key: str) -> str | None:
        """The `fiscal_year_end` an entity reports by: its own or its company's."""
        entity = self._entities.get(key)
        if entity and entity.fiscal_year_end:
            return entity.fiscal_year_end
        company = self._entities.get(self.owner(key))
        return company.fiscal_year_end if company else None


def spelling(slug: str, text: str) -> str | None:
    """How `text` writes the name that `slug` was made of: `thinksystem-sc850r` is "ThinkSystem SC850r" there."""
    if not _SLUG.fullmatch(slug):
        return None
    found = re.search(r"(?<!\w)" + r"[\W_]{1,2}".join(re.split(r"[-_]", slug)) + r"(?!\w)", text, re.IGNORECASE)
    return clean(found[0]) if found else None


def _capital(word: str) -> str:
    model_number = len(word) > 1 and any(character.isdigit() for character in word)
    return word.upper() if model_number or word in _ACRONYMS else word.capitalize()
