"""Clauses: who does what, one normalised line each, with how surely it is said and by whom.

"Orlo, the cloud provider, has signed an agreement with Hexa and will buy from it a cluster" becomes
two clauses, both with Orlo as their subject: "‹o0› «sign» an agreement with ‹o1›" and "‹o0› «buy» from
‹o2› a cluster". Appositions, relative clauses and brackets are taken out of the clause they interrupt.
Rules match patterns against these lines and never see word order, coordination or auxiliaries.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.extract.clausesubjects import inherit, with_subject
from flows.extract.insertions import insertions, reduced
from flows.extract.parsed import Apposition, Clause, Parsed
from flows.extract.tokens import Line, Token
from flows.extract.verbgroups import PREPOSITIONS, VerbGroup, find_groups
from flows.extract.wordlists import word_set

__all__ = ["Apposition", "Clause", "Parsed", "joined", "parse"]

_RELATIVE = frozenset(["who", "which", "that", "whose"])


MOST_VERBS = 40
"""Verbs beyond which what looks like one sentence is none, and is not taken apart."""


def parse(line: Line) -> Parsed:
    """The clauses and appositions of a line."""
    tokens = line.tokens
    parsed = Parsed(line=line, question=(bool(tokens) and tokens[-1].low == "?") or (len(tokens) > 1 and tokens[-2].low == "?"))
    groups = find_groups(tokens)
    if len(groups) > MOST_VERBS:
        return parsed
    in_group = {index: number for number, group in enumerate(groups) for index in range(group.first, group.last + 1)}
    inserted = insertions(line, in_group, groups, parsed)
    lefts: list[int] = []
    for number, _group in enumerate(groups):
        clause, left = with_subject(line, groups, number, parsed.clauses, inserted, in_group)
        lefts.append(left)
        parsed.clauses.append(clause)
    _give_rest(tokens, groups, lefts, parsed.clauses, inserted)
    _conditions(tokens, parsed)
    for clause in parsed.clauses:
        _normalise(line, clause, in_group, groups)
    return parsed


def _give_rest(
    tokens: Sequence[Token],
    groups: Sequence[VerbGroup],
    lefts: Sequence[int],
    clauses: Sequence[Clause],
    inserted: dict[int, int],
) -> None:
    """Hand each token after a verb to that verb, unless it belongs to the next one's own words."""
    for number, (group, clause) in enumerate(zip(groups, clauses, strict=True)):
        home = inserted.get(group.first)
        opened = {lefts[later]: later for later in range(len(groups) - 1, number, -1)}  # the first to open at a token
        taken: list[int] = []
        index = group.last + 1
        while index < len(tokens):
            following = opened.get(index)
            if (
                following is not None
                and inserted.get(groups[following].first) == home
                and not _embedded(tokens, groups, following, clauses)
            ):
                break
            if home is not None and inserted.get(index) != home:
                break
            if inserted.get(index) is None or inserted.get(index) == home:
                if tokens[index].low == ";" or (tokens[index].low in {"while", "whereas", "although", "though"}):
                    break
                taken.append(index)
            index += 1
        clause.rest = tuple(taken)
    for number, clause in enumerate(clauses):
        if clause.parent == -2:
            later = next(
                (other for other in clauses[number + 1 :] if other.group.lead == "finite" and other.subject_tokens), None
            )
            if later is not None:
                inherit(clause, later)


def _embedded(tokens: Sequence[Token], groups: Sequence[VerbGroup], number: int, clauses: Sequence[Clause]) -> bool:
    """Whether a verb only modifies a noun of the clause it stands in: "agreement signed with", "systems to cool racks"."""
    group = groups[number]
    return (group.lead == "participle" and tokens[group.first - 1].low != ",") or (
        clauses[number].relative and tokens[group.first - 1].low == "that" and not clauses[number].subject
    )


