"""Lower case without moving a single offset."""

from __future__ import annotations

_ASCII = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


def fold(text: str) -> str:
    """`text` in lower case, of the same length, so that offsets in the one hold in the other.

    A few letters grow when lowered ("İ" becomes two code points); a text that holds one has only
    its ASCII letters lowered.
    """
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else text.translate(_ASCII)
