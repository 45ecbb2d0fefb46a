"""How surely a clause is said, and by whom: modality, attribution, and what makes it no claim at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from flows.extract.clauses import Clause, Parsed
from flows.extract.tokens import Line
from flows.extract.verbs import FORMS_OF
from flows.extract.wordlists import word_set
from storage.model import Modality

REPORTING = word_set(
    """
    say tell announce report confirm claim warn believe reckon estimate add note write disclose repeat state explain
    argue insist predict forecast reveal acknowledge admit emphasise emphasize stress declare assert suggest think
    show indicate calculate expect see promise pledge hint comment remark maintain contend concede point
    """
)
_SPEAKING = REPORTING - {"show", "see", "suggest", "expect", "promise", "pledge", "point"}
SELF_REPORTING = word_set("report guide expect disclose forecast confirm say project")
_PLANS = word_set(
    """
    plan expect intend schedule prepare set due agree promise pledge commit slate scheduled supposed likely about
    ready poised project foresee anticipate design propose
    """
)
_TARGETS = word_set("aim target want hope seek strive wish aspire")
_RUMOURS = word_set(
    """
    said rumoured rumored thought believed understood reported consider mull weigh contemplate explore discuss say
    rumour rumor
    """
)
_RUMOUR_ADVERBS = frozenset(["reportedly", "allegedly", "supposedly", "apparently"])
_UNNAMED = re.compile(
    r"\b(?:sources?|insiders?|bankers?|people (?:familiar|with knowledge|close to|briefed|who)|persons? familiar|rumou?rs?|"
    r"leakers?|whispers?|tipsters?|"
    r"supply[- ]chain (?:sources|reports)|unconfirmed reports?|leaks?|gossip|speculation|talk of)\b",
    re.IGNORECASE,
)
_WHISPERED = re.compile(r"\b(?:leaks?|rumou?rs?|whispers?|gossip|speculation|tipsters?|leakers?|teardown leaks?)$", re.IGNORECASE)
_LEAKS_SAY = re.compile(
    r"\W*(?:[\w-]+ ){0,3}(?:leaks?|rumou?rs?|whispers|speculation|(?:leaked|unconfirmed) [\w-]+) (?:[\w-]+ ){0,2}?"
    r"(?:points?|pointed|suggests?|suggested|hints?|hinted|indicates?|speaks?|says?|said|has it|have it|puts?|claims?|claimed|"
    r"mentions?|shows?|names?|lists?)\b",
    re.IGNORECASE,
)
_ACCORDING = re.compile(
    r"\b(?:according to|(?:by|on) the (?:estimates?|reckoning|count|calculations?) of|in the view of|estimates? (?:by|"
    r"from)|data from|figures (?:by|from)|citing)\s+",
    re.IGNORECASE,
)
_MEDIA = re.compile(
    r"-(?:daily|times|news|journal|post|tribune|gazette|herald|bloomberg|reuters|insider|weekly)$|^(?:bloomberg|reuters|"
    r"digitimes|nikkei|the-information)$"
)
_LEAKER = re.compile(r"\bleakers?\b", re.IGNORECASE)
_PLAN_NOUN = re.compile(
    r"\b(?:the|its|a|our|their) (?:plan|goal|aim|idea|intention|hope|ambition|target)\b[^.;]{0,30}\bis to\b", re.IGNORECASE
)
_PEOPLE = (
    r"(?:people|persons?|sources?|insiders?|bankers|brokers|lawyers|analysts? briefed|one of the people|"
    r"suppliers|leakers?|tipsters?)"
)
_FRAME_BEFORE = re.compile(
    r"\b(?:it (?:is|was|has been) (?:\w+ )?(?:said|rumou?red|thought|understood|believed|claimed|whispered|suggested)(?: that)?\b"
    r"|rumou?r has it|rumou?rs? (?:say|says|suggests?|claims?|is|are)\b|word (?:is|has it)\b|the (?:word|talk|whisper|story) is\b"
    r"|(?:leaked|internal|purported|alleged|unverified|supposed|confidential|stray) (?:\w+ ){0,2}?"
    r"(?:slides?|documents?|memos?|roadmaps?|e-?mails?|photos?|images?|listings?|renders?|presentations?|notes?|drawings?)\b"
    r"[^.;]{0,60}?\b(?:suggest|show|say|indicate|point|reveal|hint|claim|list|mention)s?\b"
    r"|(?:x|twitter|weibo|reddit|telegram|anonymous|well-known) (?:account|leaker|user|poster|blogger|tipster)\b[^.;]{0,80}?"
    r"\b(?:say|claim|write|post|report|suggest|insist)s?\b"
    rf"|\b{_PEOPLE}\b[^.;,]{{0,50}} (?:said|say|says|claimed?|told \w+)\b"
    r"|, citing (?:an? |the |its |one |two |three |several |unnamed |anonymous )?(?:\w+ ){0,3}?"
    rf"(?:{_PEOPLE}|partners?|suppliers?|officials?|employees|documents?|memos?|leaks?|retailers?|distributors?|resellers?)\b"
    r"[^.;]{0,40}?,? (?:reported|reports|wrote|writes|said|says|claimed|claims)\b)",
    re.IGNORECASE,
)
_FRAME_AFTER = re.compile(
    rf",[”\"]? (?:\w+ ){{0,3}}(?:{_PEOPLE})\b[^.;]{{0,60}}? (?:said|say|says|claimed?|told [\w ]{{1,30}})(?=[.,;)]|$)"
    rf"|, (?:say|says|said) (?:\w+ ){{0,3}}{_PEOPLE}\b|, (?:it is said|the rumou?r goes|so the story goes)\b"
    r"|[,(] citing (?:an? |the |its |two |three |several |unnamed |anonymous )?(?:\w+ ){0,3}?"
    rf"(?:{_PEOPLE}|partners?|suppliers?|documents?|memos?|leaks?|retailers?|distributors?)\b",
    re.IGNORECASE,
)
_WISH = re.compile(
    r"\b(?:goal|aim|ambition|objective|target)\b(?:[^.;:,]{0,30}|, [^,.;]{0,40},) (?:is|remains)\b(?! (?:to|not|no)\b)|"
    r"\bplan is for\b|\bset (?:itself|themselves) (?:an?|the)\b|(?:\bwould|[’']d) (?:like|love)\b",
    re.IGNORECASE,
)
_CONTRARY = re.compile(r"\bcontrary to (?:\w+ ){0,3}(?:reports?|rumou?rs?|claims?|speculation)\b", re.IGNORECASE)
_PAST = frozenset(form for forms in FORMS_OF.values() for form in forms if form.endswith("ed")) | frozenset(
    ["said", "told", "wrote", "thought", "saw"]
)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a clause amounts to. `modality` is None where it is no claim, and `why` says so."""

    modality: Modality | None
    attributed_to: str | None = None
    speakers: tuple[str, ...] = ()
    why: str = ""
    negated: bool = False


