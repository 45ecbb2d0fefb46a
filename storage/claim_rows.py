"""A claim as a row of the table, and back; and the gate that lets only grounded claims in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

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


def to_claim(row: Sequence[Any]) -> Claim:
    """The claim that a row of the whole table holds, columns in the table's order."""
    (
        id_,
        revision,
        article,
        source,
        publisher,
        authority,
        as_of,
        published_estimated,
        subject,
        predicate,
        object_,
        qualifiers,
        value,
        modality,
        attributed_to,
        quote,
        quote_start,
        quote_end,
        context,
        extractor,
        extractor_version,
        confidence,
        observed_at,
        *_,
    ) = row
    return Claim(
        id=id_,
        article=article,
        revision=revision,
        source=source,
        publisher=publisher,
        authority=Authority(authority),
        as_of=as_of,
        published_estimated=published_estimated,
        subject=subject,
        predicate=predicate,
        object=object_,
        qualifiers=qualifiers_from_json(qualifiers),
        value=None if value is None else value_from_json(value),
        modality=Modality(modality),
        attributed_to=attributed_to,
        evidence=evidence_from_row(quote, quote_start, quote_end, context),
        extractor=extractor,
        extractor_version=extractor_version,
        confidence=confidence,
        observed_at=observed_at,
    )
