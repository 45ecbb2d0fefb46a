"""The document as plain text, 76 columns wide, for mail's plain part and for terminals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from flows.digest.document import Cite, Document, Fold
from flows.digest.rows import ASIDE, BADGES, Block, Row, answering, fold_words, groups, marks, rows, troubled
from storage.model import ChangeKind

WIDTH = 76


def columns(text: str) -> int:
    """How many columns a terminal gives a text: two for a wide East Asian character, none for a combining one."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) or unicodedata.category(c) == "Cf" else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


# A place to break: after a blank, or between two characters of a script that writes no blanks.
_PIECES = re.compile(r"\S+\s*|\s+")
_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\U00020000-\U0003fffd]"
)


def _pieces(text: str) -> Iterator[str]:
    for piece in _PIECES.findall(text):
        if _WIDE.search(piece):
            start = 0
            for place in range(1, len(piece)):
                if (_WIDE.match(piece, place) or _WIDE.match(piece, place - 1)) and not unicodedata.combining(piece[place]):
                    yield piece[start:place]
                    start = place
            yield piece[start:]
        else:
            yield piece


def wrap(text: str, first: str = "", rest: str | None = None, width: int = WIDTH) -> list[str]:
    """Lines of at most `width` columns, indented by `first` and then `rest`. Only a URL may be longer."""
    rest = " " * columns(first) if rest is None else rest
    lines, line, used = [], first, columns(first)
    empty = True
    for piece in _split_long(_pieces(text), width - max(columns(first), columns(rest))):
        size = columns(piece.rstrip())
        if not empty and used + size > width:
            lines.append(line.rstrip())
            line, used = rest, columns(rest)
        line += piece
        used += columns(piece)
        empty = False
    return [*lines, line.rstrip()]


def _split_long(pieces: Iterator[str], room: int) -> Iterator[str]:
    for piece in pieces:
        if columns(piece) <= room or re.match(r"\(?https?://", piece):
            yield piece
            continue
        part = ""
        for character in piece:
            if columns(part + character) > room:
                yield part
                part = ""
            part += character
        yield part


def render_text(document: Document) -> str:
    """The whole document; lines end in a newline and hold no trailing blanks."""
    return _Text(document).render()


class _Text:
    """One rendering. Articles are numbered, so that a source is one line and its address stands once, at the end."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._numbers: dict[str, int] = {}
        for line in document.articles:
            self._number(line.article)
        self._cited: dict[str, Cite] = {}

    def _number(self, article: str) -> int:
        return self._numbers.setdefault(article, len(self._numbers) + 1)

    def render(self) -> str:
        document = self._document
        lines = [*wrap(document.title.upper()), *wrap(document.heading), *wrap(document.subheading), ""]
        lines += wrap(" · ".join(document.summary))
        if document.headlines:
            lines += _headed("AT A GLANCE")
            for headline in document.headlines:
                badge = f" [{BADGES[headline.kind]}]" if not document.baseline or headline.kind is ChangeKind.DISPUTED else ""
                lines += wrap(f"{headline.name}: {headline.sentence}{badge}", "* ")
        for group in groups(document):
            lines += _headed(group.name.upper())
            lines += self._blocks(group.blocks)
        for part, title in ASIDE.items():
            if any(section.part is part for section in document.sections):
                lines += _headed(title.upper())
            for group in groups(document, part):
                lines += ["", *wrap(f"-- {group.name} --"), *self._blocks(group.blocks)]
        if folded := fold_words(document.folded):
            lines += ["", *wrap(f"Further entities: {folded}")]
        lines += self._articles()
        if document.source_health:
            lines += _headed("SOURCES")
            for health in troubled(document):
                lines += wrap(f"{health.title}: {health.state}, {health.detail}", "* ")
            if well := answering(document):
                lines += wrap(well, "* ")
        return "\n".join(lines).strip("\n") + "\n"

    def _blocks(self, blocks: Sequence[Block]) -> Iterator[str]:
        for block in blocks:
            if block.heading:
                yield ""
                yield from wrap(f"[{block.heading}]")
            yield from self._rows(block.own, block.folded)
            for section in block.sections:
                yield ""
                yield from wrap(section.name)
                yield "~" * min(columns(section.name), WIDTH)
                yield from self._rows(rows(section.changes), section.folded)

    def _rows(self, told: Sequence[Row], folded: Sequence[Fold]) -> Iterator[str]:
        for row in told:
            badge = f" [{BADGES[row.kind]}]" if marks(row, baseline=self._document.baseline) else ""
            yield ""
            yield from wrap(row.sentence + badge, "* ")
            for side in row.sides:
                yield from wrap(f"{side.value}: {side.support}", "  - ")
                yield from self._cites(side.sources, side.more_sources, "    ")
            yield from self._cites(row.cites, row.more_sources, "  ")
            yield from wrap(f"fact {row.facts}", "  ")
        if words := fold_words(folded):
            yield ""
            yield from wrap(words, "  ")

    def _cites(self, cites: Sequence[Cite], more: int, indent: str) -> Iterator[str]:
        for cite in cites:
            self._cited.setdefault(cite.article, cite)
            yield from wrap(cite.quote, indent + "| ", indent + "| ")
            yield from wrap(f"{cite.line} [{self._number(cite.article)}]", indent)
        if more:
            yield from wrap(f"and {more} more source{'s' if more != 1 else ''}", indent)

    def _articles(self) -> Iterator[str]:
        document = self._document
        listed = {line.article for line in document.articles}
        earlier = [cite for article, cite in self._cited.items() if article not in listed]
        if not document.articles and not document.articles_folded and not earlier:
            return
        yield from _headed("ARTICLES")
        for line in document.articles:
            badge = "" if line.kind is ChangeKind.ARTICLE_NEW else f" [{BADGES[line.kind]}]"
            yield from self._titled(line.article, line.title + badge)
            where = f"{line.source} ({line.authority})" if line.authority else line.source
            yield from wrap(f"{where}, {line.date or 'undated'}", "    ")
            if line.url:
                yield from wrap(line.url, "    ")
            for change in line.detail:
                yield from wrap(change, "    | ", "    | ")
        if document.articles_folded:
            yield from wrap(f"and {document.articles_folded} more", "    ")
        for cite in earlier:
            yield from self._titled(cite.article, cite.title or cite.source)
            if cite.url:
                yield from wrap(cite.url, "    ")

    def _titled(self, article: str, title: str) -> list[str]:
        return wrap(title, f"[{self._number(article)}] ", "    ")


def _headed(title: str) -> list[str]:
    return ["", "", *wrap(title), "-" * WIDTH]
