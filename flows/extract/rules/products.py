"""All that is said of products: parts, status, availability, price, measures, comparisons, deployment."""

from __future__ import annotations

from collections.abc import Iterator

from flows.config.catalogue import Catalogue
from flows.extract.clauses import Parsed
from flows.extract.periods import Reports
from flows.extract.rules import comparisons, containing, delivery, measures, parts, prices, readiness, rollout
from flows.extract.scene import Draft, Scene


class Products:
    """The rules about products with what the catalogue gives them; one whose predicate is missing stays silent."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.relations = containing.containing_of(catalogue)
        self.states = readiness.states_of(catalogue)
        self.offering = delivery.offering_of(catalogue)
        self.pricing = prices.pricing_of(catalogue)
        self.measures = measures.measures_of(catalogue)
        self.comparing = comparisons.comparing_of(catalogue)
        self.rollout = rollout.rollout_of(catalogue)

    def propose(self, scene: Scene, number: int, parsed: Parsed, reports: Reports) -> Iterator[Draft]:
        """Claims about products in one line."""
        yield from parts.propose(scene, number, parsed, self.relations)
        yield from readiness.propose(scene, number, parsed, self.states)
        if self.offering is not None:
            yield from delivery.propose(scene, number, parsed, self.offering, reports)
        taken: set[int] = set()
        if self.pricing is not None:
            yield from prices.propose(scene, number, parsed, self.pricing, taken)
        if self.comparing is not None:
            yield from comparisons.propose(scene, number, parsed, self.comparing, taken)
        if self.measures is not None:
            yield from measures.propose(scene, number, parsed, self.measures, taken)
        if self.rollout is not None:
            yield from rollout.propose(scene, number, parsed, self.rollout)
