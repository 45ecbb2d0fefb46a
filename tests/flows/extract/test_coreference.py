"""What "the company", "it", "she" and "both partners" mean."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from flows.config.watchlist import Watchlist
from flows.extract import coreference, sentences, unknown
from flows.extract.mentions import Gazetteer

Meant = Callable[[str], dict[str, str | tuple[str, ...]]]


@pytest.fixture(scope="module")
def meant(watchlist: Watchlist) -> Meant:
    gazetteer = Gazetteer(watchlist)

    def run(text: str) -> dict[str, str | tuple[str, ...]]:
        lines = sentences.split(text)
        known = gazetteer.find(text)
        named = sorted([*known, *unknown.find(text, lines, known)], key=lambda one: one.start)
        found = coreference.resolve(text, lines, named, gazetteer.entities)
        return {text[one.start : one.end]: one.members or one.key for one in found}

    return run


@pytest.mark.parametrize(
    ("text", "words", "key"),
    [
        ("Orlo grew. The company hired.", "The company", "orlo"),
        ("Orlo bought Hexa. The Lyon-based group hired.", "The Lyon-based group", "orlo"),
        ("Bramante met Orlo. The chipmaker hired.", "The chipmaker", "bramante"),
        ("Orlo grew. It hired.", "It", "orlo"),
        ("Orlo makes the Tamarin. It weighs two kilograms.", "It", "tamarin"),
        ("Anouk Verhaag, head of Hexa, left. She was tired.", "She", "anouk-verhaag"),
        ("Calder Foundry, the Welsh start-up, met Orlo. The start-up hired.", "The start-up", "calder-foundry"),
        ("Orlo has agreed to buy Hexa. Bramante had offered $2 billion for the company.", "the company", "hexa"),
        ("Orlo has agreed to buy Hexa. The buyer wants savings.", "The buyer", "orlo"),
        ("The machine, named Odile, stands in Lyon. The machine hums.", "The machine", "odile"),
    ],
)
def test_a_noun_or_pronoun_means_the_entity_a_reader_thinks_of(meant: Meant, text: str, words: str, key: str) -> None:
    assert meant(text)[words] == key


def test_two_companies_are_meant_together(meant: Meant) -> None:
    assert meant("Orlo and Hexa signed. The two companies will share a plant.")["The two companies"] == ("orlo", "hexa")
    assert meant("Orlo and Hexa said they would share a plant.")["they"] == ("orlo", "hexa")


def test_a_division_speaks_for_its_company(meant: Meant) -> None:
    assert meant("The Cloud Group grew fast. The company hired.")["The company"] == "orlo"


def test_an_object_is_not_the_subject_of_its_own_clause(meant: Meant) -> None:
    assert meant("Hexa fell. Bramante bought the company.").get("the company") == "hexa"


def test_nothing_is_made_of_an_it_that_stands_for_nothing(meant: Meant) -> None:
    assert "It" not in meant("Orlo grew. It is likely that rates fall.")
