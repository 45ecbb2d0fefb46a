"""Names in texts: many at once, as whole words, in any script."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import ahocorasick_rs

_WORD = re.compile(r"\w")
_JOINED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af\u0e00-\u0e7f]")


@dataclass(frozen=True, slots=True)
class Name:
    """A name found: `text[start:end]` says `name`, which stands for `key`."""

    start: int
    end: int
    key: str
    name: str


class Names:
    """An index of names. Building it costs milliseconds, looking a text over microseconds."""

    def __init__(self, names: Iterable[tuple[str, str]], *, any_case: bool = False) -> None:
        """`names` are pairs of key and name; with `any_case` lower-case text matches capitalised names too."""
        self._names = [(key, name) for key, name in dict.fromkeys(names) if name.strip()]
        self._any_case = any_case
        self._automaton = ahocorasick_rs.AhoCorasick([_lower(name) for _, name in self._names])

    def find(self, text: str) -> list[Name]:
        """The names in `text` in order, without overlaps, the longest first where several begin together.

        A name is a whole word, or followed by a plural or possessive s; in scripts without spaces it
        may stand anywhere. Names with capitals are not found in lower-case words ("apple", "vera")
        unless the index was told so; all-capital words match whatever their names' case.
        """
        found = [
            Name(start, end, *self._names[which])
            for which, start, end in self._automaton.find_matches_as_indexes(_lower(text), overlapping=True)
            if self._fits(text, start, end, self._names[which][1])
        ]
        found.sort(key=lambda name: (name.start, -name.end))
        apart: dict[tuple[int, int, str], Name] = {}
        taken, end = (0, 0), 0
        for name in found:
            if name.start >= end:
                taken, end = (name.start, name.end), name.end
            if (name.start, name.end) == taken:  # one word may stand for several things, but for each of them once
                apart.setdefault((name.start, name.end, name.key), name)
        return list(apart.values())

    def _fits(self, text: str, start: int, end: int, name: str) -> bool:
        if not self._any_case and (said := text[start:end]) == said.lower() and name != name.lower():
            return False
        return _starts_word(text, start) and _ends_word(text, end)


def _starts_word(text: str, at: int) -> bool:
    return at == 0 or not _WORD.match(text[at]) or not _WORD.match(text[at - 1]) or _joined(text[at - 1]) or _joined(text[at])


def _ends_word(text: str, at: int) -> bool:
    if (
        at == len(text)
        or not _WORD.match(text[at - 1])
        or not _WORD.match(text[at])
        or _joined(text[at - 1])
        or _joined(text[at])
    ):
        return True
    return text[at] == "s" and (at + 1 == len(text) or not _WORD.match(text[at + 1]))


def _joined(character: str) -> bool:
    """Of a script that writes words without spaces between them."""
    return bool(_JOINED.match(character))


def _lower(text: str) -> str:
    """Lower case of the same length, so that offsets stay true (İ alone would become two characters)."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(small if len(small := character.lower()) == 1 else character for character in text)
