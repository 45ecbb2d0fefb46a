"""All rules, in the order they are tried."""

from __future__ import annotations

from collections.abc import Iterator

from flows.config.catalogue import Catalogue
from flows.extract.rules import launches, relations, roles, statements
from flows.extract.scene import Draft, Scene


class Rules:
    """The rules with what the catalogue gives them, compiled once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.relations = relations.relations_of(catalogue)

    def propose(self, scene: Scene) -> Iterator[Draft]:
        """Every claim the rules find in a scene."""
        for number, parsed in enumerate(scene.lines):
            yield from roles.propose(scene, number, parsed)
        for number, parsed in enumerate(scene.lines):
            yield from relations.propose(scene, number, parsed, self.relations)
            yield from launches.propose(scene, number, parsed)
        yield from statements.propose(scene)
