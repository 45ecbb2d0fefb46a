"""The parts in a stretch of tokens: "72 A GPUs and 36 B CPUs, tied together by C at 260 TB/s", but not "for D" or "than E"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from flows.extract.clauses import Parsed
from flows.extract.folding import words
from flows.extract.rules import subjects
from flows.extract.units import NOUNS
from flows.extract.verbgroups import PREPOSITIONS
from storage.values import Quantity

_STOPS = words("than while whereas which who where because if unless although so whose") | frozenset([";", "?", "!"])
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
_COUNTED = words("gpu cpu dpu npu superchip core rack node unit count")
_BETWEEN = frozenset(["-", "of", "'s", "the", "its", "liquid-cooled", "additional", "new"])


_TIMES = re.compile(r"(?P<number>[0-9]{1,4})[x×]")


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
    if back < start:
        return Part(key)
    times = _TIMES.fullmatch(tokens[back].low)
    if times is not None:  # "8x A": eight of them
        number = Decimal(times["number"])
        return Part(
            key,
            Quantity(number=number, low=number, high=number, unit=_unit(parsed, index)),
            (tokens[back].start, tokens[index].end),
        )
    if tokens[back].letter != "q":
        return Part(key)
    quantity = line.quantity(tokens[back])
    if not isinstance(quantity.value, Quantity) or quantity.value.unit not in _COUNTED:
        return Part(key)
    return Part(key, quantity.value, (quantity.start, tokens[index].end))


def _unit(parsed: Parsed, index: int) -> str:
    """What a part is counted in: by the noun in or behind its name, or by the label of its line ("GPU: 8x A")."""
    line = parsed.line
    tokens = line.tokens
    behind = tokens[index + 1].low if index + 1 < len(tokens) else ""
    end, _ = subjects.label(parsed)
    words = [
        behind,
        *reversed(line.text[tokens[index].start : tokens[index].end].lower().split()),
        *(token.low for token in tokens[:end]),
    ]
    return next((NOUNS[word] for word in words if NOUNS.get(word) in _COUNTED), "count")
