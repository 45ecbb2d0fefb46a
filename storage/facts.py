"""Facts: what the live claims of a slot add up to. Derived: they are overwritten, and can be rebuilt."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import RowMapping, delete, or_, select

from storage.bulk import chunks, upsert
from storage.columns import dumps, refuse_unstorable
from storage.database import Session
from storage.model import Fact, FactStatus, Modality, Promise
from storage.prefixes import by_prefix
from storage.states import (
    qualifiers_from_json,
    qualifiers_to_json,
    side_from_json,
    side_to_json,
    state_from_json,
    state_to_json,
)
from storage.tables import facts as table

_ORDER = (table.c.subject, table.c.predicate, table.c.object.nulls_first(), table.c.slot, table.c.id)


def load_facts(s: Session, ids: Iterable[str]) -> dict[str, Fact]:
    """The facts of these ids, by id; ids of no fact are left out."""
    found: dict[str, Fact] = {}
    for some in chunks(ids):
        for row in s.execute(select(table).where(table.c.id.in_(some))).mappings():
            found[row["id"]] = _fact(row)
    return found


def save_facts(s: Session, facts: Iterable[Fact]) -> None:
    """Write `facts` in place of what stood under their ids."""
    upsert(s, table, [_row(fact) for fact in facts])


def delete_facts(s: Session, ids: Iterable[str]) -> None:
    """Forget facts that no claim supports and no ledger entry names: only a rebuild finds such."""
    for some in chunks(ids):
        s.execute(delete(table).where(table.c.id.in_(some)))


def list_facts(
    s: Session,
    *,
    entity: str | None = None,
    predicate: str | None = None,
    status: FactStatus | str | None = None,
    limit: int | None = None,
) -> list[Fact]:
    """Facts by subject, predicate, object and slot, in the same order on every database.

    `entity` finds facts of which it is the subject or the object.
    """
    query = select(table).order_by(*_ORDER).limit(limit)
    if entity is not None:
        query = query.where(or_(table.c.subject == entity, table.c.object == entity))
    if predicate is not None:
        query = query.where(table.c.predicate == predicate)
    if status is not None:
        query = query.where(table.c.status == str(status))
    return [_fact(row) for row in s.execute(query).mappings()]


def find_fact(s: Session, id_prefix: str) -> Fact | None:
    """The fact whose id begins so; LookupError naming the candidates where there are several."""
    found = by_prefix(s, table.c.id, id_prefix, "fact")
    return None if found is None else load_facts(s, [found])[found]


def forward_facts(s: Session) -> list[str]:
    """The facts that the clock alone may move: those whose promise is open or due."""
    query = select(table.c.id).where(table.c.promise.in_([str(Promise.OPEN), str(Promise.DUE)])).order_by(table.c.id)
    return list(s.execute(query).scalars())


def all_fact_ids(s: Session) -> list[str]:
    """Every fact's id, in order."""
    return list(s.execute(select(table.c.id).order_by(table.c.id)).scalars())


def _row(fact: Fact) -> dict[str, Any]:
    qualifiers = qualifiers_to_json(fact.qualifiers)
    row = {
        "id": fact.id,
        "subject": fact.subject,
        "predicate": fact.predicate,
        "object": fact.object,
        "qualifiers": qualifiers,
        "slot": dumps(qualifiers),
        "modality": str(fact.modality),
        "status": str(fact.state.status),
        "promise": None if fact.state.promise is None else str(fact.state.promise),
        "state": state_to_json(fact.state),
        "superseded": [side_to_json(side) for side in fact.superseded],
        "independent_sources": fact.independent_sources,
        "first_seen": fact.first_seen,
        "last_changed": fact.last_changed,
        "verdict": fact.verdict,
    }
    refuse_unstorable(f"fact {fact.id}", row)
    return row


def _fact(row: RowMapping) -> Fact:
    return Fact(
        id=row["id"],
        subject=row["subject"],
        predicate=row["predicate"],
        object=row["object"],
        qualifiers=qualifiers_from_json(row["qualifiers"]),
        modality=Modality(row["modality"]),
        state=state_from_json(row["state"]),
        superseded=tuple(side_from_json(side) for side in row["superseded"]),
        independent_sources=row["independent_sources"],
        first_seen=row["first_seen"],
        last_changed=row["last_changed"],
        verdict=row["verdict"],
    )
