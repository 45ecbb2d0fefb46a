"""The ledger: numbered in order, never two under one number, found by every mark."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from storage.articles import save_article
from storage.changes import append_changes, last_seq, list_changes
from storage.database import Database
from storage.model import ChangeKind, FactStatus


def test_a_change_comes_back_as_it_was_appended(database: Database, make: Any) -> None:
    change = make.change(
        ChangeKind.UPDATED,
        predicate="revenue",
        before=make.state(),
        after=make.state(FactStatus.DISPUTED),
        because=("c2", "c1"),
        history=True,
        detail="- a\n+ b",
        as_of=None,
    )
    with database.write() as s:
        (appended,) = append_changes(s, [change])
        assert appended == replace(change, seq=1)
        assert list_changes(s) == [appended]


def test_numbers_follow_on_one_another(database: Database, make: Any) -> None:
    with database.write() as s:
        assert last_seq(s) == 0
        assert append_changes(s, []) == []
        assert [change.seq for change in append_changes(s, [make.change()] * 3)] == [1, 2, 3]
    with database.write() as s:
        assert [change.seq for change in append_changes(s, [make.change()] * 2)] == [4, 5]
        assert last_seq(s) == 5


def test_a_write_that_failed_leaves_no_gap(database: Database, make: Any) -> None:
    def append_and_fail() -> None:
        with database.write() as s:
            append_changes(s, [make.change()] * 3)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        append_and_fail()
    with database.write() as s:
        assert [change.seq for change in append_changes(s, [make.change()])] == [1]


def test_a_fact_may_go_to_and_fro_for_the_same_claims(database: Database, make: Any) -> None:
    there = make.change(ChangeKind.UPDATED, before=make.state(), after=make.state(FactStatus.DISPUTED), because=("c1",))
    with database.write() as s:
        append_changes(s, [there, there])
        assert [change.seq for change in list_changes(s)] == [1, 2]


def test_entries_are_found_by_every_mark(database: Database, make: Any) -> None:
    article = make.article()
    with database.write() as s:
        save_article(s, article)
        append_changes(
            s,
            [
                make.change(fact="f1"),
                make.change(ChangeKind.CONFIRMED, fact="f2", observed_at=make.now + timedelta(days=1)),
                make.change(ChangeKind.CONFIRMED, fact="f1", observed_at=make.now + timedelta(days=2)),
            ],
        )

        def numbers(**marks: Any) -> list[int | None]:
            return [change.seq for change in list_changes(s, **marks)]

        assert numbers() == [1, 2, 3, 4]
        assert numbers(after_seq=1, upto_seq=3) == [2, 3]
        assert numbers(after_seq=1, limit=2) == [2, 3]
        assert numbers(since=make.now + timedelta(days=1)) == [3, 4]
        assert numbers(kind="confirmed") == numbers(kind=ChangeKind.CONFIRMED) == [3, 4]
        assert numbers(fact="f1") == [2, 4]
        assert numbers(article=article.id) == [1]
        assert numbers(fact="f1", kind=ChangeKind.NEW, since=make.now, after_seq=1) == [2]


def test_a_change_of_nothing_is_refused(database: Database, make: Any) -> None:
    with database.write() as s, pytest.raises(ValueError, match="neither a fact nor an article"):
        append_changes(s, [make.change(fact=None)])


def test_what_cannot_be_stored_is_refused_by_name(database: Database, make: Any) -> None:
    with database.write() as s, pytest.raises(ValueError, match="change new of f1: holds a lone surrogate"):
        append_changes(s, [make.change(reason="\udc80")])
