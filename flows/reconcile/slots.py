"""Slots: what tells one fact from another, and so the fact's identifier.

Two claims meet in one slot when subject, predicate, object, the predicate's slot qualifiers and
the class of modality are the same. Values that cannot be compared at all (amounts in two
currencies, watts and gigabytes) keep slots of their own: they neither agree nor dispute.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from flows.config.catalogue import Catalogue, Predicate
from flows.reconcile.intervals import dimension, extent_of, normalised
from storage.identity import fact_id
from storage.model import Claim, ModalityClass
from storage.values import Money, Percent, Qualifier, Quantity, Ratio, Text, Value, decimal_text, value_to_json

EVERYWHERE = frozenset({"global", "worldwide", "world", "international"})
"""Regions that say no more than leaving the region out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """What tells a fact from all others. `qualifiers` is the normalised key, not what is shown."""

    subject: str
    predicate: str
    object: str | None
    qualifiers: Mapping[str, Qualifier]
    group: ModalityClass

    @property
    def fact_id(self) -> str:
        """The identifier of the slot's fact."""
        return self.in_group(self.group)

    def in_group(self, group: ModalityClass) -> str:
        """The id of the fact that says the same in another class of modality: a plan's realised counterpart."""
        return fact_id(self.subject, self.predicate, self.object, self.qualifiers, group)


def slot_of(claim: Claim, catalogue: Catalogue) -> Slot:
    """The slot a claim belongs to."""
    return slot_in(claim, predicate_of(claim.predicate, catalogue))


def slot_in(claim: Claim, predicate: Predicate) -> Slot:
    """The slot a claim of `predicate` belongs to."""
    subject, object_ = claim.subject, claim.object
    if predicate.symmetric and object_ is not None and object_ < subject:
        subject, object_ = object_, subject
    return Slot(
        subject=subject,
        predicate=predicate.key,
        object=object_,
        qualifiers=slot_key(predicate, claim.qualifiers, claim.value),
        group=claim.modality.group,
    )


def predicate_of(key: str, catalogue: Catalogue) -> Predicate:
    """The catalogue's predicate; a bare one for a key that has left the catalogue since the claim was made."""
    return catalogue.by_key.get(key) or Predicate(key=key, title=key)


def slot_key(predicate: Predicate, qualifiers: Mapping[str, Qualifier], value: Value | None) -> dict[str, Qualifier]:
    """The qualifiers that tell facts of `predicate` apart, normalised, and what of the value does so too."""
    key: dict[str, Qualifier] = {}
    for name in predicate.slot:
        if name == "text" and isinstance(value, Text):
            key[name] = normalised(value.text)
        elif name in qualifiers and (plain := _plain(name, qualifiers[name])) is not None:
            key[name] = plain
    if value is None:
        return key
    kind = dimension(value)
    if kind != (predicate.values[0] if predicate.values else value.kind):
        key["dimension"] = kind
    if predicate.many and isinstance(value, (Money, Percent, Ratio, Quantity)):
        extent = extent_of(value)
        ends = (None if end is None else decimal_text(end) for end in (extent.low, extent.high))
        key["value"] = "..".join(end or "" for end in ends)
    return key


def slug(text: str) -> str:
    """A text as a key: lower case, anything but letters and digits one hyphen. Letters of any script stay."""
    return re.sub(r"[\W_]+", "-", unicodedata.normalize("NFKC", text).casefold()).strip("-")


def _plain(name: str, qualifier: Qualifier) -> Qualifier | None:
    """A slot qualifier's normal form; None where it says nothing."""
    if not isinstance(qualifier, str):
        return qualifier if value_to_json(qualifier) else None
    plain = slug(qualifier)
    if name == "region" and plain in EVERYWHERE:
        return None
    return plain or None
