"""What characters a text may keep. Everything from outside passes here once."""

from __future__ import annotations

import re

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]")
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
_SPACES = re.compile(r"\s+")


def clean(text: str) -> str:
    """`text` with newlines as \\n, without control characters or byte-order marks, its end trimmed.

    All other code points stay as they are (no normalisation form is applied), so that a quote
    found in the original is found in the kept text. Half surrogate pairs, which no encoding can
    store, become U+FFFD.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _LONE_SURROGATE.sub("\ufffd", _CONTROLS.sub("", text)).rstrip()


def one_line(text: str, limit: int = 500) -> str:
    """`text` cleaned and on one line, cut at `limit` characters: for titles, names, languages."""
    return _SPACES.sub(" ", clean(text)).strip()[:limit].rstrip()
