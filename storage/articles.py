"""Articles and their revisions: one row for each piece, one for each distinct text it ever had.

Which revision is current does not depend on the order they arrive in: it is the one with the
latest (updated, else published, else seen), then the one seen last. A text that comes back becomes
current again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Row, Select, bindparam, func, insert, select, update

from storage.article_rows import effective_at, merit, metadata_row, revision_row, select_articles, to_article
from storage.bulk import chunks, upsert
from storage.changes import append_changes
from storage.columns import refuse_unstorable
from storage.database import Session
from storage.differences import difference
from storage.identity import article_id, digest
from storage.model import Article, ArticleState, Change, ChangeKind
from storage.prefixes import by_prefix
from storage.tables import aliases, articles, changes, claims, credits, facts, sources
from storage.tables import revisions as table

_STANDING: Select[Any] = (
    select(*(column for column in table.c if column.name not in {"title", "fingerprint", "text"}), articles.c.gone_at)
    .join(articles, articles.c.id == table.c.article)
    .where(table.c.article == bindparam("article"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What saving an article did.

    `new`: its first readable text, or the first trace of one set aside or blocked; `edited`:
    another text of a known article; `same`: nothing changed. `previous_revision` and `detail`
    (what the two texts differ in) are set where an edit moved the article to another revision.
    """

    kind: Literal["new", "edited", "same"]
    article_id: str
    revision: str
    previous_revision: str | None = None
    detail: str | None = None


def save_article(
    s: Session, article: Article, *, guid: str | None = None, other_urls: Sequence[str] = (), history: bool = False
) -> Saved:
    """Keep an article's text as a revision, and enter what is new about it into the ledger.

    `guid` and `other_urls` are further names under which `known_guids` and `known_urls` find it.
    `history` marks the ledger's entry as no news (a backfill). What is set aside or blocked makes
    no entry. An article that is wanted at one revision is wanted at all of them, and a wall that
    rises in front of a text that was read hides nothing.
    Raises ValueError where a text cannot be stored or the source is not known.
    """
    there = s.execute(_STANDING, {"article": article.id}).all()
    known = next((row for row in there if row.id == article.revision), None)
    read_before = any(row.state == ArticleState.READ for row in there)
    before = next((str(row.id) for row in there if row.is_current), None)
    if article.state is ArticleState.BLOCKED and any(row.state != ArticleState.BLOCKED for row in there):
        return Saved(kind="same", article_id=article.id, revision=before or article.revision)
    state = ArticleState.READ if read_before or article.state is ArticleState.GONE else article.state
    first_reading = state is ArticleState.READ and not read_before
    now = _current(there, article, state)

    if not there:
        _add_article(s, article)
    _remember_names(s, article, guid, other_urls)
    if before not in {None, now}:  # its claims go and those of the other come alive: both are reconciled again
        s.execute(update(table).where(table.c.id == before).values(is_current=False, reconciled_at=None))
    if known is None:
        s.execute(insert(table), [revision_row(article, state, is_current=now == article.revision)])
        if article.credit:
            refuse_unstorable(f"article {article.url!r}", article.credit)
            s.execute(insert(credits), [{"revision": article.revision, "agency": article.credit}])
    else:
        _see_again(s, known, article, returns=before != now)
    if first_reading and any(row.state == ArticleState.SET_ASIDE for row in there):
        aside = (table.c.article == article.id, table.c.state == str(ArticleState.SET_ASIDE))
        s.execute(update(table).where(*aside).values(state=str(state)))
    if any(row.gone_at is not None for row in there):
        s.execute(update(articles).where(articles.c.id == article.id).values(gone_at=None))

    if first_reading or not there:
        saved = Saved(kind="new", article_id=article.id, revision=article.revision)
    elif known is not None and before == now:
        return Saved(kind="same", article_id=article.id, revision=article.revision)
    elif before != now:
        detail = _difference(s, before, now)
        saved = Saved(kind="edited", article_id=article.id, revision=article.revision, previous_revision=before, detail=detail)
    else:  # an older text that only comes to light now
        saved = Saved(kind="edited", article_id=article.id, revision=article.revision)
    if state is ArticleState.READ:
        append_changes(s, [_entry(s, article, saved, now, history)])
    return saved


