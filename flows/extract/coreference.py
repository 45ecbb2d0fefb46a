"""What "the company", "it", "she" and "both partners" mean: entities meant without being named.

Sentence by sentence, each pronoun and definite noun takes the nearest entity that fits its kind; in
a sentence the first one named counts before later ones, for it is the likely subject. Sources that
are only quoted ("according to …") count last. What is not plain stays unresolved.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from flows.config.watchlist import Entity
from flows.extract.spans import Mention, Sentence
from flows.extract.verbs import lemma
from flows.extract.wordlists import DEMONYMS, ORG_NOUNS, PLACES, PRODUCT_NOUNS

_ORG = "|".join(sorted((re.escape(noun) for noun in ORG_NOUNS - {"maker", "unit", "arm", "division", "trust", "school", "exchange", "house", "interest"}), key=len, reverse=True))
_THING = "|".join(sorted((re.escape(noun) for noun in PRODUCT_NOUNS - {"module", "display", "board", "range", "family", "line", "service", "app", "technology", "drive", "tool", "engine", "switch", "product", "model", "centre", "center", "plant", "factory", "facility", "card", "gpu", "cpu", "processor", "unit", "software"}), key=len, reverse=True))
_PLURAL = re.compile(r"\b(?:the|both)\s+(?:two\s+|three\s+)?(?:companies|firms|partners|giants|groups|sides|businesses|parties|pair|duo)\b|\b(?:they|their|them)\b", re.IGNORECASE)
_NOUN = re.compile(rf"\b(?P<det>the|this|that|its)\s+(?P<mods>(?:(?!(?:the|a|an|that|this|its|of|and)\s)[\w.’'&-]+\s+){{0,3}}?)(?P<noun>maker|{_ORG}|{_THING}|target|thing)\b(?![-\w])", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:it|its|itself|he|she|his|her|him|we|our|us|those|that)\b(?!-)", re.IGNORECASE)
_NAMING = re.compile(rf"\b(?P<noun>{_THING}|campus|supercomputer)s?,?\s+(?:[\w-]+\s+)?(?:named|called|dubbed|codenamed|known as)\s+[“\"]?$", re.IGNORECASE)
_DESCRIBED = re.compile(r"^(?:\s*\([^)]{1,24}\))?,\s+(?:an?|the|its)\s+(?P<words>[^,.;:()]{3,90})", re.IGNORECASE)
_SOURCE = re.compile(r"(?:according to|estimates? (?:of|by|from)|figures from|data from|by)\s+$", re.IGNORECASE)
_PRODUCT_VERBS = re.compile(r"^\s+(?:also |now |still |already )?(?:weigh|draw|pull|feature|carr|pack|integrat|runs? on|is (?:built|based|powered|available|sampling|shipping|expected (?:from|in|to ship)|priced|rated)|was (?:delayed|unveiled|announced)|has (?:slipped|entered)|went on sale|start|cost|ship|measure|withstand|arriv|offer|support|deliver|come)")
_ORG_VERBS = re.compile(r"^\s+(?:also |now |still |already )?(?:said|employ|report|expect|sign|aim|hold|plan|want|announc|invest|agree|hire|post|book|warn|believ|confirm|account|sold|sells|own|intend|forecast|bought|acquir|launch|did not|has launched|has sold|had sold|reckon)")
_COMPANY_THINGS = re.compile(
    r"\s+(?:\w+ )?(?:largest |biggest |main |net |annual |quarterly )*(?:customers?|buyers|clients|suppliers?|shareholders?|rivals?|competitors?|shares|revenues?|sales|board|workforce|headcount|staff|payroll|"
    r"market share|share of|profits?|margins?|chief|chairman|stake|holding|fiscal|financial|acquisition|takeover|employees|subsidiary|earnings)\b"
)
_BUYS = re.compile(r"[^.;:]{0,40}\b(?:buy|bought|buying|acquir\w+|take over|taking over|took over|takeover of|acquisition of|purchase of|bid for|offer\w* [^.;]{0,24}for)\s+")
_OFFERED = re.compile(r"\b(?:offer|bid|approach|takeover|acquisition|purchase)\w*\b[^.;]{0,40}\b(?:for|of|to)\s+$", re.IGNORECASE)
_DIVISION = re.compile(r"\b(?:Group|Division|Unit|Business|Segment|Arm)\b")
_MADE = re.compile(r"\b(?:build|building|sell|make|making|ship|shipping|produce|producing|launch|deliver|delivers|deliver|assemble|assembling)\s+$", re.IGNORECASE)


@dataclass(slots=True)
class _Seen:
    mention: Mention
    sentence: int
    rank: int  # place among those of its kind in its sentence
    source: bool


@dataclass(slots=True)
class Memory:
    """What a text has named so far, and what it called it."""

    entities: Mapping[str, Entity]
    seen: list[_Seen] = field(default_factory=list)
    nouns: dict[str, set[str]] = field(default_factory=dict)  # key → nouns and adjectives it was described by
    counts: Counter[str] = field(default_factory=Counter)

    def learn(self, key: str, words: Iterable[str]) -> None:
        """Remember words an entity was described by."""
        self.nouns.setdefault(key, set()).update(word.lower() for word in words)


def resolve(text: str, sentences: Sequence[Sentence], mentions: Sequence[Mention], entities: Mapping[str, Entity]) -> list[Mention]:
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
        _describe(text, sentence, inside, memory)
        found += _in_sentence(text, number, sentence, inside, memory)
    return found


def _describe(text: str, sentence: Sentence, inside: Sequence[Mention], memory: Memory) -> None:
    """Learn from "Hansa, the Estonian cloud provider," and "the machine, named Linda"."""
    for mention in inside:
        left = text[max(sentence.start, mention.start - 60) : mention.start]
        right = text[mention.end : min(sentence.end, mention.end + 110)]
        if naming := _NAMING.search(left):
            memory.learn(mention.key, [naming["noun"]])
        if described := _DESCRIBED.match(right):
            memory.learn(mention.key, re.findall(r"[\w-]+", described["words"]))
        for word in reversed(re.findall(r"[\w-]+|[^\w\s]", left)[-4:]):
            if word.lower() not in ORG_NOUNS | DEMONYMS | PRODUCT_NOUNS:
                break
            memory.learn(mention.key, [word])
        if after := re.match(r"^[”\"]?\s+(\w+)", right):
            if after[1].lower() in PRODUCT_NOUNS:
                memory.learn(mention.key, [after[1]])
    for buyer, bought in zip(inside, inside[1:], strict=False):
        if buyer.kind == bought.kind == "org" and _BUYS.fullmatch(text, buyer.end, bought.start):
            memory.learn(buyer.key, ["buyer", "acquirer", "purchaser", "bidder"])
            memory.learn(bought.key, ["target"])


def _in_sentence(text: str, number: int, sentence: Sentence, inside: list[Mention], memory: Memory) -> list[Mention]:
    candidates: list[tuple[int, int, re.Match[str], str]] = []
    for how, pattern in (("plural", _PLURAL), ("noun", _NOUN), ("pronoun", _PRONOUN)):
        candidates += [(*match.span(), match, how) for match in pattern.finditer(text, sentence.start, sentence.end)]
    candidates.sort(key=lambda one: (one[0], -(one[1] - one[0])))
    pending = list(inside)
    found: list[Mention] = []
    reached = sentence.start
    ranks: Counter[str] = Counter()

    def remember(mention: Mention) -> None:
        left = text[max(sentence.start, mention.start - 30) : mention.start]
        memory.seen.append(_Seen(mention, number, ranks[mention.kind], bool(_SOURCE.search(left))))
        ranks[mention.kind] += 1

    for start, end, match, how in candidates:
        while pending and pending[0].start < end:
            if pending[0].end > start:  # a name inside: "the Lenovo group"
                break
            remember(pending.pop(0))
        overlapped = any(mention.start < end and mention.end > start for mention in inside)
        if start < reached or overlapped or any(text[mention.end : start] in {", ", ") , "} for mention in inside if mention.end < start):
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
        members = _group(number, memory, own_sentence_only=word in {"they", "their", "them"})
        return Mention(start=start, end=end, key=members[0], kind="org", how="noun", members=members) if members else None
    if how == "noun":
        return _definite(number, match, memory, text)
    if word in {"he", "she", "his", "her", "him"}:
        person = _nearest(number, memory, {"person"})
        return _as_mention(start, end, person, "pronoun", possessive=word in {"his", "her"}) if person else None
    if word in {"it", "its", "itself"}:
        right, left = text[end : end + 30], text[max(sentence.start, start - 14) : start]
        kinds = {"org", "product"}
        if word == "it" and (previous := re.search(r"(\w+)\s+$", left)) and previous[1].lower() in {"from", "with", "to", "by", "for", "into", "of", "in", "on"}:
            target = _latest(number, memory, kinds)
            return _as_mention(start, end, target, "pronoun") if target else None
        if (_PRODUCT_VERBS.match(right) and word == "it") or (word == "it" and (_MADE.search(left) or (previous and lemma(previous[1].lower()) and not re.match(r"\s+(?:is|was|has|had|will|would)\b", right) and not _ORG_VERBS.match(right)))):
            kinds = {"product"} if _nearest(number, memory, {"product"}, within=2) else set()
        elif word == "it" and _ORG_VERBS.match(right):
            kinds = {"org"}
        if word == "its" and _COMPANY_THINGS.match(right):
            kinds = {"org"}
        if re.match(r"\s+(?:is|was|'s|’s)\s+(?:not |only |also )?(?:the (?:second|third|first) |clear|likely|unclear|possible|important|one of|hard|easy|a pity|no |time|worth)", right) and word == "it":
            return None
        among = word == "its" and re.search(r"\b(?:among|of|one of)\s+$", left) is not None
        target = _nearest(number, memory, kinds, before=number if among else None) or (_main(memory) if kinds >= {"org"} else None)
        return _as_mention(start, end, target, "pronoun", possessive=word == "its") if target else None
    if word == "those" and re.match(r"\s+(?:were|are)\b", text[end : end + 8]):
        target = _nearest(number, memory, {"org"})
        return _as_mention(start, end, target, "pronoun") if target else None
    return None


def _as_mention(start: int, end: int, mention: Mention, how: str, *, possessive: bool = False) -> Mention:
    return Mention(start=start, end=end, key=mention.key, kind=mention.kind, how=how, possessive=possessive, members=mention.members)


def _main(memory: Memory) -> Mention | None:
    """The company a text is about so far: the one it named most."""
    counts = Counter(_parent(seen.mention, memory.entities).key for seen in memory.seen if seen.mention.kind == "org" and not seen.source)
    if not counts:
        return None
    key = max(counts, key=lambda one: (counts[one], one))
    return next(_parent(seen.mention, memory.entities) for seen in reversed(memory.seen) if _parent(seen.mention, memory.entities).key == key)


def _nearest(number: int, memory: Memory, kinds: set[str], within: int = 4, before: int | None = None) -> Mention | None:
    """The entity of these kinds that a reader has in mind: in this sentence the first, else the last sentence's first."""
    best: _Seen | None = None
    for seen in memory.seen:
        if before is not None and seen.sentence >= before:
            continue
        if seen.mention.kind not in kinds or number - seen.sentence > within or seen.mention.members:
            continue
        if best is None or _order(seen) > _order(best):
            best = seen
    return best.mention if best else None


