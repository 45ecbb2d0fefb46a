"""Shares, ranks, staff, jobs, shipments and targets of companies that do not exist."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from storage.model import Claim, Modality
from storage.values import Money, Percent, Period, Quantity, Ratio

Claims = Callable[..., list[Claim]]
QUARTER = Period(start=date(2026, 4, 1), end=date(2026, 6, 30))


def numbers(found: list[Claim]) -> dict[str, Decimal | None]:
    return {claim.subject: claim.value.number for claim in found if isinstance(claim.value, Percent | Quantity | Money | Ratio)}


def test_one_sentence_gives_every_company_its_share(claims: Claims) -> None:
    found = claims(
        "Orlo led the market for tablets in the second quarter of 2026 with 31%, followed by Bramante with 20% and Hexa with 9%.",
        "market_share",
    )
    assert numbers(found) == {"orlo": Decimal(31), "bramante": Decimal(20), "hexa": Decimal(9)}
    assert all(claim.qualifiers["market"] == "tablets" and claim.qualifiers["period"] == QUARTER for claim in found)


def test_the_market_is_carried_to_the_sentences_that_go_on_about_it(claims: Claims) -> None:
    text = (
        "Orlo's share of the server market grew to 12% from 10% in the second quarter of 2026. Bramante came third; "
        "it held just over 8%, having had 6% a year ago."
    )
    found = {
        (claim.subject, str(claim.value.number)): claim
        for claim in claims(text, "market_share")
        if isinstance(claim.value, Percent)
    }
    assert set(found) == {("orlo", "12"), ("orlo", "10"), ("bramante", "8"), ("bramante", "6")}
    assert found["orlo", "10"].qualifiers["period"] == Period(start=date(2025, 4, 1), end=date(2025, 6, 30))
    assert numbers(claims(text, "market_rank")) == {"bramante": Decimal(3)}


def test_a_table_is_read_by_its_heading(claims: Claims) -> None:
    text = (
        "Makers shipped 60 million tablets in the second quarter of 2026, figures from Nordlight Research show.\n\n"
        "Tablets: the top three (2Q26, million units, share)\n1. Orlo 12.5 20.8%\n2. Bramante 9.1 15.2%\n3. Hexa 4.0 "
        "6.7%\nOthers 34.4 57.3%\n"
    )
    shipped = claims(text, "shipments")
    assert numbers(shipped) == {"orlo": Decimal(12_500_000), "bramante": Decimal(9_100_000), "hexa": Decimal(4_000_000)}
    assert numbers(claims(text, "market_rank")) == {"orlo": Decimal(1), "bramante": Decimal(2), "hexa": Decimal(3)}
    assert {claim.subject for claim in claims(text, "market_share")} == {"orlo", "bramante", "hexa"}


def test_a_market_no_vocabulary_lists_is_named_by_its_words(claims: Claims) -> None:
    text = "Orlo is the third-largest kettle maker in Europe, with a market share of 12%, according to Nordlight Research."
    rank, share = claims(text, "market_rank")[0], claims(text, "market_share")[0]
    assert (rank.qualifiers["market"], rank.qualifiers["region"]) == ("kettle", "europe")
    assert share.attributed_to == "nordlight-research"


def test_a_rank_in_a_list_is_no_market_rank(claims: Claims) -> None:
    assert claims("Orlo ranked 45th in the Fortune Global 500.", "market_rank") == []


def test_a_part_of_revenue_has_its_category_and_segment(claims: Claims) -> None:
    found = claims(
        "AI-related devices made up 36% of sales at its Cloud Group, compared with 27% a year ago, Orlo said.", "revenue_share"
    )
    assert {str(claim.value.number) for claim in found if isinstance(claim.value, Percent)} == {"36", "27"}
    assert {(claim.subject, claim.qualifiers["category"], claim.qualifiers["segment"]) for claim in found} == {
        ("orlo", "ai-related-devices", "cloud-group")
    }


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Hexa employs 1,250 people.", 1250),
        ("Hexa, which has some 4,000 employees, moved.", 4000),
        ("Hexa's headcount fell to 97,000 in May.", 97000),
        ("Hexa moved to Lyon. The workforce, now 210 strong, followed.", 210),
    ],
)
def test_staff(claims: Claims, text: str, number: int) -> None:
    assert numbers(claims(text, "headcount")) == {"hexa": Decimal(number)}


@pytest.mark.parametrize(
    "text",
    [
        "Hexa told 300 people about it.",
        "Hexa will hire 500 more employees.",
        "Hexa sold to 12,000 customers.",
        "Three people at Hexa said so.",
    ],
)
def test_people_who_are_no_staff(claims: Claims, text: str) -> None:
    assert claims(text, "headcount") == []


def test_jobs_cut(claims: Claims) -> None:
    planned = claims("Orlo is to cut about 1,900 jobs in Germany by March 2027.", "jobs_cut")
    assert [(claim.subject, claim.modality, claim.qualifiers["region"]) for claim in planned] == [
        ("orlo", Modality.PLANNED, "germany")
    ]
    let_go = claims("Bramante had already let 350 people go in June.", "jobs_cut")
    assert numbers(let_go) == {"bramante": Decimal(350)}
    assert claims("Orlo is not cutting 400 jobs.", "jobs_cut") == []
    assert claims("Orlo cut 400 jobs in May.", "headcount") == []


def test_shipments_with_a_comparison(claims: Claims) -> None:
    found = claims(
        "Orlo shipped 16.4 million tablets in the second quarter of 2026, against 15.2 million in the second quarter of 2025.",
        "shipments",
    )
    assert {
        (int(claim.value.number or 0), claim.qualifiers["period"]) for claim in found if isinstance(claim.value, Quantity)
    } == {
        (16_400_000, QUARTER),
        (15_200_000, Period(start=date(2025, 4, 1), end=date(2025, 6, 30))),
    }


@pytest.mark.parametrize(
    ("text", "measure", "end"),
    [
        ("Hexa wants to double its sales by 2030.", "sales", date(2030, 12, 31)),
        ("Hexa aims to bring its operating costs down by $300 million by March 2028.", "operating costs", date(2028, 3, 31)),
        ("Hexa's goal is to reach an operating margin of 6 percent by the end of 2029.", "operating margin", date(2029, 12, 31)),
    ],
)
def test_targets(claims: Claims, text: str, measure: str, end: date) -> None:
    found = claims(text, "target")
    assert [(claim.subject, claim.qualifiers["measure"], claim.modality) for claim in found] == [
        ("hexa", measure, Modality.TARGETED)
    ]
    by = found[0].qualifiers["by"]
    assert isinstance(by, Period)
    assert by.end == end
