"""Independence: how many stories stand behind a value, not how many copies.

Articles whose fingerprints are alike are copies of one story, and the story is that of its origin:
the earliest dated of them. Two articles are independent when their stories come from different
publishers. So a publisher counts once however often it repeats itself, a syndicated copy counts
for the agency it was taken from, and a publisher that reprints another's story in the morning and
brings its own in the afternoon speaks for itself with the second only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import combinations

from flows.read.fingerprint import SAME_STORY, similarity
from storage.model import Claim

_BAND = 8
"""Bytes of a band: two bins. Two signatures alike in at least 0.6 of 128 bins differ in at most 51, so
that at least 13 of the 64 bands are equal: looking only at pairs that share a band misses none."""
_FEW = 16
"""Up to so many signatures, comparing each two is quicker than sorting them by band."""


def stories(claims: Sequence[Claim], fingerprints: Mapping[str, bytes]) -> dict[str, str]:
    """The story of each claim's article: article id → publisher of the story's origin.

    `fingerprints` maps article ids to signatures; an article without one is no copy of another.
    """
    articles = {claim.article: claim for claim in sorted(claims, key=_standing, reverse=True)}
    if len({claim.publisher for claim in articles.values()}) == 1:
        return dict.fromkeys(articles, claims[0].publisher)
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
    return {article: articles[root(article)].publisher for article in articles}


def independent(claims: Iterable[Claim], story_of: Mapping[str, str]) -> int:
    """How many stories the claims rest on."""
    return len({story_of[claim.article] for claim in claims})


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
