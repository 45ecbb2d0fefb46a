"""Hedges: how far from its written figure a number may lie.

One table of widths for the whole project: exact means half the last written digit to either side;
about five percent to either side; nearly one unit of the last digit down, at most six percent;
over an eighth up (percentages: five points); just over one unit of the last digit up.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from flows.extract.folding import any_of
from storage.values import Modifier

ABOUT_SHARE = Decimal("0.05")
NEARLY_SHARE = Decimal("0.06")
OVER_SHARE = Decimal("0.125")
OVER_POINTS = Decimal(5)


class Hedge(NamedTuple):
    """A modifier; `just` narrows `over` to one unit of the last written digit."""

    modifier: Modifier
    just: bool = False


EXACT = Hedge(Modifier.EXACT)
ABOUT = Hedge(Modifier.ABOUT)
NEARLY = Hedge(Modifier.NEARLY)
OVER = Hedge(Modifier.OVER)
JUST_OVER = Hedge(Modifier.OVER, just=True)
UNDER = Hedge(Modifier.UNDER)
UP_TO = Hedge(Modifier.UP_TO)
AT_LEAST = Hedge(Modifier.AT_LEAST)

_BEFORE: dict[Hedge, str] = {
    ABOUT: "about|around|some|roughly|approximately|approx.|approx|circa|ca.|c.|an estimated|estimated|estimated at|"
    "in the region of|on the order of|of the order of|in the order of|or so|barely|maybe|perhaps|give or take|something like|"
    "in the neighbourhood of|in the neighborhood of|broadly|an average of|an average|the equivalent of|around about",
    NEARLY: "nearly|almost|close to|just under|just below|just short of|just shy of|shy of|not quite|approaching|virtually|"
    "slightly under|slightly below|slightly less than|a little under|a little less than|a shade under|as good as|near to|near|"
    "close on|a little below|a bit less than|a bit under",
    OVER: "over|more than|exceeding|above|in excess of|well over|well above|well in excess of|upwards of|upward of|north of|"
    "greater than|higher than|larger than|surpassing|topping|beyond|comfortably over|far more than|much more than|pass|passes|"
    "passed|passing|exceed|exceeds|exceeded|surpass|surpasses|surpassed|topped|tops|to top|cross|crossed|past|easily over|"
    "better than|significantly more than",
    JUST_OVER: "just over|just above|slightly above|slightly over|slightly more than|a little over|a little more than|"
    "little more than|a bit over|a bit more than|marginally above|marginally over|a shade over|fractionally above|"
    "a touch over|a touch above|only just over",
    UNDER: "under|less than|below|fewer than|lower than|smaller than|well under|well below|south of|not even|short of|"
    "far less than|much less than|far fewer than|significantly less than|inside",
    UP_TO: "up to|as much as|as many as|no more than|not more than|at most|at the most|a maximum of|maximum of|maximum|max.|max|"
    "capped at|capped to|limited to|no greater than|no higher than|no longer than|not exceeding|not to exceed|as high as|"
    "as long as|anything up to|as far as",
    AT_LEAST: "at least|no less than|no fewer than|not less than|not fewer than|a minimum of|minimum of|minimum|min.|starting at|"
    "starts at|start at|started at|starting from|starts from|start from|beginning at|begins at|priced from|prices from|"
    "as little as|as low as|at the very least|not below|upwards from",
}
_PHRASES = {tuple(phrase.split()): hedge for hedge, phrases in _BEFORE.items() for phrase in phrases.split("|")}
# The last words of hedges, with the words before them where they are no hedge alone ("of", "than", "to").
_LAST_WORDS = {phrase[-1]: frozenset[str]() for phrase in _PHRASES}
_LAST_WORDS |= {
    last: frozenset(phrase[-2] for phrase in _PHRASES if phrase[-1] == last) for last in _LAST_WORDS if (last,) not in _PHRASES
}
_LONGEST = max(len(phrase) for phrase in _PHRASES)
_FILLERS = frozenset({"another", "further", "additional", "extra", "just", "only", "mere", "whopping", "full", "a", "an"})
_MEASURED = frozenset({"percent", "cent", "pct", "times", "points", "twice"})
_ADDING = frozenset({"add", "adds", "added", "adding", "amount", "amounts", "comes", "came"})
_TURNING = frozenset({"turn", "turns", "turned", "turning"})
_COMPARING = frozenset({Modifier.OVER, Modifier.UNDER})
_SIGNS = {"~": ABOUT, "≈": ABOUT, ">": OVER, "<": UNDER, "≥": AT_LEAST, "≤": UP_TO}
_HAN_HEDGES = (
    dict.fromkeys(("约", "大约", "约为", "大概", "左右"), ABOUT)
    | dict.fromkeys(("近", "接近", "将近"), NEARLY)
    | dict.fromkeys(("超过", "超", "逾", "多于", "突破"), OVER)
    | dict.fromkeys(("不到", "低于", "不足", "少于"), UNDER)
    | dict.fromkeys(("最多", "高达", "最高", "不超过"), UP_TO)
    | dict.fromkeys(("至少", "不低于", "不少于", "最少"), AT_LEAST)
)
_HAN = re.compile(f"(?:{any_of(_HAN_HEDGES)})$")
_OPENINGS = '(["“”‘„«»—–'
_BEFORE_AFTERTHOUGHT = frozenset(" ,+-")
_AFTERTHOUGHT_FIRST = frozenset("oamt+")
_AFTER = re.compile(
    r"\s?(?P<plus>\+)(?![0-9/])|-(?P<odd>odd)\b"
    r"|,? or (?:(?P<more>more|above|over|higher|better|greater)|(?P<less>less|fewer|below|under|lower)|(?P<so>so|thereabouts))"
    r"\b(?! than)|,? and (?P<up>up|above|upwards)\b|,? (?P<most>at most|maximum|tops)\b(?= ?[.,;)])"
    r"|,? (?P<least>at least|minimum)\b(?= ?[.,;)])"
)
_AFTERTHOUGHTS = {"plus": OVER, "more": AT_LEAST, "up": AT_LEAST, "least": AT_LEAST, "less": UP_TO, "most": UP_TO}
_TOKEN = re.compile(r"[^\s(\[\"“”‘„«»—–]+")


def hedge_before(low: str, start: int) -> tuple[Hedge, int]:
    """The hedge that ends right before `start`, and where its words begin; EXACT and `start` if there is none."""
    if start == 0:
        return EXACT, start
    last = low[start - 1]
    sign = start - 1 if last in _SIGNS else start - 2 if last == " " and start > 1 and low[start - 2] in _SIGNS else -1
    if sign >= 0:
        return _SIGNS[low[sign]], sign
    if last >= "\u2e80":
        found = _HAN.search(low, max(0, start - 4), start)
        return (EXACT, start) if found is None else (_HAN_HEDGES[found[0]], found.start())
    if last not in " \u00a0-":
        return EXACT, start
    gap = low.rfind(" ", max(0, start - 24), start - 1)
    if gap >= 0:
        word = low[gap + 1 : start - 1].lstrip(_OPENINGS)
        if word in _LAST_WORDS:
            leads = _LAST_WORDS[word]
            if leads and low[low.rfind(" ", max(0, gap - 24), gap) + 1 : gap] not in leads:
                return EXACT, start
        elif word not in _FILLERS:
            return EXACT, start
    return _phrase_before(low, start)


def _phrase_before(low: str, start: int) -> tuple[Hedge, int]:
    origin = max(0, start - 34)
    window = low[origin:start]
    tokens = [(origin + found.start(), found[0]) for found in _TOKEN.finditer(window, window.rfind("\n") + 1)]
    if tokens and origin and tokens[0][0] == origin and not low[origin - 1].isspace():
        tokens = tokens[1:]
    for stop in range(len(tokens), max(0, len(tokens) - 3), -1):
        if stop < len(tokens) and tokens[stop][1] not in _FILLERS:
            break
        if tokens[stop - 1][1] not in _LAST_WORDS:
            continue
        for length in range(min(_LONGEST, stop), 0, -1):
            hedge = _PHRASES.get(tuple(word for _, word in tokens[stop - length : stop]))
            if hedge is None:
                continue
            before = tokens[stop - length - 1][1] if stop > length else ""
            if hedge is UP_TO and before in _ADDING:
                return EXACT, start  # "adds up to 20.7 TB"
            if hedge.modifier is Modifier.OVER and before in _TURNING:
                return EXACT, start  # "turned over €5 million"
            if hedge.modifier in _COMPARING and (before in _MEASURED or before[-1:] in {"%", "x", "×"}):
                return EXACT, start  # "19.6% more than $69.1 billion" compares with an exact figure
            return hedge, tokens[stop - length][0]
    return EXACT, start


def hedge_after(low: str, end: int) -> tuple[Hedge, int]:
    """The hedge that follows a number at `end` ("or more", "+", "or so"), and where it ends."""
    after = low[end : end + 2]
    if not after or after[0] not in _BEFORE_AFTERTHOUGHT or (after[0] == " " and after[1:] not in _AFTERTHOUGHT_FIRST):
        return EXACT, end
    found = _AFTER.match(low, end)
    if found is None:
        return EXACT, end
    return _AFTERTHOUGHTS.get(found.lastgroup or "", ABOUT), found.end()


def interval(value: Decimal, step: Decimal, hedge: Hedge, *, percent: bool = False) -> tuple[Decimal | None, Decimal | None]:
    """The ends between which a number lies that is written as `value` with the last digit worth `step`.

    `percent` tells percentages, whose "over" is five points and whose round figures are as exact
    as others: "nearly 80%" starts at 79, but "nearly 200,000" at 188,000.
    """
    if hedge is EXACT:
        half = step / 2
        return value - half, value + half
    size = abs(value)
    digit = step
    if not percent and step >= 1 and size >= 100:
        # 200,000 is a rounded figure where a hedge stands before it: its last digit is the 2.
        while size % (digit * 10) == 0 and digit * 10 <= size:
            digit *= 10
    match hedge.modifier:
        case Modifier.ABOUT:
            return value - size * ABOUT_SHARE, value + size * ABOUT_SHARE
        case Modifier.NEARLY:
            return value - min(digit, size * NEARLY_SHARE), value
        case Modifier.OVER:
            widest = OVER_POINTS if percent else size * OVER_SHARE
            return value, value + (min(digit, widest) if hedge.just else widest)
        case Modifier.UNDER | Modifier.UP_TO:
            return None, value
        case _:
            return value, None
