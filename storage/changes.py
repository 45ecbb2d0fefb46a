"""The ledger: what happened, when we learned it, because of which claims. Entries are only ever added.

There is no unique key over an entry's content: a fact may truly go from A to B, back to A and to
B again for the very same claims (a page edited to and fro), so equal entries can both be right.
What keeps an entry from being written twice is that writers take turns (`Database.write`): each
decides on the state that the one before has committed, and in that state there is nothing left
to change. Only "this article is new" is unique by itself, and the table holds it to that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, func, insert, select, text

from storage.bulk import chunks
from storage.columns import refuse_unstorable
from storage.database import WRITERS, Session
from storage.model import Cause, Change, ChangeKind
from storage.states import state_from_json, state_to_json
from storage.tables import changes as table

_LAST = select(func.max(table.c.seq))


def append_changes(s: Session, changes: Iterable[Change]) -> list[Change]:
    """Add `changes` in this order and return them with their numbers.

    Numbers are consecutive and grow in the order of commits, so that a reader who has seen a
    number has seen all below it.
    """
    given = list(changes)
    if not given:
        return []
    if s.dialect.name == "postgresql":  # held by exclusive writers already; taken here by all others
        s.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITERS})
    first = last_seq(s) + 1
    numbered = [replace(change, seq=seq) for seq, change in enumerate(given, first)]
    s.execute(insert(table), [_row(change) for change in numbered])
    return numbered


def list_changes(
    s: Session,
    *,
    after_seq: int = 0,
    upto_seq: int | None = None,
    since: datetime | None = None,
    kind: ChangeKind | str | None = None,
    fact: str | None = None,
    article: str | None = None,
    limit: int | None = None,
) -> list[Change]:
    """The entries that meet all conditions, oldest first; `since` is by when we learned it."""
    query = select(table).order_by(table.c.seq).limit(limit)
    if after_seq > 0:
        query = query.where(table.c.seq > after_seq)
    if upto_seq is not None:
        query = query.where(table.c.seq <= upto_seq)
    if since is not None:
        # "+ 0" has SQLite look by time and not through all numbers; from there on, numbers lead
        first = select(func.min(table.c.seq + 0)).where(table.c.observed_at >= since).scalar_subquery()
        query = query.where(table.c.observed_at >= since, table.c.seq >= first)
    if kind is not None:
        query = query.where(table.c.kind == str(kind))
    if fact is not None:
        query = query.where(table.c.fact == fact)
    if article is not None:
        query = query.where(table.c.article == article)
    return [_change(row) for row in s.execute(query).mappings()]


def changes_of_facts(s: Session, fact_ids: Iterable[str], *, upto: datetime | None = None) -> dict[str, list[Change]]:
    """The entries of each of these facts, oldest first, up to what was learned at `upto`; facts without any are left out."""
    found: dict[str, list[Change]] = {}
    for some in chunks(fact_ids):
        query = select(table).where(table.c.fact.in_(some)).order_by(table.c.seq)
        if upto is not None:
            query = query.where(table.c.observed_at <= upto)
        for row in s.execute(query).mappings():
            found.setdefault(row["fact"], []).append(_change(row))
    return found


def last_seq(s: Session) -> int:
    """The number of the newest entry, 0 in an empty ledger."""
    return int(s.execute(_LAST).scalar() or 0)


def _row(change: Change) -> dict[str, Any]:
    if change.fact is None and change.article is None:
        raise ValueError(f"change {change.kind}: names neither a fact nor an article")
    what = f"change {change.kind} of {change.fact or change.article}"
    row = {
        "seq": change.seq,
        "kind": str(change.kind),
        "observed_at": change.observed_at,
        "as_of": change.as_of,
        "reason": change.reason,
        "fact": change.fact,
        "article": change.article,
        "subject": change.subject,
        "predicate": change.predicate,
        "before": None if change.before is None else state_to_json(change.before),
        "after": None if change.after is None else state_to_json(change.after),
        "because": list(change.because),
        "history": change.history,
        "cause": str(change.cause),
        "detail": change.detail,
    }
    refuse_unstorable(what, row)
    return row


def _change(row: RowMapping) -> Change:
    fields: dict[str, Any] = dict(row)
    before, after = fields.pop("before"), fields.pop("after")
    return Change(
        kind=ChangeKind(fields.pop("kind")),
        cause=Cause(fields.pop("cause")),
        before=None if before is None else state_from_json(before),
        after=None if after is None else state_from_json(after),
        because=tuple(fields.pop("because")),
        **fields,
    )
