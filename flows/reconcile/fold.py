"""The fold: what all live claims of one slot add up to.

A pure function of the set of claims, the verdicts and the fingerprints; the order in which they
came, and in how many batches, cannot matter because nothing here knows it.

1. A person's verdicts take claims out.
2. Each story speaks with one voice: where it contradicts itself, its latest dated word counts.
3. A claim that a later one contradicts, by more than the dispute window, is history.
4. What still stands either agrees, and the narrowest value is current, or it is a dispute.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType

from flows.config.catalogue import Predicate
from flows.reconcile.agreement import Agreement
from flows.reconcile.independence import independent, stories
from flows.reconcile.intervals import Width
from flows.reconcile.verdicts import Ruling, rule
from storage.model import Claim, FactStatus, Side, Verdict

HISTORY = 50
"""Superseded values kept on a fact, newest first. Older ones stay in its claims and in the ledger."""

Group = tuple[Claim, ...]
"""Claims that agree, best first."""


@dataclass(frozen=True, slots=True)
class Fold:
    """What a slot's claims add up to; claims stand here where a `Fact` has their ids."""

    status: FactStatus
    sides: tuple[Group, ...]
    superseded: tuple[Group, ...]
    story_of: Mapping[str, str]
    ruling: Ruling
    agreement: Agreement
    _known: dict[str, Side] = field(default_factory=dict, compare=False, repr=False)  # by a group's best claim

    @property
    def independent_sources(self) -> int:
        """Stories behind all the sides together; what is retold on one side may be a voice of its own on another."""
        if len(self.sides) == 1:
            return independent(self.sides[0], self.story_of)
        return len({self.story_of[claim.article] for side in self.sides for claim in side})

    def side(self, group: Group) -> Side:
        """A group as the vocabulary has it; `as_of` is when its value was first said, by a dated article if there is one."""
        known = self._known.get(group[0].id)
        if known is None:
            known = self._known[group[0].id] = self._side(group)
        return known

    def _side(self, group: Group) -> Side:
        dated = [claim.as_of for claim in group if not claim.published_estimated]
        return Side(
            value=group[0].value,
            modality=group[0].modality,
            claims=tuple(claim.id for claim in group),
            as_of=min(dated or [claim.as_of for claim in group]),
            independent_sources=independent(group, self.story_of),
        )


def fold(
    claims: Iterable[Claim],
    verdicts: Sequence[Verdict],
    *,
    predicate: Predicate,
    fingerprints: Mapping[str, bytes],
    credits: Mapping[str, str] = MappingProxyType({}),
    retired: Sequence[Claim] = (),
) -> Fold:
    """Add up the live claims of one slot. `retired` are its claims that live no more: they date verdicts."""
    live = sorted({claim.id: claim for claim in claims}.values(), key=lambda claim: claim.id)
    agreement = Agreement(predicate)
    story_of = stories(live, fingerprints, credits)
    ruling = rule(live, verdicts, story_of=story_of, agree=agreement.agree, retired=retired)
    standing = [claim for claim in live if claim.id in ruling.heard]
    taken_back: list[Claim] = []
    outdated: list[Claim] = []
    if not agreement.all_agree(standing):
        voices, taken_back = _one_voice_each(standing, story_of, agreement)
        standing, outdated = _outdated(voices, agreement, timedelta(days=predicate.dispute_window))
    overruled = [claim for claim in live if claim.id in ruling.overruled]
    sides = _sides(standing, agreement)
    if not sides:
        status = FactStatus.WITHDRAWN
    elif len(sides) == 1 or predicate.many:
        status = FactStatus.CURRENT
    else:
        status = FactStatus.DISPUTED
    superseded = _history([*outdated, *taken_back, *overruled], agreement)
    return Fold(status, sides, superseded, story_of, ruling, agreement)


def _one_voice_each(
    claims: Sequence[Claim], story_of: Mapping[str, str], agreement: Agreement
) -> tuple[list[Claim], list[Claim]]:
    """The claims each story stands by, and the earlier ones it took back.

    Where a story contradicts itself its latest dated claim counts; among claims of one time the
    surer, then the narrower, then the one further up in the text. What loses to one of its own
    time is a slip and no history.
    """

    def preference(claim: Claim) -> tuple[bool, float, float, Width, int, str]:
        latest = 0.0 if claim.published_estimated else -claim.as_of.timestamp()
        return (claim.published_estimated, latest, -claim.confidence, agreement.width(claim), claim.evidence.start, claim.id)

    kept: list[Claim] = []
    said: dict[str, dict[int, Claim]] = {}  # story → the first claim kept for each distinct value
    taken_back: list[Claim] = []
    for claim in sorted(claims, key=preference):
        own = said.setdefault(story_of[claim.article], {})
        against = [other for other in own.values() if not agreement.agree(claim, other)]
        if not against:
            kept.append(claim)
            own.setdefault(agreement.place(claim), claim)
        elif any(later.as_of > claim.as_of and _dated(later, claim) for later in against):
            taken_back.append(claim)
    return kept, taken_back


def _outdated(voices: Sequence[Claim], agreement: Agreement, window: timedelta) -> tuple[list[Claim], list[Claim]]:
    """The claims that stand, and those a later one supersedes.

    A contradiction supersedes what was said more than the window before it, unless somebody held
    on to the old value within the window around it: then it was contested and overturned nothing.
    Undated articles neither supersede nor are superseded.
    """
    dated = sorted((claim for claim in voices if not claim.published_estimated), key=lambda claim: claim.as_of)
    times = [claim.as_of for claim in dated]
    overturned: dict[int, datetime | None] = {}

    def contested(old: Claim, newer: Claim) -> bool:
        around = dated[bisect_left(times, newer.as_of - window) : bisect_right(times, newer.as_of + window)]
        return any(agreement.agree(other, old) and not agreement.agree(other, newer) for other in around)

    def last_overturned(claim: Claim) -> datetime | None:
        place = agreement.place(claim)
        if place not in overturned:
            against = (newer for newer in reversed(dated) if not agreement.agree(newer, claim) and not contested(claim, newer))
            overturned[place] = next((newer.as_of for newer in against), None)
        return overturned[place]

    standing: list[Claim] = []
    outdated: list[Claim] = []
    for claim in voices:
        at = None if claim.published_estimated else last_overturned(claim)
        (outdated if at is not None and at - claim.as_of > window else standing).append(claim)
    return standing, outdated


def _sides(standing: Sequence[Claim], agreement: Agreement) -> tuple[Group, ...]:
    """One group where all agree; else a claim joins the first group whose best claim it agrees with."""
    ranked = sorted(standing, key=agreement.rank)
    if agreement.all_agree(ranked):
        return (tuple(ranked),) if ranked else ()
    groups: list[list[Claim]] = []
    for claim in ranked:
        joined = next((group for group in groups if agreement.agree(group[0], claim)), None)
        if joined is None:
            groups.append([claim])
        else:
            joined.append(claim)
    return tuple(tuple(group) for group in groups)


def _history(claims: Sequence[Claim], agreement: Agreement) -> tuple[Group, ...]:
    """Superseded claims as they followed one another, newest first; neighbours in time that agree are one value."""
    groups: list[list[Claim]] = []
    for claim in sorted(claims, key=lambda claim: (claim.as_of, claim.id)):
        if groups and all(agreement.agree(claim, other) for other in groups[-1]):
            groups[-1].append(claim)
        else:
            groups.append([claim])
    return tuple(tuple(sorted(group, key=agreement.rank)) for group in reversed(groups[-HISTORY:]))


def _dated(*claims: Claim) -> bool:
    return not any(claim.published_estimated for claim in claims)
