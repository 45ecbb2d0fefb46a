"""Grounding: a claim stands only if its words stand in the text.

The quote is cut from the text by its offsets, so it is verbatim by construction; what is checked is
that the number, the subject and the object are to be found in the quote, or in a span of the text
that the claim then names as its context. Otherwise the draft is refused.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from flows.config.watchlist import Entity
from flows.extract.scene import Draft
from flows.extract.spans import Mention
from storage.model import Evidence, Span

_NAMED = frozenset(["alias", "form", "surname", "abbreviation"])


class Ground:
    """The mentions of a text by entity, to look up where a claim's arguments are named."""

    def __init__(self, text: str, mentions: Sequence[Mention], entities: Mapping[str, Entity]) -> None:
        self.text = text
        self.entities = entities
        self.places: dict[str, list[Mention]] = {}
        self.units: dict[str, list[str]] = {}  # whose divisions and products the text names
        for mention in mentions:
            for key in mention.members or (mention.key,):
                self.places.setdefault(key, []).append(mention)
        for entity in entities.values():
            if entity.parent is not None and entity.key in self.places:
                self.units.setdefault(entity.parent, []).append(entity.key)

    def evidence(self, draft: Draft) -> Evidence | str:
        """The evidence of a draft, or why it has none."""
        if not 0 <= draft.start < draft.end <= len(self.text):
            return "no place in the text"
        quote = self.text[draft.start : draft.end]
        if not quote.strip():
            return "an empty quote"
        context = list(draft.context)
        if draft.number is not None and not (draft.start <= draft.number[0] and draft.number[1] <= draft.end):
            context.append(self._span("number", *draft.number))
        for role, key in (("subject", draft.subject), ("object", draft.object)):
            if key is None:
                continue
            found = self._where(key, draft.start, draft.end)
            if found is None:
                return f"{role} {key} is not named in the text"
            if not (draft.start <= found.start and found.end <= draft.end):
                context.append(self._span(role, found.start, found.end))
        return Evidence(quote=quote, start=draft.start, end=draft.end, context=tuple(context))

    def _span(self, role: str, start: int, end: int) -> Span:
        return Span(role=role, start=start, end=end, quote=self.text[start:end])

    def _where(self, key: str, start: int, end: int) -> Mention | None:
        """Where an entity is named: inside the quote, else before it, else after; a division or a product names its company."""
        keys = [key, *self.units.get(key, ())]
        for candidate in keys:
            places = self.places.get(candidate, [])
            named = [mention for mention in places if mention.how in _NAMED]
            if not named:
                continue
            inside = next((mention for mention in named if start <= mention.start and mention.end <= end), None)
            if inside is not None:
                return inside
            at = bisect_right([mention.start for mention in named], start) - 1
            return named[at] if at >= 0 else named[0]
        return None
