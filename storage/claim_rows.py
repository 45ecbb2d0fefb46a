"""A claim as a row of the table, and back; and the gate that lets only grounded claims in."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from storage.columns import refuse_unstorable
from storage.model import Authority, Claim, Modality
from storage.states import context_to_json, evidence_from_row, qualifiers_from_json, qualifiers_to_json
from storage.values import value_from_json, value_to_json

LONGEST_KEY = 500
"""Characters of a key that is looked up by: PostgreSQL indexes no more than a third of a page."""


def check_claim(claim: Claim, revision: str, extractor: str, text: str) -> None:
    """ValueError naming the claim unless it belongs to `revision` and its evidence stands in `text`."""
    evidence = claim.evidence
    what = f"claim {claim.id} ({claim.subject} {claim.predicate})"
    if claim.revision != revision or claim.extractor != extractor:
        raise ValueError(f"{what}: is of revision {claim.revision} by {claim.extractor}, not {revision} by {extractor}")
    if not evidence.quote:
        raise ValueError(f"{what}: has no evidence")
    for start, end, quote in (
        (evidence.start, evidence.end, evidence.quote),
        *((span.start, span.end, span.quote) for span in evidence.context),
    ):
        if start < 0 or text[start:end] != quote:
            raise ValueError(f"{what}: the text at {start}:{end} is {text[max(0, start) : end]!r}, not {quote!r}")
    if not 0 <= claim.confidence <= 1:
        raise ValueError(f"{what}: confidence {claim.confidence} is not between 0 and 1")
    for key in (claim.subject, claim.predicate, claim.object or ""):
        if len(key) > LONGEST_KEY:
            raise ValueError(f"claim {claim.id}: a key of {len(key)} characters, {key[:40]}…")


def claim_row(claim: Claim, version: str) -> dict[str, Any]:
    """The columns of a claim that is newly made; ValueError naming it where something cannot be stored."""
    qualifiers = qualifiers_to_json(claim.qualifiers)
    value = None if claim.value is None else value_to_json(claim.value)
    # the quote is part of a text that was accepted, so it needs no second look
    named = (claim.subject, claim.predicate, claim.object, claim.attributed_to, claim.source, claim.publisher)
    refuse_unstorable(f"claim {claim.id}", (*named, qualifiers, value))
    return {
        "id": claim.id,
        "revision": claim.revision,
        "article": claim.article,
        "source": claim.source,
        "publisher": claim.publisher,
        "authority": str(claim.authority),
        "as_of": claim.as_of,
        "published_estimated": claim.published_estimated,
        "subject": claim.subject,
        "predicate": claim.predicate,
        "object": claim.object,
        "qualifiers": qualifiers,
        "value": value,
        "modality": str(claim.modality),
        "attributed_to": claim.attributed_to,
        "quote": claim.evidence.quote,
        "quote_start": claim.evidence.start,
        "quote_end": claim.evidence.end,
        "context": context_to_json(claim.evidence.context),
        "extractor": claim.extractor,
        "extractor_version": version,
        "confidence": claim.confidence,
        "observed_at": claim.observed_at,
        "fact": None,
        "live": False,
        "retired": False,
    }


def to_claim(row: Row[Any]) -> Claim:
    """The claim that a row of the table holds."""
    return Claim(
        id=row.id,
        article=row.article,
        revision=row.revision,
        source=row.source,
        publisher=row.publisher,
        authority=Authority(row.authority),
        as_of=row.as_of,
        published_estimated=row.published_estimated,
        subject=row.subject,
        predicate=row.predicate,
        object=row.object,
        qualifiers=qualifiers_from_json(row.qualifiers),
        value=None if row.value is None else value_from_json(row.value),
        modality=Modality(row.modality),
        attributed_to=row.attributed_to,
        evidence=evidence_from_row(row.quote, row.quote_start, row.quote_end, row.context),
        extractor=row.extractor,
        extractor_version=row.extractor_version,
        confidence=row.confidence,
        observed_at=row.observed_at,
    )
