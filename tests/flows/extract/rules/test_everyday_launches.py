"""Launches and who makes what, in the words of every trade; rumours and denials in the frames of every trade."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Read = Callable[[str, frozenset[str]], set[str]]
LAUNCHES = frozenset(["maker", "announced"])
DEALS = frozenset(["acquisition"])


def _by(maker: str, *products: str) -> set[str]:
    return {f"{product} maker {maker} - actual -" for product in products}


MAKERS = [
    ("Rackley has taken the wraps off the Falco X2 laptop.", _by("rackley", "falco-x2")),
    (
        "Rackley took the wraps off two additions to its range: the Falco X2 and the Falco Z4.",
        _by("rackley", "falco-x2", "falco-z4"),
    ),
    (
        "Rackley took the wraps off two additions: the Falco X2, which costs $999, and the Falco Z4.",
        _by("rackley", "falco-x2", "falco-z4"),
    ),
    (
        "Rackley unveiled three laptops: the Falco X2, the Falco Z4 and the Falco Q9.",
        _by("rackley", "falco-x2", "falco-z4", "falco-q9"),
    ),
    ("Rackley launched the Falco X2. A monitor, the Visto V27, completes the line-up.", _by("rackley", "falco-x2", "visto-v27")),
    ("Rackley launched the Falco X2. It is joined by the Falco Z4.", _by("rackley", "falco-x2", "falco-z4")),
    ("Rackley launched the Falco X2 laptop alongside the Falco Z4.", _by("rackley", "falco-x2", "falco-z4")),
    ("Rackley rolled out the Falco X2 laptop.", _by("rackley", "falco-x2")),
    ("Rackley lifted the lid on the Falco X2 laptop.", _by("rackley", "falco-x2")),
    ("Rackley pulled back the curtain on the Falco X2 laptop.", _by("rackley", "falco-x2")),
    ("Rackley showed off the Falco X2 laptop.", _by("rackley", "falco-x2")),
    ("Rackley brought out the Falco X2 laptop.", _by("rackley", "falco-x2")),
    ("Rackley has added the Falco X2 laptop to its range.", _by("rackley", "falco-x2")),
    ("Rackley expanded its range with the Falco X2 laptop.", _by("rackley", "falco-x2")),
    ("Rackley introduced a new laptop, the Falco X2.", _by("rackley", "falco-x2")),
    ("Rackley is a builder of servers. The company's latest laptop is the Falco X2.", _by("rackley", "falco-x2")),
    ("Rackley's new laptop is called the Falco X2.", _by("rackley", "falco-x2")),
    ("The Falco X2, made by Rackley, weighs 900 grams.", _by("rackley", "falco-x2")),
    # what only looks like it
    ("Rackley reviewed the Falco X2 laptop.", set()),
    ("Rackley sells the Falco X2 laptop in its shops.", set()),
    ("Grenna bought the Falco X2 laptop from Rackley.", set()),
    ("Rackley's Taylor plant employs 900 people.", set()),
]

PROPOSED = "grenna acquisition rackley proposed"
FRAMES = [
    ("People briefed on the matter said Grenna was in talks to buy Rackley.", {f"{PROPOSED} rumoured -"}),
    ("Grenna is preparing a bid for Rackley, people briefed on the plans said.", {f"{PROPOSED} rumoured -"}),
    ("Grenna is preparing a bid for Rackley, two bankers say.", {f"{PROPOSED} rumoured -"}),
    ("It is said that Grenna is preparing a bid for Rackley.", {f"{PROPOSED} rumoured -"}),
    ("Rumour has it that Grenna is preparing a bid for Rackley.", {f"{PROPOSED} rumoured -"}),
    ("Word is that Grenna is preparing a bid for Rackley.", {f"{PROPOSED} rumoured -"}),
    ("A leaked slide suggests Grenna is preparing a bid for Rackley.", {f"{PROPOSED} rumoured -"}),
    ("An internal memo suggests that Grenna is preparing a bid for Rackley.", {f"{PROPOSED} rumoured -"}),
    ("Grenna is thought to be preparing a bid for Rackley.", {f"{PROPOSED} rumoured -"}),
    ("Grenna is believed to be preparing a bid for Rackley.", {f"{PROPOSED} rumoured -"}),
    ("Grenna is reportedly preparing a bid for Rackley.", {f"{PROPOSED} rumoured -"}),
    ("Grenna is said to have made a bid for Rackley.", {f"{PROPOSED} rumoured -"}),
    ("Grenna has had early discussions about buying Rackley.", {f"{PROPOSED} rumoured -"}),
    ("Grenna has held talks to acquire Rackley.", {f"{PROPOSED} rumoured -"}),
    ("Grenna is in talks to buy Rackley, a person close to the matter said. Grenna said there had been no talks.",
     {f"{PROPOSED} rumoured -", f"{PROPOSED} denied grenna"}),
    ("Grenna is in talks to buy Rackley, a person close to the matter said. There were no such talks, Grenna said.",
     {f"{PROPOSED} rumoured -", f"{PROPOSED} denied grenna"}),
    ("Grenna denied that it had made a bid for Rackley.", {f"{PROPOSED} denied grenna"}),
    ("Grenna rejected speculation that it was preparing a bid for Rackley.",
     {f"{PROPOSED} rumoured -", f"{PROPOSED} denied grenna"}),
    ("Grenna is in talks to buy Rackley, a person close to it said. Grenna would not comment.", {f"{PROPOSED} rumoured -"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MAKERS)
def test_makers_in_everyday_words(read: Read, text: str, expected: set[str]) -> None:
    assert {line for line in read(text, LAUNCHES) if " maker " in line} == expected


@pytest.mark.parametrize(("text", "expected"), FRAMES)
def test_rumours_and_denials_in_everyday_frames(read: Read, text: str, expected: set[str]) -> None:
    assert read(text, DEALS) == expected