def _entry(s: Session, article: Article, saved: Saved, current: str, history: bool) -> Change:
    if saved.kind == "new":
        kind, reason, detail = ChangeKind.ARTICLE_NEW, f"{article.publisher} published {article.title!r}", None
    elif saved.previous_revision is not None:
        kind, reason, detail = ChangeKind.ARTICLE_EDITED, f"{article.publisher} changed {article.title!r}", saved.detail
    else:
        kind, reason = ChangeKind.ARTICLE_EDITED, f"an earlier text of {article.title!r} came to light"
        history, detail = True, _difference(s, article.revision, current)
    return Change(
        kind=kind,
        observed_at=article.seen_at,
        as_of=effective_at(article),
        reason=reason,
        article=article.id,
        history=history,
        detail=detail,
    )


def mark_gone(s: Session, id_: str, at: datetime) -> Change | None:
    """Note that an article is no longer to be had; its texts and claims stay. None where that is known already."""
    article = load_articles(s, [id_]).get(id_)
    marked = s.execute(update(articles).where(articles.c.id == id_, articles.c.gone_at.is_(None)).values(gone_at=at))
    if article is None or marked.rowcount == 0 or article.state is not ArticleState.READ:
        return None
    reason = f"{article.publisher} no longer offers {article.title!r}"
    change = Change(kind=ChangeKind.ARTICLE_GONE, observed_at=at, as_of=None, reason=reason, article=id_)
    return append_changes(s, [change])[0]


def get_article(s: Session, id_or_prefix: str) -> Article | None:
    """An article at its current revision; LookupError naming the candidates where a prefix fits several."""
    found = by_prefix(s, articles.c.id, id_or_prefix, "article")
    return None if found is None else load_articles(s, [found]).get(found)


def article_by_url(s: Session, url: str) -> Article | None:
    """The article of that canonical URL, or of which it is another name, at its current revision."""
    wanted = article_id(url)
    if s.execute(select(articles.c.id).where(articles.c.id == wanted)).scalar() is None:
        other = s.execute(select(aliases.c.article).where(aliases.c.key == _url_key(url))).scalar()
        if other is None:
            return None
        wanted = str(other)
    return load_articles(s, [wanted]).get(wanted)


def load_articles(s: Session, ids: Iterable[str]) -> dict[str, Article]:
    """Articles at their current revisions, by id; unknown ids are left out."""
    found: dict[str, Article] = {}
    for some in chunks(ids):
        query = select_articles().where(table.c.article.in_(some), table.c.is_current)
        found |= {row.article: to_article(row) for row in s.execute(query)}
    return found


def load_revisions(s: Session, ids: Iterable[str]) -> list[Article]:
    """Articles at these revisions, in the order asked for; unknown ids are left out."""
    wanted = list(ids)
    found: dict[str, Article] = {}
    for some in chunks(wanted):
        found |= {row.id: to_article(row) for row in s.execute(select_articles().where(table.c.id.in_(some)))}
    return [found[id_] for id_ in wanted if id_ in found]


def revisions(s: Session, article: str) -> list[Article]:
    """An article at each of its revisions, oldest first; the last is the current one, unless walls came after it."""
    order = (table.c.effective_at, table.c.last_seen_at, table.c.id)
    return [to_article(row) for row in s.execute(select_articles().where(table.c.article == article).order_by(*order))]


def list_articles(
    s: Session,
    *,
    source: str | None = None,
    since: datetime | None = None,
    set_aside: bool = False,
    limit: int | None = None,
) -> list[Article]:
    """Articles at their current revisions, the latest first.

    `since` is by when the current text was first seen. Those set aside are listed only, and alone, with `set_aside`.
    """
    aside = table.c.state == str(ArticleState.SET_ASIDE)
    query = (
        select_articles()
        .where(table.c.is_current, aside if set_aside else ~aside)
        .order_by(table.c.effective_at.desc(), table.c.id)
        .limit(limit)
    )
    if source is not None:
        query = query.where(table.c.source == source)
    if since is not None:
        query = query.where(table.c.id.in_(select(table.c.id).where(table.c.seen_at >= since)))  # few of many, by index
    return [to_article(row) for row in s.execute(query)]


