"""Claims as the command line prints them: one JSON object each."""

from __future__ import annotations

from typing import Any

from storage.model import Claim
from storage.values import qualifier_to_json, value_to_json


def claim_to_json(claim: Claim, article_path: str) -> dict[str, Any]:
    """One claim as an object: what it says, how surely, on whose word, and its evidence with offsets in code points."""
    return {
        "article": article_path,
        "subject": claim.subject,
        "predicate": claim.predicate,
        "object": claim.object,
        "qualifiers": {name: qualifier_to_json(value) for name, value in sorted(claim.qualifiers.items())},
        "value": None if claim.value is None else value_to_json(claim.value),
        "modality": str(claim.modality),
        "attributed_to": claim.attributed_to,
        "evidence": {
            "quote": claim.evidence.quote,
            "start": claim.evidence.start,
            "end": claim.evidence.end,
            "context": [
                {"role": span.role, "quote": span.quote, "start": span.start, "end": span.end} for span in claim.evidence.context
            ],
        },
        "extractor": claim.extractor,
        "confidence": claim.confidence,
    }
