"""Clauses: who does what, one normalised line each, with how surely it is said and by whom.

"Hansa, the cloud provider, has signed an agreement with Lenovo and will buy from it a cluster" becomes
two clauses, both with Hansa as their subject: "‹o0› «sign» an agreement with ‹o1›" and "‹o0› «buy» from
‹o2› a cluster". Appositions, relative clauses and brackets are taken out of the clause they interrupt.
Rules match patterns against these lines and never see word order, coordination or auxiliaries.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from flows.extract.tokens import Line, Token
from flows.extract.verbgroups import DETERMINERS, PREPOSITIONS, VerbGroup, find_groups
from flows.extract.verbs import is_adverb
from flows.extract.wordlists import TITLE_HEADS

_RELATIVE = frozenset(["who", "which", "that", "whose"])
_SUBORDINATORS = frozenset(
    "while although though because when after before if once where since whereas unless until as whether so that but how why what than".split()
)
_HARD = frozenset([";", ":", "—", "–", "“", "”", '"', "(", ")", "…", "?", "!", "•"])
_OBJECT_CONTROL = frozenset("want expect allow enable help ask see require get cause urge permit force order intend need like tell invite".split())
_APPOSITION_HEADS = frozenset(
    "a an the its one another his her their formerly maker owner parent part named called dubbed led based now previously home also then currently both most".split()
)
_TITLE_STARTS = frozenset(title.split()[0] for title in TITLE_HEADS) | {"vice"}


@dataclass(slots=True)
class Clause:
    """One verb with its subject and what follows it.

    `text` is the normalised line; `words` maps each of its space-separated pieces to its token index.
    `subject` holds token indices of entities that are (heads of) the subject; `owners` those that
    possess it ("Lenovo's share"); `head` is the subject's noun where it is no entity.
    """

    line: Line
    group: VerbGroup
    subject: tuple[int, ...] = ()
    owners: tuple[int, ...] = ()
    head: str = ""
    subject_tokens: tuple[int, ...] = ()
    rest: tuple[int, ...] = ()
    text: str = ""
    words: tuple[int, ...] = ()
    parent: int = -1
    relative: bool = False
    conditional: bool = False

    @property
    def start(self) -> int:
        """Where the clause begins in the text."""
        indices = [*self.subject_tokens, self.group.first]
        return self.line.tokens[min(indices)].start

    @property
    def end(self) -> int:
        """Where the clause ends in the text."""
        return self.line.tokens[max((*self.rest, self.group.last))].end


@dataclass(slots=True)
class Apposition:
    """An entity and what stands beside it between commas: "Kadri Tamm, chief executive of Hansa,"."""

    token: int
    words: tuple[int, ...]


@dataclass(slots=True)
class Parsed:
    """A line taken apart."""

    line: Line
    clauses: list[Clause] = field(default_factory=list)
    appositions: list[Apposition] = field(default_factory=list)
    question: bool = False

    def clause_at(self, index: int) -> Clause | None:
        """The clause a token belongs to: the innermost that has it after its verb, else the one it is the subject of."""
        after = [clause for clause in self.clauses if index in clause.rest]
        if after:
            return after[-1]
        return next((clause for clause in reversed(self.clauses) if index in clause.subject_tokens), None)

    def words(self, indices: Sequence[int]) -> str:
        """Some tokens as a normalised line of their own."""
        return " ".join(self.line.tokens[index].low for index in indices)


def parse(line: Line) -> Parsed:
    """The clauses and appositions of a line."""
    tokens = line.tokens
    parsed = Parsed(line=line, question=bool(tokens) and tokens[-1].low == "?" or (len(tokens) > 1 and tokens[-2].low == "?"))
    groups = find_groups(tokens)
    in_group = {index: number for number, group in enumerate(groups) for index in range(group.first, group.last + 1)}
    inserted = _insertions(line, in_group, groups, parsed)
    lefts: list[int] = []
    for number, group in enumerate(groups):
        clause, left = _with_subject(line, groups, number, parsed.clauses, inserted, in_group)
        lefts.append(left)
        parsed.clauses.append(clause)
    _give_rest(tokens, groups, lefts, parsed.clauses, inserted)
    _conditions(tokens, parsed)
    for clause in parsed.clauses:
        _normalise(line, clause, in_group, groups)
    return parsed


def _insertions(line: Line, in_group: dict[int, int], groups: Sequence[VerbGroup], parsed: Parsed) -> dict[int, int]:
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
                anchor = _anchor(line, index)
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


def _anchor(line: Line, comma: int) -> int | None:
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
    anchor = _anchor(line, comma)
    titled = following.low in _TITLE_STARTS
    participial = (comma + 1) in in_group and groups[in_group[comma + 1]].lead == "participle"
    if following.low == "the" and anchor is None and comma + 3 < len(tokens) and tokens[comma + 2].is_entity and tokens[comma + 3].low == ",":
        following = tokens[comma + 2]
    named = following.is_entity and following.letter in "onp" and anchor is None and comma > 0 and tokens[comma - 1].low.isalpha()
    opens = (following.low in _APPOSITION_HEADS and anchor is not None) or titled and anchor is not None or participial or relative
    adjectival = anchor is not None and following.low in {"most", "some", "now", "up", "down", "already", "aged", "home"}
    possessive = following.is_entity and comma + 2 < len(tokens) and tokens[comma + 2].low == "'s" and anchor is not None
    aside = anchor is None and following.low in {"a", "an"} and _closes_before_verb(tokens, comma, in_group)
    if not (opens or named or possessive or adjectival or aside):
        return None
    depth_verbs = own_verbs = 0
    for index in range(comma + 1, len(tokens)):
        low = tokens[index].low
        if low in {";", "?", "!", "“", "”"} or (low in {"–", "—", ":"} and index > comma + 1):
            return index if depth_verbs <= 1 and (relative or participial or not _finite_between(in_group, groups, comma + 1, index)) else None
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
            inner = _reduced(tokens, groups[number], index) or index > comma + 1 and tokens[index - 1].low in _RELATIVE
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
            return before.is_entity and bool(inner) and bool(after) and inner[0].letter == before.letter == after[-1].letter and index - second < 6
        if tokens[index].low in {",", ".", ";"}:
            return False
    return False


def _reduced(tokens: Sequence[Token], group: VerbGroup, index: int) -> bool:
    """Whether a form is a reduced relative ("agreements signed last autumn"): a bare participle after a noun."""
    before = tokens[index - 1]
    return group.first == group.last and group.form.endswith(("ed", "en", "wn", "ld", "ght", "ilt", "ade")) and before.low.isalpha() and not before.is_entity


def _finite_between(in_group: dict[int, int], groups: Sequence[VerbGroup], first: int, last: int) -> bool:
    return any(groups[number].lead == "finite" for index, number in in_group.items() if first <= index < last and groups[number].first == index)


def _with_subject(
    line: Line, groups: Sequence[VerbGroup], number: int, clauses: Sequence[Clause], inserted: dict[int, int], in_group: dict[int, int]
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
        if parent >= 0:
            between = [index for index in range(groups[parent].last + 1, start) if tokens[index].is_entity and tokens[index].letter in "op" and not _owned(tokens, index)]
            if groups[parent].lemma in _OBJECT_CONTROL and between:
                clause.subject = (between[-1],)
                clause.subject_tokens = tuple(range(groups[parent].last + 1, start))
            else:
                _inherit(clause, clauses[parent])
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
    if before in {"and", "or", "but", "then", "also", "thus", "therefore", "still"} or (before == "," and group.lead != "participle" and group.lead != "gerund" and home is None and not _closed_insertion(inserted, back)):
        parent = _previous(groups, number, inserted, home)
        if parent is not None and (before != "," or back >= 1):
            clause.parent = parent
            _inherit(clause, clauses[parent])
            if clause.subject or clause.head or clause.owners:
                return clause, back
    if group.lead in {"gerund", "participle"}:
        reduced_after_noun = back >= 0 and (tokens[back].is_entity or (tokens[back].low.isalpha() and tokens[back].low not in PREPOSITIONS | _SUBORDINATORS | {"and", "or", "but"}))
        if reduced_after_noun:
            _take_noun_phrase(line, clause, back, in_group, inserted, home)
            return clause, start
        if before == "," and home is not None and back >= 1:
            _take_noun_phrase(line, clause, back - 1, in_group, inserted, inserted.get(back - 1))
            if clause.subject:
                return clause, start
        parent = _previous(groups, number, inserted, home)
        if parent is None:
            clause.parent = -2  # the main verb that follows supplies it
        else:
            clause.parent = parent
            _inherit(clause, clauses[parent])
        return clause, start
    if _reduced(tokens, group, start) and any(later.lead == "finite" and inserted.get(later.first) == home for later in groups[number + 1 : number + 2]) and not _clause_break(tokens, start, groups[number + 1].first):
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


def _inherit(clause: Clause, parent: Clause) -> None:
    clause.subject, clause.owners, clause.head = parent.subject, parent.owners, parent.head
    clause.subject_tokens = parent.subject_tokens


def _take_noun_phrase(line: Line, clause: Clause, at: int, in_group: dict[int, int], inserted: dict[int, int], home: int | None) -> int:
    """Give a clause the noun phrase that ends at token `at`; returns where it begins."""
    tokens = line.tokens
    indices: list[int] = []
    if 0 <= at and tokens[at].low == "," and at not in inserted:  # "the sale to X, at $870 million, was …"
        opening = next((back for back in range(at - 1, max(-1, at - 10), -1) if tokens[back].low == ","), None)
        if opening is not None and opening not in inserted and not any(back in in_group for back in range(opening, at)):
            at = opening - 1
    index = at
    if 0 <= at and tokens[at].is_entity and line.mention(tokens[at]).how == "pronoun" and not line.mention(tokens[at]).possessive:
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
            if low in {"known", "called", "named"} and tokens[index + 1].low == "as" or low in {"called", "named"}:
                indices.append(index)
                index -= 1
                continue
            break
        if low in _HARD or low in _SUBORDINATORS and low not in {"as", "than"} or low in _RELATIVE:
            break
        if low == "," and not (_between_entities(tokens, index) and any(tokens[later].low in {"and", "&", "or"} for later in indices)):
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
            if _owned(tokens, position) or (position + 1 < len(tokens) and position + 1 in indices and tokens[position + 1].low.isalpha() and tokens[position + 1].low not in PREPOSITIONS | {"and", "or", "itself", "also", "now", "both", "each", "all", "jointly", "together", "alone", "alike", "themselves"} and not is_adverb(tokens[position + 1].low) and not preposition):
                owners.append(position)
            elif not preposition or (position > 1 and tokens[position - 1].low == "as" and tokens[position - 2].low == "known"):
                heads.append(position)
            elif position and tokens[position - 1].low in {"of", "at", "in"}:
                owners.append(position)
    if not heads and home is not None and beside == [] and (anchor := _anchor_of(line, inserted, home)) is not None:
        heads = [anchor]
    named = [position for position in reversed(beside) if tokens[position].is_entity and tokens[position].letter in "onp" and tokens[position - 1].low in {",", "named", "called", "dubbed", "the", "codenamed"}]
    if not heads and named and (not owners or tokens[named[0]].letter != "p"):
        heads = named[:1]
    words = [tokens[position].low for position in indices if tokens[position].item < 0]
    clause.subject = tuple(heads)
    clause.owners = tuple(owners)
    cut = next((number for number, word in enumerate(words) if word in PREPOSITIONS and number), len(words))
    clause.head = " ".join(word for word in words[:cut] if word not in DETERMINERS and word.isalpha() or "-" in word)
    return indices[0] if indices else at + 1


def _anchor_of(line: Line, inserted: dict[int, int], home: int) -> int | None:
    """The entity an insertion belongs to: the one right before it."""
    first = min(index for index, number in inserted.items() if number == home)
    return _anchor(line, first) if first and line.tokens[first].low == "," else None


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


def _give_rest(tokens: Sequence[Token], groups: Sequence[VerbGroup], lefts: Sequence[int], clauses: Sequence[Clause], inserted: dict[int, int]) -> None:
    """Hand each token after a verb to that verb, unless it belongs to the next one's own words."""
    for number, (group, clause) in enumerate(zip(groups, clauses, strict=True)):
        home = inserted.get(group.first)
        taken: list[int] = []
        index = group.last + 1
        while index < len(tokens):
            following = next((later for later in range(number + 1, len(groups)) if lefts[later] == index), None)
            if following is not None and inserted.get(groups[following].first) == home and not _embedded(tokens, groups, following, clauses):
                break
            if home is not None and inserted.get(index) != home:
                break
            if inserted.get(index) is None or inserted.get(index) == home:
                if tokens[index].low in {";"} or (tokens[index].low in {"while", "whereas", "although", "though"}):
                    break
                taken.append(index)
            index += 1
        clause.rest = tuple(taken)
    for number, clause in enumerate(clauses):
        if clause.parent == -2:
            later = next((other for other in clauses[number + 1 :] if other.group.lead == "finite" and other.subject_tokens), None)
            if later is not None:
                _inherit(clause, later)


