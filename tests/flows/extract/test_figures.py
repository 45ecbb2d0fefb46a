"""Figures of companies, read from sentences about companies that do not exist."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from storage.model import Claim, Modality
from storage.values import Modifier, Money, Percent, Period

Claims = Callable[..., list[Claim]]


def only(found: list[Claim]) -> Claim:
    assert len(found) == 1, [(claim.subject, claim.value, dict(claim.qualifiers)) for claim in found]
    return found[0]


def by_amount(found: list[Claim]) -> dict[Decimal | None, Claim]:
    return {claim.value.number: claim for claim in found if isinstance(claim.value, Money | Percent)}


def test_coordinated_figures_share_their_verb_and_their_period(claims: Claims) -> None:
    text = (
        "Orlo said revenue rose 18% to $39 billion and net profit 40% to $846 million in the first half of its fiscal year 2026."
    )
    half = Period(start=date(2025, 7, 1), end=date(2025, 12, 31))
    values = {claim.predicate: claim for claim in claims(text)}
    assert set(values) == {"revenue", "revenue_growth", "net_profit", "net_profit_growth"}
    assert all(claim.qualifiers["period"] == half and claim.attributed_to == "orlo" for claim in values.values())
    assert values["net_profit"].value == Money(
        number=Decimal(846_000_000), low=Decimal(845_500_000), high=Decimal(846_500_000), currency="USD"
    )
    growth = values["net_profit_growth"].value
    assert isinstance(growth, Percent)
    assert growth.number == 40


def test_an_amount_compared_with_takes_the_period_a_year_before(claims: Claims) -> None:
    found = by_amount(
        claims(
            "For the quarter ended June 30, Bramante posted sales of $6.2 billion, compared with $5.9 billion a year earlier.",
            "revenue",
        )
    )
    assert found[Decimal(6200000000)].qualifiers["period"] == Period(start=date(2026, 4, 1), end=date(2026, 6, 30))
    assert found[Decimal(5900000000)].qualifiers["period"] == Period(start=date(2025, 4, 1), end=date(2025, 6, 30))


def test_a_fall_is_negative_and_a_loss_too(claims: Claims) -> None:
    growth = only(claims("Bramante's revenue fell 12% in 2025.", "revenue_growth"))
    assert isinstance(growth.value, Percent)
    assert (growth.value.low, growth.value.number, growth.value.high) == (Decimal("-12.5"), Decimal(-12), Decimal("-11.5"))
    losses = by_amount(claims("Net loss at Bramante narrowed to €12 million from €40 million a year earlier.", "net_profit"))
    assert set(losses) == {Decimal(-12_000_000), Decimal(-40_000_000)}


def test_a_division_s_figure_is_its_company_s_with_the_segment(claims: Claims) -> None:
    found = only(claims("The Cloud Group earned revenue of $2.1 billion in the June quarter, Orlo said.", "revenue"))
    assert found.subject == "orlo"
    named = only(
        claims("Hexa's sales of automotive chips were flat. Sales at its automotive division fell 4% to $1.1 billion.", "revenue")
    )
    assert (named.subject, named.qualifiers["segment"]) == ("hexa", "automotive")


def test_guidance_is_planned_with_its_range(claims: Claims) -> None:
    found = only(claims("Orlo expects revenue of $46 billion, plus or minus 2%, in the current quarter.", "revenue"))
    assert found.modality is Modality.PLANNED
    assert found.value == Money(
        number=Decimal(46_000_000_000),
        low=Decimal(45_080_000_000),
        high=Decimal(46_920_000_000),
        currency="USD",
        modifier=Modifier.ABOUT,
    )
    assert found.qualifiers["period"] == Period(start=date(2026, 7, 1), end=date(2026, 9, 30))


def test_more_than_tripled_is_growth_of_over_200_percent(claims: Claims) -> None:
    found = only(claims("Bramante's sales more than tripled to $1.2 billion in 2025.", "revenue_growth"))
    assert isinstance(found.value, Percent)
    assert (found.value.number, found.value.modifier) == (200, Modifier.OVER)


@pytest.mark.parametrize(
    "text",
    [
        "Had Orlo sold the unit, revenue would have been $3 billion.",
        "If Orlo were to sell the unit, its revenue would fall to $3 billion.",
        "Will Orlo's revenue reach $5 billion in 2027?",
        "Analysts had expected Orlo to report revenue of $5 billion.",
        "Orlo did not report revenue of $5 billion.",
        "Orlo will book a charge of $200 million.",
        "The board of Orlo added $60 billion to its buyback.",
    ],
)
def test_what_is_not_so_is_no_figure(claims: Claims, text: str) -> None:
    assert [claim for claim in claims(text) if isinstance(claim.value, Money)] == []


def test_a_sentence_goes_on_about_the_figure_before(claims: Claims) -> None:
    text = "Hexa took in $4 billion in 2025. That was 25% more than the $3.2 billion it made in 2024."
    found = {(claim.predicate, claim.qualifiers["period"]): claim.value for claim in claims(text)}
    last_year = Period(start=date(2025, 1, 1), end=date(2025, 12, 31))
    assert set(found) == {
        ("revenue", last_year),
        ("revenue_growth", last_year),
        ("revenue", Period(start=date(2024, 1, 1), end=date(2024, 12, 31))),
    }


def test_shares_of_two_companies_keep_their_own_sign(claims: Claims) -> None:
    found = {
        claim.subject: claim
        for claim in claims("Orlo shares fell 3.2% on Tuesday, while those of Bramante gained 1.4%.", "share_price_change")
    }
    assert {key: claim.value.number for key, claim in found.items() if isinstance(claim.value, Percent)} == {
        "orlo": Decimal("-3.2"),
        "bramante": Decimal("1.4"),
    }
    assert found["bramante"].qualifiers["period"] == Period(start=date(2026, 8, 11), end=date(2026, 8, 11))


def test_a_conversion_in_brackets_is_a_qualifier(claims: Claims) -> None:
    found = only(claims("Hexa is worth HK$80 billion ($10.2 billion).", "market_cap"))
    assert isinstance(found.value, Money)
    assert found.value.currency == "HKD"
    assert isinstance(found.qualifiers["converted"], Money)
    assert found.qualifiers["converted"].currency == "USD"


def test_a_foreign_figure_in_the_same_sentence_is_not_the_subject_s(claims: Claims) -> None:
    found = claims(
        "Orlo, which competes with Hexa, had revenue of $2 billion last year; Hexa had revenue of $7 billion.", "revenue"
    )
    assert {(claim.subject, str(claim.value.number)) for claim in found if isinstance(claim.value, Money)} == {
        ("orlo", "2000000000"),
        ("hexa", "7000000000"),
    }
