"""Prepositions that leave an end of a time open: "by March 2028", "since 2019", "not before Q1 2027", "June onwards"."""

from __future__ import annotations

import re
from dataclasses import replace

from flows.extract.fiscal import opened
from flows.extract.folding import any_of
from flows.extract.spans import TimeMention
from flows.extract.stretches import Stretch

_PREPOSITIONS = {
    "by": "by|no later than|not later than",
    "until": "until|till|up until|up to|through",
    "before": "before|prior to|ahead of",
    "after": "after",
    "since": "since",
    "from": "not before|no earlier than|no sooner than|not until|not earlier than|from|as from|starting from|starting in|"
    "starting on|starting|beginning in|beginning on|beginning|effective from|effective|as early as",
    "between": "between",
}
_MEANING = {phrase: word for word, phrases in _PREPOSITIONS.items() for phrase in phrases.split("|")}
_LAST_LETTERS = frozenset(phrase[-1] for phrase in _MEANING) | frozenset("etn")  # and of "the", "about", "in"
_BEFORE = re.compile(rf"(?<![a-z])(?P<word>{any_of(_MEANING)}) (?:the |about |around |at least |some ?time in )?$")
_NEGATED = re.compile(r"(?:\b(?:not|never|cannot|unlikely|nothing|hardly)\b|n['’]t\b)[^.;!?\n]{0,60}$")
_LATER = re.compile(
    r",? (?:(?P<from>onwards?|or later|at the earliest|and beyond|on\b(?= ?[,.;]))|(?P<by>at the latest|or earlier|or sooner))"
)
_CLOSED = frozenset({"year_earlier", "same", "previous", "horizon"})


def mention_of(low: str, stretch: Stretch, cursor: int) -> TimeMention:
    """The mention of a stretch, with the preposition that opens one of its ends.

    `cursor` is where the mention before it ended: nothing is looked for further left.
    """
    mention = TimeMention(
        start=stretch.start,
        end=stretch.end,
        form=stretch.form,
        period=stretch.period,
        ahead=stretch.ahead,
        event=stretch.event,
        fiscal=stretch.fiscal,
        unit=stretch.unit,
        years=stretch.years,
        year=stretch.year,
    )
    if stretch.form in _CLOSED:
        return mention
    start = stretch.start
    before = None
    if low[start - 1 : start] == " " and low[start - 2] in _LAST_LETTERS:
        before = _BEFORE.search(low, max(cursor, start - 36), start)
    meaning = _MEANING[before["word"]] if before is not None else None
    if before is not None and stretch.joined:
        return replace(mention, start=before.start()) if meaning in {"from", "between"} else mention
    if before is not None and meaning is not None and meaning != "between":
        if meaning == "before" and _NEGATED.search(low, max(cursor, before.start() - 70), before.start()):
            meaning = "from"  # "will not ship before the third quarter"
        return _open(mention, meaning, before.start(), mention.end)
    later = _LATER.match(low, mention.end)
    if later is not None:
        return _open(mention, later.lastgroup or "from", start, later.end())
    return mention


def _open(mention: TimeMention, preposition: str, start: int, end: int) -> TimeMention:
    unresolved = mention.form == "fiscal" and mention.period is None
    return replace(
        mention,
        start=start,
        end=end,
        form="fiscal" if unresolved else "open",
        period=opened(mention.period, preposition),
        ahead=opened(mention.period if preposition == "since" else mention.ahead, preposition),
        preposition=preposition,
        inner=mention.period,
    )
