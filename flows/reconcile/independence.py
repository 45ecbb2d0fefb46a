"""Independence: how many stories stand behind a value, not how many copies.

Articles whose fingerprints are alike are copies of one story, and the story is that of its origin:
the agency one of them credits, else the publisher of the earliest dated of them. Two articles are
independent when their stories come from different origins. So a publisher counts once however
often it repeats itself, a syndicated copy counts for the agency it was taken from, with whatever
else that agency sent out, and a publisher that reprints another's story in the morning and brings
its own in the afternoon speaks for itself with the second only.

Beside a primary source that says the same, press that merely reports its word ("Lenovo said") adds
nothing and is not counted. Where the primary source itself has not been read, each who heard it counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import combinations
from types import MappingProxyType

from flows.read.fingerprint import SAME_STORY, similarity
from storage.model import Authority, Claim

_NO_CREDITS: Mapping[str, str] = MappingProxyType({})
_BAND = 8
"""Bytes of a band: two bins. Two signatures alike in at least 0.6 of 128 bins differ in at most 51, so
that at least 13 of the 64 bands are equal: looking only at pairs that share a band misses none."""
_FEW = 16
"""Up to so many signatures, comparing each two is quicker than sorting them by band."""


def stories(
    claims: Sequence[Claim], fingerprints: Mapping[str, bytes], credits: Mapping[str, str] = _NO_CREDITS
) -> dict[str, str]:
    """The story of each claim's article: article id → key of the story's origin, an agency or a publisher.

    `fingerprints` maps article ids to signatures; an article without one is no copy of another.
    `credits` maps articles to the agency their text credits, for those that credit one.
    """
    articles = {claim.article: claim for claim in sorted(claims, key=_standing, reverse=True)}
    origins = {credits.get(article, claim.publisher) for article, claim in articles.items()}
    if len(origins) == 1:
        return dict.fromkeys(articles, origins.pop())
    origin = {article: article for article in articles}

    def root(article: str) -> str:
        while origin[article] != article:
            origin[article] = origin[origin[article]]
            article = origin[article]
        return article

    def unite(one: str, other: str) -> None:
        first, second = sorted((root(one), root(other)), key=lambda article: _standing(articles[article]))
        origin[second] = first

    bearer: dict[bytes, str] = {}
    for article in articles:
        if (signature := fingerprints.get(article)) and (twin := bearer.setdefault(signature, article)) != article:
            unite(twin, article)
    for one, other in _alike(list(bearer)):
        if root(bearer[one]) != root(bearer[other]) and similarity(one, other) >= SAME_STORY:
            unite(bearer[one], bearer[other])
    name = {root(article): articles[root(article)].publisher for article in articles}
    for article in sorted(credits.keys() & articles.keys(), key=lambda article: _standing(articles[article]), reverse=True):
        name[root(article)] = credits[article]  # the earliest of those that credit an agency is named last, and stays
    return {article: name[root(article)] for article in articles}


def independent(claims: Iterable[Claim], story_of: Mapping[str, str]) -> int:
    """How many stories the claims rest on. The claims agree: they are those of one value."""
    told = list(claims)
    voices = {voice for claim in told if claim.authority is Authority.PRIMARY for voice in (claim.publisher, claim.attributed_to)}
    if not voices:
        return len({story_of[claim.article] for claim in told})
    return len({story_of[claim.article] for claim in told if not _repeats(claim, voices)})


def publishers(claims: Iterable[Claim]) -> int:
    """How many sources the claims were read in, whether they tell a story of their own or not."""
    return len({claim.publisher for claim in claims})


def _repeats(claim: Claim, voices: Collection[str | None]) -> bool:
    """Whether a claim only reports the word of a primary source that speaks for itself: "lenovo" of `lenovo-storyhub`."""
    said_by = claim.attributed_to
    if said_by is None or claim.authority is Authority.PRIMARY:
        return False
    return any(voice is not None and (voice == said_by or voice.startswith(f"{said_by}-")) for voice in voices)


def _standing(claim: Claim) -> tuple[bool, datetime, int, str, str]:
    """Origins first: dated before undated, then earlier, then nearer to the event."""
    return (claim.published_estimated, claim.as_of, claim.authority.rank, claim.article, claim.id)


def _alike(signatures: Sequence[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Pairs of signatures that share a band: only these can be copies."""
    if len(signatures) <= _FEW:
        for one, other in combinations(signatures, 2):
            if not _bands(one).isdisjoint(_bands(other)):
                yield one, other
        return
    bearers: defaultdict[bytes, list[bytes]] = defaultdict(list)
    for signature in signatures:
        for band in _bands(signature):
            bearers[band].append(signature)
    seen: set[tuple[bytes, bytes]] = set()
    for sharing in bearers.values():
        for pair in combinations(sharing, 2):
            if pair not in seen:
                seen.add(pair)
                yield pair


@lru_cache(maxsize=4096)
def _bands(signature: bytes) -> frozenset[bytes]:
    """A signature's bands. Their places are left out: equal bands at different ones are all but impossible, and harmless."""
    return frozenset(signature[place : place + _BAND] for place in range(0, len(signature), _BAND))
