"""The schema's history, on both databases: from nothing, at once from several processes, and never backwards."""

from __future__ import annotations

import multiprocessing
from contextlib import closing
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from storage import migrations
from storage.changes import list_changes
from storage.database import Database
from storage.errors import SchemaTooNew
from storage.model import Cause
from storage.sources import ensure_manual_source, list_sources
from storage.tables import metadata


def test_the_revisions_known_are_those_that_stand_in_the_folder() -> None:
    scripts = ScriptDirectory(str(Path(migrations.__file__).parent))
    assert tuple(reversed([script.revision for script in scripts.walk_revisions()])) == migrations.KNOWN
    assert scripts.get_current_head() == migrations.HEAD


ONLY_IN_MIGRATIONS = {"uq_revisions_current", "uq_changes_article_new"}


def test_the_migrations_make_the_tables_that_the_code_expects(database: Database) -> None:
    def include(_thing: object, name: str | None, *_more: object) -> bool:
        return name not in ONLY_IN_MIGRATIONS

    with database.read() as s:
        context = MigrationContext.configure(s, opts={"compare_type": True, "include_object": include})
        differences = compare_metadata(context, metadata)
        if database.dialect == "sqlite":
            assert s.execute(text("PRAGMA foreign_key_check")).all() == []
    assert differences == []


def test_an_upgrade_of_a_current_database_changes_nothing(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "run", lambda connection: pytest.fail("migrated a current database"))
    assert database.schema() == migrations.HEAD
    database.upgrade()
    with database.read() as s:
        assert [source.name for source in list_sources(s)] == ["desk"]


@pytest.mark.parametrize("version", ["9999", "some hash of another program"])
def test_a_newer_database_is_refused_and_left_alone(database: Database, version: str) -> None:
    with database.write() as s:
        s.execute(text("UPDATE alembic_version SET version_num = :version"), {"version": version})
    with pytest.raises(SchemaTooNew, match=rf"newer Deltawire \(schema {version}\); this one knows {migrations.HEAD}"):
        database.upgrade()
    assert database.schema() == version


def test_a_migration_that_fails_leaves_the_old_schema(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = migrations.run

    def half_way(connection: Connection) -> None:
        real(connection)
        raise RuntimeError("the power went")

    with closing(Database.open(url)) as database:
        monkeypatch.setattr(migrations, "run", half_way)
        with pytest.raises(RuntimeError):
            database.upgrade()
        assert database.schema() is None
        monkeypatch.setattr(migrations, "run", real)
        database.upgrade()
        with database.write() as s:
            ensure_manual_source(s, "desk")


def test_what_an_older_schema_holds_was_news(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(Database.open(url)) as database:
        with monkeypatch.context() as older:
            older.setattr(migrations, "HEAD", "0001")
            database.upgrade()
        at = "2026-01-08T09:30:00.000000Z" if database.dialect == "sqlite" else "2026-01-08T09:30:00Z"
        with database.write() as s:
            s.execute(
                text(
                    "INSERT INTO changes (seq, kind, observed_at, reason, fact, because, history) "
                    f"VALUES (1, 'new', '{at}', 'told', 'f1', '[]', false)"
                )
            )
        database.upgrade()
        assert database.schema() == migrations.HEAD
        with database.read() as s:
            assert [change.cause for change in list_changes(s)] == [Cause.NEWS]


def _upgrade(url: str, barrier: Barrier) -> None:
    with closing(Database.open(url)) as database:
        barrier.wait()
        database.upgrade()
        with database.write() as s:
            ensure_manual_source(s, "desk")


def test_processes_that_upgrade_at_once_do_it_once(url: str) -> None:
    spawn = multiprocessing.get_context("spawn")
    barrier = spawn.Barrier(3)
    upgrading = [spawn.Process(target=_upgrade, args=(url, barrier)) for _ in range(3)]
    for process in upgrading:
        process.start()
    for process in upgrading:
        process.join()
    assert [process.exitcode for process in upgrading] == [0, 0, 0]
    with closing(Database.open(url)) as database, database.read() as s:
        assert [source.name for source in list_sources(s)] == ["desk"]
