"""The open vocabularies: which slug the words of a text stand for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from flows.extract.naming import slug


class Vocabulary:
    """The phrases of one qualifier ("market", "region", "measure"), longest first."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        self._slug_of = {
            phrase.lower(): key
            for key, phrases in words.items()
            for phrase in (*phrases, key.replace("-", " "), key.replace("_", " "))
        }
        phrases = sorted(self._slug_of, key=len, reverse=True)
        self._regex = (
            re.compile(r"(?<![\w-])(?:" + "|".join(re.escape(phrase) for phrase in phrases) + r")(?![\w-])") if phrases else None
        )

    def find(self, text: str) -> list[tuple[int, int, str]]:
        """All phrases in a text: start, end, slug."""
        if self._regex is None:
            return []
        return [(match.start(), match.end(), self._slug_of[match[0]]) for match in self._regex.finditer(text.lower())]

    def first(self, text: str) -> str | None:
        """The slug of the first phrase in a text."""
        found = self.find(text)
        return found[0][2] if found else None

    def last(self, text: str) -> str | None:
        """The slug of the last phrase in a text."""
        found = self.find(text)
        return found[-1][2] if found else None

    def slug(self, phrase: str) -> str:
        """A phrase as a slug: by the table, else as it is written."""
        return self._slug_of.get(phrase.lower().strip()) or slug(phrase)