def scope_of(parsed: Parsed, clause: Clause | None, *, speaker: str | None = None, interview: bool = False) -> Scope:
    """The scope of a clause, or of a whole line without a verb."""
    if parsed.question:
        return Scope(None, why="a question")
    if clause is not None and clause.conditional:
        return Scope(None, why="a condition")
    attributed, speakers, unnamed, past = _attribution(parsed, clause)
    if clause is not None and clause.relative and unnamed:  # what is said beside the rumour is not itself rumoured
        attributed, unnamed = None, False
    if attributed is None and not speakers and speaker is not None and interview:
        attributed = speaker
    group = clause.group if clause else None
    modality = Modality.ACTUAL
    if clause is not None and group is not None:
        chain = set(group.chain) | _inherited_chain(parsed, clause)
        if wished(parsed, clause):
            modality = Modality.TARGETED
        elif (
            group.modals
            and group.modals[0] in {"would", "could", "might", "may", "'d"}
            and not (group.modals[0] in {"would", "'d"} and past)
        ):
            if not unnamed:
                return Scope(None, attributed, speakers, why=f"only {group.modals[0]}")
            modality = Modality.RUMOURED
        elif chain & _TARGETS or group.lemma in _TARGETS:
            modality = Modality.TARGETED
        elif chain & _RUMOURS or set(group.adverbs) & _RUMOUR_ADVERBS:
            modality = Modality.RUMOURED
        elif (
            (group.modals and group.modals[0] in {"will", "shall", "'ll", "would", "'d", "must"})
            or group.be_to
            or chain & _PLANS
            or (group.lemma in {"plan", "expect", "foresee", "anticipate", "schedule", "intend", "guide", "forecast"})
        ):
            modality = Modality.PLANNED
    if unnamed or (clause is not None and modality in {Modality.ACTUAL, Modality.PLANNED} and _framed(parsed, clause)):
        modality = Modality.RUMOURED
    negated = bool(group and group.negated)
    return Scope(modality, attributed, speakers, negated=negated)