def is_division(key: str, entities: Mapping[str, Entity]) -> bool:
    """Whether an entity is a part of a company that reports within it, rather than a company of its own."""
    entity = entities.get(key)
    return entity is not None and entity.kind == "org" and entity.parent is not None and bool(_DIVISION.search(entity.name))


def _parent(mention: Mention, entities: Mapping[str, Entity]) -> Mention:
    if is_division(mention.key, entities):
        return Mention(start=mention.start, end=mention.end, key=entities[mention.key].parent or mention.key, kind="org", how=mention.how)
    return mention


def _latest(number: int, memory: Memory, kinds: set[str]) -> Mention | None:
    """The entity of these kinds named last: what an "it" after a preposition points to."""
    return next((seen.mention for seen in reversed(memory.seen) if seen.mention.kind in kinds and number - seen.sentence <= 1 and not seen.mention.members), None)


def _order(seen: _Seen) -> tuple[int, int, int, int]:
    weak = seen.mention.how == "pronoun" and seen.mention.possessive
    return (not seen.source, seen.sentence, -seen.rank - 2 * weak, -seen.mention.start)


def _group(number: int, memory: Memory, *, own_sentence_only: bool) -> tuple[str, ...]:
    """The two or more companies last named together."""
    for back in range(0, 3):
        keys = list(dict.fromkeys(key for seen in memory.seen if seen.sentence == number - back and seen.mention.kind == "org" and not seen.source for key in (seen.mention.members or (seen.mention.key,))))
        if len(keys) >= 2:
            return tuple(keys[:2] if len(keys) > 2 else keys)
        if keys and own_sentence_only and back == 0:
            continue
    return ()


