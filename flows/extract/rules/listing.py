"""Lists: what they are about, which lines they have, and whether they describe what is still to come."""

from __future__ import annotations

import re

from flows.extract.clauses import Parsed
from flows.extract.scene import Scene, main_product, product_in_mind

_OPENING = re.compile(
    r"\b(?:phase|stage|full build|build-out|opens?|opening|open to|operational|go(?:es)? live|completion|"
    r"ready for (?:service|use)|in service|online)\b",
    re.IGNORECASE,
)
_BUILDING = frozenset(["build", "construct", "erect", "go", "rise", "stand", "open"])


def opener_of(scene: Scene, number: int) -> int | None:
    """The line over a list: its heading or the sentence that introduces it."""
    back = number - 1
    while back >= 0 and scene.lines[back].line.sentence.kind == "item":
        back -= 1
    return back if back >= 0 else None


def goes_on(scene: Scene, number: int) -> bool:
    """Whether a line is a further sentence of the same item of a list."""
    return (
        number > 0 and "\n" not in scene.text[scene.lines[number - 1].line.sentence.end : scene.lines[number].line.sentence.start]
    )


def whole_of_list(scene: Scene, number: int) -> str | None:
    """The product that the list around a line is about: by its opening line, the lines before, or the whole text."""
    if goes_on(scene, number):
        return product_in_mind(scene, number)
    back = opener_of(scene, number)
    if back is not None:
        line = scene.lines[back].line
        if line.sentence.kind == "heading":
            named = next((line.mention(token).key for token in line.tokens if token.letter == "p"), None)
            return named or main_product(scene, number)
    return product_in_mind(scene, number) or main_product(scene, number)


def list_around(scene: Scene, number: int) -> range:
    """The lines of the list an item stands in."""
    first = last = number
    while first > 0 and scene.lines[first - 1].line.sentence.kind == "item":
        first -= 1
    while last + 1 < len(scene.lines) and scene.lines[last + 1].line.sentence.kind == "item":
        last += 1
    return range(first, last + 1)


def is_unbuilt(scene: Scene, number: int, product: str) -> bool:
    """Whether a list describes what is still to be built: one of its items opens later, or the text sees the whole go up."""
    for index in list_around(scene, number):
        parsed = scene.lines[index]
        sentence = parsed.line.sentence
        if _OPENING.search(scene.text[sentence.start : sentence.end]) and is_ahead(scene, parsed):
            return True
    for index, parsed in enumerate(scene.lines):
        for clause in parsed.clauses:
            if (
                clause.group.lemma not in _BUILDING
                or (clause.group.lemma == "go" and parsed.words(clause.rest[:1]) != "up")
                or not any(
                    parsed.line.tokens[at].letter == "p" and parsed.line.mention(parsed.line.tokens[at]).key == product
                    for at in clause.subject
                )
            ):
                continue
            if (clause.group.progressive or clause.group.modals[:1] == ("will",) or clause.group.be_to) and scene.scope(
                index, clause
            ).modality is not None:
                return True
    return False


def is_ahead(scene: Scene, parsed: Parsed) -> bool:
    """Whether a line names a time that lies ahead."""
    day = scene.published or scene.anchor
    for token in parsed.line.tokens:
        if token.letter == "t":
            period = parsed.line.time(token).period
            if period is not None and (period.start or period.end or day) > day:
                return True
    return False
