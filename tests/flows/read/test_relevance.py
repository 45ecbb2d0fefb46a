from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.collect.documents import documents
from flows.config import Entity, EntityKind, Topic, Watchlist, load_watchlist
from flows.read import read, wanted
from flows.read.names import Names
from storage.model import Article, Entry

NOW = datetime(2026, 6, 1, tzinfo=UTC)
WATCHLIST = Watchlist(
    entities=(
        Entity(key="apple", name="Apple", kind=EntityKind.ORG, aliases=("苹果",), not_near=("orchard", "cider")),
        Entity(key="vision", name="Vision Pro", kind=EntityKind.PRODUCT, maker="apple"),
        Entity(key="dell", name="Dell", kind=EntityKind.ORG),
    ),
    topics=(
        Topic(name="apple", entities=("apple",)),
        Topic(name="dell-ai", entities=("dell",), required=("AI",), any=("server", "rack"), excluded=("podcast",)),
        Topic(name="tariffs", any=("tariff",)),
    ),
)
FILLER = "Nothing of interest happened in the market during the whole of that long and quiet afternoon. " * 10


def about(text: str, title: str = "News") -> Article:
    return read(Entry(source="x", url="https://x.example/1", title=title, body=text, media_type="text/plain"), now=NOW)


@pytest.mark.parametrize(
    ("title", "text", "topics"),
    [
        ("Apple wins", FILLER, ("apple",)),
        ("苹果公司发布新品", "今天的消息。", ("apple",)),
        ("News", f"Apple rose; Vision Pro sold well. {FILLER}", ("apple",)),
        ("News", f"{FILLER} Shares of Apple fell.", ()),
        ("News", f"{FILLER} Apple fell. Apple rose. Apple's day ended.", ("apple",)),
        ("An apple a day", "An apple, and more apples, and apple pie.", ()),
        ("Apple harvest", f"The orchard gives Apple-like fruit for cider. {FILLER}", ()),
        ("Pineapple", "Pineapples and Applesauce.", ()),
        ("APPLE WINS", FILLER, ("apple",)),
        ("Dell builds AI racks", "A rack.", ("dell-ai",)),
        ("Dell builds racks", "A rack.", ()),
        ("Dell builds AI", "No more.", ()),
        ("Dell builds AI racks", "A rack, says our podcast.", ()),
        ("Tariff talk", "A tariff.", ("tariffs",)),
        ("News", f"{FILLER}\n\nRelated stories\nApple wins again\nApple loses\nApple draws", ()),
        ("", "", ()),
    ],
)
def test_topics_want_what_an_article_is_about(title: str, text: str, topics: tuple[str, ...]) -> None:
    match = wanted(about(text or "-", title), WATCHLIST)
    assert match.topics == topics, str(match)
    assert bool(match) is bool(topics)
    assert len(match.reasons) == 3


def test_reasons_say_where_and_what() -> None:
    text = str(wanted(about(f"Apple rose. {FILLER}", "Apple wins"), WATCHLIST))
    assert "wanted by apple" in text
    assert "Apple in the title" in text
    assert "dell-ai: not wanted, it does not say AI" in text


def test_without_topics_every_entity_counts() -> None:
    assert wanted(about(FILLER, "Dell wins"), replace_topics(())).topics == ("watchlist",)


def replace_topics(topics: tuple[Topic, ...]) -> Watchlist:
    return Watchlist(entities=WATCHLIST.entities, topics=topics)


def test_names_are_whole_words_the_longest_first() -> None:
    names = Names([("nvidia", "Nvidia"), ("nvidia", "NVIDIA"), ("rubin", "Rubin"), ("vr", "Vera Rubin"), ("lenovo", "联想")])
    text = "NVIDIA's Vera Rubin, the Rubins, rubin and Rubinstein; İstanbul; 联想集团"
    found = names.find(text)
    assert [(name.key, text[name.start : name.end]) for name in found] == [
        ("nvidia", "NVIDIA"), ("vr", "Vera Rubin"), ("rubin", "Rubin"), ("lenovo", "联想"),
    ]  # fmt: skip


def test_one_word_may_stand_for_two_things() -> None:
    assert {name.key for name in Names([("a", "Vera"), ("b", "Vera")]).find("Vera")} == {"a", "b"}


def test_the_gold_articles(shared: Path, seeds: Path) -> None:
    """The analysts' verdict on each article is ours."""
    watchlist = load_watchlist(seeds / "watchlist.yaml")
    verdicts = {}
    for entry in documents([*sorted((shared / "gold").glob("2*.md")), shared / "seeds"], source="x"):
        assert isinstance(entry, Entry), entry
        name = Path(entry.guid or "").stem
        gold = f"seed-{name[:3]}" if name.startswith("0") else name
        expected = json.loads((shared / "gold" / f"{gold}.json").read_text(encoding="utf-8"))["relevant"]
        verdicts[name] = (bool(wanted(read(entry, now=NOW), watchlist)), expected)
    assert len(verdicts) == 16
    assert {name: pair for name, pair in verdicts.items() if pair[0] is not pair[1]} == {}
