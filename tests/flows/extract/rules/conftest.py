"""An extractor over companies nobody has heard of, and a way to read one sentence with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from flows.config.catalogue import load_catalogue
from flows.config.watchlist import Entity, EntityKind, Watchlist
from flows.extract.engine import Extractor
from storage.model import Article, Claim
from storage.values import Money, Period, Status

COMPANIES = """
    Assemblo Brenta Brevo Corvid Felsway Grenna Hikaro Hollin Kilnwork Marlin Netwick Ondor Orlo Pomara Rackley Sarn Sibylla
    Stellmar Tallis Zenko""".split()
PUBLISHED = datetime(2026, 5, 6, 12, tzinfo=UTC)  # a Wednesday
LEAD = "Tech news this week about chips, servers and software companies.\n\n"
Read = Callable[[str, frozenset[str]], set[str]]


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """The rules with the project's catalogue and a watchlist of made-up names."""
    entities = [Entity(key=name.lower(), name=name, kind=EntityKind.ORG) for name in COMPANIES]
    entities.append(Entity(key="ridgeline", name="Ridgeline", kind=EntityKind.PRODUCT, maker="tallis"))
    fair = Entity(key="fairnet-2026", name="Fairnet 2026", kind=EntityKind.EVENT, start=date(2026, 1, 6), end=date(2026, 1, 9))
    catalogue = load_catalogue(Path(__file__).parents[4] / "seeds" / "catalogue.yaml")
    return Extractor(Watchlist(entities=(*entities, fair)), catalogue)


@pytest.fixture
def read(extractor: Extractor) -> Read:
    """What a sentence says of some predicates, one line a claim: subject, predicate, object, value, modality, speaker."""

    def reading(text: str, predicates: frozenset[str]) -> set[str]:
        article = Article(
            id="a", revision="r", url="https://news.example/a", source="s", publisher="s", title="",
            text=LEAD + text, language="en",
            published=PUBLISHED, published_on=PUBLISHED.date(), seen_at=PUBLISHED,
        )  # fmt: skip
        claims = extractor.extract(article, now=PUBLISHED).claims
        for claim in claims:
            assert article.text[claim.evidence.start : claim.evidence.end] == claim.evidence.quote
        return {_line(claim) for claim in claims if claim.predicate in predicates}

    return reading


def _line(claim: Claim) -> str:
    value = "-"
    if isinstance(claim.value, Status):
        value = claim.value.state
    elif isinstance(claim.value, Money):
        value = format(claim.value.number, "f").split(".")[0] if claim.value.number is not None else "?"
    elif isinstance(claim.value, Period):
        value = str(claim.value.start)
    return f"{claim.subject} {claim.predicate} {claim.object or '-'} {value} {claim.modality} {claim.attributed_to or '-'}"
