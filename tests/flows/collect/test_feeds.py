from __future__ import annotations

import random
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.collect.feeds import Feed, parse
from flows.errors import FeedError
from storage.model import Authority, Entry, Source

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SOURCE = Source(
    name="wire", title="Wire", url="https://wire.example/rss", timezone="America/New_York", authority=Authority.PRIMARY
)


def rss(items: str, head: str = "") -> bytes:
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Wire</title><link>https://wire.example/</link>{head}{items}'
        "</channel></rss>"
    ).encode()


def read(body: bytes, source: Source = SOURCE) -> Feed:
    return parse(body, source, url="https://wire.example/rss", now=NOW)


def only(item: str, head: str = "") -> Entry:
    (entry,) = read(rss(f"<item>{item}</item>", head)).entries
    return entry


def test_an_rss_item() -> None:
    entry = only(
        "<title>Lenovo &amp; partners &lt;b&gt;ship&lt;/b&gt;</title><link>/a?x=1</link><guid isPermaLink='false'>id-7</guid>"
        "<pubDate>Sat, 28 Feb 2026 22:30:00 -0500</pubDate><dc:creator>A. Writer</dc:creator>"
        "<description>short</description><content:encoded><![CDATA[<p>The whole <i>story</i>.</p>]]></content:encoded>",
        "<language>en-us</language>",
    )
    assert (entry.title, entry.url, entry.guid) == ("Lenovo & partners ship", "https://wire.example/a?x=1", "id-7")
    assert entry.published == datetime(2026, 3, 1, 3, 30, tzinfo=UTC)
    assert entry.published_on == date(2026, 2, 28)
    assert (entry.body, entry.media_type) == ("<p>The whole <i>story</i>.</p>", "text/html")
    assert (entry.author, entry.language, entry.authority, entry.timezone) == (
        "A. Writer", "en-us", Authority.PRIMARY, "America/New_York",
    )  # fmt: skip
    assert entry.updated is None


def test_an_atom_entry() -> None:
    body = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>T</title>
      <entry><id>tag:x,1</id><title type="text">a &lt; b</title><link rel="enclosure" href="http://x.example/f.mp3"/>
      <link rel="alternate" href="https://x.example/1"/><published>2026-02-27T10:00:00+01:00</published>
      <updated>2026-02-28T10:00:00+01:00</updated><content type="text">plain &lt;text&gt;</content></entry></feed>"""
    (entry,) = read(body).entries
    assert (entry.title, entry.url, entry.language) == ("a < b", "https://x.example/1", "de")
    assert (entry.body, entry.media_type) == ("plain <text>", "text/plain")
    assert entry.published == datetime(2026, 2, 27, 9, tzinfo=UTC)
    assert entry.updated == datetime(2026, 2, 28, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("Fri, 27 Feb 2026 10:00:00", datetime(2026, 2, 27, 15, tzinfo=UTC)),
        ("2026-02-27 10:00", datetime(2026, 2, 27, 15, tzinfo=UTC)),
        ("Fri, 27 Feb 2026 10:00:00 GMT", datetime(2026, 2, 27, 10, tzinfo=UTC)),
        ("Tomorrow, maybe", None),
        ("Fri, 27 Feb 2037 10:00:00 GMT", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
    ],
)
def test_dates_without_a_zone_are_local_and_impossible_ones_none(written: str, instant: datetime | None) -> None:
    assert only(f"<link>/a</link><pubDate>{written}</pubDate>").published == instant


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "mailto:a@b.example", "http://", "http://a b/", "//"]
)
def test_links_that_are_no_web_address_are_not_kept(link: str) -> None:
    entry = only(f"<title>t</title><link>{link}</link><guid isPermaLink='false'>g1</guid>")
    assert entry.url.startswith("urn:deltawire:wire:")
    assert entry.url == only(f"<title>another</title><link>{link}</link><guid isPermaLink='false'>g1</guid>").url


def test_a_guid_that_is_an_address_serves_as_link() -> None:
    assert only("<title>t</title><guid>https://wire.example/p/9</guid>").url == "https://wire.example/p/9"


def test_a_search_names_each_entrys_publisher() -> None:
    entry = only("<title>Lenovo wins - The Daily</title><link>/a</link><source url='https://daily.example'>The Daily</source>")
    assert (entry.publisher, entry.title) == ("The Daily", "Lenovo wins")


def test_repeated_links_make_no_copies_and_lose_no_entry() -> None:
    item = "<item><title>{}</title><link>/same</link><guid isPermaLink='false'>{}</guid></item>"
    entries = read(rss("".join(item.format(*pair) for pair in [("A", 1), ("A", 1), ("A", 2), ("B", 3)]))).entries
    assert [entry.title for entry in entries] == ["A", "B"]
    assert len({entry.url for entry in entries}) == 2


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "empty answer"),
        (b"  \n ", "empty answer"),
        (b"<!DOCTYPE html><html><body><h1>Hello</h1></body></html>", "a web page, no feed"),
        (b'{"json": true}', "neither RSS nor Atom"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "neither RSS nor Atom"),
        (b"<rss>" + b" " * 5_000_001, "larger than 5 MB"),
        (b"/etc/passwd", "neither RSS nor Atom"),
        (b"http://127.0.0.1/feed", "neither RSS nor Atom"),
    ],
)
def test_what_is_no_feed_is_a_feed_error(body: bytes, message: str) -> None:
    with pytest.raises(FeedError, match=f"^wire: .*{message}"):
        read(body)


def test_a_damaged_feed_gives_what_can_be_read() -> None:
    body = rss("<item><title>First & foremost</title><link>/1</link></item><item><title>Second</title><link>/2</link>")[:-16]
    assert [entry.url for entry in read(body).entries] == ["https://wire.example/1", "https://wire.example/2"]


def test_control_characters_do_not_come_through() -> None:
    entry = only("<title>a&#x0;b\x0bc</title><link>/x</link><description>d\x07e</description>")
    assert not set(entry.title + entry.body) & {"\0", "\x0b", "\x07"}


@given(st.binary(max_size=2000))
def test_bytes_of_any_kind_end_in_entries_or_one_error(body: bytes) -> None:
    for candidate in (body, b"<?xml version='1.0'?><rss version='2.0'>" + body):
        try:
            found = read(candidate)
        except FeedError:
            continue
        assert all(isinstance(entry, Entry) for entry in found.entries)


@pytest.mark.parametrize("archive", ["feedparser-6.0.14-tests.zip", "feedvalidator-testcases.zip"])
def test_feeds_nobody_here_wrote_end_in_entries_or_one_error(shared: Path, archive: str) -> None:
    entries = errors = 0
    with zipfile.ZipFile(shared / "corpora" / archive) as corpus:
        names = [name for name in corpus.namelist() if name.endswith((".xml", ".rss", ".atom", ".rdf"))]
        for name in random.Random(7).sample(names, 500):
            try:
                found = read(corpus.read(name))
            except FeedError:
                errors += 1
                continue
            for entry in found.entries:
                entries += 1
                assert entry.url.startswith(("http://", "https://", "urn:deltawire:")), name
                assert entry.published is None or entry.published <= NOW + timedelta(days=1), name
    assert entries > 200
    assert errors < 250
