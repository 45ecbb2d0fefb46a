"""Fact states, sides and evidence as JSON, as the database and the exports hold them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from storage.model import Evidence, FactState, FactStatus, Modality, Promise, Side, Span
from storage.values import Qualifier, qualifier_from_json, qualifier_to_json, value_from_json, value_to_json


def qualifiers_to_json(qualifiers: Mapping[str, Qualifier]) -> dict[str, Any]:
    """Qualifiers by name, in the order of their names."""
    return {name: qualifier_to_json(qualifiers[name]) for name in sorted(qualifiers)}


def qualifiers_from_json(fields: Mapping[str, Any]) -> dict[str, Qualifier]:
    """The inverse of `qualifiers_to_json`; the order is by name whatever the database made of it."""
    return {name: qualifier_from_json(fields[name]) for name in sorted(fields)}


def side_to_json(side: Side) -> dict[str, Any]:
    """One side as a JSON object."""
    return {
        "value": None if side.value is None else value_to_json(side.value),
        "modality": str(side.modality),
        "claims": list(side.claims),
        "as_of": side.as_of.astimezone(UTC).isoformat(),
        "independent_sources": side.independent_sources,
    }


def side_from_json(fields: Mapping[str, Any]) -> Side:
    """The inverse of `side_to_json`."""
    return Side(
        value=None if fields["value"] is None else value_from_json(fields["value"]),
        modality=Modality(fields["modality"]),
        claims=tuple(fields["claims"]),
        as_of=datetime.fromisoformat(fields["as_of"]),
        independent_sources=fields["independent_sources"],
    )


def state_to_json(state: FactState) -> dict[str, Any]:
    """A fact's state as a JSON object; `promise` is there only where there is one."""
    fields: dict[str, Any] = {"status": str(state.status), "sides": [side_to_json(side) for side in state.sides]}
    if state.promise is not None:
        fields["promise"] = str(state.promise)
    return fields


def state_from_json(fields: Mapping[str, Any]) -> FactState:
    """The inverse of `state_to_json`."""
    promise = fields.get("promise")
    return FactState(
        status=FactStatus(fields["status"]),
        sides=tuple(side_from_json(side) for side in fields["sides"]),
        promise=None if promise is None else Promise(promise),
    )


def context_to_json(spans: Sequence[Span]) -> list[dict[str, Any]] | None:
    """The spans beside a quote; None where there are none, so that the usual case takes no room."""
    return [{"role": span.role, "start": span.start, "end": span.end, "quote": span.quote} for span in spans] or None


def evidence_from_row(quote: str, start: int, end: int, context: Sequence[Mapping[str, Any]] | None) -> Evidence:
    """The evidence that a claim's columns hold."""
    return Evidence(quote=quote, start=start, end=end, context=tuple(Span(**span) for span in context or ()))