def _definite(number: int, match: re.Match[str], memory: Memory, text: str) -> Mention | None:
    """ "the Beijing-based group", "the platform": by what the entity was called, else by nearness."""
    start, end = match.span()
    noun = match["noun"].lower()
    mods = [word.lower() for word in re.findall(r"[\w.-]+", match["mods"])]
    if match["det"].lower() == "its" or any(word in {"of", "and", "for", "in", "on", "to", "with", "or", "other", "same", "previous", "next", "first", "world", "whole", "entire", "third", "worst", "best", "biggest", "only", "nearest", "closest", "leading"} or word.endswith(("largest", "biggest", "est-growing")) for word in mods):
        return None
    after = re.match(r"[ -](\w+)", text[end : end + 20])
    if after and after[1].lower() in ORG_NOUNS | PRODUCT_NOUNS | {"market", "markets", "industry", "revenue", "sales", "sector"}:
        return None
    if re.match(r",?\s+(?:named|called|dubbed|codenamed)\s", text[end : end + 14]):
        return None
    is_org = noun in ORG_NOUNS or noun in {"maker", "target"}
    left = text[max(0, start - 60) : start]
    if noun in {"business", "house", "shop", "unit", "daily", "magazine", "newspaper", "university", "hospital", "ministry", "authority", "regulator", "exchange", "bank", "fund", "school", "laboratory", "lab", "foundation", "commission", "union", "agency", "client", "customer"} and not _called(memory, noun, mods):
        return None
    kinds = {"org"} if is_org else {"product"}
    phrase = " ".join([*mods, noun])
    candidates = [
        seen
        for seen in memory.seen
        if seen.mention.kind in kinds and not seen.mention.members and not (seen.sentence == number and _same_clause(text, seen.mention.end, start))
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
        if fits == 0 and number - seen.sentence > (8 if noun in {"project", "initiative", "programme", "program", "scheme", "effort", "thing"} else 3):
            continue
        plain = is_org and not mods and fits < 3 and noun in {"company", "group", "firm", "business"}
        scored.append(((0 if plain else fits, *_order(seen)), seen.mention))
    if noun in {"company", "group", "firm"} and not mods:
        scored = [(score, _parent(mention, memory.entities)) for score, mention in scored]
        topic = _main(memory)
        here = any(seen.sentence == number for seen in candidates if not seen.source)
        recent = {_parent(seen.mention, memory.entities).key for seen in candidates if number - seen.sentence <= 2}
        if topic and not here and not any(score[0] == 3 for score, _ in scored) and (topic.key in recent or not scored):
            return _as_mention(start, end, topic, "noun", possessive=text[end : end + 2] in {"'s", "’s"})
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
    near = not is_org and any(seen.mention.key == best[1].key and number - seen.sentence <= 1 for seen in candidates) and all(re.match(r"[\d.]+-|new$|fanless|rugged|thin|light", word) for word in mods)
    if mods and best[0][0] == 0 and not _vague(mods) and not near:
        return None
    return _as_mention(start, end, best[1], "noun", possessive=text[end : end + 2] in {"'s", "’s"})


def _same_clause(text: str, end: int, start: int) -> bool:
    """Whether nothing parts an earlier name from a later noun: then the noun means somebody else."""
    between = text[end:start]
    if re.match(r",? (?:which|who)\b[^,;]*$", between):
        return True
    return not re.search(r"[,;:–—]|\band\s+$|\b(?:said|says|that|but|while|because|as|when|announced|confirmed|believes|warned|thinks)\b", between)


def _called(memory: Memory, noun: str, mods: Sequence[str]) -> bool:
    return any(noun in words for words in memory.nouns.values()) or any(_same_words(" ".join([*mods, noun]), known) for entity in memory.entities.values() for known in entity.nouns if not mods)


def _same_words(phrase: str, known: str) -> bool:
    return known.lower() == phrase or known.lower().endswith(" " + phrase) and " " in phrase


def _vague(mods: Sequence[str]) -> bool:
    """Whether the adjectives before a noun only place or praise it, so that nearness may decide."""
    return all(word in DEMONYMS or word in PLACES or word.endswith("-based") or word in {"whole", "new", "big", "giant", "tech", "technology", "listed", "us", "ai", "latest", "chip", "current"} for word in mods)
