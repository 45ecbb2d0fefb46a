"""Claims: kept for good once made, and looked up by revision and by slot.

A claim that a newer version of its extractor no longer makes is retired; one whose revision is
not its article's current one is not live. Both stay, as what was once believed and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, func, select, update

from storage.bulk import chunks, upsert
from storage.claim_rows import check_claim, claim_row, to_claim
from storage.database import Session
from storage.model import ArticleState, Claim
from storage.tables import claims as table
from storage.tables import credits as credited
from storage.tables import extractions, revisions

_MUTABLE = (  # what a second extraction may say differently of the same claim; when it was first observed stays
    "source",
    "publisher",
    "authority",
    "as_of",
    "published_estimated",
    "context",
    "extractor",
    "extractor_version",
    "confidence",
    "retired",
)


def save_claims(s: Session, revision: str, extractor: str, version: str, claims: Sequence[Claim]) -> int:
    """Keep what `extractor` at `version` claims of one revision; the number of claims not known before.

    See `save_extractions`.
    """
    return save_extractions(s, extractor, version, {revision: claims})


def save_extractions(s: Session, extractor: str, version: str, extractions_: Mapping[str, Sequence[Claim]]) -> int:
    """Keep what `extractor` at `version` claims of each revision; the number of claims not known before.

    Claims that it made of these revisions before and makes no longer are retired; one that it
    makes again is taken back into use. Each revision counts as extracted, and as to be reconciled;
    one that had been reconciled before is marked as read again, until it is reconciled once more.
    A claim whose quote does not stand in its revision's text at its offsets is refused with a
    ValueError that names it, and nothing is kept. LookupError for a revision that is not known.
    """
    known: dict[str, Row[tuple[str, str, bool]]] = {}
    for some in chunks(extractions_):
        texts = dict(s.execute(select(revisions.c.id, revisions.c.text).where(revisions.c.id.in_(some))).all())
        for revision in some:
            if revision not in texts:
                raise LookupError(f"no revision {revision} to save claims of")
            for claim in extractions_[revision]:
                check_claim(claim, revision, extractor, texts[revision])
        made = select(table.c.id, table.c.extractor, table.c.retired).where(table.c.revision.in_(some))
        known |= {row.id: row for row in s.execute(made)}
    wanted = {claim.id: claim for claims in extractions_.values() for claim in claims}
    upsert(s, table, [claim_row(claim, version) for claim in wanted.values()], update=_MUTABLE)
    gone = [row.id for row in known.values() if row.extractor == extractor and not row.retired and row.id not in wanted]
    for some in chunks(gone):
        s.execute(update(table).where(table.c.id.in_(some)).values(retired=True))
    upsert(s, extractions, [{"revision": name, "extractor": extractor, "version": version} for name in extractions_])
    for some in chunks(extractions_):
        counted = revisions.c.reconciled_at.is_not(None) | revisions.c.reread
        again = revisions.c.extracted & counted  # a text that changed, or whose date did, is not extracted: that is news
        s.execute(update(revisions).where(revisions.c.id.in_(some)).values(reread=again, extracted=True, reconciled_at=None))
    return sum(1 for claim in wanted if claim not in known)


def extractors(s: Session) -> list[str]:
    """The names of all extractors that have read anything."""
    return sorted(s.execute(select(extractions.c.extractor).distinct()).scalars())


def count_outdated(s: Session, extractor: str, version: str) -> int:
    """How many revisions the extractor has read in other versions only. Costs nothing where there are none."""
    query = select(func.count()).select_from(extractions).where(extractions.c.extractor == extractor, _other(version))
    return int(s.execute(query).scalar() or 0)


def _other(version: str) -> ColumnElement[bool]:
    return (extractions.c.version < version) | (extractions.c.version > version)  # two ranges of the index


def pending_extraction(s: Session, extractor: str, version: str | None, limit: int) -> list[str]:
    """Revisions that this version of the extractor has still to read, at most `limit`.

    Without a version, those that no version has read, or that have changed since. Those that nobody
    has read yet come first, of these the current ones. The cost does not grow with what is extracted
    already.
    """
    order = (revisions.c.is_current.desc(), revisions.c.id.desc())  # backwards through the index
    readable = revisions.c.state == str(ArticleState.READ)
    todo = select(revisions.c.id).where(revisions.c.extracted.is_(False), readable).order_by(*order).limit(limit)
    found = list(s.execute(todo).scalars())
    if version is not None and len(found) < limit:
        mine = extractions.c.extractor == extractor
        older = (
            select(revisions.c.id)
            .join(extractions, extractions.c.revision == revisions.c.id)
            .where(mine, _other(version), revisions.c.extracted.is_(True), readable)
            .limit(limit - len(found))
        )
        found += s.execute(older).scalars()
    if len(found) < limit and _others_extract(s, extractor):
        done = select(extractions.c.revision).where(extractions.c.extractor == extractor)
        never = (
            select(revisions.c.id)
            .where(revisions.c.extracted.is_(True), readable, revisions.c.id.not_in(done))
            .order_by(*order)
            .limit(limit - len(found))
        )
        found += s.execute(never).scalars()
    return found


def _others_extract(s: Session, extractor: str) -> bool:
    first = select(func.min(extractions.c.extractor)).scalar_subquery()  # each the end of an index
    last = select(func.max(extractions.c.extractor)).scalar_subquery()
    return any(name not in {None, extractor} for name in s.execute(select(first, last)).one())


def pending_reconcile(s: Session, limit: int) -> list[str]:
    """Revisions whose claims are still to be brought into facts, those published first before others.

    All news comes before what was read again, so that no change of the one kind is taken for the other.
    """
    found: list[str] = []
    for reread in (False, True):
        query = (
            select(revisions.c.id)
            .where(revisions.c.extracted.is_(True), revisions.c.reread.is_(reread), revisions.c.reconciled_at.is_(None))
            .order_by(revisions.c.effective_at, revisions.c.id)
            .limit(limit - len(found))
        )
        found += s.execute(query).scalars()
    return found


def read_again(s: Session, revision_ids: Iterable[str]) -> set[str]:
    """Which of these revisions have been extracted again after they had counted, and not reconciled since."""
    found: set[str] = set()
    for some in chunks(revision_ids):
        found.update(s.execute(select(revisions.c.id).where(revisions.c.id.in_(some), revisions.c.reread)).scalars())
    return found


def mark_reconciled(s: Session, revision_ids: Iterable[str], at: datetime) -> None:
    """Note that the claims of these revisions have been brought into facts."""
    for some in chunks(revision_ids):
        s.execute(update(revisions).where(revisions.c.id.in_(some)).values(reconciled_at=at, reread=False))


def claims_of_revisions(s: Session, revision_ids: Iterable[str]) -> list[Claim]:
    """The claims of these revisions that are not retired, by revision and place in the text."""
    found: list[Claim] = []
    for some in chunks(revision_ids):
        query = select(table).where(table.c.revision.in_(some), table.c.retired.is_(False))
        found += map(to_claim, s.execute(query))
    return sorted(found, key=lambda claim: (claim.revision, claim.evidence.start, claim.id))


def assign_slots(s: Session, pairs: Iterable[tuple[str, str]]) -> None:
    """Put claims into slots: pairs of a claim's id and its fact's id."""
    rows = [{"claim_id": claim, "fact_id": fact} for claim, fact in pairs]
    if rows:
        statement = update(table).where(table.c.id == bindparam("claim_id")).values(fact=bindparam("fact_id"))
        s.execute(statement, rows)


def refresh_liveness(s: Session, revision_ids: Iterable[str]) -> set[str]:
    """Set which claims of these revisions' articles are live; the ids of the facts this may concern.

    A claim is live while it is not retired and its revision is the article's current one. Returned
    are the facts of claims that came alive or went, and those of all claims of these revisions.
    """
    concerned: set[str] = set()
    alive: list[str] = []
    dead: list[str] = []
    for some in chunks(revision_ids):
        asked = set(some)
        of_articles = select(revisions.c.article).where(revisions.c.id.in_(some))
        query = (
            select(table.c.id, table.c.revision, table.c.fact, table.c.live, table.c.retired, revisions.c.is_current)
            .join(revisions, revisions.c.id == table.c.revision)
            .where(revisions.c.article.in_(of_articles))
        )
        for claim, revision, fact, live, retired, is_current in s.execute(query):
            lives = is_current and not retired
            if lives != live:
                (alive if lives else dead).append(claim)
            if fact is not None and (lives != live or revision in asked):
                concerned.add(fact)
    for ids, live in ((alive, True), (dead, False)):
        for some in chunks(ids):
            s.execute(update(table).where(table.c.id.in_(some)).values(live=live))
    return concerned


def live_claims(s: Session, fact_ids: Iterable[str]) -> dict[str, list[Claim]]:
    """The live claims of each of these facts, oldest `as_of` first; a fact without any has an empty list."""
    found: dict[str, list[Claim]] = {fact: [] for fact in fact_ids}
    for some in chunks(list(found)):
        for row in s.execute(select(table).where(table.c.fact.in_(some), table.c.live.is_(True))):
            found[row.fact].append(to_claim(row))
    for claims in found.values():
        claims.sort(key=lambda claim: (claim.as_of, claim.id))
    return found


def claims_of_fact(s: Session, fact_id: str) -> list[tuple[Claim, bool]]:
    """Every claim ever made in a slot with whether it is live, oldest `as_of` first."""
    query = select(table).where(table.c.fact == fact_id).order_by(table.c.as_of, table.c.id)
    return [(to_claim(row), row.live) for row in s.execute(query)]


def claims_by_id(s: Session, ids: Iterable[str]) -> dict[str, Claim]:
    """The claims of these ids, by id; unknown ids are left out."""
    found: dict[str, Claim] = {}
    for some in chunks(ids):
        found |= {row.id: to_claim(row) for row in s.execute(select(table).where(table.c.id.in_(some)))}
    return found


def all_claims(s: Session) -> Iterator[tuple[Claim, str | None, bool]]:
    """Every claim, retired ones included, with its fact and whether it is live: by fact, in a flow of flat memory."""
    query = select(table).order_by(table.c.fact, table.c.id).execution_options(yield_per=1000)
    for row in s.execute(query):
        yield to_claim(row), row.fact, row.live


def claims_known_at(s: Session, fact_ids: Iterable[str], at: datetime) -> dict[str, list[Claim]]:
    """The claims of each of these facts that were live at `at`: observed by then, in what was its article's current text then.

    A claim that its extractor has given up since is left out: when it did is not kept here. Facts without any are left out.
    """
    rows: list[Row[Any]] = []
    for some in chunks(fact_ids):
        query = select(table).where(table.c.fact.in_(some), table.c.observed_at <= at, table.c.retired.is_(False))
        rows += s.execute(query)
    current: dict[str, str] = {}
    for some in chunks({row.article for row in rows}):
        order = (revisions.c.effective_at, revisions.c.seen_at, revisions.c.id)
        seen = select(revisions.c.article, revisions.c.id).where(revisions.c.article.in_(some), revisions.c.seen_at <= at)
        current |= dict(s.execute(seen.order_by(*order)).all())  # the last of an article stays
    found: dict[str, list[Claim]] = {}
    for row in rows:
        if current.get(row.article) == row.revision:
            found.setdefault(row.fact, []).append(to_claim(row))
    for claims in found.values():
        claims.sort(key=lambda claim: (claim.as_of, claim.id))
    return found


def credits(s: Session, article_ids: Iterable[str]) -> dict[str, str]:
    """The agency that an article's current revision credits, by article, for those that credit one."""
    found: dict[str, str] = {}
    for some in chunks(article_ids):
        query = select(revisions.c.article, credited.c.agency).join(credited, credited.c.revision == revisions.c.id)
        found |= dict(s.execute(query.where(revisions.c.article.in_(some), revisions.c.is_current)).all())
    return found


def fingerprints(s: Session, article_ids: Iterable[str]) -> dict[str, bytes]:
    """The fingerprint of each article's current revision, by article."""
    found: dict[str, bytes] = {}
    for some in chunks(article_ids):
        query = select(revisions.c.article, revisions.c.fingerprint)
        found |= dict(s.execute(query.where(revisions.c.article.in_(some), revisions.c.is_current)).all())
    return found
