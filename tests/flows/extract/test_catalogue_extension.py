"""A predicate or a company is added by editing data alone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from flows.config.catalogue import Catalogue
from flows.config.documents import parse_yaml
from flows.config.watchlist import Watchlist
from flows.extract.engine import Extractor
from storage.model import Article, Claim
from storage.values import Money, Percent, Period

NOW = datetime(2026, 9, 1, tzinfo=UTC)

ADDED = """
  - key: backlog
    title: Backlog
    subject: [org]
    values: [money]
    slot: [period]
    triggers: [backlog, order book, order backlog]
  - key: operating_margin
    title: Operating margin
    subject: [org]
    values: [percent]
    slot: [period, segment]
    triggers: [operating margin]
  - key: capex
    title: Capital expenditure
    subject: [org]
    values: [money]
    slot: [period]
    triggers: [capital expenditure, capex]
vocabularies:
"""
PEOPLE = """
entities:
  - {key: zephyr-foods, name: Zephyr Foods, kind: org, fiscal_year_end: "09-30", aliases: [Zephyr]}
"""


@pytest.fixture(scope="module")
def extended(seeds: Path) -> Extractor:
    text = (seeds / "catalogue.yaml").read_text(encoding="utf-8").replace("\nvocabularies:\n", ADDED, 1)
    return Extractor(parse_yaml(PEOPLE, "watchlist.yaml", Watchlist), parse_yaml(text, "catalogue.yaml", Catalogue))


def claims(extractor: Extractor, text: str) -> list[Claim]:
    piece = Article(
        id="a", revision="r", url="file:a", source="s", publisher="s", title="", text=text, language="en", seen_at=NOW,
        published=datetime(2026, 8, 12, tzinfo=UTC), published_on=date(2026, 8, 12),
    )  # fmt: skip
    return list(extractor.extract(piece, now=NOW).claims)


@pytest.mark.parametrize(
    ("text", "predicate", "number"),
    [
        ("Zephyr's order book stood at $18 billion at the end of June.", "backlog", Decimal(18_000_000_000)),
        ("Zephyr said its backlog grew to $4.5 billion.", "backlog", Decimal(4_500_000_000)),
        ("The operating margin of Zephyr was 6.5% in the June quarter.", "operating_margin", Decimal("6.5")),
        ("Zephyr reported capital expenditure of €900 million for 2025.", "capex", Decimal(900_000_000)),
    ],
)
def test_a_figure_of_a_known_shape_needs_an_entry_only(extended: Extractor, text: str, predicate: str, number: Decimal) -> None:
    found = [claim for claim in claims(extended, text) if claim.predicate == predicate]
    assert [(claim.subject, claim.value.number) for claim in found if isinstance(claim.value, Money | Percent)] == [
        ("zephyr-foods", number)
    ]


def test_a_company_brings_its_own_calendar(extended: Extractor) -> None:
    found = [
        claim
        for claim in claims(extended, "Zephyr had revenue of $2 billion in the first half of fiscal 2026.")
        if claim.predicate == "revenue"
    ]
    assert [claim.qualifiers["period"] for claim in found] == [Period(start=date(2025, 10, 1), end=date(2026, 3, 31))]
