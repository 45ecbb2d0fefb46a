"""Whether an article is of the field at all: a telescope called Vera Rubin is no business of ours."""

from __future__ import annotations

import re

from flows.extract.scene import Scene
from flows.extract.wordlists import word_set

_FIELD = word_set(
    """
    company companies shares revenue profit sales quarter market investors chip chips chipmaker server servers gpu
    gpus cpu cpus ai processor processors data datacenter cloud software hardware platform launch launched unveiled
    customers suppliers billion million acquisition partnership factory semiconductor semiconductors laptop laptops
    notebook pc pcs tablet smartphone smartphones computing executive ceo chairman fiscal stock business technology
    tech product products enterprise networking memory storage supply manufacturer manufacturing startup start-up rack
    racks workforce employees jobs analysts device devices models inference accelerator accelerators infrastructure
    deployment firm maker industry price prices shipments systems computer computers
    """
)
LEAST = 5
"""Different words of the field a text of some length must have."""
SHORT = 120
"""Words below which a text is taken at its word."""


def is_of_the_field(scene: Scene) -> bool:
    """Whether the words of an article are those of business and technology news."""
    words = [
        word
        for parsed in scene.lines
        for word in re.findall(r"[a-z-]+", scene.text[parsed.line.sentence.start : parsed.line.sentence.end].lower())
    ]
    if len(words) < SHORT:
        return True
    return len(_FIELD.intersection(words)) >= LEAST
