"""Keys from names: the slug a name stands under, and what is left off it first."""

from __future__ import annotations

import re
import unicodedata

_COMPANY_SUFFIX = re.compile(
    r"[ ,]+(?:group|inc|incorporated|corp|corporation|ltd|limited|llc|plc|ag|gmbh|s\.?a|se|n\.?v|ab|asa|oyj|co|company|"
    r"holdings?)\.?$",
    re.IGNORECASE,
)
_SPECIAL = str.maketrans(
    {"ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "ß": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "đ": "d", "ı": "i", "å": "a", "Å": "a"}
)


def slug(name: str) -> str:
    """A name as a lower-case ASCII slug; letters of other alphabets without an ASCII form fall away."""
    plain = unicodedata.normalize("NFKD", name.translate(_SPECIAL)).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’]s\b|['’.™®]", "", plain)).strip("-")


def company_slug(name: str) -> str:
    """A company's slug: its legal form ("Inc.", "Group") is no part of it."""
    while (shorter := _COMPANY_SUFFIX.sub("", name)) != name and shorter.strip():
        name = shorter
    return slug(name)
