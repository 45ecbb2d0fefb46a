"""Where quotations stand: pairs of quotation marks of every style."""

from __future__ import annotations

import re

_OPENING = {"“": "”“", "„": "“”‟", "«": "»", "»": "«", "‹": "›", "「": "」", "『": "』", "‟": "”", "‘": "’", '"': '"', "'": "'"}
_MARK = re.compile("[“”„‟«»‹›「」『』\"‘’']|\n")
_INCHES = re.compile(r"(?:display|screen|laptop|panel|monitor|notebook|lcd|oled)", re.IGNORECASE)


def quotations(text: str) -> list[tuple[int, int]]:
    """The quotations of `text` as spans that hold their marks, in order, outermost only.

    A quotation ends within its paragraph (line). One that a paragraph leaves open is taken to run
    to its end where the next paragraph opens with the same mark, as printers do with long
    quotations; else the lone mark is no quotation. Single marks count only where they stand
    before and behind words like quotation marks, not like apostrophes. One pass over the marks.
    """
    spans: list[tuple[int, int]] = []
    opened: tuple[str, int] | None = None
    length = len(text)
    for found in _MARK.finditer(text):
        mark, at = found[0], found.start()
        if mark == "\n":
            if opened is not None:
                following = re.compile(r"\n*").match(text, at)
                begin = following.end() if following is not None else at
                if opened[0] == "“" and text.startswith(opened[0], begin):
                    spans.append((opened[1], at))
                opened = None
            continue
        before = text[at - 1] if at else "\n"
        after = text[at + 1] if at + 1 < length else "\n"
        if opened is not None:
            if mark not in _OPENING[opened[0]] or not _closes(mark, before, after, opened[0]):
                continue
            spans.append((opened[1], at + 1))
            opened = None
        elif mark in _OPENING and _opens(text, mark, before, after, at):
            opened = (mark, at)
    return spans


def _opens(text: str, mark: str, before: str, after: str, at: int) -> bool:
    if after.isspace() and mark not in "„«»":
        return False
    match mark:
        case '"':
            return not before.isalnum() or not (before.isdigit() or before.isalpha())
        case "'" | "‘":
            return (before.isspace() or before in "([—–-") and (after.isalpha() or after in "…¿¡") and not _elision(text, at)
        case "»":
            return before.isspace() or before in "(["
        case _:
            return True


def _elision(text: str, at: int) -> bool:
    return re.compile(r"['‘](?:n|til|tis|twas|em|cause|round|bout)\b", re.IGNORECASE).match(text, at) is not None


def _closes(mark: str, before: str, after: str, opening: str) -> bool:
    if mark == '"':
        return not (after.isalnum() and before.isspace())
    if mark in "'’" and opening in "'‘":
        return not before.isspace() and not after.isalnum()
    if mark == "“" and opening == "“":
        return False
    return True
