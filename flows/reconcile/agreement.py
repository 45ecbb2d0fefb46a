"""Relations between the claims of one slot, each value measured and each pair of values compared once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import combinations

from flows.config.catalogue import Predicate
from flows.reconcile.intervals import Measure, Relation, Width, compare, measure
from storage.model import Claim
from storage.values import Value


class Agreement:
    """Answers for one slot and one fold; distinct values are numbered as they are met."""

    def __init__(self, predicate: Predicate) -> None:
        self._predicate = predicate
        self._places: dict[Value | None, int] = {}
        self._by_claim: dict[str, int] = {}
        self._measures: list[Measure] = []
        self._relations: dict[tuple[int, int], Relation] = {}

    def place(self, claim: Claim) -> int:
        """The number of the claim's value: equal values share it."""
        place = self._by_claim.get(claim.id)
        if place is None:
            place = self._by_claim[claim.id] = self._place(claim.value)
        return place

    def width(self, claim: Claim) -> Width:
        """How much the claim's value leaves open."""
        return self._measures[self.place(claim)].width

    def agree(self, a: Claim, b: Claim) -> bool:
        """Whether both claims can be true at once."""
        return self._relation(self.place(a), self.place(b)).agrees

    def all_agree(self, claims: Iterable[Claim]) -> bool:
        """Whether each two of the claims agree."""
        places = {self.place(claim) for claim in claims}
        return all(self._relation(a, b).agrees for a, b in combinations(sorted(places), 2))

    def relation(self, a: Value | None, b: Value | None) -> Relation:
        """How value `a` stands to value `b`."""
        return self._relation(self._place(a), self._place(b))

    def wider(self, a: Value | None, b: Value | None) -> bool:
        """Whether value `a` leaves more open than value `b`."""
        return self._measures[self._place(a)].width > self._measures[self._place(b)].width

    def rank(self, claim: Claim) -> tuple[Width, int, bool, datetime, str]:
        """Best first: the narrowest value; then the source nearest to the event, a dated one, the earliest."""
        return (self.width(claim), claim.authority.rank, claim.published_estimated, claim.as_of, claim.id)

    def _place(self, value: Value | None) -> int:
        place = self._places.get(value)
        if place is None:
            place = self._places[value] = len(self._measures)
            self._measures.append(measure(value, self._predicate))
        return place

    def _relation(self, a: int, b: int) -> Relation:
        if a == b:
            return Relation.SAME
        known = self._relations.get((a, b))
        if known is None:
            known = self._relations[a, b] = compare(self._measures[a], self._measures[b], self._predicate)
            self._relations[b, a] = known.mirrored
        return known
