"""Text into blocks: paragraphs (hard-wrapped or not), headings, list items, table rows, with interview speakers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

Spans = Sequence[tuple[int, int]]

_ITEM = re.compile(
    r"[ \t]*(?:(?:[-+•*‣◦▪●–—·]|\(?[0-9]{1,3}[.)]|\(?[a-z][.)])[ \t]+|\[[0-9]{1,4}\][ \t]*|[¹²³⁴⁵⁶⁷⁸⁹⁰]+ ?|>+[ \t]?)+"
)
_HEADING_MARK = re.compile(r"[ \t]*#{1,6}[ \t]+")
_RULE = re.compile(r"[ \t|:=_*~+-]*$")
_FIGURE = re.compile(r"[-+(]?[$€£¥]?[0-9][0-9.,:/]*[%)a-zA-Z]{0,3}[.)]?")
_TERMINAL = re.compile(r"[.!?…:;。！？][\"”’»'）)\]]*$")
_LABEL = re.compile(r"((?:[A-Z][\w.'’-]{0,24}|[A-Z])(?: [A-Z(][\w.'’)-]{0,24}){0,3}):[ \t]+(?=\S)")
_WIDTHS = range(55, 141)  # columns a text can be wrapped at
_BROKEN = 6  # words of a line that may break off anywhere; what is shorter is a label or a list
_HEADING = 110  # a longer line without a full stop is a careless sentence


@dataclass(slots=True)
class Block:
    """A stretch of text that sentences do not cross. `paragraph` numbers what belongs together: a list or a table is one."""

    start: int
    end: int
    kind: str
    paragraph: int
    speaker: tuple[int, int] | None = None


def blocks(text: str) -> Iterator[Block]:
    """The blocks of `text` in order. List, heading and quotation marks and speakers' labels stand outside them."""
    groups = _groups(text)
    speakers = _speakers(text, groups)
    paragraph = -1
    for group in groups:
        listing = False
        for start, end in _unwrapped(text, group):
            line = text[start:end]
            if _RULE.match(line):
                continue
            mark = _ITEM.match(line)
            item = mark is not None and 0 < mark.end() < len(line)
            row = _is_row(line)
            paragraph += not ((item or row) and listing)
            listing = item or row
            block = Block(start, end, "prose", paragraph)
            if row:
                block.kind = "row"
            elif item and mark is not None:
                block.start, block.kind = start + mark.end(), "item"
            elif (heading := _HEADING_MARK.match(line)) is not None:
                block.start, block.kind = start + heading.end(), "heading"
            elif len(line) <= _HEADING and not _TERMINAL.search(line.rstrip()[-4:]):
                block.kind = "heading"
            if speakers and (label := _LABEL.match(line)) is not None and label[1] in speakers:
                block.speaker, block.start, block.kind = (start, start + label.end(1)), start + label.end(), "prose"
            yield block


def _groups(text: str) -> list[list[tuple[int, int]]]:
    """The lines of `text`, in groups that blank lines part."""
    groups: list[list[tuple[int, int]]] = [[]]
    start = 0
    for line in text.split("\n"):
        if line and not line.isspace():
            groups[-1].append((start, start + len(line)))
        elif groups[-1]:
            groups.append([])
        start += len(line) + 1
    return groups


def _unwrapped(text: str, group: Spans) -> Iterator[tuple[int, int]]:
    """The lines of one group, joined where they are the lines of a hard-wrapped paragraph.

    A line was wrapped where the first word of the next would not have fitted on it. An indented line
    below a list item goes on with it.
    """
    if len(group) < 2:
        yield from group
        return
    lines = [text[start:end].rstrip() for start, end in group]
    width = max(map(len, lines))
    filled = [len(line) + 1 + len(following.split(None, 1)[0]) > width for line, following in pairwise(lines)]
    # Headlines under each other look like wrapped lines, but none of them ends with a full stop.
    wrapped = width in _WIDTHS
    sentence = _TERMINAL.search(lines[-1][-4:]) is not None
    paragraph = wrapped and all(filled)
    start, end = group[0]
    for number, (left, right) in enumerate(group[1:]):
        line, following = lines[number], lines[number + 1]
        fits = wrapped and filled[number] and (sentence or following[0].islower())
        fits = fits and (paragraph or not _TERMINAL.search(line[-4:]))
        indented = following.startswith("  ") and _ITEM.match(text, start) is not None and "\t" not in following
        goes_on = _goes_on(line, following)
        if (fits or indented or goes_on) and not _ITEM.match(following):
            end = right
        else:
            yield start, end
            start, end = left, right
    yield start, end


def _goes_on(line: str, following: str) -> bool:
    """Whether a line broken before its width goes on in the next: in small letters, and nothing ended it."""
    return (
        following[0].islower()
        and not _TERMINAL.search(line[-4:])
        and len(line.split()) >= _BROKEN
        and not _is_row(line)
        and not _is_row(following)
    )


def _speakers(text: str, groups: Sequence[Spans]) -> frozenset[str]:
    """The labels of an interview: two that come back, or one that comes back often among others."""
    counts: dict[str, int] = {}
    for group in groups:
        for start, end in group:
            found = _LABEL.match(text, start, min(end, start + 120))
            if found is not None:
                counts[found[1]] = counts.get(found[1], 0) + 1
    repeated = [label for label, count in counts.items() if count > 1]
    enough = len(repeated) > 1 or (len(counts) > 1 and max(counts.values()) > 2)
    return frozenset(repeated) if enough else frozenset()


def _is_row(line: str) -> bool:
    """Whether a line is a row of a table: cells parted by tabs or bars, or mostly figures."""
    if "\t" in line.strip() or line.startswith("|") or line.count("|") > 2:
        return True
    if len(line) > 200 or line[-1] in ".?!:;":
        return False
    words = line.split()
    figures = sum(1 for word in words if word[-1] not in ".,:;?!" and _FIGURE.fullmatch(word))
    return figures >= 2 and figures * 5 >= len(words) * 2
