"""Identifiers: hashes of what identifies a thing, so that any order of ingestion yields the same ones."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from storage.model import ModalityClass
from storage.values import Qualifier, Value, qualifier_to_json, value_to_json

DIGITS = 20
"""Hex digits of an id: 80 bits, so that among ten million things a clash has odds below one in ten billion."""


def digest(*parts: object) -> str:
    """The id of a sequence of JSON-able parts."""
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS]


def article_id(canonical_url: str) -> str:
    """An article is its canonical URL (or `file:` URI)."""
    return digest("article", canonical_url)


def revision_id(article: str, text: str) -> str:
    """A revision is one distinct text of an article."""
    return digest("revision", article, text)


def claim_id(
    revision: str,
    start: int,
    end: int,
    subject: str,
    predicate: str,
    object_: str | None,
    qualifiers: Mapping[str, Qualifier],
    value: Value | None,
    modality: str,
    attributed_to: str | None,
) -> str:
    """A claim is its revision, its span and its content; who extracted it does not matter."""
    return digest(
        "claim",
        revision,
        start,
        end,
        subject,
        predicate,
        object_,
        {name: qualifier_to_json(value) for name, value in qualifiers.items()},
        None if value is None else value_to_json(value),
        modality,
        attributed_to,
    )


def fact_id(
    subject: str,
    predicate: str,
    object_: str | None,
    slot: Mapping[str, Qualifier],
    modality_class: ModalityClass,
) -> str:
    """A fact is its slot: subject, predicate, object, slot qualifiers and modality class."""
    named = {name: qualifier_to_json(value) for name, value in slot.items()}
    return digest("fact", subject, predicate, object_, named, str(modality_class))
