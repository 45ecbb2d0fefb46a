"""Facts and changes as the JSON objects other programs read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flows.clock import time_text
from storage.model import Article, ArticleState, Change, Claim, Fact, FactState, FactStatus, Side
from storage.values import qualifier_to_json, value_to_json

Json = dict[str, Any]


def evidence_to_json(claim: Claim, article: Article) -> Json:
    """One claim behind a fact: where it stands, who published it when, and its verbatim quote.

    `published` is the publication day in the publisher's own time zone where it is known, else
    the day the claim is dated to. `credit` is there where the text credits an agency, `gone` where
    the article is no longer to be had.
    """
    published = article.published_on or (article.published or claim.as_of).date()
    if claim.published_estimated:
        published = claim.as_of.date()
    row: Json = {
        "article": article.url,
        "revision": claim.revision,
        "source": claim.publisher,
        "published": published.isoformat(),
        "published_estimated": claim.published_estimated,
        "attributed_to": claim.attributed_to,
        "quote": claim.evidence.quote,
        "start": claim.evidence.start,
        "end": claim.evidence.end,
        "extractor": claim.extractor,
        "confidence": claim.confidence,
    }
    if article.credit:
        row["credit"] = article.credit
    if article.state is ArticleState.GONE:
        row["gone"] = True
    return row


class Exporter:
    """Turns facts and changes into JSON, given the claims (by id) and the revisions (by id) they rest on."""

    def __init__(self, claims: Mapping[str, Claim], revisions: Mapping[str, Article]) -> None:
        self._claims = claims
        self._revisions = revisions

    def evidence(self, ids: tuple[str, ...]) -> list[Json]:
        """The evidence of claims, in the order given."""
        found = (self._claims[id_] for id_ in ids if id_ in self._claims)
        return [evidence_to_json(claim, self._revisions[claim.revision]) for claim in found if claim.revision in self._revisions]

    def sources(self, *sides: Side) -> int:
        """How many publishers the claims of these sides were read with, whether on their own word or on another's."""
        return len({self._claims[id_].publisher for side in sides for id_ in side.claims if id_ in self._claims})

    def fact(self, fact: Fact) -> Json:
        """The fact as it stands; in a dispute `values` lists each value with its evidence."""
        sides = fact.state.sides
        row = self._head(fact, sides[0] if sides else None, fact.state.status)
        if fact.state.status is FactStatus.DISPUTED:
            row["value"] = None
            row["values"] = [
                {
                    "value": None if side.value is None else value_to_json(side.value),
                    "modality": str(side.modality),
                    "sources": self.sources(side),
                    "independent_sources": side.independent_sources,
                    "evidence": self.evidence(side.claims),
                }
                for side in sides
            ]
            row["sources"] = self.sources(*sides)
            row["evidence"] = [item for side in sides for item in self.evidence(side.claims)]
        if fact.state.promise is not None:
            row["promise"] = str(fact.state.promise)
        if fact.verdict is not None:
            row["verdict"] = fact.verdict
        return row

    def history(self, fact: Fact) -> Iterator[Json]:
        """The values the fact had before, newest first, each as a row of status `superseded`."""
        for side in fact.superseded:
            yield self._head(fact, side, FactStatus.SUPERSEDED)

    def _head(self, fact: Fact, side: Side | None, status: FactStatus) -> Json:
        return {
            "id": fact.id,
            "subject": fact.subject,
            "predicate": fact.predicate,
            "object": fact.object,
            "qualifiers": {name: qualifier_to_json(value) for name, value in sorted(fact.qualifiers.items())},
            "value": None if side is None or side.value is None else value_to_json(side.value),
            "modality": str(side.modality if side else fact.modality),
            "status": str(status),
            "first_seen": time_text(fact.first_seen),
            "last_changed": time_text(fact.last_changed),
            "sources": 0 if side is None else self.sources(side),
            "independent_sources": side.independent_sources
            if status is FactStatus.SUPERSEDED and side
            else fact.independent_sources,
            "evidence": [] if side is None else self.evidence(side.claims),
        }

    def change(self, change: Change) -> Json:
        """One entry of the ledger."""
        row: Json = {"seq": change.seq, "kind": str(change.kind)}
        row |= {"article": change.article} if change.fact is None else {"fact": change.fact}
        row |= {
            "subject": change.subject,
            "predicate": change.predicate,
            "observed_at": time_text(change.observed_at),
            "as_of": time_text(change.as_of),
            "before": _state(change.before),
            "after": _state(change.after),
            "because": self.evidence(change.because),
            "reason": change.reason,
            "cause": str(change.cause),
        }
        if change.fact is not None and change.article is not None:
            row["article"] = change.article  # whose edit it comes of; `detail` is what was edited
        if change.history:
            row["history"] = True
        if change.detail is not None:
            row["detail"] = change.detail
        return row


def _state(state: FactState | None) -> Json | None:
    if state is None:
        return None
    row: Json = {"status": str(state.status)}
    values = [None if side.value is None else value_to_json(side.value) for side in state.sides]
    if state.status is FactStatus.DISPUTED:
        row["values"] = values
    else:
        row["value"] = values[0] if values else None
    if state.promise is not None:
        row["promise"] = str(state.promise)
    return row
