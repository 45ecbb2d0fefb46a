"""The engine: opening a database, its transactions, its schema, and its errors in plain words.

Writers take turns. SQLite's `BEGIN IMMEDIATE` takes the one write lock at the start; on PostgreSQL
an advisory lock does the same, so that what a writer has read is still true when it writes, and
the ledger's numbers come in the order of commits. Write transactions are therefore short: compute
before, then write. Readers are never held up: they see one consistent state (WAL, repeatable read).
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError

from storage import migrations
from storage.columns import dumps
from storage.errors import DatabaseBusy, DatabaseUnreachable, SchemaTooNew, StorageError
from storage.faults import translated

__all__ = ["Database", "DatabaseBusy", "DatabaseUnreachable", "SchemaTooNew", "Session", "StorageError"]

Session = Connection
"""What the functions of this folder take first: one open transaction, made by `Database.read` or `.write`."""

BUSY_TIMEOUT_S = 30.0
WRITERS = 0x64656C74  # "delt": the advisory lock of everyone who writes
UPGRADES = WRITERS + 1


class Database:
    """One database, open. Connections are made when needed, pooled, and safe to use from several threads."""

    def __init__(self, engine: Engine, busy_timeout_s: float) -> None:
        self._engine = engine
        self._busy_timeout_s = busy_timeout_s
        self._writer = engine.execution_options(deltawire_writes=True)
        self._reader = engine
        if self.dialect == "postgresql":
            self._reader = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    @classmethod
    def open(cls, url: str, *, busy_timeout_s: float = BUSY_TIMEOUT_S) -> Database:
        """The database at `url`: `sqlite:///path/to/file` or `postgresql://user:password@host/name`.

        A SQLite file's folder is made; the file itself is made by the first transaction. Nothing
        is connected yet. A writer waits up to `busy_timeout_s` seconds for its turn.
        """
        parsed = _parse(url)
        if parsed.get_backend_name() == "sqlite":
            path = Path(str(parsed.database))
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise DatabaseUnreachable(_name(parsed), f"its folder cannot be made: {error.strerror}") from error
            engine = create_engine(
                parsed,
                json_serializer=dumps,
                connect_args={"timeout": busy_timeout_s, "isolation_level": None},
            )
            _prepare_sqlite(engine, busy_timeout_s)
        else:
            query = {"connect_timeout": "10"} | dict(parsed.query)
            engine = create_engine(parsed.set(query=query), json_serializer=dumps, pool_pre_ping=True)
        return cls(engine, busy_timeout_s)

    def __repr__(self) -> str:
        return f"Database({self.url_without_password!r})"

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._engine.dialect.name

    @property
    def url_without_password(self) -> str:
        """The address, fit to be shown."""
        return _name(self._engine.url)

    def close(self) -> None:
        """Close the pooled connections. The database can be used again afterwards."""
        self._engine.dispose()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """One read-only transaction: everything read within it belongs to one state. Writing in it fails."""
        with translated(self.url_without_password, self._busy_timeout_s), self._reader.connect() as s, s.begin():
            yield s

    @contextmanager
    def write(self, *, exclusive: bool = True) -> Iterator[Session]:
        """One short write transaction: committed at the end of the block, rolled back if the block raises.

        `exclusive=False` lets several writers go side by side on PostgreSQL: only for writes that
        depend on nothing they have read and append nothing to the ledger.
        Raises DatabaseBusy where other writers do not finish in time.
        """
        with translated(self.url_without_password, self._busy_timeout_s), self._writer.connect() as s, s.begin():
            if self.dialect == "postgresql":
                self._wait_at_most(s)
                if exclusive:
                    s.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITERS})
            yield s

    def upgrade(self) -> None:
        """Bring the schema up to date. Costs one query where it is already.

        Runs as one transaction: a migration that fails leaves the old schema. Processes that
        start together wait for the first. Raises SchemaTooNew for a schema this program does
        not know.
        """
        with translated(self.url_without_password, self._busy_timeout_s):
            with self._reader.connect() as s, s.begin():
                version = self._version(s)
            if version == migrations.HEAD:
                return
            self._refuse_unknown(version)
            with self._writer.connect() as s, s.begin():
                if self.dialect == "postgresql":
                    self._wait_at_most(s)
                    s.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": UPGRADES})
                version = self._version(s)  # another process may have done it while we waited
                self._refuse_unknown(version)
                if version != migrations.HEAD:
                    migrations.run(s)

    def schema(self) -> str | None:
        """The schema's revision, None for a database without tables."""
        with self.read() as s:
            return self._version(s)

    def backup(self, path: Path) -> None:
        """A consistent copy of a SQLite database at `path`, taken while others go on reading and writing.

        The copy appears under its name only when it is complete. PostgreSQL has pg_dump for this.
        """
        if self.dialect != "sqlite":
            raise StorageError(self.url_without_password, "a PostgreSQL database is backed up with pg_dump")
        if path.resolve() == Path(str(self._engine.url.database)).resolve():
            raise StorageError(self.url_without_password, "cannot be backed up onto itself")
        unfinished = path.with_name(path.name + ".part")
        try:
            with translated(self.url_without_password, self._busy_timeout_s), self._reader.connect() as s:
                unfinished.unlink(missing_ok=True)
                source: Any = s.connection.driver_connection
                with closing(sqlite3.connect(unfinished)) as target:
                    source.backup(target)
            unfinished.replace(path)
        except (OSError, sqlite3.Error) as error:
            raise StorageError(str(path), f"the backup cannot be written: {error}") from error
        finally:
            unfinished.unlink(missing_ok=True)

    def _wait_at_most(self, s: Session) -> None:
        timeout = {"timeout": f"{int(self._busy_timeout_s * 1000)}ms"}
        s.execute(text("SELECT set_config('lock_timeout', :timeout, true)"), timeout)

    def _version(self, s: Session) -> str | None:
        if self.dialect == "postgresql":
            there = "SELECT to_regclass('alembic_version') IS NOT NULL"
        else:
            there = "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"
        if not s.execute(text(there)).scalar():
            return None
        version = s.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return None if version is None else str(version)

    def _refuse_unknown(self, version: str | None) -> None:
        if version is not None and version not in migrations.KNOWN:
            raise SchemaTooNew(
                self.url_without_password,
                f"was written by a newer Deltawire (schema {version}); this one knows {migrations.HEAD}: upgrade Deltawire",
            )


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        # the cause may quote the URL with its password, so it is not passed on
        raise StorageError("database", "its URL cannot be read; it looks like sqlite:///path/to/file.db") from None
    if parsed.drivername in {"postgresql", "postgres"}:
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername == "postgresql+psycopg":
        return parsed
    if parsed.drivername in {"sqlite", "sqlite+pysqlite"}:
        if parsed.database in {None, "", ":memory:"}:
            raise StorageError(_name(parsed), "Deltawire keeps its data in a file: sqlite:///path/to/file.db")
        return parsed
    raise StorageError(_name(parsed), "only sqlite and postgresql are supported")


def _name(url: URL) -> str:
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return URL.create(url.drivername, url.username, None, url.host, url.port, url.database).render_as_string()


def _prepare_sqlite(engine: Engine, busy_timeout_s: float) -> None:
    """Connections that keep foreign keys, write ahead, wait their turn, and begin transactions when told to."""

    @event.listens_for(engine, "connect")
    def _connected(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA foreign_keys = ON")
        _write_ahead(connection, busy_timeout_s)
        connection.execute("PRAGMA synchronous = NORMAL")  # with WAL: a power cut may cost the last commit, never more
        connection.execute("PRAGMA cache_size = -32768")  # 32 MiB

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = bool(connection.get_execution_options().get("deltawire_writes"))
        connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _write_ahead(connection: sqlite3.Connection, busy_timeout_s: float) -> None:
    """Switch the file to write-ahead logging. SQLite does not wait for the lock this needs, so we do."""
    pause = 0.05
    for attempt in range(max(1, int(busy_timeout_s / pause)), -1, -1):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or attempt == 0:
                raise
            time.sleep(pause)
