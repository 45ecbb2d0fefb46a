"""Bytes of a feed to entries. The only module that knows feedparser."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from html import unescape
from io import BytesIO
from time import struct_time
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser

from flows.collect.characters import clean, one_line
from flows.collect.moments import day_in, moment
from flows.errors import FeedError
from storage.identity import digest
from storage.model import Entry, Source

LIMIT = 5_000_000
"""Bytes a feed may have: its parser takes quadratic time on hostile ones."""
_ENTRIES = 1_000
_AHEAD = timedelta(days=1)
"""A date this far ahead is a mistake in the feed, or an event's: no date of publication."""

_TAG = re.compile(r"<[^<>]{0,2000}>")
_TEXTS = {"text/plain": "text/plain", "text/markdown": "text/markdown"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A parsed feed: its own title, its format (`rss20`, `atom10`, …) and its entries, as they came."""

    title: str
    version: str
    entries: tuple[Entry, ...]


def parse(body: bytes, source: Source, *, url: str, now: datetime, content_type: str = "") -> Feed:
    """The feed in `body`, fetched from `url`. FeedError where it is none; damage that can be survived is survived.

    Entries keep their text as raw HTML: nothing in them is trusted, and only http and https links are
    kept. One without a link is known by a `urn:` made of its guid. Entries that repeat another's
    link and guid are dropped.
    """
    if not body.strip():
        raise FeedError(source.name, "an empty answer, no feed")
    if len(body) > LIMIT:
        raise FeedError(source.name, f"larger than {LIMIT / 1e6:g} MB")
    headers = {"content-location": url}
    if content_type:
        headers["content-type"] = content_type
    try:
        # BytesIO always: given bytes, feedparser may take them for a path and open it.
        found = feedparser.parse(BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
        version = str(found.get("version") or "")
        language = _text(found.feed.get("language")) or None
        entries = tuple(_apart(_entry(raw, source, url, language, now) for raw in found.entries[:_ENTRIES]))
        title = _title(found.feed)
    except Exception as error:
        raise FeedError(source.name, f"cannot be parsed ({type(error).__name__})") from error
    if not version and not entries:
        raise FeedError(source.name, _not_a_feed(body))
    return Feed(title=title, version=version, entries=entries)


def text_length(entry: Entry) -> int:
    """About how many characters of text an entry's body holds, its markup aside."""
    return len(" ".join(_TAG.sub(" ", entry.body).split()))


def _not_a_feed(body: bytes) -> str:
    head = body[:2_000].lower()
    return "a web page, no feed" if b"<html" in head or b"<!doctype html" in head else "no feed: neither RSS nor Atom"


def _entry(raw: Mapping[str, Any], source: Source, feed_url: str, language: str | None, now: datetime) -> Entry:
    origin = raw.get("source")
    publisher = _text(origin.get("title")) if isinstance(origin, Mapping) else ""
    title = _title(raw)
    if publisher and title.endswith(f" - {publisher}"):  # how news searches write their titles
        title = title.removesuffix(f" - {publisher}")
    body, media_type, spoken = _body(raw)
    guid = one_line(_text(raw.get("id")), 1_000) or None
    published, day = _when(raw, "published", source, now)
    # Not `get`: feedparser answers `updated` with `published` where it is absent.
    updated = _when(raw, "updated", source, now)[0] if "updated" in raw else None
    if published is None and updated is not None:
        published, day = updated, day_in(updated, source.timezone)
    return Entry(
        source=source.name,
        url=_link(raw, feed_url) or f"urn:deltawire:{source.name}:{digest(guid or [title, body])}",
        title=title,
        body=body,
        media_type=media_type,
        published=published,
        published_on=day,
        updated=updated,
        language=spoken or language,
        author=one_line(_text(raw.get("author")), 200) or None,
        guid=guid,
        publisher=publisher or None,
        authority=source.authority,
        timezone=source.timezone,
    )


def _apart(entries: Iterator[Entry]) -> Iterator[Entry]:
    """The entries, each once: a link that comes again with another guid and title is told apart by its guid."""
    titles: dict[str, str] = {}
    for entry in entries:
        if entry.url not in titles:
            titles[entry.url] = entry.title
            yield entry
        elif entry.guid and entry.title != titles[entry.url]:
            url = f"urn:deltawire:{entry.source}:{digest(entry.guid)}"
            if url not in titles:
                titles[url] = entry.title
                yield Entry(**{name: getattr(entry, name) for name in Entry.__slots__} | {"url": url})


def _title(raw: Mapping[str, Any]) -> str:
    detail = raw.get("title_detail")
    title = _text(raw.get("title"))
    if isinstance(detail, Mapping) and "html" in str(detail.get("type")):
        title = unescape(_TAG.sub("", title))
    return one_line(title)


def _body(raw: Mapping[str, Any]) -> tuple[str, str, str | None]:
    """The fullest text an entry has, its media type, and the language it says it is in."""
    offered = [part for part in raw.get("content") or () if isinstance(part, Mapping)]
    if isinstance(raw.get("summary_detail"), Mapping):
        offered.append(raw["summary_detail"])
    texts = [part for part in offered if str(part.get("type")).startswith("text/") or "html" in str(part.get("type"))]
    if not texts:
        return clean(_text(raw.get("summary"))), "text/html", None
    best = max(texts, key=lambda part: len(_text(part.get("value"))))
    return clean(_text(best.get("value"))), _TEXTS.get(str(best.get("type")), "text/html"), _text(best.get("language")) or None


def _link(raw: Mapping[str, Any], feed_url: str) -> str | None:
    """The entry's page: its link, else a guid that is an address."""
    offered = [_text(raw.get("link"))]
    offered += [_text(link.get("href")) for link in raw.get("links") or () if link.get("rel") in {None, "alternate"}]
    offered += [guid for guid in [_text(raw.get("id"))] if re.match(r"https?://", guid)]
    for link in offered:
        if (address := http_address(feed_url, link)) is not None:
            return address
    return None


def http_address(base: str, link: str) -> str | None:
    """`link` as an absolute http or https address; None where it is none, or only `base` again."""
    link = one_line(link, 4_000)
    if not link:
        return None
    try:
        address = urljoin(base, link)
        parts = urlsplit(address)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and not set(parts.netloc) & set(" <>\"'\\")
    except ValueError:
        return None
    return parts.scheme + address[len(parts.scheme) :] if usable and address != base else None


def _when(raw: Mapping[str, Any], name: str, source: Source, now: datetime) -> tuple[datetime | None, date | None]:
    """When, and on which day at the publisher's: read by us first, because a time without a zone is the source's local time."""
    written = _text(raw.get(name)) if name in raw else ""
    found = moment(written, source.timezone) if written else None
    parsed = raw.get(f"{name}_parsed") if name in raw else None
    if found is None and isinstance(parsed, struct_time):
        try:
            instant = datetime(*parsed[:6], tzinfo=UTC)
        except ValueError:
            return None, None
        found = instant, day_in(instant, source.timezone)
    if found is None or found[0] > now + _AHEAD or found[0].year < 1990:
        return None, None
    return found


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
