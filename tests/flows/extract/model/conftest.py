"""A reader that asks an endpoint of our own, and a text, a watchlist and a catalogue for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from flows.collect.options import FetchOptions
from flows.config import Catalogue, Entity, EntityKind, Predicate, Watchlist
from flows.extract.engine import Extractor
from flows.extract.model.budget import Limits
from flows.extract.model.line import Pace
from flows.extract.model.reader import Endpoint, ModelReader
from storage.identity import article_id, revision_id
from storage.model import Article

NOW = datetime(2026, 1, 8, 9, tzinfo=UTC)
TEXT = (
    "Globex said on Wednesday that revenue in 2025 rose 12% to $5.4 billion. Initech, its rival, will ship the Anvil 9 in "
    "March 2026.\n\nGlobex named Ada Byron chief executive. “We are only at the start of a very long road,” said Ada Byron."
)


CATALOGUE = Catalogue(
    predicates=(
        Predicate(key="revenue", title="revenue", subject=("org",), values=("money",), slot=("period", "segment")),
        Predicate(
            key="revenue_growth", title="revenue growth", subject=("org",), values=("percent",), slot=("period",), shape="growth",
            of="revenue",
        ),
        Predicate(key="availability", title="availability", subject=("product",), values=("period",), slot=("region",)),
        Predicate(key="role", title="role", subject=("person",), object=("org",), values=("text",), many=True),
        Predicate(key="statement", title="statement", subject=("person", "org"), values=("text",), slot=("text",), many=True),
        Predicate(
            key="acquisition", title="acquisition", subject=("org",), object=("org",), values=("status",),
            chains=(("announced", "completed"),),
        ),
    ),
    vocabularies={"region": {"europe": ("europe",)}},
)  # fmt: skip
WATCHLIST = Watchlist(
    entities=(
        Entity(key="globex", name="Globex", kind=EntityKind.ORG),
        Entity(key="initech", name="Initech", kind=EntityKind.ORG),
        Entity(key="anvil-9", name="Anvil 9", kind=EntityKind.PRODUCT, maker="initech"),
        Entity(key="ada-byron", name="Ada Byron", kind=EntityKind.PERSON),
    )
)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """A small catalogue."""
    return CATALOGUE


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """The rules for it."""
    return Extractor(WATCHLIST, CATALOGUE)


@pytest.fixture
def article() -> Article:
    """A text about companies of nobody's."""
    return make_article(TEXT)


@pytest.fixture(scope="session")
def write() -> Callable[[str], Article]:
    """Makes an article of a text."""
    return make_article


def make_article(text: str) -> Article:
    id_ = article_id("https://news.example/globex")
    return Article(
        id=id_, revision=revision_id(id_, text), url="https://news.example/globex", source="desk", publisher="desk",
        title="Globex", text=text, language="en", published=NOW, published_on=date(2026, 1, 8), seen_at=NOW,
    )  # fmt: skip


Open = Callable[..., ModelReader]


@pytest.fixture
def open_reader(chat: Any, tmp_path: Path) -> Open:
    """Makes a reader that asks `chat`; each call is a run of its own over the same folder."""

    def make(
        *, limits: Limits | None = None, pace: Pace | None = None, hosts: frozenset[str] = frozenset({"127.0.0.1"}),
        timeout: float = 20.0, url: str | None = None, model: str = "parrot", today: date | None = None,
        catalogue: Catalogue = CATALOGUE,
    ) -> ModelReader:  # fmt: skip
        endpoint = Endpoint(
            base_url=url or chat.url, model=model, api_key="sk-secret", limits=limits or Limits(),
            pace=pace or Pace(attempts=3, pause_s=0.001, per_minute=100_000),
        )  # fmt: skip
        options = FetchOptions(allow_private_hosts=hosts, timeout_s=timeout)
        return ModelReader(endpoint, catalogue, options, tmp_path / "cache", today or NOW.date())

    return make
