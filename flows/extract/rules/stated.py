"""Which figure an amount states by the words around it: by a verb, a noun behind it, a rise in something."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.extract.clauses import Clause, Parsed
from flows.extract.rules.growth import DOWN, UP, direction
from flows.extract.rules.metrics import Metric
from flows.extract.tokens import Token
from flows.extract.wordlists import word_set
from storage.values import Ratio

_ON_SALES = re.compile(
    r"^[^.;]{0,40}?\b(?:on|from) (?:\w+ ){0,3}?(?:turnover|sales|revenues?|net sales)\b(?! growth)", re.IGNORECASE
)
_SPANS = frozenset(["quarter", "half", "year", "fiscal", "same"])
_RISES = word_set(
    "rise increase jump gain surge growth climb advance fall drop decline decrease slump slide plunge dip improvement leap"
)


def states_amount(parsed: Parsed, clause: Clause | None, metrics: dict[int, Metric]) -> bool:
    """Whether a verb such as "booked" states an amount itself: an amount follows right after, and no other figure's name."""
    if clause is None:
        return False
    tokens = parsed.line.tokens
    own = metrics.get(clause.group.first)
    if own is not None and own.predicate.losses:
        return _profits(parsed, clause)
    growth = own is not None and own.predicate.read_as == "growth"
    for place, index in enumerate(clause.rest[:6]):
        if index in metrics and not metrics[index].verb:
            return True
        if tokens[index].letter == "c" and growth:
            return direction(parsed, index, None) != 0
        if tokens[index].letter == "m" and not growth:
            after = [tokens[later].low for later in clause.rest[place + 1 : place + 4]]
            return (
                place <= 2
                and not {"charge", "loss", "gain", "impairment", "write-down", "equity", "cash"} & set(after)
                and not (after[:1] and after[0] in {"for", "to", "into", "towards"})
            )
        if tokens[index].low in {"to", "into", ",", "for", "a", "an"}:
            return False
    return False


def _profits(parsed: Parsed, clause: Clause) -> bool:
    """Whether a verb states a profit: "made X on turnover of Y", "lost X in the quarter"; "lost X in value" does not."""
    tokens = parsed.line.tokens
    place = clause.group.last + 1
    if place >= len(tokens) or tokens[place].letter != "m" or clause.group.passive:
        return False
    after = parsed.line.text[tokens[place].end : parsed.line.sentence.end]
    before = parsed.line.text[parsed.line.sentence.start : tokens[clause.group.first].start]
    if _ON_SALES.match(after) or re.search(
        r"\b(?:on|from) (?:\w+ ){0,3}?(?:turnover|sales|revenues?) of\b", before, re.IGNORECASE
    ):
        return True
    if clause.group.lemma not in {"earn", "lose"} or re.match(r"\s*(?:in|of|from|on|by|per|a|an) (?!the\b|its\b|\d)", after):
        return False
    ahead = tokens[place + 1 : place + 5]
    return any(token.letter == "t" and parsed.line.time(token).form in _SPANS for token in ahead)


def metric_after(tokens: Sequence[Token], metrics: dict[int, Metric], index: int) -> Metric | None:
    """The figure named right after its amount: "$5.8 billion of data-center revenue", "$410 million in sales"."""
    ahead = index + 1
    if ahead >= len(tokens) or tokens[ahead].low not in {"of", "in", "worth"}:
        return None
    for position in range(ahead + 1, min(len(tokens), ahead + 6)):
        if position in metrics and not metrics[position].verb:
            return metrics[position]
        token = tokens[position]
        if (token.letter and token.letter != "o") or (
            not token.low.replace("-", "").replace("'", "").isalpha() and token.letter != "o"
        ):
            return None
    return None


def metric_of_rise(tokens: Sequence[Token], metrics: dict[int, Metric], index: int) -> Metric | None:
    """The figure that "a 21% rise in quarterly net profit" is growth of."""
    lows = [token.low for token in tokens[index + 1 : index + 4]]
    place = next((at for at, low in enumerate(lows[:2]) if low in _RISES), None)
    if place is None or lows[place + 1 : place + 2] not in (["in"], ["of"]):
        return None
    for position in range(index + 3, min(len(tokens), index + 10)):
        if position in metrics and not metrics[position].verb:
            return metrics[position]
        if tokens[position].is_value or tokens[position].low in {",", ";", "and"}:
            return None
    return None


def is_part_grown(parsed: Parsed, clause: Clause | None, index: int, value: Ratio) -> bool:
    """Whether a fraction says by how much a figure moved: "rose nearly a fifth", "down by a third"."""
    tokens = parsed.line.tokens
    if value.number is None or value.number >= 1 or (index + 1 < len(tokens) and tokens[index + 1].low == "of"):
        return False
    near = next((token.low for token in reversed(tokens[max(0, index - 2) : index]) if token.low not in {"by", "some"}), "")
    return near in UP | DOWN
