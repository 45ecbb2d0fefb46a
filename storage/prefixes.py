"""Ids by their first characters, as people type them."""

from __future__ import annotations

import re

from sqlalchemy import Column, select

from storage.database import Session

SHOWN = 5
"""Candidates that an ambiguous prefix is answered with."""


def by_prefix(s: Session, column: Column[str], prefix: str, noun: str) -> str | None:
    """The one id in `column` that begins with `prefix`; None without one, LookupError where there are several."""
    if not re.fullmatch(r"[0-9a-z][0-9a-z-]*", prefix):
        return None
    beyond = prefix[:-1] + chr(ord(prefix[-1]) + 1)  # a range, so that the index is used whatever the collation
    query = select(column).where(column >= prefix, column < beyond).order_by(column).limit(SHOWN + 1)
    found = list(s.execute(query).scalars())
    if prefix in found:
        return prefix
    if len(found) > 1:
        more = ", …" if len(found) > SHOWN else ""
        raise LookupError(f"{prefix} may be {noun} {', '.join(found[:SHOWN])}{more}: give more of the id")
    return found[0] if found else None
