"""Text into sentences, headings, list items and table rows, each with its place.

Lines are grouped into blocks first (a hard-wrapped paragraph is one block, a list item another),
then each block is cut where a sentence ends. Every step is one pass over the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flows.extract.quotations import quotations
from flows.extract.spans import Sentence

LONGEST = 2000  # code points; a longer "sentence" is no sentence and is cut at a space

_ITEM = re.compile(
    r"[ \t]*(?:(?:[-•*‣◦▪●–—·]|\(?[0-9]{1,3}[.)]|\(?[a-z][.)])[ \t]+|\[[0-9]{1,4}\][ \t]*|[¹²³⁴⁵⁶⁷⁸⁹⁰]+ ?|>+[ \t]?)+"
)
_HEADING_MARK = re.compile(r"[ \t]*#{1,6}[ \t]+")
_RULE = re.compile(r"[ \t|:=_*~-]*$")
_NUMBERISH = re.compile(r"[-+(]?[$€£¥]?[0-9][0-9.,:/]*[%)a-zA-Z]{0,3}[.)]?")
_TERMINAL = re.compile(r"[.!?…:;。！？][\"”’»'）)\]]*$")
_LABEL = re.compile(r"((?:[A-Z][\w.'’-]{0,24}|[A-Z])(?: [A-Z(][\w.'’)-]{0,24}){0,3}):[ \t]+(?=\S)")

_END = re.compile(r"(?:(?<![.!?…])[.!?…]++[\"”’»')\]]*+(?=\s)|[。！？｡]+[」』”）]*|[!?][\"”»]?(?=[A-Z]))")
_WORD_BEFORE = re.compile(r"[^\s(\[\"“”‘’'«»—–/]{1,20}$")
_NEXT_WORD = re.compile(r"\s+[\"“„«‘'(\[]*([^\W_]?[\w'’-]*)")

_TITLES = frozenset("mr mrs ms dr prof st gen sen rep gov capt lt col sgt rev hon messrs mx sr. fr vs cf al ft mt".split())
_BEFORE_NUMBER = frozenset(
    "no nos fig figs vol p pp ca approx est jan feb mar apr jun jul aug sep sept oct nov dec art sec ch nr c tel max min ver".split()
)
_MAY_END = frozenset(
    "inc corp ltd co cos llc plc bros jr sr etc u.s u.k u.n e.u u.s.a d.c a.m p.m ph.d gmbh s.a n.v s.p.a pty bhd ag dept univ govt hq intl "
    "mfg ave blvd rd assn ltda k.k b.v".split()
)
_NEVER_END = frozenset("e.g i.e viz i.a".split()) | _TITLES
_STARTERS = frozenset(
    "the a an it its he she they we i you this that these those in on at for from with by as but and or however meanwhile while when after "
    "before if there his her their our some many most all both each no not what who how why where according last next earlier also still "
    "since under over more analysts shares sales revenue profit net".split()
)
_REPORTING = re.compile(
    r"\s+(?:[A-Z][\w.’'-]*\s+){1,4}(?:said|says|asked|asks|added|adds|told|tells|wrote|writes|replied|wondered|quipped|joked|insisted|noted)\b"
)


@dataclass(slots=True)
class _Block:
    start: int
    end: int
    kind: str
    paragraph: int
    speaker: tuple[int, int] | None = None


def split(text: str, skip: Sequence[tuple[int, int]] = ()) -> list[Sentence]:
    """The sentences of `text` in order, with the block each stands in and the quoted spans within it.

    Newlines are "\\n". No sentence reaches into a span of `skip`. List marks, heading marks and the
    labels of speakers in an interview ("Renner: …") stand outside the sentence; a label is given as
    `speaker` to each sentence of its paragraph. Linear in the length of the text.
    """
    quoted = quotations(text)
    starts = [start for start, _ in quoted]
    ends = [end for _, end in quoted]
    barred = sorted((start, end) for start, end in skip if start < end)
    bars = [end for _, end in barred]
    sentences: list[Sentence] = []
    for block in _blocks(text):
        cuts = [(block.start, block.end)] if block.kind == "row" else _cut(text, block.start, block.end)
        for start, end in cuts:
            for left, right in _outside(text, start, end, barred, bars):
                inside = range(bisect_right(ends, left), bisect_left(starts, right))
                sentences.append(
                    Sentence(
                        start=left,
                        end=right,
                        paragraph=block.paragraph,
                        kind=block.kind,
                        quoted=tuple((max(left, starts[index]), min(right, ends[index])) for index in inside),
                        speaker=block.speaker,
                    )
                )
    return sentences


def _outside(
    text: str, start: int, end: int, barred: Sequence[tuple[int, int]], bars: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """What of `start:end` lies outside the barred spans and holds a letter or digit, trimmed."""
    position = start
    index = bisect_right(bars, start)
    while position < end:
        if index < len(barred) and barred[index][0] < end:
            stop, resume = max(position, barred[index][0]), barred[index][1]
            index += 1
        else:
            stop, resume = end, end
        left, right = position, stop
        while left < right and text[left].isspace():
            left += 1
        while right > left and text[right - 1].isspace():
            right -= 1
        if left < right and any(character.isalnum() for character in text[left:right]):
            yield left, right
        position = max(position, resume)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        if end < 0:
            end = len(text)
        yield start, end
        start = end + 1


def _blocks(text: str) -> Iterator[_Block]:
    """Lines grouped: a wrapped paragraph is one block, as is each item, heading and row."""
    groups: list[list[tuple[int, int]]] = [[]]
    for start, end in _lines(text):
        if text[start:end].strip():
            groups[-1].append((start, end))
        elif groups[-1]:
            groups.append([])
    speakers = _speakers(text, groups)
    paragraph = -1
    for group in groups:
        listing = False
        for start, end in _unwrapped(text, group):
            line = text[start:end]
            if _RULE.match(line):
                continue
            mark = _ITEM.match(line)
            item = mark is not None and mark.end() > 0 and mark.end() < len(line)
            if not (item and listing):
                paragraph += 1
            listing = item
            block = _Block(start, end, "prose", paragraph)
            if _is_row(line):
                block.kind = "row"
            elif item and mark is not None:
                block.start, block.kind = start + mark.end(), "item"
            elif (heading := _HEADING_MARK.match(line)) is not None:
                block.start, block.kind = start + heading.end(), "heading"
            elif _is_heading(line):
                block.kind = "heading"
            label = _LABEL.match(line)
            if label is not None and label[1] in speakers:
                block.speaker, block.start, block.kind = (start, start + label.end(1)), start + label.end(), "prose"
            yield block


def _unwrapped(text: str, group: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The lines of one block, joined where they are the lines of a hard-wrapped paragraph.

    A line was wrapped if the first word of the next would not have fitted on it.
    """
    if not group:
        return
    width = max(len(text[start:end].rstrip()) for start, end in group)
    start, end = group[0]
    for left, right in group[1:]:
        line, following = text[start:end], text[left:right]
        last = line.rpartition("\n")[2].rstrip()
        first = following.split(None, 1)[0]
        wrapped = 40 <= width <= 140 and len(last) + 1 + len(first) > width and not _ITEM.match(following)
        if wrapped and not _TERMINAL.search(last[-4:]) or (wrapped and _same_paragraph(text, group, width)):
            end = right
        else:
            yield start, end
            start, end = left, right
    yield start, end


