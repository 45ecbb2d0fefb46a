from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.errors import DocumentError
from flows.read import read
from flows.read.article import publisher_key
from storage.identity import article_id, revision_id
from storage.model import ArticleState, Authority, Entry

TEXT = Entry(source="manual", url="file:///a.txt", body="Lenovo said so.", media_type="text/plain")
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def test_a_text_is_kept_as_it_is_but_for_newlines_and_controls(now: datetime) -> None:
    body = "\ufeff  Café\r\ncafe\u0301 ﬁ\u00a0 x\ty\x00\x07\rend \ud800\n\n\n"
    article = read(replace(TEXT, body=body), now=now)
    assert article.text == "  Café\ncafe\u0301 ﬁ\u00a0 x\ty\nend \ufffd"
    assert (article.id, article.revision) == (article_id("file:///a.txt"), revision_id(article.id, article.text))
    assert article.state is ArticleState.READ


@given(st.text(max_size=200))
def test_reading_a_kept_text_again_keeps_it(body: str) -> None:
    try:
        article = read(replace(TEXT, body=body), now=NOW)
    except DocumentError:
        return
    assert read(replace(TEXT, body=article.text), now=NOW) == article
    article.text.encode()


def test_what_the_entry_says_goes_first(now: datetime) -> None:
    entry = replace(
        TEXT, title=" A\n title ", language="zh-CN", publisher="Harbour Wire", author="P. Peng", authority=Authority.PRIMARY,
        published=datetime(2026, 1, 7, 20, tzinfo=UTC), timezone="Asia/Shanghai",
    )  # fmt: skip
    article = read(entry, now=now)
    assert (article.title, article.language, article.publisher, article.author) == ("A title", "zh", "harbour-wire", "P. Peng")
    assert (article.published, article.published_on) == (datetime(2026, 1, 7, 20, tzinfo=UTC), date(2026, 1, 8))
    assert (article.source, article.authority, article.seen_at) == ("manual", Authority.PRIMARY, now)


def test_a_time_without_a_zone_is_the_sources_local_time(now: datetime) -> None:
    article = read(replace(TEXT, published=datetime(2026, 1, 7, 20), timezone="America/New_York"), now=now)  # noqa: DTZ001 - on purpose
    assert (article.published, article.published_on) == (datetime(2026, 1, 8, 1, tzinfo=UTC), date(2026, 1, 7))


def test_without_a_date_there_is_none(now: datetime) -> None:
    article = read(TEXT, now=now)
    assert (article.published, article.published_on) == (None, None)


@pytest.mark.parametrize(
    ("body", "title"),
    [("# The head\n\nText.", "The head"), ("\n\nFirst line\nSecond", "First line"), ("x" * 400, "x" * 160)],
)
def test_a_text_without_a_title_is_called_by_its_first_line(now: datetime, body: str, title: str) -> None:
    assert read(replace(TEXT, body=body, media_type="text/markdown"), now=now).title == title


def test_the_publisher_is_the_source_where_nobody_says(now: datetime) -> None:
    assert read(TEXT, now=now).publisher == "manual"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Harbour Wire", "harbour-wire"),
        ("jiemian-news", "jiemian-news"),
        ("Le Monde – Économie", "le-monde-economie"),
        ("界面新闻", "界面新闻"),
    ],
)
def test_publisher_keys(name: str, key: str) -> None:
    assert publisher_key(name) == key


@pytest.mark.parametrize(
    "changes", [{"body": " \n\x00 "}, {"url": ""}, {"url": "http://"}, {"body": "", "media_type": "text/html"}]
)
def test_what_cannot_be_read(now: datetime, changes: dict[str, str]) -> None:
    with pytest.raises(DocumentError):
        read(replace(TEXT, **changes), now=now)


def test_tracking_does_not_make_another_article(now: datetime) -> None:
    one = read(replace(TEXT, url="https://A.example/x?utm_source=rss#top"), now=now)
    other = read(replace(TEXT, url="https://a.example/x"), now=now)
    assert one.id == other.id


def test_the_fingerprint_ignores_what_is_not_the_story(now: datetime) -> None:
    story = (
        "Lenovo said on Monday that its revenue rose 12 percent to $3.4 billion in the second quarter, helped by servers. " * 3
    )
    one = read(replace(TEXT, body=story), now=now)
    other = read(replace(TEXT, body=f"By Tom Hale\n\n{story}\n\nRelated stories\nKestrel buys rival\nChip tax dropped"), now=now)
    assert one.fingerprint == other.fingerprint != b""
    assert one.revision != other.revision
