"""Names no list knows, found by form: what is written with capitals, and what kind of thing it must be.

Every capitalised sequence of a text that the watchlist does not cover is gathered once; what stands
around its occurrences votes on its kind (a title before it: a person; "the cloud provider" after it:
a company; "named" after a machine: a product). Nothing here decides facts, only what is named.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from flows.extract.mentions import is_possessive
from flows.extract.nameclues import MODEL_TOKEN, votes
from flows.extract.naming import company_slug, slug
from flows.extract.spans import Mention, Sentence
from flows.extract.verbs import lemma
from flows.extract.wordlists import (
    COMMON,
    DAYS,
    DEMONYMS,
    HONORIFICS,
    MONTHS,
    ORG_NOUNS,
    ORG_SUFFIXES,
    PERSON_NOUNS,
    PLACES,
    PRODUCT_NOUNS,
    TITLE_HEADS,
    word_set,
)

_WORD = re.compile(r"[^\W_]+(?:[-’'.&/+][^\W_]+)*\.?(?=\W|$)|[^\W_]+")
_UNITS = frozenset("GB TB PB MB Hz kHz MHz GHz W kW MW GW Wh kWh MWh GWh mAh Gbps Tbps Mbps TOPS EUR USD GBP K V A".split())
_CURRENCIES = frozenset("USD EUR GBP AUD CAD NZD SGD HKD JPY CNY RMB INR CHF SEK NOK DKK PLN CZK HUF BRL MXN KRW TWD AED".split())
_THINGS = "|".join(sorted(PRODUCT_NOUNS - {"unit", "line", "agent", "program", "programme", "machine", "system"}))
_AFTER_MODEL = re.compile(
    r"(?= ?[.,;:)(”\"!?]| ?$|['’]s|\n| (?:[A-Z][\w-]*|is|was|are|were|has|have|had|will|would|can|and|or|with|in|at|for|of|to|"
    r"from|on|by|than|gets?|weighs|costs|starts|ships|runs|carries|comes|goes|as|but|which|that|itself|also|now|still|may|"
    rf"could|does|did|uses|offers|features|packs|draws|lasts|launches|arrives|joins|replaces|"
    r"until|before|after|since|while|when|because|without|into|inside|through|under|alone|too|instead|sports|boasts|houses|"
    rf"hits|tips|sits|next|later|this|(?:[a-z-]+ )?(?:{_THINGS}|PCs?))\b)"
)
_BEFORE_MODEL = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Nn]ew|[Ii]ts|[Oo]ur|this|latest|called|named|\w+['’]s)\s(?:[a-z]{3,12}\s)?$")
ENOUGH = 40
"""Places of one name that are asked what it is; the rest follow."""

_PARTICLES = word_set("van von de der den del della di da dos du la le bin ter ten af")
_COMMON_HEADS = ORG_NOUNS | PERSON_NOUNS
_CAPITALISED = re.compile(r" [A-Z][\w-]*[a-z]")
_COUNTED = re.compile(
    r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|twelve|sixteen|dual|single|multi|half|full)-[A-Z]",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Name:
    text: str
    places: list[tuple[int, int]] = field(default_factory=list)
    votes: dict[str, float] = field(default_factory=dict)


def find(text: str, sentences: Sequence[Sentence], known: Sequence[Mention]) -> list[Mention]:
    """Mentions by form, in order; none overlaps one in `known`."""
    covered = {offset for mention in known for offset in range(mention.start, mention.end)}
    starts_after_org = {mention.end: mention for mention in known if mention.kind == "org"}
    names: dict[str, _Name] = {}
    tails = _tails(text, known)
    lower_words = set(re.findall(r"(?<![.!?:\n] )(?<![“\"\n])\b[a-z][\w-]+", text))
    for sentence in sentences:
        for start, end in _sequences(text, sentence, covered, lower_words, tails):
            name = names.setdefault(text[start:end], _Name(text[start:end]))
            name.places.append((start, end))
            if len(name.places) > ENOUGH:
                continue
            for kind, weight in votes(text, sentence, start, end, starts_after_org):
                name.votes[kind] = name.votes.get(kind, 0) + weight
    return _resolved(text, names, known, tails)


def _tails(text: str, known: Sequence[Mention]) -> set[str]:
    """The short forms of the models named so far that end in a number: "Go 3"."""
    names = [text[mention.start : mention.end].split() for mention in known if mention.kind == "product"]
    return {" ".join(words[index:]) for words in names for index in range(1, len(words)) if words[-1].isdigit()}


def _numbers_a_model(text: str, run: list[tuple[int, int]], start: int, end: int, covered: set[int]) -> bool:
    """Whether a bare number behind capitalised words names a model ("the Swift Edge 14 has") and counts nothing."""
    number, first = text[start:end], run[0][0]
    if end - start > 3 or number[0] == "0" or text[end : end + 2] in {",0", "%"}:
        return False
    follows = re.match(r" ([a-z]+)\b", text[end : end + 20])
    does = follows is not None and lemma(follows[1]) not in {None, follows[1]}  # "the Kessel 5 sports"
    if not does and not _AFTER_MODEL.match(text, end):
        return False
    if {text[one:two].lower() for one, two in run} & (MONTHS | DAYS | PLACES | ORG_SUFFIXES):
        return False
    return (
        len(run) > 1
        or first - 1 in covered
        or (first > 2 and first - 2 in covered)
        or bool(_BEFORE_MODEL.search(text[max(0, first - 8) : first]))
    )


def _sequences(
    text: str, sentence: Sentence, covered: set[int], lower_words: set[str], tails: set[str]
) -> Iterable[tuple[int, int]]:
    """Runs of capitalised words and model tokens in a sentence."""
    run: list[tuple[int, int]] = []
    last_end = -1
    first = True
    for match in _WORD.finditer(text, sentence.start, sentence.end):
        start, end = match.span()
        word = text[start:end]
        if not run and word.islower():
            first = False
            continue
        if word.endswith(".") and not re.fullmatch(r"(?:[A-Z]\.)+|[A-Z][a-z]?\.", word):
            end -= 1
            word = word[:-1]
        possessive = word.endswith(("'s", "’s"))
        if possessive:
            end -= 2
            word = word[:-2]
        joined = bool(run) and text[last_end:start] == " "
        capital = word[0].isupper() or (any(char.isupper() for char in word[1:]) and word[0].isalpha())
        if (
            word.isdigit()
            and run
            and not re.search(r"[A-Z]{2}|\d|^(?:Gen|Series|Mark|Type|Model|Phase)$", text[run[-1][0] : run[-1][1]])
            and not (text[run[0][0] : end] in tails or _numbers_a_model(text, run, start, end, covered))
        ):
            joined = False
        model = (
            joined
            and bool(MODEL_TOKEN.match(word))
            and not re.fullmatch(r"(?:19|20)\d\d", word)
            and not (word.isdigit() and text[end : end + 1] in {",", "%"} and text[end + 1 : end + 2].isdigit())
        )
        low = word.lower()
        taken = start in covered
        in_model = joined and word == "AI" and re.search(r"\d$", text[run[-1][0] : run[-1][1]]) is not None
        plain = not in_model and (
            low in COMMON
            or low in DEMONYMS
            or low in HONORIFICS
            or (
                low in TITLE_HEADS
                and low not in {"partner", "lead", "principal", "chair", "owner", "fellow", "head", "boss", "architect"}
            )
        )
        opens = not joined and (
            first
            or text[max(0, start - 2) : start] in {"“", ' "', '."', ": ", "• ", "- "}
            or text[start - 1 : start] in {"“", '"'}
        )
        if (
            opens
            and capital
            and not taken
            and low in lower_words
            and (low in _COMMON_HEADS or _CAPITALISED.match(text[end : end + 14]) is None)
            and text.count(word) - text.count(f". {word}") < 2
        ):
            plain = True
        if opens and (low in _COMMON_HEADS or (lemma(low) is not None and low != lemma(low))):
            plain = True
        if (
            _COUNTED.match(word)
            or (word in _CURRENCIES and text[end + 1 : end + 2].isdigit())
            or (not run and word in _UNITS and re.search(r"\d[ \u00a0]?$", text[max(0, start - 3) : start]))
        ):
            capital = False
        first = False
        if (
            low in DEMONYMS
            and not taken
            and re.match(r" [A-Z][\w-]+(?: [A-Z][\w-]+)?", text[end : end + 40])
            and (after := re.match(r"(?: [A-Z][\w-]+)+", text[end : end + 60]))
            and after[0].split()[-1].lower() in ORG_SUFFIXES
        ):
            plain = False
        if (
            (low in DEMONYMS or low in COMMON)
            and (pair := re.match(r" [A-Z]\w+", text[end : end + 20]))
            and f"{low}{pair[0].lower()}" in PLACES
        ):
            plain = False
        if text[end : end + 1] in {"$", "€", "£"} or re.search(r"-[a-z]", word):
            capital = False
        if (
            joined
            and not capital
            and low in _PARTICLES
            and re.match(r" (?:(?:de|der|den|la|le) )?[A-Z][a-z]", text[end : end + 8])
            and (text[run[-1][0] : run[-1][1]].istitle() or text[run[-1][0] : run[-1][1]] in _PARTICLES)
        ):
            run.append((start, end))
            last_end = end
            continue
        ok = (capital or model) and not taken and not (plain and (not run or low not in ORG_SUFFIXES))
        if ok and run and not joined:
            yield from _closed(run)
            run = []
        if ok:
            run.append((start, end))
            last_end = end
            if possessive:
                yield from _closed(run)
                run = []
        else:
            yield from _closed(run)
            run = []
    yield from _closed(run)


def _closed(run: list[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    if run and run[-1][1] - run[0][0] > 1:
        yield run[0][0], run[-1][1]


def _resolved(text: str, names: dict[str, _Name], known: Sequence[Mention], tails: set[str]) -> list[Mention]:
    """One key and one kind a name; short forms ("Orlo", "X15") take the key of the long one."""
    decided: dict[str, tuple[str, str, str]] = {}  # name → key, kind, how
    long_forms = sorted(
        (name for name in names.values() if " " in name.text and name.text not in tails), key=lambda name: -len(name.text)
    )
    short: dict[str, list[str]] = defaultdict(list)
    persons = {name.text for name in names.values() if " " not in name.text and _kind(name) == "person"}
    for name in long_forms:
        kind = _kind(name)
        if kind in {None, "place"} and name.text.split()[-1] in persons and len(name.text.split()) <= 3:
            kind = "person"
        if kind is None:
            continue
        decided[name.text] = (_key(name.text, kind), kind, "form")
        words = name.text.split()
        if kind == "org" and len(words[0]) > 3 and words[0].lower() not in COMMON | DEMONYMS:
            short[words[0]].append(name.text)
        if kind == "person":
            short[words[-1]].append(name.text)
        if kind == "product":
            for word in words:
                if re.search(r"\d", word) and len(word) >= 4:
                    short[word].append(name.text)
            short[words[-1]].append(name.text)
            for index in range(1, len(words)):
                short[" ".join(words[index:])].append(name.text)
                short[" ".join(words[:index])].append(name.text) if index > 1 else None
    for mention in known:
        if mention.kind in {"product", "person"}:
            whole = text[mention.start : mention.end]
            words = whole.split()
            for index in range(1, len(words)):
                tail = " ".join(words[index:])
                if (mention.kind == "product" and re.search(r"\d", tail) and len(tail) >= 4) or (
                    mention.kind == "person" and index == len(words) - 1
                ):
                    decided.setdefault(
                        tail, (mention.key, mention.kind, "surname" if mention.kind == "person" else "abbreviation")
                    )
            if mention.kind == "person" and len(words) == 2:  # family name first, as in Chinese
                decided.setdefault(words[0], (mention.key, "person", "surname"))
    for name in names.values():
        if name.text in decided:
            continue
        if name.text in short and len({decided[full][0] for full in short[name.text]}) == 1:
            key, kind, _ = decided[short[name.text][0]]
            decided[name.text] = (key, kind, "surname" if kind == "person" else "abbreviation")
            continue
        kind = _kind(name)
        if kind is not None:
            decided[name.text] = (_key(name.text, kind), kind, "form")
    found = [
        Mention(start=start, end=end, key=key, kind=kind, how=how, possessive=is_possessive(text, end))
        for name in names.values()
        if name.text in decided
        for key, kind, how in (decided[name.text],)
        if key
        for start, end in name.places
    ]
    return sorted(found, key=lambda mention: mention.start)


def _key(name: str, kind: str) -> str:
    return company_slug(name) if kind == "org" else slug(name)


def _kind(name: _Name) -> str | None:
    """The kind most votes are for; a name with no vote at all stays unnamed."""
    if not name.votes:
        return None
    kind, weight = max(name.votes.items(), key=lambda vote: (vote[1], vote[0]))
    if kind == "place" and weight <= 1 and len(name.votes) > 1:
        kind, weight = max(
            ((other, score) for other, score in name.votes.items() if other != "place"), key=lambda vote: (vote[1], vote[0])
        )
    if name.text.lower() in MONTHS | DAYS or weight < 1:
        return None
    return kind