def _same_paragraph(text: str, group: Sequence[tuple[int, int]], width: int) -> bool:
    """Whether every line of a block but its last was filled as far as the next word allowed."""
    for (start, end), (left, right) in zip(group, group[1:], strict=False):
        if len(text[start:end].rstrip()) + 1 + len(text[left:right].split(None, 1)[0]) <= width:
            return False
    return True


def _speakers(text: str, groups: Sequence[Sequence[tuple[int, int]]]) -> frozenset[str]:
    """The labels of an interview: at least two, one of them coming back, on at least four lines."""
    counts: dict[str, int] = {}
    for group in groups:
        for start, end in group:
            found = _LABEL.match(text, start, min(end, start + 120))
            if found is not None:
                counts[found[1]] = counts.get(found[1], 0) + 1
    repeated = [label for label, count in counts.items() if count > 1]
    return (
        frozenset(repeated) if len(repeated) > 1 or (repeated and max(counts.values()) > 2 and len(counts) > 1) else frozenset()
    )


def _is_row(line: str) -> bool:
    if "\t" in line.strip() or line.count("|") > 2 or line.startswith("|"):
        return True
    if len(line) > 200 or line.rstrip().endswith((".", "?", "!", ":", ";")):
        return False
    words = line.split()
    figures = sum(1 for word in words if _NUMBERISH.fullmatch(word))
    return figures >= 2 and figures * 5 >= len(words) * 2


