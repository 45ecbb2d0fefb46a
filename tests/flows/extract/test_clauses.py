"""Clauses: subjects across appositions, relative clauses and coordination; what is only supposed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from flows.config.watchlist import Watchlist
from flows.extract import sentences, unknown
from flows.extract.clauses import Parsed, parse
from flows.extract.mentions import Gazetteer
from flows.extract.scope import scope_of
from flows.extract.tokens import tokenise
from storage.model import Modality

Parse = Callable[[str], Parsed]


@pytest.fixture(scope="module")
def parsed(watchlist: Watchlist) -> Parse:
    gazetteer = Gazetteer(watchlist)

    def run(text: str) -> Parsed:
        lines = sentences.split(text)
        known = gazetteer.find(text)
        return parse(tokenise(text, lines[0], [*known, *unknown.find(text, lines, known)]))

    return run


def doing(parsed: Parsed) -> list[tuple[tuple[str, ...], str]]:
    """Who does what, clause by clause."""
    line = parsed.line
    return [
        (tuple(line.mention(line.tokens[index]).key for index in clause.subject), clause.group.lemma) for clause in parsed.clauses
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Orlo, the kettle maker, has signed a deal and will buy a plant.", [(("orlo",), "sign"), (("orlo",), "buy")]),
        ("Orlo, which makes kettles, will sell a plant.", [(("orlo",), "make"), (("orlo",), "sell")]),
        ("Orlo and Hexa have merged.", [(("orlo", "hexa"), "merge")]),
        ("Orlo said on Monday that Hexa had delayed the Tamarin.", [(("orlo",), "say"), (("hexa",), "delay")]),
        ("The Welsh rival Bramante was founded in 1990.", [(("bramante",), "found")]),
        ("Founded in 1990, Bramante employs many.", [(("bramante",), "found"), (("bramante",), "employ")]),
        ("Orlo wants Hexa to close the plant.", [(("orlo",), "want"), (("hexa",), "close")]),
        ("Both Orlo and Hexa, at least for now, have agreed to cooperate.", [(("orlo", "hexa"), "cooperate")]),
    ],
)
def test_every_verb_has_its_subject(parsed: Parse, text: str, expected: list[tuple[tuple[str, ...], str]]) -> None:
    assert doing(parsed(text)) == expected


def test_a_chain_of_verbs_is_one(parsed: Parse) -> None:
    clause = parsed("Orlo is said to be preparing a bid.").clauses[0]
    assert (clause.group.chain, clause.group.lemma) == (("said",), "prepare")


def test_nouns_that_look_like_verbs_are_none(parsed: Parse) -> None:
    assert doing(parsed("Operating profit and net sales at the shares desk rose.")) == [((), "rise")]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Orlo bought Hexa.", Modality.ACTUAL),
        ("Orlo will buy Hexa.", Modality.PLANNED),
        ("Orlo is to close a plant.", Modality.PLANNED),
        ("Orlo plans to close a plant.", Modality.PLANNED),
        ("Orlo aims to double sales.", Modality.TARGETED),
        ("Orlo is rumoured to have bought Hexa.", Modality.RUMOURED),
        ("Orlo is considering buying Hexa.", Modality.RUMOURED),
        ("Orlo has bought Hexa, according to two people familiar with the matter.", Modality.RUMOURED),
        ("If Orlo bought Hexa, it would pay.", None),
        ("Should Orlo buy Hexa, prices rise.", None),
        ("Has Orlo bought Hexa?", None),
        ("Orlo might buy Hexa.", None),
    ],
)
def test_how_surely_a_thing_is_said(parsed: Parse, text: str, modality: Modality | None) -> None:
    found = parsed(text)
    assert scope_of(found, found.clauses[0]).modality == modality


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Orlo said Hexa grew.", "orlo"),
        ("Hexa grew, Orlo said in a filing.", "orlo"),
        ("According to Nordlight Research, Hexa grew.", "nordlight-research"),
        ("Hexa grew.", None),
        ("Sources say Hexa grew.", None),
    ],
)
def test_who_says_so(parsed: Parse, text: str, who: str | None) -> None:
    found = parsed(text)
    clause = next(one for one in found.clauses if one.group.lemma == "grow")
    assert scope_of(found, clause).attributed_to == who
