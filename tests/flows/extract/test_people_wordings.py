"""One thing said in many ways: posts, quotations and aims of people and companies that do not exist."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from storage.model import Claim
from storage.values import Period, Text

Claims = Callable[..., list[Claim]]
Role = tuple[str, str | None, str, str]


def roles_of(found: list[Claim]) -> set[Role]:
    """Who, where, as what, how surely; titles without regard to capitals."""
    return {
        (claim.subject, claim.object, claim.value.text.lower(), claim.modality.value)
        for claim in found
        if isinstance(claim.value, Text)
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # beside the name
        (
            "Jane Kelso, Hexa's vice president for client marketing in Asia, laughed.",
            {("jane-kelso", "hexa", "vice president for client marketing in asia", "actual")},
        ),
        (
            "Jane Kelso, Hexa’s chief executive, will leave when the deal closes.",
            {("jane-kelso", "hexa", "chief executive", "actual")},
        ),
        (
            "\"It works,\" said Erik Lunde's deputy, Jane Kelso, Hexa's president.",
            {("jane-kelso", "hexa", "president", "actual")},
        ),
        ("Jane Kelso, general manager of Hexa, cut the ribbon.", {("jane-kelso", "hexa", "general manager", "actual")}),
        (
            "Jane Kelso, the works council chairman at Hexa, objected.",
            {("jane-kelso", "hexa", "works council chairman", "actual")},
        ),
        ("Hexa's works council chairman, Udo Brandt, objected.", {("udo-brandt", "hexa", "works council chairman", "actual")}),
        (
            "Jane Kelso, country manager for Poland at Hexa, spoke.",
            {("jane-kelso", "hexa", "country manager for poland", "actual")},
        ),
        ("Jane Kelso, a partner at Lindqvist Capital, spoke.", {("jane-kelso", "lindqvist-capital", "partner", "actual")}),
        ("Jane Kelso, co-founder of Hexa, spoke.", {("jane-kelso", "hexa", "co-founder", "actual")}),
        ("Jane Kelso, head of procurement at Hexa, spoke.", {("jane-kelso", "hexa", "head of procurement", "actual")}),
        ("Jane Kelso, Hexa's head of procurement, spoke.", {("jane-kelso", "hexa", "head of procurement", "actual")}),
        (
            "Jane Kelso, an analyst at Lindqvist Securities, disagreed.",
            {("jane-kelso", "lindqvist-securities", "analyst", "actual")},
        ),
        (
            "Jane Kelso, professor of law at Oulu University, disagreed.",
            {("jane-kelso", "oulu-university", "professor of law", "actual")},
        ),
        ("Jane Kelso, director of sales at Hexa, spoke.", {("jane-kelso", "hexa", "director of sales", "actual")}),
        ("Hexa spokesman Udo Brandt said nothing.", {("udo-brandt", "hexa", "spokesman", "actual")}),
        ("Hexa's spokeswoman, Ida Brandt, said nothing.", {("ida-brandt", "hexa", "spokeswoman", "actual")}),
        (
            '"Fine," said Ida Brandt, General Manager, Notebooks, Hexa Inc.',
            {("ida-brandt", "hexa", "general manager", "actual")},
        ),
        # a post in a clause of its own
        (
            "Jane Kelso has been vice president for public business at Hexa since May.",
            {("jane-kelso", "hexa", "vice president for public business", "actual")},
        ),
        ("Jane Kelso, 48, has been finance director at Hexa since May.", {("jane-kelso", "hexa", "finance director", "actual")}),
        ("Jane Kelso is chief executive of Hexa.", {("jane-kelso", "hexa", "chief executive", "actual")}),
        ("Jane Kelso is the chief scientist at Hexa.", {("jane-kelso", "hexa", "chief scientist", "actual")}),
        ("Jane Kelso remains chairman of Hexa.", {("jane-kelso", "hexa", "chairman", "actual")}),
        ("Jane Kelso, who is still chief executive of Hexa, spoke.", {("jane-kelso", "hexa", "chief executive", "actual")}),
        ("Jane Kelso has run Hexa as chief executive since 2019.", {("jane-kelso", "hexa", "chief executive", "actual")}),
        # beginnings
        (
            "Jane Kelso takes over as chief financial officer of Hexa on 1 October.",
            {("jane-kelso", "hexa", "chief financial officer", "planned")},
        ),
        ("Jane Kelso joins Hexa as head of design on 1 October.", {("jane-kelso", "hexa", "head of design", "planned")}),
        ("Jane Kelso was named chief executive of Hexa.", {("jane-kelso", "hexa", "chief executive", "actual")}),
        ("Jane Kelso becomes chief executive of Hexa on 1 October.", {("jane-kelso", "hexa", "chief executive", "planned")}),
        ("Jane Kelso will become Hexa's chief executive on 1 October.", {("jane-kelso", "hexa", "chief executive", "planned")}),
        ("Hexa has hired Jane Kelso as general counsel.", {("jane-kelso", "hexa", "general counsel", "actual")}),
        (
            "Hexa appointed Jane Kelso as its chief information officer.",
            {("jane-kelso", "hexa", "chief information officer", "actual")},
        ),
        # endings
        (
            "Hexa's chief executive, Jane Kelso, steps down on 30 September.",
            {("jane-kelso", "hexa", "chief executive", "actual")},
        ),
        ("Jane Kelso steps down as chairman of Hexa on 30 September.", {("jane-kelso", "hexa", "chairman", "actual")}),
        (
            "Jane Kelso will retire as chief executive of Hexa on 30 September.",
            {("jane-kelso", "hexa", "chief executive", "actual")},
        ),
        # successions told over sentences
        (
            "Hexa said its chief executive, Erik Lunde, is leaving. Jane Kelso succeeds Lunde on 1 October.",
            {("erik-lunde", "hexa", "chief executive", "actual"), ("jane-kelso", "hexa", "chief executive", "planned")},
        ),
        (
            "Erik Lunde, finance director of Hexa, is retiring. He will be succeeded by Jane Kelso on 1 October.",
            {("erik-lunde", "hexa", "finance director", "actual"), ("jane-kelso", "hexa", "finance director", "planned")},
        ),
        ("Hexa's long-serving chief executive Jane Kelso spoke.", {("jane-kelso", "hexa", "chief executive", "actual")}),
        ("The chief executive of Hexa, Jane Kelso, spoke.", {("jane-kelso", "hexa", "chief executive", "actual")}),
        (
            "Erik Lunde, a Lindqvist Capital analyst, doubts it.",
            {("erik-lunde", "lindqvist-capital", "analyst", "actual")},
        ),
        ("Hexa promoted Jane Kelso to chief operating officer.", {("jane-kelso", "hexa", "chief operating officer", "actual")}),
        (
            "Jane Kelso will replace Erik Lunde as chief executive of Hexa on 1 October.",
            {("jane-kelso", "hexa", "chief executive", "planned")},
        ),
        # no claims of today
        ("Jane Kelso, Bramante's former chief executive, spoke.", set()),
        ("Jane Kelso is leaving Hexa, where she was head of sales.", set()),
        ("Jane Kelso, a former chairman of Hexa, spoke.", set()),
        ("Jane Kelso was chief executive of Hexa until 2019.", set()),
        ("Jane Kelso, once head of sales at Hexa, spoke.", set()),
        ("Before that Jane Kelso was finance director at Hexa.", set()),
        ("Jane Kelso had been chief executive of Hexa for nine years.", set()),
        ("Jane Kelso could become chief executive of Hexa.", set()),
        ("Jane Kelso is not chief executive of Hexa.", set()),
        ("Will Jane Kelso become chief executive of Hexa?", set()),
    ],
)
def test_posts(claims: Claims, text: str, expected: set[Role]) -> None:
    assert roles_of(claims(text, "role")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "“We waited ten years,” said Erik Lunde's deputy, Jane Kelso, Hexa's president. “It was time.”",
            {("jane-kelso", "We waited ten years. It was time.")},
        ),
        (
            '"We fixed it because you shouted at us," product manager Jane Kelso told me in Berlin, without a smile.',
            {("jane-kelso", "We fixed it because you shouted at us")},
        ),
        (
            'Jane Kelso, head of sales at Hexa, got up. "Freedom," says Kelso as she leaves, "is a beautiful word for a bill."',
            {("jane-kelso", "Freedom is a beautiful word for a bill.")},
        ),
        ('Hexa\'s chief executive, Jane Kelso, spoke in Turin. "We are late," she said.', {("jane-kelso", "We are late")}),
        ('Jane Kelso, head of sales at Hexa, was blunt. "Nobody needs it," she added.', {("jane-kelso", "Nobody needs it")}),
        ('Hexa disagrees. "The chip is not delayed," a spokeswoman wrote to us.', {("hexa", "The chip is not delayed")}),
        (
            'A report in The Courier says Bramante is late. Hexa disagrees. "It is not late," a spokesman said.',
            {("hexa", "It is not late")},
        ),
        ('"The list is a fake," said a spokesman for Hexa.', {("hexa", "The list is a fake")}),
        ('"The list is a fake," said Hexa spokesman Udo Brandt.', {("udo-brandt", "The list is a fake")}),
        ('"The list is a fake", Hexa said in a statement.', {("hexa", "The list is a fake")}),
        ("« Nous wins », no. «We ship in June», said Jane Kelso, head of sales at Hexa.", {("jane-kelso", "We ship in June")}),
        ("„We ship in June“, said Jane Kelso, head of sales at Hexa.", {("jane-kelso", "We ship in June")}),
        ("‘We ship in June,’ said Jane Kelso, head of sales at Hexa.", {("jane-kelso", "We ship in June")}),
        ('Jane Kelso, head of sales at Hexa, said: "We ship in June."', {("jane-kelso", "We ship in June.")}),
        ('In the words of Jane Kelso, head of sales at Hexa: "We ship in June."', {("jane-kelso", "We ship in June.")}),
        ('"We ship in June," according to Jane Kelso, head of sales at Hexa.', {("jane-kelso", "We ship in June")}),
        ("Hexa called the Orlo Tamarin “proof that thin is no compromise”.", set()),
        ("Hexa said it had “never considered a bid for Orlo”.", set()),
        ('The so-called "Green Wave" programme of Hexa has begun, said Jane Kelso.', set()),
        (
            '"We looked," said Jane Kelso, head of sales at Hexa. "We found nothing. We left."',
            {("jane-kelso", "We looked. We found nothing. We left.")},
        ),
    ],
)
def test_quotations(claims: Claims, text: str, expected: set[tuple[str, str]]) -> None:
    found = {(claim.subject, claim.value.text) for claim in claims(text, "statement") if isinstance(claim.value, Text)}
    assert found == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Hexa hopes for $110 million of yearly cost savings by the end of 2028.",
            {("hexa", "cost savings", "2028-12-31", None)},
        ),
        ("The merger should save Hexa $110 million a year by 2028.", {("hexa", "cost savings", "2028-12-31", None)}),
        ("Hexa wants to sell 3 million kettles by 2028.", {("hexa", "kettles", "2028-12-31", None)}),
        ("By 2030 Hexa wants a market share of 10% in Europe.", {("hexa", "market share", "2030-12-31", None)}),
        ("Hexa would like a tenth of the European market by 2030.", {("hexa", "european market share", "2030-12-31", None)}),
        ("Hexa has set itself a mark of $5 billion in sales by 2028.", {("hexa", "sales", "2028-12-31", None)}),
        ("Our goal, says Hexa, is revenue of $5 billion by 2028.", {("hexa", "revenue", "2028-12-31", "hexa")}),
        (
            "Jane Kelso, head of sales at Hexa, said that Hexa aims to double revenue by 2028.",
            {("hexa", "revenue", "2028-12-31", "jane-kelso")},
        ),
        ("The plan is for revenue to reach $5 billion by 2028, Hexa said.", {("hexa", "revenue", "2028-12-31", "hexa")}),
        ("Hexa's goal is thirty repair shops in Europe by the end of 2030.", {("hexa", "repair shops", "2030-12-31", None)}),
        ("Hexa intends to cut emissions by 40% by 2030.", {("hexa", "emissions", "2030-12-31", None)}),
        ("Hexa has no target for revenue in 2028.", set()),
        ("The new kettle should save customers of Hexa $110 million a year by 2028.", set()),
        ("If it grew, Hexa would aim for $5 billion of revenue by 2028.", set()),
    ],
)
def test_aims(claims: Claims, text: str, expected: set[tuple[str, str, str | None, str | None]]) -> None:
    found = set()
    for claim in claims(text, "target"):
        by = claim.qualifiers.get("by")
        deadline = str(by.end) if isinstance(by, Period) else None
        found.add((claim.subject, str(claim.qualifiers["measure"]), deadline, claim.attributed_to))
    assert found == expected