def _is_heading(line: str) -> bool:
    """A short line that does not end like a sentence."""
    plain = line.strip()
    return len(plain) <= 110 and not _TERMINAL.search(plain[-4:])


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of one block."""
    inside = _bracketed(text, start, end)
    opens = [left for left, _ in inside]
    begin = start
    for found in _END.finditer(text, start, end):
        at = found.start()
        if at < begin or not _ends(text, found, begin, end):
            continue
        index = bisect_right(opens, at) - 1
        if index >= 0 and at < inside[index][1] - 1:
            continue
        yield from _shortened(text, begin, found.end())
        begin = found.end()
    if begin < end:
        yield from _shortened(text, begin, end)


def _shortened(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        space = text.rfind(" ", start + 1, start + LONGEST)
        cut = space if space > 0 else start + LONGEST
        yield start, cut
        start = cut
    yield start, end


def _bracketed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Round brackets that are closed within 300 characters, outermost only."""
    spans: list[tuple[int, int]] = []
    stack: list[int] = []
    for found in re.compile(r"[()]").finditer(text, start, end):
        if found[0] == "(":
            stack.append(found.start())
            if len(stack) > 50:
                del stack[0]
        elif stack:
            opened = stack.pop()
            if found.end() - opened <= 300:
                while spans and spans[-1][0] > opened:
                    spans.pop()
                spans.append((opened, found.end()))
    return spans


def _ends(text: str, found: re.Match[str], begin: int, end: int) -> bool:
    """Whether the mark `found` ends a sentence that began at `begin`."""
    marks = found[0]
    if marks[0] in "。！？｡":
        return True
    following = _NEXT_WORD.match(text, found.end(), min(end, found.end() + 60))
    if following is None:
        return found.end() >= end or not text[found.end()].isspace()
    word = following[1]
    opening = text[found.end() : following.start(1)].strip()
    if word and word[0].islower() and not opening:
        return False
    if marks[0] in "!?":
        return not (marks[-1] in "\"”»’'" and _REPORTING.match(text, found.end(), min(end, found.end() + 80)))
    if not marks.startswith(".") or marks.startswith(".."):
        return not (marks[0] in ".…" and word and word[0].islower())
    before = _WORD_BEFORE.search(text, max(begin, found.start() - 20), found.start())
    if before is None or len(marks) > 1:
        return True
    token = before[0].lower().lstrip("$€£")
    if token in _NEVER_END:
        return False
    if token in _BEFORE_NUMBER:
        return not word[:1].isdigit() and (token in {"no", "min", "max", "c", "est", "art", "mar"} or word.lower() in _STARTERS)
    if len(token) == 1 and token.isalpha() and before[0].isupper():
        return word.lower() in _STARTERS
    if token in _MAY_END or re.fullmatch(r"(?:[a-z]\.)+[a-z]", token):
        return word.lower() in _STARTERS or bool(opening)
    return True
