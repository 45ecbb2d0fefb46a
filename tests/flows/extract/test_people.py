"""Roles and statements of people who do not exist."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from storage.model import Claim, Modality
from storage.values import Period, Text

Claims = Callable[..., list[Claim]]


def told(found: list[Claim]) -> list[tuple[str, str | None, str]]:
    return [(claim.subject, claim.object, claim.value.text) for claim in found if isinstance(claim.value, Text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Orlo chairman and CEO Mira Voss spoke.", ("mira-voss", "orlo", "chairman and CEO")),
        ("Orlo grew. Chief executive Mira Voss spoke.", ("mira-voss", "orlo", "Chief executive")),
        ("Anouk Verhaag, finance director of Hexa, spoke.", ("anouk-verhaag", "hexa", "finance director")),
        ("Hexa's chairman, Erik Lunde, spoke.", ("erik-lunde", "hexa", "chairman")),
        ("Ida Brandt, head of sales at Bramante, spoke.", ("ida-brandt", "bramante", "head of sales")),
        ("Orlo named Jane Kelso chief financial officer on Monday.", ("jane-kelso", "orlo", "chief financial officer")),
        ("Jane Kelso has been appointed chief technology officer of Hexa.", ("jane-kelso", "hexa", "chief technology officer")),
    ],
)
def test_roles(claims: Claims, text: str, expected: tuple[str, str, str]) -> None:
    assert told(claims(text, "role")) == [expected]


def test_a_division_head_belongs_to_the_company(claims: Claims) -> None:
    found = claims("Ida Brandt, president of the Cloud Group, spoke.", "role")
    assert [(claim.object, claim.qualifiers["unit"]) for claim in found] == [("orlo", "Cloud Group")]


def test_a_successor_begins_when_the_other_ends(claims: Claims) -> None:
    text = (
        "Ida Brandt, president of the Cloud Group, will hand over on 1 October to Jane Kelso, now chief operating "
        "officer of Hexa."
    )
    found = {(claim.subject, claim.object): claim for claim in claims(text, "role")}
    day = Period(start=date(2026, 10, 1), end=date(2026, 10, 1))
    assert found["ida-brandt", "orlo"].qualifiers["until"] == day
    assert (found["jane-kelso", "orlo"].modality, found["jane-kelso", "orlo"].qualifiers["from"]) == (Modality.PLANNED, day)
    assert found["jane-kelso", "hexa"].modality is Modality.ACTUAL


@pytest.mark.parametrize(
    "text", ["Anouk Verhaag, formerly finance director of Hexa, spoke.", "Anouk Verhaag, who used to be chairman of Hexa, spoke."]
)
def test_a_past_role_is_none(claims: Claims, text: str) -> None:
    assert claims(text, "role") == []


def test_the_halves_of_a_quotation_are_one_statement(claims: Claims) -> None:
    text = '"We looked at six," chief executive Mira Voss said, "and only one came with a date."'
    found = claims(text, "statement")
    assert [(claim.subject, claim.value) for claim in found] == [
        ("mira-voss", Text(text="We looked at six, and only one came with a date."))
    ]
    assert found[0].evidence.quote == text
    assert found[0].attributed_to is None


def test_a_quotation_goes_on_after_its_sentence(claims: Claims) -> None:
    text = "“It is done,” said Ida Brandt, head of sales at Hexa. “Nobody believed it.”"
    assert [claim.value for claim in claims(text, "statement")] == [Text(text="It is done. Nobody believed it.")]


def test_a_spokesperson_speaks_for_the_company(claims: Claims) -> None:
    assert [claim.subject for claim in claims('"There are no such talks," a Bramante spokeswoman said.', "statement")] == [
        "bramante"
    ]
    assert [
        claim.subject for claim in claims('Hexa denies it. "It has not been delayed," a spokesperson told us.', "statement")
    ] == ["hexa"]


@pytest.mark.parametrize(
    "text",
    [
        'Ida Brandt, head of sales at Hexa, called it "a good year".',
        'Orlo calls this "time to first cup".',
        'Ida Brandt said the plan had come "without a minute of thought".',
        "“Agentic AI” (AI that acts) is a term.",
    ],
)
def test_fragments_and_terms_are_no_statements(claims: Claims, text: str) -> None:
    assert claims(text, "statement") == []


def test_an_interview_s_answers_are_the_company_s_words(claims: Claims) -> None:
    text = (
        "Ida Brandt became president of the Cloud Group in January.\n\nThe Gazette: Is your business growing, Ms Brandt?\n\n"
        "Brandt: Yes. Our revenue grew by 34 percent in 2025. We have 9,400 people.\n"
    )
    growth = claims(text, "revenue_growth")[0]
    assert (growth.subject, growth.qualifiers["segment"], growth.attributed_to) == ("orlo", "Cloud Group", "ida-brandt")
    assert claims(text, "headcount")[0].subject == "orlo"
