"""A web page's main text, or that there is none: a wall, a challenge, an empty shell."""

from __future__ import annotations

import re

from flows.collect.characters import clean
from flows.read.markup import Tree, to_text

_WALL = re.compile(
    r"\b(?:enable javascript|javascript is (?:disabled|required)|verify (?:that )?you are (?:a )?human"
    r"|are you a robot|just a moment"
    r"|checking your browser|access denied|unusual traffic|before you continue|we value your privacy"
    r"|consent to (?:the use of )?cookies"
    r"|accept (?:all )?cookies|subscribe (?:now )?to (?:continue|read|unlock)|(?:sign|log) in to (?:continue|read)"
    r"|already a subscriber"
    r"|this (?:article|content) is (?:for|available (?:only )?to|reserved for) subscribers|page (?:was "
    r"|could )?not (?:be )?found|error 404)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^\n]{40,}[.!?。！？][”\"’)]?\s*$", re.MULTILINE)
_LEAST = 250
"""Characters of text an article has beside such words; with less, the words are all there is."""


def main_text(tree: Tree, page_title: str) -> str:
    """The article on a page, by trafilatura in its fast mode; empty where the page shows none."""
    from trafilatura import bare_extraction  # noqa: PLC0415 - half a second to import; text documents never need it

    try:
        found = bare_extraction(tree, fast=True, include_comments=False, include_images=False, include_links=False)
    except (ValueError, TypeError, AttributeError, RecursionError):
        found = None
    text = clean(str(getattr(found, "text", None) or ""))
    if not text:
        text = to_text(tree)
        if not _SENTENCE.search(text):
            return ""
    return "" if is_wall(text, page_title) else text


def is_wall(text: str, page_title: str = "") -> bool:
    """Whether a page's text is not an article but what stands in front of one."""
    left = sum(len(line) for line in text.split("\n") if not _WALL.search(line))
    return left < _LEAST and bool(_WALL.search(page_title) or _WALL.search(text))
