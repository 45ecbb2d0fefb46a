"""Text into sentences, headings, list items and table rows, each with its place.

The text is cut into blocks first, then each block where a sentence ends. Every step is one pass.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from flows.extract.blocks import Block, Spans, blocks
from flows.extract.folding import words
from flows.extract.quotations import quotations
from flows.extract.spans import Sentence

LONGEST = 2000  # code points; a longer "sentence" is no sentence and is cut at a space

_MARKS = ".!?…。！？｡"
_END = re.compile(rf"[{_MARKS}][{_MARKS}]*+[\"”’»')\]」』）]*+")
_HAN_MARKS = frozenset("。！？｡")
_NEW_WORD = re.compile(r"[A-Z][a-z]+ ")
_TOKEN_BEFORE = re.compile(r"[^\s(\[\"“”‘’'«»—–/]{1,20}$")
_NEXT = re.compile(r"\s+(?P<opening>[\"“„«‘'(\[]*)(?P<word>[^\W_]?[\w'’-]*)")
_DOTTED = re.compile(r"(?:[a-z]\.)+[a-z]")
_REPORTING = re.compile(
    r"\s+(?:[A-Z][\w.’'-]*\s+){1,4}"
    r"(?:said|says|asked|asks|added|adds|told|tells|wrote|writes|replied|wondered|quipped|joked|insisted|noted|demanded|recalled)\b"
)
_BRACKET = re.compile(r"[()]")
_BRACKETED = 300  # code points; brackets that stay open longer bracket nothing
_WORD = re.compile(r"[^\W_]")

# Abbreviations: that never end a sentence, that stand before a number, that may end one.
_TITLES = words("mr mrs ms dr prof st gen sen rep gov capt lt col sgt rev hon messrs mx fr vs cf al ft mt e.g i.e viz i.a")
_BEFORE_NUMBER = words("""
    no nos fig figs vol p pp ca approx est jan feb mar apr jun jul aug sep sept oct nov dec art sec ch nr c tel max min ver""")
_WORDS_AS_WELL = words("no min max c est art mar sec")
_MAY_END = words("""
    inc corp ltd co cos llc plc bros jr sr etc ph.d gmbh s.p.a pty bhd ag dept univ govt hq intl mfg ave blvd rd assn ltda""")
_HOURS = words("a.m p.m")
_AFTER_HOURS = words("""
    monday tuesday wednesday thursday friday saturday sunday eastern pacific central et pt est edt pst pdt cet gmt utc bst hkt
    local london new hong beijing tokyo paris berlin""")
_STARTERS = words("""
    the a an it its he she they we i you this that these those in on at for from with by as but and or however meanwhile while
    when after before if there his her their our some many most all both each no not what who how why where according last
    next earlier also still since under over more analysts shares sales revenue profit net then today yesterday so yet now
    even""")


def split(text: str, skip: Spans = ()) -> list[Sentence]:
    """The sentences of `text` in order, with the block each stands in and the quoted spans within it.

    Newlines are "\\n". No sentence reaches into a span of `skip`. List marks, heading marks and the
    labels of speakers in an interview ("Renner: …") stand outside the sentence; a label is given as
    `speaker` to each sentence of its paragraph. Linear in the length of the text.
    """
    barred = _joined(skip)
    sentences: list[Sentence] = []
    for block, quoted in _with_quotations(text):
        starts, ends = [start for start, _ in quoted], [end for _, end in quoted]
        cuts = [(block.start, block.end)] if block.kind == "row" else _cut(text, block.start, block.end)
        for cut in cuts:
            for start, end in _outside(text, *cut, barred):
                inside = range(bisect_right(ends, start), bisect_left(starts, end)) if quoted else ()
                sentences.append(
                    Sentence(
                        start=start,
                        end=end,
                        paragraph=block.paragraph,
                        kind=block.kind,
                        quoted=tuple((max(start, starts[index]), min(end, ends[index])) for index in inside),
                        speaker=block.speaker,
                    )
                )
    return sentences


def _joined(spans: Spans) -> list[tuple[int, int]]:
    """The same stretches in order with none overlapping, so that their ends are in order too."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted((start, end) for start, end in spans if start < end):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _with_quotations(text: str) -> Iterator[tuple[Block, list[tuple[int, int]]]]:
    """Each block with its quotations; one that a block leaves open and the next takes up fills the rest of it."""
    held: Block | None = None
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    for block in blocks(text):
        if held is not None:
            if opened is not None and text[opened] == text[block.start] != '"':
                spans.append((opened, held.end))
            yield held, spans
        held = block
        spans, opened = quotations(text, block.start, block.end)
    if held is not None:
        yield held, spans


