"""The net effect: several ledger entries about one fact within one window, told once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flows.digest.document import Tier
from storage.model import Cause, Change, ChangeKind, FactState, FactStatus
from storage.values import Value

TIERS = {
    ChangeKind.DISPUTED: Tier.DISPUTE,
    ChangeKind.UPDATED: Tier.CHANGED,
    ChangeKind.REFINED: Tier.CHANGED,
    ChangeKind.RESOLVED: Tier.CHANGED,
    ChangeKind.WITHDRAWN: Tier.CHANGED,
    ChangeKind.OVERDUE: Tier.PROMISE,
    ChangeKind.DUE: Tier.PROMISE,
    ChangeKind.FULFILLED: Tier.PROMISE,
    ChangeKind.NEW: Tier.NEW,
    ChangeKind.CONFIRMED: Tier.CONFIRMED,
}
_PROMISES = (ChangeKind.FULFILLED, ChangeKind.OVERDUE, ChangeKind.DUE)
_CHANGED = (ChangeKind.UPDATED, ChangeKind.REFINED, ChangeKind.RESOLVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Net:
    """What the entries of one fact come to: from `before` the window to `after` it.

    `earlier` is the value to show as what it was: the one before the window or, for a fact that is
    new, the first one reported within it.
    """

    fact: str
    kind: ChangeKind
    changes: tuple[Change, ...]
    before: FactState | None
    after: FactState | None
    history: bool
    reading: bool = False  # not the world has changed, but how well it was read

    @property
    def seqs(self) -> tuple[int, ...]:
        """The ledger numbers accounted for."""
        return tuple(change.seq or 0 for change in self.changes)

    @property
    def earlier(self) -> Value | None:
        """The value to compare the current one with, where there is one and it differs."""
        start = self.before if self.before is not None and self.before.sides else self.changes[0].after
        value = start.value if start is not None else None
        now = self.after.value if self.after is not None else None
        return None if value == now else value


def net_changes(changes: Iterable[Change], *, readings_apart: bool = True) -> list[Net]:
    """One `Net` a fact (history apart from news, and better readings from both), in order of each fact's last entry."""
    told: dict[tuple[str, bool, bool], list[Change]] = {}
    ordered = [change for change in sorted(changes, key=lambda change: change.seq or 0) if change.kind in TIERS]
    in_news = {change.fact for change in ordered if not change.history}
    for change in ordered:
        if change.fact is not None:
            # A promise that had run out before we heard of it belongs to the news of the promise.
            aside = change.history and not (change.kind in _PROMISES and change.fact in in_news)
            reading = readings_apart and change.cause is Cause.READING
            told.setdefault((change.fact, aside, reading), []).append(change)
    nets = [
        Net(
            fact=fact,
            kind=_kind(group),
            changes=tuple(group),
            before=group[0].before,
            after=group[-1].after,
            history=history,
            reading=reading,
        )
        for (fact, history, reading), group in told.items()
    ]
    return sorted(nets, key=lambda net: net.seqs[-1])


def _kind(group: Sequence[Change]) -> ChangeKind:
    """What happened on the whole."""
    first, last = group[0], group[-1]
    kinds = {change.kind for change in group}
    if last.after is not None and last.after.status is FactStatus.DISPUTED:
        return ChangeKind.DISPUTED
    if last.kind is ChangeKind.WITHDRAWN or (last.after is not None and last.after.status is FactStatus.WITHDRAWN):
        return ChangeKind.WITHDRAWN
    new = ChangeKind.NEW in kinds and (first.before is None or not first.before.sides)
    if new and all(change.history or change.kind not in {*_PROMISES, ChangeKind.RESOLVED} for change in group):
        return ChangeKind.NEW
    if ChangeKind.RESOLVED in kinds:
        return ChangeKind.RESOLVED
    value_moved = first.before is None or last.after is None or first.before.value != last.after.value
    for kind in _CHANGED if value_moved else ():
        if kind in kinds:
            return kind
    # A promise that ran through several states stands where it ended.
    for change in reversed(group):
        if change.kind in _PROMISES:
            return change.kind
    return last.kind if new or ChangeKind.CONFIRMED not in kinds else ChangeKind.CONFIRMED
