"""Names: those the watchlist knows, and those found by form."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from flows.config.watchlist import Watchlist
from flows.extract import sentences, unknown
from flows.extract.mentions import Gazetteer
from flows.extract.naming import company_slug, slug

Names = Callable[[str], list[tuple[str, str, str]]]


@pytest.fixture(scope="module")
def names(watchlist: Watchlist) -> Names:
    gazetteer = Gazetteer(watchlist)

    def run(text: str) -> list[tuple[str, str, str]]:
        known = gazetteer.find(text)
        found = [*known, *unknown.find(text, sentences.split(text), known)]
        return [(text[one.start : one.end], one.key, one.kind) for one in sorted(found, key=lambda one: one.start)]

    return run


def test_aliases_are_whole_words_in_the_letters_that_matter(names: Names) -> None:
    assert names("Orlo Group met Orlos and an orlo.") == [("Orlo Group", "orlo", "org")]
    assert names("今天奥洛集团发布了新品") == [("奥洛集团", "orlo", "org")]


def test_a_product_s_name_goes_on_through_its_model(names: Names) -> None:
    assert names("The Tamarin X15 Gen 3 replaces the Tamarin in 2026.") == [
        ("Tamarin X15 Gen 3", "tamarin-x15-gen-3", "product"),
        ("Tamarin", "tamarin", "product"),
    ]


def test_a_homonym_is_dropped_by_the_company_it_keeps(names: Names) -> None:
    assert names("The Tamarin escaped from the zoo.") == []


@pytest.mark.parametrize(
    ("text", "key", "kind"),
    [
        ("Calder Foundry, the Welsh chip start-up, has raised money.", "calder-foundry", "org"),
        ("Figures from Nordlight Research show a fall.", "nordlight-research", "org"),
        ("Orlo completed its takeover of Pellworm last week.", "pellworm", "org"),
        ("The rail operator Brünnhald bought four.", "brunnhald", "org"),
        ("Chief executive Anouk Verhaag said so.", "anouk-verhaag", "person"),
        ("Anouk Verhaag, head of sales at Orlo, said so.", "anouk-verhaag", "person"),
        ("The finance chief, Pieter van der Laan, has left.", "pieter-van-der-laan", "person"),
        ("The cluster, named Odile, runs.", "odile", "product"),
        ("Orlo opened a plant in Kesselbrück, in Saxony.", "kesselbruck", "place"),
        ("Orlo showed the Vantage QX900 laptop.", "vantage-qx900", "product"),
    ],
)
def test_names_no_list_knows_are_told_by_what_stands_around_them(names: Names, text: str, key: str, kind: str) -> None:
    assert (key, kind) in {(found, what) for _, found, what in names(text)}


def test_short_forms_take_the_key_of_the_long_name(names: Names) -> None:
    text = "Calder Foundry, the Welsh start-up, grows. Chief executive Anouk Verhaag is pleased. Calder hires; Verhaag smiles."
    assert [found for _, found, _ in names(text)] == ["calder-foundry", "anouk-verhaag", "calder-foundry", "anouk-verhaag"]


def test_a_word_with_a_capital_is_no_name_because_it_comes_first(names: Names) -> None:
    assert names("Revenue rose. However, margins fell. On Tuesday, nobody cared.") == []


@pytest.mark.parametrize(
    ("name", "key"),
    [("Halden Systems", "halden-systems"), ("Orlo Group Inc.", "orlo"), ("Norrsken Tåg", "norrsken-tag"), ("Üllő", "ullo")],
)
def test_slugs(name: str, key: str) -> None:
    assert company_slug(name) == key
    assert slug(slug(name)) == slug(name)
