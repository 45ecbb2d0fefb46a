"""Text from outside, made harmless to show: no controls, no bidirectional tricks, no dangerous links.

Escaping for HTML or Markdown is each renderer's business; this is what all of them rely on before.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
# Overrides, embeddings and isolates reorder the text around them; the rest are invisible or no characters at all.
_INVISIBLE = re.compile("[\u202a-\u202e\u2066-\u2069\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")
_BROKEN = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_SPACES = re.compile(r"\s+")
_UNSAFE_IN_LINK = re.compile(r"[\s<>\"'`\\{}|^\x00-\x20\x7f]")

QUOTE_LIMIT = 700
LINE_LIMIT = 300


def clean(text: str, limit: int | None = LINE_LIMIT) -> str:
    """One line of harmless text, cut at a word near `limit` code points with an ellipsis; None never cuts."""
    text = _BROKEN.sub("\ufffd", _INVISIBLE.sub("", _CONTROLS.sub(" ", text)))
    text = _SPACES.sub(" ", text).strip()
    if limit is None or len(text) <= limit:
        return text
    head = text[:limit]
    at_word = head.rfind(" ", limit * 3 // 4)
    return (head[:at_word] if at_word > 0 else head).rstrip() + " […]"


def clean_lines(text: str, most: int) -> tuple[str, ...]:
    """Up to `most` harmless lines of a longer text; what is left out is counted in a last line."""
    lines = [clean(line) for line in text.splitlines()]
    lines = [line for line in lines if line]
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[:most], f"… and {len(lines) - most} more lines")


def link(url: str) -> str | None:
    """The URL if a reader may be sent there: http or https, with a host and no user name; else None."""
    if _UNSAFE_IN_LINK.search(url) or _INVISIBLE.search(url) or _BROKEN.search(url) or len(url) > 2000:
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
        _ = parts.port  # raises where the port is no number
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not host or parts.username is not None:
        return None
    # Brackets would end a Markdown link; letters of other scripts stay readable as they are encoded.
    return quote(url, safe=":/?#@!$&*+,;=%~-._[]")
