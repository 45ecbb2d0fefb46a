"""Subjects: which words before a verb say who does it, and which verb it borrows them from if it has none."""

from __future__ import annotations

from collections.abc import Sequence

from flows.extract.insertions import anchor_before, reduced
from flows.extract.parsed import Clause
from flows.extract.tokens import Line, Token
from flows.extract.verbgroups import DETERMINERS, PREPOSITIONS, VerbGroup
from flows.extract.verbs import is_adverb
from flows.extract.wordlists import word_set

_RELATIVE = frozenset(["who", "which", "that", "whose"])
_SUBORDINATORS = word_set(
    """
    while although though because when after before if once where since whereas unless until as whether so that but
    how why what than
    """
)
_HARD = frozenset([";", ":", "—", "–", "“", "”", '"', "(", ")", "…", "?", "!", "•"])
_OBJECT_CONTROL = word_set(
    """
    want expect allow enable help ask see require get cause urge permit force order intend need like tell invite
    """
)


def with_subject(
    line: Line,
    groups: Sequence[VerbGroup],
    number: int,
    clauses: Sequence[Clause],
    inserted: dict[int, int],
    in_group: dict[int, int],
) -> tuple[Clause, int]:
    """The clause of a verb group with its subject, and the token where the clause's own words begin."""
    tokens = line.tokens
    group = groups[number]
    clause = Clause(line=line, group=group)
    start = group.first
    back = start - 1
    home = inserted.get(start)
    before = tokens[back].low if back >= 0 else ""
    if group.lead == "infinitive":
        parent = number - 1
        if before in {"and", "or"}:  # "intends to cut costs, the memo says, and to double sales"
            parent = next(
                (
                    at
                    for at in range(number - 1, -1, -1)
                    if groups[at].chain or groups[at].lead == "infinitive" or groups[at].be_to
                ),
                parent,
            )
        if parent >= 0:
            between = [
                index
                for index in range(groups[parent].last + 1, start)
                if tokens[index].is_entity and tokens[index].letter in "op" and not _owned(tokens, index)
            ]
            if groups[parent].lemma in _OBJECT_CONTROL and between:
                clause.subject = (between[-1],)
                clause.subject_tokens = tuple(range(groups[parent].last + 1, start))
            else:
                inherit(clause, clauses[parent])
            clause.parent = parent
        return clause, start
    if before in _RELATIVE or (back >= 1 and tokens[back].is_entity and tokens[back - 1].low == "whose"):
        clause.relative = True
        at = back - 1
        if at >= 0 and tokens[at].low == ",":
            at -= 1
        if tokens[back].low == "that" and at >= 0 and at in in_group:  # "said that", not a relative
            return clause, back
        _take_noun_phrase(line, clause, at, in_group, inserted, home)
        return clause, back
    if before in {"and", "or", "but", "then", "also", "thus", "therefore", "still"} or (
        before == "," and group.lead not in {"participle", "gerund"} and home is None and not _closed_insertion(inserted, back)
    ):
        above = _previous(groups, number, inserted, home)
        if above is not None and (before != "," or back >= 1):
            clause.parent = above
            inherit(clause, clauses[above])
            if clause.subject or clause.head or clause.owners:
                return clause, back
    if group.lead in {"gerund", "participle"}:
        reduced_after_noun = back >= 0 and (
            tokens[back].is_entity
            or (tokens[back].low.isalpha() and tokens[back].low not in PREPOSITIONS | _SUBORDINATORS | {"and", "or", "but"})
        )
        if reduced_after_noun:
            _take_noun_phrase(line, clause, back, in_group, inserted, home)
            return clause, start
        if before == "," and home is not None and back >= 1:
            _take_noun_phrase(line, clause, back - 1, in_group, inserted, inserted.get(back - 1))
            if clause.subject:
                return clause, start
        above = _previous(groups, number, inserted, home)
        if above is None:
            clause.parent = -2  # the main verb that follows supplies it
        else:
            clause.parent = above
            inherit(clause, clauses[above])
        return clause, start
    if (
        reduced(tokens, group, start)
        and any(later.lead == "finite" and inserted.get(later.first) == home for later in groups[number + 1 : number + 2])
        and not _clause_break(tokens, start, groups[number + 1].first)
    ):
        _take_noun_phrase(line, clause, back, in_group, inserted, home)
        return clause, start
    left = _take_noun_phrase(line, clause, back, in_group, inserted, home)
    return clause, left


def _clause_break(tokens: Sequence[Token], first: int, last: int) -> bool:
    return any(tokens[index].low in {",", ";", "and", "but", "while", "–", "—", ":"} | _RELATIVE for index in range(first, last))


def _closed_insertion(inserted: dict[int, int], index: int) -> bool:
    return index in inserted


def _owned(tokens: Sequence[Token], index: int) -> bool:
    return index + 1 < len(tokens) and tokens[index + 1].low == "'s"


def _previous(groups: Sequence[VerbGroup], number: int, inserted: dict[int, int], home: int | None) -> int | None:
    """The nearest earlier verb on the same level."""
    for earlier in range(number - 1, -1, -1):
        if inserted.get(groups[earlier].first) == home and groups[earlier].lead in {"finite", "infinitive", "gerund"}:
            return earlier
    return number - 1 if number else None


