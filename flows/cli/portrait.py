"""One fact in full: how it stands, what it was, and each claim with its quote in its context."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from flows.cli import words
from flows.clock import time_text
from flows.errors import NotKnown
from storage.articles import load_revisions
from storage.changes import list_changes
from storage.claims import claims_of_fact
from storage.facts import find_fact
from storage.model import Article, ArticleState, Cause, Claim, Fact, Side
from storage.values import qualifier_to_json, value_to_json
from storage.verdicts import verdicts_of

if TYPE_CHECKING:
    from storage.database import Session

_CAUSES = {Cause.READING: " (the reading improved)"}
AROUND = 90  # code points of context on either side of a quote


def named(session: Session, prefix: str) -> Fact:
    """The fact whose id begins with `prefix`; NotKnown where there is none, or more than one."""
    try:
        fact = find_fact(session, prefix)
    except LookupError as error:
        raise NotKnown(str(error.args[0] if error.args else error)) from error
    if fact is None:
        raise NotKnown(f"no fact begins with {prefix!r} (deltawire facts lists them)")
    return fact


def portrait(session: Session, fact: Fact, *, upto: datetime | None = None) -> Iterator[str]:
    """The lines `deltawire show` prints of a fact; with `upto` only what had been learned by then."""
    claims = [(claim, live) for claim, live in claims_of_fact(session, fact.id) if upto is None or claim.observed_at <= upto]
    revisions = {a.revision: a for a in load_revisions(session, sorted({claim.revision for claim, _ in claims}))}
    by_id = {claim.id: claim for claim, _ in claims}

    yield from _head(fact, {by_id[id_].publisher for side in fact.state.sides for id_ in side.claims if id_ in by_id})
    told: set[str] = set()
    for side in fact.state.sides:
        yield from _side("now" if len(fact.state.sides) == 1 else "one side", side, by_id, revisions, told)
    for side in fact.superseded:
        yield from _side("before", side, by_id, revisions, told)
    rest = [(claim, live) for claim, live in claims if claim.id not in told]
    if rest:
        yield ""
        yield "further claims"
    for claim, live in rest:
        yield from _claim(claim, revisions, "" if live else " (no longer made)")
    yield from _verdicts(session, fact, upto)
    yield ""
    yield "history"
    for change in list_changes(session, fact=fact.id):
        if upto is None or change.observed_at <= upto:
            why = change.reason + _CAUSES.get(change.cause, "")
            yield f"  {change.seq:>6}  {time_text(change.observed_at)}  {change.kind:<10}  {why}"
            for text in (change.detail or "").splitlines():
                yield f"          {text}"


def _verdicts(session: Session, fact: Fact, upto: datetime | None) -> Iterator[str]:
    """Every verdict there was, those taken back included."""
    given = [one for one in verdicts_of(session, [fact.id], undone=True).get(fact.id, []) if upto is None or one.at <= upto]
    if given:
        yield ""
        yield "verdicts"
    for one in given:
        about = f" claim {one.claim[:8]}" if one.claim else ""
        yield f"  {one.id[:8]}  {time_text(one.at)}  {one.act}{about} by {one.by}: {one.why}"
        if one.undone_at is not None and (upto is None or one.undone_at <= upto):
            because = f": {one.undone_why}" if one.undone_why else ""
            yield f"            {time_text(one.undone_at)}  taken back{f' by {one.undone_by}' if one.undone_by else ''}{because}"


def _head(fact: Fact, publishers: Collection[str]) -> Iterator[str]:
    object_ = f" {fact.object}" if fact.object else ""
    qualifiers = words.qualifiers(
        {"qualifiers": {name: qualifier_to_json(given) for name, given in sorted(fact.qualifiers.items())}}
    )
    yield f"{fact.subject} {fact.predicate}{object_}" + (f" ({qualifiers})" if qualifiers else "")
    yield f"  id           {fact.id}"
    yield f"  status       {fact.state.status}, {fact.modality}" + (f", {fact.state.promise}" if fact.state.promise else "")
    yield f"  sources      {_counted(len(publishers), fact.independent_sources)}"
    yield f"  first seen   {time_text(fact.first_seen)}"
    yield f"  last changed {time_text(fact.last_changed)}"
    if fact.verdict:
        yield f"  verdict      {fact.verdict}"


def _side(title: str, side: Side, claims: Mapping[str, Claim], revisions: Mapping[str, Article], told: set[str]) -> Iterator[str]:
    said = words.value(None if side.value is None else value_to_json(side.value)) or "stated"
    yield ""
    number = _counted(len({claims[id_].publisher for id_ in side.claims if id_ in claims}), side.independent_sources)
    yield f"{title}: {said} ({side.modality}, {words.day(time_text(side.as_of))}, {number})"
    for id_ in side.claims:
        if id_ in claims:
            told.add(id_)
            yield from _claim(claims[id_], revisions)


def _claim(claim: Claim, revisions: Mapping[str, Article], note: str = "") -> Iterator[str]:
    dated = words.day(time_text(claim.as_of)) + (", estimated" if claim.published_estimated else "")
    article = revisions.get(claim.revision)
    says = f", quoting {claim.attributed_to}" if claim.attributed_to else ""
    says += f", from {article.credit}" if article and article.credit else ""
    note += " (no longer to be had)" if article and article.state is ArticleState.GONE else ""
    said = words.value(None if claim.value is None else value_to_json(claim.value))
    yield f"  {claim.publisher} ({claim.authority}, {dated}{says}){': ' + said if said else ''}{note}"
    yield f"    claim {claim.id[:12]}"
    if article is not None:
        yield f"    {in_context(article.text, claim.evidence.start, claim.evidence.end)}"
        for span in claim.evidence.context:
            if span.role.endswith("agrees"):  # or disagrees: another reader of the same text
                yield f"    {span.role}: {in_context(article.text, span.start, span.end)}"
        yield f"    {article.url}"


def _counted(sources: int, independent: int) -> str:
    """ "3 sources, 2 independent"."""
    return f"{sources} source{'' if sources == 1 else 's'}, {independent} independent"


def in_context(text: str, start: int, end: int) -> str:
    """The quote between » and « with a little of what stands around it, on one line."""
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    # Context stops at the paragraph's edge: what stands beyond is another thought.
    before, after = before.rpartition("\n")[2], after.partition("\n")[0]
    lead = "…" if start > len(before) and len(before) == AROUND else ""
    tail = "…" if len(after) == AROUND else ""
    return f"{lead}{before}»{' '.join(text[start:end].split())}«{after}{tail}".strip()
