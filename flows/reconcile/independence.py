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
from itertools import combinations

from flows.read.fingerprint import BINS, SAME_STORY, similarity
from storage.model import Claim

_BAND = 8
"""Bytes of a band: two bins. Two signatures alike in at least 0.6 of 128 bins differ in at most 51, so
that at least 13 of the 64 bands are equal: looking only at pairs that share a band misses none."""


def stories(claims: Sequence[Claim], fingerprints: Mapping[str, bytes]) -> dict[str, str]:
    """The story of each claim's article: article id → publisher of the story's origin.

    `fingerprints` maps article ids to signatures; an article without one is no copy of another.
    """
    articles = {claim.article: claim for claim in sorted(claims, key=_standing, reverse=True)}
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
    for article in sorted(articles):
        if signature := fingerprints.get(article):
            unite(bearer.setdefault(signature, article), article)
    for alike in _bands(list(bearer)):
        if len({root(bearer[signature]) for signature in alike}) == 1:
            continue
        for one, other in combinations(alike, 2):
            if root(bearer[one]) != root(bearer[other]) and similarity(one, other) >= SAME_STORY:
                unite(bearer[one], bearer[other])
    return {article: articles[root(article)].publisher for article in articles}


def independent(claims: Iterable[Claim], story_of: Mapping[str, str]) -> int:
    """How many stories the claims rest on."""
    return len({story_of[claim.article] for claim in claims})


def _standing(claim: Claim) -> tuple[bool, datetime, int, str, str]:
    """Origins first: dated before undated, then earlier, then nearer to the event."""
    return (claim.published_estimated, claim.as_of, claim.authority.rank, claim.article, claim.id)


def _bands(signatures: Sequence[bytes]) -> Iterator[list[bytes]]:
    """Groups of signatures that share a band: only these can be copies, so the cost stays near linear."""
    bands: defaultdict[tuple[int, bytes], list[bytes]] = defaultdict(list)
    if len(signatures) > 1:
        for signature in signatures:
            for place in range(0, BINS * 4, _BAND):
                bands[place, signature[place : place + _BAND]].append(signature)
    return (alike for alike in bands.values() if len(alike) > 1)
