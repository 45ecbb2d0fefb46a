"""Who counts: stories, not copies."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.read.fingerprint import SAME_STORY, fingerprint, similarity
from flows.reconcile import stories
from flows.reconcile.independence import _FEW, _alike, independent

STORY = " ".join(f"word{number}" for number in range(120))
COPY = f"By our own reporters. {STORY} Read more."
OTHER = " ".join(f"other{number}" for number in range(120))


def count(claims, prints):
    return independent(claims, stories(claims, prints))


@pytest.fixture
def told(say):
    """Claims of one article for each publisher, with the fingerprint of its text."""

    def tell(*pieces):
        claims = [say(publisher, "17%", on=on, estimated=on is None) for publisher, _, on in pieces]
        return claims, {claim.article: fingerprint(text) for claim, (_, text, _) in zip(claims, pieces, strict=True)}

    return tell


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        ([("a", STORY, 0), ("b", OTHER, 1)], 2),
        ([("a", STORY, 0), ("a", OTHER, 1)], 1),
        ([("a", STORY, 0), ("b", STORY, 1)], 1),
        ([("a", STORY, 0), ("b", COPY, 1)], 1),
        ([("a", "", 0), ("b", "", 1)], 2),  # without a fingerprint nothing is a copy
        # b reprints a's story and brings its own: its own word counts
        ([("a", STORY, 0), ("b", COPY, 1), ("b", OTHER, 2)], 2),
        # the copy came out before a's piece, so a tells b's story
        ([("b", COPY, 0), ("a", STORY, 1), ("b", OTHER, 2)], 1),
    ],
)
def test_stories_are_counted(told, pieces, expected):
    claims, prints = told(*pieces)
    assert count(claims, prints) == expected
    assert count(claims[::-1], prints) == expected


def test_a_story_is_named_after_its_dated_origin(say):
    dated, undated = say("agency", "17%", on=5), say("blog", "17%", on=0, estimated=True)
    prints = {claim.article: fingerprint(STORY) for claim in (dated, undated)}
    assert set(stories([undated, dated], prints).values()) == {"agency"}


def test_copies_of_copies_are_one_story(say):
    words = STORY.split()
    texts = [" ".join(words[shift : shift + 90]) for shift in (0, 12, 24)]
    claims = [say(name, "17%", on=on) for on, name in enumerate("abc")]
    prints = {claim.article: fingerprint(text) for claim, text in zip(claims, texts, strict=True)}
    assert similarity(prints[claims[0].article], prints[claims[1].article]) >= SAME_STORY
    assert similarity(prints[claims[0].article], prints[claims[2].article]) < SAME_STORY
    assert count(claims, prints) == 1


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 60)), min_size=2, max_size=_FEW + 10))
def test_looking_only_at_shared_bands_misses_no_copy(shifts):
    words = [f"w{number}" for number in range(400)]
    texts = [" ".join(words[base * 150 + shift : base * 150 + shift + 90]) for base, shift in shifts]
    prints = sorted({fingerprint(text) for text in texts})
    near = {frozenset(pair) for pair in combinations(prints, 2) if similarity(*pair) >= SAME_STORY}
    assert near <= {frozenset(pair) for pair in _alike(prints)}
