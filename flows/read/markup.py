"""HTML as text: the fragments that feeds carry, without judging what in them is the story."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree, html  # type: ignore[import-untyped]  # lxml ships no types: they end in this module

from flows.collect.characters import clean

Tree = Any
"""A parsed HTML element, lxml's own."""
MarkupError: type[Exception] = etree.LxmlError

_SKIPPED = frozenset({
    "script", "style", "noscript", "template", "svg", "math", "form", "iframe", "object", "embed", "select", "textarea", "button",
    "head", "title", "video", "audio", "canvas", "map", "nav",
})  # fmt: skip
_BLOCKS = frozenset({
    "p", "div", "section", "article", "main", "header", "footer", "aside", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li",
    "dl", "dt", "dd", "table", "tr", "thead", "tbody", "caption", "blockquote", "pre", "figure", "figcaption", "hr", "address",
    "details", "summary", "body", "html",
})  # fmt: skip
_SPACES = re.compile(r"\s+")
_GAPS = re.compile(r" *\n[ \n]*")
_PAGE = re.compile(r"<(?:!doctype\s+html|html|body)\b", re.IGNORECASE)


def is_page(markup: str) -> bool:
    """Whether this is a whole page, with all that surrounds an article, and not a piece of one."""
    return bool(_PAGE.search(markup[:4_000]))


def tree_of(markup: str) -> Tree | None:
    """The parsed tree; None where there is nothing to parse. The parser loads nothing and never fails on bad markup."""
    data = markup.encode("utf-8", "replace")
    if not data.strip():
        return None
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError):
        return None


def to_text(tree: Tree) -> str:
    """The text of a tree: a line for each block, list items with a leading dash, cells apart, nothing active."""
    out: list[str] = []
    skipping = 0
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            skipping += tag in _SKIPPED
            if tag == "br" or tag in _BLOCKS:
                out.append("\n- " if tag == "li" else "\n")
            elif tag in {"td", "th"}:
                out.append(" ")
            words = node.text
        else:
            skipping -= tag in _SKIPPED
            if tag in _BLOCKS:
                out.append("\n")
            words = node.tail if node is not tree else None
        if words and not skipping:
            out.append(_SPACES.sub(" ", words))
    lines = (re.sub(" {2,}", " ", line).strip() for line in _GAPS.sub("\n", "".join(out)).split("\n"))
    return clean("\n".join(line for line in lines if line not in {"", "-"}))
