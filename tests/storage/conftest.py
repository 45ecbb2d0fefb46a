"""Databases to test on, each fresh and brought up by the real migrations, and things to put into them."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, make_url, text

from storage import identity
from storage.database import Database
from storage.model import (
    Article,
    Change,
    ChangeKind,
    Claim,
    Evidence,
    Fact,
    FactState,
    FactStatus,
    Modality,
    Promise,
    Side,
    Span,
)
from storage.sources import ensure_manual_source
from storage.values import Money, Period, Qualifier, Value

NOW = datetime(2026, 1, 8, 9, 30, tzinfo=UTC)


POSTGRES = os.environ.get("DELTAWIRE_TEST_POSTGRES_URL")


@pytest.fixture(scope="session")
def postgres() -> str:
    """The address of a PostgreSQL server that tests may make schemas on."""
    if not POSTGRES:
        pytest.skip("needs PostgreSQL: set DELTAWIRE_TEST_POSTGRES_URL=postgresql://user@host/database to run this")
    return POSTGRES


# without a server one test says so (test_database.py), instead of every single one
@pytest.fixture(params=["sqlite", "postgresql"] if POSTGRES else ["sqlite"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database: a SQLite file, and a PostgreSQL schema that is dropped afterwards."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'deltawire.db'}"
        return
    server = make_url(request.getfixturevalue("postgres")).set(drivername="postgresql+psycopg")
    schema = f"deltawire_{uuid.uuid4().hex[:12]}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    yield server.update_query_dict({"options": f"-csearch_path={schema}"}).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """A database with its schema and one manual source, `desk`."""
    with closing(Database.open(url)) as opened:
        opened.upgrade()
        with opened.write() as s:
            ensure_manual_source(s, "desk", "The desk")
        yield opened


class Make:
    """Articles, claims and facts with defaults; each takes what a test cares about."""

    now = NOW

    def article(self, slug: str = "one", text: str = "Acme sold 72 units.", **fields: Any) -> Article:
        url = fields.pop("url", f"https://news.example/{slug}")
        id_ = identity.article_id(url)
        defaults: dict[str, Any] = {
            "id": id_,
            "revision": identity.revision_id(id_, text),
            "url": url,
            "source": "desk",
            "publisher": "desk",
            "title": f"Title of {slug}",
            "text": text,
            "language": "en",
            "published": NOW - timedelta(days=1),
            "seen_at": NOW,
            "fingerprint": slug.encode(),
        }
        return Article(**(defaults | fields))

    def claim(self, article: Article, quote: str | None = None, **fields: Any) -> Claim:
        quote = article.text if quote is None else quote
        start = fields.pop("start", article.text.find(quote))
        end = fields.pop("end", start + len(quote))
        subject, predicate = fields.pop("subject", "acme"), fields.pop("predicate", "revenue")
        qualifiers: Mapping[str, Qualifier] = fields.pop("qualifiers", {})
        value: Value | None = fields.pop("value", self.money("5"))
        modality, attributed_to = fields.pop("modality", Modality.ACTUAL), fields.pop("attributed_to", None)
        object_ = fields.pop("object", None)
        context: tuple[Span, ...] = fields.pop("context", ())
        id_ = identity.claim_id(
            article.revision, start, end, subject, predicate, object_, qualifiers, value, modality, attributed_to
        )
        defaults: dict[str, Any] = {
            "id": id_,
            "article": article.id,
            "revision": article.revision,
            "source": article.source,
            "publisher": article.publisher,
            "authority": article.authority,
            "as_of": article.published or article.seen_at,
            "published_estimated": article.published is None,
            "evidence": Evidence(quote=quote, start=start, end=end, context=context),
            "extractor": "rules",
            "extractor_version": "1",
            "confidence": 0.9,
            "observed_at": NOW,
        }
        return Claim(
            subject=subject,
            predicate=predicate,
            object=object_,
            qualifiers=qualifiers,
            value=value,
            modality=modality,
            attributed_to=attributed_to,
            **(defaults | fields),
        )

    def money(self, number: str, currency: str = "USD") -> Money:
        amount = Decimal(number)
        return Money(number=amount, low=amount, high=amount, currency=currency)

    def side(self, *claims: str, **fields: Any) -> Side:
        defaults: dict[str, Any] = {"value": self.money("5"), "modality": Modality.ACTUAL, "as_of": NOW, "independent_sources": 1}
        return Side(claims=claims, **(defaults | fields))

    def state(self, status: FactStatus = FactStatus.CURRENT, promise: Promise | None = None) -> FactState:
        return FactState(status=status, sides=(self.side("c1"),), promise=promise)

    def fact(self, subject: str = "acme", **fields: Any) -> Fact:
        predicate = fields.pop("predicate", "revenue")
        object_ = fields.pop("object", None)
        qualifiers = fields.pop("qualifiers", {"period": Period(start=NOW.date(), end=None)})
        modality = fields.pop("modality", Modality.ACTUAL)
        defaults: dict[str, Any] = {
            "id": identity.fact_id(subject, predicate, object_, qualifiers, modality.group),
            "state": self.state(),
            "independent_sources": 1,
            "first_seen": NOW,
            "last_changed": NOW,
        }
        return Fact(
            subject=subject,
            predicate=predicate,
            object=object_,
            qualifiers=qualifiers,
            modality=modality,
            **(defaults | fields),
        )

    def change(self, kind: ChangeKind = ChangeKind.NEW, **fields: Any) -> Change:
        defaults: dict[str, Any] = {"observed_at": NOW, "as_of": NOW, "reason": "first told", "fact": "f1", "subject": "acme"}
        return Change(kind=kind, **(defaults | fields))


@pytest.fixture(scope="session")
def make() -> Make:
    """Makes articles, claims, facts and changes."""
    return Make()