def known_urls(s: Session, urls: Iterable[str]) -> set[str]:
    """Which of these URLs are an article's canonical URL or another name of one."""
    by_id = {article_id(url): url for url in urls}
    by_key = {_url_key(url): url for url in by_id.values()}
    found: set[str] = set()
    for some in chunks(by_id):
        found |= {by_id[id_] for id_ in s.execute(select(articles.c.id).where(articles.c.id.in_(some))).scalars()}
    for some in chunks(by_key):
        found |= {by_key[key] for key in s.execute(select(aliases.c.key).where(aliases.c.key.in_(some))).scalars()}
    return found


def known_guids(s: Session, source: str, guids: Iterable[str]) -> set[str]:
    """Which of these guids of a source lead to an article."""
    by_key = {_guid_key(source, guid): guid for guid in guids}
    found: set[str] = set()
    for some in chunks(by_key):
        found |= {by_key[key] for key in s.execute(select(aliases.c.key).where(aliases.c.key.in_(some))).scalars()}
    return found


def counts(s: Session) -> dict[str, int]:
    """How much there is of everything: articles by state, revisions, claims, facts, changes."""
    of_state = select(table.c.state, func.count()).where(table.c.is_current).group_by(table.c.state)
    by_state: dict[str, int] = dict(s.execute(of_state).all())
    totals = {
        counted.name: int(s.execute(select(func.count()).select_from(counted)).scalar() or 0)
        for counted in (articles, table, claims, facts, changes)
    }
    return totals | {str(state): by_state.get(str(state), 0) for state in ArticleState if state is not ArticleState.GONE}


def _add_article(s: Session, article: Article) -> None:
    if s.execute(select(sources.c.name).where(sources.c.name == article.source)).scalar() is None:
        raise ValueError(f"article {article.url!r}: there is no source {article.source!r}")
    refuse_unstorable(f"article {article.url!r}", article.url)
    s.execute(insert(articles), [{"id": article.id, "url": article.url, "gone_at": None}])


def _remember_names(s: Session, article: Article, guid: str | None, other_urls: Sequence[str]) -> None:
    keys = [_url_key(url) for url in other_urls if url != article.url]
    if guid:
        keys.append(_guid_key(article.source, guid))
    upsert(s, aliases, [{"key": key, "article": article.id} for key in dict.fromkeys(keys)], update=())


def _current(rows: Sequence[Row[Any]], article: Article, state: ArticleState) -> str:
    """Which revision is current once `article` is seen: the latest that shows its text; if none does, the latest."""
    ranks = {row.id: (row.state != ArticleState.BLOCKED, row.effective_at, row.last_seen_at, row.id) for row in rows}
    seen = (state is not ArticleState.BLOCKED, effective_at(article), article.seen_at, article.revision)
    if article.revision in ranks:
        there = ranks[article.revision]
        seen = (max(seen[0], there[0]), max(seen[1], there[1]), max(seen[2], there[2]), article.revision)
    ranks[article.revision] = seen
    return str(max(ranks, key=ranks.__getitem__))


def _see_again(s: Session, known: Row[Any], article: Article, *, returns: bool) -> None:
    """Take over what this sighting of a known text adds: a later date, or better knowledge of where it comes from."""
    values: dict[str, Any] = {
        "effective_at": max(known.effective_at, effective_at(article)),
        "last_seen_at": max(known.last_seen_at, article.seen_at),
    }
    if returns:
        values |= {"is_current": True, "reconciled_at": None}
    ours = merit(str(article.authority), article.published, article.source)
    if ours < merit(known.authority, known.published, known.source):
        values |= metadata_row(article) | {"extracted": False}  # claims carry the date and the publisher: read it again
    elif all(getattr(known, name) == value for name, value in values.items()):
        return
    s.execute(update(table).where(table.c.id == known.id).values(values))


def _difference(s: Session, before: str | None, after: str) -> str:
    query = select(table.c.id, table.c.text).where(table.c.id.in_([before, after]))
    texts = dict(s.execute(query).all())
    return difference(texts.get(before or "", ""), texts[after])


def _url_key(url: str) -> str:
    return digest("url", url)


def _guid_key(source: str, guid: str) -> str:
    return digest("guid", source, guid)
