"""Entry to article: the read station's one verb."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from unicodedata import combining, normalize

from flows.collect.characters import clean, one_line
from flows.collect.moments import day_in, zone
from flows.errors import DocumentError
from flows.read import language, markup, metadata
from flows.read.boilerplate import without_boilerplate
from flows.read.credits import credit
from flows.read.fingerprint import fingerprint
from flows.read.urls import canonical_url
from storage.identity import article_id, revision_id
from storage.model import Article, ArticleState, Entry

_HEADING = re.compile(r"#{1,3}\s+(.+)")
_HTML = frozenset({"text/html", "application/xhtml+xml", "html"})
_TITLE_LENGTH = 160


def read(entry: Entry, *, now: datetime) -> Article:
    """What `entry` publishes, as an article: clean text, title, dates, language, fingerprint.

    Title, date and language come from the entry; the page itself is asked only where the entry is
    silent. A page that shows a wall instead of an article comes back as BLOCKED with no text.
    DocumentError where there is no address, or neither text nor title.
    """
    try:
        url = canonical_url(entry.url)
    except ValueError as error:
        raise DocumentError(one_line(entry.url, 200) or entry.source, f"not an address an article can have: {error}") from error
    tree = markup.tree_of(entry.body) if entry.media_type in _HTML else None
    is_page = tree is not None and markup.is_page(entry.body)
    title = one_line(entry.title) or (metadata.title(tree) if tree is not None and is_page else "")
    text = _text(entry, tree, title, is_page=is_page)
    if not text and not is_page:
        raise DocumentError(url, "no text to read")
    published, day = _published(entry, tree if is_page else None, now)
    article = article_id(url)
    author = one_line(entry.author or "", 200) or (metadata.author(tree) if tree is not None and is_page else None)
    return Article(
        id=article,
        revision=revision_id(article, text),
        url=url,
        source=entry.source,
        publisher=publisher_key(entry.publisher or "") or entry.source,
        title=title or _first_line(text),
        text=text,
        language=_language(entry, tree if is_page else None, text),
        author=author,
        published=published,
        published_on=day,
        updated=_aware(entry.updated, entry.timezone),
        seen_at=now,
        authority=entry.authority,
        state=ArticleState.READ if text else ArticleState.BLOCKED,
        fingerprint=fingerprint(without_boilerplate(text)),
        credit=credit(text, author),
    )


def publisher_key(name: str) -> str:
    """A publisher's name as the key independence is counted by: "Harbour Wire" is `harbour-wire`.

    Accents go, letters of other scripts stay, everything else becomes a single dash.
    """
    plain = "".join(character for character in normalize("NFKD", one_line(name)) if not combining(character)).casefold()
    return re.sub(r"[\W_]+", "-", plain).strip("-")


def _text(entry: Entry, tree: markup.Tree | None, title: str, *, is_page: bool) -> str:
    if entry.media_type not in _HTML:
        return clean(entry.body)
    if tree is None:
        return title  # a feed's entry that is a headline and no more
    if is_page:
        from flows.read.page import main_text  # noqa: PLC0415 - brings trafilatura in, which feeds' fragments never need

        return main_text(tree, title)
    return markup.to_text(tree) or title


def _published(entry: Entry, tree: markup.Tree | None, now: datetime) -> tuple[datetime | None, date | None]:
    if entry.published is not None:
        when = _aware(entry.published, entry.timezone)
        return when, entry.published_on or (day_in(when, entry.timezone) if when else None)
    if tree is not None and (found := metadata.published(tree, entry.timezone, now)):
        return found
    return None, entry.published_on


def _aware(when: datetime | None, timezone: str) -> datetime | None:
    """In UTC; a time without a zone is the source's local time."""
    if when is None:
        return None
    return (when if when.tzinfo else when.replace(tzinfo=zone(timezone))).astimezone(UTC)


def _language(entry: Entry, tree: markup.Tree | None, text: str) -> str:
    declared = re.match(r"[a-z]{2,3}(?![a-z])", (entry.language or "").strip().lower())
    if declared:
        return declared[0]
    return (metadata.language(tree) if tree is not None else None) or language.guess(text)


def _first_line(text: str) -> str:
    for line in text.split("\n", 50):
        if heading := _HEADING.match(line):
            return one_line(heading[1], _TITLE_LENGTH)
        if line.strip():
            return one_line(line, _TITLE_LENGTH)
    return ""
