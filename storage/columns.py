"""The column types that behave alike on SQLite and PostgreSQL, and what may be kept in them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, TIMESTAMP, BigInteger, Dialect, Integer, Text, TypeDecorator
from sqlalchemy.types import TypeEngine

Key = Text().with_variant(Text(collation="C"), "postgresql")
"""Identifiers and slugs: compared and sorted by code point on both databases."""


Seq = BigInteger().with_variant(Integer(), "sqlite")
"""A ledger number. On SQLite only an `INTEGER` key is the row's own number; it counts to 2**63 all the same."""

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def dumps(value: object) -> str:
    """JSON with one spelling per value: keys sorted, no spaces, characters as themselves."""
    return _ENCODER.encode(value)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: `timestamptz` on PostgreSQL; on SQLite ISO text of one width, which sorts as the moments do."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The column's type on `dialect`."""
        return dialect.type_descriptor(TIMESTAMP(timezone=True) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """The moment as the driver wants it; ValueError for one without a time zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone cannot be stored: {value.isoformat()}")
        if dialect.name == "postgresql":
            return value
        return value.astimezone(UTC).isoformat(timespec="microseconds")[: -len("+00:00")] + "Z"

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """The moment, aware and in UTC."""
        if value is None:
            return None
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        return moment if moment.tzinfo is UTC else moment.astimezone(UTC)


class Json(TypeDecorator[Any]):
    """A JSON document: `jsonb` on PostgreSQL, text on SQLite. None is NULL."""

    impl = JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The column's type on `dialect`."""
        if dialect.name == "postgresql":
            from sqlalchemy.dialects.postgresql import JSONB  # noqa: PLC0415 - 30 ms that SQLite users need not wait

            return dialect.type_descriptor(JSONB(none_as_null=True))
        return dialect.type_descriptor(JSON(none_as_null=True))


def refuse_unstorable(what: str, value: object) -> None:
    """ValueError naming `what` where a string in `value` holds what no database keeps: NUL or half a surrogate pair.

    SQLite would take a NUL that PostgreSQL refuses; both have to hold the same.
    """
    shown = repr(value)  # spells out just these characters, so one look at it clears nearly everything at once
    if "\\x00" not in shown and "\\ud" not in shown:
        return
    for string in _strings(value):
        if "\0" in string:
            raise ValueError(f"{what}: holds a NUL character, which cannot be stored")
        try:
            string.encode()
        except UnicodeEncodeError as error:
            raise ValueError(f"{what}: holds a lone surrogate at {error.start}, which cannot be stored") from error


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _strings(key)
            yield from _strings(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _strings(part)
