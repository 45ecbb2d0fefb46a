"""The document as Markdown, for artifacts, chat and repositories; escaped for CommonMark and GitHub's dialect."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from flows.digest.document import ArticleLine, Cite, Document, Fold, Section
from flows.digest.rows import ASIDE, BADGES, Block, Row, answering, fold_words, groups, marks, rows, troubled
from storage.model import ChangeKind

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&!^=])")
_BARE_ADDRESS = re.compile(r"(?i):(?=//)|(?<=\bwww)\.")  # GitHub makes links of these
_AT_START = re.compile(r"^([-+]|\d+[.)])(?=\s|$)")


def escape(text: str) -> str:
    """Text that no Markdown reader takes for markup."""
    text = _BARE_ADDRESS.sub(r"\\\g<0>", _SPECIAL.sub(r"\\\1", text))
    return _AT_START.sub(lambda match: match[1][:-1] + "\\" + match[1][-1], text)


def _link(text: str, url: str | None) -> str:
    if url is None:
        return escape(text)
    target = url.replace("(", "%28").replace(")", "%29").replace("\\", "%5C")
    return f"[{escape(text)}](<{target}>)"


def render_markdown(document: Document) -> str:
    """The whole document, one blank line between blocks."""
    lines = [f"# {escape(document.heading)}", "", f"{escape(document.title)} · {escape(document.subheading)}", ""]
    lines += ["**" + " · ".join(escape(text) for text in document.summary) + "**", ""]
    if document.headlines:
        lines += ["## At a glance", ""]
        for headline in document.headlines:
            badge = f" · _{BADGES[headline.kind]}_" if not document.baseline or headline.kind is ChangeKind.DISPUTED else ""
            lines.append(f"- {escape(headline.name)}: {escape(headline.sentence)}{badge}")
        lines.append("")
    for group in groups(document):
        lines += [f"## {escape(group.name)}", ""]
        lines += _blocks(group.blocks, 3, baseline=document.baseline)
    for part, title in ASIDE.items():
        if any(section.part is part for section in document.sections):
            lines += [f"## {title}", ""]
        for group in groups(document, part):
            lines += [f"### {escape(group.name)}", ""]
            lines += _blocks(group.blocks, 4, baseline=document.baseline)
    if folded := fold_words(document.folded):
        lines += [f"Further entities: {escape(folded)}", ""]
    lines += _articles(document.articles, document.articles_folded)
    lines += _sources(document)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"


def _blocks(blocks: Sequence[Block], level: int, *, baseline: bool) -> Iterator[str]:
    for block in blocks:
        inner = level
        if block.heading:
            yield f"{'#' * level} {escape(block.heading)}"
            yield ""
            inner += 1
        yield from _rows(block.own, block.folded, baseline=baseline)
        for section in block.sections:
            yield from _section(section, inner, baseline=baseline)


def _section(section: Section, level: int, *, baseline: bool) -> Iterator[str]:
    yield f"{'#' * level} {escape(section.name)}"
    yield ""
    yield from _rows(rows(section.changes), section.folded, baseline=baseline)


def _rows(told: Sequence[Row], folded: Sequence[Fold], *, baseline: bool) -> Iterator[str]:
    for row in told:
        yield from _row(row, baseline=baseline)
    if words := fold_words(folded):
        yield f"- {escape(words)}"
    yield ""


def _row(row: Row, *, baseline: bool) -> Iterator[str]:
    badge = f" · _{BADGES[row.kind]}_" if marks(row, baseline=baseline) else ""
    values = []
    for item in row.items:
        notes = f" ({escape('; '.join(item.notes))})" if item.notes else ""
        values.append(f"**{escape(item.value)}**{escape(item.detail)}{notes}")
    yield f"- {escape(row.label)}: {', '.join(values)}{escape(row.says)}{badge}"
    for side in row.sides:
        yield f"  - **{escape(side.value)}**: {side.support}"
        yield from _cites(side.sources, side.more_sources, "    ")
    yield from _cites(row.cites, row.more_sources, "  ")
    yield f"  - fact `{row.facts}`"


def _cites(cites: Sequence[Cite], more: int, indent: str) -> Iterator[str]:
    for cite in cites:
        title = f": {_link(cite.title or cite.url or '', cite.url)}" if cite.title or cite.url else ""
        yield f"{indent}- {escape(cite.line)}{title}"
        yield f"{indent}  > {escape(cite.quote)}"
    if more:
        yield f"{indent}- and {more} more source{'s' if more != 1 else ''}"


def _articles(lines: Sequence[ArticleLine], folded: int) -> Iterator[str]:
    if not lines and not folded:
        return
    yield "## Articles"
    yield ""
    for line in lines:
        badge = "" if line.kind is ChangeKind.ARTICLE_NEW else f" · _{BADGES[line.kind]}_"
        where = f"{line.source} ({line.authority})" if line.authority else line.source
        yield f"- {_link(line.title, line.url)}, {escape(where)}, {escape(line.date or 'undated')}{badge}"
        for change in line.detail:
            yield f"  - {escape(change)}"
    if folded:
        yield f"- and {folded} more"
    yield ""


def _sources(document: Document) -> Iterator[str]:
    if not document.source_health:
        return
    yield "## Sources"
    yield ""
    for health in troubled(document):
        yield f"- {escape(health.title)}: {escape(health.state)}, {escape(health.detail)}"
    if well := answering(document):
        yield f"- {escape(well)}"
    yield ""
