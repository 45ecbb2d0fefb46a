"""Changes of facts that come of an article's edit, with the article and what was edited in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from storage.articles import load_articles, load_revisions
from storage.database import Session
from storage.differences import difference_at
from storage.model import Article, Change, ChangeKind, Claim

_BY_EDITS = {ChangeKind.UPDATED, ChangeKind.REFINED, ChangeKind.DISPUTED, ChangeKind.RESOLVED, ChangeKind.WITHDRAWN}


def with_edits(s: Session, changes: Sequence[Change], lost: Mapping[str, Collection[Claim]]) -> list[Change]:
    """The changes, each that an edit brought about naming the article and the part of its difference that did.

    `lost` has, by fact, the claims it was known by and that live no more. Those whose text still
    stands were read otherwise, and no edit is to blame.
    """
    moved = {change.fact for change in changes if change.fact is not None and change.kind in _BY_EDITS}
    told = {fact: lost[fact] for fact in moved if lost.get(fact)}
    if not told:
        return list(changes)
    claims = [claim for some in told.values() for claim in some]
    now = load_articles(s, {claim.article for claim in claims})
    replaced = {claim.revision for claim in claims if claim.article in now and now[claim.article].revision != claim.revision}
    then = {article.revision: article for article in load_revisions(s, sorted(replaced))}
    return [_with_edit(change, told.get(change.fact or "", ()), then, now) for change in changes]


def _with_edit(change: Change, lost: Collection[Claim], then: Mapping[str, Article], now: Mapping[str, Article]) -> Change:
    """The change with the edit of the claim that stood foremost; as it is where no text of its claims was replaced."""
    if change.before is None or change.kind not in _BY_EDITS:
        return change
    known_by = [id_ for side in change.before.sides for id_ in side.claims]
    edited = sorted(
        (claim for claim in lost if claim.revision in then and claim.id in known_by), key=lambda c: known_by.index(c.id)
    )
    if not edited:
        return change
    claim = next((claim for claim in edited if claim.id in change.because), edited[0])
    before, after = then[claim.revision], now[claim.article]
    detail = difference_at(before.text, after.text, claim.evidence.start, claim.evidence.end)
    reason = f"{change.reason} ({after.publisher} edited {after.title!r})"
    return replace(change, article=claim.article, detail=detail or None, reason=reason)
