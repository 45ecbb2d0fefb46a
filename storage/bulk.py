"""Statements over many rows: inserts that may meet what is there already, and look-ups by many ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Table

T = TypeVar("T")

IN_CHUNK = 500
"""Ids in one `IN (…)`: far below every database's limit of parameters, and statements of few sizes stay cached."""


def chunks(items: Iterable[T], size: int = IN_CHUNK) -> Iterator[list[T]]:
    """`items` in lists of at most `size`."""
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk


def upsert(s: Connection, table: Table, rows: Sequence[Mapping[str, Any]], *, update: Sequence[str] | None = None) -> None:
    """Insert `rows`, overwriting the columns `update` of rows that are there already (all but the key by default).

    With `update=()` what is there stays as it is.
    """
    if not rows:
        return
    if s.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert  # noqa: PLC0415 - only where it is the database
    else:
        from sqlalchemy.dialects.sqlite import insert  # type: ignore[assignment] # noqa: PLC0415 - same construct

    statement = insert(table)
    key = [column.name for column in table.primary_key]
    columns = [name for name in rows[0] if name not in key] if update is None else update
    if columns:
        statement = statement.on_conflict_do_update(index_elements=key, set_={name: statement.excluded[name] for name in columns})
    else:
        statement = statement.on_conflict_do_nothing(index_elements=key)
    s.execute(statement, list(rows))
