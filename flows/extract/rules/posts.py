"""Posts: a title is a head noun of a class ("director", "chairman"), the words that narrow it, and a tail with of, for or at."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flows.extract.clauses import Parsed
from flows.extract.spans import Mention
from flows.extract.wordlists import TITLE_HEADS, word_set

WEAK = word_set(
    """
    partner lead owner principal boss fellow architect engineer scientist researcher designer adviser advisor lawyer deputy chief
    """
)
"""Heads that name a post only where a text also says at whose."""


def _any(titles: set[str]) -> str:
    return "|".join(sorted((re.escape(title) for title in titles), key=len, reverse=True))


HEADS = _any(set(TITLE_HEADS) - WEAK)
ONE = (
    rf"(?:(?:group|regional|global|deputy|senior|executive|interim|acting|co|assistant|associate|corporate|lead|chief|"
    rf"worldwide|founding|sales|research|marketing|operations|product|technology|country|division|data|security|"
    rf"hardware|software|strategy|finance|managing|general|national|independent|non-executive)[- ]){{0,2}}(?:{HEADS})"
)
TITLE = rf"{ONE}(?:,? (?:and|&) {ONE}|, {ONE}(?: and {ONE}))*"
_FUNCTION = (
    "the|an?|of|for|at|in|on|and|or|to|by|with|from|as|is|was|are|were|be|been|has|have|had|who|which|that|his|her|their|its|"
    "said|says|told|tells|asked|added|former|then|ex|previous|late|once|formerly|new|next|first|not|no|never|so"
)
OPEN = rf"(?:(?!(?:{_FUNCTION})\b)(?-i:[a-z])[\w’'-]*\w ){{0,3}}?(?:{TITLE}|{_any(set(TITLE_HEADS) | WEAK)})\b"
_OPENED = re.compile(OPEN, re.IGNORECASE)
_BETWEEN = re.compile(rf"(?:['’]s?)? (?P<title>{OPEN}(?: (?:of|for) [\w -]{{2,40}}?)?),? ", re.IGNORECASE)
_LEAD = re.compile(
    r"(?:(?:still|now|currently|also|today|already|as|the|an?|its|their|our|one of|new|next|first|to) )*", re.IGNORECASE
)
_PAST = re.compile(r"(?:an? |the |its |their )?(?:former|ex|formerly|previously|once|then|late|until recently)\b", re.IGNORECASE)
_BREAK = re.compile(
    r"[,.;:!?()“”\"–—]|\s(?:since|from|until|when|who|which|but|after|before|while|effective|starting|as|and (?:is|was|has|will|"
    r"had|said|says|the|its|he|she|would)|said|says|told|will|is|was|has|called|wrote|succeed\w*|replac\w+|this|next|last)\b"
)
_OWNING = re.compile(r"(?:['’]s?)? ")
_LOOSE = re.compile(
    r"(?:[\w-]+-(?:serving|time|standing|old|born|based)|outgoing|incoming|veteran|current|longtime|own|top|then) ", re.IGNORECASE
)
_CLOSED = re.compile(r"[,.;:!?()“”\"–—]|\s(?:said|says|told|will|is|has)\b|\s*$")
_AT = re.compile(r"\s(?:of|at|for|with|in) (?:the )?$")
_DANGLING = re.compile(r"(?:\s(?:of|at|for|with|in|on|by|from|the|an?|and))+$")


@dataclass(frozen=True, slots=True)
class Post:
    """A title and, where it is said beside it, whose; `end` is where its words end."""

    title: str
    owner: Mention | None
    end: int


def post_at(parsed: Parsed, start: int, end: int) -> Post | None:
    """The post that is named right at a place of a line: "Hexa's head of sales", "the chief scientist at Hexa"."""
    line = parsed.line
    text = line.text
    if _PAST.match(text, start, end):
        return None
    at = _led(text, start, end)
    companies = [token for token in line.tokens if token.letter == "o" and start <= token.start < end]
    owner: Mention | None = None
    for token in companies:
        mention = line.mention(token)
        if token.start == at and (behind := _OWNING.match(text, mention.end)):
            owner, at = mention, _led(text, behind.end(), end)
            break
    if _PAST.match(text, at, end):
        return None
    match = _OPENED.match(text, at, end)
    if match is None:
        return None
    broken = _BREAK.search(text, match.end(), end)
    limit = broken.start() if broken else end
    limit = min([limit, *(token.start for token in line.tokens if token.letter == "t" and token.start >= match.end())])
    stop = limit
    if owner is None:
        for token in companies:
            if match.end() <= token.start < limit and (before := _AT.search(text, match.end(), token.start)):
                owner, stop = line.mention(token), before.start()
                break
    tail = text[match.end() : stop]
    if not re.match(r"\s(?:of|for)\s", tail):
        tail = ""
    title = _LOOSE.sub("", _DANGLING.sub("", f"{match[0]}{tail}".rstrip()), count=1)
    if owner is None and title.lower().split()[-1] in WEAK:
        return None
    return Post(title, owner, owner.end if owner is not None and owner.start >= match.end() else match.end() + len(tail))


def _led(text: str, at: int, end: int) -> int:
    lead = _LEAD.match(text, at, end)
    return lead.end() if lead else at


def beside(parsed: Parsed, person: Mention) -> Post | None:
    """ "Jane Kelso, 48, Hexa's head of sales,": a post behind a name with its possessor before it."""
    text = parsed.line.text
    end = parsed.line.sentence.end
    gap = re.compile(r",(?: (?:aged )?\d\d,)? ").match(text, person.end, end)
    if gap is None:
        return None
    post = post_at(parsed, gap.end(), end)
    if post is None or post.owner is None or not _CLOSED.match(text, post.end):
        return None
    return post


def before(parsed: Parsed, person: Mention) -> Post | None:
    """ "Hexa's works council chairman, Udo Brandt": a post between its possessor and a name."""
    line = parsed.line
    for token in reversed(line.tokens):
        if token.letter != "o" or token.end > person.start or person.start - token.end > 90:
            continue
        between = _BETWEEN.fullmatch(line.text, token.end, person.start)
        if between is None or _PAST.match(between["title"]):
            return None
        return Post(_LOOSE.sub("", between["title"], count=1), line.mention(token), person.start)
    return None
