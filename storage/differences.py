"""What differs between two texts of one article, as people read it."""

from __future__ import annotations

from difflib import unified_diff

LONGEST = 20_000
"""Characters of a difference that are kept; a rewritten article is better read whole."""


def difference(before: str, after: str) -> str:
    """The unified difference of two texts by lines, without file names; empty for equal texts."""
    lines = list(unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=1))[2:]
    text = "\n".join(lines)
    return text if len(text) <= LONGEST else text[:LONGEST] + "\n… (cut)"
