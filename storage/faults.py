"""A driver's error in plain words: busy, unreachable, or not ours to explain."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, OperationalError

from storage.errors import DatabaseBusy, DatabaseUnreachable, StorageError

_SQLITE_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_SQLITE_UNREACHABLE = {
    sqlite3.SQLITE_PERM: "access is denied",
    sqlite3.SQLITE_READONLY: "cannot be written: it is read-only",
    sqlite3.SQLITE_IOERR: "reading or writing the disk failed",
    sqlite3.SQLITE_CORRUPT: "the file is damaged; restore a backup",
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_CANTOPEN: "the file cannot be opened",
    sqlite3.SQLITE_NOTADB: "the file is not a database",
}

# https://www.postgresql.org/docs/current/errcodes-appendix.html
_POSTGRES_BUSY = {"55P03", "40P01", "40001"}  # lock timeout, deadlock, serialization
_POSTGRES_UNREACHABLE = ("08", "28", "3D", "53", "57P", "42501")  # classes, and one code: insufficient privilege
_POSTGRES_NO_TABLE = "42P01"


@contextmanager
def translated(database: str, busy_timeout_s: float) -> Iterator[None]:
    """Driver errors within the block as `DatabaseBusy` or `DatabaseUnreachable` of `database`; others pass."""
    try:
        yield
    except DBAPIError as error:
        explained = explain(error, database, busy_timeout_s)
        if explained is None:
            raise
        raise explained from error


def explain(error: DBAPIError, database: str, busy_timeout_s: float) -> StorageError | None:
    """The StorageError that says what `error` means for the user; None where it is a fault of the program."""
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        code = (getattr(cause, "sqlite_errorcode", None) or 0) & 0xFF  # the low byte is the primary code
        if code in _SQLITE_BUSY:
            return DatabaseBusy(database, f"another process has been writing for {busy_timeout_s:g} s; try again later")
        if code in _SQLITE_UNREACHABLE:
            return DatabaseUnreachable(database, _SQLITE_UNREACHABLE[code])
        if str(cause).startswith("no such table"):
            return _no_tables(database)
        return None
    state: str | None = getattr(cause, "sqlstate", None)
    if state in _POSTGRES_BUSY:
        return DatabaseBusy(database, f"another process has been writing for {busy_timeout_s:g} s; try again later")
    if state == _POSTGRES_NO_TABLE:
        return _no_tables(database)
    if (state or "").startswith(_POSTGRES_UNREACHABLE) or (state is None and isinstance(error, OperationalError)):
        return DatabaseUnreachable(database, str(cause).strip().splitlines()[0] if str(cause).strip() else "server away")
    return None


def _no_tables(database: str) -> StorageError:
    return StorageError(database, "has no tables yet: run `deltawire db upgrade`")
