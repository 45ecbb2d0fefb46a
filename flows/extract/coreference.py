"""What "the company", "it", "she" and "both partners" mean: entities meant without being named.

Sentence by sentence, each pronoun and definite noun takes the nearest entity that fits its kind; in
a sentence the first one named counts before later ones, for it is the likely subject. Sources that
are only quoted ("according to …") count last. What is not plain stays unresolved.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from flows.config.watchlist import Entity
from flows.extract.definites import NOUN, THING, definite
from flows.extract.memory import Memory, Seen, as_mention, group, latest, nearest
from flows.extract.spans import Mention, Sentence
from flows.extract.verbs import lemma
from flows.extract.wordlists import DEMONYMS, ORG_NOUNS, PRODUCT_NOUNS

_PLURAL = re.compile(
    r"\b(?:the|both)\s+(?:two\s+|three\s+)?(?:companies|firms|partners|giants|groups|sides|businesses|parties|pair|duo)\b|"
    r"\b(?:they|their|them)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\b(?:it|its|itself|he|she|his|her|him|we|our|us|those|that)\b(?!-)", re.IGNORECASE)
_NAMING = re.compile(
    rf"\b(?P<noun>{THING}|campus|supercomputer)s?,?\s+(?:[\w-]+\s+)?(?:named|called|dubbed|codenamed|known as)\s+[“\"]?$",
    re.IGNORECASE,
)
_DESCRIBED = re.compile(r"^(?:\s*\([^)]{1,24}\))?,\s+(?:an?|the|its)\s+(?P<words>[^,.;:()]{3,90})", re.IGNORECASE)
_SOURCE = re.compile(r"(?:according to|estimates? (?:of|by|from)|figures from|data from|by)\s+$", re.IGNORECASE)
_FITTED = re.compile(
    r"\b(?:powered|driven|based|built|equipped|fitted|paired|pairs|combin\w+|runs|integrat\w+|includ\w+|uses|using|"
    r"carr(?:ies|ying)|packs|"
    r"packing|featur(?:es|ing)|contain\w*|houses|with|than|like)\s+(?:(?:by|on|around|with|an?|the|its|two|four|eight|"
    r"[0-9,]+|[\w.]+['’]s|[A-Z]\w+)\s+){0,4}$"
)
_PRODUCT_VERBS = re.compile(
    r"^\s+(?:also |now |still |already )?(?:weigh|draw|pull|feature|carr|pack|hous|contain|combin|consum|lasts|tips|sips|"
    r"boast|sport|integrat|runs? on|is (?:built|based|powered|"
    r"available|sampling|shipping|expected (?:from|in|to ship)|priced|rated)|was (?:delayed|unveiled|announced)|"
    r"has (?:slipped|entered)|went on sale|start|cost|ship|measure|withstand|arriv|offer|support|deliver|come|"
    r"goes (?:up )?to|refresh|tops out|reaches \d|runs at|needs \d|gets by)"
)
_ORG_VERBS = re.compile(
    r"^\s+(?:also |now |still |already )?(?:said|employ|report|expect|sign|aim|hold|plan|want|announc|invest|agree|hire|"
    r"post|book|warn|believ|confirm|account|sold|sells|own|intend|forecast|bought|acquir|launch|did not|has launched|"
    r"has sold|had sold|reckon)"
)
_COMPANY_THINGS = re.compile(
    r"\s+(?:\w+ )?(?:largest |biggest |main |net |annual |quarterly )*(?:customers?|buyers|clients|suppliers?|"
    r"shareholders?|rivals?|competitors?|shares|revenues?|sales|board|workforce|headcount|staff|payroll|"
    r"market share|share of|profits?|margins?|chief|chairman|stake|holding|fiscal|financial|acquisition|takeover|employees|"
    r"subsidiary|earnings|portfolio|consumption|operations|factories|plants)\b"
)
_BUYS = re.compile(
    r"[^.;:]{0,40}\b(?:buy|bought|buying|acquir\w+|take over|taking over|took over|takeover of|acquisition of|purchase of|"
    r"bid for|offer\w* [^.;]{0,24}for)\s+"
)
_DESCRIBING = ORG_NOUNS | DEMONYMS | PRODUCT_NOUNS
_MADE = re.compile(
    r"\b(?:build|building|sell|make|making|ship|shipping|produce|producing|launch|deliver|delivers|deliver|assemble|"
    r"assembling)\s+$",
    re.IGNORECASE,
)


def resolve(
    text: str, sentences: Sequence[Sentence], mentions: Sequence[Mention], entities: Mapping[str, Entity]
) -> list[Mention]:
    """The mentions that only mean an entity, in order. `mentions` are those that name one."""
    memory = Memory(entities)
    named = sorted(mentions, key=lambda mention: mention.start)
    memory.counts.update(mention.key for mention in named if mention.kind == "org")
    found: list[Mention] = []
    at = 0
    for number, sentence in enumerate(sentences):
        inside: list[Mention] = []
        while at < len(named) and named[at].start < sentence.end:
            if named[at].start >= sentence.start:
                inside.append(named[at])
            at += 1
        memory.forget(number)
        _describe(text, sentence, inside, memory)
        found += _in_sentence(text, number, sentence, inside, memory)
    return found


def _describe(text: str, sentence: Sentence, inside: Sequence[Mention], memory: Memory) -> None:
    """Learn from "Orlo, the Welsh cloud provider," and "the machine, named Odile"."""
    for mention in inside:
        left = text[max(sentence.start, mention.start - 60) : mention.start]
        right = text[mention.end : min(sentence.end, mention.end + 110)]
        if naming := _NAMING.search(left):
            memory.learn(mention.key, [naming["noun"]])
        if described := _DESCRIBED.match(right):
            memory.learn(mention.key, re.findall(r"[\w-]+", described["words"]))
        for word in reversed(re.findall(r"[\w-]+|[^\w\s]", left)[-4:]):
            if word.lower() not in _DESCRIBING:
                break
            memory.learn(mention.key, [word])
        if (after := re.match(r"^[”\"]?\s+(\w+)", right)) and after[1].lower() in PRODUCT_NOUNS:
            memory.learn(mention.key, [after[1]])
    for buyer, bought in pairwise(inside):
        if buyer.kind == bought.kind == "org" and _BUYS.fullmatch(text, buyer.end, bought.start):
            memory.learn(buyer.key, ["buyer", "acquirer", "purchaser", "bidder"])
            memory.learn(bought.key, ["target"])


def _in_sentence(text: str, number: int, sentence: Sentence, inside: list[Mention], memory: Memory) -> list[Mention]:
    candidates: list[tuple[int, int, re.Match[str], str]] = []
    for how, pattern in (("plural", _PLURAL), ("noun", NOUN), ("pronoun", _PRONOUN)):
        candidates += [(*match.span(), match, how) for match in pattern.finditer(text, sentence.start, sentence.end)]
    candidates.sort(key=lambda one: (one[0], -(one[1] - one[0])))
    pending = list(inside)
    found: list[Mention] = []
    reached = sentence.start
    ranks: Counter[str] = Counter()

    def remember(mention: Mention) -> None:
        left = text[max(sentence.start, mention.start - 30) : mention.start]
        aside = _SOURCE.search(left) or (mention.kind == "product" and not mention.possessive and _FITTED.search(left))
        memory.remember(Seen(mention, number, ranks[mention.kind], bool(aside)))
        ranks[mention.kind] += 1

    for start, end, match, how in candidates:
        while pending and pending[0].start < end:
            if pending[0].end > start:  # a name inside: "the Lenovo group"
                break
            remember(pending.pop(0))
        overlapped = any(mention.start < end and mention.end > start for mention in inside)
        if (
            start < reached
            or overlapped
            or any(text[mention.end : start] in {", ", ") , "} for mention in inside if mention.end < start)
        ):
            continue
        resolved = _resolve_one(text, number, sentence, match, how, memory)
        if resolved is None:
            continue
        found.append(resolved)
        remember(resolved)
        reached = end
    for mention in pending:
        remember(mention)
    return found


def _resolve_one(text: str, number: int, sentence: Sentence, match: re.Match[str], how: str, memory: Memory) -> Mention | None:
    start, end = match.span()
    word = match[0].lower()
    quoted = any(first <= start < last for first, last in sentence.quoted)
    if quoted:
        return None
    if how == "plural":
        members = group(number, memory, own_sentence_only=word in {"they", "their", "them"})
        return Mention(start=start, end=end, key=members[0], kind="org", how="noun", members=members) if members else None
    if how == "noun":
        return definite(number, match, memory, text)
    if word in {"he", "she", "his", "her", "him"}:
        person = nearest(number, memory, {"person"})
        return as_mention(start, end, person, "pronoun", possessive=word in {"his", "her"}) if person else None
    if word in {"it", "its", "itself"}:
        right, left = text[end : end + 30], text[max(sentence.start, start - 14) : start]
        kinds = {"org", "product"}
        if (
            word == "it"
            and (previous := re.search(r"(\w+)\s+$", left))
            and previous[1].lower() in {"from", "with", "to", "by", "for", "into", "of", "in", "on"}
        ):
            target = latest(number, memory, kinds)
            return as_mention(start, end, target, "pronoun") if target else None
        if (_PRODUCT_VERBS.match(right) and word == "it") or (
            word == "it"
            and (
                _MADE.search(left)
                or (
                    previous
                    and lemma(previous[1].lower())
                    and not re.match(r"\s+(?:is|was|has|had|will|would)\b", right)
                    and not _ORG_VERBS.match(right)
                )
            )
        ):
            kinds = {"product"} if nearest(number, memory, {"product"}, within=2) else set()
        elif word == "it" and _ORG_VERBS.match(right):
            kinds = {"org"}
        if word == "its" and _COMPANY_THINGS.match(right):
            kinds = {"org"}
        if (
            re.match(
                r"\s+(?:is|was|'s|’s)\s+(?:not |only |also )?(?:the (?:second|third|first) |clear|likely|unclear|possible|"
                r"important|one of|hard|easy|a pity|no |time|worth)",
                right,
            )
            and word == "it"
        ):
            return None
        among = word == "its" and re.search(r"\b(?:among|of|one of)\s+$", left) is not None
        target = nearest(number, memory, kinds, before=number if among else None) or (memory.topic if kinds >= {"org"} else None)
        return as_mention(start, end, target, "pronoun", possessive=word == "its") if target else None
    if word == "those" and re.match(r"\s+(?:were|are)\b", text[end : end + 8]):
        target = nearest(number, memory, {"org"})
        return as_mention(start, end, target, "pronoun") if target else None
    return None
