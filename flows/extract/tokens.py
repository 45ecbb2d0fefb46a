"""A sentence as a row of tokens: words, punctuation, and what was recognised in it, each as one piece.

Entities, quantities and times become single tokens, so that what follows can look at the grammar
around them without caring how many words they have.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from flows.extract.spans import Mention, QuantityMention, Sentence, TimeMention
from flows.extract.verbs import LEMMA_OF

Item = Mention | QuantityMention | TimeMention

_WORD = re.compile(r"n['’]t\b|['’](?:s|re|ve|ll|d|m)\b|[^\W_]+(?:[-’'.&][^\W_]+)*(?:\.(?=[^\W_]\.))*|[—–]|\S")
_CONTRACTED = re.compile(r"(?P<base>\w+?)(?P<rest>n['’]t|['’](?:re|ve|ll|d|m|s))\Z")

_PLAIN = str.maketrans({"’": "'", "‹": '"', "›": '"', "«": "“", "»": "”"})  # the marks that tags are made of stay ours

LETTER = {"org": "o", "person": "n", "product": "p", "place": "l", "event": "v"}
_VALUE_LETTER = {"money": "m", "percent": "c", "ratio": "r", "quantity": "q", "duration": "d"}


class Token(NamedTuple):
    """One piece of a sentence. `low` is the word in lower case, or a tag such as "‹o3›" for item 3."""

    low: str
    start: int
    end: int
    item: int = -1
    letter: str = ""  # of a tag: o, n, p, l, v, x for entities; m, c, r, q, d for values; t for times
    owns: bool = False  # a possessive pronoun: what follows is a noun, whatever it looks like

    @property
    def is_entity(self) -> bool:
        """Whether it names or means an entity."""
        return self.letter in _ENTITY_LETTERS

    @property
    def is_value(self) -> bool:
        """Whether it is a number with its unit."""
        return self.letter in _VALUE_LETTERS


_ENTITY_LETTERS = frozenset("onplvx")
_OWNING = frozenset(["its", "their", "his", "her", "our", "my", "your", "whose"])
_VALUE_LETTERS = frozenset("mcrqd")


@dataclass(slots=True)
class Line:
    """A sentence with its tokens and the items they stand for."""

    sentence: Sentence
    text: str
    tokens: list[Token]
    items: list[Item] = field(default_factory=list)

    def mention(self, token: Token) -> Mention:
        """The entity a token stands for."""
        item = self.items[token.item]
        assert isinstance(item, Mention)  # noqa: S101 - the letter said so
        return item

    def quantity(self, token: Token) -> QuantityMention:
        """The quantity a token stands for."""
        item = self.items[token.item]
        assert isinstance(item, QuantityMention)  # noqa: S101 - the letter said so
        return item

    def time(self, token: Token) -> TimeMention:
        """The time a token stands for."""
        item = self.items[token.item]
        assert isinstance(item, TimeMention)  # noqa: S101 - the letter said so
        return item


def letter_of(item: Item) -> str:
    """The letter of an item's tag."""
    if isinstance(item, Mention):
        return LETTER.get(item.kind, "x")
    if isinstance(item, TimeMention):
        return "t"
    return _VALUE_LETTER[item.value.kind]


def tokenise(text: str, sentence: Sentence, items: Sequence[Item]) -> Line:
    """The tokens of a sentence; `items` must not overlap each other (the longest of two wins)."""
    names = [item for item in items if isinstance(item, Mention)]
    extents = {id(item): _extent(text, item, names) for item in items}
    chosen: list[Item] = []
    reached = -1
    for item in sorted(items, key=lambda one: (extents[id(one)][0], -extents[id(one)][1])):
        start, end = extents[id(item)]
        if end > start >= reached:
            chosen.append(item)
            reached = end
    tokens: list[Token] = []
    at = sentence.start
    for index, item in enumerate(chosen):
        start, end = extents[id(item)]
        _words(text, at, start, tokens)
        letter = letter_of(item)
        if (
            isinstance(item, QuantityMention) and item.word is not None and LEMMA_OF.get(item.word)
        ):  # "doubled" stays the verb it is
            tokens.append(Token(item.word, start, end, index))
        else:
            tokens.append(Token(f"‹{letter}{index}›", start, end, index, letter, text[start:end].lower() in _OWNING))
        at = end
    _words(text, at, sentence.end, tokens)
    return Line(sentence=sentence, text=text, tokens=tokens, items=chosen)


def _extent(text: str, item: Item, names: Sequence[Mention]) -> tuple[int, int]:
    """The stretch a tag stands for: of a quantity its number and unit, not the noun it counts nor a name in that noun."""
    if not isinstance(item, QuantityMention):
        return item.start, item.end
    end = item.end
    for name in names:
        if item.start < name.start < end:
            end = name.start
    if item.noun and item.value.kind == "quantity" and (at := text.find(item.noun, item.start, end)) > item.start:
        end = at
    while end > item.start and text[end - 1] in " -\u00a0":
        end -= 1
    return item.start, end


def _words(text: str, start: int, end: int, tokens: list[Token]) -> None:
    for match in _WORD.finditer(text, start, end):
        word = match[0]
        low = word.lower()
        if not low.isascii():
            low = low.translate(_PLAIN)
        split = _CONTRACTED.match(low) if "'" in low and not low.startswith("'") and low != "n't" else None
        if split:
            cut = match.start() + len(split["base"])
            tokens.append(Token(split["base"], match.start(), cut))
            tokens.append(Token(split["rest"], cut, match.end()))
        else:
            tokens.append(Token(low, match.start(), match.end()))
