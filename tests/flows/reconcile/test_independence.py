"""Who counts: stories, not copies."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.read.fingerprint import SAME_STORY, fingerprint, similarity
from flows.reconcile import decide, stories
from flows.reconcile.independence import _FEW, _alike, independent
from storage.model import Authority, FactStatus

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


def test_what_two_papers_took_from_one_agency_is_one_story_and_what_one_took_from_two_is_two(say):
    claims = [say("morning-post", "17%"), say("evening-post", "17%", on=1), say("weekly", "17%", on=2)]
    articles = [claim.article for claim in claims]
    assert independent(claims, stories(claims, {})) == 3
    assert independent(claims, stories(claims, {}, dict.fromkeys(articles[:2], "reuters"))) == 2
    one_paper = [say("morning-post", "17%"), say("morning-post", "17%", on=1)]
    wires = dict(zip((claim.article for claim in one_paper), ("reuters", "afp"), strict=True))
    assert independent(one_paper, stories(one_paper, {})) == 1
    assert independent(one_paper, stories(one_paper, {}, wires)) == 2


def test_the_agency_itself_and_a_copy_that_credits_it_are_one_story(say):
    agency, copy, uncredited = say("reuters", "17%"), say("post", "17%", on=1), say("blog", "17%", on=-1)
    prints = {copy.article: fingerprint(STORY), uncredited.article: fingerprint(COPY)}
    told = stories([agency, copy, uncredited], prints, {copy.article: "reuters"})
    assert set(told.values()) == {"reuters"}  # one that is credited names the story of all its copies


@pytest.mark.parametrize(
    ("publisher", "primary_quotes", "press_quotes", "expected"),
    [
        ("lenovo", None, "lenovo", 1),  # "Lenovo said", beside Lenovo itself
        ("lenovo-storyhub", None, "lenovo", 1),
        ("lenovo-storyhub", "yang-yuanqing", "yang-yuanqing", 1),  # the same man, quoted twice
        ("lenovo-storyhub", None, None, 2),  # found out for itself
        ("lenovo-storyhub", None, "nvidia", 2),
        ("nvidia-newsroom", None, "lenovo", 2),
        ("lenovonews", None, "lenovo", 2),  # of another name
    ],
)
def test_press_that_repeats_a_primary_source_adds_nothing_beside_it(say, publisher, primary_quotes, press_quotes, expected):
    primary = replace(say(publisher, "17%", authority=Authority.PRIMARY), attributed_to=primary_quotes)
    press = replace(say("post", "17%", on=1), attributed_to=press_quotes)
    claims = [primary, press]
    assert independent(claims, stories(claims, {})) == expected
    assert independent([press], stories([press], {})) == 1  # alone it is a source like any other


def test_a_repeated_word_that_differs_is_a_side_of_its_own(say, catalogue, day_0):
    primary = replace(say("lenovo-storyhub", "17%", authority=Authority.PRIMARY), attributed_to=None)
    misquoted = replace(say("post", "27%", on=1), attributed_to="lenovo")
    fact = decide(None, [primary, misquoted], predicate=catalogue.by_key["growth"], fingerprints={}, now=day_0).fact
    assert fact.state.status is FactStatus.DISPUTED
    assert [side.independent_sources for side in fact.state.sides] == [1, 1]
