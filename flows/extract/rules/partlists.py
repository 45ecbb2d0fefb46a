"""The parts in a stretch of tokens: "72 A GPUs and 36 B CPUs, tied together by C at 260 TB/s", but not "for D" or "than E"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flows.extract.clauses import Parsed
from flows.extract.folding import words
from flows.extract.rules import subjects
from flows.extract.verbgroups import PREPOSITIONS
from storage.values import Quantity, Ratio

_STOPS = words("""than while whereas which who where because if unless although so whose""") | frozenset([";", "?", "!"])
_CLOSING = PREPOSITIONS - {"with", "by", "of", "including", "alongside", "up"} | {
    "to",
    "instead",
    "compared",
    "unlike",
    "rather",
    "versus",
    "formerly",
    "replacing",
}
_OPENING = frozenset(["with", "by", "including", "plus", "alongside", ","])
_COUNTED = words("""gpu cpu dpu npu superchip core rack node unit count""")
_BETWEEN = frozenset(["-", "of", "'s", "the", "its", "liquid-cooled", "additional", "new"])


_TIMES = re.compile(r"\d{1,4} ?[xX×]\Z")


@dataclass(frozen=True, slots=True)
class Part:
    """A part with the number of them where the text gives one, and where that number stands."""

    key: str
    quantity: Quantity | None = None
    place: tuple[int, int] | None = None


def parts_after(parsed: Parsed, start: int, *, sentence: bool = False) -> list[Part]:
    """The products that follow token `start` as parts, up to the next verb with a subject of its own.

    Prepositions such as "for" and "from" close the list until a comma or "with" opens it again. With
    `sentence` the whole rest is read, past verbs in between (a list item, "Inside are …, tied together by …").
    """
    return [part for _, part in placed_after(parsed, start, sentence=sentence)]


def placed_after(parsed: Parsed, start: int, *, sentence: bool = False) -> list[tuple[int, Part]]:
    """The parts of `parts_after`, each with the token its name stands at."""
    line = parsed.line
    tokens = line.tokens
    found: list[tuple[int, Part]] = []
    firsts = {clause.group.first: clause for clause in parsed.clauses}
    open_, bracket = True, 0
    index = start
    while index < len(tokens):
        token = tokens[index]
        low = token.low
        if low in {"(", ")"}:
            bracket += 1 if low == "(" else -1
        elif bracket > 0:
            pass
        elif low in _STOPS:
            break
        elif (clause := firsts.get(index)) is not None and not token.letter:
            group = clause.group
            if not subjects.bare(clause) and not sentence:
                taken = set(clause.subject)
                return [(place, part) for place, part in found if place not in taken]
            index = group.last
        elif low in _OPENING:
            open_ = True
        elif low in _CLOSING:
            open_ = False
        elif token.letter == "p" and open_:
            mention = line.mention(token)
            owns = index + 1 < len(tokens) and tokens[index + 1].low == "'s"
            if mention.how not in {"pronoun", "noun"} and not mention.possessive and not owns:
                found.append((index, _counted(parsed, index, start)))
        index += 1
    return found


def _counted(parsed: Parsed, index: int, start: int) -> Part:
    """The part at a token, with the number before it: "eight A accelerators", "72 of B's A GPUs"."""
    line = parsed.line
    tokens = line.tokens
    key = line.mention(tokens[index]).key
    back = index - 1
    while back >= start and (tokens[back].letter == "o" or tokens[back].low in _BETWEEN):
        back -= 1
    if back < start or tokens[back].letter not in {"q", "r"}:
        return Part(key)
    quantity = line.quantity(tokens[back])
    if isinstance(quantity.value, Ratio) and _TIMES.match(line.text, quantity.start, quantity.end):  # "8x A": eight of them
        number = quantity.value.number
        return Part(key, Quantity(number=number, low=number, high=number, unit="count"), (quantity.start, tokens[index].end))
    if not isinstance(quantity.value, Quantity) or quantity.value.unit not in _COUNTED:
        return Part(key)
    return Part(key, quantity.value, (quantity.start, tokens[index].end))
