from __future__ import annotations

import itertools
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.read.fingerprint import SAME_STORY, fingerprint, similarity

WORDS = [
    f"{a}{b}{c}"
    for a in ("ra", "ne", "lo", "mi", "tu")
    for b in ("ka", "pe", "so", "vi", "du")
    for c in ("n", "r", "st", "l", "x", "m")
]
stories = st.integers(0, 10**9).map(lambda seed: random.Random(seed).choices(WORDS, k=300))


def of(words: list[str]) -> bytes:
    return fingerprint(" ".join(words))


@given(stories)
def test_a_text_is_itself_however_it_is_set(words: list[str]) -> None:
    assert similarity(of(words), fingerprint("  \n".join(words).upper() + "!")) == 1.0


@given(stories, stories)
def test_stories_of_their_own_stay_apart(one: list[str], other: list[str]) -> None:
    if one != other:
        assert similarity(of(one), of(other)) < 0.2


@given(stories, st.integers(0, 9))
def test_a_copy_with_words_changed_and_an_intro_stays_the_same_story(words: list[str], changes: int) -> None:
    copy = list(words)
    for number in range(changes // 2):
        copy[number * 50] = "otherwise"
    copy = ["from", "our", "own", "correspondent", "today", *copy]
    assert similarity(of(words), of(copy)) >= SAME_STORY
    assert similarity(of(copy), of(words)) == similarity(of(words), of(copy))


@pytest.mark.parametrize("text", ["", " \n", "!?"])
def test_nothing_is_like_nothing(text: str) -> None:
    assert fingerprint(text) == b""
    assert similarity(b"", fingerprint("some words")) == 0.0
    assert similarity(b"", b"") == 0.0


def test_short_and_chinese_texts_have_fingerprints_too() -> None:
    assert len(fingerprint("two words")) == 512
    chinese = "联想集团与英伟达周三宣布扩大合作伙伴关系推出企业人工智能云超级工厂"
    assert similarity(fingerprint(chinese), fingerprint(chinese + "。")) == 1.0
    assert similarity(fingerprint(chinese), fingerprint(chinese[::-1])) < 0.1


def test_the_signature_is_the_same_everywhere() -> None:
    """Stored signatures must be comparable with those of later versions and other machines."""
    assert fingerprint("Lenovo and Nvidia announced a partnership at CES.").hex()[:32] == "da9dc894da9dc894da9dc894da9dc894"


def test_four_accounts_of_one_event_are_four_stories(shared: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted((shared / "seeds").glob("*.txt"))]
    assert len(texts) == 4
    assert all(similarity(fingerprint(a), fingerprint(b)) < 0.2 for a, b in itertools.combinations(texts, 2))
