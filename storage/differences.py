"""What differs between two texts of one article, as people read it."""

from __future__ import annotations

import re
from difflib import unified_diff

LONGEST = 20_000
"""Characters of a difference that are kept; a rewritten article is better read whole."""


_HUNK = re.compile(r"@@ -(\d+)(?:,(\d+))? ")


def difference(before: str, after: str) -> str:
    """The unified difference of two texts by lines, without file names; empty for equal texts."""
    return _cut("\n".join(_lines(before, after)))


def difference_at(before: str, after: str, start: int, end: int) -> str:
    """The parts of the difference that touch `before[start:end]` (code points); all of it where none does."""
    first = len((before[:start] + ".").splitlines())
    last = len((before[:end] + ".").splitlines())
    hunks: list[tuple[bool, list[str]]] = []
    for line in _lines(before, after):
        if header := _HUNK.match(line):
            place, length = int(header[1]), int(header[2] or 1)
            hunks.append((place <= last and place + length > first, []))
        hunks[-1][1].append(line)
    touching = [line for touches, lines in hunks if touches for line in lines]
    return _cut("\n".join(touching or [line for _, lines in hunks for line in lines]))


def _lines(before: str, after: str) -> list[str]:
    return list(unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=1))[2:]


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + "\n… (cut)"
