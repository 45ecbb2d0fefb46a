"""What happened to a fact between two foldings, in the ledger's words: each change with cause and reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from flows.reconcile.fold import Fold, Group
from flows.reconcile.independence import publishers
from flows.reconcile.intervals import Relation
from flows.reconcile.promises import Outlook
from flows.reconcile.words import difference_words, sources_words, value_words
from storage.model import ChangeKind, Claim, Fact, FactState, FactStatus, Promise, Side
from storage.values import Status


@dataclass(frozen=True, slots=True)
class Event:
    """A change before it is bound to a fact and a time."""

    kind: ChangeKind
    reason: str
    because: tuple[str, ...]
    history: bool = False
    before: FactState | None = None  # where it is not the known state: a value filled in behind it


@dataclass(frozen=True, slots=True)
class Comparison:
    """A fact as it was known and as its claims now add up. `named` holds claims by id, dead ones included."""

    known: Fact
    fact: Fact
    folded: Fold
    named: Mapping[str, Claim]
    window: timedelta

    def event(self) -> Event | None:
        """What happened to the value and its standing, a verdict that came or went named with it; None if nothing did."""
        happened = self._event()
        if happened is None:
            return None
        note = verdict_note(self.known, self.folded)
        told = not note or (self.folded.ruling.text or note) in happened.reason
        return happened if told else replace(happened, reason=f"{happened.reason}{note}")

    def _event(self) -> Event | None:
        before, after = self.known.state, self.fact.state
        if after.status is FactStatus.WITHDRAWN:
            return self._withdrawn()
        if before.status is FactStatus.CURRENT and after.status is FactStatus.DISPUTED:
            return self._disputed()
        if before.status is FactStatus.DISPUTED and after.status is FactStatus.CURRENT:
            return self._resolved()
        if len(before.sides) == 1 and len(after.sides) == 1:
            return self._value(before.sides[0], self.folded.sides[0]) or self._history()
        return self._sides() or self._history()

    def _withdrawn(self) -> Event:
        lost = [claim_id for side in self.known.state.sides for claim_id in side.claims]
        if self.folded.ruling.text:
            return Event(ChangeKind.WITHDRAWN, self.folded.ruling.text, tuple(lost))
        return Event(ChangeKind.WITHDRAWN, f"{self._sources(lost)} no longer {_say(self._claims(lost))} so", tuple(lost))

    def _disputed(self) -> Event:
        old = self.known.state.sides[0]
        against = [group for group in self.folded.sides if not self._agrees(group[0], old)] or list(self.folded.sides[1:])
        return Event(ChangeKind.DISPUTED, _against(against, self.folded.sides), _ids(*against))

    def _resolved(self) -> Event:
        winner, lost = self.folded.sides[0], [side for side in self.known.state.sides if not self._agrees_side(side)]
        value = value_words(winner[0].value)
        if self.folded.ruling.decided_by is not None:
            return Event(ChangeKind.RESOLVED, f"{value} stands: {self.folded.ruling.text}", _ids(winner))
        gone = [claim_id for side in lost for claim_id in side.claims if claim_id not in self._live]
        if gone:
            return Event(
                ChangeKind.RESOLVED,
                f"{value} stands: {self._sources(gone)} no longer {_say(self._claims(gone))} otherwise",
                tuple(gone),
            )
        fresh = self._fresh(winner) or winner
        return Event(ChangeKind.RESOLVED, f"{value} stands, as {sources_words(fresh)} {_say(fresh)} later", _ids(fresh))

    def _value(self, old: Side, new: Group) -> Event | None:
        """What became of one value."""
        best = new[0]
        relation = self.folded.agreement.relation(best.value, old.value)
        if relation is Relation.SAME:
            return self._support(old, new)
        bearers = self._fresh(claim for claim in new if claim.value == best.value) or (best,)
        was, now = value_words(old.value), value_words(best.value)
        moved = f"{was} → {now}"
        if not relation.agrees:
            by = difference_words(old.value, best.value)
            again = f" ({self.folded.ruling.text})" if self.folded.ruling.text else ""
            return Event(
                ChangeKind.UPDATED, f"{moved}{f' ({by})' if by else ''}, says {sources_words(bearers)}{again}", _ids(bearers)
            )
        if self.folded.agreement.wider(old.value, best.value):
            source = self._sources(old.claims)
            if isinstance(best.value, Status) and self._later(bearers, old):
                return Event(ChangeKind.UPDATED, f"{moved}, says {sources_words(bearers)}", _ids(bearers))
            kept = f" from {source}" if source else ""
            return Event(ChangeKind.REFINED, f"{now} from {sources_words(bearers)} narrows “{was}”{kept}", _ids(bearers))
        if old.claims[0] not in self._live:
            remains = f"what remains is {now} from {sources_words(new)}"
            reason = f"{self._sources(old.claims[:1])} no longer says {was}; {remains}"
            return Event(ChangeKind.UPDATED, reason, (old.claims[0], best.id))
        support = self._support(old, new)
        if support is not None and support.kind is ChangeKind.CONFIRMED:
            return replace(
                support, reason=f"{support.reason}; {now} from {sources_words(bearers)} is as narrow and nearer to the event"
            )
        return Event(ChangeKind.UPDATED, f"{moved}, from {sources_words(bearers)}, which is nearer to the event", _ids(bearers))

    def _support(self, old: Side, new: Group) -> Event | None:
        """The same value on more or fewer stories."""
        count, value = self.folded.side(new).independent_sources, value_words(new[0].value)
        if count > old.independent_sources:
            known_stories = {self.folded.story_of[claim.article] for claim in new if claim.id in old.claims}
            gained = (
                tuple(c for c in self._fresh(new) if self.folded.story_of[c.article] not in known_stories)
                or self._fresh(new)
                or new
            )
            older = all(not c.published_estimated and c.as_of < old.as_of - self.window for c in gained)
            told = "also" if new[0].value is None else f"{value} also"
            total = publishers(new)
            support = f"{total} sources, {count} independent" if total > count else f"{count} independent sources"
            reason = f"{told} from {sources_words(gained)}: {support}"
            return Event(ChangeKind.CONFIRMED, reason, _ids(gained), history=older)
        if count < old.independent_sources:
            gone = [claim_id for claim_id in old.claims if claim_id not in self._live]
            sources = "source" if count == 1 else "sources"
            told = "it" if new[0].value is None else value
            reason = f"{told} now rests on {count} independent {sources}, {old.independent_sources} before"
            return Event(ChangeKind.UPDATED, reason, tuple(gone) or _ids(new), history=True)
        return None

    def _sides(self) -> Event | None:
        """Several values before or after: a side more, a side less, or a side that has changed."""
        pairs, opened, lost = self._paired()
        disputed = self.fact.state.status is FactStatus.DISPUTED
        kind = ChangeKind.DISPUTED if disputed else ChangeKind.UPDATED
        if opened:
            reason = _against(opened, self.folded.sides) if disputed else "also " + " and ".join(_told(group) for group in opened)
            return Event(kind, reason, _ids(*map(self._fresh, opened)) or _ids(*opened))
        if lost:
            claims = [claim_id for side in lost for claim_id in side.claims]
            fallen = " and ".join(value_words(side.value) for side in lost)
            reason = f"{fallen} no longer stands for itself; {' against '.join(_told(group) for group in self.folded.sides)}"
            return Event(kind, reason, tuple(claim for claim in claims if claim not in self._live) or tuple(claims))
        events = [event for side, group in pairs if (event := self._value(side, group)) is not None]
        return min(events, key=lambda event: (event.history, event.kind is ChangeKind.CONFIRMED), default=None)

    def _paired(self) -> tuple[list[tuple[Side, Group]], list[Group], list[Side]]:
        """Which side as known became which: the one with the same value, else the first left that agrees."""
        pairs: list[tuple[Side, Group]] = []
        opened, left = list(self.folded.sides), list(self.known.state.sides)
        for is_it in (lambda found: found is Relation.SAME, lambda found: found.agrees):
            for group in tuple(opened):
                relation = self.folded.agreement.relation
                side = next((side for side in left if is_it(relation(group[0].value, side.value))), None)
                if side is not None:
                    pairs.append((side, group))
                    opened.remove(group)
                    left.remove(side)
        return pairs, opened, left

    def _history(self) -> Event | None:
        """A value filled in behind the current one, by an article older than it."""
        told = {claim_id for side in (*self.known.state.sides, *self.known.superseded) for claim_id in side.claims}
        for group in self.folded.superseded:
            if not any(claim.id in told for claim in group):
                earlier = FactState(status=FactStatus.CURRENT, sides=(self.folded.side(group),))
                reason = f"history: {_told(group)}, as of {group[0].as_of:%Y-%m-%d}"
                return Event(ChangeKind.UPDATED, reason, _ids(group), history=True, before=earlier)
        return None

    @property
    def _live(self) -> frozenset[str]:
        return self.folded.ruling.heard

    def _fresh(self, claims: Iterable[Claim]) -> Group:
        """Those of the claims that the fact as known does not rest on."""
        old = {claim_id for side in (*self.known.state.sides, *self.known.superseded) for claim_id in side.claims}
        return tuple(claim for claim in claims if claim.id not in old)

    def _agrees(self, claim: Claim, side: Side) -> bool:
        return self.folded.agreement.relation(claim.value, side.value).agrees

    def _agrees_side(self, side: Side) -> bool:
        return any(self._agrees(group[0], side) for group in self.folded.sides)

    def _later(self, claims: Sequence[Claim], old: Side) -> bool:
        """Whether dated claims come later than all that is known of the old value, by more than the window."""
        said = [self.named[claim_id] for claim_id in old.claims if claim_id in self.named]
        dated = [claim.as_of for claim in said if not claim.published_estimated]
        newer = [claim.as_of for claim in claims if not claim.published_estimated]
        return bool(dated and newer) and min(newer) - max(dated) > self.window

    def _claims(self, ids: Iterable[str]) -> list[Claim]:
        return [self.named[claim_id] for claim_id in ids if claim_id in self.named]

    def _sources(self, ids: Iterable[str]) -> str:
        return sources_words(self._claims(ids)) or "its source"


def arrival(known: Fact | None, folded: Fold) -> tuple[Event, ...]:
    """The events of a slot's first claims: what is new, and where they come in dispute, the dispute."""
    first = min(folded.sides, key=lambda group: (folded.side(group).as_of, group[0].id))
    back = f", again{verdict_note(known, folded)}" if known is not None else ""
    events = [Event(ChangeKind.NEW, f"{_told(first)}{back}", _ids(first))]
    if folded.status is FactStatus.DISPUTED:
        others = [group for group in folded.sides if group is not first]
        events.append(Event(ChangeKind.DISPUTED, _against(others, (first, *others)), _ids(*others)))
    return tuple(events)


