"""Where and in which version a price or a day of sale holds, when one line gives several: each takes the place beside it.

"In North America in October, at $1,499; in EMEA in November, at €1,599" is two offers; "$999 in the US and £899 in the UK"
two prices. A place right behind an amount is its own; else the nearest one before it, up to the next amount of its kind.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from flows.extract.clauses import Parsed
from flows.extract.folding import words
from flows.extract.vocabulary import Vocabulary
from storage.values import Quantity

_LEADING = words("in across for the throughout to reach reaches hit hits ( , and from")
_PARTING = frozenset([";", "while", "whereas", "but"])
_VERSION = words("model version variant configuration edition one option unit models versions machine tier")
_LIGHT = words("a an the its with of drive ssd ram memory storage and , disk - unified lpddr5x space working up to")
_GIGABYTES = frozenset(["gb"])


@dataclass(frozen=True, slots=True)
class Place:
    """A part of the world that a line names: from which token to which, and its slug."""

    first: int
    last: int
    slug: str


def places_in(parsed: Parsed, regions: Vocabulary, people: Vocabulary) -> list[Place]:
    """The parts of the world a line names as where something is sold, and those whose people it names ("Americans")."""
    line = parsed.line
    found: dict[int, Place] = {}
    for index, token in enumerate(line.tokens):
        if token.letter == "l" and index and line.tokens[index - 1].low in _LEADING:
            found[index] = Place(index, index, regions.slug(line.text[token.start : token.end]))
    text = line.text[line.sentence.start : line.sentence.end]
    for vocabulary, named in ((regions, True), (people, False)):
        for start, end, slug in vocabulary.find(text):
            if not text[start].isupper():
                continue
            begin, stop = line.sentence.start + start, line.sentence.start + end
            inside = [at for at, token in enumerate(line.tokens) if token.start < stop and token.end > begin]
            if inside and inside[0] not in found and not any(place.first <= inside[0] <= place.last for place in found.values()):
                before = line.tokens[inside[0] - 1].low if inside[0] else ""
                if not named or before in _LEADING or not before:
                    found[inside[0]] = Place(inside[0], inside[-1], slug)
    return [found[at] for at in sorted(found)]


def regions_at(parsed: Parsed, index: int, places: Collection[Place]) -> list[str]:
    """The parts of the world that an amount or a time at a token holds for; several where they are joined by "and"."""
    tokens = parsed.line.tokens
    kind = tokens[index].letter
    behind = [place for place in places if place.first > index and _near(parsed, index, place)]
    if behind:
        return _joined(parsed, behind[0], places)
    for place in sorted(places, key=lambda one: -one.first):
        if place.last >= index:
            continue
        between = tokens[place.last + 1 : index]
        if any(token.low in _PARTING for token in between):
            return []
        others = [at for at in range(place.last + 1, index) if tokens[at].letter == kind]
        if any(_near(parsed, at, place) for at in range(place.first) if tokens[at].letter == kind):
            return []  # the place is another one's
        if others and place.first > 1:
            return []
        return _joined(parsed, place, places)
    return []


def _near(parsed: Parsed, index: int, place: Place) -> bool:
    """Whether a place stands right behind an amount: "$999 in the US", "£899 (UK)"."""
    tokens = parsed.line.tokens
    between = [token.low for token in tokens[index + 1 : place.first]]
    return 0 < len(between) <= 3 and all(low in {"in", "the", "(", "for", "across", "throughout", "both"} for low in between)


def _joined(parsed: Parsed, place: Place, places: Collection[Place]) -> list[str]:
    """A place with those joined to it: "in Portugal and Spain"."""
    ordered = sorted(places, key=lambda one: one.first)
    at = ordered.index(place)
    first = last = at
    while first and _only_joins(parsed, ordered[first - 1], ordered[first]):
        first -= 1
    while last + 1 < len(ordered) and _only_joins(parsed, ordered[last], ordered[last + 1]):
        last += 1
    return list(dict.fromkeys(one.slug for one in ordered[first : last + 1]))


def _only_joins(parsed: Parsed, left: Place, right: Place) -> bool:
    between = [token.low for token in parsed.line.tokens[left.last + 1 : right.first]]
    return bool(between) and all(low in {",", "and", "the", "in", "&", "or"} for low in between)


def configuration_at(parsed: Parsed, index: int, *, several: bool) -> tuple[str, int] | None:
    """The version that a price holds for, and the token that says so: "the model with 1 TB costs …", "$999 with 16 GB"."""
    line = parsed.line
    tokens = line.tokens
    if several and index + 2 < len(tokens) and tokens[index + 1].low in {"with", "for", "(", "gets"}:
        behind = next((near for near in range(index + 2, min(len(tokens), index + 5)) if _is_capacity(parsed, near)), None)
        if behind is not None and all(tokens[near].low in _LIGHT for near in range(index + 2, behind)):
            return line.text[tokens[behind].start : tokens[behind].end], behind
    for at in range(index - 1, max(-1, index - 12), -1):
        token = tokens[at]
        if token.low in _PARTING or token.letter == "m":
            break
        if _is_capacity(parsed, at):
            around = {tokens[near].low for near in range(max(0, at - 4), min(len(tokens), at + 5))}
            before = tokens[at - 1].low if at else ""
            if around & _VERSION or (several and before in {"with", "for"}):
                return line.text[token.start : token.end], at
            break
    return None


def _is_capacity(parsed: Parsed, index: int) -> bool:
    token = parsed.line.tokens[index]
    if token.letter != "q":
        return False
    value = parsed.line.quantity(token).value
    written = parsed.line.text[token.start : token.end]
    return isinstance(value, Quantity) and value.unit in _GIGABYTES and re.search(r"\d", written) is not None
