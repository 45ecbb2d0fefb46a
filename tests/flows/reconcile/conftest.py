"""Claims by hand: each test says only what matters to it."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import create_engine, make_url, text

from flows.config.catalogue import Catalogue, Predicate
from flows.reconcile import check, reconcile, tick
from storage import identity
from storage.articles import save_article
from storage.claims import pending_reconcile, save_claims
from storage.database import Database
from storage.facts import list_facts
from storage.identity import article_id, claim_id
from storage.model import Article, Authority, Claim, Evidence, Modality
from storage.sources import ensure_manual_source
from storage.values import Duration, Modifier, Money, Percent, Period, Qualifier, Quantity, Ratio, Status, Text, Value

DAY_0 = datetime(2026, 1, 7, 9, 0, tzinfo=UTC)

CATALOGUE = Catalogue(
    predicates=(
        Predicate(key="revenue", title="Revenue", values=("money",), slot=("period", "segment")),
        Predicate(key="growth", title="Growth", values=("percent",), slot=("period",)),
        Predicate(key="share", title="Share", values=("percent",), slot=("market", "region", "period")),
        Predicate(key="spec", title="Spec", values=("quantity", "percent", "ratio"), slot=("measure",)),
        Predicate(key="announced", title="Announced", values=("period",)),
        Predicate(
            key="availability", title="Availability", values=("period",), slot=("region",),
            fulfilled_by={"production_status": "shipping"},
        ),
        Predicate(
            key="production_status", title="Production", values=("status",),
            chains=(("sampling", "mass_production", "shipping"), ("sampling", "cancelled")),
        ),
        Predicate(key="partnership", title="Partnership", values=("status",), symmetric=True,
                  chains=(("announced", "expanded"), ("announced", "ended"))),
        Predicate(key="deployment_time", title="Deployment time", values=("duration",)),
        Predicate(key="target", title="Target", values=("ratio", "percent"), slot=("measure",)),
        Predicate(key="role", title="Role", values=("text",), many=True),
        Predicate(key="motto", title="Motto", values=("text",)),
        Predicate(key="statement", title="Statement", values=("text",), slot=("text",), many=True),
        Predicate(key="component", title="Component", values=("quantity",), many=True),
        Predicate(key="market_cap", title="Market value", values=("money",), dispute_window=1),
    )
)  # fmt: skip


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """A small catalogue with a predicate of every kind."""
    return CATALOGUE


@pytest.fixture(scope="session")
def day_0() -> datetime:
    """The day tests count from."""
    return DAY_0


@pytest.fixture(scope="session")
def say() -> Callable[..., Claim]:
    """Makes a claim: `say("acme", 5.2, on=3)` is publisher acme saying 5.2 % three days after day 0."""
    return make_claim


@pytest.fixture(scope="session")
def val() -> Callable[..., Value]:
    """Makes a value from a short spelling; see `value`."""
    return value


def value(spelling: Any) -> Any:
    """Values in short: "~18%", "<18%" (nearly), ">40%", "31.1%", "$39.28", "72 gpu", "10x", "2026-07-01/2026-12-31",
    "weeks", "3-4 year", ":shipping", "'a text". None and values pass."""
    if spelling is None or not isinstance(spelling, str):
        return spelling
    if spelling.startswith("'"):
        return Text(text=spelling[1:])
    if spelling.startswith(":"):
        return Status(state=spelling[1:])
    if "/" in spelling:
        start, end = (date.fromisoformat(part) if part else None for part in spelling.split("/"))
        return Period(start=start, end=end)
    return _number(spelling)


_HEDGES = {"~": Modifier.ABOUT, "<": Modifier.NEARLY, ">": Modifier.OVER, "^": Modifier.UP_TO, "_": Modifier.AT_LEAST}


def _number(spelling: str) -> Value:
    modifier = _HEDGES.get(spelling[0], Modifier.EXACT)
    plain = spelling.lstrip("~<>^_")
    if plain.endswith("%"):
        return Percent(**_ends(plain[:-1], modifier, percent=True))
    if plain.endswith("x"):
        return Ratio(**_ends(plain[:-1], modifier))
    if plain.startswith("$"):
        return Money(**_ends(plain[1:], modifier), currency="USD")
    figure, _, unit = plain.partition(" ")
    if not unit:
        return Duration(low=None, high=None, unit=figure.removesuffix("s"))
    if "-" in figure:
        low, high = map(Decimal, figure.split("-"))
        return Duration(low=low, high=high, unit=unit, modifier=Modifier.RANGE)
    return Quantity(**_ends(figure, modifier), unit=unit)


def _ends(figure: str, modifier: Modifier, *, percent: bool = False) -> dict[str, Any]:
    number = Decimal(figure)
    unit = Decimal(1).scaleb(int(number.as_tuple().exponent))
    low, high = {
        Modifier.EXACT: (number - unit / 2, number + unit / 2),
        Modifier.ABOUT: (number - abs(number) / 20, number + abs(number) / 20),
        Modifier.NEARLY: (number - unit, number),
        Modifier.OVER: (number, number + (5 if percent else abs(number) / 8)),
        Modifier.UP_TO: (None, number),
        Modifier.AT_LEAST: (number, None),
    }[modifier]
    return {"number": number, "low": low, "high": high, "modifier": modifier}


def make_claim(
    publisher: str,
    says: Any = None,
    *,
    on: float = 0,
    estimated: bool = False,
    predicate: str = "growth",
    subject: str = "lenovo",
    object_: str | None = None,
    modality: Modality = Modality.ACTUAL,
    qualifiers: Mapping[str, Qualifier] | None = None,
    article: str | None = None,
    revision: str = "1",
    seen: float | None = None,
    confidence: float = 0.9,
    start: int = 0,
    authority: Authority = Authority.PRESS,
) -> Claim:
    """A claim of an article of `publisher`, published `on` days after day 0 and seen `seen` days after it."""
    said = value(says)
    name = article or f"https://{publisher}.example/{on}"
    of = article_id(name)
    rev = f"{of}-{revision}"
    around = dict(qualifiers or {})
    quote = "q" * 10
    return Claim(
        id=claim_id(rev, start, start + 10, subject, predicate, object_, around, said, modality, None),
        article=of, revision=rev, source=publisher, publisher=publisher, authority=authority,
        as_of=DAY_0 + timedelta(days=on), published_estimated=estimated,
        subject=subject, predicate=predicate, object=object_, qualifiers=around, value=said, modality=modality,
        attributed_to=None, evidence=Evidence(quote=quote, start=start, end=start + 10), extractor="rules",
        extractor_version="1", confidence=confidence, observed_at=DAY_0 + timedelta(days=on if seen is None else seen),
    )  # fmt: skip


@pytest.fixture(params=["sqlite", "postgresql"])
def open_database(request, tmp_path):
    """Opens databases, each fresh and migrated, with one manual source `desk`."""
    opened, schemas = [], []
    address = os.environ.get("DELTAWIRE_TEST_POSTGRES_URL")
    if request.param == "postgresql" and not address:
        pytest.skip("needs PostgreSQL: set DELTAWIRE_TEST_POSTGRES_URL=postgresql://user@host/database to run this")
    server = request.param == "postgresql" and create_engine(
        make_url(address).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    )

    def open_():
        url = f"sqlite:///{tmp_path / uuid.uuid4().hex}.db"
        if server:
            schemas.append(f"deltawire_{uuid.uuid4().hex[:12]}")
            with server.connect() as connection:
                connection.execute(text(f"CREATE SCHEMA {schemas[-1]}"))
            url = server.url.update_query_dict({"options": f"-csearch_path={schemas[-1]}"}).render_as_string(hide_password=False)
        opened.append(Database.open(url))
        opened[-1].upgrade()
        with opened[-1].write() as s:
            ensure_manual_source(s, "desk", "The desk")
        return opened[-1]

    yield open_
    for database in opened:
        database.close()
    if server:
        with closing(server.connect()) as connection:
            for schema in schemas:
                connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
        server.dispose()


class Newsroom:
    """Publishes articles of claims into a database and has them reconciled."""

    def __init__(self, database, catalogue, say, day_0):
        self.db, self.catalogue, self.say, self.day_0 = database, catalogue, say, day_0

    def publish(self, publisher, *said, on=0, edition="", slug="", **more):
        """Save an article in which `said` is claimed; each is a value or (value, fields of the claim)."""
        url = f"https://{publisher}.example/{slug or on}"
        body = f"{publisher} {url} {edition} " + " ".join(map(str, said))
        id_ = identity.article_id(url)
        at = self.day_0 + timedelta(days=on)
        article = Article(
            id=id_, revision=identity.revision_id(id_, body), url=url, source="desk", publisher=publisher, title=url, text=body,
            language="en", published=at, updated=at + timedelta(minutes=len(edition)), seen_at=at,
        )  # fmt: skip
        claims = []
        for place, what in enumerate(said):
            value, fields = what if isinstance(what, tuple) else (what, {})
            claim = self.say(publisher, value, on=on, start=place, **(more | fields))
            evidence = replace(claim.evidence, quote=body[place : place + 10], start=place, end=place + 10)
            own = identity.claim_id(
                article.revision, place, place + 10, claim.subject, claim.predicate, claim.object, claim.qualifiers,
                claim.value, claim.modality, None,
            )  # fmt: skip
            claims.append(replace(claim, id=own, article=id_, revision=article.revision, evidence=evidence, source="desk"))
        with self.db.write() as s:
            save_article(s, article)
            save_claims(s, article.revision, "rules", "1", claims)
        return claims

    def reconcile(self, now=100, limit=1000):
        at = self.day_0 + timedelta(days=now)
        with self.db.write() as s:
            return [change.kind for change in reconcile(s, self.catalogue, pending_reconcile(s, limit), now=at)]

    def tick(self, now):
        with self.db.write() as s:
            return [change.kind for change in tick(s, self.catalogue, now=self.day_0 + timedelta(days=now))]

    def problems(self, now=100, *, repair=False):
        with self.db.write() if repair else self.db.read() as s:
            return [problem.kind for problem in check(s, self.catalogue, now=self.day_0 + timedelta(days=now), repair=repair)]

    def facts(self, **filters):
        with self.db.read() as s:
            return list_facts(s, **filters)

    @property
    def fact(self):
        (only,) = self.facts()
        return only


@pytest.fixture
def open_newsroom(open_database):
    """Opens newsrooms, each on a database of its own."""
    return lambda: Newsroom(open_database(), CATALOGUE, make_claim, DAY_0)


@pytest.fixture
def newsroom(open_newsroom):
    return open_newsroom()