def verdict_note(known: Fact, folded: Fold) -> str:
    """What a verdict has to do with a change: that it came or was reopened, or that it was taken back; mostly nothing."""
    now = folded.ruling.text
    if now == known.verdict:
        return ""
    return f" ({now})" if now else f" (taken back: {known.verdict})"


def come_due(ahead: Outlook, folded: Fold) -> Event:
    """The event of a promise that fell due, was missed or came true."""
    because = _ids(*folded.sides)
    value = folded.sides[0][0].value
    told = "what was planned" if value is None else value_words(value)
    if ahead.kept_by is not None:
        sides = ahead.kept_by.state.sides
        done = " and ".join(value_words(side.value) for side in sides if side.value is not None)
        ids = tuple(claim_id for side in sides for claim_id in side.claims)
        return Event(ChangeKind.FULFILLED, f"{told}: come true{f', {done}' if done else ''}", ids or because)
    if ahead.promise is Promise.OVERDUE:
        return Event(ChangeKind.OVERDUE, f"{told}: the time has passed and nobody has reported it done", because)
    return Event(ChangeKind.DUE, f"{told}: the time has come", because)


def _ids(*groups: Iterable[Claim]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(claim.id for group in groups for claim in group))


def _told(group: Sequence[Claim]) -> str:
    value = group[0].value
    return f"{'' if value is None else f'{value_words(value)} '}from {sources_words(group)}"


def _against(new: Sequence[Group], sides: Sequence[Group]) -> str:
    others = [group for group in sides if group not in new]
    return " and ".join(_told(group) for group in new) + (
        " against " + " and ".join(_told(group) for group in others) if others else ""
    )


def _say(claims: Sequence[Claim]) -> str:
    return "say" if len({claim.publisher for claim in claims}) > 1 else "says"
