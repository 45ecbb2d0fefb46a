"""A line written flat, with a tag for each thing it names, and what a pattern's tags stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.extract.clauses import Parsed, joined
from flows.extract.rules.telling import orgs
from flows.extract.scene import Scene, keys_of
from flows.extract.tokens import Token
from storage.values import Money

WORDS = r"(?:(?!(?:from|to|of|with|by|for|in|on|at|and|or|than|into|as|not) )[\w'.-]+ )"
"""A word that does not open another phrase: an article, an adjective, a noun before a name."""
ORGS = rf"{WORDS}{{0,4}}?(?P<orgs>‹o[\d+]+›)"
"""A company, or a list of them, with the words that describe it."""


def flat(tokens: Sequence[Token]) -> str:
    """Tokens as a normalised line, without what stands in brackets, lists of names as one tag."""
    words = [token.low for token in tokens]
    if "(" not in words:
        return joined(" ".join(words))
    words.clear()
    depth = 0
    for token in tokens:
        depth += token.low == "("
        if not depth:
            words.append(token.low)
        depth -= token.low == ")" and depth > 0
    return joined(" ".join(words))


def tags(scene: Scene, parsed: Parsed, text: str) -> list[str]:
    """The companies that the tags in a stretch of a normalised line stand for."""
    return [key for tag in re.findall(r"‹o[\d+]+›", text) for key in orgs(scene, keys_of(parsed, tag))]


def money_at(parsed: Parsed, tag: str) -> Money | None:
    """The sum a tag stands for."""
    value = getattr(parsed.line.items[int(tag[2:-1])], "value", None)
    return value if isinstance(value, Money) else None


def converted_at(parsed: Parsed, tag: str) -> Money | None:
    """The sum in a second currency beside the one a tag stands for."""
    converted = getattr(parsed.line.items[int(tag[2:-1])], "converted", None)
    return converted if isinstance(converted, Money) else None
