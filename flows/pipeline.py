"""The stations strung together over the database, without Prefect: what flows, `ingest` and tests share.

Every step takes up what the database says is left to do, computes outside any transaction and
writes in one short one, so that a step may be killed and begun again at any point.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from flows.account import Account
from flows.extract.engine import NAME
from flows.intake import seeds_changed
from flows.newsroom import Newsroom
from flows.progress import watcher
from flows.reconcile.apply import reconcile, tick
from storage import articles, claims
from storage.changes import last_seq
from storage.digests import last_digest
from storage.model import Article, Claim

if TYPE_CHECKING:
    from flows.reading import Second

CHUNK = 100
"""Texts a chunk: about a second of extracting, and one write transaction."""

DEFAULT_PROFILE = "default"


def unextracted(room: Newsroom, limit: int = CHUNK, *, again: bool = False) -> list[str]:
    """Revisions still to be extracted; not those that it just failed on.

    A new extractor, watchlist or catalogue is for what comes from now on; only `again` has it read
    what the one before has read.
    """
    version = room.extractor_version if again else None
    with room.database.read() as s:
        waiting = claims.pending_extraction(s, NAME, version, limit + len(room.failed_on))
        if again and room.model is not None:
            waiting += claims.pending_extraction(s, room.model.name, room.model.version, limit + len(room.failed_on))
            waiting = list(dict.fromkeys(waiting))
    return [revision for revision in waiting if revision not in room.failed_on][:limit]


def outdated(room: Newsroom) -> Account:
    """How many revisions were read with another extractor, watchlist or catalogue than today's."""
    with room.database.read() as s:
        return Account(outdated=claims.count_outdated(s, NAME, room.extractor_version))


def extract(room: Newsroom, revisions: Sequence[str]) -> Account:
    """Find the claims of these revisions.

    One that the extractor fails on is told and keeps the claims it had; the next run tries it again.
    """
    with room.database.read() as s:
        texts = articles.load_revisions(s, revisions)
    found: dict[str, Sequence[Claim]] = {}
    problems: list[str] = []
    for article in texts:
        try:
            made = room.extractor.extract(article, now=room.now).claims
        except Exception as error:  # noqa: BLE001 - a text may break a rule of ours; the other texts are worth reading all the same
            problems.append(article.url)
            watcher().say(f"not extracted: {article.url}: {type(error).__name__}: {error}")
            room.failed_on.add(article.revision)
        else:
            found[article.revision] = made
        watcher().step()
    second = _second(room, texts, found)
    with room.database.write() as s:
        count = claims.save_extractions(s, NAME, room.extractor_version, found if second is None else second.rules)
        if second is not None and room.model is not None and second.model:
            count += claims.save_extractions(s, room.model.name, room.model.version, second.model)
            for other in claims.extractors(s):
                if other not in {NAME, room.model.name}:  # what a model read before this one is read by this one now
                    claims.save_extractions(s, other, "superseded", dict.fromkeys(second.model, ()))
        again = claims.read_again(s, found)
    account = Account(claims=count, reread=len(again), unreadable=tuple(problems))
    if second is None:
        return account
    room.failed_on.update(second.unheard)
    return account + Account(modelled=len(second.model), refused=second.refused, unheard=len(second.unheard))


def _second(room: Newsroom, texts: Sequence[Article], found: Mapping[str, Sequence[Claim]]) -> Second | None:
    """What a language model says of these texts, where one is set up."""
    if room.model is None or not found:
        return None
    from flows.reading import second_reading  # noqa: PLC0415 - most homes have no model

    return second_reading(room, room.model, texts, found)


def unreconciled(room: Newsroom, limit: int = CHUNK) -> list[str]:
    """Revisions whose claims are not in the facts yet."""
    with room.database.read() as s:
        return claims.pending_reconcile(s, limit)


def settle(room: Newsroom, revisions: Sequence[str]) -> Account:
    """Let the claims of these revisions count: facts are decided anew, and what changed enters the ledger."""
    with room.database.write() as s:
        account = Account.of_changes(reconcile(s, room.catalogue, revisions, now=room.now))
    watcher().step(len(revisions))
    return account


def let_time_pass(room: Newsroom) -> Account:
    """Promises fall due, or overdue."""
    with room.database.write() as s:
        return Account.of_changes(tick(s, room.catalogue, now=room.now))


def work_off(room: Newsroom, *, again: bool = False) -> Account:
    """Extract (and extract `again` what an earlier version read) and reconcile all there is, then let time pass."""
    account = Account()
    while chunk := unextracted(room, again=again):
        account += extract(room, chunk)
    while chunk := unreconciled(room):
        account += settle(room, chunk)
    return account + let_time_pass(room)


def anything_to_do(room: Newsroom, *, digest: bool, again: bool = False) -> bool:
    """Whether a run would find work with no source due: texts or claims waiting, time having passed, changes untold."""
    if seeds_changed(room) is not None or unextracted(room, 1, again=again) or unreconciled(room, 1):
        return True
    if let_time_pass(room).changes:
        return True
    with room.database.read() as s:
        told = last_digest(s, DEFAULT_PROFILE)
        return digest and last_seq(s) > (told.window.upto_seq if told else 0)
