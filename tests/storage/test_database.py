"""Opening, transactions, locks, errors in plain words, backups."""

from __future__ import annotations

import multiprocessing
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url, text

from storage.changes import append_changes, last_seq, list_changes
from storage.database import Database
from storage.errors import DatabaseBusy, DatabaseUnreachable, StorageError
from storage.model import Change, ChangeKind
from storage.sources import ensure_manual_source, get_source, list_sources


@pytest.fixture
def refused(tmp_path: Path, postgres: str) -> str:
    """A PostgreSQL address that the server refuses, with a password in it."""
    server = make_url(postgres).set(drivername="postgresql+psycopg", username="nobody_there", password="s3cret")
    return server.render_as_string(hide_password=False)


class Trouble(Exception):
    pass


def test_everything_here_runs_on_postgresql_too(postgres: str) -> None:
    with closing(Database.open(postgres)) as database, database.read() as s:
        assert s.execute(text("SELECT 1")).scalar() == 1


def test_opening_makes_the_folder_but_connects_to_nothing(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "down" / "deltawire.db"
    with closing(Database.open(f"sqlite:///{path}")) as database:
        assert path.parent.is_dir()
        assert not path.exists()
        database.upgrade()
        assert path.exists()
        assert database.url_without_password == str(path)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("sqlite://", "in a file"),
        ("sqlite:///:memory:", "in a file"),
        ("mysql://me:s3cret@host/name", "only sqlite and postgresql"),
        ("no address at all: s3cret", "cannot be read"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_its_password(url: str, says: str) -> None:
    with pytest.raises(StorageError, match=says) as caught:
        Database.open(url)
    assert "s3cret" not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_a_postgresql_address_in_any_spelling_means_psycopg(scheme: str) -> None:
    with closing(Database.open(f"{scheme}://me:s3cret@host:5433/name?password=s3cret")) as database:
        assert database.dialect == "postgresql"
        assert database.url_without_password == "postgresql+psycopg://me@host:5433/name"
        assert "s3cret" not in repr(database)


def test_sqlite_keeps_foreign_keys_writes_ahead_and_waits(tmp_path: Path) -> None:
    with closing(Database.open(f"sqlite:///{tmp_path / 'x.db'}", busy_timeout_s=7)) as database, database.read() as s:
        found = {name: s.execute(text(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "foreign_keys", "busy_timeout")}
    assert found == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 7000}


def test_a_database_without_tables_says_so(url: str) -> None:
    with closing(Database.open(url)) as database:
        assert database.schema() is None
        with pytest.raises(StorageError, match="db upgrade"), database.read() as s:
            list_sources(s)


def test_a_write_is_there_afterwards_and_a_failed_one_leaves_nothing(database: Database, make: Any) -> None:
    with database.write() as s:
        append_changes(s, [make.change()])

    def write_and_fail() -> None:
        with database.write() as s:
            append_changes(s, [make.change(), make.change()])
            ensure_manual_source(s, "late")
            raise Trouble

    with pytest.raises(Trouble):
        write_and_fail()
    with database.read() as s:
        assert last_seq(s) == 1
        assert get_source(s, "late") is None


def test_a_reading_transaction_cannot_write(database: Database) -> None:
    with pytest.raises(Exception, match=r"read-?only"), database.read() as s:
        ensure_manual_source(s, "late")
    with database.write() as s:  # the same pooled connection writes again
        ensure_manual_source(s, "late")
    with database.read() as s:
        assert get_source(s, "late") is not None


def test_a_reader_sees_one_state_and_is_not_held_up_by_a_writer(database: Database, make: Any) -> None:
    with database.read() as reader:
        assert last_seq(reader) == 0
        with database.write() as writer:
            append_changes(writer, [make.change()])
            assert last_seq(reader) == 0
        assert last_seq(reader) == 0
    with database.read() as reader:
        assert last_seq(reader) == 1


def test_a_second_writer_that_waits_too_long_is_told_so(database: Database, url: str) -> None:
    with closing(Database.open(url, busy_timeout_s=0.1)) as other:
        busy = pytest.raises(DatabaseBusy, match="try again later")
        with database.write(), busy, other.write():
            pytest.fail("two writers at once")
        with other.write() as s:
            ensure_manual_source(s, "late")


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_writers_that_do_not_exclude_others_go_side_by_side_on_postgresql(database: Database) -> None:
    with database.write() as one, database.write(exclusive=False) as two:
        ensure_manual_source(one, "one")
        ensure_manual_source(two, "two")
    with database.read() as s:
        assert {source.name for source in list_sources(s)} == {"desk", "one", "two"}


def _write_often(url: str, name: str, times: int) -> None:
    """Many short write transactions, each of them reading before it writes."""
    now = datetime(2026, 1, 8, tzinfo=UTC)
    with closing(Database.open(url)) as database:
        for number in range(times):
            with database.write() as s:
                reason = f"{name} {number} after {last_seq(s)}"
                append_changes(s, [Change(kind=ChangeKind.NEW, observed_at=now, as_of=now, reason=reason, fact=name)])


def test_writing_processes_take_turns_without_a_lock_error(database: Database, url: str) -> None:
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=_write_often, args=(url, name, 60)) for name in ("a", "b")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0]
    with database.read() as s:
        changes = list_changes(s)
    assert [change.seq for change in changes] == list(range(1, 121))
    assert all(change.reason.endswith(f"after {(change.seq or 0) - 1}") for change in changes)
    for name in ("a", "b"):  # each process's own entries came in its own order
        assert [change.reason.split()[1] for change in changes if change.fact == name] == [str(n) for n in range(60)]


