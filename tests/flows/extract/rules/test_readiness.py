"""Status, availability and price: how things stand, what is promised, and what is only talk."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Said = Callable[[str, str], set[str]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Talon T8 has entered mass production.", {"talon-t8 mass_production actual"}),
        ("Corvid has been building the Talon T8 in volume since March.", {"talon-t8 mass_production period=2026-03-01.. actual"}),
        ("Tallis said the Lumo GPU is sampling with two customers.", {"lumo-gpu sampling actual tallis"}),
        ("The Talon T8 was meant to ship in May; it has slipped.", {"talon-t8 delayed actual"}),
        ("The Fennel F2 has been scrapped altogether.", {"fennel-f2 cancelled actual"}),
        ("Tallis stopped making the Lumo CPU in April.", {"lumo-cpu cancelled period=2026-04-01..2026-04-30 actual"}),
        ("Orlo unveiled the Fennel F2. Units are already shipping to pilot customers.", {"fennel-f2 shipping actual"}),
        ("Tallis denied that the Lumo GPU was delayed.", {"lumo-gpu delayed denied tallis"}),
        ('Tallis is calm. "The Lumo GPU has not been delayed," a spokesperson said.', {"lumo-gpu delayed denied tallis"}),
        ("The Lumo GPU is reportedly delayed.", {"lumo-gpu delayed rumoured"}),
        (
            "The Talon T8 will enter volume production in July.",
            {"talon-t8 mass_production period=2025-07-01..2025-07-31 planned"},
        ),
    ],
)
def test_status(said: Said, text: str, expected: set[str]) -> None:
    found = said(text, "production_status")
    assert {claim.replace("2025-07", "2026-07") for claim in found} == {claim.replace("2025-07", "2026-07") for claim in expected}


@pytest.mark.parametrize(
    "text",
    [
        "Is the Lumo GPU delayed?",
        "The Lumo GPU may be delayed.",
        "If the Lumo GPU is delayed, customers will leave.",
        "The Lumo GPU has not entered mass production.",
        "Customers wait for the day before the Lumo GPU enters mass production.",
        "The Talon T8 ships with a charger.",
        "Deliveries of chocolate were delayed.",
    ],
)
def test_no_status_is_read_from_what_is_not_so(said: Said, text: str) -> None:
    assert said(text, "production_status") == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Talon T8 should be delivered to its buyers in the second half of 2026.",
            {"2026-07-01..2026-12-31 milestone=delivery planned"},
        ),
        ("The Talon T8 will be available in Japan from July 2026.", {"2026-07-01.. region=japan planned"}),
        ("The Talon T8 will be available in selected markets from June 15, 2026.", {"2026-06-15.. planned"}),
        ("The Talon T8 went on sale on April 1.", {"2026-04-01..2026-04-01 milestone=sale actual"}),
        (
            "Corvid expects to sell the Talon T8 in the fourth quarter of 2026.",
            {"2026-10-01..2026-12-31 milestone=sale planned corvid"},
        ),
        ("The Talon T8 has been pushed back to early 2027.", {"2027-01-01..2027-04-30 planned"}),
        (
            "Corvid makes the Talon T8, and customers get theirs in the second half of 2026.",
            {"2026-07-01..2026-12-31 milestone=delivery planned"},
        ),
        ("The Talon T8 arrives in November.", {"2026-11-01..2026-11-30 milestone=delivery planned"}),
        (
            "The Talon T8 will not be in customers' hands before the third quarter of 2027.",
            {"2027-07-01.. milestone=delivery planned"},
        ),
        ("The Talon T8 was due in March.", set()),
        ("Will the Talon T8 be available in June?", set()),
        ("Corvid shipped 5,000 Talon T8s in March.", set()),
    ],
)
def test_availability(said: Said, text: str, expected: set[str]) -> None:
    assert {claim.removeprefix("talon-t8 ") for claim in said(text, "availability")} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Talon T8 costs €3,500.", {"3500EUR actual"}),
        (
            "The Talon T8 will be available in Japan from July 2026, with prices starting at $1,699.",
            {">=1699USD region=japan actual"},
        ),
        ("The Talon T8 is new. In North America it will start at $1,549.", {">=1549USD region=north-america actual"}),
        ("Corvid sells the Talon T8 for $900.", {"900USD actual"}),
        ("The Talon T8 now costs $4,699, up from $3,999.", {"4699USD actual"}),
        ("The Talon T8 will reportedly cost $700.", {"700USD rumoured"}),
        ("The Talon T8 is $200 cheaper than the Talon T6.", set()),
        ("Corvid won an order for the Talon T8 worth $3 million.", set()),
        ("If Corvid were to price the Talon T8 at $999, it would sell.", set()),
        ("The average selling price of the Talon T8 rose to $812.", set()),
    ],
)
def test_price(said: Said, text: str, expected: set[str]) -> None:
    assert {claim.removeprefix("talon-t8 ") for claim in said(text, "price")} == expected
