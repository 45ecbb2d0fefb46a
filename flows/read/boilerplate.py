"""What in a text is not the story: navigation, teasers, comments, forms, credits, boxes, footers.

A scraped text is judged by the shape of its lines. Three kinds of finding:

- a line of its own (a byline, a photo credit, a cookie notice, "Sign up to …", "… | Print");
- a lead-in within a line ("Also read: …"), to the end of that line or of its brackets;
- a heading that opens a section ("Related articles", "3 comments", "About Lenovo"). Where nothing
  but short pieces follows, or the story is already told, the section runs to the end of the text;
  in the midst of a story it takes the teasers directly below it and no prose.

The text itself is never changed: evidence offsets count in the text as it was read, and
extraction skips these spans. Prose is never swallowed by a heading that stands before the story.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

from flows.read import boilerplate_lines as shapes
from flows.read.boilerplate_notices import is_notice, is_strip

Span = tuple[int, int]

_LINE = re.compile(r"[^\n]+")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_ITALIC = re.compile(r"\*(?!\*)[^*\n]+(?<!\*)\*|_(?!_)[^_\n]+_")
_MARKED = re.compile(r"[-•*–—|>#]\s|\(?\d{1,3}[.)]\s|\|")
_WIDTHS = range(40, 141)  # columns a text can be wrapped at
_LEAST_WRAPPED = 30
_LONG = 1_200
"""A line of more characters is prose; only lead-ins are looked for in it."""
_STOPS = (".", "!", "?", "”", '"', "’", "»", ")", "。", "！", "？")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    words: int
    gap: bool  # a blank line stands before it
    cut: bool  # it breaks off, as teasers do
    prose: bool  # a sentence or more of running text


def boilerplate_spans(text: str) -> list[Span]:
    """The stretches of `text` that extraction must skip: sorted, apart from each other, each within its lines."""
    return list(_spans(text))


@lru_cache(maxsize=2)  # fingerprint, relevance and extraction ask about one text in turn
def _spans(text: str) -> tuple[Span, ...]:
    return tuple(_merged(text, _found(_Page(list(_lines(text))))))


def without_boilerplate(text: str) -> str:
    """`text` less its boilerplate: for comparing stories, never for evidence."""
    kept, at = [], 0
    for start, end in boilerplate_spans(text):
        kept.append(text[at:start])
        at = end
    kept.append(text[at:])
    return "".join(kept)


def _lines(text: str) -> Iterator[_Line]:
    block: list[Span] = []
    for match in _LINE.finditer(text):
        stripped = match[0].strip()
        if stripped:
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            if block and text.count("\n", block[-1][1], start) > 1:
                yield from _of_block(text, block)
                block = []
            block.append((start, start + len(stripped)))
    yield from _of_block(text, block)


def _of_block(text: str, block: list[Span]) -> Iterator[_Line]:
    """The lines that no blank line parts; those of a hard-wrapped paragraph as one."""
    if _is_wrapped(text, block):
        block = [(block[0][0], block[-1][1])]
    for number, (start, end) in enumerate(block):
        line = text[start:end].replace("\n", " ")
        words = len(line.split())
        if not line.isascii():
            words += len(_CJK.findall(line)) // 2
        cut = line.endswith(("...", "…"))
        prose = words >= 20 and not cut and line.endswith(_STOPS)
        yield _Line(start, end, line, words, number == 0, cut, prose)


def _is_wrapped(text: str, block: list[Span]) -> bool:
    """Whether each line ended only because the next word did not fit."""
    lines = [text[start:end] for start, end in block]
    width = max(map(len, lines), default=0)
    if len(lines) < 2 or width not in _WIDTHS or min(map(len, lines[:-1])) < _LEAST_WRAPPED:
        return False
    opening, joined = lines[0], " ".join(lines)
    if shapes.section(opening) or _MARKED.match(opening):
        return False
    if _is_furniture(opening) and not _is_furniture(joined):
        return False
    return all(
        len(line) + 1 + len(following.split(None, 1)[0]) > width and not _MARKED.match(following)
        for line, following in pairwise(lines)
    )


def _is_furniture(line: str) -> bool:
    return shapes.whole_line(line, len(line.split()), near_end=False)


class _Page:
    """The lines of a text, with how much of the story is told before each."""

    def __init__(self, lines: list[_Line]) -> None:
        self.lines = lines
        self.last = len(lines) - 1
        self._told = [0, *accumulate(len(line.text) if line.prose else 0 for line in lines)]
        self._paragraphs = [0, *accumulate(int(line.prose) for line in lines)]
        self._resumes = max((at for at in range(len(lines)) if self._is_story(at)), default=-1)

    def _is_story(self, at: int) -> bool:
        """Running text: a long paragraph, or one followed by another. Teasers alternate with short lines."""
        line = self.lines[at]
        if not line.prose:
            return False
        return line.words >= 45 or (at == self.last and line.words >= 30) or (at < self.last and self.lines[at + 1].prose)

    def told(self, at: int) -> int:
        """Characters of prose before line `at`."""
        return self._told[at]

    def to_tell(self, at: int) -> int:
        """Characters of prose after line `at`."""
        return self._told[-1] - self._told[at + 1]

    def near_end(self, at: int) -> bool:
        """At most one paragraph follows: where author boxes and calls to subscribe stand."""
        return at > 0 and self._paragraphs[-1] - self._paragraphs[at + 1] <= 1

    def section_end(self, at: int, section: str) -> int:
        """The index of the last line of the section whose heading is line `at`."""
        below = self.lines[at + 1 : at + 3]
        told, to_tell = self.told(at), self.to_tell(at)
        match section:
            case "pitch":  # a newsletter box: its heading and one short line
                box = [line for line in below if not line.gap]
                return at + (len(box) == 1 and not below[0].gap and below[0].words <= 25)
            case "comments":
                return self.last if to_tell == 0 or told >= max(300, to_tell // 2) else at
            case "about":
                return self.last if to_tell == 0 or told > 1.5 * to_tell else at
            case _:
                return self._teasers_end(at) if self._resumes > at else self.last

    def _teasers_end(self, at: int) -> int:
        """The last teaser directly below a heading in mid-story: one block, no prose."""
        end = at
        for line in self.lines[at + 1 :]:
            sentence = line.words > 4 and line.text[-1] in ".。" and not line.cut
            if line.prose or sentence or line.words > 30 or (end > at and line.gap):
                break
            end += 1
        return end


def _found(page: _Page) -> Iterator[Span]:
    at = 0
    while at <= page.last:
        line = page.lines[at]
        end = at
        if line.words <= 12 and len(line.text) <= 160 and (section := shapes.section(line.text)):
            end = page.section_end(at, section)
            yield line.start, page.lines[end].end
        elif len(line.text) <= _LONG and _is_clutter(page, at):
            yield line.start, line.end
        else:
            rest = line.text
            for start, stop in shapes.lead_ins(line.text):
                yield line.start + start, line.start + stop
                rest = rest[:start] if stop == len(line.text) else ""
            if 0 < len(rest) < len(line.text) and is_notice(rest.rstrip(), len(rest.split())):
                yield line.start, line.start + len(rest.rstrip())
        at = end + 1


def _is_clutter(page: _Page, at: int) -> bool:
    """Whether a line is no part of the story: by its shape, as a notice, or as what an editor puts last, in italics."""
    text, words = page.lines[at].text, page.lines[at].words
    bare = text.strip("*_ ") if text[0] in "*_" else text
    near_end = page.near_end(at)
    return (
        not bare
        or shapes.whole_line(bare, words, near_end=near_end)
        or is_notice(text, words)
        or (near_end and page.told(at) > 0 and (is_strip(text) or (words <= 60 and _ITALIC.fullmatch(text) is not None)))
    )


def _merged(text: str, spans: Iterator[Span]) -> list[Span]:
    """Neighbours with only blanks between them as one."""
    merged: list[Span] = []
    for start, end in spans:
        if merged and not text[merged[-1][1] : start].strip():
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged
