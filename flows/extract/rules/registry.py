"""All rules, in the order they are tried."""

from __future__ import annotations

from collections.abc import Iterator

from flows.config.catalogue import Catalogue
from flows.extract.periods import Reports
from flows.extract.rules import (
    counts,
    dealings,
    figures,
    frames,
    launches,
    products,
    relations,
    roles,
    shares,
    statements,
    targets,
)
from flows.extract.rules.metrics import Lexicon
from flows.extract.scene import Draft, Scene


class Rules:
    """The rules with what the catalogue gives them, compiled once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.relations = relations.relations_of(catalogue)
        self.lexicon = Lexicon(catalogue)
        self.products = products.Products(catalogue)
        self.counters = counts.Counters(catalogue)
        self.words = shares.Words(catalogue.vocabularies)

    def propose(self, scene: Scene) -> Iterator[Draft]:
        """Every claim the rules find in a scene."""
        for number, parsed in enumerate(scene.lines):
            yield from roles.propose(scene, number, parsed)
        reports = Reports(scene.entities, scene.published)
        topic = figures.Topic()
        market = shares.Market()
        told: list[Draft] = []
        for number, parsed in enumerate(scene.lines):
            frames.remember(scene, number, parsed, reports)
            told += figures.propose(scene, number, parsed, self.lexicon, reports, topic)
            yield from shares.propose(scene, number, parsed, self.words, reports, market)
            yield from counts.propose(scene, number, parsed, self.counters, self.words, reports, market)
            yield from targets.propose(scene, number, parsed)
            yield from relations.propose(scene, number, parsed, self.relations)
            yield from dealings.propose(scene, number, parsed)
            yield from launches.propose(scene, number, parsed)
            yield from self.products.propose(scene, number, parsed, reports)
        frames.look_ahead(scene, told)
        yield from told
        yield from statements.propose(scene)
