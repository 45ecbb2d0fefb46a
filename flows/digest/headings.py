"""What stands at the top: the title, the window in words, and what it holds in numbers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from flows.digest.words import Words
from storage.model import ChangeKind, Window

_SUMMARY = (
    ((ChangeKind.DISPUTED,), "dispute", "disputes"),
    ((ChangeKind.RESOLVED,), "dispute settled", "disputes settled"),
    ((ChangeKind.UPDATED,), "value changed", "values changed"),
    ((ChangeKind.REFINED,), "more exact", "more exact"),
    ((ChangeKind.WITHDRAWN,), "withdrawn", "withdrawn"),
    ((ChangeKind.OVERDUE,), "promise overdue", "promises overdue"),
    ((ChangeKind.DUE,), "promise due", "promises due"),
    ((ChangeKind.FULFILLED,), "promise fulfilled", "promises fulfilled"),
    ((ChangeKind.NEW,), "new fact", "new facts"),
    ((ChangeKind.CONFIRMED,), "confirmed", "confirmed"),
)


def heading(now: datetime, words: Words, *, baseline: bool) -> str:
    """ "What changed by 8 January 2026" as the title of the day."""
    return f"What is known on {words.day(now.date())}" if baseline else f"What changed, {words.day(now.date())}"


def subheading(window: Window, now: datetime, words: Words, *, baseline: bool) -> str:
    """The window in words: its times where known, and its ledger numbers."""
    entries = f"ledger entries {window.after_seq + 1} to {window.upto_seq}"
    end = window.end or now
    if baseline:
        return f"The first digest: all that was read up to {_moment(end, words)} ({entries})"
    if window.start is None:
        return f"Up to {_moment(end, words)} ({entries})"
    return f"From {_moment(window.start, words)} to {_moment(end, words)} ({entries})"


def _moment(moment: datetime, words: Words) -> str:
    return f"{words.day(moment.date())}, {moment:%H:%M} UTC"


def summary(counts: Mapping[str, int], *, baseline: bool) -> tuple[str, ...]:
    """The counts in words, heaviest first: "1 dispute", "14 new facts", "4 articles read"."""
    said = []
    for kinds, one, many in _SUMMARY:
        number = sum(counts.get(kind, 0) for kind in kinds)
        if baseline and kinds[0] in {ChangeKind.NEW, ChangeKind.CONFIRMED, ChangeKind.REFINED, ChangeKind.UPDATED}:
            continue
        if number:
            said.append(f"{number} {one if number == 1 else many}")
    if baseline:
        said.append(_count(counts.get("facts", 0), "fact", "facts"))
    if counts.get("reading"):
        said.append(_count(counts["reading"], "fact read better", "facts read better"))
    if counts.get("history"):
        said.append(_count(counts["history"], "fact with history filled in", "facts with history filled in"))
    edited, gone = counts.get(ChangeKind.ARTICLE_EDITED, 0), counts.get(ChangeKind.ARTICLE_GONE, 0)
    if (read := counts.get("articles", 0) - edited - gone) or not said:
        said.append(_count(read, "article read", "articles read"))
    if counts.get("older_articles"):
        said.append(_count(counts["older_articles"], "older article read", "older articles read"))
    if edited:
        said.append(_count(edited, "article edited", "articles edited"))
    if gone:
        said.append(_count(gone, "article gone", "articles gone"))
    return tuple(said)


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
