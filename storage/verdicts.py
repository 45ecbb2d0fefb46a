"""Verdicts: what a person ruled about a fact. They are taken back, never deleted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import RowMapping, select, update

from storage.bulk import chunks, upsert
from storage.columns import refuse_unstorable
from storage.database import Session
from storage.model import Verdict, VerdictAct
from storage.prefixes import by_prefix
from storage.tables import verdicts as table


def save_verdict(s: Session, verdict: Verdict) -> None:
    """Record a verdict; one that is recorded already stays as it is."""
    row = asdict(verdict) | {"act": str(verdict.act)}
    refuse_unstorable(f"verdict {verdict.id}", row)
    upsert(s, table, [row], update=())


def undo_verdict(s: Session, id_prefix: str, at: datetime, *, by: str | None = None, why: str | None = None) -> Verdict | None:
    """Take a verdict back, noting who did and why; None where there is none. One that was taken back before stays as it was."""
    found = by_prefix(s, table.c.id, id_prefix, "verdict")
    if found is None:
        return None
    values = {"undone_at": at, "undone_by": by, "undone_why": why}
    refuse_unstorable(f"verdict {found}", values)
    s.execute(update(table).where(table.c.id == found, table.c.undone_at.is_(None)).values(values))
    return _verdict(s.execute(select(table).where(table.c.id == found)).mappings().one())


def verdicts_of(s: Session, fact_ids: Iterable[str], *, undone: bool = False) -> dict[str, list[Verdict]]:
    """The verdicts that stand, by fact, oldest first; with `undone` those taken back as well."""
    found: dict[str, list[Verdict]] = {}
    for some in chunks(fact_ids):
        query = select(table).where(table.c.fact.in_(some)).order_by(table.c.at, table.c.id)
        if not undone:
            query = query.where(table.c.undone_at.is_(None))
        for row in s.execute(query).mappings():
            found.setdefault(row["fact"], []).append(_verdict(row))
    return found


def _verdict(row: RowMapping) -> Verdict:
    fields = dict(row)
    return Verdict(act=VerdictAct(fields.pop("act")), **fields)