_KILLED_WHILE_WRITING = """
import os, signal, sys
from datetime import datetime, timezone
from storage.changes import append_changes
from storage.database import Database
from storage.model import Change, ChangeKind
now = datetime(2026, 1, 8, tzinfo=timezone.utc)
with Database.open(sys.argv[1]).write() as s:
    append_changes(s, [Change(kind=ChangeKind.NEW, observed_at=now, as_of=now, reason="x", fact="f")] * 500)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_process_killed_while_writing_leaves_nothing(database: Database, url: str, root: Path, make: Any) -> None:
    killed = subprocess.run([sys.executable, "-c", _KILLED_WHILE_WRITING, url], cwd=root, check=False)
    assert killed.returncode == -9
    with database.write() as s:  # and its lock went with it
        assert last_seq(s) == 0
        append_changes(s, [make.change()])


def test_what_is_not_a_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("this is no database, but long enough to be looked at " * 40)
    named = pytest.raises(DatabaseUnreachable, match=r"notes\.txt: the file is not a database")
    with closing(Database.open(f"sqlite:///{path}")) as database, named:
        database.upgrade()
    assert path.read_text().startswith("this is no database")


def test_a_damaged_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "damaged.db"
    with closing(Database.open(f"sqlite:///{path}")) as database:
        database.upgrade()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    named = pytest.raises(DatabaseUnreachable, match=r"damaged\.db: the file is damaged")
    with closing(Database.open(f"sqlite:///{path}")) as database, named, database.read() as s:
        list_sources(s)


def test_a_folder_in_the_place_of_the_file_is_named(tmp_path: Path) -> None:
    named = pytest.raises(DatabaseUnreachable, match=f"{tmp_path}: the file cannot be opened")
    with closing(Database.open(f"sqlite:///{tmp_path}")) as database, named:
        database.upgrade()


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(DatabaseUnreachable, match=r"x\.db: its folder cannot be made"):
        Database.open(f"sqlite:///{tmp_path / 'taken' / 'x.db'}")


def test_a_server_that_is_away_is_named() -> None:
    named = pytest.raises(DatabaseUnreachable, match=r"127\.0\.0\.1:9/name")
    with closing(Database.open("postgresql://me:s3cret@127.0.0.1:9/name")) as database, named as caught:
        database.upgrade()
    assert "s3cret" not in str(caught.value)


def test_a_server_that_refuses_us_is_named(refused: str) -> None:
    named = pytest.raises(DatabaseUnreachable, match="nobody_there")
    with closing(Database.open(refused)) as database, named as caught:
        database.upgrade()
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_server_that_drops_the_connection_is_named_and_used_again(database: Database) -> None:

    def lose_the_connection() -> None:
        with database.write() as s:
            pid = s.execute(text("SELECT pg_backend_pid()")).scalar()
            with database.write(exclusive=False) as other:
                other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
            list_sources(s)

    with pytest.raises(DatabaseUnreachable):
        lose_the_connection()
    with database.write() as s:
        assert [source.name for source in list_sources(s)] == ["desk"]


def test_a_backup_is_complete_and_taken_beside_a_writer(tmp_path: Path, make: Any) -> None:
    copy = tmp_path / "copy.db"
    with closing(Database.open(f"sqlite:///{tmp_path / 'x.db'}")) as database:
        database.upgrade()
        with database.write() as s:
            append_changes(s, [make.change()])
        with database.write() as s:
            append_changes(s, [make.change()])  # not committed yet, so not in the copy
            database.backup(copy)
    assert sorted(path.name for path in tmp_path.glob("copy*")) == ["copy.db"]
    with closing(Database.open(f"sqlite:///{copy}")) as database:
        database.upgrade()
        with database.read() as s:
            assert last_seq(s) == 1


def test_a_backup_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with closing(Database.open(f"sqlite:///{tmp_path / 'x.db'}")) as database:
        database.upgrade()
        with pytest.raises(StorageError, match=r"no/such/copy\.db: the backup cannot be written"):
            database.backup(tmp_path / "no" / "such" / "copy.db")
        with pytest.raises(StorageError, match="onto itself"):
            database.backup(tmp_path / "x.db")


def test_a_postgresql_database_is_backed_up_by_its_own_tool() -> None:
    named = pytest.raises(StorageError, match="pg_dump")
    with closing(Database.open("postgresql://me@host/name")) as database, named:
        database.backup(Path("copy.db"))


_WHAT_IS_IMPORTED = """
import sys
from storage import articles, changes, claims, digests, facts, sources, verdicts
from storage.database import Database
database = Database.open(sys.argv[1])
database.upgrade()
with database.read() as s:
    facts.list_facts(s)
print(*(name for name in ("alembic", "psycopg", "sqlalchemy.orm", "sqlalchemy.dialects.postgresql") if name in sys.modules))
"""


def test_reading_a_current_database_imports_nothing_slow(tmp_path: Path, root: Path) -> None:
    url = f"sqlite:///{tmp_path / 'x.db'}"
    with closing(Database.open(url)) as database:
        database.upgrade()
    done = subprocess.run([sys.executable, "-c", _WHAT_IS_IMPORTED, url], cwd=root, check=True, capture_output=True, text=True)
    assert done.stdout.strip() == ""
