"""What a text has named so far: who is in a reader's mind when a pronoun comes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from flows.config.watchlist import Entity
from flows.extract.spans import Mention

_DIVISION = re.compile(r"\b(?:Group|Division|Unit|Business|Segment|Arm)\b")


REACH = 9
"""Sentences back that every mention is remembered for."""
MOST = 300
"""Mentions remembered at once, so that no text makes the look-up long."""


@dataclass(slots=True)
class Seen:
    """An entity met in the text: in which sentence, as which of its kind there, and whether only as a source."""

    mention: Mention
    sentence: int
    rank: int  # place among those of its kind in its sentence
    source: bool


@dataclass(slots=True)
class Memory:
    """What a text has named so far, and what it called it."""

    entities: Mapping[str, Entity]
    seen: list[Seen] = field(default_factory=list)
    nouns: dict[str, set[str]] = field(default_factory=dict)  # key → nouns and adjectives it was described by
    counts: Counter[str] = field(default_factory=Counter)

    tally: Counter[str] = field(default_factory=Counter)  # how often each company was named, divisions with their company
    topic: Mention | None = None  # the company named most so far
    older: dict[str, Seen] = field(default_factory=dict)  # the last mention of what was named further back

    def learn(self, key: str, words: Iterable[str]) -> None:
        """Remember words an entity was described by."""
        self.nouns.setdefault(key, set()).update(word.lower() for word in words)

    def remember(self, seen: Seen) -> None:
        """An entity was met."""
        self.seen.append(seen)
        if seen.mention.kind != "org" or seen.source:
            return
        company = parent(seen.mention, self.entities)
        self.tally[company.key] += 1
        if self.topic is None or (self.tally[company.key], company.key) >= (self.tally[self.topic.key], self.topic.key):
            self.topic = company

    def forget(self, number: int) -> None:
        """Let what was named long before sentence `number` fade to its last mention."""
        fading = 0
        while fading < len(self.seen) and (number - self.seen[fading].sentence > REACH or len(self.seen) - fading > MOST):
            self.older[self.seen[fading].mention.key] = self.seen[fading]
            fading += 1
        del self.seen[:fading]
        while len(self.older) > MOST:
            del self.older[next(iter(self.older))]

    def in_reach(self) -> list[Seen]:
        """What was named, in order: further back only the last mention of each."""
        return [*self.older.values(), *self.seen]


def as_mention(start: int, end: int, mention: Mention, how: str, *, possessive: bool = False) -> Mention:
    """The mention of the same entity at another place."""
    return Mention(
        start=start, end=end, key=mention.key, kind=mention.kind, how=how, possessive=possessive, members=mention.members
    )


def nearest(number: int, memory: Memory, kinds: set[str], within: int = 4, before: int | None = None) -> Mention | None:
    """The entity of these kinds that a reader has in mind: in this sentence the first, else the last sentence's first."""
    best: Seen | None = None
    for seen in memory.seen:
        if before is not None and seen.sentence >= before:
            continue
        if seen.mention.kind not in kinds or number - seen.sentence > within or seen.mention.members:
            continue
        if best is None or order(seen) > order(best):
            best = seen
    return best.mention if best else None


def is_division(key: str, entities: Mapping[str, Entity]) -> bool:
    """Whether an entity is a part of a company that reports within it, rather than a company of its own."""
    entity = entities.get(key)
    return entity is not None and entity.kind == "org" and entity.parent is not None and bool(_DIVISION.search(entity.name))


def parent(mention: Mention, entities: Mapping[str, Entity]) -> Mention:
    """The company itself, where a mention names a part of it."""
    if is_division(mention.key, entities):
        return Mention(
            start=mention.start, end=mention.end, key=entities[mention.key].parent or mention.key, kind="org", how=mention.how
        )
    return mention


def latest(number: int, memory: Memory, kinds: set[str]) -> Mention | None:
    """The entity of these kinds named last: what an "it" after a preposition points to."""
    return next(
        (
            seen.mention
            for seen in reversed(memory.seen)
            if seen.mention.kind in kinds and number - seen.sentence <= 1 and not seen.mention.members
        ),
        None,
    )


def order(seen: Seen) -> tuple[int, int, int, int]:
    """Nearer, earlier in its sentence, and no mere source: what is most in mind sorts last."""
    weak = seen.mention.how == "pronoun" and seen.mention.possessive
    return (not seen.source, seen.sentence, -seen.rank - 2 * weak, -seen.mention.start)


def group(number: int, memory: Memory, *, own_sentence_only: bool) -> tuple[str, ...]:
    """The two or more companies last named together."""
    for back in range(3):
        keys = list(
            dict.fromkeys(
                key
                for seen in memory.seen
                if seen.sentence == number - back and seen.mention.kind == "org" and not seen.source
                for key in (seen.mention.members or (seen.mention.key,))
            )
        )
        if len(keys) >= 2:
            return tuple(keys[:2] if len(keys) > 2 else keys)
        if keys and own_sentence_only and back == 0:
            continue
    return ()