def _outside(text: str, start: int, end: int, barred: Spans) -> Iterator[tuple[int, int]]:
    """What of `start:end` lies outside the barred spans and holds a letter or digit, trimmed and not too long."""
    position = start
    index = bisect_right(barred, start, key=lambda span: span[1]) if barred else 0
    while position < end:
        stop = resume = end
        if index < len(barred) and barred[index][0] < end:
            stop, resume = max(position, barred[index][0]), barred[index][1]
            index += 1
        piece = text[position:stop]
        left = position + len(piece) - len(piece.lstrip())
        right = position + len(piece.rstrip())
        if left < right and _WORD.search(text, left, right):
            yield from _shortened(text, left, right)
        position = max(position, resume)


def _shortened(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        space = text.rfind(" ", start + 1, start + LONGEST)
        cut = space if space > 0 else start + LONGEST
        yield start, cut
        start = cut + (space > 0)
    yield start, end


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of one block, with the space between them."""
    brackets = _brackets(text, start, end) if text.find("(", start, end) >= 0 else []
    begin = start
    for found in _END.finditer(text, start, end):
        at = found.start()
        if at < begin or found.end() >= end or not _ends(text, found, begin, end):
            continue
        index = bisect_right(brackets, (at, end)) - 1
        if index >= 0 and found.end() < brackets[index][1]:
            continue
        yield begin, found.end()
        begin = found.end()
    if begin < end:
        yield begin, end


def _brackets(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Round brackets that close soon, outermost only, in order."""
    spans: list[tuple[int, int]] = []
    opened: list[int] = []
    for found in _BRACKET.finditer(text, start, end):
        if found[0] == "(":
            opened.append(found.start())
        elif opened:
            begin = opened.pop()
            if found.end() - begin <= _BRACKETED:
                while spans and spans[-1][0] > begin:
                    spans.pop()
                spans.append((begin, found.end()))
    return spans


def _ends(text: str, found: re.Match[str], begin: int, end: int) -> bool:
    """Whether the marks `found` end a sentence that began at `begin`."""
    marks = found[0]
    if marks[0] in _HAN_MARKS:
        return True
    if not text[found.end()].isspace():  # a space forgotten: "the moment.You know"
        return text[found.start() - 1].islower() and _NEW_WORD.match(text, found.end()) is not None
    following = _NEXT.match(text, found.end(), min(end, found.end() + 60))
    if following is None:
        return True
    word, opening = following["word"], following["opening"]
    lower = word[:1].islower()
    if lower and not opening:
        return False
    if marks[0] in "!?":
        return not (marks[-1] in "\"”»’'" and _REPORTING.match(text, found.end(), min(end, found.end() + 80)))
    if len(marks) > 1:
        return not lower or marks[-1] not in ".…"
    before = _TOKEN_BEFORE.search(text, max(begin, found.start() - 20), found.start())
    return before is None or not _is_abbreviation(before[0], word, opening)


def _is_abbreviation(token: str, word: str, opening: str) -> bool:
    """Whether the full stop behind `token` belongs to it and ends nothing, `word` being what follows."""
    plain = token.lower().lstrip("$€£")
    starts = word.lower() in _STARTERS
    if plain in _TITLES:
        return True
    if plain in _BEFORE_NUMBER:
        return word[:1].isdigit() or (plain not in _WORDS_AS_WELL and not starts)
    if len(token) == 1 and token.isalpha() and token.isupper():
        return not starts  # an initial: "M. Osei"
    if plain in _HOURS:
        return word.lower() in _AFTER_HOURS
    if plain in _MAY_END or _DOTTED.fullmatch(plain):
        return not (starts or opening.strip("(["))
    return False
