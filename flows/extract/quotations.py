"""Where quotations stand: pairs of quotation marks of every style."""

from __future__ import annotations

import re

# What may close a quotation that opens with a mark.
_CLOSING = {"“": "”", "„": "“”‟", "«": "»", "»": "«", "‹": "›", "「": "」", "『": "』", "‟": "”", "‘": "’", '"': '"', "'": "'"}
_MARK = re.compile("[“”„‟«»‹›「」『』\"‘’']")
_ELISION = re.compile(r"['‘](?:n|til|tis|twas|em|cause|round|bout|[0-9]0s)\b", re.IGNORECASE)


def quotations(text: str, start: int = 0, end: int | None = None) -> tuple[list[tuple[int, int]], int | None]:
    """The quotations in one paragraph, `text[start:end]`, and where one opens that it leaves open.

    Spans hold their marks; of nested ones only the outer is given. A mark that is never closed makes
    no quotation here: printers open each paragraph of a long quotation and close only the last, so
    the caller can tell. Single marks count only where they stand before and behind words as quotation
    marks do, not like apostrophes; a double mark behind a figure are inches. One pass over the marks.
    """
    stop = len(text) if end is None else end
    spans: list[tuple[int, int]] = []
    opening, begin = "", start
    for found in _MARK.finditer(text, start, stop):
        mark, at = found[0], found.start()
        before = text[at - 1] if at > start else "\n"
        after = text[at + 1] if at + 1 < stop else "\n"
        if opening:
            if mark in _CLOSING[opening] and _closes(mark, before, after):
                spans.append((begin, at + 1))
                opening = ""
        elif mark in _CLOSING and _opens(text, mark, before, after, at):
            opening, begin = mark, at
    return spans, begin if opening else None


def _opens(text: str, mark: str, before: str, after: str, at: int) -> bool:
    if after.isspace() and mark not in "„«»":
        return False
    if mark == '"':
        return not before.isalnum()
    if mark in "'‘":
        return (before.isspace() or before in "([—–-") and (after.isalpha() or after in "…¿¡") and not _ELISION.match(text, at)
    return mark != "»" or before.isspace() or before in "(["


def _closes(mark: str, before: str, after: str) -> bool:
    if mark == '"':
        return not (after.isalnum() and before.isspace())
    return mark not in "'’" or not (before.isspace() or after.isalnum())
