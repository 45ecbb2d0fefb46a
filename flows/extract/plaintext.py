"""Markdown out of the way: the words of a text without its mark-up, and the way back to where they stand.

Rules look at the plain text, so that "**Acer** Swift" and "[Acer](https://…) Swift" read as "Acer
Swift"; evidence is quoted from the text as given. Only well-formed pairs are mark-up: a footnote's star,
a file_name and "5 * 3" stay. Bold lines without a full stop and short bold openings of a paragraph are
headings; a quotation's ">" goes, its lines are prose. Text without mark-up comes back as it is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from flows.extract.spans import Sentence
from storage.model import Evidence, Span

_HINT = re.compile(r"[*_`~\[\\<>]")
_IMAGE = re.compile(r"!\[[^\]\n]{0,300}\]\([^()\s]{1,500}(?:\s\"[^\"\n]{0,200}\")?\)")
_LINK = re.compile(
    r"(?P<open>\[)[^\[\]\n]{1,300}(?P<close>\]\((?:[^()\s]|\([^()\s]{0,100}\)){1,500}(?:\s\"[^\"\n]{0,200}\")?\))"
    r"|(?P<open2>\[)[^\[\]\n]{1,300}(?P<close2>\]\[[\w .-]{0,60}\])"
)
_ADDRESS = re.compile(r"<(?:https?://|mailto:)[^<>\s]{1,500}>")
_TAG = re.compile(r"</?(?:b|i|em|strong|u|s|sup|sub|span|small|mark|a|p|div)(?:\s[^<>\n]{0,300})?>")
_BREAK = re.compile(r"<br ?/?>")
_WITHIN = r"(?:[^\n*]|\n(?![ \t]*(?:\n|[*+-][ \t]))|{other}){{1,400}}?"
_BOLD = re.compile(r"(?P<open>\*\*)(?=[^\s*])" + _WITHIN.format(other=r"\*(?!\*)") + r"(?<=[^\s])(?P<close>\*\*)(?!\*)")
_BOTH = re.compile(r"(?<![\w*\\])(?P<open>\*{3})(?=[^\s*])[^\n*]{1,400}?(?<=[^\s*\\])(?P<close>\*{3})(?!\*)")
_ITALIC = re.compile(
    r"(?<![\w*\\])(?P<open>\*)(?=[^\s*])" + _WITHIN.format(other=r"\*\*") + r"(?<=[^\s*\\])(?P<close>\*)(?![\w*])"
)
_UNDERLINED = re.compile(r"(?<![\w\\])(?P<open>_{1,2})(?=[^\s_])[^\n_]{1,400}?(?<=[^\s_\\])(?P<close>(?P=open))(?!\w)")
_STRUCK = re.compile(r"(?P<open>~~)(?=\S)[^\n~]{1,300}?(?P<close>~~)")
_CODE = re.compile(r"(?P<open>`{1,3})(?=[^`\s])[^\n`]{1,300}(?P<close>(?P=open))")
_ESCAPE = re.compile(r"\\(?=[\\`*_{}\[\]()#+.!|$~>-])")
_QUOTATION = re.compile(r"^[ \t]{0,3}(?:>[ \t]?){1,8}", re.MULTILINE)
_BOLD_LINE = re.compile(r"^[ \t]*(?P<mark>\*\*|__)(?P<words>[^\s*_](?:[^\n*]{0,298}[^\s*])?)(?P=mark)[ \t]*$", re.MULTILINE)
_RUN_IN = re.compile(
    r"^(?P<mark>\*\*|__)(?P<words>[^\s*_][^\n*]{0,118}[^\s*])(?P=mark)(?P<stop>\.?)(?P<gap>[ \t]+)(?=\S)", re.MULTILINE
)
_STOPPED = re.compile(r"[.!?…。！？][\"”’»)]*$")
_RUN_IN_WORDS = 8
_INTERVIEW = 3
"""Bold questions that make a text an interview: there every bold line is the interviewer's."""

