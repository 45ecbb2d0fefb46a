"""Which driver errors are put into plain words, and which are left as they are."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError, OperationalError

from storage.errors import DatabaseBusy, DatabaseUnreachable
from storage.faults import explain


def _sqlite(code: int, words: str = "it broke") -> OperationalError:
    cause = sqlite3.OperationalError(words)
    cause.sqlite_errorcode = code
    return OperationalError("SELECT 1", {}, cause)


def _postgres(state: str | None, words: str = "it broke\nDETAIL: more", kind: Any = DBAPIError) -> DBAPIError:
    class Cause(Exception):
        sqlstate = state

    error: DBAPIError = kind("SELECT 1", {}, Cause(words))
    return error


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (sqlite3.SQLITE_CANTOPEN, "cannot be opened"),
        (sqlite3.SQLITE_READONLY | 1 << 8, "read-only"),  # extended codes carry the plain one in their low byte
        (sqlite3.SQLITE_FULL, "disk is full"),
        (sqlite3.SQLITE_IOERR_WRITE, "disk failed"),
        (sqlite3.SQLITE_CORRUPT, "damaged"),
        (sqlite3.SQLITE_NOTADB, "not a database"),
    ],
)
def test_a_file_that_fails_is_explained(code: int, says: str) -> None:
    explained = explain(_sqlite(code), "/x.db", 30)
    assert isinstance(explained, DatabaseUnreachable)
    assert str(explained).startswith("/x.db: ")
    assert says in str(explained)


def test_a_lock_that_does_not_come_free_means_try_again() -> None:
    for error in (_sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT), _postgres("55P03"), _postgres("40P01"), _postgres("40001")):
        explained = explain(error, "/x.db", 1.5)
        assert isinstance(explained, DatabaseBusy)
        assert "for 1.5 s; try again later" in str(explained)


@pytest.mark.parametrize("state", ["08006", "28P01", "3D000", "53300", "57P01", "42501"])
def test_a_server_that_fails_is_explained_in_one_line(state: str) -> None:
    explained = explain(_postgres(state), "db", 30)
    assert isinstance(explained, DatabaseUnreachable)
    assert str(explained) == "db: it broke"


def test_a_server_that_says_nothing_is_away() -> None:
    assert str(explain(_postgres(None, "", OperationalError), "db", 30)) == "db: server away"


def test_a_fault_of_the_program_is_not_explained_away() -> None:
    assert explain(_sqlite(sqlite3.SQLITE_CONSTRAINT), "x", 30) is None
    assert explain(_sqlite(sqlite3.SQLITE_ERROR, "near SELEC: syntax error"), "x", 30) is None
    assert explain(_postgres("23505"), "x", 30) is None
    assert explain(_postgres("42601"), "x", 30) is None
