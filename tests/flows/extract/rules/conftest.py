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
from storage.values import Duration, Modifier, Money, Percent, Period, Quantity, Ratio, Status, decimal_text

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
            id="a",
            revision="r",
            url="https://news.example/a",
            source="s",
            publisher="s",
            title="",
            text=LEAD + text,
            language="en",
            published=PUBLISHED,
            published_on=PUBLISHED.date(),
            seen_at=PUBLISHED,
        )
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


Said = Callable[[str, str], set[str]]
WARES = {
    "talon-t8": ("Talon T8", "corvid"),
    "talon-t6": ("Talon T6", "corvid"),
    "fennel-f2": ("Fennel F2", "orlo"),
    "lumo-cpu": ("Lumo CPU", "tallis"),
    "lumo-gpu": ("Lumo GPU", "tallis"),
    "weft-7": ("Weft 7", "tallis"),
    "gannet": ("Gannet R9", "orlo"),
    "brook": ("Brook", "orlo"),
}


@pytest.fixture(scope="session")
def wares() -> Extractor:
    """The rules with a watchlist of made-up products and who makes them."""
    entities = [Entity(key=name.lower(), name=name, kind=EntityKind.ORG) for name in COMPANIES]
    entities += [
        Entity(key=key, name=name, kind=EntityKind.PRODUCT, maker=maker, aliases=(f"{name}s",))
        for key, (name, maker) in WARES.items()
    ]
    catalogue = load_catalogue(Path(__file__).parents[4] / "seeds" / "catalogue.yaml")
    return Extractor(Watchlist(entities=tuple(entities)), catalogue)


@pytest.fixture
def said(wares: Extractor) -> Said:
    """What a text says of one predicate of products, one line a claim: subject, object, value, qualifiers, modality, speaker."""

    def saying(text: str, predicate: str) -> set[str]:
        article = Article(
            id="a",
            revision="r",
            url="https://news.example/a",
            source="s",
            publisher="s",
            title="",
            text=LEAD + text,
            language="en",
            published=PUBLISHED,
            published_on=PUBLISHED.date(),
            seen_at=PUBLISHED,
        )
        claims = wares.extract(article, now=PUBLISHED).claims
        for claim in claims:
            assert article.text[claim.evidence.start : claim.evidence.end] == claim.evidence.quote
        return {_whole(claim) for claim in claims if claim.predicate == predicate}

    return saying


def _whole(claim: Claim) -> str:
    qualifiers = " ".join(f"{name}={_short(value)}" for name, value in sorted(claim.qualifiers.items()))
    parts = [claim.subject, claim.object or "", _short(claim.value), qualifiers, str(claim.modality), claim.attributed_to or ""]
    return " ".join(part for part in parts if part)


def _short(value: object) -> str:
    """A value in a few signs: 14000w, <=14000w, 10week, 2026-07-01..2026-12-31."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, Status):
        return value.state
    if isinstance(value, Period):
        return f"{value.start or ''}..{value.end or ''}"
    if isinstance(value, Duration):
        return f"{'' if value.high is None else decimal_text(value.high)}{value.unit}"
    assert isinstance(value, Money | Percent | Quantity | Ratio)
    sign = {Modifier.UP_TO: "<=", Modifier.AT_LEAST: ">=", Modifier.OVER: ">", Modifier.ABOUT: "~"}.get(value.modifier, "")
    unit = (
        value.currency
        if isinstance(value, Money)
        else value.unit
        if isinstance(value, Quantity)
        else "%"
        if isinstance(value, Percent)
        else "x"
    )
    number = f"{value.low}-{value.high}" if value.number is None else decimal_text(value.number)
    return f"{sign}{number}{unit}"
