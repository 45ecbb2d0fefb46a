"""Insertions: the brackets, appositions and relative clauses that interrupt a clause.

They are found before anything else, so that the clause around them can be read as if they were not there.
"""

from __future__ import annotations

from collections.abc import Sequence

from flows.extract.parsed import Apposition, Parsed
from flows.extract.tokens import Line, Token
from flows.extract.verbgroups import VerbGroup
from flows.extract.wordlists import TITLE_HEADS, word_set

_RELATIVE = frozenset(["who", "which", "that", "whose"])
_APPOSITION_HEADS = word_set(
    """
    a an the its one another his her their formerly maker owner parent part named called dubbed led based now
    previously home also then currently both most
    """
)
_TITLE_STARTS = frozenset(title.split()[0] for title in TITLE_HEADS) | {"vice"}


def insertions(line: Line, in_group: dict[int, int], groups: Sequence[VerbGroup], parsed: Parsed) -> dict[int, int]:
    """Token index → insertion number, for brackets, appositions and relative clauses between commas.

    Numbers are positive; the tokens of an insertion carry its number and nest flatly.
    """
    tokens = line.tokens
    marks: dict[int, int] = {}
    number = 0
    index = 0
    while index < len(tokens):
        low = tokens[index].low
        if low == "(":
            close = next((at for at in range(index, min(len(tokens), index + 40)) if tokens[at].low == ")"), None)
            if close is not None:
                number += 1
                marks.update(dict.fromkeys(range(index, close + 1), number))
                index = close + 1
                continue
        if low == "," and index and index + 1 < len(tokens) and index not in marks:
            close = _apposition_end(line, index, in_group, groups)
            if close is not None:
                number += 1
                marks.update(dict.fromkeys(range(index, close), number))
                anchor = anchor_before(line, index)
                if anchor is not None and tokens[index + 1].low not in _RELATIVE:
                    parsed.appositions.append(Apposition(anchor, tuple(range(index + 1, close))))
                if close < len(tokens) and tokens[close].low == ",":
                    marks[close] = number
                    index = close + 1
                    continue
                index = close
                continue
        index += 1
    return marks


def anchor_before(line: Line, comma: int) -> int | None:
    """The entity right before a comma (a possessive does not count)."""
    index = comma - 1
    if line.tokens[index].low == ")":
        while index > 0 and line.tokens[index].low != "(":
            index -= 1
        index -= 1
    return index if index >= 0 and line.tokens[index].is_entity else None


def _apposition_end(line: Line, comma: int, in_group: dict[int, int], groups: Sequence[VerbGroup]) -> int | None:
    """Where the insertion that begins at `comma` ends (exclusive), or None where it is none.

    It is one if a relative pronoun follows, or an article, a title or a name after a noun, and no
    finite verb of its own comes before the closing comma.
    """
    tokens = line.tokens
    following = tokens[comma + 1]
    relative = following.low in {"who", "which", "whose"} or (
        following.low in {"among", "of"} and comma + 2 < len(tokens) and tokens[comma + 2].low in {"whom", "which", "them"}
    )
    anchor = anchor_before(line, comma)
    titled = following.low in _TITLE_STARTS
    participial = (comma + 1) in in_group and groups[in_group[comma + 1]].lead == "participle"
    if (
        following.low == "the"
        and anchor is None
        and comma + 3 < len(tokens)
        and tokens[comma + 2].is_entity
        and tokens[comma + 3].low == ","
    ):
        following = tokens[comma + 2]
    person = (
        following.letter == "n"
        and comma + 2 < len(tokens)
        and tokens[comma + 2].low == ","
        and anchor is not None
        and tokens[anchor].letter != "n"
    )
    named = person or (
        following.is_entity and following.letter in "onp" and anchor is None and comma > 0 and tokens[comma - 1].low.isalpha()
    )
    opens = (
        (following.low in _APPOSITION_HEADS and anchor is not None) or (titled and anchor is not None) or participial or relative
    )
    adjectival = anchor is not None and following.low in {"most", "some", "now", "up", "down", "already", "aged", "home"}
    possessive = following.is_entity and comma + 2 < len(tokens) and tokens[comma + 2].low == "'s" and anchor is not None
    aside = anchor is None and following.low in {"a", "an"} and _closes_before_verb(tokens, comma, in_group)
    if not (opens or named or possessive or adjectival or aside):
        return None
    depth_verbs = own_verbs = 0
    for index in range(comma + 1, len(tokens)):
        low = tokens[index].low
        if low in {";", "?", "!", "“", "”"} or (low in {"–", "—", ":"} and index > comma + 1):
            return (
                index
                if depth_verbs <= 1 and (relative or participial or not _finite_between(in_group, groups, comma + 1, index))
                else None
            )
        if low == "." and index >= len(tokens) - 2:
            return index if relative or participial or own_verbs == 0 else None
        if low == ",":
            if relative or participial:
                return index if _finite_between(in_group, groups, comma + 1, index) or participial else None
            if own_verbs:
                return None
            if titled or following.low in {"a", "an", "the", "its"} or named or possessive or adjectival:
                return None if _list_goes_on(tokens, comma, index) else index
            return index
        if (number := in_group.get(index)) is not None and groups[number].first == index and groups[number].lead == "finite":
            depth_verbs += 1
            inner = reduced(tokens, groups[number], index) or (index > comma + 1 and tokens[index - 1].low in _RELATIVE)
            own_verbs += not inner
            if not relative and not participial and not inner:
                return None
    return len(tokens) if relative or participial or own_verbs == 0 else None


def _closes_before_verb(tokens: Sequence[Token], comma: int, in_group: dict[int, int]) -> bool:
    """Whether "…, a metric often named so, and can scale" closes with a comma right before a verb or "and" with a verb."""
    for index in range(comma + 1, min(len(tokens), comma + 24)):
        if tokens[index].low == ",":
            after = index + 1
            if after < len(tokens) and tokens[after].low in {"and", "but", "then"}:
                after += 1
            return after in in_group and after > index
        if tokens[index].low in {";", ".", ":"}:
            return False
    return False


def _list_goes_on(tokens: Sequence[Token], first: int, second: int) -> bool:
    """Whether two commas separate the members of a list rather than enclose an apposition."""
    for index in range(second + 1, min(len(tokens), second + 8)):
        if tokens[index].low in {"and", "or"}:
            before = tokens[first - 1]
            inner = [token for token in tokens[first + 1 : second] if token.is_entity]
            after = [token for token in tokens[second + 1 : index + 6] if token.is_entity]
            return (
                before.is_entity
                and bool(inner)
                and bool(after)
                and inner[0].letter == before.letter == after[-1].letter
                and index - second < 6
            )
        if tokens[index].low in {",", ".", ";"}:
            return False
    return False


def reduced(tokens: Sequence[Token], group: VerbGroup, index: int) -> bool:
    """Whether a form is a reduced relative ("agreements signed last autumn"): a bare participle after a noun."""
    before = tokens[index - 1]
    return (
        group.first == group.last
        and group.form.endswith(("ed", "en", "wn", "ld", "ght", "ilt", "ade"))
        and before.low.isalpha()
        and not before.is_entity
    )


def _finite_between(in_group: dict[int, int], groups: Sequence[VerbGroup], first: int, last: int) -> bool:
    return any(
        groups[number].lead == "finite"
        for index, number in in_group.items()
        if first <= index < last and groups[number].first == index
    )
