"""The edge: reads a window of the ledger, has it composed, and binds the digest in storage."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from flows.config import Catalogue, Watchlist
from flows.digest.compose import compose
from flows.digest.document import Document, SourceHealth
from flows.digest.json import to_json
from flows.digest.names import Names
from flows.digest.profile import DEFAULT, Profile
from flows.digest.sources import health_of
from flows.digest.words import Words
from storage.articles import load_articles
from storage.changes import last_seq, list_changes
from storage.claims import claims_by_id
from storage.database import Database, Session
from storage.digests import last_digest, save_digest
from storage.facts import load_facts
from storage.identity import digest
from storage.model import Change, Digest, Window
from storage.sources import fetch_states, list_sources

_CLAIMS = 8  # of a side and of a reason: more are counted, not read


def make_digest(
    db: Database,
    watchlist: Watchlist,
    catalogue: Catalogue,
    *,
    profile: Profile = DEFAULT,
    now: datetime,
    since: datetime | None = None,
    until: datetime | None = None,
    save: bool = True,
) -> Document | None:
    """The digest of what changed since the profile's last one; None where nothing has.

    With `save` the digest and its window are bound, so that the next one begins where this one
    ends; an empty window is never bound. `since` and `until` (by when we learned it) look at a
    time of one's own choosing instead, and never bind anything. Two processes at once: one binds,
    the other finds nothing left and gives None.
    """
    chosen = since is not None or until is not None
    with db.read() as s:
        window, changes = _by_time(s, since, until) if chosen else _since_last(s, profile, now)
        if not changes:
            return None
        document = _compose(s, changes, window, watchlist, catalogue, profile, now, baseline=False if since else None)
    if not chosen and not document.sections and not document.articles and not document.folded:
        return None
    if save and not chosen and not bind(db, document):
        return None
    return document


def bind(db: Database, document: Document) -> bool:
    """Keep the digest with what it told; False where the profile's last one has moved on meanwhile."""
    window = document.window
    with db.write() as s:
        last = last_digest(s, document.profile)
        if (last.window.upto_seq if last else 0) != window.after_seq:
            return False
        key = digest("digest", document.profile, window.after_seq, window.upto_seq)
        made = Digest(id=key, profile=document.profile, window=window, created_at=document.made_at, document=to_json(document))
        return save_digest(s, made)


def _since_last(s: Session, profile: Profile, now: datetime) -> tuple[Window, list[Change]]:
    last = last_digest(s, profile.name)
    after, upto = last.window.upto_seq if last else 0, last_seq(s)
    window = Window(after_seq=after, upto_seq=upto, start=last.window.end if last else None, end=now)
    return window, list_changes(s, after_seq=after, upto_seq=upto) if upto > after else []


def _by_time(s: Session, since: datetime | None, until: datetime | None) -> tuple[Window, list[Change]]:
    changes = [change for change in list_changes(s, since=since) if until is None or change.observed_at <= until]
    seqs = [change.seq or 0 for change in changes]
    return Window(after_seq=min(seqs, default=1) - 1, upto_seq=max(seqs, default=0), start=since, end=until), changes


def _compose(
    s: Session,
    changes: list[Change],
    window: Window,
    watchlist: Watchlist,
    catalogue: Catalogue,
    profile: Profile,
    now: datetime,
    *,
    baseline: bool | None,
) -> Document:
    facts = load_facts(s, {change.fact for change in changes if change.fact})
    claims = claims_by_id(s, set(_claim_ids(changes)))
    told = [change.article for change in reversed(changes) if change.article and not change.history]
    articles = load_articles(s, {claim.article for claim in claims.values()} | set(told[: profile.articles]))
    sources = {source.name: source for source in list_sources(s)}
    return compose(
        changes,
        facts,
        claims,
        articles,
        watchlist,
        catalogue,
        profile=profile,
        window=window,
        health=source_health(s, watchlist, catalogue, profile),
        now=now,
        sources=sources,
        baseline=baseline,
    )


def source_health(s: Session, watchlist: Watchlist, catalogue: Catalogue, profile: Profile) -> tuple[SourceHealth, ...]:
    """How each polled source has been answering."""
    words = Words(Names(watchlist), catalogue, profile.language)
    return health_of(list_sources(s), fetch_states(s), words)


def _claim_ids(changes: Iterable[Change]) -> Iterable[str]:
    for change in changes:
        yield from change.because[:_CLAIMS]
        for state in (change.before, change.after):
            for side in state.sides if state else ():
                yield from side.claims[:_CLAIMS]