def _embedded(tokens: Sequence[Token], groups: Sequence[VerbGroup], number: int, clauses: Sequence[Clause]) -> bool:
    """Whether a verb only modifies a noun of the clause it stands in: "agreement signed with", "systems to cool racks"."""
    group = groups[number]
    return (group.lead == "participle" and tokens[group.first - 1].low != ",") or (clauses[number].relative and tokens[group.first - 1].low == "that" and not clauses[number].subject)


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
        inverted = len(lows) > 2 and lows[0] in {"should", "had", "were"} and not parsed.question or _late_inversion(lows)
        if inverted or any(low in {"if", "unless"} and not (position and lows[position - 1] in {"as", "even", "ask", "asked", "see", "wonder"}) for position, low in enumerate(lows)):
            aside = "if" in lows and lows.index("if") > 2 and not any(low in {"would", "could", "might"} for low in lows)
            cut = first + lows.index("if") if aside else first
            for clause in parsed.clauses:
                if cut <= clause.group.first <= last:
                    clause.conditional = True


def _late_inversion(lows: Sequence[str]) -> bool:
    return any(
        low in {"were", "should", "had"} and position and lows[position - 1] in {";", ",", "–", "—"} and "to" in lows[position : position + 6] and low == "were"
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
    pieces.append(f"«be {clause.group.lemma}»" if clause.group.lead == "participle" and not clause.group.passive else clause.group.tag)
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
    clause.text = joined(" ".join(pieces))


def _tag(tokens: Sequence[Token], group: VerbGroup) -> str:
    """A group's tag; a bare participle that modifies a noun is written as the passive it is."""
    if group.passive or group.chain or group.lead not in {"participle", "finite"} or group.first != group.last:
        return group.tag
    following = tokens[group.last + 1] if group.last + 1 < len(tokens) else None
    bare = _reduced(tokens, group, group.first) and group.first and tokens[group.first - 1].low in _BARE_NOUNS and following is not None and (following.low in PREPOSITIONS or following.letter == "t")
    if group.lead == "participle" or bare:
        return f"«be {group.lemma}»"
    return group.tag


_BARE_NOUNS = frozenset("agreement agreements deal deals contract contracts shares stake holding stock units racks systems revenue sales order orders figures products".split())


def joined(text: str) -> str:
    """A normalised line with lists of names of one kind as one tag: "‹o1› , ‹o2› and ‹o4›" becomes "‹o1+2+4›"."""
    while True:
        shorter = _LIST.sub(r"‹\1\2+\3›", text)
        if shorter == text:
            return text
        text = shorter
