"""The small language in which the catalogue says how texts put a relation.

    S <sign> .. agreement|deal with O      S, O: the two entities
    O <be buy> by S                        <buy>: any form of the verb; <be buy>: its passive
    S <pay> V for O                        V: a value; T: a time
    SO <expand> .. partnership             SO: two subjects at once
    S <take> over O                        (up): may be left out; ..: a few words between

A pattern becomes one regular expression over the normalised lines of `clauses`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flows.extract.tokens import LETTER

_VALUES = {"money": "m", "percent": "c", "ratio": "r", "quantity": "q", "duration": "d", "period": "t"}
_GAP = r"(?:[^;«»]{0,70}? )?"
_ADJECTIVES = (
    r"(?:(?:the|a|an|its|their|rival|fellow|both) )?(?:(?!(?:from|to|with|by|for|of|in|on|at|into|and|or|as|"
    r"than|over|not|more|about|after|before|against) )[\w'-]+ ){0,2}?"
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern; `needs` are verbs of which one must be in a clause for it to be tried."""

    source: str
    regex: re.Pattern[str]
    needs: frozenset[str]


def compile_pattern(source: str, *, subject: Sequence[str], object_: Sequence[str], values: Sequence[str] = ()) -> Pattern:
    """The pattern `source` for entities and values of these kinds; ValueError where it is malformed."""
    letters = {"S": _letters(subject), "O": _letters(object_)}
    kinds = "".join(_VALUES[kind] for kind in values if kind in _VALUES) or "m"
    parts: list[str] = []
    needs: set[str] = set()
    first = True
    for piece in _split(source):
        if piece == "..":
            parts.append(_GAP)
        elif piece in {"S", "O"}:
            lead = "" if first else _ADJECTIVES
            parts.append(
                rf"{lead}(?P<{piece}>‹[{letters[piece]}][\d+]+›)(?: 's [\w-]+(?: [\w-]+)?)? "
                if piece == "O" and not first
                else rf"{lead}(?P<{piece}>‹[{letters[piece]}][\d+]+›) "
            )
        elif piece == "SO":
            parts.append(rf"(?P<SO>‹[{letters['S']}][\d+]+›) ")
        elif piece == "V":
            parts.append(rf"(?:(?:a|an|another|further|some|additional|the|its|out) ){{0,2}}(?P<V>‹[{kinds}]\d+›) ")
        elif piece == "T":
            parts.append(r"(?:(?:in|on|by|from|the|of|since|until|before) ){0,2}(?P<T>‹t\d+›) ")
        elif piece.startswith("<"):
            if not piece.endswith(">"):
                raise ValueError(f"pattern {source!r}: {piece} is not closed")
            verb, regex = _verb(piece[1:-1])
            needs |= verb
            parts.append(regex)
        elif piece.startswith("("):
            parts.append(rf"(?:(?:{_words(piece[1:-1])}) )?")
        else:
            parts.append(rf"(?:{_words(piece)}) ")
        first = False
    return Pattern(
        source,
        re.compile("(?:^|(?<= ))" + "".join(parts).rstrip() if not source.startswith("S") else "(?:^|(?<= ))" + "".join(parts)),
        frozenset(needs),
    )


def _split(source: str) -> list[str]:
    return re.findall(r"<[^>]*>?|\([^)]*\)|\S+", source)


def _letters(kinds: Sequence[str]) -> str:
    return "".join(LETTER[kind] for kind in kinds if kind in LETTER) + "x"


def _words(piece: str) -> str:
    return "|".join(re.escape(word) for word in piece.split("|"))


def _verb(inside: str) -> tuple[frozenset[str], str]:
    """ "buy|acquire", "be buy|be acquire", "agree buy" as verbs and a regular expression for the tag."""
    needed: set[str] = set()
    choices: list[str] = []
    for choice in inside.split("|"):
        words = choice.split()
        needed.add(words[-1])
        if words[0] == "be" and len(words) > 1:
            choices.append(rf"(?:[\w' -]+ )?{re.escape(choice)}")
        elif words == ["be"]:
            choices.append(r"(?:[\w' -]+ )?be")
        else:
            choices.append(rf"(?:(?!be )[\w'-]+ )*{re.escape(choice)}")
    return frozenset(needed), f"«(?:{'|'.join(choices)})» "
