"""Moments and strings at the edge of what columns hold."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy.exc import StatementError

from storage.columns import refuse_unstorable
from storage.database import Database
from storage.facts import load_facts, save_facts
from storage.identity import article_id, claim_id, fact_id, revision_id
from storage.model import ModalityClass
from storage.values import Period


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 1, 8, 9, 30, tzinfo=timezone(timedelta(hours=-8))),
        datetime(2026, 1, 8, 9, 30, 1, 234567, tzinfo=UTC),
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
    ],
)
def test_a_moment_comes_back_in_utc(database: Database, make: Any, moment: datetime) -> None:
    fact = make.fact(first_seen=moment)
    with database.write() as s:
        save_facts(s, [fact])
        found = load_facts(s, [fact.id])[fact.id].first_seen
    assert found == moment
    assert found.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused(database: Database, make: Any) -> None:
    with database.write() as s, pytest.raises(StatementError, match="without a zone"):
        save_facts(s, [make.fact(first_seen=datetime(2026, 1, 8))])  # noqa: DTZ001 - that is the point


@pytest.mark.parametrize("value", ["plain", "𝔸 \\u0000 \\ud800", {"a": ["\x01", 5, None]}, ("x", "\U0010ffff"), 7])
def test_what_both_databases_keep_is_let_through(value: object) -> None:
    refuse_unstorable("this", value)


@pytest.mark.parametrize("value", ["\0", "x\ud800", "\udfff", {"a": {"b\0": 1}}, [("ok", "\udc00")]])
def test_what_one_of_them_would_not_keep_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"^this: holds a"):
        refuse_unstorable("this", value)


def test_an_id_depends_on_content_alone() -> None:
    url = "https://news.example/联想"
    assert article_id(url) == article_id(url) != article_id(url + "/")
    assert len(article_id(url)) == 20
    assert revision_id("a", "text") != revision_id("b", "text")
    period = Period(start=None, end=None)
    one = fact_id("acme", "revenue", None, {"a": "x", "b": period}, ModalityClass.REALISED)
    assert one == fact_id("acme", "revenue", None, {"b": period, "a": "x"}, ModalityClass.REALISED)
    assert one != fact_id("acme", "revenue", None, {"a": "x", "b": period}, ModalityClass.FORWARD)
    claim = ("r", 0, 4, "acme", "revenue", None, {"a": "x"}, None, "actual")
    assert claim_id(*claim, None) == claim_id(*claim, None) != claim_id(*claim, "acme")