def _conditions(tokens: Sequence[Token], parsed: Parsed) -> None:
    """Mark the clauses that only hold if something else does."""
    segments: list[tuple[int, int]] = []
    start = 0
    for index, token in enumerate(tokens):
        if token.low in {";", ".", "?", "!"} or index == len(tokens) - 1:
            segments.append((start, index))
            start = index + 1
    for first, last in segments:
        lows = [tokens[index].low for index in range(first, last + 1)]
        inverted = (len(lows) > 2 and lows[0] in {"should", "had", "were"} and not parsed.question) or _late_inversion(lows)
        if inverted or any(
            low in {"if", "unless"} and not (position and lows[position - 1] in {"as", "even", "ask", "asked", "see", "wonder"})
            for position, low in enumerate(lows)
        ):
            aside = "if" in lows and lows.index("if") > 2 and not any(low in {"would", "could", "might"} for low in lows)
            cut = first + lows.index("if") if aside else first
            for clause in parsed.clauses:
                if cut <= clause.group.first <= last:
                    clause.conditional = True


def _late_inversion(lows: Sequence[str]) -> bool:
    return any(
        low in {"were", "should", "had"}
        and position
        and lows[position - 1] in {";", ",", "–", "—"}
        and "to" in lows[position : position + 6]
        and low == "were"
        for position, low in enumerate(lows)
    )


_LIST = re.compile(r"‹([a-z])([\d+]+)›(?: ,)? (?:and|&|as well as|,|or) (?:the |its )?‹\1([\d+]+)›(?! 's)")


def _normalise(line: Line, clause: Clause, in_group: dict[int, int], groups: Sequence[VerbGroup]) -> None:
    """Write the clause's normalised line."""
    tokens = line.tokens
    pieces: list[str] = []
    words: list[int] = []
    if clause.subject:
        kinds = {tokens[index].letter for index in clause.subject}
        if len(kinds) == 1:
            pieces.append(f"‹{kinds.pop()}{'+'.join(str(tokens[index].item) for index in clause.subject)}›")
        else:
            pieces.append(tokens[clause.subject[-1]].low)
        words.append(clause.subject[-1])
    else:
        for index in clause.subject_tokens:
            pieces.append(tokens[index].low)
            words.append(index)
    pieces.append(
        f"«be {clause.group.lemma}»" if clause.group.lead == "participle" and not clause.group.passive else clause.group.tag
    )
    words.append(clause.group.first)
    skip = -1
    for index in clause.rest:
        if index <= skip:
            continue
        if index in in_group:
            group = groups[in_group[index]]
            pieces.append(_tag(tokens, group))
            words.append(group.first)
            skip = group.last
            continue
        pieces.append(tokens[index].low)
        words.append(index)
    clause.words = tuple(words)
    clause.lemmas = frozenset(piece[1:-1].split()[-1] for piece in pieces if piece[0] == "«")
    clause.text = joined(" ".join(pieces))


def _tag(tokens: Sequence[Token], group: VerbGroup) -> str:
    """A group's tag; a bare participle that modifies a noun is written as the passive it is."""
    if group.passive or group.chain or group.lead not in {"participle", "finite"} or group.first != group.last:
        return group.tag
    following = tokens[group.last + 1] if group.last + 1 < len(tokens) else None
    bare = (
        reduced(tokens, group, group.first)
        and group.first
        and tokens[group.first - 1].low in _BARE_NOUNS
        and following is not None
        and (following.low in PREPOSITIONS or following.letter == "t")
    )
    if group.lead == "participle" or bare:
        return f"«be {group.lemma}»"
    return group.tag


_BARE_NOUNS = word_set(
    """
    agreement agreements deal deals contract contracts shares stake holding stock units racks systems revenue sales
    order orders figures products
    """
)


def joined(text: str) -> str:
    """A normalised line with lists of names of one kind as one tag: "‹o1› , ‹o2› and ‹o4›" becomes "‹o1+2+4›"."""
    while text.count("‹") > 1:
        shorter = _LIST.sub(r"‹\1\2+\3›", text)
        if shorter == text:
            break
        text = shorter
    return text
