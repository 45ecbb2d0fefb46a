"""Markets: which one, where and when a share or a rank is in, carried from line to line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from flows.extract.clauses import Clause, Parsed
from flows.extract.naming import slug
from flows.extract.periods import Reports, shared_span
from flows.extract.scene import Scene
from flows.extract.spans import TimeMention
from flows.extract.vocabulary import Vocabulary
from flows.extract.wordlists import DEMONYMS, ORG_NOUNS, word_set
from storage.values import Period, Qualifier

POOL = "market"  # the key under which `Reports` keeps the periods of market figures
MARKET_WORDS = re.compile(
    r"\b\d[\d.]*\s?(?:%|per ?cent)\s+(?:market )?share\b|\bshare of \d|\btop spot\b|\bmarket[- ]share|\bshare of (?:the |"
    r"its )?(?:[\w'’-]+ ){0,3}market|\bof (?:the |its )?(?:[\w'’-]+ ){0,4}market\b|\bled the market|\bmarkets? leader|"
    r"\bof what the (?:world|market) spen[dt]|\bmarket for\b|\bworld market\b|\bshare was\b|\bshare (?:grew|rose|fell|"
    r"slipped|climbed|of)\b",
    re.IGNORECASE,
)
_MARKET_FOR = re.compile(
    r"\bmarkets? for (?:the )?(?P<what>[\w-]+(?: [\w-]+){0,2}?)(?= (?:in|with|by|from|and|,|to|last|this|at)\b|[,.;]|$)",
    re.IGNORECASE,
)
_SPENT_ON = re.compile(r"\bspen[dt] on (?P<what>[\w-]+(?: [\w-]+){0,2}?)(?= (?:went|in|last|goes|this)\b|[,.;]|$)", re.IGNORECASE)


@dataclass(slots=True)
class Market:
    """The market spoken of, carried from line to line."""

    market: str | None = None
    region: str | None = None
    line: int = -9
    columns: tuple[Decimal, bool] | None = None  # of a table: factor of its counts, and whether it gives shares
    heading: int = -9


class Words:
    """The vocabularies this rule needs."""

    def __init__(self, vocabularies: Mapping[str, Mapping[str, Sequence[str]]]) -> None:
        self.market = Vocabulary(vocabularies.get("market", {}))
        self.region = Vocabulary(vocabularies.get("region", {}))


def remember_times(scene: Scene, parsed: Parsed, reports: Reports) -> None:
    """Keep the last closed period a line names as the one its market figures are about."""
    for token in parsed.line.tokens:
        if token.letter == "t":
            time = parsed.line.time(token)
            if (
                time.form in {"quarter", "half", "year"}
                and time.period is not None
                and time.period.start
                and time.period.end
                and (scene.published is None or time.period.start <= scene.published)
            ):
                known = reports.known.get(POOL)
                if (
                    not known
                    or known[-1][1].start is None
                    or time.period.start >= known[-1][1].start
                    or parsed.line.sentence.paragraph - known[-1][0] > 1
                ):
                    reports.remember(POOL, parsed.line.sentence.paragraph, Period(start=time.period.start, end=time.period.end))


def market_of(text: str, words: Words) -> str | None:
    """The market a sentence names."""
    for pattern in (_MARKET_FOR, _SPENT_ON):
        if match := pattern.search(text):
            return words.market.slug(match["what"])
    ranked = re.search(r"\bnumber \w+ in (?P<what>[\w-]+(?: [\w-]+)?)", text, re.IGNORECASE)
    if ranked and (found := words.market.first(ranked["what"])):
        return found
    return words.market.first(text) or _unlisted(text)


_LARGEST = re.compile(
    r"\b(?:largest|biggest|leading|number \w+|no\. \d) (?P<what>[a-z][\w-]+(?: [a-z][\w-]+){0,2})(?= in\b| with\b| by\b|"
    r" worldwide|[,.;]|$)"
)
_OF_MARKET = re.compile(
    r"\b(?:the|its|that) (?:(?:global|world|worldwide|whole|total|entire|[A-Z][\w-]+) )?"
    r"(?P<what>[a-z][\w-]+(?: [a-z][\w-]+)?) market\b"
)
_NO_MARKET = DEMONYMS | word_set(
    """
    stock home domestic same whole world global total entire local share labour job housing bond growing mass end
    overall wider after early
    """
)


def _unlisted(text: str) -> str | None:
    """A market no vocabulary lists: "the third-largest kettle maker in Europe", "12% of the kettle market"."""
    for pattern in (_OF_MARKET, _LARGEST):
        for match in pattern.finditer(text):
            words = [word for word in match["what"].split() if word not in ORG_NOUNS and word not in _NO_MARKET]
            if words:
                return slug(" ".join(words))
    return None


def region_of(parsed: Parsed, clause: Clause | None, words: Words, text: str) -> str | None:
    """The region a sentence names."""
    return words.region.first(text.replace("Chinese", "").replace("chinese", ""))


_MEASURING = frozenset(["put", "estimate", "peg", "reckon", "track", "calculate", "measure"])


def _owner_of_share(scene: Scene, parsed: Parsed, index: int) -> tuple[str | None, float]:
    """Whose share somebody measures: "Acme Research puts Orlo's share at"; who measures has none."""
    tokens = parsed.line.tokens
    for back in range(index - 1, 0, -1):
        if tokens[back].low in {"share", "shares"}:
            for owner in range(back - 1, max(-1, back - 5), -1):
                if tokens[owner].letter == "o":
                    mention = parsed.line.mention(tokens[owner])
                    if mention.possessive or tokens[owner + 1].low == "'s":
                        return scene.company(mention.key)[0], 1.0
    return None, 0.0


def company_of_share(scene: Scene, parsed: Parsed, index: int, clause: Clause | None) -> tuple[str | None, float]:
    """Whose share: "X with 14%", "went to X", the owner or the subject of the clause."""
    line = parsed.line
    tokens = line.tokens
    if clause is not None and clause.group.lemma in _MEASURING and not clause.group.passive:
        return _owner_of_share(scene, parsed, index)
    if index >= 2 and tokens[index - 1].low in {"with", "on", "at"} and tokens[index - 2].letter == "o":
        return scene.company(line.mention(tokens[index - 2]).key)[0], 1.0
    for ahead in range(index + 1, min(len(tokens), index + 16)):
        if tokens[ahead].low in {",", ";"} or tokens[ahead].letter == "c":
            break
        if (
            tokens[ahead].letter == "o"
            and tokens[ahead - 1].low in {"to", "by"}
            and any(token.low in {"went", "goes", "go", "held", "controlled", "taken"} for token in tokens[index:ahead])
        ):
            return scene.company(line.mention(tokens[ahead]).key)[0], 1.0
    if clause is not None:
        for position in (*clause.subject, *clause.owners):
            if tokens[position].letter == "o" and not line.mention(tokens[position]).members:
                return line.mention(tokens[position]).key if line.mention(
                    tokens[position]
                ).key not in scene.entities else scene.company(line.mention(tokens[position]).key)[0], 1.0
    return None, 0.0


def asked_about(scene: Scene, number: int) -> str | None:
    """The company a figure without a subject is of, where the line before asks what is being bought: the target."""
    for parsed in scene.lines[max(0, number - 1) : number]:
        if parsed.question:
            for mention in scene.mentions:
                if (
                    mention.how == "noun"
                    and "target" in scene.text[mention.start : mention.end].lower()
                    and mention.start < parsed.line.sentence.start
                ):
                    return mention.key
    return None


def comparison(parsed: Parsed, index: int) -> bool:
    """Whether a percentage is the one compared with."""
    tokens = parsed.line.tokens
    window = [token.low for token in tokens[max(0, index - 3) : index]]
    if window[-1:] and window[-1] in {"from", "against", "versus", "with"} and (window[-1] != "with" or "compared" in window):
        return True
    if "having" in window or "had" in window:
        after = next((parsed.line.time(token) for token in tokens[index + 1 : index + 4] if token.letter == "t"), None)
        return after is not None and after.form == "year_earlier"
    return False


def time_near(parsed: Parsed, index: int, *, previous: bool) -> TimeMention | None:
    """The time a percentage stands beside."""
    tokens = parsed.line.tokens
    shared = shared_span(parsed)
    if shared is not None and (not previous or tokens[index - 1].low == "from"):
        return None if previous else shared
    for ahead in range(index + 1, min(len(tokens), index + 10)):
        if (
            tokens[ahead].letter in {"c", "m"}
            or tokens[ahead].low in {";", "while"}
            or (tokens[ahead].low == "," and not previous)
        ):
            break
        if tokens[ahead].letter == "t":
            return parsed.line.time(tokens[ahead])
    if previous:
        return None
    for back in range(index - 1, -1, -1):
        if tokens[back].low == ";":
            break
        if tokens[back].letter == "t" and parsed.line.time(tokens[back]).form in {
            "quarter",
            "half",
            "year",
            "same",
            "month",
            "fiscal",
        }:
            return parsed.line.time(tokens[back])
    return None


def market_qualifiers(market: str, region: str | None, period: Period | None) -> dict[str, Qualifier]:
    """Market, region and period as qualifiers."""
    qualifiers: dict[str, Qualifier] = {"market": market}
    if region:
        qualifiers["region"] = region
    if period is not None:
        qualifiers["period"] = period
    return qualifiers
