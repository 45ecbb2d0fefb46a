"""What a page says of itself: title, date, language, author. Only asked where the entry does not tell."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime

from flows.collect.characters import one_line
from flows.collect.moments import moment
from flows.read.markup import MarkupError, Tree

_TITLES = ("og:title", "twitter:title", "dc.title", "citation_title")
_DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "pubdate", "publishdate",
    "publish-date", "sailthru.date", "dc.date.issued", "dc.date", "dcterms.created", "citation_publication_date", "date",
)  # fmt: skip
_AUTHORS = ("author", "article:author", "parsely-author", "dc.creator", "citation_author", "byl")
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?![a-zA-Z])")
_JSON_LIMIT = 200_000


def title(tree: Tree) -> str:
    """The page's title; empty where it has none."""
    named = _meta(tree, _TITLES)
    if named:
        return named
    for path in (".//h1", ".//title"):
        node = tree.find(path)
        if node is not None and (text := one_line("".join(str(part) for part in node.itertext()))):
            return text
    return ""


def author(tree: Tree) -> str | None:
    """The author named in the head, unless it is an address."""
    name = _meta(tree, _AUTHORS)
    return name if name and "://" not in name else None


def language(tree: Tree) -> str | None:
    """The primary language tag the page declares: `en`, `zh`."""
    declared = str(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "")
    found = _LANGUAGE.match(declared.strip() or _meta(tree, ("og:locale", "language", "content-language")))
    return found[0].lower() if found else None


def published(tree: Tree, timezone: str, now: datetime) -> tuple[datetime, date] | None:
    """When the page was published: instant and the publisher's day; None where it does not say.

    Asked in this order: meta elements, JSON-LD, marked-up times; then htmldate's search of the page.
    """
    for text in _dates(tree):
        found = moment(text, timezone)
        if found and found[0].year >= 1990 and found[0] <= now:
            return found
    # Half a page's reading time and a dozen modules: only where the page itself was silent.
    from htmldate import find_date  # noqa: PLC0415 - costs a tenth of a second to import, and few pages need it

    try:
        day = find_date(tree, original_date=True, extensive_search=False, max_date=now.date().isoformat())
    except (ValueError, TypeError, MarkupError):
        return None
    return moment(day, timezone) if day else None


def _dates(tree: Tree) -> Iterator[str]:
    if text := _meta(tree, _DATES):
        yield text
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        yield from _json_dates(str(script.text or ""))
    for node in tree.xpath("//*[@itemprop='datePublished']"):
        yield str(node.get("content") or node.get("datetime") or "")
    for node in tree.xpath("//article//time[@datetime] | //header//time[@datetime]"):
        yield str(node.get("datetime"))


def _json_dates(text: str) -> Iterator[str]:
    if "datePublished" not in text or len(text) > _JSON_LIMIT:
        return
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return
    waiting = [data]
    while waiting:
        item = waiting.pop(0)
        if isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, dict):
            if isinstance(item.get("datePublished"), str):
                yield item["datePublished"]
            waiting.extend(value for key, value in item.items() if key in {"@graph", "mainEntity", "mainEntityOfPage"})


def _meta(tree: Tree, names: tuple[str, ...]) -> str:
    """The content of the first of these meta elements that the page has, in the order of `names`."""
    found: dict[str, str] = {}
    for node in tree.iter("meta"):
        name = str(node.get("property") or node.get("name") or node.get("itemprop") or node.get("http-equiv") or "").lower()
        content = one_line(str(node.get("content") or ""))
        if name in names and content:
            found.setdefault(name, content)
    return next((found[name] for name in names if name in found), "")
