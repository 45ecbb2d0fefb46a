"""Definite nouns: whom "the company", "the Beijing-based group" and "the platform" mean."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from flows.extract.fitted import is_part_name
from flows.extract.memory import Memory, as_mention, order, parent
from flows.extract.spans import Mention
from flows.extract.wordlists import DEMONYMS, ORG_NOUNS, PLACES, PRODUCT_NOUNS

_ORG = "|".join(
    sorted(
        (
            re.escape(noun)
            for noun in ORG_NOUNS - {"maker", "unit", "arm", "division", "trust", "school", "exchange", "house", "interest"}
        ),
        key=len,
        reverse=True,
    )
)
THING = "|".join(
    sorted(
        (
            re.escape(noun)
            for noun in PRODUCT_NOUNS
            - {
                "module",
                "display",
                "board",
                "range",
                "family",
                "line",
                "service",
                "app",
                "technology",
                "drive",
                "tool",
                "engine",
                "switch",
                "product",
                "model",
                "centre",
                "center",
                "plant",
                "factory",
                "facility",
                "card",
                "gpu",
                "cpu",
                "processor",
                "unit",
                "software",
            }
        ),
        key=len,
        reverse=True,
    )
)
NOUN = re.compile(
    rf"\b(?P<det>the|this|that|its)\s+(?P<mods>(?:(?!(?:the|a|an|that|this|its|of|"
    rf"and)\s)[\w.’'&-]+\s+){{0,3}}?)(?P<noun>maker|{_ORG}|{THING}|target|thing)\b(?![-\w])"
    rf"(?!\s(?:company|group|firm|maker|giant|designer|business)\b)",  # "the chip company" is a company, no chip
    re.IGNORECASE,
)
_MACHINES = frozenset(
    """
    laptop notebook tablet phone smartphone handset handheld console desktop workstation server rack computer pc machine
    ultrabook mainframe supercomputer watch monitor display convertible foldable headset cluster device convertible
    """.split()
)
_OFFERED = re.compile(r"\b(?:offer|bid|approach|takeover|acquisition|purchase)\w*\b[^.;]{0,40}\b(?:for|of|to)\s+$", re.IGNORECASE)


def definite(number: int, match: re.Match[str], memory: Memory, text: str) -> Mention | None:
    """ "the Beijing-based group", "the platform": by what the entity was called, else by nearness."""
    start, end = match.span()
    noun = match["noun"].lower()
    mods = [word.lower() for word in re.findall(r"[\w.-]+", match["mods"])]
    if match["det"].lower() == "its" or any(
        word
        in {
            "of",
            "and",
            "for",
            "in",
            "on",
            "to",
            "with",
            "or",
            "other",
            "same",
            "previous",
            "next",
            "first",
            "world",
            "whole",
            "entire",
            "third",
            "worst",
            "best",
            "biggest",
            "only",
            "nearest",
            "closest",
            "leading",
        }
        or word.endswith(("largest", "biggest", "est-growing"))
        for word in mods
    ):
        return None
    after = re.match(r"[ -](\w+)", text[end : end + 20])
    if after and after[1].lower() in ORG_NOUNS | PRODUCT_NOUNS | {"market", "markets", "industry", "revenue", "sales", "sector"}:
        return None
    if re.match(r",?\s+(?:named|called|dubbed|codenamed)\s", text[end : end + 14]):
        return None
    is_org = noun in ORG_NOUNS or noun in {"maker", "target"}
    left = text[max(0, start - 60) : start]
    if noun in {
        "business",
        "house",
        "shop",
        "unit",
        "daily",
        "magazine",
        "newspaper",
        "university",
        "hospital",
        "ministry",
        "authority",
        "regulator",
        "exchange",
        "bank",
        "fund",
        "school",
        "laboratory",
        "lab",
        "foundation",
        "commission",
        "union",
        "agency",
        "client",
        "customer",
    } and not _called(memory, noun, mods):
        return None
    kinds = {"org"} if is_org else {"product"}
    phrase = " ".join([*mods, noun])
    candidates = [
        seen
        for seen in memory.in_reach()
        if seen.mention.kind in kinds
        and not seen.mention.members
        and not (seen.sentence == number and _same_clause(text, seen.mention.end, start))
        and not (noun in _MACHINES and is_part_name(seen.mention.key, memory.entities))
    ]
    scored: list[tuple[tuple[int, int, int, int, int], Mention]] = []
    for seen in candidates:
        entity = memory.entities.get(seen.mention.key)
        fits = 0
        if entity and any(_same_words(phrase, known) for known in entity.nouns):
            fits = 3
        described = memory.nouns.get(seen.mention.key, set())
        wanted = set(mods) | {noun}
        if noun in described or (mods and wanted & described):
            fits = max(fits, 2 if noun in described else 1)
        if not is_org and noun in seen.mention.key.split("-"):
            fits = 3
        if is_org and "target" in described and _OFFERED.search(left):
            fits = 3
        if noun in {"start-up", "startup"} and fits == 0 and entity is None:
            fits = 1
        if fits == 0 and number - seen.sentence > (
            8 if noun in {"project", "initiative", "programme", "program", "scheme", "effort", "thing"} else 3
        ):
            continue
        plain = is_org and not mods and fits < 3 and noun in {"company", "group", "firm", "business"}
        scored.append(((0 if plain else fits, *order(seen)), seen.mention))
    if noun in {"company", "group", "firm"} and not mods:
        scored = [(score, parent(mention, memory.entities)) for score, mention in scored]
        topic = memory.topic
        here = any(seen.sentence == number for seen in candidates if not seen.source)
        recent = {parent(seen.mention, memory.entities).key for seen in candidates if number - seen.sentence <= 2}
        if topic and not here and not any(score[0] == 3 for score, _ in scored) and (topic.key in recent or not scored):
            return as_mention(start, end, topic, "noun", possessive=text[end : end + 2] in {"'s", "’s"})
    if not scored:
        if is_org and noun in {"company", "group", "firm"} and not mods and memory.counts:
            return None
        return None
    best = max(scored, key=lambda one: one[0])
    if noun == "target" and number - max(seen.sentence for seen in candidates) > 1:
        return None
    if noun == "thing":  # the thing spoken of, not a part of it
        often = Counter(seen.mention.key for seen in candidates if number - seen.sentence <= 8)
        best = max(scored, key=lambda one: (often[one[1].key], one[0]))
    near = (
        not is_org
        and any(seen.mention.key == best[1].key and number - seen.sentence <= 1 for seen in candidates)
        and all(re.match(r"[\d.]+-|new$|fanless|rugged|thin|light", word) for word in mods)
    )
    if mods and best[0][0] == 0 and not _vague(mods) and not near:
        return None
    return as_mention(start, end, best[1], "noun", possessive=text[end : end + 2] in {"'s", "’s"})


def _same_clause(text: str, end: int, start: int) -> bool:
    """Whether nothing parts an earlier name from a later noun: then the noun means somebody else."""
    between = text[end:start]
    if re.match(r",? (?:which|who)\b[^,;]*$", between):
        return True
    return not re.search(
        r"[,;:–—]|\band\s+$|\b(?:said|says|that|but|while|because|as|when|announced|confirmed|believes|warned|thinks)\b", between
    )


def _called(memory: Memory, noun: str, mods: Sequence[str]) -> bool:
    return any(noun in words for words in memory.nouns.values()) or any(
        _same_words(" ".join([*mods, noun]), known) for entity in memory.entities.values() for known in entity.nouns if not mods
    )


def _same_words(phrase: str, known: str) -> bool:
    return known.lower() == phrase or (known.lower().endswith(" " + phrase) and " " in phrase)


def _vague(mods: Sequence[str]) -> bool:
    """Whether the adjectives before a noun only place or praise it, so that nearness may decide."""
    return all(
        word in DEMONYMS
        or word in PLACES
        or word.endswith("-based")
        or word in {"whole", "new", "big", "giant", "tech", "technology", "listed", "us", "ai", "latest", "chip", "current"}
        for word in mods
    )
