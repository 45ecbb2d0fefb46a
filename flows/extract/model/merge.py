"""The rules' claims and a model's, slot by slot. Pure: what a slot is and what agrees comes as arguments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from flows.extract.engine import TraceLine
from storage.model import Claim, Span

SURE = 0.99
DISPUTED = 0.75
"""What is left of a confidence where the two readers contradict each other."""

Slot = Callable[[Claim], str]
Agree = Callable[[Claim, Claim], bool]


@dataclass(frozen=True, slots=True)
class Merged:
    """Both readers' claims. `rules` keep their evidence; `model` are those that the rules do not make themselves."""

    rules: tuple[Claim, ...]
    model: tuple[Claim, ...]
    trace: tuple[TraceLine, ...] = ()


def merge(rules: Sequence[Claim], model: Iterable[Claim], *, slot: Slot, agree: Agree) -> Merged:
    """Put both together: agreement halves the doubt, contradiction lowers both, and both are noted as evidence.

    Where the model agrees with a rule, the rule's claim stands and the model's adds none. Where it
    reads the same value off the same words into another slot, the rule's qualifiers count.
    """
    kept = {claim.id: claim for claim in rules}
    by_slot: dict[str, list[str]] = {}
    for claim in rules:
        by_slot.setdefault(slot(claim), []).append(claim.id)
    added: dict[str, Claim] = {}
    trace: list[TraceLine] = []

    def note(claim: Claim, outcome: str, why: str) -> None:
        trace.append(TraceLine(claim.evidence.start, claim.evidence.end, claim.extractor, outcome, why))

    for theirs in model:
        ours = [kept[id_] for id_ in by_slot.get(slot(theirs), ())]
        friends = [claim for claim in ours if agree(claim, theirs)]
        if friends:
            for claim in friends:
                kept[claim.id] = _noted(claim, theirs, "agrees", min(SURE, 1 - (1 - claim.confidence) / 2))
            note(theirs, "considered", "agrees with the rules")
        elif ours:
            lowered = theirs
            for claim in ours:
                kept[claim.id] = _noted(claim, theirs, "disagrees", claim.confidence * DISPUTED)
                lowered = _noted(lowered, claim, "disagrees", theirs.confidence * DISPUTED)
            added[theirs.id] = lowered
            note(theirs, "fired", f"disagrees with the rules: {theirs.subject} {theirs.predicate}")
        elif any(_same_words(claim, theirs) and agree(claim, theirs) for claim in kept.values()):
            note(theirs, "dropped", "the rules read the same words with other qualifiers")
        else:
            added.setdefault(theirs.id, theirs)
            note(theirs, "fired", f"{theirs.subject} {theirs.predicate} {theirs.object or ''}".strip())
    return Merged(tuple(kept.values()), tuple(claim for id_, claim in added.items() if id_ not in kept), tuple(trace))


def _same_words(ours: Claim, theirs: Claim) -> bool:
    overlap = ours.evidence.start < theirs.evidence.end and theirs.evidence.start < ours.evidence.end
    return overlap and (ours.subject, ours.predicate, ours.object) == (theirs.subject, theirs.predicate, theirs.object)


def _noted(claim: Claim, other: Claim, verb: str, confidence: float) -> Claim:
    """The claim with what the other reader says as part of its evidence."""
    said = other.evidence
    span = Span(role=f"{other.extractor} {verb}", start=said.start, end=said.end, quote=said.quote)
    if span in claim.evidence.context:
        return claim
    evidence = replace(claim.evidence, context=(*claim.evidence.context, span))
    return replace(claim, evidence=evidence, confidence=round(confidence, 2))
