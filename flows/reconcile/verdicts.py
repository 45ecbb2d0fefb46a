"""What a person ruled, as part of the law: verdicts take claims out, and say so on the fact.

A verdict judges what was known when it was given. What is told later stands; where it contradicts
the verdict, the verdict is reopened, visibly. Copies of a judged story and later revisions of a
judged article tell nothing new and reopen nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.model import Claim, Verdict, VerdictAct
from storage.values import Value

Agree = Callable[[Claim, Claim], bool]


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the verdicts in force leave: ids of claims that are heard, and of those a preference overruled."""

    heard: frozenset[str]
    overruled: frozenset[str] = frozenset()
    text: str | None = None
    decided_by: Verdict | None = None  # the preference that settles the slot


def rule(
    live: Sequence[Claim],
    verdicts: Sequence[Verdict],
    *,
    story_of: Mapping[str, str],
    agree: Agree,
    retired: Sequence[Claim] = (),
) -> Ruling:
    """Apply the verdicts in force to a slot's live claims. `retired` claims date those that replaced them."""
    in_force = sorted((verdict for verdict in verdicts if verdict.undone_at is None), key=lambda v: (v.at, v.id))
    if not in_force:
        return Ruling(frozenset(claim.id for claim in live))
    hearing = _Hearing(live, retired, story_of, agree)
    notes: list[str] = []
    rejected: set[str] = set()
    for verdict in in_force:
        if verdict.act is VerdictAct.REJECT:
            dropped = {claim.id for claim in hearing.judged(verdict)}
            rejected |= dropped
            back = hearing.said_again(verdict) if verdict.claim else len(dropped) < len(live)
            notes.append(verdict_words(verdict, reopened=bool(back)))
    left = [claim for claim in live if claim.id not in rejected]
    overruled: frozenset[str] = frozenset()
    deciding: Verdict | None = None
    for verdict in in_force:
        if verdict.act is VerdictAct.REJECT:
            continue
        judged = [claim for claim in hearing.judged(verdict) if claim.id not in rejected]
        against = [claim for claim in left if judged and not any(agree(claim, one) for one in judged)]
        reopened = any(hearing.is_news(claim, verdict.at) for claim in against)
        notes.append(verdict_words(verdict, reopened=reopened))
        if verdict.act is VerdictAct.PREFER:  # the last preference is the one that counts
            overruled = frozenset() if reopened else frozenset(claim.id for claim in against)
            deciding = None if reopened or not judged else verdict
    heard = frozenset(claim.id for claim in left) - overruled
    return Ruling(heard, overruled, "; ".join(notes), deciding)


class _Hearing:
    """Which of a slot's claims a verdict had before it."""

    def __init__(self, live: Sequence[Claim], retired: Sequence[Claim], story_of: Mapping[str, str], agree: Agree) -> None:
        self._live = live
        self._all = {claim.id: claim for claim in (*retired, *live)}
        self._story_of = story_of
        self._agree = agree
        self._told: dict[tuple[str, Value | None], datetime] = {}
        for claim in self._all.values():
            key = (claim.article, claim.value)
            self._told[key] = min(claim.observed_at, self._told.get(key, claim.observed_at))

    def told(self, claim: Claim) -> datetime:
        """When the claim's article first said so, in whichever revision."""
        return self._told[claim.article, claim.value]

    def judged(self, verdict: Verdict) -> Iterator[Claim]:
        """The live claims a verdict is about: the one named, with what repeats it word for word in later
        revisions; or, where it names none, everything known when it was given and its repetitions."""
        if verdict.claim is None:
            return (claim for claim in self._live if not self.is_news(claim, verdict.at))
        named = self._all.get(verdict.claim)
        if named is None:
            return iter(())
        return (claim for claim in self._live if claim.article == named.article and claim.value == named.value)

    def is_news(self, claim: Claim, at: datetime) -> bool:
        """Whether a claim was first told after `at`, and by a story that had not said so before."""
        if self.told(claim) <= at:
            return False
        story = self._story_of[claim.article]
        return not any(
            self.told(other) <= at and self._story_of[other.article] == story and self._agree(other, claim)
            for other in self._live
        )

    def said_again(self, verdict: Verdict) -> bool:
        """Whether a later story says what the rejected claim said."""
        named = self._all.get(verdict.claim or "")
        return named is not None and any(
            claim.article != named.article and self._agree(claim, named) and self.is_news(claim, verdict.at)
            for claim in self._live
        )


def verdict_words(verdict: Verdict, *, reopened: bool = False) -> str:
    """ "prefer by anna: the filing says so", as facts carry it."""
    again = " (reopened: later reports say otherwise)" if reopened else ""
    return f"{verdict.act} by {verdict.by}: {verdict.why}{again}"
