"""Purchases told by nouns: "completion, expected in the first half", "a proposal from X, which walked away", "no talks"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from flows.extract.clauses import Parsed
from flows.extract.rules.linetags import WORDS, flat, money_at, tags
from flows.extract.rules.telling import followed, told
from flows.extract.scene import Draft, Scene, times_in
from storage.model import Modality
from storage.values import Qualifier, Status

_COMPLETION = re.compile(
    r"^(?:the )?(?:completion|closing|closure)(?: of the (?:deal|transaction|takeover|acquisition|purchase|merger))?\b ?,? ?"
    r"(?:which )?(?:(?:is|was|are) )?(?:expected|due|planned|scheduled|set|foreseen|targeted|anticipated|slated)\b"
)
_PURCHASE = r"(?:purchase|acquisition|takeover|buyout)"
_OF_WHICH = re.compile(
    rf"(?P<bought>‹o\d+›) , (?:the )?{_PURCHASE} of (?:which|whom)(?: , for (?P<price>‹m\d+›) ,)? (?P<buyer>‹o\d+›) "
    r"(?:had |has |only )?(?:completed|closed|concluded|finalised|finalized|finished)\b"
)
_SUITOR = re.compile(
    rf"\b(?:(?P<price>‹m\d+›) )?{WORDS}{{0,2}}(?:proposal|offer|bid|approach)(?: of (?P<sum>‹m\d+›))? (?:from|by) (?:the )?"
    rf"{WORDS}{{0,3}}?(?P<buyer>‹o\d+›) , (?:which|who) (?:had |has |have )?"
    r"(?:walked away|pulled out|bowed out|dropped out|backed out|withdrew|withdrawn|gave up|given up)\b"
)
_NO_TALKS = re.compile(
    r"\b(?:(?:there (?:had been|have been|were|was|are|is)|(?:had|has|have) (?:had|held|been)|held|is in|are in|were in) "
    r"(?:no|never any|not any) (?:\w+ ){0,2}(?:talks|negotiations|discussions|offer|bid|approach|contact)"
    r"|(?:not|never) (?:been )?in (?:\w+ )?(?:talks|negotiations|discussions)(?! with)"
    r"|no (?:\w+ ){0,2}(?:talks|negotiations|discussions) (?:had|have|are|were) (?:taken place|been held|under way))\b"
)
_NEAR = 4
"""How many lines a denial may stand behind the rumour it denies."""


def propose(scene: Scene, number: int, parsed: Parsed) -> Iterator[Draft]:
    """Claims about purchases that a line tells without a verb between buyer and bought."""
    text = flat(parsed.line.tokens)
    telling = told(scene, number, parsed, None)
    if telling is None:
        return
    if (match := _OF_WHICH.search(text)) is not None:
        yield from followed(
            telling, "acquisition", [(tags(scene, parsed, match["buyer"])[0], tags(scene, parsed, match["bought"])[0])],
            value=Status(state="completed"), qualifiers=_priced(parsed, match["price"]), confidence=0.84,
        )  # fmt: skip
    if scene.deals and _COMPLETION.search(text) is not None:
        when = next((time.ahead or time.period for time in times_in(parsed) if time.period is not None), None)
        qualifiers: dict[str, Qualifier] = {"period": when} if when is not None else {}
        planned = replace(telling, modality=Modality.PLANNED)
        yield from followed(
            planned, "acquisition", scene.deals[:1], value=Status(state="completed"), qualifiers=qualifiers, confidence=0.82
        )
    if scene.deals and (match := _SUITOR.search(text)) is not None:
        buyer, bought = tags(scene, parsed, match["buyer"])[0], scene.deals[0][1]
        yield from followed(
            telling, "acquisition", [(buyer, bought)], value=Status(state="terminated"),
            qualifiers=_priced(parsed, match["price"] or match["sum"]), confidence=0.8,
        )  # fmt: skip
    if _NO_TALKS.search(text) is not None and scene.rumours:
        line, buyer, bought = scene.rumours[-1]
        speaker = _speaker(scene, number, parsed)
        if 0 <= number - line <= _NEAR and speaker is not None:
            denied = replace(telling, modality=Modality.DENIED, attributed_to=speaker)
            yield from followed(denied, "acquisition", [(buyer, bought)], value=Status(state="proposed"), confidence=0.8)


def _speaker(scene: Scene, number: int, parsed: Parsed) -> str | None:
    """Who denies, named in the line: the clause of the denial's own attribution."""
    for clause in parsed.clauses:
        if (speaker := scene.scope(number, clause).attributed_to) is not None:
            return speaker
        if clause.group.lemma in {"say", "tell", "deny"}:
            for index in clause.subject:
                if parsed.line.tokens[index].letter in {"o", "n"}:
                    return parsed.line.mention(parsed.line.tokens[index]).key
    return None


def _priced(parsed: Parsed, tag: str | None) -> dict[str, Qualifier]:
    money = money_at(parsed, tag) if tag else None
    return {"price": money} if money is not None else {}
