"""Digests: the last one of a profile, and the outbox that sends each to each recipient once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from storage.database import Database
from storage.digests import (
    deliveries_of,
    get_digest,
    last_digest,
    list_digests,
    mark_delivered,
    mark_failed,
    pending_deliveries,
    queue_delivery,
    save_digest,
)
from storage.model import Digest, Window


def _digest(make: Any, id_: str, after: int, upto: int, profile: str = "daily", **document: object) -> Digest:
    window = Window(after_seq=after, upto_seq=upto, start=make.now - timedelta(days=1), end=make.now)
    return Digest(id=id_, profile=profile, window=window, created_at=make.now, document=document)


def test_a_digest_comes_back_as_it_was_saved(database: Database, make: Any) -> None:
    digest = _digest(make, "d1", 0, 7, sections=[{"entity": "联想", "share": 0.36, "none": None}])
    with database.write() as s:
        assert save_digest(s, digest)
        assert not save_digest(s, digest)
        assert get_digest(s, "d1") == last_digest(s, "daily") == digest
        assert get_digest(s, "d2") is None
        assert last_digest(s, "weekly") is None


def test_the_last_digest_is_the_one_that_reached_furthest(database: Database, make: Any) -> None:
    digests = [_digest(make, "d1", 0, 7), _digest(make, "d3", 9, 12), _digest(make, "d2", 7, 9)]
    with database.write() as s:
        for digest in (*digests, _digest(make, "w1", 0, 99, "weekly")):
            save_digest(s, digest)
        assert last_digest(s, "daily") == digests[1]
        assert [digest.id for digest in list_digests(s, "daily")] == ["d3", "d2", "d1"]
        assert [digest.id for digest in list_digests(s, "daily", limit=1)] == ["d3"]


def test_each_recipient_is_queued_once_and_leaves_the_outbox_when_served(database: Database, make: Any) -> None:
    with database.write() as s:
        save_digest(s, _digest(make, "d1", 0, 7))
        recipients = ["ann@example.org", "bob@example.org", "cyd@example.org"]
        queued = [queue_delivery(s, "d1", name, "mail", make.now) for name in (*recipients, recipients[0])]
        assert queued == [True, True, True, False]
        assert [delivery.recipient for delivery in pending_deliveries(s)] == recipients
        assert [delivery.recipient for delivery in pending_deliveries(s, limit=1)] == recipients[:1]
        mark_failed(s, "d1", recipients[0], "451 try \0again")
        mark_failed(s, "d1", recipients[1], "550 no such box", give_up=True)
        mark_delivered(s, "d1", recipients[2], make.now)
        (waiting,) = pending_deliveries(s)
        assert (waiting.recipient, waiting.attempts, waiting.error) == (recipients[0], 1, "451 try again")
        mark_delivered(s, "d1", recipients[0], make.now + timedelta(hours=1))
        assert pending_deliveries(s) == []
        assert not queue_delivery(s, "d1", recipients[0], "mail", make.now)
        assert [(d.delivered_at is not None, d.given_up, d.attempts) for d in deliveries_of(s, "d1")] == [
            (True, False, 2),
            (False, True, 1),
            (True, False, 1),
        ]


def test_what_was_never_queued_cannot_be_delivered(database: Database, make: Any) -> None:
    with database.write() as s, pytest.raises(LookupError, match="d1 was never queued for ann"):
        mark_delivered(s, "d1", "ann", make.now)


def test_a_digest_that_cannot_be_stored_is_refused_by_name(database: Database, make: Any) -> None:
    with database.write() as s, pytest.raises(ValueError, match="digest d1: holds a lone surrogate"):
        save_digest(s, _digest(make, "d1", 0, 1, title=["\ud800"]))
