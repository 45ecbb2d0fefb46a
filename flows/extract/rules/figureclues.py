"""Figures that a line states without naming them: shares that only "fell 3%", guidance as a bare range."""

from __future__ import annotations

import re

from flows.extract.clauses import Clause, Parsed
from flows.extract.rules.figuretimes import Topic
from flows.extract.rules.growth import DOWN, UP
from flows.extract.scene import Scene
from flows.extract.wordlists import word_set

_TRADING = re.compile(
    r"\b(?:trading|trade|premarket|pre-market|after-hours|bourse|stock exchange|closing bell|opening bell|session|"
    r"(?:shares|stocks?) (?:in|of|fell|rose))\b",
    re.IGNORECASE,
)
_COMING = re.compile(
    r"\b(?:current|next|coming|following|ongoing|third|fourth|first|second|this|full) "
    r"(?:fiscal |financial )?(?:quarter|half|year)\b|"
    r"\b(?:three|six) months (?:to|through|ending)\b",
    re.IGNORECASE,
)
_GUIDING = frozenset(["forecast", "expect", "guide", "project", "see", "predict", "anticipate", "target", "estimate"])


def moves_in_trading(parsed: Parsed, clause: Clause) -> str | None:
    """The company whose shares a clause moves without naming them: "Acme fell 3.1 per cent in early trading"."""
    tokens = parsed.line.tokens
    group = clause.group
    if group.lead != "finite" or group.passive or not ({group.form, group.lemma} & (UP | DOWN)):
        return None
    if len(clause.subject_tokens) != 1 or tokens[clause.subject_tokens[0]].letter != "o":
        return None
    mention = parsed.line.mention(tokens[clause.subject_tokens[0]])
    near = [tokens[index].letter for index in clause.rest[:3]]
    if mention.members or mention.possessive or "c" not in near:
        return None
    text = parsed.line.text[tokens[group.last].end : parsed.line.sentence.end]
    return mention.key if _TRADING.search(text) else None


def guided(scene: Scene, number: int, parsed: Parsed, topic: Topic) -> Clause | None:
    """The clause by which a company gives a bare range for a coming period, right after its revenue was told."""
    if topic.metric is None or topic.company is None or number - topic.line > 2 or topic.metric.predicate.key != "revenue":
        return None
    line = parsed.line
    if not _COMING.search(line.text, line.sentence.start, line.sentence.end):
        return None
    for clause in parsed.clauses:
        if clause.group.lemma not in _GUIDING or clause.group.passive or clause.group.negated:
            continue
        own = [line.mention(line.tokens[one]).key for one in clause.subject if line.tokens[one].letter == "o"]
        if own and all(scene.company(key)[0] == topic.company for key in own):
            after = [line.tokens[index] for index in clause.rest[:8]]
            if any(token.letter == "m" for token in after) and not any(
                token.letter == "" and token.low in _OTHER for token in after
            ):
                return clause
    return None


_OTHER = word_set("spending capex cost costs charge charges savings investment expenses dividend cash debt to")
