"""An article at one revision as a row of the table, and back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, Select, select

from storage.columns import refuse_unstorable
from storage.model import Article, ArticleState, Authority
from storage.tables import articles, credits, revisions

METADATA = (  # what one sighting of a text may know better than another
    "source",
    "publisher",
    "authority",
    "language",
    "author",
    "published",
    "published_on",
    "updated",
    "title",
    "fingerprint",
)


def effective_at(article: Article) -> datetime:
    """The moment that orders an article's revisions: updated, else published, else seen."""
    return article.updated or article.published or article.seen_at


def revision_row(article: Article, state: ArticleState, *, is_current: bool) -> dict[str, Any]:
    """The columns of a revision seen for the first time; ValueError naming it where a text cannot be stored."""
    named = (article.title, article.text, article.url, article.author, article.publisher, article.language)
    refuse_unstorable(f"article {article.url!r}", named)
    return metadata_row(article) | {
        "id": article.revision,
        "article": article.id,
        "state": str(state),
        "seen_at": article.seen_at,
        "effective_at": effective_at(article),
        "last_seen_at": article.seen_at,
        "is_current": is_current,
        "extracted": False,
        "reconciled_at": None,
        "text": article.text,
    }


def metadata_row(article: Article) -> dict[str, Any]:
    """The METADATA columns."""
    return {name: getattr(article, name) for name in METADATA} | {"authority": str(article.authority)}


def merit(authority: str, published: datetime | None, source: str) -> tuple[bool, int, datetime, str]:
    """Which of two sightings of one text to believe about it, least first: a dated one, the nearer source, the earlier.

    A fixed order, so that it does not matter which of two feeds brought the text first.
    """
    return (published is None, Authority(authority).rank, published or datetime.max.replace(tzinfo=UTC), source)


def select_articles() -> Select[Any]:
    """Revisions with what their article knows, as `to_article` wants them."""
    return (
        select(revisions, articles.c.url, articles.c.gone_at, credits.c.agency)
        .join(articles, articles.c.id == revisions.c.article)
        .outerjoin(credits, credits.c.revision == revisions.c.id)
    )


def to_article(row: Row[Any]) -> Article:
    """The article at the revision that a row of `select_articles` holds."""
    state = ArticleState(row.state)
    return Article(
        id=row.article,
        revision=row.id,
        url=row.url,
        source=row.source,
        publisher=row.publisher,
        title=row.title,
        text=row.text,
        language=row.language,
        author=row.author,
        published=row.published,
        published_on=row.published_on,
        updated=row.updated,
        seen_at=row.seen_at,
        authority=Authority(row.authority),
        state=ArticleState.GONE if row.gone_at is not None and state is ArticleState.READ else state,
        fingerprint=row.fingerprint,
        credit=row.agency,
    )