def _framed(parsed: Parsed, clause: Clause) -> bool:
    """Whether a sentence hands a clause on as hearsay: "word is that …", "…, people briefed on it said", "a slide suggests …"."""
    if clause.relative:
        return False
    sentence = parsed.line.sentence
    text, head = parsed.line.text[sentence.start : sentence.end], clause.start - sentence.start
    before = _FRAME_BEFORE.search(text[: max(0, head)])
    if before is not None and not re.search(r";|[.?!] ", text[before.end() : head]):
        return True
    after = _FRAME_AFTER.search(text, max(0, head))
    return after is not None and ";" not in text[head : after.start()]


def wished(parsed: Parsed, clause: Clause) -> bool:
    """Whether a clause says what somebody wishes for: "our goal is", "has set itself a mark", "would like"."""
    line = parsed.line
    verb = line.tokens[clause.group.last].end
    return any(
        clause.start <= end <= clause.end and start < verb + 40
        for start, end in _wishes(line.text, line.sentence.start, line.sentence.end)
    )


@lru_cache(maxsize=64)
def _wishes(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Where a sentence speaks of wishes; every clause of it asks."""
    return tuple(found.span() for found in _WISH.finditer(text, start, end))


def _told_by_leaks(parsed: Parsed) -> bool:
    """Whether a sentence opens with what leaks say: "Leaks point to a bigger screen"."""
    return _LEAKS_SAY.match(parsed.line.text, parsed.line.sentence.start, parsed.line.sentence.end) is not None


def _inherited_chain(parsed: Parsed, clause: Clause) -> set[str]:
    """The verbs a clause depends on: "wants its unit to pass", "is to eliminate … and replace"."""
    chain: set[str] = set()
    current, steps = clause, 0
    while current.parent >= 0 and steps < 4:
        parent = parsed.clauses[current.parent]
        if current.group.lead == "infinitive":
            chain |= {parent.group.lemma, *parent.group.chain}
            if parent.group.be_to or parent.group.modals[:1] in {("will",), ("shall",)}:
                chain.add("plan")
        elif (
            current.group.lead == "finite"
            and current.group.form == current.group.lemma
            and not current.group.modals
            and (parent.group.be_to or parent.group.modals or parent.group.chain)
        ):
            chain |= set(parent.group.chain)
            if parent.group.be_to or parent.group.modals[:1] in {("will",), ("shall",)}:
                chain.add("plan")
        current, steps = parent, steps + 1
    return chain


def _attribution(parsed: Parsed, clause: Clause | None) -> tuple[str | None, tuple[str, ...], bool, bool]:
    """Who says it (or who together), whether only unnamed people do, and whether they said it in the past tense."""
    line = parsed.line
    text = line.text[line.sentence.start : line.sentence.end]
    start = clause.start if clause else line.sentence.start
    end = clause.end if clause else line.sentence.end
    for match in _ACCORDING.finditer(text):
        at = line.sentence.start + match.end()
        if not _same_segment(line, start, end, line.sentence.start + match.start()):
            continue
        named = next((token for token in line.tokens if token.start >= at and token.is_entity and token.letter in "onx"), None)
        phrase = line.text[at : min(line.sentence.end, at + 40)]
        if _UNNAMED.match(phrase) or _UNNAMED.search(phrase.split(",")[0]):
            return None, (), True, False
        if named and named.start - at < 30:
            return line.mention(named).key, (), False, False
    if (teller := _closing(line, end)) is not None:
        return teller, (), False, True
    for number, other in enumerate(parsed.clauses):
        if clause is not None and other.group.first == clause.group.first:
            continue
        if other.group.lemma not in _SPEAKING or other.group.negated:
            continue
        if clause is not None and not _governs(parsed, number, clause):
            continue
        if clause is None and not _trails(line, other):
            continue
        past = other.group.form in _PAST or other.group.perfect
        phrase = " ".join(line.tokens[index].low for index in other.subject_tokens)
        if _UNNAMED.search(phrase):
            sources = [line.mention(line.tokens[index]) for index in other.subject]
            return (sources[0].key if sources else None), (), True, past
        if other.subject:
            mentions = [line.mention(line.tokens[index]) for index in other.subject]
            keys = tuple(
                dict.fromkeys(
                    key
                    for mention in mentions
                    for key in (mention.members or (mention.key,))
                    if mention.kind in {"org", "person"}
                )
            )
            if len(keys) == 1:
                media = other.group.lemma in {"report", "write", "claim"} and bool(_MEDIA.search(keys[0]))
                return keys[0], (), media, past
            if len(keys) > 1:
                return None, keys, False, past
        elif (teller := _inverted(line, other)) is not None:
            return teller, (), False, past
        elif (
            other.owners
            and other.head.split()[-1:]
            and other.head.split()[-1] in {"spokesman", "spokeswoman", "spokesperson", "representative"}
        ):
            return line.mention(line.tokens[other.owners[-1]]).key, (), False, past
    return None, (), False, False


_CLOSING = re.compile(r", (?:[^,;.:]{3,60}, )?(?:said|says|told \w+)(?: (?:on|in|late|at|during) [^,;]{2,40})?\s*[.]?\s*$")


def _closing(line: Line, end: int) -> str | None:
    """Which person a sentence closes with as its teller, described between commas: ", Mira Voss, its chairwoman, said."."""
    sentence = line.sentence
    for token in line.tokens:
        if token.letter != "n" or token.start < 3 or line.text[token.start - 2 : token.start] != ", " or token.end < end - 60:
            continue
        mention = line.mention(token)
        if not mention.possessive and _CLOSING.fullmatch(line.text, mention.end, sentence.end):
            return mention.key
    return None


def _inverted(line: Line, other: Clause) -> str | None:
    """Who is named right behind a verb of saying that opens an aside: ", says Hexa,"."""
    group = other.group
    if other.subject_tokens or group.lead != "finite" or not group.first or group.last + 1 >= len(line.tokens):
        return None
    teller = line.tokens[group.last + 1]
    if line.tokens[group.first - 1].low not in {",", "”", '"'} or teller.letter not in {"o", "n"}:
        return None
    mention = line.mention(teller)
    return None if mention.possessive or mention.members else mention.key


def _same_segment(line: Line, start: int, end: int, at: int) -> bool:
    """Whether no semicolon or colon lies between a clause and a place."""
    low, high = (end, at) if at >= end else (at, start) if at < start else (0, 0)
    return not re.search(r"[;]|: ", line.text[low:high])


def _governs(parsed: Parsed, number: int, clause: Clause) -> bool:
    """Whether what a verb of saying introduces or follows includes a clause."""
    other = parsed.clauses[number]
    line = parsed.line
    if other.group.first < clause.group.first:
        between = line.text[line.tokens[other.group.last].end : clause.start]
        if other.relative:
            return False
        if re.search(r";|[.?!]\s", between):
            return False
        after = line.tokens[other.group.last + 1] if other.group.last + 1 < len(line.tokens) else None
        if after is not None and after.low in {",", ".", '"', "“"} and other.group.first and after.low != ",":
            return False
        with_object = after is not None and (after.low in {"revenue", "a", "an", "net", "sales"} or after.is_value)
        return not (other.group.lemma == "report" and with_object)
    return _trails(line, other)


def _trails(line: Line, other: Clause) -> bool:
    """Whether a verb of saying closes a sentence it does not open: ", the company said in a filing"."""
    first = min([*other.subject_tokens, other.group.first])
    if first == 0 or other.relative:
        return False
    return (line.tokens[first - 1].low in {",", "”", '"'} and other.group.lemma not in {"report", "add"}) or (
        line.tokens[first - 1].low == "," and other.group.lemma in {"claim", "say", "confirm", "announce"}
    )
