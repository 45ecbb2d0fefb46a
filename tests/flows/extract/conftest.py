"""A watchlist of made-up companies, and what an extractor reads from a few sentences about them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from flows.config.catalogue import Catalogue, load_catalogue
from flows.config.documents import parse_yaml
from flows.config.watchlist import Watchlist
from flows.extract.engine import Extraction, Extractor
from storage.identity import revision_id
from storage.model import Article, Claim

WATCHLIST = """
entities:
  - key: orlo
    name: Orlo
    kind: org
    aliases: [Orlo Group, 奥洛集团]
    fiscal_year_end: "06-30"
    nouns: [kettle maker, Lyon-based group]
  - {key: orlo-cloud-group, name: Cloud Group, kind: org, parent: orlo}
  - {key: bramante, name: Bramante, kind: org, aliases: [Bramante Systems], nouns: [chipmaker]}
  - {key: hexa, name: Hexa, kind: org}
  - {key: mira-voss, name: Mira Voss, kind: person, aliases: [VOSS Mira], employer: orlo}
  - {key: tamarin, name: Tamarin, kind: product, maker: orlo, aliases: [Orlo Tamarin], not_near: [monkey, zoo]}
  - {key: quill-chip, name: Quill chip, kind: product, maker: bramante, aliases: [Quill chips, Quill]}
  - {key: expo-2026, name: Expo 2026, kind: event, start: 2026-03-03, end: 2026-03-06}
"""
NOW = datetime(2026, 9, 1, tzinfo=UTC)


@pytest.fixture(scope="session")
def watchlist() -> Watchlist:
    """Orlo, Bramante and Hexa, and what is theirs."""
    return parse_yaml(WATCHLIST, "watchlist.yaml", Watchlist)


@pytest.fixture(scope="session")
def catalogue(request: pytest.FixtureRequest) -> Catalogue:
    """The catalogue that is shipped."""
    return load_catalogue(request.getfixturevalue("seeds") / "catalogue.yaml")


@pytest.fixture(scope="session")
def extractor(watchlist: Watchlist, catalogue: Catalogue) -> Extractor:
    """An extractor over both."""
    return Extractor(watchlist, catalogue)


def article(text: str, published: date | None = date(2026, 8, 12)) -> Article:
    """A text as an article published on a Wednesday in August 2026, or undated."""
    return Article(
        id="a",
        revision=revision_id("a", text),
        url="file:a.txt",
        source="paper",
        publisher="paper",
        title="",
        text=text,
        language="en",
        published=None if published is None else datetime(published.year, published.month, published.day, tzinfo=UTC),
        published_on=published,
        seen_at=NOW,
    )


@pytest.fixture(scope="session")
def extract(extractor: Extractor) -> Callable[..., Extraction]:
    """`extract(text, published=…)` as the engine gives it."""

    def run(text: str, published: date | None = date(2026, 8, 12)) -> Extraction:
        return extractor.extract(article(text, published), now=NOW)

    return run


@pytest.fixture(scope="session")
def claims(extract: Callable[..., Extraction]) -> Callable[..., list[Claim]]:
    """`claims(text, predicate=…)`: the claims of a text, of one predicate if named."""

    def run(text: str, predicate: str | None = None, published: date | None = date(2026, 8, 12)) -> list[Claim]:
        return [claim for claim in extract(text, published).claims if predicate in {None, claim.predicate}]

    return run