Edit = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class PlainText:
    """`text` without mark-up. `places` holds, for each of its characters and its end, where it stands in `given`."""

    given: str
    text: str
    places: tuple[int, ...] | None = None

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the plain text stands in the text as given."""
        if self.places is None:
            return start, end
        if start >= end:
            return self.places[start], self.places[start]
        return self.places[start], self.places[end - 1] + 1

    def forth(self, start: int, end: int) -> tuple[int, int]:
        """What of the plain text comes from a stretch of the text as given."""
        if self.places is None:
            return start, end
        return bisect_left(self.places, start), bisect_left(self.places, end)

    def evidence_back(self, evidence: Evidence) -> Evidence:
        """Evidence found in the plain text, with its places and its words in the text as given."""
        if self.places is None:
            return evidence
        start, end = self.back(evidence.start, evidence.end)
        context: list[Span] = []
        for span in evidence.context:
            first, last = self.back(span.start, span.end)
            context.append(replace(span, start=first, end=last, quote=self.given[first:last]))
        return replace(evidence, start=start, end=end, quote=self.given[start:end], context=tuple(context))

    def sentence_back(self, sentence: Sentence) -> Sentence:
        """A sentence of the plain text with its places in the text as given."""
        if self.places is None:
            return sentence
        start, end = self.back(sentence.start, sentence.end)
        return replace(
            sentence,
            start=start,
            end=end,
            quoted=tuple(self.back(*span) for span in sentence.quoted),
            speaker=None if sentence.speaker is None else self.back(*sentence.speaker),
        )


@lru_cache(maxsize=4)  # an article is taken apart, then read by one reader after the other
def plain(text: str) -> PlainText:
    """The text without mark-up; the very same string where it has none. Linear in its length."""
    if not _HINT.search(text):
        return PlainText(text, text)
    edits = sorted(_edits(text), key=lambda edit: (edit[0], edit[1]))
    if not edits:
        return PlainText(text, text)
    pieces: list[str] = []
    places: list[int] = []
    at = 0
    for start, end, instead in edits:
        if start < at:
            continue
        pieces += [text[at:start], instead]
        places += range(at, start)
        places += [start] * len(instead)
        at = end
    pieces.append(text[at:])
    places += range(at, len(text) + 1)
    return PlainText(text, "".join(pieces), tuple(places))


def _edits(text: str) -> Iterator[Edit]:
    """What to take out of a text, and the little to put in its place."""
    taken: set[int] = set()
    for edit in [*_bold_lines(text), *_run_ins(text)]:
        taken.update(range(edit[0], edit[1]))
        yield edit
    for pattern in (_IMAGE, _ADDRESS, _TAG, _QUOTATION, _ESCAPE):
        for found in pattern.finditer(text):
            yield found.start(), found.end(), ""
    for found in _BREAK.finditer(text):
        yield found.start(), found.end(), "\n"
    for found in _LINK.finditer(text):
        second = "" if found["open"] else "2"
        if found.start() and text[found.start() - 1] == "!":
            continue
        yield *found.span(f"open{second}"), ""
        yield *found.span(f"close{second}"), ""
    for pattern in (_BOTH, _BOLD, _ITALIC, _UNDERLINED, _STRUCK, _CODE):
        for found in pattern.finditer(text):
            if found.start() not in taken:
                yield *found.span("open"), ""
                yield *found.span("close"), ""


def _bold_lines(text: str) -> Iterator[Edit]:
    """Lines all in bold: headings where no full stop ends them, and every one of them in an interview."""
    lines = list(_BOLD_LINE.finditer(text))
    interview = sum(found["words"].endswith("?") for found in lines) >= _INTERVIEW
    for found in lines:
        heading = interview or found["words"].endswith("?") or not _STOPPED.search(found["words"])
        before = "\n" if found.start() and text[found.start() - 2 : found.start()].strip() else ""
        yield found.start(), found.start("words"), before + ("# " if heading else "")
        after = "\n" if text[found.end() + 1 : found.end() + 2].strip() else ""
        yield found.end("words"), found.end(), after


def _run_ins(text: str) -> Iterator[Edit]:
    """Short bold openings of a paragraph that a full stop ends: headings, set apart from what follows."""
    for found in _RUN_IN.finditer(text):
        words = found["words"]
        if len(words.split()) <= _RUN_IN_WORDS and (found["stop"] or _STOPPED.search(words)):
            yield found.start(), found.start("words"), "# "
            yield found.end("words"), found.end(), "\n\n"