def inherit(clause: Clause, parent: Clause) -> None:
    """Take over the subject of another clause."""
    clause.subject, clause.owners, clause.head = parent.subject, parent.owners, parent.head
    clause.subject_tokens = parent.subject_tokens


def _take_noun_phrase(
    line: Line, clause: Clause, at: int, in_group: dict[int, int], inserted: dict[int, int], home: int | None
) -> int:
    """Give a clause the noun phrase that ends at token `at`; returns where it begins."""
    tokens = line.tokens
    indices: list[int] = []
    if at >= 0 and tokens[at].low == "," and at not in inserted:  # "the sale to X, at $870 million, was …"
        opening = next((back for back in range(at - 1, max(-1, at - 10), -1) if tokens[back].low == ","), None)
        if opening is not None and opening not in inserted and not any(back in in_group for back in range(opening, at)):
            at = opening - 1
    index = at
    if at >= 0 and tokens[at].is_entity and line.mention(tokens[at]).how == "pronoun" and not line.mention(tokens[at]).possessive:
        clause.subject = clause.subject_tokens = (at,)
        return at
    beside: list[int] = []  # the name in an apposition, where the noun before it is no name
    while index >= 0:
        low = tokens[index].low
        if inserted.get(index) != home and index in inserted:
            beside.append(index)
            index -= 1
            continue
        if index in in_group:
            if (low in {"known", "called", "named"} and tokens[index + 1].low == "as") or low in {"called", "named"}:
                indices.append(index)
                index -= 1
                continue
            break
        if low in _HARD or (low in _SUBORDINATORS and low not in {"as", "than"}) or low in _RELATIVE:
            break
        if low == "," and not (
            _between_entities(tokens, index) and any(tokens[later].low in {"and", "&", "or"} for later in indices)
        ):
            break
        if low in {"and", "or"} and not _between_entities(tokens, index) and not _joins_nouns(tokens, index):
            break
        indices.append(index)
        index -= 1
    indices.reverse()
    clause.subject_tokens = tuple(indices)
    heads: list[int] = []
    owners: list[int] = []
    preposition = False
    for position in indices:
        token = tokens[position]
        if token.low in PREPOSITIONS and position != indices[0]:
            preposition = True
        elif token.is_entity:
            if _owned(tokens, position) or (
                position + 1 < len(tokens)
                and position + 1 in indices
                and tokens[position + 1].low.isalpha()
                and tokens[position + 1].low
                not in PREPOSITIONS
                | {
                    "and",
                    "or",
                    "itself",
                    "also",
                    "now",
                    "both",
                    "each",
                    "all",
                    "jointly",
                    "together",
                    "alone",
                    "alike",
                    "themselves",
                }
                and not is_adverb(tokens[position + 1].low)
                and not preposition
            ):
                owners.append(position)
            elif not preposition or (position > 1 and tokens[position - 1].low == "as" and tokens[position - 2].low == "known"):
                heads.append(position)
            elif position and tokens[position - 1].low in {"of", "at", "in"}:
                owners.append(position)
    if not heads and home is not None and beside == [] and (anchor := _anchor_of(line, inserted, home)) is not None:
        heads = [anchor]
    named = [
        position
        for position in reversed(beside)
        if tokens[position].is_entity
        and tokens[position].letter in "onp"
        and tokens[position - 1].low in {",", "named", "called", "dubbed", "the", "codenamed"}
    ]
    if not heads and named and (not owners or tokens[named[0]].letter != "p"):
        heads = named[:1]
    words = [tokens[position].low for position in indices if tokens[position].item < 0]
    clause.subject = tuple(heads)
    clause.owners = tuple(owners)
    cut = next((number for number, word in enumerate(words) if word in PREPOSITIONS and number), len(words))
    clause.head = " ".join(word for word in words[:cut] if (word not in DETERMINERS and word.isalpha()) or "-" in word)
    return indices[0] if indices else at + 1


def _anchor_of(line: Line, inserted: dict[int, int], home: int) -> int | None:
    """The entity an insertion belongs to: the one right before it."""
    first = min(index for index, number in inserted.items() if number == home)
    return anchor_before(line, first) if first and line.tokens[first].low == "," else None


def _between_entities(tokens: Sequence[Token], index: int) -> bool:
    """Whether a comma or conjunction joins two names of a list."""
    if not 0 < index < len(tokens) - 1:
        return False
    before, after = tokens[index - 1], tokens[index + 1]
    if after.low in {"the", "and", "or"} and index + 2 < len(tokens):
        after = tokens[index + 2]
    if before.low == ",":
        before = tokens[index - 2]
    if before.low == ")":
        back = index - 1
        while back > 0 and tokens[back].low != "(":
            back -= 1
        before = tokens[back - 1] if back else before
    return before.is_entity and after.is_entity and before.letter == after.letter


def _joins_nouns(tokens: Sequence[Token], index: int) -> bool:
    if not 0 < index < len(tokens) - 1:
        return False
    return tokens[index - 1].low.isalpha() and (tokens[index + 1].low.isalpha() or tokens[index + 1].is_entity) and index >= 1
